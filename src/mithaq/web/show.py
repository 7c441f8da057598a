"""How an answer becomes a page: templates, links, the reader's language, and a fingerprint, so that nothing is sent twice."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Hashable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from mithaq.answers.sources import Proof
from mithaq.export.briefing import speak
from mithaq.ingest import now
from mithaq.model.vocabulary import LANGUAGES, Language
from mithaq.web.entry import RECORD, SESSION, Visitors, is_outward, right_of, visitor_of
from mithaq.web.guard import TOKEN_COOKIE, form_token
from mithaq.web.hand import Hand
from mithaq.web.readers import Desk, Readers
from mithaq.web.speech import COOKIE, Speech, as_language, choose_language, speech
from mithaq.web.writer import Writer

# Pages of what changes while the workspace does not: jobs, what is open, people and what they did.
_PASSING = ("/add", "/alerts", "/review", "/log", "/account", "/moderation", "/comments")
_DAY = len("2024-11-12")
_YEAR = 365 * 24 * 3600  # seconds
# The parts of the site, in order: its address, and the key that leads there after "g".
PLACES = (
    ("home", "/", "h"),
    ("search", "/search", "s"),
    ("timeline", "/timeline", "t"),
    ("pairs", "/pairs", "p"),
    ("graph", "/graph", "n"),
    ("map", "/map", "m"),
    ("threads", "/threads", "w"),
    ("ledger", "/ledger", "l"),
    ("figures", "/figures", "f"),
    ("people", "/people", "e"),
    ("bodies", "/bodies", "b"),
    ("programmes", "/programmes", "r"),
    ("saved", "/saved", "v"),
    ("alerts", "/alerts", "c"),
    ("sources", "/sources", "o"),
    ("quarantine", "/quarantine", "q"),
    ("about", "/about", "d"),
    ("review", "/review", "i"),
    ("add", "/add", "a"),
)

# Those that stand at the foot of the page rather than at its head.
TOOLS = ("review", "add")  # what is done rather than read: at the head beside the languages, on a narrow screen in the row of parts
ASIDE = ("saved", "alerts", "sources", "quarantine", "about")
# To which of them other pages belong.
_BELONGS = {
    "": "home", "country": "pairs", "pair": "pairs", "document": "search", "statements": "ledger", "event": "timeline", "thread": "threads",
    "brief": "pairs",
}  # fmt: skip


class Site(msgspec.Struct, frozen=True):
    """What every page needs: the workspace's folder, who reads, writes and keeps decisions, the people, the secret that signs forms."""

    root: Path
    readers: Readers
    writer: Writer
    hand: Hand
    visitors: Visitors
    secret: bytes


class Page(msgspec.Struct, frozen=True):
    """What a question gives: the template, and what it shows."""

    template: str
    shown: dict[str, Any]
    status: int = 200
    refresh: int | None = None


Question = Callable[[Desk, Speech], Page]


