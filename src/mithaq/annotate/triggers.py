"""Find the words that may tell a happening: a noun with what is done with it («وقعت … مذكرة»), or a verb that tells it alone. No stage.

Everything that could be one is found here; ``judging`` decides later which of them are happenings.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

from mithaq.annotate.actors import Actor
from mithaq.annotate.further import find_further
from mithaq.annotate.scene import Hit, Scene, sentences_of
from mithaq.annotate.sums import Figures
from mithaq.text.shapes import is_and
from mithaq.text.tense import has_article, is_future, says_to

# How many tokens may stand between an act and its noun: signatories with long offices stand between verb and object.
_BEFORE = {"signed": 45, "approved": 30, "held": 28, "planned": 14}
_BEFORE_OTHER = 12
_AFTER = 14
_WEAK_COST = 8
_AFTER_COST = 3
_PART_OF = 3
_ABOUT = 10  # tokens between an accord and the thing that it is about
_GUEST = 30  # tokens between "received" and who was, or who did
_SUBJECT = 25  # tokens between those who "were trained" and that: of which offices and districts they are
_SEATED = 3  # tokens between a cabinet and the word that it sat
_GIVEN = 7  # tokens between "received" and the prize: day and place stand between
_ATTENDED = 5  # tokens between a meeting and those with whom it is held
_PASSED = 8  # tokens between what a council does and its meeting
_FRAMED = 10  # tokens from "on the sidelines of" to the gathering: "of the ministerial summit of the third edition of the Conference"
_LAW = 8  # tokens between "signed" and a law: who signs it and the day stand between
_SIGNED_THINGS = ["agreement", "funding"]  # of which acts tell that need no noun beside them: «ووقع عن الجانب …»
_SUM = 4  # tokens between "received" and the word of a currency
_UNDOING = frozenset({"planned", "suspended", "cancelled"})
_first = attrgetter("first")
_OWN_STAGES = frozenset({"approved", "in_force", "suspended", "cancelled", "planned"})


class Trigger(NamedTuple):
    """One telling of a possible happening: its type and stage, the words ``first:last`` between noun and act, and both of them."""

    type: str
    stage: str | None
    sentence: int
    first: int
    last: int
    noun: Hit | None
    act: Hit | None
    future: bool

    @property
    def anchor(self) -> Hit:
        """Return the word that names the happening: the noun, else the verb."""
        hit = self.noun or self.act
        assert hit is not None  # find_triggers makes none without either
        return hit

    @property
    def puts_off(self) -> bool:
        """Say whether it is told as postponed."""
        return self.act is not None and self.act.attributes.get("stage") == "planned" and not self.act.attributes.get("weak")

    @property
    def words(self) -> str:
        """Return the lexicon entries that made this trigger, for ``why``."""
        return " + ".join(h.word for h in (self.act, self.noun) if h is not None)


def find_triggers(scene: Scene, actors: tuple[Actor, ...], figures: Figures) -> list[Trigger]:
    """Return every telling of a possible happening, in the order of the text."""
    named = scene.named
    found: list[Trigger] = []
    accord = -1  # the last sentence that told of an agreement
    for index, sentence in sentences_of(scene):
        nouns = _leading([h for h in scene.of("event.noun", index) if h.first not in named or _is_gathering(scene, h)])
        further = find_further(scene, index, nouns, accord)
        accord = index if further or any(n.attributes["type"] == "agreement" for n in nouns) else accord
        nouns = sorted([*nouns, *further], key=_first) if further else nouns
        acts = [h for h in scene.of("event.act", index) if h.first not in named]
        verbs = [h for h in scene.of("event.verb", index) if h.first not in named]
        found += _from_nouns(scene, index, nouns, acts)
        if not acts and not verbs:
            continue
        here = actors[bisect_left(actors, sentence.first, key=_first) : bisect_left(actors, sentence.last, key=_first)]
        counted = _counted(scene, index, here, figures)
        if acts:
            found += _from_things(scene, index, scene.of("event.thing", index), acts, nouns)
            found += _from_bare_acts(scene, index, acts, nouns, figures, counted)
        found += [t for v in verbs if (t := _from_verb(scene, index, v, here, counted))]
    found = [t for t in found if not _is_sitting(scene, t) and not _is_frame(scene, t)]
    found.sort(key=lambda t: (t.first, t.last))
    return _once(found)


def _is_gathering(scene: Scene, noun: Hit) -> bool:
    """Say whether a noun opens the name of a gathering that is read as a body: "took part in the Forum on Internet Governance"."""
    kept = noun.attributes["type"] == "event" and "edition" not in noun.attributes
    return kept and noun.first in scene.openings


def _is_frame(scene: Scene, trigger: Trigger) -> bool:
    """Say whether a gathering is only the occasion of what the sentence tells: «على هامش الاجتماع وقعت …»."""
    if trigger.act is None:
        return trigger.type in ("meeting", "event") and scene.cue_before("frame", trigger.first, 1)
    return trigger.type == "event" and trigger.noun is not None and _stands_in_frame(scene, trigger.noun)


def _stands_in_frame(scene: Scene, noun: Hit) -> bool:
    """Say whether "on the sidelines of" leads to a noun without a mark or a deed between: «على هامش القمة المنعقدة بتونس»."""
    acts = scene.of("event.act", scene.sentence_at(noun.first))
    for cue in scene.cues("frame", scene.sentence_at(noun.first)):
        between = range(cue.last, noun.first)
        if 0 <= len(between) <= _FRAMED and noun.first >= cue.last and not any(map(scene.is_mark, between)):
            return not any(a.first in between for a in acts)
    return False


def _is_sitting(scene: Scene, trigger: Trigger) -> bool:
    """Say whether a cabinet sits by itself: "the Council of Ministers held its weekly meeting" brings no two sides together."""
    if trigger.type != "meeting" or scene.cues("with", trigger.sentence, trigger.last, trigger.last + _ATTENDED):
        return False
    if trigger.act is None and _passes(scene, trigger):
        return True
    if scene.cues("with", trigger.sentence):
        return False
    councils = scene.cues("council", trigger.sentence)
    return any(c.first < trigger.last + _SEATED and trigger.first < c.last + _SEATED for c in councils)


def _passes(scene: Scene, trigger: Trigger) -> bool:
    """Say whether something is approved shortly before the words of a meeting: «صادقت الحكومة، في اجتماعها أمس، على القانون»."""
    acts = scene.of("event.act", trigger.sentence)
    return any(a.attributes.get("stage") == "approved" and 0 <= trigger.first - a.last <= _PASSED for a in acts)


def _leading(nouns: list[Hit]) -> list[Hit]:
    """Leave out the delegation where its visit is named too, and words that only lead to another: «فعاليات الدورة التدريبية»."""
    nouns = [n for i, n in enumerate(nouns) if not (n.attributes.get("light") and nouns[i + 1 : i + 2] and nouns[i + 1].first == n.last)]
    if not any(n.attributes["type"] == "visit" and n.attributes.get("alone") for n in nouns):
        return nouns
    return [n for n in nouns if n.attributes["type"] != "visit" or n.attributes.get("alone")]


def _from_nouns(scene: Scene, index: int, nouns: list[Hit], acts: list[Hit]) -> Iterable[Trigger]:
    for noun in nouns:
        kind = noun.attributes["type"]
        if _names_another(noun, nouns):
            continue
        governing = _acts_for(scene, noun, kind, acts, [n for n in nouns if n.attributes["type"] == kind])
        if kind == "funding" and not noun.attributes.get("alone"):
            governing = [a for a in governing if not _signs_accord(a, nouns)]
        if kind == "visit" and _is_guest(scene, noun):
            governing = [a for a in governing if a.first < noun.first]
            if not governing:
                continue
        if not governing and (kind == "event" or noun.attributes.get("needs") == "act"):
            continue
        if not governing:
            yield _make(scene, kind, index, noun, None)
        for act in governing:
            yield _make(scene, kind, index, noun, act)


def _is_guest(scene: Scene, noun: Hit) -> bool:
    """Say whether a delegation is only with whom somebody met: "held talks with a Chadian delegation led by the minister"."""
    return not noun.attributes.get("alone") and scene.cue_before("with", noun.first, 2)


def _signs_accord(act: Hit, nouns: list[Hit]) -> bool:
    """Say whether what is signed is an accord, and the investment only what it is about; a loan signed is money as well."""
    if act.attributes.get("stage") not in ("signed", "approved"):
        return False
    return any(n.attributes["type"] == "agreement" and n.gap(act.first, act.last) <= _BEFORE_OTHER for n in nouns)


def _names_another(noun: Hit, nouns: list[Hit]) -> bool:
    """Say whether a noun is part of an event's name: «ندوة القضايا الرقمية لدورة الدفاع», or its edition: «الدورة الأولى للمنتدى»."""
    events = [n for n in nouns if n.attributes["type"] == "event"]
    if says_to(noun.prefix) and any(0 <= noun.first - n.last <= _PART_OF for n in events):
        return True
    if noun.attributes.get("edition") is None:
        return False
    # The 21st session of a committee is no course.
    kinds = ("event", "meeting") if noun.attributes["type"] == "training" else ("event",)
    return any(n.attributes["type"] in kinds and 0 <= n.first - noun.last <= _PART_OF for n in nouns)


