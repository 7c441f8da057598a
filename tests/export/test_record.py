"""The record has the fields of the contract, its words are the page's, and what breaks a law of evidence is refused."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from msgspec.structs import replace

from drawn_documents import drawn_documents, patiently
from made_documents import arabic_document, english_document, quote
from mithaq.errors import EvidenceError
from mithaq.export.record import check_record, encode_record, write_record
from mithaq.model import Document, Evidence, Indicator, Person, Segment, Span, Statement

# Every field that the contract names, and that the reference scorer or other programs read.
CONTRACT = {
    "schema_version", "path", "id", "lang", "outlet", "agency", "section", "title", "published", "published_basis", "rights", "segments",
    "relevant", "relevance", "pairs", "people", "bodies", "programmes", "events", "statements", "indicators", "topics",
}  # fmt: skip
FACTS = {
    "people": {"name", "country", "role", "body", "mentions"},
    "bodies": {"name", "kind", "country", "mentions"},
    "programmes": {"name", "country", "part_of", "mentions"},
    "events": {
        "type", "stage", "parties", "people", "bodies", "roles", "place", "place_country", "date", "date_end", "date_basis", "date_text",
        "groups", "modality", "amount", "topics", "digital", "evidence",
    },
    "statements": {
        "kind", "speaker", "country", "on_behalf_of", "toward", "reported", "deliverable", "due", "amount", "topics", "evidence",
    },
    "indicators": {
        "name", "publisher", "value", "unit", "comparator", "country", "year", "group", "claimant", "evidence",
    },
}  # fmt: skip


def record_of(document: Document) -> dict[str, Any]:
    return json.loads(encode_record(document))


def test_the_record_has_every_field_of_the_contract() -> None:
    record = record_of(arabic_document())
    assert record.keys() >= CONTRACT
    assert record["schema_version"] == 1
    for layer, fields in FACTS.items():
        assert record[layer], layer
        for fact in record[layer]:
            assert fact.keys() >= fields
            assert "why" in fact
    assert record["pairs"] == [["DJ", "OM"]]
    assert record["segments"][0].items() >= {"start": 0, "end": 35, "kind": "title"}.items()
    assert record["statements"][1]["amount"] == {"value": 2e6, "currency": "USD"}
    assert record["events"][0]["roles"][0].keys() == {"name", "role", "evidence"}
    assert record["events"][0]["groups"][0].keys() == {"words", "size", "approximate", "country", "evidence"}
    assert record["url"] == "https://sahil.example/om-dj"
    assert record["invented"] is True


def test_what_the_page_does_not_say_is_null() -> None:
    record = record_of(english_document())
    assert [record[name] for name in ("outlet", "agency", "section", "published", "published_basis", "rights", "url")] == [None] * 7
    assert record["events"][0]["date"] is None
    assert record["events"][0]["date_text"] == "on Tuesday"


def test_stories_stand_in_the_record_only_when_there_are_several() -> None:
    one, two = (Span(0, 30),), (Span(0, 30), Span(31, 60))
    assert "stories" not in write_record(arabic_document(stories=one))
    assert write_record(arabic_document(stories=two))["stories"] == [[0, 30], [31, 60]]


def test_a_pair_shown_twice_is_one_pair_with_two_proofs() -> None:
    document = arabic_document()
    record = record_of(replace(document, pairs=document.pairs * 2))
    assert record["pairs"] == [["DJ", "OM"]]
    assert len(record["pair_evidence"]) == 2


def evidence_in(node: Any) -> list[dict[str, Any]]:
    """Return every evidence object of a record, as the reference scorer looks for them."""
    if isinstance(node, dict):
        own = [node] if {"start", "end", "quote"} <= node.keys() else []
        return own + [found for value in node.values() for found in evidence_in(value)]
    return [found for value in node for found in evidence_in(value)] if isinstance(node, list) else []


@patiently
@given(drawn_documents())
def test_a_record_is_one_line_whose_every_quote_is_verbatim(document: Document) -> None:
    line = encode_record(document).decode()
    assert line.splitlines() == [line[:-1]]
    record = json.loads(line)
    for evidence in evidence_in(record):
        assert document.text[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert len(record["events"]) == len(document.events)
    assert all(fact["evidence"] for layer in ("events", "statements", "indicators") for fact in record[layer])


@patiently
@given(drawn_documents())
def test_a_document_whose_facts_rest_on_its_body_passes(document: Document) -> None:
    check_record(document)


@patiently
@given(drawn_documents())
def test_the_same_facts_on_furniture_do_not(document: Document) -> None:
    furniture = replace(document, segments=(Segment(0, len(document.text), "related"),))
    facts = [*document.people, *document.bodies, *document.programmes, *document.events, *document.statements, *document.pairs]
    visible = [e for e in evidence_in(msgspec.to_builtins(tuple_to_list(facts))) if e["quote"].strip()]
    if visible or any(i.evidence.quote.strip() for i in document.indicators):
        with pytest.raises(EvidenceError, match="stands in related"):
            check_record(furniture)
    else:
        check_record(furniture)


def tuple_to_list(facts: list[Any]) -> Any:
    return json.loads(msgspec.json.encode(facts))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"id": "0" * 64}, "not that of the text"),
        ({"statements": (Statement(kind="need", evidence=Evidence(3, 7, "none")),)}, r"statements\[0\].evidence: 'none' does not stand"),
        ({"statements": (Statement(kind="need", evidence=Evidence(9000, 9004, "none")),)}, "does not stand"),
        ({"segments": (Segment(0, 10_000, "body"),)}, r"segments\[0\]: 0:10000 lies outside"),
        ({"stories": (Span(0, 10_000),)}, r"stories\[0\]"),
        ({"relevance": float("nan")}, "relevance: nan is no number"),
    ],
)
def test_a_broken_law_is_named_with_its_place(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(EvidenceError, match=message):
        check_record(arabic_document(**changes))


def test_a_fact_in_furniture_is_refused_but_a_date_there_is_not() -> None:
    document = arabic_document()
    there = quote(document.text, "أخبار أخرى")
    with pytest.raises(EvidenceError, match=r"people\[0\].mentions\[0\]: 'أخبار أخرى' stands in related"):
        check_record(replace(document, people=(Person(name="أخبار", mentions=(there,)),)))
    check_record(replace(document, times=(replace(document.times[0], evidence=there),)))


def test_a_fact_that_runs_from_the_body_into_furniture_is_refused() -> None:
    document = arabic_document()
    body = document.segments[1]
    across = Evidence(body.end - 5, body.end + 6, document.text[body.end - 5 : body.end + 6])
    with pytest.raises(EvidenceError, match="stands in related"):
        check_record(replace(document, statements=(Statement(kind="need", evidence=across),)))


def test_furniture_inside_the_body_supports_nothing() -> None:
    document = arabic_document()
    need = document.statements[0].evidence
    inside = (*document.segments, Segment(need.start, need.end, "related", "read also"))
    with pytest.raises(EvidenceError, match="stands in related"):
        check_record(replace(document, segments=inside))


def test_a_fact_may_run_over_the_line_end_between_two_body_segments() -> None:
    document = arabic_document()
    body = document.segments[1]
    newline = document.text.index("\n", body.start)
    lines = (Segment(body.start, newline, "body"), Segment(newline + 1, body.end, "body"))
    across = Evidence(newline - 4, newline + 5, document.text[newline - 4 : newline + 5])
    statement = Statement(kind="need", evidence=across)
    segments = (document.segments[0], *lines, document.segments[2])
    check_record(replace(document, segments=segments, statements=(statement,)))


def test_a_fact_over_two_stories_is_refused() -> None:
    document = arabic_document()
    need = document.statements[0].evidence
    stories = (Span(0, need.start + 3), Span(need.start + 3, len(document.text)))
    with pytest.raises(EvidenceError, match="two stories"):
        check_record(replace(document, stories=stories))


def test_half_a_character_is_refused() -> None:
    with pytest.raises(EvidenceError, match="half a character"):
        check_record(arabic_document(title="\ud800"))


def test_a_figure_without_end_is_refused() -> None:
    document = arabic_document()
    endless = Indicator(name="n", value=float("inf"), unit="%", evidence=document.indicators[0].evidence)
    with pytest.raises(EvidenceError, match=r"indicators\[0\].value"):
        check_record(replace(document, indicators=(endless,)))


def test_gold_pages_make_records_that_keep_the_laws(gold_documents: tuple[Document, ...]) -> None:
    assert gold_documents
    for document in gold_documents:
        text = document.text
        for evidence in evidence_in(record_of(document)):
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
