"""People, bodies and programmes of the world out of what pages name: whatever the order of arrival, and as people decide."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.model import Document
from mithaq.model.fact import list_facts
from mithaq.model.judgement import Judgement
from mithaq.resolve import entities as module
from mithaq.resolve.entities import resolve
from mithaq.store import SqlStore, open_store
from resolve.world_pages import Who, derived, groups, page, put

pytestmark = pytest.mark.usefixtures("database")
MINISTER = "وزيرة الاتصالات"
AT = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "mithaq.sqlite") as opened:
        yield opened


def names(store: SqlStore, *documents: Document) -> set[frozenset[str]]:
    put(store, *documents)
    resolve(store)
    assert store.stale() == 0
    return groups(store)


def test_one_person_in_two_scripts_is_one(store: SqlStore) -> None:
    found = names(
        store, page(1, Who("سلمى الهاشمي", "JO", MINISTER)), page(2, Who("Salma Al-Hashimi", "JO"), lang="en"),
        page(3, Who("كريم البناني", "MA")),
    )  # fmt: skip
    assert found == {
        frozenset({"pages/1.txt: سلمى الهاشمي", "pages/2.txt: Salma Al-Hashimi"}), frozenset({"pages/3.txt: كريم البناني"}),
    }  # fmt: skip


def test_two_people_of_one_page_are_never_one(store: SqlStore) -> None:
    found = names(
        store, page(1, Who("سلمى الهاشمي", "JO"), Who("سلمى الهاشم", "JO")), page(2, Who("سلمى الهاشمي", "JO"))
    )
    assert {len(group) for group in found} == {1, 2}


def test_namesakes_of_two_countries_stay_apart(store: SqlStore) -> None:
    found = names(store, page(1, Who("أحمد السالمي", "OM")), page(2, Who("أحمد السالمي", "DJ")))
    assert len(found) == 2


def test_other_given_names_keep_apart(store: SqlStore) -> None:
    found = names(store, page(1, Who("سلمى الهاشمي", "JO", MINISTER)), page(2, Who("ليلى الهاشمي", "JO", MINISTER)))
    assert len(found) == 2


def test_the_same_ministry_of_two_countries_is_two(store: SqlStore) -> None:
    ministry = "وزارة الاتصالات"
    found = names(
        store, page(1, Who(ministry, "IQ", sort="body")), page(2, Who(ministry, "LB", sort="body")),
        page(3, Who(ministry, "IQ", sort="body")),
    )  # fmt: skip
    assert sorted(map(len, found)) == [1, 2]


def test_a_commission_and_a_ministry_of_one_field_are_two(store: SqlStore) -> None:
    ministry = Who("وزارة السدود وتقنية المياه", "JO", sort="body")
    found = names(store, page(1, Who("الهيئة الأردنية للسدود وتقنية المياه", "JO", sort="body")), page(2, ministry), page(3, ministry))
    assert sorted(map(len, found)) == [1, 2]


def test_summits_on_two_things_are_two_programmes(store: SqlStore) -> None:
    found = names(
        store, page(1, Who("القمة العالمية لمجتمع المعلومات", "SA", sort="programme")),
        page(2, Who("Global AI Summit", "SA", sort="programme"), lang="en"),
    )  # fmt: skip
    assert len(found) == 2


def test_a_body_of_the_gazetteer_is_one_in_every_language(store: SqlStore) -> None:
    found = names(
        store, page(1, Who("الاتحاد الدولي للاتصالات", sort="body", code="ITU")),
        page(2, Who("Union internationale des télécommunications", sort="body", code="ITU"), lang="fr"),
        page(3, Who("ITU", sort="body", code="ITU"), lang="en"),
    )  # fmt: skip
    assert sorted(map(len, found)) == [3]


def test_what_a_page_no_longer_names_is_forgotten(store: SqlStore) -> None:
    first, second = page(1, Who("سلمى الهاشمي", "JO")), page(2, Who("Salma Al-Hashimi", "JO"), lang="en")
    assert len(names(store, first, second)) == 1
    without = page(2, lang="en")
    changed = type(second)(**{name: getattr(second, name) for name in second.__struct_fields__} | {"people": without.people})
    assert names(store, changed) == {frozenset({"pages/1.txt: سلمى الهاشمي"})}


PEOPLE = [
    Who("سلمى الهاشمي", "JO", MINISTER), Who("Salma Al-Hashimi", "JO"), Who("سلمى الهاشمي", "JO"), Who("الهاشمي", "JO"),
    Who("ليلى الهاشمي", "JO"), Who("سلمى الهاشم", "JO"), Who("Salma Hachimi"), Who("سلمى الهاشمي", "MA"),
    Who("وزارة الاتصالات", "JO", sort="body"), Who("وزارة الاتصالات", "IQ", sort="body"), Who("وزارة الاتصالات", sort="body"),
]  # fmt: skip
PAGES = st.lists(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True), min_size=1, max_size=6)


@settings(deadline=None, max_examples=30)
@given(PAGES, st.data())
def test_the_order_of_arrival_makes_no_difference(named: list[list[Who]], data: st.DataObject) -> None:
    pages = [page(n, *who, published=f"2024-01-{n + 1:02}") for n, who in enumerate(named)]
    shuffled = data.draw(st.permutations(pages))
    stops = data.draw(st.lists(st.booleans(), min_size=len(pages), max_size=len(pages)))
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder) / "a.sqlite") as store:
            put(store, *pages)
            resolve(store)
            at_once = derived(store)
        with open_store(Path(folder) / "b.sqlite") as store:
            for document, stop in zip(shuffled, stops, strict=True):
                put(store, document)
                if stop:
                    resolve(store)
            resolve(store)
            assert derived(store) == at_once


def test_a_run_that_was_killed_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [page(n, who, Who("هند النعيمي", "QA")) for n, who in enumerate(PEOPLE)]
    with open_store(tmp_path / "a.sqlite") as store:
        put(store, *pages)
        resolve(store)
        whole = derived(store)
    with open_store(tmp_path / "b.sqlite") as store:
        put(store, *pages)
        monkeypatch.setattr(module, "PAGES_AT_ONCE", 3)
        for where, after in (("absorb", 2), ("regroup", 1)):
            with monkeypatch.context() as patched:
                patched.setattr(module, where, dying(getattr(module, where), after))
                with pytest.raises(KeyboardInterrupt):
                    resolve(store)
            assert store.stale()
    with open_store(tmp_path / "b.sqlite") as store:
        resolve(store)
        assert derived(store) == whole and not store.stale()


def dying(work: Callable[..., object], after: int) -> Callable[..., object]:
    """Return work that is done, and killed before it is kept, at its so many-th call."""
    calls = iter(range(after))

    def die(*arguments: object) -> object:
        done = work(*arguments)
        if next(calls) == after - 1:
            raise KeyboardInterrupt
        return done

    return die


def test_an_entity_that_falls_apart_bit_by_bit_leaves_no_member_behind(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    everyone = ("سلمى الهاشمي", "كريم البناني", "نادر الطراونة", "ليلى العتيبي")
    before = names(store, *(page(n, Who(name, "JO")) for n, name in enumerate(everyone)))
    keys = [key for e in store.entities() for source, listed, item, _ in store.members(e.id) if (key := _key(store, source, item))]
    monkeypatch.setattr(module, "_PROFILES_AT_ONCE", 1)
    for one, other in combinations(sorted(keys), 2):
        bound = Judgement(subject=one, other=other, verb="same", by="Amal", at=AT)
        number = store.judge(bound)
        resolve(store)
        assert len(store.entities()) == len(everyone) - 1
        store.judge(Judgement(subject=one, verb="undo", by="Amal", at=AT, replaces=number))
        resolve(store)
        there = {entity.id for entity in store.entities()}
        assert {store.naming_entity(key) for key in keys} == there and len(there) == len(everyone)
        assert {store.find_entity(name).name for name in everyone} == set(everyone)
    assert groups(store) == before


def _key(store: SqlStore, source: str, item: int) -> str:
    return next(fact.key for fact in list_facts(store.document(source)) if fact.layer == "people" and fact.number == item)
