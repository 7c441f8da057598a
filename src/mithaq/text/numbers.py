"""Read numbers: digits of every system («97,5», «٩٧٫٥», «4.500.000», "9 000"), scale words, and number words of three languages.

Arabic number words are read with their clitics, gender and case.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

from mithaq.model import Token
from mithaq.model.kept import keep_last, keep_words
from mithaq.text.characters import has_arabic, western_digits
from mithaq.text.fold import fold_letters
from mithaq.text.number_words import ARABIC, LATIN, Atom
from mithaq.text.tokens import different_forms, forms_of, places_of


class Number(NamedTuple):
    """A number in tokens ``first:last`` (end exclusive) and its value."""

    first: int
    last: int
    value: float


_NO_NUMBERS: tuple[Number, ...] = ()

_JOINERS = frozenset({"et", "and"})
_HYPHENS = frozenset("-‑")
_HYPHEN = re.compile("[-‑]")
# Letters that scale a number only when they are glued to it: 5k, $5m, 3bn.
_GLUED = {"k": 1e3, "bn": 1e9, "mn": 1e6, "md": 1e9, "mds": 1e9}
_CURRENCIES = frozenset("$€£¥")
_EXACT = 15  # digits that a number of a computer keeps of what is printed: 4,1 milliards is 4100000000, not 4099999999.9999995

_RANKS = {"unit": 1, "teen": 2, "ten": 2, "hundred": 3}
_THOUSANDS = re.compile(r"\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*$")
_FIRST_GROUP = re.compile(r"[1-9]\d{0,2}\Z")
_GROUP = re.compile(r"\d{3}$")
_LAST_GROUP = re.compile(r"\d{3}(?:[.,]\d{1,2})?$")
_PERCENT = re.compile("[وف]?[بل]?الما?[يئ]ه$")  # «في المئة», «بالمائة»: of the hundred, no number of its own
_ARABIC_CLITICS = re.compile(r"^([وف]?)([بلك]?)(ال)?(?=.{2,}$)")


def read_digits(form: str) -> float | None:
    """Return the value of one number token, None when it is none (a version, a date).

    A separator before exactly three digits groups thousands («9.000», "11,300"), any other single one is decimal («97,5»).
    """
    if "٬" in form or "٫" in form:
        form = form.replace("٬", "").replace("٫", ".")
        return _to_float(western_digits(form))
    digits = western_digits(form)
    if digits.isdigit():
        return float(digits)
    if _THOUSANDS.match(digits) and not digits.startswith("0"):
        return float(re.sub(r"\D", "", digits))
    head, mark, tail = digits.rpartition("." if digits.rfind(".") > digits.rfind(",") else ",")
    if mark and tail.isdigit():
        whole = re.sub(r"[,.'’]", "", head)
        if re.fullmatch(r"\d+(?:[,.'’]\d{3})*", head) and (len(whole) == len(head) or not head.count(mark)):
            return _to_float(f"{whole}.{tail}")
    return None


def _to_float(digits: str) -> float | None:
    try:
        return float(digits)
    except ValueError:
        return None


def read_numbers(tokens: Sequence[Token]) -> tuple[Number, ...]:
    """Return all numbers in *tokens*, in order, none inside another.

    >>> # «ستمائة وعشرة آلاف» gives 610000, «3,5 ملايين» 3500000, "quatre-vingt-dix-sept" 97, "9 000" 9000
    """
    return tuple(_read_at(tokens, _possible(tokens)))


def _read_at(tokens: Sequence[Token], possible: list[int]) -> list[Number]:
    """Return the numbers that begin at *possible* tokens, none inside another."""
    numbers: list[Number] = []
    free = 0
    for at in possible:
        number = _number_at(tokens, at) if at >= free else None
        if number is not None:
            numbers.append(number)
            free = number.last
    return numbers


def numbers_between(tokens: tuple[Token, ...], first: int, last: int) -> tuple[Number, ...]:
    """Return the numbers in tokens ``first:last`` of a page, tokens counted over the page; what stands around them is not read.

    Several stages ask for the numbers of the same sentence: nobody may change the answer.
    """
    possible, known = _possible_of_page(tokens)
    at = bisect_left(possible, first)
    if at == len(possible) or possible[at] >= last:
        return _NO_NUMBERS
    numbers = known.get((first, last))
    if numbers is None:
        within = [i - first for i in possible[at : bisect_left(possible, last)]]
        numbers = tuple([Number(n.first + first, n.last + first, n.value) for n in _read_at(tokens[first:last], within)])
        known[first, last] = numbers
    return numbers


def _possible(tokens: Sequence[Token]) -> list[int]:
    """Return where a number may begin: at few tokens of a page."""
    return list(compress(range(len(tokens)), map(_may_begin, forms_of(tokens))))


@keep_last
def _possible_of_page(tokens: tuple[Token, ...]) -> tuple[list[int], dict[tuple[int, int], tuple[Number, ...]]]:
    """Return where on a page a number may begin, and a table for the numbers that were read between tokens."""
    return places_of(set(filter(_may_begin, different_forms(tokens))), tokens), {}


@keep_words
def _may_begin(form: str) -> bool:
    """Say whether a number may begin with a token: few words do, so that most are passed over fast."""
    if form[:1].isdigit():
        return True
    return _arabic_atom(form) is not None if has_arabic(form) else bool(_split_latin(form))


def _number_at(tokens: Sequence[Token], at: int) -> Number | None:
    number = _any_number_at(tokens, at)
    # Three hundred digits in a row are beyond every number of a computer, and of the world.
    if number is None or not math.isfinite(number.value):
        return None
    return Number(number.first, number.last, float(f"{number.value:.{_EXACT}g}"))


def _any_number_at(tokens: Sequence[Token], at: int) -> Number | None:
    token = tokens[at]
    if token.kind == "number":
        return _from_digits(tokens, at)
    if token.kind != "word":
        return None
    return _from_arabic(tokens, at) if has_arabic(token.form) else _from_latin(tokens, at)


def _from_digits(tokens: Sequence[Token], at: int) -> Number | None:
    value, last = _grouped(tokens, at)
    if value is None:
        return None
    if last < len(tokens) and tokens[last].start == tokens[last - 1].end and tokens[last].kind == "word":
        glued = tokens[last].form.lower()
        money = at > 0 and tokens[at - 1].form in _CURRENCIES
        factor = _GLUED.get(glued) or (1e6 if glued == "m" and money else None)
        if factor:
            return Number(at, last + 1, value * factor)
    return _scaled(tokens, at, last, value)


def _grouped(tokens: Sequence[Token], at: int) -> tuple[float | None, int]:
    """Join groups of three digits split by single spaces: "9 000", "4 500 000,5"."""
    first = western_digits(tokens[at].form)
    parts, last = [first], at + 1
    if _FIRST_GROUP.match(first):
        while last < len(tokens) and tokens[last].kind == "number" and tokens[last].start == tokens[last - 1].end + 1:
            part = western_digits(tokens[last].form)
            if not _LAST_GROUP.match(part):
                break
            parts.append(part)
            last += 1
            if not _GROUP.match(part):
                break
    if len(parts) == 1:
        return read_digits(tokens[at].form), last
    return _to_float("".join(parts).replace(",", ".")), last


def _scaled(tokens: Sequence[Token], first: int, last: int, value: float) -> Number:
    """Take in scale words after digits: «500 ألف», «3 ملايين و200 ألف», "2,5 milliards"."""
    total, scale = 0.0, 0.0
    if last + 1 < len(tokens) and tokens[last].form in _HYPHENS and tokens[last].start == tokens[last - 1].end:
        atom = _atom(tokens[last + 1])
        last += atom is not None and atom.rank == "scale"  # "$4.2-million"
    while last < len(tokens):
        atom = _atom(tokens[last])
        if atom is None or atom.rank != "scale" or atom.joined or (scale and atom.value >= scale):
            break
        total, scale, last, value = total + value * atom.value, atom.value, last + 1, 0.0
        half = _half(tokens, last)
        if half:
            return Number(first, half[0], total + half[1] * scale)
        following = _joined_digits(tokens, last, scale)
        if following is None:
            break
        value, last = following
    return Number(first, last, total + value)


def _joined_digits(tokens: Sequence[Token], at: int, scale: float) -> tuple[float, int] | None:
    if at + 2 < len(tokens) and tokens[at].form == "و" and tokens[at + 1].kind == "number":
        value, last = _grouped(tokens, at + 1)
        atom = _atom(tokens[last]) if last < len(tokens) else None
        if value is not None and atom is not None and atom.rank == "scale" and atom.value < scale:
            return value, last
    return None


def _half(tokens: Sequence[Token], at: int) -> tuple[int, float] | None:
    """Read «ونصف (المليون)», «وربع», "et demi", "and a half" after a scale word: the token after it and the part."""
    if at >= len(tokens):
        return None
    atom = _atom(tokens[at])
    if atom is not None and atom.rank == "part" and atom.joined:
        named = _atom(tokens[at + 1]) if at + 1 < len(tokens) else None
        return (at + 2 if named is not None and named.rank == "scale" else at + 1), atom.value
    keys = [token.key for token in tokens[at : at + 3]]
    if keys[:2] in (["et", "demi"], ["et", "demie"]):
        return at + 2, 0.5
    return (at + 3, 0.5) if keys == ["and", "a", "half"] else None


def _atom(token: Token) -> Atom | None:
    if token.kind != "word":
        return None
    return _arabic_atom(token.form) if has_arabic(token.form) else LATIN.get(fold_letters(token.form))


@keep_words
def _arabic_atom(form: str) -> Atom | None:
    """Look a word up as it stands, then without «و ف», «ب ل ك» and the article: «والعشرين», «لاثنين», «بخمسمائة»."""
    folded = fold_letters(form)
    known = ARABIC.get(folded)
    if known is not None:
        return known
    if folded.startswith("لل"):
        folded = "ل" + "ال" + folded[2:]
    match = _ARABIC_CLITICS.match(folded)
    if match is None or not match[0]:
        return None
    for end in dict.fromkeys((match.end(), match.end(2), match.end(1))):
        atom = ARABIC.get(folded[end:])
        if atom is not None:
            return atom._replace(joined=match[1] == "و")
    return None


def _from_arabic(tokens: Sequence[Token], at: int) -> Number | None:
    first = _arabic_atom(tokens[at].form)
    if first is None:
        return None
    if first.rank == "part":  # «نصف مليون»
        scale = _atom(tokens[at + 1]) if at + 1 < len(tokens) else None
        return Number(at, at + 2, first.value * scale.value) if scale is not None and scale.rank == "scale" else None
    total, current, previous, last, used = 0.0, 0.0, "", at, 0
    lowest = float("inf")
    while last < len(tokens):
        atom = _arabic_atom(tokens[last].form) if tokens[last].kind == "word" else None
        if atom is None or not _follows(previous, atom, current, first=last == at):
            break
        if atom.rank in ("scale", "dual"):
            size = atom.value if atom.rank == "scale" else atom.value / 2
            if size >= lowest:
                break
            total += (current or 1.0) * atom.value
            current, lowest, previous = 0.0, size, "scale"
        elif atom.rank == "hundred" and previous == "unit" and not atom.joined:
            current += current % 10 * 99  # «ثلاث مائة»: the unit already stands in the sum
            previous = "hundred"
        else:
            current, previous = current + atom.value, "teen" if previous == "unit" and atom.rank == "teen" else atom.rank
        last, used = last + 1, used + 1
        half = _half(tokens, last) if previous == "scale" else None
        if half:
            return Number(at, half[0], total + half[1] * lowest)
    if not used or (used == 1 and (not first.alone or _PERCENT.match(fold_letters(tokens[at].form)))):
        return None
    return Number(at, last, total + current)


def _follows(previous: str, atom: Atom, current: float, *, first: bool) -> bool:
    """Say whether an Arabic number word goes on with the number before it."""
    if first:
        return atom.rank != "part"
    if atom.rank == "part":
        return False
    if atom.rank == "scale":
        return current > 0 and not atom.joined
    if atom.rank == "dual":
        return previous == "scale" and atom.joined
    if previous == "scale":
        return atom.joined
    if previous == "unit":
        if atom.rank == "teen":
            return not atom.joined and atom.value == 10
        if atom.rank == "hundred":
            return not atom.joined and atom.value == 100
        return atom.rank == "ten" and atom.joined
    return atom.joined and previous == "hundred" and _RANKS.get(atom.rank, 9) < 3


def _from_latin(tokens: Sequence[Token], at: int) -> Number | None:
    """Read French and English number words, hyphened or not: "quatre-vingt-dix-sept", "two hundred and five thousand"."""
    total, current, last, used, previous = 0.0, 0.0, at, 0, Atom(0, "")
    solid = False
    while last < len(tokens):
        atoms = _latin_atoms(tokens[last])
        joiner = last > at and tokens[last].key in _JOINERS and last + 1 < len(tokens)
        if joiner and _joins(previous, _latin_atoms(tokens[last + 1])):
            last += 1
            continue
        if not atoms or (last > at and not _latin_follows(previous, atoms[0])):
            break
        for atom in atoms:
            total, current = _add_latin(total, current, atom)
            previous = atom
            solid = solid or atom.alone
            used += 1
        last += 1
        half = _half(tokens, last) if previous.rank == "scale" else None
        if half:
            return Number(at, half[0], total + half[1] * previous.value)
    if not used or (used == 1 and not solid) or (not solid and previous.rank not in ("scale", "hundred")):
        return None
    return Number(at, last, total + current)


@keep_words
def _split_latin(form: str) -> tuple[Atom, ...]:
    pieces = [piece for piece in _HYPHEN.split(fold_letters(form)) if piece not in _JOINERS]
    atoms = [LATIN.get(piece) for piece in pieces]
    return tuple(atom for atom in atoms if atom is not None) if atoms and None not in atoms else ()


def _latin_atoms(token: Token) -> tuple[Atom, ...]:
    return _split_latin(token.form) if token.kind == "word" else ()


def _joins(previous: Atom, atoms: tuple[Atom, ...]) -> bool:
    """Say whether "et" or "and" goes on with a number: "vingt et un", "two hundred and five"."""
    if not atoms:
        return False
    after_ten = previous.rank == "ten" and atoms[0].value in (1, 11)
    return after_ten or (previous.rank == "hundred" and atoms[0].rank in ("unit", "teen", "ten"))


def _latin_follows(previous: Atom, atom: Atom) -> bool:
    if atom.rank in ("scale", "hundred"):
        return previous.rank != "scale" or atom.value < previous.value
    if atom.rank == "dozen":
        return previous.rank in ("unit", "part")
    if atom.rank == "round" or atom.rank == "part":
        return previous.value == 1
    if atom.value == 1 and previous.value == 0.5:  # "half a million"
        return True
    if previous.rank == "ten":
        return atom.rank == "unit" or (atom.rank == "teen" and previous.value in (20, 60, 80))
    if previous.value == 4 and atom.value == 20:
        return True
    if previous.value == 10 and atom.rank == "unit":
        return atom.value >= 7
    return previous.rank in ("scale", "hundred")


def _add_latin(total: float, current: float, atom: Atom) -> tuple[float, float]:
    if atom.rank == "scale":
        return total + (current or 1.0) * atom.value, 0.0
    if atom.rank == "hundred":
        return total, (current or 1.0) * atom.value
    if atom.rank == "dozen":
        return total, (current or 1.0) * atom.value
    if atom.rank == "round":
        return total, atom.value
    if atom.value == 20 and current == 4:
        return total, 80.0
    if atom.value == 1 and current == 0.5:
        return total, current
    return total, current + atom.value
