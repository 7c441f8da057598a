"""The dossier of two countries: all that the pages at hand show of their digital cooperation, every line with its words.

>>> dossier = build_dossier(documents, ("MA", "OM"))
>>> dossier.glance.pages, dossier.exchanges[0].needs[0].proofs[0].quote
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from mithaq.answers.agree import agree_on_sides
from mithaq.answers.gaps import Gap, find_gaps
from mithaq.answers.gather import (
    body_lines,
    events_of,
    figure_lines,
    is_about,
    person_lines,
    programme_lines,
    statement_lines,
)
from mithaq.answers.known import Knower, know_nothing
from mithaq.answers.lines import BodyLine, EventLine, FigureLine, PersonLine, ProgrammeLine, StatementLine
from mithaq.answers.sources import Proof, Source, Sources
from mithaq.answers.tellings import Telling
from mithaq.answers.timeline import event_lines
from mithaq.errors import QuestionError
from mithaq.model import Document
from mithaq.model.vocabulary import STAGES, Stage, StatementKind, Topic
from mithaq.model.world import EntityName


class Glance(msgspec.Struct, frozen=True, kw_only=True):
    """The dossier in one look. ``first`` and ``last`` say when its pages were published, as far as they tell (YYYY[-MM[-DD]]).

    ``topics`` are (topic, number of pages), most frequent first; ``latest`` is the last dated event that was not merely planned.
    """

    pages: int
    invented_pages: int = 0
    first: str | None = None
    last: str | None = None
    topics: tuple[tuple[Topic, int], ...] = ()
    latest: EventLine | None = None


class Exchange(msgspec.Struct, frozen=True, kw_only=True):
    """What one side lacks beside what the other puts on the table; both None: the text names no side."""

    needing: str | None
    offering: str | None
    needs: tuple[StatementLine, ...]
    offers: tuple[StatementLine, ...]
    shared: tuple[Topic, ...] = ()


class AgreementStage(msgspec.Struct, frozen=True, kw_only=True):
    """The agreements that the pages report at one stage; None: the text gives no stage."""

    stage: Stage | None
    agreements: tuple[EventLine, ...]


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """Everything on one pair. ``timeline`` holds dated events in order, ``undated`` those whose day the text leaves open.

    ``names``: a printed name to all names of who it means, for readers of another language.
    """

    pair: tuple[str, str]
    glance: Glance
    timeline: tuple[EventLine, ...] = ()
    undated: tuple[EventLine, ...] = ()
    people: tuple[PersonLine, ...] = ()
    bodies: tuple[BodyLine, ...] = ()
    programmes: tuple[ProgrammeLine, ...] = ()
    agreements: tuple[AgreementStage, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    statements: tuple[StatementLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    gaps: tuple[Gap, ...] = ()
    sources: tuple[Source, ...] = ()
    names: Mapping[str, tuple[EntityName, ...]] = {}

    def statements_of(self, *kinds: StatementKind) -> tuple[StatementLine, ...]:
        """Return the statements of these kinds, in order of publication."""
        return tuple(s for s in self.statements if s.kind in kinds)

    def people_of(self, side: str | None) -> tuple[PersonLine, ...]:
        """Return the people of one side; None: those whose side the text does not give."""
        return tuple(p for p in self.people if p.country == side)

    def bodies_of(self, side: str | None) -> tuple[BodyLine, ...]:
        """Return the bodies of one side; None: those of no country, or of an organisation outside the pair."""
        return tuple(b for b in self.bodies if (b.side if b.side in self.pair else None) == side)

    def source_of(self, proof: Proof) -> Source:
        """Return the page that *proof* is cut out of."""
        return self.sources[proof.source - 1]


def build_dossier(
    documents: Iterable[Document],
    pair: tuple[str, str],
    *,
    relevant_only: bool = True,
    know: Knower = know_nothing,
) -> Dossier:
    """Return the dossier of *pair* out of *documents*; pages on other pairs, or not on digital matters, are left out.

    *know* tells what the workspace knows of the names and events on pages (:func:`mithaq.answers.known.know`).

    Raises QuestionError when both sides are the same. A dossier without sources means that no page shows the pair together.
    """
    if pair[0] == pair[1]:
        raise QuestionError(f"a dossier needs two different sides, and both are {pair[0]}; name a second country or organisation")
    sides = frozenset(pair)
    sources = Sources(d for d in documents if is_about(d, sides) and (d.relevant or not relevant_only))
    pages = agree_on_sides(sources.documents)
    known = know(sources.documents)
    events = event_lines((Telling(d, e, known.happening(d, e)) for d in pages for e in events_of(d, sides)), sources)
    statements = statement_lines(pages, sides, sources)
    people = person_lines(pages, sides, sources, known)
    figures = figure_lines(pages, sides, sources)
    timeline = tuple(e for e in events if e.date)
    return Dossier(
        pair=pair,
        glance=_look(sources.witnesses, timeline),
        timeline=timeline,
        undated=tuple(e for e in events if not e.date),
        people=people,
        bodies=body_lines(pages, sides, sources, known),
        programmes=programme_lines(pages, sides, sources, known),
        agreements=_by_stage(events),
        exchanges=_exchanges(pair, statements),
        statements=statements,
        figures=figures,
        gaps=find_gaps(events, statements, people, figures, sources.list),
        sources=sources.list,
        names=known.names,
    )


def _by_stage(events: Sequence[EventLine]) -> tuple[AgreementStage, ...]:
    agreements = [e for e in events if e.type == "agreement"]
    stages: tuple[Stage | None, ...] = (*STAGES, None)
    grouped = ((stage, tuple(e for e in agreements if e.stage == stage)) for stage in stages)
    return tuple(AgreementStage(stage=stage, agreements=lines) for stage, lines in grouped if lines)


def _exchanges(pair: tuple[str, str], statements: Sequence[StatementLine]) -> tuple[Exchange, ...]:
    a, b = pair
    exchanges = (_exchange(needing, offering, statements) for needing, offering in ((a, b), (b, a), (None, None)))
    # Where both columns are filled there is something to compare: that comes first.
    return tuple(sorted((e for e in exchanges if e.needs or e.offers), key=lambda e: (e.needing is None, not (e.needs and e.offers))))


def _exchange(needing: str | None, offering: str | None, statements: Sequence[StatementLine]) -> Exchange:
    needs = [s for s in statements if s.kind == "need" and s.country == needing]
    offers = [s for s in statements if s.kind == "offer" and s.country == offering]
    offered = {topic for s in offers for topic in s.topics}
    shared = tuple(topic for topic, _ in Counter(t for s in needs for t in s.topics).most_common() if topic in offered)

    def by_topic(statement: StatementLine) -> int:
        return min((shared.index(t) for t in statement.topics if t in shared), default=len(shared))

    return Exchange(
        needing=needing,
        offering=offering,
        needs=tuple(sorted(needs, key=by_topic)),
        offers=tuple(sorted(offers, key=by_topic)),
        shared=shared,
    )


def _look(pages: Sequence[Document], timeline: Sequence[EventLine]) -> Glance:
    dates = sorted(d.published for d in pages if d.published)
    past = [e for e in timeline if e.stage != "planned"]
    return Glance(
        pages=len(pages),
        invented_pages=sum(d.invented for d in pages),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        topics=tuple(Counter(t for d in pages for t in d.topics).most_common()),
        latest=past[-1] if past else None,
    )
