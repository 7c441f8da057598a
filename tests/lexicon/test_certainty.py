"""Confidence: curves rise, rules have their share, and what a page says carries it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.lexicon.certainty import confidence, load_certainty, read_curve, rule_confidence, rule_of

CHANCES = st.floats(0, 1)


@given(CHANCES, CHANCES, st.sampled_from(sorted(load_certainty().curves)))
def test_what_is_likelier_is_never_less_sure(one: float, other: float, layer: str) -> None:
    low, high = sorted((one, other))
    assert 0 <= confidence(layer, low) <= confidence(layer, high) <= 1


def test_between_two_knots_the_curve_is_a_straight_line() -> None:
    knots = ((0.2, 0.1), (0.4, 0.5))
    assert [round(read_curve(knots, x), 3) for x in (0.0, 0.2, 0.3, 0.4, 1.0)] == [0.1, 0.1, 0.3, 0.5, 0.5]


def test_a_rule_is_known_without_the_words_it_found() -> None:
    assert rule_of("head word: شركة") == rule_of("head word «منتدى»") == "head word"
    assert rule_of("begins with a given name; country in the office") == "begins with a given name"
    assert rule_of("") == ""


def test_a_rule_never_seen_has_the_share_of_all() -> None:
    assert rule_confidence("bodies", "no such rule") == round(load_certainty().rules["bodies"][""], 2)
