"""Learned weights: those that are packaged, and what they make of signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.lexicon.weighing import Scales, Sign, ask_signs, likelihood, likelihood_of, load_scales

JUDGE = Scales(about="made by hand", bias=-1.0, threshold=0.5, weights={"signed": 2.0, "wished": -2.0})


def test_packaged_weights_are_of_use() -> None:
    judge = load_scales("events")
    assert 0 < judge.threshold < 1
    assert judge.weights["agreement:nounact"] > judge.weights["agreement:noun"]


def test_signs_move_the_likelihood_of() -> None:
    assert likelihood_of({"signed"}, JUDGE) > 0.5 > likelihood_of({"wished"}, JUDGE)
    assert likelihood_of({"never seen"}, JUDGE) == likelihood_of((), JUDGE)


@given(st.sets(st.sampled_from(["signed", "wished", "other"])))
def test_a_likelihood_lies_between_nothing_and_one(signs: set[str]) -> None:
    assert 0 < likelihood_of(sorted(signs), JUDGE) < 1


@given(st.sets(st.sampled_from(["signed", "wished", "other"])))
def test_a_sign_that_holds_counts_as_one(signs: set[str]) -> None:
    assert likelihood_of(sorted(signs), JUDGE) == likelihood(dict.fromkeys(signs, 1.0), JUDGE)


@pytest.mark.parametrize("name", ["events", "indicators", "relevance", "topics"])
def test_every_packaged_weight_can_be_read(name: str) -> None:
    scales = load_scales(name)
    assert 0 < scales.threshold < 1
    assert scales.weights
    assert scales.learned_from


def test_signs_are_asked_and_what_does_not_hold_is_left_out() -> None:
    signs = (Sign[str]("long", lambda word: len(word) > 3, 1.0), Sign[str]("share", lambda word: len(word) / 8, -1.0))
    assert ask_signs(signs, "abcd") == {"long": 1.0, "share": 0.5}
    assert ask_signs(signs, "") == {}
