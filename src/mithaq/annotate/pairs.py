"""Find which two sides interact: the parties of events, else words of cooperation beside both. No stage; used by ``events``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

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


def read_pairs(document: Document) -> tuple[Pair, ...]:
    """Return the sorted pairs of a page, each with the words that show it, in alphabetical order."""
    found: dict[tuple[str, str], Pair] = {}
    counts = Counter(code for event in document.events for code in event.parties)
    leading = [code for code, _ in counts.most_common(_LEADING)]
    for event in document.events:
        if event.type in _PASSING and not set(leading) & set(event.parties):
            continue
        for a, b in _pairs_of(event, counts):
            found.setdefault((a, b), Pair(a, b, event.evidence, f"{event.type}: {event.why}"))
    if not found:
        scene = read_scene(document)
        _add_relations(scene, Sides(scene, find_actors(scene)), found)
    return tuple(sorted(found.values()))


def _pairs_of(event: Event, counts: Counter[str]) -> Iterable[tuple[str, str]]:
    """Return the pairs of an event's parties: all who act jointly, else each with the one that gives or leads; a roll call makes none.

    *counts* says in how many events of the page a side takes part.
    """
    givers = [code for code in event.parties if is_organisation(code)]
    if event.type in _GIVING and givers and len(event.parties) > 2:
        return sorted({(min(g, c), max(g, c)) for g in givers for c in event.parties if c not in givers})
    if len(event.parties) <= (_JOINT if event.type in _GATHERING else _UNION):
        return combinations(event.parties, 2)
    if len(event.parties) > _UNION:
        return ()
    lead = max(event.parties, key=lambda code: counts[code])
    return ((min(lead, c), max(lead, c)) for c in event.parties if c != lead)


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
