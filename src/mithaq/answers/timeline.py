"""What happened, in order of time: each event once, however many pages tell it, and apart from them those whose day no page gives.

When two pages tell the same event is decided by the one rule of ``tellings.py``. A date known only to the month or year stands before the
days of that month or year. What has no date keeps the words that the page has for it («أمس الثلاثاء») and is never given one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

import msgspec

from mithaq.answers.find import is_within
from mithaq.answers.gather import events_of, is_about
from mithaq.answers.known import Knower, know_nothing
from mithaq.answers.lines import EventLine
from mithaq.answers.merge import distinct
from mithaq.answers.sources import Source, Sources
from mithaq.answers.tellings import Telling, group_tellings
from mithaq.errors import QuestionError
from mithaq.model import Document
from mithaq.model.world import EntityName
from mithaq.store.store import check_date

WhyUndated = Literal["words_without_a_day", "no_words"]


class Timeline(msgspec.Struct, frozen=True, kw_only=True):
    """Events in order; ``undated`` by publication (:func:`why_undated` says why); ``sources`` are numbered as in the proofs."""

    dated: tuple[EventLine, ...]
    undated: tuple[EventLine, ...]
    sources: tuple[Source, ...]
    names: Mapping[str, tuple[EntityName, ...]] = {}


def build_timeline(
    documents: Iterable[Document],
    *,
    pair: tuple[str, str] | None = None,
    country: str | None = None,
    since: str | None = None,
    until: str | None = None,
    know: Knower = know_nothing,
) -> Timeline:
    """Return the events of a pair, of a country, or all; with *since* or *until* (YYYY[-MM[-DD]], ends included) the dated ones between.

    *know* tells what the workspace knows of pages (:func:`mithaq.answers.known.know`). Raises QuestionError for a pair of one side, or a
    date written otherwise.
    """
    check_date("since", since)
    check_date("until", until)
    if pair and pair[0] == pair[1]:
        raise QuestionError(f"a timeline of a pair needs two different sides, not {pair[0]} twice")
    sides = frozenset(pair or ())
    pages = [d for d in documents if d.events and (not sides or is_about(d, sides))]
    known = know(pages)
    tellings = [
        Telling(document, event, known.happening(document, event))
        for document in pages
        for event in (events_of(document, sides) if sides else document.events)
        if country is None or country in event.parties
    ]
    sources = Sources(telling.document for telling in tellings)
    lines = event_lines(tellings, sources)
    asked = since is not None or until is not None
    return Timeline(
        dated=tuple(line for line in lines if line.date and is_within(line.date, since, until)),
        undated=() if asked else tuple(line for line in lines if not line.date),
        sources=sources.list,
        names=known.names,
    )


def why_undated(line: EventLine) -> WhyUndated | None:
    """Say why an event has no date: its page has words for it but no day to count from, or no words at all; None when it has one."""
    if line.date:
        return None
    return "words_without_a_day" if line.date_text else "no_words"


def event_lines(tellings: Iterable[Telling], sources: Sources) -> tuple[EventLine, ...]:
    """Return the events told, each once, dated ones first and in order; every telling's page is one of *sources*."""
    groups = sorted(group_tellings(tellings), key=_event_order)
    return tuple(_event_line(f"event-{number}", group, sources) for number, group in enumerate(groups, start=1))


def _event_line(key: str, group: Sequence[Telling], sources: Sources) -> EventLine:
    """Join the tellings of one event: what one page leaves open another may say; dates come from the best dated telling.

    People and bodies come from the one telling that names most: two pages spell one name in two ways.
    """
    best = min(group, key=lambda t: -len(t.event.date or ""))
    events = [t.event for t in group]
    return EventLine(
        key=key,
        type=best.event.type,
        proofs=sources.proofs(((telling.document, telling.event.evidence) for telling in group), "events"),
        stage=next((e.stage for e in events if e.stage), None),
        parties=tuple(sorted({party for e in events for party in e.parties})),
        people=max((e.people for e in events), key=len),
        bodies=max((e.bodies for e in events), key=len),
        roles=next((e.roles for e in events if e.roles), ()),
        groups=next((e.groups for e in events if e.groups), ()),
        place=next((e.place for e in events if e.place), None),
        place_country=next((e.place_country for e in events if e.place_country), None),
        date=best.event.date,
        date_end=next((e.date_end for e in events if e.date_end), None),
        date_basis=best.event.date_basis,
        date_text=best.event.date_text or next((e.date_text for e in events if e.date_text), None),
        modality=next((e.modality for e in events if e.modality), None),
        amount=next((e.amount for e in events if e.amount), None),
        topics=distinct(topic for e in events for topic in e.topics),
    )


def _event_order(group: Sequence[Telling]) -> tuple[bool, str, str, int]:
    date = max((t.event.date or "" for t in group), key=len)
    first = min(group, key=lambda t: (t.document.published or "9999", t.document.id))
    return not date, date, first.document.published or "9999", first.event.evidence.start
