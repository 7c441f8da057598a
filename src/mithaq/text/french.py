"""Bring French words to a light stem, so that a search for «accord» finds «accords», and «signé» finds «signées».

Only for searching. The rules are the minimal French stemmer of J. Savoy (2006) on words without accents, and one «s» more, so
that «française» meets «français».
"""

from __future__ import annotations

from mithaq.model.kept import keep_words
from mithaq.text.fold import fold_letters

_SHORTEST = 4  # what must be left of a word


@keep_words
def stem_french(word: str) -> str:
    """Return the light stem of a French word: plural, feminine and infinitive endings taken off.

    >>> stem_french("gouvernementaux") == stem_french("gouvernementale")
    True
    """
    stem = fold_letters(word)
    if stem.endswith("aux") and not stem.endswith("eaux") and len(stem) > _SHORTEST + 1:
        stem = stem[:-2] + "l"
    for ending in ("x", "s", "r", "e", "e", "s"):
        if stem.endswith(ending) and len(stem) > _SHORTEST:
            stem = stem[:-1]
    if len(stem) > _SHORTEST and stem[-1] == stem[-2]:
        stem = stem[:-1]
    return stem
