"""What people decide about who is who is kept, followed through new readings, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.errors import QuestionError
from mithaq.model.fact import Fact, list_facts
from mithaq.store import Capture, SqliteStore, prepare
from mithaq.workspace import Workspace, open_workspace
from resolve.world_pages import MADE_BY, Who, groups, page, put

ARABIC, LATIN, NAMESAKE = Who("سلمى الهاشمي", "JO"), Who("Salma Al-Hashimi", "JO"), Who("كريم البناني", "MA")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w") as opened:
        put(opened.store, page(1, ARABIC), page(2, LATIN, lang="en"), page(3, NAMESAKE))  # type: ignore[arg-type]  # an SQLite store
        opened.resolve()
        yield opened


def store_of(workspace: Workspace) -> SqliteStore:
    assert isinstance(workspace.store, SqliteStore)
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
