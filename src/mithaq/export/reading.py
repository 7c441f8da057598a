"""A page with every fact marked in its own text, as one HTML file: furniture dimmed, facts and text linked both ways, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Any

import msgspec

from mithaq.export.briefing import environment, speak
from mithaq.export.facts import HEADS, PageFact, list_facts, list_rejected
from mithaq.export.messages import Messages
from mithaq.model import Document
from mithaq.model.vocabulary import SUPPORTING_SEGMENTS, Language

# Of two facts at one place the link leads to the smaller thing: a name inside an event leads to the name.
_INNERMOST = ("person", "body", "programme", "indicator", "statement", "event")
_LONG = ("event", "statement", "indicator")


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of text under the same facts: ``classes`` for its looks, ``begins`` and ``ends`` the numbers of facts that do so here.

    ``link`` is the number of the fact to which a click leads, ``facts`` are those of all that lie over it, the innermost first;
    ``furniture`` says that the stretch is not part of the article, ``here`` that it was asked for; ``start`` is its place in the text.
    """

    text: str
    classes: str = ""
    link: int | None = None
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    furniture: bool = False
    start: int = 0
    facts: tuple[int, ...] = ()
    here: bool = False


def write_pages(documents: Iterable[Document], lang: Language) -> str:
    """Return pages as one HTML file, interface in Arabic, French or English; each page runs in its own direction."""
    messages = Messages(lang)
    pages = [page_context(document, messages) for document in documents]
    return environment().get_template("page.html").render(**speak(messages), pages=pages)


def cut_pieces(document: Document, facts: Sequence[PageFact], here: tuple[int, int] | None = None) -> tuple[Piece, ...]:
    """Cut the text wherever a fact, a place, a date or a kind of segment begins or ends; joined, the pieces are the text again.

    *here* is a stretch (start, end) that somebody asked to see.
    """
    spans = [(e.start, e.end, fact) for fact in facts for e in fact.evidence]
    places = [(p.evidence.start, p.evidence.end, "place") for p in document.places]
    times = [(t.evidence.start, t.evidence.end, "time") for t in document.times]
    furniture = [(s.start, s.end) for s in document.segments if s.kind not in SUPPORTING_SEGMENTS]
    edges = chain(((a, b) for a, b, _ in spans), ((a, b) for a, b, _ in (*places, *times)), furniture, (here,) if here else ())
    cuts = {0, len(document.text), *chain.from_iterable(edges)}
    ordered = sorted(cut for cut in cuts if 0 <= cut <= len(document.text))
    firsts = {fact.number: fact.evidence[0].start for fact in facts}
    pieces = []
    for start, end in pairwise(ordered):
        over = [(a, b, fact) for a, b, fact in spans if a <= start and end <= b]
        marks = [name for a, b, name in (*places, *times) if a <= start and end <= b]
        inward = sorted((fact for _, _, fact in over), key=lambda f: (_INNERMOST.index(f.layer), f.number))
        classes = [f"is-{name}" for _, _, fact in over for name in (fact.layer, fact.code)]
        pieces.append(
            Piece(
                text=document.text[start:end],
                classes=" ".join(dict.fromkeys((*classes, *(f"is-{name}" for name in marks)))),
                link=inward[0].number if inward else None,
                facts=_numbers(inward),
                start=start,
                here=here is not None and here[0] <= start and end <= here[1],
                begins=_numbers(fact for a, _, fact in over if a == start == firsts[fact.number]),
                ends=_numbers(fact for _, b, fact in over if b == end and fact.layer in _LONG),
                furniture=any(a <= start and end <= b for a, b in furniture),
            )
        )
    return tuple(pieces)


def _numbers(facts: Iterable[PageFact]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(fact.number for fact in facts))


def page_context(document: Document, messages: Messages, here: tuple[int, int] | None = None) -> dict[str, Any]:
    """Return what a template shows of a page with its facts marked, ``pieces`` of text and ``heads`` of facts."""
    facts = list_facts(document, messages)
    heads = [(name, [fact for fact in facts if fact.layer == layer]) for layer, name in HEADS.items()]
    return {
        "document": document,
        "pieces": cut_pieces(document, facts, here),
        "heads": [(name, group) for name, group in heads if group],
        "decided": list_rejected(document, messages),
        "direction": {None: "auto", "ar": "rtl"}.get(document.lang, "ltr"),
        "pairs": [messages.pair(pair) for pair in sorted({(p.a, p.b) for p in document.pairs})],
        "pair_codes": sorted({(p.a, p.b) for p in document.pairs}),
        "statement_kinds": sorted({statement.kind for statement in document.statements}),
    }
