"""Personal names taken apart."""

from __future__ import annotations

import pytest

from mithaq.text.name_words import split_name, without_ending


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("عبد الله الكندي", ["عبدله", "كندي"]),
        ("عبدالله الكندي", ["عبدله", "كندي"]),
        ("Abd al-Rahman Kone", ["abdrahman", "kone"]),
        ("Abderrahman Koné", ["abdrahman", "kone"]),
        ("Abdelrahman KONE", ["abdrahman", "kone"]),
        ("يحيى ولد بده", ["يحيى", "بده"]),
        ("Jean-Pierre N'Diaye", ["jean", "pierre", "ndiaye"]),
        ("J.P. N’Diaye", ["ndiaye"]),
        ("Abdou", ["abdou"]),
        ("إلهام الكندي", ["إلهام", "كندي"]),
        ("", []),
    ],
)
def test_the_words_that_count(name: str, words: list[str]) -> None:
    assert [word.form for word in split_name(name).words if word.kind == "word"] == words


@pytest.mark.parametrize(
    ("name", "number"), [("محمد السادس", 6), ("Mohammed VI", 6), ("Charles the Third", 3), ("Hassan II", 2), ("سالم الكندي", 0), ("VI", 0)]
)
def test_the_number_of_a_king(name: str, number: int) -> None:
    assert split_name(name).number == number


def test_a_name_of_particles_alone_keeps_its_words() -> None:
    assert [word.form for word in split_name("Ben").words if word.kind == "word"] == ["ben"]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        *(("fatimetou", "fatima"), ("zeinebou", "zeineb"), ("زينبو", "زينب"), ("فاطمتو", "فاطمة")),
        *(("zeinab", None), ("abdou", None), ("أبو", None)),
    ],
)
def test_an_ending_that_some_countries_keep_is_taken_off(name: str, bare: str | None) -> None:
    assert without_ending(name) == bare
