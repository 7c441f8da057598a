"""Which country or organisation a person means."""

from __future__ import annotations

import pytest

from mithaq.answers.sides import read_code, read_side
from mithaq.errors import QuestionError
from mithaq.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("MA", "MA"),
        ("om", "OM"),
        ("المغرب", "MA"),
        ("سلطنة عمان", "OM"),
        ("عُمان", "OM"),
        ("Côte d'Ivoire", "CI"),
        ("Mauritanie", "MR"),
        ("morocco", "MA"),
        ("itu", "ITU"),
        ("البنك الدولي", "WB"),
    ],
)
def test_codes_and_names_in_three_languages(words: str, code: str) -> None:
    assert read_side(words, load_lexicon()) == code


def test_an_unknown_name_is_refused_with_the_nearest_ones() -> None:
    with pytest.raises(QuestionError, match=r"'marocco'.*\(MA\)"):
        read_side("marocco", load_lexicon())
    with pytest.raises(QuestionError, match="ISO code"):
        read_side("qqqqqq", load_lexicon())


def test_codes_need_no_lexicon() -> None:
    assert read_code(" ma ") == "MA"
    assert read_code("Maroc") is None and read_code("ZZ") is None
