"""What came of a plan or promise: the later happening that is what was said, and whether it is all of it («27 of 30 were trained»)."""

from __future__ import annotations

from collections.abc import Iterable

from mithaq.follow.signs import GATHERINGS, probability, read_signs
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
_MONTHS, _YEAR = 62, 366


def find_outcome(promised: Happening, later: Iterable[Happening]) -> Outcome | None:
    """Return what came of a plan or promise among later happenings of its thread; None when they tell nothing of it."""
    fitting = [happening for happening in later if _fits(promised, happening)]
    if not fitting:
        return None
    best = max(fitting, key=lambda happening: (_worth(promised, happening), happening.id))
    return Outcome(best.id, _degree(promised, best))


def _fits(promised: Happening, happening: Happening) -> bool:
    if promised.type == COMMITMENT:
        # What is promised may be anything: only what has its figures or words, or its time, is it.
        signs = read_signs(promised, happening)
        wanted = _OF_ACCORDS.get(happening.stage or "", _OWN) if happening.type == "agreement" else _OWN
        told = any(signs.get(name, 0.0) >= least for name, least in wanted.items())
        late = _days_from_due(promised, happening)
        due = late is not None and late <= _MONTHS and happening.stage in _CARRIED_OUT
        return (told or due) and happening.type not in GATHERINGS
    return promised.type == happening.type


def _worth(promised: Happening, happening: Happening) -> float:
    """Return how well a happening fits a promise: of several the one that took place nearest to when it was due."""
    late = _days_from_due(promised, happening)
    return probability(promised, happening) - (0.0 if late is None else min(1.0, late / _YEAR))


def _days_from_due(promised: Happening, happening: Happening) -> int | None:
    """Return the days between when a promise was due and when something took place; None where a page does not tell."""
    due = read_moment(promised.date, promised.date_end, None, ahead=True)
    took = read_moment(happening.date or happening.published, None, None, ahead=False)
    return days_between(due, took) if due and took else None


def _degree(promised: Happening, done: Happening) -> Degree:
    """Compare sums and figures: one that is missed by less than half is met in part, another sum is met differently."""
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
