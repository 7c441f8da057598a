"""Add a fact that the machine did not see, or give one other words: choose words of a page, say what they tell; the server checks that they
stand there."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.answers.decided import look_decided
from mithaq.errors import QuestionError
from mithaq.export.reading import page_context
from mithaq.model import Document
from mithaq.model.added import ADDABLE
from mithaq.model.fact import FactLayer, short_key
from mithaq.web.asking import find_one, read_at, said
from mithaq.web.deciding import Sent, fields_of, name_known, read_sent
from mithaq.web.readers import Desk
from mithaq.web.reading import open_document
from mithaq.web.review import remember
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech
from mithaq.workspace import Workspace

pages = APIRouter(include_in_schema=False)

_PLACES = 12  # of words that stand several times


@pages.get("/document/{key}/add")
async def form(request: Request, key: str) -> Response:
    """Choose words, then what they say: ``?at=10-42`` are the words, ``&as=events`` the layer, ``&instead=`` the fact to replace."""
    return await show(request, lambda desk, messages: _form_page(request, desk, messages, open_document(desk, key)))


def _form_page(request: Request, desk: Desk, messages: Speech, d: Document, *, wrong: str = "", sent: Sent | None = None) -> Page:
    at = read_at(request)
    at = at if at and at[1] <= len(d.text) else None
    instead = said(request, "instead")
    replaced = find_one(lambda: look_decided(desk.store, instead)).now if instead else None
    layer = _read_layer(replaced.layer if replaced else said(request, "as"))
    words = said(request, "words") or ""
    found = find_words(d.text, words) if words else []
    value = replaced.value if replaced else None
    typed = sent.fields if sent else None
    shown: dict[str, Any] = {
        "d": d, "chosen": at, "quote": d.text[at[0] : at[1]] if at else "", "layer": layer, "layers": ADDABLE, "instead": instead,
        "words": words, "standing": [(a, b, d.text[max(0, a - 40) : a], d.text[b : b + 40]) for a, b in found[:_PLACES]],
        "fields": fields_of(layer, value, messages.lang, typed) if layer else (), "text": page_context(d, messages, at),
        "by": sent.by if sent else name_known(request), "why": sent.why if sent else "", "wrong": wrong,
    }  # fmt: skip
    return Page("mark.html", shown, 400 if wrong else 200)


def _read_layer(name: str | None) -> FactLayer | None:
    return next((layer for layer in ADDABLE if layer == name), None)


def find_words(text: str, words: str) -> list[tuple[int, int]]:
    """Return (start, end) of every place where words stand in a text, however many blanks and line ends separate them there."""
    parts = words.split()
    if not parts:
        return []
    pattern = r"\s+".join(re.escape(part) for part in parts)
    return [match.span() for match in re.finditer(pattern, text)]


@pages.post("/document/{key}/add")
async def add(request: Request, key: str) -> Response:
    """Keep a fact that somebody adds; its quote must stand exactly where they say."""
    layer = _read_layer(said(request, "as"))
    sent = await read_sent(request, layer)
    found = await site_of(request).readers.ask(lambda desk: open_document(desk, key))
    try:
        if layer is None:
            raise QuestionError("say first what the words tell: an event, a statement, a figure, a name", "wrong.no_layer")
        place = _read_place(request, sent)
        kept = await site_of(request).hand.keep(lambda workspace: _keep(workspace, found.id, place, layer, sent, said(request, "instead")))
    except QuestionError as error:
        wrong = error
        return await show(
            request, lambda desk, messages: _form_page(request, desk, messages, found, wrong=messages.explain(wrong), sent=sent)
        )
    return remember(request, RedirectResponse(f"/review/fact/{kept[0]}?said={kept[1]}", 303), sent.by)


def _read_place(request: Request, sent: Sent) -> tuple[int, int, str]:
    """Return the words that were chosen: (start, end, quote). The quote comes as JSON, since forms change the ends of lines."""
    at = read_at(request)
    try:
        quote = msgspec.json.decode(sent.form.get("quote", ""), type=str)
    except (msgspec.MsgspecError, UnicodeError):
        quote = ""
    if at is None or not quote:
        raise QuestionError("no words were chosen; choose those that say it", "wrong.no_quote")
    return (*at, quote)


def _keep(
    workspace: Workspace, page: str, words: tuple[int, int, str], layer: FactLayer, sent: Sent, instead: str | None
) -> tuple[str, int]:
    """Add a fact, and reject the one whose place it takes; return its short name and the number of its judgement."""
    replaced = workspace.fact(instead) if instead else None
    fact = workspace.add(page, words, layer, sent.fields, sent.by, why=sent.why)
    if replaced is not None and replaced.key != fact.key:
        workspace.judge(replaced, "reject", sent.by, why=sent.why or f"other words: {short_key(fact.key)}")
    return short_key(fact.key), workspace.store.last_about(fact.key)

