"""Learn which of several things holds, one of each example: a choice model (multinomial logistic regression) over the signs of each.

Fitted by AdaGrad steps with an L2 penalty over all examples at once; no chance in it: the same examples give the same weights.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

ROUNDS = 40
STEP = 0.2
TINY = 0.02  # smaller weights are not written
SURE = 1e-4  # a smaller miss moves nothing

Signs = Mapping[str, float]
Row = tuple[int, list[list[tuple[str, float]]]]


def fit_choice(examples: Sequence[tuple[int, Sequence[Signs]]], *, penalty: float, seen: int) -> dict[str, float]:
    """Return a weight for each sign of *examples*: which option is true, and the signs of each option with their strength.

    *penalty* keeps weights small; a sign *seen* less often teaches nothing.
    """
    counts = Counter(sign for _, options in examples for signs in options for sign in signs)
    rows = [(true, [[(s, v) for s, v in signs.items() if counts[s] >= seen] for signs in options]) for true, options in examples]
    weights = {sign: 0.0 for sign, count in sorted(counts.items()) if count >= seen}
    squares = dict.fromkeys(weights, 1e-6)
    for _ in range(ROUNDS):
        slopes = _slopes(rows, weights)
        for sign, weight in weights.items():
            slope = slopes[sign] + penalty * weight
            squares[sign] += slope * slope
            weights[sign] = weight - STEP * slope / math.sqrt(squares[sign])
    return {sign: round(weight, 3) for sign, weight in weights.items() if abs(weight) >= TINY}


def _slopes(rows: Sequence[Row], weights: dict[str, float]) -> dict[str, float]:
    slopes: dict[str, float] = defaultdict(float)
    for true, options in rows:
        totals = [math.fsum([weights[sign] * value for sign, value in signs]) for signs in options]
        top = max(totals)
        powers = [math.exp(total - top) for total in totals]
        whole = math.fsum(powers)
        for index, signs in enumerate(options):
            miss = powers[index] / whole - (index == true)
            if abs(miss) > SURE:
                for sign, value in signs:
                    slopes[sign] += miss * value
    return slopes
