"""One telling of a possible happening, with all that its clause says: parties, date, place, stage, signs. No stage."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.annotate.circumstances import When, find_dateline, find_place, find_time
from mithaq.annotate.parties import Sides, find_parties
from mithaq.annotate.scene import Scene
from mithaq.annotate.signs import is_definite, read_signs
from mithaq.annotate.sums import Figures
from mithaq.annotate.triggers import Trigger, find_triggers
from mithaq.model import Place

_DONE = frozenset({"signed", "held", "launched", "running", "completed", "in_force", None})


# The stage of a happening that is told without a word of what was done: «مباحثات الوزيرين في الرباط».
_USUAL = {"meeting": "held", "visit": "held", "event": "held", "agreement": "signed"}


class Telling(NamedTuple):
    """A trigger and what its clause says. ``definite``: it points back to a happening already told."""

    trigger: Trigger
    stage: str | None
    parties: tuple[str, ...]
    when: When
    place: Place | None
    definite: bool
    signs: frozenset[str]
    number: float | None

    @property
    def date(self) -> str | None:
        """Return the date as far as it is known; a deadline is none."""
        return self.when.time.value if self.when.time and not self.when.due else None


def find_tellings(scene: Scene, sides: Sides) -> list[Telling]:
    """Return all tellings of a page in the order of the text."""
    figures = Figures(scene)
    triggers = find_triggers(scene, sides.actors, figures)
    dateline = find_dateline(scene)
    tellings: list[Telling] = []
    for trigger in triggers:
        if _is_denied(scene, trigger):
            continue
        rivals = [t for t in triggers if t.sentence == trigger.sentence and t is not trigger]
        when = find_time(scene, trigger, rivals)
        place = find_place(scene, trigger, rivals)
        signs = read_signs(sides, figures, trigger, when, place)
        stage = _stage(scene, trigger, when, signs)
        if place is None and dateline and scene.sentences[trigger.sentence] in scene.body[:2] and stage in _DONE and "background" not in signs:
            place = dateline
        for parties in find_parties(sides, trigger):
            tellings.append(Telling(trigger, stage, parties, when, place, is_definite(sides, trigger), signs, _number(figures, trigger)))
    return tellings


def _is_denied(scene: Scene, trigger: Trigger) -> bool:
    """Say whether "not" or "no" stands right before what is done: it did not happen."""
    hits = [h for h in (trigger.act, trigger.noun) if h is not None]
    return any(scene.cue_before("negated", h.first, 1) for h in hits)


def _stage(scene: Scene, trigger: Trigger, when: When, signs: frozenset[str]) -> str | None:
    """Return the stage, made "planned" where the words around or the date say that it is still to come."""
    stage = trigger.stage
    if stage in ("suspended", "cancelled", "approved"):
        return stage
    value = when.time.value if when.time else None
    published = scene.document.published
    if value and published and not when.due:
        if value[: len(published)] > published[: len(value)]:
            return "planned"
        if len(value) > 4 and value[: len(published)] < published[: len(value)] and not trigger.future:
            return "held" if stage == "planned" and trigger.type in ("meeting", "visit") else stage
    if trigger.future or "planned" in signs and stage != "in_force" or when.due:
        return "planned"
    return stage or _USUAL.get(trigger.type)


def _number(figures: Figures, trigger: Trigger) -> float | None:
    """Return the first number in the words right after the trigger, which tells one grant or course from another."""
    first, last = trigger.anchor.first, trigger.anchor.last + 8
    return next((n.value for n in figures.numbers(trigger.sentence) if first <= n.first < last), None)
