"""Where a line comes from: the page as a source, and the words of it that prove the line, inside their sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from mithaq.model import Document, Evidence, Sentence
from mithaq.model.fact import FactLayer
from mithaq.model.judgement import Judged
from mithaq.model.vocabulary import Language, PublishedBasis
from mithaq.text.sentences import split_sentences

# Words kept on each side of a quote when its sentence is endless (pages captured on one line).
CONTEXT_CHARACTERS = 320
# What a page may say of its rights that allows no more than a link and single facts (law 5).
PROTECTED = "protected"
PRIVATE = "private"
NOTHING_SAID = "—"


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One page as it is cited. ``number`` counts from 1 in order of publication; None means that the page does not say.

    ``partial``: only a part of the article was there; ``withdrawn``: its site has it no longer. ``copy_of`` is the number of the page whose
    article this one repeats (a wire copy is no second witness), ``copies`` are the numbers of those that repeat this one.
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
    private: bool = False
    invented: bool = False
    partial: bool = False
    withdrawn: bool = False
    copy_of: int | None = None
    copies: tuple[int, ...] = ()

    @property
    def is_protected(self) -> bool:
        """Say whether only the link and the quoted facts of this page may be shown."""
        return self.rights == PROTECTED


def may_publish(page: Document | Source) -> bool:
    """Say whether anything of a page may be given to others at all; the one place that decides. Own notes and minutes never are."""
    return not page.private and page.rights != PRIVATE


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The words behind a line: ``text[start:end] == quote`` in *document*; ``before`` and ``after`` complete the sentence.

    On protected pages both are empty. ``cut_before`` and ``cut_after`` say that the sentence goes on beyond them. ``judged`` is what people
    decided about the fact that rests on these words.
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
    judged: tuple[Judged, ...] = ()

    @property
    def sentence(self) -> str:
        """Return the sentence around the quote, as far as it is shown."""
        return self.before + self.quote + self.after


class Sources:
    """The numbered pages of an answer, and the proofs cut out of them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents: tuple[Document, ...] = tuple(sorted({d.id: d for d in documents}.values(), key=_publication_order))
        self._numbers = {document.id: number for number, document in enumerate(self.documents, start=1)}
        self._witnesses = find_witnesses(self.documents)
        self.list: tuple[Source, ...] = tuple(self._to_source(document) for document in self.documents)

    def proof(self, document: Document, evidence: Evidence, layer: FactLayer) -> Proof:
        """Return *evidence* of a fact of one of these documents with its sentence."""
        return prove(document, evidence, self._numbers[document.id], layer)

    def proofs(self, found: Iterable[tuple[Document, Evidence]], layer: FactLayer) -> tuple[Proof, ...]:
        """Return one proof for each page that tells in its own words, in the order of the sources; a copy where its original is mute."""
        best: dict[str, tuple[bool, int, Evidence, Document]] = {}
        for document, evidence in found:
            witness = self._witnesses[document.id]
            rank = (document.id != witness, self._numbers[document.id], evidence, document)
            if witness not in best or rank[:2] < best[witness][:2]:
                best[witness] = rank
        return tuple(self.proof(document, evidence, layer) for _, _, evidence, document in sorted(best.values(), key=lambda r: r[1]))

    @property
    def witnesses(self) -> tuple[Document, ...]:
        """Return the pages that tell in their own words: those that repeat another one are left out."""
        return tuple(document for document in self.documents if self._witnesses[document.id] == document.id)

    def _to_source(self, document: Document) -> Source:
        witness = self._witnesses[document.id]
        if witness != document.id:
            return replace(to_source(document, self._numbers[document.id]), copy_of=self._numbers[witness])
        copies = tuple(self._numbers[d.id] for d in self.documents if self._witnesses[d.id] == witness and d.id != witness)
        return replace(to_source(document, self._numbers[document.id]), copies=copies)

    def of(self, document: Document) -> Source:
        """Return the source that cites *document*."""
        return self.list[self._numbers[document.id] - 1]


def find_witnesses(documents: Iterable[Document]) -> dict[str, str]:
    """Return for each page the one among these that stands for all with its article: the witness, else the first published of them."""
    groups: dict[str, list[Document]] = {}
    for document in documents:
        groups.setdefault(document.copy_of or document.id, []).append(document)
    chosen = {head: min(group, key=lambda d: (d.id != head, _publication_order(d))).id for head, group in groups.items()}
    return {document.id: chosen[head] for head, group in groups.items() for document in group}


def count_witnesses(documents: Iterable[Document]) -> int:
    """Return how many pages tell in their own words: those that repeat each other count once."""
    return len({document.copy_of or document.id for document in documents})


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
        private=document.private,
        invented=document.invented,
        partial=document.partial,
        withdrawn=document.withdrawn,
    )


def prove(document: Document, evidence: Evidence, number: int, layer: FactLayer | None = None) -> Proof:
    """Return *evidence* with the rest of its sentence in *document*, cited as source *number*.

    With the *layer* of the fact that rests on it comes what people decided about that fact: one sentence may prove facts of several layers.
    """
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
        judged=judged_at(document, layer, start, end),
    )


def judged_at(document: Document, layer: str | None, start: int, end: int) -> tuple[Judged, ...]:
    """Return what people decided about the fact of *layer* that rests on ``text[start:end]``; what they rejected is no fact any more."""
    return tuple(j for j in document.judged if (j.layer, j.start, j.end) == (layer, start, end) and j.verb != "reject")


def tell_judged(judged: Iterable[Judged]) -> str | None:
    """Return in words what people decided about a fact: "stage: signed (was planned), by Amal, 2025-03-04"; None when nobody did."""
    told = []
    for one in judged:
        if one.field is not None:
            what = f"{one.field}: {one.value or NOTHING_SAID} (was {one.was or NOTHING_SAID})"
        else:
            what = {"accept": "accepted", "unsure": "in doubt", "reject": "rejected", "add": "added"}.get(one.verb, one.verb)
        told.append(f"{what}, by {one.by}, {one.at[:10]}" + (f" ({one.why})" if one.why else ""))
    return "; ".join(told) or None


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
