"""How well two words fit as spellings of one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.resolve.spellings import word_likeness

WORDS = st.text(alphabet=st.sampled_from("abcdghijklmnoqrstuwyzابتثجحخدرسشعفقكلمنهوي"), min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("a", "b"), [("tabone", "تابوني"), ("saghrouni", "seghrouni"), ("طابوني", "تابوني"), ("moctar", "مختار"), ("osman", "عثمان")]
)
def test_spellings_of_one_name_are_alike(a: str, b: str) -> None:
    assert word_likeness(a, b) > 0.5


@pytest.mark.parametrize(
    ("a", "b"), [("salem", "saleh"), ("hassan", "hussein"), ("sanogo", "كوناتي"), ("كوني", "كوناتي"), ("moctar", "منصور")]
)
def test_two_names_are_not(a: str, b: str) -> None:
    assert word_likeness(a, b) < 0.5


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_between_nothing_and_one(a: str, b: str) -> None:
    assert word_likeness(a, b) == pytest.approx(word_likeness(b, a))
    assert 0.0 <= word_likeness(a, b) <= 1.0
    assert word_likeness(a, a) == 1.0


def test_a_word_without_letters_is_like_nothing() -> None:
    assert word_likeness("", "سالم") == 0.0