def _from_things(scene: Scene, index: int, things: Sequence[Hit], acts: list[Hit], nouns: list[Hit]) -> Iterable[Trigger]:
    for thing in things:
        if any(n.first < thing.last and thing.first < n.last for n in nouns):
            continue
        for act in _acts_for(scene, thing, "project", acts, things):
            if _is_object(thing, act, nouns):
                continue  # of "an accord on a call centre has been cancelled" the accord is cancelled
            if thing.gap(act.first, act.last) <= _BEFORE_OTHER:
                yield _make(scene, "project", index, thing, act)


def _is_object(thing: Hit, act: Hit, nouns: list[Hit]) -> bool:
    """Say whether a thing is what an agreement before it is about, and the act behind both tells of the agreement."""
    of = act.attributes["of"].split()
    accords = (n for n in nouns if n.attributes["type"] == "agreement")
    return "agreement" in of and act.first >= thing.last and any(0 <= thing.first - n.last <= _ABOUT for n in accords)


def _counted(scene: Scene, index: int, here: Sequence[Actor], figures: Figures) -> list[tuple[int, int]]:
    """Return the tokens of unnamed people: «فنيين», "engineers", and those counted by nationality: "310 Camerounais", «45 سودانيا»."""
    people = [(p.first, p.last) for p in scene.of("event.people", index)]
    nations = [a for a in here if a.kind == "nation"]
    numbers = figures.numbers(index) if nations else ()
    return people + [(n.first, a.last) for a in nations for n in numbers if n.last == a.first]


