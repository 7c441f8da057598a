"""How likely two namings are one: a table of weights turned into a probability, and the limits above which nobody needs to be asked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

import msgspec

from mithaq.lexicon.load import packaged_knowledge
from mithaq.model.world import EntityKind

BIAS = "bias"
_MOST = 30.0  # odds beyond which a probability is 0 or 1


class Weights(msgspec.Struct, frozen=True):
    """The weights of one kind by feature, and its limits: from ``same`` on namings are joined, from ``ask`` on a person is asked."""

    weights: dict[str, float]
    same: float
    ask: float


class Model(msgspec.Struct, frozen=True):
    """What identity was learned from, and the weights by kind."""

    about: str
    learned_from: list[str]
    kinds: dict[EntityKind, Weights]


@cache
def load_model() -> Model:
    """Return the packaged weights (``knowledge/models/identity.json``)."""
    return msgspec.json.decode((packaged_knowledge() / "models" / "identity.json").read_bytes(), type=Model)


def odds_of(kind: EntityKind, signs: Mapping[str, float]) -> float:
    """Return the logarithm of the odds that two namings are one, by what speaks for and against it."""
    weights = load_model().kinds[kind].weights
    return weights[BIAS] + math.fsum(weights.get(name, 0.0) * value for name, value in signs.items())


def probability(odds: float) -> float:
    """Return odds as a probability, 0 to 1."""
    return 1 / (1 + math.exp(-max(-_MOST, min(_MOST, odds))))


def to_odds(share: float) -> float:
    """Return a probability as the logarithm of its odds."""
    return math.log(share / (1 - share))
