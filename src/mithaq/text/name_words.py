"""Split a personal name into what can be compared: its words, the particles between them, initials, and a king's or pope's number.

«محمد السادس», "Mohammed VI" and "Mohammed the Sixth" are one word and the number 6; «بن», "Ould", "El" are particles, which one page prints
and another leaves out; a hyphen parts words, an apostrophe does not ("Jean-Pierre", "N'Diaye").
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from mithaq.model.kept import keep_words
from mithaq.text.characters import has_arabic, strip_marks
from mithaq.text.fold import fold_letters
from mithaq.text.ordinals import read_ordinals
from mithaq.text.tokens import split_tokens

_PARTICLE_WORDS = """
بن ابن بنت ولد منت آل أبو أبي أبا بو أم بني ذو سي سيدي مولاي لالة ال دي دا دو فان فون دوس ديل دير
bin ben ibn bint binti bent ould weld ouled oulad mint ait aal abu abou abi bou bu oum umm beni sidi si moulay lalla
al el ad an ar as at az ash ul ur ud us il de da do dos das del della di du van von der den ter la le zu af av
"""
_ARTICLE_WORDS = "al el ad an ar as at az ash ul ur ud us il the ال"
_SERVANT_WORDS = "عبد abd abdal abdel abdul abdoul abdil abdu abder abdur abdes abdus abdou"
_PARTICLES = frozenset(map(fold_letters, _PARTICLE_WORDS.split()))
_ARTICLES = frozenset(_ARTICLE_WORDS.split())
_OMITTED = frozenset(["the"])
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "XI": 11, "XII": 12, "XIII": 13, "XIV": 14}
_ROMAN |= {"XV": 15, "XVI": 16, "XVIII": 18, "XXIII": 23}
_SPLIT = re.compile(r"[\s\-‐‑–_/]+")
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_NO_LETTERS = re.compile(r"[^\w]+")
_INITIALS = re.compile(r"^(?:[^\W\d_]\.)+[^\W\d_]?\.?$|^[^\W\d_]\.?$")
_LETTER = re.compile(r"[^\W\d_]")
_ARTICLE = re.compile("^ال(?=.{2,}$)")
# The article's alef bears no hamza: «إلهام», «ألفة»; theirs is kept, so that the sounds of the word are all heard.
_OPENING = "\"'«“(["
_NO_ARTICLE = re.compile(f"[{re.escape(_OPENING)}]*[أإآ]ل(?=..)")
# «عبد الرحمن», «عبدالرحمن», "Abd al-Rahman", "Abderrahmane": the article between the servant and his lord changes its sound, so it goes.
_SERVANT = re.compile(r"^(عبد)(?:ال)?(?=..)|^(abd)[aeou]{1,2}(?:l|([rnsztd])(?=\3))(?=..)")
_SERVANTS = frozenset(_SERVANT_WORDS.split())
# The ending of a case that Mauritania and Senegal keep: «فاطمتو», "Fatimetou", "Zeinebou"; and how it is written without it.
_ENDINGS = (("etou", "a"), ("atou", "a"), ("itou", "a"), ("ou", ""), ("تو", "ة"), ("و", ""))
_LEAST_BARE = {True: 3, False: 5}  # letters that are left, in Arabic and Latin script
LONGEST = 9  # words of a name that are looked at


class NameWord(NamedTuple):
    """One word of a name: ``form`` folded and without article, ``joined`` folded with it (for words that other pages write as one),
    ``kind`` "word", "particle" or "initial"."""

    form: str
    joined: str
    kind: str


class NameWords(NamedTuple):
    """A personal name taken apart: its words in order, and its number (6 of «محمد السادس»), 0 for none."""

    words: tuple[NameWord, ...]
    number: int


@keep_words
def split_name(name: str) -> NameWords:
    """Return the words of a personal name, particles and initials marked, the number taken out.

    >>> [word.form for word in split_name("Abdelbaset Al-Qunaidi").words if word.kind == "word"]
    ['abdelbaset', 'qunaidi']
    """
    pieces = _SPLIT.split(strip_marks(unicodedata.normalize("NFKC", name)).strip())
    words = [word for piece in pieces for word in _words_of(piece)]
    number = 0
    if len(words) > 1:
        words, number = _without_number([piece for piece in pieces if piece], words)
    words = _joined_servants([word for word in words if word.form not in _OMITTED])
    if not any(word.kind == "word" for word in words):
        words = [word._replace(kind="word") if len(word.form) > 1 else word for word in words]
    return NameWords(tuple(words[:LONGEST]), number)


def _words_of(piece: str) -> list[NameWord]:
    """Return the words of a piece between blanks: several for initials written together («م.ع.», "J.P.")."""
    if _INITIALS.match(piece):
        return [NameWord(letter, letter, "initial") for letter in _LETTER.findall(fold_letters(piece))]
    joined = _NO_LETTERS.sub("", fold_letters(_EDGES.sub("", piece)))
    if not joined:
        return []
    form = _ARTICLE.sub("", joined) if has_arabic(joined) else joined
    if form[-1:] == "ي" and _EDGES.sub("", piece).endswith("ى"):
        form = form[:-1] + "ى"  # «هدى» is heard as "Hoda", «الجندى» as "El Gendi": whoever compares tries both
    if _NO_ARTICLE.match(piece):
        form = piece.lstrip(_OPENING)[0] + joined[1:]
    return [NameWord(_bare_servant(form), joined, "particle" if joined in _PARTICLES else "word")]


def _bare_servant(word: str) -> str:
    match = _SERVANT.match(word)
    return (match[1] or match[2]) + word[match.end() :] if match else word


def _joined_servants(words: list[NameWord]) -> list[NameWord]:
    """Make one word of «عبد» and what follows, an article between them left out: «عبد الله», "Abd al-Rahman", "Abdel Fattah"."""
    joined: list[NameWord] = []
    at = 0
    while at < len(words):
        word, after = words[at], at + 1
        if word.joined in _SERVANTS:
            after += after < len(words) and is_article(words[after])
            if after < len(words) and words[after].kind == "word":
                servant, lord = ("عبد", words[after]) if has_arabic(word.joined) else ("abd", words[after])
                word = NameWord(servant + lord.form, word.joined + lord.joined, "word")
                after += 1
            else:
                after = at + 1
        joined.append(word)
        at = after
    return joined


def _without_number(pieces: list[str], words: list[NameWord]) -> tuple[list[NameWord], int]:
    """Take the ordinal off the end of a name: a Roman number, or an ordinal word with the article («السادس», "the Sixth")."""
    last = _EDGES.sub("", pieces[-1])
    value = _ROMAN.get(last, 0)
    if not value and (last.startswith("ال") or not has_arabic(last)):
        tokens = split_tokens(last)
        found = read_ordinals(tokens)
        # «الثاني عشر» stands in two words, and a surname such as «الأول» is rarer than a king.
        value = int(found[0].value) if found and found[0].last == len(tokens) else 0
    return (words[:-1], value) if value else (words, 0)


@keep_words
def without_ending(word: str) -> str | None:
    """Return a name without the ending of its case, which Mauritania and Senegal keep; None of one that bears none.

    >>> without_ending("fatimetou"), without_ending("زينبو"), without_ending("zeinab")
    ('fatima', 'زينب', None)
    """
    for ending, bare in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_BARE[has_arabic(word)]:
            return word[: -len(ending)] + bare
    return None


def is_article(word: NameWord) -> bool:
    """Say whether a particle is an article written apart: "El" in "El Fallah"."""
    return word.joined in _ARTICLES
