"""Long lists in stretches: nothing twice, nothing lost, in order; filters and counts say the same as the pages themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mithaq.errors import QuestionError
from mithaq.model import Document
from mithaq.store import Capture, MadeBy, SqlStore, open_store
from mithaq.store.browse import FACTS, Narrow
from mithaq.store.search import read_query

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, gold_documents: tuple[Document, ...]) -> Any:
    with open_store(tmp_path_factory.mktemp("browse") / "mithaq.sqlite") as opened:
        for n, document in enumerate(gold_documents):
            opened.put(document, Capture(hash=str(n), file="f", added=f"2026-01-{n + 1:02d}"), MadeBy("1", "2"))
        yield opened


def whole(store: SqlStore, what: str, narrow: Narrow, limit: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    after = None
    for _ in range(1000):
        stretch = store.browse(what, narrow, limit=limit, after=after)
        rows += stretch.rows
        after = stretch.after
        if after is None:
            return rows
        assert len(stretch.rows) == limit
    raise AssertionError("the list never ends")


@pytest.mark.parametrize("what", ["documents", *FACTS])
@pytest.mark.parametrize("limit", [1, 7, 1000])
def test_stretches_join_to_the_whole_list_in_order(store: SqlStore, what: str, limit: int) -> None:
    rows = whole(store, what, Narrow(), limit)
    keys = [(row["page"], row["n"]) for row in rows]
    assert len(set(keys)) == len(keys) == store.count(what, Narrow()) > 10
    dates = [row["published"] for row in rows]
    dated = [date for date in dates if date]
    assert dated == sorted(dated, reverse=True) and dates[len(dated) :] == [None] * (len(dates) - len(dated))


def test_filters_find_what_the_pages_say(store: SqlStore, gold_documents: tuple[Document, ...]) -> None:
    def statements(**asked: Any) -> int:
        return len(whole(store, "statements", Narrow(**asked), 50))

    every = [(d, s) for d in gold_documents for s in d.statements]
    assert statements(country="MR") == sum(s.country == "MR" for _, s in every) > 0
    assert statements(kind="need", topic="cybersecurity") == sum(s.kind == "need" and "cybersecurity" in s.topics for _, s in every)
    assert statements(others="MR") == sum(s.country not in (None, "MR") for _, s in every) > 0
    assert statements(toward="JO") == sum(s.toward == "JO" for _, s in every)
    assert statements(lang="fr") == sum(d.lang == "fr" for d, _ in every) > 0
    assert statements(relevant=True) == sum(d.relevant for d, _ in every)
    assert statements(pair=("MR", "JO")) == sum(any((p.a, p.b) == ("JO", "MR") for p in d.pairs) for d, _ in every) > 0
    assert statements(since="2026-03", until="2026-07") == sum("2026-03" <= (d.published or "") < "2026-08" for d, _ in every) > 0
    nameless = sum(d.outlet is None for d in gold_documents)
    assert len(whole(store, "documents", Narrow(outlet=""), 50)) == nameless > 0
    events = [e for d in gold_documents for e in d.events]
    assert store.count("events", Narrow(country="JO", kind="agreement")) == sum(
        "JO" in e.parties and e.type == "agreement" for e in events
    )


def test_a_count_stops_where_it_is_told_to(store: SqlStore) -> None:
    assert store.count("statements", Narrow(), most=5) == 5
    assert store.count_found(read_query("تعاون"), Narrow(), most=1) == 1


@pytest.mark.parametrize("by", ["lang", "outlet", "country", "topic", "year", "month"])
def test_tallies_agree_with_the_lists_behind_them(store: SqlStore, by: Any) -> None:
    tallies = store.tally(by, Narrow())
    assert tallies
    for tally in tallies:
        if tally.value is None and by != "outlet":
            continue
        asked = {
            "year": {"since": tally.value, "until": tally.value},
            "month": {"since": tally.value, "until": tally.value},
            "outlet": {"outlet": tally.value or ""},
        }.get(by, {by: tally.value})
        # A page known only to the year may lie in any of its months; it is no page of one month.
        if by != "month" or not any(t.value and len(t.value) == 4 for t in tallies):
            assert store.count("documents", Narrow(**asked)) == tally.n, tally


def test_tallies_of_pairs_names_topics_and_figures(store: SqlStore, gold_documents: tuple[Document, ...]) -> None:
    pairs = store.tally_pairs(Narrow(relevant=True))
    counts = [int(pair["pages"] or 0) for pair in pairs]
    assert (pairs[0]["a"], pairs[0]["b"]) == ("JO", "MR") and counts == sorted(counts, reverse=True)
    assert all("DJ" in (p["a"], p["b"]) for p in store.tally_pairs(Narrow(country="DJ")))
    assert store.tally_pairs(Narrow(), limit=2, offset=1) == store.tally_pairs(Narrow())[1:3]
    names = store.tally_entities("people", Narrow())
    assert sum(int(row["pages"] or 0) for row in names) >= len(names) > 5
    first = str(names[0]["name"])
    assert first in [row["name"] for row in store.tally_entities("people", Narrow(name=first))]
    topics = store.tally_topics(("need", "offer"), Narrow())
    assert sum(counts["need"] for counts in topics.values()) == sum(
        len(set(s.topics)) for d in gold_documents for s in d.statements if s.kind == "need"
    )
    figures = store.tally_figures(Narrow(), limit=1000)
    assert sum(int(row["claims"] or 0) for row in figures) == sum(len(d.indicators) for d in gold_documents)
    told = {i.name: (i.publisher or i.unit in ("rank", "points")) for d in gold_documents for i in d.indicators}
    several = {row["name"] for row in figures if int(row["claims"] or 0) > 1}
    compared = {row["name"] for row in store.tally_figures(Narrow(), compared=True, limit=1000)}
    assert several <= compared <= several | {name for name, of_a_list in told.items() if of_a_list}
    with pytest.raises(QuestionError, match="have no names"):
        store.tally_entities("events", Narrow())


def test_outlets_and_what_came_last(store: SqlStore, gold_documents: tuple[Document, ...]) -> None:
    outlets = store.outlets()
    assert sum(int(row["pages"] or 0) for row in outlets) == len(gold_documents)
    facts = sum(len(d.events) + len(d.statements) + len(d.indicators) for d in gold_documents)
    assert sum(int(row["facts"] or 0) for row in outlets) == facts
    latest = store.latest(3)
    assert len(latest) == 3 and all(row["relevant"] for row in latest)
    assert [row["n"] for row in latest] == sorted((row["n"] for row in latest), reverse=True)


def test_search_in_a_corner(store: SqlStore) -> None:
    terms = read_query("التعاون")
    every = store.search("التعاون", limit=100)
    assert store.count_found(terms, Narrow()) == len(every) > 1
    assert [h.id for h in store.search_in("التعاون", Narrow(), limit=1, offset=1)] == [every[1].id]
    assert {h.lang for h in store.search_in("التعاون", Narrow(lang="ar"))} == {"ar"}
    assert sum(t.n for t in store.tally("lang", Narrow(), terms=terms)) == len(every)


@pytest.mark.parametrize("after", ["", "x", "2026~1", "2026-99~1~1", "2026~a~b", "2026~1~2~3"])
def test_a_wrong_cursor_is_a_wrong_question(store: SqlStore, after: str) -> None:
    with pytest.raises(QuestionError):
        store.browse("statements", Narrow(), after=after)


def test_wrong_questions_are_refused(store: SqlStore) -> None:
    for wrong in ({"since": "soon"}, {"until": "2024-13"}, {"topic": "poetry"}):
        with pytest.raises(QuestionError):
            Narrow(**wrong)  # type: ignore[arg-type]
    with pytest.raises(QuestionError, match="no list"):
        store.browse("sqlite_master", Narrow())


def test_a_reader_cannot_write_and_sees_what_others_write(tmp_path: Path, gold_documents: tuple[Document, ...]) -> None:
    from mithaq.errors import StoreError

    path = tmp_path / "mithaq.sqlite"
    with open_store(path) as writer, open_store(path, read_only=True) as reader:
        state = reader.state()
        writer.put(gold_documents[0], Capture(hash="1", file="f", added="now"), MadeBy("1", "2"))
        assert reader.state() != state and reader.count("documents", Narrow()) == 1
        with pytest.raises(StoreError):
            reader.withdraw("https://example.org/", "now")
