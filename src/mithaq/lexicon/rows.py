"""Add up the learned weights of many features for several labels at once, exactly, as statements are weighed: many thousands a second.

Each feature has a row with one weight a label. The rows are kept as one whole number each, the weights side by side in it, so that one
addition adds all labels. Weights are floats, so whole multiples of some power of one half: nothing is rounded before the sums are told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

_ROOM = 32  # binary digits before the point: of more features with larger weights no text consists


class Rows:
    """Rows of weights, one a feature, all of the same length."""

    def __init__(self, rows: Mapping[str, Sequence[float]], length: int) -> None:
        """*length* is how many weights a row has; each is finite."""
        ratios = {name: [weight.as_integer_ratio() for weight in row] for name, row in rows.items()}
        self._scale = max((below for row in ratios.values() for _, below in row), default=1)
        width = self._scale.bit_length() + _ROOM
        self._places = [width * place for place in range(length)]
        self._mask, self._half = (1 << width) - 1, 1 << width - 1
        # Half of what a place holds is added to each, so that no sum below zero borrows from the next one.
        self._middle = sum(self._half << place for place in self._places)
        self._packed = {
            name: sum((above * (self._scale // below)) << place for (above, below), place in zip(row, self._places, strict=True))
            for name, row in ratios.items()
        }

    def add_up(self, features: Iterable[str]) -> list[float]:
        """Return the sum of the weights of each label, over the features that have a row; what ``math.fsum`` gives, in any order."""
        total = sum(filter(None, map(self._packed.get, features)), start=self._middle)
        mask, half, scale = self._mask, self._half, self._scale
        return [((total >> place & mask) - half) / scale for place in self._places]
