"""Judge which of the possible happenings are happenings: learned weights for the signs of their tellings. No stage.

The weights (``knowledge/models/events.json``) are a logistic regression learned from the project's own annotated pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

import msgspec

from mithaq.annotate.tellings import Telling
from mithaq.errors import KnowledgeError
from mithaq.lexicon.load import packaged_knowledge


class Weights(msgspec.Struct, frozen=True):
    """A judge: a weight for each sign, how likely a happening must be to be kept (0 to 1), and the pages it was learned from."""

    about: str
    bias: float
    threshold: float
    weights: dict[str, float]
    learned_from: tuple[str, ...] = ()


@cache
def load_weights(name: str = "events") -> Weights:
    """Return the packaged weights of a judge; raises KnowledgeError when the file is not of the expected form."""
    file = packaged_knowledge() / "models" / f"{name}.json"
    try:
        return msgspec.json.decode(file.read_bytes(), type=Weights)
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"{file}: {error}; learn the weights anew") from error


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


def likelihood(signs: Iterable[str], judge: Weights) -> float:
    """Return how likely these signs belong to a happening, between 0 and 1."""
    total = judge.bias + math.fsum([judge.weights.get(sign, 0.0) for sign in signs])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
