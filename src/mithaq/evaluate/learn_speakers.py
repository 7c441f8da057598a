"""Learn from our own annotated pages who says a statement: the weights that ``annotate.speaker_choice`` reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mithaq.annotate.speaker_choice import Option, choose
from mithaq.annotate.statements import find_speakers
from mithaq.evaluate.choices import fit_choice
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learn_statements import best_pairs
from mithaq.evaluate.learning import Reader, learner_of, leave_out, page_story
from mithaq.lexicon.weighing import Scales
from mithaq.text.likeness import same_name

PENALTY = 8.0  # about as good by cross-validation over stories as 1.5 to 12; the one with which no measured set of pages fell
MARGIN = 0.5  # how much more must speak for another than for whom the rules name
SEEN = 4  # a sign seen less often teaches nothing
FOLDS = 5
SAME = 0.75  # how like two names of a speaker must be, as `mithaq evaluate` asks
ABOUT = "Choice among those who may say a statement, learned from the annotated pages of the corpus (train and dev)."


class Example(NamedTuple):
    """A statement that the gold knows: who may say it with signs, which of them does (None: none of them), and the story of its page."""

    options: list[Option]
    true: int | None
    story: str


def read_examples(reader: Reader, pages: Sequence[GoldPage]) -> list[Example]:
    """Return the statements of all relevant pages that the gold knows and that have several who may speak."""
    examples: list[Example] = []
    for page in pages:
        gold = page.gold["statements"]
        if not gold:
            continue
        found = find_speakers(reader.layers(page))
        pairs = best_pairs([said["quote"] for said in gold], [statement.evidence.quote for statement, _ in found])
        for _, known, index in sorted(pairs):
            options = found[index][1]
            if len(options) > 1:
                examples.append(Example(options, _true(options, gold[known].get("speaker")), page_story(page)))
    return examples


def _true(options: Sequence[Option], name: str | None) -> int | None:
    """Return which option the gold names, the first if several are called so."""
    for index, (speaker, _) in enumerate(options):
        if (speaker is None and not name) or (speaker is not None and name and same_name(speaker.name, name, ratio=SAME)):
            return index
    return None


def learn_weights(examples: Sequence[Example], penalty: float = PENALTY) -> Scales:
    """Return the weights by which the true speaker is chosen most; *penalty* keeps them small."""
    known = [(e.true, [dict.fromkeys(signs, 1.0) for _, signs in e.options]) for e in examples if e.true is not None]
    return Scales(about=ABOUT, bias=0.0, threshold=MARGIN, weights=fit_choice(known, penalty=penalty, seen=SEEN))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield how often the true speaker is chosen on stories not learned from, beside what the rules alone say."""
    examples = read_examples(reader, pages)
    ruled = sum(example.true == 0 for example in examples)
    there = sum(example.true is not None for example in examples)
    chosen = 0
    for taught, held in leave_out(examples, lambda example: example.story, FOLDS):
        scales = learn_weights(taught)
        chosen += sum(choose(example.options, scales) == example.true for example in held)
    yield (
        f"{len(examples)} statements with several who may speak, the true one among them in {there}: {ruled} right by the rules, "
        f"{chosen} by what was learned from other stories"
    )


LEARNER = learner_of("speakers", read_examples, learn_weights, measure)
