"""Who took part in a happening and as what: signatories, hosts, visitors, attendees; patrons and those merely named took no part.

No stage; used by ``events``.
"""

from __future__ import annotations

from typing import NamedTuple

from mithaq.annotate.actors import Actor
from mithaq.annotate.parties import Sides
from mithaq.annotate.scene import Scene
from mithaq.annotate.tellings import Telling
from mithaq.model import Evidence, Part
from mithaq.model.vocabulary import PartRole

_REACH = 70  # tokens from the trigger within which a person of the same sentence takes part
_LEADS = 6
_PAIR = 2
_AFTER = 5  # sentences in which those at the table go on to speak
_OFFICE = 14  # tokens of day and office between "announced" and the name of who did


class Cast(NamedTuple):
    """The people and bodies of a happening and their roles."""

    people: tuple[str, ...]
    bodies: tuple[str, ...]
    roles: tuple[Part, ...]


def find_cast(sides: Sides, tellings: list[Telling]) -> Cast:
    """Return who took part by the clauses that tell the happening, in the order of the text."""
    people: dict[str, Part] = {}
    bodies: dict[str, Part] = {}
    mentioned: dict[str, Part] = {}
    for telling in tellings:
        if "title" in telling.signs:
            continue
        for actor in sides.in_sentence(telling.trigger.sentence):
            if actor.name is None or actor.kind not in ("person", "body"):
                continue
            if actor.aside or not _takes_part(sides, telling, actor) or (actor.kind == "body" and _comes_back(telling, tellings)):
                mentioned.setdefault(actor.name, part_of(sides, actor, "mentioned"))
                continue
            target = people if actor.kind == "person" else bodies
            target.setdefault(actor.name, part_of(sides, actor, _role(sides, telling, actor)))
    _add_both(sides, tellings, people)
    _add_speakers(sides, tellings, people)
    extra = [part for name, part in mentioned.items() if name not in people and name not in bodies]
    return Cast(tuple(people), tuple(bodies), (*people.values(), *bodies.values(), *extra))


def _comes_back(telling: Telling, tellings: list[Telling]) -> bool:
    """Say whether a journey told before is only taken up again: «وفي إطار الزيارة شاركت في ندوة بالأكاديمية» tells no visitor."""
    if telling.trigger.type != "visit" or not telling.definite:
        return False
    return any(not other.definite for other in tellings if other is not telling)


def _add_both(sides: Sides, tellings: list[Telling], people: dict[str, Part]) -> None:
    """Add those for whom "the two ministers" stands: the last person of each party named before."""
    for telling in tellings:
        cues = sides.scene.cues("both_people", telling.trigger.sentence)
        if not cues or len(telling.parties) != 2 or "title" in telling.signs:
            continue
        for code in telling.parties:
            known = {a.name for a in sides.actors if a.code == code and a.kind == "person"}
            if known & people.keys():
                continue
            before = [a for a in sides.actors if a.code == code and a.kind == "person" and a.first < cues[0].first and not a.aside]
            if before:
                people.setdefault(str(before[0].name), Part(str(before[0].name), "attendee", _evidence(sides, cues[0].first, cues[0].last)))


def _add_speakers(sides: Sides, tellings: list[Telling], people: dict[str, Part]) -> None:
    """Add to talks those of both sides who go on to speak in the sentences after or lead the delegation: they sat at the table."""
    scene = sides.scene
    held = [t for t in tellings if t.trigger.type == "meeting" and t.stage == "held" and not t.signs & {"title", "background"}]
    if not held or len(held[0].parties) != _PAIR or len(sides.principal) > _PAIR:
        return
    start = held[0].trigger.sentence
    for actor in sides.actors:
        index = scene.sentence_at(actor.first)
        if not start < index <= start + _AFTER or actor.kind != "person" or actor.name in people or actor.aside:
            continue
        role = _seat_at_table(scene, index, actor)
        if role and actor.code in held[0].parties:
            people[str(actor.name)] = part_of(sides, actor, role)


def usual_role(sides: Sides, telling: Telling, actor: Actor) -> PartRole:
    """Return as what a person takes part whom a sentence of its own names: whoever signs or leads, else host, visitor or guest."""
    trigger = telling.trigger
    if actor.code is None or actor.code not in telling.parties:
        return "attendee"
    signs = trigger.type == "agreement" and telling.stage in ("signed", "planned")
    return "signatory" if signs and not sides.scene.cue_before("witness", actor.first, _LEADS) else _guest_role(telling, actor)


