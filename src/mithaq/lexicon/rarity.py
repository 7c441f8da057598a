"""How seldom pages speak of a thing: what two texts have in common tells the more, the fewer pages have it.

``knowledge/models/rarity.json`` counts on how many pages of the corpus each code of ``vocabularies/subject_words.yml`` is meant
(``mithaq.evaluate.learn_threads``).
"""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import cache, lru_cache

import msgspec

from mithaq.lexicon.load import read_model
from mithaq.model.kept import keep_words

# Texts that say less than this in all (log-odds of a page at hand) have too little in common to tell anything.
_LEAST = 3.0
_TEXTS_KEPT = 4_000  # whose worth is remembered: each is compared with many others


class Rarity(msgspec.Struct, frozen=True):
    """On how many of so many pages each code is meant, and which pages these are."""

    about: str
    pages: int
    counts: dict[str, int]
    learned_from: tuple[str, ...] = ()

    def worth(self, code: str) -> float:
        """Return how much it tells that a text means a code: 0 where every page does."""
        return math.log((self.pages + 1) / (self.counts.get(code, 0) + 1))


@cache
def load_rarity() -> Rarity:
    """Return the packaged counts; raises KnowledgeError when the file is not of the expected form."""
    return read_model("rarity", Rarity, "count anew: python -m mithaq.evaluate.learn_threads")


def weigh(codes: Collection[str]) -> float:
    """Return how much it tells that a text means some codes, as log-odds of a page at hand; the same in whatever order they come."""
    return _weigh(codes if isinstance(codes, tuple) else tuple(codes))


@lru_cache(maxsize=_TEXTS_KEPT)
def _weigh(codes: tuple[str, ...]) -> float:
    return math.fsum(map(_worth, set(codes)))  # exact, so the order tells nothing


@keep_words
def _worth(code: str) -> float:
    return load_rarity().worth(code)


def rare_share(mine: Collection[str], theirs: Collection[str]) -> float:
    """Return how much of what the one that says less means is meant by the other too, rare things counting more: 0 to 1."""
    both = math.fsum(map(_worth, set(mine).intersection(theirs)))
    return both / max(_LEAST, min(weigh(mine), weigh(theirs))) if both else 0.0
