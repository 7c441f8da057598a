"""Learn from our own annotated pages which tellings are happenings: the weights that ``annotate.events`` reads.

A logistic regression over signs, fitted by AdaGrad steps with an L2 penalty; no chance in it, so the same pages give the same weights.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from mithaq.annotate.events import find_candidates
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learning import Learned, Learner, Reader, learned_scales
from mithaq.lexicon.weighing import Scales, likelihood_of
from mithaq.model import Event
from mithaq.text.fold import fold_text

Example = tuple[frozenset[str], bool]

PENALTY = 4.0  # chosen by cross-validation over stories
WORDED = ("act:", "noun:")
LEXICAL = 4.0  # single words are held back this much more: of most a small corpus has seen but a few
THRESHOLD = 0.37  # best by cross-validation over stories, by little from 0.3 to 0.45
SEEN = 3  # a sign seen less often teaches nothing
ROUNDS = 150
STEP = 0.15
TINY = 0.02  # smaller weights are not written
WORDS = 0.4  # share of a gold quote's words that must stand in the evidence
SIDES = 0.0  # share of the parties in common: whether a happening is one does not hang on who took part
ABOUT = "Logistic regression over the signs of tellings, learned from the annotated pages of the corpus (train and dev)."


def read_examples(reader: Reader, pages: Sequence[GoldPage]) -> list[Example]:
    """Return the candidates of all pages as their signs and whether the gold knows them."""
    examples: list[Example] = []
    for page in pages:
        candidates = find_candidates(reader.names(page))
        known = match_events(page.gold["events"], [event for event, _ in candidates])
        examples += [(signs, index in known) for index, (_, signs) in enumerate(candidates)]
    return examples


def match_events(gold: Sequence[dict[str, Any]], events: Sequence[Event]) -> frozenset[int]:
    """Return which events the gold knows."""
    return frozenset(match_pairs(gold, events))


def match_pairs(gold: Sequence[dict[str, Any]], events: Sequence[Event]) -> dict[int, int]:
    """Return which gold event each known event is, as indexes; each gold event is taken once, the most alike first."""
    scored = [(_likeness(g, e), i, j) for i, g in enumerate(gold) for j, e in enumerate(events)]
    taken: set[int] = set()
    known: dict[int, int] = {}
    for score, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score > 0 and i not in taken and j not in known:
            taken.add(i)
            known[j] = i
    return known


def _likeness(gold: dict[str, Any], event: Event) -> float:
    if gold["type"] != event.type:
        return 0.0
    wanted, got = set(gold.get("parties") or ()), set(event.parties)
    overlap = len(wanted & got) / len(wanted | got) if wanted | got else 1.0
    words, told = set(fold_text(gold["quote"]).split()), set(fold_text(event.evidence.quote).split())
    near = len(words & told) / len(words) if words else 0.0
    if overlap < SIDES or near < WORDS:
        return 0.0
    return overlap + near + (0.2 if (gold.get("date") or None) == event.date else 0.0)


def learn_weights(examples: Sequence[Example], penalty: float = PENALTY) -> Scales:
    """Return the weights that best tell right examples from wrong ones; *penalty* keeps them small."""
    counts = Counter(sign for signs, _ in examples for sign in signs)
    rows = [(sorted(s for s in signs if counts[s] >= SEEN), known) for signs, known in examples]
    weights: dict[str, float] = {sign: 0.0 for sign, count in sorted(counts.items()) if count >= SEEN}
    squares = dict.fromkeys(weights, 1e-6)
    bias, bias_square = 0.0, 1e-6
    for _ in range(ROUNDS):
        slopes, bias_slope = _slopes(rows, weights, bias)
        for sign in weights:
            slope = slopes[sign] + penalty * (LEXICAL if sign.startswith(WORDED) else 1) * weights[sign]
            squares[sign] += slope * slope
            weights[sign] -= STEP * slope / math.sqrt(squares[sign])
        bias_square += bias_slope * bias_slope
        bias -= STEP * bias_slope / math.sqrt(bias_square)
    kept = {sign: round(weight, 3) for sign, weight in weights.items() if abs(weight) >= TINY}
    return Scales(about=ABOUT, bias=round(bias, 3), threshold=THRESHOLD, weights=kept)


def _slopes(rows: Sequence[tuple[list[str], bool]], weights: dict[str, float], bias: float) -> tuple[dict[str, float], float]:
    slopes: dict[str, float] = defaultdict(float)
    total = 0.0
    judge = Scales(about="", bias=bias, threshold=THRESHOLD, weights=weights)
    for signs, known in rows:
        error = likelihood_of(signs, judge) - known
        total += error
        for sign in signs:
            slopes[sign] += error
    return slopes, total


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of *pages*."""
    examples = read_examples(reader, pages)
    return learned_scales(learn_weights(examples), pages, len(examples))


LEARNER = Learner("events", learn)