def _from_bare_acts(
    scene: Scene, index: int, acts: list[Hit], nouns: list[Hit], figures: Figures, people: Sequence[tuple[int, int]]
) -> Iterable[Trigger]:
    """Find acts whose object stands in another sentence or is unnamed people: «ووقع عن الجانب …», "has trained 34 engineers"."""
    taken = {n.attributes["type"] for n in nouns}
    for act in acts:
        needs = act.attributes.get("needs")
        of = act.attributes["of"].split()
        if needs == "people":
            back = _SUBJECT if act.attributes.get("subject") == "before" else 3
            if any(0 <= first - act.last <= 6 or 0 <= act.first - last <= back for first, last in people):
                yield _make(scene, "training", index, None, act)
        elif needs == "money":
            if "funding" not in taken and any(-2 <= m.first - act.last <= 14 for m in figures.sums(index)):
                yield _make(scene, "funding", index, None, act)
        elif needs is None and of == _SIGNED_THINGS and act.attributes.get("stage") == "signed" and "agreement" not in taken:
            if any(a.first == act.first and a is not act and taken & set(a.attributes["of"].split()) for a in acts):
                continue  # "the dialogue, which concluded on Wednesday"
            if scene.cues("law", index, act.last, act.last + _LAW):
                continue  # "signed, on Tuesday, legislation on chips": no accord between two
            yield _make(scene, "agreement", index, None, act)


