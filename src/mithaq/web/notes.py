"""Own notes and minutes as sources: pasted or dropped, with title, day and who was there; private unless somebody says otherwise."""

from __future__ import annotations

import json
from pathlib import PurePath

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.collect.files import PAGE_SUFFIXES
from mithaq.collect.sources import Page as PageAtHand
from mithaq.errors import QuestionError
from mithaq.ingest import mark_private, now
from mithaq.store.store import check_date
from mithaq.text.characters import western_digits
from mithaq.web.adding import LARGEST_FILE, MOST_FILES, read_files
from mithaq.web.forms import own_form, typed
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech, choose_language, speech
from mithaq.web.writer import Taken

pages = APIRouter(include_in_schema=False)

FIELDS = ("title", "published", "participants", "text", "private")


@pages.get("/notes")
async def form(request: Request) -> Response:
    """The form."""
    return await show(request, lambda _desk, _messages: _form_page("", {"private": "yes"}))


def _form_page(wrong: str, told: dict[str, str]) -> Page:
    shown = {"wrong": wrong, "told": dict.fromkeys(FIELDS, "") | told, "endings": ",".join(sorted(PAGE_SUFFIXES))}
    return Page("notes.html", shown, 400 if wrong else 200)


@pages.post("/notes")
async def keep(request: Request) -> Response:
    """Take in a note, and files of notes."""
    async with own_form(request, files=MOST_FILES * 2, largest=LARGEST_FILE) as sent:
        told = {name: value for name, value in typed(sent).items() if name in FIELDS}
        try:
            items, refused = await _read(sent, told, speech(choose_language(request)))
        except QuestionError as error:
            wrong = error
            return await show(request, lambda _desk, messages: _form_page(messages.explain(wrong), told))
    job = site_of(request).writer.take_in(items, refused)
    if job is None:
        raise HTTPException(503)
    return RedirectResponse(f"/add/{job.key}", 303)


async def _read(sent: FormData, told: dict[str, str], messages: Speech) -> tuple[list[PageAtHand], list[Taken]]:
    """Return the notes that a form brings, each with what is known of it, and the files that are none."""
    day = western_digits(told.get("published", "").strip()) or None
    check_date("published", day)
    known = json.dumps({"published": day} if day else {}).encode()
    items: list[PageAtHand] = []
    if told.get("text", "").strip():
        title = " ".join(told.get("title", "").split())
        if not title:
            raise QuestionError("give the note a title; it is found by it", "wrong.no_title")
        items.append(PageAtHand(f"note:{now()} {title[:60]}.txt", write_note(told, title, messages).encode("utf-8", "replace"), known))
    files, refused = await read_files([item for item in sent.getlist("files") if isinstance(item, UploadFile) and item.filename])
    items += [PageAtHand(f"note:{PurePath(page.name.removeprefix('dropped:')).name}", page.data, page.sidecar or known) for page in files]
    if not items and not refused:
        raise QuestionError("there is nothing to read yet: write a note, or choose files", "wrong.nothing")
    return [mark_private(item) if told.get("private") else item for item in items], refused


def write_note(told: dict[str, str], title: str, messages: Speech) -> str:
    """Return a note as a page: its title, who was there, and the text as it was typed, with the ends of lines that every page has."""
    who = " ".join(told.get("participants", "").split())
    head = f"{messages.text('notes.participants', names=who)}\n\n" if who else ""
    return f"{title}\n\n{head}{told.get('text', '').replace(chr(13) + chr(10), chr(10)).strip()}\n"
