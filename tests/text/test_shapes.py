"""The form of a word: adjectives, capitals and the small words inside names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.text.shapes import has_joined_article, is_article, is_capitalised, is_connector, is_french_adjective, is_shouted


@pytest.mark.parametrize(
    "word", ["numérique", "nationale", "étrangères", "électroniques", "supérieur", "permanente", "chargée", "publics", "ivoirien"]
)
def test_french_adjectives(word: str) -> None:
    assert is_french_adjective(word)


@pytest.mark.parametrize("word", ["soutiennent", "publie", "regroupant", "signent", "Finances", "pays", "sur", "Sira"])
def test_french_verbs_and_nouns_are_no_adjectives(word: str) -> None:
    assert not is_french_adjective(word)


@pytest.mark.parametrize(
    ("word", "lang"), [("de", "fr"), ("D’", "fr"), ("l'", "fr"), ("à", "fr"), ("of", "en"), ("and", "en"), ("the", "en")]
)
def test_connectors(word: str, lang: str) -> None:
    assert is_connector(word, lang)


@pytest.mark.parametrize(("word", "lang"), [("of", "fr"), ("de", "en"), ("avec", "fr"), ("with", "en"), ("Sira", "fr")])
def test_other_words_join_nothing(word: str, lang: str) -> None:
    assert not is_connector(word, lang)


def test_articles() -> None:
    assert is_article("The", "en") and is_article("L’", "fr") and is_article("du", "fr")
    assert not is_article("the", "fr") and not is_article("un", "fr") and not is_article("the", "ar")


@given(st.text(max_size=12))
def test_capitals(word: str) -> None:
    assert not is_shouted(word) or len(word) > 2
    assert not (is_capitalised(word) and word[:1].islower())


@pytest.mark.parametrize(
    ("word", "joined"), [("al-Kindari", True), ("el-Khatib", True), ("Al-Kindari", False), ("al-jazari", False), ("all-In", False)]
)
def test_the_arabic_article_in_small_letters(word: str, joined: bool) -> None:
    assert has_joined_article(word) is joined
