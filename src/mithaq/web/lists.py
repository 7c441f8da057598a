"""Long lists: the timeline, statements, the ledger of needs and offers, cited figures, and the names on the pages."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from fastapi import APIRouter
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from mithaq.answers.browse import list_figures, list_statements
from mithaq.answers.claims import list_claims
from mithaq.answers.ledger import build_ledger
from mithaq.model.vocabulary import BODY_KINDS, EVENT_TYPES, STATEMENT_KINDS, TOPICS
from mithaq.store.browse import Narrow, Tally
from mithaq.web.asking import cite, name_rows, read_narrow, read_number, said
from mithaq.web.files import MOST_ROWS, asked_format, give_table
from mithaq.web.readers import Desk, count, tally_sides
from mithaq.web.rows import balance_rows, happening_row, plain_row
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech

pages = APIRouter(include_in_schema=False)

_NAMES_ON_A_PAGE = 50
_LINES_ON_A_PAGE, _COMPARED = 25, 12  # figures with their words, and names of those that can be compared, above them
_MONTH = len("2024-11")


def choices(desk: Desk) -> dict[str, Any]:
    """Return what a reader may choose from to narrow a list: the sides and topics that the pages have."""
    sides: list[Tally] = tally_sides(desk, Narrow(relevant=True))
    return {"all_sides": [tally.value for tally in sides], "all_topics": TOPICS}


@pages.get("/timeline")
async def timeline(request: Request) -> Response:
    """Dated events, the latest first, month by month; those without a day apart."""
    narrow = read_narrow(request)
    undated, after, format = said(request, "undated") is not None, said(request, "after"), asked_format(request)
    if format:
        found, onward = await site_of(request).readers.ask(
            lambda desk: desk.store.browse_happenings(narrow, limit=MOST_ROWS, after=after, undated=undated)
        )
        return give_table(request, [happening_row(h) for h in found], format, "timeline", onward)

    def answer(desk: Desk, _: Speech) -> Page:
        found, onward = desk.store.browse_happenings(narrow, after=after, undated=undated)
        months = [(month, list(happened)) for month, happened in groupby(found, lambda h: (h.date or "")[:_MONTH])]
        shown: dict[str, Any] = {"months": months, "after": onward, "undated": undated, "narrow": narrow, "kinds": EVENT_TYPES}
        shown["total"] = desk.keep(("happenings", narrow), lambda d: d.store.count_happenings(narrow))
        return Page("timeline.html", {**shown, **choices(desk)})

    return await show(request, answer)


@pages.get("/statements")
async def statements(request: Request) -> Response:
    """Statements of one kind or all, the newest first."""
    narrow, format = read_narrow(request), asked_format(request)
    if format:
        return await _facts(request, "statements", narrow, format)

    def answer(desk: Desk, _: Speech) -> Page:
        listing = list_statements(desk.store, narrow, after=said(request, "after"))
        shown = {"listing": listing, "narrow": narrow, "kinds": STATEMENT_KINDS, "total": count(desk, "statements", narrow)}
        return Page("statements.html", {**shown, **choices(desk), **cite(listing)})

    return await show(request, answer)


@pages.get("/ledger")
async def ledger(request: Request) -> Response:
    """Needs beside offers, by topic, for all or for one side."""
    narrow, format = read_narrow(request), asked_format(request)
    if format:
        told = await site_of(request).readers.ask(lambda d: build_ledger(d.store, country=narrow.country, topic=narrow.topic))
        return give_table(request, balance_rows(told), format, "ledger")

    def answer(desk: Desk, _: Speech) -> Page:
        found = desk.keep(
            ("ledger", narrow.country, narrow.topic), lambda d: build_ledger(d.store, country=narrow.country, topic=narrow.topic)
        )
        listings = [column.lines for exchange in found.exchanges for column in exchange]
        return Page("ledger.html", {"ledger": found, "narrow": narrow, **choices(desk), **cite(*listings)})

    return await show(request, answer)


@pages.get("/figures")
async def figures(request: Request) -> Response:
    """Cited figures: those that can be compared by name, then each with its words; one of them with all its claims and contradictions."""
    narrow = read_narrow(request)
    name, format = said(request, "name"), asked_format(request)
    number = read_number(request, "page")
    if format and name:
        return await _facts(request, "indicators", replace(narrow, name=name), format)
    if format:
        tallied = await site_of(request).readers.ask(lambda d: d.store.tally_figures(narrow, limit=MOST_ROWS))
        return give_table(request, tallied, format, "figures")

    def answer(desk: Desk, _: Speech) -> Page:
        if name:
            after = said(request, "after")
            claims = list_claims(desk.store, name, narrow.country, topic=narrow.topic, after=after)
            is_part = after is not None or claims.listing.after is not None
            return Page("claims.html", {"claims": claims, "is_part": is_part, "narrow": narrow, **choices(desk), **cite(claims.listing)})
        shown = {"narrow": narrow, **choices(desk)}
        if said(request, "names"):
            rows = desk.keep(
                ("figures", narrow, number),
                lambda d: d.store.tally_figures(narrow, limit=_NAMES_ON_A_PAGE + 1, offset=(number - 1) * _NAMES_ON_A_PAGE),
            )
            more = number + 1 if len(rows) > _NAMES_ON_A_PAGE else None
            return Page("figures.html", {**shown, "rows": rows[:_NAMES_ON_A_PAGE], "next_page": more, "listing": None})
        after = said(request, "after")
        few = () if after else desk.keep(("compared", narrow), lambda d: d.store.tally_figures(narrow, compared=True, limit=_COMPARED))
        listing = list_figures(desk.store, narrow, limit=_LINES_ON_A_PAGE, after=after)
        return Page("figures.html", {**shown, "rows": few, "next_page": None, "listing": listing, **cite(listing)})

    return await show(request, answer)


@pages.get("/people")
async def people(request: Request) -> Response:
    """People and their offices."""
    return await _names(request, "people")


@pages.get("/bodies")
async def bodies(request: Request) -> Response:
    """Organisations."""
    return await _names(request, "bodies")


@pages.get("/programmes")
async def programmes(request: Request) -> Response:
    """Programmes, strategies and platforms."""
    return await _names(request, "programmes")


async def _facts(request: Request, what: str, narrow: Narrow, format: str) -> Response:
    """Give facts as a file, each with its words and their page."""
    after = said(request, "after")
    stretch = await site_of(request).readers.ask(lambda desk: desk.store.browse(what, narrow, limit=MOST_ROWS, after=after))
    return give_table(request, [plain_row(row) for row in stretch.rows], format, what, stretch.after)


async def _names(request: Request, what: str) -> Response:
    narrow, format = read_narrow(request, name=said(request, "name")), asked_format(request)
    number = read_number(request, "page")
    if format:
        tallied = await site_of(request).readers.ask(lambda d: d.store.tally_entities(what, narrow, limit=MOST_ROWS))
        return give_table(request, tallied, format, what)

    def answer(desk: Desk, messages: Speech) -> Page:
        rows = desk.keep(
            ("names", what, narrow, number),
            lambda d: d.store.tally_entities(what, narrow, limit=_NAMES_ON_A_PAGE + 1, offset=(number - 1) * _NAMES_ON_A_PAGE),
        )
        more = number + 1 if len(rows) > _NAMES_ON_A_PAGE else None
        kinds = BODY_KINDS if what == "bodies" else ()
        shown: dict[str, Any] = {"what": what, "rows": name_rows(desk.store, rows[:_NAMES_ON_A_PAGE], messages), "next_page": more}
        shown |= {"narrow": narrow, "kinds": kinds}
        return Page("names.html", {**shown, **choices(desk)})

    return await show(request, answer)
