"""What was announced, signed, promised and done of one thing is one thread, whatever the order in which the pages came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.follow import link
from mithaq.follow.link import Links, compare, make_threads
from mithaq.follow.signs import SIGNS, exclude, is_open, may_be_linked, order, read_signs
from mithaq.model.happening import Happening, Thread
from mithaq.model.span import Evidence
from mithaq.resolve.grouping import group_apart
from mithaq.store import SqlStore
from told_pages import keep, open_empty, resolve, story

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    with open_empty(Path(tmp_path_factory.mktemp("told"))) as opened:
        keep(opened, story())
        resolve(opened)
        yield opened


def main_thread(store: SqlStore) -> Thread:
    return max(store.threads(), key=lambda thread: len(thread.steps))


def test_plan_signature_promise_and_training_are_one_thread(store: SqlStore) -> None:
    steps = [(step.type, step.stage) for step in main_thread(store).steps]
    assert steps[:2] == [("agreement", "planned"), ("agreement", "signed")]
    assert ("training", "completed") in steps
    assert {kind for kind, _ in steps} == {"agreement", "commitment", "training"}


def test_another_agreement_of_the_same_day_is_no_step(store: SqlStore) -> None:
    paths = {source.path for step in main_thread(store).steps for source in step.sources}
    assert "Câbles.txt" not in paths


def test_the_first_wording_of_a_promise_stays_first(store: SqlStore) -> None:
    promise = next(step for step in main_thread(store).steps if step.type == "commitment")
    assert promise.sources[0].published == min(source.published or "" for source in promise.sources)


def test_less_than_promised_is_met_in_part(store: SqlStore) -> None:
    thread = main_thread(store)
    promise = next(step for step in thread.steps if step.type == "commitment")
    assert promise.outcome is not None
    assert promise.outcome.degree == "partly_met"
    done = next(step for step in thread.steps if step.happening == promise.outcome.happening)
    assert (done.type, done.stage) == ("training", "completed")


def test_every_open_happening_has_a_thread_and_only_one(store: SqlStore) -> None:
    steps = [step.happening for thread in store.threads() for step in thread.steps]
    assert len(steps) == len(set(steps))
    assert {h.id for h in store.happenings() if is_open(h)} <= set(steps)
    assert all(thread.id in store.threads_of(step.happening) for thread in store.threads() for step in thread.steps)


@given(data=st.data())
def test_the_order_of_happenings_makes_no_difference(data: st.DataObject) -> None:
    known = data.draw(st.permutations(HAPPENINGS))
    links = {pair: value for h in known for pair, value in compare(h, known).items()}
    shuffled = dict(data.draw(st.permutations(list(links.items()))))
    assert make_threads(known, shuffled, group_apart) == make_threads(HAPPENINGS, links, group_apart)


def _happenings() -> list[Happening]:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder, open_empty(Path(folder)) as opened:
        keep(opened, story())
        resolve(opened)
        return list(opened.happenings())


HAPPENINGS = _happenings()


def test_signs_are_named_once_and_without_common_sides_nothing_is_compared() -> None:
    assert len({sign.name for sign in SIGNS}) == len(SIGNS)
    from msgspec.structs import replace

    one, other = HAPPENINGS[0], HAPPENINGS[1]
    assert not may_be_linked(one, one)
    assert not may_be_linked(one, replace(other, sides=("OM", "TZ")))
    assert set(read_signs(one, other)) <= {sign.name for sign in SIGNS}


def test_of_very_many_linked_happenings_not_every_two_are_held_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    """One promise of one side, and what came of it with three others: these stay apart, unless they are too many to say so of each two."""
    from msgspec.structs import replace

    promise, done = replace(HAPPENINGS[0], id="c0", sides=("GA",)), HAPPENINGS[0]
    several = [promise, *(replace(done, id=f"h{n}", sides=("GA", other)) for n, other in enumerate(("JO", "OM", "TN")))]
    links = {("c0", h.id): 0.9 for h in several[1:]}
    asked: list[int] = []

    def group(ids: Sequence[str], pairs: Links, apart: Iterable[tuple[str, str]], least: float) -> Iterable[Sequence[str]]:
        asked.append(len(list(apart)))
        return [[key] for key in ids]

    make_threads(several, links, group)
    monkeypatch.setattr(link, "_MOST_COMPARED", 3)
    make_threads(several, links, group)
    assert asked == [3, 3, 0, 0]  # deeds first, then what is left of the promises


def test_a_thread_is_called_by_a_title_that_speaks_of_it_else_by_its_own_words() -> None:
    """One page tells of vaccines and of a meeting next year: these are two matters, and its title is that of the first."""
    from msgspec.structs import replace

    plan = next(h for h in HAPPENINGS if h.type == "agreement" and h.stage == "planned")
    page = replace(plan.first, lang="en", title="Two sides join forces on livestock vaccines", evidence=Evidence(0, 9, "They meet"))
    known = {"programmes": (), "deliverable": None, "sources": (page,)}
    vaccines = replace(plan, id="h1", terms={"en": ("livestock", "vaccin", "sign")}, **known)
    meeting = replace(plan, id="h2", terms={"en": ("meet", "follow")}, **known)
    subjects = {step.happening: t.subject for t in make_threads([vaccines, meeting], {}, group_apart) for step in t.steps}
    assert subjects == {"h1": "Two sides join forces on livestock vaccines", "h2": "They meet"}


def test_what_one_page_says_is_to_come_stands_in_the_order_in_which_it_is_due() -> None:
    from msgspec.structs import replace

    promise = next(h for h in HAPPENINGS if h.type == "commitment")
    due = [replace(promise, id=name, date=day) for name, day in (("c1", "2027-01-15"), ("c2", "2026-12-31"), ("c3", None))]
    assert [happening.id for happening in sorted(due, key=order)] == ["c2", "c1", "c3"]


def test_two_accords_that_one_page_tells_of_as_new_are_two_matters() -> None:
    """«ووقعت الهيئة مذكرة ثانية»: without a date of its own; but a memorandum of a year ago is recalled for the sake of the new one."""
    from msgspec.structs import replace

    first = next(h for h in HAPPENINGS if h.type == "agreement" and h.stage == "signed")
    page = replace(first.first, published="2025-03-19", evidence=Evidence(10, 20, "a" * 10))
    beside = replace(page, item=page.item + 1, evidence=Evidence(30, 40, "b" * 10))
    new = replace(first, date="2025-03-18", date_end=None, sources=(page,), subjects=("cable",))
    second = replace(first, id="hsecond", date=None, date_end=None, sources=(beside,), subjects=("visa",))
    assert exclude(new, second) and exclude(second, new)
    assert not exclude(new, replace(second, date="2024-03-18"))
    assert not exclude(new, replace(second, stage="approved"))
    assert not exclude(new, replace(second, sources=(replace(beside, document="another"),)))


def test_a_promise_goes_where_what_it_names_was_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page on the memorandum promises the portal «Khaima» by September: its launch is the outcome, however near the memorandum."""
    from msgspec.structs import replace

    signed = next(h for h in HAPPENINGS if h.type == "agreement" and h.stage == "signed")
    promise = next(h for h in HAPPENINGS if h.type == "commitment")
    page = replace(signed.first, document="launch", published="2026-09-17")
    launched = replace(signed, id="hz", type="project", stage="launched", date="2026-09-17", sources=(page,), programmes=("Khaima",))
    promised = replace(promise, id="c0", date="2026-09-30", published="2026-03-30", programmes=("خيمة", "Khaima"), figures=(), amounts=())
    links = {("c0", signed.id): 0.99, ("c0", "hz"): 0.6}
    monkeypatch.setattr(link, "_MOST_COMPARED", 0)
    (thread,) = [t for t in make_threads([signed, launched, promised], links, group_apart) if len(t.steps) > 1]
    assert {step.happening for step in thread.steps} == {"c0", "hz"}
    assert next(step.outcome for step in thread.steps if step.happening == "c0") is not None
    (other,) = [t for t in make_threads([signed, replace(launched, programmes=()), promised], links, group_apart) if len(t.steps) > 1]
    assert {step.happening for step in other.steps} == {"c0", signed.id}


def test_one_programme_under_two_names_links_what_two_pages_tell_in_two_languages() -> None:
    first, second = _happenings()[:2]
    bare = {"topics": (), "figures": (), "programmes": (), "bodies": (), "who": (), "people": (), "about": (), "about_rare": ()}
    one = msgspec.structs.replace(first, **bare, terms={}, sides=("JO", "MR"), published="2025-01-01", date=None)
    other = msgspec.structs.replace(second, **bare, terms={}, sides=("JO", "MR"), published="2025-02-01", date=None)
    assert not may_be_linked(*_apart(one, other))
    named = [msgspec.structs.replace(h, things=("g1",)) for h in _apart(one, other)]
    assert may_be_linked(named[0], named[1]) and read_signs(*named)["programmes"] == 1.0


def _apart(*happenings: Happening) -> list[Happening]:
    """Return happenings as though each were told by a page of its own."""
    return [
        msgspec.structs.replace(h, sources=(msgspec.structs.replace(h.first, document=f"{n}" * 64),)) for n, h in enumerate(happenings)
    ]
