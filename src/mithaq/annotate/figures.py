"""Read the numbers of a page with what they count: sums of money, shares, ranks, capacities, people and things. No stage."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import NamedTuple

from mithaq.annotate.view import View, country_codes
from mithaq.lexicon.wordlist import is_common_arabic
from mithaq.model import Amount, Match, Sentence
from mithaq.text.clitics import is_detached_particle
from mithaq.text.fold import fold_word
from mithaq.text.language import function_words
from mithaq.text.numbers import Number, numbers_between
from mithaq.text.ordinals import begins_ordinal, ordinals_between
from mithaq.text.shapes import is_shouted

_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₦": "NGN", "₹": "INR"}
_JOINT = 3  # words that may stand between a number and its currency: "milliards de FCFA"
_RANK_REACH = 3  # words between "rank" and its number
_TOP_REACH = 4
_PART_REACH = 3  # words from a part to "of": «12 مدرسة ريفية من أصل 40»
_GLUE_BEFORE = frozenset(":/-–_.#")  # marks that make digits part of a clock, a date or a code
_GLUE_AFTER = frozenset(":/_")
_MANY = 100  # from here on a number at the end of a quotation is no part of a name
_NATION_REACH = 3  # words between a currency and the nationality that says whose it is
# Currencies of several countries together; the code of every other currency begins with the code of its country (ISO 4217).
_SHARED = {
    "XOF": frozenset({"BJ", "BF", "CI", "GW", "ML", "NE", "SN", "TG"}),
    "XAF": frozenset({"CM", "CF", "TD", "CG", "GA", "GQ"}),
}
_YEARS = range(1900, 2101)
_STROKE = "/"
_TELLS = frozenset(":=([")  # marks behind which a figure stands for itself: "trained: 40."
_SMALL_WORD = 4  # letters of what Arabic glues to a number: «وبالـ12»
_NAME_REACH = 4  # tokens from the mark that opens a name to the number at its end: «"بريشيت 2"»


class Sum(NamedTuple):
    """A sum of money in tokens ``first:last``; ``amount`` None when the currency belongs to no one country."""

    first: int
    last: int
    value: float
    amount: Amount | None


class Figure(NamedTuple):
    """A number with its unit: tokens ``first:last`` hold both, ``number`` the number alone. Things have the unit "count"."""

    first: int
    last: int
    number: Number
    value: float
    unit: str
    comparator: str
    why: str


def numbers_in(view: View, first: int, last: int) -> tuple[Number, ...]:
    """Return the numbers of tokens ``first:last``, tokens counted over the page."""
    return numbers_between(view.tokens, first, last)


def sums_in(view: View, first: int, last: int) -> list[Sum]:
    """Return the sums of money in tokens ``first:last``."""
    return [s for n in numbers_in(view, first, last) if (s := read_sum(view, n)) is not None]


def figures_in(view: View, sentence: Sentence, taken: set[int]) -> list[Figure]:
    """Return every number of a sentence that counts, weighs or ranks something; *taken* tokens belong to dates."""
    numbers = [n for n in _all_numbers(view, sentence) if not taken & set(range(n.first, n.last))]
    found = [f for n in numbers if (f := _read(view, sentence, n)) is not None]
    # A currency sign may end the line above, and that line may be furniture.
    found = [f for f in found if sentence.first <= f.first and f.last <= sentence.last]
    return found + _tops(view, sentence, found)


def _all_numbers(view: View, sentence: Sentence) -> list[Number]:
    """Return the numbers and ordinals of a sentence; where both can be read, the ordinal is the rank behind «المرتبة»."""
    ordinals = ordinals_between(view.tokens, sentence.first, sentence.last)
    numbers = numbers_in(view, sentence.first, sentence.last)
    if not ordinals:
        return sorted(numbers)
    ranks = [n for n in ordinals if _rank_word(view, n)]
    if ranks:
        ranks += [n for n in ordinals if n not in ranks and view.tokens[n.first].kind == "number"]
    covered = {i for n in ordinals for i in range(n.first, n.last)}
    plain = [n for n in numbers if not covered & set(range(n.first, n.last)) or view.tokens[n.first].kind == "number"]
    rank_tokens = {i for n in ranks for i in range(n.first, n.last)}
    return sorted([n for n in plain if not rank_tokens & set(range(n.first, n.last))] + ranks)


def _read(view: View, sentence: Sentence, number: Number) -> Figure | None:
    if _is_code(view, number) or _is_dated(view, number):
        return None
    money = read_sum(view, number) or _part_of_sum(view, number)
    if money is not None:
        if money.amount is None:
            return None
        return _figure(view, Figure(money.first, money.last, number, number.value, money.amount.currency, "=", "money"))
    unit = view.at(number.last, "indicator.unit")
    if unit is not None and number.last < sentence.last and not _counts_places(view, number, unit):
        value = number.value * float(unit.attributes.get("factor", "1"))
        return _figure(view, Figure(number.first, unit.last, number, value, unit.attributes["unit"], "=", f"unit: {unit.word}"))
    rank = _rank_word(view, number)
    if rank is None and number.last - number.first == 2 and view.tokens[number.first].end == view.tokens[number.last - 1].start:
        return Figure(number.first, number.last, number, number.value, "rank", "=", "ordinal beside a rank")
    if rank is not None and _is_year(view, number):
        return None  # «النصف الأول 2018»
    if rank is not None:
        comparator = "<=" if rank.attributes.get("band") else "="
        first, last = min(rank.first, number.first), max(rank.last, number.last)
        return Figure(first, last, number, number.value, "rank", comparator, f"rank: {rank.word}")
    return _count(view, sentence, number)


def _count(view: View, sentence: Sentence, number: Number) -> Figure | None:
    """Return a number of people or things: a counted word follows that is no unit of time, chapter or edition."""
    index = number.last
    if number.first == sentence.first and (index >= sentence.last or view.is_mark(index)):
        return None  # the number of an item in a list: "3. The Council approved …"
    if index >= sentence.last or number.value != int(number.value):
        return _score(view, number)
    if view.is_mark(index) and (_stands_bare(view, sentence, number) or _ends_name(view, number)):
        return None
    if _is_barred(view, number) or view.tokens[index].kind == "number" or view.over(index, "time.unit", "time.month"):
        return None
    if _is_year(view, number) or _is_definite(view, number):
        return None
    last = index
    while last < min(index + 3, sentence.last) and not view.is_mark(last) and view.tokens[last].kind == "word":
        last += 1
    if last == index and not view.is_mark(index):
        return None
    return _figure(view, Figure(number.first, max(last, number.last), number, number.value, "count", "=", "counted words"))


def _stands_bare(view: View, sentence: Sentence, number: Number) -> bool:
    """Say whether digits before a mark stand behind another mark or capitals: how agencies number their items, «APS 108 · 33»."""
    if view.tokens[number.first].kind != "number":
        return False
    before = number.first - 1
    if before < sentence.first or view.tokens[before].form in _TELLS:
        return before < sentence.first
    return view.is_mark(before) or is_shouted(view.tokens[before].form)


def _is_definite(view: View, number: Number) -> bool:
    """Say whether a number word after its noun has the article: «الركائز الأربعة» are known pillars, not a count of pillars."""
    return view.arabic and number.last - number.first == 1 and view.tokens[number.first].kind == "word" and view.has_article(number.first)


def _is_year(view: View, number: Number) -> bool:
    """Say whether bare digits may be a year: "2025", not "2,025"."""
    return number.value in _YEARS and number.last - number.first == 1 and view.tokens[number.first].form.isdigit()


def _part_of_sum(view: View, number: Number) -> Sum | None:
    """Return the sum that a number is a part of: "5 million of the six million dirhams"."""
    if number.value < 1000:
        return None
    whole = next((n for n in numbers_in(view, number.last, min(number.last + 6, len(view.tokens)))), None)
    if whole is None or whole.first - number.last > 2 or any(view.is_mark(i) for i in range(number.last, whole.first)):
        return None
    money = read_sum(view, whole)
    return Sum(number.first, money.last, number.value, Amount(number.value, money.amount.currency)) if money and money.amount else None


def _counts_places(view: View, number: Number, unit: Match) -> bool:
    """Say whether "points" are places, not marks: "41 points d’accès", but "41,5 points sur 100"."""
    if view.arabic or number.value != int(number.value):
        return False
    following = view.tokens[unit.last].key.rstrip("'’") if unit.last < len(view.tokens) else ""
    return unit.attributes["unit"] == "points" and following in function_words(view.lang)


def _score(view: View, number: Number) -> Figure | None:
    """Return a bare decimal near an index as a score in points."""
    reach = range(max(0, number.first - 12), min(number.last + 6, len(view.tokens)))
    near = any(view.at(i, "indicator.index", "indicator.rank") for i in reach)
    if number.value == int(number.value) or not near or number.value >= 1000:
        return None
    return Figure(number.first, number.last, number, number.value, "points", "=", "decimal beside an index")


def _is_barred(view: View, number: Number) -> bool:
    """Say whether a number counts nothing that is claimed: editions and clauses, "the two countries", a verb that looks like a number."""
    if number.value == 2 and view.over(number.first - 1, "indicator.both"):
        return True
    if number.last - number.first == 1 and view.at(number.first, "speech.verb"):
        return True
    if _is_whole(view, number):
        return True
    apart = number.first > 1 and view.arabic and is_detached_particle(view.tokens[number.first - 1].form)  # «الدورة الـ 26»
    before = view.over(number.first - 1 - apart, "indicator.not") if number.first else None
    if before is not None and before.attributes.get("where") in ("before", "beside"):
        return True
    after = view.at(number.last, "indicator.not")
    if after is None or after.attributes.get("where") not in ("after", "beside"):
        return False
    return number.value < float(after.attributes.get("under", "inf"))  # «48 ألف ساعة» of recordings are no duration


def _is_whole(view: View, number: Number) -> bool:
    """Say whether a number is only what another is a part of: «38 خدمة من أصل 210», "four of the six experts"."""
    link = view.over(number.first - 1, "indicator.total") if number.first else None
    if link is None or link.last != number.first:
        return False
    first = max(link.first - _PART_REACH, 0)
    return any(n.last > first for n in numbers_in(view, first, link.first)) and not any(view.is_mark(i) for i in range(first, link.first))


def _is_code(view: View, number: Number) -> bool:
    """Say whether digits belong to a name, a clock or an adjective: "5G", "G20", "(95-100)", "10:30", "a 58-year-old"."""
    first, last = view.tokens[number.first], view.tokens[number.last - 1]
    text = view.text
    before = text[first.start - 1 : first.start] if first.start else " "
    after = text[last.end : last.end + 1]
    if view.over(number.first, "indicator.unit"):
        return True
    if first.kind == "number" and (before in _GLUE_BEFORE or after in _GLUE_AFTER or _is_glued(view, number, before, after)):
        return True
    following = text[last.end + 1 : last.end + 2]
    return after != "" and after in "-–" and (following.isdigit() or (following.isalpha() and not view.arabic))


def _is_glued(view: View, number: Number, before: str, after: str) -> bool:
    """Say whether letters that are no unit are written onto digits: "5G", "G20"; Arabic clitics («لـ12») are welcome."""
    start = view.tokens[number.first].start
    if before.isalpha() and (not view.arabic or view.text[max(start - 2, 0)].isdigit() or _is_word_of_name(view, start)):
        return True
    return after.isalpha() and not view.at(number.last, "indicator.unit", "money.currency")


def _is_word_of_name(view: View, start: int) -> bool:
    """Say whether the letters before a digit are a name's («فوسفات3», "J5"): longer than what is glued to numbers, and no everyday word."""
    first = start
    while first > 0 and view.text[first - 1].isalpha():
        first -= 1
    letters = view.text[first:start]
    return letters.isascii() or (len(letters) > _SMALL_WORD and not is_common_arabic(fold_word(letters)))


