"""Pages that tell of one happening meet, whatever their order; decisions and new pages change what they touch and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mithaq.model import Document
from mithaq.model.fact import list_facts
from mithaq.model.happening import Telling
from mithaq.model.judgement import Judgement
from mithaq.resolve import happenings as step
from mithaq.resolve.alike import may_be_one
from mithaq.resolve.reports import read_reports
from mithaq.store import Capture, SqlStore, prepare
from told_pages import MADE_BY, keep, open_empty, resolve, story, titles, world

pytestmark = pytest.mark.usefixtures("database")
STORY = story()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_empty(tmp_path) as opened:
        yield opened


def the_signature(store: SqlStore) -> set[str]:
    """Return the titles of the pages that report the signature which the French page reports."""
    return next(titles(h) for h in store.happenings() if h.type == "agreement" and "Signature" in titles(h))


def key_of(title: str) -> str:
    """Return the name of the agreement that a page reports."""
    document = next(d for d in STORY if d.title == title)
    return next(fact.key for fact in list_facts(document) if fact.kind.startswith("event.agreement"))


def judge(store: SqlStore, verb: str, one: str, other: str) -> int:
    judgement = Judgement(subject=key_of(one), other=key_of(other), verb=verb, by="Amal", at="2026-10-02T00:00:00+00:00")  # type: ignore[arg-type]
    return store.judge(judgement)


def test_one_signature_in_three_languages_is_one_happening_and_the_plan_and_another_agreement_are_not(store: SqlStore) -> None:
    keep(store, STORY)
    resolve(store)
    assert the_signature(store) == {"Signature", "توقيع", "Signed", "Wire"}
    agreements = [h for h in store.happenings() if h.type == "agreement"]
    assert sorted((h.stage or "", len(h.sources)) for h in agreements) == [("planned", 1), ("signed", 1), ("signed", 4)]


def test_what_was_drafted_while_pages_were_read_gives_the_same_world_without_opening_them_again(store: SqlStore, tmp_path: Path) -> None:
    (tmp_path / "read").mkdir()
    with open_empty(tmp_path / "read") as plain:
        keep(plain, STORY)
        resolve(plain)
        expected = world(plain)
    for document in STORY:
        draft = msgspec.json.encode(read_reports(document))
        store.put_prepared(prepare(document, MADE_BY, draft), Capture(hash=document.id, file=f"{document.id}.gz", added="2026-10-01"))

    def unopened(document_id: str) -> Document:
        raise AssertionError(f"{document_id} was opened again")

    resolve(store, load=unopened)
    assert world(store) == expected
    with store.workbench() as bench:
        assert not any(bench.draft(document.id) for document in STORY)


def test_a_decision_on_a_page_makes_its_draft_void(store: SqlStore) -> None:
    page = STORY[0]
    store.put_prepared(
        prepare(page, MADE_BY, msgspec.json.encode(read_reports(page))), Capture(hash=page.id, file="p.gz", added="2026-10-01")
    )
    with store.workbench() as bench:
        draft = bench.draft(page.id)
    assert draft is not None and draft.reports == read_reports(page).reports
    store.judge(Judgement(subject=list_facts(page)[0].key, verb="reject", by="Amal", at="2026-10-02T00:00:00+00:00"))
    with store.workbench() as bench:
        assert bench.draft(page.id) is None


def test_a_plan_told_before_the_deed_is_another_happening_even_when_all_else_is_one() -> None:
    plan, deed = (Telling(read_reports(d).teller, read_reports(d).reports[0]) for d in STORY[:2])
    assert not may_be_one(plan, deed)
    assert not may_be_one(deed, plan)
    later = Telling(replace(plan.teller, published="2026-05-01"), plan.report)
    assert may_be_one(later, deed), "a page of a later day that seems to speak of a plan may have been misread"


def test_two_promises_with_nothing_of_their_own_in_common_are_two() -> None:
    told = [read_reports(d) for d in STORY[1:3]]
    one, other = (Telling(t.teller, r) for t in told for r in t.reports if r.type == "commitment")
    assert may_be_one(one, other)
    assert not may_be_one(one, Telling(other.teller, replace(other.report, date=None, figures=())))


def test_a_promise_told_by_two_pages_is_one(store: SqlStore) -> None:
    keep(store, STORY)
    resolve(store)
    promises = [h for h in store.happenings() if h.type == "commitment"]
    assert [titles(h) for h in promises] == [{"Signature", "توقيع"}]
    assert promises[0].date == "2026-09"
    assert promises[0].id.startswith("c")


@settings(max_examples=25)
@given(data=st.data())
def test_the_order_of_arrival_makes_no_difference(data: st.DataObject) -> None:
    """Pages come in any order, some twice, with happenings made in between or not."""
    pages = data.draw(st.permutations(STORY))
    with TemporaryDirectory() as one, TemporaryDirectory() as other, open_empty(Path(one)) as whole, open_empty(Path(other)) as bitwise:
        keep(whole, STORY)
        resolve(whole)
        for document in pages:
            keep(bitwise, [document])
            if data.draw(st.booleans()):
                resolve(bitwise)
        keep(bitwise, data.draw(st.lists(st.sampled_from(STORY), max_size=2)))
        resolve(bitwise)
        assert world(bitwise) == world(whole)


def test_a_part_at_a_time_with_few_pages_at_hand_makes_the_same_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worlds = []
    for few, name in ((False, "at-once"), (True, "in-parts")):
        if few:
            monkeypatch.setattr(step, "PAGES_KEPT", 2)
            monkeypatch.setattr(step, "REPORTS_AT_A_TIME", 1)
        (tmp_path / name).mkdir()
        with open_empty(tmp_path / name) as store:
            keep(store, STORY)
            resolve(store)
            judge(store, "different", "Signature", "Signed")  # an old happening falls into two parts
            resolve(store)
            worlds.append(world(store))
    assert worlds[0] == worlds[1]


def test_a_page_that_goes_leaves_what_would_be_without_it(store: SqlStore, tmp_path: Path) -> None:
    keep(store, STORY)
    resolve(store)
    keep(store, [replace(STORY[3], events=())])
    resolve(store)
    with open_empty(tmp_path / "..") as never:
        keep(never, [*STORY[:3], replace(STORY[3], events=()), *STORY[4:]])
        resolve(never)
        assert world(store) == world(never)


def test_a_new_page_is_compared_only_where_it_may_belong(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, STORY[:-1])
    resolve(store)
    before = world(store)[0]
    compared = []
    real = step.probability
    monkeypatch.setattr(step, "probability", lambda a, b: compared.append((a, b)) or real(a, b))
    elsewhere = replace(STORY[-1], events=tuple(replace(e, parties=("OM", "TZ")) for e in STORY[-1].events))
    keep(store, [elsewhere])
    changed = resolve(store)
    assert compared == []
    assert len(changed) == 1
    assert [h for h in world(store)[0] if h.id not in changed] == before


def test_nothing_to_do_changes_nothing(store: SqlStore) -> None:
    keep(store, STORY)
    assert resolve(store)
    assert resolve(store) == set()
    assert store.unlinked() == 0


def test_what_people_hold_apart_stays_apart_and_undone_comes_together_again(store: SqlStore) -> None:
    keep(store, STORY)
    resolve(store)
    together = world(store)
    number = judge(store, "different", "Signature", "Signed")
    resolve(store)
    assert "Signed" not in the_signature(store)
    keep(store, STORY)
    resolve(store)
    assert "Signed" not in the_signature(store), "a page kept once more changes no decision"
    store.judge(Judgement(subject=key_of("Signature"), verb="undo", by="Amal", at="2026-10-03T00:00:00+00:00", replaces=number))
    resolve(store)
    assert world(store) == together


def test_what_people_hold_to_be_one_is_one(store: SqlStore) -> None:
    keep(store, STORY)
    resolve(store)
    judge(store, "same", "Signature", "Câbles")
    resolve(store)
    assert "Câbles" in the_signature(store)


def test_a_run_that_is_killed_loses_nothing(store: SqlStore) -> None:
    keep(store, STORY)

    def kill(done: int, _all: int, _name: str) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), store.workbench() as bench:
        step.update_happenings(bench, store.document, kill)
    assert store.unlinked() == len(STORY)
    assert world(store) == ([], [])
    resolve(store)
    assert the_signature(store) == {"Signature", "توقيع", "Signed", "Wire"}


def test_a_name_of_a_fact_that_is_no_report_decides_nothing(store: SqlStore) -> None:
    keep(store, STORY)
    resolve(store)
    before = world(store)
    for subject in (f"{STORY[0].id}/event.agreement:GA-JO/9000-9001", "not a key", f"{STORY[0].id}/person/0-3"):
        store.judge(Judgement(subject=subject, other=key_of("Signed"), verb="same", by="Amal", at="2026-10-02T00:00:00+00:00"))
    resolve(store)
    assert world(store) == before


def test_a_page_of_the_last_day_there_is_does_not_end_the_work(store: SqlStore) -> None:
    keep(store, [*STORY[:1], replace(STORY[1], published="9999-12-31", events=tuple(replace(e, date=None) for e in STORY[1].events))])
    resolve(store)
    assert store.unlinked() == 0
    assert list(store.happenings())


def test_a_page_withdrawn_bears_no_witness_until_it_is_all_that_there_is(store: SqlStore) -> None:
    pages = [replace(d, url=f"https://{d.outlet}/{n}") for n, d in enumerate(STORY)]
    keep(store, pages)
    resolve(store)
    before = next(h for h in store.happenings() if h.type == "agreement" and "Signature" in titles(h))
    assert len(before.witnesses) == 3
    assert store.withdraw(pages[2].url or "", "2026-10-05T00:00:00+00:00") == 1
    assert store.unlinked() == 1
    resolve(store)
    after = next(h for h in store.happenings() if h.id == before.id)
    assert [s.gone for s in after.sources if s.document == pages[2].id] == ["withdrawn"]
    assert len(after.sources) == len(before.sources)
    assert len(after.witnesses) == 2
    assert all(pages[2].id not in value.documents for difference in after.differences for value in difference.values)
    for page in pages:
        store.withdraw(page.url or "", "2026-10-05T00:00:00+00:00")
    resolve(store)
    assert len(next(h for h in store.happenings() if h.id == before.id).witnesses) == 3


def test_an_older_version_of_a_page_is_no_other_opinion(store: SqlStore) -> None:
    url = "https://d.example/1"
    old, new = (replace(d, url=url, retrieved=day) for d, day in zip(STORY[3:5], ("2026-04-24", "2026-04-25"), strict=True))
    corrected = replace(new, events=tuple(replace(e, date="2026-04-21") for e in new.events))
    keep(store, [old, corrected])
    resolve(store)
    [found] = store.happenings()
    assert {s.document: s.gone for s in found.sources} == {old.id: "older", new.id: None}
    assert (found.differences, found.date, len(found.witnesses)) == ((), "2026-04-21", 1)


def test_a_page_dated_after_it_came_does_not_say_up_to_when_was_searched(store: SqlStore) -> None:
    keep(store, [*STORY, replace(STORY[0], id="f" * 64, published="2062-01-01", outlet="a.example")])
    assert store.searched() == (5, "2026-10-01")
    notice = replace(STORY[1], id="e" * 64, outlet="z.example", notes=("taken_down",), withdrawn=True)
    keep(store, [notice])
    assert store.searched() == (5, "2026-10-01")
