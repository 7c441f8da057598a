"""Lists of what the record holds: people, bodies, programmes, events, statements, figures, pairs, pages; each row with its words.

>>> find_rows(documents, "statements", Question(pair=("MA", "OM"), kind="need"))[0]["quote"]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import msgspec

from mithaq.answers.gather import events_of, is_about, own_sides, statements_of
from mithaq.answers.merge import distinct, group_equal, merge_by_name
from mithaq.answers.sources import count_witnesses, find_witnesses, prove, tell_judged
from mithaq.errors import QuestionError
from mithaq.model import Body, Document, Event, Evidence, Indicator, Person, Programme, Statement
from mithaq.model.fact import FactLayer
from mithaq.model.vocabulary import BODY_KINDS, EVENT_TYPES, STATEMENT_KINDS, TOPICS
from mithaq.store import Filter
from mithaq.text.fold import fold_text

Value = str | int | float | bool | None | list[str]
Row = dict[str, Value]
Entity = TypeVar("Entity", Person, Body, Programme)
Happening = TypeVar("Happening", Event, Statement, Indicator)

_SOURCE = ("quote", "sentence", "title", "outlet", "published", "invented", "source", "start", "end", "path", "url", "judged")
# The columns of every list, in order.
COLUMNS: dict[str, tuple[str, ...]] = {
    "people": ("name", "names", "country", "role", "roles", "body", "pages", "first", "last", *_SOURCE),
    "bodies": ("name", "names", "kind", "country", "code", "pages", "first", "last", *_SOURCE),
    "programmes": ("name", "names", "country", "part_of", "pages", "first", "last", *_SOURCE),
    "events": (
        "type", "stage", "date", "date_end", "date_basis", "date_text", "parties", "people", "bodies", "place", "place_country",
        "modality", "amount", "currency", "topics", "digital", *_SOURCE,
    ),
    "statements": (
        "kind", "speaker", "country", "on_behalf_of", "toward", "reported", "deliverable", "due", "amount", "currency", "topics", *_SOURCE,
    ),
    "indicators": ("name", "publisher", "comparator", "value", "unit", "country", "year", "group", "claimant", *_SOURCE),
    "pairs": ("a", "b", "pages", "events", "first", "last", *_SOURCE),
    "documents": (
        "id", "title", "lang", "outlet", "agency", "section", "published", "published_basis", "relevant", "relevance", "pairs", "topics",
        "people", "bodies", "events", "statements", "indicators", "rights", "invented", "path", "url", "copy_of",
    ),
}  # fmt: skip
LISTS = tuple(COLUMNS)
_KINDS: dict[str, Sequence[str]] = {"bodies": BODY_KINDS, "events": EVENT_TYPES, "statements": STATEMENT_KINDS}


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to. ``kind`` is a kind of body or statement or a type of event; dates are YYYY[-MM[-DD]], ends included.

    Dates bound the day of an event, for other lists the day of publication; what has no known date is left out when one is asked for.
    Raises QuestionError for a pair of one side, a date written otherwise, an unknown topic.
    """

    pair: tuple[str, str] | None = None
    country: str | None = None
    kind: str | None = None
    topic: str | None = None
    since: str | None = None
    until: str | None = None

    def __post_init__(self) -> None:
        Filter(pair=self.pair, since=self.since, until=self.until)  # its checks are ours
        if self.topic is not None and self.topic not in TOPICS:
            raise QuestionError(f"there is no topic {self.topic!r}; there are {', '.join(TOPICS)}")


def find_rows(documents: Iterable[Document], what: str, question: Question = Question()) -> list[Row]:  # noqa: B008  (frozen)
    """Return the rows of one list (see :data:`LISTS`) with the columns of :data:`COLUMNS`, in a fixed order.

    Raises QuestionError for an unknown list, or a kind that this list does not have.
    """
    finders: dict[str, Callable[[Sequence[Document], Question], Iterable[Row]]] = {
        "people": _people,
        "bodies": _bodies,
        "programmes": _programmes,
        "events": _events,
        "statements": _statements,
        "indicators": _indicators,
        "pairs": _pairs,
        "documents": _documents,
    }
    if what not in finders:
        raise QuestionError(f"there is no list of {what!r}; there are {', '.join(LISTS)}")
    _check_kind(what, question.kind)
    return list(finders[what](tuple(documents), question))


