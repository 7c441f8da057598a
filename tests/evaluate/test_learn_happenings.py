"""What tells that two reports are one is learned from pairs whose gold is known; what was held before is moved no further than they ask."""

from __future__ import annotations

from mithaq.evaluate.learn_happenings import held, learn
from mithaq.evaluate.logistic import BIAS, Row
from mithaq.follow import signs as matters
from mithaq.lexicon.weighing import likelihood, load_scales
from mithaq.resolve import alike

BEFORE = {BIAS: -1.0, "same day": 2.0, "other people": -1.0, "never seen": 3.0}


def rows(count: int) -> list[Row]:
    return [Row({"same day": 1.0}, True)] * count + [Row({"same day": 1.0, "other people": 1.0}, False)] * count


def test_pairs_move_the_weights_to_where_they_tell_right_from_wrong() -> None:
    scales = learn(rows(40), BEFORE, 0.5, "about", [])
    assert likelihood({"same day": 1.0}, scales) > 0.8
    assert likelihood({"same day": 1.0, "other people": 1.0}, scales) < 0.2
    assert set(scales.weights) == {"same day", "other people", "never seen"}
    assert scales.weights["never seen"] > 0, "what no pair speaks of keeps its direction"


def test_the_order_of_pairs_makes_no_difference() -> None:
    assert learn(rows(9), BEFORE, 0.5, "about", []) == learn(rows(9)[::-1], BEFORE, 0.5, "about", [])


def test_the_packaged_weights_know_every_sign_and_no_other() -> None:
    for name, signs, bias in (("happenings", alike.SIGNS, alike.BIAS), ("threads", matters.SIGNS, matters.BIAS)):
        assert set(load_scales(name).weights) == set(held(signs, bias)) - {BIAS}


def test_strangers_speak_against_what_they_share() -> None:
    strangers = [Row({"same day": 1.0}, False, 0.5)] * 40
    before, after = learn(rows(40), BEFORE, 0.5, "about", []), learn(rows(40), BEFORE, 0.5, "about", [], strangers=strangers)
    assert likelihood({"same day": 1.0}, after) < likelihood({"same day": 1.0}, before)
