"""How well two words fit as spellings of one name, in one script or across scripts: "Seghrouchni", "Saghrouchni", «السغروشني»."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from mithaq.lexicon.load import read_model
from mithaq.text.characters import has_arabic
from mithaq.text.sound_keys import sound_keys
from mithaq.text.transliteration import Speller, Spelling

# In one script a distance of so much is doubtful: there is less to guess than across scripts («سالم», «سليم»).
_IN_ONE_SCRIPT = 0.5
_FEW_SOUNDS = 3
LEAST_TOLD = 0.45  # of likeness: words less alike are two names to all who ask, so how little alike they are is not worked out
_SLACK = 1e-6  # for what is lost in rounding
_PAIRS_KEPT = 20_000


@cache
def load_speller() -> Speller:
    """Return the packaged costs of spellings, ready to compare; raises KnowledgeError when the file is not of the expected form."""
    return Speller(read_model("spelling", Spelling, "learn it anew with bench/learn_spelling.py --write"))


@lru_cache(maxsize=_PAIRS_KEPT)
def word_likeness(a: str, b: str) -> float:
    """Return how well two words fit as spellings of one name: 1 for the same word, 0.5 where doubt begins, 0 for two names.

    Below :data:`LEAST_TOLD` it is told only that the words are less alike than that.
    """
    if a == b:
        return 1.0
    if not a or not b or _sound_far_apart(a, b):
        return 0.0
    speller = load_speller()
    doubtful = _IN_ONE_SCRIPT if has_arabic(a) == has_arabic(b) else speller.threshold
    far = 2 * doubtful
    return max(0.0, 1.0 - speller.distance(a, b, far * (1.0 - LEAST_TOLD) + _SLACK) / far)


def _sound_far_apart(a: str, b: str) -> bool:
    """Say whether two words sound too different to be worth a comparison: two sounds of three or fewer, three of more."""
    ways = [(x, y) for x in sound_keys(a) for y in sound_keys(b)]
    return bool(ways) and all(Levenshtein.distance(x, y) >= (2 if min(len(x), len(y)) <= _FEW_SOUNDS else 3) for x, y in ways)