def is_within(day: str | None, since: str | None, until: str | None) -> bool:
    """Say whether a date may lie between two others, ends included; "2024-11" may be any day of that month, None is no day."""
    if since is None and until is None:
        return True
    if day is None:
        return False
    latest = day + "-99-99"[len(day) - 4 :]
    return (since is None or latest >= since) and (until is None or day <= until + "-99-99"[len(until) - 4 :])


def _check_kind(what: str, kind: str | None) -> None:
    if kind is None:
        return
    if what not in _KINDS:
        raise QuestionError(f"{what} have no kinds; leave the kind out, or ask for one of {', '.join(_KINDS)}")
    if kind not in _KINDS[what]:
        raise QuestionError(f"there is no kind {kind!r} of {what}; there are {', '.join(_KINDS[what])}")


def _pages(documents: Iterable[Document], question: Question, *, dated: bool = True) -> Iterator[Document]:
    """Yield the pages on which what is asked for may stand; *dated* false leaves the dates to the caller."""
    for document in documents:
        if question.pair and not is_about(document, frozenset(question.pair)):
            continue
        if not dated or is_within(document.published, question.since, question.until):
            yield document


def _is_of(document: Document, side: str | None, question: Question) -> bool:
    """Say whether something of *side* on this page is asked for; of unknown side, it goes with the page's only pair."""
    if question.country and side != question.country:
        return False
    if question.pair is None or side in question.pair:
        return True
    pair = frozenset(question.pair)
    return side is None and own_sides(document, pair) == pair


def _on_topic(topics: Iterable[str], question: Question) -> bool:
    return question.topic is None or question.topic in topics


def _entities(
    documents: Iterable[Document],
    question: Question,
    list_of: Callable[[Document], Iterable[Entity]],
    is_wanted: Callable[[Document, Entity], bool],
) -> list[list[tuple[Document, Entity]]]:
    """Return the same entity's appearances as one group: same folded name, sides that agree; on most pages first."""
    found = [
        (document, entity)
        for document in _pages(documents, question)
        if _on_topic(document.topics, question)
        for entity in list_of(document)
        if is_wanted(document, entity)
    ]
    groups = [
        group
        for namesakes in group_equal(found, lambda f: fold_text(f[1].name))
        for group in merge_by_name(namesakes, lambda f: frozenset((fold_text(f[1].name),)), lambda f: f[1].country)
    ]
    for group in groups:
        group.sort(key=lambda f: _recency(f[0]), reverse=True)
    return sorted(groups, key=lambda g: (-count_witnesses(d for d, _ in g), fold_text(g[0][1].name)))


def _recency(document: Document) -> tuple[str, str]:
    return document.published or "", document.id


def _told_once(found: Sequence[tuple[Document, Happening]]) -> list[tuple[Document, Happening]]:
    """Leave out what a copy repeats word by word from the page that it copies."""
    witnesses = find_witnesses(document for document, _ in found)
    told = {(d.id, fact.evidence.quote) for d, fact in found}
    return [(d, fact) for d, fact in found if witnesses[d.id] == d.id or (witnesses[d.id], fact.evidence.quote) not in told]


def _span_of_dates(group: Iterable[tuple[Document, object]]) -> Row:
    dates = sorted({document.published for document, _ in group if document.published})
    return {"first": dates[0] if dates else None, "last": dates[-1] if dates else None}


