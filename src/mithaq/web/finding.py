"""Search: words in all pages, with their place shown, narrowed by language, outlet, country, topic and year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from mithaq.errors import QuestionError
from mithaq.model import Evidence
from mithaq.store.browse import MOST_TALLIED, Measure, Narrow, Tally
from mithaq.store.search import Hit, Term, mark_words, read_query
from mithaq.web.asking import read_narrow, read_number, said
from mithaq.web.files import MOST_ROWS, asked_format, give_table
from mithaq.web.readers import Desk, count, tally_sides
from mithaq.web.rows import hit_row, plain_row
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech

pages = APIRouter(include_in_schema=False)

ON_A_PAGE = 20
MOST_PAGES = 50  # whoever has seen a thousand hits asks more narrowly
MOST_TOLD = 2_000  # pages found; whoever has more asks more narrowly, too
FACETS: tuple[tuple[Measure, str], ...] = (
    ("country", "country"), ("topic", "topic"), ("year", "year"), ("lang", "in"), ("outlet", "outlet"),
)  # fmt: skip
_MOST_HITS = 500  # in one file: each is cut out of its page
_VALUES = 60  # of a facet
FEW = 8  # values of a facet that are shown at once


class Piece(msgspec.Struct, frozen=True):
    """Some words of a snippet; ``found`` says that they were asked for."""

    text: str
    found: bool


@pages.get("/search")
async def search(request: Request) -> Response:
    """Pages in which words stand; without words all pages, the newest first."""
    narrow = read_narrow(request)
    query = said(request, "q")
    number = read_number(request, "page", MOST_PAGES)
    format = asked_format(request)
    if format:
        rows, after = await site_of(request).readers.ask(lambda desk: _rows(desk, query, narrow, said(request, "after")))
        return give_table(request, rows, format, "search", after)

    def answer(desk: Desk, messages: Speech) -> Page:
        terms: tuple[Term, ...] = ()
        wrong = ""
        if query:
            try:
                terms = read_query(query)
            except QuestionError as error:
                wrong = messages.explain(error)
        found = _find(desk, query, terms, narrow, number, said(request, "after")) if not wrong else {"total": 0, "rows": (), "hits": ()}
        facets = [(name, asked, _facet(desk, name, narrow, terms)) for name, asked in FACETS] if not wrong else []
        total = int(str(found["total"])) if terms else 0
        more = number < MOST_PAGES and total > number * ON_A_PAGE
        shown: dict[str, Any] = {"query": query, "wrong": wrong, "narrow": narrow, "facets": facets, "few": FEW}
        shown |= {"is_more": total >= MOST_TOLD, "newest": MOST_TALLIED if total > MOST_TALLIED else None}
        shown["next_page"] = number + 1 if more else None
        return Page("search.html", {**shown, "after": None, **found, "chosen": _chosen(request, narrow, messages)})

    return await show(request, answer)


def _find(desk: Desk, query: str | None, terms: tuple[Term, ...], narrow: Narrow, number: int, after: str | None) -> dict[str, Any]:
    if query and terms:
        total = _tallied(desk, narrow, terms)
        if total >= MOST_TALLIED:
            total = desk.keep(("found", narrow, terms), lambda d: d.store.count_found(terms, narrow, most=MOST_TOLD))
        offset = (number - 1) * ON_A_PAGE
        hits = desk.keep(("hits", terms, narrow, number), lambda d: d.store.search_in(query, narrow, limit=ON_A_PAGE, offset=offset))
        return {"total": total, "rows": (), "hits": [(hit, cut_title(hit, terms), cut_snippet(hit)) for hit in hits]}
    stretch = desk.store.browse("documents", narrow, limit=ON_A_PAGE, after=after)
    return {"total": count(desk, "documents", narrow), "rows": stretch.rows, "hits": (), "after": stretch.after}


def _rows(desk: Desk, query: str | None, narrow: Narrow, after: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """Return what a search finds as rows, and the cursor of the next ones; of hits in words the best."""
    if query:
        return [hit_row(hit) for hit in desk.store.search_in(query, narrow, limit=_MOST_HITS)], None
    stretch = desk.store.browse("documents", narrow, limit=MOST_ROWS, after=after)
    return [plain_row(row) for row in stretch.rows], stretch.after


def _facets(desk: Desk, narrow: Narrow, terms: tuple[Term, ...]) -> dict[Measure, list[Tally]]:
    return desk.keep(("facets", narrow, terms), lambda d: d.store.tally_found(terms, narrow, limit=_VALUES))


def _tallied(desk: Desk, narrow: Narrow, terms: tuple[Term, ...]) -> int:
    """Return how many pages the facets count: every page is of one language, or of none."""
    return sum(tally.n for tally in _facets(desk, narrow, terms)["lang"])


def _facet(desk: Desk, by: Measure, narrow: Narrow, terms: tuple[Term, ...]) -> list[Tally]:
    if terms:
        found = _facets(desk, narrow, terms)[by]
    elif by == "country":
        found = tally_sides(desk, narrow)[:_VALUES]
    else:
        found = desk.keep(("facet", by, narrow), lambda d: d.store.tally(by, narrow, limit=_VALUES))
    return [tally for tally in found if tally.value is not None or by == "outlet"]


def _chosen(request: Request, narrow: Narrow, messages: Speech) -> list[tuple[str, str]]:
    """Return (parameter, words) of every filter that stands, so that each can be taken away."""
    names = (
        ("country", messages.side(narrow.country) if narrow.country else None),
        ("topic", messages.term("topics", narrow.topic) if narrow.topic else None),
        ("year", said(request, "year")),
        ("since", messages.text("filter.since", date=messages.date(narrow.since)) if said(request, "since") else None),
        ("until", messages.text("filter.until", date=messages.date(narrow.until)) if said(request, "until") else None),
        ("in", messages.text(f"in.{narrow.lang}") if narrow.lang else None),
        ("outlet", None if narrow.outlet is None else narrow.outlet or messages.text("source.no_outlet")),
        ("newer", messages.text("filter.newer") if narrow.newer is not None else None),
        ("all", messages.text("filter.all") if not narrow.relevant else None),
    )
    return [(name, words) for name, words in names if words]


def cut_title(hit: Hit, terms: tuple[Term, ...]) -> list[Piece]:
    """Cut a title at the words that were asked for; nothing for a page without one."""
    return _cut(hit.title or "", mark_words(hit.title or "", hit.lang, terms))


def cut_snippet(hit: Hit) -> list[Piece]:
    """Cut a snippet at the words that were asked for."""
    return _cut(hit.snippet.quote, hit.marks, hit.snippet.start)


def _cut(text: str, marks: Iterable[Evidence], start: int = 0) -> list[Piece]:
    at = 0
    pieces = []
    for mark in marks:
        pieces.append(Piece(text[at : mark.start - start], False))
        pieces.append(Piece(text[mark.start - start : mark.end - start], True))
        at = mark.end - start
    return [piece for piece in (*pieces, Piece(text[at:], False)) if piece.text]
