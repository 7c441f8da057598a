"""Are two names one body's or one programme's? Features and keys, no verdict.

Such names are translated word by word: what their words mean is compared («هيئة الحكومة الرقمية», "Digital Government Authority"), and only
their proper words are compared as they are spelt («مرسى كلاود», "Marsa Cloud").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from mithaq.model.kept import keep_words
from mithaq.resolve.meanings import FIELD, HEAD, LOOSE, PROPER, Meaning, Unit, read_meaning
from mithaq.resolve.name_features import SHARED, NameFeatures
from mithaq.resolve.spellings import word_likeness
from mithaq.text.characters import has_arabic
from mithaq.text.fold import fold_text
from mithaq.text.sound_keys import sound_keys

LEAST_ALIKE = 0.55
# How much a word of each sort counts: one page prints «الوطنية», and another leaves it out.
_WORTH = {FIELD: 1.0, PROPER: 1.0, HEAD: 0.6, LOOSE: 0.25}
_LETTERS = 6.0  # that a word of known meaning counts as evidence
_ACRONYM = re.compile(r"e?[A-Z][A-Za-z&]*[A-Z]|[A-Z]{2,8}")
_LONGEST_ACRONYM = 8
_SPELT = 3  # words of a name that may be spelt in another script rather than translated
_FEW_SOUNDS = 2  # of a word: too few for it to be hardly anything else
_KEY_UNITS = 5  # units of a name of which pairs make keys


class _Match(NamedTuple):
    x: Unit
    y: Unit
    likeness: float


def body_keys(name: str, lang: str | None = None, country: str | None = None) -> tuple[str, ...]:
    """Return the keys of a body's or programme's name, sorted: two names of one body share at least one.

    Keys of what many names have in common ("agency" and "cybersecurity") begin with :data:`SHARED`. *lang* is the language of the page and
    *country* the body's, as far as they are known.
    """
    meaning = read_meaning(name)
    told = [unit for unit in meaning.units if unit.sort != LOOSE] or list(meaning.units)
    codes = [(at, unit, code) for at, unit in enumerate(told[:_KEY_UNITS]) for code in _codes(unit)]
    plain = all(unit.sort != PROPER for unit in meaning.units)
    keys = {("~=" if plain else "=") + "".join(meaning.words)} if meaning.words else set[str]()
    for i, (at, first, a) in enumerate(codes):
        keys |= {_pair(a, b, own=_is_own(first, a) or _is_own(other, b)) for place, other, b in codes[i + 1 :] if place != at}
        if first.sort == PROPER or len(told) == 1:
            keys.add(f"1{a}" if _is_own(first, a) else f"~1{a}")
    if len(meaning.words) <= _SPELT:
        heard = [sound_keys(word)[:2] for word in meaning.words]
        keys |= {f"s{first}.{second}" for i, ways in enumerate(heard) for others in heard[i + 1 :] for first in ways for second in others}
    acronym = _acronym(name)
    keys |= {f"a{short}" for short in ((acronym,) if acronym else _initials(name))}
    return tuple(sorted(f"{country}:{key}" if country else key for key in keys))


def _pair(a: str, b: str, *, own: bool) -> str:
    return f"{'' if own else SHARED}{min(a, b)}+{max(a, b)}"


def _is_own(unit: Unit, code: str) -> bool:
    """Say whether a word is hardly one of many names: a proper word of more than two sounds."""
    return unit.sort == PROPER and len(code) > _FEW_SOUNDS


def _codes(unit: Unit) -> tuple[str, ...]:
    """Return under what a unit is looked for: its meaning, or how it sounds."""
    return sound_keys(unit.code)[:2] or (unit.code,) if unit.sort == PROPER else (unit.code,)


@keep_words
def _acronym(name: str) -> str:
    """Return an acronym in small letters, nothing for other names."""
    bare = name.replace(".", "").strip()
    return bare.lower() if len(bare) <= _LONGEST_ACRONYM and _ACRONYM.fullmatch(bare) else ""


@keep_words
def _initials(name: str) -> tuple[str, ...]:
    """Return what the acronym of a Latin name may be: the first letters of its words, and of those with capitals alone."""
    words = re.findall(r"[^\W\d_]+", name)
    if len(words) < 3 or has_arabic(name):
        return ()
    tried = (words, [w for w in words if w[0].isupper()], read_meaning(name).words)
    return tuple(dict.fromkeys("".join(word[0] for word in some).lower() for some in tried if len(some) > 2))


def compare_body_names(a: str, b: str) -> NameFeatures:
    """Return what two names of bodies or programmes have in common; the same whichever comes first."""
    a, b = sorted((a, b))
    x, y = read_meaning(a), read_meaning(b)
    if (_weight(y.units), y.words) < (_weight(x.units), x.words):
        x, y = y, x
    across = has_arabic(a) != has_arabic(b)
    acronym = _acronyms_agree(a, b, _acronym(a), _acronym(b))
    same_words = x.words == y.words and bool(x.words)
    fits = _overlap(x.units, y.units)
    if across and len(x.words) <= _SPELT:
        # «مصر دفع» may be spelt "Misr Dafaa" as well as translated.
        fits = max(fits, _overlap(_spelt(x), _spelt(y)), key=lambda one: (one.covered * one.likeness, one.evidence))
    return NameFeatures(
        same=float(same_words or fold_text(a) == fold_text(b)),
        likeness=fits.likeness or float(same_words),
        shared=fits.shared if fits.told else float(same_words),
        covered=fits.covered if fits.told else float(same_words),
        first=_heads(x, y) if fits.contradiction else max(0.0, _heads(x, y)),
        last=fits.about if acronym <= 0 else 0.0,
        contradiction=fits.contradiction if acronym <= 0 else 0.0,
        acronym=acronym,
        country=_countries_agree(x, y),
        across=float(across),
        words=float(min(len(x.words), len(y.words), 9)),
        evidence=fits.evidence,
    )


def are_about_others(a: str, b: str) -> bool:
    """Say whether each of two names tells by a word of known meaning of something that the other does not («القمة العالمية لمجتمع
    المعلومات», "Global AI Summit").
    """
    _, left, right = _align(read_meaning(a).units, read_meaning(b).units)
    return any(unit.sort == FIELD for unit in left) and any(unit.sort == FIELD for unit in right)


class _Overlap(NamedTuple):
    """What the units of two names have in common; see :class:`NameFeatures`. ``told``: both names have units."""

    likeness: float
    shared: float
    covered: float
    about: float
    contradiction: float
    evidence: float
    told: bool


def _overlap(x: tuple[Unit, ...], y: tuple[Unit, ...]) -> _Overlap:
    total_x, total_y = _weight(x), _weight(y)
    if not total_x or not total_y:
        return _Overlap(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, False)
    matches, left, right = _align(x, y)
    found = ((_weight(m.x for m in matches) / total_x, total_x), (_weight(m.y for m in matches) / total_y, total_y))
    shares = sorted(found, key=lambda share: (share[1], -share[0]))
    return _Overlap(
        likeness=sum(m.likeness for m in matches) / len(matches) if matches else 0.0,
        shared=shares[0][0],
        covered=shares[1][0],
        about=_about(x, y, matches),
        contradiction=min(1.0, min(_weight(left), _weight(right)) / min(total_x, total_y)),
        evidence=sum(m.likeness * (len(m.x.code) if m.x.sort == PROPER else _LETTERS * _WORTH[m.x.sort]) for m in matches),
        told=True,
    )


def _spelt(meaning: Meaning) -> tuple[Unit, ...]:
    return tuple(Unit(word, PROPER) for word in meaning.words)


def _align(x: tuple[Unit, ...], y: tuple[Unit, ...]) -> tuple[list[_Match], list[Unit], list[Unit]]:
    """Return which units fit together, each used once, the best first; and those of either name that found none."""
    pairs = sorted(
        ((fits, i, j) for i, v in enumerate(x) for j, w in enumerate(y) if (fits := _fits(v, w)) >= LEAST_ALIKE),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    left, right, matches = dict(enumerate(x)), dict(enumerate(y)), list[_Match]()
    for fits, i, j in pairs:
        if i in left and j in right:
            matches.append(_Match(left.pop(i), right.pop(j), fits))
    return matches, list(left.values()), list(right.values())


def _fits(v: Unit, w: Unit) -> float:
    if v.code == w.code:
        return 1.0
    return word_likeness(v.code, w.code) if v.sort == PROPER == w.sort else 0.0


def _weight(units: Iterable[Unit]) -> float:
    return sum(_WORTH[unit.sort] for unit in units)


def _heads(x: Meaning, y: Meaning) -> float:
    """Say whether the names tell of the same sort of body: 1, of another: -1; 0 where one does not tell, or translators vary."""
    ours, theirs = ({unit for unit in side.units if unit.sort == HEAD} for side in (x, y))
    if not ours or not theirs:
        return 0.0
    if ours & theirs:
        return 1.0
    return 0.0 if any(u.fluid for u in ours) and any(u.fluid for u in theirs) else -1.0


def _about(x: tuple[Unit, ...], y: tuple[Unit, ...], matches: list[_Match]) -> float:
    """Say whether the names are about the same: 1 for all of it, -1 for nothing."""
    total = sum(unit.sort in (FIELD, PROPER) for unit in (*x, *y))
    common = 2 * sum(m.likeness for m in matches if m.x.sort in (FIELD, PROPER))
    return max(-1.0, 2 * common / total - 1) if total else 0.0


def _acronyms_agree(a: str, b: str, short_a: str, short_b: str) -> float:
    if short_a and short_b:
        return 1.0 if short_a == short_b else -1.0
    if short_a or short_b:
        return float((short_a or short_b) in _initials(b if short_a else a))
    return 0.0


def _countries_agree(x: Meaning, y: Meaning) -> float:
    if not x.countries or not y.countries:
        return 0.0
    return 1.0 if x.countries & y.countries else -1.0
