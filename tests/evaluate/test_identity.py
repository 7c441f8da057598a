"""Scores of who is who and what follows from what, on clusterings whose figures are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from evaluate.test_world import PAGES, WORLD
from mithaq.evaluate.figures import Share, Tally
from mithaq.evaluate.identity import (
    match_happenings,
    score_clusters,
    score_copies,
    score_entities,
    score_happenings,
    score_outcomes,
    score_threads,
)
from mithaq.evaluate.world import Happening, Promise, Step, Story, Thread, World

STORY = Story(Path("made"), "dev", WORLD, PAGES)
LABELS = st.dictionaries(st.integers(0, 9), st.integers(0, 3), min_size=1)


def entity(number: str, *mentions: tuple[str, str]) -> dict[str, Any]:
    return {"id": number, "kind": "person", "mentions": [{"path": f"news/{page}.txt", "quote": quote} for page, quote in mentions]}


def event(number: str, stage: str, *pages: str, date: str = "2026-05-02") -> dict[str, Any]:
    documents = [{"path": f"news/{page}.txt"} for page in pages]
    return {"id": number, "type": "agreement", "stage": stage, "parties": ["NZ", "WS"], "date": date, "documents": documents}


def test_b_cubed_as_published() -> None:
    gold = dict(enumerate("aaaaabbccccc"))
    got = dict(enumerate("xxxxxyyyyyyy"))
    scored = score_clusters(gold, got)
    assert scored.precision == pytest.approx(0.762, abs=0.001) and scored.recall == 1.0
    assert score_clusters(gold, dict(enumerate("xxxxxyyzzzzz"))).f1 == 1.0


@given(LABELS, LABELS)
def test_names_of_clusters_do_not_matter_and_sides_are_mirrored(gold: dict[int, int], got: dict[int, int]) -> None:
    scored, mirrored = score_clusters(gold, got), score_clusters(got, gold)
    assert scored.precision == pytest.approx(mirrored.recall)
    renamed = score_clusters(gold, {item: f"cluster {label}" for item, label in got.items()})
    assert (renamed.precision, renamed.recall) == pytest.approx((scored.precision, scored.recall))


def test_one_person_on_two_pages() -> None:
    joined = score_entities([STORY], [entity("P1", ("one", "Sara Holt"), ("two", "Holt"))])["person"]
    apart = score_entities([STORY], [entity("P1", ("one", "Sara Holt")), entity("P2", ("two", "Holt"))])["person"]
    assert (joined.f1, joined.found) == (1.0, Share(2, 2))
    assert (apart.precision, apart.recall) == (1.0, 0.5)
    assert score_entities([STORY], [entity("P1", ("one", "Sara Holt"))])["person"].found == Share(1, 2)


def test_one_happening_on_two_pages_and_a_thread_of_two() -> None:
    approved = Happening(id="made/approved", type="agreement", stage="approved", parties=("NZ", "WS"), date="2026-06", pages=("two",))
    thread = Thread(id="made/thread", subject="the text", steps=(Step("made/signed"), Step("made/approved")))
    known = replace(STORY, world=replace(WORLD, events=(*WORLD.events, approved), threads=(thread,)))
    rows = [event("E1", "signed", "one", "two"), event("E2", "approved", "two", date="2026-06-03")]
    assert score_happenings([known], rows).f1 == 1.0
    matched = match_happenings([known], rows)
    assert matched == {("one", "made/signed"): "E1", ("two", "made/signed"): "E1", ("two", "made/approved"): "E2"}
    together = [{"id": "T1", "steps": [{"event": "E1"}, {"event": "E2"}]}]
    assert score_threads([known], together, matched) == Tally(1, 0, 0)
    assert score_threads([known], [{"id": "T1", "steps": [{"event": "E1"}]}], matched) == Tally(0, 0, 1)


def test_copies_are_pairs_and_translations_are_told_apart() -> None:
    assert score_copies([STORY], [["news/one.txt", "news/two.txt"]]) == Tally(1, 0, 0)
    assert score_copies([STORY], []) == Tally(0, 0, 1)
    translated = replace(STORY, world=World(story="made", entities=(), events=(), copies=WORLD.copies, translations=WORLD.copies))
    assert score_copies([translated], []) == Tally(0, 0, 0)


def test_what_came_of_a_promise_is_right_wrong_or_missed() -> None:
    quote, page = "two labs by June", "one"
    promise = Promise(page, quote, "2026-06", "made/opened")
    happenings = (Happening(id="made/opened", type="project", pages=("two",)),)
    threads = (Thread(id="made/labs", subject="labs", steps=(Step("made/opened"),), commitments=(promise,)),)
    text = f"They promise {quote}."
    world = World(story="made", entities=(), events=happenings, threads=threads)
    story = Story(Path("made"), "dev", world, {page: text, "two": "Labs open."})
    start = text.find(quote)

    def row(outcome: str | None, first: int) -> dict[str, Any]:
        documents = [{"path": f"news/{page}.txt", "evidence": {"start": first, "end": first + len(quote)}}]
        came = {"event": outcome, "degree": "met"} if outcome else None
        return {"id": "T1", "steps": [{"event": "C1", "type": "commitment", "stage": "planned", "outcome": came, "documents": documents}]}

    matched = {("two", "made/opened"): "E1"}
    assert score_outcomes([story], [row("E1", start)], matched) == Tally(1, 0, 0)
    assert score_outcomes([story], [row("E2", start)], matched) == Tally(0, 1, 1)
    assert score_outcomes([story], [row(None, start)], matched) == Tally(0, 0, 1)
    assert score_outcomes([story], [row("E1", start + 400)], matched) == Tally(0, 0, 1)
    assert score_outcomes([story], [row(None, start)], {}) == Tally(0, 0, 0)
