"""Weigh which digital matters a stretch of text is about, by phrases of the closed list of topics. No stage; topics, events and statements rest on it."""

from __future__ import annotations

from collections.abc import Iterable

from mithaq.model import Document, Match
from mithaq.model.vocabulary import TOPICS, Topic

_WEAK = 0.5  # a phrase that other matters share («التدريب», "fibre")
_MOST = 4


def topics_of(document: Document, start: int, end: int) -> tuple[Topic, ...]:
    """Return the topics of the text between two character offsets, the best supported first, at most four."""
    inside = [m for m in document.matches if start <= m.start < end and m.kind.startswith("topic.")]
    return rank_topics(weigh_topics(inside), least=_WEAK)


def weigh_topics(matches: Iterable[Match]) -> dict[Topic, float]:
    """Return the weight of each topic in lexicon matches: one for each telling phrase, half for a weak one; outer phrases hide inner ones."""
    weights: dict[Topic, float] = {}
    for match in outermost(matches):
        topic = topic_of(match)
        weights[topic] = weights.get(topic, 0.0) + weight_of(match)
    return weights


def outermost(matches: Iterable[Match]) -> list[Match]:
    """Return topic matches without those of the same topic inside a longer one."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.first, -m.last)):
        if match.kind.startswith("topic.") and not any(k.kind == match.kind and match.last <= k.last and k.first <= match.first for k in kept[-4:]):
            kept.append(match)
    return kept


def rank_topics(weights: dict[Topic, float], *, least: float) -> tuple[Topic, ...]:
    """Return the topics that weigh at least *least*, heaviest first, at most four; ties in the order of the closed list."""
    strong = [t for t in TOPICS if weights.get(t, 0.0) >= least]
    return tuple(sorted(strong, key=lambda t: -weights[t])[:_MOST])


def topic_of(match: Match) -> Topic:
    """Return the topic of a lexicon match."""
    return match.kind.removeprefix("topic.")  # type: ignore[return-value]  # kinds follow the closed list


def weight_of(match: Match) -> float:
    """Return how much a phrase tells: one, or half when other matters share it."""
    return _WEAK if match.attributes.get("weak") else 1.0
