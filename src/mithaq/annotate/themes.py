"""Weigh which digital matters a stretch of text is about, by phrases of the closed list of topics.

No stage; topics, events, statements and relevance rest on it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter

from mithaq.model import Document, Match
from mithaq.model.vocabulary import TOPICS, Topic

_start = attrgetter("start")
_WEAK = 0.5  # a phrase that other matters share («التدريب», "fibre")
_MOST = 4


def topics_of(document: Document, start: int, end: int) -> tuple[Topic, ...]:
    """Return the topics of the text between two character offsets, the best supported first, at most four.

    A topic needs a telling phrase; phrases that other matters share only add to it.
    """
    matches = document.matches_of("topic")
    inside = matches[bisect_left(matches, start, key=_start) : bisect_left(matches, end, key=_start)]
    if not inside:
        return ()
    telling = {topic_of(m) for m in inside if not is_weak(m)}
    return rank_topics({t: w for t, w in weigh_topics(inside).items() if t in telling}, least=_WEAK)


def weigh_topics(matches: Iterable[Match]) -> dict[Topic, float]:
    """Return the weight of each topic in lexicon matches: one for a telling phrase, half for a weak one; outer phrases hide inner ones."""
    weights: dict[Topic, float] = {}
    for match in outermost(matches):
        topic = topic_of(match)
        weights[topic] = weights.get(topic, 0.0) + (_WEAK if is_weak(match) else 1.0)
    return weights


def name_spans(document: Document) -> list[tuple[int, int]]:
    """Return where names of bodies and words of offices stand: "Ministry of Digital Economy" says little of what a page is about."""
    spans = [(e.start, e.end) for body in document.bodies for e in body.mentions]
    return spans + [(p.role_evidence.start, p.role_evidence.end) for p in document.people if p.role_evidence]


def outermost(matches: Iterable[Match]) -> list[Match]:
    """Return topic matches without those of the same topic inside a longer one, and without shared words inside a phrase of another.

    In "data centre" stands no talk of data, in «الفضاء السيبراني» none of space.
    """
    matches = list(matches)
    if len(matches) == 1:
        return matches if matches[0].kind.startswith("topic.") else []
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.first, -m.last)):
        kind, last = match.kind, match.last
        if kind.startswith("topic.") and not any(last <= k.last and _hides(k, match) for k in kept[-4:]):
            kept.append(match)
    return kept


def _hides(outer: Match, inner: Match) -> bool:
    """Say whether a match that begins no later and ends no earlier makes another say nothing of its own."""
    return outer.kind == inner.kind or (is_weak(inner) and outer.last - outer.first > inner.last - inner.first)


def rank_topics(weights: dict[Topic, float], *, least: float) -> tuple[Topic, ...]:
    """Return the topics that weigh at least *least*, heaviest first, at most four; ties in the order of the closed list."""
    strong = [t for t in TOPICS if weights.get(t, 0.0) >= least] if weights else []
    return tuple(sorted(strong, key=lambda t: -weights[t])[:_MOST])


def topic_of(match: Match) -> Topic:
    """Return the topic of a lexicon match."""
    return match.kind.removeprefix("topic.")  # type: ignore[return-value]  # kinds follow the closed list


def is_weak(match: Match) -> bool:
    """Say whether other matters share a phrase."""
    return match.attributes.get("weak") == "yes"
