"""Judge whether a page is for us: an international interaction about digital matters; empty the fact layers of a page that is not."""

from __future__ import annotations

import math
from bisect import bisect_right
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
    _Sign("sides", 0.8, 1, "two sides in the title or lead"),
    _Sign("rankings", 1.5, 1, "a ranking of states by an international body"),
    _Sign("title", 1.6, 2, "digital matters in the title"),
    _Sign("lead", 0.8, 2, "digital matters in the lead"),
    _Sign("sentences", 0.45, 6, "sentences about digital matters"),
    _Sign("general_title", 0.9, 1, "a general word of digital matters in the title"),
    _Sign("general", 0.45, 6, "sentences with general words of digital matters"),
    _Sign("vague", -0.8, 1, "no telling phrase of a digital matter, few general words"),
    _Sign("digital_events", 0.8, 2, "happenings about digital matters"),
    _Sign("programmes", 0.2, 2, "named programmes"),
    _Sign("other_title", -1.4, 1, "another matter in the title"),
    _Sign("other", -0.45, 4, "sentences about other matters"),
)
_BIAS = -3.9
_OPENING = 3  # sentences of title and lead in which the sides of a page are looked for
_WIDE = 0.5
_GENERAL_ENOUGH = 1  # sentences with general words without which a page that no telling phrase stands in is not digital
_GENERAL_FEW = 2  # so few of them leave it open


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
    if not any(signs.get(name) for name in ("events", "pairs", "rankings", "sides")):
        return "no interaction between two sides"
    telling = any(signs.get(name) for name in ("title", "lead", "sentences", "general_title"))
    if not telling and signs.get("general", 0) < _GENERAL_ENOUGH:
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
        "sides": len(_sides(document)) >= 2,
        "programmes": len(document.programmes),
        "title": _most(holds, "title"),
        "lead": _most(holds, "lead"),
        "sentences": sum(h.sentences for h in holds.values()),
    }
    signs["other_title"], signs["other"] = _spread(document, "relevance.other")
    signs["general_title"], signs["general"] = _spread(document, "relevance.digital")
    telling = any(signs[name] for name in ("title", "lead", "sentences", "general_title"))
    signs["vague"] = not telling and signs["general"] <= _GENERAL_FEW
    return signs


def _most(holds: Mapping[Topic, Hold], place: str) -> int:
    return sum(getattr(h, place) for h in holds.values())


def _sides(document: Document) -> set[str]:
    """Return the countries and international organisations that title or lead names."""
    lead = next((s.paragraph for s in document.sentences if s.kind == "body"), None)
    opening = [s for s in document.sentences if s.kind == "title" or (s.kind == "body" and s.paragraph == lead)][:_OPENING]
    codes: set[str] = set()
    for match in document.matches_of("place.country", "place.nationality", "body.known"):
        code = match.attributes.get("code")
        if code and any(s.first <= match.first < s.last for s in opening):
            codes.add(code)
    return codes


def _spread(document: Document, kind: str) -> tuple[int, float]:
    """Return whether words of a kind stand in the title, and in how many sentences of the body; a wide word ("platform") is half a one."""
    firsts = [s.first for s in document.sentences]
    title, bodies = 0, dict[int, float]()
    for match in document.matches_of(kind):
        number = bisect_right(firsts, match.first) - 1
        if number < 0 or match.first >= document.sentences[number].last:
            continue
        wide = match.attributes.get("wide") == "yes"
        if document.sentences[number].kind == "title" and not wide:
            title = 1
        elif document.sentences[number].kind == "body":
            bodies[number] = max(bodies.get(number, 0.0), _WIDE if wide else 1.0)
    return title, sum(bodies.values())


def _why(signs: dict[str, float], missing: str) -> str:
    """Return the reasons in words: "2 happenings between two sides (+2.4), digital matters in the title (+1.6)"."""
    told = []
    for sign in _SIGNS:
        count = min(signs.get(sign.name, 0), sign.most)
        if count:
            told.append(f"{count:g} {sign.words} ({sign.weight * count:+.1f})")
    return "; ".join([*([missing] if missing else []), *told]) or "nothing speaks for it"
