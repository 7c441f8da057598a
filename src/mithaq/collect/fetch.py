"""Fetch one page of the web: within a time and a size, from public machines only, following redirects by hand.

    page = fetch_page("https://www.example.org/news/1")

Every refusal is an InputError that names the address and says what to do. Proxies and passwords of the environment are not used: through a
proxy nobody can see which machine answers.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime

import httpcore2
import httpx2
import msgspec

from mithaq import __version__
from mithaq.collect.addresses import Deadline, GuardedBackend, Policy, RefusedAddressError, is_public
from mithaq.errors import GoneError, InputError

AGENT = f"mithaq/{__version__} (reads public news pages for research)"
_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
_BY_HAND = "open it in a browser, save the page and read the file"
_TELLING = {
    "application/pdf": "save its text as .txt and read that",
    "application/json": "save it, and read it as a .json file of records",
    "application/rss+xml": "it is a feed: give the addresses of its pages",
    "application/atom+xml": "it is a feed: give the addresses of its pages",
    "application/xml": "it is no page: give the addresses of the pages that it lists",
    "text/xml": "it is no page: give the addresses of the pages that it lists",
}


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long and how much: seconds for the whole page, for a connection, for one answer; bytes unpacked; redirects followed."""

    seconds: float = 60.0
    connect: float = 10.0
    read: float = 20.0
    size: int = 8 * 1024 * 1024
    redirects: int = 5


class Fetched(msgspec.Struct, frozen=True, kw_only=True):
    """A page as a server sent it: ``url`` after redirects, ``charset`` as the server names it (it may be wrong), ``retrieved`` in UTC."""

    url: str
    data: bytes
    retrieved: str
    charset: str | None = None


Fetch = Callable[[str], Fetched]


def fetch_page(url: str, *, allow: Policy = is_public, limits: Limits = Limits()) -> Fetched:  # noqa: B008  (frozen)
    """Fetch the page at *url*. *allow* says which machines may be asked; the default allows public ones alone.

    Raises GoneError when the page is no longer there, InputError for everything else that goes wrong.
    """
    deadline = Deadline(limits.seconds)
    at = _check_url(url, url)
    with _plainly(url, limits):
        for _ in range(limits.redirects + 1):
            with _ask(at, GuardedBackend(allow, deadline), limits) as response:
                if response.status_code in _MOVED and "location" in response.headers:
                    at = _check_url(str(at.join(response.headers["location"])), url)
                    continue
                _check_response(url, response)
                data = _read_body(url, response, limits, deadline)
                now = datetime.now(UTC).isoformat(timespec="seconds")
                return Fetched(url=str(at.copy_with(fragment=None)), data=data, retrieved=now, charset=response.charset_encoding)
    raise InputError(f"{url}: it redirects more than {limits.redirects} times; {_BY_HAND}")


class _Transport(httpx2.BaseTransport):
    """Sends a request over connections of our own: checked machines, one deadline, no proxy."""

    def __init__(self, backend: GuardedBackend, *, secure: bool) -> None:
        context = httpx2.create_ssl_context(trust_env=False) if secure else None
        self._pool = httpcore2.ConnectionPool(ssl_context=context, network_backend=backend, max_keepalive_connections=0)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = httpcore2.URL(scheme=request.url.raw_scheme, host=request.url.raw_host, port=request.url.port, target=request.url.raw_path)
        answer = self._pool.handle_request(
            httpcore2.Request(request.method, url, headers=request.headers.raw, extensions=request.extensions)
        )
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer), request=request)

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        stream = self._answer.stream
        assert isinstance(stream, Iterable)  # a synchronous pool gives a synchronous stream
        yield from stream

    def close(self) -> None:
        self._answer.close()


@contextlib.contextmanager
def _ask(url: httpx2.URL, backend: GuardedBackend, limits: Limits) -> Iterator[httpx2.Response]:
    timeout = httpx2.Timeout(limits.read, connect=limits.connect)
    headers = {"User-Agent": AGENT, "Accept": "text/html,text/plain;q=0.9,*/*;q=0.1", "Accept-Encoding": "gzip, deflate"}
    transport = _Transport(backend, secure=url.scheme == "https")
    with (
        httpx2.Client(transport=transport, timeout=timeout, headers=headers, follow_redirects=False, trust_env=False) as client,
        client.stream("GET", url) as response,
    ):
        yield response


def _check_url(url: str, asked: str) -> httpx2.URL:
    """Return the parsed address; raises InputError when it is not one of a web page."""
    came = "" if url == asked else f" redirects to {url}, and that"
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError) as error:
        raise InputError(f"{asked}:{came} is no address ({error}); check its spelling") from error
    if parsed.scheme not in ("http", "https") or not parsed.host or not 0 < (parsed.port or 80) < 65536:
        raise InputError(f"{asked}:{came} is no address of a web page; one begins with http:// or https:// and the name of a site")
    if parsed.userinfo:
        raise InputError(f"{asked}:{came} holds a name or password; give the address without them")
    return parsed


def _check_response(url: str, response: httpx2.Response) -> None:
    status = response.status_code
    if status in _GONE:
        raise GoneError(f"{url}: there is no such page ({status}); check the address, or look for the page in a web archive")
    if status in _LATER:
        raise InputError(f"{url}: the site cannot answer now ({status}); try again later")
    if not 200 <= status < 300 or status in (204, 205, 206):
        raise InputError(f"{url}: the site does not give this page ({status}); {_BY_HAND}")
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind and kind not in _TYPES:
        raise InputError(f"{url}: the site sends {kind}, not a page; {_TELLING.get(kind, 'give the address of a page of text or HTML')}")


def _read_body(url: str, response: httpx2.Response, limits: Limits, deadline: Deadline) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > limits.size:
            raise InputError(f"{url}: more than {limits.size // 1024} KB are no news page; {_BY_HAND}")
        deadline.left()
    return bytes(body)


@contextlib.contextmanager
def _plainly(url: str, limits: Limits) -> Iterator[None]:
    """Turn what goes wrong on the way into InputError that says what to do next."""
    try:
        yield
    except RefusedAddressError as error:
        raise InputError(
            f"{url}: {error.host} leads to {error.address}, which is no public machine; mithaq fetches pages of the public web only"
        ) from error
    except (httpcore2.TimeoutException, httpx2.TimeoutException) as error:
        raise InputError(f"{url}: no whole answer in time (at most {limits.seconds:.0f} s); try again later, or {_BY_HAND}") from error
    except (httpcore2.NetworkError, httpx2.NetworkError) as error:
        raise InputError(f"{url}: cannot be reached ({error}); check the address and the connection") from error
    except (httpcore2.ProtocolError, httpx2.HTTPError, httpcore2.UnsupportedProtocol) as error:
        raise InputError(f"{url}: the answer cannot be understood ({error}); {_BY_HAND}") from error
