"""A programme's name as it stands in the text, and what all ways of finding one ask. No stage."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.annotate.view import View
from mithaq.model import Document, Match
from mithaq.text.shapes import is_camel_case, is_capitalised

LONGEST = 10  # words of a name


class ProgrammeSpan(NamedTuple):
    """A name: tokens ``first:last``, characters ``start:end``, its proper form, why it was taken for one, and its state if known."""

    first: int
    last: int
    start: int
    end: int
    name: str
    why: str
    country: str | None = None


def make_span(view: View, first: int, last: int, why: str) -> ProgrammeSpan:
    """Return the name in tokens ``first:last``."""
    start, end = view.tokens[first].start, view.tokens[last - 1].end
    return ProgrammeSpan(first, last, start, end, " ".join(view.text[start:end].split()), why)


def is_body(document: Document, span: ProgrammeSpan) -> bool:
    """Say whether the words of a name lie inside an organisation's name."""
    return any(e.start <= span.start and span.end <= e.end for b in document.bodies for e in b.mentions)


def is_proper(word: str) -> bool:
    """Say whether a Latin word looks like a name's: "Semente", "eVisa"."""
    return is_capitalised(word) or is_camel_case(word)


def may_name(view: View, index: int) -> bool:
    """Say whether a Latin word may belong to a programme's name: a capital, and no title, office, month or weekday."""
    if not 0 <= index < len(view.tokens):
        return False
    token = view.tokens[index]
    excluded = view.over(index, "honorific", "role.head", "time.month", "time.weekday")
    return token.kind == "word" and is_proper(token.form) and not excluded


def is_year(view: View, index: int) -> bool:
    """Say whether a year of four digits stands at a token."""
    return view.tokens[index].kind == "number" and len(view.tokens[index].form) == 4


def opens_sentence(view: View, index: int) -> bool:
    """Say whether the capital at a token may come from the beginning of a sentence or quotation."""
    sentence = view.sentence_of(index)
    return sentence is None or sentence.first == index or view.is_opening(index - 1)


def has_subject(view: View, head: Match, index: int) -> bool:
    """Say whether a gathering's subject begins at a token: «ندوة حول …», «le Sommet sur …»."""
    return bool(head.attributes.get("gathering")) and view.at(index, "programme.about") is not None
