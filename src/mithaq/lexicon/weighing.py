"""Weigh what speaks for and against a page, a topic, a happening or a figure, or for two reports being one, with learned weights.

The weights (``knowledge/models/topics.json``, ``events.json`` ...) are logistic regressions learned from the project's own annotated pages.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import repeat
from operator import mul
from typing import Generic, NamedTuple, TypeVar

import msgspec

from mithaq.lexicon.load import read_model

Asked = TypeVar("Asked")


class Scales(msgspec.Struct, frozen=True):
    """A weight for each sign, how likely a thing must be to hold (0 to 1), and the pages the weights were learned from."""

    about: str
    bias: float
    threshold: float
    weights: dict[str, float]
    learned_from: tuple[str, ...] = ()


class Sign(NamedTuple, Generic[Asked]):
    """Something that speaks for or against a thing: how it is asked (0 to 1), and what is held of it before anything is learned."""

    name: str
    ask: Callable[[Asked], float | bool]
    weight: float


def ask_signs(signs: Iterable[Sign[Asked]], asked: Asked) -> dict[str, float]:
    """Return every sign that holds of a thing, with its strength."""
    return {name: float(value) for name, ask, _ in signs if (value := ask(asked))}


@cache
def load_scales(name: str) -> Scales:
    """Return the packaged weights of a name ("topics"); raises KnowledgeError when the file is not of the expected form."""
    return read_model(name, Scales, f"learn the weights anew: mithaq train --only {name}")


def likelihood(signs: Mapping[str, float], scales: Scales) -> float:
    """Return how likely a thing with these signs is, between 0 and 1; the sum is exact, so the order of the signs tells nothing."""
    return _logistic(scales.bias + add_up(signs, scales))


def likelihood_of(signs: Iterable[str], scales: Scales) -> float:
    """Return how likely a thing is for which these signs hold, each once; as :func:`likelihood` with the value 1 for each."""
    return _logistic(scales.bias + add_each(signs, scales))


def add_each(signs: Iterable[str], scales: Scales) -> float:
    """Return the sum of what signs weigh, each once; exact, so that their order, which sets do not keep, tells nothing."""
    return math.fsum(filter(None, map(scales.weights.get, signs)))


def add_up(signs: Mapping[str, float], scales: Scales) -> float:
    """Return the sum of what signs weigh, each as strong as it is; exact, so that their order tells nothing."""
    return math.fsum(map(mul, map(scales.weights.get, signs, repeat(0.0)), signs.values()))


def shares(signs: Mapping[str, Mapping[str, float]], scales: Scales) -> dict[str, float]:
    """Return how likely each of several things is of which one holds, by its signs: the shares add up to 1."""
    totals = {name: add_up(own, scales) for name, own in signs.items()}
    most = max(totals.values(), default=0.0)
    parts = {name: math.exp(total - most) for name, total in totals.items()}
    whole = math.fsum(parts.values())
    return {name: part / whole for name, part in parts.items()}


def odds(likely: float) -> float:
    """Return the log-odds of a likelihood, no surer than 30."""
    return math.log(likely / (1 - likely)) if 0 < likely < 1 else math.copysign(30.0, likely - 0.5)


def weightiest(signs: Iterable[str], scales: Scales, count: int = 3) -> str:
    """Return the signs that spoke loudest for and against a thing, with their weights: "act:signed +1.2, hedged -0.8"."""
    told = scales.weights.get
    loudest = sorted([(-abs(weight), sign, weight) for sign in signs if (weight := told(sign))])[:count]
    return ", ".join([f"{sign} {weight:+.1f}" for _, sign, weight in loudest])


def _logistic(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
