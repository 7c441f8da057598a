"""A paper to hand over: titled sections of lines, each line with numbered notes that hold its words, page, date, address and hashes.

One :class:`Paper` is written as HTML, Markdown, DOCX and PDF; the numbers of the notes are the same in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from msgspec.structs import replace

import mithaq
from mithaq.answers.dossier import Dossier
from mithaq.answers.sources import Proof, Source
from mithaq.export.briefing import safe_url
from mithaq.export.losses import MOST_WORDS
from mithaq.export.messages import Messages
from mithaq.export.outline import Entry, Group, Section, describe_source, lead_of, outline_dossier
from mithaq.model.vocabulary import Language
from mithaq.store.store import Store

_DIGITS = 12  # of a hash, as far as people compare it


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What proves a line: the words inside their sentence, and the page. A protected page gives no words, only its link and hashes.

    ``text[start:end]`` of ``document`` are the words; ``capture`` is the hash of what was fetched, None where it is not known.
    """

    number: int
    document: str
    start: int
    end: int
    quote: str | None
    before: str = ""
    after: str = ""
    lang: Language | None = None
    title: str | None = None
    about: str = ""
    place: str = ""
    url: str | None = None
    capture: str | None = None


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One line: its head in the reader's language, further words, how it stands, what the page says
    word for word, and the numbers of its notes.
    """

    head: str
    details: tuple[str, ...] = ()
    status: str = ""
    quote: str = ""
    lang: Language | None = None
    notes: tuple[int, ...] = ()


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Lines under one heading; ``empty`` says in words that there are none."""

    lines: tuple[Line, ...]
    title: str | None = None
    empty: str = ""


class Chapter(msgspec.Struct, frozen=True, kw_only=True):
    """A section of a paper."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    note: str = ""


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A whole paper in one language, ready for any writer; all words are plain text."""

    lang: Language
    direction: str
    title: str
    kicker: str
    lead: str
    foot: str
    notes_title: str
    warnings: tuple[str, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    notes: tuple[Note, ...] = ()


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What stands above the sections of a paper."""

    title: str
    kicker: str
    lead: str
    warnings: tuple[str, ...] = ()


def compose_paper(
    frame: Frame, sections: Iterable[Section], sources: Mapping[str, Source], captures: Mapping[str, str], messages: Messages
) -> Paper:
    """Return the paper of some sections; *sources* and *captures* (hashes) are by document."""
    numbering = _Numbering(sources, captures, messages)
    chapters = tuple(
        Chapter(name=s.name, title=s.title, note=s.note, blocks=tuple(numbering.block(group) for group in s.groups)) for s in sections
    )
    return Paper(
        lang=messages.lang, direction=messages.direction, title=frame.title, kicker=frame.kicker, lead=frame.lead, warnings=frame.warnings,
        chapters=chapters, notes=tuple(numbering.notes.values()), notes_title=messages.text("paper.notes"),
        foot=messages.text("dossier.made_by", version=mithaq.__version__),
    )  # fmt: skip


def dossier_paper(dossier: Dossier, captures: Mapping[str, str], lang: Language) -> Paper:
    """Return a dossier as a paper; each source stands in the notes of the lines that rest on it."""
    messages = Messages(lang)
    invented = (messages.text("dossier.invented"),) if dossier.glance.invented_pages else ()
    frame = Frame(
        title=messages.pair(dossier.pair), kicker=messages.text("dossier.kicker"), lead=lead_of(dossier, messages), warnings=invented
    )
    sections = outline_dossier(dossier, messages) if dossier.sources else ()
    return compose_paper(frame, sections, {s.document: s for s in dossier.sources}, captures, messages)


def find_captures(store: Store, documents: Iterable[str]) -> dict[str, str]:
    """Return the hash of the capture that each document was read from first."""
    found = {}
    for document in sorted(set(documents)):
        rows = store.rows("captures", {"source": document})
        if rows:
            found[document] = str(min(rows, key=lambda row: (str(row["added"]), str(row["hash"])))["hash"])
    return found


def may_quote(source: Source | None) -> bool:
    """Say whether the words of a page may leave (law 5)."""
    return source is None or not source.is_protected


def few_words(words: str) -> str:
    """Return the first words of what a protected page says: enough to know what is meant."""
    own = words.split()
    return words if len(own) <= MOST_WORDS else f"{' '.join(own[:MOST_WORDS])} …"


class _Numbering:
    """Gives every proof its number, in the order in which lines name them; the same words of a page have one."""

    def __init__(self, sources: Mapping[str, Source], captures: Mapping[str, str], messages: Messages) -> None:
        self._sources, self._captures, self._messages = sources, captures, messages
        self.notes: dict[tuple[str, int, int], Note] = {}

    def block(self, group: Group) -> Block:
        return Block(title=group.title, empty=group.empty, lines=tuple(self._line(entry) for entry in group.entries))

    def _line(self, entry: Entry) -> Line:
        first = entry.proofs[0] if entry.proofs else None
        source = self._sources.get(first.document) if first else None
        quote = entry.quote if may_quote(source) else ""
        return Line(
            head=entry.head,
            status=entry.status,
            details=entry.details if may_quote(source) else tuple(few_words(words) for words in entry.details),
            quote=self._messages.quote(quote) if quote else "",
            lang=first.lang if first else None,
            notes=tuple(dict.fromkeys(self._number(proof) for proof in entry.proofs)),
        )

    def _number(self, proof: Proof) -> int:
        key = proof.document, proof.start, proof.end
        if key not in self.notes:
            self.notes[key] = self._note(proof, len(self.notes) + 1)
        return self.notes[key].number

    def _note(self, proof: Proof, number: int) -> Note:
        source, text = self._sources.get(proof.document), self._messages.text
        note = Note(
            number=number, document=proof.document, start=proof.start, end=proof.end, lang=proof.lang,
            quote=proof.quote if may_quote(source) else None, capture=self._captures.get(proof.document),
        )  # fmt: skip
        if source is None:
            return note
        hashes = [text("source.fingerprint", id=note.document[:_DIGITS])]
        if note.capture:
            hashes.append(text("paper.capture", id=note.capture[:_DIGITS]))
        place = text("source.place", start=proof.start, end=proof.end)
        note = replace(
            note, title=source.title or text("source.untitled"), about=describe_source(source, self._messages), url=safe_url(source.url),
            place=" · ".join((place, *hashes)),
        )  # fmt: skip
        if note.quote is None:
            return note
        before = ("… " if proof.cut_before else "") + proof.before.lstrip()
        return replace(note, before=before, after=proof.after.rstrip() + (" …" if proof.cut_after else ""))


def all_lines(paper: Paper) -> Sequence[Line]:
    """Return all lines of a paper in order."""
    return [line for chapter in paper.chapters for block in chapter.blocks for line in block.lines]
