"""Pages of the world behind the pages: an entity, an event with all its reports, a matter followed over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from mithaq.answers.entity import look_up
from mithaq.answers.happening import MOST_REPORTS, prove_reports
from mithaq.answers.sources import Proof
from mithaq.follow.status import find_status, is_waiting, schedule_of
from mithaq.model.happening import COMMITMENT, Source, Status, Step, Thread
from mithaq.model.world import LIST_OF
from mithaq.web.asking import cite, find_one, read_narrow, read_number, said
from mithaq.web.files import MOST_ROWS, asked_format, give_table
from mithaq.web.lists import choices
from mithaq.web.readers import Desk
from mithaq.web.rows import matter_row, mention_rows
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech

pages = APIRouter(include_in_schema=False)

_ON_A_PAGE = 40
_MOST_MENTIONS = 500
_REPORTS_OF_A_STEP = 2  # the others stand on the page of the event


class Watched(msgspec.Struct, frozen=True):
    """A matter and how it stands."""

    thread: Thread
    status: Status


def watch(desk: Desk) -> list[Watched]:
    """Return all matters with how they stand: what waits first, by when it is due."""

    def gather(d: Desk) -> list[Watched]:
        searched = d.store.searched()
        found = [Watched(thread, find_status(thread, *searched)) for thread in d.store.threads()]
        return sorted(found, key=lambda w: (not is_waiting(w.status), w.status.due or "9999", w.thread.id))

    return desk.keep("threads", gather)


def watch_open(desk: Desk, most: int) -> list[Watched]:
    """Return the matters in which something is still to come, or was to come and is not told."""
    return [w for w in watch(desk) if is_waiting(w.status)][:most]


@pages.get("/entity/{key}")
async def entity(request: Request, key: str) -> Response:
    """A person, body or programme: names, offices over time, what it took part in and said, where it is named."""
    number, format = read_number(request, "page"), asked_format(request)
    if format:
        profile = await site_of(request).readers.ask(lambda desk: find_one(lambda: look_up(desk.store, key, limit=_MOST_MENTIONS)))
        pages_of = {source.document: source for source in profile.sources}
        return give_table(request, mention_rows(profile, pages_of), format, profile.entity.id)

    def answer(desk: Desk, _: Speech) -> Page:
        found = find_one(lambda: look_up(desk.store, key, limit=_ON_A_PAGE, offset=(number - 1) * _ON_A_PAGE))
        others = {id: other for q in found.questions for id in (q.first, q.second) if id != key and (other := desk.store.entity(id))}
        shown: dict[str, Any] = {"e": found.entity, "here": LIST_OF[found.entity.kind]}
        shown |= {"found": found, "others": others, "next_page": number + 1 if found.more else None}
        return Page("entity.html", {**shown, **cite(found.sources)})

    return await show(request, answer)


@pages.get("/event/{key}")
async def event(request: Request, key: str) -> Response:
    """One happening, or one promise: all reports side by side, where they agree and where not."""

    def answer(desk: Desk, _: Speech) -> Page:
        found = find_one(lambda: desk.store.happening(key))
        threads = [desk.store.thread(thread) for thread in desk.store.threads_of(found.id)]
        names = {id: e for id in found.who if (e := desk.store.entity(id))}
        shown = {"h": found, "is_promise": found.type == COMMITMENT, "threads": threads, "who": names}
        return Page("event.html", {**shown, **_proofs(desk, found.sources)})

    return await show(request, answer)


@pages.get("/threads")
async def threads(request: Request) -> Response:
    """Matters followed over time: what was promised, and what came of it."""
    narrow = read_narrow(request)
    number = read_number(request, "page")
    waiting, format = said(request, "open") is not None, asked_format(request)

    def find(desk: Desk) -> list[Watched]:
        every = [w for w in watch(desk) if narrow.country is None or narrow.country in w.thread.parties]
        every = [w for w in every if narrow.topic is None or narrow.topic in w.thread.topics]
        return [w for w in every if is_waiting(w.status)] if waiting else every

    if format:
        found = await site_of(request).readers.ask(find)
        return give_table(request, [matter_row(w.thread, w.status) for w in found[:MOST_ROWS]], format, "threads")

    def answer(desk: Desk, _: Speech) -> Page:
        wanted = find(desk)
        here = wanted[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE]
        shown = {"rows": here, "waiting": waiting, "total": len(wanted), "narrow": narrow, "searched": _searched(desk)}
        return Page("threads.html", {**shown, **choices(desk), "next_page": number + 1 if len(wanted) > number * _ON_A_PAGE else None})

    return await show(request, answer)


@pages.get("/thread/{key}")
async def thread(request: Request, key: str) -> Response:
    """One matter step by step, and how it stands on three axes."""

    def answer(desk: Desk, _: Speech) -> Page:
        found = find_one(lambda: desk.store.thread(key))
        searched = _searched(desk)
        status = find_status(found, *searched)
        steps = [(step, schedule_of(step, found, searched[1])) for step in found.steps]
        shown: dict[str, Any] = {"thread": found, "status": status, "is_waiting": is_waiting(status), "steps": steps, "searched": searched}
        places = {step.happening: place for place, step in enumerate(found.steps, start=1)}
        shown |= {"position_of": places.get, "is_ahead": _is_ahead, "few": _REPORTS_OF_A_STEP}
        reports = [source for step in found.steps for source in step.sources[:_REPORTS_OF_A_STEP]]
        return Page("thread.html", {**shown, **_proofs(desk, reports, len(reports))})

    return await show(request, answer)


def _is_ahead(step: Step) -> bool:
    """Say whether a step tells of what is to come: its date is then not the day on which it was told."""
    return step.type == COMMITMENT or step.stage == "planned"


def _searched(desk: Desk) -> tuple[int, str | None]:
    return desk.keep("searched", lambda d: d.store.searched())


def _proofs(desk: Desk, reports: Sequence[Source], most: int = MOST_REPORTS) -> dict[str, Any]:
    """Return what templates need to show reports in their sentences."""
    proofs, sources = prove_reports(desk.store, reports, most)
    outlets = {source.document: source.outlet or source.path for source in sources.list}

    def proof_of(report: Source) -> Proof | None:
        return proofs.get((report.document, report.evidence.start))

    def outlet_of(document: str) -> str:
        return outlets.get(document) or document[:12]

    return {"proof_of": proof_of, "outlet_of": outlet_of, **cite(sources.list)}
