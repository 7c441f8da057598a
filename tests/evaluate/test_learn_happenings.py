"""What tells that two reports are one is learned from pairs whose gold is known; what was held before is moved no further than they ask."""

from __future__ import annotations

from mithaq.evaluate.learn_happenings import held, is_promise, learn
from mithaq.evaluate.logistic import BIAS, Row
from mithaq.evaluate.world import Promise
from mithaq.follow import signs as matters
from mithaq.lexicon.weighing import likelihood, load_scales
from mithaq.model import Evidence
from mithaq.model.happening import Happening, Source
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


def test_a_promise_is_the_one_of_the_gold_when_it_has_its_page_and_half_its_words() -> None:
    quote = "30 engineers will be trained by June"
    source = Source(document="d", path="folder/s1-2.txt", list="statements", item=0, evidence=Evidence(0, len(quote), quote))
    happening = Happening(id="c1", type="commitment", sources=(source,), witnesses=(("d",),))
    assert is_promise(happening, Promise("s1-2", "30 engineers will be trained"))
    assert not is_promise(happening, Promise("s1-3", "30 engineers will be trained"))
    assert not is_promise(happening, Promise("s1-2", "a hub opens in Sahlia next year"))
    meeting = Happening(id="h1", type="meeting", sources=(source,), witnesses=(("d",),))
    assert not is_promise(meeting, Promise("s1-2", quote))
