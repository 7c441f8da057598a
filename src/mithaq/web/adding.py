"""Bring pages in: a text that was pasted, an address of the web, files that were dropped; then what was read out of them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import PurePath
from typing import Any

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from mithaq.collect.files import PAGE_SUFFIXES, SIDECAR
from mithaq.collect.sources import Page as PageAtHand
from mithaq.collect.sources import Source, is_address
from mithaq.errors import QuestionError
from mithaq.ingest import now
from mithaq.store.address import address_key
from mithaq.store.erasing import hash_address
from mithaq.store.store import check_date
from mithaq.text.characters import western_digits
from mithaq.web.asking import MissingError
from mithaq.web.forms import own_form, typed
from mithaq.web.readers import Desk
from mithaq.web.reasons import tell_reason
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech
from mithaq.web.writer import Job, Taken

pages = APIRouter(include_in_schema=False)

FIELDS = ("text", "address", "outlet", "published", "url")
MOST_FILES = 200
LARGEST_FILE = 8 * 1024 * 1024
_LONGEST_NAME = 120
_UNCLEAR = "several pages with this name were sent, and nothing tells to which of them this belongs; send them one by one"
_REFRESH = 2  # seconds, for browsers without script


@pages.get("/add")
async def form(request: Request) -> Response:
    """The form."""
    return await show(request, lambda _desk, _messages: _form_page())


def _form_page(wrong: str = "", told: dict[str, str] | None = None) -> Page:
    endings = ",".join(sorted(PAGE_SUFFIXES))
    fields = dict.fromkeys(FIELDS, "") | (told or {})
    shown = {"wrong": wrong, "told": fields, "endings": endings, "most": MOST_FILES, "largest": LARGEST_FILE // 1024 // 1024}
    return Page("add.html", shown, 400 if wrong else 200)


@pages.post("/add")
async def add(request: Request) -> Response:
    """Take in what the form brought."""
    async with own_form(request, fields=12, files=MOST_FILES * 2, largest=LARGEST_FILE) as sent:
        told = {name: value for name, value in typed(sent).items() if name != "token"}
        try:
            items, refused = await read_form(sent)
            if not items and not refused:
                raise QuestionError("there is nothing to read yet: paste a text, type an address, or choose files", "wrong.nothing")
        except QuestionError as error:
            wrong = error
            return await show(request, lambda _desk, messages: _form_page(messages.explain(wrong), told))
    job = site_of(request).writer.take_in(items, refused)
    if job is None:
        raise HTTPException(503)
    return RedirectResponse(f"/add/{job.key}", 303)


@pages.get("/add/{key}")
async def job(request: Request, key: str) -> Response:
    """How far a job has come, and what it brought."""
    found = await find_job(request, key)

    def answer(_desk: Desk, messages: Speech) -> Page:
        shown = {"job": found, "reason": lambda words: tell_reason(words, messages)}
        return Page("job.html", shown, refresh=None if found.ended else _REFRESH)

    return await show(request, answer)


@pages.get("/add/{key}/state")
async def state(request: Request, key: str) -> Response:
    """How far a job has come, for the bar on its page."""
    found = await find_job(request, key)
    told = {"done": found.done, "total": found.total, "at": found.at, "ended": found.ended}
    return JSONResponse(told, headers={"cache-control": "no-store"})


async def find_job(request: Request, key: str) -> Job:
    """Return a job, without what it said of pages that were erased since; raises MissingError when there is none."""
    writer = site_of(request).writer
    await site_of(request).readers.ask(lambda desk: writer.forget(lambda one: _is_erased(desk, one)))
    found = writer.job(key)
    if found is None:
        raise MissingError("there is no such job; what it brought in is kept all the same")
    return found


def _is_erased(desk: Desk, one: Taken) -> bool:
    address = address_key(one.name) if is_address(one.name) else None
    erased = [digest for digest in (one.document, hash_address(address) if address else None) if digest]
    return any(desk.store.is_erased(digest) for digest in erased)


async def read_form(sent: FormData) -> tuple[list[PageAtHand | Source], list[Taken]]:
    """Return what a form brings, and the files that are no pages, each with its reason.

    Raises QuestionError when a field holds what it cannot hold.
    """
    items: list[PageAtHand | Source] = []
    text, addresses = _said(sent, "text").strip(), _said(sent, "address").split()
    if text:
        items.append(PageAtHand(f"pasted:{now()}.txt", text.encode("utf-8", "replace"), _known_of(sent)))
    if len(addresses) > MOST_FILES:
        raise QuestionError(f"{len(addresses)} addresses are too many at once; send at most {MOST_FILES}")
    for line in addresses:
        if not is_address(line):
            raise QuestionError(f"{line!r} is no address of a web page; one begins with http:// or https://", "wrong.address", value=line)
        items.append(Source(line, address=True))
    files, refused = await read_files([item for item in sent.getlist("files") if isinstance(item, UploadFile) and item.filename])
    return items + list(files), refused


def _said(sent: FormData, name: str) -> str:
    """Return what was typed into a field; a file sent under its name says nothing."""
    words = sent.get(name)
    return words if isinstance(words, str) else ""


def _known_of(sent: FormData) -> bytes | None:
    """Return what the reader tells of a pasted text, as its sidecar."""
    told: dict[str, Any] = {name: " ".join(_said(sent, name).split()) for name in ("outlet", "published", "url")}
    told = {name: value for name, value in told.items() if value}
    if "published" in told:
        told["published"] = western_digits(told["published"])
    check_date("published", told.get("published"))
    if "url" in told and not is_address(told["url"]):
        words = f"{told['url']!r} is no address of a web page; one begins with http:// or https://"
        raise QuestionError(words, "wrong.address", value=told["url"])
    return json.dumps(told, ensure_ascii=False).encode() if told else None


async def read_files(uploads: list[UploadFile]) -> tuple[list[PageAtHand], list[Taken]]:
    """Return the pages among some files, each with its sidecar where that came along, and what is no page or too large."""
    sent = _number([(name_of(upload), await upload.read(LARGEST_FILE + 1)) for upload in uploads])
    unclear = _find_unclear([name_of(upload) for upload in uploads])
    named = {name: data for name, data in sent if name.endswith(SIDECAR)}
    pages_found: list[PageAtHand] = []
    refused: list[Taken] = []
    for name, data in sent:
        if name in named:
            continue
        wrong = _refuse(name, data)
        if wrong:
            refused.append(Taken(name=name, outcome="unread", reason=wrong))
            continue
        own = [s for s in (f"{name}{SIDECAR}", f"{PurePath(name).stem}{SIDECAR}") if s in named and s not in unclear]
        pages_found.append(PageAtHand(f"dropped:{name}", data, named[own[0]] if own else None))
    refused += [Taken(name=name, outcome="unread", reason=_UNCLEAR) for name in sorted(unclear & named.keys())]
    return pages_found, refused


def _find_unclear(names: list[str]) -> set[str]:
    """Return the sidecars of which nobody can say to which of several pages of one name they belong."""
    times = Counter(names)
    pages_told = [name for name in times if times[name] > 1 and not name.endswith(SIDECAR)]
    beside = [(name, told) for name in pages_told for told in (f"{name}{SIDECAR}", f"{PurePath(name).stem}{SIDECAR}")]
    return {told for name, told in beside if 0 < times[told] < times[name]}


def _number(sent: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    """Return files with their names, a repeated one numbered ("index (2).txt"); the second sidecar of a name goes with the second page."""
    taken: set[str] = set()
    numbered = []
    for name, data in sent:
        stem, dot, ending = name.partition(".")
        number, new = 1, name
        while new in taken:
            number += 1
            new = f"{stem} ({number}){dot}{ending}"
        taken.add(new)
        numbered.append((new, data))
    return numbered


def _refuse(name: str, data: bytes) -> str | None:
    if PurePath(name).suffix.lower() not in PAGE_SUFFIXES:
        return f"this is no page ({', '.join(sorted(PAGE_SUFFIXES))} are); records and archives are read by 'mithaq ingest'"
    if len(data) > LARGEST_FILE:
        return f"more than {LARGEST_FILE // 1024 // 1024} MB are no news page"
    return None


def name_of(upload: UploadFile) -> str:
    """Return a file's name without folders and without anything that does not print."""
    name = PurePath((upload.filename or "").replace("\\", "/")).name
    return "".join(c for c in name if c.isprintable())[-_LONGEST_NAME:] or "unnamed"
