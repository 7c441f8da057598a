"""The record of a page as JSON, and the check that every fact in it rests on words of the article."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from mithaq.errors import EvidenceError
from mithaq.model import Document, Evidence, Pair, Segment, Sentence, Span, Token, hash_text
from mithaq.model.vocabulary import SUPPORTING_SEGMENTS

SCHEMA_VERSION = 1

# Layers whose evidence supports facts. Times and places are only annotations: the date of publication may stand in a by-line.
FACT_LAYERS = ("people", "bodies", "programmes", "coreferences", "groups", "events", "statements", "indicators", "pairs")
# All layers that hold evidence or figures.
_LAYERS = (*FACT_LAYERS, "times", "places", "relevance")
# JSON leaves these line ends as they are; a reader that splits lines by Unicode's rules would break a record in two there.
_LINE_ENDS = tuple((end.encode(), f"\\u{ord(end):04x}".encode()) for end in "\u0085\u2028\u2029")


def write_record(document: Document) -> dict[str, object]:
    """Return what a page becomes: the fields of the record contract, version 1, and what else is known, ready for JSON."""
    d = document
    record: dict[str, object] = {
        "schema_version": SCHEMA_VERSION,
        "path": d.path,
        "url": d.url,
        "canonical": d.canonical,
        "id": d.id,
        "lang": d.lang,
        "outlet": d.outlet,
        "agency": d.agency,
        "section": d.section,
        "title": d.title,
        "published": d.published,
        "published_basis": d.published_basis,
        "retrieved": d.retrieved,
        "rights": d.rights, **({"private": True} if d.private else {}),
        "notes": list(d.notes),
        "partial": d.partial,
        "withdrawn": d.withdrawn,
        "invented": d.invented,
        "segments": _plain(d.segments),
    }
    if len(d.stories) > 1:
        record["stories"] = [[story.start, story.end] for story in d.stories]
    record |= {
        "relevant": d.relevant,
        "relevance": d.relevance,
        "relevance_why": d.relevance_why,
        "relevance_confidence": d.relevance_confidence,
        "pairs": [list(sides) for sides in sorted({(pair.a, pair.b) for pair in d.pairs})],
        "pair_evidence": [_pair(pair) for pair in d.pairs],
    }
    layers = ("people", "bodies", "programmes", "events", "statements", "indicators", "groups", "coreferences", "places", "times")
    record |= {layer: _plain(getattr(d, layer)) for layer in layers}
    record["topics"] = list(d.topics)
    record["topic_confidence"] = dict(zip(d.topics, d.topic_confidence, strict=False))
    if d.copy_of:
        record["copy_of"] = d.copy_of
    if d.judged:
        record["judged"] = _plain(d.judged)
    return record


def encode_record(document: Document) -> bytes:
    """Return the record as one line of JSON, its line end included."""
    line = msgspec.json.encode(write_record(document))
    for end, escaped in _LINE_ENDS:
        line = line.replace(end, escaped)
    return line + b"\n"


def check_record(document: Document) -> None:
    """Raise EvidenceError, naming fact and place, when a document breaks a law of evidence.

    Every span lies in the text and every quote is what stands there (law 1); facts rest on title, dateline, caption or body only (law 7),
    and on one story; the id is that of the text; every value can be written as JSON.
    """
    _check_text(document)
    facts = {layer: _evident(getattr(document, layer)) for layer in FACT_LAYERS}
    for layer in _LAYERS:
        _check_values(document, layer, facts[layer] if layer in facts else _evident(getattr(document, layer)))
    _check_spans("segments", document.segments, len(document.text))
    _check_spans("stories", document.stories, len(document.text))
    _check_spans("tokens", document.tokens, len(document.text))
    _check_spans("sentences", document.sentences, len(document.text))
    _check_facts(document, facts)


def _check_text(document: Document) -> None:
    if document.id != hash_text(document.text):
        raise EvidenceError(f"the id {document.id[:12]} is not that of the text; read the page again")
    try:
        msgspec.json.encode(document)
    except UnicodeEncodeError as error:
        raise EvidenceError(f"the text holds half a character that cannot be written ({error}); decode the page again") from error


def _check_values(document: Document, layer: str, nodes: Iterable[Evidence | float]) -> None:
    """Check law 1, and that every value is one that JSON has."""
    for node in nodes:
        if isinstance(node, float):
            if not math.isfinite(node):
                raise EvidenceError(f"{_path_to(document, layer, node)}: {node} is no number that a record can hold")
        elif not node.stands_in(document.text):
            there = document.text[node.start : node.end]
            where = _path_to(document, layer, node)
            raise EvidenceError(f"{where}: {node.quote!r} does not stand at {node.start}:{node.end} of the text, {there!r} does")


def _check_spans(layer: str, spans: Sequence[Segment | Span | Token | Sentence], length: int) -> None:
    # All at once first: a page has a thousand tokens, and all of them are right.
    if all([0 <= span.start <= span.end <= length for span in spans]):  # noqa: C419 (a list is looked through faster than a generator)
        return
    for n, span in enumerate(spans):
        if not 0 <= span.start <= span.end <= length:
            raise EvidenceError(f"{layer}[{n}]: {span.start}:{span.end} lies outside the text, which has {length} characters")


def _check_facts(document: Document, facts: Mapping[str, Iterable[Evidence | float]]) -> None:
    """Check law 7: every visible character of a fact's evidence lies in a supporting segment, in no furniture, in one story."""
    supported = bytearray(len(document.text))
    for segment in document.segments:
        if segment.kind in SUPPORTING_SEGMENTS:
            supported[segment.start : segment.end] = b"\1" * (segment.end - segment.start)
    for segment in document.segments:
        if segment.kind not in SUPPORTING_SEGMENTS:
            supported[segment.start : segment.end] = bytes(segment.end - segment.start)
    text = document.text
    stories = document.stories if len(document.stories) > 1 else ()
    for layer, nodes in facts.items():
        for node in nodes:
            if isinstance(node, float):
                continue
            if 0 in supported[node.start : node.end] and not all(supported[i] or text[i].isspace() for i in range(node.start, node.end)):
                path = _path_to(document, layer, node)
                kinds = sorted({s.kind for s in document.segments if s.start < node.end and node.start < s.end} - SUPPORTING_SEGMENTS)
                where = " and ".join(kinds) or "no segment"
                raise EvidenceError(f"{path}: {node.quote!r} stands in {where}; a fact rests on title, dateline, caption or body only")
            if stories and sum(story.start < node.end and node.start < story.end for story in stories) > 1:
                path = _path_to(document, layer, node)
                raise EvidenceError(f"{path}: {node.quote!r} runs over two stories of the page; a fact rests on one")