def _from_verb(scene: Scene, index: int, verb: Hit, here: Sequence[Actor], people: Sequence[tuple[int, int]]) -> Trigger | None:
    needs = verb.attributes.get("needs")
    sides = [a for a in here if not a.located and a.kind != "city"]
    if needs == "two":
        codes = {a.code for a in sides if a.code}
        if len(codes) < 2 and not scene.cues("collective", index) and not scene.cues("with", index, verb.last):
            return None
    elif needs == "person":
        ahead = _GUEST if scene.document.lang == "ar" else 0  # elsewhere the guest stands behind the verb, or else the host: "received by"
        if not any(-ahead <= a.first - verb.last <= _GUEST for a in sides) or _takes_trainees(scene, index, verb):
            return None
    elif needs == "sent":
        if not any(-4 <= first - verb.last <= 6 for first, _ in people):
            return None
    elif needs == "side":
        around = [a for a in here if -8 <= a.first - verb.last <= 10 and a.kind in ("country", "city", "body", "nation")]
        if not around:
            return None
    return _make(scene, verb.attributes["type"], index, None, verb)


def _takes_trainees(scene: Scene, index: int, verb: Hit) -> bool:
    """Say whether "received" has a prize or money as its object, people to be trained, who are no guests, or what ends a training."""
    if any(0 <= m.first - verb.last <= _SUM for m in scene.money_words):
        return True  # "receives 24 billion francs"
    if any(n.attributes.get("given") and 0 <= n.first - verb.last <= _GIVEN for n in scene.of("event.noun", index)):
        return True
    trainings = [h for h in scene.of("event.noun", index) if h.attributes["type"] == "training"]
    endings = [h for h in scene.of("event.act", index) if h.attributes["of"] == "training" and h.attributes.get("stage") == "completed"]
    return any(0 <= h.first - verb.last <= 12 for h in (*trainings, *endings))


def _acts_for(scene: Scene, noun: Hit, kind: str, acts: list[Hit], rivals: Sequence[Hit]) -> list[Hit]:
    """Return the act that most likely governs a noun, and one on its other side that tells another stage.

    "The council adopted the accord with Tunisia, signed on 12 June" tells an approval and an earlier signing.
    """
    costs = [(cost, act.first, act) for act in acts if (cost := _cost(noun, kind, act, rivals)) is not None]
    costs.sort(key=itemgetter(0, 1))
    if not costs:
        return []
    best = _governing(costs, noun)
    put_off = next((a for a in acts if _puts_off(best, a, noun) and kind in a.attributes["of"].split()), None)
    if put_off:
        return [put_off]
    second = next((a for _, _, a in costs[1:] if _tells_more(best, a, noun) and not _is_apart(scene, a, noun)), None)
    return [best, second] if second else [best]


def _governing(costs: Sequence[tuple[int, int, Hit]], noun: Hit) -> Hit:
    """Return the act that costs least, but for one that only says what an accord is about: «وقع … مذكرة تفاهم حول التحضير لتعاون»."""
    best = costs[0][2]
    if not best.attributes.get("weak") or best.first < noun.last:
        return best
    return next((a for _, _, a in costs if a.last <= noun.first and not a.attributes.get("weak")), best)


def _puts_off(signing: Hit, act: Hit, noun: Hit) -> bool:
    """Say whether what is done is done to the signing: «تأجيل توقيع الاتفاق», "the signing of the deal has been postponed"."""
    if signing.attributes.get("stage") != "signed" or act.attributes.get("stage") not in _UNDOING or act.attributes.get("weak"):
        return False
    if 0 <= signing.first - act.last <= 1:
        return True
    passive = signing.first < noun.first and noun.last <= act.first <= noun.last + _AFTER
    return passive and act.attributes.get("stage") == "planned"


def _is_apart(scene: Scene, act: Hit, noun: Hit) -> bool:
    """Say whether ", and" parts an act from a noun behind it: of "the scheme was suspended, and the course put off" it is the scheme's."""
    between = range(act.last, noun.first - 1)
    return any(scene.is_mark(i) and is_and(scene.tokens[i + 1].form) for i in between)


