"""Facts that people add rest on exact words of the article, count in every answer, can be taken back, and outlive every new reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from made_documents import english_document, make_document, quote
from mithaq.answers.decided import look_decided
from mithaq.answers.disputes import find_disputes, last_decisions
from mithaq.answers.doubts import find_orphans
from mithaq.deciding import read_words
from mithaq.errors import ConflictError, EvidenceError, QuestionError
from mithaq.export.record import check_record
from mithaq.model import Document, Statement
from mithaq.model.added import ADDABLE, NEEDED, make_fact, read_said
from mithaq.model.fact import FactLayer, list_facts, show_value, words_of
from mithaq.model.judgement import Judgement
from mithaq.store import Capture, MadeBy, SqlStore, prepare
from mithaq.store.added import add_facts, find_words_again
from mithaq.workspace import Workspace, open_workspace

pytestmark = pytest.mark.usefixtures("database")
BODY = "Oman offered Djibouti twenty servers 😀 on Monday.\nDjibouti said it needs cables, cables and more cables."
PAGE = make_document("Oman and Djibouti talk", BODY, lang="en", path="a.txt", relevant=True)
MADE_BY = MadeBy("1", "1")
SAID: dict[FactLayer, dict[str, str]] = {
    "events": {"type": "meeting", "parties": "Oman, Djibouti", "date": "2026-02-03"}, "statements": {"kind": "offer", "country": "Oman"},
    "indicators": {"name": "servers", "value": "20", "unit": "count"}, "people": {"country": "OM"}, "bodies": {"kind": "company"},
    "programmes": {},
}  # fmt: skip


def capture(document: Document) -> Capture:
    return Capture(hash=document.id, file="x.gz", added="2024-01-01T00:00:00+00:00", path=document.path)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w") as opened:
        store_of(opened).put(PAGE, capture(PAGE), MADE_BY)
        yield opened


def store_of(workspace: Workspace) -> SqlStore:
    assert isinstance(workspace.store, SqlStore)
    return workspace.store


def words(part: str, document: Document = PAGE) -> tuple[int, int, str]:
    evidence = quote(document.text, part)
    return evidence.start, evidence.end, evidence.quote


@pytest.mark.parametrize("layer", ADDABLE)
def test_a_fact_of_each_layer_can_be_added_and_taken_back(workspace: Workspace, layer: FactLayer) -> None:
    fact = workspace.add(PAGE.id, words("twenty servers 😀"), layer, SAID[layer], "Amal", why="read it")
    shown = workspace.store.document(PAGE.id)
    check_record(shown)
    [value] = getattr(shown, layer)
    assert words_of(value).quote == "twenty servers 😀" == shown.text[slice(*words("twenty servers 😀")[:2])]
    assert value.why == "added by Amal" and len(workspace.store.rows(layer)) == 1
    assert [(j.verb, j.by, j.why) for j in shown.judged if j.layer == layer] == [("add", "Amal", "read it")]
    assert find_orphans(workspace.store) == []
    with pytest.raises(QuestionError, match="already"):
        workspace.add(PAGE.id, words("twenty servers 😀"), layer, SAID[layer], "Badr")
    workspace.undo(fact.key, "Amal")
    assert getattr(workspace.store.document(PAGE.id), layer) == () and workspace.store.rows(layer) == []


def test_an_added_event_shows_its_pair_and_may_be_corrected_and_rejected(workspace: Workspace) -> None:
    fact = workspace.add(PAGE.id, words("Oman offered Djibouti twenty servers"), "events", SAID["events"], "Amal")
    assert [(row["a"], row["b"]) for row in workspace.store.rows("pairs")] == [("DJ", "OM")]
    assert [kept.list for h in workspace.store.happenings() for kept in h.sources] == ["events"]
    workspace.correct(fact, [("type", "visit"), ("parties", "Oman")], "Badr", why="one side")
    found = look_decided(workspace.store, fact.key)
    assert found.now and (found.now.value.type, found.now.value.parties) == ("visit", ("OM",))  # type: ignore[union-attr]  # an event
    assert [j.verb for j in found.history] == ["correct", "correct", "add"] and found.seen == 3
    assert workspace.fact(found.now.key) == found.fact
    workspace.judge(fact, "reject", "Badr")
    assert workspace.store.document(PAGE.id).events == () and workspace.store.rows("pairs") == []
    workspace.undo(fact.key, "Badr")
    assert workspace.store.document(PAGE.id).events[0].type == "visit"


@pytest.mark.parametrize(
    ("chosen", "layer", "said", "told"),
    [
        ((0, 4, "Omen"), "statements", {"kind": "offer"}, "do not stand"),
        ((0, 400, "Oman"), "statements", {"kind": "offer"}, "do not stand"),
        ((4, 4, ""), "statements", {"kind": "offer"}, "do not stand"),
        ((4, 5, " "), "statements", {"kind": "offer"}, "no words"),
        (words("أخبار أخرى"), "statements", {"kind": "offer"}, "beside the article"),
        (words("Oman"), "statements", {}, "kind is missing"),
        (words("Oman"), "statements", {"kind": "wish"}, "none of"),
        (words("Oman"), "statements", {"kind": "need", "country": "Nowhereland"}, "no country"),
        (words("Oman"), "statements", {"kind": "need", "speech": "x"}, "cannot be corrected"),
        (words("Oman"), "pairs", {}, "nothing can be added"),
    ],
)
def test_what_does_not_stand_in_the_article_or_fit_its_field_is_refused(
    workspace: Workspace, chosen: tuple[int, int, str], layer: FactLayer, said: dict[str, str], told: str
) -> None:
    with pytest.raises(QuestionError, match=told):
        workspace.add(PAGE.id, chosen, layer, said, "Amal")
    assert workspace.store.judgements() == []


def test_an_added_fact_stays_through_a_new_reading_and_moves_with_its_words(workspace: Workspace) -> None:
    fact = workspace.add(PAGE.id, words("more cables"), "statements", {"kind": "need", "country": "DJ"}, "Amal", why="heard it")
    workspace.correct(fact, [("due", "2027")], "Badr")
    store = store_of(workspace)
    store.renew(PAGE.id, prepare(PAGE, MadeBy("2", "2")), capture(PAGE))
    assert store.document(PAGE.id).statements[0].due == "2027"
    longer = make_document("Oman and Djibouti talk again", f"It was cold. {BODY}", lang="en", path="a.txt", relevant=True)
    found = store.renew(PAGE.id, prepare(longer, MADE_BY), capture(PAGE))
    [statement] = store.document(longer.id).statements
    assert (statement.kind, statement.country, statement.due) == ("need", "DJ", "2027")
    assert statement.evidence == quote(longer.text, "more cables") and found.lost == () and find_orphans(store) == []
    assert look_decided(store, list_facts(store.document(longer.id))[1].key).history[0].by in ("Amal", "Badr")
    without = make_document("Oman talks", "Nothing was said of that at all.", lang="en", path="a.txt", relevant=True)
    assert len(store.renew(longer.id, prepare(without, MADE_BY), capture(PAGE)).lost) == 1
    assert store.document(without.id).statements == () and len(find_orphans(store)) == 2
    assert store.renew(without.id, prepare(longer, MADE_BY), capture(PAGE)).lost == ()


def test_what_a_new_reading_finds_by_itself_is_not_there_twice_and_says_what_the_person_said(workspace: Workspace) -> None:
    workspace.add(PAGE.id, words("more cables"), "statements", {"kind": "need", "country": "DJ"}, "Amal")
    machine = Statement(kind="need", evidence=quote(PAGE.text, "more cables"), why="a rule")
    store_of(workspace).renew(PAGE.id, prepare(replace(PAGE, statements=(machine,)), MadeBy("2", "2")), capture(PAGE))
    [shown] = workspace.store.document(PAGE.id).statements
    assert (shown.country, shown.why) == ("DJ", "a rule")


def test_whoever_decides_on_what_is_old_is_told_and_nothing_is_kept(workspace: Workspace) -> None:
    fact = workspace.add(PAGE.id, words("more cables"), "statements", {"kind": "need"}, "Amal")
    workspace.judge(fact, "accept", "Badr", seen=1)
    for decide in (
        lambda: workspace.judge(fact, "reject", "Amal", seen=1),
        lambda: workspace.correct(fact, [("due", "2027")], "Amal", seen=1),
        lambda: workspace.undo(fact.key, "Amal", seen=0),
    ):
        with pytest.raises(ConflictError) as error:
            decide()
        assert error.value.number == 2
    assert [kept.judgement.verb for kept in workspace.store.judgements()] == ["add", "accept"]
    workspace.correct(fact, [("due", "2027"), ("country", "Djibouti")], "Amal", seen=2)
    assert [kept.judgement.value for kept in workspace.store.judgements()][2:] == ["2027", "DJ"]


def test_people_who_differ_are_told_of_and_those_who_changed_their_mind_are_not(workspace: Workspace) -> None:
    fact = workspace.add(PAGE.id, words("more cables"), "statements", {"kind": "need"}, "Amal")
    workspace.judge(fact, "reject", "Amal")
    workspace.judge(fact, "accept", "Amal")
    assert find_disputes(workspace.store) == []
    workspace.judge(fact, "reject", "Badr")
    [dispute] = find_disputes(workspace.store)
    assert [j.by for j in dispute.decisions] == ["Badr", "Amal"] and dispute.quote == "more cables"
    workspace.undo(fact.key, "Badr")
    assert find_disputes(workspace.store) == []
    assert [(kept.judgement.verb, stands) for kept, stands in last_decisions(workspace.store, 2)] == [("undo", False), ("reject", False)]


def test_what_needs_a_field_and_what_is_said_are_checked_when_a_judgement_is_made() -> None:
    with pytest.raises(EvidenceError, match="adds"):
        Judgement(subject="d/person/0-1", verb="add", by="Amal", at="now")
    broken = Judgement(subject="d/person/0-1", verb="add", by="Amal", at="now", field="people", value="[")
    with pytest.raises(EvidenceError, match="cannot be read"):
        read_said(broken)
    for layer, names in NEEDED.items():
        for name in names:
            with pytest.raises(QuestionError, match=name):
                make_fact(layer, quote("x", "x"), {k: v for k, v in SAID[layer].items() if k not in (name, "parties", "country")}, "")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_only_words_that_stand_there_become_evidence(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab \n\u202e😀مُ", min_size=1, max_size=30))
    start, end = data.draw(st.integers(-2, 32)), data.draw(st.integers(-2, 32))
    said = data.draw(st.one_of(st.just(text[max(start, 0) : max(end, 0)]), st.text(alphabet="ab 😀", max_size=5)))
    stands = 0 <= start < end <= len(text) and text[start:end] == said and said.strip()
    try:
        evidence = read_words(text, start, end, said)
    except QuestionError:
        assert not stands
    else:
        assert stands and evidence.stands_in(text) and evidence.quote == said.strip()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["cables ", "needs ", "😀 ", "Oman "]), min_size=1, max_size=12))
def test_words_found_again_stand_where_they_are_said_to(parts: list[str]) -> None:
    other = make_document("Title", "".join(parts).strip() or "x")
    found = find_words_again({f"{PAGE.id}/statement.need/40-46": "cables", f"{other.id}/statement.need/0-1": "T"}, other)
    assert set(found) <= {f"{PAGE.id}/statement.need/40-46"} and bool(found) == ("cables" in other.text)
    for key in found.values():
        start, end = map(int, key.rpartition("/")[2].split("-"))
        assert other.text[start:end] == "cables"


def test_a_page_without_additions_is_the_page_itself() -> None:
    document = english_document()
    assert add_facts(document, ()) is document
    assert show_value(("OM", "DJ")) == "OM DJ"
