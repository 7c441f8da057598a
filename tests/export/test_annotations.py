"""Web Annotations name the same words when they are read back, whatever the script, and find them again in a text that has moved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from drawn_documents import LETTERS
from export.sent_pages import TERMS, pack, project_document
from made_documents import make_document, quote
from mithaq.errors import InputError
from mithaq.export.annotations import CONTEXT, MOTIVATIONS, find_target, read_annotations, write_annotations
from mithaq.export.exchange import page_iri
from mithaq.export.parcel import Parcel
from mithaq.model import Person
from mithaq.model.judgement import Judged

# All motivations of the W3C vocabulary.
KNOWN = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking",
    "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def items_of(data: bytes) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(data)["first"]["items"]
    return items


def spans_of(parcel: Parcel) -> set[tuple[str, int, int]]:
    """Return every place of the pages on which a fact that leaves rests."""
    reports = [(r.page, r.event.evidence) for event in parcel.events for r in event.reports]
    reports += [(page, value.evidence) for said in parcel.said for page, value in said.reports]
    reports += [(p, m) for e in parcel.entities.values() for p, n in zip(e.pages, e.namings, strict=True) for m in n.mentions]
    for page in parcel.pages:
        reports += [(page, fact.evidence) for fact in (*page.places, *page.times, *page.coreferences)]
    return {(page_iri(page), words.start, words.end) for page, words in reports}


def test_what_is_written_is_read_back_at_the_same_places(parcel: Parcel, demo_parcel: Parcel, closed: Parcel) -> None:
    for one in (parcel, demo_parcel, closed):
        texts = {page.id: page.text for page in one.pages}
        found = read_annotations(write_annotations(one, TERMS).data, texts)
        assert {(mark.source, mark.start, mark.end) for mark in found} == spans_of(one)


def test_annotations_are_as_the_model_asks(parcel: Parcel) -> None:
    data = write_annotations(parcel, TERMS).data
    collection = json.loads(data)
    assert (collection["@context"], collection["type"], collection["total"]) == (CONTEXT, "AnnotationCollection", len(items_of(data)))
    assert len({item["id"] for item in items_of(data)}) == len(items_of(data))
    texts = {page_iri(page): page.text for page in parcel.pages}
    for item in items_of(data):
        assert item["type"] == "Annotation" and item["motivation"] in KNOWN and item["body"]
        words, place = item["target"]["selector"]
        text = texts[item["target"]["source"]]
        assert text[place["start"] : place["end"]] == words["exact"] != ""
        assert words["prefix"] + words["exact"] + words["suffix"] in text
        assert item["target"]["state"]["cached"].startswith("urn:mithaq:page:")
    assert set(MOTIVATIONS.values()) <= KNOWN


def test_the_fact_stands_in_the_body(parcel: Parcel) -> None:
    found = items_of(write_annotations(parcel, TERMS).data)
    (project,) = [item for item in found if '"type":"project"' in item["body"][-1]["value"]]
    fact = json.loads(project["body"][-1]["value"])
    assert fact["amount"] == {"value": 2e7, "currency": "USD"}
    assert fact["roles"][0] == {"name": "African Development Bank", "role": "funder"}
    assert project["body"][1]["source"].startswith("urn:mithaq:event:h")


def test_a_decision_of_a_person_is_an_annotation_of_theirs(tmp_path: Path) -> None:
    page = project_document()
    words = page.events[0].evidence
    at = "2025-06-01T10:00:00+00:00"
    judged = Judged(start=words.start, end=words.end, verb="correct", by="Amal", at=at, field="stage", value="launched", was="planned")
    parcel = pack(tmp_path, page)
    data = write_annotations(replace(parcel, pages=(replace(parcel.pages[0], judged=(judged,)),)), TERMS).data
    (mark,) = [item for item in items_of(data) if item["motivation"] == "editing"]
    assert mark["creator"] == {"type": "Person", "name": "Amal"} and mark["created"] == at


@pytest.mark.parametrize("words", ["🙂 سَلْمَى", "97,5 %", "e\u0301cole"])
def test_places_count_code_points(tmp_path: Path, words: str) -> None:
    bare = make_document("عنوان", f"👩🏽‍💻 قال {words} ثم {words}.")
    person = Person(name=words, mentions=(quote(bare.text, words),))
    page = make_document("عنوان", f"👩🏽‍💻 قال {words} ثم {words}.", people=(person,), relevant=True)
    found = read_annotations(write_annotations(pack(tmp_path, page), TERMS).data, {page.id: page.text})
    assert [(mark.start, mark.end) for mark in found] == [(person.mentions[0].start, person.mentions[0].end)]


@given(before=st.text(LETTERS, max_size=12), words=st.text(LETTERS, min_size=1, max_size=8), after=st.text(LETTERS, max_size=12))
def test_words_that_moved_are_found_again(before: str, words: str, after: str) -> None:
    text = before + words + after
    start = len(before)
    selectors = [
        {"type": "TextQuoteSelector", "exact": words, "prefix": before, "suffix": after},
        {"type": "TextPositionSelector", "start": start, "end": start + len(words)},
    ]
    assert find_target(selectors, text) == ((start, start + len(words)),)
    later = "☃☃☃" + text  # no letter that is drawn
    moved = find_target(selectors, later)
    assert (start + 3, start + 3 + len(words)) in moved
    assert all(later[a:b] == words for a, b in moved)


def test_several_places_that_fit_are_all_meant_and_none_is_none() -> None:
    quoted = [{"type": "TextQuoteSelector", "exact": "ab", "prefix": "-", "suffix": "-"}]
    assert find_target(quoted, "-ab-ab-") == ((1, 3), (4, 6))
    assert find_target(quoted, "xyz") == ()
    assert find_target([{"type": "TextPositionSelector", "start": 2, "end": 90}], "short") == ()


def test_another_file_is_refused() -> None:
    with pytest.raises(InputError, match="no file of Web Annotations"):
        read_annotations(b"hello", {})


def test_a_text_that_is_not_at_hand_gives_nothing(parcel: Parcel) -> None:
    assert read_annotations(write_annotations(parcel, TERMS).data, {}) == ()
