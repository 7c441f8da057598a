"""Learn from our own annotated pages what makes a topic the topic of a page: writes the weights that ``annotate.topics`` reads.

``python -m mithaq.evaluate.learn_topics ROOT`` with the root of a checkout; learns from the splits train and dev alone, and prints the F1
of topics on stories that were not learned from. All topics share the weights of places and counts; each has one more of its own.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from mithaq.annotate.themes import rank_topics
from mithaq.annotate.topics import read_topic_signs
from mithaq.evaluate.gold import GoldPage, read_split
from mithaq.evaluate.logistic import BIAS, Row, fit
from mithaq.lexicon.weighing import Scales, likelihood
from mithaq.model.vocabulary import TOPICS, Topic
from mithaq.pipeline import read_page

PENALTY = 2.0  # chosen by cross-validation over stories; little changes from 1 to 6
OWN = 6.0  # a topic's own weight: some topics stand on three pages
THRESHOLD = 0.35  # best by cross-validation over stories, by little from 0.3 to 0.45
FOLDS = 10
FILE = Path("src") / "mithaq" / "knowledge" / "models" / "topics.json"
ABOUT = "Logistic regression over how a page speaks of a topic, learned from the annotated pages of the corpus (train and dev)."


class Page(NamedTuple):
    """A relevant page: its name, its story, the topics that the gold gives it, and what speaks for each topic it speaks of."""

    name: str
    story: str
    gold: frozenset[str]
    signs: dict[Topic, dict[str, float]]


def story_of(name: str) -> str:
    """Return the story of a page: "jo-mr" for "jo-mr-03"; pages with a name of their own are stories of their own."""
    return re.sub(r"^([a-z]{2}-[a-z]{2,})-(neg-)?\d+$", r"\1", name)


def read_pages(pages: Iterable[GoldPage]) -> list[Page]:
    """Return the relevant pages with their signs."""
    return [
        Page(page.name, story_of(page.name), frozenset(page.gold["topics"]), read_topic_signs(read_page(page.path)))
        for page in pages
        if page.gold["relevant"]
    ]


def learn_scales(pages: Sequence[Page]) -> Scales:
    """Return the weights that best tell the topics of pages from other matters that they touch."""
    rows = [Row(signs, topic in page.gold) for page in pages for topic, signs in page.signs.items()]
    weights = fit(rows, lambda name: OWN if name in TOPICS else PENALTY)
    kept = {name: round(weight, 3) for name, weight in weights.items() if name != BIAS}
    return Scales(ABOUT, round(weights[BIAS], 3), THRESHOLD, kept, tuple(sorted(page.name for page in pages)))


def choose(page: Page, scales: Scales, threshold: float) -> tuple[Topic, ...]:
    """Return the topics of a page as ``annotate.topics`` would give them."""
    likely = {topic: likelihood(signs, scales) for topic, signs in page.signs.items()}
    return rank_topics(likely, least=threshold) or rank_topics(likely, least=max(likely.values(), default=0.0))[:1]


def by_story(pages: Sequence[Page], folds: int = FOLDS) -> list[tuple[Page, Scales]]:
    """Return each page with weights learned from other stories."""
    stories = sorted({page.story for page in pages})
    paired = []
    for fold in range(folds):
        held = frozenset(stories[fold::folds])
        scales = learn_scales([page for page in pages if page.story not in held])
        paired += [(page, scales) for page in pages if page.story in held]
    return paired


def measure(paired: Iterable[tuple[Page, Scales]], threshold: float) -> float:
    """Return the F1 of topics."""
    right = total = 0
    for page, scales in paired:
        found = choose(page, scales, threshold)
        right += len(page.gold.intersection(found))
        total += len(page.gold) + len(found)
    return 2 * right / total if total else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn from the checkout's corpus and write the weights into its knowledge folder."""
    parser = argparse.ArgumentParser(description="Learn what makes a topic the topic of a page from the project's own annotated pages.")
    parser.add_argument("root", type=Path, nargs="?", default=Path(), help="root of a checkout (default: here)")
    root: Path = parser.parse_args(arguments).root
    pages = read_pages(read_split(root, "train", "dev"))
    paired = by_story(pages)
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.45):
        print(f"threshold {threshold}: F1 {measure(paired, threshold):.3f} on stories not learned from")
    scales = learn_scales(pages)
    (root / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(scales), indent=0) + b"\n")
    print(f"{len(pages)} pages, {len(scales.weights)} weights: {root / FILE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
