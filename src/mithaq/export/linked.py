"""The record as JSON-LD in the words of schema.org: NewsArticle, Event, Claim, and who took part; for search engines and linked data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from mithaq.export.briefing import safe_url
from mithaq.export.exchange import INVENTED, Export, Terms, event_title, page_iri, urn
from mithaq.export.losses import Tally, quotes_of
from mithaq.export.messages import Messages
from mithaq.export.parcel import Parcel, SentEntity, SentEvent, SentFigure, SentStatement
from mithaq.lexicon.vocabulary import read_vocabulary
from mithaq.model import Document
from mithaq.model.vocabulary import BodyKind, Stage

CONTEXT = "https://schema.org"
BODY_TYPES: Mapping[BodyKind, str] = {
    "public_body": "GovernmentOrganization",
    "company": "Corporation",
    "association": "NGO",
    "io": "Organization",
    "university": "CollegeOrUniversity",
    "other": "Organization",
}
# schema.org knows of an event only whether it is on; of an agreement's road it knows nothing.
STATUSES: Mapping[Stage, str] = {"planned": "EventScheduled", "suspended": "EventPostponed", "cancelled": "EventCancelled"}

CARRIED = {
    "events": ("parties", "people", "bodies", "roles", "place", "place_country", "date", "date_end", "stage", "topics", "quote"),
    "statements": ("kind", "speaker", "country", "toward", "topics", "quote"),
    "figures": ("name", "value", "unit", "comparator", "country", "claimant", "year", "quote"),
    "people": ("other names", "country", "roles", "body", "language of names"),
    "bodies": ("other names", "kind", "country", "code", "language of names"),
    "programmes": ("other names", "country", "part_of", "language of names"),
    "pages": ("title", "url", "outlet", "agency", "published", "lang", "rights", "topics", "copy_of"),
}
REASONS = {
    ("events", "amount"): "an Event has no sum of money",
    ("events", "span"): "an appearance names the page, not the place in it",
    ("statements", "span"): "an appearance names the page, not the place in it",
    ("figures", "span"): "an appearance names the page, not the place in it",
    ("statements", "deliverable"): "schema.org has no relation between a promise and what came of it",
    ("statements", "due"): "schema.org has no relation between a promise and what came of it",
}
_PARTS = {"organiser": "organizer", "funder": "funder"}
_ROLES_OF_EVENT = "an Event knows organiser and funder alone; the others attend"


def write_jsonld(parcel: Parcel, terms: Terms) -> Export:
    """Return one graph with all pages, events, statements, figures, and who and what they name."""
    tally = Tally("jsonld", parcel, CARRIED, REASONS)
    tally.drop_layers({"threads": "schema.org has no relation between a promise and what came of it"})
    graph = [_drop_empty(node) for node in _nodes(parcel, Messages(terms.lang), tally)]
    document = {"@context": CONTEXT, "@graph": graph}
    return Export(msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n" if graph else b"", tally.report())


def _nodes(parcel: Parcel, messages: Messages, tally: Tally) -> Iterator[dict[str, Any]]:
    by_id = {page.id: page for page in parcel.pages}
    for page in parcel.pages:
        tally.carry("pages", page)
        yield _article(page, by_id)
    for entity in parcel.entities.values():
        tally.carry({"person": "people", "body": "bodies", "programme": "programmes"}[entity.kind], entity)
        yield _entity(entity, messages)
    for event in parcel.events:
        others = any(took.role not in _PARTS for took in event.roles)
        tally.carry("events", event, but={"roles": _ROLES_OF_EVENT} if others else {})
        yield _event(event, messages)
    for said in parcel.said:
        tally.carry("statements" if isinstance(said, SentStatement) else "figures", said)
        yield _claim(said, messages)


def _drop_empty(value: Any) -> Any:
    """Return JSON without what no page says."""
    if isinstance(value, dict):
        kept = ((name, _drop_empty(given)) for name, given in value.items())
        return {name: given for name, given in kept if given not in (None, [], {}, "")}
    return [_drop_empty(item) for item in value] if isinstance(value, list) else value


def _article(page: Document, by_id: Mapping[str, Document]) -> dict[str, Any]:
    original = by_id.get(page.copy_of or "")
    return {
        "@type": "NewsArticle",
        "@id": page_iri(page),
        "url": safe_url(page.url),
        "identifier": page.id,
        "headline": page.title,
        "datePublished": page.published,
        "author": {"@type": "Organization", "name": page.agency} if page.agency else None,
        "publisher": {"@type": "Organization", "name": page.outlet} if page.outlet else None,
        "inLanguage": page.lang,
        "isBasedOn": page_iri(original) if original else (urn("page", page.copy_of) if page.copy_of else None),
        "keywords": [*page.topics, *([INVENTED] if page.invented else [])],
        "usageInfo": page.rights,
    }


def _names(entity: SentEntity) -> tuple[list[Any], list[Any]]:
    told = [{"@value": name.name, "@language": name.lang} if name.lang else name.name for name in entity.names]
    return told[:1], told[1:]


def _entity(entity: SentEntity, messages: Messages) -> dict[str, Any]:
    name, others = _names(entity)
    country = {"@type": "Country", "identifier": entity.country, "name": messages.side(entity.country)} if entity.country else None
    node: dict[str, Any] = {"@id": urn("entity", entity.id), "name": name[0], "alternateName": others}
    appearance = {"subjectOf": [{"@id": page_iri(page)} for page in {page.id: page for page in entity.pages}.values()]}
    if entity.kind == "person":
        bodies = dict.fromkeys(body for naming in entity.namings if (body := getattr(naming, "body", None)))
        work = [{"@type": "Organization", "name": body} for body in bodies]
        return {"@type": "Person", **node, "jobTitle": list(entity.roles), "affiliation": work, "workLocation": country, **appearance}
    if entity.kind == "body":
        kind = BODY_TYPES[entity.body_kind]  # type: ignore[index]  # a kind of the closed list
        return {"@type": kind, **node, "areaServed": country, "identifier": entity.code, **appearance}
    larger = dict.fromkeys(part for naming in entity.namings if (part := getattr(naming, "part_of", None)))
    parents = [{"@type": "Project", "name": part} for part in larger]
    return {"@type": "Project", **node, "areaServed": country, "parentOrganization": parents, **appearance}


def _event(event: SentEvent, messages: Messages) -> dict[str, Any]:
    in_parts: dict[str, list[dict[str, str]]] = {}
    for took in event.roles:
        if took.role in _PARTS:
            in_parts.setdefault(_PARTS[took.role], []).append({"@id": urn("entity", took.entity)})
    place = {"@type": "Place", "name": event.place, "address": {"@type": "PostalAddress", "addressCountry": event.place_country}}
    status = STATUSES.get(event.stage) if event.stage else None
    stated = event.place or event.place_country
    sides = [_side(code, messages) for code in event.parties]
    pages = [report.page for report in event.reports]
    return {
        "@type": "Event",
        "@id": urn("event", event.id),
        "name": event_title(event, messages),
        "additionalType": event.type,
        "eventStatus": f"{CONTEXT}/{status}" if status else None,
        "startDate": event.date,
        "endDate": event.date_end,
        "location": {name: given for name, given in place.items() if stated and (name != "address" or event.place_country)},
        "attendee": [*({"@id": urn("entity", one)} for one in (*event.people, *event.bodies)), *sides],
        **in_parts,
        "keywords": [*event.topics, *([event.stage] if event.stage else []), *([INVENTED] if all(p.invented for p in pages) else [])],
        "description": [quote for quote in quotes_of(event) if quote],
        "subjectOf": [{"@id": page_iri(page)} for page in pages],
    }


def _side(code: str, messages: Messages) -> dict[str, Any]:
    kind = "Organization" if code in read_vocabulary("organisations") else "Country"
    return {"@type": kind, "identifier": code, "name": messages.side(code)}


def _claim(said: SentStatement | SentFigure, messages: Messages) -> dict[str, Any]:
    page = said.page
    node: dict[str, Any] = {"@type": "Claim", "@id": urn("claim", said.id), "appearance": [{"@id": page_iri(at)} for at, _ in said.reports]}
    node |= {"datePublished": page.published, "inLanguage": page.lang, "creativeWorkStatus": INVENTED if page.invented else None}
    if isinstance(said, SentFigure):
        figure = said.figure
        about = {
            "@type": "PropertyValue",
            "name": figure.name,
            "value": figure.value,
            "unitText": figure.unit,
            "description": figure.comparator if figure.comparator != "=" else None,
            "temporalCoverage": str(figure.year) if figure.year else None,
        }
        where = [_side(figure.country, messages)] if figure.country else []
        return {
            **node,
            "additionalType": "figure",
            "author": {"@type": "Thing", "name": figure.claimant} if figure.claimant else None,
            "text": [quote for quote in quotes_of(said) if quote],
            "about": [about, *where],
        }
    statement = said.statement
    speaker = {"@id": urn("entity", said.speaker)} if said.speaker else {"@type": "Thing", "name": statement.speaker}
    return {
        **node,
        "additionalType": statement.kind,
        "author": speaker if said.speaker or statement.speaker else None,
        "text": [quote for quote in quotes_of(said) if quote],
        "about": [_side(code, messages) for code in (statement.country, statement.toward) if code],
        "keywords": list(statement.topics),
    }
