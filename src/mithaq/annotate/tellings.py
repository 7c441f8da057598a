"""One telling of a possible happening, with all that its clause says: parties, date, place, stage, signs. No stage."""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from mithaq.annotate.circumstances import (
    Dateline,
    When,
    find_datelines,
    find_place,
    find_seat,
    find_seats,
    find_session,
    find_setting,
    find_time,
)
from mithaq.annotate.parties import Sides, clause_of, find_parties
from mithaq.annotate.scene import Scene
from mithaq.annotate.signs import is_definite, read_signs
from mithaq.annotate.sums import Figures
from mithaq.annotate.triggers import Trigger, find_triggers
from mithaq.model import Place, Time
from mithaq.text.calendar import NEAREST_YEAR

_SET = frozenset({"meeting", "agreement", "event"})  # what happens at one time and place; a visit began earlier
_ON_SCENE = frozenset({("meeting", "held"), ("agreement", "signed")})
_NEXT = 3  # sentences for which a lead that only sets the scene holds
_NEVER = 6  # «لم يسبق للبلدين أن وقعا»: tokens that "never" reaches over
_DENIAL = 3  # «ما تردد عن إلغاء التمرين»: tokens between a rumour or its denial and what did not happen
_MONTH = len("2024-05")
_LONG_AGO = 2  # months
_LEAVE = 6  # tokens between the approval and what it allows
_TO_COME = {"planned", "planned:near", "hypothetical:near", "aim:near"}
_OVER = ("signed", "completed")  # what is told so is over, whatever the nearest day of that name
_DONE = frozenset({"signed", "held", "launched", "running", "completed", "in_force", None})


# The stage of a happening that is told without a word of what was done: «مباحثات الوزيرين في الرباط».
_USUAL = {"meeting": "held", "visit": "held", "event": "held", "agreement": "signed"}


class Telling(NamedTuple):
    """A trigger and what its clause says. ``definite``: it points back to a happening already told.

    ``home``: the town of the page's news, where it happened unless a telling names another place. ``people``: whom its clause
    names. ``near``: the place named beside it, which may only tell whose a body is.
    ``bodies``: whom it names of ministries, companies and the like. ``long_ago``: two months or more before the page.
    """

    trigger: Trigger
    stage: str | None
    parties: tuple[str, ...]
    when: When
    place: Place | None
    definite: bool
    signs: frozenset[str]
    number: float | None
    home: Place | None
    people: frozenset[str] = frozenset()
    near: Place | None = None
    bodies: frozenset[str] = frozenset()
    long_ago: bool = False

    @property
    def beside(self) -> Place | None:
        """Return the place, else the one named beside it, which tells one telling from another."""
        return self.place or self.near

    @property
    def date(self) -> str | None:
        """Return the date as far as it is known; a deadline is none."""
        return self.when.time.value if self.when.time and not self.when.due else None


def find_tellings(scene: Scene, sides: Sides, figures: Figures) -> list[Telling]:
    """Return all tellings of a page in the order of the text."""
    triggers = find_triggers(scene, sides.actors, figures)
    datelines = find_datelines(scene)
    session, seat = find_session(scene), find_seat(scene, datelines)
    setting = find_setting(scene, {t.sentence for t in triggers})
    seats = find_seats(scene, sides.actors)
    tellings: list[Telling] = []
    for trigger in triggers:
        if _is_denied(scene, trigger):
            continue
        rivals = [t for t in triggers if t.sentence == trigger.sentence and t is not trigger]
        when = find_time(scene, trigger, rivals)
        when = When(None) if _tells_basis(scene, trigger) and _is_before(scene, when, trigger) else when
        place, near = find_place(scene, trigger, rivals, seats)
        signs = read_signs(sides, figures, trigger, when, near)
        near = near if place is None else None
        when = _in_tense(scene, trigger, when, signs)
        stage = _stage(scene, trigger, when, signs)
        dateline = _dateline_of(scene, trigger, datelines)
        if dateline and stage in _DONE and "background" not in signs:
            place, when = _or_dateline(trigger, place, dateline), _or_day(when, dateline)
        if setting and trigger.type in _SET and stage in _DONE and scene.sentences[trigger.sentence] in scene.body[1:_NEXT]:
            place, when = _or_dateline(trigger, place, setting), when if when.time else When(setting.time)
        if stage == "approved" and when.time is None and session:
            when = When(session)
        if seat and (stage == "approved" or (_beside_forum(trigger, signs) and place is None)):
            place = seat if place is None or place.kind == "country" else place
        home = seat if _is_of_today(scene, trigger, stage, when, signs) else None
        if trigger.type == "funding" and stage not in ("signed", "approved"):
            place = near = None  # "invests in Kazakhstan": the money goes there, nothing happens there
        definite, number = is_definite(sides, trigger), _number(figures, trigger)
        found = find_parties(sides, trigger)
        people, bodies = _named(sides, trigger, "person"), _named(sides, trigger, "body")
        for parties in found:
            goal = _goal_of(scene, trigger, parties) if trigger.type == "visit" and len(found) > 1 else None
            what = Telling(trigger, stage, parties, when, goal or place, definite, signs, number, home, people, near, bodies)
            tellings.append(what._replace(long_ago=_is_long_ago(scene, when)))
    return tellings


