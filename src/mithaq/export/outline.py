"""A dossier as an outline of plain words: what Markdown and the terminal show, in the same order as the HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from mithaq.answers.dossier import Dossier
from mithaq.answers.gaps import Gap
from mithaq.answers.lines import BodyLine, EventLine, FigureLine, PersonLine, ProgrammeLine, StatementLine
from mithaq.answers.sources import Proof, Source
from mithaq.export.briefing import STATEMENT_SECTIONS, group_figures, group_gaps, name_gap, sections_of, tiles_of
from mithaq.export.messages import Messages
from mithaq.export.spoken import speak_dossier


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One line: ``head`` in the reader's words, ``quote`` from the page, ``details`` whatever else the text says, ``proofs`` its words.

    ``status`` is what we say of it, in our own words.
    """

    head: str = ""
    quote: str = ""
    details: tuple[str, ...] = ()
    status: str = ""
    proofs: tuple[Proof, ...] = ()


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Entries under one heading; ``empty`` says in words that there are none."""

    entries: tuple[Entry, ...]
    title: str | None = None
    empty: str = ""


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """A section of the dossier; ``name`` is that of its message "section.<name>"."""

    name: str
    title: str
    groups: tuple[Group, ...]
    note: str = ""


def outline_dossier(dossier: Dossier, messages: Messages) -> tuple[Section, ...]:
    """Return the sections of a dossier that have something to show, all but the sources."""
    dossier = speak_dossier(dossier, messages)
    writers = {
        "glance": _glance,
        "timeline": _timeline,
        "exchange": _exchange,
        "agreements": _agreements,
        "people": _people,
        "bodies": _bodies,
        "programmes": _programmes,
        "figures": _figures,
        "gaps": _gaps,
    }
    kinds = dict(STATEMENT_SECTIONS)
    sections = []
    for name in sections_of(dossier):
        if name in kinds:
            groups: Sequence[Group] = (Group(entries=_statements(dossier.statements_of(*kinds[name]), messages, show_side=True)),)
        elif name in writers:
            groups = writers[name](dossier, messages)
        else:
            continue
        notes = {"agreements", "exchange", "commitments", "figures", "gaps"}
        note = messages.text(f"{name}.note") if name in notes else ""
        told = tuple(with_judgements(group, messages) for group in groups)
        sections.append(Section(name=name, title=messages.text(f"section.{name}"), groups=told, note=note))
    return tuple(sections)


def with_judgements(group: Group, messages: Messages) -> Group:
    """Return the group with what people decided at the end of each entry's details."""
    return replace(
        group,
        entries=tuple(
            replace(entry, details=(*entry.details, *(messages.judged(j) for proof in entry.proofs for j in proof.judged)))
            for entry in group.entries
        ),
    )


def fold_sources(sources: Sequence[Source]) -> list[tuple[Source, tuple[Source, ...]]]:
    """Return the pages that tell in their own words, each with those that repeat its article."""
    by_number = {source.number: source for source in sources}
    return [(source, tuple(by_number[n] for n in source.copies)) for source in sources if source.copy_of is None]


def lead_of(dossier: Dossier, messages: Messages) -> str:
    """Return the sentence under the title: how many pages, from when to when; or that there are none."""
    glance = dossier.glance
    if not dossier.sources:
        return messages.text("dossier.empty", pair=messages.pair(dossier.pair))
    if glance.first is None:
        return messages.count("dossier.lead_undated", glance.pages)
    span = messages.text("span", first=messages.date(glance.first), last=messages.date(glance.last))
    return messages.count("dossier.lead", glance.pages, span=span)


def describe_source(source: Source, messages: Messages) -> str:
    """Return outlet, date and rights of a page in one line, without title and address."""
    parts = [
        source.outlet or messages.text("source.no_outlet"),
        messages.text("source.agency", name=source.agency) if source.agency else "",
        messages.date(source.published) if source.published else messages.text("source.undated"),
        messages.text("source.protected") if source.is_protected else "",
        messages.text("source.private") if source.private else "",
        messages.text("source.partial") if source.partial else "",
        messages.text("source.withdrawn") if source.withdrawn else "",
        messages.text("dossier.invented_mark") if source.invented else "",
    ]
    return " · ".join(part for part in parts if part)


