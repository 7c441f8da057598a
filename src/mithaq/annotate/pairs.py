"""Find which two sides interact: rules propose, learned weights choose among every two sides of the page. No stage; used by ``events``.

Rules take the parties of events, else words of cooperation beside both; ``pair_signs`` says what speaks for and against each two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from msgspec.structs import replace

from mithaq.annotate.actors import is_organisation
from mithaq.annotate.pair_signs import Dealings, Pairing
from mithaq.annotate.parties import Sides, read_sides
from mithaq.annotate.scene import Scene, read_scene, sentences_of
from mithaq.lexicon.certainty import confidence
from mithaq.lexicon.weighing import likelihood, load_scales, weightiest
from mithaq.model import Document, Event, Evidence, Pair, Sentence

_LEAD = 3  # sentences
_JOINT = 4  # more sides than this in one room are a gathering, in which not everybody deals with everybody
_UNION = 7  # more than this have joined something, each for itself
_GIVING = frozenset({"funding", "training"})
# What a page also tells in passing: who is trained, paid for or met beside its own story makes no pair of it.
_PASSING = frozenset({"funding", "training", "meeting", "visit", "project"})
_LEADING = 2  # sides
_GATHERING = frozenset({"event", "meeting"})
_ROOMS = frozenset({"event", "meeting", "visit"})
_PAIR = 2  # sides
_DOMINANT = 1.5  # times the votes of the next


KEPT = 0.2  # a pair that rules make is left out only when it is less likely than this: what they know stands unless much is against it


def read_pairs(document: Document) -> tuple[Pair, ...]:
    """Return the sorted pairs of a page, each with the words that show it and how sure it is, in alphabetical order."""
    scales = load_scales("pairs")
    scene = read_scene(document)
    sides = read_sides(scene)
    ruled = _rule_pairs(document, scene, sides)
    dealings = Dealings(document, scene, sides, frozenset(ruled))
    found = []
    for a, b in dealings.pairs():
        signs = dealings.signs_of((a, b))
        chance = likelihood(signs, scales)
        if chance < (KEPT if (a, b) in ruled else scales.threshold):
            continue
        pair = ruled.get((a, b)) or _likely_pair(document, dealings, (a, b))
        if pair is not None:
            why = f"{pair.why} ({chance:.2f}: {weightiest(signs, scales)})"
            found.append(replace(pair, why=why, confidence=confidence("pairs", chance)))
    return tuple(sorted(found))


def find_dealings(document: Document) -> list[tuple[Pairing, bool, dict[str, float]]]:
    """Return every two sides that may deal with each other, whether rules make a pair of them, and the signs by which they are judged."""
    scene = read_scene(document)
    sides = read_sides(scene)
    ruled = frozenset(_rule_pairs(document, scene, sides))
    dealings = Dealings(document, scene, sides, ruled)
    return [(pair, pair in ruled, dealings.signs_of(pair)) for pair in dealings.pairs()]


def _likely_pair(document: Document, dealings: Dealings, pair: Pairing) -> Pair | None:
    """Return a pair that no rule makes, shown by an event of both, else by the first sentence in which both act or that names the rarer."""
    joint = [event for event in document.events if set(pair) <= set(event.parties)]
    if joint:
        event = max(joint, key=lambda e: (-len(e.parties), e.confidence or 0.0))
        return Pair(*pair, event.evidence, f"{event.type}: {event.why}")
    sentence: Sentence | None = dealings.told.get(pair) or dealings.shown(pair)
    if sentence is None:
        return None
    return Pair(*pair, Evidence.of(document.text, sentence.start, sentence.end), "both sides deal with each other")


def _rule_pairs(document: Document, scene: Scene, sides: Sides) -> dict[Pairing, Pair]:
    """Return the pairs that rules alone make: of the events, else of words of cooperation."""
    found: dict[Pairing, Pair] = {}
    counts = Counter(code for event in document.events for code in event.parties)
    leading = [code for code, _ in counts.most_common(_LEADING)]
    hub = _find_hub(sides)
    for event in document.events:
        if event.type in _PASSING and not set(leading) & set(event.parties):
            continue
        for a, b in _pairs_of(event, counts, hub):
            found.setdefault((a, b), Pair(a, b, event.evidence, f"{event.type}: {event.why}"))
    if not found:
        _add_relations(scene, sides, found)
    return found


class _Hub(NamedTuple):
    """The state that a page is about, and whether it is so much stronger than any other side that all deal with it."""

    code: str
    dominant: bool


def _find_hub(sides: Sides) -> _Hub | None:
    states = [code for code in sides.votes if not is_organisation(code)]
    if not states:
        return None
    code = max(sorted(states), key=lambda c: sides.votes[c])
    others = max((weight for side, weight in sides.votes.items() if side != code), default=0.0)
    return _Hub(code, sides.votes[code] >= _DOMINANT * others)


def _pairs_of(event: Event, counts: Counter[str], hub: _Hub | None) -> Iterable[tuple[str, str]]:
    """Return the pairs of an event: all who act jointly, else each with the one that gives, leads or hosts; a roll call makes none.

    Several who come together in one room deal with the host among them, else, as those around the state that the page is about, with that
    state, and not each with each.
    *counts* says in how many events of the page a side takes part.
    """
    parties = event.parties
    if event.type in _ROOMS and len(parties) > _PAIR and event.place_country in parties:
        return _each_with(str(event.place_country), parties)
    if hub and len(parties) > _PAIR and (hub.dominant or event.type in _ROOMS) and hub.code in (*parties, event.place_country):
        return _each_with(hub.code, parties)
    givers = [code for code in parties if is_organisation(code)]
    if event.type in _GIVING and givers and len(parties) > _PAIR:
        return sorted({(min(g, c), max(g, c)) for g in givers for c in parties if c not in givers})
    if len(parties) <= (_JOINT if event.type in _GATHERING else _UNION):
        return combinations(parties, 2)
    if len(parties) > _UNION:
        return ()
    return _each_with(max(parties, key=lambda code: counts[code]), parties)


def _each_with(lead: str, parties: Iterable[str]) -> list[tuple[str, str]]:
    return [(min(lead, code), max(lead, code)) for code in parties if code != lead]


def _add_relations(scene: Scene, sides: Sides, found: dict[Pairing, Pair]) -> None:
    """Add the two leading sides when a sentence of title or lead names both and speaks of their cooperation.

    An organisation beside a country needs no such word: it ranks, advises or lends.
    """
    if len(sides.principal) < 2:
        return
    wanted = set(sides.principal[:2])
    for index, sentence in sentences_of(scene):
        codes = {a.code for a in sides.acting(index)}
        related = scene.cues("relation", index) or any(is_organisation(code) for code in wanted)
        if wanted <= codes and related and (sentence.kind == "title" or sentence in scene.body[:_LEAD]):
            a, b = sorted(wanted)
            evidence = Evidence.of(scene.text, sentence.start, sentence.end)
            found[(a, b)] = Pair(a, b, evidence, "both sides and their cooperation named together")
            return
