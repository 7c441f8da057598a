"""The Document: one article read out of one page; its text is never changed, each stage adds one layer."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection
from operator import attrgetter
from threading import Lock

import msgspec

from mithaq.model.entity import Body, Coreference, Person, Place, Programme, Time
from mithaq.model.event import Event, Group, Pair
from mithaq.model.judgement import Judged
from mithaq.model.kept import keep_last
from mithaq.model.span import Match, Segment, Sentence, Span, Token, find_kinds
from mithaq.model.statement import Indicator, Statement
from mithaq.model.vocabulary import Language, Note, PublishedBasis, Topic


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A page's text and its layers, frozen. ``msgspec.structs.replace`` gives a new one with a layer added.

    ``canonical`` is the address that the page gives as its own; ``partial`` says that only a part of the article is there (paywall, cut
    download); ``withdrawn`` that the page says its article was taken down, or that its address has it no longer; ``notes`` what else was
    noticed while the page was read. ``private`` marks own notes and minutes, for analysts alone. ``copy_of`` is the id of the page whose
    article this one repeats, ``judged`` what people decided about its facts: both come from the store, no reader of pages sets them.
    ``topic_confidence`` has one number a topic, in their order; ``relevance_confidence`` is how surely ``relevant`` says what a careful
    reader would.
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
    private: bool = False
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
    topic_confidence: tuple[float, ...] = ()
    pairs: tuple[Pair, ...] = ()
    relevant: bool = False
    relevance: float = 0.0
    relevance_why: str = ""
    relevance_confidence: float | None = None
    copy_of: str | None = None
    judged: tuple[Judged, ...] = ()

    def matches_of(self, *kinds: str) -> list[Match]:
        """Return the lexicon matches whose kind is one of *kinds* or starts with one of them and a dot."""
        known = _sort_apart(self.matches)
        found = known.asked.get(kinds)
        if found is None:
            found = known.asked[kinds] = known.select(kinds)
        return found


_first = attrgetter("first")  # matches that begin at one token begin at one character, since one reading of a word hides the others


class _ByKind:
    """The matches of one page by kind, kinds in the order in which they first stand on it; ``asked`` keeps what was asked already."""

    def __init__(self, matches: tuple[Match, ...]) -> None:
        self.asked: dict[tuple[str, ...], list[Match]] = {}
        groups: defaultdict[str, list[Match]] = defaultdict(list)
        for match in matches:
            groups[match.kind].append(match)
        self._ranked = {kind: (rank, group) for rank, (kind, group) in enumerate(groups.items())}
        _FAMILIES.meet(self._ranked)

    def select(self, kinds: tuple[str, ...]) -> list[Match]:
        """Return the matches of some kinds in the order of the text."""
        ranked = list(filter(None, map(self._ranked.get, _FAMILIES[kinds])))
        if len(ranked) < 2:
            return ranked[0][1] if ranked else []
        ranked.sort()
        found: list[Match] = []
        for _, group in ranked:
            found += group
        found.sort(key=_first)
        return found


class _Families(dict[tuple[str, ...], tuple[str, ...]]):
    """For kinds asked together, which of all kinds met so far are one of them or a sub-kind of one."""

    __slots__ = ("_lock", "_met")

    def __init__(self) -> None:
        super().__init__()
        self._met: frozenset[str] = frozenset()
        self._lock = Lock()  # pages may be read in several threads

    def meet(self, kinds: Collection[str]) -> None:
        """Take in the kinds of a page; those of a lexicon are few, so soon none is new."""
        if not self._met.issuperset(kinds):
            with self._lock:
                self._met = self._met.union(kinds)
                self.clear()

    def __missing__(self, kinds: tuple[str, ...]) -> tuple[str, ...]:
        with self._lock:
            family = self[kinds] = tuple(sorted(find_kinds(self._met, kinds)))
        return family


_FAMILIES = _Families()
_sort_apart = keep_last(_ByKind)


def hash_text(text: str) -> str:
    """Return the id of a document: the SHA-256 of its decoded text, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
