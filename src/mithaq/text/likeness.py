"""Say how alike two names are when marks, hamza seats, articles and small words are set aside: what gold and finds are compared by.

The rules are those by which every scorer of this record counts a name as found, so they stay as they are; a better way to tell whether two
names mean the same person belongs to another room.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from difflib import SequenceMatcher
from functools import lru_cache

from mithaq.model.kept import WORDS_KEPT, keep_words

_DECORATION = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_LETTERS = str.maketrans("أإآٱىةؤئٰ", "اااايهويا")
_WORD = re.compile(r"[^\W_]+")
_SMALL_WORDS = frozenset(("بن", "ابن", "ben", "bin", "ibn", "al", "el", "of", "the", "and"))
_SMALL_WORDS |= frozenset(("de", "la", "le", "les", "du", "des", "et", "l", "d"))

# A contained name counts as the same from two words on, when it is at least half of the longer one.
_LEAST_WORDS, _LEAST_PART = 2, 0.5
# Two names that differ in one word each are two names when those words are less alike than this: «وزارة العدل», «وزارة العمل».
_LEAST_ALIKE = 0.7
SAME_WORDS = 3.0


def share_in_common(mine: Collection[str], theirs: Collection[str]) -> float:
    """Return the share of the smaller collection that the other has too, 0 to 1; 0 where one is empty."""
    ours, others = frozenset(mine), frozenset(theirs)  # of one that is frozen already, it is itself
    return len(ours & others) / max(1, min(len(ours), len(others)))


@keep_words
def comparable(text: str) -> tuple[str, ...]:
    """Return the words of *text* to compare by: no marks, hamza seats, accents, article or small words («بن», "de"), lower case.

    A text of small words alone keeps them; one without any letter or digit gives (). What it answered is remembered: whoever asks of
    whole sentences asks :func:`comparable_words`.
    """
    return comparable_words(text)


def comparable_words(text: str) -> tuple[str, ...]:
    """Return the same as :func:`comparable`, of a text that is not asked of again."""
    bare = unicodedata.normalize("NFKD", _DECORATION.sub("", text)).translate(_LETTERS)
    bare = "".join(c for c in bare if not unicodedata.combining(c)).translate(_LETTERS).lower()
    words = [w[2:] if w.startswith("ال") and len(w) > 4 else w for w in _WORD.findall(bare)]
    return tuple(w for w in words if w not in _SMALL_WORDS) or tuple(words)


def same_name(a: str | None, b: str | None, *, ratio: float = 0.86) -> bool:
    """Say whether two names are the same words, one contained in the other, or spelt alike by at least *ratio* (0 to 1)."""
    if not a or not b:
        return False
    x, y = comparable(a), comparable(b)
    if x == y:
        return True
    small, large = sorted((set(x), set(y)), key=len)
    if len(small) >= _LEAST_WORDS and small <= large and len(small) / len(large) >= _LEAST_PART:
        return True
    return _ratio(x, y) >= ratio


def likeness(a: str, b: str, ratio: float) -> float:
    """Return 3 for the same words, else a ratio of 0 to 1: 0 when the two are no candidates for each other at all."""
    x, y = comparable(a), comparable(b)
    if x == y:
        return SAME_WORDS
    if not x or not y or _one_word_differs(x, y) or _father_of_the_other(x, y):
        return 0.0
    return _ratio(x, y) if same_name(a, b, ratio=ratio) else 0.0


def _one_word_differs(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    only_x, only_y = set(x) - set(y), set(y) - set(x)
    return len(only_x) == len(only_y) == 1 and SequenceMatcher(None, only_x.pop(), only_y.pop()).ratio() < _LEAST_ALIKE


def _father_of_the_other(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Say whether one name stands inside the other without beginning it: the father's name inside the son's."""
    return x[0] != y[0] and (set(x) < set(y) or set(y) < set(x))


@lru_cache(maxsize=WORDS_KEPT)
def _ratio(x: tuple[str, ...], y: tuple[str, ...]) -> float:
    return SequenceMatcher(None, " ".join(x), " ".join(y)).ratio()


def stands_in(name: str, text: str) -> bool:
    """Say whether *name* stands in *text* as written, whatever is glued before it, or with its article swallowed by «لل» («للمنتدى»)."""
    if _ends_a_word(name, text):
        return True
    if name.startswith("الل") and _ends_a_word("ل" + name[2:], text):
        return True  # «للجنة» holds «اللجنة»
    return name.startswith("ال") and _ends_a_word("لل" + name[2:], text)


def _ends_a_word(name: str, text: str) -> bool:
    return re.search(re.escape(name) + r"(?!\w)", text) is not None
