"""Learn from our own annotated pages which numbers are cited figures: the weights that ``annotate.indicators`` reads.

Learns from relevant pages alone, by the same regression as ``learn_events``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from mithaq.annotate.indicators import find_candidates
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learn_events import Example, learn_weights
from mithaq.evaluate.learning import Learned, Learner, Reader, names_of
from mithaq.model import Indicator
from mithaq.text.likeness import comparable

PENALTY = 1.0  # chosen by cross-validation over stories
THRESHOLD = 0.17  # F1 is a little higher at 0.4, but a figure left out is missed more than one too many
ABOUT = "Logistic regression over the signs of numbers, learned from the relevant annotated pages of the corpus (train and dev)."


def read_examples(reader: Reader, pages: Sequence[GoldPage]) -> list[Example]:
    """Return the numbers of all pages as their signs and whether the gold cites them."""
    examples: list[Example] = []
    for page in pages:
        candidates = find_candidates(reader.layers(page))
        known = match_indicators(page.gold["indicators"], [indicator for indicator, _ in candidates])
        examples += [(signs, index in known) for index, (_, signs) in enumerate(candidates)]
    return examples


def match_indicators(gold: Sequence[dict[str, Any]], found: Sequence[Indicator]) -> frozenset[int]:
    """Return which figures the gold cites: the same value, each gold figure taken once, the name most alike first."""
    scored = [(_likeness(g, i), a, b) for a, g in enumerate(gold) for b, i in enumerate(found) if _same_value(g["value"], i.value)]
    taken: set[int] = set()
    known: set[int] = set()
    for _, a, b in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if a not in taken and b not in known:
            taken.add(a)
            known.add(b)
    return frozenset(known)


def _same_value(wanted: float, value: float) -> bool:
    return abs(float(wanted) - value) <= 1e-6 * max(1.0, abs(float(wanted)))


def _likeness(gold: dict[str, Any], indicator: Indicator) -> int:
    """Return how many words of the gold's quote the evidence holds."""
    return len(set(comparable(gold["quote"])) & set(comparable(indicator.evidence.quote)))


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of the relevant ones of *pages*."""
    relevant = [page for page in pages if page.gold["relevant"]]
    examples = read_examples(reader, relevant)
    learned = learn_weights(examples, penalty=PENALTY)
    scales = replace(learned, about=ABOUT, threshold=THRESHOLD, learned_from=names_of(relevant))
    return Learned(scales, len(examples), len(scales.weights))


LEARNER = Learner("indicators", learn)
