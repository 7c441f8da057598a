"""The whole road on connected stories: read, kept, put together, followed, and measured as a user's pages are."""

from __future__ import annotations

from pathlib import Path

from mithaq.evaluate.stories import measure_stories
from mithaq.evaluate.world import read_stories

ROOT = Path(__file__).resolve().parents[2]


def test_a_story_is_put_together_and_its_copies_are_seen() -> None:
    stories = [story for story in read_stories(ROOT, "dev") if story.folder.name == "b11"]
    figures = measure_stories(stories)
    assert figures["people: found"] > 10 and figures["bodies: found"] > 10 and figures["happenings: found"] > 4
    assert figures["people: one on all pages"] > 0.8 and figures["happenings: one on all pages"] > 0.8
    assert figures == measure_stories(stories)


def test_without_pages_nothing_is_found() -> None:
    assert set(measure_stories([]).values()) == {0.0}
