"""Whatever stands on a page, reading gives a record that keeps the laws, the same one each time, or a refusal that names the page."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.errors import InputError
from mithaq.export.record import check_record, encode_record, write_record
from mithaq.lexicon import load_lexicon
from mithaq.model.vocabulary import SUPPORTING_SEGMENTS
from mithaq.pipeline import read_document

FUZZER = Path(__file__).resolve().parents[2] / "bench" / "fuzz_read.py"
LEXICON = load_lexicon()

# Words that wake the stages, in each language: offices, honorifics, verbs of signing and saying, numbers, months, brackets.
PIECES = {
    "ar": (
        "وزير الاتصالات", "الدكتور", "محمد", "بن", "وقّع", "مذكرة تفاهم", "مع", "نظيره الكيني", "قال إن", "المغرب", "وبالغابون", "في الرباط",
        "يوم", "الثلاثاء", "3 مارس 2024", "97,5", "%", "المرتبة", "الخامسة", "وزارة", "(ITU)", "بحاجة إلى", "برنامج", "«", "»", "،",
    ".", "\n", "\n\n",
        "اقرأ أيضا:", "مليون", "دولار", "من جانبه", "،", "الأمن السيبراني", "و", "ل",
    ),
    "fr": (
        "le ministre", "de l’Économie numérique", "M.", "Jean", "Dupont", "a signé", "un mémorandum d’entente", "avec",
    "son homologue kényan",
        "a déclaré que", "le Maroc", "à Rabat", "mardi", "3 mars 2024", "97,5 %", "la 5e place", "(UIT)", "a besoin de", "programme",
    "«", "»", ",",
        ".", "\n", "\n\n", "Lire aussi :", "millions de dollars", "pour sa part", "cybersécurité", "d’", "l’",
    ),
    "en": (
        "the minister of", "ICT", "Dr.", "John", "Smith", "signed", "an MoU", "with", "his Kenyan counterpart", "said that",
    "Morocco", "in Rabat",
        "on Tuesday", "3 March 2024", "97.5%", "ranked", "5th", "(ITU)", "needs", "programme", "“", "”", ",", ".", "\n", "\n\n",
    "Read also:", "million",
        "$", "for his part", "cybersecurity", "'s", "of", "the",
    ),
}  # fmt: skip
TAGS = (
    "<p>", "</p>", "<div", ">", "<article>", "</article>", "<h1>", "</h1>", "<table><tr><td>", "<script>", "</script>", "<!--", "-->",
    "&amp;",
    "&#xD800;", "<figure><figcaption>", "<time>", "<a href=x>", "\0", "]]>", "<![CDATA[",
)  # fmt: skip
SENTENCE = "Le ministre marocain a signé mardi à Rabat un accord avec son homologue kényan."


def read(data: bytes, path: str = "page.txt", sidecar: bytes | None = None) -> bytes | None:
    """Read a page twice and check its record; None for a refusal that says what and where."""
    try:
        document = read_document(data, path=path, sidecar=sidecar, lexicon=LEXICON)
    except InputError as error:
        assert str(error).startswith(path) and ";" in str(error), "a refusal names the page and the next step"
        return None
    check_record(document)
    assert_evidence(write_record(document), document.text)
    furniture = {i for s in document.segments if s.kind not in SUPPORTING_SEGMENTS for i in range(s.start, s.end)}
    for statement in document.statements:
        assert furniture.isdisjoint(range(statement.evidence.start, statement.evidence.end))
    record = encode_record(document)
    assert encode_record(read_document(data, path=path, sidecar=sidecar, lexicon=LEXICON)) == record
    return record


def assert_evidence(node: Any, text: str) -> None:
    if isinstance(node, dict):
        if {"start", "end", "quote"} <= node.keys():
            assert text[node["start"] : node["end"]] == node["quote"]
        for value in node.values():
            assert_evidence(value, text)
    elif isinstance(node, list | tuple):
        for value in node:
            assert_evidence(value, text)


@pytest.mark.parametrize("lang", sorted(PIECES))
def test_any_order_of_telling_words(lang: str) -> None:
    @settings(max_examples=80)
    @given(st.lists(st.sampled_from(PIECES[lang]), min_size=1, max_size=60).map(" ".join))
    def check(text: str) -> None:
        read(text.encode())

    check()


@settings(max_examples=150)
@given(st.text(max_size=400))
def test_any_text(text: str) -> None:
    read(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=150)
@given(st.binary(max_size=400), st.sampled_from(["page.txt", "page.html", "https://a.example/1"]))
def test_any_bytes(data: bytes, path: str) -> None:
    read(data, path)


@settings(max_examples=100)
@given(st.lists(st.sampled_from((*TAGS, *PIECES["fr"], *PIECES["ar"])), max_size=80))
def test_any_markup(pieces: list[str]) -> None:
    read(("<!doctype html><html><body>" + " ".join(pieces)).encode(), "page.html")


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["url", "outlet", "published", "retrieved", "charset", "invented"]),
        st.none() | st.booleans() | st.integers() | st.text(max_size=30) | st.sampled_from(["2025-02-31", "http://[", "hex", "utf-16"]),
    )
)
def test_any_sidecar(known: dict[str, Any]) -> None:
    assert read(SENTENCE.encode(), sidecar=json.dumps(known).encode()) is not None


def test_mutated_pages_do_not_break_it() -> None:
    fuzzer = runpy.run_path(str(FUZZER))["run"](150, seed=20_241)
    assert [crash.what for crash in fuzzer.crashes] == []
    assert fuzzer.read > 90 and fuzzer.facts > 300  # most pages still say something, so this is no test of refusals


def test_a_mutated_page_is_the_same_page_again() -> None:
    module = runpy.run_path(str(FUZZER))
    pages = module["load_pages"]()
    assert module["mutate"](17, 4, pages) == module["mutate"](17, 4, pages) != module["mutate"](18, 4, pages)
