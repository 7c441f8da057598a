"""Keep of a page only what is sure enough for whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

from msgspec.structs import replace

from mithaq.model.document import Document


class Rated(Protocol):
    """A fact with its confidence, None for one that was read before facts had any."""

    @property
    def confidence(self) -> float | None: ...


Fact = TypeVar("Fact", bound=Rated)


def keep_sure(document: Document, least: float) -> Document:
    """Return *document* without facts of a lower confidence than *least*; what was never rated stays, and so does the page itself."""
    if least <= 0:
        return document
    rated = zip(document.topics, document.topic_confidence or (1.0,) * len(document.topics), strict=True)
    kept = [(topic, sure) for topic, sure in rated if sure >= least]
    return replace(
        document,
        people=_sure(document.people, least),
        bodies=_sure(document.bodies, least),
        programmes=_sure(document.programmes, least),
        events=_sure(document.events, least),
        statements=_sure(document.statements, least),
        indicators=_sure(document.indicators, least),
        pairs=_sure(document.pairs, least),
        topics=tuple(topic for topic, _ in kept),
        topic_confidence=tuple(sure for _, sure in kept) if document.topic_confidence else (),
    )


def keep_all_sure(documents: Iterable[Document], least: float) -> Iterator[Document]:
    """Yield each of *documents* as :func:`keep_sure` leaves it."""
    return (keep_sure(document, least) for document in documents)


def is_surely_ours(document: Document, least: float) -> bool:
    """Say whether a page is for us and that is at least so sure; a page that was never rated counts as sure."""
    return document.relevant and (document.relevance_confidence is None or document.relevance_confidence >= least)


def _sure(facts: tuple[Fact, ...], least: float) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.confidence is None or fact.confidence >= least)
