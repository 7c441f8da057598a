"""Turn what a model or a rule says of a fact into a confidence: of facts with .8, four in five are right on stories not learned from.

The tables (``knowledge/models/confidence.json``) are measured by ``mithaq train --only confidence``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

import msgspec

from mithaq.lexicon.load import read_model

_RULE = re.compile(r"[^:;«(]*")
Knot = tuple[float, float]


class Certainty(msgspec.Struct, frozen=True):
    """For each learned layer the share that is right by likelihood (rising knots), for each other one by rule ("" for any rule)."""

    about: str
    curves: dict[str, tuple[Knot, ...]]
    rules: dict[str, dict[str, float]]
    learned_from: tuple[str, ...] = ()


@cache
def load_certainty() -> Certainty:
    """Return the packaged tables; raises KnowledgeError when the file is not of the expected form."""
    return read_model("confidence", Certainty, "measure them anew: mithaq train --only confidence")


def confidence(layer: str, likelihood: float) -> float:
    """Return how sure a fact of a learned layer is, 0 to 1, by the likelihood that its model gave."""
    return round(read_curve(load_certainty().curves[layer], likelihood), 2)


def rule_confidence(layer: str, why: str) -> float:
    """Return how sure a fact is that a rule found, 0 to 1: how often that rule is right; of a rule seen too rarely, how often any is."""
    shares = load_certainty().rules[layer]
    return round(shares.get(rule_of(why), shares[""]), 2)


def rule_of(why: str) -> str:
    """Return which rule found a fact, without the words that it found: "head word" of "head word: شركة"."""
    found = _RULE.match(why)
    return found.group().strip() if found else ""


def read_curve(knots: Sequence[Knot], likelihood: float) -> float:
    """Return the height of a curve at a likelihood: straight lines between its knots, level beyond its ends."""
    at = bisect_right(knots, (likelihood, 1.0))
    if at == 0 or at == len(knots):
        return knots[max(0, at - 1)][1]
    (left, low), (right, high) = knots[at - 1], knots[at]
    return low + (high - low) * (likelihood - left) / (right - left) if right > left else high
