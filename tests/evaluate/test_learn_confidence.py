"""The tables of confidence: rising curves, shares by rule, and an error that is nothing when what is said is true."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.evaluate.learn_confidence import SEEN, calibration_error, cross_rate, draw_curve, share_by_rule
from mithaq.evaluate.learning import Guess

GUESSES = st.lists(st.builds(Guess, st.floats(0, 1), st.booleans(), st.sampled_from("abcdef")), min_size=1, max_size=60)


@given(GUESSES)
def test_a_curve_rises_whatever_was_guessed(guesses: list[Guess]) -> None:
    curve = draw_curve(guesses)
    assert list(curve) == sorted(curve)
    assert all(low <= high for (_, low), (_, high) in pairwise(curve))


def test_without_guesses_there_is_no_curve() -> None:
    with pytest.raises(ValueError, match="no guesses"):
        draw_curve([])


def test_a_model_too_sure_of_itself_is_brought_down() -> None:
    guesses = [Guess(0.9, n % 2 == 0, f"page {n % 10}") for n in range(200)]
    assert calibration_error(guesses) == pytest.approx(0.4)
    assert calibration_error(cross_rate(guesses)) < 0.05
    assert cross_rate(guesses, least=0.95) == []


def test_rules_seen_rarely_have_no_share_of_their_own() -> None:
    shares = share_by_rule([("head word: x", True)] * SEEN + [("gazetteer: y", False)])
    assert set(shares) == {"", "head word"}
    assert shares["head word"] > shares[""] > 0.5
