"""Everyday words are told from names in three languages, and no list holds a word twice or on both sides."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.lexicon.load import packaged_knowledge
from mithaq.lexicon.wordlist import is_common_arabic, is_given_name, read_wordlist
from mithaq.text.fold import fold_letters, fold_word, read_clitics

LANGUAGES = ("ar", "fr", "en")
LISTS = ("common", "given_names")


def words(lang: str, name: str) -> list[str]:
    """Return the lines of a list that are no remarks, as they stand in the file."""
    lines = (packaged_knowledge() / "wordlists" / lang / f"{name}.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def is_everyday(form: str) -> bool:
    """Say what a stage asks of an Arabic word: is it common in any reading of its clitics?"""
    return any(is_common_arabic(reading.key) for reading in read_clitics(form))


@pytest.mark.parametrize(
    ("lang", "name", "least"),
    [("ar", "common", 10_000), ("ar", "given_names", 1500), ("fr", "common", 2500), ("en", "common", 2500),
     ("fr", "given_names", 1200), ("en", "given_names", 1200)],
)  # fmt: skip
def test_lists_are_as_large_as_they_must_be(lang: str, name: str, least: int) -> None:
    assert len(words(lang, name)) >= least


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_no_word_stands_twice(lang: str, name: str) -> None:
    fold = fold_word if name == "common" else fold_letters
    counts = Counter(fold(word) for word in words(lang, name))
    assert [key for key, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_each_line_is_one_trimmed_word_or_a_remark(lang: str, name: str) -> None:
    assert [word for word in words(lang, name) if not word or word.split() != [word]] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_is_written_alike_in_both_lists(lang: str) -> None:
    names = {fold_letters(word) for word in words(lang, "given_names")}
    assert [word for word in words(lang, "common") if fold_letters(word) in names] == []


@pytest.mark.parametrize("name", LISTS)
def test_arabic_lists_hold_plain_arabic_letters_only(name: str) -> None:
    strange = [word for word in words("ar", name) if not re.fullmatch("[\u0621-\u063a\u0641-\u064a]+", word)]
    assert strange == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_latin_common_words_are_lower_case_and_names_are_capitalised(lang: str) -> None:
    assert [word for word in words(lang, "common") if word != word.lower()] == []
    assert [word for word in words(lang, "given_names") if not word[0].isupper()] == []


@pytest.mark.parametrize(
    "form",
    ["وزارة", "الوزارة", "بمشاريعهما", "الرقمية", "وللاتصالات", "الإلكترونية", "سيوقعون", "أكدت", "اتفاقيتين", "علاقاتهما",
     "وبالتعاون", "مقاولات", "غشت", "جويلية", "نظيره", "له", "عليهم", "ومنهم", "الجمعة", "السلامة", "بيانات", "شركته", "يوما",
     "المستثمرين", "سيبرانية", "لتطوير", "فيما", "التقى", "وقعا"],
)  # fmt: skip
def test_everyday_arabic_words_are_known_in_any_inflection(form: str) -> None:
    assert is_everyday(form)


@pytest.mark.parametrize(
    "form", ["بوعتور", "السغروشني", "بلعسري", "أوبيانغ", "الظنحاني", "كولكارني", "ماسالا", "الحمارنة", "باعوين", "بوربعة"]
)
def test_arabic_names_are_not_taken_for_everyday_words(form: str) -> None:
    assert not is_everyday(form)


@pytest.mark.parametrize(
    "form", ["محمد", "الحسن", "المختار", "العربي", "أحمد", "احمد", "ليليان", "مامادو", "آوا", "كيم", "يانيك", "أمل", "هدى", "السنوسي"]
)
def test_given_names_are_known_as_arabic_news_writes_them(form: str) -> None:
    assert is_given_name(form, "ar")


@pytest.mark.parametrize("form", ["وزارة", "المغرب", "الاتصالات", "عربي", "السيد", "البيان", "أن", "ما", "هو"])
def test_everyday_arabic_words_and_countries_are_no_given_names(form: str) -> None:
    assert not is_given_name(form, "ar")


@pytest.mark.parametrize(
    ("lang", "phrase"),
    [("en", "Digital Economy Forum"), ("en", "According The In Minister Said Monday June"), ("en", "World Bank Group"),
     ("fr", "Banque Mondiale"), ("fr", "Selon Dans Le La Lundi Février Août Ministère"), ("fr", "Conseil National Numérique")],
)  # fmt: skip
def test_words_of_titles_are_common(lang: str, phrase: str) -> None:
    assert [word for word in phrase.split() if fold_word(word) not in read_wordlist(lang, "common")] == []


@pytest.mark.parametrize(
    ("lang", "form"), [("fr", "Aïssata"), ("fr", "AISSATA"), ("en", "Kwame"), ("en", "Yannick"), ("fr", "Jean"), ("en", "Ngozi")]
)
def test_latin_given_names_are_known_with_and_without_accents(lang: str, form: str) -> None:
    assert is_given_name(form, lang)


def test_a_list_that_is_not_there_is_empty() -> None:
    assert read_wordlist("ar", "no_such_list") == frozenset()
    assert read_wordlist("xx", "common") == frozenset()
    assert not is_given_name("محمد", "xx")


@given(
    st.sampled_from(sorted(key for key in read_wordlist("ar", "common") if len(key) > 3)),
    st.sampled_from(["ها", "هم", "هما", "ات", "ين", "ون"]),
)
def test_an_ending_never_makes_a_common_word_unknown(key: str, ending: str) -> None:
    assert is_common_arabic(key + ending)
