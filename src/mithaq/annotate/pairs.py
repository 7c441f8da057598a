"""Find which two sides interact: the parties of events, else words that say so («بين المغرب وعمان», «coopération tuniso-sénégalaise»). No stage."""

from __future__ import annotations

from itertools import combinations

from mithaq.annotate.parties import Sides
from mithaq.annotate.scene import Scene, sentences_of
from mithaq.model import Event, Evidence, Pair


def read_pairs(scene: Scene, sides: Sides, events: tuple[Event, ...]) -> tuple[Pair, ...]:
    """Return the sorted pairs of a page, each with the words that show it, in alphabetical order."""
    found: dict[tuple[str, str], Pair] = {}
    for event in events:
        for a, b in combinations(event.parties, 2):
            found.setdefault((a, b), Pair(a, b, event.evidence, f"{event.type}: {event.why}"))
    if not found:
        _add_relations(scene, sides, found)
    return tuple(sorted(found.values()))


def _add_relations(scene: Scene, sides: Sides, found: dict[tuple[str, str], Pair]) -> None:
    """Add the two leading sides when a sentence names both, joined by "between" or "with" or by the page's title."""
    if len(sides.principal) < 2:
        return
    wanted = set(sides.principal[:2])
    for index, sentence in sentences_of(scene):
        codes = {a.code for a in sides.acting(index)}
        joined = sentence.kind == "title" or scene.cues("with", index) or scene.cues("collective", index)
        if wanted <= codes and joined:
            a, b = sorted(wanted)
            evidence = Evidence.of(scene.text, sentence.start, sentence.end)
            found[(a, b)] = Pair(a, b, evidence, "both sides named together")
            return
