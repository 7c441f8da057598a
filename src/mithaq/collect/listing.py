"""Read what tells of new pages: RSS, Atom and JSON feeds, sitemaps and their indexes, section pages, plain lists of addresses.

Everything comes as bytes that were fetched before: nothing here ever asks a server. Sitemaps are read as a stream, so that one of a hundred
thousand addresses takes no more memory than its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec
from lxml import etree, html

from mithaq.collect.fetch import unpack
from mithaq.collect.paths import join, may_be_article, same_site

Shape = Literal["feed", "sitemap", "index", "section", "list"]
LARGEST = 52 * 1024 * 1024  # bytes of an unpacked sitemap; the protocol allows 50 MB
MOST_LINKS = 200  # of a section page
MOST_ITEMS = 1000  # of a feed
_MOST_URLS = 200_000  # of a sitemap; the protocol allows 50,000
_GZIP = b"\x1f\x8b"
_HEAD = 2000
_PAGE_NUMBER = re.compile(r"/page/(\d{1,4})(?:/|$)|[?&](?:page|paged|p)=(\d{1,4})(?:&|$)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "application/rdf+xml"})


class Listed(msgspec.Struct, frozen=True):
    """An address that a listing names. ``stamp`` is when it was published or last changed (ISO 8601, UTC), None when it is not told."""

    url: str
    title: str = ""
    stamp: str | None = None
    tags: tuple[str, ...] = ()


class Listing(msgspec.Struct, frozen=True):
    """What a listing holds: ``items`` can be gone through once; of an index they are sitemaps. ``onward`` is its next page, if any."""

    shape: Shape
    items: Iterable[Listed]
    onward: str | None = None
    title: str = ""


def read_listing(
    data: bytes, url: str, *, section: bool = False, floor: str | None = None, charset: str | None = None
) -> Listing | None:
    """Return what the listing at *url* holds, None when it is none. An HTML page is one only when a *section* is expected.

    What a sitemap dates before the day *floor* (YYYY-MM-DD) is left out: most of an archive, and the quicker the less is looked at.
    Raises EOFError or zlib.error when a packed listing is damaged, ValueError when it unpacks to more than ``LARGEST`` bytes.
    """
    if data.startswith(_GZIP):
        data = _unpack(data)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower().replace(b"\x00", b"")
    if b"<sitemapindex" in head:
        return Listing("index", _read_sitemap(data, url, "sitemap", floor))
    if b"<urlset" in head:
        return Listing("sitemap", _read_sitemap(data, url, "url", floor))
    if head.startswith(b"{") or any(tag in head for tag in (b"<rss", b"<feed", b"<rdf:rdf", b"<channel")):
        return _read_feed(data, url)
    if head.startswith((b"http://", b"https://")):
        return Listing("list", tuple(_read_list(data)))
    return _read_section(data, url, charset) if section and b"<" in head else None


def is_feed_type(kind: str) -> bool:
    """Say whether a type, as a link or a server gives it, is that of a feed."""
    return kind.partition(";")[0].strip().lower() in _FEED_TYPES


def clean_stamp(value: str | None) -> str | None:
    """Return a time as feeds and sitemaps write it in ISO 8601, UTC; a day stays a day. None when it is no time.

    >>> clean_stamp("Tue, 03 Jun 2025 10:00:00 +0100"), clean_stamp("2025-06-03"), clean_stamp("soon")
    ('2025-06-03T09:00:00+00:00', '2025-06-03', None)
    """
    text = (value or "").strip()
    try:
        if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", text):
            datetime.fromisoformat(text if len(text) > 7 else f"{text}-01")
            return text
        moment = datetime.fromisoformat(text) if text[:1].isdigit() and "-" in text else parsedate_to_datetime(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat(timespec="seconds")
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _unpack(data: bytes) -> bytes:
    body = bytearray()
    for piece in unpack([data]):
        body += piece
        if len(body) > LARGEST:
            raise ValueError(f"it unpacks to more than {LARGEST // 1024 // 1024} MB")
    return bytes(body)


def _read_feed(data: bytes, url: str) -> Listing | None:
    # Imported here: whoever reads files needs no feeds. Given bytes, it never goes to the network itself.
    import fastfeedparser

    try:
        feed: Any = fastfeedparser.parse(data, include_content=False, include_media=False, include_enclosures=False)
    except (ValueError, TypeError, KeyError, AttributeError, etree.LxmlError):
        return None
    items: list[Listed] = []
    for entry in feed.entries[:MOST_ITEMS]:
        link = _link_of(entry)
        address = join(url, link) if link else None
        if address:
            stamp = clean_stamp(entry.get("updated") or entry.get("published"))
            tags = tuple(str(tag["term"]) for tag in entry.get("tags") or () if isinstance(tag, dict) and tag.get("term"))
            items.append(Listed(address, " ".join(str(entry.get("title") or "").split()), stamp, tags))
    return Listing("feed", tuple(items), title=str(feed.feed.get("title") or ""))


def _link_of(entry: Any) -> str:
    link = entry.get("link") or next((one.get("href") for one in entry.get("links") or () if one.get("href")), "")
    guid = str(entry.get("id") or "")
    return str(link or (guid if guid.startswith(("http://", "https://")) else ""))


def _read_sitemap(data: bytes, url: str, name: str, floor: str | None) -> Iterator[Listed]:
    """Yield the entries of a sitemap as far as it can be read: one that breaks off gives what stands before the break."""
    found = etree.iterparse(
        BytesIO(data), events=("end",), tag=f"{{*}}{name}", recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for number, (_, element) in enumerate(found):
            if number >= _MOST_URLS:
                return
            said = {child.tag.rpartition("}")[2]: child.text or "" for child in element.iter() if isinstance(child.tag, str)}
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
            moment = (said.get("lastmod") or said.get("publication_date") or "").strip()
            if floor is not None and _DAY.match(moment) and moment[:10] < floor:
                continue
            address = join(url, said["loc"]) if said.get("loc", "").strip() else None
            if address:
                yield Listed(address, " ".join(said.get("title", "").split()), clean_stamp(moment))
    except etree.XMLSyntaxError:
        return


def _read_list(data: bytes) -> Iterator[Listed]:
    for line in data.decode("utf-8", "replace").splitlines():
        address = join("", line) if line.strip() and not line.startswith("#") else None
        if address:
            yield Listed(address)


def parse_page(data: bytes, charset: str | None = None) -> Any:
    """Return a web page as a tree, None when it is none: UTF-8 where it can be that, else as the server or the page says."""
    try:
        data.decode("utf-8")
        charset = "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        return html.document_fromstring(data or b"<html></html>", parser=html.HTMLParser(encoding=charset))
    except LookupError:
        return parse_page(data) if charset else None  # the server names an encoding that nobody knows
    except (etree.LxmlError, ValueError):
        return None


def _read_section(data: bytes, url: str, charset: str | None) -> Listing | None:
    root = parse_page(data, charset)
    if root is None:
        return None
    base = next((join(url, href) for href in root.xpath("//base/@href")[:1]), None) or url
    items: dict[str, Listed] = {}
    onward: str | None = None
    here = _page_number(url)
    for link in root.iter("a"):
        address = join(base, link.get("href") or "")
        if address is None or not same_site(address, url):
            continue
        words = " ".join("".join(link.itertext()).split())[:300]
        if link.get("rel") == "next" or _page_number(address) == here + 1:
            onward = onward or address
        elif len(items) < MOST_LINKS and address != url and may_be_article(address, words):
            items.setdefault(address, Listed(address, words))
    named = root.xpath("//link[@rel='next']/@href")
    return Listing("section", tuple(items.values()), (join(base, named[0]) if named else None) or onward)


def _page_number(url: str) -> int:
    """Return which page of a list an address asks for: 3 of "/news/page/3" and of "?page=3", 1 of any other."""
    found = _PAGE_NUMBER.search(urlsplit(url).path + ("?" + urlsplit(url).query if urlsplit(url).query else ""))
    return int(found[1] or found[2]) if found else 1


