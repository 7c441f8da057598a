"""Find what digital matters an article is about: at most four topics of the closed list."""

from __future__ import annotations

from mithaq.annotate.themes import outermost, rank_topics, topic_of, weight_of
from mithaq.lexicon import Lexicon
from mithaq.model import Document
from mithaq.model.vocabulary import Topic

# How much a phrase counts by where it stands. The lead is the first paragraph of the body.
_TITLE, _LEAD, _REST = 3.0, 2.0, 1.0
_LEAST = 2.5  # the title, the lead and more, or several sentences
_SHARE = 0.3  # a topic far behind the first is not what the page is about


def find_topics(document: Document, lexicon: Lexicon) -> tuple[Topic, ...]:
    """Return the topics of an article, the best supported first; each rests on the title, the lead or two sentences."""
    weights, places = score_topics(document)
    if not weights:
        return ()
    top = max(weights.values())
    supported = {t: w for t, w in weights.items() if w >= _SHARE * top and (places[t] & {"title", "lead"} or len(places[t]) >= 2)}
    return rank_topics(supported, least=_LEAST)


def score_topics(document: Document) -> tuple[dict[Topic, float], dict[Topic, set[str]]]:
    """Return each topic's weight, and the places (title, lead, sentence numbers) in which it is spoken of."""
    weights: dict[Topic, float] = {}
    places: dict[Topic, set[str]] = {}
    matches = [m for m in document.matches if m.kind.startswith("topic.")]
    lead = next((s.paragraph for s in document.sentences if s.kind == "body"), None)
    at = 0
    for number, sentence in enumerate(document.sentences):
        while at < len(matches) and matches[at].first < sentence.first:
            at += 1
        inside = []
        while at < len(matches) and matches[at].first < sentence.last:
            inside.append(matches[at])
            at += 1
        if sentence.kind not in ("title", "body"):
            continue
        place = "title" if sentence.kind == "title" else "lead" if sentence.paragraph == lead else str(number)
        factor = {"title": _TITLE, "lead": _LEAD}.get(place, _REST)
        here: dict[Topic, float] = {}
        for match in outermost(inside):
            topic = topic_of(match)
            here[topic] = min(here.get(topic, 0.0) + weight_of(match), 2.0)
        for topic, weight in here.items():
            weights[topic] = weights.get(topic, 0.0) + factor * weight
            places.setdefault(topic, set()).add(place)
    return weights, places
