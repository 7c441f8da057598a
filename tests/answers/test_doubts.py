"""Which facts are in doubt, why, and in what order a person is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from made_documents import arabic_document, english_document, french_document, make_document, quote
from mithaq.answers.doubts import find_doubts, find_orphans, weigh_doubt
from mithaq.model import Document, Event, Indicator, Pair, Statement
from mithaq.model.fact import Fact, list_facts
from mithaq.model.judgement import Judgement
from mithaq.store import Capture, Filter, MadeBy, SqlStore, open_store

WORDS = "Kenya and Oman agreed on a cable"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "mithaq.sqlite") as opened:
        yield opened


def put(store: SqlStore, *documents: Document) -> None:
    for document in documents:
        store.put(document, Capture(hash=document.id, file="x.gz", added="2024-01-01T00:00:00+00:00"), MadeBy("1", "1"))


def judge(store: SqlStore, fact: Fact, verb: Any) -> None:
    store.judge(Judgement(subject=fact.key, verb=verb, by="Amal", at="2025-01-01T00:00:00+00:00", quote=fact.evidence.quote))


def doubt_of(value: object, **fields: object) -> tuple[float, tuple[str, ...]]:
    layer = {Event: "events", Statement: "statements", Indicator: "indicators"}[type(value)]  # type: ignore[index]
    page = make_document("Title", f"{WORDS}.", published="2025-06-10", relevant=True, **{layer: (value,), **fields})
    return weigh_doubt(page, next(fact for fact in list_facts(page) if fact.layer == layer))


def evidence() -> Any:
    return quote(make_document("Title", f"{WORDS}.").text, WORDS)


def event(**fields: Any) -> Event:
    return Event(**({"type": "meeting", "stage": "held", "date": "2025-06-09", "parties": ("KE", "OM"), "evidence": evidence()} | fields))


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (event(why="verb signed; weights 0.512"), "the machine is 51 % sure"),
        (event(date=None), "no date"),
        (event(parties=("KE",)), "fewer than two parties"),
        (event(type="agreement", stage=None), "no stage"),
        (event(stage="planned", date="2025-03"), "planned, yet dated before its page"),
        (event(date="2025-09-01"), "not planned, yet dated after its page"),
        (event(date="2025-06-09", date_end="2025-06-01"), "ends before it begins"),
        (event(place_country="CH"), "in a third country"),
        (Statement(kind="need", country="KE", toward="KE", evidence=evidence()), "said to itself"),
        (Statement(kind="commitment", country="KE", due="2024", evidence=evidence()), "due before its page was published"),
        (Statement(kind="need", evidence=evidence()), "no country"),
        (Indicator(name="x", value=140, unit="%", country="KE", evidence=evidence()), "more than 100 %"),
        (Indicator(name="x", value=1, unit="rank", country="KE", year=2030, evidence=evidence()), "for a year to come"),
        (Indicator(name="x", value=1, unit="rank", country="KE", evidence=evidence()), "nobody cited for it"),
    ],
)
def test_what_is_unsure_open_or_at_odds_is_in_doubt(value: object, reason: str) -> None:
    score, reasons = doubt_of(value)
    assert reason in reasons and 0 < score <= 1


def test_a_plain_event_is_not_in_doubt() -> None:
    assert doubt_of(event()) == (0, ())
    assert doubt_of(event(stage="planned", date="2025-06", why="0.97"))[1] == ("the machine is 97 % sure",)
    assert doubt_of(event(place_country="OM", date="2025-06-10")) == (0, ())


def figure(value: float, published: str) -> Document:
    title, body = f"Title {published}", f"{WORDS} {value}."
    words = quote(make_document(title, body).text, WORDS)
    indicator = Indicator(name="Cyber index", value=value, unit="points", country="OM", year=2024, publisher="ITU", evidence=words)
    return make_document(title, body, published=published, relevant=True, relevance=0.99, indicators=(indicator,), lang="en")


def test_pages_that_contradict_each_other_are_told(store: SqlStore) -> None:
    put(store, figure(97.5, "2025-01-01"), figure(79.5, "2025-01-02"), figure(97.5, "2025-01-03"))
    found = find_doubts(store, layers=["indicators"])
    assert [(d.fact.value.value, d.reasons) for d in found] == [  # type: ignore[union-attr]
        (97.5, ("other pages say 79.5",)), (79.5, ("other pages say 97.5",)), (97.5, ("other pages say 79.5",)),
    ]  # fmt: skip


def test_what_matters_most_is_asked_first(store: SqlStore) -> None:
    document = make_document("Title", f"{WORDS}. Kenya needs help.", relevant=True, relevance=0.5, published="2025-06-10")
    words, need = quote(document.text, WORDS), quote(document.text, "Kenya needs help")
    page = replace(
        document,
        events=(event(evidence=words, why="0.50"), event(evidence=words, parties=("KE",), why="0.50", type="visit")),
        statements=(Statement(kind="appraisal", evidence=need, why="0.50"), Statement(kind="need", evidence=need, why="0.50")),
        pairs=(Pair("KE", "OM", words),),
    )
    put(store, page)
    kinds = [d.fact.kind for d in find_doubts(store)]
    assert kinds == ["page", "event.meeting:KE-OM", "statement.need", "event.visit:KE", "statement.appraisal"]
    worths = [d.worth for d in find_doubts(store)]
    assert worths == sorted(worths, reverse=True)


def test_who_asks_may_narrow_it_down(store: SqlStore) -> None:
    put(store, arabic_document(), french_document(), english_document())
    every = find_doubts(store, least=0.0)
    assert len(every) == sum(len(list_facts(d)) for d in store.documents() if d.relevant)
    assert {d.document.lang for d in find_doubts(store, least=0.0, wanted=Filter(pair=("EE", "RW")))} == {"en"}
    assert {d.fact.layer for d in find_doubts(store, least=0.0, layers=["people"])} == {"people"}
    assert len(find_doubts(store)) < len(every)
    assert all(d.document.text[d.proof.start : d.proof.end] == d.proof.quote for d in every)


def test_the_judged_are_not_asked_again_unless_somebody_was_unsure(store: SqlStore) -> None:
    put(store, english_document())
    first, second, third = (d.fact for d in find_doubts(store, least=0.0)[:3])
    judge(store, first, "reject")
    judge(store, second, "unsure")
    left = [d.fact.key for d in find_doubts(store, least=0.0)]
    assert first.key not in left and second.key not in left and third.key in left
    again = {d.fact.key: d.before for d in find_doubts(store, least=0.0, unsure=True)}
    assert first.key not in again and (before := again[second.key]) is not None and before.by == "Amal"
    assert [d.fact.key for d in find_doubts(store, unsure=True) if d.before] == [second.key]


def test_a_page_that_is_not_for_us_is_only_asked_as_a_whole(store: SqlStore) -> None:
    put(store, english_document(relevant=False, relevance=0.4))
    assert [d.fact.layer for d in find_doubts(store, least=0.0)] == ["page"]


def test_decisions_on_facts_that_are_gone_are_orphans(store: SqlStore) -> None:
    page = english_document()
    put(store, page)
    fact = next(f for f in list_facts(page) if f.layer == "events")
    judge(store, fact, "accept")
    assert find_orphans(store) == []
    store.put(replace(page, events=()), Capture(hash="other", file="x.gz", added=""), MadeBy("2", "1"), replace=True)
    assert [kept.judgement.subject for kept in find_orphans(store)] == [fact.key]
