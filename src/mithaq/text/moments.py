"""When a report says that something happened, as days: a day, a month, or what its publication allows when it gives no date.

A moment is (first day, last day, known): days count as ``date.toordinal``; *known* says whether the page gives a date, be it a month only.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date
from typing import NamedTuple

from mithaq.model.kept import keep_words

# A report without a date tells of what happened shortly before it was published, or of what is to come within a year.
BEFORE, AHEAD = 21, 365
PLANNED = "planned"
_MONTH, _DAY = len("2024-11"), len("2024-11-12")


class Moment(NamedTuple):
    """Days from *first* to *last*; *known* when the page gives a date, *exact* when it gives the day."""

    first: int
    last: int
    known: bool
    exact: bool


def read_moment(day: str | None, end: str | None, published: str | None, *, ahead: bool) -> Moment | None:
    """Return when a report's happening took or takes place; None when neither it nor its page gives any date.

    *ahead* says that the report speaks of what is to come.
    """
    if day:
        first, last = _bounds(day)
        if end:
            last = max(last, _bounds(end)[1])
        return Moment(first, last, True, len(day) == _DAY)
    if not published:
        return None
    first, last = _bounds(published)
    return Moment(first, last + AHEAD, False, False) if ahead else Moment(first - BEFORE, last, False, False)


def days_between(a: Moment, b: Moment) -> int:
    """Return the days between two moments, 0 when they overlap."""
    return max(0, a.first - b.last, b.first - a.last)


def ordinal(day: str) -> int:
    """Return the first day that a date may mean, as a number."""
    return _bounds(day)[0]


def last_day(day: str) -> str:
    """Return the last day that a date may mean: of "2024-02" it is "2024-02-29"."""
    return date.fromordinal(_bounds(day)[1]).isoformat()


@keep_words  # the days of the news are few, and every two happenings that are compared ask for theirs
def _bounds(day: str) -> tuple[int, int]:
    """Return the first and last day of a date; of one that no calendar has (30 February), those of the nearest that it has."""
    year = min(max(MINYEAR, int(day[:4])), MAXYEAR)
    if len(day) < _MONTH:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    month = min(max(1, int(day[5:7])), 12)
    longest = monthrange(year, month)[1]
    if len(day) < _DAY:
        return date(year, month, 1).toordinal(), date(year, month, longest).toordinal()
    exact = date(year, month, min(max(1, int(day[8:_DAY])), longest)).toordinal()
    return exact, exact


def quarters(first: int, last: int) -> range:
    """Return the quarters of a year (four a year, counted on from year 0) that days fall in."""
    return range(_quarter(first), _quarter(last) + 1)


def _quarter(day: int) -> int:
    known = date.fromordinal(min(max(date.min.toordinal(), day), date.max.toordinal()))
    return known.year * 4 + (known.month - 1) // 3
