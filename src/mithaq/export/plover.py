"""Events and statements as PLOVER records, one JSON object a line: for those who count who does what to whom.

After the PLOVER 2.0 draft (openeventdata/PLOVER, manual of February 2024). One way and lossy: PLOVER was made for conflict, and many
kinds of cooperation fall into one of its types. What it cannot tell apart is written as the weaker one; what it cannot tell is left behind,
and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec
from babel.core import get_global

import mithaq
from mithaq.export.briefing import safe_url
from mithaq.export.exchange import INVENTED, Export, Terms, is_day
from mithaq.export.losses import Tally, quotes_of
from mithaq.export.parcel import Parcel, SentEntity, SentEvent, SentStatement
from mithaq.model import Document
from mithaq.model.vocabulary import EventType, Stage, StatementKind, Topic

CODEBOOK = "plover-2.0-draft"


class Act(NamedTuple):
    """What an event or statement becomes: type, mode, and whether a receiver belongs to it ("mutual": both sides give and receive)."""

    event: str
    mode: str | None = None
    mutual: bool = False


_AGREE, _SUPPORT, _COOPERATE = Act("AGREE"), Act("SUPPORT"), Act("COOPERATE", mutual=True)
_DONE: tuple[Stage, ...] = ("in_force", "held", "launched", "running", "completed")
_AHEAD: tuple[Stage, ...] = ("planned", "signed", "approved")
# Kind of event and stage -> act. What only happens between the sides of a project, training or funding is AID where one side alone gives.
EVENT_ACTS: Mapping[tuple[EventType, Stage | None], Act] = {
    **{("meeting", stage): Act("CONSULT") for stage in (None, *_DONE)},
    **{("visit", stage): Act("CONSULT", "visit") for stage in (None, *_DONE)},
    **{("event", stage): Act("CONSULT", "multilateral") for stage in (None, *_DONE)},
    **{(kind, "planned"): _AGREE for kind in ("meeting", "visit", "event", "agreement")},
    ("agreement", "signed"): _SUPPORT,
    ("agreement", "approved"): _SUPPORT,
    **{("agreement", stage): _COOPERATE for stage in _DONE},
    **{(kind, stage): _AGREE for kind in ("project", "training", "funding") for stage in _AHEAD},
    **{(kind, stage): _COOPERATE for kind in ("project", "training", "funding") for stage in (None, *_DONE)},
}
STATEMENT_ACTS: Mapping[StatementKind, Act] = {
    "need": Act("REQUEST", "assist"),
    "offer": _AGREE,
    "intent": _AGREE,
    "commitment": _AGREE,
    "refusal": Act("REJECT"),
}
# Scores of the manual; a mode has its own where one is given.
SCALES: Mapping[tuple[str, str | None], float] = {
    ("CONSULT", None): 2.5,
    ("CONSULT", "visit"): 4.0,
    ("CONSULT", "multilateral"): 4.0,
    ("AGREE", None): 2.5,
    ("SUPPORT", None): 5.0,
    ("COOPERATE", None): 9.5,
    ("AID", None): 10.0,
    ("REQUEST", "assist"): 0.5,
}
# A need is a request and would count as verbal conflict: no quad is given.
QUADS: Mapping[str, int] = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "REJECT": 3}
CONTEXTS: Mapping[Topic, tuple[str, ...]] = {
    "cybersecurity": ("technology", "cyber"),
    "digital_economy": ("technology", "economic"),
    "startups_innovation": ("technology", "economic"),
    "fintech_payments": ("technology", "economic"),
}
SECTORS: Mapping[str, str] = {"public_body": "GOV", "company": "BUS", "association": "CVL", "university": "EDU"}
# Sides that are no state, and the code of an organisation of each kind without a country.
ORGANISATIONS: Mapping[str, str] = {"UN": "UNO", "EU": "EUR"}
STATELESS: Mapping[str, str] = {"io": "IGO", "company": "MNC", "association": "NGO"}
GIVERS = ("funder", "implementer")
# Codes of states that are no more, which CLDR still knows for their successors; and one that no standard has.
_WITHDRAWN = frozenset({"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"})
_ADDED = {"XK": "XKX"}

CARRIED = {
    "events": ("stage", "parties", "people", "bodies", "place", "place_country", "date", "date_end", "quote", "span", "topics", "thread"),
    "statements": ("kind", "speaker", "country", "toward", "topics", "thread", "quote", "span"),
}
REASONS = {
    ("events", "roles"): "an actor gives and a recipient receives; there are no other roles",
    ("events", "amount"): "no field for money",
    ("events", "groups"): "only named actors have a place",
    ("statements", "reported"): "no field for how words were reported",
    ("statements", "deliverable"): "an offer, an intent and a promise are all AGREE",
    ("statements", "due"): "an offer, an intent and a promise are all AGREE",
}
_NO_DAY = "a record needs a full day"
_NO_ACTOR = "a record needs an actor, and the page names no side"
_STOPPED = "who stopped it, and toward whom, is not told; a record would accuse somebody"
_NO_RECEIVER = "cooperation needs two sides, and the pages name one"


def write_plover(parcel: Parcel, terms: Terms) -> Export:
    """Return one record a line for every event and statement that PLOVER has a type for, by day and id."""
    tally = Tally("plover", parcel, CARRIED, REASONS)
    tally.drop_layers(
        {
            "figures": "no event type for a figure",
            "programmes": "programmes are no actors",
            "threads": "records of one matter share a link; how it stands has no place",
            "pages": "pages leave as citations of their events alone",
        }
    )
    records = [*(_event(event, parcel, tally) for event in parcel.events), *(_statement(one, parcel, tally) for one in parcel.statements)]
    written = sorted((record for record in records if record), key=lambda r: (str(r["date"]), str(r["id"])))
    actors = {entity for record in written for entity in record.pop("_actors", ())}  # type: ignore[attr-defined]  # ids of ours
    for layer, kind in (("people", "person"), ("bodies", "body")):
        for entity in parcel.of_kind(kind):  # type: ignore[arg-type]  # one of the kinds
            if entity.id in actors:
                tally.carry(layer, entity)
            else:
                tally.drop(layer, "takes part in no event that is written")
    return Export(b"".join(msgspec.json.encode(record) + b"\n" for record in written), tally.report())


@cache
def _alpha3() -> Mapping[str, str]:
    aliases: Mapping[str, Sequence[str]] = get_global("territory_aliases")
    known = {new[0]: old for old, new in aliases.items() if len(old) == 3 and old.isalpha() and len(new) == 1 and old not in _WITHDRAWN}
    return {**known, **_ADDED}


def side_code(code: str) -> str:
    """Return the three letters of a side: MAR for MA, UNO, EUR, and IGO for every other organisation."""
    return ORGANISATIONS.get(code) or (_alpha3().get(code, "IGO") if len(code) == 2 else "IGO")


def _event(event: SentEvent, parcel: Parcel, tally: Tally) -> dict[str, object] | None:
    act = EVENT_ACTS.get((event.type, event.stage))
    if act is None:
        stopped = event.stage in ("suspended", "cancelled")
        tally.drop("events", _STOPPED if stopped else f"no event type for an {event.type}")
        return None
    if not is_day(event.date):
        tally.drop("events", _NO_DAY)
        return None
    if not event.parties:
        tally.drop("events", _NO_ACTOR)
        return None
    givers = _givers(event, parcel)
    if act.mutual and len(event.parties) < 2:
        tally.drop("events", _NO_RECEIVER)
        return None
    receivers: Iterable[str] = event.parties if act.mutual else ()
    actors: Iterable[str] = event.parties
    if act.mutual and givers:
        act, actors, receivers = Act("AID"), givers, [side for side in event.parties if side not in givers]
    tally.carry("events", event)
    first = event.reports[0]
    context = ["economic"] if event.type == "funding" else ["diplomatic"] if act.event in ("CONSULT", "AGREE", "SUPPORT") else []
    return _drop_empty(
        {
            "id": event.id,
            "date": event.date,
            "enddate": event.date_end if is_day(event.date_end) else None,
            "actor": _entities(actors, event, parcel),
            "recipient": _entities(receivers, event, parcel),
            **_typed(act, event.topics, context),
            "event_loc": _drop_empty({"name": event.place, "country_code": event.place_country}),
            "event_text": [quote for quote in quotes_of(event) if quote],
            **_source(first.page, first.event.evidence.start, first.event.evidence.end),
            "link": event.thread,
            "comment": _comment(f"{event.type} {event.stage or ''}".strip(), all(r.page.invented for r in event.reports)),
            "reports": [page_report(r.page, r.event.evidence.start, r.event.evidence.end) for r in event.reports],
            "_actors": [*event.people, *event.bodies],
        }
    )


def _statement(said: SentStatement, parcel: Parcel, tally: Tally) -> dict[str, object] | None:
    statement, page = said.statement, said.page
    act = STATEMENT_ACTS.get(statement.kind)
    if act is None:
        praise = "praise cannot be told from blame" if statement.kind == "appraisal" else "no event type for a result"
        tally.drop("statements", praise)
        return None
    if not is_day(page.published):
        tally.drop("statements", _NO_DAY)
        return None
    if not statement.country:
        tally.drop("statements", _NO_ACTOR)
        return None
    tally.carry("statements", said)
    speaker = parcel.entities.get(said.speaker or "")
    return _drop_empty(
        {
            "id": said.id,
            "date": page.published,
            "actor": [_entity(speaker, statement.country)] if speaker else [{"code": side_code(statement.country)}],
            "recipient": [{"code": side_code(statement.toward)}] if statement.toward else [],
            **_typed(act, statement.topics, []),
            "event_text": [quote for quote in quotes_of(said) if quote],
            **_source(page, statement.evidence.start, statement.evidence.end),
            "comment": _comment(f"{statement.kind}; dated by publication", page.invented),
            "link": said.thread,
            "reports": [page_report(at, told.evidence.start, told.evidence.end) for at, told in said.reports],
            "_actors": [speaker.id] if speaker else [],
        }
    )


def _givers(event: SentEvent, parcel: Parcel) -> list[str]:
    """Return the sides that give, where some do and others do not: those of funders and implementers."""
    entities = [parcel.entities[took.entity] for took in event.roles if took.role in GIVERS and took.entity in parcel.entities]
    sides = {side for entity in entities for side in (entity.country, entity.code) if side in event.parties}
    return sorted(side for side in sides if side) if len(sides) < len(event.parties) else []


def _entities(sides: Iterable[str], event: SentEvent, parcel: Parcel) -> list[dict[str, object]]:
    """Return those who took part for each side; the side itself where nobody is named."""
    taking = [parcel.entities[entity] for entity in (*event.people, *event.bodies)]
    found: list[dict[str, object]] = []
    for side in sides:
        own = [entity for entity in taking if side in (entity.country, entity.code)]
        found += [_entity(entity, side) for entity in own] or [{"code": side_code(side)}]
    return found


def _entity(entity: SentEntity, side: str) -> dict[str, object]:
    sector = SECTORS.get(entity.body_kind) if entity.kind == "body" else None
    stateless = entity.kind == "body" and not entity.country
    return _drop_empty(
        {
            "code": STATELESS.get(entity.body_kind, side_code(side)) if stateless and side not in ORGANISATIONS else side_code(side),
            "sector": sector,
            "entity_text": entity.namings[0].name,
            "identifier_text": entity.name,
            "office": entity.roles[0] if entity.roles else None,
            "mithaq_id": entity.id,
        }
    )


def _typed(act: Act, topics: Iterable[Topic], context: list[str]) -> dict[str, object]:
    contexts = [*context, *(name for topic in topics for name in CONTEXTS.get(topic, ("technology",)))]
    return {
        "event": [act.event],
        "mode": [act.mode] if act.mode else [],
        "context": list(dict.fromkeys(contexts)),
        "quad_code": QUADS.get(act.event),
        "event_scale": SCALES.get((act.event, act.mode)),
    }


def _source(page: Document, start: int, end: int) -> dict[str, object]:
    """Return where the first report stands; the words themselves are never in ``text``, which asks for rights that nobody gave."""
    return {
        "text_info": {"start": start, "end": end},
        "cite_info": _drop_empty(
            {
                "url": safe_url(page.url),
                "title": page.title,
                "language": page.lang,
                "publication": page.outlet,
                "license": page.rights,
                "coder": f"mithaq {mithaq.__version__}",
                "codebook": CODEBOOK,
            }
        ),
        "coder": "mithaq",
    }


def page_report(page: Document, start: int, end: int) -> dict[str, object]:
    """Return one page's report as a link with the place of its words."""
    return _drop_empty({"document": page.id, "url": safe_url(page.url), "outlet": page.outlet, "start": start, "end": end})


def _comment(what: str, invented: bool) -> str:
    return f"{what}; {INVENTED} page" if invented else what


def _drop_empty(record: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if value not in (None, [], {}, "")}
