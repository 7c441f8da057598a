"""Feeds of every make, sitemaps, sections and lists are read; what is none is none, and no bomb goes off."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.collect.listing import Listed, clean_stamp, read_listing

BASE = "https://news.example/feed"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Port news</title>
<item><title>اتفاق رقمي</title><link>/news/1</link><pubDate>Tue, 03 Jun 2025 10:00:00 +0100</pubDate><category>economy</category></item>
<item><title>No link</title></item><item><title>Guid</title><guid isPermaLink="true">https://news.example/news/2</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>A</title><link href="https://news.example/a"/>
<id>tag:1</id><updated>2025-01-01T00:00:00Z</updated></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "t",
"items": [{"id": "1", "url": "https://news.example/j", "title": "J"}]}"""
NEWS_MAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/m1</loc>
<n:news><n:title>T  t</n:title><n:publication_date>2025-06-03T10:00:00+01:00</n:publication_date></n:news></url>
<url><loc>https://news.example/m2</loc><lastmod>2024-06-01</lastmod></url><url><loc>https://news.example/m3</loc></url></urlset>"""
SECTION = """<html><head><link rel="next" href="?page=2"></head><body>
<a href="/economy/a-long-headline-of-today">A long headline of today</a>
<a href="/tag/x">All that was tagged with these words</a>
<a href="https://other.example/economy/9">A headline of some other site here</a>
<a href="/economy/1234">short</a><a href="/report-of-2024.pdf">A report with many many pages</a>
<a href="mailto:x@y.z">Write to all of us today</a></body></html>"""


def urls(data: str | bytes, **wanted: object) -> list[str]:
    listing = read_listing(data.encode() if isinstance(data, str) else data, BASE, **wanted)  # type: ignore[arg-type]  # handed through
    assert listing is not None
    return [item.url.removeprefix("https://news.example") for item in listing.items]


def test_feeds_of_every_make_are_read() -> None:
    assert urls(RSS) == ["/news/1", "/news/2"]
    assert urls(ATOM) == ["/a"] and urls(JSON) == ["/j"]
    listing = read_listing(RSS.encode(), BASE)
    assert listing is not None and listing.title == "Port news"
    assert next(iter(listing.items)) == Listed("https://news.example/news/1", "اتفاق رقمي", "2025-06-03T09:00:00+00:00", ("economy",))


def test_sitemaps_are_read_with_news_titles_and_back_to_a_day() -> None:
    assert urls(NEWS_MAP) == ["/m1", "/m2", "/m3"]
    assert urls(NEWS_MAP, floor="2025-01-01") == ["/m1", "/m3"]
    assert urls(gzip.compress(NEWS_MAP.encode())) == ["/m1", "/m2", "/m3"]
    assert urls(NEWS_MAP[: NEWS_MAP.rindex("<url>")]) == ["/m1", "/m2"]
    listing = read_listing(NEWS_MAP.encode(), BASE)
    assert listing is not None and next(iter(listing.items)).title == "T t"
    index = read_listing(b"<sitemapindex><sitemap><loc>https://news.example/s.xml</loc></sitemap></sitemapindex>", BASE)
    assert index is not None and index.shape == "index"


def test_sections_give_articles_of_their_own_site_and_their_next_page() -> None:
    assert urls(SECTION, section=True) == ["/economy/a-long-headline-of-today", "/economy/1234"]
    listing = read_listing(SECTION.encode(), BASE, section=True)
    assert listing is not None and listing.onward == "https://news.example/feed?page=2"
    assert read_listing(SECTION.encode(), BASE) is None


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "no such thing", None])
def test_headlines_of_sections_are_read_in_their_encoding(charset: str | None) -> None:
    said = "<a href='/economy/1'>وزير الاقتصاد الرقمي يفتتح مركزا</a>"
    data = said.encode("windows-1256" if charset == "windows-1256" else "utf-8")
    listing = read_listing(data, BASE, section=True, charset=charset)
    assert listing is not None and [item.title for item in listing.items] == ["وزير الاقتصاد الرقمي يفتتح مركزا"]


def test_lists_are_read_line_by_line() -> None:
    assert urls("https://news.example/1\n# remark\nhttps://news.example/2\n\nnothing\n") == ["/1", "/2"]


@pytest.mark.parametrize("data", [b"", b"<rss", b"hello", b"{}", b"[1]", b"%PDF-1.7", b"\x00\xff"])
def test_what_is_no_listing_is_none(data: bytes) -> None:
    assert read_listing(data, BASE) is None


def test_damaged_packages_and_bombs_are_refused() -> None:
    packed = gzip.compress(NEWS_MAP.encode())
    with pytest.raises(EOFError):
        read_listing(packed[:-30], BASE)
    with pytest.raises(zlib.error):
        read_listing(packed[:12] + b"garbage" + packed[40:], BASE)
    with pytest.raises(ValueError, match="52 MB"):
        read_listing(gzip.compress(bytes(60_000_000), 1), BASE)
    entities = '<!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    laughs = f"{entities}<urlset><url><loc>https://news.example/&b;</loc></url></urlset>"
    assert all(len(url) < 50 for url in urls(laughs))


@pytest.mark.parametrize(
    ("said", "stamp"),
    [
        ("2025-06-03", "2025-06-03"), ("2025-06", "2025-06"), ("2025-06-03T10:00:00+01:00", "2025-06-03T09:00:00+00:00"),
        ("2025-06-03T10:00:00Z", "2025-06-03T10:00:00+00:00"), ("Tue, 03 Jun 2025 10:00:00 GMT", "2025-06-03T10:00:00+00:00"),
        ("2025-13-01", None), ("yesterday", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_times_are_cleaned(said: str | None, stamp: str | None) -> None:
    assert clean_stamp(said) == stamp


@given(st.one_of(st.text(max_size=60), st.sampled_from([RSS, ATOM, JSON, NEWS_MAP, SECTION])), st.data())
def test_nothing_breaks_it(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    listing = read_listing((text[:cut] + text[cut + 3 :]).encode(), BASE, section=True)
    for item in listing.items if listing else ():
        assert item.url.startswith(("http://", "https://")) and (item.stamp is None or clean_stamp(item.stamp) == item.stamp)
