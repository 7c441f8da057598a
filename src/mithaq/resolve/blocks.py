"""Which reports are worth comparing at all: by sides, type and quarter of the year, never all with all.

Each report stands under some keys and asks for some; what it finds so holds every report that may be of the same happening, and more.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from mithaq.model.happening import Telling
from mithaq.resolve.alike import SLACK
from mithaq.resolve.ready import moment_of
from mithaq.text.moments import quarters

# Of a gathering of many only so many sides, in order, make pairs.
_MOST_SIDES = 6
_ANY, _UNKNOWN = "*", "?"
# What is said to last longer than twenty years tells no time: it is looked for as what has no date.
_MOST_QUARTERS = 80


def keys_of(telling: Telling) -> list[str]:
    """Return the keys under which a report stands."""
    times = _quarters(telling, 0) or [_UNKNOWN]
    return [f"{telling.report.type} {sides} {time}" for sides in _stands_under(telling.report.sides) for time in (*times, _ANY)]


def keys_asked(telling: Telling) -> list[str]:
    """Return the keys under which a report looks for others."""
    found = _quarters(telling, SLACK)
    times = [*found, _UNKNOWN] if found else [_ANY]
    return [f"{telling.report.type} {sides} {time}" for sides in _asks_for(telling.report.sides) for time in times]


def _quarters(telling: Telling, slack: int) -> list[str]:
    """Return the quarters of a year in which a report's happening may take place, give or take some days; none where that is unknown."""
    when = moment_of(telling)
    if when is None:
        return []
    found = quarters(when.first - slack, when.last + slack)
    return [str(quarter) for quarter in found] if len(found) <= _MOST_QUARTERS else []


def _pairs(sides: tuple[str, ...]) -> Iterator[str]:
    for a, b in combinations(sorted(sides)[:_MOST_SIDES], 2):
        yield f"{a}-{b}"


def _stands_under(sides: tuple[str, ...]) -> list[str]:
    if len(sides) < 2:
        return [f"{sides[0] if sides else ''}!"]
    return [*_pairs(sides), *(f"{side}+" for side in sides)]


def _asks_for(sides: tuple[str, ...]) -> list[str]:
    if not sides:
        return ["!"]
    if len(sides) == 1:
        return [f"{sides[0]}!", f"{sides[0]}+"]
    return [*_pairs(sides), *(f"{side}!" for side in sides)]