def _is_dated(view: View, number: Number) -> bool:
    """Say whether strokes with spaces around them join a number to others: «25 / 6 / 1436هـ», «رقم (57 / 30)», and what leads to such."""
    if number.last - number.first > 1 or view.tokens[number.first].kind != "number":
        return False
    if any(_stroke_joins(view, stroke) for stroke in (number.first - 1, number.last)):
        return True
    return not view.is_mark(number.last) and _stroke_joins(view, number.last + 2)  # «من 8 إلى 29 / 11 / 1433هـ»


def _stroke_joins(view: View, stroke: int) -> bool:
    inside = 0 < stroke < len(view.tokens) - 1 and view.tokens[stroke].form == _STROKE
    return inside and view.tokens[stroke - 1].kind == "number" and view.tokens[stroke + 1].kind == "number"


def _ends_name(view: View, number: Number) -> bool:
    """Say whether bare digits end a short name in marks: «"بريشيت 2"», "(Falcon 9)"."""
    digits = number.last - number.first == 1 and view.tokens[number.first].kind == "number"
    if not digits or number.value >= _MANY or not view.closes(number.last) or view.is_mark(number.first - 1):
        return False
    opening = next((i for i in range(number.first - 2, max(number.first - _NAME_REACH, 0) - 1, -1) if view.is_mark(i)), None)
    return opening is not None and view.is_opening(opening)


