"""How sources are doing: when each was last seen, what it brings, how much of it is for us, and whether its pages are read well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Literal

import msgspec

from mithaq.lexicon.sources import NewsSource, source_of
from mithaq.model import Document
from mithaq.store import Store
from mithaq.store.schedule import SourceRow

Fall = Literal["words", "title", "date", "furniture"]
Standing = Literal["well", "new", "silent", "failing", "left"]
LOOKED_AT = 20  # of the newest pages of a source
_TOLERATED = 0.2  # share of pages that may fall short: short notices, pages without a date
_SILENT = 7 * 86400.0
_DAYS = 7


class SourceHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How one source is doing. Moments are ISO 8601, UTC, None for never; ``a_day`` counts new addresses of the last week.

    ``standing``: "well", "new" (not visited yet), "silent" (brought nothing for a week), "failing" (its last visits failed, ``reason`` says
    why), "left" (not followed any more). ``relevant`` is the share of its pages that are for us, None while none was read.
    """

    source: str
    name: str
    country: str | None
    standing: Standing
    channels: int
    failing: int
    reason: str
    seen: str | None
    succeeded: str | None
    brought: str | None
    due: str | None
    a_day: float
    pages: int
    relevant: float | None
    gone: int
    failed: int
    waiting: int


class Fault(msgspec.Struct, frozen=True):
    """Something in which the pages of a source fall short of what its file promises: how many of how many, and one of them."""

    what: Fall
    number: int
    pages: int
    example: str


def tell_health(rows: Iterable[SourceRow], sources: Mapping[str, NewsSource], lang: str, now: float) -> list[SourceHealth]:
    """Return how sources are doing, those that need somebody first."""
    order: tuple[Standing, ...] = ("failing", "silent", "new", "well", "left")
    told = [_tell(row, sources.get(row.source), lang, now) for row in rows]
    return sorted(told, key=lambda h: (order.index(h.standing), h.source))


def _tell(row: SourceRow, source: NewsSource | None, lang: str, now: float) -> SourceHealth:
    kept, other = row.states.get("kept", 0), row.states.get("other", 0)
    return SourceHealth(
        source=row.source, name=source.name(lang) if source else row.source, country=source.country if source else None,
        standing=_stand(row, now), channels=row.channels, failing=row.failing, reason=row.reason, seen=_moment(row.asked),
        succeeded=_moment(row.succeeded), brought=_moment(row.brought_at), due=_moment(row.due), a_day=round(row.found / _DAYS, 1),
        pages=kept + other, relevant=round(kept / (kept + other), 3) if kept + other else None, gone=row.states.get("gone", 0),
        failed=row.states.get("failed", 0) + row.states.get("unread", 0), waiting=row.states.get("waiting", 0),
    )  # fmt: skip


def _stand(row: SourceRow, now: float) -> Standing:
    if not row.followed:
        return "left"
    if row.failing == row.followed:
        return "failing"
    if row.asked is None:
        return "new"
    return "silent" if row.brought_at is None or now - row.brought_at > _SILENT else "well"


def examine_pages(store: Store, source: NewsSource) -> tuple[int, list[Fault]]:
    """Hold the newest pages of a source against what its file says of a healthy one; return how many there were, and in what they fail."""
    names = [str(row["outlet"]) for row in store.outlets() if source_of(str(row["outlet"] or ""), [source])]
    rows = sorted((row for name in names for row in store.rows("documents", {"outlet": name})), key=lambda row: int(row["n"] or 0))
    pages = [store.reading(str(row["id"])) for row in rows[-LOOKED_AT:]]
    wanted = source.healthy
    short: dict[Fall, list[Document]] = {
        "words": [p for p in pages if not p.partial and len(_article(p).split()) < wanted.least_words],
        "title": [p for p in pages if wanted.titled and not p.title],
        "date": [p for p in pages if wanted.dated and not p.published],
        "furniture": [p for p in pages if any(line in _article(p) for line in source.furniture)],
    }
    many = {what: found for what, found in short.items() if len(found) > _TOLERATED * len(pages)}
    return len(pages), [Fault(what, len(found), len(pages), found[-1].url or found[-1].path or "") for what, found in many.items()]


def _article(document: Document) -> str:
    return "\n".join(document.text[s.start : s.end] for s in document.segments if s.kind in ("body", "caption", "dateline"))


def _moment(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")