@cache
def environment() -> Environment:
    """Return the templates of the site; those of the exported files are at hand, so that a dossier looks alike in both."""
    return Environment(
        loader=ChoiceLoader([PackageLoader("mithaq.web", "templates"), PackageLoader("mithaq.export", "templates")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    state = request.app.state
    # To whoever may not see own notes, and in all that is made to be given to others, these pages do not exist.
    site = state.site if visitor_of(request).may("decide") and not is_outward(request) else state.outward
    assert isinstance(site, Site)
    return site


async def show(request: Request, question: Question) -> Response:
    """Answer with a page in the reader's language; a page that has not changed is not sent again."""
    lang = choose_language(request)
    cookie, token = form_token(request, site_of(request).secret)

    def print_it(desk: Desk) -> tuple[int, bytes]:
        page = question(desk, speech(lang))
        return page.status, render(request, lang, page, _token_mark())

    def answer(desk: Desk) -> tuple[int, bytes]:
        key = _print_key(request, lang)
        return print_it(desk) if key is None else desk.printed(key, print_it)

    status, body = await site_of(request).readers.ask(answer)
    body = body.replace(_token_mark().encode(), token.encode())
    return _dress(request, HTMLResponse(body, status), body, cookie)


@cache
def _token_mark() -> str:
    """Return what stands for the reader's token in pages that many readers share; nobody can guess it."""
    return secrets.token_hex(20)


def _print_key(request: Request, lang: Language) -> Hashable | None:
    """Return all that a printed page depends on besides the workspace; None for pages that are printed each time.

    Whatever tells readers apart (who they are, a cookie of theirs) makes another page of it, and so does what readers wrote meanwhile.
    """
    if request.method != "GET" or request.url.path.startswith(_PASSING):
        return None
    cookies = sorted((name, value) for name, value in request.cookies.items() if name not in (COOKIE, TOKEN_COOKIE, SESSION))
    comments = site_of(request).visitors.comments
    today = now()[:_DAY]  # some pages ask what is due, or prepare for today
    written = comments.newest() if comments else 0
    return request.url.path, request.url.query, lang, tuple(cookies), visitor_of(request), written, today


def render(request: Request, lang: Language, page: Page, token: str = "") -> bytes:
    """Return a page as bytes."""
    template = environment().get_template(page.template)
    given = {"form_token": token, "form_here": token, "refresh": page.refresh}
    return template.render({**_surroundings(request, lang), **given, **page.shown}).encode()


def _dress(request: Request, response: Response, body: bytes, cookie: str) -> Response:
    """Add what a browser keeps: the fingerprint, the language that was asked for, the cookie of the forms."""
    fingerprint = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    if response.status_code == 200 and fingerprint in request.headers.get("if-none-match", ""):
        response = Response(status_code=304)
    response.headers["etag"] = fingerprint
    response.headers["cache-control"] = "private, no-cache"
    response.headers["vary"] = "Cookie, Accept-Language"
    asked = as_language(request.query_params.get("lang"))
    if asked:
        response.set_cookie(COOKIE, asked, max_age=_YEAR, samesite="lax", httponly=True)
    if request.cookies.get(TOKEN_COOKIE) != cookie:
        response.set_cookie(TOKEN_COOKIE, cookie, samesite="strict", httponly=True)
    return response


def _surroundings(request: Request, lang: Language) -> dict[str, Any]:
    """Return what every template has at hand."""
    messages = speech(lang)
    parts = request.url.path.strip("/").split("/")
    visitor = visitor_of(request)
    return {
        **speak(messages),
        "places": [one for one in PLACES if visitor.may(right_of("GET", one[1]) or "administer")],
        "visitor": visitor,
        **_talk(request),
        "aside": ASIDE,
        "tools": TOOLS,
        "at": request.url.path,
        "here": _BELONGS.get(parts[0], parts[0]),
        "languages": [(code, speech(code).text("language.name"), address(request, lang=code)) for code in LANGUAGES],
        "asset": f"/static/{fingerprint_of_assets()}",
        "asked": request.query_params.get("q", "") if parts[0] == "search" else "",
        "href": href,
        "address": lambda **changes: address(request, **changes),
        "side_link": lambda code: side_link(code, messages),
        "pair_link": lambda pair: Markup('<a href="{}">{}</a>').format(pair_href(*pair), messages.pair(pair)),
        "proof_link": proof_link,
        "pair_href": pair_href,
        "country_href": lambda code: f"/country/{code}",
        "is_invented": lambda _line: False,
        "source_numbers": lambda _line: "",
    }


def _talk(request: Request) -> dict[str, Any]:
    """Return what readers wrote about the record that a page shows, and where to write; the writing itself is never evidence."""
    path = request.url.path.rstrip("/")
    if not RECORD.fullmatch(path):
        return {"record_here": None, "comments_here": ()}
    comments = site_of(request).visitors.comments
    return {"record_here": path, "comments_here": comments.shown(path) if comments else ()}


def href(path: str, **parameters: object) -> str:
    """Return an address with those parameters that say something."""
    said = {name.rstrip("_"): str(value) for name, value in parameters.items() if value is not None}
    return f"{path}?{urlencode(said)}" if said else path


def address(request: Request, **changes: object) -> str:
    """Return the address of this page with some parameters changed, or left out when None; a stretch of a list begins anew."""
    # What a form leaves empty asks nothing; but "outlet=" asks for pages that name none.
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in changes and (value or name == "outlet")]
    if any(name != "lang" for name in changes):
        kept = [(name, value) for name, value in kept if name not in ("after", "page", "before")]
    kept += [(name, str(value)) for name, value in changes.items() if value is not None]
    # "//name" as the beginning of a link would lead to another site.
    path = "/" + request.url.path.lstrip("/\\")
    return f"{path}?{urlencode(kept)}" if kept else path


def pair_href(a: str, b: str) -> str:
    """Return the one address of a pair, whichever side is named first."""
    first, second = sorted((a, b))
    return f"/pair/{first}/{second}"


def side_link(code: str | None, messages: Speech) -> Markup | str:
    """Return the name of a country or organisation with a link to its page."""
    return messages.text("not_stated") if code is None else Markup('<a href="/country/{}">{}</a>').format(code, messages.side(code))


def proof_link(proof: Proof) -> str:
    """Return the address of a quote in its page."""
    return f"/document/{proof.document}?at={proof.start}-{proof.end}#here"


@cache
def read_assets() -> dict[str, tuple[str, bytes]]:
    """Return the files that pages load, by name: (media type, content). The style is that of the exported files, and the site's own."""
    ours, theirs = files("mithaq.web") / "static", files("mithaq.export")
    styles = [*(theirs / "templates" / f"{name}.css" for name in ("style", "page", "paper")), ours / "site.css", ours / "drawings.css"]
    fonts = ("newsreader-latin", "noto-naskh-arabic")
    return {
        "site.css": ("text/css; charset=utf-8", b"\n".join(((ours / "fonts.css").read_bytes(), *(style.read_bytes() for style in styles)))),
        "site.js": ("text/javascript; charset=utf-8", (ours / "site.js").read_bytes()),
        "place.js": ("text/javascript; charset=utf-8", (ours / "place.js").read_bytes()),
        "mark.js": ("text/javascript; charset=utf-8", (ours / "mark.js").read_bytes()),
        "document.js": ("text/javascript; charset=utf-8", (ours / "document.js").read_bytes()),
        "published.js": ("text/javascript; charset=utf-8", (ours / "published.js").read_bytes()),
        "graph.js": ("text/javascript; charset=utf-8", (ours / "graph.js").read_bytes()),
        "add.js": ("text/javascript; charset=utf-8", (ours / "add.js").read_bytes()),
        "icon.svg": ("image/svg+xml", (ours / "icon.svg").read_bytes()),
        **{f"{name}.woff2": ("font/woff2", (theirs / "static" / "fonts" / f"{name}.woff2").read_bytes()) for name in fonts},
    }


@cache
def fingerprint_of_assets() -> str:
    """Return a name for all files together: a new version has new addresses, so browsers may keep the old ones for good."""
    digest = hashlib.sha256()
    for name, (_, content) in sorted(read_assets().items()):
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()[:12]
