"""Connected stories: ours say only what their pages say, and what is wrong with one is told."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from msgspec.structs import replace

from mithaq.errors import InputError
from mithaq.evaluate.world import Happening, Naming, Promise, Step, Story, Thing, Thread, World, check_story, read_stories, sentences_of

ROOT = Path(__file__).resolve().parents[2]
STORIES = read_stories(ROOT)
PAGES = {"one": "Sara Holt signed it in Apia.", "two": "The text that Holt signed waits for approval."}
WORLD = World(
    story="made",
    entities=(Thing(id="person/holt", kind="person", country="NZ", mentions=(Naming("one", "Sara Holt"), Naming("two", "Holt"))),),
    events=(Happening(id="made/signed", type="agreement", stage="signed", parties=("NZ", "WS"), date="2026-05", pages=("one", "two")),),
    threads=(
        Thread(
            id="made/thread",
            subject="the text",
            steps=(Step("made/signed", "signed", "2026-05"),),
            commitments=(Promise("two", "waits for approval", None, None),),
        ),
    ),
    copies=(("one", "two"),),
)


def story(world: World) -> Story:
    return Story(Path("made"), "train", world, PAGES)


@pytest.mark.parametrize("known", STORIES, ids=lambda s: s.folder.name)
def test_our_stories_say_only_what_their_pages_say(known: Story) -> None:
    assert check_story(known) == []
    assert len(known.pages) >= 4 and all((known.folder / f"{page}.meta.json").is_file() for page in known.pages)


def test_pages_have_names_of_their_own() -> None:
    names = [page for known in STORIES for page in known.pages]
    assert len(names) == len(set(names))


def test_what_is_measured_shares_no_sentence_and_no_person_with_what_is_learned_from() -> None:
    learned, measured = ([s for s in STORIES if (s.split == "test") == test] for test in (False, True))
    for a, b in ((a, b) for a in learned for b in measured):
        people = [{t.id for t in s.world.entities if t.kind == "person"} for s in (a, b)]
        assert not people[0] & people[1], (a.folder.name, b.folder.name)
    said = [set().union(*(sentences_of(text) for s in group for text in s.pages.values())) for group in (learned, measured)]
    assert not said[0] & said[1]


def test_a_good_story_has_no_fault() -> None:
    assert check_story(story(WORLD)) == []


@pytest.mark.parametrize(
    ("world", "fault"),
    [
        (replace(WORLD, story="other"), "says story"),
        (replace(WORLD, entities=(replace(WORLD.entities[0], mentions=(Naming("one", "Sarah"),)),)), "is not named 'Sarah'"),
        (replace(WORLD, entities=(replace(WORLD.entities[0], id="body/holt"),)), "does not begin with its kind"),
        (replace(WORLD, entities=(*WORLD.entities, replace(WORLD.entities[0], id="person/other"))), "means two"),
        (replace(WORLD, events=(replace(WORLD.events[0], type="party"),)), "not in the vocabulary"),
        (replace(WORLD, events=(replace(WORLD.events[0], date="2026-02-30"),)), "no possible date"),
        (replace(WORLD, events=(replace(WORLD.events[0], pages=("three",)),)), "pages that are not there"),
        (replace(WORLD, events=()), "is no event"),
        (replace(WORLD, copies=(("one", "nine"),)), "a copy names page 'nine'"),
        (
            replace(WORLD, threads=(replace(WORLD.threads[0], commitments=(Promise("one", "waits for approval"),)),)),
            "does not stand on page 'one'",
        ),
    ],
)
def test_a_fault_is_told(world: World, fault: str) -> None:
    assert any(fault in line for line in check_story(story(world)))


def test_a_story_that_is_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "world").mkdir(parents=True)
    (tmp_path / "corpus" / "world" / "splits.json").write_text('{"gone": "dev"}', "utf-8")
    with pytest.raises(InputError, match=r"splits\.json names a story that is not there"):
        read_stories(tmp_path)


def test_the_world_is_as_large_and_as_hard_as_it_is_said_to_be() -> None:
    told = [event for s in STORIES for event in s.world.events if len(event.pages) > 1]
    steps = [thread for s in STORIES for thread in s.world.threads if len(thread.steps) > 1]
    forms = [t for s in STORIES for t in s.world.entities if len({m.name for m in t.mentions}) > 1]
    surnames = [t.id.rsplit("-", 1)[-1] for s in STORIES for t in s.world.entities if t.kind == "person"]
    assert len(told) >= 200 and len(steps) >= 50 and len(forms) >= 350
    assert any(a == b for a, b in combinations(sorted(surnames), 2))
