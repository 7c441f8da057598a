"""What a measurement got wrong, thing by thing: gold beside what was read, in its sentence, grouped by cause; as one HTML file.

Figures say how much is wrong; this says what, so that a class of mistakes is mended rather than a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from mithaq.evaluate.gold import GoldPage
from mithaq.evaluate.score import (
    PLACE,
    PROGRAMME,
    SPEAKER,
    Json,
    Key,
    distinct_names,
    event_match,
    name_match,
    pair_up,
    statement_match,
    value_match,
)
from mithaq.text.likeness import comparable, likeness, same_name

AROUND = 160  # characters shown before and after the words
_OVERLAP = 0.5  # of the words of the shorter quote: the same place in the text
_ROLE = 0.5  # of the words of two roles that mean one, as in the score
_NAMED = ("people", "bodies", "programmes")

Match = Callable[[Json, Json], float]


class Error(msgspec.Struct, frozen=True, kw_only=True):
    """One mistake: on which page, in which layer, of what cause; what the gold says and what was read (empty: nothing).

    ``before``, ``words`` and ``after`` are the place in the page; ``why`` is the rule or model that made what was read.
    """

    page: str
    lang: str
    layer: str
    cause: str
    gold: str
    found: str
    before: str = ""
    words: str = ""
    after: str = ""
    why: str = ""


def list_errors(pages: Sequence[GoldPage], records: Mapping[Key, Json]) -> tuple[Error, ...]:
    """Return everything that *records* have otherwise than the gold of *pages*, page by page, layer by layer."""
    return tuple(error for page in pages for error in _Page(page, records.get(page.key, {})).errors())


def count_causes(errors: Sequence[Error]) -> dict[str, Counter[str]]:
    """Return how often each cause is behind the mistakes of each layer; layers in the order of their first mistake."""
    counts: dict[str, Counter[str]] = {}
    for error in errors:
        counts.setdefault(error.layer, Counter())[error.cause] += 1
    return counts


def write_errors(errors: Sequence[Error], pages: int, title: str) -> str:
    """Return the mistakes as one HTML file that needs nothing from outside."""
    groups = [
        (layer, [(cause, n, [e for e in errors if (e.layer, e.cause) == (layer, cause)]) for cause, n in counter.most_common()])
        for layer, counter in count_causes(errors).items()
    ]
    return _environment().get_template("errors.html").render(groups=groups, pages=pages, errors=len(errors), title=title)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("mithaq.evaluate", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class _Page:
    """The mistakes on one page."""

    def __init__(self, page: GoldPage, record: Json) -> None:
        self._page = page
        self._record = record

    def errors(self) -> Iterator[Error]:
        gold, record = self._page.gold, self._record
        if not record:
            yield self._error("page", "not answered", gold.get("title") or self._page.name, "")
            return
        if bool(gold.get("relevant")) != bool(record.get("relevant")):
            cause = "left out" if gold.get("relevant") else "let in"
            yield self._error("relevance", cause, str(bool(gold.get("relevant"))), str(bool(record.get("relevant"))))
        if gold.get("title") and not same_name(gold["title"], record.get("title"), ratio=0.9):
            yield self._error("title", "another title", gold["title"], record.get("title") or "")
        people = distinct_names(gold.get("people") or []), distinct_names(record.get("people") or [])
        bodies = distinct_names(gold.get("orgs") or gold.get("bodies") or []), distinct_names(record.get("bodies") or [])
        yield from self._layer("people", *people, name_match, _person_faults)
        yield from self._layer("bodies", *bodies, name_match, _body_faults)
        yield from self._layer("programmes", _named(gold), _named(record), _programme_match, _no_faults)
        yield from self._layer("events", gold.get("events") or [], record.get("events") or [], event_match, _event_faults)
        statements = gold.get("statements") or [], record.get("statements") or []
        yield from self._layer("statements", *statements, statement_match, _statement_faults)
        yield from self._layer("indicators", gold.get("indicators") or [], record.get("indicators") or [], value_match, _figure_faults)
        yield from self._sets("pairs", [" – ".join(sorted(p)) for p in gold.get("pairs") or []], self._pairs())
        yield from self._sets("topics", gold.get("topics") or [], record.get("topics") or [])

    def _pairs(self) -> list[str]:
        return [" – ".join(sorted(pair)) for pair in self._record.get("pairs") or []]

    def _sets(self, layer: str, wanted: Sequence[str], got: Sequence[str]) -> Iterator[Error]:
        yield from (self._error(layer, "missed", item, "") for item in sorted(set(wanted) - set(got)))
        yield from (self._error(layer, "invented", "", item) for item in sorted(set(got) - set(wanted)))

    def _layer(
        self, layer: str, gold: list[Json], got: list[Json], match: Match, faults: Callable[[Json, Json], Iterator[tuple[str, str, str]]]
    ) -> Iterator[Error]:
        """Yield fields that differ of matched things, then things missed and invented; a miss and an invention at one place are one."""
        pairs = pair_up(gold, got, match)
        for wanted, found in pairs:
            for cause, said, read in faults(wanted, found):
                yield self._error(layer, cause, f"{_tell(wanted)} · {said}", read, wanted, found)
        matched_gold, matched_got = {id(g) for g, _ in pairs}, {id(p) for _, p in pairs}
        missed = [g for g in gold if id(g) not in matched_gold]
        invented = [p for p in got if id(p) not in matched_got]
        near = pair_up(missed, invented, _same_place(layer))
        for wanted, found in near:
            yield self._error(layer, _difference(layer, wanted, found), _tell(wanted), _tell(found), wanted, found)
        gone = {id(item) for pair in near for item in pair}
        for wanted in missed:
            if id(wanted) not in gone:
                yield self._error(layer, self._why_missed(wanted), _tell(wanted), "", wanted)
        for found in invented:
            if id(found) not in gone:
                yield self._error(layer, "invented", "", _tell(found), None, found)

    def _why_missed(self, wanted: Json) -> str:
        if not self._record.get("relevant") and self._page.gold.get("relevant"):
            return "missed: the page was left out"
        start = self._page.text.find(_words(wanted))
        body = [s for s in self._record.get("segments") or [] if s["kind"] in ("body", "title", "dateline", "caption")]
        if start >= 0 and not any(s["start"] <= start < s["end"] for s in body):
            return "missed: read as furniture"
        return "missed"

    def _error(self, layer: str, cause: str, gold: str, found: str, wanted: Json | None = None, read: Json | None = None) -> Error:
        text = self._page.text
        words = _words(wanted) if wanted is not None else ""
        start = text.find(words) if words else -1
        evidence = _evidence(read)
        if start < 0 and evidence:
            start, words = evidence["start"], evidence["quote"]
        placed = start >= 0 and bool(words)
        return Error(
            page=self._page.name,
            lang=str(self._page.gold.get("lang") or ""),
            layer=layer,
            cause=cause,
            gold=gold,
            found=found,
            before=text[max(0, start - AROUND) : start] if placed else "",
            words=words if placed else "",
            after=text[start + len(words) : start + len(words) + AROUND] if placed else "",
            why=str((read or {}).get("why") or ""),
        )


def _named(node: Json) -> list[Json]:
    return [{"name": item} if isinstance(item, str) else item for item in node.get("programmes") or []]


def _programme_match(a: Json, b: Json) -> float:
    return float(same_name(a["name"], b["name"], ratio=PROGRAMME))


def _same_place(layer: str) -> Match:
    """Return how two things of a layer are at one place: names that share words, or quotes that do."""

    def share(a: Json, b: Json) -> float:
        x, y = set(comparable(_words(a))), set(comparable(_words(b)))
        both = len(x & y) / min(len(x), len(y)) if x and y else 0.0
        return both if both >= _OVERLAP else 0.0

    def alike(a: Json, b: Json) -> float:
        return likeness(a["name"], b["name"], 0.5) or share(a, b)

    return alike if layer in _NAMED else share


def _difference(layer: str, wanted: Json, found: Json) -> str:
    """Name what keeps a thing missed and one invented at the same place from being one."""
    if layer in _NAMED:
        a, b = len(comparable(wanted["name"])), len(comparable(found["name"]))
        return "name too short" if b < a else "name too long" if b > a else "name otherwise"
    if layer == "events":
        return "another type" if wanted.get("type") != found.get("type") else "other parties"
    return "another value" if layer == "indicators" else "other limits"


def _words(item: Json | None) -> str:
    """Return the words of the page on which a thing rests: its quote, else its name."""
    if item is None:
        return ""
    evidence = _evidence(item)
    return (evidence or {}).get("quote") or item.get("quote") or item.get("name") or ""


def _evidence(item: Json | None) -> Any:
    return ((item or {}).get("evidence") or next(iter((item or {}).get("mentions") or []), None)) if item else None


def _tell(item: Json) -> str:
    """Return a thing in one line: what it is and what it says."""
    fields = ("name", "type", "stage", "kind", "speaker", "parties", "date", "value", "unit", "role", "country", "toward")
    told = [f"{name} {_show(item[name])}" if name != "name" else item["name"] for name in fields if item.get(name) not in (None, "", [])]
    return " · ".join(told) or _words(item)


def _show(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else f"{value:g}" if isinstance(value, float) else str(value)


def _differs(field: str, a: Json, b: Json) -> Iterator[tuple[str, str, str]]:
    if (a.get(field) or None) != (b.get(field) or None):
        yield f"{field} differs", _show(a.get(field) or "—"), _show(b.get(field) or "—")


def _no_faults(_a: Json, _b: Json) -> Iterator[tuple[str, str, str]]:
    yield from ()


def _person_faults(a: Json, b: Json) -> Iterator[tuple[str, str, str]]:
    yield from _differs("country", a, b)
    if a.get("role"):
        x, y = set(comparable(a["role"])), set(comparable(b.get("role") or ""))
        if not x | y or len(x & y) / len(x | y) < _ROLE:
            yield "role differs", a["role"], b.get("role") or "—"


def _body_faults(a: Json, b: Json) -> Iterator[tuple[str, str, str]]:
    yield from _differs("kind", a, b)
    if a.get("country"):
        yield from _differs("country", a, b)


def _event_faults(a: Json, b: Json) -> Iterator[tuple[str, str, str]]:
    if set(a.get("parties") or []) != set(b.get("parties") or []):
        yield "parties differ", _show(sorted(a.get("parties") or [])) or "—", _show(sorted(b.get("parties") or [])) or "—"
    yield from _differs("date", a, b)
    if a.get("type") == "agreement" and a.get("stage"):
        yield from _differs("stage", a, b)
    if (a.get("place") or b.get("place")) and not same_name(a.get("place"), b.get("place"), ratio=PLACE):
        yield "place differs", a.get("place") or "—", b.get("place") or "—"
    wanted, named = a.get("people") or [], b.get("people") or []
    found = sum(any(same_name(w, x) for x in named) for w in wanted)
    if not found == len(wanted) == len(named):
        yield "people differ", ", ".join(wanted) or "—", ", ".join(named) or "—"


def _statement_faults(a: Json, b: Json) -> Iterator[tuple[str, str, str]]:
    yield from _differs("kind", a, b)
    if (a.get("speaker") or b.get("speaker")) and not same_name(a.get("speaker"), b.get("speaker"), ratio=SPEAKER):
        yield "speaker differs", a.get("speaker") or "—", b.get("speaker") or "—"


def _figure_faults(a: Json, b: Json) -> Iterator[tuple[str, str, str]]:
    if a.get("unit") or b.get("unit"):
        yield from _differs("unit", a, b)
    if a.get("country"):
        yield from _differs("country", a, b)
