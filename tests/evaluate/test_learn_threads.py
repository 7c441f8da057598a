"""Threads are learned from stories, and from stories told as though between the same sides; what was left out checks them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mithaq.evaluate.learn_threads import Teacher, Told, check, is_promise, stranger_rows, told_together
from mithaq.evaluate.world import Happening as GoldHappening
from mithaq.evaluate.world import Promise, Step, Story, Thread, World
from mithaq.model import Evidence
from mithaq.model.happening import Happening, Source


def happening(key: str, page: str, kind: str, sides: tuple[str, str], about: tuple[str, ...], **more: Any) -> Happening:
    source = Source(document=page, path=f"{page}.txt", list="events", item=0, evidence=Evidence(0, 1, "x"))
    fields = {"sides": sides, "parties": sides, "subjects": about, "page_subjects": about, **more}
    return Happening(id=key, type=kind, sources=(source,), witnesses=((page,),), **fields)


def told(name: str, sides: tuple[str, str], about: tuple[str, ...]) -> Told:
    """A story of one matter: an agreement is signed, approved, and carried out."""
    acts = (("agreement", "signed", "2025-01-10"), ("agreement", "approved", "2025-04-02"), ("project", "launched", "2025-09-20"))
    pages = {f"{name}-{n}": "x" for n in range(len(acts))}
    found = tuple(
        happening(f"h-{name}-{n}", f"{name}-{n}", kind, sides, about, stage=stage, date=date, topics=("infrastructure",))
        for n, (kind, stage, date) in enumerate(acts)
    )
    gold = tuple(
        GoldHappening(id=f"{name}/{n}", type=kind, stage=stage, date=date, parties=sides, pages=(f"{name}-{n}",))
        for n, (kind, stage, date) in enumerate(acts)
    )
    thread = Thread(id=f"{name}/t", subject=about[0], steps=tuple(Step(event.id, event.stage, event.date) for event in gold), parties=sides)
    story = Story(Path(name), "train", World(story=name, entities=(), events=gold, threads=(thread,)), pages)
    return Told(story, found, {(f"{name}-{n}", f"{name}/{n}"): f"h-{name}-{n}" for n in range(len(acts))})


STORIES = [
    told("s1", ("GA", "JO"), ("cable", "fibre", "bridge")),
    told("s2", ("MA", "SN"), ("registry", "land", "girls")),
    told("s3", ("EG", "TD"), ("roaming", "mobile")),
    told("s4", ("KE", "QA"), ("satellite", "fishery", "school")),
]


def test_two_stories_are_told_between_the_sides_of_the_first() -> None:
    one, other = told_together(STORIES[0], STORIES[1])
    assert {happening.sides for happening in (*one, *other)} == {("GA", "JO")}
    assert [happening.id for happening in other] == [happening.id for happening in STORIES[1].happenings]
    assert all(not happening.people and not happening.who for happening in (*one, *other))


def test_every_pair_of_two_stories_is_no_link() -> None:
    rows = stranger_rows(STORIES[0], STORIES[1])
    assert rows
    assert not any(row.holds for row in rows)
    assert all("same parties" in row.signs and "meanings" not in row.signs for row in rows)


def test_what_a_story_left_out_teaches_is_not_learned() -> None:
    teacher = Teacher(STORIES)
    assert "s1" not in teacher.learn("s1").learned_from
    assert teacher.learn("s1") != teacher.learn()


def test_links_are_found_in_a_story_that_taught_nothing_also_beside_another_matter() -> None:
    found = check(STORIES, Teacher(STORIES).learn)
    assert found["alone"].f1 == 1.0
    beside = found["beside another between the same sides"]
    assert beside.precision == 1.0, "matters that mean different things stay apart"


def test_a_promise_is_the_one_of_the_gold_when_it_has_its_page_and_half_its_words() -> None:
    quote = "30 engineers will be trained by June"
    source = Source(document="d", path="folder/s1-2.txt", list="statements", item=0, evidence=Evidence(0, len(quote), quote))
    happening = Happening(id="c1", type="commitment", sources=(source,), witnesses=(("d",),))
    assert is_promise(happening, Promise("s1-2", "30 engineers will be trained"))
    assert not is_promise(happening, Promise("s1-3", "30 engineers will be trained"))
    assert not is_promise(happening, Promise("s1-2", "a hub opens in Sahlia next year"))
    meeting = Happening(id="h1", type="meeting", sources=(source,), witnesses=(("d",),))
    assert not is_promise(meeting, Promise("s1-2", quote))
