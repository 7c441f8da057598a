"""Lists, ledger, figures and the look over a workspace: every line with its words, the same numbers everywhere."""

from __future__ import annotations

from typing import Any

import pytest

from mithaq.answers.browse import list_figures, list_reported_events, list_statements
from mithaq.answers.claims import find_conflicts, list_claims
from mithaq.answers.ledger import build_ledger
from mithaq.answers.lines import FigureLine
from mithaq.answers.overview import Month, fill_months, look_over
from mithaq.answers.sources import Proof
from mithaq.errors import QuestionError
from mithaq.model import Document
from mithaq.store import Capture, MadeBy, Narrow, SqlStore, open_store
from mithaq.store.browse import Tally


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, gold_documents: tuple[Document, ...]) -> Any:
    with open_store(tmp_path_factory.mktemp("lists") / "mithaq.sqlite") as opened:
        for n, document in enumerate(gold_documents):
            opened.put(document, Capture(hash=str(n), file="f", added="now"), MadeBy("1", "2"))
        yield opened


def stands(listing: Any, store: SqlStore) -> None:
    """Every proof is what stands in the page that its source names."""
    for line in listing.lines:
        for proof in line.proofs:
            source = listing.source_of(proof)
            assert source.document == proof.document
            assert store.document(proof.document).text[proof.start : proof.end] == proof.quote


def test_statements_in_stretches(store: SqlStore, gold_documents: tuple[Document, ...]) -> None:
    needs = [s for d in gold_documents for s in d.statements if s.kind == "need"]
    seen, after = [], None
    while True:
        listing = list_statements(store, Narrow(kind="need"), limit=5, after=after)
        stands(listing, store)
        seen += listing.lines
        after = listing.after
        if after is None:
            break
    assert {line.proofs[0].quote for line in seen} == {s.evidence.quote for s in needs}
    assert all(line.kind == "need" for line in seen)


def test_events_by_page(store: SqlStore) -> None:
    reported = list_reported_events(store, Narrow(), limit=6)
    stands(reported, store)
    newest = store.browse("events", Narrow(), limit=1).rows[0]
    assert reported.lines[0].proofs[0].document == newest["source"]
    every = list_reported_events(store, Narrow(country="JO"), limit=200)
    assert all("JO" in line.parties for line in every.lines)
    assert any(len(line.proofs) > 1 for line in every.lines)  # told by several pages, shown once


def test_the_ledger_puts_needs_beside_offers(store: SqlStore) -> None:
    plain = build_ledger(store)
    assert plain.exchanges == () and plain.balances[0].needs and plain.balances[0].offers
    for balance in plain.balances:
        assert balance.needs == store.count("statements", Narrow(kind="need", topic=balance.topic, relevant=True))
    ledger = build_ledger(store, country="MR")
    (needs, offered), (wanted, offers) = ledger.exchanges
    assert {line.country for line in needs.lines.lines} == {"MR"} == {line.country for line in offers.lines.lines}
    assert "MR" not in {line.country for line in (*offered.lines.lines, *wanted.lines.lines)}
    assert needs.total == store.count("statements", needs.question)
    narrow = build_ledger(store, topic="cybersecurity")
    assert all("cybersecurity" in line.topics for column in narrow.exchanges[0] for line in column.lines.lines)
    with pytest.raises(QuestionError):
        build_ledger(store, topic="poetry")


def figure(value: float, **fields: Any) -> FigureLine:
    proof = Proof(source=1, document="x", start=0, end=1, quote="x")
    told: dict[str, Any] = {"name": "Rank", "value": value, "unit": "rank", "country": "MA", "year": 2024}
    return FigureLine(**({"key": "f", "proofs": (proof,)} | told | fields))


def test_figures_that_contradict_each_other(store: SqlStore) -> None:
    [conflict] = find_conflicts((figure(5), figure(7), figure(7, country="OM"), figure(8, year=2020)))
    assert (conflict.country, conflict.year) == ("MA", 2024) and [line.value for line in conflict.lines] == [5, 7]
    assert find_conflicts((figure(5), figure(5), figure(6, group="Arab states"), figure(7, comparator=">="))) == ()
    assert find_conflicts((figure(5, country=None), figure(6, country=None))) == ()
    assert find_conflicts((figure(5, unit="count", year=None), figure(6, unit="count", year=None))) == ()
    name = str(store.tally_figures(Narrow())[0]["name"])
    claims = list_claims(store, name)
    stands(claims.listing, store)
    assert {line.name for line in claims.listing.lines} == {name}
    assert list_figures(store, Narrow(), limit=3).after


def test_the_look_over_a_workspace(store: SqlStore, gold_documents: tuple[Document, ...]) -> None:
    seen = look_over(store)
    ours = [d for d in gold_documents if d.relevant]
    assert seen.counts["documents"] == len(ours) and seen.counts["all_pages"] == len(gold_documents)
    assert seen.counts["statements"] == sum(len(d.statements) for d in ours)
    assert sum(month.n for month in seen.months) == sum(bool(d.published) and len(str(d.published)) >= 7 for d in ours)
    assert all(line.kind == "commitment" for line in seen.commitments.lines) and seen.pairs[0]["a"] == "JO"


def test_months_run_without_a_gap() -> None:
    months = fill_months([Tally("2024-02", 3), Tally("2023-11", 1), Tally("2024-13", 9), Tally(None, 4)])
    assert months == (Month("2023-11", 1), Month("2023-12", 0), Month("2024-01", 0), Month("2024-02", 3))
    assert fill_months([]) == ()
    assert len(fill_months([Tally("1990-01", 1), Tally("2024-02", 3)])) == 36
