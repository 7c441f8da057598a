"""Learning whose happenings are: the set nearest to the gold teaches, rare signs do not, and it comes out the same each time."""

from __future__ import annotations

from mithaq.annotate.party_choice import choose
from mithaq.evaluate.learn_parties import SEEN, Example, learn_weights, nearest

PAIR, OTHER = frozenset({"GH", "TG"}), frozenset({"BJ", "GH"})


def _example(parties: frozenset[str] = PAIR) -> Example:
    return Example([(OTHER, {"far": 1.0, "as ruled": 1.0}), (PAIR, {"near": 1.0, "otherwise": 1.0})], parties, "story")


def test_the_set_most_like_the_gold_teaches() -> None:
    assert nearest(_example()) == 1
    assert nearest(_example(frozenset({"BJ", "GH", "ML"}))) == 0


def test_what_is_learned_is_chosen_and_is_the_same_each_time() -> None:
    examples = [_example()] * 20
    scales = learn_weights(examples)
    assert choose(examples[0].options, scales) == PAIR
    assert scales == learn_weights(examples)


def test_rare_signs_teach_nothing() -> None:
    rare = Example([(OTHER, {"once": 1.0}), (PAIR, {"near": 1.0})], OTHER, "story")
    weights = learn_weights([_example()] * SEEN + [rare]).weights
    assert "near" in weights and "once" not in weights
