"""Towns on served and published pages are called as the reader's language writes them."""

from __future__ import annotations

import pytest

from mithaq.export.briefing import environment, speak
from mithaq.web.speech import speech

MACRO = "{% import 'lines.html' as lines with context %}{{ lines.place(event) }}"


@pytest.mark.parametrize(
    ("lang", "printed", "country", "told"),
    [
        ("ar", "Nouakchott", "MR", "نواكشوط"),
        ("fr", "مسقط", "OM", "Mascate"),
        ("en", "AMMAN", "JO", "Amman"),
        ("en", "Vellin", "JO", "Vellin"),
    ],
)
def test_a_town_is_called_in_the_readers_letters(lang: str, printed: str, country: str, told: str) -> None:
    words = speak(speech(lang))  # type: ignore[arg-type]  # a code of the closed list
    shown = environment().from_string(MACRO).render(**words, event={"place": printed, "place_country": country})
    assert f"<bdi>{told}</bdi>" in shown


def test_words_that_only_name_the_country_are_said_once() -> None:
    shown = environment().from_string(MACRO).render(**speak(speech("en")), event={"place": "المملكة المغربية", "place_country": "MA"})
    assert shown.strip() == "Morocco"
