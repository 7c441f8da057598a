"""Cited figures by what they measure, and where pages contradict each other about one of them."""

from __future__ import annotations

import msgspec

from mithaq.answers.browse import Listing, list_figures
from mithaq.answers.lines import FigureLine
from mithaq.store.browse import Narrow
from mithaq.store.store import Store
from mithaq.text.fold import fold_text

MOST_CLAIMS = 200  # of one figure on one page


class Conflict(msgspec.Struct, frozen=True):
    """Lines that give one figure of one country and year different values."""

    country: str | None
    year: int | None
    unit: str
    lines: tuple[FigureLine, ...]


class Claims(msgspec.Struct, frozen=True):
    """All that the pages say of one figure, by country, and what of it does not fit together."""

    name: str
    listing: Listing[FigureLine]
    conflicts: tuple[Conflict, ...]


def list_claims(
    store: Store, name: str, country: str | None = None, *, topic: str | None = None, after: str | None = None, limit: int = MOST_CLAIMS
) -> Claims:
    """Return the claims of a figure by its printed name; those for one country, or of pages on one topic, when it is given.

    ``listing.after`` asks for the next ones; contradictions are sought among those that are returned.
    """
    listing = list_figures(store, Narrow(relevant=True, name=name, country=country, topic=topic), limit=limit, after=after)
    return Claims(name, listing, find_conflicts(listing.lines))


def find_conflicts(lines: tuple[FigureLine, ...]) -> tuple[Conflict, ...]:
    """Return the claims that contradict each other: one name, country, year, unit, group and comparator, and several values.

    A count of things has no one value unless its year is told; a figure without a country may be of any.
    """
    groups: dict[tuple[object, ...], list[FigureLine]] = {}
    for line in lines:
        if line.country is not None and (line.year is not None or line.unit != "count"):
            key = (fold_text(line.name), line.country, line.year, line.unit, line.comparator, line.group)
            groups.setdefault(key, []).append(line)
    return tuple(
        Conflict(group[0].country, group[0].year, group[0].unit, tuple(group))
        for group in groups.values()
        if len({line.value for line in group}) > 1
    )
