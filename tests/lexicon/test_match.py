"""Entries are found in running text: behind clitics, the longest of a kind, in the case and with the article they ask for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mithaq.lexicon import Entry, Lexicon, load_lexicon
from mithaq.model import Match
from mithaq.text.tokens import split_tokens


def entry(kind: str, *forms: str, lang: str = "ar", **attributes: str) -> Entry:
    return Entry(kind=kind, lang=lang, word=forms[0], forms=forms, attributes=attributes)


def find(text: str, *entries: Entry, lang: str = "ar") -> tuple[Match, ...]:
    return Lexicon(entries).find(split_tokens(text), lang, text)


def found(text: str, *entries: Entry, lang: str = "ar") -> list[tuple[str, str]]:
    return [(m.word, text[m.start : m.end]) for m in find(text, *entries, lang=lang)]


GABON = entry("place.country", "الغابون", code="GA")


@pytest.mark.parametrize(
    ("text", "printed", "prefix"),
    [
        ("الغابون بلد", "الغابون", ""),
        ("زار الغابون", "الغابون", ""),
        ("بالغابون", "الغابون", "ب"),
        ("وبالغابون", "الغابون", "وب"),
        ("والغابون", "الغابون", "و"),
        ("كالغابون", "الغابون", "ك"),
        ("للغابون", "للغابون", "لل"),
        ("وللغابون", "للغابون", "ولل"),
        ("الغَابُون", "الغَابُون", ""),
    ],
)
def test_a_name_is_found_behind_clitics_and_marks(text: str, printed: str, prefix: str) -> None:
    (match,) = find(text, GABON)
    assert (text[match.start : match.end], match.prefix) == (printed, prefix)
    assert match.attributes["code"] == "GA"


def test_hamza_seats_article_and_ta_marbuta_need_no_variants() -> None:
    assert found("زار افريقيه وإفريقية", entry("place.region", "أفريقية")) == [("أفريقية", "افريقيه"), ("أفريقية", "إفريقية")]


def test_at_one_word_the_longest_of_a_kind_wins_and_each_kind_has_its_own() -> None:
    entries = (
        entry("place.country", "السودان", code="SD"),
        entry("place.country", "جنوب السودان", code="SS"),
        entry("direction", "جنوب"),
    )
    words = [word for word, _ in found("زار جنوب السودان", *entries)]
    assert sorted(words[:2]) == ["جنوب", "جنوب السودان"]
    assert words[2:] == ["السودان"]  # a name that begins inside another is found too; stages keep the longest


def test_two_entries_of_one_kind_that_share_a_form_are_both_found() -> None:
    shared = (entry("place.nationality", "كونغولي", code="CG"), entry("place.nationality", "كونغولي", code="CD"))
    assert [m.attributes["code"] for m in find("الوزير الكونغولي", *shared)] == ["CG", "CD"]


def test_a_bare_reading_hides_readings_with_clitics() -> None:
    ministry, visit = entry("body.head", "وزارة"), entry("event.verb", "زاره")
    assert found("وزارة البريد", ministry, visit) == [("وزارة", "وزارة")]
    assert found("وزارة البريد", visit) == [("زاره", "زارة")]


def test_article_exact_wants_the_article_as_written() -> None:
    with_article = entry("place.country", "المغرب", article="exact")
    assert found("المغرب وللمغرب وبالمغرب ومغرب", with_article) == [("المغرب", "المغرب"), ("المغرب", "للمغرب"), ("المغرب", "المغرب")]
    without = entry("place.country", "مالي", article="exact")
    assert found("مالي والدعم المالي لمالي", without) == [("مالي", "مالي"), ("مالي", "مالي")]


def test_case_exact_wants_the_very_letters() -> None:
    who = entry("body.known", "WHO", lang="en", case="exact")
    assert found("WHO says who asked Who", who, lang="en") == [("WHO", "WHO")]
    male = entry("place.city", "ماليه", case="exact")
    assert found("وزارة المالية بماليه", male) == [("ماليه", "ماليه")]


def test_clitics_none_wants_the_word_alone() -> None:
    lyon = entry("place.city", "ليون", clitics="none")
    assert found("بليون دولار في ليون", lyon) == [("ليون", "ليون")]


def test_french_elision_and_english_possessive_stand_aside() -> None:
    assert found("l’Égypte d'Égypte", entry("place.country", "Égypte", lang="fr"), lang="fr") == [("Égypte", "Égypte")] * 2
    assert found("Kenya’s plan", entry("place.country", "Kenya", lang="en"), lang="en") == [("Kenya", "Kenya")]


def test_signs_are_found_too() -> None:
    assert found("300 $ et 5 €", entry("money.currency", "€", lang="fr", code="EUR"), lang="fr") == [("€", "€")]


def test_a_phrase_is_found_across_a_line_break_but_not_across_a_mark() -> None:
    phrase = entry("body.known", "World Bank", lang="en")
    assert found("the World\nBank", phrase, lang="en") == [("World Bank", "World\nBank")]
    assert found("the World, Bank", phrase, lang="en") == []


def test_another_language_and_an_unknown_one_find_nothing() -> None:
    assert find("الغابون", GABON, lang="fr") == ()
    assert find("الغابون", GABON, lang="xx") == ()


def test_of_kind_takes_sub_kinds_but_no_other_kind_that_begins_alike() -> None:
    need, offer, other = entry("statement.need", "أ"), entry("statement.offer", "ب", lang="fr"), entry("statements", "ج")
    lexicon = Lexicon([need, offer, other])
    assert lexicon.of_kind("statement") == (need, offer)
    assert lexicon.of_kind("statement", "fr") == (offer,)
    assert lexicon.of_kind("statement.need") == (need,)


def test_an_overlay_adds_its_entries_to_the_packaged_ones(tmp_path: Path) -> None:
    folder = tmp_path / "lexicons" / "en"
    folder.mkdir(parents=True)
    (folder / "own.yml").write_text("kind: own.word\nentries:\n  - word: zyzzyva\n    example: a zyzzyva\n", "utf-8")
    text = "a zyzzyva in Morocco"
    kinds = [m.kind for m in load_lexicon(tmp_path).find(split_tokens(text), "en", text)]
    assert "own.word" in kinds
    assert "place.country" in kinds
    assert load_lexicon(tmp_path / "none").entries == load_lexicon().entries


WORDS = st.sampled_from(["الغابون", "وبالغابون", "للبنك", "البنك", "الدولي", "مالي", "المغرب", "وقع", "،", "2024", "X"])


@settings(max_examples=60)
@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_matches_lie_on_their_tokens_in_order(text: str) -> None:
    tokens = split_tokens(text)
    matches = load_lexicon().find(tokens, "ar", text)
    assert [m.first for m in matches] == sorted(m.first for m in matches)
    for match in matches:
        assert tokens[match.first].start <= match.start < match.end == tokens[match.last - 1].end
        skipped = text[tokens[match.first].start : match.start]
        assert match.prefix.startswith(skipped)