def _rank_word(view: View, number: Number) -> Match | None:
    """Return the word of rank before a number («في المرتبة الـ 48», "ranked third", "top five") or after it («148e rang»)."""
    spelt = view.tokens[number.first].kind != "number"
    ordinal = begins_ordinal(view.tokens[number.first : number.last + 1])
    if spelt and not ordinal and not (view.over(number.first - 1, "indicator.rank") or view.over(number.first - 2, "indicator.rank")):
        return None
    for index in range(number.first - 1, max(number.first - _RANK_REACH - 1, -1), -1):
        match = view.over(index, "indicator.rank")
        if match and not match.attributes.get("value") and not match.attributes.get("weak"):
            banded = match.attributes.get("band")
            if spelt and not ordinal and not banded:
                return None
            return match if not banded or match.last == number.first else None
        if view.is_mark(index) and view.tokens[index].form not in "-–ـ":
            break
    after = view.at(number.last, "indicator.rank")
    suffixed = after is None and number.last < len(view.tokens) and view.at(number.last + 1, "indicator.rank")
    match = after or (suffixed or None)
    return match if match and not match.attributes.get("band") and not match.attributes.get("value") and not view.arabic else None


def _tops(view: View, sentence: Sentence, found: list[Figure]) -> list[Figure]:
    """Return the first ranks told by a verb («تصدر إفريقيا في …») near a group of countries."""
    tops = []
    for match in view.matches(sentence, "indicator.rank"):
        near = range(match.last, min(match.last + 6, sentence.last))
        known = any(f.unit == "rank" and abs(f.first - match.first) < _TOP_REACH for f in found)
        if match.attributes.get("value") and not known and any(view.at(i, "indicator.group", "place") for i in near):
            number = Number(match.first, match.last, float(match.attributes["value"]))
            tops.append(Figure(match.first, match.last, number, number.value, "rank", "=", f"rank: {match.word}"))
    return tops


