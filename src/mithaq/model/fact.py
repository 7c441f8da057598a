"""The facts of a page one by one: what kind each is, by which name people's decisions find it again, what of it may be corrected."""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

from mithaq.errors import QuestionError
from mithaq.model.document import Document
from mithaq.model.entity import Body, Person, Programme
from mithaq.model.event import Event, Pair
from mithaq.model.span import Evidence
from mithaq.model.statement import Indicator, Statement
from mithaq.model.vocabulary import BODY_KINDS, COMPARATORS, EVENT_TYPES, STAGES, STATEMENT_KINDS, SUPPORTING_SEGMENTS

FactLayer = Literal["page", "events", "statements", "indicators", "pairs", "people", "bodies", "programmes"]
Value = Event | Statement | Indicator | Pair | Person | Body | Programme | Document

_CODE = re.compile(r"[A-Z]{2}|[A-Z][A-Za-z-]{1,11}")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_YEARS = (1900, 2200)
NOTHING_SAID = ("", "-", "—", "none", "null")


class Fact(NamedTuple):
    """One fact: its layer and place in it, its ``kind`` ("statement.need", "event.visit:MA-OM"), its words, and the fact itself."""

    layer: FactLayer
    number: int
    kind: str
    evidence: Evidence
    value: Value
    key: str


def fact_key(document_id: str, kind: str, evidence: Evidence) -> str:
    """Return the name of a fact for judgements: page, kind and place of its words; the same for every reading that finds it again."""
    return f"{document_id}/{kind}/{evidence.start}-{evidence.end}"


# At the end of a fact's name: the reading of today does not find it.
LOST = "#lost"
_LISTED: tuple[Literal["events", "statements", "indicators", "pairs", "people", "bodies", "programmes"], ...] = (
    "events", "statements", "indicators", "pairs", "people", "bodies", "programmes",
)  # fmt: skip


def split_key(key: str) -> tuple[str, str, int, int]:
    """Return (document id, kind, start, end) of a fact's name; raises ValueError when it is none."""
    document_id, rest = key.split("/", 1)
    kind, place = rest.rsplit("/", 1)
    start, end = place.partition("#")[0].split("-")
    return document_id, kind, int(start), int(end)


def short_key(key: str) -> str:
    """Return a fact's name short enough to be typed: the beginning of its page's id, and six digits of its own ("fd653859-1a2b3c")."""
    return f"{key[:8]}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"


def list_facts(document: Document) -> list[Fact]:
    """Return all facts of a page, the page's own relevance first. Keys are unique: a second fact of one kind and place ends in #2."""
    facts: list[Fact] = []
    seen: dict[str, int] = {}
    for layer, number, kind, evidence, value in _walk(document):
        key = fact_key(document.id, kind, evidence)
        seen[key] = seen.get(key, 0) + 1
        facts.append(Fact(layer, number, kind, evidence, value, key if seen[key] == 1 else f"{key}#{seen[key]}"))
    return facts


def _walk(document: Document) -> Iterator[tuple[FactLayer, int, str, Evidence, Value]]:
    head = head_of(document)
    if head is not None:
        yield "page", 0, "page", head, document
    for layer in _LISTED:
        for number, value in enumerate(getattr(document, layer)):
            yield layer, number, kind_of(value), words_of(value), value


def kind_of(value: Value) -> str:
    """Return what sort of fact this is, as its name tells it: "statement.need", "event.visit:MA-OM", "person"."""
    match value:
        case Event():
            return f"event.{value.type}:{'-'.join(value.parties)}"
        case Statement():
            return f"statement.{value.kind}"
        case Indicator():
            return f"indicator.{value.value:g} {value.unit}"
        case Pair():
            return f"pair.{value.a}-{value.b}"
    return type(value).__name__.lower()


def words_of(value: Event | Statement | Indicator | Pair | Person | Body | Programme) -> Evidence:
    """Return the words on which a fact rests; of somebody or something with a name the first mention."""
    return value.mentions[0] if isinstance(value, Person | Body | Programme) else value.evidence


def head_of(document: Document) -> Evidence | None:
    """Return the words that stand for the whole page: its title, else the beginning of its article; None when it has neither."""
    for kinds in (("title",), SUPPORTING_SEGMENTS):
        for segment in document.segments:
            if segment.kind in kinds and document.text[segment.start : segment.end].strip():
                return Evidence.of(document.text, segment.start, min(segment.end, segment.start + 200))
    return None


def _choice(allowed: tuple[str, ...]) -> Callable[[str], str]:
    def read(words: str) -> str:
        if words not in allowed:
            raise QuestionError(f"{words!r} is none of {', '.join(allowed)}")
        return words

    return read


def _text(words: str) -> str:
    return words


