"""Links become addresses, or none; the day in an address; what may be an article."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.collect.paths import day_in, join, may_be_article, same_site, usual_paths


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a#top", "https://news.example/a"), ("b", "https://news.example/x/b"), ("//other.example/c", "https://other.example/c"),
        ("javascript:x()", None), ("mailto:a@b.c", None), ("https://amal:secret@news.example/", None), ("http://[", None),
        ("https://news.example/" + 3000 * "x", None),
    ],
)  # fmt: skip
def test_links_become_addresses_or_none(link: str, url: str | None) -> None:
    assert join("https://news.example/x/y", link) == url


@given(st.text(max_size=40))
def test_no_link_breaks_it(link: str) -> None:
    url = join("https://news.example/", link)
    assert url is None or url.startswith(("http://", "https://"))
    assert url is None or same_site(url, url)


def test_days_in_addresses() -> None:
    assert day_in("https://news.example/2025/06/03/title") == "2025-06-03"
    assert day_in("https://news.example/2025/6/title") == "2025-06"
    assert day_in("https://news.example/2025-06-03-title") == "2025-06-03"
    assert day_in("https://news.example/news/20253") is None


def test_articles_have_headlines_or_numbers() -> None:
    assert may_be_article("https://news.example/economy/minister-opens-centre", "Minister opens a new centre")
    assert may_be_article("https://news.example/node/123456", "Read")
    assert not may_be_article("https://news.example/tag/economy", "All that is tagged with economy")
    assert not may_be_article("https://news.example/economy", "Economy")
    assert not may_be_article("https://news.example/", "Front page of the whole site")
    assert not may_be_article("https://news.example/files/report-12345.pdf", "The report of this year in full")


def test_usual_addresses_are_data() -> None:
    paths = usual_paths()
    assert "/feed" in paths.feeds and "/sitemap.xml" in paths.sitemaps and "tag" in paths.not_articles
