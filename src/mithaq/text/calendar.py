"""Read calendar dates out of words: day, month and year in every month system of the press, ranges, Hijri beside Gregorian.

Month and weekday names are knowledge: they come in as lexicon matches (``time.month``, ``time.weekday``, ``time.year``, ``time.link``).
What depends on the day of publication is not read here.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mithaq.model import Match, Token
from mithaq.text.characters import western_digits
from mithaq.text.clitics import has_article
from mithaq.text.ordinals import read_ordinals
from mithaq.text.tokens import figures_of

NEAREST_YEAR = "the year that brings it nearest to the day of publication"  # why a time without a year has one: the verb may know better

_NUMERIC = re.compile(
    r"(?<![\d/.,-])(?:(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})|(?P<a>\d{1,2})(?P<t>[-/.])(?P<b>\d{1,2})(?P=t)(?P<c>\d{4}))(?![/.,-]?\d)"
)
# A clock printed against the date: «15:0821/11/2025».
_GLUED = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?=\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?!\d))")
# Without this no date in digits stands in a text; quicker to look for than the date itself.
_MAYBE_NUMERIC = re.compile(r"\d[-/.]\d{1,2}[-/.]\d")
_DAY = re.compile(r"\d{1,2}$")
_YEAR = re.compile(r"\d{4}$")
_DASHES = ("-", "–", "—", "/")


class CalendarDate(NamedTuple):
    """A date as the words give it: tokens ``first:last``; a part that is not said is None. ``end_*`` is the last day of a range."""

    first: int
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    end_month: int | None = None
    end_day: int | None = None
    why: str = "date"

    @property
    def value(self) -> str | None:
        """YYYY, YYYY-MM or YYYY-MM-DD; None without a year."""
        return format_date(self.year, self.month, self.day)

    @property
    def end(self) -> str | None:
        """The last day of a range as YYYY-MM-DD, None when there is no range or no year."""
        if self.end_day is None:
            return None
        return format_date(self.year, self.end_month or self.month, self.end_day)


class Calendar:
    """The lexicon matches about time, by the token where they begin."""

    def __init__(self, matches: Iterable[Match]) -> None:
        self.months: dict[int, Match] = {}
        self.weekdays: dict[int, Match] = {}
        self.years: dict[int, Match] = {}
        self.links: dict[int, Match] = {}
        tables = {"time.month": self.months, "time.weekday": self.weekdays, "time.year": self.years, "time.link": self.links}
        for match in matches:
            table = tables.get(match.kind)
            if table is not None and (match.first not in table or table[match.first].last < match.last):
                table[match.first] = match


def format_date(year: int | None, month: int | None, day: int | None) -> str | None:
    """Return YYYY, YYYY-MM or YYYY-MM-DD, None when the year is unknown or there is no such day."""
    if year is None or not 1000 <= year <= 9999:
        return None
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def hijri_to_gregorian(year: int, month: int, day: int) -> datetime.date | None:
    """Return the Gregorian day of a Hijri one (Umm al-Qura tables), None outside 1343-1500 AH or for an impossible day."""
    from hijridate import Hijri

    try:
        gregorian = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return datetime.date(gregorian.year, gregorian.month, gregorian.day)


def read_dates(text: str, tokens: Sequence[Token], matches: Iterable[Match], lang: str | None) -> tuple[CalendarDate, ...]:
    """Return the dates in *tokens*, sorted, none inside another.

    ``12/03/2026`` is read by the habit of the language: day first in Arabic and French; in English it stays unread when both parts could
    be a month.

    >>> # «الجمعة 12 شعبان 1423 هـ الموافق 18 أكتوبر 2002» is one date: 2002-10-18
    """
    calendar = Calendar(matches)
    figures = figures_of(tokens)
    found = _numeric_dates(text, tokens, lang) if figures else []
    taken = {index for date in found for index in range(date.first, date.last)}
    free = 0
    for at in sorted({*figures, *calendar.months, *calendar.years}):
        date = None if at < free or at in taken else _date_at(tokens, at, calendar)
        if date is not None:
            found.append(date)
            free = date.last
    found.sort()
    return tuple(_join_calendars([_with_weekday(date, calendar, tokens) for date in found], tokens, calendar))


def _numeric_dates(text: str, tokens: Sequence[Token], lang: str | None) -> list[CalendarDate]:
    low, high = tokens[0].start, tokens[-1].end
    digits = western_digits(text[low:high])
    if _MAYBE_NUMERIC.search(digits) is None:
        return []
    digits = _GLUED.sub(lambda m: " " * len(m.group()), digits)
    starts = {token.start: index for index, token in enumerate(tokens)}
    ends = {token.end: index for index, token in enumerate(tokens)}
    found = []
    for match in _NUMERIC.finditer(digits):
        parts = _order_parts(match, lang)
        if parts is None or format_date(*parts) is None:
            continue
        last = ends.get(low + match.end())
        first = starts.get(low + match.start())
        if first is None:  # glued to a clock: the date begins inside a token
            first = next((i for i, t in enumerate(tokens) if t.start <= low + match.start() < t.end), None)
        if first is not None and last is not None:
            found.append(CalendarDate(first, last + 1, *parts, why="numeric date"))
    return found


def _order_parts(match: re.Match[str], lang: str | None) -> tuple[int, int, int] | None:
    if match["y"]:
        return int(match["y"]), int(match["m"]), int(match["d"])
    a, b, year = int(match["a"]), int(match["b"]), int(match["c"])
    if b > 12:
        return year, a, b
    if lang == "en" and a <= 12 and a != b:
        return None
    return year, b, a


def _date_at(tokens: Sequence[Token], at: int, calendar: Calendar) -> CalendarDate | None:
    """Read a date that begins at this token: «15 يناير 2026», «March 27, 2026», «من 3 إلى 5 ماي», «يناير 2026», «سنة 2030»."""
    if at in calendar.months:
        return _from_spelt_day(tokens, at, calendar) or _from_month(tokens, at, calendar)
    number = _day_number(tokens, at)
    if number is not None:
        return _from_day(tokens, at, number, calendar)
    if at in calendar.years:
        return _from_year_word(tokens, calendar.years[at], calendar)
    return None


def _from_year_word(tokens: Sequence[Token], word: Match, calendar: Calendar) -> CalendarDate | None:
    """Read «سنة 2030», «خلال 2025», "by 2030"; after a mere preposition a round hundred is rather a quantity."""
    year = _year_number(tokens, word.last)
    role = word.attributes.get("role")
    if year is None or not 1900 <= year <= 2100 or role not in ("year", "near") or word.last + 1 in calendar.months:
        return None
    if role == "near" and year % 100 == 0:
        return None
    return CalendarDate(word.last, word.last + 1, year, why="year")


def _from_day(tokens: Sequence[Token], at: int, day: int, calendar: Calendar) -> CalendarDate | None:
    end_day, after = _range_end(tokens, at + 1, calendar)
    month_at = _skip_filler(tokens, after, calendar)
    month = calendar.months.get(month_at)
    if month is None and end_day is None:
        return None
    if month is None:
        return None
    after = _other_name(tokens, month.last, calendar)
    first_month, end_month = int(month.attributes["month"]), None
    if end_day is None:  # «من 30 يونيو إلى 2 يوليوز»
        end_day, after, end_month = _end_with_month(tokens, after, calendar)
    return _finish(tokens, at, after, calendar, month, (first_month, day), (end_month, end_day))


def _from_spelt_day(tokens: Sequence[Token], at: int, calendar: Calendar) -> CalendarDate | None:
    """Read «السابع من ديسمبر», «الحادي عشر من شهر مارس الماضي»; «النصف الأول من يناير» is no day."""
    last = at - 1
    if last > 0 and tokens[last].form == "شهر":
        last -= 1
    if last < 1 or tokens[last].form != "من":
        return None
    for first in (last - 2, last - 1):
        found = read_ordinals(tokens[first:last]) if first >= 0 else ()
        if not found or (found[0].first, found[0].last) != (0, last - first) or not 1 <= found[0].value <= 31:
            continue
        before = tokens[first - 1] if first else None
        if before is not None and has_article(before.form) and not any(w.last == first for w in calendar.weekdays.values()):
            return None
        month = calendar.months[at]
        after = _other_name(tokens, month.last, calendar)
        day = (int(month.attributes["month"]), int(found[0].value))
        return _finish(tokens, first, after, calendar, month, day, (None, None))
    return None


def _from_month(tokens: Sequence[Token], at: int, calendar: Calendar) -> CalendarDate | None:
    month = calendar.months[at]
    number = int(month.attributes["month"])
    after = _other_name(tokens, month.last, calendar)
    day = _day_number(tokens, after)
    month_first = _english(month) and month.attributes.get("calendar") != "hijri"
    if day is not None and month_first and after + 1 not in calendar.months:
        end_day, end_at = _range_end(tokens, after + 1, calendar)
        return _finish(tokens, at, end_at, calendar, month, (number, day), (None, end_day))
    date = _finish(tokens, at, after, calendar, month, (number, None), (None, None))
    return date if date is not None and date.year is not None else None


def _finish(
    tokens: Sequence[Token],
    first: int,
    after: int,
    calendar: Calendar,
    month: Match,
    start: tuple[int, int | None],
    end: tuple[int | None, int | None],
) -> CalendarDate | None:
    year_at = _skip_filler(tokens, after, calendar, year=True)
    year = _year_number(tokens, year_at)
    last = after if year is None else year_at + 1
    hijri = month.attributes.get("calendar") == "hijri"
    marker = calendar.years.get(last)
    if marker is not None and marker.attributes.get("role") in ("hijri", "gregorian"):
        hijri = hijri or marker.attributes["role"] == "hijri"
        last = marker.last
    if not hijri:
        if year is not None and not 1800 <= year <= 2200:
            return None
        return CalendarDate(first, last, year, start[0], start[1], None, end[0], end[1])
    if year is None or start[1] is None:  # a Hijri month alone covers parts of two Gregorian ones
        return CalendarDate(first, last, None, None, None, why="hijri month")
    day = hijri_to_gregorian(year, start[0], start[1])
    if day is None:
        return None
    return CalendarDate(first, last, day.year, day.month, day.day, why="hijri date")


def _english(month: Match) -> bool:
    return month.word.isascii()


def _day_number(tokens: Sequence[Token], at: int) -> int | None:
    if at >= len(tokens) or tokens[at].kind != "number":
        return None
    form = western_digits(tokens[at].form)
    return int(form) if _DAY.match(form) and 1 <= int(form) <= 31 else None


def _year_number(tokens: Sequence[Token], at: int) -> int | None:
    if at >= len(tokens) or tokens[at].kind != "number":
        return None
    form = western_digits(tokens[at].form)
    return int(form) if _YEAR.match(form) and 1300 <= int(form) <= 2200 else None


def _range_end(tokens: Sequence[Token], at: int, calendar: Calendar) -> tuple[int | None, int]:
    """Read «-22», «إلى 22», «و22», «au 22» after a first day: the last day and the token after it."""
    after = at
    # An ordinal ending is a word of its own in tokens: 1 er, 22 nd.
    ending = tokens[after] if after < len(tokens) else None
    glued = ending is not None and ending.start == tokens[after - 1].end and ending.kind == "word"
    if ending is not None and glued and ending.form.isascii() and len(ending.form) <= 2:
        after += 1
    begin = after
    if after < len(tokens) and (tokens[after].form in _DASHES or tokens[after].form == "و"):
        after += 1
    elif after in calendar.links and calendar.links[after].attributes.get("role") in ("to", "and"):
        after = calendar.links[after].last
    else:
        return None, begin
    day = _day_number(tokens, after)
    return (None, begin) if day is None else (day, after + 1)


def _end_with_month(tokens: Sequence[Token], at: int, calendar: Calendar) -> tuple[int | None, int, int | None]:
    end_day, after = _range_end(tokens, at, calendar)
    month = calendar.months.get(_skip_filler(tokens, after, calendar)) if end_day is not None else None
    if month is None:
        return None, at, None
    return end_day, _other_name(tokens, month.last, calendar), int(month.attributes["month"])


def _other_name(tokens: Sequence[Token], at: int, calendar: Calendar) -> int:
    """Skip the second name of the same month: «أغسطس/آب», «نوفمبر (تشرين الثاني)», «كانون الثاني - يناير»."""
    if at + 1 < len(tokens) and tokens[at].form in ("/", "(", "-") and at + 1 in calendar.months:
        after = calendar.months[at + 1].last
        return after + 1 if tokens[at].form == "(" and after < len(tokens) and tokens[after].form == ")" else after
    return at


def _skip_filler(tokens: Sequence[Token], at: int, calendar: Calendar, *, year: bool = False) -> int:
    """Skip what may stand between the parts of a date: a comma, «من», «شهر», «سنة», «of», «de»."""
    for _ in range(2):
        if at >= len(tokens) or at in calendar.months or tokens[at].kind == "number":
            return at
        if year and at in calendar.years and calendar.years[at].attributes.get("role") in ("year", "near"):
            at = calendar.years[at].last
        elif tokens[at].form in ("،", ",", ".", "/", "-", "من", "شهر", "لشهر", "of", "de", "d'", "d’"):
            at += 1
        else:
            return at
    return at


def _with_weekday(date: CalendarDate, calendar: Calendar, tokens: Sequence[Token]) -> CalendarDate:
    """Take in the day of the week before a date: «الخميس 15 جانفي 2026», «أربعاء, 2025-09-10»."""
    if date.day is None:
        return date
    for gap in (0, 1, 2):
        for first in range(date.first - gap - 1, date.first - gap - 3, -1):
            match = calendar.weekdays.get(first)
            if match is None or match.last != date.first - gap:
                continue
            if all(t.form in ("،", ",", "(", ")", "le", "the", "يوم") for t in tokens[match.last : date.first]):
                return date._replace(first=first, weekday=int(match.attributes["weekday"]))
    return date


def _join_calendars(dates: list[CalendarDate], tokens: Sequence[Token], calendar: Calendar) -> list[CalendarDate]:
    """Make one of «12 شعبان 1423 هـ الموافق 18 أكتوبر 2002»: the Gregorian half is what the press means to the day."""
    joined: list[CalendarDate] = []
    for date in dates:
        before = joined[-1] if joined else None
        if before is not None and date.first < before.last:
            continue
        if before is not None and before.why.startswith("hijri") and _is_same(before.last, date.first, tokens, calendar):
            joined[-1] = date._replace(first=before.first, weekday=date.weekday or before.weekday)
        else:
            joined.append(date)
    return joined


def _is_same(low: int, high: int, tokens: Sequence[Token], calendar: Calendar) -> bool:
    between = range(low, high)
    clock = [tokens[at].form for at in between if tokens[at].kind != "mark"]
    if 1 <= len(clock) <= 2 and len(between) <= 6 and all(figure.isdigit() for figure in clock):
        return True  # «2 شعبان 1447 هـ - 17:18 - 22 يناير 2026»
    if len(between) > 3:
        return False
    if any(at in calendar.links and calendar.links[at].attributes.get("role") == "same" for at in between):
        return True
    return len(between) == 1 and tokens[low].form in ("/", "-", "=")
