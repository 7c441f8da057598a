"""What an export takes along: the pages asked for, and what they tell, each event, person and body once, however many pages name it.

>>> parcel = pack_parcel(store, Wanted(pair=("MA", "OM")))
>>> parcel.events[0].parties, parcel.entities[parcel.events[0].people[0]].name
(('MA', 'OM'), 'حواء عثمان')
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from mithaq.answers.gather import events_of, is_about, statements_of
from mithaq.answers.merge import distinct
from mithaq.answers.sources import PROTECTED, find_witnesses
from mithaq.follow.status import find_status
from mithaq.model import Amount, Body, Document, Event, Evidence, Group, Indicator, Person, Programme, Statement
from mithaq.model.fact import Fact, list_facts
from mithaq.model.happening import Status, Thread
from mithaq.model.vocabulary import DateBasis, EventType, Language, Modality, PartRole, Stage, Topic
from mithaq.model.world import KIND_OF, EntityKind, EntityList, EntityName, naming_key
from mithaq.store import Filter, Store

_DIGITS = 12
_LETTERS: dict[str, str] = {"people": "p", "bodies": "b", "programmes": "g", "events": "h", "statements": "s", "indicators": "f"}
_LATER = "9999"
Named = Person | Body | Programme


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken along. Dates bound the day of publication of pages, ends included; ``lang`` is the language of pages;
    ``min_confidence`` is how sure a fact must be, 0 to 1 (what was never rated goes along).

    Raises QuestionError for a pair of one side, or a date written otherwise.
    """

    pair: tuple[str, str] | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    lang: Language | None = None
    everything: bool = False
    min_confidence: float = 0.0

    def __post_init__(self) -> None:
        Filter(pair=self.pair, since=self.since, until=self.until)  # its checks are ours

    @property
    def sides(self) -> frozenset[str]:
        """Return the sides asked for; none when all are."""
        return frozenset(self.pair or ((self.country,) if self.country else ()))


class SentEntity(msgspec.Struct, frozen=True, kw_only=True):
    """A person, body or programme once: its names, the commonest first, and how each page names it."""

    id: str
    kind: EntityKind
    names: tuple[EntityName, ...]
    country: str | None
    pages: tuple[Document, ...]
    namings: tuple[Named, ...]

    @property
    def name(self) -> str:
        """The name to show."""
        return self.names[0].name

    @property
    def others(self) -> tuple[str, ...]:
        """Return its other names, each once."""
        return tuple(name for name in distinct(n.name for n in self.names) if name != self.name)

    @property
    def roles(self) -> tuple[str, ...]:
        """Return a person's offices as printed, each once."""
        return distinct(n.role for n in self.namings if isinstance(n, Person))

    @property
    def code(self) -> str | None:
        """Return a body's code on the closed list of organisations."""
        return next((n.code for n in self.namings if isinstance(n, Body) and n.code), None)

    @property
    def body_kind(self) -> str:
        """Return a body's kind, the commonest one; "other" for whatever is no body."""
        kinds = [n.kind for n in self.namings if isinstance(n, Body)]
        return max(sorted(set(kinds)), key=kinds.count) if kinds else "other"


class Took(NamedTuple):
    """In which role an entity took part."""

    entity: str
    role: PartRole


class Report(NamedTuple):
    """One page's telling of an event: the page, and the event as it tells it."""

    page: Document
    event: Event


class SentEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A happening once, with all pages that tell it, the first published first. ``people`` and ``bodies`` are ids of entities.

    ``differs`` names the fields in which the pages do not say the same, ``thread`` the matter over time of which it is a step.
    """

    id: str
    type: EventType
    reports: tuple[Report, ...]
    stage: Stage | None = None
    parties: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    roles: tuple[Took, ...] = ()
    place: str | None = None
    place_country: str | None = None
    date: str | None = None
    date_end: str | None = None
    date_basis: DateBasis | None = None
    date_text: str | None = None
    groups: tuple[Group, ...] = ()
    modality: Modality | None = None
    amount: Amount | None = None
    topics: tuple[Topic, ...] = ()
    digital: bool = False
    differs: tuple[str, ...] = ()
    thread: str | None = None


class SentStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A statement once, with the pages that report it, the first published first, and the entity that speaks where it is known."""

    id: str
    reports: tuple[tuple[Document, Statement], ...]
    speaker: str | None = None
    thread: str | None = None

    @property
    def page(self) -> Document:
        """Return the page that reported it first."""
        return self.reports[0][0]

    @property
    def statement(self) -> Statement:
        """Return it in the words of that page."""
        return self.reports[0][1]


class SentFigure(msgspec.Struct, frozen=True, kw_only=True):
    """A cited figure once, with the pages that repeat each other word by word."""

    id: str
    reports: tuple[tuple[Document, Indicator], ...]

    @property
    def page(self) -> Document:
        """Return the page that cited it first."""
        return self.reports[0][0]

    @property
    def figure(self) -> Indicator:
        """Return it as that page cites it."""
        return self.reports[0][1]