def _people(documents: Sequence[Document], question: Question) -> Iterator[Row]:
    for group in _entities(documents, question, lambda d: d.people, lambda d, p: _is_of(d, p.country, question)):
        document, person = next(((d, p) for d, p in group if p.role), group[0])
        yield {
            "name": group[0][1].name,
            "names": list(distinct(name for _, p in group for name in (p.name, *p.names))),
            "country": next((p.country for _, p in group if p.country), None),
            "role": person.role,
            "roles": list(distinct(p.role for _, p in group)),
            "body": next((p.body for _, p in group if p.body), None),
            "pages": count_witnesses(d for d, _ in group),
            **_span_of_dates(group),
            **_source(document, person.mentions[0], "people"),
        }


def _bodies(documents: Sequence[Document], question: Question) -> Iterator[Row]:
    def is_wanted(document: Document, body: Body) -> bool:
        sides = {body.country, body.code}
        return question.kind in (None, body.kind) and any(_is_of(document, side, question) for side in (sides - {None} or {None}))

    for group in _entities(documents, question, lambda d: d.bodies, is_wanted):
        document, body = group[0]
        yield {
            "name": body.name,
            "names": list(distinct(name for _, b in group for name in (b.name, *b.names))),
            "kind": body.kind,
            "country": next((b.country for _, b in group if b.country), None),
            "code": next((b.code for _, b in group if b.code), None),
            "pages": count_witnesses(d for d, _ in group),
            **_span_of_dates(group),
            **_source(document, body.mentions[0], "bodies"),
        }


def _programmes(documents: Sequence[Document], question: Question) -> Iterator[Row]:
    for group in _entities(documents, question, lambda d: d.programmes, lambda d, p: _is_of(d, p.country, question)):
        document, programme = group[0]
        yield {
            "name": programme.name,
            "names": list(distinct(p.name for _, p in group)),
            "country": next((p.country for _, p in group if p.country), None),
            "part_of": next((p.part_of for _, p in group if p.part_of), None),
            "pages": count_witnesses(d for d, _ in group),
            **_span_of_dates(group),
            **_source(document, programme.mentions[0], "programmes"),
        }


def _events(documents: Sequence[Document], question: Question) -> list[Row]:
    found = [
        (document, event)
        for document in _pages(documents, question, dated=False)
        for event in (events_of(document, frozenset(question.pair)) if question.pair else document.events)
        if question.kind in (None, event.type)
        and (question.country is None or question.country in event.parties)
        and _on_topic(event.topics, question)
        and is_within(event.date, question.since, question.until)
    ]
    found.sort(key=lambda f: (f[1].date is None, f[1].date or "", *_order(f[0]), f[1].evidence.start))
    return [_event_row(document, event) for document, event in _told_once(found)]


def _event_row(document: Document, event: Event) -> Row:
    e = event
    return {
        "type": e.type, "stage": e.stage, "date": e.date, "date_end": e.date_end, "date_basis": e.date_basis, "date_text": e.date_text,
        "parties": list(e.parties), "people": list(e.people), "bodies": list(e.bodies), "place": e.place, "place_country": e.place_country,
        "modality": e.modality, "amount": e.amount.value if e.amount else None, "currency": e.amount.currency if e.amount else None,
        "topics": list(e.topics), "digital": e.digital, **_source(document, e.evidence, "events"),
    }  # fmt: skip


def _statements(documents: Sequence[Document], question: Question) -> list[Row]:
    found = [
        (document, statement)
        for document in _pages(documents, question)
        for statement in (statements_of(document, frozenset(question.pair)) if question.pair else document.statements)
        if question.kind in (None, statement.kind)
        and (question.country is None or statement.country == question.country)
        and _on_topic(statement.topics, question)
    ]
    return [_statement_row(document, statement) for document, statement in _told_once(_by_page(found))]


def _statement_row(document: Document, statement: Statement) -> Row:
    s = statement
    return {
        "kind": s.kind, "speaker": s.speaker, "country": s.country, "on_behalf_of": s.on_behalf_of, "toward": s.toward,
        "reported": s.reported, "deliverable": s.deliverable, "due": s.due, "amount": s.amount.value if s.amount else None,
        "currency": s.amount.currency if s.amount else None, "topics": list(s.topics), **_source(document, s.evidence, "statements"),
    }  # fmt: skip


