"""The record as FollowTheMoney entities, one JSON object a line: for Aleph, OpenAleph, nomenklatura and other tools of investigators.

Codes after the FollowTheMoney model 4.11. An id is that of the entity, event or page in the workspace, so that a later export of the same
pages fits onto an earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from mithaq.export.briefing import safe_url
from mithaq.export.exchange import INVENTED, Export, Terms, event_title
from mithaq.export.losses import Tally, quotes_of
from mithaq.export.messages import Messages
from mithaq.export.parcel import Parcel, SentEntity, SentEvent, SentFigure, SentStatement, short_id
from mithaq.lexicon.vocabulary import read_vocabulary
from mithaq.model import Body, Document, Person, Programme
from mithaq.model.vocabulary import BodyKind, EventType, Language
from mithaq.text.fold import fold_text

# Kind of body -> schema, and what it is in FollowTheMoney's own list of topics.
BODY_SCHEMAS: Mapping[BodyKind, tuple[str, str | None]] = {
    "public_body": ("PublicBody", "gov"),
    "io": ("Organization", "gov.igo"),
    "association": ("Organization", None),
    "university": ("Organization", None),
    "company": ("Company", None),
    "other": ("Organization", None),
}
# Kind of event -> schema: what has money, phases and participants in roles is a project.
EVENT_SCHEMAS: Mapping[EventType, str] = {
    "meeting": "Event",
    "visit": "Event",
    "agreement": "Event",
    "event": "Event",
    "appointment": "Event",
    "project": "Project",
    "training": "Project",
    "funding": "Project",
}
LANGUAGES: Mapping[Language, str] = {"ar": "ara", "fr": "fra", "en": "eng"}

CARRIED = {
    "events": (
        "stage", "parties", "people", "bodies", "roles", "place", "place_country", "date", "date_end", "modality", "amount", "topics",
        "quote",
    ),
    "statements": ("speaker", "country", "toward", "topics", "quote"),
    "figures": ("name", "country", "quote"),
    "people": ("other names", "country", "roles", "body"),
    "bodies": ("other names", "kind", "country", "code"),
    "programmes": ("other names", "country", "part_of"),
    "pages": ("title", "url", "outlet", "agency", "published", "retrieved", "lang", "topics"),
}  # fmt: skip
REASONS = {
    ("events", "span"): "a proof names the page, not the place in it",
    ("statements", "kind"): "a Note has no kind; it stands in the words of its name alone",
    ("figures", "value"): "a Note has no number; it stands in the words of its name alone",
    ("people", "mentions"): "a Mention names the page, not the place in it",
    ("bodies", "mentions"): "a Mention names the page, not the place in it",
    ("people", "language of names"): "names have no language",
    ("bodies", "language of names"): "names have no language",
    ("programmes", "language of names"): "names have no language",
}
_ROLES_OF_EVENT = "an Event knows its organiser alone; the others are involved without a role"
_AMOUNT_OF_EVENT = "an Event has no amount"

Properties = dict[str, list[str]]
Stated = dict[str, Iterable[str | None]]
Entity = dict[str, object]


def write_ftm(parcel: Parcel, terms: Terms) -> Export:
    """Return pages, people, bodies, programmes, events, statements and figures as entities, one a line, each id once."""
    tally = Tally("ftm", parcel, CARRIED, REASONS)
    tally.drop_layers({"threads": "events are not joined to each other"})
    writer = _Writer(parcel, Messages(terms.lang), tally)
    found: dict[str, Entity] = {}
    for entity in writer.entities():
        found.setdefault(str(entity["id"]), entity)
    return Export(b"".join(msgspec.json.encode(entity) + b"\n" for entity in found.values()), tally.report())


def _entity(entity_id: str, schema: str, properties: Mapping[str, Iterable[str | None]]) -> Entity:
    """Return an entity as JSON wants it: every property a list of strings, each once, empty ones left out."""
    stated = {name: list(dict.fromkeys(value for value in values if value)) for name, values in properties.items()}
    return {"id": entity_id, "schema": schema, "properties": {name: values for name, values in stated.items() if values}}


def country_code(code: str | None) -> str | None:
    """Return the code by which FollowTheMoney knows a side; None for an organisation that is no country to it."""
    return code.lower() if code and len(code) == 2 and code not in ("WB",) else None


class _Writer:
    def __init__(self, parcel: Parcel, messages: Messages, tally: Tally) -> None:
        self._parcel = parcel
        self._messages = messages
        self._tally = tally
        self._by_name = {
            (page.id, name): body.id
            for body in parcel.of_kind("body")
            for page, naming in zip(body.pages, body.namings, strict=True)
            if isinstance(naming, Body)
            for name in (naming.name, *naming.names)
        }
        self._by_code = {body.code: body.id for body in parcel.of_kind("body") if body.code}

    def entities(self) -> Iterator[Entity]:
        """Yield every entity; one that several things need may come several times."""
        for page in self._parcel.pages:
            self._tally.carry("pages", page)
            yield self._article(page)
        for person in self._parcel.of_kind("person"):
            self._tally.carry("people", person)
            yield from self._person(person)
        for body in self._parcel.of_kind("body"):
            self._tally.carry("bodies", body)
            yield from self._body(body)
        for programme in self._parcel.of_kind("programme"):
            self._tally.carry("programmes", programme)
            yield from self._programme(programme)
        for event in self._parcel.events:
            yield from self._event(event)
        for said in self._parcel.said:
            self._tally.carry("statements" if isinstance(said, SentStatement) else "figures", said)
            yield from self._note(said)

    def _article(self, page: Document) -> Entity:
        return _entity(
            page.id,
            "Article",
            {
                "title": [page.title],
                "author": [page.agency],
                "publisher": [page.outlet],
                "publishedAt": [page.published],
                "retrievedAt": [page.retrieved and page.retrieved[:19]],
                "language": [LANGUAGES[page.lang] if page.lang else None],
                "sourceUrl": [safe_url(page.url)],
                "keywords": [*page.topics, INVENTED if page.invented else None],
            },
        )

    def _common(self, entity: SentEntity) -> Properties:
        return {
            "name": [entity.name],
            "alias": list(entity.others),
            "country": [code for code in [country_code(entity.country)] if code],
            "sourceUrl": [url for page in entity.pages if (url := safe_url(page.url))],
            "proof": [page.id for page in entity.pages],
        }

    def _person(self, person: SentEntity) -> Iterator[Entity]:
        yield _entity(person.id, "Person", {**self._common(person), "position": person.roles})
        for page, naming in zip(person.pages, person.namings, strict=True):
            yield self._mention(page, person, "Person")
            if not isinstance(naming, Person):
                continue
            employer = self._by_name.get((page.id, naming.body or ""))
            if naming.role:
                yield from self._office(person, page, naming, employer)
            elif employer:
                properties: Stated = {"employee": [person.id], "employer": [employer], "date": [page.published], "proof": [page.id]}
                yield _entity(short_id("w", person.id, employer), "Employment", properties)

    def _office(self, person: SentEntity, page: Document, naming: Person, employer: str | None) -> Iterator[Entity]:
        """Yield a post and who holds it on a day: pages say that somebody is minister, not since when."""
        role, country = str(naming.role), country_code(naming.country or person.country)
        post = short_id("o", fold_text(role), employer or country or "")
        yield _entity(post, "Position", {"name": [role], "organization": [employer], "country": [country], "proof": [page.id]})
        yield _entity(
            short_id("h", person.id, post, page.published or ""),
            "Occupancy",
            {"holder": [person.id], "post": [post], "date": [page.published], "proof": [page.id]},
        )

    def _body(self, body: SentEntity) -> Iterator[Entity]:
        schema, topic = BODY_SCHEMAS[body.body_kind]  # type: ignore[index]  # a kind of the closed list
        home = self._common(body)["country"] if body.body_kind == "public_body" else []
        properties: Stated = {**self._common(body), "abbreviation": [body.code], "topics": [topic], "jurisdiction": home}
        yield _entity(body.id, schema, properties)
        for page in body.pages:
            yield self._mention(page, body, schema)

    def _programme(self, programme: SentEntity) -> Iterator[Entity]:
        yield _entity(programme.id, "Project", self._common(programme))
        for page, naming in zip(programme.pages, programme.namings, strict=True):
            if isinstance(naming, Programme) and naming.part_of:
                larger = self._programme_called(naming.part_of)
                if larger is None:
                    larger = short_id("g", fold_text(naming.part_of))
                    yield _entity(larger, "Project", {"name": [naming.part_of], "proof": [page.id]})
                if larger != programme.id:
                    properties = {"subject": [programme.id], "object": [larger], "role": ["part of"], "proof": [page.id]}
                    yield _entity(short_id("u", programme.id, larger), "UnknownLink", properties)

    def _programme_called(self, name: str) -> str | None:
        asked = fold_text(name)
        return next((p.id for p in self._parcel.of_kind("programme") if asked in map(fold_text, (p.name, *p.others))), None)

    def _mention(self, page: Document, entity: SentEntity, schema: str) -> Entity:
        """Return that a page names somebody, and how it prints the name."""
        printed = [naming.name for at, naming in zip(entity.pages, entity.namings, strict=True) if at is page]
        properties: Stated = {"document": [page.id], "name": printed, "resolved": [entity.id], "detectedSchema": [schema]}
        return _entity(short_id("m", page.id, entity.id), "Mention", {**properties, "contextCountry": [country_code(entity.country)]})

    def _event(self, event: SentEvent) -> Iterator[Entity]:
        schema = EVENT_SCHEMAS[event.type]
        others = any(took.role != "organiser" for took in event.roles)
        but = {"roles": _ROLES_OF_EVENT} if others and schema == "Event" else {}
        but |= {"amount": _AMOUNT_OF_EVENT} if schema == "Event" else {}
        self._tally.carry("events", event, but=but)
        organisations = [code for code in event.parties if not country_code(code)]
        involved = [*event.people, *event.bodies, *map(self._side, organisations)]
        pages = [report.page for report in event.reports]
        shared: Stated = {
            "name": [event_title(event, self._messages)],
            "summary": quotes_of(event),
            "date": [None if event.date_end else event.date],
            "startDate": [event.date if event.date_end else None],
            "endDate": [event.date_end],
            "country": [country_code(code) for code in (*event.parties, event.place_country)],
            "keywords": [event.type, event.stage, event.modality, *event.topics, INVENTED if all(p.invented for p in pages) else None],
            "proof": [page.id for page in pages],
            "sourceUrl": [safe_url(page.url) for page in pages],
            "recordId": [event.id],
        }
        if schema == "Event":
            organisers = [took.entity for took in event.roles if took.role == "organiser"]
            own: Stated = {"location": [event.place], "involved": involved, "organizer": organisers}
        else:
            amount = event.amount
            money = [f"{amount.value:f}".rstrip("0").rstrip("."), amount.currency] if amount else [None, None]
            own = {"status": [event.stage], "amount": money[:1], "currency": money[1:], "address": [event.place]}
        yield _entity(event.id, schema, {**shared, **own})
        yield from (self._organisation(code) for code in organisations if code not in self._by_code)
        if schema == "Project":
            yield from self._participants(event, involved)

    def _participants(self, event: SentEvent, involved: Iterable[str]) -> Iterator[Entity]:
        for entity in dict.fromkeys([*involved, *(took.entity for took in event.roles)]):
            roles = [took.role for took in event.roles if took.entity == entity]
            properties: Stated = {"project": [event.id], "participant": [entity], "role": roles}
            yield _entity(short_id("r", event.id, entity), "ProjectParticipant", properties)

    def _side(self, code: str) -> str:
        """Return the entity of an organisation that is a side of an event."""
        return self._by_code.get(code) or short_id("b", "side", code)

    def _organisation(self, code: str) -> Entity:
        """Return an organisation that takes part as a side but is not named as a body on any page."""
        known = read_vocabulary("organisations").get(code)
        names = list(known.labels.values()) if known else [code]
        properties: Stated = {"name": names[-1:], "alias": names[:-1], "abbreviation": [code], "topics": ["gov.igo"]}
        return _entity(self._side(code), "Organization", properties)

    def _note(self, said: SentStatement | SentFigure) -> Iterator[Entity]:
        page = said.page
        if isinstance(said, SentStatement):
            statement, speaker = said.statement, said.speaker
            side = self._messages.side(statement.country) if statement.country else ""
            who = statement.speaker or side
            name = " · ".join(part for part in (self._messages.term("statement_kinds", statement.kind), who) if part)
            countries, role, keywords = (statement.country, statement.toward), str(statement.kind), tuple[str, ...](statement.topics)
        else:
            figure, speaker = said.figure, None
            name = f"{figure.name} · {figure.value:g} {figure.unit}"
            countries, role, keywords = (figure.country, None), "figure", ()
        properties: Stated = {
            "name": [name],
            "description": quotes_of(said),
            "entity": [speaker],
            "country": map(country_code, countries),
            "keywords": [*keywords, INVENTED if page.invented else None],
            "proof": [at.id for at, _ in said.reports],
            "sourceUrl": [safe_url(at.url) for at, _ in said.reports],
        }
        yield _entity(said.id, "Note", properties)
        for at, _ in said.reports:
            documentation: Stated = {"document": [at.id], "entity": [said.id], "role": [role], "date": [at.published]}
            yield _entity(short_id("d", at.id, said.id), "Documentation", documentation)
