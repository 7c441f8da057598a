"""One page as it was captured: furniture dimmed, every fact marked in its place, and beside it what was read out of it and why."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.answers.decided import as_read, facts_to_judge
from mithaq.errors import QuestionError
from mithaq.export.facts import HEADS
from mithaq.export.reading import page_context
from mithaq.export.record import encode_record
from mithaq.model import Document
from mithaq.model.fact import list_facts, short_key
from mithaq.web.asking import MissingError, read_at
from mithaq.web.deciding import name_known
from mithaq.web.entry import visitor_of
from mithaq.web.readers import Desk
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech

pages = APIRouter(include_in_schema=False)

_WHOLE = 64  # letters of an id


@pages.get("/document/{key}")
async def document(request: Request, key: str) -> Response:
    """One page with its facts; ``?at=10-42`` shows a stretch of its text."""
    if len(key) != _WHOLE:
        whole = await site_of(request).readers.ask(lambda desk: open_document(desk, key).id)
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/document/{whole}{query}", 307)
    at = read_at(request)

    def answer(desk: Desk, messages: Speech) -> Page:
        found = open_document(desk, key)
        here = at if at and at[1] <= len(found.text) else None
        context = page_context(found, messages, here)
        copies = [other for other in desk.store.same_article(found.id) if other != found.id]
        shown: dict[str, Any] = {"page": context, "d": found, "here_at": here, "copies": copies, "links": _links(desk, found)}
        gone = desk.store.withdrawn_since(found.id)
        shown["whole"] = visitor_of(request).may("decide")
        shown["privacy"] = desk.store.privacy_of(found.id) if shown["whole"] else []
        shown["by"] = name_known(request)
        shown["fact_names"] = name_facts(desk, found) if shown["whole"] else {}
        return Page("document.html", {**shown, "versions": desk.store.versions(found.id), "gone": gone})

    return await show(request, answer)


@pages.get("/document/{key}/record.json")
async def record(request: Request, key: str) -> Response:
    """The record of a page, as ``mithaq show --format jsonl`` prints it."""
    line = await site_of(request).readers.ask(lambda desk: encode_record(open_document(desk, key)))
    return Response(line, media_type="application/json")


def _links(desk: Desk, document: Document) -> dict[tuple[str, str], str]:
    """Return the addresses of what the facts of a page stand for across pages, by (layer, quote or name)."""
    found: dict[tuple[str, str], str] = {}
    for layer, listed in (("person", "people"), ("body", "bodies"), ("programme", "programmes")):
        for item, named in enumerate(getattr(document, listed)):
            entity = desk.store.entity_of(document.id, listed, item)
            if entity:
                found[layer, named.name] = f"/entity/{entity}"
    for item, event in enumerate(document.events):
        happening = desk.store.happening_of(document.id, "events", item)
        if happening:
            found["event", event.evidence.quote] = f"/event/{happening}"
    return found


def name_facts(desk: Desk, document: Document) -> dict[tuple[str, str, int, int], str]:
    """Return the short names under which facts are judged, by (layer and code as a page shows them, start, end of their first words)."""
    layers = {name: layer for layer, name in HEADS.items()}
    read, judged = facts_to_judge(desk.store, document.id), list_facts(document)
    found: dict[tuple[str, str, int, int], str] = {}
    for fact in judged:
        layer = layers.get(fact.layer)
        if layer is not None:
            first = min(getattr(fact.value, "mentions", (fact.evidence,)))
            code = "figure" if layer == "indicator" else getattr(fact.value, "type", None) or getattr(fact.value, "kind", None) or layer
            found[layer, str(code), first.start, first.end] = short_key(as_read(fact, read, judged).key)
    return found


def open_document(desk: Desk, key: str) -> Document:
    """Return the page with this id or the beginning of one; raises MissingError when there is none, or more than one."""
    if not key.isascii() or not key.isalnum():
        raise MissingError(f"there is no document {key!r}")
    try:
        return desk.store.document(key)
    except QuestionError as error:
        raise MissingError(str(error)) from error
