"""Decide by program what the review asks people: whether a fact is right, and whether two are one; guarded as the review is."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Body
from fastapi import Path as InPath
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from mithaq.answers.decided import as_read, facts_to_judge, look_decided
from mithaq.model.fact import list_facts, short_key
from mithaq.model.judgement import Judgement
from mithaq.web.api import PROBLEM, give
from mithaq.web.api_add import api
from mithaq.web.asking import find_one
from mithaq.web.deciding import Sent, check_length, who_decides
from mithaq.web.readers import Desk
from mithaq.web.reading import open_document
from mithaq.web.review import Refused, find_both, keep_bond, keep_decision, try_to_keep
from mithaq.web.show import site_of

__all__ = ["api"]

_KIND = "application/json"
_LONGEST = 400  # characters
_FACT = {"fact": "9f2c41aa-3b7d10", "layer": "statements", "kind": "need", "start": 410, "end": 452, "quote": "Djibouti needs people"}
_DECISION = {"number": 17, "verb": "correct", "by": "Amal", "at": "2026-01-20T08:00:00+00:00", "why": "", "field": "kind", "value": "offer"}
_ONE = {**_FACT, "now": {"kind": "offer", "country": "DJ"}, "seen": 17, "decisions": [_DECISION]}


def _example(content: Any) -> dict[str, Any]:
    return {"content": {"application/json": {"example": content}}}


_KEPT: dict[int | str, dict[str, Any]] = {
    201: _example({"number": 17, "fact": "9f2c41aa-3b7d10"}), 400: PROBLEM, 403: PROBLEM, 404: PROBLEM, 409: PROBLEM, 415: PROBLEM,
}  # fmt: skip
_LOOK: dict[int | str, dict[str, Any]] = {200: _example(_ONE), 400: PROBLEM, 404: PROBLEM}
_LIST: dict[int | str, dict[str, Any]] = {200: _example({"items": [_FACT], "next": None}), 400: PROBLEM, 404: PROBLEM}
Named = Annotated[str, InPath(max_length=80, description="the name of a fact, as the list of a page's facts gives it")]
Words = Annotated[str, Body(max_length=_LONGEST)]
Seen = Annotated[int | None, Body(ge=0, le=2**53, description="the last decision about it that you knew of, 0 for none; refused if newer")]


@api.get("/documents/{key}/facts", summary="The facts of one page with their names", responses=_LIST)
async def facts(request: Request, key: str) -> Response:
    """Every fact as people judged it, by the name under which it is decided on."""

    def answer(desk: Desk) -> dict[str, Any]:
        shown = open_document(desk, key)
        read, judged = facts_to_judge(desk.store, shown.id), list_facts(shown)
        items = [_plain(as_read(fact, read, judged).key, fact.layer, fact.kind, fact.evidence) for fact in judged]
        return {"items": items, "next": None}

    return await give(request, answer)


@api.get("/facts/{name}", summary="One fact and what was decided about it", responses=_LOOK)
async def fact(request: Request, name: Named) -> Response:
    """The fact as it stands now (null when it was rejected), and all decisions, the last first."""

    def answer(desk: Desk) -> dict[str, Any]:
        found = find_one(lambda: look_decided(desk.store, name))
        said = found.now.value if found.now else None
        told = [_decision(judgement) for judgement in found.history]
        plain = _plain(found.fact.key, found.fact.layer, found.fact.kind, found.fact.evidence)
        return {**plain, "now": said, "seen": found.seen, "decisions": told}

    return await give(request, answer)


@api.post("/facts/{name}/decisions", summary="Decide on a fact", status_code=201, responses=_KEPT)
async def decide(
    request: Request,
    name: Named,
    verb: Annotated[str, Body(max_length=12, description="accept, reject, unsure, correct or undo")],
    fields: Annotated[dict[str, str] | None, Body(max_length=20, description="new values by field, to correct")] = None,
    why: Words = "",
    by: Words = "",
    seen: Seen = None,
) -> Response:
    """Kept at once and for good, with the name of the account (without accounts: *by*); a later reading of the page does not lose it."""
    found = await site_of(request).readers.ask(lambda desk: find_one(lambda: look_decided(desk.store, name)))
    sent = _sent(request, verb, fields or {}, why, by, seen)
    return _told(await try_to_keep(request, lambda workspace: keep_decision(workspace, found, sent)), short_key(found.fact.key))


@api.post("/facts/{name}/same/{other}", summary="Decide whether two are one", status_code=201, responses=_KEPT)
async def bind(
    request: Request,
    name: Named,
    other: Named,
    verb: Annotated[str, Body(max_length=12, description="same, different, unsure or undo")],
    why: Words = "",
    by: Words = "",
    seen: Seen = None,
) -> Response:
    """For two people, bodies, programmes, events or commitments of different pages."""
    await site_of(request).readers.ask(lambda desk: find_both(desk, name, other))
    sent = _sent(request, verb, {}, why, by, seen)
    return _told(await try_to_keep(request, lambda workspace: keep_bond(workspace, name, other, sent)), name)


def check_kind(request: Request) -> None:
    """Raise HTTPException unless a request brings JSON: a form of another site can send no such thing."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _KIND:
        raise HTTPException(415, f"send {_KIND}")


def _sent(request: Request, verb: str, fields: dict[str, str], why: str, by: str, seen: int | None) -> Sent:
    check_kind(request)
    check_length(fields)
    fields = {name.replace("\0", ""): value.replace("\0", "") for name, value in fields.items()}
    return Sent(verb, fields, who_decides(request, by.replace("\0", "")), " ".join(why.replace("\0", "").split()), seen, {})


def _told(number: int | Refused, name: str) -> Response:
    if isinstance(number, Refused):
        raise HTTPException(number.status, str(number.error))
    return JSONResponse({"number": number, "fact": name}, 201, headers={"cache-control": "no-store", "location": f"/api/v1/facts/{name}"})


def _plain(key: str, layer: str, kind: str, evidence: Any) -> dict[str, Any]:
    place = {"start": evidence.start, "end": evidence.end, "quote": evidence.quote}
    return {"fact": short_key(key), "layer": layer, "kind": kind, **place}


def _decision(judgement: Judgement) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(judgement)
    return told
