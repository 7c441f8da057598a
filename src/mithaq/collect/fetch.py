"""Fetch one page of the web: within a time and a size, from public machines only, following redirects by hand.

    page = fetch_page("https://www.example.org/news/1")
    answer = ask("https://www.example.org/feed", headers={"If-None-Match": '"7"'})

Every refusal is an InputError that names the address and says what to do; a LaterError is one that another day may mend. Proxies and
passwords of the environment are not used: through a proxy nobody can see which machine answers. Cookies are never kept.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime

import httpcore2
import httpx2
import msgspec

from mithaq import __version__
from mithaq.collect.addresses import Deadline, GuardedBackend, Policy, RefusedAddressError, is_public
from mithaq.errors import GoneError, InputError, LaterError

AGENT = f"mithaq/{__version__} (reads public news pages for research)"
_ACCEPT = "text/html,text/plain;q=0.9,*/*;q=0.1"
_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_PIECE = 64 * 1024  # bytes unpacked at a time: a small packed answer may hold a thousand times its size
_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_UNCHANGED = 304
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
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


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What a server said, whatever it was: ``url`` is the address that said it, ``headers`` have names in small letters.

    ``moved`` is where a redirect leads that was not followed. Bodies come unpacked; those of redirects and 304 are empty.
    """

    url: str
    status: int
    headers: dict[str, str]
    data: bytes
    retrieved: str
    charset: str | None = None
    moved: str | None = None

    @property
    def kind(self) -> str:
        """Return the type that the server gives, in small letters, "" when it gives none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


Fetch = Callable[[str], Fetched]
MayFollow = Callable[[str], bool]


def ask(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    agent: str = AGENT,
    allow: Policy = is_public,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
    may_follow: MayFollow | None = None,
) -> Answer:
    """Ask a server for an address, and return what it says, errors of the server among it.

    *headers* are sent beside our own, *agent* is the name that we give; *allow* says which machines may be asked, by default public ones
    alone; *may_follow* says of the address to which a redirect leads whether to go there, by default always. Raises LaterError when no
    whole answer comes, InputError when there must be none: no address, a private machine, too many redirects, too much.
    """
    deadline = Deadline(limits.seconds)
    at = _check_url(url, url)
    with _plainly(url, limits):
        for _ in range(limits.redirects + 1):
            with _send(at, GuardedBackend(allow, deadline), limits, {"User-Agent": agent, **(headers or {})}) as response:
                moved = None
                if response.status_code in _MOVED and "location" in response.headers:
                    to = _check_url(str(at.join(response.headers["location"])), url)
                    if may_follow is None or may_follow(str(to)):
                        at = to
                        continue
                    moved = str(to)
                return Answer(
                    url=str(at.copy_with(fragment=None)),
                    status=response.status_code,
                    headers={name.lower(): value for name, value in response.headers.items()},
                    data=b"" if moved or response.status_code == _UNCHANGED else _read_body(url, response, limits, deadline),
                    retrieved=datetime.now(UTC).isoformat(timespec="seconds"),
                    charset=response.charset_encoding,
                    moved=moved,
                )
    raise InputError(f"{url}: it redirects more than {limits.redirects} times; {_BY_HAND}")


def fetch_page(url: str, *, allow: Policy = is_public, limits: Limits = Limits()) -> Fetched:  # noqa: B008  (frozen)
    """Fetch the page at *url*. *allow* says which machines may be asked; the default allows public ones alone.

    Raises GoneError when the page is no longer there, InputError for everything else that goes wrong.
    """
    answer = ask(url, allow=allow, limits=limits)
    check_page(url, answer.status, answer.kind)
    return Fetched(url=answer.url, data=answer.data, retrieved=answer.retrieved, charset=answer.charset)


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
def _send(url: httpx2.URL, backend: GuardedBackend, limits: Limits, said: Mapping[str, str]) -> Iterator[httpx2.Response]:
    timeout = httpx2.Timeout(limits.read, connect=limits.connect)
    headers = {"Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate", **said}
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


def check_page(url: str, status: int, kind: str) -> None:
    """Raise GoneError, LaterError or InputError unless an answer of this status and type is a page."""
    if status in _GONE:
        raise GoneError(f"{url}: there is no such page ({status}); check the address, or look for the page in a web archive")
    if status in LATER:
        raise LaterError(f"{url}: the site cannot answer now ({status}); try again later")
    if not 200 <= status < 300 or status in (204, 205, 206):
        raise InputError(f"{url}: the site does not give this page ({status}); {_BY_HAND}")
    if kind and kind not in _TYPES:
        raise InputError(f"{url}: the site sends {kind}, not a page; {_TELLING.get(kind, 'give the address of a page of text or HTML')}")


def _read_body(url: str, response: httpx2.Response, limits: Limits, deadline: Deadline) -> bytes:
    body = bytearray()
    for piece in _unpack(url, response):
        body += piece
        if len(body) > limits.size:
            raise InputError(f"{url}: more than {limits.size // 1024} KB are no news page; {_BY_HAND}")
        deadline.left()
    return bytes(body)


def _unpack(url: str, response: httpx2.Response) -> Iterator[bytes]:
    """Yield the body in pieces of a bounded size: what unpacks it must never hold more than one of them."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        yield from response.iter_raw()
        return
    if coding not in _PACKED:
        raise InputError(f"{url}: the answer cannot be understood (it is packed as {coding}); {_BY_HAND}")
    try:
        yield from unpack(response.iter_raw())
    except (zlib.error, EOFError) as error:
        raise LaterError(f"{url}: the answer cannot be understood ({error}); try again later, or {_BY_HAND}") from error


def unpack(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what gzip, zlib or bare deflate packed, a bounded piece at a time; raises EOFError when it breaks off, zlib.error else.

    Several packed parts after each other are one; what follows them and is none (some servers fill up with zeros) is left out.
    """
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
    inside = whole = bare = False
    for piece in pieces:
        rest = piece
        while rest:
            try:
                out = unpacker.decompress(rest, _PIECE)
            except zlib.error:
                if whole:
                    return
                if inside or bare:
                    raise
                unpacker, bare = zlib.decompressobj(-zlib.MAX_WBITS), True
                continue
            inside = True
            yield out
            rest = unpacker.unconsumed_tail
            if unpacker.eof:
                rest, unpacker = unpacker.unused_data, zlib.decompressobj(zlib.MAX_WBITS | 32)
                inside, whole = False, True
    if inside:
        raise EOFError("it breaks off in the middle")


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
        raise LaterError(f"{url}: no whole answer in time (at most {limits.seconds:.0f} s); try again later, or {_BY_HAND}") from error
    except (httpcore2.NetworkError, httpx2.NetworkError) as error:
        raise LaterError(f"{url}: cannot be reached ({error}); check the address and the connection") from error
    except (httpcore2.ProtocolError, httpx2.HTTPError, httpcore2.UnsupportedProtocol) as error:
        raise LaterError(f"{url}: the answer cannot be understood ({error}); {_BY_HAND}") from error
