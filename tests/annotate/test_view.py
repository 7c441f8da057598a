"""A view says what stands where: matches, marks, articles, everyday words, and which country is meant."""

import pytest
from msgspec.structs import replace

from mithaq.annotate.view import View, country_codes
from mithaq.model import Evidence, Person
from staged_documents import matched_document


def view_of(text: str, lang: str) -> View:
    return View(matched_document(text, lang))


def test_the_longest_match_wins() -> None:
    view = view_of("قال نائب رئيس الوزراء كلمة", "ar")
    at, over = view.at(1, "role.head"), view.over(2, "role.head")
    assert at and over
    assert (at.first, at.last) == (1, 4) == (over.first, over.last)
    assert view.at(2, "role.head") != at


def test_kinds_reach_their_branches_only() -> None:
    view = view_of("قال الوزير", "ar")
    assert view.at(1, "role") is not None
    assert view.at(1, "rol") is None
    assert view.at(0, "role") is None


def test_matches_keep_to_their_sentence() -> None:
    view = view_of("Le ministre parle. La ministre écoute.", "fr")
    first, second = view.document.sentences
    assert [m.first for m in view.matches(first, "role.head")] == [1]
    assert [m.first for m in view.matches(second, "role.head")] == [5]
    assert view.sentence_of(5) == second
    assert view.sentence_of(99) is None


def test_marks_outside_and_inside() -> None:
    view = view_of("شركة «زاجل»، التقنية", "ar")
    assert view.is_mark(-1) and view.is_mark(99) and view.is_mark(1) and not view.is_mark(0)
    assert view.is_opening(1) and view.closing_after(1, 99) == 3
    assert view.is_comma(4) and not view.is_comma(3)
    assert view.closing_after(1, 3) is None
    assert view.slice(2, 3) == "زاجل"


def test_everyday_words_in_any_clitic() -> None:
    view = view_of("وبالمشاريع زاجل", "ar")
    assert view.is_common(0)
    assert view.has_article(0)
    assert not view.has_article(1)
    assert view_of("بشبكة", "ar").has_clitic(0)
    assert not view_of("شبكة", "ar").has_clitic(0)


@pytest.mark.parametrize(
    ("text", "lang", "codes"),
    [
        ("بين المغرب والوفد الكيني في مسقط", "ar", ["MA", "KE", "OM"]),
        ("entre le Sénégal et la partie kényane à Tallinn", "fr", ["SN", "KE", "EE"]),
        ("between Rwanda and the Kenyan side, in Rwanda", "en", ["RW", "KE"]),
        ("Palestine and Malaysia", "en", ["PS", "MY"]),
        ("the Arab world", "en", []),
    ],
)
def test_countries_in_order(text: str, lang: str, codes: list[str]) -> None:
    view = view_of(text, lang)
    assert country_codes(view, 0, len(view.tokens)) == codes


def test_a_nationality_that_two_countries_share_needs_the_page() -> None:
    alone = view_of("Le ministre congolais parle.", "fr")
    assert country_codes(alone, 0, len(alone.tokens)) == []
    settled = view_of("Le ministre congolais parle à Kinshasa.", "fr")
    assert set(country_codes(settled, 0, len(settled.tokens))) == {"CD"}


def test_a_surname_is_no_country() -> None:
    document = matched_document("وصل محمد الكويتي", "ar")
    view = View(document)
    assert country_codes(view, 0, 3) == ["KW"]
    named = Person(name="محمد الكويتي", mentions=(Evidence.of(document.text, 4, len(document.text)),))
    assert country_codes(View(replace(document, people=(named,))), 0, 3) == []


def test_tokens_between_two_characters() -> None:
    view = view_of("one two three", "en")
    assert list(view.between(4, 13)) == [1, 2]
    assert list(view.between(1, 4)) == []
