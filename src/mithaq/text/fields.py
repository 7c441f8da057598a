"""Compare what ministries and ministers are for, however written: «وزارة الاتصالات والتحول الرقمي», «وزير التحول الرقمي والاتصالات»."""

from __future__ import annotations

from collections.abc import Iterable

from mithaq.text.fold import fold_letters, fold_word

_AND_THE = ("وال", "ولل")
_LINK = 3  # letters of small words that join others: "and", "des"


def field_of(words: Iterable[str]) -> frozenset[str]:
    """Return the words of a field in no order, without articles, "and" and small words; *words* are those behind the first one.

    >>> field_of(["الاتصالات", "والتحول", "الرقمي"]) == field_of(["التحول", "الرقمي", "والاتصالات"])
    True
    >>> sorted(field_of(["of", "ICT", "and", "Innovation"]))
    ['ict', 'innovation']
    """
    return frozenset(_key(word) for word in words if not (len(word) <= _LINK and word.islower()) and any(map(str.isalpha, word)))


def _key(word: str) -> str:
    return fold_word(word[1:] if fold_letters(word).startswith(_AND_THE) else word)
