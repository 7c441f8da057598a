"""Compare names across spellings and scripts by their consonants: «يحيى ولد سيدي المختار», "Yahya Ould Sidi El Moctar".

Vowels are what spellings disagree on most; what is left is compared word by word. Short names meet by chance, so a likeness counts only
from a number of consonants on, and only where something else (the side, the office) agrees: that is for the caller to ask.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from mithaq.model.kept import keep_words
from mithaq.text.characters import has_arabic, strip_marks
from mithaq.text.fold import fold_text

# Fewer consonants than these in a whole name prove nothing.
LEAST_CONSONANTS = 5
_LISTS_KEPT = 4_000  # of names made ready: those of one page are looked for among those of many others
_ARABIC = str.maketrans(
    {
        "ب": "b", "پ": "b", "ت": "t", "ث": "t", "ط": "t", "ج": "j", "چ": "j", "غ": "j", "گ": "j", "ح": "h", "ه": "h", "خ": "k", "ق": "k",
        "ك": "k", "ک": "k", "د": "d", "ذ": "d", "ض": "d", "ر": "r", "ز": "z", "ظ": "z", "س": "s", "ش": "s", "ص": "s", "ف": "f", "ڤ": "f",
        "ل": "l", "م": "m", "ن": "n",
    }
)  # fmt: skip
_LATIN_PAIRS = (("tch", "s"), ("sch", "s"), ("ch", "s"), ("sh", "s"), ("kh", "k"), ("gh", "j"), ("th", "t"), ("dh", "d"), ("ph", "f"))
_LATIN = str.maketrans({"c": "k", "q": "k", "x": "k", "g": "j", "v": "f", "p": "b", "ç": "s"})
_SOFT_C = re.compile("c(?=[eiy])")
_VOWELS = re.compile("[^bcdfhjklmnrstz]")
_DOUBLE = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W\d_]+")
# Words inside a name that one page prints and another leaves out.
_PARTICLES = frozenset(("بن", "ابن", "بنت", "ولد", "منت", "آل", "bin", "ben", "ibn", "bint", "mint", "ould"))
_PARTICLES |= frozenset(("al", "el", "ad", "an", "ar", "as", "at", "az", "de", "le", "la", "du", "von", "van"))


@keep_words
def name_skeleton(name: str) -> tuple[str, ...]:
    """Return the consonants of each word of a name, particles, articles and words without consonants left out.

    >>> name_skeleton("زينب بنت أحمدو فال") == name_skeleton("Zeinebou Mint Ahmedou Vall")
    True
    """
    words = (word for word in _WORD.findall(strip_marks(name).lower()) if word not in _PARTICLES)
    return tuple(bones for word in words if (bones := _bones(word)))


def sounds_alike(a: str, b: str) -> bool:
    """Say whether two names have the same consonants, or one leaves out inner words of the other: «خلفان العويسي», «خلفان سيف العويسي»."""
    return _sound_alike(name_skeleton(a), name_skeleton(b))


def _sound_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) < 2 or short[0] != long[0] or short[-1] != long[-1] or sum(map(len, short)) < LEAST_CONSONANTS:
        return False
    return short == long or _stands_within(short, long)


def same_names(one: str, other: str) -> bool:
    """Say whether two printed names are one name, in any spelling or script."""
    return fold_text(one) == fold_text(other) or sounds_alike(one, other)


def count_common_names(mine: Iterable[str], theirs: Iterable[str]) -> int:
    """Return how many of the names on one side are names on the other, in any spelling or script."""
    ours, others = tuple(mine), tuple(theirs)
    return _ready(ours).count_in(_ready(others)) if ours and others else 0


class Names:
    """Some names, made ready to be looked for among those of many other pages: :func:`count_common_names`, many times as fast."""

    __slots__ = ("_ends", "_folded", "_names")

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [(fold_text(name), name_skeleton(name)) for name in names]
        self._folded = frozenset([folded for folded, _ in self._names])
        # Names can only sound alike where their first and last words do.
        self._ends: dict[tuple[str, str], list[tuple[str, ...]]] = {}
        for _, bones in self._names:
            if len(bones) > 1:
                self._ends.setdefault((bones[0], bones[-1]), []).append(bones)

    def __len__(self) -> int:
        return len(self._names)

    def count_in(self, others: Names) -> int:
        """Return how many of these names are among the others, in any spelling or script."""
        return sum([folded in others._folded or others._sounds(bones) for folded, bones in self._names]) if others._names else 0

    def _sounds(self, bones: tuple[str, ...]) -> bool:
        near = self._ends.get((bones[0], bones[-1])) if len(bones) > 1 else None
        return near is not None and any(_sound_alike(bones, other) for other in near)


@lru_cache(maxsize=_LISTS_KEPT)
def _ready(names: tuple[str, ...]) -> Names:
    return Names(names)


def same_place_names(one: str | None, other: str | None) -> bool:
    """Say whether two printed places are one, in any spelling or script, however short (Fès, «فاس»); False where one is not said."""
    if not one or not other:
        return False
    return fold_text(one) == fold_text(other) or name_skeleton(one) == name_skeleton(other) != ()


def _stands_within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def _bones(word: str) -> str:
    if has_arabic(word):
        letters = word.removeprefix("ال").translate(_ARABIC)
    else:
        letters = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
        letters = _SOFT_C.sub("s", letters)
        for pair, letter in _LATIN_PAIRS:
            letters = letters.replace(pair, letter)
        letters = letters.translate(_LATIN)
    bones = _DOUBLE.sub(r"\1", _VOWELS.sub("", letters))
    # A last h is a sign of the feminine or of a vowel («القضاة», "Qudah").
    return bones[:-1] if len(bones) > 1 and bones.endswith("h") else bones
