"""Laws 1, 2 and 7: every quote is what stands there, no fact is without words, and no fact rests on furniture."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import EvidenceError
from mithaq.export.record import write_record
from mithaq.model import Body, Document, Event, Evidence, Group, Indicator, Pair, Part, Person, Programme, Span, Statement
from mithaq.model.vocabulary import SUPPORTING_SEGMENTS

FACTS = ("people", "bodies", "programmes", "events", "statements", "indicators")


def evidence_in(node: Any) -> list[dict[str, Any]]:
    """Return every evidence anywhere in a record."""
    if isinstance(node, dict):
        own = [node] if {"start", "end", "quote"} <= node.keys() else []
        return own + [found for value in node.values() for found in evidence_in(value)]
    if isinstance(node, list | tuple):
        return [found for value in node for found in evidence_in(value)]
    return []


def test_every_quote_is_what_stands_there(corpus_documents: tuple[Document, ...]) -> None:
    wrong, seen = [], 0
    for document in corpus_documents:
        for evidence in evidence_in(write_record(document)):
            seen += 1
            if document.text[evidence["start"] : evidence["end"]] != evidence["quote"]:
                wrong.append((document.path, evidence))
    assert wrong == []
    assert seen > 1000  # forty pages without evidence would pass in silence


def test_no_fact_rests_on_furniture(corpus_documents: tuple[Document, ...]) -> None:
    wrong, marked = [], 0
    for document in corpus_documents:
        furniture = {i for s in document.segments if s.kind not in SUPPORTING_SEGMENTS for i in range(s.start, s.end)}
        marked += bool(furniture)
        record = write_record(document)
        for layer in FACTS:
            found = evidence_in(record[layer])
            wrong += [(document.path, layer, e["quote"]) for e in found if not furniture.isdisjoint(range(e["start"], e["end"]))]
    assert wrong == []
    assert marked > len(corpus_documents) / 2  # a reader that sees no furniture would pass in silence


def test_offsets_stay_inside_the_text(corpus_documents: tuple[Document, ...]) -> None:
    for document in corpus_documents:
        for span in (*document.segments, *document.stories, *document.tokens, *document.sentences):
            assert 0 <= span.start <= span.end <= len(document.text), (document.path, span)


WITHOUT = [
    (Event, {"type": "meeting"}),
    (Statement, {"kind": "need"}),
    (Indicator, {"name": "rank", "value": 1.0, "unit": "rank"}),
    (Group, {"words": "ten engineers"}),
    (Pair, {"a": "MA", "b": "OM"}),
    (Part, {"name": "Somebody", "role": "host"}),
]


@pytest.mark.parametrize(("structure", "fields"), WITHOUT, ids=lambda value: getattr(value, "__name__", ""))
def test_a_fact_without_evidence_cannot_be_made(structure: Any, fields: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        structure(**fields)
    for nothing in (None, "", {}, "the words"):
        with pytest.raises(EvidenceError):
            structure(**fields, evidence=nothing)
    assert structure(**fields, evidence=Evidence(0, 5, "words"))


@pytest.mark.parametrize(("structure", "fields"), [(Person, {}), (Body, {"kind": "company"}), (Programme, {})])
def test_a_name_without_a_mention_cannot_be_made(structure: Any, fields: dict[str, Any]) -> None:
    for name, mentions in (("Somebody", ()), ("  ", (Evidence(0, 5, "words"),))):
        with pytest.raises(EvidenceError):
            structure(name=name, mentions=mentions, **fields)


@given(st.text(max_size=60), st.integers(-5, 70), st.integers(-5, 70))
def test_evidence_is_exactly_as_long_as_its_span(text: str, start: int, end: int) -> None:
    quote = text[max(start, 0) : max(end, 0)]
    if 0 <= start < end <= len(text):
        assert Evidence(start, end, quote).stands_in(text)
        with pytest.raises(EvidenceError):
            Evidence(start, end, quote + "x")
    else:
        with pytest.raises(EvidenceError):
            Evidence(start, end, quote)
        if start < 0 or end < start:
            with pytest.raises(EvidenceError):
                Span(start, end)