class SentThread(msgspec.Struct, frozen=True, kw_only=True):
    """A matter over time of which something leaves, and how it stands as far as the pages of the workspace tell.

    ``subject`` is None where it could be the words of a page that is protected.
    """

    thread: Thread
    status: Status
    subject: str | None


class Parcel(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that an export may carry; ``entities`` by id, people first."""

    pages: tuple[Document, ...]
    events: tuple[SentEvent, ...]
    statements: tuple[SentStatement, ...]
    figures: tuple[SentFigure, ...]
    entities: Mapping[str, SentEntity]
    threads: tuple[SentThread, ...] = ()

    @property
    def said(self) -> tuple[SentStatement | SentFigure, ...]:
        """Return statements, then figures."""
        return (*self.statements, *self.figures)

    def of_kind(self, kind: EntityKind) -> tuple[SentEntity, ...]:
        """Return the entities of a kind."""
        return tuple(entity for entity in self.entities.values() if entity.kind == kind)


def pack_parcel(store: Store, wanted: Wanted = Wanted()) -> Parcel:  # noqa: B008  (frozen)
    """Return what the workspace holds of what is wanted, in an order that depends on the content alone."""
    narrow = Filter(
        country=wanted.pair[0] if wanted.pair else wanted.country,
        since=wanted.since, until=wanted.until, lang=wanted.lang, relevant=not wanted.everything,
    )  # fmt: skip
    pages = [d for d in store.documents(narrow) if not wanted.pair or is_about(d, frozenset(wanted.pair))]
    witnesses = find_witnesses(pages)
    who = _Who(store, pages)
    told: dict[str, list[tuple[Document, Fact]]] = {}
    for page in pages:
        asked = {id(fact) for fact in _asked_of(page, wanted) if fact.confidence is None or fact.confidence >= wanted.min_confidence}
        for fact in list_facts(page):
            if id(fact.value) in asked:
                told.setdefault(_name(store, fact, page, witnesses[page.id]), []).append((page, fact))
    events: list[SentEvent] = []
    statements: list[SentStatement] = []
    figures: list[SentFigure] = []
    for name, group in told.items():
        group.sort(key=lambda one: (one[0].published or _LATER, one[0].id, one[1].evidence))
        values = [(page, fact.value) for page, fact in group]
        reports = [Report(page, value) for page, value in values if isinstance(value, Event)]
        said = tuple((page, value) for page, value in values if isinstance(value, Statement))
        cited = tuple((page, value) for page, value in values if isinstance(value, Indicator))
        if reports:
            events.append(_as_known(store, _event(name, reports, who)))
        elif said:
            speaker = next((one for page, value in said if (one := who.called(page, value.speaker))), None)
            statements.append(SentStatement(id=name, reports=said, speaker=speaker, thread=_thread(store, name)))
        else:
            figures.append(SentFigure(id=name, reports=cited))
    named = {i for e in events for i in (*e.people, *e.bodies, *(took.entity for took in e.roles))} | {s.speaker for s in statements}
    return Parcel(
        pages=tuple(pages),
        events=tuple(sorted(events, key=lambda e: (e.date is None, e.date or "", e.id))),
        statements=tuple(statements),
        figures=tuple(figures),
        threads=_threads(store, (*events, *statements), pages),
        entities=who.entities(lambda e: not wanted.sides or e.id in named or bool(wanted.sides & {e.country, e.code})),
    )


def short_id(letter: str, *parts: object) -> str:
    """Return an id made of what it stands for: the same parts give the same id."""
    return letter + hashlib.sha256("#".join(map(str, parts)).encode()).hexdigest()[:_DIGITS]


def _name(store: Store, fact: Fact, page: Document, witness: str) -> str:
    """Return the id of what a fact tells: that of its happening; else one made of its words, which a copy of the page has as well."""
    happening = store.happening_of(page.id, fact.layer, fact.number) if fact.layer in ("events", "statements") else None
    return happening or short_id(_LETTERS[fact.layer], witness, fact.kind, fact.evidence.quote, *fact.key.split("#")[1:])


def _thread(store: Store, name: str) -> str | None:
    """Return the thread in which a happening is a step; the first of several."""
    return next(iter(store.threads_of(name)), None)


def _threads(store: Store, told: Sequence[SentEvent | SentStatement], pages: Sequence[Document]) -> tuple[SentThread, ...]:
    """Return the threads of which any of these is a step, by id."""
    searched = store.searched()
    rights = {page.id: page.rights for page in pages}
    sent = []
    for name in sorted({one.thread for one in told if one.thread}):
        thread = store.thread(name)
        sources = {source.document for step in thread.steps for source in step.sources}
        closed = any((rights[page] if page in rights else store.document(page).rights) == PROTECTED for page in sources)
        sent.append(SentThread(thread=thread, status=find_status(thread, *searched), subject=None if closed else thread.subject))
    return tuple(sent)


def _asked_of(page: Document, wanted: Wanted) -> list[Event | Statement | Indicator]:
    """Return the facts of a page that belong to the sides asked for."""
    if wanted.pair:
        pair = frozenset(wanted.pair)
        figures = [i for i in page.indicators if i.country in pair]
        return [*events_of(page, pair), *statements_of(page, pair), *figures]
    side = wanted.country
    return [
        *(e for e in page.events if side is None or side in e.parties),
        *(s for s in page.statements if side is None or side in (s.country, s.toward)),
        *(i for i in page.indicators if side is None or side == i.country),
    ]


def _event(name: str, reports: Sequence[Report], who: _Who) -> SentEvent:
    """Join the reports of one happening: the best dated one leads, what it leaves open another may say."""
    best = min(reports, key=lambda r: -len(r.event.date or ""))
    events = [best.event, *(r.event for r in reports if r is not best)]
    took = [Took(entity, part.role) for r in reports for part in r.event.roles if (entity := who.called(r.page, part.name))]
    return SentEvent(
        id=name,
        type=best.event.type,
        reports=tuple(reports),
        stage=next((e.stage for e in events if e.stage), None),
        parties=tuple(sorted({party for e in events for party in e.parties})),
        people=distinct(who.called(r.page, printed) for r in reports for printed in r.event.people),
        bodies=distinct(who.called(r.page, printed) for r in reports for printed in r.event.bodies),
        roles=tuple(dict.fromkeys(took)),
        place=next((e.place for e in events if e.place), None),
        place_country=next((e.place_country for e in events if e.place_country), None),
        date=best.event.date,
        date_end=next((e.date_end for e in events if e.date_end), None),
        date_basis=best.event.date_basis,
        date_text=next((e.date_text for e in events if e.date_text), None),
        groups=next((e.groups for e in events if e.groups), ()),
        modality=next((e.modality for e in events if e.modality), None),
        amount=next((e.amount for e in events if e.amount), None),
        topics=distinct(topic for e in events for topic in e.topics),
        digital=any(e.digital for e in events),
        differs=tuple(field for field in ("stage", "date", "place", "amount") if len({getattr(e, field) for e in events} - {None}) > 1),
    )


def _as_known(store: Store, event: SentEvent) -> SentEvent:
    """Return the event as ``mithaq events`` shows it, when all of its reports are taken along; else as those that are tell it."""
    known = store.happenings_of([event.id]).get(event.id)
    if known is None or len(known.sources) != len(event.reports):
        return replace(event, thread=_thread(store, event.id))
    return replace(
        event,
        stage=known.stage,
        parties=known.parties,
        place=known.place,
        place_country=known.place_country,
        date=known.date,
        date_end=known.date_end,
        differs=tuple(difference.field for difference in known.differences),
        thread=_thread(store, event.id),
    )


def words_of(said: SentStatement | SentFigure) -> tuple[tuple[Document, Evidence], ...]:
    """Return the pages that report something, with the words on which it rests there."""
    return tuple((page, value.evidence) for page, value in said.reports)


class _Who:
    """Who is named on the pages, by the entities of the workspace; whoever is not resolved yet stands alone."""

    def __init__(self, store: Store, pages: Sequence[Document]) -> None:
        self._store = store
        self._named: dict[str, list[tuple[Document, Named]]] = {}
        self._called: dict[tuple[str, str], str] = {}
        for page in pages:
            for layer, item, naming in _namings(page):
                first = naming.mentions[0]
                key = naming_key(page.id, KIND_OF[layer], first.start, first.end)
                entity = store.entity_of(page.id, layer, item) or short_id(_LETTERS[layer], key, item)
                self._named.setdefault(entity, []).append((page, naming))
                for name in () if isinstance(naming, Programme) else (naming.name, *naming.names):
                    self._called.setdefault((page.id, name), entity)

    def called(self, page: Document, name: str | None) -> str | None:
        """Return the entity that a page calls so; None when it names no such person or body."""
        return self._called.get((page.id, name)) if name else None

    def entities(self, is_wanted: Callable[[SentEntity], bool]) -> dict[str, SentEntity]:
        """Return the entities wanted by id: people, bodies, programmes, each by name."""
        every = [entity for entity in map(self._entity, self._named) if is_wanted(entity)]
        order = list(KIND_OF.values())
        return {e.id: e for e in sorted(every, key=lambda e: (order.index(e.kind), e.name, e.id))}

    def _entity(self, entity_id: str) -> SentEntity:
        known, named = self._store.entity(entity_id), self._named[entity_id]
        pages, namings = tuple(page for page, _ in named), tuple(naming for _, naming in named)
        page, first = named[0]
        kind: EntityKind = "person" if isinstance(first, Person) else "body" if isinstance(first, Body) else "programme"
        names = known.names if known else tuple(EntityName(name, page.lang) for name in distinct((first.name, *_names(first))))
        country = known.country if known else first.country
        return SentEntity(id=entity_id, kind=kind, names=names, country=country, pages=pages, namings=namings)


def _names(naming: Named) -> tuple[str, ...]:
    return () if isinstance(naming, Programme) else naming.names


def _namings(page: Document) -> Iterator[tuple[EntityList, int, Named]]:
    """Yield the people, bodies and programmes of a page with their list and their place in it."""
    yield from (("people", n, person) for n, person in enumerate(page.people))
    yield from (("bodies", n, body) for n, body in enumerate(page.bodies))
    yield from (("programmes", n, programme) for n, programme in enumerate(page.programmes))
