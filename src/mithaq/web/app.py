"""The site as one application: its pages, its files, its guard, and what a reader sees when something goes wrong."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

import mithaq
from mithaq.errors import QuestionError, StoreError
from mithaq.store.place import place_of
from mithaq.web import adding, alerts, api_alerts, feeds, finding, front, graph, lists, map, meeting, metrics, reading, saved, sides, world
from mithaq.web.asking import MissingError
from mithaq.web.deeds import DEEDS
from mithaq.web.entry import Entry, Visitors
from mithaq.web.guard import LOOPBACK, Guard
from mithaq.web.hand import Hand
from mithaq.web.readers import Readers
from mithaq.web.show import Page, Site, read_assets, render, show
from mithaq.web.speech import choose_language, speech
from mithaq.web.writer import Writer

_LOG = logging.getLogger("mithaq.web")
_DESCRIPTION = "What news pages report of digital cooperation between countries, every fact with the words that prove it."
_WORTH_PACKING = 1000  # bytes
_FOR_GOOD = "public, max-age=31536000, immutable"


def make_app(
    root: Path, *, hosts: Iterable[str] = LOOPBACK, needs_accounts: bool = False, open_to_readers: bool = False
) -> FastAPI:
    """Return the site of a workspace that exists; *hosts* are the names under which it answers.

    Where there are accounts everybody signs in, and with *needs_accounts* also where there are none; *open_to_readers* lets anybody read.
    """
    visitors = Visitors(root, needs_accounts=needs_accounts, open_to_readers=open_to_readers)

    @asynccontextmanager
    async def run(app: FastAPI) -> AsyncIterator[None]:
        readers = Readers(place_of(root))
        writer = Writer(root)
        hand = Hand(root, writer.is_busy)
        secret = secrets.token_bytes(32)
        outward = Readers(place_of(root), outward=True)
        app.state.site = Site(root, readers, writer, hand, visitors, secret)
        app.state.outward = Site(root, outward, writer, hand, visitors, secret)
        yield
        visitors.close()
        outward.close()
        hand.close()
        writer.close()
        readers.close()

    app = FastAPI(
        title="mithaq", version=mithaq.__version__, description=_DESCRIPTION, lifespan=run, docs_url=None, redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )  # fmt: skip
    app.include_router(api_alerts.api)
    for room in (front, finding, sides, lists, reading, world, meeting, graph, map, saved, alerts, adding, feeds, metrics):
        app.include_router(room.pages)
    for deeds in DEEDS:
        app.include_router(deeds)
    app.add_api_route("/static/{version}/{name}", _asset, include_in_schema=False)
    app.add_middleware(GZipMiddleware, minimum_size=_WORTH_PACKING, compresslevel=5)
    app.add_middleware(Entry, visitors=visitors)
    app.add_middleware(Guard, hosts=hosts)
    app.state.tallies = metrics.Tallies()
    app.add_middleware(metrics.Counting, tallies=app.state.tallies)
    for kind, handler in _HANDLERS:
        app.add_exception_handler(kind, handler)
    app.add_exception_handler(Exception, _fault)
    return app


async def _asset(name: str) -> Response:
    """Give a file that pages load; its address changes with its content."""
    known = read_assets().get(name)
    if known is None:
        raise HTTPException(404)
    return Response(known[1], media_type=known[0], headers={"cache-control": _FOR_GOOD})


async def _tell(request: Request, status: int, words: str = "") -> Response:
    """Say what went wrong: in the reader's language, and in the program's own words beneath; to programs as a problem (RFC 9457)."""
    if request.url.path.startswith("/api/"):
        return problem(request, status, words)
    return await show(request, lambda _desk, _messages: Page("wrong.html", {"code": status, "words": words}, status))


async def _wrong(request: Request, error: Exception) -> Response:
    # Programs read English, whatever the language of who runs them.
    for_program = request.url.path.startswith("/api/")
    return await _tell(request, 400, str(error) if for_program else speech(choose_language(request)).explain(error))


async def _missing(request: Request, error: Exception) -> Response:
    return await _tell(request, 404, str(error))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    # Starlette fills in the status's own name where nothing else is said.
    words = "" if error.detail == HTTPStatus(error.status_code).phrase else error.detail
    return await _tell(request, error.status_code, words)


async def _unreadable(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = "; ".join(f"{'.'.join(str(part) for part in e['loc'][1:])}: {e['msg']}" for e in error.errors())
    return await _tell(request, 400, told)


async def _broken(request: Request, error: Exception) -> Response:
    return _say_alone(request, 503, str(error))


async def _fault(request: Request, error: Exception) -> Response:
    _LOG.error("%s failed", request.url.path, exc_info=error)
    return _say_alone(request, 500, type(error).__name__)


def _say_alone(request: Request, status: int, words: str) -> Response:
    """Say what went wrong without asking the database, which may be what is broken."""
    if request.url.path.startswith("/api/"):
        return problem(request, status, words)
    page = Page("wrong.html", {"code": status, "words": words})
    return Response(render(request, choose_language(request), page), status, media_type="text/html")


def problem(request: Request, status: int, words: str) -> Response:
    """Return what went wrong as application/problem+json."""
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": words, "instance": request.url.path}
    return JSONResponse(told, status, media_type="application/problem+json")


_HANDLERS: tuple[tuple[type[Exception], Callable[[Request, Exception], Awaitable[Response]]], ...] = (
    (QuestionError, _wrong),
    (MissingError, _missing),
    (HTTPException, _refused),
    (RequestValidationError, _unreadable),
    (StoreError, _broken),
)