def _seat_at_table(scene: Scene, index: int, actor: Actor) -> PartRole | None:
    missions = (n for n in scene.of("event.noun", index) if n.attributes["type"] == "visit")
    if any(0 <= actor.first - n.last <= _OFFICE for n in missions) and scene.cue_before("lead", actor.first, _OFFICE):
        return "leader"
    speaks = (0 <= v.first - actor.last <= 1 or 0 <= actor.first - v.last <= _LEADS for v in scene.of("speech.verb", index))
    return "attendee" if any(speaks) else None


def _evidence(sides: Sides, first: int, last: int) -> Evidence:
    scene = sides.scene
    return Evidence.of(scene.text, scene.tokens[first].start, scene.tokens[last - 1].end)


def part_of(sides: Sides, actor: Actor, role: PartRole) -> Part:
    return Part(actor.name or "", role, _evidence(sides, actor.first, actor.last))


def _takes_part(sides: Sides, telling: Telling, actor: Actor) -> bool:
    """Say whether a person or body of the sentence takes part: of one of the sides, near, and not the one who tells of it."""
    trigger = telling.trigger
    if actor.code is not None and actor.code not in telling.parties:
        return False
    if actor.kind == "person" and _is_to_come(sides, telling):
        return False
    if trigger.type == "visit" and telling.place and actor.code is not None and actor.code == telling.place.country:
        return False  # the host of a visit is no visitor
    if max(actor.first - trigger.last, trigger.first - actor.last, 0) > _REACH:
        return False
    return not only_tells(sides, telling, actor)


def _is_to_come(sides: Sides, telling: Telling) -> bool:
    """Say whether it is not told yet who will take part; who agreed to sign takes part in the plan."""
    trigger = telling.trigger
    planned = telling.stage == "planned" and trigger.type not in ("visit", "meeting", "event")
    return planned and not sides.scene.has_cue("agreed", trigger.first, trigger.last)


def only_tells(sides: Sides, telling: Telling, actor: Actor) -> bool:
    """Say whether "that" or a quotation opens between the actor and the trigger: he speaks of it."""
    scene, trigger = sides.scene, telling.trigger
    if actor.last <= trigger.first:
        if any(actor.last <= h.first < trigger.first for h in scene.of("speech.that", trigger.sentence)):
            return True
        return scene.in_speech(trigger.first) and not scene.in_speech(actor.first)
    verbs = [h for h in scene.of("speech.verb", trigger.sentence) if h.first >= trigger.last and h.first not in scene.named]
    return any(0 <= v.first - actor.last <= 1 or 0 <= actor.first - v.last <= _OFFICE for v in verbs)


def _role(sides: Sides, telling: Telling, actor: Actor) -> PartRole:
    if actor.kind == "body":
        return _body_role(telling, actor)
    if _witnesses(sides, telling, actor):
        return "attendee"
    if telling.trigger.type == "agreement" and telling.stage in ("signed", "planned"):
        return "signatory"
    if sides.scene.cue_before("lead", actor.first, _LEADS):
        return "leader"
    return _guest_role(telling, actor)


def _guest_role(telling: Telling, actor: Actor) -> PartRole:
    place = telling.place.country if telling.place else None
    if telling.trigger.type in ("meeting", "visit") and place and actor.code:
        return "host" if actor.code == place else "visitor"
    return "visitor" if telling.trigger.type == "visit" else "attendee"


def _body_role(telling: Telling, actor: Actor) -> PartRole:
    first = actor.first < telling.trigger.last
    by_type: dict[str, tuple[PartRole, PartRole]] = {
        "agreement": ("signatory", "signatory"),
        "funding": ("funder", "implementer"),
        "training": ("organiser", "attendee"),
        "project": ("implementer", "implementer"),
    }
    roles = by_type.get(telling.trigger.type, ("attendee", "attendee"))
    return roles[0] if first else roles[1]


def _witnesses(sides: Sides, telling: Telling, actor: Actor) -> bool:
    """Say whether "in the presence of" stands between the trigger and the person."""
    cues = sides.scene.cues("witness", telling.trigger.sentence)
    return any(telling.trigger.first <= c.first and c.last <= actor.first for c in cues)
