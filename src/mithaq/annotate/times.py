"""Find when things happen: explicit dates, days counted from the day of publication, weekdays, months, quarters and years.

What the page does not allow to know stays unknown: «أمس الثلاثاء» on a page without a date has words, a basis and no value.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from mithaq.lexicon import Lexicon
from mithaq.model import Document, Evidence, Match, Sentence, Time, Token
from mithaq.model.vocabulary import DateBasis
from mithaq.text.calendar import NEAREST_YEAR, CalendarDate, format_date, read_dates
from mithaq.text.numbers import read_numbers
from mithaq.text.tokens import figures_of_page

_DIRECTED_YEAR = "year from the day of publication, before or after it as said"
_YEAR_WORDS, _FIRST_YEAR, _LAST_YEAR = 6, 1900, 2100
_LEAP = 183  # days: a day and month without a year is the nearest one to the day of publication

# Of the words of time those that can tell a time without a year in digits beside them; most sentences hold but a preposition or a link.
_TELLING = frozenset({"time.relative", "time.month", "time.weekday", "time.unit", "time.quarter"})


class _View:
    """The time words of one sentence, by the token where they begin."""

    def __init__(self, document: Document, sentence: Sentence, matches: Sequence[Match]) -> None:
        self.text = document.text
        self.tokens: Sequence[Token] = document.tokens
        self.first, self.last = sentence.first, sentence.last
        self.matches = [m for m in matches if sentence.first <= m.first and m.last <= sentence.last]
        self.starts = {m.first: m.start for m in self.matches if m.prefix}
        self._starting: dict[str, dict[int, Match]] = {}
        for match in self.matches:
            table = self._starting.setdefault(match.kind, {})
            if match.first not in table or table[match.first].last < match.last:
                table[match.first] = match

    def starting(self, kind: str) -> dict[int, Match]:
        """Return the longest match of a kind at each token."""
        return self._starting.get(kind, {})

    def evidence(self, first: int, last: int) -> Evidence:
        """Cut the words of tokens ``first:last``, without a clitic glued before a time word, with a bracket that closes at their end."""
        opened = any(token.form == "(" for token in self.tokens[first:last])
        if opened and last < self.last and self.tokens[last].form == ")":
            last += 1
        return Evidence.of(self.text, self.starts.get(first, self.tokens[first].start), self.tokens[last - 1].end)


def find_times(document: Document, lexicon: Lexicon) -> tuple[Time, ...]:
    """Return the expressions of time in the article, by place.

    Relative words count from ``document.published`` and stay without a value when it is unknown or no full date. A weekday beside
    «أمس» or «اليوم» must agree with the calendar, else the day stays unknown.
    """
    matches = document.matches_of("time")
    if not document.matches:
        matches = [m for m in lexicon.find(document.tokens, document.lang or "en", document.text) if m.kind.startswith("time.")]
    published = _day(document.published)
    times: list[Time] = []
    long_figures = [index for index in figures_of_page(document.tokens) if len(document.tokens[index].form) >= 4]
    at = 0
    for sentence in document.sentences:
        while at < len(matches) and matches[at].first < sentence.first:
            at += 1
        end = at
        while end < len(matches) and matches[end].first < sentence.last:
            end += 1
        dated = bisect_left(long_figures, sentence.first) < bisect_left(long_figures, sentence.last)
        if dated or any(m.kind in _TELLING for m in matches[at:end]):
            view = _View(document, sentence, matches[at:end])
            times.extend(_times_of(view, document.lang, published))
    return tuple(times)


def _day(value: str | None) -> datetime.date | None:
    if value is None or len(value) != 10:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return None


def _times_of(view: _View, lang: str | None, published: datetime.date | None) -> list[Time]:
    shifted = [m if not view.first else _shift(m, -view.first) for m in view.matches]
    times, taken = [], set[int]()
    for time, first, last in _quarters(view):
        if not taken & set(range(first, last)):
            times.append(time)
            taken.update(range(first, last))
    for date in read_dates(view.text, view.tokens[view.first : view.last], shifted, lang):
        date = date._replace(first=date.first + view.first, last=date.last + view.first)
        if not taken & set(range(date.first, date.last)):
            time = _explicit(view, date, published)
            times.append(time)
            # «15 يناير المقبل» takes its last word along.
            taken.update(at for at in range(date.first, view.last) if view.tokens[at].start < time.evidence.end)
    for finder in (_relative, _months, _stretches, _weekdays, _bare_months):
        for time, first, last in finder(view, published):
            if not taken & set(range(first, last)):
                times.append(time)
                taken.update(range(first, last))
    return sorted(times, key=lambda t: t.evidence.start)


def _shift(match: Match, by: int) -> Match:
    return Match(match.kind, match.word, match.first + by, match.last + by, match.start, match.end, match.prefix, match.attributes)


def _explicit(view: _View, date: CalendarDate, published: datetime.date | None) -> Time:
    """Give a calendar date its value; without a year it is the nearest such day to the day of publication, or unknown."""
    first = date.first
    evidence = view.evidence(first, date.last)
    if date.year is not None:
        value = date.value
        if value is not None and date.weekday is not None and _disagrees(value, date.weekday):
            return Time(evidence=evidence, value=value, end=date.end, basis="explicit", why="explicit date; its weekday disagrees")
        return Time(evidence=evidence, value=value, end=date.end, basis="explicit", why=f"explicit {date.why}")
    if date.month is None:
        return Time(evidence=evidence, basis="explicit", why=date.why)
    step = _modifier_after(view, date.last)
    year = _year_of(date, published, step[0] if step else None)
    if step:
        evidence = view.evidence(first, step[1])
    start = format_date(year, date.month, date.day)
    if start is not None and date.weekday is not None and _disagrees(start, date.weekday):
        start = None
    end = None
    if start is not None and date.end_day is not None:
        end = format_date(year, date.end_month or date.month, date.end_day)
    return Time(evidence=evidence, value=start, end=end, basis="explicit", why=f"day and month; {_DIRECTED_YEAR if step else NEAREST_YEAR}")


def _disagrees(value: str, weekday: int) -> bool:
    day = _day(value)
    return day is not None and day.isoweekday() != weekday


def _year_of(date: CalendarDate, published: datetime.date | None, step: int | None) -> int | None:
    if published is None or date.month is None:
        return None
    if date.day is None and step is not None:  # «يناير المقبل» in January is next year's
        away = (date.month - published.month) % 12 if step >= 0 else -((published.month - date.month) % 12)
        return (published.year * 12 + published.month - 1 + (away or 12 * step)) // 12
    candidates = []
    for year in (published.year - 1, published.year, published.year + 1):
        try:
            day = datetime.date(year, date.month, date.day or 15)
        except ValueError:
            continue
        away = (day - published).days
        if (step == -1 and away > 0) or (step == 1 and away < 0):
            continue
        if date.weekday is not None and date.day is not None and day.isoweekday() != date.weekday:
            continue
        candidates.append((abs(away), year))
    return min(candidates)[1] if candidates and (step is not None or min(candidates)[0] <= _LEAP) else None


def _modifier_after(view: _View, at: int) -> tuple[int, int] | None:
    modifier = view.starting("time.modifier").get(at)
    return (int(modifier.attributes["step"]), modifier.last) if modifier is not None else None


def _relative(view: _View, published: datetime.date | None) -> Iterator[tuple[Time, int, int]]:
    """Read «اليوم الخميس», «أمس», "hier", "ce mardi", «غدا الثلاثاء»: a day counted from the day of publication."""
    weekdays = view.starting("time.weekday")
    for first, match in view.starting("time.relative").items():
        if match.attributes["offset"] == "none":  # «اليوم نفسه», «اليوم العالمي»: no day counted from publication
            continue
        last = match.last
        weekday = weekdays.get(_skip_marks(view, last))
        if match.attributes.get("before") == "weekday" and weekday is None:
            continue
        if weekday is not None:
            last = weekday.last
        else:
            weekday = next((w for w in weekdays.values() if w.last == first), None)
            first = weekday.first if weekday is not None else first
        value = None
        if published is not None:
            day = published + datetime.timedelta(days=int(match.attributes["offset"]))
            if weekday is None or day.isoweekday() == int(weekday.attributes["weekday"]):
                value = day.isoformat()
            elif match.attributes.get("before") == "weekday":
                day = _nearest(published, int(weekday.attributes["weekday"]), None)
                value = day.isoformat()
        why = "counted from the day of publication" if value else "day of publication unknown or its weekday disagrees"
        yield Time(evidence=view.evidence(first, last), value=value, basis="relative", why=why), first, last


def _skip_marks(view: _View, at: int) -> int:
    while at < view.last and view.tokens[at].form in ("(", "،", ","):
        at += 1
    return at


def _nearest(published: datetime.date, weekday: int, step: int | None) -> datetime.date:
    """Return the day of that name last week (step -1), next week (1), or the latest one up to the day of publication."""
    back = (published.isoweekday() - weekday) % 7
    if step == 1:
        return published + datetime.timedelta(days=(weekday - published.isoweekday()) % 7 or 7)
    if step == -1:
        return published - datetime.timedelta(days=back or 7)
    return published - datetime.timedelta(days=back)


def _weekdays(view: _View, published: datetime.date | None) -> Iterator[tuple[Time, int, int]]:
    """Read a weekday by itself, «الخميس الماضي», "next Tuesday"; a bare weekday may be before or after and keeps no value."""
    modifiers = view.starting("time.modifier")
    by_end = {m.last: m for m in modifiers.values()}
    for first, match in view.starting("time.weekday").items():
        # «اثنين» without its article is the number two, unless a date follows.
        if match.attributes.get("beside") == "date":
            continue
        last, step = match.last, None
        if last in modifiers:
            step, last = int(modifiers[last].attributes["step"]), modifiers[last].last
        elif first in by_end:
            step, first = int(by_end[first].attributes["step"]), by_end[first].first
        basis: DateBasis = "weekday"
        value = None
        if published is not None and step in (-1, 1):
            value = _nearest(published, int(match.attributes["weekday"]), step).isoformat()
        elif published is not None and step is None:
            value = _nearest(published, int(match.attributes["weekday"]), None).isoformat()
        why = "weekday nearest to the day of publication" if value else "weekday without a day of publication"
        yield Time(evidence=view.evidence(first, last), value=value, basis=basis, why=why), first, last


def _months(view: _View, published: datetime.date | None) -> Iterator[tuple[Time, int, int]]:
    """Read a month beside «المقبل», "last", "prochain": «يناير المقبل», "next March"."""
    modifiers = view.starting("time.modifier")
    by_end = {m.last: m for m in modifiers.values()}
    for first, match in view.starting("time.month").items():
        if match.attributes.get("calendar") == "hijri":
            continue
        if match.last in modifiers:
            step, low, high = int(modifiers[match.last].attributes["step"]), first, modifiers[match.last].last
        elif first in by_end:
            step, low, high = int(by_end[first].attributes["step"]), by_end[first].first, match.last
        else:
            continue
        year = _year_of(CalendarDate(low, high, None, int(match.attributes["month"])), published, step)
        value = format_date(year, int(match.attributes["month"]), None)
        why = "month counted from the day of publication"
        yield Time(evidence=view.evidence(low, high), value=value, basis="relative", why=why), low, high


def _bare_months(view: _View, published: datetime.date | None) -> Iterator[tuple[Time, int, int]]:
    """Read a month alone behind "in": «في مارس», "since July", "en janvier". It is the nearest one to the day of publication."""
    led = {m.last for m in view.starting("time.year").values() if m.attributes.get("role") == "near"}
    for first, match in view.starting("time.month").items():
        if first not in led or match.attributes.get("calendar") == "hijri":
            continue
        month = int(match.attributes["month"])
        spelt = _spelt_year(view, match.last)
        if spelt is not None:
            evidence, value = view.evidence(first, spelt[1]), format_date(spelt[0], month, None)
            yield Time(evidence=evidence, value=value, basis="explicit", why="month and year in words"), first, spelt[1]
            continue
        value = format_date(_year_of(CalendarDate(first, match.last, None, month), published, None), month, None)
        why = f"month; {NEAREST_YEAR}"
        yield Time(evidence=view.evidence(first, match.last), value=value, basis="relative", why=why), first, match.last


def _spelt_year(view: _View, at: int) -> tuple[int, int] | None:
    """Return a year in words that begins at a token, and the token behind it: «ألفين واثنين وعشرين»."""
    number = next(iter(read_numbers(view.tokens[at : min(at + _YEAR_WORDS, view.last)])), None)
    if number is None or number.first != 0 or not _FIRST_YEAR <= number.value <= _LAST_YEAR:
        return None
    return int(number.value), at + number.last


def _stretches(view: _View, published: datetime.date | None) -> Iterator[tuple[Time, int, int]]:
    """Read «الشهر المقبل», «العام الماضي», "last week", "le mois prochain"."""
    modifiers = view.starting("time.modifier")
    by_end = {m.last: m for m in modifiers.values()}
    for first, unit in view.starting("time.unit").items():
        if unit.last in modifiers:
            step, low, high = int(modifiers[unit.last].attributes["step"]), first, modifiers[unit.last].last
        elif first in by_end and not unit.prefix:
            step, low, high = int(by_end[first].attributes["step"]), by_end[first].first, unit.last
        else:
            continue
        value, end = _stretch(published, unit.attributes["unit"], step)
        why = "counted from the day of publication"
        yield Time(evidence=view.evidence(low, high), value=value, end=end, basis="relative", why=why), low, high


def _quarters(view: _View) -> Iterator[tuple[Time, int, int]]:
    """Read «الربع الأول من 2027», "third quarter of 2027": from its first month to its last."""
    for first, quarter in view.starting("time.quarter").items():
        year_at, year = _year_near(view, quarter.last)
        if year is not None:
            month = 3 * int(quarter.attributes["quarter"])
            start, end = f"{year:04d}-{month - 2:02d}", f"{year:04d}-{month:02d}"
            evidence = view.evidence(first, year_at + 1)
            yield Time(evidence=evidence, value=start, end=end, basis="explicit", why="quarter"), first, year_at + 1


def _year_near(view: _View, at: int) -> tuple[int, int | None]:
    for index in range(at, min(at + 4, view.last)):
        if view.tokens[index].kind == "number":
            numbers = read_numbers(view.tokens[index : index + 1])
            year = int(numbers[0].value) if numbers else 0
            return index, year if 1900 <= year <= 2100 else None
    return at, None


def _stretch(published: datetime.date | None, unit: str, step: int) -> tuple[str | None, str | None]:
    """Return the first and last day, the month or the year that «الأسبوع الماضي», «الشهر المقبل», «العام الجاري» mean."""
    if published is None:
        return None, None
    if unit == "year":
        return f"{published.year + step:04d}", None
    if unit == "month":
        month = published.year * 12 + published.month - 1 + step
        return f"{month // 12:04d}-{month % 12 + 1:02d}", None
    if unit == "week":
        monday = published - datetime.timedelta(days=published.isoweekday() - 1) + datetime.timedelta(weeks=step)
        return monday.isoformat(), (monday + datetime.timedelta(days=6)).isoformat()
    return None, None
