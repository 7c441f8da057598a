"""Add up the learned weights of many features for several labels at once, exactly, as statements are weighed: many thousands a second.

Each feature has a row with one weight a label. The rows are kept as one whole number each, the weights side by side in it, so that one
addition adds all labels. Weights are floats, so whole multiples of some power of one half: nothing is rounded before the sums are told.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

_DIGITS = 53  # binary digits of a float
_ROOM = 32  # binary digits before the point: of more features with larger weights no text consists


class Rows:
    """Rows of weights, one a feature, all of the same length."""

    def __init__(self, rows: Mapping[str, Sequence[float]], length: int) -> None:
        """*length* is how many weights a row has; each is finite."""
        sizes = [math.frexp(weight)[1] for row in rows.values() for weight in row if weight]
        # Every weight is a whole multiple of the last digit that the smallest of them may have.
        digits = max(0, _DIGITS - min(sizes, default=_DIGITS))
        self._scale = 1 << digits
        width = digits + 1 + _ROOM
        self._places = [width * place for place in range(length)]
        self._mask, self._half = (1 << width) - 1, 1 << width - 1
        # Half of what a place holds is added to each, so that no sum below zero borrows from the next one.
        self._middle = sum(self._half << place for place in self._places)
        places = self._places
        self._packed = {
            name: sum([int(math.ldexp(weight, digits)) << place for weight, place in zip(row, places, strict=True) if weight])
            for name, row in rows.items()
        }

    def add_up(self, features: Iterable[str]) -> list[float]:
        """Return the sum of the weights of each label, over the features that have a row; what ``math.fsum`` gives, in any order."""
        total = sum(filter(None, map(self._packed.get, features)), start=self._middle)
        mask, half, scale = self._mask, self._half, self._scale
        return [((total >> place & mask) - half) / scale for place in self._places]
