"""Weights are fitted by which one of several things is chosen."""

import pytest

from mithaq.evaluate.choice import Choice, fit_choice
from mithaq.lexicon.weighing import Scales, shares


def test_the_sign_of_what_is_chosen_gains_weight() -> None:
    choices = [Choice({"a": {"near": 1.0}, "b": {"far": 1.0}}, "a"), Choice({"a": {"far": 1.0}, "b": {"near": 1.0}}, "b")]
    weights = fit_choice(choices, 1.0)
    assert weights["near"] > 0 > weights["far"]
    likely = shares({"x": {"near": 1.0}, "y": {"far": 1.0}}, Scales("", 0.0, 0.0, weights))
    assert likely["x"] > 0.5 and sum(likely.values()) == pytest.approx(1.0)


def test_what_all_have_in_common_tells_nothing() -> None:
    weights = fit_choice([Choice({"a": {"both": 1.0, "one": 1.0}, "b": {"both": 1.0}}, "a")], 1.0)
    assert weights["both"] == pytest.approx(0.0, abs=1e-6)


def test_nothing_to_learn_from_is_said() -> None:
    with pytest.raises(ValueError, match="no choices"):
        fit_choice([], 1.0)
