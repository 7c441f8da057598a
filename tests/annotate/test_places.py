"""Countries, cities and regions; names that several of them share."""

import pytest
from hypothesis import given
from msgspec.structs import replace

from drawn_documents import patiently
from mithaq.annotate.places import find_places
from mithaq.lexicon import load_lexicon
from staged_documents import matched_document, news_text

CASES = [
    ("التقى الوفدان في مسقط ثم في الرباط", "ar", [("مسقط", "city", "OM"), ("الرباط", "city", "MA")]),
    ("تتعاون عمان مع الهند", "ar", [("عمان", "country", "OM"), ("الهند", "country", "IN")]),
    ("زار الوفد الأردن ثم عاد من عمان", "ar", [("الأردن", "country", "JO"), ("عمان", "city", "JO")]),
    ("قدم المغرب منحة للغابون", "ar", [("المغرب", "country", "MA"), ("الغابون", "country", "GA")]),
    ("وصل الوفد إلى كينشاسا عاصمة الكونغو", "ar", [("كينشاسا", "city", "CD"), ("الكونغو", "country", "CD")]),
    ("عاد وفد الكونغو من برازافيل", "ar", [("الكونغو", "country", "CG"), ("برازافيل", "city", "CG")]),
    ("عاد وفد الكونغو من باريس", "ar", [("الكونغو", "country", None), ("باريس", "city", "FR")]),
    ("شكرت الحكومة المالية وزارة المالية", "ar", []),
    ("تلقت الجمعية دعما من صندوق مالي ثم عاد وفدها إلى الأردن", "ar", [("الأردن", "country", "JO")]),
    ("عاد وفد من مالي وشكرت حكومة مالي ضيوفها", "ar", [("مالي", "country", "ML"), ("مالي", "country", "ML")]),
    ("برنامج مالي من باماكو", "ar", [("مالي", "country", "ML"), ("باماكو", "city", "ML")]),
    ("شكر الوزير الكيني ضيفه", "ar", []),
    ("Le Congo a signé à Brazzaville", "fr", [("Congo", "country", "CG"), ("Brazzaville", "city", "CG")]),
    ("Un accord entre Rabat et Riyad", "fr", [("Rabat", "city", "MA"), ("Riyad", "city", "SA")]),
    ("Congo signed in Geneva", "en", [("Congo", "country", None), ("Geneva", "city", "CH")]),
    ("They met in Nairobi, Kenya", "en", [("Nairobi", "city", "KE"), ("Kenya", "country", "KE")]),
]


@pytest.mark.parametrize(("text", "lang", "expected"), CASES)
def test_places(text: str, lang: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert [(p.name, p.kind, p.country) for p in matched_document(text, lang).places] == expected


def test_a_name_whose_article_was_swallowed_keeps_the_whole_token_as_evidence() -> None:
    [place] = matched_document("منحة للغابون", "ar").places
    assert place.name == "الغابون"
    assert place.evidence.quote == "للغابون"


def test_a_clitic_before_a_name_is_no_evidence() -> None:
    [place] = matched_document("وقعت وبالمغرب", "ar").places
    assert place.evidence.quote == "المغرب"


def test_the_kingdom_is_that_of_the_sovereign_named() -> None:
    text = "نقل الوزير تحيات خادم الحرمين الشريفين، وقال إن المملكة تشكر مصر."
    assert [(p.name, p.country) for p in matched_document(text, "ar").places] == [("المملكة", "SA"), ("مصر", "EG")]


def test_the_kingdom_is_the_one_named_else_that_of_most_readers() -> None:
    assert [p.country for p in matched_document("قال الوزير إن المملكة تشكر مصر.", "ar").places] == ["SA", "EG"]
    assert [p.country for p in matched_document("قال الوزير الأردني إن المملكة تشكر مصر.", "ar").places] == ["JO", "EG"]
    assert [p.country for p in matched_document("اتفق الأردني والمغربي على أن المملكة تشكر مصر.", "ar").places] == ["EG"]


def test_a_kingdom_that_no_page_names_is_that_of_its_outlet_or_agency_else_told_as_assumed() -> None:
    page = matched_document("قال الوزير إن المملكة تشكر مصر.", "ar")
    assert page.places[0].why.startswith("assumed")
    for outlet in ({"url": "https://www.petra.gov.jo/1"}, {"agency": "PETRA"}):
        known = find_places(replace(page, places=(), **outlet), load_lexicon())
        assert [p.country for p in known] == ["JO", "EG"]


def test_disputed_places_have_no_country() -> None:
    [place] = matched_document("The report mentions Western Sahara once.", "en").places
    assert place.country is None


@patiently
@given(news_text())
def test_places_are_verbatim_and_repeat_themselves(drawn: tuple[str, str]) -> None:
    text, lang = drawn
    document = matched_document(text, lang)
    assert find_places(document, load_lexicon()) == document.places
    assert all(p.evidence.stands_in(text) for p in document.places)
    assert list(document.places) == sorted(document.places, key=lambda p: p.evidence)
