"""Bring English words to a light stem, so that a search for "agreement" finds "agreements", and "sign" finds "signed" and "signing".

Only for searching: a plural stemmer with the two commonest verb endings, on words without accents.
"""

from __future__ import annotations

from mithaq.model.kept import keep_words
from mithaq.text.fold import fold_letters

_SHORTEST = 3  # what must be left of a word before a verb ending


@keep_words
def stem_english(word: str) -> str:
    """Return the light stem of an English word.

    >>> {stem_english(word) for word in ("sign", "signs", "signed", "signing")}
    {'sign'}
    """
    stem = _without_plural(fold_letters(word))
    if stem.endswith("eed"):
        stem = stem[:-1]
    for ending in ("ing", "ed"):
        if stem.endswith(ending) and len(stem) - len(ending) >= _SHORTEST:
            stem = stem[: -len(ending)]
            break
    if stem.endswith("e") and len(stem) > _SHORTEST:
        stem = stem[:-1]
    if len(stem) > _SHORTEST and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        stem = stem[:-1]
    return stem


def _without_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > _SHORTEST + 1:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(("ss", "is")) and not (word.endswith("us") and len(word) > 4) and len(word) > _SHORTEST:
        return word[:-1]
    return word
