"""Review in the page: what is in doubt, the worthiest first; text and record side by side; every decision kept at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, Literal
from urllib.parse import quote as in_address

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.answers.decided import Decided, look_decided
from mithaq.answers.disputes import Dispute, find_disputes, last_decisions
from mithaq.answers.queue import WHATS, Asked, What, after, is_open, list_questions, read_worth, write_worth
from mithaq.answers.sources import prove
from mithaq.errors import ConflictError, QuestionError, StoreError
from mithaq.export.reading import page_context
from mithaq.model import Document
from mithaq.model.fact import Fact, short_key, show_value
from mithaq.model.judgement import Judgement
from mithaq.store.browse import Narrow
from mithaq.visitors.comments import Comment
from mithaq.web.asking import MissingError, Numbered, find_one, read_narrow, read_number, said
from mithaq.web.deciding import BY_COOKIE, Sent, back_to, fields_of, name_known, read_sent
from mithaq.web.lists import choices
from mithaq.web.readers import Desk
from mithaq.web.review_words import name_kind, tell_decision, tell_reasons
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech
from mithaq.workspace import Workspace

pages = APIRouter(include_in_schema=False)

_ON_A_PAGE = 25
# Facts are sought on so many of the newest pages (of those that the filters leave): more would take longer than anybody waits.
_PAGES = 400
_LOOKED_AHEAD = 200  # questions, of which the first that is still open is asked
_NARROWING = ("what", "country", "topic")
_VERBS = ("accept", "reject", "unsure")
_PAIR_VERBS = ("same", "different", "unsure")
_YEAR = 365 * 24 * 3600  # seconds


class Place(msgspec.Struct, frozen=True):
    """Where in the line of questions somebody stands: what they ask for, and the worth of the question in hand."""

    whats: tuple[What, ...]
    narrow: Narrow
    at: tuple[float, float] | None = None


def read_place(request: Request) -> Place:
    """Return what the address narrows the review to, and which question was in hand; raises QuestionError for a kind that is none."""
    wanted = said(request, "what")
    if wanted is not None and wanted not in WHATS:
        raise QuestionError(f"there is no kind {wanted!r} to review; there are {', '.join(WHATS)}")
    at = read_worth(said(request, "at") or "")
    found = read_narrow(request, lang=None, kind=None, outlet=None, since=None, until=None, relevant=False)
    return Place(tuple(what for what in WHATS if wanted in (None, what)), found, at)


class Refused(msgspec.Struct, frozen=True):
    """A decision that was not kept: what is wrong with it, and what somebody else decided meanwhile, if that is it."""

    error: QuestionError
    clash: Judgement | None = None

    @property
    def status(self) -> int:
        """How the answer says so."""
        return 409 if self.clash else 400

    def told(self, messages: Speech) -> str:
        """What to tell the person."""
        return messages.explain(self.error)


def _trouble(refused: Refused | None, messages: Speech) -> dict[str, Any]:
    return {"wrong": refused.told(messages) if refused else "", "clash": refused.clash if refused else None}


async def try_to_keep(request: Request, keep: Callable[[Workspace], int]) -> int | Refused:
    """Keep a decision and return the number of its judgement, or why it was not kept."""
    try:
        return await site_of(request).hand.keep(keep)
    except ConflictError as error:
        number = error.number
        return Refused(error, await site_of(request).readers.ask(lambda desk: desk.store.judgement(number)))
    except QuestionError as error:
        return Refused(error)


def _questions(desk: Desk, place: Place) -> list[Asked]:
    """Return the questions that are open, as far as known: what has just been decided may still be among them."""
    key = ("review", place.whats, place.narrow)
    return desk.keep(key, lambda d: list_questions(d.store, place.whats, place.narrow, pages=_PAGES))


def _still_open(desk: Desk, asked: list[Asked], wanted: int) -> list[Asked]:
    found: list[Asked] = []
    for one in asked[: _LOOKED_AHEAD + wanted]:
        if len(found) == wanted:
            break
        if is_open(desk.store, one):
            found.append(one)
    return found


@pages.get("/review")
async def queue(request: Request) -> Response:
    """What is in doubt, and what was decided last."""
    place = read_place(request)
    number = read_number(request, "page")

    def answer(desk: Desk, messages: Speech) -> Page:
        every = _questions(desk, place)
        whole = _questions(desk, msgspec.structs.replace(place, whats=WHATS)) if place.whats != WHATS else every
        counts = Counter(one.what for one in whole)
        # What has just been decided leaves a gap on its page: filled from the next one, questions would stand on both.
        rows = _still_open(desk, every[(number - 1) * _ON_A_PAGE : number * _ON_A_PAGE], _ON_A_PAGE)
        shown: dict[str, Any] = {
            "rows": [(one, address_of(one, request), _names(desk, one)) for one in rows], "total": len(every), "counts": counts,
            "whats": WHATS, "what": place.whats[0] if len(place.whats) == 1 else None, "narrow": place.narrow, "most_pages": _PAGES,
            "next_page": number + 1 if len(every) > number * _ON_A_PAGE else None, "tell_reason": tell_reasons(messages),
            "latest": last_decisions(desk.store, 12), "disputes": len(find_disputes(desk.store)), "short_key": short_key,
            "tasks": _tasks(request),
        }  # fmt: skip
        return Page("review.html", {**shown, **choices(desk)})

    return await show(request, answer)


def _tasks(request: Request) -> list[Comment]:
    """Return the corrections of readers that a moderator let through and that wait to be settled."""
    comments = site_of(request).visitors.comments
    return comments.tasks() if comments else []


@pages.get("/review/next")
async def go_on(request: Request) -> Response:
    """Lead to the first question that is open, after the one in hand."""
    place = read_place(request)
    key, other = said(request, "key") or "", said(request, "other") or ""

    def find(desk: Desk) -> Asked | None:
        every = _questions(desk, place)
        if place.at is not None:
            every = after(every, place.at, key, other)
        return next(iter(_still_open(desk, every, 1)), None)

    found = await site_of(request).readers.ask(find)
    if found is None:
        return RedirectResponse(_with(request, "/review", said=said(request, "said"), at=None), 303)
    return RedirectResponse(address_of(found, request, said=said(request, "said")), 303)


@pages.get("/review/disputes")
async def disputes(request: Request) -> Response:
    """What people decided differently."""

    def answer(desk: Desk, messages: Speech) -> Page:
        found: list[Dispute] = find_disputes(desk.store)
        return Page("disputes.html", {"rows": found, "short_key": short_key, "tell": lambda j: tell_decision(messages, j)})

    return await show(request, answer)


@pages.get("/review/fact/{name}")
async def fact(request: Request, name: str) -> Response:
    """One fact in doubt: the text on one side, the record on the other."""
    return await show(request, lambda desk, messages: _fact_page(request, desk, messages, name))


def _fact_page(
    request: Request, desk: Desk, messages: Speech, name: str, *, refused: Refused | None = None, sent: Sent | None = None
) -> Page:
    found = find_one(lambda: look_decided(desk.store, name))
    one = found.fact
    value = found.now.value if found.now else one.value
    shown: dict[str, Any] = {
        "found": found, "fact": one, "d": found.document, "proof": prove(found.document, one.evidence, 1, one.layer),
        "text": _text(found.document, one, messages), "name": short_key(one.key), **_trouble(refused, messages),
        "fields": fields_of(one.layer, value, messages.lang, sent.fields if sent else None), "sent": sent,
        "why": getattr(one.value, "why", "") or found.document.relevance_why, "reasons": _doubts_of(desk, request, one, messages),
        "seen": found.seen, "by": sent.by if sent else name_known(request), "more": _more(request), "last": _last(desk, request),
        "tell": lambda j: tell_decision(messages, j), "kind": name_kind(messages, found), "skip": _skip(request, one.key),
    }  # fmt: skip
    return Page("review_fact.html", shown, refused.status if refused else 200)


def _text(document: Document, one: Fact, messages: Speech) -> dict[str, Any]:
    """Return the page as it is shown beside the record, with the words in doubt marked; a protected page shows none of its running text."""
    return page_context(document, messages, (one.evidence.start, one.evidence.end))


@pages.post("/review/fact/{name}")
async def decide(request: Request, name: str) -> Response:
    """Keep what somebody decided about a fact."""
    found = await site_of(request).readers.ask(lambda desk: find_one(lambda: look_decided(desk.store, name)))
    sent = await read_sent(request, found.fact.layer)

    def keep(workspace: Workspace) -> int:
        return keep_decision(workspace, found, sent)

    number = await try_to_keep(request, keep)
    if isinstance(number, Refused):
        refused = number
        return await show(request, lambda desk, messages: _fact_page(request, desk, messages, name, refused=refused, sent=sent))
    return remember(request, RedirectResponse(_onward(request, found.fact.key, number), 303), sent.by)


def keep_decision(workspace: Workspace, found: Decided, sent: Sent) -> int:
    """Keep one decision, and return the number of its (last) judgement."""
    fact = found.fact
    value = found.now.value if found.now else fact.value
    changes = [(f, v) for f, v in sent.fields.items() if workspace.spell(f, v) != show_value(getattr(value, f))]
    if sent.verb in ("correct", "accept") and changes:
        workspace.correct(fact, changes, sent.by, why=sent.why, seen=sent.seen)
    elif sent.verb == "undo":
        workspace.undo(fact.key, sent.by, sent.why, seen=sent.seen)
    elif sent.verb in _VERBS:
        workspace.judge(fact, sent.verb, sent.by, why=sent.why, seen=sent.seen)  # type: ignore[arg-type]  # one of the verbs
    elif sent.verb == "correct":
        raise QuestionError("nothing was changed; change a field, or accept the fact as it is", "wrong.unchanged")
    else:
        raise QuestionError(f"{sent.verb!r} is no decision; there are {', '.join(_VERBS)}, correct and undo")
    return workspace.store.last_about(fact.key)


@pages.get("/review/two/{one}/{other}")
async def two(request: Request, one: str, other: str) -> Response:
    """Two that may be one, each in its sentence."""
    return await show(request, lambda desk, messages: _two_page(request, desk, messages, one, other))


def _two_page(
    request: Request, desk: Desk, messages: Speech, one: str, other: str, *, refused: Refused | None = None,
    sent: Sent | None = None,
) -> Page:  # fmt: skip
    sides = [find_one(partial(look_decided, desk.store, name)) for name in (one, other)]
    a, b = sorted(side.fact.key for side in sides)
    bond = desk.store.bond(a, b)
    last = desk.store.judgement(bond.number) if bond else None
    question = next((q for q in _questions(desk, read_place(request)) if q.other and {q.key, q.other} == {a, b}), None)
    shown: dict[str, Any] = {
        "ends": [
            (side, prove(side.document, side.fact.evidence, 1, side.fact.layer), fields_of(side.fact.layer, side.fact.value, messages.lang),
             desk.store.naming_entity(side.fact.key), short_key(side.fact.key))
            for side in sides
        ],
        "is_event": sides[0].fact.layer in ("events", "statements"), **_trouble(refused, messages), "sent": sent, "bond": last,
        "seen": desk.store.last_about(a, b), "by": sent.by if sent else name_known(request), "more": _more(request),
        "question": question, "last": _last(desk, request), "tell": lambda j: tell_decision(messages, j), "skip": _skip(request, a, b),
        "kinds": [name_kind(messages, side) for side in sides],
    }  # fmt: skip
    return Page("review_two.html", shown, refused.status if refused else 200)


@pages.post("/review/two/{one}/{other}")
async def bind(request: Request, one: str, other: str) -> Response:
    """Keep whether two are one."""
    sent = await read_sent(request)
    key, second = await site_of(request).readers.ask(lambda desk: find_both(desk, one, other))

    def keep(workspace: Workspace) -> int:
        return keep_bond(workspace, one, other, sent)

    number = await try_to_keep(request, keep)
    if isinstance(number, Refused):
        refused = number
        return await show(request, lambda desk, messages: _two_page(request, desk, messages, one, other, refused=refused, sent=sent))
    return remember(request, RedirectResponse(_onward(request, key, number, second), 303), sent.by)


def find_both(desk: Desk, one: str, other: str) -> list[str]:
    """Return the keys of two facts, sorted; raises MissingError when one of them is not there."""
    return sorted(find_one(partial(look_decided, desk.store, name)).fact.key for name in (one, other))


def keep_bond(workspace: Workspace, one: str, other: str, sent: Sent) -> int:
    """Keep whether two are one, and return the number of the judgement."""
    first, second = workspace.fact(one), workspace.fact(other)
    if sent.verb == "undo":
        workspace.unbind([first], [second], sent.by, sent.why, seen=sent.seen)
    elif sent.verb in _PAIR_VERBS:
        verb: Literal["same", "different", "unsure"] = sent.verb  # type: ignore[assignment]  # checked
        workspace.bind(first, verb, second, sent.by, why=sent.why, seen=sent.seen)
    else:
        raise QuestionError(f"{sent.verb!r} is no decision; there are {', '.join(_PAIR_VERBS)} and undo")
    return workspace.store.last_about(*sorted((first.key, second.key)))


@pages.post("/review/undo/{number}")
async def undo(request: Request, number: Numbered) -> Response:
    """Take back a decision, unless somebody has decided since; then show what it was about."""
    sent = await read_sent(request)

    def take_back(workspace: Workspace) -> Judgement:
        taken = workspace.store.judgement(number)
        if taken.verb == "undo":
            raise QuestionError("what was taken back is decided anew, not taken back again", "wrong.undo_undo")
        if taken.other is None:
            workspace.undo(taken.subject, sent.by, sent.why, seen=number)
        else:
            ends = [workspace.fact(key) for key in (taken.subject, taken.other)]
            workspace.unbind(ends[:1], ends[1:], sent.by, sent.why, seen=number)
        return taken

    taken = await site_of(request).hand.keep(take_back)
    if taken.other is None:
        place = f"/review/fact/{short_key(taken.subject)}"
    else:
        place = f"/review/two/{short_key(taken.subject)}/{short_key(taken.other)}"
    return remember(request, RedirectResponse(_with(request, place, said=number), 303), sent.by)


def address_of(one: Asked, request: Request, **more: Any) -> str:
    """Return where a question is asked, in the line that the address narrows."""
    name = short_key(one.key)
    path = f"/review/fact/{name}" if one.other is None else f"/review/two/{name}/{short_key(one.other)}"
    return _with(request, path, at=write_worth(one), page=None, **more)


def _with(request: Request, path: str, **changes: Any) -> str:
    kept = {name: said(request, name) for name in (*_NARROWING, "at")} | changes
    return back_to(path, kept.items())


def _onward(request: Request, key: str, number: int, other: str | None = None) -> str:
    """Return where a decision leads: to the next question in line, or back to the fact for whoever came from elsewhere."""
    if said(request, "at") is None:
        return _with(request, request.url.path, said=number)
    return _with(request, "/review/next", key=key, other=other, said=number)


def _skip(request: Request, key: str, other: str | None = None) -> str:
    return _with(request, "/review/next", key=key, other=other)


def _more(request: Request) -> str:
    """Return the parameters that a form keeps, as the end of its address."""
    address = _with(request, "")
    return address if address.startswith("?") else ""


def _last(desk: Desk, request: Request) -> tuple[int, Judgement] | None:
    """Return the decision that led here, so that it can be taken back."""
    number = said(request, "said") or ""
    if not (number.isascii() and number.isdigit() and len(number) < 16) or int(number) == 0:
        return None
    try:
        return int(number), desk.store.judgement(int(number))
    except StoreError as error:
        raise MissingError(str(error)) from error


def remember(request: Request, answer: Response, by: str) -> Response:
    """Have the browser remember who decides here."""
    answer.set_cookie(BY_COOKIE, in_address(by), max_age=_YEAR, samesite="strict", httponly=True)
    return answer


def _names(desk: Desk, one: Asked) -> tuple[str, str]:
    """Return what two that may be one are called; nothing for a fact."""
    if one.other is None:
        return "", ""
    try:
        first, second = (look_decided(desk.store, key) for key in (one.key, one.other))
    except QuestionError:
        return one.key[:8], one.other[:8]
    return _name(first), _name(second)


def _name(found: Decided) -> str:
    return str(getattr(found.fact.value, "name", "") or found.fact.evidence.quote)


def _doubts_of(desk: Desk, request: Request, one: Fact, messages: Speech) -> list[str]:
    """Return why a fact is in doubt, in the reader's words."""
    asked = next((q for q in _questions(desk, Place(WHATS, Narrow())) if q.key == one.key and q.other is None), None)
    tell = tell_reasons(messages)
    return [tell(reason) for reason in asked.reasons] if asked else []
