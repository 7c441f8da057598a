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
def load_weights() -> Weights:
    """Return the packaged weights; raises KnowledgeError when the file is not of the expected form."""
    file = packaged_knowledge() / "models" / "events.json"
    try:
        return msgspec.json.decode(file.read_bytes(), type=Weights)
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"{file}: {error}; learn the weights anew") from error


def signs_of(tellings: list[Telling], earlier: list[list[Telling]]) -> frozenset[str]:
    """Return the signs of a happening: all those of its tellings, how often it is told, and whether one like it was told *earlier*."""
    first = tellings[0]
    signs = {sign for telling in tellings for sign in telling.signs}
    counts = (
        ("told", len(tellings)),
        ("sides", len(first.parties)),
        ("alike", sum(first.trigger.type == other[0].trigger.type and first.parties == other[0].parties for other in earlier)),
        ("beside", sum(first.trigger.sentence == other[0].trigger.sentence for other in earlier)),
    )
    for name, count in counts:
        signs |= {f"{name}{min(3, count)}", f"{first.trigger.type}:{name}{min(3, count)}"}
    return frozenset(signs)


def likelihood(signs: Iterable[str], judge: Weights) -> float:
    """Return how likely these signs belong to a happening, between 0 and 1."""
    total = judge.bias + sum(judge.weights.get(sign, 0.0) for sign in signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
