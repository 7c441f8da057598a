"""The Document: one article read out of one page; its text is never changed, each stage adds one layer."""

from __future__ import annotations

import hashlib

import msgspec

from mithaq.model.entity import Body, Coreference, Person, Place, Programme, Time
from mithaq.model.event import Event, Group, Pair
from mithaq.model.judgement import Judged
from mithaq.model.span import Match, Segment, Sentence, Span, Token, is_kind
from mithaq.model.statement import Indicator, Statement
from mithaq.model.vocabulary import Language, Note, PublishedBasis, Topic


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A page's text and its layers, frozen. ``msgspec.structs.replace`` gives a new one with a layer added.

    ``canonical`` is the address that the page gives as its own; ``partial`` says that only a part of the article is there (paywall, cut
    download); ``withdrawn`` that the page says its article was taken down, or that its address has it no longer; ``notes`` what else was
    noticed while the page was read. ``copy_of`` is the id of the page whose article this one repeats, ``judged`` what people decided about
    its facts: both come from the store, no reader of pages sets them.
    """

    id: str
    text: str
    path: str | None = None
    url: str | None = None
    canonical: str | None = None
    lang: Language | None = None
    outlet: str | None = None
    agency: str | None = None
    section: str | None = None
    title: str | None = None
    published: str | None = None
    published_basis: PublishedBasis | None = None
    retrieved: str | None = None
    rights: str | None = None
    notes: tuple[Note, ...] = ()
    partial: bool = False
    withdrawn: bool = False
    invented: bool = False
    segments: tuple[Segment, ...] = ()
    stories: tuple[Span, ...] = ()
    tokens: tuple[Token, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    matches: tuple[Match, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    people: tuple[Person, ...] = ()
    bodies: tuple[Body, ...] = ()
    programmes: tuple[Programme, ...] = ()
    coreferences: tuple[Coreference, ...] = ()
    groups: tuple[Group, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    topics: tuple[Topic, ...] = ()
    pairs: tuple[Pair, ...] = ()
    relevant: bool = False
    relevance: float = 0.0
    relevance_why: str = ""
    copy_of: str | None = None
    judged: tuple[Judged, ...] = ()

    def matches_of(self, *kinds: str) -> list[Match]:
        """Return the lexicon matches whose kind is one of *kinds* or starts with one of them and a dot."""
        known = _matches_by_kinds(self.matches)
        found = known.get(kinds)
        if found is None:
            found = known[kinds] = _select(self.matches, known, kinds)
        return found


_Answers = tuple[tuple[Match, ...], dict[tuple[str, ...], list[Match]]]
# The stages of one page ask the same tuple of matches again and again, so the answers for the last one are kept.
# An entry is read once and replaced whole, so threads never see another page's answers.
_last_asked: list[_Answers] = []


def _select(matches: tuple[Match, ...], known: dict[tuple[str, ...], list[Match]], kinds: tuple[str, ...]) -> list[Match]:
    """Return the matches of some kinds in the order of the text; matches of one kind are sorted apart once for the page."""
    if () not in known:
        known[()] = []
        for match in matches:
            known.setdefault(("=", match.kind), []).append(match)
    groups = [group for key, group in known.items() if len(key) == 2 and key[0] == "=" and is_kind(key[1], kinds)]
    if len(groups) == 1:
        return groups[0]
    return sorted((match for group in groups for match in group), key=lambda m: (m.first, m.start))


def _matches_by_kinds(matches: tuple[Match, ...]) -> dict[tuple[str, ...], list[Match]]:
    kept = _last_asked[:1]
    if kept and kept[0][0] is matches:
        return kept[0][1]
    answers: dict[tuple[str, ...], list[Match]] = {}
    _last_asked[:] = [(matches, answers)]
    return answers


def hash_text(text: str) -> str:
    """Return the id of a document: the SHA-256 of its decoded text, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
