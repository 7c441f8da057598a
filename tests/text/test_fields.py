"""What a ministry is for reads alike however it is written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.text.fields import field_of

WORDS = ("Communications", "Digital", "Innovation", "Postes")


@given(st.permutations(WORDS))
def test_the_order_of_words_tells_nothing(words: list[str]) -> None:
    assert field_of(words) == field_of(WORDS)


def test_and_and_the_article_tell_nothing() -> None:
    assert field_of(["البريد", "والفضاء"]) == field_of(["الفضاء", "والبريد"]) == field_of(["فضاء", "بريد"])
    assert field_of(["de", "la", "Poste", "et", "du", "Numérique"]) == field_of(["Numérique", "Poste"])
