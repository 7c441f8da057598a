"""Facts that people added to a page: shown beside those that the machine read, and found again by their words when the text changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from msgspec.structs import replace

from mithaq.model import Document, Event, Pair
from mithaq.model.added import read_added
from mithaq.model.fact import LOST, list_facts, split_key, words_of
from mithaq.model.judgement import Judgement


def add_facts(document: Document, added: Iterable[Judgement]) -> Document:
    """Return the document with the facts that people added; whoever adds one to a page says that the page is for us.

    What a new reading finds by the same name is not added twice; words that stand no longer in their place add nothing.
    """
    known = {fact.key for fact in list_facts(document)}
    layers: dict[str, list[Any]] = {}
    for judgement in sorted(added, key=lambda j: (split_key(j.subject)[2], j.subject)):
        if judgement.subject in known or judgement.subject.endswith(LOST):
            continue
        layer, value = read_added(judgement)
        if not isinstance(value, Document) and words_of(value).stands_in(document.text):
            layers.setdefault(layer, []).append(value)
    if not layers:
        return document
    shown = {layer: (*getattr(document, layer), *facts) for layer, facts in layers.items()}
    pairs = _pairs_of([fact for fact in layers.get("events", ()) if isinstance(fact, Event)], document.pairs)
    return replace(document, **shown, pairs=pairs, relevant=True)


def _pairs_of(events: Iterable[Event], known: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """Return the pairs of a page with those that added events show."""
    pairs = list(known)
    there = {(pair.a, pair.b) for pair in known}
    for event in events:
        for a, b in combinations(event.parties, 2):
            if (a, b) not in there:
                there.add((a, b))
                pairs.append(Pair(a, b, event.evidence, event.why))
    return tuple(pairs)


def find_words_again(added: Mapping[str, str], document: Document) -> dict[str, str]:
    """Return under which names added facts stand in another text of their page, by their names: where their words stand, the nearest first.

    *added* are their words by name. Facts whose words stand nowhere any more are left out, as are those of this very text.
    """
    found = {}
    for key, quote in added.items():
        source, kind, start, _ = split_key(key)
        if source == document.id or not quote:
            continue
        places, at = [], document.text.find(quote)
        while at >= 0:
            places.append(at)
            at = document.text.find(quote, at + 1)
        if places:
            nearest = min(places, key=lambda place: (abs(place - start), place))
            found[key] = f"{document.id}/{kind}/{nearest}-{nearest + len(quote)}"
    return found
