"""What speaks for and against a telling being a happening: small words before it, dates, places, people, money. No stage."""

from __future__ import annotations

from mithaq.annotate.around import read_around
from mithaq.annotate.circumstances import When
from mithaq.annotate.further import FURTHER
from mithaq.annotate.parties import Sides
from mithaq.annotate.sums import Figures
from mithaq.annotate.triggers import Trigger
from mithaq.model import Place, Time
from mithaq.text.tense import has_article

_BEFORE = 14  # how far a cue before the trigger still colours it
_NEAR = 3
_CUES = frozenset({
    "planned", "hypothetical", "negated", "aim", "frame", "source", "background", "patron", "collective", "with", "witness", "side", "more",
    "separate", "council",
})  # fmt: skip
# Signs whose weight depends on the type of happening: a number speaks for a training, a definite noun against an agreement.
_COUNTING = frozenset({"people", "number", "money"})
_COUNTED = frozenset({"training", "funding", "project", "visit"})  # what is told with numbers; "two ministers met" is no count
_CROSSED = frozenset({
    "date", "place", "codes2", "codes0", "people", "number", "money", "hypothetical", "planned", "definite", "speech", "aim", "negated",
    "background", "early", "title", "council", "council:near", "council:inside",
})  # fmt: skip


def read_signs(sides: Sides, figures: Figures, trigger: Trigger, when: When, place: Place | None) -> frozenset[str]:
    """Return the signs of one telling as words such as ``training:number``."""
    signs = _cue_signs(sides, trigger)
    signs |= _clause_signs(sides, trigger, when, place)
    signs |= _figure_signs(sides, figures, trigger)
    signs |= _position_signs(sides, trigger)
    telling = (_CROSSED if trigger.type in _COUNTED else _CROSSED - _COUNTING) & signs
    signs.update([f"{trigger.type}:{sign}" for sign in telling])
    signs |= _word_signs(sides, trigger)
    signs.update(read_around(sides, trigger))
    return frozenset(signs)


def _word_signs(sides: Sides, trigger: Trigger) -> set[str]:
    lang = sides.scene.document.lang
    shape = ("noun" if trigger.noun else "") + ("act" if trigger.act else "")
    signs = {trigger.type, f"{trigger.type}:{shape}", f"{trigger.type}:{trigger.stage}", f"stage:{trigger.stage}"}
    if trigger.noun:
        signs.add(f"noun:{lang}:{trigger.noun.attributes.get('like', trigger.noun.word)}")
        if trigger.noun.attributes.get("alone"):
            signs.add(f"{trigger.type}:{shape}:alone")
    if trigger.act:
        signs.add(f"act:{lang}:{trigger.act.attributes.get('like', trigger.act.word)}")
    if trigger.noun and trigger.act:
        gap = trigger.noun.gap(trigger.act.first, trigger.act.last)
        order = "before" if trigger.act.first < trigger.noun.first else "after"
        reach = "touching" if gap == 0 else "short" if gap < 5 else "middle" if gap < 15 else "long"
        signs |= {f"{order}:{reach}", f"{trigger.stage}:{reach}"}
    return signs


def _cue_signs(sides: Sides, trigger: Trigger) -> set[str]:
    scene = sides.scene
    signs: set[str] = {"future"} if trigger.future else set()
    names = scene.cue_names(trigger.sentence)
    for name in _CUES & names if names else ():
        for cue in scene.cues(name, trigger.sentence):
            if trigger.act and cue.first < trigger.act.last and trigger.act.first < cue.last:
                signs |= {name, f"{name}:near"}
                continue
            if cue.first >= trigger.first and cue.last <= trigger.last:
                signs.add(f"{name}:inside")
                continue
            ahead = trigger.first - cue.last
            if 0 <= ahead <= _BEFORE:
                signs.add(name)
                if ahead <= _NEAR:
                    signs.add(f"{name}:near")
            elif 0 <= cue.first - trigger.last <= _NEAR * 2:
                signs.add(f"{name}:after")
    return signs


def _clause_signs(sides: Sides, trigger: Trigger, when: When, place: Place | None) -> set[str]:
    signs = {"due"} if when.due else {f"date:{_sort(when.time)}", "date"} if when.time else {"undated"}
    if place:
        signs |= {"place", f"place:{place.kind}"}
    acting = sides.acting(trigger.sentence)
    signs.add(f"codes{min(3, len({a.code for a in acting if a.code}))}")
    signs.add(f"persons{min(2, len({a.name for a in acting if a.kind == 'person'}))}")
    return signs


def _figure_signs(sides: Sides, figures: Figures, trigger: Trigger) -> set[str]:
    signs: set[str] = set()
    people, numbers = sides.scene.of("event.people", trigger.sentence), figures.numbers(trigger.sentence)
    if people and any(-6 <= h.first - trigger.last <= 8 for h in people):
        signs.add("people")
    if not numbers:
        return signs
    if any(-12 <= m.first - trigger.last <= 12 for m in figures.sums(trigger.sentence)):
        signs.add("money")
    if any(trigger.first - 4 <= n.first <= trigger.last + 5 for n in numbers):
        signs.add("number")
    return signs


def _sort(time: Time) -> str:
    return f"{time.basis}:{len(time.value)}" if time.value else "unknown"


def _position_signs(sides: Sides, trigger: Trigger) -> set[str]:
    scene = sides.scene
    sentence = scene.sentences[trigger.sentence]
    signs: set[str] = {sentence.kind}
    if sentence.kind == "body":
        order = scene.body.index(sentence)
        signs.add("early" if order < 2 else "middle" if order < 0.5 * len(scene.body) else "late")
    if is_definite(sides, trigger):
        signs.add("definite")
    if scene.in_speech(trigger.anchor.first):
        signs.add("speech")
    return signs


def is_definite(sides: Sides, trigger: Trigger) -> bool:
    """Say whether the noun points back to something known: "the agreement", «المذكرة»."""
    noun = trigger.noun
    if noun is None or noun.kind == FURTHER:
        return False
    if sides.scene.document.lang == "ar":
        return has_article(sides.scene.tokens[noun.first].form) or sides.scene.cue_before("definite", noun.first, 0)
    return sides.scene.cue_before("definite", noun.first, 1)
