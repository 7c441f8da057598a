"""What tells that a person took part in a happening rather than being only named on its page. No stage; used by ``cast``.

Asked of everybody on the page, with what the rules of ``cast`` make of it: those at the table are often named sentences later, in a
list of their own, and not everybody named beside the deed was there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from mithaq.annotate.actors import Actor
from mithaq.annotate.parties import Sides, clause_of
from mithaq.annotate.tellings import Telling
from mithaq.text.fold import fold_word

_STEPS = (2, 6, 15, 30, 60)  # tokens between a person and the words of the happening
_NEAR, _WIDE = 3, 9  # tokens between a small word such as "with" and whom it brings in
_BESIDE = 16  # tokens between two of one list, office and all
_SPOKE = 4
_MANY = 5
_FEW = 2
_SEATS = (0, 1, 2, 5)  # sentences away
# What tells more together with where the person stands and with the kind of happening.
_TOLD_TOGETHER = frozenset({
    "speaks", "party", "third side", "no side", "first of side", "only of side", "further of side", "side without people", "first named",
    "beside one", "with one", "with near", "witness near", "side near", "lead near", "act signed", "act held", "again", "other telling",
    "taken0", "taken1", "taken2", "taken3", "aside", "in title",
})  # fmt: skip
_OF_KIND = frozenset(
    {"speaks", "party", "third side", "no side", *(f"{cue} near" for cue in ("with", "witness", "lead", "patron", "side"))}
)
_LINKS = ("with", "witness", "lead", "patron", "side", "both", "source", "destination", "aside", "frame", "negated")


class Everybody(NamedTuple):
    """How many people a page names, and their names by side, in the order of the text."""

    number: int
    of_side: Mapping[str | None, Mapping[str, None]]


class Person:
    """Somebody of a page: all mentions, and what is the same whatever happening is asked about."""

    def __init__(self, sides: Sides, name: str, mentions: Sequence[Actor], everybody: Everybody) -> None:
        self.name, self.mentions, self.everybody = name, mentions, everybody
        self.sentences = [sides.scene.sentence_at(a.first) for a in mentions]
        self._sides = sides
        self._beside: dict[int, frozenset[str]] = {}

    @cached_property
    def standing(self) -> frozenset[str]:
        """How the person stands in the page: how often named, in a title, the only or the first of a side, with which office."""
        return frozenset(_standing(self._sides, self))

    @cached_property
    def own_side(self) -> tuple[str, ...]:
        """Everybody of the page who is of the same side, in the order of the text; none where the side is unknown."""
        code = self.mentions[0].code
        return tuple(self.everybody.of_side[code]) if code is not None else ()

    def beside(self, mention: int) -> frozenset[str]:
        """Return what stands beside a mention: small words, verbs of saying, acts, others."""
        found = self._beside.get(mention)
        if found is None:
            actor, sentence = self.mentions[mention], self.sentences[mention]
            found = self._beside[mention] = frozenset(_beside(self._sides, actor, sentence, self.name))
        return found


class Question(NamedTuple):
    """A happening whose people are asked for: its tellings, the one that says most, and whom the rules take."""

    sides: Sides
    tellings: Sequence[Telling]
    best: Telling
    ruled: Collection[str]


def read_people(sides: Sides) -> tuple[Person, ...]:
    """Return everybody on the page, in the order of the text."""
    mentions: dict[str, list[Actor]] = {}
    of_side: dict[str | None, dict[str, None]] = {}
    for actor in sides.actors:
        if actor.kind == "person" and actor.name is not None:
            mentions.setdefault(actor.name, []).append(actor)
            of_side.setdefault(actor.code, {})[actor.name] = None
    everybody = Everybody(len(mentions), of_side)
    return tuple(Person(sides, name, own, everybody) for name, own in mentions.items())


def read_person_signs(asked: Question, person: Person, tells: bool) -> frozenset[str]:
    """Return the signs that somebody took part; *tells*: the rules take him for one who only speaks of it."""
    best, home = asked.best, asked.best.trigger.sentence
    away = [abs(sentence - home) for sentence in person.sentences]
    mention = min(range(len(away)), key=lambda i: (away[i], _gap(best, person.mentions[i])))
    actor, sentence = person.mentions[mention], person.sentences[mention]
    where = _where(sentence - home)
    rule = "in:" if person.name in asked.ruled else "out:"
    kind = best.trigger.type
    found = {where, *person.standing, *person.beside(mention), *_place(asked, actor, sentence), *_side(asked, actor)}
    found.update(_company(asked, person, actor, sentence))
    if tells:
        found.add("only tells")
    stage = f"stage {best.stage}"
    signs = [rule + sign for sign in found]
    for sign in found & _TOLD_TOGETHER:
        signs += (f"{where}/{sign}", f"{kind}/{sign}")
    signs += [rule + sign + ":" + kind for sign in found & _OF_KIND]
    return frozenset([rule[:-1], rule + kind, f"{where}/{stage}", f"{rule}{where}:{kind}", f"{rule}{stage}:{kind}", *signs])


def _gap(best: Telling, actor: Actor) -> int:
    return max(actor.first - best.trigger.last, best.trigger.first - actor.last, 0)


def _where(away: int) -> str:
    size = sum(abs(away) > step for step in _SEATS)
    return "here" if not away else f"{'after' if away > 0 else 'before'}{size}"


def _place(asked: Question, actor: Actor, sentence: int) -> Iterator[str]:
    """Yield where the nearest mention stands: how far from the deed, in its clause, beside the deed told once more."""
    scene, best = asked.sides.scene, asked.best
    if sentence == best.trigger.sentence:
        low, high = clause_of(scene, best.trigger)
        gap = sum(_gap(best, actor) > step for step in _STEPS)
        order = "left" if actor.last <= best.trigger.first else "right" if actor.first >= best.trigger.last else "between"
        yield from (f"gap{gap}", f"{order}{gap}", "clause" if low <= actor.first < high else "other clause")
    elif any(noun.attributes["type"] == best.trigger.type for noun in scene.of("event.noun", sentence)):
        yield "again"
    if any(t.trigger.sentence == sentence and t is not best for t in asked.tellings):
        yield "other telling"


def _beside(sides: Sides, actor: Actor, sentence: int, name: str) -> Iterator[str]:
    scene = sides.scene
    cues = scene.cue_names(sentence)
    for cue in _LINKS:
        if cue not in cues:
            continue
        if scene.cue_before(cue, actor.first, _NEAR):
            yield f"{cue} near"
        elif scene.cue_before(cue, actor.first, _WIDE):
            yield f"{cue} wide"
    if actor.aside:
        yield "aside"
    verbs = scene.of("speech.verb", sentence)
    if any(0 <= v.first - actor.last <= 1 or 0 <= actor.first - v.last <= _SPOKE for v in verbs):
        yield "speaks"
    if scene.in_speech(actor.first):
        yield "in speech"
    yield from {f"act {act.attributes.get('stage')}" for act in scene.of("event.act", sentence)}
    here = [a for a in sides.in_sentence(sentence) if a.kind == "person" and a.name != name]
    if not any(a.first < actor.first for a in here):
        yield "first named"
    yield f"others{min(len(here), _MANY)}"


def _side(asked: Question, actor: Actor) -> Iterator[str]:
    """Yield whether the person's side is a party, and whose ground the happening was on."""
    best = asked.best
    yield "no side" if actor.code is None else "party" if actor.code in best.parties else "third side"
    if best.place is not None and actor.code is not None:
        yield f"{'at home' if best.place.country == actor.code else 'abroad'}:{best.trigger.type}"


