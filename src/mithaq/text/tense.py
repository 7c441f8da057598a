"""What the form of a word tells about time, place and definiteness: the future, "in" and "to" glued to a name, the article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from mithaq.model.kept import keep_words
from mithaq.text.fold import fold_letters

_ARABIC_FUTURE = re.compile(r"^[وف]?س[يتن][\u0621-\u064a]{3,}$")
_FRENCH_FUTURE = re.compile(r"^[a-z]{2,}(?:era|eront|ira|iront|dra|dront|vra|vront|erait|eraient|irait|iraient|drait|vrait)$")
# Nouns and names that end like a French future.
_NO_FUTURE = frozenset({"opera", "camera", "madeira", "sahara", "extra", "etc"})
_IN, _TO = "ب", ("ل", "لل")
_ARTICLES = ("ال", "لل")


def is_future(form: str, lang: str | None) -> bool:
    """Say whether a word is a verb in the future or conditional: «سيوقع», «ouvrira», «financerait».

    >>> is_future("ستستضيف", "ar"), is_future("ouvriront", "fr"), is_future("سنة", "ar")
    (True, True, False)
    """
    ask = _ASKED.get(lang)
    return ask is not None and ask(form)


@keep_words
def _is_arabic_future(form: str) -> bool:
    return _ARABIC_FUTURE.match(fold_letters(form)) is not None


@keep_words
def _is_french_future(form: str) -> bool:
    key = fold_letters(form)
    return form[:1].islower() and key not in _NO_FUTURE and _FRENCH_FUTURE.match(key) is not None


_ASKED: dict[str | None, Callable[[str], bool]] = {"ar": _is_arabic_future, "fr": _is_french_future}


def tells_future(forms: Iterable[str], lang: str | None) -> bool:
    """Say whether any of some words is a verb in the future or conditional."""
    ask = _ASKED.get(lang)
    return ask is not None and any(map(ask, forms))


def says_in(prefix: str) -> bool:
    """Say whether the clitics before an Arabic name end in the «ب» of place: «بمسقط»."""
    return prefix.endswith(_IN)


def says_to(prefix: str) -> bool:
    """Say whether the clitics before an Arabic name end in the «ل» of goal: «لموريتانيا»."""
    return prefix.endswith(_TO)


@keep_words
def says_and(prefix: str) -> bool:
    """Say whether a glued Arabic prefix begins with "and": «والمغرب»."""
    return prefix.startswith("و")


def has_article(form: str) -> bool:
    """Say whether an Arabic word carries the article, one or two clitics before it or not: «الاتفاقية», «وبالاتفاقية», «للاتفاقية»."""
    letters = fold_letters(form)
    return letters.startswith(_ARTICLES) or letters[1:3] in _ARTICLES or letters[2:4] == _ARTICLES[0]
