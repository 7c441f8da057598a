"""Learning the judge of events: matching with gold, and weights that separate what can be separated."""

from __future__ import annotations

from pathlib import Path

import pytest

from mithaq.annotate.around import AROUND
from mithaq.errors import InputError
from mithaq.evaluate.learn_events import AROUND_PENALTY, Page, by_story, learn_from, learn_weights, match_events, read_before
from mithaq.lexicon.weighing import Scales, likelihood_of
from mithaq.model import Event, Evidence

QUOTE = "Kenya and Jordan signed a memorandum in Amman"


def _event(kind: str, parties: tuple[str, ...], quote: str = QUOTE) -> Event:
    return Event(type=kind, parties=parties, evidence=Evidence(0, len(quote), quote))  # type: ignore[arg-type]  # a type of the closed list


def test_gold_takes_the_candidate_most_like_it() -> None:
    gold = [{"type": "agreement", "parties": ["JO", "KE"], "quote": "signed a memorandum in Amman", "date": None}]
    events = [_event("meeting", ("JO", "KE")), _event("agreement", ("JO", "TN")), _event("agreement", ("JO", "KE"))]
    assert match_events(gold, events) == {2}


def test_other_words_are_another_event() -> None:
    gold = [{"type": "agreement", "parties": ["JO", "KE"], "quote": "the loan contract of last spring"}]
    assert match_events(gold, [_event("agreement", ("JO", "KE"))]) == frozenset()


def test_learned_weights_tell_happenings_and_are_the_same_each_time() -> None:
    examples = [(frozenset({"dated", "agreement"}), True), (frozenset({"wished", "agreement"}), False)] * 12
    weights = learn_weights(examples)
    assert likelihood_of({"dated", "agreement"}, weights) > 0.5 > likelihood_of({"wished", "agreement"}, weights)
    assert weights == learn_weights(examples)


def test_rare_signs_teach_nothing() -> None:
    examples = [(frozenset({"dated"}), True), (frozenset({"wished"}), False)] * 6 + [(frozenset({"once"}), True)]
    assert "once" not in learn_weights(examples).weights


def _page(name: str, story: str, dated: bool) -> Page:
    near = AROUND + ("sides2" if dated else "sides0")
    return Page(name, story, [(frozenset({"dated" if dated else "wished", near}), dated)] * 6)


BEFORE = Scales(about="", bias=-1.0, threshold=0.5, weights={"dated": 0.4, "heard": 0.2})


def test_what_was_held_before_counts_half() -> None:
    pages = [_page("a01", "a", True), _page("a02", "b", False)]
    now = learn_weights([example for page in pages for example in page.examples], AROUND_PENALTY)
    both = learn_from(pages, BEFORE)
    assert both.weights["heard"] == 0.1
    assert both.weights["dated"] == round((0.4 + now.weights["dated"]) / 2, 3)
    assert both.bias == round((now.bias - 1) / 2, 3)


def test_what_was_held_before_is_asked_for_when_it_is_missing(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "events_before.json").write_text('{"weights": 3}', "utf-8")
    with pytest.raises(InputError, match="take the file from the repository again"):
        read_before(tmp_path)


def test_no_page_is_judged_by_weights_learned_from_its_story() -> None:
    pages = [_page(f"a{i}", story, bool(i % 2)) for i, story in enumerate("abcabc")]
    judged = [page.name for page, _ in by_story(pages, BEFORE, folds=3)]
    assert sorted(judged) == sorted(page.name for page in pages)
