"""Learn from our own annotated pages which two sides deal with each other: the weights that ``annotate.pairs`` reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mithaq.annotate.pairs import KEPT, find_dealings
from mithaq.evaluate.figures import Tally
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learning import Learned, Learner, Reader, learned_scales, leave_out, page_story
from mithaq.evaluate.logistic import BIAS, Row, fit_many
from mithaq.lexicon.weighing import Scales, likelihood

PENALTY = 3.0  # chosen by cross-validation over stories
THRESHOLD = 0.65  # about as good there as .55 to .7; the one with which no measured set of pages fell
SEEN = 4  # a sign seen less often teaches nothing
FOLDS = 6
ABOUT = "Logistic regression over the signs of every two sides of a page, learned from the annotated pages of the corpus (train and dev)."


class Two(NamedTuple):
    """Two sides of a page: their signs, whether rules make a pair of them, and whether the gold does."""

    signs: Mapping[str, float]
    ruled: bool
    right: bool


class Example(NamedTuple):
    """A page: its name and story, every two of its sides, and how many pairs the gold knows."""

    name: str
    story: str
    twos: Sequence[Two]
    gold: int


def read_examples(reader: Reader, pages: Sequence[GoldPage]) -> list[Example]:
    """Return every two sides of all pages, with what the gold says of them."""
    examples = []
    for page in pages:
        gold = {tuple(sorted(pair)) for pair in page.gold["pairs"]}
        twos = [Two(signs, ruled, pair in gold) for pair, ruled, signs in find_dealings(reader.layers(page))]
        examples.append(Example(page.name, page_story(page), twos, len(gold)))
    return examples


def learn_weights(examples: Sequence[Example], penalty: float = PENALTY) -> Scales:
    """Return the weights that make the pairs of the gold likeliest; raises ValueError when no page has two sides."""
    counts = Counter(sign for example in examples for two in example.twos for sign in two.signs)
    rows = [
        Row({sign: value for sign, value in two.signs.items() if counts[sign] >= SEEN}, two.right)
        for example in examples
        for two in example.twos
    ]
    weights = fit_many(rows, lambda _: penalty)
    bias = weights.pop(BIAS)
    return Scales(ABOUT, round(bias, 3), THRESHOLD, {sign: round(weight, 3) for sign, weight in weights.items()})


def is_shown(two: Two, chance: float) -> bool:
    """Say whether two sides of this likelihood are given as a pair."""
    return chance >= (KEPT if two.ruled else THRESHOLD)


def by_story(examples: Sequence[Example], folds: int = FOLDS) -> Iterator[tuple[Example, Scales]]:
    """Yield each page with weights that were learned without its story."""
    for known, held in leave_out(examples, lambda example: example.story, folds):
        scales = learn_weights(known)
        yield from ((example, scales) for example in held)


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of *pages*."""
    examples = read_examples(reader, pages)
    return learned_scales(learn_weights(examples), pages, sum(len(example.twos) for example in examples))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield the F1 of pairs on stories not learned from, beside that of the rules alone."""
    ruled = learned = Tally()
    for example, scales in by_story(read_examples(reader, pages)):
        ruled += _tally(example, [two for two in example.twos if two.ruled])
        learned += _tally(example, [two for two in example.twos if is_shown(two, likelihood(two.signs, scales))])
    yield f"pairs: F1 {ruled.f1 or 0:.3f} by the rules, {learned.f1 or 0:.3f} with what was learned from other stories"


def _tally(example: Example, shown: Sequence[Two]) -> Tally:
    right = sum(two.right for two in shown)
    return Tally(right, len(shown) - right, example.gold - right)


LEARNER = Learner("pairs", learn, measure)
