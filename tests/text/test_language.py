"""Arabic, French, English, or none of them."""

from __future__ import annotations

import pytest

from mithaq.text.language import count_small_words, find_language


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("وقعت الوزارة على مذكرة تفاهم مع شركة Orange في Paris", "ar"),
        ("Le ministre a reçu une délégation de la Banque mondiale.", "fr"),
        ("The minister received a delegation from the World Bank.", "en"),
        ("El ministro recibió a una delegación de las empresas en la capital del país.", None),
        ("وزیر ارتباطات ایران گفت که این پروژه کمک می‌کند تا شبکه گسترش یابد", None),
        ("12 / 2026 -- ", None),
    ],
)
def test_language(text: str, lang: str | None) -> None:
    assert find_language(text) == lang


def test_a_wrongly_decoded_page_has_no_small_words() -> None:
    text = "من أجل التعاون في هذا المجال بين البلدين"
    assert count_small_words(text) > 3
    assert count_small_words(text.encode("windows-1256").decode("latin-1")) == 0
