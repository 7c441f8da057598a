"""Find what digital matters an article is about: at most four topics of the closed list."""

from __future__ import annotations

import math

from mithaq.annotate.themes import Hold, hold_topics, rank_topics
from mithaq.lexicon import Lexicon
from mithaq.model import Document
from mithaq.model.vocabulary import Topic

# What speaks for a topic, learned from the corpus and rounded by hand: (what, how many count at most, weight).
_WEIGHTS: tuple[tuple[str, int, float], ...] = (
    ("title", 1, 1.9),
    ("title_weak", 1, 1.7),
    ("lead", 2, 0.2),
    ("lead_weak", 2, 1.0),
    ("names", 3, 0.5),
    ("sentences", 5, 0.9),
    ("sentences_weak", 4, 0.3),
)
_BIAS = -2.0
_ONCE = -1.3  # a topic of a single sentence is hardly what the page is about
_SHARE = 1.3  # how the weight beside the page's first topic counts
_LIKELY = 0.5


def find_topics(document: Document, lexicon: Lexicon) -> tuple[Topic, ...]:
    """Return the topics of an article, the likeliest first: those that title, lead or several sentences speak of, beside the strongest one."""
    holds = hold_topics(document)
    if not holds:
        return ()
    top = max(h.weight for h in holds.values())
    return rank_topics({topic: _likelihood(hold, top) for topic, hold in holds.items()}, least=_LIKELY)


def _likelihood(hold: Hold, top: float) -> float:
    total = _BIAS + sum(weight * min(getattr(hold, what), most) for what, most, weight in _WEIGHTS)
    total += _SHARE * hold.weight / (top or 1.0)
    if hold.sentences + hold.sentences_weak <= 1:
        total += _ONCE
    return 1 / (1 + math.exp(-total))
