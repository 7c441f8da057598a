"""Read ordinals of three languages: «الثانية عشرة», «الحادي والأربعين», "2e", "deuxième", "third", "21st"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress

from mithaq.model import Token
from mithaq.model.kept import keep_last, keep_words
from mithaq.text.characters import has_arabic, western_digits
from mithaq.text.fold import fold_letters
from mithaq.text.numbers import Number, read_numbers
from mithaq.text.tokens import different_forms, forms_of, places_of

_ARABIC_FORMS = (
    "1: أول أولى حادي حادية, 2: ثاني ثانية ثان, 3: ثالث ثالثة, 4: رابع رابعة, 5: خامس خامسة, 6: سادس سادسة, 7: سابع سابعة, 8: ثامن ثامنة, "
    "9: تاسع تاسعة, 10: عاشر عاشرة"
)
_FRENCH_FORMS = "1: premier première premiers premières, 2: second seconde"
_ENGLISH_FORMS = (
    "1: first, 2: second, 3: third, 4: fourth, 5: fifth, 6: sixth, 7: seventh, 8: eighth, 9: ninth, 10: tenth, 11: eleventh, 12: twelfth, "
    "13: thirteenth, 14: fourteenth, 15: fifteenth, 16: sixteenth, 17: seventeenth, 18: eighteenth, 19: nineteenth, 20: twentieth, "
    "30: thirtieth, 40: fortieth, 50: fiftieth, 60: sixtieth, 70: seventieth, 80: eightieth, 90: ninetieth, 100: hundredth"
)
_SUFFIXES = frozenset({"e", "eme", "er", "ere", "re", "es", "st", "nd", "rd", "th"})
_FRENCH_ENDING = re.compile(r"(.+?)i[eè]mes?$")
_CLITICS = re.compile("^[وف]?[بلك]?ال")
_TENTH = frozenset({"عشر", "عشره"})


def _table(forms: str) -> dict[str, int]:
    table = {}
    for group in forms.split(","):
        value, _, words = group.partition(":")
        table.update({fold_letters(word): int(value) for word in words.split()})
    return table


_ARABIC = _table(_ARABIC_FORMS)
_LATIN = _table(_FRENCH_FORMS) | _table(_ENGLISH_FORMS)


def read_ordinals(tokens: Sequence[Token]) -> tuple[Number, ...]:
    """Return all ordinals in *tokens*, in order, with their rank as value."""
    return tuple(_read_at(tokens, _possible(tokens)))


def _read_at(tokens: Sequence[Token], possible: list[int]) -> list[Number]:
    """Return the ordinals that begin at *possible* tokens, none inside another."""
    found: list[Number] = []
    free = 0
    for at in possible:
        number = _ordinal_at(tokens, at) if at >= free else None
        if number is not None:
            found.append(number)
            free = number.last
    return found


def ordinals_between(tokens: tuple[Token, ...], first: int, last: int) -> list[Number]:
    """Return the ordinals in tokens ``first:last`` of a page, tokens counted over the page; what stands around them is not read."""
    possible = _possible_of_page(tokens)
    at = bisect_left(possible, first)
    if at == len(possible) or possible[at] >= last:
        return []
    within = [i - first for i in possible[at : bisect_left(possible, last)]]
    return [Number(n.first + first, n.last + first, n.value) for n in _read_at(tokens[first:last], within)]


def begins_ordinal(tokens: Sequence[Token]) -> bool:
    """Say whether an ordinal begins *tokens*."""
    return bool(tokens) and _may_begin(tokens[0].form) and _ordinal_at(tokens, 0) is not None


def _possible(tokens: Sequence[Token]) -> list[int]:
    """Return where an ordinal may begin: at few tokens of a page."""
    return list(compress(range(len(tokens)), map(_may_begin, forms_of(tokens))))


@keep_last
def _possible_of_page(tokens: tuple[Token, ...]) -> list[int]:
    """Return where on a page an ordinal may begin."""
    return places_of(set(filter(_may_begin, different_forms(tokens))), tokens)


@keep_words
def _may_begin(form: str) -> bool:
    """Say whether an ordinal may begin with a token: few words do, so that most are passed over fast."""
    if form[:1].isdigit():
        return True
    return (_arabic_value(form) if has_arabic(form) else _latin_value(form)) is not None


def _ordinal_at(tokens: Sequence[Token], at: int) -> Number | None:
    token = tokens[at]
    if token.kind == "number":
        if at + 1 < len(tokens) and tokens[at + 1].start == token.end and tokens[at + 1].key in _SUFFIXES:
            digits = western_digits(token.form)
            return Number(at, at + 2, float(digits)) if digits.isdigit() else None
        return None
    if token.kind != "word":
        return None
    return _arabic_ordinal(tokens, at) if has_arabic(token.form) else _latin_ordinal(tokens, at)


@keep_words
def _arabic_value(form: str) -> int | None:
    """Look up with and without clitics and article: «للثالثة», «بالثاني», «والأولى»."""
    folded = fold_letters(form)
    if folded in _ARABIC:
        return _ARABIC[folded]
    if folded.startswith("لل"):
        folded = "لال" + folded[2:]
    return _ARABIC.get(_CLITICS.sub("", folded))


def _arabic_ordinal(tokens: Sequence[Token], at: int) -> Number | None:
    value = _arabic_value(tokens[at].form)
    if value is None:
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and value < 10:
        if fold_letters(following.form) in _TENTH:
            return Number(at, at + 2, float(value + 10))
        tens = read_numbers([following]) if fold_letters(following.form).startswith("وال") else ()
        if tens and tens[0].value % 10 == 0 and 20 <= tens[0].value <= 90:
            return Number(at, at + 2, float(value) + tens[0].value)
    # «حادي» ranks only beside a ten.
    return None if fold_letters(tokens[at].form).removeprefix("ال").startswith("حادي") else Number(at, at + 1, float(value))


def _latin_ordinal(tokens: Sequence[Token], at: int) -> Number | None:
    value = _latin_value(tokens[at].form)
    return None if value is None else Number(at, at + 1, float(value))


@keep_words
def _latin_value(form: str) -> int | None:
    folded = fold_letters(form)
    if folded in _LATIN:
        return _LATIN[folded]
    head, mark, tail = folded.rpartition("-")
    if mark and tail in _LATIN:
        tens = read_numbers([Token(0, len(head), head, head, "word")])
        return int(tens[0].value) + _LATIN[tail] if tens else None
    match = _FRENCH_ENDING.match(folded)
    if match is None:
        return None
    stem = match[1]
    for candidate in (stem, stem + "e", re.sub("u$", "", stem), re.sub("v$", "f", stem), stem.replace("uni", "un")):
        numbers = read_numbers([Token(0, len(candidate), candidate, candidate, "word")])
        if numbers and numbers[0].last == 1:
            return int(numbers[0].value)
    if stem.endswith(("-un", "-et-un")):
        tens = read_numbers([Token(0, len(stem), stem, stem, "word")])
        return int(tens[0].value) if tens else None
    return None
