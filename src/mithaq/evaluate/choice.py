"""Fit weights by which one of several things is chosen: a conditional logistic regression with an L2 penalty, exact, without chance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from mithaq.evaluate.logistic import solve
from mithaq.lexicon.weighing import Scales, shares

_ROUNDS = 30
_STILL = 1e-4  # a step so small changes nothing that is written


class Choice(NamedTuple):
    """The signs of each thing that may be chosen, and which one is right."""

    signs: Mapping[str, Mapping[str, float]]
    right: str


def fit_choice(choices: Sequence[Choice], penalty: float) -> dict[str, float]:
    """Return the weights that make the right things likeliest; Newton's method. Raises ValueError without choices."""
    if not choices:
        raise ValueError("nothing to learn from: no choices")
    names = sorted({name for choice in choices for signs in choice.signs.values() for name in signs})
    place = {name: i for i, name in enumerate(names)}
    weights = [0.0] * len(names)
    for _ in range(_ROUNDS):
        slopes = [penalty * weight for weight in weights]
        curve = [[penalty if i == j else 0.0 for j in range(len(names))] for i in range(len(names))]
        scales = Scales("", 0.0, 0.0, dict(zip(names, weights, strict=True)))
        for choice in choices:
            _add(choice, shares(choice.signs, scales), place, slopes, curve)
        steps = solve(curve, slopes)
        weights = [weight - step for weight, step in zip(weights, steps, strict=True)]
        if max(map(abs, steps)) < _STILL:
            break
    return dict(zip(names, weights, strict=True))


def _add(choice: Choice, likely: Mapping[str, float], place: Mapping[str, int], slopes: list[float], curve: list[list[float]]) -> None:
    """Add one choice to the slope and the curve: the likelier of the signs' means and spread."""
    mean: dict[int, float] = {}
    for thing, signs in choice.signs.items():
        own = [(place[name], value) for name, value in signs.items()]
        share, right = likely[thing], thing == choice.right
        for i, value in own:
            mean[i] = mean.get(i, 0.0) + share * value
            slopes[i] += (share - right) * value
            line, bend = curve[i], share * value
            for j, other in own:
                line[j] += bend * other
    means = list(mean.items())
    for i, value in means:
        line = curve[i]
        for j, other in means:
            line[j] -= value * other
