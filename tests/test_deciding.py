"""What people decide about who is who is kept, followed through new readings, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.errors import ConflictError, QuestionError
from mithaq.model import Document, Statement
from mithaq.model.fact import Fact, list_facts, short_key
from mithaq.model.judgement import Judgement
from mithaq.store import Capture, SqlStore, prepare
from mithaq.workspace import Workspace, open_workspace
from resolve.world_pages import MADE_BY, Who, groups, page, put
from told_pages import event, keep, story, told
from told_pages import page as telling

ARABIC, LATIN, NAMESAKE = Who("سلمى الهاشمي", "JO"), Who("Salma Al-Hashimi", "JO"), Who("كريم البناني", "MA")

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w") as opened:
        put(opened.store, page(1, ARABIC), page(2, LATIN, lang="en"), page(3, NAMESAKE))  # type: ignore[arg-type]  # an SQLite store
        opened.resolve()
        yield opened


def store_of(workspace: Workspace) -> SqlStore:
    assert isinstance(workspace.store, SqlStore)
    return workspace.store


def person(workspace: Workspace, number: int) -> Fact:
    document = workspace.store.document(f"pages/{number}.txt")
    return next(fact for fact in list_facts(workspace.store.reading(document.id)) if fact.layer == "people")


def sizes(workspace: Workspace) -> list[int]:
    return sorted(map(len, groups(store_of(workspace))))


def test_a_person_may_part_what_the_machine_joined_and_join_what_it_parted(workspace: Workspace) -> None:
    assert sizes(workspace) == [1, 2]
    workspace.bind(person(workspace, 1), "different", person(workspace, 2), "Amal", why="mother and daughter")
    assert sizes(workspace) == [1, 1, 1]
    workspace.bind(person(workspace, 1), "same", person(workspace, 3), "Amal")
    assert sizes(workspace) == [1, 2]
    taken = workspace.unbind([person(workspace, 3)], [person(workspace, 1)], "Badr")
    assert (taken.verb, taken.by) == ("same", "Amal")
    assert sizes(workspace) == [1, 1, 1]
    workspace.unbind([person(workspace, 2)], [person(workspace, 1)], "Badr")
    assert sizes(workspace) == [1, 2]
    assert [kept.judgement.verb for kept in workspace.store.judgements()] == ["different", "same", "undo", "undo"]
    with pytest.raises(QuestionError, match="nothing to take back"):
        workspace.unbind([person(workspace, 2)], [person(workspace, 1)], "Badr")


def test_nobody_takes_back_what_another_decided_about_two_meanwhile(workspace: Workspace) -> None:
    one, two, three = (person(workspace, number) for number in (1, 2, 3))
    mine = workspace.bind(one, "different", two, "Amal")
    theirs = workspace.bind(two, "same", one, "Badr")
    workspace.bind(one, "different", three, "Amal")  # about others
    with pytest.raises(ConflictError) as raised:
        workspace.unbind([one], [two], "Amal", seen=mine)
    assert raised.value.number == theirs and len(workspace.store.judgements()) == 3
    assert workspace.unbind([one], [two], "Amal", seen=theirs).by == "Badr"


def test_a_later_decision_about_the_same_two_takes_the_place_of_the_earlier(workspace: Workspace) -> None:
    workspace.bind(person(workspace, 1), "different", person(workspace, 2), "Amal")
    workspace.bind(person(workspace, 2), "same", person(workspace, 1), "Badr")
    assert sizes(workspace) == [1, 2]
    assert len(workspace.store.bonds()) == 1 and workspace.store.conflicts() == []


def test_one_who_is_split_off_stands_alone_until_that_is_taken_back(workspace: Workspace) -> None:
    workspace.split(person(workspace, 2), "Amal")
    assert sizes(workspace) == [1, 1, 1]
    workspace.undo(person(workspace, 2).key, "Amal")
    assert sizes(workspace) == [1, 2]


def test_decisions_that_contradict_each_other_are_told(workspace: Workspace) -> None:
    one, two, three = (person(workspace, n) for n in (1, 2, 3))
    workspace.bind(one, "same", three, "Amal")
    workspace.bind(three, "same", two, "Amal")
    assert sizes(workspace) == [3] and workspace.store.conflicts() == []
    workspace.bind(one, "different", two, "Badr")
    assert sizes(workspace) == [1, 2]
    [(a, b, entity)] = workspace.store.conflicts()
    assert a < b and {a, b} < {one.key, two.key, three.key} and workspace.store.entity(entity)


def test_a_decision_about_two_follows_either_of_them_through_a_new_reading(workspace: Workspace) -> None:
    workspace.bind(person(workspace, 1), "different", person(workspace, 2), "Amal")
    for number, who, lang in ((2, LATIN, "en"), (1, ARABIC, "ar")):
        old = workspace.store.document(f"pages/{number}.txt")
        longer = page(f"{number} as it stands now", who, lang=lang)
        capture = Capture(hash=f"of-{old.id}", file="captures/aa/x.gz", added="2024-03-05T10:00:00+00:00", path=f"pages/{number}.txt")
        found = workspace.store.renew(old.id, prepare(longer, MADE_BY), capture)
        assert len(found.moved) == 1 and found.lost == ()
        workspace.resolve()
        assert sizes(workspace) == [1, 1, 1]
    [bond] = workspace.store.bonds()
    pages = {row["id"] for row in workspace.store.rows("documents")}
    assert {bond.subject.partition("/")[0], bond.other.partition("/")[0]} <= pages


def test_only_people_bodies_and_programmes_can_be_one(workspace: Workspace) -> None:
    one = person(workspace, 1)
    head = list_facts(workspace.store.reading(one.key.partition("/")[0]))[0]
    with pytest.raises(QuestionError, match="are not two people"):
        workspace.bind(one, "same", one, "Amal")
    with pytest.raises(QuestionError, match="are not two people"):
        workspace.bind(head, "same", one, "Amal")
    with pytest.raises(QuestionError, match="no person"):
        workspace.split(head, "Amal")


def test_a_name_still_means_the_same_person_once_another_of_the_page_is_rejected(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w") as opened:
        put(store_of(opened), page(1, NAMESAKE, ARABIC, LATIN, lang="fr"))
        opened.resolve()
        opened.judge(opened.namings(NAMESAKE.name)[0], "reject", "Amal")
        for who in (ARABIC, LATIN):
            named = [fact.value.name for fact in opened.namings(who.name)]  # type: ignore[union-attr]  # people have names
            assert who.name in named and NAMESAKE.name not in named


def test_a_happening_still_means_its_own_reports_once_another_of_a_page_is_rejected(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w") as opened:
        keep(store_of(opened), story())
        opened.resolve()
        [document] = [d for d in opened.store.documents() if d.title == "Diplômes"]
        first, second = (fact for fact in list_facts(document) if fact.layer == "events")
        opened.judge(first, "reject", "Amal")
        happening = opened.store.happening_of(document.id, "events", 0)
        assert happening and opened.namings(happening) == [second]


def test_what_a_page_has_lost_since_it_was_resolved_is_told(workspace: Workspace) -> None:
    fact = person(workspace, 3)
    entity = workspace.store.naming_entity(fact.key)
    rejected = Judgement(subject=fact.key, verb="reject", by="Amal", at="2026-01-01T00:00:00+00:00", quote=fact.evidence.quote)
    workspace.store.judge(rejected)
    with pytest.raises(QuestionError, match="run 'mithaq resolve'"):
        workspace.namings(entity or "")


_SENTENCES = ("Le Gabon et la Jordanie signent un accord.", "Le Gabon et la Jordanie ouvrent un centre.", "Il nous faut un centre.")


def two_reports(number: int) -> Document:
    made = telling(f"Page {number}", *_SENTENCES, lang="fr", published=f"2026-04-0{number}", outlet=f"{number}.example")
    words = [event(made, _SENTENCES[n], kind, None, ("GA", "JO")) for n, kind in enumerate(("agreement", "training"))]
    [need] = [e.evidence for e in (event(made, _SENTENCES[2], "meeting", None, ()),)]
    return told(made, *words, statements=[Statement(kind="need", evidence=need)])


def test_reports_about_which_a_decision_would_change_nothing_are_refused(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w") as opened:
        keep(store_of(opened), [two_reports(1), two_reports(2)])
        opened.resolve()
        here, there = ([f for f in list_facts(d) if f.layer in ("events", "statements")] for d in opened.store.documents())
        with pytest.raises(QuestionError, match="stand on one page"):
            opened.bind(here[0], "same", here[1], "Amal")
        with pytest.raises(QuestionError, match="is no commitment"):
            opened.bind(here[2], "same", there[2], "Amal")
        assert opened.store.bonds() == []
        for need in (here[2], there[2]):
            opened.correct(need, [("kind", "commitment")], "Amal")
        opened.bind(here[2], "different", there[2], "Amal")
        assert [bond.verb for bond in opened.store.bonds()] == ["different"]


def test_a_corrected_event_answers_to_the_name_that_is_shown_and_decisions_keep_that_of_the_machine(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w") as opened:
        keep(store_of(opened), [two_reports(1), two_reports(2)])
        opened.resolve()
        page = next(iter(opened.store.documents())).id
        before = next(f for f in list_facts(opened.store.document(page)) if f.layer == "events")
        opened.correct(before, [("type", "meeting"), ("parties", "GA MA")], "Amal")
        after = next(f for f in list_facts(opened.store.document(page)) if f.layer == "events")
        assert after.key != before.key
        assert opened.fact(short_key(after.key)) == opened.fact(after.key) == opened.fact(short_key(before.key)) == before
        happening = opened.store.happening_of(page, "events", 0)
        assert happening and before in opened.namings(happening)
        with pytest.raises(QuestionError, match="has no fact"):
            opened.fact(f"{page[:8]}-000000")


def test_an_entity_is_meant_by_its_names_and_by_its_id(workspace: Workspace) -> None:
    found = workspace.store.find_entity("salma al-hashimi")
    assert workspace.store.find_entity(found.id) == workspace.store.find_entity(found.id[:6]) == found
    assert [fact.value.name for fact in workspace.namings(found.id)] == ["سلمى الهاشمي", "Salma Al-Hashimi"] or len(found.names) == 2  # type: ignore[union-attr]
    with pytest.raises(QuestionError, match="'mithaq entities' lists them"):
        workspace.store.find_entity("nobody")


VERBS = st.lists(st.tuples(st.sampled_from(["same", "different", "undo"]), st.sampled_from([(1, 2), (1, 3), (2, 3)])), max_size=6)


@settings(deadline=None, max_examples=15)
@given(VERBS)
def test_what_was_taken_back_leaves_no_trace(tmp_path_factory: pytest.TempPathFactory, verbs: list[tuple[str, tuple[int, int]]]) -> None:
    with open_workspace(tmp_path_factory.mktemp("w")) as opened:
        put(store_of(opened), page(1, ARABIC), page(2, LATIN, lang="en"), page(3, NAMESAKE))
        opened.resolve()
        before = groups(store_of(opened))
        for verb, (a, b) in verbs:
            one, two = person(opened, a), person(opened, b)
            if verb != "undo":
                opened.bind(one, verb, two, "Amal")  # type: ignore[arg-type]  # one of the verbs
            elif opened.store.bond(min(one.key, two.key), max(one.key, two.key)):
                opened.unbind([one], [two], "Amal")
            for bond in opened.store.bonds():
                together = opened.store.naming_entity(bond.subject) == opened.store.naming_entity(bond.other)
                assert together == (bond.verb == "same") or opened.store.conflicts()
        for bond in list(opened.store.bonds()):
            opened.unbind(opened.namings(bond.subject), opened.namings(bond.other), "Amal")
        assert groups(store_of(opened)) == before
