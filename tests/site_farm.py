"""A farm of web sites on this machine, for tests of collecting: some as they should be, many that misbehave, on a clock that runs fast.

Every site has a name of its own under ``farm.test``, which only tests can resolve; all answer at one port of this machine.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import msgspec

from made_documents import make_document, quote
from mithaq.ingest import Reader
from mithaq.model import Document, Statement
from mithaq.page.decode import decode_text
from mithaq.store import MadeBy

START = 1_700_000_000.0
HOUR = 3600.0
NAMES = ".farm.test"


class FastClock:
    """A clock that jumps to where somebody wants to sleep to."""

    def __init__(self, start: float = START) -> None:
        self.time = start

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


class Reply(NamedTuple):
    """What a site answers; ``cut`` breaks the connection off after so many bytes of the body."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = {}  # noqa: RUF012  (never changed)
    cut: int | None = None


class Seen(NamedTuple):
    """A request as a site saw it."""

    host: str
    path: str
    at: float
    headers: dict[str, str]


class Site:
    """A site that publishes an article now and then. ``wanted`` are the titles of those that a good collector brings home by now."""

    feed_path, robots = "/feed", "User-agent: *\nAllow: /\n"
    kind = "feed"
    window = 20

    def __init__(self, name: str, *, every: float = 2 * HOUR, first: int = 3) -> None:
        self.name, self.every, self.first = name, every, first
        self.farm: Farm

    @property
    def address(self) -> str:
        return f"http://{self.name}{NAMES}:{self.farm.port}"

    @property
    def channel(self) -> tuple[str, str, str]:
        return self.kind, self.address + self.feed_path, f"{self.name}{NAMES}:{self.farm.port}"

    def published(self) -> int:
        """Return how many articles there are by now."""
        return self.first + int((self.farm.clock.now() - START) / self.every)

    def time_of(self, number: int) -> float:
        return START - HOUR if number < self.first else START + (number - self.first + 1) * self.every

    def title(self, number: int) -> str:
        return f"Article {number} of {self.name}"

    def wanted(self, patience: float) -> set[str]:
        now = self.farm.clock.now()
        return {self.title(n) for n in range(self.published()) if self.time_of(n) <= now - patience}

    def listed(self) -> list[tuple[str, str, float]]:
        """Return (address, title, time) of what the feed shows, the latest first."""
        last = self.published()
        return [(self.link(n), self.title(n), self.time_of(n)) for n in range(max(0, last - self.window), last)][::-1]

    def link(self, number: int) -> str:
        return f"{self.address}/news/2023/{number}-article-{number}"

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        if path == "/robots.txt":
            return Reply(body=self.robots.encode(), headers={"Content-Type": "text/plain"})
        if path == self.feed_path:
            return self.feed(headers)
        if path.startswith("/news/2023/"):
            number = int(path.rpartition("-")[2].partition("?")[0].partition("/")[0])
            return self.article(number) if number < self.published() else Reply(404)
        return Reply(404)

    def feed(self, headers: dict[str, str]) -> Reply:
        items = "".join(
            f"<item><title>{title}</title><link>{link}</link><pubDate>{mail_date(at)}</pubDate></item>" for link, title, at in self.listed()
        )
        return with_etag(f"<?xml version='1.0'?><rss version='2.0'><channel><title>x</title>{items}</channel></rss>".encode(), headers)

    def article(self, number: int) -> Reply:
        return page(self.text(number))

    def text(self, number: int) -> str:
        words = " ".join(f"{self.name}{number}w{n}" for n in range(20))
        return f"{self.title(number)}\nneed: engineers. {words}"


class Farm:
    """All sites at one port; ``seen`` are their requests."""

    def __init__(self, clock: FastClock, sites: list[Site]) -> None:
        self.clock, self.seen = clock, list[Seen]()
        self.sites = {site.name + NAMES: site for site in sites}
        for site in sites:
            site.farm = self
        self.port = 0
        self.asked_names: list[str] = []

    def resolve(self, host: str, _port: int, _seconds: float) -> list[str]:
        """Stand in for the resolver: names of the farm are this machine, some lie, some lie the second time."""
        self.asked_names.append(host)
        if host.startswith("private"):
            return ["10.0.0.8"]
        if host.startswith("rebinding"):
            return ["127.0.0.1"] if self.asked_names.count(host) < 4 else ["192.168.1.1"]
        if host.endswith(NAMES):
            return ["127.0.0.1"]
        if host.replace(".", "").isdigit():
            return [host]
        raise OSError(f"no such name {host}")


