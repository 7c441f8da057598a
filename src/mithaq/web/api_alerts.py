"""Alerts by program, and whom a page is for: what the site's own pages do, as JSON, for whoever may decide; guarded as they are."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

import msgspec
from fastapi import Body
from fastapi import Path as InPath
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mithaq.alerting.asking import read_quiet
from mithaq.alerting.settings import read_settings
from mithaq.errors import QuestionError
from mithaq.model.vocabulary import Language
from mithaq.store.alerts import Alert
from mithaq.web.alerts import FIELDS, find_alert, keep_alert, read_way, work
from mithaq.web.api import PROBLEM, give
from mithaq.web.api_decide import api, check_kind
from mithaq.web.deciding import check_length, who_decides
from mithaq.web.privacy import turn
from mithaq.web.readers import Desk
from mithaq.web.reading import open_document
from mithaq.web.show import site_of
from mithaq.workspace import Workspace

__all__ = ["api"]

_MOST = 100  # news in one answer
_ALERT = {
    "name": "gulf", "ask": {"kind": "pair", "sides": ["DJ", "OM"]}, "channel": "site", "target": "", "lang": "en", "quiet": None,
    "added": "2026-01-20T08:00:00+00:00", "waiting": 2,
}  # fmt: skip
_NEWS = {"at": "2026-01-21T06:00:00+00:00", "news": {"id": "h35c950", "kind": "happening", "type": "meeting", "sides": ["DJ", "OM"]}}
_RUN = {"alert": "gulf", "new": 2, "delivered": 2, "waiting": 0, "quiet": False, "error": None}
_PRIVACY = {"document": "9f2c…", "private": True, "decisions": [{"private": True, "by": "Amal", "at": "2026-01-20", "why": "minutes"}]}
_TURNED = {"document": "9f2c…", "private": True, "turned": ["9f2c…"], "same_article": []}


def _answers(status: int, example: Any, *problems: int) -> dict[int | str, dict[str, Any]]:
    """Return what an answer may be, as the description of the API tells it."""
    content = {} if example is None else {"content": {"application/json": {"example": example}}}
    return {status: {"description": "Done", **content}, **dict.fromkeys((400, *problems), PROBLEM)}


Named = Annotated[str, InPath(max_length=60, description="the name of an alert")]
Way = Annotated[str, Body(max_length=80, description="site, mail, or webhook: and its name in the settings", examples=["site"])]
Mail = Annotated[str, Body(max_length=200, description="to whom, by mail")]
Hours = Annotated[str, Body(max_length=20, description="hours in which nothing is sent", examples=["22:00-07:00"])]
Zone = Annotated[str, Body(max_length=60, description="their time zone", examples=["Asia/Muscat"])]
Words = Annotated[str, Body(max_length=400)]


@api.get("/alerts", summary="Saved questions that tell what is new", responses=_answers(200, {"items": [_ALERT], "next": None}, 403))
async def alerts(request: Request) -> Response:
    """All alerts by name, each with how many news wait to be told."""
    return await give(request, lambda desk: {"items": [_plain(desk, one) for one in desk.store.alerts()], "next": None})


@api.get("/alerts/{name}", summary="One alert and what it found", responses=_answers(200, {**_ALERT, "news": [_NEWS]}, 403, 404))
async def alert(request: Request, name: Named) -> Response:
    """What it found last, the newest first."""

    def answer(desk: Desk) -> dict[str, Any]:
        known = find_alert(desk, name)
        news = [{"at": at, "news": msgspec.to_builtins(one)} for at, one in desk.store.told(known.name, _MOST)]
        return {**_plain(desk, known), "news": news}

    return await give(request, answer)


@api.post("/alerts", summary="Save a question", status_code=201, responses=_answers(201, {**_ALERT, "finds": 12}, 403, 409, 415))
async def add(
    request: Request,
    name: Annotated[str, Body(max_length=60, description="letters, digits, - and _", examples=["gulf"])],
    kind: Annotated[str, Body(max_length=20, description="pair, side, entity, topic, due, conflict or need", examples=["pair"])],
    sides: Annotated[list[str] | None, Body(max_length=2, description="by code or name", examples=[["OM", "DJ"]])] = None,
    entity: Words = "",
    topic: Words = "",
    thread: Words = "",
    way: Way = "site",
    mail: Mail = "",
    quiet: Hours = "",
    zone: Zone = "UTC",
    lang: Annotated[Language, Body(description="in which it tells")] = "en",
    everything: Annotated[bool, Body(description="tell also what is known now")] = False,
) -> Response:
    """It tells from the next run on, each event once; ``finds`` are the events that answer it now."""
    check_kind(request)
    a, b = (*(sides or ()), "", "")[:2]
    said = (name, kind, a, b, entity, topic, thread, way, mail, quiet, zone, lang, "yes" if everything else "")
    told = {field: words.replace("\0", "").strip() for field, words in zip(FIELDS, said, strict=True) if words}
    check_length(told)

    def keep(workspace: Workspace) -> tuple[Alert, int] | None:
        wanted = "-".join(told.get("name", "").split())
        return None if any(one.name == wanted for one in workspace.store.alerts()) else keep_alert(request, workspace, told)

    kept = await work(request, keep)
    if kept is None:
        raise HTTPException(409, f"there is an alert {told['name']!r} already; choose another name")
    place = f"/api/v1/alerts/{kept[0].name}"
    told_back = msgspec.to_builtins(kept[0]) | {"finds": kept[1]}
    return JSONResponse(told_back, 201, headers={"cache-control": "no-store", "location": quote(place)})


@api.patch("/alerts/{name}", summary="Change how an alert tells", responses=_answers(200, _ALERT, 403, 404, 415))
async def change(
    request: Request,
    name: Named,
    way: Annotated[str | None, Body(max_length=80)] = None,
    mail: Mail = "",
    quiet: Annotated[str | None, Body(max_length=20, description="empty: none")] = None,
    zone: Zone = "UTC",
    lang: Annotated[Language | None, Body()] = None,
) -> Response:
    """What is left out stays. To ask something else, save another question: what this one knows rests on what it asks."""
    check_kind(request)
    changes: dict[str, Any] = {}
    if way is not None:
        changes["channel"], changes["target"] = read_way({"way": way.replace("\0", ""), "mail": mail.replace("\0", "")})
    if quiet is not None:
        changes["quiet"] = read_quiet(quiet, zone)
    if lang is not None:
        changes["lang"] = lang
    known = await _find(request, name)
    changed = await work(request, lambda workspace: workspace.change_alert(known, read_settings(workspace.root), **changes))
    return _tell(msgspec.to_builtins(changed))


@api.delete("/alerts/{name}", summary="Take an alert out", status_code=204, responses=_answers(204, None, 403, 404))
async def remove(request: Request, name: Named) -> Response:
    """With all that it knows and that waits."""
    known = await _find(request, name)
    await work(request, lambda workspace: workspace.remove_alert(known))
    return Response(status_code=204)


@api.post("/alerts/{name}/run", summary="Look now for what is new", responses=_answers(200, _RUN, 403, 404))
async def run(request: Request, name: Named) -> Response:
    """Finds what is new and tells it in the alert's way; what is told on a screen waits for whoever sits before it."""
    known = await _find(request, name)

    def look(workspace: Workspace) -> Any:
        if any(one.name == known and one.channel == "terminal" for one in workspace.store.alerts()):
            raise QuestionError("this alert is told on the screen of 'mithaq alert run'; run it there")
        return workspace.run_alerts(read_settings(workspace.root), lambda _: None, names=(known,))[0]

    return _tell(msgspec.to_builtins(await work(request, look)))


