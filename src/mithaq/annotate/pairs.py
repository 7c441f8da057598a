"""Find which two sides interact: the parties of events, else words of cooperation beside both. No stage; used by ``events``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from mithaq.annotate.actors import find_actors, is_organisation
from mithaq.annotate.parties import Sides
from mithaq.annotate.scene import Scene, read_scene, sentences_of
from mithaq.model import Document, Event, Evidence, Pair

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


def read_pairs(document: Document) -> tuple[Pair, ...]:
    """Return the sorted pairs of a page, each with the words that show it, in alphabetical order."""
    found: dict[tuple[str, str], Pair] = {}
    counts = Counter(code for event in document.events for code in event.parties)
    leading = [code for code, _ in counts.most_common(_LEADING)]
    scene = read_scene(document)
    sides = Sides(scene, find_actors(scene))
    hub = _find_hub(sides)
    for event in document.events:
        if event.type in _PASSING and not set(leading) & set(event.parties):
            continue
        for a, b in _pairs_of(event, counts, hub):
            found.setdefault((a, b), Pair(a, b, event.evidence, f"{event.type}: {event.why}"))
    if not found:
        _add_relations(scene, sides, found)
    return tuple(sorted(found.values()))


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

    Several who come together in one room, or around the state that the page is about, deal with that state and not each with each.
    *counts* says in how many events of the page a side takes part.
    """
    parties = event.parties
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


def _add_relations(scene: Scene, sides: Sides, found: dict[tuple[str, str], Pair]) -> None:
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
