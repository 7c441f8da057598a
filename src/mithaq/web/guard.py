"""What every request passes: is it meant for this machine, does it come from our own pages, is it of bounded size; and strict headers.

A page of the web that the reader has open elsewhere must not be able to ask or to write here: not under another name of this machine
(DNS rebinding: the Host header is checked), not by a form (Origin, and a token in each form), not by a frame.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 64 * 1024 * 1024
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
TOKEN_COOKIE = "mithaq_form"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:@\[\]]+)(?::[0-9]{1,5})?")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")
_HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # "no-referrer" would hide the Origin of our own forms, too.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Lets through what may pass, refuses the rest in plain words, and adds the headers to every answer."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = LOOPBACK) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bounded = _Bounded(receive)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer: Send = dressed
        refusal = self._refuse(scope)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        if scope["method"] == "HEAD":  # the same answer without its body
            scope, answer = {**scope, "method": "GET"}, _without_body(answer)
        await self._app(scope, bounded, answer)

    def _refuse(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").lower()
        if _name_of(host) not in self._hosts:
            return PlainTextResponse(f"This site answers only to {', '.join(sorted(self._hosts))}, not to {host!r}.", 421)
        if scope["method"] in _SAFE:
            return None
        if not _is_from_here(headers, host):
            return PlainTextResponse("This request comes from another site, and was refused.", 403)
        length = headers.get("content-length")
        if length is None and scope["method"] == "DELETE" and "transfer-encoding" not in headers:
            return None  # it brings nothing
        if length is None or not length.isdigit():
            return PlainTextResponse("The request does not say how long it is.", 411)
        if int(length) > LARGEST_BODY:
            return PlainTextResponse(f"More than {LARGEST_BODY // 1024 // 1024} MB at once are too much; send fewer files.", 413)
        return None


class _Bounded:
    """Gives up a body that is longer than allowed, whatever it said of its length."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._seen = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._seen += len(message.get("body", b""))
        if self._seen > LARGEST_BODY:
            return {"type": "http.disconnect"}
        return message


def _without_body(send: Send) -> Send:
    async def head(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return head


def _name_of(host: str) -> str:
    """Return a Host header without its port; nothing when it is written as no browser writes it ("name:port@elsewhere")."""
    match = _HOST.fullmatch(host)
    return match[1] if match else ""


def _is_from_here(headers: Headers, host: str) -> bool:
    """Say whether a request that changes something comes from a page of ours; browsers tell, and programs send no Origin."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == host
    except ValueError:
        return False


def form_token(request: Request, secret: bytes) -> tuple[str, str]:
    """Return (cookie, token): the token goes into the forms of whoever holds the cookie, known or new."""
    cookie = request.cookies.get(TOKEN_COOKIE, "")
    if not _TOKEN.fullmatch(cookie):
        cookie = secrets.token_urlsafe(24)
    return cookie, _sign(cookie, secret)


def is_token(request: Request, secret: bytes, token: object) -> bool:
    """Say whether a form came with the token of the reader's cookie."""
    cookie = request.cookies.get(TOKEN_COOKIE, "")
    # As bytes: letters beyond ASCII cannot be compared as text.
    if not isinstance(token, str) or not cookie:
        return False
    return hmac.compare_digest(_sign(cookie, secret).encode(), token.encode("utf-8", "replace"))


def _sign(cookie: str, secret: bytes) -> str:
    return hmac.new(secret, cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()
