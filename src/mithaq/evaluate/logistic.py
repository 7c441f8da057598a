"""Fit a logistic regression with an L2 penalty: exact, without chance, so the same pages always give the same weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import mul
from typing import NamedTuple

BIAS = "bias"
_ROUNDS = 60
_STILL = 1e-9  # a step so small changes nothing that is written
_DESCENTS, _HALVINGS, _REMEMBERED = 500, 30, 10
_FLAT = 1e-4  # no slope is steeper: with penalties of 1 and more no weight is further from the best than that


class Row(NamedTuple):
    """What was seen of one thing: its signs, whether it holds, and how much it counts."""

    signs: Mapping[str, float]
    holds: bool
    share: float = 1.0


_Seen = tuple[list[tuple[int, float]], bool, float]  # a row by the places of its names: (place, value), whether it holds, its share


def fit(rows: Sequence[Row], penalty: Callable[[str], float]) -> dict[str, float]:
    """Return the weights, with the bias under ``"bias"``, that make *rows* likeliest; *penalty* tells how hard a sign is held at nothing.

    Newton's method; raises ValueError without rows.
    """
    names, seen, held = _lay_out(rows, penalty)
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


def _lay_out(rows: Sequence[Row], penalty: Callable[[str], float]) -> tuple[list[str], list[_Seen], list[float]]:
    """Return the names of the weights, the rows by the places of their names, and how hard each weight is held."""
    if not rows:
        raise ValueError("nothing to learn from: no rows")
    names = [BIAS, *sorted({name for row in rows for name in row.signs})]
    place = {name: i for i, name in enumerate(names)}
    seen = [([(0, 1.0), *((place[n], v) for n, v in sorted(row.signs.items()))], row.holds, row.share) for row in rows]
    return names, seen, [0.0, *(penalty(name) for name in names[1:])]


def fit_many(rows: Sequence[Row], penalty: Callable[[str], float]) -> dict[str, float]:
    """Return the same weights as :func:`fit`, to three decimals, where there are too many names to solve for all at once.

    Steps downhill with the memory of the last ones (limited-memory BFGS: Liu and Nocedal, "On the limited memory BFGS method", 1989).
    Raises ValueError without rows.
    """
    names, seen, held = _lay_out(rows, penalty)
    weights = [0.0] * len(names)
    cost, slopes = _cost(seen, held, weights)
    known: list[tuple[list[float], list[float]]] = []
    for _ in range(_DESCENTS):
        if max(map(abs, slopes)) < _FLAT:
            break
        direction = _downhill(slopes, known)
        falling, stride = -_dot(slopes, direction), 1.0
        for _ in range(_HALVINGS):
            tried = [w - stride * d for w, d in zip(weights, direction, strict=True)]
            lower, steeper = _cost(seen, held, tried)
            if lower <= cost + 1e-4 * stride * falling:
                break
            stride /= 2
        step = [a - b for a, b in zip(tried, weights, strict=True)]
        turn = [a - b for a, b in zip(steeper, slopes, strict=True)]
        if _dot(step, turn) > 0:
            known = [*known[1 - _REMEMBERED :], (step, turn)]
        weights, cost, slopes = tried, lower, steeper
    return dict(zip(names, weights, strict=True))


def _cost(seen: Sequence[_Seen], held: Sequence[float], weights: Sequence[float]) -> tuple[float, list[float]]:
    """Return how unlikely the rows are, with what holds the weights back, and how that changes with each weight."""
    cost = sum(h * w * w for h, w in zip(held, weights, strict=True)) / 2
    slopes = [h * w for h, w in zip(held, weights, strict=True)]
    for signs, holds, share in seen:
        likely = _likely(signs, weights)
        cost -= share * math.log(likely if holds else 1 - likely)
        error = share * (likely - holds)
        for i, value in signs:
            slopes[i] += error * value
    return cost, slopes


def _downhill(slopes: Sequence[float], known: Sequence[tuple[list[float], list[float]]]) -> list[float]:
    """Return the direction against which to step, bent by the curve that the last steps and turns have shown."""
    direction, shares = list(slopes), []
    for step, turn in reversed(known):
        share = _dot(step, direction) / _dot(step, turn)
        shares.append(share)
        direction = [d - share * t for d, t in zip(direction, turn, strict=True)]
    if known:
        step, turn = known[-1]
        scale = _dot(step, turn) / _dot(turn, turn)
    else:
        scale = 1 / max(1.0, math.sqrt(_dot(slopes, slopes)))
    direction = [scale * d for d in direction]
    for (step, turn), share in zip(known, reversed(shares), strict=True):
        back = share - _dot(turn, direction) / _dot(step, turn)
        direction = [d + back * s for d, s in zip(direction, step, strict=True)]
    return direction


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return math.fsum(map(mul, a, b))


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
