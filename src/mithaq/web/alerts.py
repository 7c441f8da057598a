"""Alerts, saved questions that tell when something is new: their list, what each has found, and the forms that keep and remove them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from mithaq.alerting.asking import KINDS, Wish, make_ask, read_quiet
from mithaq.alerting.feed import write_feed
from mithaq.alerting.settings import Settings, read_settings
from mithaq.alerting.words import Told, tell
from mithaq.errors import MithaqError, QuestionError
from mithaq.export.messages import Messages
from mithaq.ingest import now
from mithaq.model.vocabulary import LANGUAGES, TOPICS
from mithaq.store.alerts import Alert, Ask, Channel, News
from mithaq.web.asking import MissingError, read_place, said
from mithaq.web.deciding import list_sides
from mithaq.web.forms import read_fields
from mithaq.web.readers import Desk
from mithaq.web.show import Page, href, show, site_of
from mithaq.web.speech import Speech, as_language, choose_language, speech
from mithaq.workspace import Workspace, open_workspace

pages = APIRouter(include_in_schema=False)

FIELDS = ("name", "kind", "a", "b", "entity", "topic", "thread", "way", "mail", "quiet", "zone", "lang", "everything")
_SHOWN, _IN_FEED = 60, 100
_NAME = 60  # characters
_NO_LETTERS = re.compile(r"[^\w]+")
_HOOK = "webhook:"
Result = TypeVar("Result")


class Row(msgspec.Struct, frozen=True):
    """An alert as its list shows it: what it asks, how it tells, how much waits, and why something waits for too long."""

    alert: Alert
    asks: str
    way: str
    waiting: int
    error: str | None


class Found(msgspec.Struct, frozen=True):
    """One piece of news: when it was found, in words, and where on this site more of it stands."""

    at: str
    told: Told
    place: str | None


@pages.get("/alerts")
async def alerts(request: Request) -> Response:
    """All alerts, and the form for a new one, filled in as far as the address says."""
    told = {name: words for name in FIELDS if (words := said(request, name))}
    return await show(request, lambda desk, messages: _list_page(request, desk, messages, _suggest_name(told, messages)))


def _suggest_name(told: dict[str, str], messages: Speech) -> dict[str, str]:
    """Return fields with a name where a link brought a question about sides: who asks to be told need not think of one."""
    sides = [messages.side(told[field]) for field in ("a", "b") if told.get(field)]
    if "name" in told or not sides:
        return told
    return {**told, "name": "-".join(_NO_LETTERS.sub(" ", " ".join(sides)).split())[:_NAME]}


def _list_page(request: Request, desk: Desk, messages: Speech, told: dict[str, str], wrong: str = "") -> Page:
    settings, trouble = _settings(request)
    rows = [_row(desk, alert, messages) for alert in desk.store.alerts()]
    thread = told.get("thread", "")
    shown = {
        "rows": rows, "told": dict.fromkeys(FIELDS, "") | {"lang": messages.lang, "zone": "UTC"} | told, "kinds": KINDS, "topics": TOPICS,
        "ways": _ways(settings), "wrong": wrong or trouble, "runs": any(row.alert.channel != "terminal" for row in rows),
        "sides": list_sides(messages.lang), "codes_of_sides": dict(list_sides(messages.lang)), "codes": LANGUAGES,
        "matter": desk.store.thread(thread).subject if thread else "",
    }  # fmt: skip
    return Page("alerts.html", shown, 400 if wrong else 200)


def _settings(request: Request) -> tuple[Settings, str]:
    """Return where alerts may go out, and what is wrong with the file that says so."""
    try:
        return read_settings(site_of(request).root), ""
    except QuestionError as error:
        return Settings(), str(error)


def _ways(settings: Settings) -> list[tuple[str, str | None]]:
    """Return the ways that an alert may tell from here, each with the name of its webhook: by file only commands tell."""
    mail: list[tuple[str, str | None]] = [("mail", None)] if settings.smtp else []
    return [("site", None), *mail, *((f"{_HOOK}{name}", name) for name in sorted(settings.webhooks))]


def _row(desk: Desk, alert: Alert, messages: Speech) -> Row:
    failed = next((batch.error for batch in desk.store.waiting(alert.name) if batch.error), None)
    way = messages.text(f"alerts.way.{alert.channel}", to=f"\u2068{alert.target}\u2069")
    return Row(alert, _asks(desk, alert.ask, messages), way, desk.store.count_waiting(alert.name), failed)


def _asks(desk: Desk, ask: Ask, messages: Speech) -> str:
    """Return what an alert asks, in words."""
    parts = []
    if ask.entity:
        known = desk.store.entity(ask.entity)
        parts.append(messages.called(known.names) if known else ask.entity)
    if ask.topic:
        parts.append(messages.term("topics", ask.topic))
    if ask.thread:
        try:
            parts.append(desk.store.thread(ask.thread).subject)
        except QuestionError:
            parts.append(ask.thread)  # its pages were taken out since
    whom = messages.text("comma").join((*parts, *(messages.side(side) for side in ask.sides)))
    what = messages.text(f"alerts.kind.{ask.kind}")
    return messages.text("alerts.ask", what=what, whom=whom) if whom else what


@pages.post("/alerts")
async def add(request: Request) -> Response:
    """Keep a new alert; what is wrong with it is said above the form, which keeps what was typed."""
    sent = await read_fields(request, fields=len(FIELDS) + 1)
    told = {name: words.strip() for name, words in sent.items() if name in FIELDS}
    try:
        kept, _ = await work(request, lambda workspace: keep_alert(request, workspace, told))
    except QuestionError as error:
        words = speech(choose_language(request)).explain(error)
        return await show(request, lambda desk, messages: _list_page(request, desk, messages, told, words))
    return RedirectResponse(href(f"/alerts/{kept.name}"), 303)


def keep_alert(request: Request, workspace: Workspace, told: dict[str, str]) -> tuple[Alert, int]:
    """Keep an alert as the fields of its form tell it; return it, and how many events answer it now.

    Raises QuestionError when a field holds what it cannot hold.
    """
    wish = Wish(
        kind=told.get("kind", ""), sides=(told.get("a", ""), told.get("b", "")), entity=told.get("entity", ""), topic=told.get("topic", ""),
        thread=told.get("thread", ""),
    )  # fmt: skip
    ask = make_ask(workspace.store, wish, lambda words: read_place(request, words.strip()))
    channel, target = read_way(told)
    alert = Alert(
        name="-".join(told.get("name", "").split())[:_NAME], ask=ask, channel=channel, target=target, added=now(),
        lang=as_language(told.get("lang")) or choose_language(request), quiet=read_quiet(told.get("quiet", ""), told.get("zone", "")),
    )  # fmt: skip
    return alert, workspace.add_alert(alert, read_settings(workspace.root), everything="everything" in told)


def read_way(told: Mapping[str, str]) -> tuple[Channel, str]:
    """Return how an alert is told, and to whom; raises QuestionError for a way that there is not."""
    way = told.get("way", "site")
    if way == "mail":
        return "mail", told.get("mail", "")
    if way.startswith(_HOOK):
        return "webhook", way.removeprefix(_HOOK)
    if way != "site":
        raise QuestionError(f"an alert cannot be told by {way!r}; there are site, mail and webhook: with its name")
    return "site", ""


@pages.post("/alerts-run")
async def run(request: Request) -> Response:
    """Look now for what is new, and tell it."""
    await read_fields(request)

    def look(workspace: Workspace) -> None:
        # What is told on a screen waits for whoever sits before it.
        names = tuple(alert.name for alert in workspace.store.alerts() if alert.channel != "terminal")
        if names:
            workspace.run_alerts(read_settings(workspace.root), lambda _: None, names=names)

    await work(request, look)
    return RedirectResponse("/alerts", 303)


@pages.get("/alerts/{name}")
async def alert(request: Request, name: str) -> Response:
    """One alert: what it has found, the newest first."""

    def answer(desk: Desk, messages: Speech) -> Page:
        known = find_alert(desk, name)
        news = [Found(at, tell(one, messages), _place(one)) for at, one in desk.store.told(name, _SHOWN)]
        return Page("alert.html", {"row": _row(desk, known, messages), "news": news, "most": _SHOWN})

    return await show(request, answer)


@pages.get("/alerts/{name}/feed.atom")
async def feed(request: Request, name: str) -> Response:
    """What an alert has found, for any reader of feeds."""

    def answer(desk: Desk) -> bytes:
        known = find_alert(desk, name)
        return write_feed(known, desk.store.told(name, _IN_FEED), Messages(known.lang))

    data = await site_of(request).readers.ask(answer)
    return Response(data, media_type="application/atom+xml; charset=utf-8", headers={"cache-control": "private, no-cache"})


@pages.post("/alerts/{name}/remove")
async def remove(request: Request, name: str) -> Response:
    """Take an alert out, with what it knows."""
    await read_fields(request)
    await site_of(request).readers.ask(lambda desk: find_alert(desk, name))
    await work(request, lambda workspace: workspace.remove_alert(name))
    return RedirectResponse("/alerts", 303)


def find_alert(desk: Desk, name: str) -> Alert:
    """Return the alert of a name; raises MissingError when there is none."""
    found = next((one for one in desk.store.alerts() if one.name == name), None)
    if found is None:
        raise MissingError(f"there is no alert {name!r}")
    return found


def _place(news: News) -> str | None:
    """Return where more of a piece of news stands: its matter, its event, else its page."""
    if news.thread:
        return f"/thread/{news.thread}"
    if news.kind in ("happening", "promise"):
        return f"/event/{news.id}"
    return f"/document/{news.document}" if news.document else None


async def work(request: Request, work: Callable[[Workspace], Result]) -> Result:
    """Write into the workspace, beside an ingest that may be under way."""
    root = site_of(request).root

    def do() -> Result:
        with open_workspace(root, create=False) as workspace:
            return work(workspace)

    try:
        return await asyncio.to_thread(do)
    except QuestionError:
        raise
    except MithaqError as error:
        raise QuestionError(str(error)) from error
