"""Atom feeds: what a search or a pair brings next, for any reader of feeds."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

import mithaq
from mithaq.answers.browse import load_documents
from mithaq.answers.sources import PROTECTED
from mithaq.model import Document
from mithaq.store import Narrow
from mithaq.store.browse import Row
from mithaq.store.search import Hit
from mithaq.web.asking import MissingError, check_pair, find_one, read_narrow, said
from mithaq.web.readers import Desk
from mithaq.web.show import address, pair_href, site_of
from mithaq.web.speech import Speech, choose_language, speech

pages = APIRouter(include_in_schema=False)

_ENTRIES = 30
_DAY = len("2024-11-12")
# What XML 1.0 cannot hold, however it is written.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Entry(msgspec.Struct, frozen=True):
    """A page in a feed."""

    id: str
    title: str
    published: str | None
    outlet: str
    summary: str
    lang: str | None


@pages.get("/feed.atom")
async def search_feed(request: Request) -> Response:
    """The newest pages that a search finds; with the same parameters as the search."""
    narrow = read_narrow(request)
    query = said(request, "q")
    messages = speech(choose_language(request))

    def answer(desk: Desk) -> list[Entry]:
        if query:
            hits = desk.store.search_in(query, narrow, limit=_ENTRIES)
            return [_found(hit, messages) for hit in hits]
        return [_entry(row, messages) for row in desk.store.browse("documents", narrow, limit=_ENTRIES).rows]

    entries = await site_of(request).readers.ask(answer)
    title = messages.text("search.title", words=messages.quote(query)) if query else messages.text("search.all")
    return _atom(request, f"{messages.text('site.name')}: {title}", f"/search{address(request)[len('/feed.atom') :]}", entries)


@pages.get("/pair/{a}/{b}/feed.atom")
async def pair_feed(request: Request, a: str, b: str) -> Response:
    """The newest pages that show two sides together."""
    first, second = check_pair(a, b)
    messages = speech(choose_language(request))

    def answer(desk: Desk) -> list[Entry]:
        rows = desk.store.browse("documents", Narrow(relevant=True, pair=(first, second)), limit=_ENTRIES).rows
        return [_entry(row, messages) for row in rows]

    entries = await site_of(request).readers.ask(answer)
    return _atom(request, f"{messages.text('site.name')}: {messages.pair((first, second))}", pair_href(first, second), entries)


@pages.get("/entity/{key}/feed.atom")
async def entity_feed(request: Request, key: str) -> Response:
    """The newest pages that name a person, body or programme."""

    def answer(desk: Desk) -> tuple[str, list[Document]]:
        found = desk.store.entity(key)
        if found is None:
            raise MissingError(f"there is no person, body or programme {key!r}")
        named = desk.store.pages_of_entity(found.id, found.kind, limit=_ENTRIES)
        return found.name, list(load_documents(desk.store, (source for source, _, _ in named)).values())

    return await _feed_of(request, f"/entity/{key}", answer)


@pages.get("/thread/{key}/feed.atom")
async def thread_feed(request: Request, key: str) -> Response:
    """The newest pages that tell of a matter that is followed."""

    messages = speech(choose_language(request))

    def answer(desk: Desk) -> tuple[str, list[Document]]:
        found = find_one(lambda: desk.store.thread(key))
        told = {source.document: source.published or "" for step in found.steps for source in step.sources}
        newest = sorted(told, key=lambda id: (told[id], id), reverse=True)[:_ENTRIES]
        # Its subject is in the words of a page, which may be a protected one: the parties name it as well.
        title = f"{messages.text('place.threads')}: {messages.sides(found.parties)}" if found.parties else messages.text("place.threads")
        return title, list(load_documents(desk.store, newest).values())

    return await _feed_of(request, f"/thread/{key}", answer)


async def _feed_of(request: Request, place: str, answer: Callable[[Desk], tuple[str, list[Document]]]) -> Response:
    messages = speech(choose_language(request))
    name, documents = await site_of(request).readers.ask(answer)
    untitled = messages.text("source.untitled")
    entries = [Entry(d.id, d.title or untitled, d.published, d.outlet or "", "", d.lang) for d in documents]
    return _atom(request, f"{messages.text('site.name')}: {' '.join(name.split())}", place, entries)


def _found(hit: Hit, messages: Speech) -> Entry:
    """Return a page that a search found; of a protected page no running text (law 5)."""
    summary = "" if hit.rights == PROTECTED else hit.snippet.quote
    return Entry(hit.id, hit.title or messages.text("source.untitled"), hit.published, hit.outlet or "", summary, hit.lang)


def _entry(row: Row, messages: Speech) -> Entry:
    def told(name: str) -> str | None:
        return str(row[name]) if row[name] else None

    title = told("title") or messages.text("source.untitled")
    return Entry(str(row["id"]), title, told("published"), told("outlet") or "", "", told("lang"))


def _atom(request: Request, title: str, place: str, entries: Iterable[Entry]) -> Response:
    """Write a feed; ids are those of the pages, so that no reader shows one twice."""
    base = str(request.base_url).rstrip("/")
    listed = list(entries)
    days = [_time(entry.published) for entry in listed]
    updated = max(days, default=_time(None))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{_text(base + place)}</id><title>{_text(title)}</title><updated>{updated}</updated>",
        f"<link href={_attribute(base + place)}/><link rel=\"self\" href={_attribute(str(request.url))}/>",
        f'<author><name>mithaq</name></author><generator version="{mithaq.__version__}">mithaq</generator>',
    ]
    for entry, day in zip(listed, days, strict=True):
        language = f" xml:lang={_attribute(entry.lang)}" if entry.lang else ""
        author = f"<author><name>{_text(entry.outlet)}</name></author>" if entry.outlet else ""
        lines.append(
            f"<entry{language}><id>urn:sha256:{_text(entry.id)}</id><title>{_text(entry.title)}</title><updated>{day}</updated>{author}"
            f"<link href={_attribute(f'{base}/document/{entry.id}')}/><summary>{_text(entry.summary)}</summary></entry>"
        )
    lines.append("</feed>")
    return Response("\n".join(lines), media_type="application/atom+xml; charset=utf-8", headers={"cache-control": "private, no-cache"})


def _text(words: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", words))


def _attribute(words: str) -> str:
    return quoteattr(_UNWRITABLE.sub("\ufffd", words))


def _time(published: str | None) -> str:
    """Return a day as the time that Atom demands; a page without a whole day stands at the beginning of what is known."""
    try:
        day = datetime.fromisoformat((published or "1970")[:_DAY] + "0001-01-01"[len((published or "1970")[:_DAY]) :])
    except ValueError:
        day = datetime(1970, 1, 1)
    return day.replace(tzinfo=UTC).isoformat()
