"""The facts of one page in the reader's words: what the coloured page, its side list and the table in the terminal show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from mithaq.answers.lines import FigureLine
from mithaq.answers.sources import judged_at, prove
from mithaq.export.messages import Messages
from mithaq.model import Body, Document, Event, Evidence, Indicator, Person, Programme, Statement
from mithaq.model.fact import FactLayer

Layer = Literal["person", "body", "programme", "event", "statement", "indicator"]
Field = tuple[str, str]
# The heads under which facts are listed, in order: the layer of a document, and the name of its message "head.<name>".
HEADS: dict[Layer, FactLayer] = {
    "event": "events",
    "statement": "statements",
    "indicator": "indicators",
    "person": "people",
    "body": "bodies",
    "programme": "programmes",
}


class PageFact(msgspec.Struct, frozen=True, kw_only=True):
    """One fact: ``head`` says what it is, ``quote`` are its words, ``fields`` are (label, value) of whatever else the text says of it.

    ``evidence`` holds every place where it stands, in order; ``code`` is its kind on a closed list ("need", "meeting"); ``why`` names the
    rule, lexicon entry or model that made it.
    """

    number: int
    layer: Layer
    code: str
    head: str
    quote: str
    evidence: tuple[Evidence, ...]
    fields: tuple[Field, ...] = ()
    why: str = ""


def list_facts(document: Document, messages: Messages) -> tuple[PageFact, ...]:
    """Return the facts of a page, numbered from 1, layer by layer in the order of :data:`HEADS`, each in order of place."""
    drafts = [
        *_in_order(_event(event, messages) for event in document.events),
        *_in_order(_statement(statement, messages) for statement in document.statements),
        *_in_order(_indicator(document, indicator, messages) for indicator in document.indicators),
        *_in_order(_person(person, messages) for person in document.people),
        *_in_order(_body(body, messages) for body in document.bodies),
        *_in_order(_programme(programme, messages) for programme in document.programmes),
    ]
    told = [msgspec.structs.replace(draft, fields=(*draft.fields, *_judged(document, draft, messages))) for draft in drafts]
    return tuple(msgspec.structs.replace(fact, number=number) for number, fact in enumerate(told, start=1))


def _judged(document: Document, fact: PageFact, messages: Messages) -> list[Field]:
    """Return what people decided about a fact, and who."""
    found = (one for e in fact.evidence for one in judged_at(document, HEADS[fact.layer], e.start, e.end))
    return [(messages.text("judged.mark"), messages.judged(one)) for one in found]


def list_rejected(document: Document, messages: Messages) -> tuple[tuple[str, str], ...]:
    """Return (words, by whom and why) of the facts that people rejected, and of what they decided about the page as a whole."""
    told = [one for one in document.judged if one.verb == "reject" or one.layer == "page"]
    return tuple((document.text[one.start : one.end], messages.judged(one)) for one in told)


def _in_order(facts: Iterable[PageFact]) -> list[PageFact]:
    return sorted(facts, key=lambda fact: (fact.evidence[0].start, fact.evidence[0].end))


def _stated(messages: Messages, fields: Iterable[tuple[str, str | None]]) -> tuple[Field, ...]:
    return tuple((messages.text(f"field.{name}"), value) for name, value in fields if value)


def _joined(messages: Messages, values: Iterable[str]) -> str:
    return messages.text("comma").join(values)


def _topics(messages: Messages, topics: Iterable[str]) -> str:
    return _joined(messages, (messages.term("topics", topic) for topic in topics))


def _side(messages: Messages, code: str | None) -> str | None:
    return messages.side(code) if code else None


def _date(messages: Messages, first: str | None, last: str | None = None) -> str | None:
    if first is None:
        return None
    return messages.text("span", first=messages.date(first), last=messages.date(last)) if last and last != first else messages.date(first)


def _event(event: Event, messages: Messages) -> PageFact:
    stage = f" · {messages.term('stages', event.stage)}" if event.stage else ""
    place = f"{event.place} ({messages.side(event.place_country)})" if event.place and event.place_country else event.place
    fields = (
        ("date", _date(messages, event.date, event.date_end) or messages.text("not_stated")),
        ("date_text", event.date_text),
        ("place", place or _side(messages, event.place_country)),
        ("parties", messages.sides(event.parties)),
        ("people", _joined(messages, event.people)),
        ("bodies", _joined(messages, event.bodies)),
        ("groups", _joined(messages, (group.words for group in event.groups))),
        ("amount", messages.amount(event.amount) if event.amount else None),
        ("topics", _topics(messages, event.topics)),
    )
    return PageFact(
        number=0,
        layer="event",
        code=event.type,
        head=messages.term("event_types", event.type) + stage,
        quote=event.evidence.quote,
        evidence=(event.evidence,),
        why=event.why,
        fields=_stated(messages, fields),
    )


def _statement(statement: Statement, messages: Messages) -> PageFact:
    fields = (
        ("speaker", statement.speaker or messages.text("statement.narrator")),
        ("country", _side(messages, statement.country)),
        ("on_behalf_of", statement.on_behalf_of),
        ("toward", _side(messages, statement.toward)),
        ("deliverable", statement.deliverable),
        ("due", _date(messages, statement.due)),
        ("amount", messages.amount(statement.amount) if statement.amount else None),
        ("topics", _topics(messages, statement.topics)),
    )
    return PageFact(
        number=0,
        layer="statement",
        code=statement.kind,
        head=messages.term("statement_kinds", statement.kind),
        quote=statement.evidence.quote,
        evidence=(statement.evidence,),
        why=statement.why,
        fields=_stated(messages, fields),
    )


def _indicator(document: Document, indicator: Indicator, messages: Messages) -> PageFact:
    line = FigureLine(
        key="",
        name=indicator.name,
        value=indicator.value,
        unit=indicator.unit,
        comparator=indicator.comparator,
        proofs=(prove(document, indicator.evidence, 1),),
    )
    fields = (
        ("value", messages.figure(line)),
        ("country", _side(messages, indicator.country)),
        ("publisher", indicator.publisher),
        ("claimant", indicator.claimant),
        ("year", str(indicator.year) if indicator.year else None),
        ("group", messages.countries(indicator.group)),
    )
    return PageFact(
        number=0,
        layer="indicator",
        code="figure",
        head=indicator.name,
        quote=indicator.evidence.quote,
        evidence=(indicator.evidence,),
        why=indicator.why,
        fields=_stated(messages, fields),
    )


def _person(person: Person, messages: Messages) -> PageFact:
    fields = (
        ("role", person.role),
        ("body", person.body),
        ("country", _side(messages, person.country) or messages.text("not_stated")),
        ("names", _joined(messages, _other_names(person.name, person.names))),
    )
    return _entity("person", "person", person, _stated(messages, fields))


def _body(body: Body, messages: Messages) -> PageFact:
    fields = (
        ("kind", messages.term("body_kinds", body.kind)),
        ("country", _side(messages, body.code or body.country) or messages.text("not_stated")),
        ("names", _joined(messages, _other_names(body.name, body.names))),
    )
    return _entity("body", body.kind, body, _stated(messages, fields))


def _programme(programme: Programme, messages: Messages) -> PageFact:
    fields = (("country", _side(messages, programme.country)), ("part_of", programme.part_of))
    return _entity("programme", "programme", programme, _stated(messages, fields))


def _other_names(name: str, names: Iterable[str]) -> Iterator[str]:
    return (other for other in dict.fromkeys(names) if other != name)


def _entity(layer: Layer, code: str, entity: Person | Body | Programme, fields: tuple[Field, ...]) -> PageFact:
    ordered = tuple(sorted(set(entity.mentions)))
    return PageFact(
        number=0, layer=layer, code=code, head=entity.name, quote=ordered[0].quote, evidence=ordered, fields=fields, why=entity.why
    )
