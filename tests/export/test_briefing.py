"""The dossier as one HTML file: whole, escaped, right to left, and needing nothing but itself."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_documents import drawn_documents
from export.page_reader import PageReader
from made_documents import arabic_document, english_document, french_document, make_document, quote
from mithaq.answers.dossier import build_dossier
from mithaq.export.briefing import load_font, safe_url, sections_of, write_html
from mithaq.model import Document, Event, Pair, Person, Statement
from mithaq.model.vocabulary import LANGUAGES, Language

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> & {{ 7*7 }}"


def hostile_document() -> Document:
    bare = make_document(HOSTILE, f"قال {HOSTILE} إن عمان تحتاج إلى {HOSTILE} من جيبوتي.").text
    words = quote(bare, HOSTILE)
    return make_document(
        HOSTILE,
        f"قال {HOSTILE} إن عمان تحتاج إلى {HOSTILE} من جيبوتي.",
        url="javascript:alert(3)",
        outlet=HOSTILE,
        agency=HOSTILE,
        lang="ar",
        published=HOSTILE,
        people=(Person(name=HOSTILE, mentions=(words,), country="OM", role=HOSTILE, role_evidence=words),),
        events=(
            Event(type="meeting", evidence=words, parties=("DJ", "OM"), place=HOSTILE, place_country=HOSTILE, date=HOSTILE),
            Event(type="visit", evidence=words, parties=("DJ", "OM"), date_text=HOSTILE),
        ),
        statements=(Statement(kind="need", evidence=words, speaker=HOSTILE, country="OM", due=HOSTILE, deliverable=HOSTILE),),
        pairs=(Pair("DJ", "OM", words),),
        relevant=True,
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_sound_in_every_language(lang: Language, gold_documents: tuple[Document, ...]) -> None:
    for pair in (("JO", "MR"), ("MA", "CI"), ("OM", "DJ")):
        page = PageReader(write_html(build_dossier(gold_documents, pair), lang))
        assert page.problems == []
        assert page.attributes["lang"] == lang and page.attributes["dir"] == ("rtl" if lang == "ar" else "ltr")
        assert page.headings.count(1) == 1 and "script" not in page.tags


def test_the_file_needs_nothing_from_outside(gold_documents: tuple[Document, ...]) -> None:
    html = write_html(build_dossier(gold_documents, ("JO", "MR")), "ar")
    assert set(re.findall(r"url\((.{5})", html)) == {"data:"}
    assert not re.search(r"<(?:img|script|iframe|object)\b|@import|src=", html)
    assert len(load_font("noto-naskh-arabic")) < 150_000 * 4 / 3 > len(load_font("newsreader-latin"))
    assert len(html.encode()) < 900_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_pages_stay_words(lang: Language) -> None:
    html = write_html(build_dossier([hostile_document()], ("OM", "DJ")), lang)
    page = PageReader(html)
    assert page.problems == [] and "script" not in page.tags and "img" not in page.tags
    assert HOSTILE in " ".join(page.parts) and "49" not in page.text.replace("{{ 7*7 }}", "")
    assert not [href for href in page.hrefs if href.startswith("javascript")]


def test_only_web_addresses_become_links() -> None:
    assert safe_url("https://a.example/x?y=1") == "https://a.example/x?y=1"
    for url in ("javascript:x", "data:text/html,x", "file:///etc/x", "//a.example", "https://", "http://[x", None, ""):
        assert safe_url(url) is None


def test_foreign_words_are_isolated_and_quotes_carry_their_language() -> None:
    html = write_html(build_dossier([arabic_document(), french_document()], ("OM", "DJ")), "en")
    assert "<bdi>حواء عثمان</bdi>" in html
    assert re.search(r'<blockquote dir="auto" lang="ar">.*?<mark>', html, re.DOTALL)
    assert "<bdi>96.5 points</bdi>" in html


def test_invented_pages_are_marked_where_real_ones_stand_beside_them() -> None:
    mixed = write_html(build_dossier([arabic_document(), french_document()], ("OM", "DJ")), "en")
    assert "Demonstration." in mixed and mixed.count('class="badge invented"') > 3
    real = write_html(build_dossier([arabic_document(invented=False)], ("OM", "DJ")), "en")
    assert "Demonstration." not in real and 'class="badge invented"' not in real


def test_protected_pages_show_no_sentence() -> None:
    protected = PageReader(write_html(build_dossier([arabic_document(rights="protected")], ("OM", "DJ")), "en")).text
    assert "نظيرته الجيبوتية" not in protected and "link and quoted facts only" in protected
    assert "نظيرته الجيبوتية" in PageReader(write_html(build_dossier([arabic_document()], ("OM", "DJ")), "en")).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_stated_is_said_in_the_readers_words(lang: Language) -> None:
    page = PageReader(write_html(build_dossier([english_document()], ("EE", "RW")), lang))
    assert page.problems == [] and "None" not in page.text
    empty = PageReader(write_html(build_dossier([], ("MA", "OM")), lang))
    assert empty.problems == [] and empty.headings == [1]


def test_sections_without_lines_are_left_out() -> None:
    assert sections_of(build_dossier([english_document()], ("EE", "RW"))) == ("glance", "timeline", "agreements", "gaps", "sources")


@settings(max_examples=25, deadline=None)
@given(st.lists(drawn_documents(), min_size=1, max_size=3), st.sampled_from(LANGUAGES))
def test_any_documents_make_a_sound_page(documents: list[Document], lang: Language) -> None:
    documents = [msgspec.structs.replace(d, pairs=(Pair("DJ", "MA", d.pairs[0].evidence),)) for d in documents if d.pairs]
    assert PageReader(write_html(build_dossier(documents, ("MA", "DJ"), relevant_only=False), lang)).problems == []
