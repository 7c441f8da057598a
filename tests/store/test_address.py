"""Two forms of one address are one page; two pages are never one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made_documents import arabic_document
from mithaq.store.address import address_key, document_address

ONE = (
    "https://www.marsa.example/news/7",
    "http://marsa.example/news/7/",
    "HTTPS://Marsa.Example:443/news/7#top",
    "https://m.marsa.example/news/7?utm_source=x&fbclid=1",
    "https://amp.marsa.example/news/7/amp",
    "https://marsa.example/news/7.amp",
    "https://marsa.example/news/7?amp=1",
    "https://marsa.example/news/7/print",
    "https://marsa.example/news/7?print=1",
    "https://marsa.example/news/7/index.html",
)


@pytest.mark.parametrize("url", ONE)
def test_one_page_has_one_key(url: str) -> None:
    assert address_key(url) == "marsa.example/news/7"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("https://marsa.example/news/7", "https://marsa.example/news/8"),
        ("https://marsa.example/?p=7", "https://marsa.example/?p=8"),
        ("https://marsa.example/News", "https://marsa.example/news"),
        ("https://marsa.example:8080/a", "https://marsa.example/a"),
        ("https://ar.marsa.example/a", "https://fr.marsa.example/a"),
    ],
)
def test_two_pages_have_two(a: str, b: str) -> None:
    assert address_key(a) != address_key(b)


def test_escapes_and_the_order_of_questions_make_no_difference() -> None:
    assert address_key("https://a.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/1") == address_key("https://a.example/أخبار/1")
    assert address_key("https://a.example/?b=2&a=1") == address_key("https://a.example/?a=1&b=2")


@pytest.mark.parametrize(
    "url", [None, "", "/news/7", "file:///a", "ftp://a.example/b", "https://a.example", "https://a.example/", "http://[", "http://a:b/c"]
)
def test_what_is_no_address_of_an_article_has_none(url: str | None) -> None:
    assert address_key(url) is None


@given(st.text(max_size=40))
def test_no_text_breaks_it(text: str) -> None:
    for url in (text, f"https://a.example/{text}", f"https://{text}/a"):
        key = address_key(url)
        assert key is None or address_key(f"https://{key}") is not None or not key.isascii() or "/" in key or "?" in key


@pytest.mark.parametrize(
    ("url", "canonical", "key"),
    [
        ("https://a.example/?id=5", "https://www.a.example/port-deal", "a.example/port-deal"),
        ("https://a.example/?id=5", "https://a.example/", "a.example/?id=5".replace("/?", "?")),
        ("https://a.example/5", "https://other.example/5", "a.example/5"),
        (None, "https://a.example/5", "a.example/5"),
        ("https://a.example/5", None, "a.example/5"),
        (None, None, None),
    ],
)
def test_the_canonical_address_counts_on_its_own_site(url: str | None, canonical: str | None, key: str | None) -> None:
    assert document_address(arabic_document(url=url, canonical=canonical)) == key