@contextmanager
def running(sites: list[Site], clock: FastClock) -> Iterator[Farm]:
    """Run the farm."""
    farm = Farm(clock, sites)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers.get("Host", "").partition(":")[0]
            headers = {name.lower(): value for name, value in self.headers.items()}
            farm.seen.append(Seen(host, self.path, clock.now(), headers))
            site = farm.sites.get(host)
            with suppress(OSError):
                send(self, site.answer(self.path, headers) if site else Reply(404))

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    farm.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield farm
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(handler: BaseHTTPRequestHandler, reply: Reply) -> None:
    handler.send_response(reply.status)
    for name, value in reply.headers.items():
        handler.send_header(name, value)
    if "Content-Length" not in reply.headers:
        handler.send_header("Content-Length", str(len(reply.body)))
    handler.end_headers()
    handler.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])
    if reply.cut is not None:
        handler.close_connection = True


def page(text: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> Reply:
    body = text if isinstance(text, bytes) else text.encode()
    return Reply(body=body, headers={"Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()})


def with_etag(body: bytes, headers: dict[str, str], kind: str = "application/xml") -> Reply:
    tag = f'"{hashlib.md5(body).hexdigest()}"'
    if headers.get("if-none-match") == tag:
        return Reply(304, headers={"ETag": tag})
    return Reply(body=body, headers={"Content-Type": kind, "ETag": tag})


def moved(to: str, status: int = 302) -> Reply:
    return Reply(status, headers={"Location": to})


def mail_date(at: float) -> str:
    return format_datetime(datetime.fromtimestamp(at, UTC))


def iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()


def read(data: bytes, path: str, sidecar: bytes | None) -> Document:
    """Read a page of the farm: the first line is its title."""
    title, _, body = decode_text(data, path=path).partition("\n")
    url = msgspec.json.decode(sidecar or b"{}").get("url")
    document = make_document(title, body or "…", path=path, lang="en", relevant=True)
    need = (Statement(kind="need", evidence=quote(document.text, "need:")),) if "need:" in document.text else ()
    return msgspec.structs.replace(document, url=url, statements=need)


READER = Reader(read, MadeBy("test", "farm"))

# What the sites are like. Each class is a habit met on the web.


class Atom(Site):
    def feed(self, headers: dict[str, str]) -> Reply:
        items = "".join(f"<entry><title>{t}</title><link href='{u}'/><id>{u}</id><updated>{iso(at)}</updated></entry>"
                        for u, t, at in self.listed())  # fmt: skip
        return with_etag(f"<feed xmlns='http://www.w3.org/2005/Atom'><title>x</title>{items}</feed>".encode(), headers)


class Json(Site):
    def feed(self, headers: dict[str, str]) -> Reply:
        items = [{"id": u, "url": u, "title": t, "date_published": iso(at)} for u, t, at in self.listed()]
        body = {"version": "https://jsonfeed.org/version/1.1", "title": "x", "items": items}
        return with_etag(json.dumps(body).encode(), headers, "application/feed+json")


class Rdf(Site):
    def feed(self, headers: dict[str, str]) -> Reply:
        items = "".join(f"<item rdf:about='{u}'><title>{t}</title><link>{u}</link></item>" for u, t, _ in self.listed())
        head = "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'"
        return page(f"<rdf:RDF {head}><channel rdf:about='x'><title>x</title></channel>{items}</rdf:RDF>", "application/rdf+xml")


class NewsMap(Site):
    kind, feed_path = "sitemap", "/news-sitemap.xml"

    def feed(self, headers: dict[str, str]) -> Reply:
        return with_etag(sitemap(self.listed()), headers)


class MapIndex(Site):
    kind, feed_path, window = "sitemap", "/sitemap.xml", 1000

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        if path == "/sitemap-new.xml.gz":
            return page(gzip.compress(sitemap(self.listed())), "application/gzip")
        return super().answer(path, headers)

    def feed(self, headers: dict[str, str]) -> Reply:
        maps = [("sitemap-old.xml.gz", START - 900 * HOUR), ("sitemap-new.xml.gz", self.time_of(self.published() - 1))]
        rows = "".join(f"<sitemap><loc>{self.address}/{name}</loc><lastmod>{iso(at)}</lastmod></sitemap>" for name, at in maps)
        body = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</sitemapindex>"
        return with_etag(body.encode(), headers)


class Archive(MapIndex):
    """Keeps thirty days of articles, one a day, in a sitemap that its index dates with the last of them."""

    def listed(self) -> list[tuple[str, str, float]]:
        return [(self.link(n), self.title(n), START - n * 24 * HOUR) for n in range(30)]

    def published(self) -> int:
        return 30


class HugeMap(NewsMap):
    """A hundred thousand addresses, most of them old."""

    body = (0, b"")

    def feed(self, headers: dict[str, str]) -> Reply:
        if self.body[0] != self.published():
            old = [(f"{self.address}/news/2019/{n}-old-{n}", "", START - 9000 * HOUR) for n in range(100_000)]
            self.body = self.published(), gzip.compress(sitemap([*self.listed(), *old]), 1)
        return with_etag(self.body[1], headers, "application/x-gzip")


class Section(Site):
    kind, feed_path = "section", "/economy"

    def feed(self, headers: dict[str, str]) -> Reply:
        links = "".join(f"<li><a href='{u}'>{t} on matters of the day</a></li>" for u, t, _ in self.listed())
        return page(f"<html><body><nav><a href='/tag/x'>All that we tagged with some words</a></nav><ul>{links}</ul></body></html>")


class Paged(Section):
    """A section that shows five articles a page."""

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        if path.startswith("/economy/page/"):
            return self.slice(int(path.rpartition("/")[2]))
        return super().answer(path, headers)

    def feed(self, headers: dict[str, str]) -> Reply:
        return self.slice(1)

    def slice(self, number: int) -> Reply:
        shown = self.listed()[5 * number - 5 : 5 * number]
        links = "".join(f"<li><a href='{u}'>{t} on matters of the day</a></li>" for u, t, _ in shown)
        return page(f"<html><body>{links}<a href='/economy/page/{number + 1}'>{number + 1}</a></body></html>")


class Calendar(Paged):
    """Behind each page there is another, for ever, with links that were never seen before."""

    def slice(self, number: int) -> Reply:
        days = "".join(f"<a href='/day/{number}/{n}'>What happens on some other day of {n}</a>" for n in range(10))
        shown = self.listed() if number == 1 else []
        links = "".join(f"<a href='{u}'>{t} on matters of the day</a>" for u, t, _ in shown)
        return page(f"<html><body>{links}{days}<a href='/economy/page/{number + 1}'>{number + 1}</a></body></html>")


class RestlessTag(Site):
    def feed(self, headers: dict[str, str]) -> Reply:
        return Reply(body=super().feed({}).body, headers={"Content-Type": "text/xml", "ETag": f'"{time.perf_counter_ns()}"'})


class Slow(Site):
    def article(self, number: int) -> Reply:
        time.sleep(0.03)
        return super().article(number)


class LoopingFeed(Site):
    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        if path == "/robots.txt":
            return super().answer(path, headers)
        return moved("/b" if path == "/feed" else "/feed")

    def wanted(self, patience: float) -> set[str]:
        return set()


class LoopingPages(LoopingFeed):
    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        if path in ("/robots.txt", "/feed"):
            return Site.answer(self, path, headers)
        return moved(path.removesuffix("/x") if path.endswith("/x") else path + "/x")


class EndlessQuery(LoopingFeed):
    """Every redirect leads to an address that was never seen."""

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        if path in ("/robots.txt", "/feed"):
            return Site.answer(self, path, headers)
        base, _, number = path.partition("?n=")
        return moved(f"{base}?n={int(number or 0) + 1}")


class MovedPages(Site):
    """Articles redirect once, to where they stay."""

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        if path.startswith("/news/"):
            return moved(path.replace("/news/", "/story/"), 301)
        return super().answer(path.replace("/story/", "/news/"), headers)


class BombFeed(LoopingFeed):
    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return page(BOMB, "application/xml", Content_Encoding="gzip") if path == "/feed" else Site.answer(self, path, headers)


class BombPages(LoopingFeed):
    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return page(BOMB, Content_Encoding="gzip") if path.startswith("/news") else Site.answer(self, path, headers)


class Arabic(Site):
    """Windows-1256 that calls itself UTF-8."""

    def title(self, number: int) -> str:
        return f"مقال عن التعاون رقم {number} في {self.name}"

    def article(self, number: int) -> Reply:
        return page(self.text(number).encode("windows-1256"))

    def feed(self, headers: dict[str, str]) -> Reply:
        body = super().feed({}).body.decode().replace("version='1.0'", "version='1.0' encoding='windows-1256'", 1)
        return with_etag(body.encode("windows-1256"), headers)


class TooBusy(Site):
    """Says every other time that it has too much to do, and for how long."""

    def __init__(self, name: str, **given: Any) -> None:
        super().__init__(name, **given)
        self.until, self.broken, self.count = 0.0, list[str](), 0

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        now = self.farm.clock.now()
        if now < self.until:
            self.broken.append(path)
        self.count += 1
        if self.count % 4 == 3:
            self.until = float(int(now + 600))  # a date in a header knows no parts of a second
            when = "600" if self.count % 8 == 3 else mail_date(self.until)
            return Reply(429 if self.count % 8 == 3 else 503, headers={"Retry-After": when})
        return super().answer(path, headers)


class Fenced(Site):
    """Keeps programs out of some places, with wildcards."""

    robots = "User-agent: *\nDisallow: /*?session=\nDisallow: /news/*-secret-\n"

    def listed(self) -> list[tuple[str, str, float]]:
        return [*super().listed(), (f"{self.address}/news/2023/1-secret-1", "x", START), (f"{self.address}/a/1?session=7", "y", START)]


class OptedOut(LoopingFeed):
    """Wants none of our visits, and says so by our name."""

    robots = "User-agent: mithaq\nDisallow: /\n\nUser-agent: *\nAllow: /\n"

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return Site.answer(self, path, headers)


class Leisurely(Site):
    robots = "User-agent: *\nCrawl-delay: 40\n"


class NoRules(Site):
    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return Reply(404) if path == "/robots.txt" else super().answer(path, headers)


class BrokenRules(LoopingFeed):
    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return Reply(500) if path == "/robots.txt" else Site.answer(self, path, headers)


class Soft404(Site):
    """Half of its addresses are dead, and give a notice with 200."""

    def listed(self) -> list[tuple[str, str, float]]:
        return super().listed() + [(f"{self.address}/dead/2023/{n}", f"Dead {n}", START) for n in range(4)]

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return page("Not found\nWe are sorry.") if path.startswith("/dead") else super().answer(path, headers)


class Truncated(Site):
    """Breaks every article off the first time."""

    def __init__(self, name: str, **given: Any) -> None:
        super().__init__(name, **given)
        self.before: set[int] = set()

    def article(self, number: int) -> Reply:
        whole = super().article(number)
        if number in self.before:
            return whole
        self.before.add(number)
        return whole._replace(cut=50)


class TruncatedGzip(Truncated):
    def article(self, number: int) -> Reply:
        fine = number in self.before
        self.before.add(number)
        packed = gzip.compress(self.text(number).encode())
        return page(packed if fine else packed[:-20], Content_Encoding="gzip")


class Cookies(Site):
    def article(self, number: int) -> Reply:
        return page(self.text(number), Set_Cookie=f"visitor={number}; Path=/")


class ToPrivate(LoopingFeed):
    """Leads into private networks, by number, by name and by metadata services."""

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        if path.startswith("/news"):
            places = ("http://10.0.0.8/", "http://169.254.169.254/latest/", "http://private.farm.test/", "http://[::1]/", "file:///etc/passwd")
            return moved(places[int(path.rpartition("-")[2]) % len(places)])
        return Site.answer(self, path, headers)


class Rebinding(LoopingFeed):
    """Its name leads to this machine at first, and into a private network later."""

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return Site.answer(self, path, headers)


class ManyNames(Site):
    """Lists each article under five addresses: with trackers, for telephones, for printers, with a fragment."""

    def listed(self) -> list[tuple[str, str, float]]:
        return [(u + more, t, at) for u, t, at in super().listed() for more in ("", "?utm_source=x", "/amp", "?print=1", "#top")]


class Canonical(Site):
    """Gives each article at two addresses, and says in both which one is its own."""

    def listed(self) -> list[tuple[str, str, float]]:
        return [(u.replace("/news/", place), t, at) for u, t, at in super().listed() for place in ("/news/", "/short/")]

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return super().answer(path.replace("/short/", "/news/"), headers)

    def article(self, number: int) -> Reply:
        return page(self.text(number) + f"\n<link rel='canonical' href='{self.link(number)}'> seen {time.perf_counter_ns()}")


class MovedFeed(Site):
    """Its feed has moved to another site."""

    def feed(self, headers: dict[str, str]) -> Reply:
        return moved(f"http://new-{self.name}{NAMES}:{self.farm.port}/feed", 301)


class NewHome(Site):
    def title(self, number: int) -> str:
        return f"Article {number} of {self.name.removeprefix('new-')}"


class BadXml(Site):
    def feed(self, headers: dict[str, str]) -> Reply:
        return with_etag(b"\n \n" + super().feed({}).body.replace(b"Article", b"News & Article", 1), headers)


class HangsUp(Site):
    """Closes the connection without a word now and then."""

    def __init__(self, name: str, **given: Any) -> None:
        super().__init__(name, **given)
        self.count = 0

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        self.count += path != "/robots.txt"
        return Reply(cut=0, headers={"Content-Length": "10"}) if self.count % 3 == 2 else super().answer(path, headers)


class TooLong(LoopingFeed):
    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return page(b"x" * 300_000) if path.startswith("/news") else Site.answer(self, path, headers)


class Burst(Site):
    """Publishes forty articles at once while its feed shows ten; its sitemap has them all."""

    window = 10

    def published(self) -> int:
        now = self.farm.clock.now() - START
        return self.first + (40 if now > 3 * HOUR else 0)

    def time_of(self, number: int) -> float:
        return START + 3 * HOUR if number >= self.first else START - HOUR

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        if path == "/sitemap.xml":
            return with_etag(sitemap([(self.link(n), self.title(n), self.time_of(n)) for n in range(self.published())]), headers)
        return super().answer(path, headers)


class Edited(Site):
    """Changes its first article after an hour, and says so in its feed."""

    def listed(self) -> list[tuple[str, str, float]]:
        late = self.farm.clock.now() > START + HOUR
        return [(u, t, START + HOUR if u == self.link(0) and late else at) for u, t, at in super().listed()]

    def title(self, number: int) -> str:
        edited = number == 0 and self.farm.clock.now() > START + HOUR
        return super().title(number) + (" corrected" if edited else "")


class Sport(Site):
    def listed(self) -> list[tuple[str, str, float]]:
        return super().listed() + [(f"{self.address}/sport/{n}", f"Football results of day {n}", START) for n in range(5)]


class Files(Site):
    def listed(self) -> list[tuple[str, str, float]]:
        return [*super().listed(), (f"{self.address}/files/2023/report.pdf", "A report", START)]

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return page(b"%PDF-1.7", "application/pdf") if path.startswith("/files") else super().answer(path, headers)


class Gone(Site):
    def listed(self) -> list[tuple[str, str, float]]:
        return super().listed() + [(f"{self.address}/gone/2023/{n}", "x", START) for n in range(2)]

    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return Reply(410) if path.startswith("/gone") else super().answer(path, headers)


class Empty(LoopingFeed):
    def answer(self, path: str, headers: dict[str, str]) -> Reply:
        return page(b"", "application/xml") if path == "/feed" else Site.answer(self, path, headers)


def sitemap(listed: list[tuple[str, str, float]]) -> bytes:
    rows = "".join(f"<url><loc>{url}</loc><lastmod>{iso(at)}</lastmod></url>" for url, _, at in listed)
    return f"<?xml version='1.0'?><urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{rows}</urlset>".encode()


BOMB = gzip.compress(bytes(60_000_000), 1)

HABITS: dict[str, Callable[..., Site]] = {
    "plain": Site, "atom": Atom, "json": Json, "rdf": Rdf, "newsmap": NewsMap, "mapindex": MapIndex, "hugemap": HugeMap, "section": Section,
    "paged": Paged, "calendar": Calendar, "restless": RestlessTag, "slow": Slow, "loopingfeed": LoopingFeed, "loopingpages": LoopingPages,
    "endlessquery": EndlessQuery, "movedpages": MovedPages, "bombfeed": BombFeed, "bombpages": BombPages, "arabic": Arabic,
    "toobusy": TooBusy, "fenced": Fenced, "optedout": OptedOut, "leisurely": Leisurely, "norules": NoRules, "brokenrules": BrokenRules,
    "soft404": Soft404, "truncated": Truncated, "truncatedgzip": TruncatedGzip, "cookies": Cookies, "toprivate": ToPrivate,
    "rebinding": Rebinding, "manynames": ManyNames, "canonical": Canonical, "movedfeed": MovedFeed, "new-movedfeed": NewHome,
    "badxml": BadXml, "hangsup": HangsUp, "toolong": TooLong, "burst": Burst, "edited": Edited, "games": Sport, "files": Files,
    "gone": Gone, "empty": Empty,
}  # fmt: skip


def all_sites() -> list[Site]:
    """Return one site of every habit."""
    return [make(name) for name, make in HABITS.items()]