def _figure(view: View, figure: Figure) -> Figure:
    """Add the bound that stands before a figure: «أكثر من», "about"."""
    if figure.first == 0:
        return figure
    match = view.over(figure.first - 1, "indicator.about")
    if match is None or match.last != figure.first:
        return figure
    return figure._replace(first=match.first, comparator=match.attributes["comparator"])


def read_sum(view: View, number: Number) -> Sum | None:
    """Return a number as a sum of money when a currency stands beside it."""
    limit = len(view.tokens)
    for index in (number.first - 1, *range(number.last, min(number.last + _JOINT, limit))):
        if index < 0:
            continue
        form = view.tokens[index].form
        if len(form) == 1 and unicodedata.category(form) == "Sc":
            return _sum(number, index, index + 1, _SIGNS.get(form))
        match = view.at(index, "money.currency")
        if match and index >= number.last:
            return _sum(number, index, match.last, _currency(view, match))
        if index >= number.last and (view.is_mark(index) or view.tokens[index].kind == "number"):
            return None
    return None


def _sum(number: Number, first: int, last: int, code: str | None) -> Sum:
    amount = Amount(number.value, code) if code else None
    return Sum(min(first, number.first), max(last, number.last), number.value, amount)


def _currency(view: View, match: Match) -> str | None:
    """Return the code of a currency; of a name that several countries share («دينار») that of the nation beside it, else of the page."""
    code = match.attributes.get("code")
    if not match.attributes.get("ambiguous"):
        return code
    codes = [code or "", *match.attributes.get("or", "").split()]
    near = country_codes(view, match.last, min(match.last + _NATION_REACH, len(view.tokens)))
    spoken = Counter(p.country for p in view.document.places if p.country) + Counter(p.country for p in view.document.people if p.country)
    for country in [*near, *(c for c, _ in spoken.most_common())]:
        for candidate in codes:
            if candidate[:2] == country or country in _SHARED.get(candidate, ()):
                return candidate
    return None
