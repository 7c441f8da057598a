"""Which facts of a page belong to a pair, and how facts of several pages become one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from mithaq.answers.known import UNKNOWN, Known
from mithaq.answers.lines import BodyLine, FigureLine, Office, PersonLine, ProgrammeLine, StatementLine
from mithaq.answers.merge import distinct, fuller, group_equal, merge_by_name, name_keys
from mithaq.answers.sources import Sources
from mithaq.model import Body, Document, Event, Indicator, Person, Statement
from mithaq.text.fold import fold_text
from mithaq.text.skeleton import sounds_alike

Fact = TypeVar("Fact")
Found = tuple[Document, Fact]


class Naming(NamedTuple, Generic[Fact]):
    """A person, body or programme that a page names, and the id of who it is, where that is known."""

    page: Document
    named: Fact
    one: str | None


def is_about(document: Document, pair: frozenset[str]) -> bool:
    """Say whether the two sides of *pair* interact on this page."""
    return any({p.a, p.b} == pair for p in document.pairs) or any(pair <= set(e.parties) for e in document.events)


def own_sides(document: Document, pair: frozenset[str]) -> frozenset[str]:
    """Return the sides that interact on this page only inside *pair*.

    A page on Korea with Egypt and Ethiopia gives Egypt for the pair Egypt-Korea: what Korea says there may be meant for Ethiopia.
    """
    elsewhere = {side for p in document.pairs if {p.a, p.b} != pair for side in (p.a, p.b)}
    return pair - elsewhere


def events_of(document: Document, pair: frozenset[str]) -> Iterator[Event]:
    """Yield the events of a page in which the pair took part, or one side of it where no third side can be meant."""
    own = own_sides(document, pair)
    for event in document.events:
        parties = set(event.parties)
        if pair <= parties or (parties <= pair and (parties & own if parties else own == pair)):
            yield event


def statements_of(document: Document, pair: frozenset[str]) -> Iterator[Statement]:
    """Yield what one side of the pair says to or about the other, or both say together."""
    own = own_sides(document, pair)
    for statement in document.statements:
        sides = {side for side in (statement.country, statement.toward) if side}
        if not sides <= pair:
            continue
        if len(sides) == 2 or (sides & own if sides else own == pair):
            yield statement


def statement_lines(documents: Sequence[Document], pair: frozenset[str], sources: Sources) -> tuple[StatementLine, ...]:
    """Return the statements of all pages; the same words of the same kind on several pages make one line."""
    found = [(d, s) for d in documents for s in statements_of(d, pair)]
    groups = group_equal(found, lambda f: (f[1].kind, fold_text(f[1].evidence.quote)))
    return tuple(statement_line(number, group, sources) for number, group in enumerate(groups, start=1))


def statement_line(number: int, group: Sequence[Found[Statement]], sources: Sources) -> StatementLine:
    """Return what some pages report in the same words as one line."""
    statement = group[0][1]
    speaker = _first(s.speaker for _, s in group)
    return StatementLine(
        key=f"statement-{number}",
        kind=statement.kind,
        proofs=sources.proofs(((d, s.evidence) for d, s in group), "statements"),
        speaker=speaker,
        speaker_role=_first(_role_of(d, s.speaker) for d, s in group),
        country=_first(s.country for _, s in group),
        on_behalf_of=_first(s.on_behalf_of for _, s in group),
        toward=_first(s.toward for _, s in group),
        reported=statement.reported,
        deliverable=_first(s.deliverable for _, s in group),
        due=_first(s.due for _, s in group),
        amount=_first(s.amount for _, s in group),
        topics=statement.topics,
        said_on=_first(sorted(d.published for d, _ in group if d.published)),
    )


def figure_lines(documents: Sequence[Document], pair: frozenset[str], sources: Sources) -> tuple[FigureLine, ...]:
    """Return the cited figures of the pair's countries; the same claim on several pages is one line with all who claim it."""
    return claim_lines([(d, i) for d in documents for i in d.indicators if _is_ours(d, i.country, pair)], sources)


def claim_lines(found: Iterable[Found[Indicator]], sources: Sources) -> tuple[FigureLine, ...]:
    """Return cited figures, the same claim on several pages as one line with all who claim it."""
    return tuple(_figure_line(number, group, sources) for number, group in enumerate(group_equal(found, lambda f: _claim(f[1])), start=1))


def _figure_line(number: int, group: Sequence[Found[Indicator]], sources: Sources) -> FigureLine:
    first = group[0][1]
    return FigureLine(
        key=f"figure-{number}",
        name=first.name,
        value=first.value,
        unit=first.unit,
        proofs=sources.proofs(((d, i.evidence) for d, i in group), "indicators"),
        publisher=_first(i.publisher for _, i in group),
        comparator=first.comparator,
        country=first.country,
        year=first.year,
        group=_first(i.group for _, i in group),
        claimants=distinct(i.claimant for _, i in group),
    )


