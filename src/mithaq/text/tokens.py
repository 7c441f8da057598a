"""Split text into words, numbers and marks, each with its place."""

from __future__ import annotations

import re

from mithaq.model import Token
from mithaq.text.characters import ARABIC_LETTERS, ARABIC_MARKS, DIGITS, INVISIBLE, LATIN_LETTERS
from mithaq.text.fold import fold_word

_WORD = re.compile(
    rf"""
    (?P<arabic>[{ARABIC_LETTERS}][{ARABIC_LETTERS}{ARABIC_MARKS}{INVISIBLE}]*)
  | (?P<number>[{DIGITS}]+(?:[.,٫٬'’][{DIGITS}]+)*)
  | (?P<elision>(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd)['’](?=[{LATIN_LETTERS}]))
  | (?P<possessive>['’]s(?![{LATIN_LETTERS}]))
  | (?P<acronym>(?:[A-Z]\.){{2,}})
  | (?P<latin>[{LATIN_LETTERS}]+(?:[-&‑](?!(?:based|led|backed|owned|funded|made|born)\b)[{LATIN_LETTERS}]+)*)
  | (?P<mark>[^\s\w{INVISIBLE}])
    """,
    re.VERBOSE | re.IGNORECASE,
)


def split_tokens(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Return the tokens of ``text[start:end]`` with offsets into *text*.

    French elisions («l'», «d'») and the English «'s» and «-based» are tokens of their own; Arabic clitics stay on their word
    (see ``fold.read_clitics``).
    """
    tokens = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        group = match.lastgroup
        form = match.group()
        kind = group if group in ("number", "mark") else "word"
        tokens.append(Token(match.start(), match.end(), form, form if kind == "mark" else fold_word(form), str(kind)))
    return tuple(tokens)
