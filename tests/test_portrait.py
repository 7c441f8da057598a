"""What is known of one person: offices with their first and last day, who came after, events and words."""

from __future__ import annotations

from pathlib import Path

import pytest

from made_documents import arabic_document, french_document
from mithaq.answers.entity import look_up
from mithaq.errors import QuestionError
from mithaq.lexicon.relations import is_relation
from mithaq.model.fact import list_facts
from mithaq.model.judgement import Judgement
from mithaq.portrait import group_names, paint
from mithaq.resolve.entities import resolve
from mithaq.store import open_store
from resolve.world_pages import Who, page, put

MINISTER, IN_FRENCH = "وزيرة الاقتصاد الرقمي", "ministre de l'Économie numérique"


def test_an_office_has_a_first_and_a_last_day_and_a_successor(tmp_path: Path) -> None:
    with open_store(tmp_path / "w.sqlite") as store:
        put(
            store, page(1, Who("سلمى الهاشمي", "JO", MINISTER), published="2023-02-01"),
            page(2, Who("سلمى الهاشمي", "JO", "رئيسة اللجنة"), published="2023-03-01"),
            page(3, Who("Salma Al-Hashimi", "JO", IN_FRENCH), published="2024-05-01", lang="fr"),
            page(4, Who("نادر الطراونة", "JO", "وزير الاقتصاد الرقمي"), published="2025-01-09"),
            page(5, Who("كريم البناني", "MA", "وزير الاقتصاد الرقمي"), published="2024-12-09"),
        )  # fmt: skip
        resolve(store)
        found = paint(store, "سلمى الهاشمي")
        assert [(o.roles, o.first, o.last, o.pages) for o in found.offices] == [
            ((IN_FRENCH, MINISTER), "2023-02-01", "2024-05-01", 2), (("رئيسة اللجنة",), "2023-03-01", "2023-03-01", 1),
        ]  # fmt: skip
        successor = found.offices[0].successor
        assert successor and successor[1] == "نادر الطراونة"
        assert found.offices[1].successor is None and paint(store, successor[0]).offices[0].successor is None
        assert group_names(found.entity) == {"ar": ["سلمى الهاشمي"], "fr": ["Salma Al-Hashimi"]}
        assert [m.path for m in found.mentions] == ["pages/1.txt", "pages/2.txt", "pages/3.txt"]


def test_events_and_statements_come_with_their_words(tmp_path: Path) -> None:
    with open_store(tmp_path / "w.sqlite") as store:
        put(store, arabic_document(), french_document())
        resolve(store)
        found = paint(store, "حواء عثمان")
        texts = {document.id: document.text for document in store.documents()}
        assert [deed.kind for deed in found.events] == ["meeting, held"] and [deed.kind for deed in found.statements] == ["need"]
        for deed in (*found.events, *found.statements):
            assert texts[deed.document][deed.start : deed.end] == deed.quote
        with pytest.raises(QuestionError, match="nobody"):
            paint(store, "nobody of this name")


def test_who_is_no_longer_named_by_one_page_is_painted_from_the_others(tmp_path: Path) -> None:
    with open_store(tmp_path / "w.sqlite") as store:
        put(store, page(1, Who("سلمى الهاشمي", "JO", MINISTER)), page(2, Who("سلمى الهاشمي", "JO", MINISTER)))
        resolve(store)
        [entity] = store.entities()
        key = next(fact.key for fact in list_facts(store.document("pages/1.txt")) if fact.layer == "people")
        store.judge(Judgement(subject=key, verb="reject", by="Amal", at="2026-01-01T00:00:00+00:00", quote="سلمى الهاشمي"))
        assert store.stale() and len(store.members(entity.id)) == 2
        found = paint(store, entity.id)
        assert [office.pages for office in found.offices] == [1] and [m.path for m in found.mentions] == ["pages/2.txt"]


def test_a_counterpart_is_no_office(tmp_path: Path) -> None:
    with open_store(tmp_path / "w.sqlite") as store:
        put(
            store, page(1, Who("سلمى الهاشمي", "JO", MINISTER), published="2023-02-01"),
            page(2, Who("سلمى الهاشمي", "JO", "نظيرته الأردنية"), published="2023-03-01"),
        )  # fmt: skip
        resolve(store)
        entity = store.find_entity("سلمى الهاشمي")
        assert [office.roles for office in paint(store, entity.id).offices] == [(MINISTER,)]
        assert [office.role for office in look_up(store, entity.id).offices] == [MINISTER]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("نظيره الأردني", True), ("ونظيرتها", True), ("son homologue kényan", True), ("her Kenyan counterpart", True), (MINISTER, False),
        ("Kenyan minister", False), ("ministre", False),
    ],
)  # fmt: skip
def test_roles_that_only_relate(role: str, expected: bool) -> None:
    assert is_relation(role) is expected