def _tells_more(best: Hit, other: Hit, noun: Hit) -> bool:
    """Say whether *other* tells a further stage of the same thing rather than the same happening in other words."""
    stages = {best.attributes.get("stage"), other.attributes.get("stage")}
    if stages == {"signed"}:
        return _renews(best, other, noun)
    if len(stages) < 2 or None in stages or best.attributes.get("weak") or other.attributes.get("weak"):
        return False
    if not stages & _OWN_STAGES:
        return False
    across = (best.first < noun.first) != (other.first < noun.first)
    return across or (best.first > noun.first and other.first > noun.first)


def _renews(best: Hit, other: Hit, noun: Hit) -> bool:
    """Say whether one of two acts renews an accord and the other, behind it, tells of its signing: «جدد … المذكرة الموقعة في 2022»."""
    early, late = sorted((best, other), key=_first)
    across = early.last <= noun.first and noun.last <= late.first
    return across and bool(early.attributes.get("again")) and not late.attributes.get("again")


def _cost(noun: Hit, kind: str, act: Hit, rivals: Sequence[Hit]) -> int | None:
    """Return how unlikely an act governs a noun, None when it cannot: too far, or a rival noun of the same type between."""
    if kind not in act.attributes["of"].split() or (act.first < noun.last and noun.first < act.last):
        return None
    before = act.last <= noun.first
    if kind in ("meeting", "visit") and act.attributes.get("weak") and not before:
        return None  # "talks, during which the two agreed to …": no second meeting is planned
    if not before and act.prefix and act.attributes.get("stage") in ("suspended", "cancelled"):
        return None  # «اتفاق يسمح بإلغاء الرسوم»: what the accord brings about
    gap = act.gap(noun.first, noun.last)
    if gap > (_BEFORE.get(act.attributes.get("stage", ""), _BEFORE_OTHER) if before else _AFTER):
        return None
    low, high = (act.last, noun.first) if before else (noun.last, act.first)
    if gap > 3 and any(low <= r.first and r.last <= high for r in rivals if r is not noun):
        return None
    return gap + (_WEAK_COST if act.attributes.get("weak") else 0) + (0 if before else _AFTER_COST)


def _make(scene: Scene, kind: str, index: int, noun: Hit | None, act: Hit | None) -> Trigger:
    hits = [h for h in (noun, act) if h is not None]
    stage = (act.attributes.get("stage") if act else None) or (noun.attributes.get("stage") if noun else None)
    # A draft that "was finalised and signed" is none any more.
    passed = act is not None and noun is not None and act.first > noun.first and stage == "signed"
    passed = passed and not (act is not None and has_article(scene.tokens[act.first].form))  # «والتوقيع عليه» is still to come
    if noun is not None and noun.attributes.get("stage") == "planned" and stage != "approved" and not passed:
        stage = "planned"
    first, last = min([h.first for h in hits]), max([h.last for h in hits])
    return Trigger(kind, stage, index, first, last, noun, act, any(_tells_future(scene, h) for h in hits))


def _tells_future(scene: Scene, hit: Hit) -> bool:
    if hit.attributes.get("tense") == "future":
        return True
    lang = scene.document.lang
    return any(is_future(token.form, lang) for token in scene.tokens[hit.first : hit.last])


def _once(triggers: list[Trigger]) -> list[Trigger]:
    """Drop tellings that another of the same type covers: «مباحثات» beside «أجرى مباحثات», a verb inside «عقد لقاء»."""
    kept: list[Trigger] = []
    for trigger in triggers:
        rival = next((k for k in kept if k.type == trigger.type and k.sentence == trigger.sentence and _same_words(k, trigger)), None)
        if rival is None:
            kept.append(trigger)
        elif _weight(trigger) > _weight(rival):
            kept[kept.index(rival)] = trigger
    return kept


def _same_words(a: Trigger, b: Trigger) -> bool:
    if a.act is not None and b.act is not None and ("again" in a.act.attributes) != ("again" in b.act.attributes):
        return False
    if a.anchor.first < b.anchor.last and b.anchor.first < a.anchor.last:
        return a.act is None or b.act is None or a.stage == b.stage or a.noun is None or b.noun is None
    return a.act is not None and b.act is not None and a.act.first == b.act.first and (a.noun is None or b.noun is None)


def _weight(trigger: Trigger) -> int:
    return (trigger.noun is not None) + (trigger.act is not None)
