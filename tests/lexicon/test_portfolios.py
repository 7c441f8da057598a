"""Which countries have a ministry for a field by that very name."""

from __future__ import annotations

import pytest

from mithaq.lexicon.portfolios import countries_of_field
from mithaq.text.tokens import words_of


@pytest.mark.parametrize(
    ("words", "country"),
    [
        ("الانتقال الرقمي وإصلاح الإدارة", "MA"),
        ("Transition numérique et de la Réforme de l'administration", "MA"),
        ("ICT and Innovation", "RW"),
    ],
)
def test_a_name_that_one_country_uses_tells_it(words: str, country: str) -> None:
    assert countries_of_field(words_of(words)) == {country}


def test_a_field_that_everybody_has_tells_none() -> None:
    assert countries_of_field(["الاتصالات"]) == countries_of_field([]) == frozenset()
