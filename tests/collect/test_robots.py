"""The rules of a site are kept to as RFC 9309 has them, with wildcards, delays and sitemaps."""

from __future__ import annotations

import pytest

from mithaq.collect.robots import Rules, closed, robots_of, text_of_answer

TEXT = """User-agent: *
Disallow: /private
Disallow: /*?session=
Allow: /private/news
Crawl-delay: 7
Sitemap: https://news.example/sitemap.xml

User-agent: mithaq
Disallow: /not-for-us
Request-rate: 1/20
"""


def test_our_own_group_counts_before_that_of_all() -> None:
    rules = Rules(TEXT)
    assert not rules.allow("https://news.example/not-for-us/1") and rules.allow("https://news.example/private/1")
    assert rules.delay == 20 and rules.sitemaps == ("https://news.example/sitemap.xml",)


def test_wildcards_and_the_longest_rule_count() -> None:
    rules = Rules(TEXT.partition("User-agent: mithaq")[0])
    assert not rules.allow("https://news.example/a/b?session=1") and not rules.allow("https://news.example/private/1")
    assert rules.allow("https://news.example/private/news/1") and rules.delay == 7


def test_no_rules_allow_all_and_closed_ones_nothing() -> None:
    assert Rules("").allow("https://news.example/") and Rules("").delay == 0
    assert not closed().allow("https://news.example/")
    assert Rules("<html>no rules\x00</html>").allow("https://news.example/")


@pytest.mark.parametrize(
    ("status", "text"), [(200, "User-agent: *"), (404, ""), (403, ""), (301, ""), (500, None), (503, None), (429, None)]
)
def test_an_answer_means_rules_none_or_later(status: int, text: str | None) -> None:
    assert text_of_answer(status, b"\xef\xbb\xbfUser-agent: *" if status == 200 else b"oops") == text


def test_rules_lie_at_the_root_of_a_site() -> None:
    assert robots_of("http://news.example:8080/a/b?c") == "http://news.example:8080/robots.txt"
