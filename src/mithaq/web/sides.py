"""Countries and pairs: all sides that the pages show, what one of them does, and the dossier of two."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter
from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.answers.browse import list_reported_events, list_statements
from mithaq.answers.dossier import Dossier, build_dossier
from mithaq.answers.known import know
from mithaq.errors import QuestionError
from mithaq.export.briefing import dossier_context, write_html
from mithaq.export.markdown import write_markdown
from mithaq.export.paper import dossier_paper, find_captures
from mithaq.export.papers import FORMS, write
from mithaq.model.vocabulary import Language
from mithaq.store import Filter, Narrow, Store
from mithaq.web.asking import check_code, check_pair, cite, name_rows, read_number, read_place, said
from mithaq.web.files import MOST_ROWS, asked_format, give_table
from mithaq.web.readers import Desk, tally_sides
from mithaq.web.show import Page, pair_href, show, site_of
from mithaq.web.speech import Speech, choose_language

pages = APIRouter(include_in_schema=False)

_PAIRS_ON_A_PAGE = 60
_FEW = 5
STATEMENTS = ("commitment", "need", "offer", "intent", "refusal", "achievement")


@pages.get("/pairs")
async def pairs(request: Request) -> Response:
    """All sides, all pairs, and a way to ask for any two."""
    asked = said(request, "a"), said(request, "b")
    if asked[0] and asked[1]:
        a, b = read_place(request, asked[0]), read_place(request, asked[1])
        if a == b:
            raise QuestionError(f"a pair needs two different sides, and both are {a}")
        return RedirectResponse(pair_href(a, b), 303)
    one = asked[0] or asked[1]
    if one:
        return RedirectResponse(f"/country/{read_place(request, one)}", 303)
    number, format, ours = read_number(request, "page"), asked_format(request), Narrow(relevant=True)
    if format:
        tallied = await site_of(request).readers.ask(lambda d: d.store.tally_pairs(ours, limit=MOST_ROWS))
        return give_table(request, tallied, format, "pairs")

    def answer(desk: Desk, _: Speech) -> Page:
        sides = tally_sides(desk, ours)
        rows = desk.keep(
            ("pairs", number), lambda d: d.store.tally_pairs(ours, limit=_PAIRS_ON_A_PAGE + 1, offset=(number - 1) * _PAIRS_ON_A_PAGE)
        )
        more = number + 1 if len(rows) > _PAIRS_ON_A_PAGE else None
        return Page("pairs.html", {"tallies": sides, "rows": rows[:_PAIRS_ON_A_PAGE], "next_page": more})

    return await show(request, answer)


@pages.get("/country/{code}")
async def country(request: Request, code: str) -> Response:
    """What one side does: with whom, what it needs, offers and promises, who speaks for it."""
    side = check_code(code)

    def answer(desk: Desk, messages: Speech) -> Page:
        shown = desk.keep(("country", side), lambda d: _look_at(d.store, side))
        names = {what: name_rows(desk.store, rows, messages) for what, rows in shown["names"].items()}
        return Page("country.html", {**shown, "names": names})

    return await show(request, answer)


def _look_at(store: Store, side: str) -> dict[str, Any]:
    """Return what the page of a country shows."""
    ours = Narrow(relevant=True, country=side)
    by_kind = {kind: replace(ours, kind=kind) for kind in STATEMENTS}
    statements = [(kind, list_statements(store, narrow, limit=_FEW, prefix=kind)) for kind, narrow in by_kind.items()]
    counts = {kind: store.count("statements", narrow) for kind, narrow in by_kind.items()}
    counts |= {what: store.count(what, ours) for what in ("documents", "indicators")}
    counts["events"] = store.count_happenings(ours).all
    events = list_reported_events(store, ours, limit=_FEW)
    names = {what: store.tally_entities(what, ours, limit=_FEW * 2) for what in ("people", "bodies", "programmes")}
    shown = {"code": side, "counts": counts, "pairs": store.tally_pairs(ours, limit=12), "names": names, "events": events}
    shown |= {"topics": store.tally("topic", ours), "statements": statements}
    return {**shown, **cite(events, *(listing for _, listing in statements))}


@pages.get("/pair/{a}/{b}")
async def pair(request: Request, a: str, b: str) -> Response:
    """The dossier of two sides, as the file that is mailed shows it."""
    sides = check_pair(a, b)
    if (a, b) != sides:
        return RedirectResponse(pair_href(*sides), 307)
    everything = said(request, "all") is not None

    def answer(desk: Desk, messages: Speech) -> Page:
        dossier = gather(desk, sides, everything=everything)
        return Page("pair.html", {**dossier_context(dossier, messages), "everything": everything})

    return await show(request, answer)


@pages.get("/pair/{a}/{b}/dossier.{format}")
async def dossier_file(request: Request, a: str, b: str, format: str) -> Response:
    """The dossier as one file: html, md, pdf or docx."""
    sides = check_pair(a, b)
    if format not in FORMS:
        raise QuestionError(f"there is no dossier as {format!r}; there are {', '.join(FORMS)}")
    lang = choose_language(request)
    data = await site_of(request).readers.ask(lambda desk: _write(desk, gather(desk, sides), format, lang))
    headers = {"content-disposition": f'attachment; filename="{sides[0]}-{sides[1]}.{lang}.{format}"', "content-security-policy": "sandbox"}
    return Response(data, media_type=FORMS[format].kind, headers=headers)


def _write(desk: Desk, dossier: Dossier, format: str, lang: Language) -> bytes:
    if format in ("html", "md"):
        return (write_html if format == "html" else write_markdown)(dossier, lang).encode("utf-8", "backslashreplace")
    captures = find_captures(desk.store, (source.document for source in dossier.sources))
    return write(dossier_paper(dossier, captures, lang), format)


def gather(desk: Desk, sides: tuple[str, str], *, everything: bool = False) -> Dossier:
    """Return the dossier of a pair, gathered once for as long as nothing changes."""
    return desk.keep(
        ("dossier", sides, everything),
        lambda d: build_dossier(
            d.store.documents(Filter(country=sides[0])), sides, relevant_only=not everything, know=partial(know, d.store)
        ),
    )