def _tells_basis(scene: Scene, trigger: Trigger) -> bool:
    """Say whether an accord is only what something rests on: «وفق الاتفاقية الموقعة بين الوكالتين», "under the memorandum signed with"."""
    noun, act = trigger.noun, trigger.act
    if noun is None or act is None or trigger.type != "agreement" or trigger.stage != "signed" or act.first < noun.last:
        return False
    return scene.cue_before("basis", noun.first, 1)


def _is_before(scene: Scene, when: When, trigger: Trigger) -> bool:
    """Say whether a time stands before the noun of a happening."""
    return when.time is not None and scene.token_at(when.time.evidence.start) < trigger.anchor.first


def _named(sides: Sides, trigger: Trigger, kind: str) -> frozenset[str]:
    """Return the people or bodies that the clause of a trigger names otherwise than as a source or patron."""
    low, high = clause_of(sides.scene, trigger)
    here = sides.in_sentence(trigger.sentence)
    return frozenset(str(a.name) for a in here if a.kind == kind and a.name is not None and not a.aside and low <= a.first < high)


def _goal_of(scene: Scene, trigger: Trigger, parties: tuple[str, ...]) -> Place | None:
    """Return where one of several journeys goes: the first place behind the visit that is in the country of one of its sides."""
    for first, _, place in scene.places.get(trigger.sentence, ()):
        if isinstance(place, Place) and first >= trigger.anchor.last and place.country in parties:
            return place
    return None


def _in_tense(scene: Scene, trigger: Trigger, when: When, signs: frozenset[str]) -> When:
    """Return the time in the year that its verb allows: "signed on 30 March", told in October, is not next year's though that is nearer."""
    time = when.time
    if time is None or time.value is None or when.due or not time.why.endswith(NEAREST_YEAR) or not _lies_ahead(scene, when):
        return when
    if trigger.act is None or trigger.future or signs & _TO_COME:
        return when
    if trigger.stage not in _OVER and "over" not in trigger.act.attributes:
        return when
    earlier = f"{int(time.value[:4]) - 1:04d}{time.value[4:]}"
    return When(replace(time, value=earlier, end=None)) if earlier[5:] != "02-29" else when


def _beside_forum(trigger: Trigger, signs: frozenset[str]) -> bool:
    """Say whether it happens where the page's forum sits: at it, or on its margins."""
    if trigger.future or signs & {"background", "planned:near", "due"}:
        return False
    return "frame" in signs or "frame:after" in signs or trigger.type == "event"


def _is_of_today(scene: Scene, trigger: Trigger, stage: str | None, when: When, signs: frozenset[str]) -> bool:
    """Say whether talks or a signature belong to the news itself, which has one scene: no other day, no looking back or ahead."""
    if (trigger.type, stage) not in _ON_SCENE or "background" in signs or scene.sentences[trigger.sentence].kind == "title":
        return False
    if trigger.type == "meeting" and scene.sentences[trigger.sentence] not in scene.body[:_NEXT]:
        return False
    value, published = when.time.value if when.time else None, scene.document.published
    return value is None or bool(published and value[:7] == published[:7])


def _dateline_of(scene: Scene, trigger: Trigger, datelines: dict[int, Dateline]) -> Dateline | None:
    """Return the dateline of the trigger's paragraph; the first one holds for the whole lead."""
    sentence = scene.sentences[trigger.sentence]
    if sentence.kind == "title" or not scene.body:
        return None
    own = datelines.get(sentence.paragraph)
    return own or (datelines.get(scene.body[0].paragraph) if sentence in scene.body[:2] else None)


