"""Before a meeting: who they are, what was said last, what is open both ways, what to be careful with, and what to ask.

>>> meeting = prepare_meeting(store, find_guest(store, lexicon, "هديل القضاة"), "MR", "2026-06-01", schedule_of)
>>> meeting.questions[0].proofs[0].quote

Only pages published up to the day of the meeting are used, and undated ones; what came later is left out, as if nobody knew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from mithaq.answers.agree import agree_on_sides
from mithaq.answers.claims import find_conflicts
from mithaq.answers.entity import Held, Named, offices_of
from mithaq.answers.gather import events_of, figure_lines, is_about, person_lines, statement_line, statements_of
from mithaq.answers.known import know
from mithaq.answers.lines import EventLine, FigureLine, PersonLine, StatementLine
from mithaq.answers.merge import group_equal
from mithaq.answers.sides import read_side
from mithaq.answers.sources import Proof, Source, Sources
from mithaq.answers.tellings import Telling
from mithaq.answers.timeline import event_lines
from mithaq.errors import QuestionError
from mithaq.lexicon import Lexicon
from mithaq.model import Document, Event, Statement
from mithaq.model.happening import COMMITMENT, Schedule, Step, Thread
from mithaq.model.happening import Source as Report
from mithaq.model.reference import is_impossible
from mithaq.model.world import LIST_OF, Entity
from mithaq.store.browse import Narrow
from mithaq.store.store import Filter, Store, check_date
from mithaq.text.fold import fold_text
from mithaq.text.moments import last_day

_MOST_NEEDS = 6  # that a briefing asks about, the last ones told
_MOST_PAGES = 200  # of an entity, or of a country met by nobody in particular
_OPEN: tuple[Schedule, ...] = ("overdue", "due", "open")
_ANSWERS = ("offer", "commitment")
Why = Literal["conflict", "impossible", "no_year", "no_publisher"]
Ask = Literal["overdue", "due", "undated", "ready", "need", "own_need", "conflict", "edition"]
# Says how a plan or promise stands: the step, its thread, and the last day of which the pages tell (``follow.status.schedule_of``).
Judge = Callable[[Step, Thread, str | None], Schedule]


class Guest(msgspec.Struct, frozen=True):
    """Whom one meets: a country or organisation by its code, or a person, body or programme with the code of its side."""

    side: str | None
    entity: Entity | None = None


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """Something promised or planned whose outcome no page tells by that day; ``by`` is the side that promised, None: several or unknown."""

    line: StatementLine | EventLine
    by: str | None
    due: str | None
    schedule: Schedule
    thread: str

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Return the words of it."""
        return self.line.proofs


