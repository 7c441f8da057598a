"""Learn from our own pages and openings which pages are for us: writes the weights that ``annotate.relevance`` reads.

``python -m mithaq.evaluate.learn_relevance ROOT`` with the root of a checkout; learns from the splits train and dev, from those of
``corpus/world`` and from ``corpus/openings``, and prints the F1 of relevance on stories that were not learned from.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from mithaq.annotate.relevance import read_relevance_signs
from mithaq.evaluate.gold import GoldPage, read_split
from mithaq.evaluate.learn_topics import story_of
from mithaq.evaluate.logistic import BIAS, Row, fit
from mithaq.evaluate.openings import Opening, read_openings, to_document
from mithaq.evaluate.world import Story, read_stories
from mithaq.lexicon import load_lexicon
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
FILE = Path("src") / "mithaq" / "knowledge" / "models" / "relevance.json"
ABOUT = "Logistic regression over sides and digital matters of a page, learned from pages and stories (train and dev) and openings."


class Example(NamedTuple):
    """A page or opening: its story (a page's own name, or none), whether it is for us, and what speaks for and against it."""

    story: str
    relevant: bool
    signs: dict[str, float]


def read_examples(pages: Iterable[GoldPage], openings: Iterable[Opening]) -> list[Example]:
    """Return pages, then openings, with their signs."""
    lexicon = load_lexicon()
    read = [(page, read_capture(page.path.read_bytes(), path=str(page.path), lexicon=lexicon)) for page in pages]
    known = [(story_of(page.name), page.gold["relevant"], document) for page, document in read]
    known += [("", opening.relevant, to_document(opening)) for opening in openings]
    return [Example(story, ours, read_relevance_signs(find_layers(document, lexicon))) for story, ours, document in known]


def read_story_examples(stories: Iterable[Story]) -> list[Example]:
    """Return the pages of connected stories with their signs, those left out of which the gold does not tell whether they are for us."""
    lexicon = load_lexicon()
    examples = []
    for story in stories:
        for page in story.pages:
            ours = is_for_us(story, page)
            if ours is not None:
                file = story.folder / f"{page}.txt"
                sidecar = file.with_suffix(".meta.json").read_bytes()
                document = read_capture(file.read_bytes(), path=str(file), sidecar=sidecar, lexicon=lexicon)
                examples.append(Example(story.folder.name, ours, read_relevance_signs(find_layers(document, lexicon))))
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
    stories = sorted({e.story for e in examples if e.story})
    paired = []
    for fold in range(folds):
        held = frozenset(stories[fold::folds])
        scales = learn_scales([e for e in examples if e.story not in held])
        paired += [(e, scales) for e in examples if e.story in held]
    return paired


def measure(paired: Iterable[tuple[Example, Scales]], threshold: float) -> float:
    """Return the F1 of relevance."""
    verdicts = [(e.relevant, likelihood(e.signs, scales) >= threshold) for e, scales in paired]
    right = sum(wanted and found for wanted, found in verdicts)
    total = sum(wanted + found for wanted, found in verdicts)
    return 2 * right / total if total else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn from the checkout's corpus and write the weights into its knowledge folder."""
    parser = argparse.ArgumentParser(description="Learn which pages are for us from the project's own annotated pages.")
    parser.add_argument("root", type=Path, nargs="?", default=Path(), help="root of a checkout (default: here)")
    root: Path = parser.parse_args(arguments).root
    pages, openings = read_split(root, "train", "dev"), read_openings(root)
    stories = read_stories(root, "train", "dev")
    examples = read_examples(pages, openings) * JUDGED + read_story_examples(stories)
    paired = by_story(examples)
    for threshold in (0.4, 0.45, 0.5, 0.55, 0.6):
        print(f"threshold {threshold}: F1 {measure(paired, threshold):.3f} on stories not learned from")
    scales = learn_scales(examples, [page.name for page in pages] + [story.folder.name for story in stories])
    (root / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(scales), indent=0) + b"\n")
    print(f"{len(pages)} pages, {len(stories)} stories and {len(openings)} openings, {len(scales.weights)} weights: {root / FILE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
