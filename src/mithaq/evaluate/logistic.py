"""Fit a logistic regression with an L2 penalty: exact, without chance, so the same pages always give the same weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

BIAS = "bias"
_ROUNDS = 60
_STILL = 1e-9  # a step so small changes nothing that is written


class Row(NamedTuple):
    """What was seen of one thing: its signs, whether it holds, and how much it counts."""

    signs: Mapping[str, float]
    holds: bool
    share: float = 1.0


def fit(rows: Sequence[Row], penalty: Callable[[str], float]) -> dict[str, float]:
    """Return the weights, with the bias under ``"bias"``, that make *rows* likeliest; *penalty* tells how hard a sign is held at nothing.

    Newton's method; raises ValueError without rows.
    """
    if not rows:
        raise ValueError("nothing to learn from: no rows")
    names = [BIAS, *sorted({name for row in rows for name in row.signs})]
    place = {name: i for i, name in enumerate(names)}
    seen = [([(0, 1.0), *((place[n], v) for n, v in sorted(row.signs.items()))], row.holds, row.share) for row in rows]
    held = [0.0, *(penalty(name) for name in names[1:])]
    weights = [0.0] * len(names)
    for _ in range(_ROUNDS):
        slopes = [h * w for h, w in zip(held, weights, strict=True)]
        curve = [[held[i] + 1e-9 if i == j else 0.0 for j in range(len(names))] for i in range(len(names))]
        for signs, holds, share in seen:
            likely = _likely(signs, weights)
            bend = share * likely * (1 - likely)
            for i, value in signs:
                slopes[i] += share * (likely - holds) * value
                line = curve[i]
                for j, other in signs:
                    line[j] += bend * value * other
        steps = solve(curve, slopes)
        weights = [w - s for w, s in zip(weights, steps, strict=True)]
        if max(map(abs, steps)) < _STILL:
            break
    return dict(zip(names, weights, strict=True))


def _likely(signs: Iterable[tuple[int, float]], weights: Sequence[float]) -> float:
    total = math.fsum([weights[i] * value for i, value in signs])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def solve(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Return x with *matrix* · x = *right*, by elimination; the matrix must be positive definite."""
    lines = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(lines)
    for i in range(size):
        pivot = lines[i]
        for line in lines[i + 1 :]:
            factor = line[i] / pivot[i]
            if factor:
                for j in range(i, size + 1):
                    line[j] -= factor * pivot[j]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (lines[i][size] - math.fsum([lines[i][j] * found[j] for j in range(i + 1, size)])) / lines[i][i]
    return found
