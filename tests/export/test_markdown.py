"""The dossier as Markdown: the same lines, nothing in a page can act on the document."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.test_briefing import hostile_document
from made_documents import arabic_document, english_document, french_document
from mithaq.answers.dossier import build_dossier
from mithaq.export.markdown import escape_markdown, write_markdown
from mithaq.export.messages import Messages
from mithaq.export.outline import outline_dossier
from mithaq.model import Document
from mithaq.model.vocabulary import LANGUAGES, Language


def test_every_line_has_its_sentence_with_the_proof_in_bold_and_its_source() -> None:
    text = write_markdown(build_dossier([arabic_document(), french_document()], ("OM", "DJ")), "en")
    assert "- **3 March 2024 · Meeting · Held · Muscat (Oman)**" in text
    assert "وقالت حواء عثمان إن **جيبوتي بحاجة إلى خبرة في حماية الشبكات**، ووعد" in text
    assert "1. جيبوتي وعُمان تبحثان التعاون الرقمي — sahil.example" in text and "<https://sahil.example/om-dj>" in text


def test_arabic_runs_from_the_right() -> None:
    text = write_markdown(build_dossier([arabic_document()], ("OM", "DJ")), "ar")
    assert text.startswith('<div dir="rtl">\n\n# عُمان وجيبوتي') and text.endswith("</div>\n")


def test_hostile_pages_stay_words() -> None:
    text = write_markdown(build_dossier([hostile_document()], ("OM", "DJ")), "en")
    assert "<script" not in text.replace("\\<script", "") and "<img" not in text.replace("\\<img", "")
    assert "javascript:" not in text


def test_an_empty_dossier_says_so() -> None:
    text = write_markdown(build_dossier([], ("MA", "OM")), "en")
    assert "No page at hand shows Morocco and Oman together" in text and "##" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_outline_has_the_sections_of_the_html(lang: Language, gold_documents: tuple[Document, ...]) -> None:
    dossier = build_dossier(gold_documents, ("JO", "MR"))
    sections = outline_dossier(dossier, Messages(lang))
    assert [s.name for s in sections][:4] == ["glance", "exchange", "timeline", "agreements"]
    shown = {proof.quote for s in sections for g in s.groups for e in g.entries for proof in e.proofs}
    assert {line.proofs[0].quote for line in (*dossier.statements, *dossier.figures, *dossier.timeline)} <= shown


def test_undated_events_show_the_words_of_the_text() -> None:
    text = write_markdown(build_dossier([english_document()], ("EE", "RW")), "en")
    assert "in the text: “on Tuesday”" in text


@given(st.text(max_size=30))
def test_escaping_leaves_one_line_on_which_nothing_acts(text: str) -> None:
    escaped = escape_markdown(text)
    assert len(escaped.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>|]", escaped)