def person_lines(
    documents: Sequence[Document], pair: frozenset[str], sources: Sources, known: Known = UNKNOWN
) -> tuple[PersonLine, ...]:
    """Return the people of both sides, and those of unknown side, with every office that the pages give them."""
    found = [Naming(d, p, known.one(d, "people", n)) for d in documents for n, p in enumerate(d.people) if _is_ours(d, p.country, pair)]
    groups = merge_by_name(
        found,
        lambda f: name_keys(f.named.name, f.named.names),
        lambda f: f.named.country,
        lambda f, g: sounds_alike(f.named.name, g.named.name),
        lambda f: f.one,
    )
    return tuple(
        PersonLine(
            key=f"person-{number}",
            name=group[0].named.name,
            proofs=sources.proofs(((f.page, f.named.mentions[0]) for f in group), "people"),
            names=_names(group[0].named.name, (name for f in group for name in (f.named.name, *f.named.names))),
            country=_most(f.named.country for f in group),
            offices=_offices(((f.page, f.named) for f in group), sources),
        )
        for number, group in enumerate(groups, start=1)
    )


def body_lines(documents: Sequence[Document], pair: frozenset[str], sources: Sources, known: Known = UNKNOWN) -> tuple[BodyLine, ...]:
    """Return the organisations of both sides, those of unknown side, and international ones named beside them."""
    found = [
        Naming(d, b, known.one(d, "bodies", n))
        for d in documents
        for n, b in enumerate(d.bodies)
        if b.code in pair or _is_ours(d, b.country, pair)
    ]
    groups = merge_by_name(
        found, lambda f: name_keys(f.named.name, f.named.names), lambda f: _body_side(f.named), None, lambda f: f.one
    )
    return tuple(
        BodyLine(
            key=f"body-{number}",
            name=group[0].named.name,
            kind=group[0].named.kind,
            proofs=sources.proofs(((f.page, f.named.mentions[0]) for f in group), "bodies"),
            names=_names(group[0].named.name, (name for f in group for name in (f.named.name, *f.named.names))),
            side=_most(_body_side(f.named) for f in group),
        )
        for number, group in enumerate(groups, start=1)
    )


def programme_lines(
    documents: Sequence[Document], pair: frozenset[str], sources: Sources, known: Known = UNKNOWN
) -> tuple[ProgrammeLine, ...]:
    """Return the programmes named on the pages, of either side or of unknown side."""
    found = [
        Naming(d, p, known.one(d, "programmes", n)) for d in documents for n, p in enumerate(d.programmes) if _is_ours(d, p.country, pair)
    ]
    groups = merge_by_name(found, lambda f: name_keys(f.named.name, ()), lambda f: f.named.country, None, lambda f: f.one)
    return tuple(
        ProgrammeLine(
            key=f"programme-{number}",
            name=group[0].named.name,
            proofs=sources.proofs(((f.page, f.named.mentions[0]) for f in group), "programmes"),
            names=distinct(f.named.name for f in group),
            country=_most(f.named.country for f in group),
            part_of=_first(f.named.part_of for f in group),
        )
        for number, group in enumerate(groups, start=1)
    )


def _is_ours(document: Document, side: str | None, pair: frozenset[str]) -> bool:
    """Say whether a fact of *side* belongs to the pair; one of unknown side does where the page has no other pair."""
    return side in pair if side else own_sides(document, pair) == pair


def _body_side(body: Body) -> str | None:
    return body.code or body.country


def _offices(group: Iterable[Found[Person]], sources: Sources) -> tuple[Office, ...]:
    offices: dict[str, Office] = {}
    for document, person in group:
        if person.role:
            proof = sources.proof(document, person.role_evidence or person.mentions[0], "people")
            # «و إصلاح الإدارة» beside «وإصلاح الإدارة»: where a clerk put the space makes no second office.
            offices.setdefault(fold_text(person.role).replace(" و ", " و"), Office(role=person.role, body=person.body, proof=proof))
    shorter = {key for key in offices for other in offices if other.startswith(f"{key} ")}
    return tuple(office for key, office in offices.items() if key not in shorter)


def _names(main: str, names: Iterable[str]) -> tuple[str, ...]:
    return distinct((main, *fuller(names)))


def _role_of(document: Document, speaker: str | None) -> str | None:
    return next((p.role for p in document.people if speaker and (speaker == p.name or speaker in p.names)), None)


def _claim(indicator: Indicator) -> tuple[object, ...]:
    return fold_text(indicator.name), indicator.value, indicator.unit, indicator.comparator, indicator.country, indicator.year


def _most(values: Iterable[str | None]) -> str | None:
    """Return what most pages say, the first of equals; None when none says anything."""
    counted = Counter(value for value in values if value)
    return max(counted, key=lambda value: counted[value], default=None)


def _first(values: Iterable[Fact | None]) -> Fact | None:
    return next((value for value in values if value is not None), None)