class Doubt(msgspec.Struct, frozen=True):
    """Cited figures to be careful with, and why: pages contradict each other, the value cannot be, edition or publisher are not told."""

    why: Why
    lines: tuple[FigureLine, ...]

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Return the words of all of them."""
        return tuple(proof for line in self.lines for proof in line.proofs)


class Question(msgspec.Struct, frozen=True):
    """Something to ask, or to be ready for, and what gives rise to it."""

    ask: Ask
    about: Promise | StatementLine | Doubt

    @property
    def proofs(self) -> tuple[Proof, ...]:
        """Return the words that give rise to it."""
        return self.about.proofs


class Meeting(msgspec.Struct, frozen=True, kw_only=True):
    """All that a briefing shows. ``host`` is our side, None when it is not told; ``until`` the last day of which the pages tell."""

    guest: Guest
    host: str | None
    on: str
    offices: tuple[Held, ...]
    mentions: tuple[Proof, ...]
    people: tuple[PersonLine, ...]
    said: tuple[StatementLine, ...]
    promises: tuple[Promise, ...]
    needs: tuple[StatementLine, ...]
    offers: tuple[StatementLine, ...]
    happenings: tuple[EventLine, ...]
    doubts: tuple[Doubt, ...]
    questions: tuple[Question, ...]
    sources: Mapping[str, Source]
    searched: int
    until: str | None

    @property
    def sides(self) -> tuple[str, ...]:
        """Return both sides, ours last, as far as they are known."""
        return tuple(side for side in (self.guest.side, self.host) if side)


def find_guest(store: Store, lexicon: Lexicon, words: str) -> Guest:
    """Return whom some words name: a country or organisation, else a person, body or programme by name or id.

    Raises QuestionError when nobody is called so, or several are.
    """
    if not words.strip():
        raise QuestionError("name whom you meet: a person, a body, a country or an organisation", "wrong.no_guest")
    try:
        return Guest(read_side(words, lexicon))
    except QuestionError:
        entity = store.find_entity(words)
    return Guest(entity.country, entity)


def find_host(store: Store, lexicon: Lexicon, words: str) -> str:
    """Return the side on whose behalf one meets: a country or organisation, or that of a body or person by name or id.

    Raises QuestionError as :func:`find_guest` does, or when no page tells the side of who is named.
    """
    found = find_guest(store, lexicon, words)
    if found.side is None:
        raise QuestionError(f"no page tells for which side {words!r} stands; name a country or organisation", "wrong.no_side", value=words)
    return found.side


def prepare_meeting(store: Store, guest: Guest, host: str | None, on: str, judge: Judge) -> Meeting:
    """Return what to know before meeting *guest* on a day (YYYY-MM-DD; of a month or year its last) on behalf of *host*.

    Raises QuestionError when host and guest are the same side, or the day is none.
    """
    check_date("on", on)
    on = last_day(on)
    if host is not None and host == guest.side and guest.entity is None:
        raise QuestionError(f"a meeting needs two different sides, and both are {host}; name another one with --with", "wrong.same_side")
    host = None if host == guest.side else host
    gatherer = _Gatherer(store, guest, host, on)
    number, until = store.searched()
    until = min(filter(None, (until, on)), default=None)
    promises = tuple(gatherer.promises(judge, until))
    said, happenings = gatherer.said(), gatherer.happenings()
    doubts = tuple(find_doubts(gatherer.figures()))
    meeting = Meeting(
        guest=guest, host=host, on=on,
        offices=gatherer.offices(), mentions=gatherer.mentions(), people=gatherer.people(),
        said=said, promises=promises,
        needs=tuple(s for s in gatherer.statements if s.kind == "need"),
        offers=tuple(s for s in gatherer.statements if s.kind == "offer"),
        happenings=happenings, doubts=doubts, questions=(),
        sources={source.document: source for source in gatherer.sources.list},
        searched=number, until=until,
    )  # fmt: skip
    return replace(meeting, questions=tuple(find_questions(meeting)))


class _Gatherer:
    """Collects the pages of a meeting once, and draws all lines out of them."""

    def __init__(self, store: Store, guest: Guest, host: str | None, on: str) -> None:
        self._store, self._guest, self._on = store, guest, on
        self._sides = frozenset(side for side in (guest.side, host) if side)
        self._own: dict[str, list[Named]] = {}
        self._threads = [cut for thread in store.threads() if self._concerns(thread) and (cut := self._as_known(thread))]
        pages = {page.id: page for page in (*self._of_entity(), *self._of_sides(), *self._of_threads())}
        self.sources = Sources(pages.values())
        self._pages = agree_on_sides(self.sources.documents)
        self._compared = know(store, self.sources.documents)
        self._known = {page.id: page for page in self._pages}
        found = [(page, s) for page in self._pages for s in self._statements_on(page)]
        groups = group_equal(found, lambda f: (f[1].kind, fold_text(f[1].evidence.quote)))
        self.statements = tuple(statement_line(number, group, self.sources) for number, group in enumerate(groups, start=1))

    def _is_known(self, published: str | None) -> bool:
        """Say whether a page was there on the day of the meeting; of one without a date nobody can tell."""
        return published is None or published <= self._on

    def _of_entity(self) -> Iterator[Document]:
        entity = self._guest.entity
        if entity is None:
            return
        for source, item, _ in self._store.pages_of_entity(entity.id, entity.kind, limit=_MOST_PAGES):
            page = self._store.document(source)
            listed: Sequence[Named] = getattr(page, LIST_OF[entity.kind])
            # A page read anew since may name fewer.
            if self._is_known(page.published) and item < len(listed):
                self._own.setdefault(page.id, []).append(listed[item])
                yield page

    def _of_sides(self) -> Iterator[Document]:
        if len(self._sides) == 2:
            wanted = Filter(country=self._guest.side, relevant=True)
            yield from (d for d in self._store.documents(wanted) if self._is_known(d.published) and is_about(d, self._sides))
        elif self._guest.entity is None:
            narrow = Narrow(country=self._guest.side, until=self._on, relevant=True)
            rows = self._store.browse("documents", narrow, limit=_MOST_PAGES).rows
            yield from (self._store.document(str(row["id"])) for row in rows)

    def _of_threads(self) -> Iterator[Document]:
        for document in {report.document for thread in self._threads for step in thread.steps for report in step.sources}:
            yield self._store.document(document)

    def _concerns(self, thread: Thread) -> bool:
        if self._sides:
            return self._sides <= set(thread.parties)
        names = {name.name for name in self._guest.entity.names} if self._guest.entity else set[str]()
        return bool(names & {*thread.people, *thread.bodies})

    def _as_known(self, thread: Thread) -> Thread | None:
        """Return a thread as it was known on the day of the meeting; None when no page told of it by then."""
        steps = []
        for step in thread.steps:
            told = tuple(r for r in step.sources if self._is_known(r.published) and r.gone is None)
            if told:
                steps.append(replace(step, sources=told))
        kept = {step.happening for step in steps}
        cut = tuple(s if s.outcome is None or s.outcome.happening in kept else replace(s, outcome=None) for s in steps)
        return replace(thread, steps=cut) if cut else None

    def _statements_on(self, page: Document) -> Iterator[Statement]:
        about = len(self._sides) == 2 and is_about(page, self._sides)
        ours = {id(s) for s in statements_of(page, self._sides)} if about else set[int]()
        names = self._names_on(page)
        side = self._guest.side if len(self._sides) == 1 and self._guest.entity is None else None
        for statement in page.statements:
            by_guest = bool(names & {statement.speaker, statement.on_behalf_of})
            if id(statement) in ours or by_guest or (side is not None and side in (statement.country, statement.toward)):
                yield statement

    def _names_on(self, page: Document) -> set[str | None]:
        return {name for named in self._own.get(page.id, ()) for name in (named.name, *getattr(named, "names", ()))}

    def offices(self) -> tuple[Held, ...]:
        """Return the offices that pages give the person one meets."""
        return offices_of([(self._known[id], named) for id, every in self._own.items() for named in every], self.sources)

    def mentions(self) -> tuple[Proof, ...]:
        """Return where pages name the one whom one meets, the newest page first."""
        layer = LIST_OF[self._guest.entity.kind] if self._guest.entity else "people"
        pages = sorted(self._own, key=lambda id: self._known[id].published or "", reverse=True)
        return tuple(self.sources.proof(self._known[id], self._own[id][0].mentions[0], layer) for id in pages)

    def people(self) -> tuple[PersonLine, ...]:
        """Return the people of the side that one meets, when no one of them is named."""
        if self._guest.entity is not None or self._guest.side is None:
            return ()
        lines = person_lines(self._pages, self._sides, self.sources, self._compared)
        return tuple(line for line in lines if line.country == self._guest.side and line.offices)

    def said(self) -> tuple[StatementLine, ...]:
        """Return what the one whom one meets said, or their side, the last first."""
        names = {name for page in self._pages for name in self._names_on(page)}
        by_guest = [s for s in self.statements if s.speaker in names or s.on_behalf_of in names]
        by_side = [s for s in self.statements if s.country is not None and s.country == self._guest.side]
        return tuple(sorted(by_guest or by_side, key=lambda s: s.said_on or "", reverse=True))

    def happenings(self) -> tuple[EventLine, ...]:
        """Return what happened between the sides, or with the one whom one meets, the last first, those without a date at the end."""
        wanted = ((page, event) for page in self._pages for event in page.events if self._wants(page, event))
        told = (Telling(page, event, self._compared.happening(page, event)) for page, event in wanted)
        lines = event_lines(told, self.sources)
        return tuple(sorted(lines, key=lambda line: line.date or "", reverse=True))

    def _wants(self, page: Document, event: Event) -> bool:
        if len(self._sides) == 2:
            return is_about(page, self._sides) and any(event is e for e in events_of(page, self._sides))
        names = self._names_on(page)
        if self._guest.entity is not None:
            return bool(names & {*event.people, *event.bodies})
        return self._guest.side in event.parties

    def figures(self) -> tuple[FigureLine, ...]:
        """Return the figures that are cited of the sides."""
        return figure_lines(self._pages, self._sides, self.sources) if self._sides else ()

    def promises(self, judge: Judge, until: str | None) -> Iterator[Promise]:
        """Yield the plans and promises whose outcome is not told, the latest first of those that are late."""
        found = []
        for thread in self._threads:
            for step in thread.steps:
                schedule = judge(step, thread, until)
                promise = self._promise(step, thread, schedule) if schedule in _OPEN else None
                if promise is not None:
                    found.append(promise)
        # One sentence may be read as a promise and as a plan; it is asked about once.
        promised = [proof for promise in found if isinstance(promise.line, StatementLine) for proof in promise.proofs]
        told = [p for p in found if isinstance(p.line, StatementLine) or not _overlap(p.proofs, promised)]
        yield from sorted(told, key=lambda p: (_OPEN.index(p.schedule), p.due or "9999", p.thread))

    def _promise(self, step: Step, thread: Thread, schedule: Schedule) -> Promise | None:
        pages = [(self._known[report.document], report) for report in step.sources]
        if step.type == COMMITMENT:
            group = [(page, fact) for page, report in pages for fact in page.statements if _is_told(fact, report)]
            if not group:  # judged since, and not resolved again
                return None
            said = statement_line(1, group, self.sources)
            return Promise(line=said, by=said.country, due=step.date or step.due, schedule=schedule, thread=thread.id)
        tellings = [Telling(page, fact) for page, report in pages for fact in page.events if _is_told(fact, report)]
        if not tellings:
            return None
        (line,) = event_lines(tellings[:1], self.sources)
        return Promise(line=line, by=None, due=step.date or step.due, schedule=schedule, thread=thread.id)


def _overlap(some: Iterable[Proof], others: Iterable[Proof]) -> bool:
    listed = list(others)
    return any(a.document == b.document and a.start < b.end and b.start < a.end for a in some for b in listed)


def _is_told(fact: Statement | Event, report: Report) -> bool:
    """Say whether a fact of a page is what a report tells: its place among others may have changed, its words have not."""
    kind = fact.type if isinstance(fact, Event) else fact.kind
    return (fact.evidence.start, fact.evidence.end) == (report.evidence.start, report.evidence.end) and (
        (kind == COMMITMENT) == (report.list == "statements")
    )


def find_doubts(lines: Sequence[FigureLine]) -> Iterator[Doubt]:
    """Yield what to be careful with among cited figures, the gravest first; each figure once."""
    conflicts = find_conflicts(tuple(lines))
    shown = {line.key for conflict in conflicts for line in conflict.lines}
    yield from (Doubt("conflict", conflict.lines) for conflict in conflicts)
    for why, holds in _DOUBTS:
        for line in lines:
            if line.key not in shown and holds(line):
                shown.add(line.key)
                yield Doubt(why, (line,))


def _is_measure(line: FigureLine) -> bool:
    """Say whether a figure is of those that somebody publishes in editions: a share, a rank, points; a sum or a length is not."""
    return line.unit in ("%", "rank", "points")


_DOUBTS: tuple[tuple[Why, Callable[[FigureLine], bool]], ...] = (
    ("impossible", lambda line: is_impossible(line.value, line.unit)),
    ("no_year", lambda line: _is_measure(line) and line.year is None),
    ("no_publisher", lambda line: _is_measure(line) and line.publisher is None and not line.claimants),
)


def find_questions(meeting: Meeting) -> Iterator[Question]:
    """Yield what to ask: about promises, then needs, then figures; what the others may ask of us stands among the promises."""
    for promise in meeting.promises:
        if meeting.host is not None and promise.by == meeting.host:
            yield Question("ready", promise)
        elif promise.schedule == "overdue":
            yield Question("overdue", promise)
        else:
            yield Question("due" if promise.due else "undated", promise)
    answers = [s for s in (*meeting.offers, *(p.line for p in meeting.promises)) if isinstance(s, StatementLine) and s.kind in _ANSWERS]
    unanswered = [need for need in meeting.needs if need.country in meeting.sides and not is_answered(need, answers)]
    for need in sorted(unanswered, key=lambda need: need.said_on or "", reverse=True)[:_MOST_NEEDS]:
        yield Question("own_need" if need.country == meeting.host else "need", need)
    for doubt in meeting.doubts:
        if doubt.why in ("conflict", "no_year"):
            yield Question("conflict" if doubt.why == "conflict" else "edition", doubt)


def is_answered(need: StatementLine, answers: Iterable[StatementLine]) -> bool:
    """Say whether another side offered or promised something on one of the need's topics, not before it was told."""
    return any(
        answer.country != need.country
        and set(answer.topics) & set(need.topics)
        and (answer.said_on is None or need.said_on is None or answer.said_on >= need.said_on)
        for answer in answers
    )
