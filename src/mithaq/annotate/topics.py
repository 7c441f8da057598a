"""Find what digital matters an article is about: at most four topics of the closed list, by learned weights."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from mithaq.annotate.holds import Hold, Place, Plainness, hold_topics
from mithaq.annotate.themes import rank_topics
from mithaq.lexicon import Lexicon
from mithaq.lexicon.certainty import confidence
from mithaq.lexicon.weighing import likelihood, load_scales
from mithaq.model import Document
from mithaq.model.kept import keep_while_same
from mithaq.model.vocabulary import Topic

_RANKS = {"first": 1, "among two": 2, "among three": 3, "among five": 5}  # by weight, at which a topic gets likelier or less likely
_PLAIN: tuple[Plainness, ...] = ("strong", "weak", "plain", "faint")
_LEAST = 0.1  # the weight of a page's first topic that hardly anything speaks of
_SAYS = ": "  # between a topic and a phrase that speaks of it
_NONE: frozenset[int] = frozenset()
# What phrases count at each place; what they are called there; how many sentences of a sort make which sign.
_PARTS: Mapping[Place, float] = {"title": 1.0, "lead": 0.5}
_PLACES: Mapping[tuple[Place, Plainness], str] = {(place, plain): f"{place} {plain}" for place in _PARTS for plain in _PLAIN}
_STRONG = tuple((n, f"{n} strong sentences") for n in (1, 2, 3))
_TELLING = tuple((n, f"{n} telling sentences") for n in (1, 2, 3, 5))
_TOLD = tuple((n, f"{n} sentences") for n in (1, 3, 5))


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


@keep_while_same("sentences", "matches", "people", "bodies")
def read_topic_signs(document: Document) -> dict[Topic, dict[str, float]]:
    """Return for each topic spoken of what speaks for it, as named numbers: what the weights are learned for."""
    holds = hold_topics(document)
    if not holds:
        return {}
    weights = {topic: hold.weight for topic, hold in holds.items()}
    ranked = sorted(holds, key=lambda t: -weights[t])
    top, total = max(weights[ranked[0]], _LEAST), sum(weights.values()) or 1.0
    body = max(1, sum(s.kind == "body" for s in document.sentences))
    signs: dict[Topic, dict[str, float]] = {}
    for rank, topic in enumerate(ranked):
        standing = {"beside the first": weights[topic] / top, "of all": weights[topic] / total, topic: 1.0}
        standing |= {name: 1.0 for name, limit in _RANKS.items() if rank < limit}
        phrases = {phrase_sign(topic, word): 1.0 for words in holds[topic].words.values() for word in words}
        signs[topic] = {**_signs(holds[topic], body), **standing, **_own_signs(topic, holds[topic], weights[topic] / top), **phrases}
    return signs


def _own_signs(topic: Topic, hold: Hold, relative: float) -> dict[str, float]:
    """Return what may speak louder for one topic than for another: training is named on every second page, a satellite is not."""
    strong, shared = hold.sentences.get("strong", _NONE), hold.sentences.get("weak", _NONE) | hold.sentences.get("plain", _NONE)
    titled, relatively, strongly, twice = _names_of_own(topic)
    counts = {
        titled: any(place == "title" for place, _ in hold.places),
        relatively: relative,
        strongly: bool(strong),
        twice: len(strong | shared) >= 2,
    }
    return {name: float(count) for name, count in counts.items() if count}


@cache
def _names_of_own(topic: Topic) -> tuple[str, str, str, str]:
    return f"{topic} in the title", f"{topic} beside the first", f"{topic} strong", f"{topic} in two sentences"


def phrase_sign(topic: Topic, word: str) -> str:
    """Return the name of the sign that a phrase speaks of a topic."""
    return f"{topic}{_SAYS}{word}"


def is_phrase(sign: str) -> bool:
    """Say whether a sign is a single phrase."""
    return _SAYS in sign


def _signs(hold: Hold, body: int) -> dict[str, float]:
    """Return how a topic is held up as numbers from 0 to about 2; *body* is the number of sentences of the body."""
    strong, faint = hold.sentences.get("strong", _NONE), hold.sentences.get("faint", _NONE)
    shared = hold.sentences.get("weak", _NONE) | hold.sentences.get("plain", _NONE)
    telling, told = strong | shared, strong | shared | faint
    found = {_PLACES[where]: min(count, 2) * _PARTS[where[0]] for where, count in hold.places.items() if where in _PLACES}
    for names, count in ((_STRONG, len(strong)), (_TELLING, len(telling)), (_TOLD, len(told))):
        found |= {name: 1.0 for least, name in names if count >= least}
    counts: dict[str, float] = {
        "share of strong sentences": len(strong) / body,
        "share of shared sentences": len(shared - strong) / body,
        "share of faint sentences": len(faint - telling) / body,
        "strong words": min(len(hold.words.get("strong", ())), 4) / 2,
        "shared words": min(len(hold.words.get("weak", ())) + len(hold.words.get("plain", ())), 5) / 2,
        "faint words": min(len(hold.words.get("faint", ())), 5) / 2,
        "names": min(hold.names, 3) / 3,
    }
    return found | {name: count for name, count in counts.items() if count}
