"""Fitting weights: what separates gets weight, what is held back gets less, and equations are solved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.evaluate.logistic import BIAS, Row, fit, fit_many, solve
from mithaq.lexicon.weighing import Scales, likelihood

ROWS = [Row({"digital": 1.0}, True), Row({"wheat": 1.0}, False), Row({"digital": 1.0, "wheat": 1.0}, True), Row({}, False)] * 5


def test_what_separates_gets_weight() -> None:
    weights = fit(ROWS, lambda name: 1.0)
    assert weights["digital"] > 1 > abs(weights["wheat"])
    scales = Scales("", weights[BIAS], 0.5, weights)
    assert likelihood({"digital": 1.0}, scales) > 0.7 > 0.3 > likelihood({"wheat": 1.0}, scales)


def test_a_harder_penalty_holds_weights_back() -> None:
    loose, tight = fit(ROWS, lambda name: 0.5), fit(ROWS, lambda name: 20.0)
    assert 0 < tight["digital"] < loose["digital"]


def test_a_row_that_counts_twice_is_two_rows() -> None:
    twice = fit([*ROWS, Row({"wheat": 1.0}, True, 2.0)], lambda name: 1.0)
    both = fit([*ROWS, Row({"wheat": 1.0}, True), Row({"wheat": 1.0}, True)], lambda name: 1.0)
    assert twice == pytest.approx(both)


@pytest.mark.parametrize("penalty", [0.5, 2.0, 20.0])
def test_many_weights_are_the_same_as_few(penalty: float) -> None:
    rows = [*ROWS, Row({"wheat": 0.3, "data": 2.0}, True, 3.0), Row({"data": 0.5}, False)]
    few, many = fit(rows, lambda name: penalty), fit_many(rows, lambda name: penalty)
    assert many == pytest.approx(few, abs=1e-3)


def test_many_weights_from_nothing_are_an_error() -> None:
    with pytest.raises(ValueError, match="no rows"):
        fit_many([], lambda name: 1.0)


def test_nothing_to_learn_from_is_an_error() -> None:
    with pytest.raises(ValueError, match="no rows"):
        fit([], lambda name: 1.0)


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3))
def test_equations_are_solved(wanted: list[float]) -> None:
    matrix = [[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]]
    right = [sum(a * x for a, x in zip(line, wanted, strict=True)) for line in matrix]
    assert solve(matrix, right) == pytest.approx(wanted, abs=1e-9)
