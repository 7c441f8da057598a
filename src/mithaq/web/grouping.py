"""Who is who, and what is one happening, by hand: all namings of an entity or all reports of an event; part some, or join two groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.answers.decided import as_read, facts_to_judge
from mithaq.answers.sources import Proof, prove
from mithaq.errors import QuestionError
from mithaq.model.fact import Fact, list_facts, short_key
from mithaq.model.happening import Happening
from mithaq.store.browse import Narrow
from mithaq.store.store import Store
from mithaq.web.asking import find_one, name_rows, said
from mithaq.web.deciding import name_known, read_sent
from mithaq.web.readers import Desk
from mithaq.web.review import remember
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech
from mithaq.workspace import Workspace

pages = APIRouter(include_in_schema=False)

_MOST = 60  # namings that are shown
_OTHERS = 12  # groups to choose from
_LISTED = {"person": "people", "body": "bodies", "programme": "programmes"}


@pages.get("/review/entity/{key}")
async def entity(request: Request, key: str) -> Response:
    """All namings of one person, body or programme; each may be parted from the others, and another entity joined with it."""

    def answer(desk: Desk, messages: Speech) -> Page:
        found = find_one(lambda: desk.store.find_entity(key))
        members = desk.store.members(found.id)
        asked = said(request, "name")
        listed = desk.store.tally_entities(_LISTED[found.kind], Narrow(name=asked), limit=_OTHERS) if asked else []
        kin = name_rows(desk.store, (row for row in listed if row.get("entity") not in (None, found.id)), messages)
        others = [(str(row["entity"]), str(row["name"]), int(str(row["pages"]))) for row in kin]
        rows = _rows(desk.store, [(source, listed_in, item) for source, listed_in, item, _ in members[:_MOST]])
        shown: dict[str, Any] = {"group": "entity", "id": found.id, "title": messages.called(found.names), "back": f"/entity/{found.id}"}
        shown |= {"kind": messages.text(f"entity.{found.kind}"), "rows": rows, "more": max(0, len(members) - _MOST)}
        shown |= {"searched": asked or "", "others": others, "by": name_known(request)}
        return Page("review_group.html", shown)

    return await show(request, answer)


@pages.get("/review/event/{key}")
async def event(request: Request, key: str) -> Response:
    """All reports of one happening; each may be parted from the others, and another happening joined with it."""

    def answer(desk: Desk, messages: Speech) -> Page:
        found = find_one(lambda: desk.store.happening(key))
        rows = _rows(desk.store, [(s.document, s.list, s.item) for s in found.sources[:_MOST]])
        vocabulary = "statement_kinds" if found.type == "commitment" else "event_types"
        others = [(h.id, _call(h, messages), len(h.sources)) for h in _near(desk.store, found)]
        shown: dict[str, Any] = {"group": "event", "id": found.id, "title": _call(found, messages), "back": f"/event/{found.id}"}
        shown |= {"kind": messages.term(vocabulary, found.type), "rows": rows, "more": max(0, len(found.sources) - _MOST), "searched": ""}
        return Page("review_group.html", {**shown, "others": others, "by": name_known(request)})

    return await show(request, answer)


def _call(happening: Happening, messages: Speech) -> str:
    vocabulary = "statement_kinds" if happening.type == "commitment" else "event_types"
    parts = (messages.term(vocabulary, happening.type), messages.sides(happening.parties), messages.date(happening.date))
    return " · ".join(part for part in parts if part)


def _near(store: Store, one: Happening) -> list[Happening]:
    """Return the happenings that are likeliest to be the same: of one sort, with a side in common, the nearest in time first."""

    def apart(other: Happening) -> tuple[bool, int]:
        if not (one.date and other.date):
            return True, 0
        days = [int(date[:4]) * 372 + int(date[5:7] or 1) * 31 + int(date[8:10] or 1) for date in (one.date, other.date)]
        return False, abs(days[0] - days[1])

    kin = [
        other
        for other in store.happenings()
        if other.id != one.id and other.type == one.type and (set(other.parties) & set(one.parties) or not (other.parties and one.parties))
    ]
    return sorted(kin, key=lambda other: (apart(other), other.id))[:_OTHERS]


def _rows(store: Store, places: Iterable[tuple[str, str, int]]) -> list[tuple[str, Proof, str, str | None]]:
    """Return (name of the fact, its sentence, page title, outlet) of namings or reports."""
    rows = []
    for source, listed, item in places:
        document = store.document(source)
        judged = list_facts(document)
        fact = next((one for one in judged if (one.layer, one.number) == (listed, item)), None)
        if fact is not None:
            name = short_key(as_read(fact, facts_to_judge(store, source), judged).key)
            rows.append((name, prove(document, fact.evidence, 1, fact.layer), document.title or "", document.outlet))
    return rows


@pages.post("/review/entity/{key}")
async def change_entity(request: Request, key: str) -> Response:
    """Part a naming from an entity ("split"), or join another entity with it ("same")."""
    return await _change(request, key, _part_naming, "entity")


@pages.post("/review/event/{key}")
async def change_event(request: Request, key: str) -> Response:
    """Part a report from a happening ("split"), or join another happening with it ("same")."""
    return await _change(request, key, _part_report, "event")


def _part_naming(workspace: Workspace, fact: Fact, others: list[Fact], by: str, why: str) -> None:
    workspace.split(fact, by, why=why)


def _part_report(workspace: Workspace, fact: Fact, others: list[Fact], by: str, why: str) -> None:
    page = fact.key.partition("/")[0]
    for other in others:
        if other.key != fact.key and not other.key.startswith(f"{page}/"):
            workspace.bind(fact, "different", other, by, why=why)


async def _change(
    request: Request, key: str, part: Callable[[Workspace, Fact, list[Fact], str, str], None], group: str
) -> Response:
    sent = await read_sent(request)

    def keep(workspace: Workspace) -> Fact:
        mine = workspace.namings(key)
        if sent.verb == "split":
            fact = workspace.fact(sent.form.get("fact", ""))
            part(workspace, fact, mine, sent.by, sent.why)
            return next((one for one in mine if one.key != fact.key), fact)
        if sent.verb != "same":
            raise QuestionError(f"{sent.verb!r} is no decision; there are same and split")
        theirs = workspace.namings(sent.form.get("other", ""))
        page = mine[0].key.partition("/")[0]
        # Two reports of one page are never one happening: another page of the other group stands for it.
        other = next((fact for fact in theirs if not fact.key.startswith(f"{page}/")), theirs[0])
        workspace.bind(mine[0], "same", other, sent.by, why=sent.why)
        return mine[0]

    stays = await site_of(request).hand.keep(keep)
    place = await site_of(request).readers.ask(lambda desk: _home_of(desk.store, stays, group))
    return remember(request, RedirectResponse(place or f"/review/{group}/{key}", 303), sent.by)


def _home_of(store: Store, fact: Fact, group: str) -> str | None:
    """Return where a naming or a report is at home now; None while that is not known."""
    if group == "entity":
        home = store.naming_entity(fact.key)
        return f"/review/entity/{home}" if home else None
    page = fact.key.partition("/")[0]
    shown = next((one for one in list_facts(store.document(page)) if (one.layer, one.evidence) == (fact.layer, fact.evidence)), None)
    home = store.happening_of(page, shown.layer, shown.number) if shown else None
    return f"/review/event/{home}" if home else None
