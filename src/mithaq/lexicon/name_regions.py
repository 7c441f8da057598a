"""To which part of the world the words of a person's name are most like: it tells two sides apart when the text itself does not.

A guess about a name, not about a person: it is asked only which of a page's own sides somebody stands for, and only where no word says it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache

import msgspec

from mithaq.errors import KnowledgeError
from mithaq.lexicon.load import packaged_knowledge
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

    def weigh(self, name: str) -> dict[str, float]:
        """Return how much more often than in all names the letters of a name are seen in those of each region, as logarithms."""
        total = sum(self.words.values())
        weights = dict.fromkeys(self.words, 0.0)
        for word in words_of(name):
            known = [seen for run in sorted(runs_of(word)) if (seen := self.runs.get(run))]
            for seen in known:
                usual = sum(seen) / total
                for (region, many), count in zip(self.words.items(), seen, strict=True):
                    weights[region] += math.log((count + EASE * usual) / (many + EASE) / usual) / len(known)
        return weights


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
    file = packaged_knowledge() / "models" / "names.json"
    try:
        return msgspec.json.decode(file.read_bytes(), type=NameRegions)
    except msgspec.DecodeError as error:
        raise KnowledgeError(f"{file}: {error}; learn the counts anew: mithaq train --only names") from error


def name_fits(name: str, codes: Iterable[str], known: NameRegions) -> dict[str, float]:
    """Return for each country how much less a name is like those of its region than like those of the most fitting one: 0 at best."""
    weights = known.weigh(name)
    fits = {code: weights[region] for code in codes if (region := known.regions.get(code)) in weights}
    best = max(fits.values(), default=0.0)
    return {code: fit - best for code, fit in fits.items()}
