"""Learn from our own annotated pages who took part in a happening: the weights that ``annotate.party_choice`` reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mithaq.annotate.events import find_choices
from mithaq.annotate.party_choice import Option, choose
from mithaq.evaluate.choices import fit_choice
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learn_events import match_pairs
from mithaq.evaluate.learning import Reader, learner_of, leave_out, page_story
from mithaq.lexicon.weighing import Scales

PENALTY = 5.0  # chosen by cross-validation over stories
MARGIN = 0.8  # how much more must speak for another set than for that of the rules
SEEN = 3  # a sign seen less often teaches nothing
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
    known = [(nearest(example), [signs for _, signs in example.options]) for example in examples]
    return Scales(about=ABOUT, bias=0.0, threshold=MARGIN, weights=fit_choice(known, penalty=penalty, seen=SEEN))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield how often the true parties are chosen on stories not learned from, beside what the rules alone say."""
    examples = read_examples(reader, pages)
    ruled = sum(example.options[0][0] == example.parties for example in examples)
    chosen = 0
    for taught, held in leave_out(examples, lambda example: example.story, FOLDS):
        scales = learn_weights(taught)
        chosen += sum(choose(example.options, scales) == example.parties for example in held)
    yield f"{len(examples)} happenings with a choice: {ruled} right by the rules, {chosen} by what was learned from other stories"


LEARNER = learner_of("parties", read_examples, learn_weights, measure)
