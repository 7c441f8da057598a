"""A line of time as a drawing: where each dated event stands, in per cent of the width, so that it fits any screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import MAXYEAR, date

import msgspec

from mithaq.answers.lines import EventLine

# Points nearer than this (per cent of the width) are stacked upwards instead of drawn over each other.
NEAR = 3.2
STEP = 24
MARGIN = 14
MOST_TICKS = 7
_YEAR = 12
_MONTHS = (1, 2, 3, 6, _YEAR, 2 * _YEAR, 5 * _YEAR, 10 * _YEAR)


class Point(msgspec.Struct, frozen=True):
    """An event on the axis: ``x`` in per cent, ``y`` in pixels; ``exact`` is False where the text gives only month or year."""

    line: EventLine
    number: int
    x: float
    y: int
    exact: bool


class Tick(msgspec.Struct, frozen=True):
    """A mark under the axis with the month or year that begins there."""

    x: float
    label: str


class Axis(msgspec.Struct, frozen=True):
    """The drawing: ``height`` and ``base`` (where the line runs) in pixels."""

    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    height: int
    base: int

    @property
    def has_open(self) -> bool:
        """Say whether any point stands for a month or a year rather than a day."""
        return any(not point.exact for point in self.points)


def draw_axis(events: Sequence[EventLine], *, from_right: bool, name_month: Callable[[int, int], str]) -> Axis | None:
    """Return the axis of dated *events* in their order; None when fewer than two have a date that exists."""
    dated = [(number, event, day) for number, event in enumerate(events, start=1) if (day := first_day(event.date)) is not None]
    if len(dated) < 2:
        return None
    first, last = min(day for _, _, day in dated), max(day for _, _, day in dated)
    start, end = first.replace(day=1), _next_month(last, 1)
    span = (end - start).days

    def place(day: date) -> float:
        share = 3 + 94 * (day - start).days / span
        return round(100 - share if from_right else share, 2)

    rows: list[list[float]] = []
    points = []
    for number, event, day in dated:
        x = place(day)
        row = next((r for r, taken in enumerate(rows) if all(abs(other - x) >= NEAR for other in taken)), len(rows))
        rows[row : row + 1] = [[*(rows[row] if row < len(rows) else ()), x]]
        points.append((event, number, x, row, len(event.date or "") == len("2024-11-12")))
    base = MARGIN + STEP * len(rows)
    return Axis(
        points=tuple(Point(event, number, x, base - 12 - STEP * row, exact) for event, number, x, row, exact in points),
        ticks=_ticks(start, end, place, name_month),
        height=base + 30,
        base=base,
    )


def first_day(value: str | None) -> date | None:
    """Return the first day of YYYY, YYYY-MM or YYYY-MM-DD; None when there is no such day."""
    parts = (value or "").split("-")
    try:
        year, month, day = (int(part) for part in (*parts, "1", "1")[:3])
        return date(year, month, day)
    except ValueError:
        return None


def _next_month(day: date, months: int) -> date:
    """Return the first day of the month so many months later; the last day there is, where the calendar ends before."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1) if day.year + years <= MAXYEAR else date.max


def _ticks(start: date, end: date, place: Callable[[date], float], name_month: Callable[[int, int], str]) -> tuple[Tick, ...]:
    """Return a mark every so many months; over several years a mark at the beginning of a year."""
    months = (end.year - start.year) * 12 + end.month - start.month
    step = next((m for m in _MONTHS if months / m <= MOST_TICKS), _MONTHS[-1])
    if step < _YEAR:
        days = [_next_month(start, n) for n in range(0, months + 1, step)]
        return tuple(Tick(place(day), name_month(day.year, day.month)) for day in days)
    years = [date(year, 1, 1) for year in range(start.year, end.year + 1, step // _YEAR)]
    return tuple(Tick(place(day), str(day.year)) for day in years if start <= day <= end)