def _company(asked: Question, person: Person, actor: Actor, sentence: int) -> Iterator[str]:
    """Yield whom of those whom the rules take stands beside the person, how many they take, and whether of the own side."""
    ruled = asked.ruled
    here = [a for a in asked.sides.in_sentence(sentence) if a.kind == "person" and a.name in ruled and a.name != person.name]
    if here:
        near = any(max(a.first - actor.last, actor.first - a.last) <= _BESIDE for a in here)
        yield "beside one" if near else "with one"
    yield f"taken{min(len(ruled), 3)}"
    if person.own_side and not any(other in ruled for other in person.own_side):
        yield "side without people"


def _standing(sides: Sides, person: Person) -> Iterator[str]:
    scene = sides.scene
    yield from (f"mentions{min(len(person.mentions), 3)}", f"people{min(person.everybody.number, _MANY)}")
    if any(scene.sentences[sentence].kind == "title" for sentence in person.sentences):
        yield "in title"
    own = person.own_side
    if own:
        yield "only of side" if len(own) == 1 else "first of side" if own[0] == person.name else "further of side"
    known = next((p for p in scene.document.people if p.name == person.name), None)
    role = known.role if known else None
    if not role:
        yield "no office"
        return
    yield from (f"office {fold_word(word)}" for word in role.split()[:_FEW])
