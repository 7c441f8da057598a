"""Proofs: the words behind a line, inside their sentence."""

from __future__ import annotations

from hypothesis import given

from drawn_documents import drawn_documents
from made_documents import make_document, quote
from mithaq.answers.sources import CONTEXT_CHARACTERS, Sources, find_sentence, prove
from mithaq.model import Document


def test_a_proof_carries_its_sentence_and_no_more() -> None:
    page = make_document("عنوان", "بدأ اللقاء صباحا. وقع الطرفان مذكرة في مسقط. ثم انصرف الوفد.")
    proof = prove(page, quote(page.text, "مذكرة"), 1)
    assert proof.sentence == "وقع الطرفان مذكرة في مسقط."
    assert not proof.cut_before and not proof.cut_after


def test_an_endless_sentence_is_cut_and_says_so() -> None:
    page = make_document("t", "كلمة " * 200 + "هنا" + " كلمة" * 200)
    proof = prove(page, quote(page.text, "هنا"), 1)
    assert proof.cut_before and proof.cut_after
    assert len(proof.before) <= CONTEXT_CHARACTERS and len(proof.after) <= CONTEXT_CHARACTERS


def test_sources_are_numbered_by_date_and_those_without_a_date_come_last() -> None:
    pages = [make_document("c", "x y z"), make_document("b", "x y", published="2025-01-01"), make_document("a", "x", published="2024")]
    sources = Sources([*pages, pages[0]])
    assert [(s.number, s.title) for s in sources.list] == [(1, "a"), (2, "b"), (3, "c")]


@given(drawn_documents())
def test_the_sentence_always_holds_the_quote(document: Document) -> None:
    for person in document.people:
        for mention in person.mentions:
            first, last = find_sentence(document.text, document.sentences, mention.start, mention.end)
            assert 0 <= first <= mention.start < mention.end <= last <= len(document.text)
