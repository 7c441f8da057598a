"""The first pages: what is new, where pages come from, what could not be read, and how far all of it can be believed."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

import mithaq
from mithaq.answers.overview import look_over
from mithaq.answers.source_health import tell_health
from mithaq.errors import KnowledgeError
from mithaq.ingest import KNOWLEDGE
from mithaq.lexicon.sources import NewsSource, known_sources
from mithaq.model.vocabulary import LANGUAGES
from mithaq.store.browse import Narrow
from mithaq.web.asking import cite
from mithaq.web.chart import draw_months
from mithaq.web.files import asked_format, give_table
from mithaq.web.map import draw_map
from mithaq.web.readers import Desk, tally_sides
from mithaq.web.reasons import tell_reason
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech
from mithaq.web.world import watch_open

pages = APIRouter(include_in_schema=False)

# What the page "about the data" tells of the measurement, in its order: the name of the figure as the gate keeps it.
MEASURED = (
    "language", "title", "published", "body characters", "relevant", "topics", "pairs", "people", "bodies", "programmes", "events",
    "statements (span)", "statements (span and kind)", "indicators", "evidence verbatim", "evidence outside furniture",
)  # fmt: skip
_SHARES = frozenset({"language", "title", "published", "evidence verbatim", "evidence outside furniture"})
_OWN_PAGES = "test"
_WATCHED = 8
_MONTH, _YEAR = 30, 365  # days
_DAY = len("2024-11-12")


@pages.get("/")
async def home(request: Request) -> Response:
    """What is new."""

    def answer(desk: Desk, messages: Speech) -> Page:
        seen = desk.keep("home", lambda d: look_over(d.store))
        columns = draw_months(seen.months, from_right=messages.direction == "rtl", name_month=messages.short_month)
        sides = tally_sides(desk, Narrow(relevant=True))
        shown: dict[str, Any] = {"seen": seen, "columns": columns, "watched": watch_open(desk, _WATCHED)}
        shown["map"] = draw_map(sides, seen.pairs) if seen.pairs else None
        return Page("home.html", {**shown, **cite(seen.commitments, seen.events)})

    return await show(request, answer)


@pages.get("/sources")
async def sources(request: Request) -> Response:
    """Every outlet, its health and its yield."""
    format = asked_format(request)
    if format:
        return give_table(request, await site_of(request).readers.ask(lambda desk: desk.store.outlets()), format, "sources")

    knowledge = site_of(request).root / KNOWLEDGE

    def answer(desk: Desk, messages: Speech) -> Page:
        rows = desk.keep("sources", lambda d: d.store.outlets())
        newest = max((str(row["seen"]) for row in rows if row["seen"]), default="")
        told = [{**row, "health": health_of(row["last"], newest)} for row in rows]
        shown: dict[str, Any] = {"rows": told, "month": _MONTH, "year": _YEAR}
        now = time.time()
        shown["followed"] = tell_health(desk.store.schedule().sources(now), _known(knowledge), messages.lang, now)
        return Page("sources.html", {**shown, "gated": desk.keep("gated", lambda d: d.store.counts(("gated",)))["gated"]})

    return await show(request, answer)


def _known(knowledge: Path) -> Mapping[str, NewsSource]:
    """Return the known sources; where a file of the workspace is wrong, those that ship with mithaq ("mithaq source check" tells)."""
    try:
        return known_sources(knowledge)
    except KnowledgeError:
        return known_sources()


def health_of(last: object, newest: str) -> str:
    """Say how lately an outlet published, seen from the day of the newest capture: "active", "slow", "silent", or "undated"."""
    printed = str(last or "")
    # A page dated only to the year or month counts as late as it may be meant.
    latest = printed + {4: "-12-31", 7: "-28"}.get(len(printed), "")
    try:
        days = (date.fromisoformat(newest[:_DAY]) - date.fromisoformat(latest[:_DAY])).days
    except ValueError:
        return "undated"
    return "active" if days <= _MONTH else "slow" if days <= _YEAR else "silent"


@pages.get("/quarantine")
async def quarantine(request: Request) -> Response:
    """Pages that could not be read, each with its reason."""
    format = asked_format(request)
    if format:
        return give_table(request, await site_of(request).readers.ask(_quarantined), format, "quarantine")

    def answer(desk: Desk, messages: Speech) -> Page:
        rows = sorted(desk.store.rows("quarantine"), key=lambda row: str(row["at"]), reverse=True)
        own = [str(row["reason"]).removeprefix(f"{row['path']}: ") for row in rows]
        told = [{**row, "reason": words, "told": tell_reason(words, messages)} for row, words in zip(rows, own, strict=True)]
        return Page("quarantine.html", {"rows": told})

    return await show(request, answer)


def _quarantined(desk: Desk) -> list[dict[str, Any]]:
    return [{name: row[name] for name in ("path", "reason", "at", "hash")} for row in desk.store.rows("quarantine")]


@pages.get("/about")
async def about(request: Request) -> Response:
    """How right the data are, and what they cannot tell."""

    def answer(desk: Desk, messages: Speech) -> Page:
        floors = read_floors()
        measured = [(name, name in _SHARES, [floors.get(group, {}).get(name) for group in ("all", *LANGUAGES)]) for name in MEASURED]
        counts = desk.keep("counts", lambda d: d.store.counts())
        events = desk.keep(("happenings", Narrow()), lambda d: d.store.count_happenings(Narrow())).all
        return Page("about.html", {"measured": [line for line in measured if any(line[2])], "counts": {**counts, "events": events}})

    return await show(request, answer)


@pages.get("/api")
async def api_help(request: Request) -> Response:
    """What programs can ask for."""
    described = request.app.openapi()["paths"]
    operations = [(verb, path, {"parameters": (), **told}) for path, methods in described.items() for verb, told in methods.items()]
    return await show(request, lambda _desk, _messages: Page("api.html", {"operations": operations}))


@cache
def read_floors() -> Mapping[str, Mapping[str, float]]:
    """Return the figures of the last measurement, for all pages and by language; none where they were not packaged."""
    packaged = files("mithaq") / "knowledge" / "floors.json"
    beside = Path(mithaq.__file__).parents[2] / "corpus" / "floors.json"
    source: Any = packaged if packaged.is_file() else beside
    if not source.is_file():
        return {}
    held: dict[str, dict[str, dict[str, dict[str, float]]]] = msgspec.json.decode(source.read_bytes())
    return held["floors"].get(_OWN_PAGES, {})
