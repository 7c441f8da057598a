"""A page with its facts marked: the text stays whole, layers may overlap, links lead both ways."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from drawn_documents import drawn_documents
from export.page_reader import PageReader
from export.test_briefing import HOSTILE, hostile_document
from made_documents import arabic_document, english_document, french_document, make_document, quote
from mithaq.export.facts import list_facts
from mithaq.export.messages import Messages
from mithaq.export.reading import cut_pieces, write_pages
from mithaq.model import Document, Event, Person, Segment
from mithaq.model.vocabulary import LANGUAGES, Language


def test_overlapping_facts_share_their_words() -> None:
    bare = make_document("عنوان", "استقبل سالم الحارثي الوفد").text
    event = Event(type="meeting", evidence=quote(bare, "استقبل سالم الحارثي"))
    person = Person(name="سالم الحارثي", mentions=(quote(bare, "سالم الحارثي"),))
    page = make_document("عنوان", "استقبل سالم الحارثي الوفد", events=(event,), people=(person,))
    facts = list_facts(page, Messages("ar"))
    pieces = {piece.text: piece for piece in cut_pieces(page, facts)}
    assert pieces["استقبل "].classes == "is-event is-meeting" and pieces["استقبل "].begins == (1,)
    both = pieces["سالم الحارثي"]
    assert {"is-event", "is-person"} <= set(both.classes.split())
    assert both.link == 2 and both.ends == (1,)


def test_furniture_is_dimmed_and_the_article_is_not() -> None:
    html = write_pages([arabic_document()], "ar")
    assert re.search(r'<span class="furniture">اقرأ أيضا: أخبار أخرى</span>', html)
    pieces = cut_pieces(arabic_document(), list_facts(arabic_document(), Messages("en")))
    assert {p.text for p in pieces if p.furniture} == {"اقرأ أيضا: أخبار أخرى"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_several_pages_make_one_sound_file(lang: Language) -> None:
    documents = [arabic_document(), french_document(), english_document()]
    html = write_pages(documents, lang)
    page = PageReader(html)
    assert page.problems == [] and "script" not in page.tags and page.attributes["lang"] == lang
    for document in documents:
        assert " ".join(document.text.split()[:4]) in page.text or document.title in page.text
    directions = re.findall(r'<div class="text" dir="(\w+)"', html)
    assert directions == ["rtl", "ltr", "ltr"]


def test_facts_and_text_are_linked_both_ways() -> None:
    page = PageReader(write_pages([arabic_document()], "en"))
    numbers = {int(i.removeprefix("p1-fact-")) for i in page.ids if i.startswith("p1-fact-")}
    assert numbers == set(range(1, len(list_facts(arabic_document(), Messages("en"))) + 1))
    assert {f"p1-text-{n}" for n in numbers} <= set(page.targets) and {f"p1-fact-{n}" for n in numbers} <= set(page.targets)


def test_hostile_pages_stay_words() -> None:
    page = PageReader(write_pages([hostile_document()], "en"))
    assert page.problems == [] and "script" not in page.tags and "img" not in page.tags
    assert HOSTILE in "".join(page.parts)


def test_invented_and_protected_pages_say_so() -> None:
    text = PageReader(write_pages([arabic_document(rights="protected")], "en")).text
    assert "are invented" in text and "content is protected" in text
    assert "are invented" not in PageReader(write_pages([arabic_document(invented=False)], "en")).text


def test_an_empty_page_is_shown_too() -> None:
    bare = Document(id="x", text="", segments=())
    assert PageReader(write_pages([bare], "fr")).problems == []


@settings(max_examples=40, deadline=None)
@given(drawn_documents())
def test_the_pieces_joined_are_the_text(document: Document) -> None:
    facts = list_facts(document, Messages("fr"))
    pieces = cut_pieces(document, facts)
    assert "".join(piece.text for piece in pieces) == document.text
    assert sorted(n for piece in pieces for n in piece.begins) == [fact.number for fact in facts]
    assert PageReader(write_pages([document], "fr")).problems == []


def test_a_segment_beyond_the_text_does_no_harm() -> None:
    page = Document(id="x", text="abc", segments=(Segment(1, 9, "related"),))
    assert "".join(piece.text for piece in cut_pieces(page, ())) == "abc"
