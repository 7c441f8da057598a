"""The judge of events: its packaged weights, and what it makes of signs."""

from hypothesis import given
from hypothesis import strategies as st

from mithaq.annotate.judging import Weights, likelihood, load_weights

JUDGE = Weights(about="made by hand", bias=-1.0, threshold=0.5, weights={"signed": 2.0, "wished": -2.0})


def test_packaged_weights_are_of_use() -> None:
    judge = load_weights()
    assert 0 < judge.threshold < 1
    assert judge.weights["agreement:nounact"] > judge.weights["agreement:noun"]


def test_signs_move_the_likelihood() -> None:
    assert likelihood({"signed"}, JUDGE) > 0.5 > likelihood({"wished"}, JUDGE)
    assert likelihood({"never seen"}, JUDGE) == likelihood((), JUDGE)


@given(st.sets(st.sampled_from(["signed", "wished", "other"])))
def test_a_likelihood_lies_between_nothing_and_one(signs: set[str]) -> None:
    assert 0 < likelihood(sorted(signs), JUDGE) < 1
