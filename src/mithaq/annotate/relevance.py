"""Judge whether a page is for us: an international interaction about digital matters; empty the fact layers of a page that is not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from mithaq.annotate.themes import is_weak, name_spans, outermost, topic_of
from mithaq.lexicon import Lexicon
from mithaq.lexicon.certainty import confidence
from mithaq.lexicon.outlets import agency_country, outlet_country
from mithaq.lexicon.weighing import likelihood, load_scales
from mithaq.model import Document, Event, Match

_ABROAD = frozenset({"io", "company"})  # kinds of bodies that may be of another country though nothing says so
_MISSING = 0.3  # no page is likelier than this that lacks one half: another side, or anything digital
_LEADS = 2  # the first sentences of the body are what the page says it is about
_LONG = 6  # sentences in which a page about an interaction would have told of one
_EVENTS, _NAMES, _HINTS = 2, 8, 3  # more of them say no more
# Topics that are digital by themselves: a shared word of theirs ("fibre", "cable", "portal") hints at us, one of schools or ports does not.
_OWN = frozenset(
    (
        "infrastructure", "telecom_post_regulation", "cybersecurity", "digital_government", "digital_identity_trust",
        "artificial_intelligence", "space",
    )
)  # fmt: skip

# What speaks for and against a page, and how a reader is told of it. The weights are learned (``knowledge/models/relevance.json``).
_WORDS = {
    "pair": "two sides that interact",
    "sides": "two sides on the page",
    "places": "places of two countries on the page",
    "together": "speaks of both sides together",
    "agreement": "an agreement",
    "alone": "a long page without two sides that interact",
    "ranking": "a ranking of states by an international body",
    "digital event": "a happening between two sides with a telling digital phrase",
    "digital events": "happenings between two sides about digital matters",
    "both": "two sides and a digital matter in one sentence",
    "title": "digital matters in the title",
    "title names": "digital offices or bodies in the title",
    "title hints": "words in the title that digital matters share",
    "lead": "digital matters in the lead",
    "lead names": "digital offices or bodies in the lead",
    "names": "sentences with digital offices or bodies",
    "telling": "sentences with telling digital phrases",
    "digital": "sentences with words of digital matters",
    "hints": "sentences with words that digital matters share",
    "other title": "another matter in the title",
    "other lead": "another matter in the lead",
    "other": "sentences about other matters alone",
}
_BETWEEN = ("pair", "sides", "places", "ranking", "agreement")
_DIGITAL = ("title", "title names", "title hints", "lead", "lead names", "names", "telling", "digital")


def judge_relevance(document: Document, lexicon: Lexicon) -> Document:
    """Return *document* with relevant, relevance (0 to 1) and relevance_why; when it is not relevant, without statements, indicators,
    programmes, topics and domestic events.
    """
    scales = load_scales("relevance")
    signs = read_relevance_signs(document)
    score = likelihood(signs, scales)
    missing = _missing(signs) or _stays_at_home(document)
    if missing:
        score = min(score, _MISSING)
    relevant = score >= scales.threshold
    ours = confidence("relevance", score)
    judged = replace(
        document,
        relevant=relevant,
        relevance=round(score, 3),
        relevance_why=_why(signs, scales.weights, missing),
        relevance_confidence=ours if relevant else round(1 - ours, 2),
    )
    if relevant:
        return judged
    kept = tuple(e for e in document.events if len(e.parties) >= 2)
    return replace(judged, statements=(), indicators=(), programmes=(), topics=(), topic_confidence=(), events=kept)


def _missing(signs: Mapping[str, float]) -> str:
    """Return which half of the table is empty: another side, or anything digital. A page may leave out its own country."""
    if not any(signs.get(name) for name in _BETWEEN):
        return "no interaction between two sides"
    return "" if any(signs.get(name) for name in _DIGITAL) else "no digital matter"


def _stays_at_home(document: Document) -> str:
    """Say so where a page names no country but that of its outlet or agency, no region of the world and no international organisation."""
    home = outlet_country(document.url, document.outlet) or agency_country(document.agency)
    worldwide = document.matches_of("place.region") or any(b.kind in _ABROAD for b in document.bodies)
    if home is None or document.pairs or worldwide:
        return ""
    codes = {m.attributes.get("code") for m in document.matches_of("place.country", "place.nationality", "body.known")}
    named = codes | _countries(document) | {b.country for b in document.bodies} | {p.country for p in document.people}
    return "no side but the outlet's own country" if named <= {home, None} else ""


class _Spread(NamedTuple):
    """In which sentences, by number, words of a sort stand."""

    telling: set[int]
    named: set[int]
    hints: set[int]
    general: set[int]
    other: set[int]
    sides: dict[int, set[str]]


def read_relevance_signs(document: Document) -> dict[str, float]:
    """Return what speaks for and against a page, as named numbers: what the weights are learned for."""
    titles = [i for i, s in enumerate(document.sentences) if s.kind == "title"]
    bodies = [i for i, s in enumerate(document.sentences) if s.kind == "body"]
    spread = _read_spread(document)
    signs = _opening_signs(spread, titles, bodies[:_LEADS]) | _body_signs(spread, bodies) | _side_signs(document, spread, titles + bodies)
    return {name: float(value) for name, value in signs.items() if value}


def _opening_signs(spread: _Spread, titles: list[int], leads: list[int]) -> dict[str, float]:
    return {
        "title": not spread.telling.isdisjoint(titles),
        "title names": not spread.named.isdisjoint(titles),
        "title hints": not spread.hints.isdisjoint(titles),
        "lead": not spread.telling.isdisjoint(leads),
        "lead names": not spread.named.isdisjoint(leads),
        "other title": not spread.other.isdisjoint(titles),
        "other lead": not spread.other.isdisjoint(leads),
    }


def _body_signs(spread: _Spread, bodies: list[int]) -> dict[str, float]:
    """Return shares of the sentences of the body; of names, which office words repeat, their number."""
    digital = spread.telling | spread.general
    many = len(bodies) or 1
    return {
        "telling": len(spread.telling.intersection(bodies)) / many,
        "digital": len(digital.intersection(bodies)) / many,
        "names": min(len(spread.named.intersection(bodies)), _NAMES) / _NAMES,
        "hints": min(len(spread.hints.intersection(bodies)), _HINTS) / _HINTS,
        "other": len((spread.other - digital).intersection(bodies)) / many,
    }


def _side_signs(document: Document, spread: _Spread, article: list[int]) -> dict[str, float]:
    digital = spread.telling | spread.general
    events = [_sentence_of(document, e) for e in document.events if len(e.parties) >= 2]
    return {
        "pair": bool(document.pairs),
        "sides": len({code for codes in spread.sides.values() for code in codes}) >= 2,
        "places": len(_countries(document)) >= 2,
        "together": bool(document.matches_of("speech.collective")),
        "agreement": any(_names_accord(m) for m in document.matches_of("event.noun")),
        "alone": not document.pairs and len(article) >= _LONG,
        "ranking": any(i.unit in ("rank", "points") and i.publisher for i in document.indicators),
        "digital event": not spread.telling.isdisjoint(events),
        "digital events": min(sum(i in digital or i in spread.named for i in events), _EVENTS) / _EVENTS,
        "both": any(i in digital and len(spread.sides.get(i, ())) >= 2 for i in article),
    }


def _names_accord(noun: Match) -> bool:
    """Say whether a noun by itself speaks of an accord; a resolution or a road map does so only with what is done with it."""
    return noun.attributes.get("type") == "agreement" and noun.attributes.get("needs") != "act"


def _sentence_of(document: Document, event: Event) -> int:
    return bisect_right(document.sentences, event.evidence.start, key=attrgetter("start")) - 1


def _read_spread(document: Document) -> _Spread:
    firsts = [s.first for s in document.sentences]

    def numbers(matches: Iterable[Match]) -> set[int]:
        return {n for m in matches if (n := bisect_right(firsts, m.first) - 1) >= 0}

    names = name_spans(document)
    topics = outermost(document.matches_of("topic"))
    telling = [m for m in topics if not is_weak(m)]
    inside = [any(start <= m.start and m.end <= end for start, end in names) for m in telling]
    general = document.matches_of("relevance.digital")
    return _Spread(
        telling=numbers(m for m, named in zip(telling, inside, strict=True) if not named),
        named=numbers(m for m, named in zip(telling, inside, strict=True) if named),
        hints=numbers(m for m in topics if is_weak(m) and topic_of(m) in _OWN),
        general=numbers(m for m in general if m.attributes.get("wide") != "yes"),
        other=numbers(document.matches_of("relevance.other")),
        sides=_sides(document, firsts),
    )


def _sides(document: Document, firsts: list[int]) -> dict[int, set[str]]:
    """Return the countries and international organisations that each sentence names."""
    sides: dict[int, set[str]] = {}
    for match in document.matches_of("place.country", "place.nationality", "body.known"):
        code = match.attributes.get("code")
        if code:
            sides.setdefault(bisect_right(firsts, match.first) - 1, set()).add(code)
    return sides


def _countries(document: Document) -> set[str]:
    """Return the countries of all places named, cities among them."""
    return {place.country for place in document.places if place.country}


def _why(signs: Mapping[str, float], weights: Mapping[str, float], missing: str) -> str:
    """Return the reasons in words, the heaviest first: "two sides that interact (+0.8); digital matters in the title (+0.7)"."""
    told = [(signs[name] * weights.get(name, 0.0), words) for name, words in _WORDS.items() if name in signs]
    heard = [f"{words} ({weight:+.1f})" for weight, words in sorted(told, key=lambda t: -abs(t[0])) if abs(weight) >= 0.05]
    return "; ".join([*([missing] if missing else []), *heard]) or "nothing speaks for it"
