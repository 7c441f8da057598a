"""Split text into words, numbers and marks, each with its place."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import accumulate, compress

from mithaq.model import Token
from mithaq.model.kept import keep_last, keep_words
from mithaq.text.characters import ARABIC_LETTERS, ARABIC_MARKS, DIGITS, INVISIBLE, LATIN_LETTERS, has_arabic
from mithaq.text.fold import fold_word

# In this order: an Arabic word, a number, an elision, a possessive, an acronym, another word, a mark.
_TOKEN = re.compile(
    rf"""(
    [{ARABIC_LETTERS}][{ARABIC_LETTERS}{ARABIC_MARKS}{INVISIBLE}]*
  | [{DIGITS}]+(?:[.,٫٬'’][{DIGITS}]+)*
  | (?i:(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd)['’](?=[{LATIN_LETTERS}]))
  | (?i:['’]s(?![{LATIN_LETTERS}]))
  | (?i:(?:[A-Z]\.){{2,}})
  | (?i:[{LATIN_LETTERS}]+(?:[-&‑](?!(?:based|led|backed|owned|funded|made|born)\b)[{LATIN_LETTERS}]+)*)
  | [^\s\w{INVISIBLE}]
    )""",
    re.VERBOSE,
)
_LONGEST_KEPT = 40  # characters; longer pieces are addresses, or accidents
_NUMBER = re.compile(f"[{DIGITS}]")


def split_tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Return the tokens of ``text[start:end]`` with offsets into *text*.

    French elisions («l'», «d'») and the English «'s» and «-based» are tokens of their own; Arabic clitics stay on their word
    (see ``fold.read_clitics``).
    """
    # What stands between tokens and the tokens themselves, by turns.
    pieces = _TOKEN.split(text[start:end])
    edges = list(accumulate(map(len, pieces), initial=start))
    read = list(map(_read_form, pieces[1::2]))
    if not read:
        return ()
    forms, keys, kinds = zip(*read, strict=True)
    return tuple(map(Token, edges[1:-1:2], edges[2::2], forms, keys, kinds))


def keys_of(text: str) -> list[str]:
    """Return the keys of the tokens of *text* in order, for those who ask neither where they stand nor what they look like."""
    return [key for _, key, _ in map(_read_form, words_of(text))]


def words_of(text: str) -> list[str]:
    """Return the tokens of *text* as they are written, in order."""
    return _TOKEN.findall(text)


@keep_last
def starts_of(tokens: tuple[Token, ...]) -> list[int]:
    """Return where the tokens of a page begin, to find the token at a character by bisection."""
    return [token.start for token in tokens]


@keep_last
def marks_of(tokens: tuple[Token, ...]) -> list[int]:
    """Return which tokens of a page are punctuation marks."""
    return [index for index, kind in enumerate(kinds_of_page(tokens)) if kind == "mark"]


@keep_last
def forms_of_page(tokens: tuple[Token, ...]) -> list[str]:
    """Return the forms of all tokens of a page: many stages look through them."""
    return [token.form for token in tokens]


@keep_last
def different_forms(tokens: tuple[Token, ...]) -> frozenset[str]:
    """Return the forms that stand on a page, each once: half as many as its tokens."""
    return frozenset(forms_of_page(tokens))


def places_of(forms: Collection[str], tokens: tuple[Token, ...]) -> list[int]:
    """Return which tokens of a page have one of *forms*."""
    return list(compress(range(len(tokens)), map(forms.__contains__, forms_of_page(tokens)))) if forms else []


def words_between(tokens: tuple[Token, ...], first: int, last: int) -> list[str]:
    """Return the forms of the words in tokens ``first:last`` of a page, numbers and marks left out."""
    return list(filter(None, _words_of_page(tokens)[first:last]))


@keep_last
def _words_of_page(tokens: tuple[Token, ...]) -> list[str]:
    """Return the forms of all tokens of a page, of numbers and marks nothing."""
    return [token.form if token.kind == "word" else "" for token in tokens]


@keep_last
def kinds_of_page(tokens: tuple[Token, ...]) -> list[str]:
    """Return the kinds of all tokens of a page."""
    return [token.kind for token in tokens]


def kind_of(form: str) -> str:
    """Return what a token of this form is: "word", "number" or "mark"."""
    return _read_form(form)[2]


def figures_of(tokens: Sequence[Token]) -> list[int]:
    """Return which of *tokens* are numbers in digits."""
    return [index for index, token in enumerate(tokens) if token.kind == "number"]


@keep_last
def figures_of_page(tokens: tuple[Token, ...]) -> list[int]:
    """Return which tokens of a page are numbers in digits."""
    return [index for index, kind in enumerate(kinds_of_page(tokens)) if kind == "number"]


def forms_of(tokens: Sequence[Token]) -> list[str]:
    """Return the forms of *tokens*."""
    return [token.form for token in tokens]


@keep_words
def _read_form(form: str) -> tuple[str, str, str]:
    """Return form, key and kind of a token. A mark is a single character that is no letter: no digits, which are read before.

    The form given back is the one first seen: the same object each time, so that every later look-up of it is quick.
    """
    if _NUMBER.match(form):
        return form, fold_word(form), "number"
    if len(form) == 1 and not (form.isalnum() or has_arabic(form)):
        return form, form, "mark"
    return form, fold_word(form), "word"