def event_head(event: EventLine, messages: Messages) -> str:
    """Return kind, stage and place of an event in one line."""
    place = event.place or ""
    if event.place_country:
        side = messages.side(event.place_country)
        place = f"{place} ({side})" if place else side
    stage = messages.term("stages", event.stage) if event.stage else ""
    return " · ".join(part for part in (messages.term("event_types", event.type), stage, place) if part)


def _glance(dossier: Dossier, messages: Messages) -> list[Group]:
    counts = tuple(
        Entry(head=f"{messages.number(n)} {messages.count(f'label.{label}', n)}") for label, n in tiles_of(dossier)
    )
    topics = tuple(
        Entry(head=messages.term("topics", topic), details=(messages.count("glance.topic_pages", n),))
        for topic, n in dossier.glance.topics
    )
    latest = dossier.glance.latest
    groups = [Group(entries=counts)]
    if topics:
        groups.append(Group(title=messages.text("glance.topics"), entries=topics))
    if latest:
        groups.append(Group(title=messages.text("glance.latest"), entries=(event_entry(latest, messages),)))
    return groups


def _timeline(dossier: Dossier, messages: Messages) -> list[Group]:
    groups = [Group(entries=tuple(event_entry(event, messages) for event in dossier.timeline))] if dossier.timeline else []
    if dossier.undated:
        undated = tuple(event_entry(event, messages) for event in dossier.undated)
        groups.append(Group(title=messages.text("timeline.undated"), entries=undated))
    return groups


def event_entry(event: EventLine, messages: Messages) -> Entry:
    """Return an event as a line: when, what and where; its words; who took part."""
    dates = [messages.date(event.date)] if event.date else []
    if event.date_end and event.date_end != event.date:
        dates = [messages.text("span", first=messages.date(event.date), last=messages.date(event.date_end))]
    details = (
        _date_words(event, messages),
        messages.text("comma").join(event.people),
        messages.text("comma").join(group.words for group in event.groups),
        messages.amount(event.amount) if event.amount else "",
    )
    return Entry(
        head=" · ".join((*dates, event_head(event, messages))),
        quote=event.proofs[0].quote,
        details=_said(details),
        proofs=event.proofs,
    )


def _date_words(event: EventLine, messages: Messages) -> str:
    """Return the text's own words for a day that cannot be known."""
    if event.date or not event.date_text:
        return ""
    return messages.text("timeline.words", words=messages.quote(event.date_text))


def _agreements(dossier: Dossier, messages: Messages) -> list[Group]:
    return [
        Group(title=messages.term("stages", group.stage), entries=tuple(event_entry(event, messages) for event in group.agreements))
        for group in dossier.agreements
    ]


def _exchange(dossier: Dossier, messages: Messages) -> list[Group]:
    groups = []
    for exchange in dossier.exchanges:
        for what, side, lines in (("needs", exchange.needing, exchange.needs), ("offers", exchange.offering, exchange.offers)):
            title = messages.text(f"exchange.{what}", side=messages.side(side)) if side else messages.text(f"exchange.{what}_open")
            empty = messages.text(f"exchange.none_{what}")
            groups.append(Group(title=title, entries=_statements(lines, messages), empty=empty))
    return groups


def _statements(lines: Iterable[StatementLine], messages: Messages, *, show_side: bool = False) -> tuple[Entry, ...]:
    return tuple(statement_entry(line, messages, show_side=show_side) for line in lines)


def statement_entry(line: StatementLine, messages: Messages, *, show_side: bool = False) -> Entry:
    """Return a statement as a line: who says it, its words, what it is about and when it is due."""
    speaker = messages.text("comma").join(part for part in (line.speaker or messages.text("statement.narrator"), line.speaker_role) if part)
    terms = (
        f"{messages.text('commitments.for')} {line.behalf}" if line.behalf else "",
        f"{messages.text('commitments.what')}: {line.deliverable}" if line.deliverable else "",
        f"{messages.text('commitments.due')}: {messages.date(line.due)}" if line.due or line.kind == "commitment" else "",
        messages.amount(line.amount) if line.amount else "",
        messages.text("statement.reported_on", date=messages.date(line.said_on)) if line.said_on else "",
    )
    side = (messages.side(line.country),) if show_side and line.country else ()
    return Entry(head=" · ".join((speaker, *side)), quote=line.proofs[0].quote, details=_said(terms), proofs=line.proofs)


