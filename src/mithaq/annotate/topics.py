"""Find what digital matters an article is about: at most four topics of the closed list."""

from __future__ import annotations

import math

from mithaq.annotate.themes import Hold, hold_topics, rank_topics
from mithaq.lexicon import Lexicon
from mithaq.model import Document
from mithaq.model.vocabulary import Topic

# What speaks for a topic, learned from the corpus and rounded by hand: (what, how many count at most, weight).
_WEIGHTS: tuple[tuple[str, int, float], ...] = (
    ("title", 1, 0.7),
    ("title_weak", 1, 0.25),
    ("lead", 2, 0.1),
    ("lead_weak", 2, 0.1),
    ("names", 3, 0.05),
    ("sentences", 5, 0.8),
    ("sentences_weak", 4, 0.2),
)
_BIAS = -0.65
_ONCE = -1.3  # a topic of a single sentence is hardly what the page is about
_VAGUE = -0.9  # phrases that other matters share do not make a topic by themselves
_SHARE = 0.8  # how the weight beside the page's first topic counts
_LIKELY = 0.3


def find_topics(document: Document, lexicon: Lexicon) -> tuple[Topic, ...]:
    """Return the topics of an article, the likeliest first: those that title, lead or several sentences speak of."""
    holds = hold_topics(document)
    if not holds:
        return ()
    top = max(h.weight for h in holds.values())
    likely = {topic: _likelihood(hold, top) for topic, hold in holds.items()}
    return rank_topics(likely, least=_LIKELY) or rank_topics(likely, least=max(likely.values()))[:1]


def _likelihood(hold: Hold, top: float) -> float:
    total = _BIAS + sum(weight * min(getattr(hold, what), most) for what, most, weight in _WEIGHTS)
    total += _SHARE * hold.weight / (top or 1.0)
    if hold.sentences + hold.sentences_weak <= 1:
        total += _ONCE
    if not hold.sentences:
        total += _VAGUE
    return 1 / (1 + math.exp(-total))
