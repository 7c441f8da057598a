"""When things happen: known only as far as the page allows."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mithaq.annotate.times import find_times
from mithaq.lexicon import load_lexicon
from mithaq.model import Document, Sentence, hash_text
from mithaq.text.tokens import split_tokens

LEXICON = load_lexicon()


def document(text: str, lang: str = "ar", published: str | None = None) -> Document:
    tokens = split_tokens(text)
    whole = (Sentence(0, len(text), 0, len(tokens), "body", 0, 0),) if tokens else ()
    matches = LEXICON.find(tokens, lang, text)
    return Document(id=hash_text(text), text=text, lang=lang, published=published, tokens=tokens, sentences=whole, matches=matches)


def times(text: str, lang: str = "ar", published: str | None = None) -> list[tuple[str, str | None, str | None]]:
    return [(t.evidence.quote, t.value, t.basis) for t in find_times(document(text, lang, published), LEXICON)]


def test_yesterday_on_a_page_without_a_date_stays_unknown() -> None:
    assert times("وقع الطرفان أمس الثلاثاء اتفاقا") == [("أمس الثلاثاء", None, "relative")]


def test_yesterday_counts_from_the_day_of_publication() -> None:
    assert times("وقع الطرفان أمس الأربعاء اتفاقا", published="2026-01-15") == [("أمس الأربعاء", "2026-01-14", "relative")]


def test_a_month_name_without_in_before_it_is_no_time() -> None:
    assert times("مارس اللاعب هوايته", published="2026-01-15") == []
    assert times("the ministers may meet", "en", published="2026-01-15") == []


def test_a_weekday_that_disagrees_leaves_the_day_unknown() -> None:
    # The page is of a Thursday: yesterday was no Monday.
    assert times("وقع الطرفان أمس الاثنين اتفاقا", published="2026-01-15") == [("أمس الاثنين", None, "relative")]


@pytest.mark.parametrize(
    ("text", "lang", "quote", "value", "basis"),
    [
        ("كشف الوزير اليوم (الخميس) عن البرنامج", "ar", "اليوم (الخميس)", "2026-01-15", "relative"),
        ("تفتتح الدورة غدا الجمعة", "ar", "غدا الجمعة", "2026-01-16", "relative"),
        ("ستوقع المذكرة الإثنين المقبل", "ar", "الإثنين المقبل", "2026-01-19", "weekday"),
        ("جرى اللقاء يوم 20 غشت الماضي", "ar", "20 غشت الماضي", "2025-08-20", "explicit"),
        ("تنطلق في يناير المقبل", "ar", "يناير المقبل", "2027-01", "relative"),
        ("وقعت في مارس بالعاصمة", "ar", "مارس", "2026-03", "relative"),
        ("suspendu depuis août", "fr", "août", "2025-08", "relative"),
        ("they signed in May in Nairobi", "en", "May", "2026-05", "relative"),
        ("خلال الشهر المقبل", "ar", "الشهر المقبل", "2026-02", "relative"),
        ("قبل نهاية السنة الجارية", "ar", "السنة الجارية", "2026", "relative"),
        ("خلال الربع الأول من 2027", "ar", "الربع الأول من 2027", "2027-01", "explicit"),
        ("signé le 16 décembre dernier à Paris", "fr", "16 décembre dernier", "2025-12-16", "explicit"),
        ("reçu ce mardi au ministère", "fr", "ce mardi", "2026-01-13", "relative"),
        ("arrivés hier soir", "fr", "hier soir", "2026-01-14", "relative"),
        ("was signed on Thursday", "en", "Thursday", "2026-01-15", "weekday"),
        ("will open next year", "en", "next year", "2027", "relative"),
    ],
)
def test_against_the_day_of_publication(text: str, lang: str, quote: str, value: str, basis: str) -> None:
    assert times(text, lang, "2026-01-15") == [(quote, value, basis)]
    unknown = times(text, lang)
    assert [q for q, _, _ in unknown] == [quote]
    assert unknown[0][1] is None or basis == "explicit"


def test_the_same_day_and_world_days_are_not_today() -> None:
    assert times("وغادر الوفد في اليوم نفسه بمناسبة اليوم العالمي للبريد", published="2026-01-15") == []


def test_the_number_two_is_no_monday() -> None:
    assert times("بدأت المشاورات في فبراير ألفين واثنين وعشرين بحضور خبيرين اثنين", published="2023-05-04") == [
        ("فبراير ألفين واثنين وعشرين", "2022-02", "explicit")
    ]
    assert [value for _, value, _ in times("وصل الوفد الاثنين", published="2023-05-04")] == ["2023-05-01"]


def test_a_range_has_an_end() -> None:
    (time,) = find_times(document("من 20 إلى 22 أبريل الجاري", published="2026-04-18"), LEXICON)
    assert (time.value, time.end) == ("2026-04-20", "2026-04-22")


def test_a_clitic_is_no_part_of_the_time() -> None:
    assert times("والأسبوع الماضي", published="2026-01-15")[0][0] == "الأسبوع الماضي"


WORDS = [
    "اليوم",
    "أمس",
    "الخميس",
    "15",
    "يناير",
    "2026",
    "المقبل",
    "إلى",
    "و",
    "الشهر",
    "سنة",
    "(",
    ")",
    "من",
    "الربع الأول",
    "وقع",
    "الموافق",
    "3",
    "شعبان",
    "1447",
    "هـ",
]


@settings(max_examples=150, deadline=None)
@example(["15", "يناير", "المقبل", "سنة"], None)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from([None, "2026-01-15", "2026-01"]))
def test_times_stand_in_the_text_and_never_overlap(words: list[str], published: str | None) -> None:
    text = " ".join(words)
    found = find_times(document(text, published=published), LEXICON)
    assert all(t.evidence.stands_in(text) and t.why for t in found)
    assert all(a.evidence.end <= b.evidence.start for a, b in pairwise(found))