def _people(dossier: Dossier, messages: Messages) -> list[Group]:
    groups = [
        Group(
            title=messages.side(code),
            entries=tuple(_person(person, messages) for person in dossier.people_of(code)),
            empty=messages.text("people.none"),
        )
        for code in dossier.pair
    ]
    return _with_open(groups, messages.text("people.open"), [_person(p, messages) for p in dossier.people_of(None)])


def _person(person: PersonLine, messages: Messages) -> Entry:
    offices = tuple(office.role for office in person.offices) or (messages.text("people.office_not_stated"),)
    shown = messages.in_own_letters(person.names or (person.name,))
    return Entry(head=shown, details=(*offices, *_also(person.names, shown, messages)), proofs=person.proofs)


def _bodies(dossier: Dossier, messages: Messages) -> list[Group]:
    groups = [
        Group(
            title=messages.side(code),
            entries=tuple(_body(body, messages) for body in dossier.bodies_of(code)),
            empty=messages.text("bodies.none"),
        )
        for code in dossier.pair
    ]
    return _with_open(groups, messages.text("bodies.open"), [_body(b, messages) for b in dossier.bodies_of(None)])


def _body(body: BodyLine, messages: Messages) -> Entry:
    shown = messages.in_own_letters(body.names or (body.name,))
    return Entry(head=shown, details=(messages.term("body_kinds", body.kind), *_also(body.names, shown, messages)), proofs=body.proofs)


def _programmes(dossier: Dossier, messages: Messages) -> list[Group]:
    return [Group(entries=tuple(_programme(programme, messages) for programme in dossier.programmes))]


def _programme(programme: ProgrammeLine, messages: Messages) -> Entry:
    details = (
        messages.side(programme.country) if programme.country else "",
        messages.text("programmes.part_of", name=programme.part_of) if programme.part_of else "",
        *_also(programme.names, programme.name, messages),
    )
    return Entry(head=programme.name, details=_said(details), proofs=programme.proofs)


def _figures(dossier: Dossier, messages: Messages) -> list[Group]:
    return [
        Group(title=messages.side(code), entries=tuple(figure_entry(figure, messages) for figure in figures))
        for code, figures in group_figures(dossier)
    ]


def figure_entry(figure: FigureLine, messages: Messages) -> Entry:
    """Return a cited figure as a line: value and name, who publishes and who cites it."""
    details = (
        messages.text("figures.among", group=messages.countries(figure.group)) if figure.group else "",
        f"{messages.text('figures.publisher')}: {figure.publisher or messages.text('not_stated')}",
        f"{messages.text('figures.claimant')}: {messages.text('comma').join(figure.claimants)}" if figure.claimants else "",
        str(figure.year) if figure.year else "",
    )
    return Entry(head=f"{messages.figure(figure)} · {figure.name}", details=_said(details), proofs=figure.proofs)


def _gaps(dossier: Dossier, messages: Messages) -> list[Group]:
    return [
        Group(title=messages.text(f"gap.{kind}"), entries=tuple(_gap(gap, messages) for gap in gaps))
        for kind, gaps in group_gaps(dossier.gaps)
    ]


def _gap(gap: Gap, messages: Messages) -> Entry:
    words = messages.text("timeline.words", words=messages.quote(gap.words)) if gap.words else ""
    return Entry(head=name_gap(gap, messages), details=_said((words,)), proofs=(gap.proof,) if gap.proof else ())


def _with_open(groups: list[Group], title: str, entries: Sequence[Entry]) -> list[Group]:
    return [*groups, Group(title=title, entries=tuple(entries))] if entries else groups


def _also(names: Sequence[str], shown: str, messages: Messages) -> tuple[str, ...]:
    others = [name for name in names if name != shown]
    return (messages.text("people.also", names=messages.text("comma").join(others)),) if others else ()


def _said(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(part for part in parts if part)
