"""Words that readers take for one meet in one key; words that differ stay apart; clitic readings lie on the word as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.text.characters import strip_marks
from mithaq.text.fold import fold_letters, fold_reading, fold_text, fold_word, read_clitics

ARABIC = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئًٌٍَُِّْـ", min_size=1, max_size=12)
LATIN = st.text("abcdefghijklmnopqrstuvwxyzéèàçœ'ABCÉ", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "words",
    [
        ("المذكرة", "مذكرة", "مذكّرة", "مذكره", "المـذكرة"),
        ("الإدارة", "إدارة", "ادارة", "الادارة"),
        ("إفريقيا", "أفريقيا", "افريقيا"),
        ("ألماني", "الألماني", "الماني", "الالماني"),
        ("إلكترونية", "الإلكترونية", "الكترونية"),
        ("بألمانيا", "بالمانيا"),
        ("وللبنك", "ولبنك"),
        ("بالغابون", "بغابون"),
        ("Économie", "economie", "ÉCONOMIE"),
        ("œuvre", "oeuvre"),
        ("l’État", "l'état"),
    ],
)
def test_spellings_of_one_word_share_a_key(words: tuple[str, ...]) -> None:
    assert len({fold_word(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("على", "علي"), ("إلى", "الي"), ("قطر", "قطار"), ("مالي", "مالية"), ("الألبان", "بأن"), ("الآلية", "إليه"), ("cote", "code")],
)
def test_different_words_keep_their_keys(one: str, other: str) -> None:
    assert fold_word(one) != fold_word(other)


def test_letters_keep_the_article_that_words_lose() -> None:
    assert fold_letters("الإدارة") == "الاداره"
    assert fold_word("الإدارة") == "اداره"


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("وبالغابون", [(0, "", "وبغابون"), (1, "و", "بغابون"), (2, "وب", "غابون")]),
        ("للبنك", [(0, "", "لبنك"), (0, "لل", "بنك")]),
        ("للألمانية", [(0, "", "للالمانيه"), (0, "لل", "مانيه")]),
        ("وللبنك", [(0, "", "ولبنك"), (1, "و", "لبنك"), (1, "ولل", "بنك")]),
        ("كالمغرب", [(0, "", "كمغرب"), (1, "ك", "مغرب")]),
        ("وَبِمسقط", [(0, "", "وبمسقط"), (2, "و", "بمسقط"), (4, "وب", "مسقط")]),
        ("Rabat", [(0, "", "rabat")]),
    ],
)
def test_clitics_are_taken_off_one_by_one(word: str, readings: list[tuple[int, str, str]]) -> None:
    assert [tuple(reading) for reading in read_clitics(word)] == readings


@pytest.mark.parametrize("word", ["وعد", "بيت", "لم", "وفد", "كل"])
def test_what_would_be_left_too_short_is_not_split(word: str) -> None:
    assert len(read_clitics(word)) == 1


@pytest.mark.parametrize("word", ["البنك", "للبنك", "وللبنك", "والبنك", "بالبنك"])
def test_a_reading_gives_the_article_back(word: str) -> None:
    assert fold_reading(word, read_clitics(word)[-1]) == "البنك"


def test_a_text_folds_to_its_keys() -> None:
    assert fold_text("الاتحاد  الدولي، للاتصالات") == "اتحاد دولي لاتصالات"
    assert fold_text("Côte d'Ivoire !") == "cote d'ivoire"


@given(st.one_of(ARABIC, LATIN))
def test_folding_letters_again_changes_nothing(word: str) -> None:
    assert fold_letters(fold_letters(word)) == fold_letters(word)


@given(ARABIC)
def test_marks_never_change_a_key(word: str) -> None:
    assert fold_word(word) == fold_word(strip_marks(word))


@given(LATIN)
def test_case_never_changes_a_key(word: str) -> None:
    assert fold_word(word.upper()) == fold_word(word.lower())


@given(st.one_of(ARABIC, LATIN))
def test_readings_lie_on_the_word(word: str) -> None:
    readings = read_clitics(word)
    assert readings[0] == (0, "", fold_word(word))
    assert [r.offset for r in readings] == sorted(r.offset for r in readings)
    for reading in readings:
        assert 0 <= reading.offset < len(word)
        assert reading.prefix.startswith(strip_marks(word[: reading.offset]))
