"""Projects, trainings, funding and agreements with a deliverable as IATI 2.03 activities: for those who follow money and aid.

A talk, a wish or a word of praise is no activity. Whoever exports reports on the activities of others: the file says so ("secondary
reporter"). What IATI demands and no page says (a status, a full day, who takes part) is not made up: such an event is left behind, counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from lxml import etree

from mithaq.errors import QuestionError
from mithaq.export.briefing import safe_url
from mithaq.export.exchange import INVENTED, Export, Terms, clean_xml, event_title, is_day, is_invented
from mithaq.export.losses import Tally, shown_quote, shown_words
from mithaq.export.messages import Messages
from mithaq.export.parcel import Parcel, SentEvent, SentStatement
from mithaq.model.vocabulary import LANGUAGES, EventType, Modality, PartRole, Stage, Topic
from mithaq.model.world import EntityName

VERSION = "2.03"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Events that are activities by themselves; an agreement is one where a commitment beside it names what will be delivered.
ACTIVITIES: tuple[EventType, ...] = ("project", "training", "funding", "agreement")
# Stage -> (activity-status, activity-date type). Status: 1 pipeline, 2 implementation, 4 closed, 5 cancelled, 6 suspended; date: 1 planned
# start, 2 actual start, 4 actual end.
STAGES: Mapping[Stage, tuple[str, str]] = {
    "planned": ("1", "1"),
    "signed": ("1", "2"),
    "approved": ("1", "2"),
    "in_force": ("2", "2"),
    "launched": ("2", "2"),
    "running": ("2", "2"),
    "held": ("4", "2"),
    "completed": ("4", "4"),
    "suspended": ("6", "2"),
    "cancelled": ("5", "2"),
}
# Role -> participating-org role: 1 funding, 2 accountable, 3 extending, 4 implementing. A side without any other role is accountable.
ROLES: Mapping[PartRole, str] = {"funder": "1", "organiser": "2", "signatory": "2", "leader": "2", "implementer": "4", "host": "4"}
ACCOUNTABLE = "2"
ORGANISATION_TYPES: Mapping[str, str] = {
    "public_body": "10",
    "association": "22",
    "io": "40",
    "company": "70",
    "university": "80",
    "other": "90",
}
GOVERNMENT, MULTILATERAL, COUNTRY_LETTERS = "10", "40", 2
# Topic -> sector of the OECD (vocabulary 1). Only the first topic is written so: several sectors would need shares that no page gives.
SECTORS: Mapping[Topic, str] = {
    "telecom_post_regulation": "22010",
    "media_content": "22030",
    "digital_government": "15110",
    "startups_innovation": "25030",
    "digital_economy": "25010",
    "digital_skills": "43081",
    "research_education": "43082",
}
ICT = "22040"
AID_TYPES: Mapping[tuple[EventType, Modality | None], str] = {
    ("project", None): "C01",
    ("project", "south-south"): "C01",
    ("project", "triangular"): "C01",
    ("training", None): "D02",
    ("training", "triangular"): "D02",
    ("training", "south-south"): "D021",
}
# Stage -> transaction type: 12 outgoing pledge, 2 outgoing commitment, 3 disbursement.
TRANSACTIONS: Mapping[Stage, str] = {
    "planned": "12",
    "signed": "2",
    "approved": "2",
    "in_force": "2",
    "launched": "2",
    "running": "2",
    "held": "3",
    "completed": "3",
}
BILATERAL, TRIANGULAR = "1", "8"
OWN_TAGS, WEB_PAGE, SIBLING = "99", "A12", "3"

CARRIED = {
    "events": ("stage", "parties", "bodies", "roles", "place", "date", "date_end", "modality", "amount", "topics", "thread", "quote"),
    "statements": ("kind", "deliverable", "quote"),
    "bodies": ("kind",),
}
REASONS = {
    ("events", "people"): "participants are organisations",
    ("events", "span"): "a document link names the page, not the place in it",
    ("events", "place_country"): "a place is written by its name",
    ("statements", "due"): "a planned end needs a full day",
}
_NO_STAGE = "an activity needs a status, and no page gives its stage"
_NO_DAY = "an activity needs a date with a full day"
_NO_PARTY = "an activity needs somebody who takes part"
_NO_ACTIVITY = "not an activity: IATI knows projects, training and funding, no talks"
_NO_DELIVERABLE = "an agreement without a deliverable is no activity"
_NO_ADDRESS = "a document link needs an address on the web"
_NO_SHARES = "several recipient countries would need shares that no page gives"
_NO_FUNDER = "who gives the money is not told"


class Promise(NamedTuple):
    """A commitment that makes an agreement an activity."""

    event: str
    said: SentStatement


def write_iati(parcel: Parcel, terms: Terms) -> Export:
    """Return the activities of a parcel as IATI XML, by day and id. Raises QuestionError when nobody is named who publishes them."""
    if terms.reporter is None:
        raise QuestionError("IATI asks who publishes; give --reporter REF NAME, for example --reporter XM-EXAMPLE-1 'Observatory of Amal'")
    tally = Tally("iati", parcel, CARRIED, REASONS)
    promises = find_promises(parcel)
    root = etree.Element("iati-activities", version=VERSION)
    writer = _Writer(parcel, terms, tally)
    used: set[str] = set()
    kept: list[SentEvent] = []
    for event in parcel.events:
        reason = why_no_activity(event, promises)
        if reason:
            tally.drop("events", reason)
        else:
            kept.append(event)
    for event in kept:
        used.update(bodies_of(event, parcel))
        siblings = [other.id for other in kept if event.thread and other.thread == event.thread and other is not event]
        root.append(writer.activity(event, promises.get(event.id), siblings))
    _count_rest(parcel, tally, used, {promises[event.id].said.id for event in kept if event.id in promises})
    written = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True) if len(root) else b""
    return Export(written, tally.report())


def find_promises(parcel: Parcel) -> dict[str, Promise]:
    """Return for each agreement the commitment with a deliverable that is a step of the same thread, else the one beside it on a page.

    Where a page tells of several agreements of the promising side, whose deliverable it is stays unknown, and it is nobody's.
    """
    found: dict[str, Promise] = {}
    for said in parcel.statements:
        statement = said.statement
        if statement.kind != "commitment" or not (statement.deliverable or statement.amount):
            continue
        sides = {side for side in (statement.country, statement.toward) if side}
        pages = {page.id for page, _ in said.reports}
        agreements = [event for event in parcel.events if event.type == "agreement"]
        fitting = [event for event in agreements if said.thread and event.thread == said.thread] or [
            event
            for event in agreements
            if sides and sides <= set(event.parties) and any(report.page.id in pages for report in event.reports)
        ]
        if len(fitting) == 1:
            found.setdefault(fitting[0].id, Promise(fitting[0].id, said))
    return found


def why_no_activity(event: SentEvent, promises: Mapping[str, Promise]) -> str | None:
    """Say why an event is no activity that IATI could hold; None when it is one."""
    if event.type not in ACTIVITIES:
        return _NO_ACTIVITY
    if event.type == "agreement" and event.id not in promises:
        return _NO_DELIVERABLE
    if event.stage is None:
        return _NO_STAGE
    if not is_day(event.date):
        return _NO_DAY
    return None if event.parties or event.bodies else _NO_PARTY


def bodies_of(event: SentEvent, parcel: Parcel) -> tuple[str, ...]:
    """Return the bodies that take part, those that are named by their role alone among them."""
    in_roles = [took.entity for took in event.roles if took.role in ROLES and took.entity in parcel.entities]
    return tuple(dict.fromkeys((*event.bodies, *(entity for entity in in_roles if parcel.entities[entity].kind == "body"))))


def _count_rest(parcel: Parcel, tally: Tally, bodies: set[str], promised: set[str]) -> None:
    tally.drop_layers(
        {
            "people": "participants are organisations",
            "programmes": "a programme that no page tells a stage of is no activity",
            "figures": "a cited figure is no result of an activity",
            "threads": "activities of one matter are related; how it stands has no place",
            "pages": "pages leave as links of their activities alone",
        }
    )
    for body in parcel.of_kind("body"):
        if body.id in bodies:
            tally.carry("bodies", body)
        else:
            tally.drop("bodies", "takes part in no activity that is written")
    for said in parcel.statements:
        if said.id in promised:
            tally.carry("statements", said)
        else:
            tally.drop("statements", "not the deliverable of an activity")


class _Writer:
    def __init__(self, parcel: Parcel, terms: Terms, tally: Tally) -> None:
        self._parcel = parcel
        self._terms = terms
        self._tally = tally
        self._speak = {lang: Messages(lang) for lang in LANGUAGES}

    def activity(self, event: SentEvent, promise: Promise | None, siblings: Iterable[str]) -> etree._Element:
        """Return one activity; its parts stand in the order that the schema demands."""
        reporter = self._terms.reporter
        assert reporter is not None and event.stage is not None
        top = etree.Element("iati-activity")
        _add(top, "iati-identifier").text = self._name(event.id)
        who = _add(top, "reporting-org", ref=reporter.ref, type=reporter.kind, **{"secondary-reporter": "1"})
        _narrate(who, reporter.name)
        self._title(_add(top, "title"), event)
        self._descriptions(top, event, promise)
        self._participants(top, event)
        status, start = STAGES[event.stage]
        _add(top, "activity-status", code=status)
        self._dates(top, event, start)
        lost: dict[str, str] = {}
        self._recipient(top, event, lost)
        if event.place:
            name = _add(_add(top, "location"), "name")
            _narrate(name, event.place, event.reports[0].page.lang)
        _add(top, "sector", vocabulary="1", code=SECTORS.get(event.topics[0], ICT) if event.topics else ICT)
        for topic in event.topics:
            tag = _add(top, "tag", vocabulary=OWN_TAGS, code=topic)
            for lang, messages in self._speak.items():
                _narrate(tag, messages.term("topics", topic), lang)
        if event.modality == "triangular":
            _add(top, "collaboration-type", code=TRIANGULAR)
        elif len(event.parties) == 2 and all(len(side) == COUNTRY_LETTERS for side in event.parties):
            _add(top, "collaboration-type", code=BILATERAL)
        aid = AID_TYPES.get((event.type, event.modality))
        if aid:
            _add(top, "default-aid-type", code=aid)
        self._money(top, event, lost)
        self._links(top, event)
        for sibling in siblings:
            _add(top, "related-activity", ref=self._name(sibling), type=SIBLING)
        self._tally.carry("events", event, but=lost)
        return top

    def _name(self, event_id: str) -> str:
        """Return the identifier of an activity, which begins with that of the reporter."""
        assert self._terms.reporter is not None
        return f"{self._terms.reporter.ref}-mithaq-{event_id}"

    def _title(self, title: etree._Element, event: SentEvent) -> None:
        for lang, messages in self._speak.items():
            words = event_title(event, messages)
            _narrate(title, f"{words} ({messages.text('dossier.invented_mark')})" if is_invented(event) else words, lang)

    def _descriptions(self, top: etree._Element, event: SentEvent, promise: Promise | None) -> None:
        """Write the words of the pages, each in its language; of protected pages none, then the title stands again."""
        told = [(shown_quote(r.page, r.event.evidence), r.page.lang) for r in event.reports]
        quotes = [(words, lang) for words, lang in told if words]
        general = _add(top, "description", type="1")
        for words, lang in quotes:
            _narrate(general, words, lang)
        if not quotes:
            self._title(general, event)
        said = promise.said if promise else None
        objective = said and (shown_quote(said.page, said.statement.evidence) or shown_words(said.page, said.statement.deliverable or ""))
        if said and objective:
            _narrate(_add(top, "description", type="2"), objective, said.page.lang)

    def _participants(self, top: etree._Element, event: SentEvent) -> None:
        """Write who takes part: bodies in their roles, then the sides for whom nobody stands yet."""
        roles: dict[str, list[str]] = {}
        for took in event.roles:
            if took.role in ROLES:
                roles.setdefault(took.entity, []).append(ROLES[took.role])
        sides = set(event.parties)
        funded = {side for took in event.roles if took.role == "funder" for side in self._sides_of(took.entity)}
        for entity_id in bodies_of(event, self._parcel):
            body = self._parcel.entities[entity_id]
            sides -= set(self._sides_of(entity_id)) if roles.get(entity_id) else set()
            for role in dict.fromkeys(roles.get(entity_id, [ACCOUNTABLE])):
                party = _add(top, "participating-org", role=role, type=ORGANISATION_TYPES[body.body_kind])
                for name in _one_a_language(body.names):
                    _narrate(party, name.name, name.lang)
        for side in sorted(sides):
            kind = GOVERNMENT if len(side) == COUNTRY_LETTERS and side not in ("EU", "UN", "WB") else MULTILATERAL
            party = _add(top, "participating-org", role="1" if side in funded else ACCOUNTABLE, type=kind)
            for lang, messages in self._speak.items():
                _narrate(party, messages.side(side), lang)

    def _sides_of(self, entity_id: str) -> list[str]:
        entity = self._parcel.entities.get(entity_id)
        return [side for side in (entity.country, entity.code) if side] if entity else []

    def _dates(self, top: etree._Element, event: SentEvent, start: str) -> None:
        """Write when it begins or ends; what happened on that day is said beside it, for a signature is no start of work."""
        day = _add(top, "activity-date", type=start, **{"iso-date": str(event.date)})
        for lang, messages in self._speak.items():
            _narrate(day, messages.term("stages", event.stage), lang)
        if is_day(event.date_end):
            _add(top, "activity-date", type="3" if event.stage == "planned" else "4", **{"iso-date": str(event.date_end)})

    def _recipient(self, top: etree._Element, event: SentEvent, lost: dict[str, str]) -> None:
        """Write the country that receives: the only one besides those that give; of several no page says the shares."""
        givers = {side for took in event.roles if took.role in ("funder", "implementer") for side in self._sides_of(took.entity)}
        receivers = [side for side in event.parties if len(side) == COUNTRY_LETTERS and side not in givers]
        if len(receivers) == 1:
            _add(top, "recipient-country", code=receivers[0])
        elif receivers:
            lost["parties"] = _NO_SHARES

    def _money(self, top: etree._Element, event: SentEvent, lost: dict[str, str]) -> None:
        kind = TRANSACTIONS.get(event.stage) if event.stage else None
        if event.amount is None or kind is None:
            return
        funders = [took.entity for took in event.roles if took.role == "funder" and took.entity in self._parcel.entities]
        transaction = _add(top, "transaction")
        _add(transaction, "transaction-type", code=kind)
        _add(transaction, "transaction-date", **{"iso-date": str(event.date)})
        value = _add(transaction, "value", currency=event.amount.currency, **{"value-date": str(event.date)})
        value.text = f"{event.amount.value:.2f}".rstrip("0").rstrip(".")
        if funders:
            for name in _one_a_language(self._parcel.entities[funders[0]].names)[:1]:
                _narrate(_add(transaction, "provider-org"), name.name, name.lang)
        else:
            lost["roles"] = _NO_FUNDER

    def _links(self, top: etree._Element, event: SentEvent) -> None:
        for page in (report.page for report in event.reports):
            url = safe_url(page.url)
            if url is None:
                self._tally.miss("events", "address", _NO_ADDRESS)
                continue
            link = _add(top, "document-link", url=url, format="text/html")
            _narrate(_add(link, "title"), page.title or page.outlet or url, page.lang)
            if page.invented:
                _narrate(_add(link, "description"), INVENTED, "en")
            _add(link, "category", code=WEB_PAGE)
            if page.lang:
                _add(link, "language", code=page.lang)
            if is_day(page.published):
                _add(link, "document-date", **{"iso-date": str(page.published)})


def _one_a_language(names: Iterable[EntityName]) -> tuple[EntityName, ...]:
    """Return the commonest name of each language."""
    found: dict[str | None, EntityName] = {}
    for name in names:
        found.setdefault(name.lang, name)
    return tuple(found.values())


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, tag, attributes)


def _narrate(parent: etree._Element, words: str, lang: str | None = None) -> None:
    """Write words as they are, in their language; what XML cannot hold is left out."""
    narrative = etree.SubElement(parent, "narrative", {LANG: lang} if lang else {})
    narrative.text = clean_xml(words)