def _evident(node: Any) -> list[Evidence | float]:
    """Return every evidence and number below *node*."""
    found: list[Evidence | float] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Evidence | float):
            found.append(one)
        elif isinstance(one, tuple):
            waiting += one
        elif isinstance(one, msgspec.Struct):
            waiting += msgspec.structs.astuple(one)
    return found


def _path_to(document: Document, layer: str, wanted: Evidence | float) -> str:
    """Return where a value stands in a layer; only what is wrong is asked for by its place."""
    return next((path for path, node in _walk(getattr(document, layer), layer) if node is wanted), layer)


def _walk(node: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Yield every evidence and number below *node* with the path to it ("events[2].roles[0].evidence")."""
    if isinstance(node, Evidence | float):
        yield path, node
    elif isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            value = getattr(node, name)
            if isinstance(value, tuple | msgspec.Struct | float):
                yield from _walk(value, f"{path}.{name}")
    elif isinstance(node, tuple):
        for n, item in enumerate(node):
            if isinstance(item, msgspec.Struct | float):
                yield from _walk(item, f"{path}[{n}]")


def _pair(pair: Pair) -> dict[str, object]:
    return {"pair": [pair.a, pair.b], "evidence": _plain(pair.evidence), "why": pair.why, "confidence": pair.confidence}


def _plain(value: msgspec.Struct | Sequence[msgspec.Struct]) -> Any:
    return msgspec.to_builtins(value)
