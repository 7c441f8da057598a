"""Are Arabic date expressions read as well as by dateparser?

    python -m pip install dateparser      # for this measurement only; mithaq does not need it
    python bench/dates.py [--show]

Sixty expressions of our own, each with the day of publication and what it means: month names of the Mashreq, Maghreb, Egypt and the Gulf,
Eastern digits, Hijri dates with and without their Gregorian day, relative days, weekdays with "last" and "next", months and years alone. A
weekday alone means the one before publication, as the press uses it. mithaq reads each as the page it would stand on; dateparser is given
the words alone, in Arabic, with the day of publication as its base and a preference for the past. A date with no day counts as right when
year and month (or year) are. Leaves with 1 when dateparser is ahead.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from mithaq.pipeline import read_document

PUBLISHED = "2024-11-13"  # a Wednesday
# What is written, and what it means on a page of PUBLISHED.
EXPRESSIONS: tuple[tuple[str, str], ...] = (
    ("12 نوفمبر 2024", "2024-11-12"), ("12 نونبر 2024", "2024-11-12"), ("12 تشرين الثاني 2024", "2024-11-12"),
    ("3 غشت 2023", "2023-08-03"), ("3 أغسطس 2023", "2023-08-03"), ("3 آب 2023", "2023-08-03"), ("3 أوت 2023", "2023-08-03"),
    ("21 شتنبر 2022", "2022-09-21"), ("21 أيلول 2022", "2022-09-21"), ("21 سبتمبر 2022", "2022-09-21"),
    ("5 جانفي 2024", "2024-01-05"), ("5 كانون الثاني 2024", "2024-01-05"), ("5 يناير 2024", "2024-01-05"),
    ("17 فيفري 2021", "2021-02-17"), ("17 شباط 2021", "2021-02-17"), ("17 فبراير 2021", "2021-02-17"),
    ("9 دجنبر 2020", "2020-12-09"), ("9 كانون الأول 2020", "2020-12-09"), ("9 ديسمبر 2020", "2020-12-09"),
    ("14 يوليوز 2019", "2019-07-14"), ("14 جويلية 2019", "2019-07-14"), ("14 تموز 2019", "2019-07-14"),
    ("30 ماي 2018", "2018-05-30"), ("30 أيار 2018", "2018-05-30"), ("30 مايو 2018", "2018-05-30"),
    ("2 جوان 2017", "2017-06-02"), ("2 حزيران 2017", "2017-06-02"), ("11 أفريل 2016", "2016-04-11"), ("11 نيسان 2016", "2016-04-11"),
    ("8 آذار 2015", "2015-03-08"), ("8 مارس 2015", "2015-03-08"), ("26 تشرين الأول 2014", "2014-10-26"),
    ("٢٩ ديسمبر ٢٠٢٣", "2023-12-29"), ("٢٩/١٢/٢٠٢٣", "2023-12-29"), ("29/12/2023", "2023-12-29"), ("29-12-2023", "2023-12-29"),
    ("2023/12/29", "2023-12-29"), ("2023-12-29", "2023-12-29"), ("1 فبراير/شباط 2024", "2024-02-01"),
    ("الجمعة 12 شعبان 1423 هـ الموافق 18 أكتوبر 2002", "2002-10-18"), ("الأول من أكتوبر 2023", "2023-10-01"),
    ("الثلاثاء 12 نوفمبر 2024", "2024-11-12"), ("الثلاثاء الموافق 12 نوفمبر 2024", "2024-11-12"), ("الخامس عشر من مارس 2022", "2022-03-15"),
    ("أمس", "2024-11-12"), ("أمس الثلاثاء", "2024-11-12"), ("اليوم الأربعاء", "2024-11-13"), ("غدا الخميس", "2024-11-14"),
    ("أول أمس", "2024-11-11"), ("أول أمس الاثنين", "2024-11-11"), ("يوم الأحد الماضي", "2024-11-10"), ("الاثنين الماضي", "2024-11-11"),
    ("يوم السبت المقبل", "2024-11-16"), ("يوم الخميس القادم", "2024-11-14"), ("قبل يومين", "2024-11-11"), ("يوم الثلاثاء", "2024-11-12"),
    ("مارس 2025", "2025-03"), ("شهر يونيو 2026", "2026-06"), ("عام 2019", "2019"), ("سنة 2030", "2030"),
)  # fmt: skip
_PAGE = "لقاء تقني في العاصمة\n\nعقد الوزير {} لقاء مع نظيره الأردني في العاصمة لبحث التعاون في مجال الاقتصاد الرقمي.\n"


def by_mithaq(words: str) -> str | None:
    """Return the date that mithaq reads where the words stand in a sentence."""
    sidecar = msgspec.json.encode({"published": PUBLISHED})
    document = read_document(_PAGE.format(words).encode(), path="page.txt", sidecar=sidecar)
    start = document.text.index(words)
    inside = [t.value for t in document.times if start <= t.evidence.start < start + len(words) and t.value]
    return max(inside, key=len, default=None)


def by_dateparser(dateparser: Any) -> Callable[[str], str | None]:
    """Return what reads words with dateparser."""
    settings = {"RELATIVE_BASE": datetime.fromisoformat(PUBLISHED), "PREFER_DATES_FROM": "past", "DATE_ORDER": "DMY"}

    def read(words: str) -> str | None:
        found = dateparser.parse(words, languages=["ar"], settings=settings)
        return found.date().isoformat() if found else None

    return read


def main() -> int:
    """Measure and print."""
    try:
        import dateparser
    except ImportError:
        print(__doc__, file=sys.stderr)
        return 2
    right = {}
    for way, read in (("mithaq", by_mithaq), ("dateparser", by_dateparser(dateparser))):
        answers = [(words, meant, read(words)) for words, meant in EXPRESSIONS]
        right[way] = sum(answer is not None and answer.startswith(meant) for _, meant, answer in answers)
        print(f"{way:12} {right[way]} of {len(EXPRESSIONS)} right")
        if "--show" in sys.argv:
            wrong = (answer for answer in answers if not (answer[2] or "").startswith(answer[1]))
            print("".join(f"  {words}: {answer}, not {meant}\n" for words, meant, answer in wrong))
    return 0 if right["mithaq"] >= right["dateparser"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
