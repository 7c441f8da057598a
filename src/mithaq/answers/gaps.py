"""What a dossier does not know, and why: a gap is shown beside the facts, never filled."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Literal, get_args

import msgspec

from mithaq.answers.lines import EventLine, FigureLine, PersonLine, StatementLine
from mithaq.answers.sources import Proof, Source

GapKind = Literal[
    "event_date_relative",  # the text counts from a day that the page does not give («أمس الثلاثاء»)
    "event_date_open",  # the text gives a limit or a time, and no day («قبل نهاية آذار المقبل»)
    "event_date_missing",
    "agreement_stage",
    "person_country",
    "person_role",
    "speaker",
    "commitment_due",
    "figure_publisher",
    "figure_year",
    "page_date",
    "page_outlet",
]
GAP_KINDS: tuple[GapKind, ...] = get_args(GapKind)


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Something unknown. ``about`` names the thing, ``words`` are what the text has instead, ``line`` the key of the line concerned."""

    kind: GapKind
    about: str | None = None
    words: str | None = None
    line: str | None = None
    proof: Proof | None = None
    source: int | None = None


def find_gaps(
    events: Sequence[EventLine],
    statements: Sequence[StatementLine],
    people: Sequence[PersonLine],
    figures: Sequence[FigureLine],
    sources: Sequence[Source],
) -> tuple[Gap, ...]:
    """Return every gap of these lines, sorted by kind in the order of GAP_KINDS."""
    gaps = [
        *_event_gaps(events, {source.document for source in sources if source.published}),
        *_statement_gaps(statements),
        *_person_gaps(people),
        *_figure_gaps(figures),
        *_source_gaps(sources),
    ]
    return tuple(sorted(gaps, key=lambda gap: GAP_KINDS.index(gap.kind)))


def _event_gaps(events: Sequence[EventLine], dated: Collection[str]) -> Iterator[Gap]:
    for event in events:
        proof = event.proofs[0]
        if event.date is None:
            # Words that a page with its own date has left without a day tell of no day, whatever one counts from.
            worded: GapKind = "event_date_open" if all(p.document in dated for p in event.proofs) else "event_date_relative"
            kind: GapKind = worded if event.date_text else "event_date_missing"
            yield Gap(kind=kind, about=event.type, words=event.date_text, line=event.key, proof=proof)
        if event.type == "agreement" and event.stage is None:
            yield Gap(kind="agreement_stage", line=event.key, proof=proof)


def _statement_gaps(statements: Sequence[StatementLine]) -> Iterator[Gap]:
    for statement in statements:
        if statement.speaker is None:
            yield Gap(kind="speaker", about=statement.kind, line=statement.key, proof=statement.proofs[0])
        if statement.kind == "commitment" and statement.due is None:
            yield Gap(kind="commitment_due", about=statement.deliverable, line=statement.key, proof=statement.proofs[0])


def _person_gaps(people: Sequence[PersonLine]) -> Iterator[Gap]:
    for person in people:
        if person.country is None:
            yield Gap(kind="person_country", about=person.name, line=person.key, proof=person.proofs[0])
        if not person.offices:
            yield Gap(kind="person_role", about=person.name, line=person.key, proof=person.proofs[0])


def _figure_gaps(figures: Sequence[FigureLine]) -> Iterator[Gap]:
    for figure in figures:
        if figure.publisher is None and not figure.claimants:
            yield Gap(kind="figure_publisher", about=figure.name, line=figure.key, proof=figure.proofs[0])
        if figure.year is None:
            yield Gap(kind="figure_year", about=figure.name, line=figure.key, proof=figure.proofs[0])


def _source_gaps(sources: Sequence[Source]) -> Iterator[Gap]:
    for source in sources:
        if source.published is None:
            yield Gap(kind="page_date", about=source.title, source=source.number)
        if source.outlet is None and source.agency is None:
            yield Gap(kind="page_outlet", about=source.title, source=source.number)
