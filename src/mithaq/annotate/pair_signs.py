"""What speaks for and against two sides of a page dealing with each other, as named numbers. No stage; used by ``pairs``.

Asked of every two sides that an event joins, a sentence names together, or of which one is a side that the page is about.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from mithaq.annotate.actors import Actor, is_organisation
from mithaq.annotate.parties import Sides
from mithaq.annotate.scene import Scene, sentences_of
from mithaq.annotate.sides import home_country
from mithaq.annotate.view import View
from mithaq.model import Document, Event, Sentence

Pairing = tuple[str, str]  # codes of two sides, sorted

_LEAD = 3  # sentences
_RANKS = 4
_LEADING = 2  # sides: with these a side may deal that is never named beside them
_SIDES = 14  # a page that names more is a list, and those named least are no side of it
_MANY = 4  # more sides than this in an event tell no more
_CROWD = 3
_PAIR = 2
_NEAR, _CLOSE = 4, 12  # tokens between two sides
_FEW = 2  # events
_EPSILON = 0.01
_ROOMS = frozenset({"event", "meeting", "visit"})
_BROKEN = frozenset({"suspended", "cancelled"})
_UNIONS = frozenset({"UN", "EU"})
_CUES = frozenset({"relation", "with", "hypothetical", "background", "aim", "group", "both_people"})
_KINDS = {"person": "people", "body": "bodies"}


class Dealings:
    """What a page tells of its sides and of each two of them, looked up once; ``ruled`` are the pairs that rules alone make."""

    def __init__(self, document: Document, scene: Scene, sides: Sides, ruled: frozenset[Pairing]) -> None:
        self._document, self._scene, self._sides, self._ruled = document, scene, sides, ruled
        codes = {*sides.votes, *(code for event in document.events for code in event.parties)}
        self._votes = {code: sides.votes.get(code, 0.0) for code in codes}
        self._ranked = sorted(codes, key=lambda code: (-self._votes[code], code))
        self._rank = {code: min(rank, _RANKS) for rank, code in enumerate(self._ranked)}
        self._total = sum(self._votes.values()) or 1.0
        self._top = max(self._votes.values(), default=0.0) or 1.0
        self._hub = next((code for code in self._ranked if not is_organisation(code)), None)
        self._home = home_country(View(document))
        self._leads = frozenset(map(id, scene.body[:_LEAD]))
        self._of_pair: defaultdict[Pairing, dict[str, float]] = defaultdict(dict)
        self._of_side: defaultdict[str, set[str]] = defaultdict(set)
        self._together: Counter[Pairing] = Counter()
        self.told: dict[Pairing, Sentence] = {}  # the first sentence in which both act
        for index, sentence in sentences_of(scene):
            self._read_sentence(index, sentence)
        for event in document.events:
            self._read_event(event)
        named = {str(actor.code) for actor in sides.actors if actor.code}
        self._scenes = frozenset(code for code in named if "sentences" not in self._of_side[code])  # that never act: where things happen
        self._most = self._most_together()

    def pairs(self) -> list[Pairing]:
        """Return every two sides that may deal with each other, in alphabetical order."""
        known = self._ranked[:_SIDES]
        leading = {*self._ranked[:_LEADING], self._hub}
        likely = {pair for pair in _twos(known) if pair in self._of_pair or not leading.isdisjoint(pair)}
        joined = {pair for event in self._document.events for pair in _twos(set(event.parties))}
        return sorted(likely | joined | self._ruled)

    def shown(self, pair: Pairing) -> Sentence | None:
        """Return the sentence that shows two sides which never act in one: the first that names both, else the rarer one."""
        named = [(set(map(_code_of, self._sides.in_sentence(i))), s) for i, s in sentences_of(self._scene)]
        rarer = min(pair, key=lambda code: (self._votes.get(code, 0.0), code))
        both = next((s for codes, s in named if set(pair) <= codes), None)
        return both or next((s for codes, s in named if rarer in codes), None)

    def signs_of(self, pair: Pairing) -> dict[str, float]:
        """Return the signs of two sides with their strength; of the two the one that the page speaks of less is the weak one."""
        strong, weak = sorted(pair, key=lambda code: (self._rank.get(code, _RANKS), -self._votes.get(code, 0.0), code))
        signs = {**self._of_pair.get(pair, {}), **self._standing(strong, weak)}
        signs.update({f"weak {name}": 1.0 for name in self._of_side.get(weak, ())})
        if not self._scenes.isdisjoint(pair):
            signs["only where"] = 1.0
        most = self._most.get(weak, 0)
        if most:
            signs["best of weak" if self._together[pair] == most else "another of weak"] = 1.0
        if pair in self._ruled:
            signs["ruled"] = 1.0
        if not self._document.events:
            signs["no events"] = 1.0
        elif "event" in signs and len(self._document.events) <= _FEW:
            signs["one of few events"] = 1.0
        if self._home:
            signs["home in pair" if self._home in pair else "home elsewhere"] = 1.0
        return signs

    def _standing(self, strong: str, weak: str) -> Mapping[str, float]:
        """Return how two sides stand in the page."""
        votes = self._votes.get(weak, 0.0)
        lenders = is_organisation(strong) + is_organisation(weak)
        signs = {
            f"ranks {self._rank.get(strong, _RANKS)} {self._rank.get(weak, _RANKS)}": 1.0,
            "weak share": votes / self._total,
            "strong share": self._votes.get(strong, 0.0) / self._total,
            "weak log": math.log(votes / self._top + _EPSILON),
            "sides": min(len(self._ranked), 10) / 10,
            "hub" if self._hub in (strong, weak) else "no hub": 1.0,
        }
        if lenders:
            signs[f"organisations {lenders}"] = 1.0
        if not _UNIONS.isdisjoint((strong, weak)):
            signs["union"] = 1.0
        if "events" not in self._of_side.get(weak, ()):
            signs["weak in no event"] = 1.0
        return signs

    def _read_sentence(self, index: int, sentence: Sentence) -> None:
        every = [a for a in self._sides.in_sentence(index) if a.code]
        if not every:
            return
        acting = [a for a in self._sides.acting(index) if a.code]
        codes = sorted({str(a.code) for a in acting})
        place = self._place_of(sentence)
        for actor in every:
            self._of_side[str(actor.code)].add("located" if actor.located else "aside" if actor.aside else actor.kind)
        for code in codes:
            self._of_side[code].update((place, "sentences", *(["alone"] if len(codes) == 1 else [])))
        if acting:
            self._of_side[str(acting[0].code)].add("opens")
        for pair in _twos({str(a.code) for a in every}):
            self._of_pair[pair]["named"] = 1.0
        if len(codes) > 1:
            self._read_together(index, sentence, codes, acting)

    def _place_of(self, sentence: Sentence) -> str:
        if sentence.kind == "title":
            return "title"
        return "lead" if id(sentence) in self._leads else "body"

    def _read_together(self, index: int, sentence: Sentence, codes: list[str], acting: list[Actor]) -> None:
        """Read what a sentence tells of each two sides that act in it."""
        names = ["together", f"together {self._place_of(sentence)}"]
        names += [f"cue {name}" for name in _CUES & self._scene.cue_names(index)]
        names += ["alone together"] if len(codes) == _PAIR else ["crowd"] if len(codes) > _CROWD else []
        for pair in _twos(codes):
            self._together[pair] += 1
            self.told.setdefault(pair, sentence)
            self._of_pair[pair].update(dict.fromkeys(names, 1.0))
        for kind, word in _KINDS.items():
            for pair in _twos({str(a.code) for a in acting if a.kind == kind}):
                self._of_pair[pair][f"{word} together"] = 1.0
        last: dict[str, int] = {}
        for actor in acting:
            code = str(actor.code)
            for other, end in last.items():
                if other != code and actor.first - end <= _CLOSE:
                    self._of_pair[min(other, code), max(other, code)].update(_nearness(actor.first - end))
            last[code] = actor.last

    def _read_event(self, event: Event) -> None:
        parties, sure = sorted(set(event.parties)), event.confidence or 0.0
        size = str(len(parties)) if len(parties) <= _MANY else "many"
        names = ["event", event.type, f"event of {size}"]
        names += [f"room of {size}"] if event.type in _ROOMS else []
        names += ["broken"] if event.stage in _BROKEN else []
        for code in parties:
            self._of_side[code].update(("events", f"event of {size}"))
        for pair in _twos(parties):
            signs = self._of_pair[pair]
            signs.update(dict.fromkeys(names, 1.0))
            signs["sure"] = max(signs.get("sure", 0.0), sure)
            if event.place_country in pair:
                signs["at home"] = 1.0
        host = event.place_country
        if host:
            self._of_side[host].add("host")
            for code in parties if host not in parties else ():
                self._of_pair[min(code, host), max(code, host)]["hosted"] = 1.0

    def _most_together(self) -> dict[str, int]:
        """Return in how many sentences each side acts with the one that it acts with most."""
        most: dict[str, int] = {}
        for pair, count in self._together.items():
            for code in pair:
                most[code] = max(most.get(code, 0), count)
        return most


def _nearness(gap: int) -> dict[str, float]:
    return {"close": 1.0, "breath": 1.0} if gap <= _NEAR else {"close": 1.0}


def _twos(codes: Iterable[str]) -> Iterator[Pairing]:
    """Yield every two of some sides, each two in alphabetical order."""
    return combinations(sorted(codes), 2)


def _code_of(actor: Actor) -> str | None:
    return actor.code
