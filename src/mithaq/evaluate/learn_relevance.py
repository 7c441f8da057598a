"""Learn from our own pages and openings which pages are for us: the weights that ``annotate.relevance`` reads.

The titles and leads of ``corpus/openings`` and the connected stories of ``corpus/world`` teach beside annotated pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mithaq.annotate.relevance import read_relevance_signs
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learning import Learned, Learner, Reader, leave_out, names_of, page_story
from mithaq.evaluate.logistic import BIAS, Row, fit
from mithaq.evaluate.openings import Opening, read_openings, to_document
from mithaq.evaluate.world import Story, read_stories
from mithaq.lexicon.weighing import Scales, likelihood
from mithaq.page import read_capture
from mithaq.pipeline import find_layers

PENALTY = 3.0  # little changes in cross-validation over stories from 1 to 4
# The pages of connected stories are nearly all for us, those of the press are not: a page is let in from this likelihood on, at which as
# few pages of the press are let in wrongly as without the stories. The bias is moved so that the score it shows is then 0.5.
LEAN = 0.62
# Pages and openings were judged one by one, and half of them are hard; each counts as much as so many pages of stories.
JUDGED = 2
THRESHOLD = 0.5
FOLDS = 12
_SIDES = 2
ABOUT = "Logistic regression over sides and digital matters of a page, learned from pages and stories (train and dev) and openings."


class Example(NamedTuple):
    """A page or opening: its story (a page's own name, or none), whether it is for us, and what speaks for and against it."""

    story: str
    relevant: bool
    signs: dict[str, float]


def read_examples(reader: Reader, pages: Iterable[GoldPage], openings: Iterable[Opening]) -> list[Example]:
    """Return pages, then openings, with their signs."""
    known = [(page_story(page), page.gold["relevant"], reader.layers(page)) for page in pages]
    known += [("", opening.relevant, find_layers(to_document(opening), reader.lexicon)) for opening in openings]
    return [Example(story, ours, read_relevance_signs(document)) for story, ours, document in known]


def read_story_examples(reader: Reader, stories: Iterable[Story]) -> list[Example]:
    """Return the pages of connected stories with their signs, those left out of which the gold does not tell whether they are for us."""
    examples = []
    for story in stories:
        for page in story.pages:
            ours = is_for_us(story, page)
            if ours is not None:
                file = story.folder / f"{page}.txt"
                sidecar = file.with_suffix(".meta.json").read_bytes()
                document = read_capture(file.read_bytes(), path=str(file), sidecar=sidecar, lexicon=reader.lexicon)
                examples.append(Example(story.folder.name, ours, read_relevance_signs(find_layers(document, reader.lexicon))))
    return examples


def is_for_us(story: Story, page: str) -> bool | None:
    """Say whether a page of a story is for us: it tells a step of a thread between two sides; None where they only do something else."""
    steps = {step.event for thread in story.world.threads for step in thread.steps}
    between = [event.id for event in story.world.events if page in event.pages and len(event.parties) >= _SIDES]
    return any(event in steps for event in between) or (None if between else False)


def learn_scales(examples: Sequence[Example], names: Sequence[str] = ()) -> Scales:
    """Return the weights that best tell pages that are for us from others; *names* are the pages learned from."""
    weights = fit([Row(e.signs, e.relevant) for e in examples], lambda name: PENALTY)
    bias = weights.pop(BIAS) - math.log(LEAN / (1 - LEAN))
    return Scales(ABOUT, round(bias, 3), THRESHOLD, {name: round(weight, 3) for name, weight in weights.items()}, tuple(sorted(names)))


def by_story(examples: Sequence[Example], folds: int = FOLDS) -> list[tuple[Example, Scales]]:
    """Return each page with weights learned from openings and other stories."""
    paired = []
    for learned_from, held in leave_out(examples, lambda example: example.story, folds):
        scales = learn_scales(learned_from)
        paired += [(example, scales) for example in held]
    return paired


def f1_of(paired: Iterable[tuple[Example, Scales]], threshold: float) -> float:
    """Return the F1 of relevance."""
    verdicts = [(e.relevant, likelihood(e.signs, scales) >= threshold) for e, scales in paired]
    right = sum(wanted and found for wanted, found in verdicts)
    total = sum(wanted + found for wanted, found in verdicts)
    return 2 * right / total if total else 0.0


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of *pages*, and of the openings and stories of the checkout."""
    stories = read_stories(reader.root, "train", "dev")
    examples = _all_examples(reader, pages, stories)
    scales = learn_scales(examples, (*names_of(pages), *(story.folder.name for story in stories)))
    return Learned(scales, len(examples), len(scales.weights))


def _all_examples(reader: Reader, pages: Sequence[GoldPage], stories: Sequence[Story]) -> list[Example]:
    return read_examples(reader, pages, read_openings(reader.root)) * JUDGED + read_story_examples(reader, stories)


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield the F1 of relevance on stories not learned from, by threshold."""
    paired = by_story(_all_examples(reader, pages, read_stories(reader.root, "train", "dev")))
    for threshold in (0.4, 0.45, 0.5, 0.55, 0.6):
        yield f"threshold {threshold}: F1 {f1_of(paired, threshold):.3f}"


LEARNER = Learner("relevance", learn, measure)
