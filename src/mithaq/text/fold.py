"""Make words comparable; never for display.

A key is lower case and without marks, hamza seats, accents and the Arabic article, so that «المذكرة», «مذكرة» and «مذكّرة» meet.
Kept apart are على and إلى (folding ى would make the first one a name) and all letters that tell words apart.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse
from typing import NamedTuple

from mithaq.model.kept import keep_words
from mithaq.text.characters import has_arabic, is_decoration, strip_marks

_LETTERS = str.maketrans("أإآٱىةؤئکی", "اااايهويكي")
_KEEP_ALEF_MAQSURA = {"على": "على", "الى": "الى", "إلى": "الى", "وعلى": "وعلى", "وإلى": "والى", "والى": "والى"}
# «وبالاتصالات» = and + in + the + communications; the l of «للاتصالات» has swallowed the article's alef.
_ARTICLE = re.compile(r"^([وف]?)([بك]?)ال(?=.{2,}$)")
_SEEMING = re.compile(r"^([وف]?)([بك]?)ال(?=.{4,}$)")  # shorter rests meet too many other words: «الألبان» would be «بأن»
_TO_THE = re.compile(r"^([وف]?)لل(?=.{2,}$)")
_GLUED = frozenset("وفبلك")
_WORDS = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


class Reading(NamedTuple):
    """One way to take a word apart: ``offset`` characters of clitic ``prefix`` before the word whose key is ``key``.

    For «للبنك» the offset is 0 and the prefix "لل": the article's alef is gone, so the whole token is evidence.
    """

    offset: int
    prefix: str
    key: str


@keep_words
def fold_letters(word: str) -> str:
    """Return *word* without marks, hamza seats, accents and case, article kept: «الإدارة» gives «الاداره»."""
    if word.isascii():
        return word.casefold()
    bare = strip_marks(word)
    if has_arabic(bare):
        return _KEEP_ALEF_MAQSURA.get(bare) or bare.translate(_LETTERS).lower()
    bare = bare.replace("’", "'").replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae")
    decomposed = unicodedata.normalize("NFKD", bare)
    return "".join(filterfalse(unicodedata.combining, decomposed)).casefold()


@keep_words
def fold_word(word: str) -> str:
    """Return the key of one word: :func:`fold_letters` without the Arabic article, clitics kept («وللبنك» gives «ولبنك»)."""
    letters = fold_letters(word)
    if "ال" in letters[:4]:
        bare = _ARTICLE.sub(r"\1\2", letters)
        # «ألماني» looks as if it had the article; so that «الألماني» meets it, what looks so behind the article goes too.
        return _SEEMING.sub(r"\1\2", bare) if "ال" in bare[:4] else bare
    if "لل" in letters[:3]:
        return _TO_THE.sub(r"\1ل", letters)
    return letters


@keep_words
def read_clitics(word: str) -> tuple[Reading, ...]:
    """Return every reading of an Arabic word, the unsplit one first; other words have only that one.

    >>> [r.key for r in read_clitics("وبالغابون")]
    ['وبغابون', 'بغابون', 'غابون']
    """
    readings = [Reading(0, "", fold_word(word))]
    if word[:1] not in _GLUED:
        return tuple(readings)
    offset, prefix, rest = 0, "", word
    for letters in ("وف", "بلك"):
        step = _first_letter(rest, letters)
        if not step:
            continue
        letter = rest[0]
        if letter == "ل" and _first_letter(rest[step:], "ل"):
            article = _first_letter(rest[step:], "ل")
            if len(strip_marks(rest[step + article :])) >= 2:
                readings.append(Reading(offset, prefix + "لل", fold_word("ال" + rest[step + article :])))
            break
        if len(strip_marks(rest[step:])) < 3:
            break
        offset, prefix, rest = offset + step, prefix + letter, rest[step:]
        readings.append(Reading(offset, prefix, fold_word(rest)))
    return tuple(readings)


@keep_words
def clitic_keys(word: str) -> tuple[str, ...]:
    """Return the keys of every reading of a word, for quick look-ups in a table of keys."""
    return tuple([reading.key for reading in read_clitics(word)])


def fold_reading(form: str, reading: Reading) -> str:
    """Return the letters of the word that a reading takes out of *form*, with its article: «وللبنك» and «والبنك» give «البنك»."""
    return "ال" + reading.key if reading.prefix.endswith("لل") else fold_letters(form[reading.offset :])


def _first_letter(word: str, letters: str) -> int:
    """Return the length of the first letter with its marks when it is one of *letters*, else 0."""
    if not word or word[0] not in letters:
        return 0
    length = 1
    while length < len(word) and is_decoration(word[length]):
        length += 1
    return length


def fold_text(text: str) -> str:
    """Return the keys of all words of *text*, joined by single spaces: a form to compare names and phrases by."""
    return " ".join(map(fold_word, _WORDS.findall(strip_marks(text))))
