"""Learn from our own annotated pages what makes a topic the topic of a page: the weights that ``annotate.topics`` reads.

The titles and leads of ``corpus/openings`` that are for us teach beside them: they hold many matters that few pages have.
All topics share the weights of places and counts; each has a few more of its own, and one for each phrase that stands on several pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from mithaq.annotate.themes import rank_topics
from mithaq.annotate.topics import is_phrase, read_topic_signs
from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.learning import Learned, Learner, Reader, leave_out, page_story
from mithaq.evaluate.logistic import BIAS, Row, fit_many
from mithaq.evaluate.openings import read_openings, to_document
from mithaq.lexicon.weighing import Scales, likelihood
from mithaq.model.vocabulary import TOPICS, Topic
from mithaq.pipeline import find_layers

PENALTY = 2.0  # chosen by cross-validation over stories; little changes from 1 to 6
OWN = 8.0  # the weights of one topic: some topics stand on three pages
PHRASE = 4.0  # the weight of one phrase for its topic
OFTEN = 2  # pages on which a phrase must stand to have a weight
LEAST = 0.01  # smaller weights of phrases are not written
THRESHOLD = 0.32  # best by cross-validation over stories, by little from 0.3 to 0.4
FOLDS = 10
ABOUT = "Logistic regression over how a page speaks of a topic, learned from pages (train and dev) and openings of the corpus."


class Page(NamedTuple):
    """A relevant page: its name, its story, the topics that the gold gives it, and what speaks for each topic it speaks of."""

    name: str
    story: str
    gold: frozenset[str]
    signs: dict[Topic, dict[str, float]]


def read_pages(reader: Reader, pages: Iterable[GoldPage]) -> list[Page]:
    """Return the relevant pages with their signs."""
    return [
        Page(page.name, page_story(page), frozenset(page.gold["topics"]), read_topic_signs(reader.layers(page)))
        for page in pages
        if page.gold["relevant"]
    ]


def read_opening_pages(reader: Reader) -> list[Page]:
    """Return the titles and leads that are for us, as pages of no story."""
    ours = [opening for opening in read_openings(reader.root) if opening.relevant]
    read = [(opening.topics, find_layers(to_document(opening), reader.lexicon)) for opening in ours]
    return [Page("opening", "", frozenset(topics), read_topic_signs(document)) for topics, document in read]


def learn_scales(pages: Sequence[Page]) -> Scales:
    """Return the weights that best tell the topics of pages from other matters that they touch."""
    often = Counter(sign for page in pages for signs in page.signs.values() for sign in signs if is_phrase(sign))
    rows = [
        Row({sign: value for sign, value in signs.items() if not is_phrase(sign) or often[sign] >= OFTEN}, topic in page.gold)
        for page in pages
        for topic, signs in page.signs.items()
    ]
    weights = fit_many(rows, _penalty)
    kept = {
        name: round(weight, 3)
        for name, weight in sorted(weights.items())
        if name != BIAS and (not is_phrase(name) or abs(weight) >= LEAST)
    }
    names = tuple(sorted(page.name for page in pages if page.story))
    return Scales(ABOUT, round(weights[BIAS], 3), THRESHOLD, kept, names)


def _penalty(name: str) -> float:
    if is_phrase(name):
        return PHRASE
    return OWN if name.partition(" ")[0] in TOPICS else PENALTY


def choose(page: Page, scales: Scales, threshold: float) -> tuple[Topic, ...]:
    """Return the topics of a page as ``annotate.topics`` would give them."""
    likely = {topic: likelihood(signs, scales) for topic, signs in page.signs.items()}
    return rank_topics(likely, least=threshold) or rank_topics(likely, least=max(likely.values(), default=0.0))[:1]


def by_story(pages: Sequence[Page], folds: int = FOLDS) -> list[tuple[Page, Scales]]:
    """Return each page with weights learned from other stories."""
    paired = []
    for learned_from, held in leave_out(pages, lambda page: page.story, folds):
        scales = learn_scales(learned_from)
        paired += [(page, scales) for page in held]
    return paired


def f1_of(paired: Iterable[tuple[Page, Scales]], threshold: float) -> float:
    """Return the F1 of topics."""
    right = total = 0
    for page, scales in paired:
        found = choose(page, scales, threshold)
        right += len(page.gold.intersection(found))
        total += len(page.gold) + len(found)
    return 2 * right / total if total else 0.0


def learn(reader: Reader, pages: Sequence[GoldPage]) -> Learned:
    """Return the weights of the relevant ones of *pages*."""
    relevant = [*read_pages(reader, pages), *read_opening_pages(reader)]
    scales = learn_scales(relevant)
    return Learned(scales, sum(len(page.signs) for page in relevant), len(scales.weights))


def measure(reader: Reader, pages: Sequence[GoldPage]) -> Iterator[str]:
    """Yield the F1 of topics on stories not learned from, by threshold."""
    paired = by_story([*read_pages(reader, pages), *read_opening_pages(reader)])
    for threshold in (0.25, 0.3, 0.35, 0.4, 0.45):
        yield f"threshold {threshold}: F1 {f1_of(paired, threshold):.3f}"


LEARNER = Learner("topics", learn, measure)