def _code(words: str) -> str:
    if not _CODE.fullmatch(words):
        raise QuestionError(f"{words!r} is no code of a country or organisation; write for example MA, OM, EU or UNDP")
    return words


def _codes(words: str) -> tuple[str, ...]:
    return tuple(sorted({_code(word) for word in re.split(r"[\s,]+", words) if word}))


def _date(words: str) -> str:
    try:
        if not _DATE.fullmatch(words):
            raise ValueError
        date.fromisoformat(words + "-01-01"[len(words) - 4 :])
    except ValueError:
        raise QuestionError(f"{words!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD") from None
    return words


def _number(words: str) -> float:
    try:
        number = float(words.replace(",", ".").replace(" ", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise QuestionError(f"{words!r} is not a number; write for example 97.5")
    return number


def _year(words: str) -> int:
    if not words.isascii() or not words.isdigit() or not _YEARS[0] <= int(words) <= _YEARS[1]:
        raise QuestionError(f"{words!r} is not a year; write for example 2024")
    return int(words)


class Field(NamedTuple):
    """Something of a fact that a person may correct: how words become its value, and whether it may be left unsaid."""

    read: Callable[[str], Any]
    optional: bool = True


# What may be corrected. Names stay as printed: the text is never repaired.
CORRECTABLE: dict[FactLayer, dict[str, Field]] = {
    "page": {"published": Field(_date), "outlet": Field(_text)},
    "events": {
        "type": Field(_choice(EVENT_TYPES), False),
        "stage": Field(_choice(STAGES)),
        "date": Field(_date),
        "date_end": Field(_date),
        "parties": Field(_codes, False),
        "place": Field(_text),
        "place_country": Field(_code),
    },
    "statements": {
        "kind": Field(_choice(STATEMENT_KINDS), False),
        "speaker": Field(_text),
        "country": Field(_code),
        "on_behalf_of": Field(_text),
        "toward": Field(_code),
        "deliverable": Field(_text),
        "due": Field(_date),
    },
    "indicators": {
        "name": Field(_text, False),
        "value": Field(_number, False),
        "unit": Field(_text, False),
        "comparator": Field(_choice(COMPARATORS), False),
        "publisher": Field(_text),
        "country": Field(_code),
        "year": Field(_year),
        "claimant": Field(_text),
    },
    "pairs": {},
    "people": {"country": Field(_code), "role": Field(_text), "body": Field(_text)},
    "bodies": {"kind": Field(_choice(BODY_KINDS), False), "country": Field(_code)},
    "programmes": {"country": Field(_code), "part_of": Field(_text)},
}
# Fields that hold the code of a country or organisation: whoever asks a person may take a name for it.
CODES = frozenset({"country", "toward", "place_country", "parties"})


def read_value(layer: FactLayer, field: str, words: str) -> Any:
    """Return what a person typed as the value of a field, None for "the text does not say"; raises QuestionError saying what is wrong."""
    known = CORRECTABLE[layer].get(field)
    if known is None:
        raise QuestionError(f"{field!r} cannot be corrected here; there are {', '.join(CORRECTABLE[layer]) or 'no fields'}")
    words = " ".join(words.split())
    if words.lower() in NOTHING_SAID:
        if not known.optional:
            raise QuestionError(f"{field} cannot be left out; type its value, or reject the fact")
        return None
    return known.read(words)


class Change(NamedTuple):
    """How one reading of a page differs from another: facts that only the new one has, that only the old one had, that say otherwise."""

    gained: Counter[str]
    gone: Counter[str]
    altered: Counter[str]

    def __bool__(self) -> bool:
        return bool(self.gained or self.gone or self.altered)


def compare_readings(before: Document, after: Document) -> Change:
    """Count by layer how the facts of two readings differ; where a fact stands makes no difference, nor by what rule it was found."""
    old, new = _by_words(before), _by_words(after)
    return Change(
        gained=Counter(key[0] for key in new if key not in old),
        gone=Counter(key[0] for key in old if key not in new),
        altered=Counter(key[0] for key in new if key in old and _said(new[key]) != _said(old[key])),
    )


def _by_words(document: Document) -> dict[tuple[str, str, str, int], Fact]:
    found: dict[tuple[str, str, str, int], Fact] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for fact in list_facts(document):
        words = "" if fact.layer == "page" else fact.evidence.quote
        key = (fact.layer, fact.kind, words)
        found[*key, seen[key]] = fact
        seen[key] += 1
    return found


def _said(fact: Fact) -> tuple[object, ...]:
    names = (*CORRECTABLE[fact.layer], "relevant") if fact.layer == "page" else CORRECTABLE[fact.layer]
    return tuple(getattr(fact.value, name) for name in names)


def show_value(value: object) -> str:
    """Return the value of a field as a person would type it; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
