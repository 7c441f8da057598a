"""Where a line comes from: the page as a source, and the words of it that prove the line, inside their sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from mithaq.model import Document, Evidence, Sentence
from mithaq.model.vocabulary import Language, PublishedBasis
from mithaq.text.sentences import split_sentences

# Words kept on each side of a quote when its sentence is endless (pages captured on one line).
CONTEXT_CHARACTERS = 320
# What a page may say of its rights that allows no more than a link and single facts (law 5).
PROTECTED = "protected"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One page as it is cited. ``number`` counts from 1 in order of publication; None means that the page does not say.

    ``partial``: only a part of the article was there; ``withdrawn``: its site has it no longer.
    """

    number: int
    document: str
    outlet: str | None = None
    agency: str | None = None
    title: str | None = None
    published: str | None = None
    published_basis: PublishedBasis | None = None
    url: str | None = None
    path: str | None = None
    lang: Language | None = None
    rights: str | None = None
    invented: bool = False
    partial: bool = False
    withdrawn: bool = False

    @property
    def is_protected(self) -> bool:
        """Say whether only the link and the quoted facts of this page may be shown."""
        return self.rights == PROTECTED


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The words behind a line: ``text[start:end] == quote`` in *document*; ``before`` and ``after`` complete the sentence.

    On protected pages both are empty. ``cut_before`` and ``cut_after`` say that the sentence goes on beyond them.
    """

    source: int
    document: str
    start: int
    end: int
    quote: str
    before: str = ""
    after: str = ""
    cut_before: bool = False
    cut_after: bool = False
    lang: Language | None = None

    @property
    def sentence(self) -> str:
        """Return the sentence around the quote, as far as it is shown."""
        return self.before + self.quote + self.after


class Sources:
    """The numbered pages of an answer, and the proofs cut out of them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents: tuple[Document, ...] = tuple(sorted({d.id: d for d in documents}.values(), key=_publication_order))
        self.list: tuple[Source, ...] = tuple(to_source(d, n) for n, d in enumerate(self.documents, start=1))
        self._numbers = {source.document: source.number for source in self.list}

    def proof(self, document: Document, evidence: Evidence) -> Proof:
        """Return *evidence* of one of these documents with its sentence."""
        return prove(document, evidence, self._numbers[document.id])

    def of(self, document: Document) -> Source:
        """Return the source that cites *document*."""
        return self.list[self._numbers[document.id] - 1]


def to_source(document: Document, number: int) -> Source:
    """Return how *document* is cited under *number*."""
    return Source(
        number=number,
        document=document.id,
        outlet=document.outlet,
        agency=document.agency,
        title=document.title,
        published=document.published,
        published_basis=document.published_basis,
        url=document.url,
        path=document.path,
        lang=document.lang,
        rights=document.rights,
        invented=document.invented,
        partial=document.partial,
        withdrawn=document.withdrawn,
    )


def prove(document: Document, evidence: Evidence, number: int) -> Proof:
    """Return *evidence* with the rest of its sentence in *document*, cited as source *number*."""
    start, end = evidence.start, evidence.end
    first, last, cut_before, cut_after = start, end, False, False
    if document.rights != PROTECTED:
        whole_first, whole_last = find_sentence(document.text, document.sentences, start, end)
        first, last = _clip(document.text, whole_first, whole_last, start, end)
        cut_before, cut_after = first > whole_first, last < whole_last
    return Proof(
        source=number,
        document=document.id,
        start=start,
        end=end,
        quote=evidence.quote,
        before=document.text[first:start],
        after=document.text[end:last],
        cut_before=cut_before,
        cut_after=cut_after,
        lang=document.lang,
    )


def find_sentence(text: str, sentences: Sequence[Sentence], start: int, end: int) -> tuple[int, int]:
    """Return (start, end) of the sentence, or the run of sentences, that holds ``text[start:end]``."""
    touched = [(s.start, s.end) for s in sentences if s.start < end and s.end > start]
    if not touched:
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        pieces = split_sentences(text, line_start, line_end if line_end >= 0 else len(text))
        touched = [piece for piece in pieces if piece[0] < end and piece[1] > start]
    starts, ends = [start, *(piece[0] for piece in touched)], [end, *(piece[1] for piece in touched)]
    return min(starts), max(ends)


def _clip(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    """Shorten a sentence to CONTEXT_CHARACTERS on either side of its quote, at a white space."""
    if start - first > CONTEXT_CHARACTERS:
        space = text.find(" ", start - CONTEXT_CHARACTERS, start)
        first = space + 1 if space >= 0 else start - CONTEXT_CHARACTERS
    if last - end > CONTEXT_CHARACTERS:
        space = text.rfind(" ", end, end + CONTEXT_CHARACTERS)
        last = space if space >= 0 else end + CONTEXT_CHARACTERS
    return first, last


def _publication_order(document: Document) -> tuple[bool, str, str, str]:
    return document.published is None, document.published or "", document.title or "", document.id