def _indicators(documents: Sequence[Document], question: Question) -> list[Row]:
    found = [
        (document, indicator)
        for document in _pages(documents, question)
        if _on_topic(document.topics, question)
        for indicator in document.indicators
        if _is_of(document, indicator.country, question)
    ]
    return [_indicator_row(document, indicator) for document, indicator in _told_once(_by_page(found))]


def _indicator_row(document: Document, indicator: Indicator) -> Row:
    i = indicator
    return {
        "name": i.name, "publisher": i.publisher, "comparator": i.comparator, "value": i.value, "unit": i.unit, "country": i.country,
        "year": i.year, "group": i.group, "claimant": i.claimant, **_source(document, i.evidence, "indicators"),
    }  # fmt: skip


def _pairs(documents: Sequence[Document], question: Question) -> list[Row]:
    found = [
        (document, pair)
        for document in _pages(documents, question)
        if _on_topic(document.topics, question)
        for pair in document.pairs
        if (question.country is None or question.country in (pair.a, pair.b))
        and (question.pair is None or {pair.a, pair.b} == set(question.pair))
    ]
    rows: list[Row] = []
    for group in group_equal(found, lambda f: (f[1].a, f[1].b)):
        document, pair = max(group, key=lambda f: _recency(f[0]))
        witnesses = find_witnesses(d for d, _ in group)
        pages = {d.id: d for d, _ in group if witnesses[d.id] == d.id}
        events = sum({pair.a, pair.b} <= set(e.parties) for d in pages.values() for e in d.events)
        head: Row = {"a": pair.a, "b": pair.b, "pages": count_witnesses(d for d, _ in group), "events": events}
        rows.append(head | _span_of_dates(group) | _source(document, pair.evidence, "pairs"))
    return sorted(rows, key=lambda row: (-int(str(row["pages"])), str(row["a"]), str(row["b"])))


def _documents(documents: Sequence[Document], question: Question) -> list[Row]:
    found = [
        d
        for d in _pages(documents, question)
        if _on_topic(d.topics, question) and (question.country is None or any(question.country in (p.a, p.b) for p in d.pairs))
    ]
    return [
        {
            "id": d.id, "title": d.title, "lang": d.lang, "outlet": d.outlet, "agency": d.agency, "section": d.section,
            "published": d.published, "published_basis": d.published_basis, "relevant": d.relevant, "relevance": d.relevance,
            "pairs": [f"{a}-{b}" for a, b in sorted({(p.a, p.b) for p in d.pairs})], "topics": list(d.topics), "people": len(d.people),
            "bodies": len(d.bodies), "events": len(d.events), "statements": len(d.statements), "indicators": len(d.indicators),
            "rights": d.rights, "invented": d.invented, "path": d.path, "url": d.url, "copy_of": d.copy_of,
        }
        for d in sorted(found, key=_order)
    ]  # fmt: skip


Fact = TypeVar("Fact", Statement, Indicator)


def _by_page(found: Iterable[tuple[Document, Fact]]) -> list[tuple[Document, Fact]]:
    return sorted(found, key=lambda f: (*_order(f[0]), f[1].evidence.start))


def _order(document: Document) -> tuple[bool, str, str]:
    return document.published is None, document.published or "", document.id


def _source(document: Document, evidence: Evidence, layer: FactLayer) -> Row:
    """Return the columns that every row ends with: its words, their sentence (not of a protected page), the page."""
    d = document
    proof = prove(d, evidence, 1, layer)
    return {
        "quote": evidence.quote, "sentence": proof.sentence, "title": d.title, "outlet": d.outlet, "published": d.published,
        "invented": d.invented, "source": d.id, "start": evidence.start, "end": evidence.end, "path": d.path, "url": d.url,
        "judged": tell_judged(proof.judged),
    }  # fmt: skip
