"""Numbers in digits and words of three languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.text.numbers import read_digits, read_numbers
from mithaq.text.ordinals import read_ordinals
from mithaq.text.tokens import split_tokens


def values(text: str) -> list[float]:
    return [number.value for number in read_numbers(split_tokens(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("97,5", 97.5),
        ("٩٧٫٥", 97.5),
        ("4.500.000", 4_500_000),
        ("9 000", 9_000),
        ("9\u00a0000", 9_000),
        ("1,234.5", 1234.5),
        ("11,300 معاملة", 11_300),
        ("٢٠٬٥٠٠", 20_500),
        ("500 ألف", 500_000),
        ("3 ملايين و200 ألف", 3_200_000),
        ("20 بليون", 20e9),
        ("1,8 مليار", 1.8e9),
        ("2,5 milliards", 2.5e9),
        ("$5m", 5e6),
        ("7k", 7_000),
        ("1.2 billion", 1.2e9),
        ("ستمائة وعشرة آلاف", 610_000),
        ("الخمسة عشر", 15),
        ("لاثنين وعشرين عضوا", 22),
        ("الواحدة والعشرين", 21),
        ("خمسة وأربعين مليون دولار", 45e6),
        ("مليون ونصف المليون", 1.5e6),
        ("نصف مليون", 500_000),
        ("ربع مليون", 250_000),
        ("مئتي مشارك", 200),
        ("ألفي شخص", 2_000),
        ("ثلاث مائة", 300),
        ("مائة وخمسة وعشرين", 125),
        ("وأربعمائة مليون", 400e6),
        ("quatre-vingt-dix-sept", 97),
        ("soixante et onze", 71),
        ("vingt et un", 21),
        ("trois millions et demi", 3.5e6),
        ("une quarantaine", 40),
        ("mille neuf cent", 1_900),
        ("two hundred and five thousand", 205_000),
        ("half a million", 500_000),
        ("twenty-five", 25),
        ("a dozen", 12),
    ],
)
def test_one_number_is_read_whole(text: str, expected: float) -> None:
    assert values(text) == [expected]


@pytest.mark.parametrize(
    "text", ["أحد الأعضاء", "دفعة واحدة", "آلاف المشاركين", "عشرات", "un ministre", "one of them", "a first phase", "hundred"]
)
def test_words_that_are_numbers_only_beside_others_are_left(text: str) -> None:
    assert values(text) == []


def test_two_numbers_stay_two() -> None:
    assert values("خمسة وسبعة") == [5, 7]
    assert values("three and four") == [3, 4]
    assert values("2025 350") == [2025, 350]
    assert values("97,5 في المئة") == [97.5]


def test_digits_with_strange_marks_are_no_number() -> None:
    assert read_digits("1.2.3") is None
    assert read_digits("0.125") == 0.125


@given(st.integers(0, 10**12))
def test_grouped_thousands_give_the_number_back(number: int) -> None:
    assert values(f"{number:,}") == [number]
    assert values(f"{number:,}".replace(",", " ")) == [number]
    assert values(str(number).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))) == [number]


@given(st.text(alphabet="ابوفللعشرينمائةخسأت 0123456789.,٫-", max_size=60))
def test_numbers_never_overlap_and_stay_inside(text: str) -> None:
    tokens = split_tokens(text)
    at = 0
    for number in read_numbers(tokens):
        assert at <= number.first < number.last <= len(tokens)
        at = number.last


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الثانية عشرة", 12),
        ("الدورة الأولى", 1),
        ("الحادي والأربعين", 41),
        ("الخامسة والعشرين", 25),
        ("للمرة الثالثة", 3),
        ("2e", 2),
        ("9è", 9),
        ("21st", 21),
        ("deuxième", 2),
        ("neuvième", 9),
        ("vingt-et-unième", 21),
        ("third", 3),
        ("twenty-first", 21),
    ],
)
def test_ordinals(text: str, expected: int) -> None:
    assert [n.value for n in read_ordinals(split_tokens(text))] == [expected]


@pytest.mark.parametrize("text", ["système", "problème", "مشروع حاد", "2 élèves"])
def test_words_that_only_look_like_ordinals(text: str) -> None:
    assert read_ordinals(split_tokens(text)) == ()


@pytest.mark.parametrize("text", ["9" * 400, "1" + "٬000" * 120])
def test_digits_beyond_every_number_are_none(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4,1 milliards", [4.1e9]), ("2.3 billion", [2.3e9]), ("AT/MD", []), ("des milliards", []), ("un million", [1e6])],
)
def test_scales_are_exact_and_are_no_numbers_alone(text: str, expected: list[float]) -> None:
    assert values(text) == expected
