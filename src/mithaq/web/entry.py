"""Who may enter where: every address of the site has a rule; an address without one opens to nobody but an administrator."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote, urlencode

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mithaq.visitors import VISITORS, Accounts, Comments, Right, Visitor, VisitorsFile
from mithaq.visitors.rights import ALONE, ANYBODY, STRANGER
from mithaq.web.limits import Limit

SESSION = "mithaq_session"
VISITOR = "mithaq.visitor"
OUTWARD = "mithaq.outward"
_SAFE = ("GET", "HEAD")
_CHANGES = Limit(120, 60)  # of one person or one address

# What it takes to look at an address, by the first part of its path; then to change something there.
LOOKS: dict[str, Right] = {
    "static": "public", "login": "public", "healthz": "public",
    "": "read", "search": "read", "timeline": "read", "pairs": "read", "pair": "read", "country": "read", "threads": "read",
    "thread": "read", "ledger": "read", "figures": "read", "statements": "read", "people": "read", "bodies": "read", "programmes": "read",
    "entity": "read", "event": "read", "document": "read", "sources": "read", "about": "read", "api": "read", "feed.atom": "read",
    "comments": "read", "account": "read", "graph": "read", "map": "read", "brief": "read",
    "quarantine": "decide", "add": "decide", "review": "decide", "saved": "decide", "alerts": "decide", "notes": "decide",
    "metrics": "decide", "moderation": "moderate", "log": "administer",
}  # fmt: skip
CHANGES: dict[str, Right] = {
    "login": "public", "logout": "public", "account": "read", "comments": "comment", "add": "decide", "review": "decide",
    "document": "decide", "saved": "decide", "alerts": "decide", "alerts-run": "decide", "notes": "decide",
    "api": "decide", "moderation": "moderate",
}  # fmt: skip
# Addresses that ask for more than the first part of their path says.
_NARROWER: tuple[tuple[re.Pattern[str], Right], ...] = (
    (re.compile(r"/document/[^/]+/add"), "decide"),
    (re.compile(r"/api/v1/(?:quarantine|jobs/.*|alerts(?:/.*)?|documents/[^/]+/privacy)"), "decide"),
)
# Records that readers may write about: an address of ours, as the record's own page has it.
RECORD = re.compile(r"/(?:event|thread|entity|document)/[0-9a-z]{4,64}|/pair/[A-Za-z-]{2,12}/[A-Za-z-]{2,12}")
# What is made to be given to others never holds private pages, whoever asks.
_FOR_OTHERS = re.compile(r".*\.(?:atom|html|md|csv|docx|pdf|xml)")


def right_of(method: str, path: str) -> Right | None:
    """Return what it takes to ask for an address, None when no rule knows it."""
    first = path.lstrip("/").partition("/")[0]
    if method not in _SAFE:
        return CHANGES.get(first)
    return next((right for pattern, right in _NARROWER if pattern.fullmatch(path)), LOOKS.get(first))


class Visitors:
    """The people of a served workspace: their file is opened as soon as there is one, or something is to be kept in it."""

    def __init__(self, root: Path, *, needs_accounts: bool = False, open_to_readers: bool = False) -> None:
        self._root = root
        self._needs = needs_accounts
        self._open = open_to_readers
        self._file: VisitorsFile | None = None

    def _known(self) -> VisitorsFile | None:
        if self._file is None and (self._root / VISITORS).exists():
            self._file = VisitorsFile(self._root)
        return self._file

    def file(self) -> VisitorsFile:
        """Return the file, made where there is none."""
        if self._file is None:
            self._file = VisitorsFile(self._root)
        return self._file

    @property
    def accounts(self) -> Accounts | None:
        """The accounts, None where nobody ever made one."""
        file = self._known()
        return Accounts(file) if file else None

    @property
    def comments(self) -> Comments | None:
        """What readers wrote, None where nobody ever did."""
        file = self._known()
        return Comments(file) if file else None

    def are_signed_in(self) -> bool:
        """Say whether people sign in here."""
        accounts = self.accounts
        return self._needs or (accounts is not None and accounts.any())

    def who(self, headers: Headers, session: str) -> Visitor:
        """Return who asks: by a token, by a session, as this machine's only user, or as a stranger."""
        if not self.are_signed_in():
            return ALONE
        accounts = self.accounts
        scheme, _, token = headers.get("authorization", "").partition(" ")
        found = None
        if accounts and scheme.lower() == "bearer":
            found = accounts.visitor_with(token.strip())
        elif accounts and session:
            found = accounts.visitor(session)
        return found or (ANYBODY if self._open else STRANGER)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()


