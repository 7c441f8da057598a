"""Every fact as a W3C Web Annotation: what was read, pinned to the words it was read from; and such annotations found again in a text.

A target is a page and two selectors: the words with what stands before and after them, and their place, in code points of the text as
captured (``mithaq show PAGE --text``). The place holds for that text alone, which the state of the target names by its hash. Of a protected
page the words stay here, and the place leaves alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

import mithaq
from mithaq.errors import InputError
from mithaq.export.exchange import INVENTED, Export, Terms, page_iri, urn
from mithaq.export.losses import FIELDS, Tally, shown_quote, shown_words
from mithaq.export.parcel import Parcel, SentEntity, SentFigure, SentStatement, short_id
from mithaq.model import Document, Evidence

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MARGIN = 32  # characters kept before and after the words, as in the record
# Layer -> motivation: why somebody would have made this note.
MOTIVATIONS: Mapping[str, str] = {
    "events": "classifying",
    "statements": "describing",
    "figures": "describing",
    "people": "identifying",
    "bodies": "identifying",
    "programmes": "identifying",
    "places": "identifying",
    "times": "tagging",
    "coreferences": "linking",
}
# A person's decision about a fact -> motivation.
DECISIONS: Mapping[str, str] = {"correct": "editing", "unsure": "questioning"}
ASSESSING = "assessing"

CARRIED = {
    "events": tuple(field for field in FIELDS["events"] if field != "thread"),
    "statements": tuple(field for field in FIELDS["statements"] if field != "thread"),
    "figures": FIELDS["figures"],
    "people": ("other names", "country", "roles", "body", "mentions"),
    "bodies": ("other names", "kind", "country", "code", "mentions"),
    "programmes": ("other names", "country", "part_of", "mentions"),
    "pages": ("url", "retrieved", "places", "times", "coreferences", "judged"),
}
REASONS = {
    ("people", "language of names"): "a mention has the language of its page",
    ("bodies", "language of names"): "a mention has the language of its page",
    ("programmes", "language of names"): "a mention has the language of its page",
}
_WITHOUT_MARK = "nothing on this page is marked"
_WORDS = ("evidence", "role_evidence", "mentions")


class Found(msgspec.Struct, frozen=True):
    """An annotation read back: what it is about, why it was made, its bodies as they stand, and the place of its words in the text."""

    id: str
    source: str
    motivation: str
    bodies: tuple[Any, ...]
    start: int
    end: int


def write_annotations(parcel: Parcel, terms: Terms) -> Export:
    """Return one AnnotationCollection with all facts of all pages, page by page in order of their places."""
    tally = Tally("annotations", parcel, CARRIED, REASONS)
    tally.drop_layers({"threads": "an annotation is of the words of one page"})
    marks: dict[str, list[dict[str, Any]]] = {page.id: [] for page in parcel.pages}
    for page, mark in _marks(parcel, tally):
        marks[page.id].append(mark)
    for page in parcel.pages:
        if marks[page.id]:
            tally.carry("pages", page)
        else:
            tally.drop("pages", _WITHOUT_MARK)
    items = [mark for page in parcel.pages for mark in sorted(marks[page.id], key=_place)]
    collection = {
        "@context": CONTEXT,
        "id": urn("annotations", short_id("c", *(mark["id"] for mark in items))),
        "type": "AnnotationCollection",
        "label": "mithaq",
        "total": len(items),
        "first": {
            "id": urn("annotations", short_id("p", *(mark["id"] for mark in items))),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }
    return Export(msgspec.json.format(msgspec.json.encode(collection), indent=1) + b"\n" if items else b"", tally.report())


def _place(mark: Mapping[str, Any]) -> tuple[int, int, str]:
    position = mark["target"]["selector"][-1]
    return position["start"], position["end"], mark["id"]


def _marks(parcel: Parcel, tally: Tally) -> Iterator[tuple[Document, dict[str, Any]]]:
    for event in parcel.events:
        tally.carry("events", event)
        for report in event.reports:
            name = urn("event", event.id)
            yield report.page, _mark(report.page, "events", report.event.evidence, _facts(report.page, report.event), name)
    for said in parcel.said:
        layer = "statements" if isinstance(said, SentStatement) else "figures"
        tally.carry(layer, said)
        for page, value in said.reports:
            yield page, _mark(page, layer, value.evidence, _facts(page, value), _speaker(said))
    for entity in parcel.entities.values():
        layer = {"person": "people", "body": "bodies", "programme": "programmes"}[entity.kind]
        tally.carry(layer, entity)
        yield from _mentions(entity, layer)
    for page in parcel.pages:
        yield from _rest_of(page)


def _mentions(entity: SentEntity, layer: str) -> Iterator[tuple[Document, dict[str, Any]]]:
    for page, naming in zip(entity.pages, entity.namings, strict=True):
        for evidence in sorted(set(naming.mentions)):
            yield page, _mark(page, layer, evidence, _facts(page, naming), urn("entity", entity.id))


def _rest_of(page: Document) -> Iterator[tuple[Document, dict[str, Any]]]:
    """Yield places, dates, words that stand for somebody, and what people decided."""
    for layer in ("places", "times", "coreferences"):
        for fact in getattr(page, layer):
            yield page, _mark(page, layer, fact.evidence, _facts(page, fact), None)
    for one in page.judged:
        evidence = Evidence(one.start, one.end, page.text[one.start : one.end])
        said = msgspec.to_builtins(one)
        mark = _mark(page, "judged", evidence, {k: v for k, v in said.items() if v and k not in ("start", "end")}, None)
        who = {"creator": {"type": "Person", "name": one.by}, "created": one.at}
        yield page, mark | {"motivation": DECISIONS.get(one.verb, ASSESSING)} | who


def _speaker(said: SentStatement | SentFigure) -> str | None:
    return urn("entity", said.speaker) if isinstance(said, SentStatement) and said.speaker else None


def _facts(page: Document, value: msgspec.Struct) -> dict[str, Any]:
    """Return the stated fields of a fact, without the words behind it: those are the target."""
    kept = {name: given for name, given in msgspec.to_builtins(value).items() if given not in (None, "", [], (), False)}
    return {name: _without_words(page, given) for name, given in kept.items() if name not in _WORDS}


def _without_words(page: Document, value: Any) -> Any:
    """Return a field without the words behind its parts: each annotation has one target."""
    if isinstance(value, str):
        return shown_words(page, value)
    if isinstance(value, list | tuple):
        return [_without_words(page, item) for item in value]
    if isinstance(value, dict):
        return {name: _without_words(page, given) for name, given in value.items() if name != "evidence" and given not in (None, False)}
    return value


def _mark(page: Document, layer: str, evidence: Evidence, facts: Mapping[str, Any], about: str | None) -> dict[str, Any]:
    bodies: list[dict[str, Any]] = [{"type": "TextualBody", "purpose": "tagging", "value": layer}]
    if about:
        bodies.append({"type": "SpecificResource", "purpose": "identifying", "source": about})
    if page.invented:
        bodies.append({"type": "TextualBody", "purpose": "tagging", "value": INVENTED})
    told = {"type": "TextualBody", "purpose": "describing", "format": "application/json"}
    bodies.append({**told, "value": msgspec.json.encode(facts, order="sorted").decode()})
    return {
        "id": urn("annotation", short_id("a", page.id, layer, evidence.start, evidence.end, bodies)),
        "type": "Annotation",
        "motivation": MOTIVATIONS.get(layer, ASSESSING),
        "generator": {"id": urn("software", mithaq.__version__), "type": "Software", "name": f"mithaq {mithaq.__version__}"},
        "body": bodies,
        "target": {
            "type": "SpecificResource",
            "source": page_iri(page),
            "selector": _selectors(page, evidence),
            "state": _state(page),
        },
    }


def _selectors(page: Document, evidence: Evidence) -> list[dict[str, Any]]:
    position = {"type": "TextPositionSelector", "start": evidence.start, "end": evidence.end}
    if shown_quote(page, evidence) is None:
        return [position]
    before, after = page.text[max(0, evidence.start - MARGIN) : evidence.start], page.text[evidence.end : evidence.end + MARGIN]
    return [{"type": "TextQuoteSelector", "exact": evidence.quote, "prefix": before, "suffix": after}, position]


def _state(page: Document) -> dict[str, Any]:
    """Return which text the places count in: that of one capture, by its hash, and when it was had."""
    state = {"type": "TimeState", "cached": urn("page", page.id)}
    moment = page.retrieved if page.retrieved and re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}.*", page.retrieved) else None
    return {**state, "sourceDate": moment} if moment else state


def read_annotations(data: bytes, texts: Mapping[str, str]) -> tuple[Found, ...]:
    """Return the annotations of a file with their places in *texts*, which are known by their address or by their hash (:func:`page_iri`).

    Where the words no longer stand at their place they are looked for with what stands around them; several places that fit are all
    meant. An annotation of a text that is not there, or whose words are nowhere in it, is left out. Raises InputError for another file.
    """
    try:
        collection = msgspec.json.decode(data)
        items = collection["first"]["items"] if "first" in collection else collection.get("items", [collection])
    except (msgspec.DecodeError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"this is no file of Web Annotations ({error}); write one with 'mithaq export annotations'") from error
    found = []
    for item in items:
        target = item["target"]
        cached = str(target.get("state", {}).get("cached", "")).removeprefix(urn("page", ""))
        text = texts.get(cached, texts.get(target["source"]))
        if text is not None:
            places = find_target(target["selector"], text)
            made = (item["id"], target["source"], item["motivation"], tuple(item["body"]))
            found += [Found(*made, start, end) for start, end in places]
    return tuple(found)


def find_target(selectors: list[dict[str, Any]], text: str) -> tuple[tuple[int, int], ...]:
    """Return where the words of an annotation stand in a text: between the same neighbours, best at their old place; else anywhere."""
    position = next((s for s in selectors if s["type"] == "TextPositionSelector"), None)
    quote = next((s for s in selectors if s["type"] == "TextQuoteSelector"), None)
    place = (position["start"], position["end"]) if position else (0, 0)
    if quote is None:
        return (place,) if 0 <= place[0] < place[1] <= len(text) else ()
    places = [(m.start(), m.start() + len(quote["exact"])) for m in re.finditer(f"(?={re.escape(quote['exact'])})", text)]
    near = [(a, b) for a, b in places if text[:a].endswith(quote.get("prefix", "")) and text[b:].startswith(quote.get("suffix", ""))]
    return (place,) if place in (near or places) else tuple(near or places)
