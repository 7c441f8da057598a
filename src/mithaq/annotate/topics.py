"""Find what digital matters an article is about: at most four topics of the closed list, by learned weights."""

from __future__ import annotations

from collections.abc import Mapping

from mithaq.annotate.themes import Hold, hold_topics, rank_topics
from mithaq.lexicon import Lexicon
from mithaq.lexicon.certainty import confidence
from mithaq.lexicon.weighing import likelihood, load_scales
from mithaq.model import Document
from mithaq.model.vocabulary import Topic

_PHRASES = 3  # more different phrases say no more
_FIRST, _MIDDLE, _LATE = 1, 3, 5  # ranks by weight at which a topic gets likelier or less likely


def find_topics(document: Document, lexicon: Lexicon) -> tuple[Topic, ...]:
    """Return the topics of an article, the likeliest first: those that title, lead or several sentences speak of.

    A page that speaks of digital matters has at least one.
    """
    scales = load_scales("topics")
    likely = {topic: likelihood(signs, scales) for topic, signs in read_topic_signs(document).items()}
    if not likely:
        return ()
    return rank_topics(likely, least=scales.threshold) or rank_topics(likely, least=max(likely.values()))[:1]


def rate_topics(document: Document) -> tuple[float, ...]:
    """Return how sure each topic of a page is, in the order of its topics."""
    scales, signs = load_scales("topics"), read_topic_signs(document)
    return tuple(confidence("topics", likelihood(signs[topic], scales)) for topic in document.topics)


def read_topic_signs(document: Document) -> dict[Topic, dict[str, float]]:
    """Return for each topic spoken of what speaks for it, as named numbers: what the weights are learned for."""
    holds = hold_topics(document)
    if not holds:
        return {}
    ranked = sorted(holds, key=lambda t: -holds[t].weight)
    top = holds[ranked[0]].weight or 1.0
    sentences = max(1, sum(s.kind == "body" for s in document.sentences))
    return {topic: _signs(topic, hold, hold.weight / top, ranked.index(topic), sentences) for topic, hold in holds.items()}


def _signs(topic: Topic, hold: Hold, relative: float, rank: int, sentences: int) -> dict[str, float]:
    told = hold.sentences + hold.sentences_weak
    counts: Mapping[str, float] = {
        "title": min(hold.title, 1),
        "title weak": min(hold.title_weak, 1),
        "lead": min(hold.lead, 2),
        "lead weak": min(hold.lead_weak, 2),
        "names": min(hold.names, 3),
        "phrases": min(hold.phrases, _PHRASES),
        "share of sentences": (hold.sentences + 0.5 * hold.sentences_weak) / sentences,
        "beside the first": relative,
        "a sentence": hold.sentences >= 1,
        "two sentences": hold.sentences >= 2,
        "four weak sentences": hold.sentences_weak >= 4,
        "once": told <= 1,
        "vague": hold.sentences == 0,
        "first": rank < _FIRST,
        "not among three": rank >= _MIDDLE,
        "not among five": rank >= _LATE,
        topic: 1,
    }
    return {name: float(count) for name, count in counts.items() if count}