class Entry:
    """Lets in whoever may enter, limits how often they change something, and notes what they changed."""

    def __init__(self, app: ASGIApp, visitors: Visitors) -> None:
        self._app = app
        self._visitors = visitors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        visitor = self._visitors.who(request.headers, request.cookies.get(SESSION, ""))
        method, path = scope["method"], scope["path"]
        scope[VISITOR] = visitor
        # A list taken along as a file goes to others sooner or later; what could not be read tells nobody anything.
        as_file = "format" in request.query_params and not path.startswith(("/api/", "/quarantine"))
        scope[OUTWARD] = as_file or _FOR_OTHERS.fullmatch(path) is not None
        refusal = self._refuse(request, visitor, method, path)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        await self._app(scope, receive, send if method in _SAFE or visitor.alone else self._noting(visitor, method, path, send))

    def _refuse(self, request: Request, visitor: Visitor, method: str, path: str) -> Response | None:
        if not visitor.may(right_of(method, path) or "administer"):
            return _turn_away(request, visitor)
        if method not in _SAFE and not visitor.alone:
            seconds = _CHANGES.take(visitor.name or address_of(request))
            if seconds:
                return told(request, 429, {"retry-after": str(seconds)})
        return None

    def _noting(self, visitor: Visitor, method: str, path: str, send: Send) -> Send:
        """Return *send* that notes in the log what was changed, once the answer says that it was."""

        async def noting(message: Message) -> None:
            accounts = self._visitors.accounts
            if message["type"] == "http.response.start" and message["status"] < 400 and accounts is not None and visitor.name:
                accounts.log(visitor.name, method, path)
            await send(message)

        return noting


def visitor_of(request: Request) -> Visitor:
    """Return who asks."""
    found = request.scope.get(VISITOR, STRANGER)
    assert isinstance(found, Visitor)
    return found


def is_outward(request: Request) -> bool:
    """Say whether an answer is made to be given to others."""
    return bool(request.scope.get(OUTWARD, False))


def address_of(request: Request) -> str:
    """Return the network address from which somebody asks."""
    return request.client.host if request.client else ""


def _turn_away(request: Request, visitor: Visitor) -> Response:
    """Ask a stranger to sign in; tell somebody whom we know that it is not allowed."""
    if visitor.name:
        return told(request, 403)
    if request.url.path.startswith("/api/"):
        return told(request, 401, {"www-authenticate": "Bearer"})
    if request.method not in _SAFE:
        return told(request, 403)
    place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/login?{urlencode({'next': place}, quote_via=quote)}", 303)


def told(request: Request, status: int, headers: dict[str, str] | None = None) -> Response:
    """Say that something is not allowed: to programs as a problem (RFC 9457), to readers as a page."""
    if request.url.path.startswith("/api/"):
        told = {"type": "about:blank", "title": _TITLES[status], "status": status, "instance": request.url.path}
        return JSONResponse(told, status, headers, media_type="application/problem+json")
    # Imported here: the pages know this module.
    from mithaq.web.guard import form_token
    from mithaq.web.show import Page, render, site_of
    from mithaq.web.speech import choose_language

    page = Page("wrong.html", {"code": status, "words": ""})
    token = form_token(request, site_of(request).secret)[1]
    return Response(render(request, choose_language(request), page, token), status, headers, media_type="text/html")


_TITLES = {401: "Unauthorized", 403: "Forbidden", 429: "Too Many Requests"}
