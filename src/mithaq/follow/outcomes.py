"""What came of a plan or promise: the later happening that is what was said, and whether it is all of it («27 of 30 were trained»)."""

from __future__ import annotations

from collections.abc import Iterable

from mithaq.follow.signs import probability, read_signs
from mithaq.model.happening import COMMITMENT, Degree, Happening, Outcome

# What is done of a promise, to be the same thing in a smaller measure: at least this share of what was promised.
_LEAST_SHARE = 0.5
# Signs that a happening is the very thing that was promised, each from so much on.
_OWN = {"figures": 0.5, "programmes": 1.0, "as planned": 1.0, "rare words": 0.3, "words": 0.3}
# What fulfils no promise but to meet.
_GATHERINGS = ("meeting", "visit", "event")


def find_outcome(promised: Happening, later: Iterable[Happening]) -> Outcome | None:
    """Return what came of a plan or promise among later happenings of its thread; None when they tell nothing of it."""
    fitting = [happening for happening in later if _fits(promised, happening)]
    if not fitting:
        return None
    best = max(fitting, key=lambda happening: (probability(promised, happening), happening.id))
    return Outcome(best.id, _degree(promised, best))


def _fits(promised: Happening, happening: Happening) -> bool:
    if promised.type == COMMITMENT:
        # What is promised may be anything: only what has its figures or words, or its time, is it.
        signs = read_signs(promised, happening)
        told = any(signs.get(name, 0.0) >= least for name, least in _OWN.items())
        return told and happening.type not in _GATHERINGS
    return promised.type == happening.type


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
