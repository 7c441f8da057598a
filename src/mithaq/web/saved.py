"""Saved searches: a list under names, how much is new in each since somebody looked, and the forms that keep, rename and delete them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit

import msgspec
from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.errors import QuestionError
from mithaq.ingest import now
from mithaq.store import Narrow, Store, open_store
from mithaq.store.place import place_of
from mithaq.store.saved import Saved
from mithaq.store.search import read_query
from mithaq.web.asking import Numbered, find_one, read_narrow
from mithaq.web.forms import read_fields
from mithaq.web.readers import Desk
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech

pages = APIRouter(include_in_schema=False)

# The lists whose states can be kept, and by which list of the store what is new in them is counted; None: it is not counted.
KEPT: dict[str, str | None] = {
    "/search": "documents", "/statements": "statements", "/timeline": "happenings", "/ledger": None, "/figures": "indicators",
    "/threads": None, "/graph": None, "/map": "documents", "/people": None, "/bodies": None, "/programmes": None,
}  # fmt: skip
_PASSING = ("lang", "page", "after", "newer", "format")  # what belongs to a visit, not to a question


class Kept(msgspec.Struct, frozen=True):
    """A saved search as its list shows it: ``new`` is how much came since somebody looked, None where that is not counted.

    ``wrong`` says why it cannot be asked any more.
    """

    saved: Saved
    new: int | None
    what: str | None
    newest: str
    wrong: str


@pages.get("/saved")
async def saved(request: Request) -> Response:
    """All saved searches."""

    def answer(desk: Desk, messages: Speech) -> Page:
        return Page("saved.html", {"rows": [_look(request, desk, one, messages) for one in desk.store.saved()]})

    return await show(request, answer)


@pages.post("/saved")
async def save(request: Request) -> Response:
    """Keep the question of an address under a name."""
    sent = await read_fields(request, fields=6)
    place, name = read_place(sent.get("place", "")), sent.get("name", "")
    await _write(request, lambda store: store.save_search(name, place, now()))
    return RedirectResponse("/saved", 303)


@pages.post("/saved/{number}/{verb}")
async def change(request: Request, number: Numbered, verb: str) -> Response:
    """Open what is new in a saved search, rename it, or delete it."""
    sent = await read_fields(request, fields=6)
    if verb == "open":
        found = await site_of(request).readers.ask(lambda desk: find_one(lambda: desk.store.saved_search(number)))
        await _write(request, lambda store: store.see_search(number))
        return RedirectResponse(_newer(found), 303)
    if verb == "rename":
        await _write(request, lambda store: store.rename_search(number, sent.get("name", "")))
    elif verb == "delete":
        await _write(request, lambda store: store.drop_search(number))
    else:
        raise HTTPException(404)
    return RedirectResponse("/saved", 303)


def read_place(words: str) -> str:
    """Return the address of a list's state without what belongs to one visit; raises QuestionError when it is none of ours."""
    parts = _split(words.strip())
    if parts is None or parts.scheme or parts.netloc or parts.path not in KEPT:
        raise QuestionError(f"{words!r} is no list of this site that could be kept", "wrong.no_list", value=words)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in _PASSING]
    kept = [(name, value) for name, value in kept if value or name == "outlet"]
    return f"{parts.path}?{urlencode(kept)}" if kept else parts.path


def _split(words: str) -> SplitResult | None:
    try:
        return urlsplit(words)
    except ValueError:  # "//[" is no address at all
        return None


def _look(request: Request, desk: Desk, one: Saved, messages: Speech) -> Kept:
    """Return a saved search with what is new in it; one that cannot be asked any more says why."""
    what = KEPT.get(urlsplit(one.place).path)
    try:
        new = None if what is None else count_new(desk, what, _asked(request, one))
    except QuestionError as error:
        return Kept(one, None, None, one.place, messages.explain(error))
    return Kept(one, new, what, _newer(one), "")


def _asked(request: Request, one: Saved) -> tuple[str | None, Narrow]:
    """Return the words and filters of a saved search, narrowed to what came since somebody looked."""
    query = urlsplit(one.place).query
    asked = Request({**request.scope, "query_string": query.encode(), "path": urlsplit(one.place).path})
    return asked.query_params.get("q", "").strip() or None, read_narrow(asked, newer=one.seen)


def count_new(desk: Desk, what: str, asked: tuple[str | None, Narrow]) -> int:
    """Return how many pages, statements, figures or happenings a question finds."""
    words, narrow = asked
    if what == "happenings":
        return desk.store.count_happenings(narrow).all
    if words:
        return desk.store.count_found(read_query(words), narrow)
    return desk.store.count(what, narrow)


def _newer(one: Saved) -> str:
    if KEPT.get(urlsplit(one.place).path) is None or not one.seen:
        return one.place
    return f"{one.place}{'&' if '?' in one.place else '?'}newer={one.seen}"


async def _write(request: Request, work: Callable[[Store], Any]) -> None:
    """Write a little, beside an ingest that may be under way."""
    place = place_of(site_of(request).root)

    def write() -> None:
        with open_store(place, create=False) as store:
            work(store)

    await asyncio.to_thread(write)
