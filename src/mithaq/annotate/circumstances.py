"""When and where a happening took place, as the words beside it say; a deadline or a date of something else is none. No stage."""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise
from typing import NamedTuple

from mithaq.annotate.actors import Actor, is_located
from mithaq.annotate.scene import Hit, Scene
from mithaq.annotate.triggers import Trigger
from mithaq.model import Place, Time
from mithaq.text.tense import says_to

_FAR = 28  # tokens beyond which a date or place of the sentence belongs to something else
_DAY = len("2024-05-31")
_HEAD_MARKS = frozenset({"-", "–", "—", ":", "(", "/", ".", ",", "،"})
_RIVAL = 12
_SEAT = 2  # tokens between a body and the country where it sits
_TOWN_OF = 2  # tokens between a town and its country: "Dubai in the Emirates", «دبي بالإمارات»
_DENIED = 1000
_LATE = 30  # a deadline is taken only when there is no date
_AT_ONCE = 4  # tokens: but in "agreed in January to sign before the end of April" January is not that of the signing
_OBJECT = 5
_HOST = 3  # tokens from a town to "will host"
_SIGNED_AT = 8  # tokens between "signed" and the town where it was, the day between them
_MEETINGS = frozenset({"meeting", "visit", "event"})
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
        if _is_of_signature(scene, trigger, first):
            continue
        if trigger.puts_off:
            if not _is_new_date(scene, trigger, first):
                continue
            return When(time)
        if gap > _FAR or scene.cue_before("until", first, 1):
            continue
        due = scene.cue_before("deadline", first, 2)
        cost = gap + (_LATE if due and gap > _AT_ONCE else 0) + _rivalry(trigger, rivals, first, last, gap)
        if cost > _FAR + _LATE:
            continue
        if best is None or cost < best[0]:
            best = (cost, time, due)
    return When(best[1], best[2]) if best else When(None)


def _is_of_signature(scene: Scene, trigger: Trigger, first: int) -> bool:
    """Say whether a date is that of a signature told behind the trigger: of "they reviewed the accord signed in May" it is."""
    if trigger.type not in _MEETINGS:
        return False
    acts = scene.of("event.act", trigger.sentence)
    return any(a.attributes.get("stage") == "signed" and trigger.last <= a.first and 0 <= first - a.last <= _SIGNED_AT for a in acts)


def _is_new_date(scene: Scene, trigger: Trigger, first: int) -> bool:
    """Say whether a date is the one to which something is put off: "to 4 October", «إلى الرابع من أكتوبر»; others are the old one."""
    if trigger.act is None or first < trigger.act.last:
        return False
    names = ("destination", "until", "locative") if scene.document.lang == "fr" else ("destination", "until")
    return any(scene.cue_before(name, first, 1) for name in names)


def _distance(trigger: Trigger, first: int, last: int) -> int:
    """Return how far a span is from the nearer of the trigger's words; an agreement's noun is a little farther than its act."""
    gaps = []
    if trigger.act is not None:
        gaps.append(_to(trigger.act, first, last))
    if trigger.noun is not None:
        gaps.append(_to(trigger.noun, first, last) + (_OBJECT if trigger.type == "agreement" and trigger.act is not None else 0))
    return min(gaps)


def _to(hit: Hit, first: int, last: int) -> int:
    """Return how far a span is from one word; before it a little farther than behind."""
    if first >= hit.last:
        return first - hit.last
    return hit.first - last + _BEHIND if hit.first >= last else 0


def _rivalry(trigger: Trigger, rivals: list[Trigger], first: int, last: int, gap: int) -> int:
    """Return what it costs that a date or place stands clearly nearer to another happening of the sentence."""
    own = _to(trigger.act, first, last) if trigger.act else gap
    if any(r.noun and r.noun is trigger.noun and r.act and _to(r.act, first, last) < own for r in rivals):
        return _DENIED  # of "adopted the accord, signed on 12 June" the date is the signing's
    nearer = any(_distance(r, first, last) + _BEHIND < gap for r in rivals if r.act is not trigger.act or r.act is None)
    if not nearer:
        return 0
    return _DENIED if gap > _RIVAL else _RIVAL


class Where(NamedTuple):
    """The place of a happening; ``near``: the place named beside it, which may only tell whose a body is."""

    place: Place | None
    near: Place | None


def find_place(scene: Scene, trigger: Trigger, rivals: list[Trigger], seats: Set[int]) -> Where:
    """Return the place that "in" or, for a journey, "to" puts beside the trigger; a city is preferred to a country.

    *seats* are the tokens of countries that tell whose a body is: «وزارة الاتصالات في جمهورية تشاد».
    """
    best: tuple[int, Place] | None = None
    near: tuple[int, Place] | None = None
    before: tuple[int, Place] | None = None
    for first, last, place in scene.places.get(trigger.sentence, ()):
        assert isinstance(place, Place)
        town = before[1] if before and _is_town_of(place, before[1]) and first - before[0] <= _TOWN_OF else None
        before = (last, place)
        if first in scene.named or place.kind == "region" or not _leads_to(scene, trigger, first, place):
            continue
        seat, place = town is None and first in seats and trigger.type != "visit", town or place
        gap = _distance(trigger, first, last)
        cost = gap + _rivalry(trigger, rivals, first, last, gap) + (6 if place.kind == "country" and trigger.type != "visit" else 0)
        if gap > _FAR or cost > _FAR + _RIVAL:
            continue
        if near is None or cost < near[0]:
            near = (cost, place)
        if not seat and (best is None or cost < best[0]):
            best = (cost, place)
    return Where(best[1] if best else None, near[1] if near else None)


