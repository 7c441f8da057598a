"""Where words stand in a text: spans, evidence, tokens, sentences, segments.

Offsets count Unicode code points of the text as captured, logical order, end exclusive.

A page gives thousands of these, and none can hold itself: ``gc=False`` keeps the collector of cycles from walking through them.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from mithaq.errors import EvidenceError
from mithaq.model.vocabulary import SegmentKind


class Span(msgspec.Struct, frozen=True, gc=False, order=True):
    """A stretch of text, ``start`` inclusive, ``end`` exclusive, both in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise EvidenceError(f"span {self.start}:{self.end} does not run forward from the start of a text")


class Evidence(msgspec.Struct, frozen=True, gc=False, order=True):
    """The words behind a fact: a span and exactly what stands there.

    Raises EvidenceError when the quote is empty or not as long as its span. Use :meth:`of` to cut it out of a text.
    """

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise EvidenceError(f"evidence {self.start}:{self.end} is empty or runs backwards")
        if len(self.quote) != self.end - self.start:
            raise EvidenceError(f"evidence {self.start}:{self.end} does not fit its quote {self.quote!r}")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Evidence:
        """Cut the evidence ``text[start:end]``, without the white space at its ends."""
        words = text[start:end]
        quote = words.strip()
        if len(quote) != len(words):
            start += len(words) - len(words.lstrip())
            end = start + len(quote)
        return cls(start, end, quote)

    def stands_in(self, text: str) -> bool:
        """Say whether exactly these words stand at this place of *text*."""
        return text[self.start : self.end] == self.quote


def require_evidence(what: str, evidence: object) -> None:
    """Raise EvidenceError unless *evidence* is an Evidence: a fact is made with its words or not at all (law 2)."""
    if not isinstance(evidence, Evidence):
        raise EvidenceError(f"{what} has no words behind it: {evidence!r} is no evidence")


class Token(msgspec.Struct, frozen=True, gc=False):
    """A word, number or punctuation mark.

    ``key`` is the comparable form (see ``text.fold``): lower case, without marks, hamza seats or Arabic article.
    ``kind`` is "word", "number" or "mark".
    """

    start: int
    end: int
    form: str
    key: str
    kind: str


class Segment(msgspec.Struct, frozen=True, gc=False):
    """A stretch of the page and what it is; ``why`` names the rule that said so."""

    start: int
    end: int
    kind: SegmentKind
    why: str = ""


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence of a supporting segment: characters ``start:end``, tokens ``first:last`` (end exclusive)."""

    start: int
    end: int
    first: int
    last: int
    kind: SegmentKind
    paragraph: int
    story: int


def find_kinds(kinds: Iterable[str], among: tuple[str, ...]) -> list[str]:
    """Return those of some *kinds* that are one of *among* or a sub-kind of one ("statement.need" is a "statement")."""
    beginnings = tuple([f"{kind}." for kind in among])
    return [kind for kind in kinds if kind in among or kind.startswith(beginnings)]


class Match(msgspec.Struct, frozen=True, gc=False):
    """A lexicon entry found in the text.

    ``kind`` is the entry's kind ("statement.need"), ``word`` its head form, ``attributes`` what the entry says of itself.
    Tokens ``first:last`` (end exclusive); characters ``start:end`` leave out the clitics ``prefix`` glued before the word.
    """

    kind: str
    word: str
    first: int
    last: int
    start: int
    end: int
    prefix: str
    attributes: dict[str, str]

    def gap(self, first: int, last: int) -> int:
        """Return how many tokens stand between this and tokens ``first:last`` (0 when they touch or overlap)."""
        return max(0, first - self.last, self.first - last)