@api.get("/documents/{key}/privacy", summary="Whom a page is for", responses=_answers(200, _PRIVACY, 403, 404))
async def privacy(request: Request, key: str) -> Response:
    """Whether it is for analysts alone, and who decided so and why, the last first."""

    def answer(desk: Desk) -> dict[str, Any]:
        found = open_document(desk, key)
        decisions = [msgspec.to_builtins(one) for one in desk.store.privacy_of(found.id)]
        return {"document": found.id, "private": found.private, "decisions": decisions}

    return await give(request, answer)


@api.put("/documents/{key}/privacy", summary="Open a page to readers, or keep it private", responses=_answers(200, _TURNED, 403, 404, 415))
async def decide_privacy(
    request: Request, key: str, private: Annotated[bool, Body(description="for analysts alone")], why: Words, by: Words = ""
) -> Response:
    """For all versions of its address; kept with the name of the account (without accounts: *by*) and the reason."""
    check_kind(request)
    return _tell(msgspec.to_builtins(await turn(request, key, private, why.replace("\0", ""), who_decides(request, by.replace("\0", "")))))


async def _find(request: Request, name: str) -> str:
    """Return the name of an alert that there is; raises MissingError for another."""
    return await site_of(request).readers.ask(lambda desk: find_alert(desk, name).name)


def _plain(desk: Desk, known: Alert) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(known)
    return told | {"waiting": desk.store.count_waiting(known.name)}


def _tell(told: Any) -> Response:
    return JSONResponse(told, headers={"cache-control": "no-store"})
