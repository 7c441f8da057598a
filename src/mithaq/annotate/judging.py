"""Gather the signs by which it is judged which of the possible happenings are happenings (``lexicon.weighing`` weighs them). No stage."""

from __future__ import annotations

from mithaq.annotate.tellings import Telling


def signs_of(tellings: list[Telling], best: Telling, earlier: list[Telling]) -> frozenset[str]:
    """Return the signs of a happening: those of its fullest telling, and whether the page comes back to it or told one like it *earlier*.

    That later sentences point back to "the meeting" or wish for more of it says nothing against it, but that it is one.
    """
    kind = best.trigger.type
    signs = set(best.signs)
    again = any(e.trigger.type == kind and e.parties == best.parties for e in earlier)
    echoed = any(t.definite and t.trigger.sentence != best.trigger.sentence for t in tellings)
    titled = any("title" in t.signs for t in tellings)
    first = not any(e.trigger.type == kind for e in earlier)
    for name, holds in (("again", again), ("echoed", echoed and not again), ("titled", titled), ("first", first)):
        if holds:
            signs |= {name, f"{kind}:{name}"}
    return frozenset(signs)
