"""What came of a plan or promise: the later happening that is what was said, and whether it is all of it («27 of 30 were trained»)."""

from __future__ import annotations

from collections.abc import Iterable

from mithaq.follow.signs import GATHERINGS, STOPPED, is_open, probability, read_signs
from mithaq.model.happening import COMMITMENT, Degree, Happening, Outcome
from mithaq.text.moments import days_between, read_moment

# What is done of a promise, to be the same thing in a smaller measure: at least this share of what was promised.
_LEAST_SHARE = 0.5
# Signs that a happening is the very thing that was promised, each from so much on.
_OWN = {"figures": 0.5, "programmes": 1.0, "uncommon words about both": 0.75, "words": 0.3, "meanings": 0.3}
# An accord that was signed, or approved, is what was promised only when it has figures or programmes of it: else it is its frame.
_OF_ACCORDS = {"signed": {"figures": 0.5, "programmes": 1.0, "as planned": 1.0}, "approved": {"figures": 0.5, "programmes": 1.0}}
# What carries out a promise that is due then, or ends it, give or take so many days.
_CARRIED_OUT = ("in_force", "launched", "running", "completed", "held", "suspended", "cancelled")
_MONTHS, _LATE, _YEAR, _TOO_LATE = 62, 300, 366, 550
# How likely what is late, or comes of words that are not its own, is of the same matter.
_LIKELY = 0.6
# What a happening of another type than the promise names may have in common with it without being it.
_BESIDE = ("programmes", "as planned")
# What is the very thing that was promised counts so much more than what only stands beside it.
_NAMED = 0.3


def find_outcome(promised: Happening, later: Iterable[Happening]) -> Outcome | None:
    """Return what came of a plan or promise among later happenings of its thread; None when they tell nothing of it.

    A later plan for a later day tells that it was put off, where nothing tells that it was done.
    """
    told = list(later)
    fitting = [happening for happening in told if not is_open(happening) and _fits(promised, happening)]
    if fitting:
        best = max(fitting, key=lambda happening: (_worth(promised, happening), happening.id))
        return Outcome(best.id, _degree(promised, best))
    moved = [happening for happening in told if is_open(happening) and _puts_off(promised, happening)]
    return Outcome(max(moved, key=lambda happening: (happening.date or "", happening.id)).id, "put_off") if moved else None


def _puts_off(promised: Happening, plan: Happening) -> bool:
    """Say whether a plan of another day is a promise's, put off: of the same kind, later than it was due."""
    if plan.type == COMMITMENT or plan.type not in (promised.type, *promised.promised):
        return False
    due, new = (read_moment(planned.date or planned.due, planned.date_end, None, ahead=True) for planned in (promised, plan))
    return due is not None and new is not None and new.first > due.last and probability(promised, plan) >= _LIKELY


def _fits(promised: Happening, happening: Happening) -> bool:
    if promised.type != COMMITMENT:
        return promised.type == happening.type
    if happening.stage is None and happening.date is None:
        return False  # what is told in passing, with neither stage nor day, is background
    late = _days_late(promised, happening)
    if late is not None and late > _TOO_LATE:
        return False
    named = happening.type in promised.promised
    if happening.type in GATHERINGS:
        return named and _is_in_time(promised, happening)
    # What is promised may be anything: only what has its figures or words, or its time, is it.
    signs = read_signs(promised, happening)
    wanted = _OF_ACCORDS.get(happening.stage or "", _OWN) if happening.type == "agreement" else _OWN
    if promised.promised and not named:
        wanted = {name: least for name, least in wanted.items() if name not in _BESIDE}
    elif _is_in_time(promised, happening):
        return True
    if any(signs.get(name, 0.0) >= least for name, least in wanted.items()):
        return True
    carried_out = named and happening.stage in _CARRIED_OUT and late is not None and -_MONTHS <= late <= _LATE
    return carried_out and probability(promised, happening) >= _LIKELY


def _is_in_time(promised: Happening, happening: Happening) -> bool:
    """Say whether what carries out a promise happened when that was due."""
    late = _days_from_due(promised, happening)
    return late is not None and late <= _MONTHS and happening.stage in _CARRIED_OUT


def _worth(promised: Happening, happening: Happening) -> float:
    """Return how well a happening fits a promise: of several the one that took place nearest to when it was due."""
    late = _days_from_due(promised, happening)
    named = _NAMED if happening.type in promised.promised else 0.0
    return probability(promised, happening) + named - (0.0 if late is None else min(1.0, late / _YEAR))


def _days_late(promised: Happening, happening: Happening) -> int | None:
    """Return how many days after it was due something took place, before it less than none; None where a page does not tell."""
    due = read_moment(promised.date or promised.due, promised.date_end, None, ahead=True)
    took = read_moment(happening.date or happening.published, None, None, ahead=False)
    return took.first - due.last if due and took else None


def _days_from_due(promised: Happening, happening: Happening) -> int | None:
    """Return the days between when a promise was due and when something took place; None where a page does not tell."""
    due = read_moment(promised.date or promised.due, promised.date_end, None, ahead=True)
    took = read_moment(happening.date or happening.published, None, None, ahead=False)
    return days_between(due, took) if due and took else None


def _degree(promised: Happening, done: Happening) -> Degree:
    """Compare sums and figures: one that is missed by less than half is met in part, another sum is met differently."""
    if done.stage in STOPPED:
        return "stopped"
    sums = {(amount.value, amount.currency) for amount in promised.amounts}
    given = {(amount.value, amount.currency) for amount in done.amounts}
    if sums and given and not sums & given:
        return "met_differently"
    missed = [figure for figure in promised.figures if figure not in done.figures]
    if missed and len(missed) == len(promised.figures):
        less = [figure for figure in done.figures if any(_LEAST_SHARE * wanted <= figure < wanted for wanted in missed)]
        if less:
            return "partly_met"
    return "met"
