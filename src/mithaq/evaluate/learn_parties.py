"""Learn from our own annotated pages who took part in a happening: the weights that ``annotate.party_choice`` reads.

A choice model (multinomial logistic regression) over sets of sides, fitted by AdaGrad steps with an L2 penalty; no chance in it.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mithaq.annotate.events import find_choices
from mithaq.annotate.party_choice import Option, choose
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learn_events import match_pairs
from mithaq.evaluate.learning import Learned, Learner, Reader, learned_scales, leave_out, page_story
from mithaq.lexicon.weighing import Scales

PENALTY = 5.0  # chosen by cross-validation over stories
MARGIN = 0.8  # how much more must speak for another set than for that of the rules
SEEN = 3  # a sign seen less often teaches nothing
ROUNDS = 40
STEP = 0.2
TINY = 0.02  # smaller weights are not written
SURE = 1e-4  # a smaller miss moves nothing
FOLDS = 5
ABOUT = "Choice among sets of sides by the signs of each, learned from the annotated pages of the corpus (train and dev)."


class Example(NamedTuple):
    """A happening that the gold knows: its sets of sides with their signs, the true parties, and the story of its page."""

    options: list[Option]
    parties: frozenset[str]
    story: str


def read_examples(reader: Reader, pages: Sequence[GoldPage]) -> list[Example]:
    """Return the happenings of all pages that the gold knows and whose parties are a choice."""
    examples: list[Example] = []
    for page in pages:
        choices = find_choices(reader.names(page))
        gold = page.gold["events"]
        for index, known in sorted(match_pairs(gold, [event for event, _ in choices]).items()):
            options = choices[index][1]
            if options:
                examples.append(Example(options, frozenset(gold[known].get("parties") or ()), page_story(page)))
    return examples


def nearest(example: Example) -> int:
    """Return which set is that of the gold, else which has most of it in common."""
    shares = [len(parties & example.parties) / len(parties | example.parties) for parties, _ in example.options]
    return shares.index(max(shares))


def learn_weights(examples: Sequence[Example], penalty: float = PENALTY) -> Scales:
    """Return the weights by which the true set of sides is chosen most; *penalty* keeps them small."""
    counts = Counter(sign for example in examples for _, signs in example.options for sign in signs)
    rows = [(nearest(e), [[(s, v) for s, v in signs.items() if counts[s] >= SEEN] for _, signs in e.options]) for e in examples]
    weights = {sign: 0.0 for sign, count in sorted(counts.items()) if count >= SEEN}
    squares = dict.fromkeys(weights, 1e-6)
    for _ in range(ROUNDS):
        slopes = _slopes(rows, weights)
        for sign, weight in weights.items():
            slope = slopes[sign] + penalty * weight
            squares[sign] += slope * slope
            weights[sign] = weight - STEP * slope / math.sqrt(squares[sign])
    return Scales(about=ABOUT, bias=0.0, threshold=MARGIN, weights={s: round(w, 3) for s, w in weights.items() if abs(w) >= TINY})


def _slopes(rows: Sequence[tuple[int, list[list[tuple[str, float]]]]], weights: dict[str, float]) -> dict[str, float]:
    slopes: dict[str, float] = defaultdict(float)
    for true, options in rows:
        totals = [math.fsum([weights[sign] * value for sign, value in signs]) for signs in options]
        top = max(totals)
        powers = [math.exp(total - top) for total in totals]
        whole = math.fsum(powers)
        for index, signs in enumerate(options):
            miss = powers[index] / whole - (index == true)
            if abs(miss) > SURE:
                for sign, value in signs:
                    slopes[sign] += miss * value
    return slopes


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of *pages*."""
    examples = read_examples(reader, pages)
    return learned_scales(learn_weights(examples), pages, len(examples))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield how often the true parties are chosen on stories not learned from, beside what the rules alone say."""
    examples = read_examples(reader, pages)
    ruled = sum(example.options[0][0] == example.parties for example in examples)
    chosen = 0
    for taught, held in leave_out(examples, lambda example: example.story, FOLDS):
        scales = learn_weights(taught)
        chosen += sum(choose(example.options, scales) == example.parties for example in held)
    yield f"{len(examples)} happenings with a choice: {ruled} right by the rules, {chosen} by what was learned from other stories"


LEARNER = Learner("parties", learn, measure)
