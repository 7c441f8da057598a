"""Judge whether a page is for us: an international interaction about digital matters; empty the fact layers of a page that is not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

from msgspec.structs import replace

from mithaq.annotate.themes import Hold, hold_topics
from mithaq.lexicon import Lexicon
from mithaq.model import Document
from mithaq.model.vocabulary import Topic

_LIKELY = 0.5


class _Sign(NamedTuple):
    """One reason for or against: how much it weighs, how often it counts at most, and how a reader is told of it."""

    name: str
    weight: float
    most: float
    words: str


# The policy. A page needs both sides of the table: an interaction between sides, and digital matters that it is about.
_SIGNS = (
    _Sign("events", 1.2, 2, "happenings between two sides"),
    _Sign("pairs", 1.2, 1, "two sides that interact"),
    _Sign("rankings", 1.5, 1, "a ranking of states by an international body"),
    _Sign("title", 1.6, 2, "digital matters in the title"),
    _Sign("lead", 0.8, 2, "digital matters in the lead"),
    _Sign("sentences", 0.45, 6, "sentences about digital matters"),
    _Sign("hints", 0.15, 6, "sentences with words that other matters share"),
    _Sign("digital_events", 0.8, 2, "happenings about digital matters"),
    _Sign("programmes", 0.2, 2, "named programmes"),
    _Sign("other_title", -1.4, 1, "another matter in the title"),
    _Sign("other", -0.45, 6, "sentences about other matters"),
)
_BIAS = -3.4


def judge_relevance(document: Document, lexicon: Lexicon) -> Document:
    """Return *document* with relevant, relevance (0 to 1) and relevance_why; when it is not relevant, without statements, indicators,
    programmes, topics and domestic events.
    """
    signs = _read_signs(document)
    total = _BIAS + sum(s.weight * min(signs.get(s.name, 0), s.most) for s in _SIGNS)
    score = 1 / (1 + math.exp(-total))
    missing = _missing(signs)
    if missing:
        score = min(score, 0.3)
    relevant = score >= _LIKELY
    judged = replace(document, relevant=relevant, relevance=round(score, 3), relevance_why=_why(signs, missing))
    if relevant:
        return judged
    kept = tuple(e for e in document.events if len(e.parties) >= 2)
    return replace(judged, statements=(), indicators=(), programmes=(), topics=(), events=kept)


def _missing(signs: dict[str, float]) -> str:
    """Return which half of the table is empty: no other side, or nothing digital."""
    if not any(signs.get(name) for name in ("events", "pairs", "rankings")):
        return "no interaction between two sides"
    if not any(signs.get(name) for name in ("title", "lead", "sentences", "digital_events")):
        return "no digital matter"
    return ""


def _read_signs(document: Document) -> dict[str, float]:
    holds = hold_topics(document)
    events = [e for e in document.events if len(e.parties) >= 2]
    signs: dict[str, float] = {
        "events": len(events),
        "digital_events": sum(e.digital for e in events),
        "pairs": len(document.pairs),
        "rankings": sum(1 for i in document.indicators if i.unit in ("rank", "points") and i.publisher),
        "programmes": len(document.programmes),
        "title": _most(holds, "title"),
        "lead": _most(holds, "lead"),
        "sentences": sum(h.sentences for h in holds.values()),
        "hints": sum(h.sentences_weak for h in holds.values()),
    }
    return signs | _other_matters(document)


def _most(holds: Mapping[Topic, Hold], place: str) -> int:
    return sum(getattr(h, place) for h in holds.values())


def _other_matters(document: Document) -> dict[str, float]:
    matches = document.matches_of("relevance.other")
    title, sentences = 0, set()
    for match in matches:
        sentence = next((s for s in document.sentences if s.first <= match.first < s.last), None)
        if sentence is None:
            continue
        if sentence.kind == "title":
            title = 1
        elif sentence.kind == "body":
            sentences.add(sentence.first)
    return {"other_title": title, "other": len(sentences)}


def _why(signs: dict[str, float], missing: str) -> str:
    """Return the reasons in words: "2 happenings between two sides (+2.4), digital matters in the title (+1.6)"."""
    told = []
    for sign in _SIGNS:
        count = min(signs.get(sign.name, 0), sign.most)
        if count:
            told.append(f"{count:g} {sign.words} ({sign.weight * count:+.1f})")
    return "; ".join([*([missing] if missing else []), *told]) or "nothing speaks for it"
