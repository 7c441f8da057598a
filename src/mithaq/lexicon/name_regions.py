"""To which part of the world the words of a person's name are most like: it tells two sides apart when the text itself does not.

A guess about a name, not about a person: it is asked only which of a page's own sides somebody stands for, and only where no word says it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from mithaq.lexicon.load import read_model
from mithaq.model.kept import keep_words
from mithaq.text.fold import fold_word

EASE = 8.0  # how many names of a region are taken to be like all names, so that rare letters tell little
_LENGTHS = (1, 2, 3, 4)
_SHORTEST = 2  # letters of a word that tells anything
_PARTS = re.compile(r"[\s\-’']+")


class NameRegions(msgspec.Struct, frozen=True):
    """How many words of names of each region a run of letters was seen in; ``words``: of how many, in the same order.

    ``regions``: that of each country.
    """

    about: str
    regions: dict[str, str]
    words: dict[str, int]
    runs: dict[str, tuple[int, ...]]
    learned_from: tuple[str, ...] = ()

    def weigh_word(self, word: str) -> tuple[float, ...]:
        """Return how much more often than in all names the letters of a word are seen in those of each region, as logarithms."""
        total = sum(self.words.values())
        known = [seen for run in sorted(runs_of(word)) if (seen := self.runs.get(run))]
        weights = [0.0] * len(self.words)
        for seen in known:
            usual = sum(seen) / total
            for place, (many, count) in enumerate(zip(self.words.values(), seen, strict=True)):
                weights[place] += math.log((count + EASE * usual) / (many + EASE) / usual) / len(known)
        return tuple(weights)

    def weigh(self, name: str) -> dict[str, float]:
        """Return how well a name fits each region: what its words add up to."""
        return self.add_up(map(self.weigh_word, words_of(name)))

    def add_up(self, weighed: Iterable[tuple[float, ...]]) -> dict[str, float]:
        """Return the sums of the weights of words by region."""
        rows = list(weighed)
        return {region: math.fsum(row[place] for row in rows) for place, region in enumerate(self.words)}

    def fits(self, weights: Mapping[str, float], codes: Iterable[str]) -> dict[str, float]:
        """Return for each country how much less a name is like those of its region than like those of the most fitting one: 0 at best."""
        fits = {code: weights[region] for code in codes if (region := self.regions.get(code, "")) in weights}
        best = max(fits.values(), default=0.0)
        return {code: fit - best for code, fit in fits.items()}


def words_of(name: str) -> list[str]:
    """Return the comparable words of a name that tell anything."""
    return [fold_word(word) for word in _PARTS.split(name) if len(word) >= _SHORTEST]


def runs_of(word: str) -> set[str]:
    """Return the runs of one to four letters of a word, its begin and end marked."""
    marked = f"^{word}$"
    return {marked[i : i + size] for size in _LENGTHS for i in range(len(marked) - size + 1)}


@cache
def load_regions() -> NameRegions:
    """Return the packaged counts; raises KnowledgeError when the file is not of the expected form."""
    return read_model("names", NameRegions, "learn the counts anew: mithaq train --only names")


@keep_words
def _weigh_known(word: str) -> tuple[float, ...]:
    return load_regions().weigh_word(word)


def weigh_name(name: str) -> dict[str, float]:
    """Return how well a name fits each region by the packaged counts, remembering words."""
    return load_regions().add_up(map(_weigh_known, words_of(name)))
