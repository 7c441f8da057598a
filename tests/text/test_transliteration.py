"""Spellings of names across scripts and in one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.resolve.spellings import load_speller
from mithaq.text.transliteration import END, START, Speller, first_guess, plain_arabic, plain_latin

SPELLINGS = [
    ("Seghrouni", "السغروني"),
    ("Qudah", "القضاة"),
    ("Tshombe", "تشومبي"),
    ("Beaulieu", "بوليو"),
    ("Kovačić", "كوفاتشيتش"),
    ("Schneider", "شنايدر"),
    ("Jiménez", "خيمينيز"),
    ("Watanabe", "واتانابي"),
    ("Ouédraogo", "ويدراوغو"),
]


@pytest.mark.parametrize(("latin", "arabic"), SPELLINGS)
def test_spellings_lie_near_and_other_names_far(latin: str, arabic: str) -> None:
    speller = load_speller()
    assert speller.distance(latin, arabic) < speller.threshold
    others = [other for _, other in SPELLINGS if other != arabic]
    assert min(speller.distance(latin, other) for other in others) > speller.threshold


def test_a_dropped_consonant_costs_more_than_a_vowel() -> None:
    speller = load_speller()
    assert speller.distance("Samira", "سمرا") < speller.distance("Samira", "سيرا")


def test_the_article_costs_little() -> None:
    speller = load_speller()
    assert speller.distance("Qudah", "القضاة") - speller.distance("Qudah", "قضاة") < 0.3


@pytest.mark.parametrize(
    ("near", "far"), [(("Saghrouni", "Seghrouni"), ("Saghrouni", "Zaghmouti")), (("Salem", "Salim"), ("Salem", "Selma"))]
)
def test_in_one_script_other_vowels_lie_nearer_than_other_consonants(near: tuple[str, str], far: tuple[str, str]) -> None:
    speller = load_speller()
    assert speller.distance(*near) < speller.distance(*far)


WORDS = st.text(alphabet=st.sampled_from("abcdeghijklmnoqrstuwyzšçابتثجحخدرسشعفقكلمنهويةأى"), min_size=1, max_size=10)


@given(WORDS, WORDS)
def test_the_distance_is_symmetric_and_never_negative(a: str, b: str) -> None:
    speller = load_speller()
    assert speller.distance(a, b) == pytest.approx(speller.distance(b, a))
    assert speller.distance(a, b) >= 0.0


@given(WORDS)
def test_a_word_lies_at_no_distance_from_itself(word: str) -> None:
    assert load_speller().distance(word, word) == 0.0 or not (plain_latin(word) and plain_arabic(word))


LATIN = st.text(alphabet=st.sampled_from("abcdeghijklmnoqrstuwyzšç"), min_size=1, max_size=8)
ARABIC = st.text(alphabet=st.sampled_from("ابتثجحخدرسشعفقكلمنهوي"), min_size=1, max_size=8)


@given(LATIN, ARABIC)
def test_the_steps_put_together_are_the_two_words(latin: str, arabic: str) -> None:
    steps = Speller(first_guess()).align(latin, arabic)
    assert "".join(step.latin for step in steps) == START + plain_latin(latin) + END
    assert "".join(step.arabic for step in steps) == START + plain_arabic(arabic) + END


def test_a_word_without_letters_is_infinitely_far() -> None:
    assert load_speller().distance("'", "سالم") == float("inf")
    assert load_speller().distance("", "") == float("inf")


@given(WORDS, WORDS, st.floats(min_value=0.0, max_value=4.0))
def test_who_asks_for_near_words_alone_gets_the_same_distance_or_one_too_far(a: str, b: str, most: float) -> None:
    speller = load_speller()
    exact = speller.distance(a, b)
    assert (found := speller.distance(a, b, most)) == exact or min(found, exact) >= most - 1e-9
