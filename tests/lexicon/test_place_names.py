"""What a place is called in the reader's language."""

from __future__ import annotations

from mithaq.lexicon.place_names import call_place


def test_a_town_is_called_as_the_reader_calls_it() -> None:
    assert call_place("نواكشوط", "MR", "fr") == "Nouakchott"
    assert call_place("MUSCAT", "OM", "en") == "Muscat"
    assert call_place("Le Caire", "EG", "ar") == "القاهرة"


def test_words_that_only_name_the_country_again_are_no_place() -> None:
    assert call_place("المملكة", "JO", "fr") is None
    assert call_place("Mauritania", "MR", "ar") is None
    assert call_place("المملكة", "MR", "fr") == "المملكة"


def test_a_place_that_no_gazetteer_knows_or_that_two_share_stays_as_it_is_printed() -> None:
    assert call_place("قاعة النخيل", "OM", "en") == "قاعة النخيل"
    assert call_place("نواكشوط", "FR", "en") == "نواكشوط"
