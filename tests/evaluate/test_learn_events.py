"""Learning the judge of events: matching with gold, and weights that separate what can be separated."""

from __future__ import annotations

from mithaq.evaluate.learn_events import learn_weights, match_events
from mithaq.lexicon.weighing import likelihood_of
from mithaq.model import Event, Evidence

QUOTE = "Kenya and Jordan signed a memorandum in Amman"


def _event(kind: str, parties: tuple[str, ...], quote: str = QUOTE) -> Event:
    return Event(type=kind, parties=parties, evidence=Evidence(0, len(quote), quote))  # type: ignore[arg-type]


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
