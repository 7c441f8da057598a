"""What a workspace holds, in one look: how much, what came in last, when it was published, which pairs and topics it is about."""

from __future__ import annotations

from datetime import date

import msgspec

from mithaq.answers.browse import Listing, list_reported_events, list_statements
from mithaq.answers.lines import EventLine, StatementLine
from mithaq.store.browse import Narrow, Row, Tally
from mithaq.store.store import Store

MOST_MONTHS = 36
_YEAR = 12


class Month(msgspec.Struct, frozen=True):
    """A month and how many pages were published in it."""

    month: str
    n: int


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """The workspace in one look. ``counts`` are by the name of their list; ``months`` run without a gap, the earliest first."""

    counts: dict[str, int]
    latest: tuple[Row, ...]
    months: tuple[Month, ...]
    pairs: tuple[Row, ...]
    topics: tuple[Tally, ...]
    commitments: Listing[StatementLine]
    events: Listing[EventLine]


def look_over(store: Store, *, lines: int = 6) -> Overview:
    """Return what a workspace holds; only pages on international digital cooperation count, but for "all_pages"."""
    ours = Narrow(relevant=True)
    counted = store.counts(("documents", "quarantine", "gated"))
    counts = {what: store.count(what, ours, most=10_000_000) for what in ("documents", "statements", "indicators")}
    counts["events"] = store.count_happenings(ours).all  # each once, as the timeline lists them
    counts |= {"all_pages": counted["documents"], "quarantine": counted["quarantine"], "gated": counted["gated"]}
    return Overview(
        counts=counts,
        latest=tuple(store.latest(lines)),
        months=fill_months(store.tally("month", ours)),
        pairs=tuple(store.tally_pairs(ours, limit=10)),
        topics=tuple(store.tally("topic", ours)),
        commitments=list_statements(store, Narrow(relevant=True, kind="commitment"), limit=lines),
        events=list_reported_events(store, ours, limit=lines),
    )


def fill_months(tallies: list[Tally], most: int = MOST_MONTHS) -> tuple[Month, ...]:
    """Return the months from the first to the last with their pages, at most the *most* last ones; what is no month is left out."""
    known = {tally.value: tally.n for tally in tallies if _is_month(tally.value)}
    if not known:
        return ()
    last = max(str(value) for value in known)
    first = max(min(str(value) for value in known), _before(last, most - 1))
    months, at = [], first
    while at <= last:
        months.append(Month(at, known.get(at, 0)))
        at = _before(at, -1)
    return tuple(months)


def _is_month(value: str | None) -> bool:
    try:
        return date.fromisoformat(f"{value}-01") is not None
    except ValueError:
        return False


def _before(month: str, months: int) -> str:
    """Return the month so many months before another ("2024-01", 1: "2023-12")."""
    year, number = divmod(int(month[:4]) * _YEAR + int(month[5:7]) - 1 - months, _YEAR)
    return f"{year:04d}-{number + 1:02d}"