def find_seats(scene: Scene, actors: tuple[Actor, ...]) -> frozenset[int]:
    """Return the tokens of countries that tell whose bodies are, where a sentence names two: "the ministry in Chad and that in Niger"."""
    here: dict[int, dict[int, str | None]] = {}
    for body, place in pairwise(actors):
        seated = (body.kind, place.kind, body.code) == ("body", "country", place.code) and not place.located
        if seated and place.first - body.last <= _SEAT:
            here.setdefault(scene.sentence_at(place.first), {})[place.first] = place.code
    return frozenset(first for seats in here.values() if len(set(seats.values())) > 1 for first in seats)


def _is_town_of(country: Place, town: Place) -> bool:
    return country.kind == "country" and town.kind == "city" and country.country is not None and country.country == town.country


def _leads_to(scene: Scene, trigger: Trigger, first: int, place: Place) -> bool:
    prefix = scene.prefixes.get(place.evidence.start, "")
    bare = trigger.type == "visit" and trigger.act is None and trigger.noun is not None and not trigger.noun.attributes.get("alone")
    if is_located(scene, first, prefix, place.kind) and not bare:  # where talks "with a delegation" were held is not where it went
        return True
    if trigger.act is not None and trigger.act.attributes.get("hosts"):
        # The host is the place: «تستضيف الرياض القمة», "Tunis will host the course".
        return 0 <= first - trigger.act.last <= 1 if scene.document.lang == "ar" else 0 < trigger.act.first - first <= _HOST
    if trigger.type == "visit":
        visited = trigger.anchor.last <= first <= trigger.anchor.last + 3
        return scene.cue_before("destination", first, 1) or says_to(prefix) or visited
    return False


class Dateline(NamedTuple):
    """Town and day at the head of a paragraph («Kinshasa, 6 mai –»), where and when it happens."""

    place: Place
    time: Time | None


def find_datelines(scene: Scene) -> dict[int, Dateline]:
    """Return for each paragraph that opens with a dateline its town and day."""
    found: dict[int, Dateline] = {}
    opened: set[int] = set()
    for index, sentence in enumerate(scene.sentences):
        if sentence.kind not in ("body", "dateline") or sentence.paragraph in opened:
            continue
        opened.add(sentence.paragraph)
        for first, last, place in scene.places.get(index, ()):
            assert isinstance(place, Place)
            day = next((t for f, _, t in scene.times.get(index, ()) if isinstance(t, Time) and 0 <= f - last <= 2), None)
            if place.kind == "city" and first - sentence.first <= 1 and (day or _ends_head(scene, last)):
                found[sentence.paragraph] = Dateline(place, day if day and day.value and len(day.value) == _DAY else None)
                break
    return found


def _ends_head(scene: Scene, last: int) -> bool:
    """Say whether a dash, colon, bracket or date follows the town, as nothing else in a sentence does."""
    if last >= len(scene.tokens):
        return False
    token = scene.tokens[last]
    return token.form in _HEAD_MARKS or token.kind == "number"


def find_setting(scene: Scene, busy: set[int]) -> Dateline | None:
    """Return town and day of a first sentence that tells no happening itself but where and when the next ones take place.

    *busy* are the sentences that tell one.
    """
    if not scene.body:
        return None
    index = scene.sentence_at(scene.body[0].first)
    cities = [(first, place) for first, _, place in scene.places.get(index, ()) if isinstance(place, Place) and place.kind == "city"]
    towns = [place for first, place in cities if is_located(scene, first, scene.prefixes.get(place.evidence.start, ""), "city")]
    days = [time for _, _, time in scene.times.get(index, ()) if isinstance(time, Time)]
    return Dateline(towns[0], days[0] if days else None) if towns and index not in busy else None


def find_session(scene: Scene) -> Time | None:
    """Return the first full date of title and lead: the day on which a council that approves something sat."""
    for index, sentence in enumerate(scene.sentences):
        if sentence.kind == "title" or sentence in scene.body[:2]:
            for first, _, time in scene.times.get(index, ()):
                if isinstance(time, Time) and time.value and len(time.value) == _DAY and not _after_signing(scene, first):
                    return time
    return None


def find_seat(scene: Scene, datelines: dict[int, Dateline]) -> Place | None:
    """Return the town where council or forum of the page sit: the first that "in" brings in title or lead, else that of the dateline."""
    for index, sentence in enumerate(scene.sentences):
        if sentence.kind != "title" and sentence not in scene.body[:2]:
            continue
        for first, _, place in scene.places.get(index, ()):
            prefix = scene.prefixes.get(place.evidence.start, "")
            located = isinstance(place, Place) and place.kind == "city" and is_located(scene, first, prefix, "city")
            if isinstance(place, Place) and located and not _of_signing(scene, first):
                return place
    return next((d.place for d in datelines.values()), None)


def _of_signing(scene: Scene, first: int) -> bool:
    """Say whether a place is where what is now approved was signed: «المصادقة على الاتفاقية المبرمة بجدة»."""
    acts = scene.of("event.act", scene.sentence_at(first))
    return any(a.attributes.get("stage") == "approved" for a in acts) and _after_signing(scene, first)


def _after_signing(scene: Scene, first: int) -> bool:
    """Say whether "signed" stands shortly before a place or date."""
    acts = scene.of("event.act", scene.sentence_at(first))
    return any(a.attributes.get("stage") == "signed" and 0 <= first - a.last <= _SIGNED_AT for a in acts)
