"""Activity over time as a drawing: one column a month, each leading to the pages of that month, in the direction of the reader."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from mithaq.answers.overview import Month

HEIGHT = 120
BASE = 96
_MOST_LABELS = 8
_EDGE = 8.0  # per cent of the width


class Column(msgspec.Struct, frozen=True):
    """A month: where its column stands and how high it is, in per cent of the width and in pixels; ``label`` only where there is room."""

    month: str
    n: int
    x: float
    width: float
    y: float
    height: float
    label: str | None
    anchor: str = "middle"  # of the label: it begins, or ends, at the edge where there is no room on both sides


def draw_months(months: Sequence[Month], *, from_right: bool, name_month: Callable[[int, int], str]) -> tuple[Column, ...]:
    """Return the columns of some months, the earliest first; nothing for less than two."""
    if len(months) < 2:
        return ()
    most = max(month.n for month in months)
    step = 100 / len(months)
    every = -(-len(months) // _MOST_LABELS)
    columns = []
    for place, month in enumerate(months):
        x = step * place if not from_right else 100 - step * (place + 1)
        height = round(BASE * month.n / most, 1) if most else 0.0
        named = place % every == 0
        label = name_month(int(month.month[:4]), int(month.month[5:7])) if named else None
        middle = x + step / 2
        anchor = "start" if middle < _EDGE else "end" if middle > 100 - _EDGE else "middle"
        bar = round(x + step * 0.12, 2), round(step * 0.76, 2), round(BASE - height, 1), height
        columns.append(Column(month.month, month.n, *bar, label, anchor))
    return tuple(columns)
