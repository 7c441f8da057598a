"""Prepare a meeting: a form for whom, when and on whose behalf, the briefing below it, and the same as a file."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from mithaq.answers.meeting import Meeting, find_guest, find_host, prepare_meeting
from mithaq.errors import QuestionError
from mithaq.export.meeting import SECTIONS, meeting_paper
from mithaq.export.paper import Paper, find_captures
from mithaq.export.paper_html import paper_context
from mithaq.export.papers import FORMS, write
from mithaq.follow.status import schedule_of
from mithaq.ingest import KNOWLEDGE, now
from mithaq.lexicon import load_lexicon
from mithaq.model.vocabulary import Language
from mithaq.text.characters import western_digits
from mithaq.web.asking import MissingError, said
from mithaq.web.readers import Desk
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech, choose_language

pages = APIRouter(include_in_schema=False)

_MOST_ASKED = 400  # characters of a name
_CODE = re.compile(r"[A-Z][A-Za-z]{1,5}|[a-z][0-9a-f]{12}")  # of a side, or the id of an entity


@pages.get("/brief")
async def brief(request: Request) -> Response:
    """The form, and the briefing when it says whom one meets."""
    asked = _Asked(request)

    def answer(desk: Desk, messages: Speech) -> Page:
        shown = {"asked_for": asked, "all_sections": SECTIONS, "forms": FORMS, "paper": None, "seen": set[int]()}
        shown["typed"] = {"who": asked.call(desk, messages, asked.who), "host": asked.call(desk, messages, asked.host)}
        if asked.who:
            shown |= paper_context(asked.paper(desk, messages.lang))
        return Page("brief.html", shown)

    return await show(request, answer)


@pages.get("/brief/meeting.{form}")
async def brief_file(request: Request, form: str) -> Response:
    """The briefing as one file: html, md, pdf or docx."""
    if form not in FORMS:
        raise MissingError(f"there is no briefing as {form!r}; there are {', '.join(FORMS)}")
    asked = _Asked(request)
    if not asked.who:
        raise QuestionError("name whom you meet", "wrong.no_guest")
    lang = choose_language(request)
    data = await site_of(request).readers.ask(lambda desk: write(asked.paper(desk, lang), form))
    headers = {"content-disposition": f'attachment; filename="meeting-{asked.on}.{lang}.{form}"', "content-security-policy": "sandbox"}
    return Response(data, media_type=FORMS[form].kind, headers=headers)


class _Asked:
    """What the address asks for: who, on (a day), with (our side), section (any number of times)."""

    def __init__(self, request: Request) -> None:
        self.who = (said(request, "who") or "")[:_MOST_ASKED]
        self.on = western_digits(said(request, "on") or now()[:10])
        self.host = said(request, "with") or ""
        chosen = [name for name in request.query_params.getlist("section") if name]
        self.sections: tuple[str, ...] = tuple(chosen) or SECTIONS
        self._knowledge = site_of(request).root / KNOWLEDGE

    def file(self, form: str) -> str:
        """Return the address of the same briefing as a file; its day stays, whenever it is opened."""
        chosen = [("section", name) for name in self.sections] if self.sections != SECTIONS else []
        asked = [("who", self.who), ("on", self.on), *([("with", self.host)] if self.host else []), *chosen]
        return f"/brief/meeting.{form}?{urlencode(asked)}"

    def call(self, desk: Desk, messages: Speech, words: str) -> str:
        """Return what a field shows for words of the address: the name instead of a code or id, where it means the same."""
        if not _CODE.fullmatch(words) or words == words.title():  # "OM", "AfDB"; "Oman" is a name
            return words
        lexicon = load_lexicon(self._knowledge)
        try:
            found = find_guest(desk.store, lexicon, words)
            name = messages.called(found.entity.names) if found.entity else messages.side(found.side or words)
            return name if find_guest(desk.store, lexicon, name) == found else words
        except QuestionError:
            return words

    def paper(self, desk: Desk, lang: Language) -> Paper:
        """Return the briefing, its facts gathered once for as long as nothing changes."""
        meeting, captures = desk.keep(("brief", self.who, self.on, self.host), self._gather)
        return meeting_paper(meeting, captures, lang, self.sections)

    def _gather(self, desk: Desk) -> tuple[Meeting, dict[str, str]]:
        lexicon = load_lexicon(self._knowledge)
        guest = find_guest(desk.store, lexicon, self.who)
        host = find_host(desk.store, lexicon, self.host) if self.host else None
        meeting = prepare_meeting(desk.store, guest, host, self.on, schedule_of)
        return meeting, find_captures(desk.store, meeting.sources)
