"""Learning who deals with whom: what the gold joins teaches, rare signs do not, rules stand unless much is against them."""

from __future__ import annotations

from mithaq.annotate.pairs import KEPT
from mithaq.evaluate.learn_pairs import SEEN, THRESHOLD, Example, Two, by_story, is_shown, learn_weights
from mithaq.lexicon.weighing import likelihood

TOGETHER, APART = {"together": 1.0}, {"far": 1.0}


def _example(story: str = "a") -> Example:
    return Example(f"{story}-01", story, [Two(TOGETHER, True, True), Two(APART, False, False)], 1)


def test_what_the_gold_joins_is_likelier_and_comes_out_the_same_each_time() -> None:
    examples = [_example()] * 40
    scales = learn_weights(examples)
    assert likelihood(TOGETHER, scales) > 0.8 > 0.2 > likelihood(APART, scales)
    assert scales == learn_weights(examples)


def test_rare_signs_teach_nothing() -> None:
    rare = Example("r", "r", [Two({"once": 1.0}, False, True)], 1)
    weights = learn_weights([_example()] * SEEN + [rare]).weights
    assert "together" in weights and "once" not in weights


def test_a_pair_of_the_rules_stands_at_less() -> None:
    middle = (KEPT + THRESHOLD) / 2
    assert is_shown(Two({}, True, True), middle) and not is_shown(Two({}, False, True), middle)
    assert not is_shown(Two({}, True, True), KEPT - 0.01)


def test_each_story_is_judged_by_others() -> None:
    other = Example("b-01", "b", [Two(TOGETHER, False, False)], 0)
    judged = {example.name: scales for example, scales in by_story([_example()] * 9 + [other] * 9)}
    assert set(judged) == {"a-01", "b-01"}
    assert likelihood(TOGETHER, judged["a-01"]) < likelihood(TOGETHER, judged["b-01"])
