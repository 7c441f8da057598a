"""Learning which of several things holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.evaluate.choices import fit_choice

OPTIONS = [{"red": 1.0, "big": 1.0}, {"blue": 1.0, "big": 1.0}, {"blue": 1.0}]


def total(signs: dict[str, float], weights: dict[str, float]) -> float:
    return sum(value * weights.get(sign, 0.0) for sign, value in signs.items())


def test_what_holds_weighs_more_than_what_does_not() -> None:
    weights = fit_choice([(0, OPTIONS)] * 8, penalty=0.5, seen=1)
    totals = [total(signs, weights) for signs in OPTIONS]
    assert totals[0] == max(totals) and weights["red"] > 0 > weights["blue"]


def test_a_sign_that_every_option_has_tells_nothing() -> None:
    both = [{"here": 1.0, "red": 1.0}, {"here": 1.0, "blue": 1.0}]
    assert "here" not in fit_choice([(0, both)] * 5 + [(1, both)] * 2, penalty=0.5, seen=1)


def test_a_rare_sign_teaches_nothing() -> None:
    assert set(fit_choice([(0, OPTIONS), *[(1, OPTIONS[1:])] * 6], penalty=0.1, seen=3)) <= {"blue", "big"}


@given(st.floats(1.0, 50.0))
def test_a_harder_penalty_makes_no_weight_larger(penalty: float) -> None:
    soft, hard = (fit_choice([(0, OPTIONS)] * 6, penalty=p, seen=1) for p in (penalty, penalty * 4))
    assert all(abs(hard.get(sign, 0.0)) <= abs(weight) + 0.002 for sign, weight in soft.items())
