"""Dates in the words and numerals of the press."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.lexicon import load_lexicon
from mithaq.text.calendar import CalendarDate, hijri_to_gregorian, read_dates
from mithaq.text.language import find_language
from mithaq.text.tokens import split_tokens

LEXICON = load_lexicon()


def read(text: str, lang: str) -> tuple[CalendarDate, ...]:
    tokens = split_tokens(text)
    return read_dates(text, tokens, LEXICON.find(tokens, lang, text), lang)


@pytest.mark.parametrize(
    ("text", "lang", "value", "end"),
    [
        ("الخميس 15 جانفي 2026", "ar", "2026-01-15", None),
        ("20 غشت 2024", "ar", "2024-08-20", None),
        ("29 كانون الأول 2025", "ar", "2025-12-29", None),
        ("٢٩ ديسمبر ٢٠٢٥", "ar", "2025-12-29", None),
        ("15 فبراير/شباط 2025", "ar", "2025-02-15", None),
        ("أكتوبر (تشرين الأول) 2015", "ar", "2015-10", None),
        ("الجمعة 12 شعبان 1423 هـ الموافق 18 أكتوبر 2002", "ar", "2002-10-18", None),
        ("السبت / 9 / رجب / 1444 هـ - 08:05 - السبت 28 يناير 2023", "ar", "2023-01-28", None),
        ("11 ذو القعدة 1447 هـ", "ar", "2026-04-28", None),
        ("من 20 إلى 22 أبريل 2026", "ar", "2026-04-20", "2026-04-22"),
        ("يومي 29 و30 نونبر 2025", "ar", "2025-11-29", "2025-11-30"),
        ("في أفق 2030", "ar", "2030", None),
        ("أربعاء, 2025-09-10", "ar", "2025-09-10", None),
        ("15:0821/11/2025", "ar", "2025-11-21", None),
        ("في السابع من ديسمبر 2025", "ar", "2025-12-07", None),
        ("الحادي والثلاثين من شهر آذار 2026", "ar", "2026-03-31", None),
        ("الخميس الثاني عشر من مارس 2026", "ar", "2026-03-12", None),
        ("النصف الأول من مارس 2026", "ar", "2026-03", None),
        ("le 1er janvier 2027", "fr", "2027-01-01", None),
        ("du 3 au 5 mai 2026", "fr", "2026-05-03", "2026-05-05"),
        ("le 12/03/2026", "fr", "2026-03-12", None),
        ("March 27, 2026", "en", "2026-03-27", None),
        ("20-22 April 2026", "en", "2026-04-20", "2026-04-22"),
        ("03/27/2026", "en", "2026-03-27", None),
    ],
)
def test_one_date(text: str, lang: str, value: str, end: str | None) -> None:
    dates = read(text, lang)
    assert [(d.value, d.end) for d in dates] == [(value, end)]


@pytest.mark.parametrize(
    ("text", "lang"),
    [("أول كابل منذ 25 عاما", "ar"), ("04/05/2026", "en"), ("31/02/2026", "fr"), ("they may come", "en"), ("خلال 2000 يوم", "ar")],
)
def test_what_is_no_date_or_cannot_be_known(text: str, lang: str) -> None:
    assert [d.value for d in read(text, lang)] == []


def test_a_day_without_a_year_has_no_value() -> None:
    (date,) = read("يوم 20 غشت بالرباط", "ar")
    assert (date.year, date.month, date.day, date.value) == (None, 8, 20, None)


def test_impossible_hijri_days_are_unknown() -> None:
    assert hijri_to_gregorian(1447, 13, 1) is None
    assert hijri_to_gregorian(1423, 8, 12) == datetime.date(2002, 10, 18)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31)))
def test_every_day_written_as_iso_is_read_back(day: datetime.date) -> None:
    text = f"Published {day.isoformat()} in the city of the lakes"
    assert find_language(text) == "en"
    assert day.isoformat() in [d.value for d in read(text, "en")]
