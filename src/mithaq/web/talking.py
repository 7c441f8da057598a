"""What readers write about a record: under stated conditions, held until a moderator has looked at it, never evidence."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.errors import QuestionError
from mithaq.visitors import Comments
from mithaq.visitors.comments import LONGEST, LONGEST_NAME, SORTS, STATES, State
from mithaq.web.asking import MissingError, Numbered, find_one, said
from mithaq.web.deciding import back_to, who_decides
from mithaq.web.entry import RECORD, address_of, told, visitor_of
from mithaq.web.forms import read_fields
from mithaq.web.limits import Limit
from mithaq.web.readers import Desk
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech, choose_language, speech

pages = APIRouter(include_in_schema=False)

_WRITTEN = Limit(5, 10 * 60)

def _place(request: Request) -> str:
    place = said(request, "on") or ""
    if not RECORD.fullmatch(place):
        raise MissingError("there is no such record")
    return place


def _name_record(desk: Desk, messages: Speech, place: str) -> str:
    """Return what a record is called; raises MissingError when there is none."""
    _, sort, key, *rest = place.split("/")
    if sort == "event":
        happening = find_one(lambda: desk.store.happening(key))
        vocabulary = "statement_kinds" if happening.type == "commitment" else "event_types"
        return " · ".join(filter(None, (messages.term(vocabulary, happening.type), messages.sides(happening.parties))))
    if sort == "thread":
        return find_one(lambda: desk.store.thread(key)).subject
    if sort == "entity":
        return find_one(lambda: desk.store.find_entity(key)).name
    if sort == "document":
        return find_one(lambda: desk.store.document(key)).title or key[:12]
    return messages.pair((key, rest[0]))


@pages.get("/comments")
async def form(request: Request) -> Response:
    """Write about a record: the conditions, and the form."""
    place = _place(request)
    return await show(request, lambda desk, messages: _form_page(request, desk, messages, place))


def _form_page(request: Request, desk: Desk, messages: Speech, place: str, wrong: str = "", sent: dict[str, str] | None = None) -> Page:
    told = {"words": "", "author": visitor_of(request).name, "sort": said(request, "sort") or "comment"} | (sent or {})
    shown: dict[str, Any] = {"place": place, "record": _name_record(desk, messages, place), "wrong": wrong, "told": told, "sorts": SORTS}
    shown |= {"longest": LONGEST, "longest_name": LONGEST_NAME, "kept": said(request, "kept") is not None}
    return Page("comment.html", shown, 400 if wrong else 200)


@pages.post("/comments")
async def write(request: Request) -> Response:
    """Hold what a reader wrote for a moderator."""
    place = _place(request)
    sent = await read_fields(request)
    site, lang = site_of(request), choose_language(request)
    visitor = visitor_of(request)
    record = await site.readers.ask(lambda desk: _name_record(desk, speech(lang), place))
    try:
        if sent.get("accepted") != "yes":
            raise QuestionError("accept the conditions first", "wrong.conditions")
        seconds = _WRITTEN.wait(visitor.name or address_of(request))
        if seconds:
            return told(request, 429, {"retry-after": str(seconds)})
        sort = next((known for known in SORTS if known == sent.get("sort")), SORTS[0])
        author = visitor.name or sent.get("author", "")
        accounts = site.visitors.accounts
        if not visitor.name and accounts and accounts.has(author):
            raise QuestionError("this name belongs to an account; sign in, or choose another", "wrong.name_taken")
        Comments(site.visitors.file()).send(
            sort, place, record, sent.get("words", ""), author=author, account=visitor.name, lang=lang
        )
    except QuestionError as error:
        wrong = error
        return await show(
            request, lambda desk, messages: _form_page(request, desk, messages, place, messages.explain(wrong), sent)
        )
    _WRITTEN.note(visitor.name or address_of(request))
    return RedirectResponse(back_to("/comments", [("on", place), ("kept", "1")]), 303)


@pages.post("/comments/{number}/report")
async def report(request: Request, number: Numbered) -> Response:
    """Report a comment: it is hidden until a moderator has looked at it, unless one has let it stand after a report before."""
    sent = await read_fields(request)
    comments = site_of(request).visitors.comments
    found = comments.one(number) if comments else None
    if comments is None or found is None or found.state != "approved":
        raise MissingError("there is no such comment")
    seconds = _WRITTEN.take(visitor_of(request).name or address_of(request))
    if seconds:
        return told(request, 429, {"retry-after": str(seconds)})
    if not any(state == "reported" for state, _, _, _ in comments.history(number)):
        comments.move(number, "reported", visitor_of(request).name or "a reader", sent.get("reason", ""))
    return RedirectResponse(back_to("/comments", [("on", found.place), ("kept", "1")]), 303)


@pages.post("/review/settle/{number}")
async def settle(request: Request, number: Numbered) -> Response:
    """Note that a reader's correction has been dealt with."""
    sent = await read_fields(request)
    comments = site_of(request).visitors.comments
    if comments is None or number not in {one.n for one in comments.tasks()}:
        raise MissingError("there is no such correction")
    comments.move(number, "settled", who_decides(request), sent.get("why", ""))
    return RedirectResponse("/review", 303)


@pages.get("/moderation")
async def moderation(request: Request) -> Response:
    """What readers wrote, to be let through or not; with its history."""
    comments = site_of(request).visitors.comments
    wanted = said(request, "state")
    state: State | None = next((known for known in STATES if known == wanted), None)
    rows = [(one, comments.history(one.n)) for one in comments.waiting(state)] if comments else []
    return await show(request, lambda _desk, _messages: Page("moderation.html", {"rows": rows, "state": state, "states": STATES}))


@pages.post("/moderation/{number}")
async def moderate(request: Request, number: Numbered) -> Response:
    """Let a comment through, or reject it with a reason."""
    sent = await read_fields(request)
    site, visitor = site_of(request), visitor_of(request)
    state: State | None = {"approve": "approved", "reject": "rejected"}.get(sent.get("verb", ""))  # type: ignore[assignment]  # states
    if state is None or site.visitors.comments is None:
        raise HTTPException(400)
    site.visitors.comments.move(number, state, visitor.name or who_decides(request), sent.get("reason", ""))
    return RedirectResponse("/moderation", 303)
