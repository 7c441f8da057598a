"""When and where a happening took place, as the words beside it say; a deadline or a date of something else is none. No stage."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.annotate.actors import is_located
from mithaq.annotate.scene import Scene
from mithaq.annotate.triggers import Trigger
from mithaq.model import Place, Time
from mithaq.text.tense import says_to

_FAR = 28  # tokens beyond which a date or place of the sentence belongs to something else
_RIVAL = 12
_BEHIND = 4  # a date before the trigger costs a little more than one after it


class When(NamedTuple):
    """The time of a happening; ``due`` marks a deadline, which is no date."""

    time: Time | None
    due: bool = False


def find_time(scene: Scene, trigger: Trigger, rivals: list[Trigger]) -> When:
    """Return the time that belongs to *trigger*: the nearest of its sentence that is nearer to no rival trigger."""
    best: tuple[int, Time, bool] | None = None
    for first, last, time in scene.times.get(trigger.sentence, ()):
        assert isinstance(time, Time)
        gap = _distance(trigger, first, last)
        if gap > _FAR or scene.cue_before("until", first, 1):
            continue
        due = scene.cue_before("deadline", first, 2)
        cost = gap + (30 if due else 0) + _rivalry(trigger, rivals, first, last, gap)
        if cost > _FAR + 30:
            continue
        if best is None or cost < best[0]:
            best = (cost, time, due)
    return When(best[1], best[2]) if best else When(None)


def _distance(trigger: Trigger, first: int, last: int) -> int:
    """Return how far a span is from the nearer of the trigger's words."""
    gaps = []
    for hit in (trigger.noun, trigger.act):
        if hit is not None:
            gaps.append(first - hit.last if first >= hit.last else hit.first - last + _BEHIND if hit.first >= last else 0)
    return max(0, min(gaps))


def _rivalry(trigger: Trigger, rivals: list[Trigger], first: int, last: int, gap: int) -> int:
    """Return what it costs that a date or place stands clearly nearer to another happening of the sentence."""
    nearer = any(_distance(r, first, last) + 4 < gap for r in rivals if r.act is not trigger.act or r.act is None)
    return _RIVAL if nearer else 0


def find_place(scene: Scene, trigger: Trigger, rivals: list[Trigger]) -> Place | None:
    """Return the place that "in" or, for a journey, "to" puts beside the trigger; a city is preferred to a country."""
    best: tuple[int, Place] | None = None
    for first, last, place in scene.places.get(trigger.sentence, ()):
        assert isinstance(place, Place)
        if not _leads_to(scene, trigger, first, place):
            continue
        gap = _distance(trigger, first, last)
        cost = gap + _rivalry(trigger, rivals, first, last, gap) + (6 if place.kind == "country" and trigger.type != "visit" else 0)
        if gap > _FAR or cost > _FAR + _RIVAL:
            continue
        if best is None or cost < best[0]:
            best = (cost, place)
    return best[1] if best else None


def _leads_to(scene: Scene, trigger: Trigger, first: int, place: Place) -> bool:
    prefix = scene.prefixes.get(place.evidence.start, "")
    if is_located(scene, first, prefix):
        return True
    if trigger.type == "visit":
        visited = trigger.anchor.last <= first <= trigger.anchor.last + 3
        return scene.cue_before("destination", first, 1) or says_to(prefix) or visited
    return False


def find_dateline(scene: Scene) -> Place | None:
    """Return the town at the head of the article («Kinshasa, 6 mai –»), where its first paragraph happens."""
    for sentence in scene.sentences:
        if sentence.kind == "dateline" or (scene.body and sentence is scene.body[0]):
            for first, last, place in scene.places.get(scene.sentence_at(sentence.first), ()):
                assert isinstance(place, Place)
                near_start = first - sentence.first <= 1
                followed = last < len(scene.tokens) and scene.is_mark(last)
                if place.kind == "city" and near_start and followed:
                    return place
    return None