def _or_dateline(trigger: Trigger, place: Place | None, dateline: Dateline) -> Place:
    """Return the town of the dateline where the clause names no place, or only the country of that town."""
    if place is None or (place.kind == "country" and place.country == dateline.place.country and trigger.type != "visit"):
        return dateline.place
    return place


def _or_day(when: When, dateline: Dateline) -> When:
    """Return the day of the dateline where the clause says "today, Monday" and nothing else tells which."""
    if when.time and when.time.value is None and when.time.basis == "relative" and dateline.time:
        return When(dateline.time)
    return when


def _is_denied(scene: Scene, trigger: Trigger) -> bool:
    """Say whether "not" or "no" stands right before what is done: it did not happen."""
    hits = [h for h in (trigger.act, trigger.noun) if h is not None]
    if trigger.act is not None and scene.cue_before("denied", trigger.act.first, _DENIAL):
        return True
    return any(scene.cue_before("negated", h.first, 1) or scene.cue_before("never", h.first, _NEVER) for h in hits)


def _stage(scene: Scene, trigger: Trigger, when: When, signs: frozenset[str]) -> str | None:
    """Return the stage, made "planned" where the words around or the date say that it is still to come."""
    stage = _permitted(scene, trigger) or trigger.stage
    if stage in ("suspended", "cancelled", "approved"):
        return stage
    if _tells_basis(scene, trigger):
        return stage
    if trigger.future or "planned:near" in signs or when.due or _lies_ahead(scene, when) or _is_scheduled(scene, trigger):
        return "planned"
    if _lies_behind(scene, when):
        return "held" if stage == "planned" and trigger.type in ("meeting", "visit") else stage or _USUAL.get(trigger.type)
    if "planned" in signs and stage != "in_force":
        return "planned"
    return stage or _USUAL.get(trigger.type)


def _is_scheduled(scene: Scene, trigger: Trigger) -> bool:
    """Say whether what is done is said to be planned right behind it: "the signing, scheduled for Wednesday, of a memorandum"."""
    act = trigger.act
    return act is not None and any(0 < c.first - act.last <= 1 for c in scene.cues("planned", trigger.sentence))


def _permitted(scene: Scene, trigger: Trigger) -> str | None:
    """Return "approved" for leave to sign: "the cabinet approved the signing of an agreement"."""
    if trigger.act is None or trigger.stage != "signed":
        return None
    acts = scene.of("event.act", trigger.sentence)
    leave = any(a.attributes.get("stage") == "approved" and 0 <= trigger.act.first - a.last <= _LEAVE for a in acts)
    return "approved" if leave and trigger.act.first < trigger.anchor.first else None


def _lies_ahead(scene: Scene, when: When) -> bool:
    value, published = when.time.value if when.time else None, scene.document.published
    if value is None:
        return when.time is not None and _is_tomorrow(scene, when.time)
    return bool(published and value[: len(published)] > published[: len(value)])


def _is_tomorrow(scene: Scene, time: Time) -> bool:
    """Say whether words such as "tomorrow" count days forward, though nobody knows from which day."""
    start, end = time.evidence.start, time.evidence.end
    counted = (m.attributes["offset"] for m in scene.document.matches_of("time.relative") if start <= m.start < end)
    return any(days.isdecimal() and int(days) > 0 for days in counted)


def _lies_behind(scene: Scene, when: When) -> bool:
    """Say whether a date, at least a month, lies before the day of publication."""
    value, published = when.time.value if when.time else None, scene.document.published
    return bool(value and published and len(value) > 4 and value[: len(published)] < published[: len(value)])


def _is_long_ago(scene: Scene, when: When) -> bool:
    """Say whether a month lies two months or more before that of publication."""
    value, published = when.time.value if when.time else None, scene.document.published
    if not value or not published or len(value) < _MONTH or len(published) < _MONTH:
        return False
    year, month = int(published[:4]) - int(value[:4]), int(published[5:7]) - int(value[5:7])
    return 12 * year + month >= _LONG_AGO


def _number(figures: Figures, trigger: Trigger) -> float | None:
    """Return the first number in the words right after the trigger, which tells one grant or course from another."""
    first, last = trigger.anchor.first, trigger.anchor.last + 8
    return next((n.value for n in figures.numbers(trigger.sentence) if first <= n.first < last), None)
