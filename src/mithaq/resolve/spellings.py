"""How well two words fit as spellings of one name, in one script or across scripts: "Seghrouchni", "Saghrouchni", «السغروشني»."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec
from rapidfuzz.distance import OSA

from mithaq.errors import KnowledgeError
from mithaq.lexicon.load import packaged_knowledge
from mithaq.text.characters import has_arabic
from mithaq.text.skeleton import name_skeleton
from mithaq.text.transliteration import Spelling, spelling_distance

# A distance of so much means that nothing is left of the likeness; at half of it one spelling in twenty is another name.
_FAR = 1.6
# In one script a letter more, less or changed costs more than a vowel written otherwise, by which the consonants stay the same.
_TYPO, _VOWEL = 0.62, 0.3
_LENGTH = 0.7
_PAIRS_KEPT = 100_000


@cache
def load_spelling() -> Spelling:
    """Return the packaged costs of spellings; raises KnowledgeError when the file is not of the expected form."""
    file = packaged_knowledge() / "models" / "spelling.json"
    try:
        return msgspec.json.decode(file.read_bytes(), type=Spelling)
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"{file}: {error}; learn it anew with bench/learn_spelling.py --write") from error


@lru_cache(maxsize=_PAIRS_KEPT)
def word_likeness(a: str, b: str) -> float:
    """Return how well two words fit as spellings of one name: 1 for the same word, about 0.5 where doubt begins, 0 for two names."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if has_arabic(a) == has_arabic(b):
        return max(0.0, 1.0 - _same_script(a, b) / _FAR)
    latin, arabic = (b, a) if has_arabic(a) else (a, b)
    return max(0.0, 1.0 - spelling_distance(latin, arabic, load_spelling()) / _FAR)


def _same_script(a: str, b: str) -> float:
    """Return a distance like that across scripts: letters added, left out, changed or swapped, cheap where consonants stay the same."""
    price = _VOWEL if name_skeleton(a) == name_skeleton(b) else _TYPO * 2
    return float(OSA.distance(a, b) * price / max(len(a), len(b)) ** _LENGTH)
