"""What a saved question finds now: happenings, promises that fall due, figures that contradict each other, needs that our offers meet.

An event is one however many pages tell it: its keys hold the places of all its reports, so that a further page, or a new first report,
makes nothing new of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from mithaq.answers.claims import Figure, compare_figures
from mithaq.answers.ledger import match_ledger
from mithaq.answers.sources import PROTECTED
from mithaq.errors import QuestionError
from mithaq.model.happening import COMMITMENT, Happening, Schedule, Source, Step, Thread
from mithaq.store.alerts import Ask, News, NewsKind
from mithaq.store.store import Store
from mithaq.text.fold import fold_text

_DIGITS = 24  # of a hash
_MOST_NEEDS = 10_000
Judge = Callable[[Step, Thread, str | None], Schedule]


class World:
    """What a store tells that many questions ask of, loaded once."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @cached_property
    def pages(self) -> dict[str, str | None]:
        """The addresses of all pages that are on digital cooperation; what only others tell is no news."""
        return {str(row["id"]): _text(row["url"]) for row in self.store.rows("documents", {"relevant": 1})}

    @cached_property
    def happenings(self) -> list[tuple[Happening, Source]]:
        """All happenings, each with the first report of a page that stands and is for us; without those that have none."""
        found = ((happening, _standing(happening.sources, self.pages)) for happening in self.store.happenings())
        return [(happening, first) for happening, first in found if first is not None]

    @cached_property
    def threads(self) -> list[Thread]:
        """All threads."""
        return list(self.store.threads())


def find_news(world: World, ask: Ask, judge: Judge) -> list[News]:
    """Return all that answers a question now, known or not; raises QuestionError when what it asks about is no longer there."""
    store = world.store
    finders: dict[str, Callable[[], Iterable[News]]] = {
        "pair": lambda: _happenings(world, lambda h: set(ask.sides) <= set(h.sides)),
        "side": lambda: _happenings(world, lambda h: set(ask.sides) <= set(h.sides)),
        "entity": lambda: _of_entity(world, ask.entity or ""),
        "topic": lambda: _happenings(world, lambda h: ask.topic in h.topics and set(ask.sides) <= set(h.sides)),
        "due": lambda: _due(world, ask, judge),
        "conflict": lambda: _conflicts(store, ask),
        "need": lambda: _needs(store, ask),
    }
    return list(finders[ask.kind]())


def _standing(sources: Iterable[Source], pages: Mapping[str, str | None]) -> Source | None:
    """Return the first report of a page that stands and is for us."""
    return next((source for source in sources if source.gone is None and source.document in pages), None)


def _happenings(world: World, wanted: Callable[[Happening], bool]) -> Iterator[News]:
    for happening, first in world.happenings:
        if wanted(happening):
            yield _tell(happening, first, world.pages)


def _of_entity(world: World, entity: str) -> Iterator[News]:
    if world.store.entity(entity) is None:
        raise QuestionError(f"there is no person, body or programme {entity!r} any more; 'mithaq entities' shows their ids")
    yield from _happenings(world, lambda h: entity in h.who)


def _tell(happening: Happening, first: Source, pages: Mapping[str, str | None]) -> News:
    # Two events may stand in the same words: their types tell them apart.
    keys = tuple(f"{_place(source)}/{happening.type}" for source in happening.sources)
    return News(
        id=happening.id, kind="promise" if happening.type == COMMITMENT else "happening", keys=keys, type=happening.type,
        stage=happening.stage, sides=happening.sides, date=happening.date, **_words(first, pages),
    )  # fmt: skip


def _place(source: Source) -> str:
    return f"{source.document}/{source.list}/{source.evidence.start}-{source.evidence.end}"


def _words(source: Source, pages: Mapping[str, str | None]) -> dict[str, Any]:
    """Return the words of a report and its page, as far as they may leave."""
    return {
        "quote": None if source.rights == PROTECTED else source.evidence.quote,
        "lang": source.lang, "title": source.title, "outlet": source.outlet, "published": source.published, "document": source.document,
        "url": pages.get(source.document),
    }  # fmt: skip


def _due(world: World, ask: Ask, judge: Judge) -> Iterator[News]:
    """Yield plans and promises that fall due, and those whose day is over: each is told twice at the most."""
    _, until = world.store.searched()
    for thread in [world.store.thread(ask.thread)] if ask.thread else world.threads:
        if not set(ask.sides) <= set(thread.parties):
            continue
        for step in thread.steps:
            schedule = judge(step, thread, until)
            first = _standing(step.sources, world.pages) if schedule in ("due", "overdue") else None
            if first is not None:
                yield _tell_due(thread, step, "due" if schedule == "due" else "overdue", _words(first, world.pages))


def _tell_due(thread: Thread, step: Step, kind: NewsKind, words: dict[str, Any]) -> News:
    keys = tuple(f"{_place(source)}/{step.type}:{kind}" for source in step.sources)
    return News(
        id=f"{step.happening}:{kind}", kind=kind, keys=keys, type=step.type, stage=step.stage, sides=thread.parties, date=step.date,
        thread=thread.id, **words,
    )  # fmt: skip


def _conflicts(store: Store, ask: Ask) -> Iterator[News]:
    """Yield figures of which pages give several values; one more value is news, one more page with a known value is not."""
    country = ask.sides[0] if ask.sides else None
    for figure in compare_figures(store, None, country):
        if figure.conflict and figure.country is not None:
            yield _tell_conflict(store, figure)


def _tell_conflict(store: Store, figure: Figure) -> News:
    values = tuple(dict.fromkeys(f"{claim.line.comparator}|{claim.line.value:g}|{claim.line.unit}" for claim in figure.claims))
    parts = (fold_text(figure.name), figure.country or "", str(figure.year), *sorted(values))
    key = "f" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_DIGITS]
    last = figure.claims[-1]
    page = store.rows("documents", {"id": last.document})[0]
    return News(
        id=key, kind="conflict", keys=(key,), name=figure.name, values=values, sides=(figure.country or "",),
        date=str(figure.year) if figure.year else None, quote=None if page["rights"] == PROTECTED else last.evidence.quote,
        lang=_text(page["lang"]), title=_text(page["title"]), outlet=last.outlet, published=last.published, document=last.document,
        url=_text(page["url"]),
    )  # fmt: skip


def _needs(store: Store, ask: Ask) -> Iterator[News]:
    """Yield what others need on topics on which our side offers something."""
    ours = ask.sides[0]
    for match in match_ledger(store, country=ours, topic=ask.topic, limit=_MOST_NEEDS):
        if match.country == ours or not match.offers:
            continue
        for need in match.needs:
            source = need.source
            places = tuple(f"{proof.document}/statements/{proof.start}-{proof.end}" for proof in need.line.proofs)
            words = hashlib.sha256(f"{match.country}\n{fold_text(need.proof.quote)}".encode()).hexdigest()[:_DIGITS]
            yield News(
                id=f"n{words}", kind="need", keys=places, type=match.topic, sides=(match.country,), date=None, name=need.line.speaker,
                quote=None if source.is_protected else need.proof.quote, lang=need.proof.lang, title=source.title, outlet=source.outlet,
                published=source.published, url=source.url, document=source.document,
            )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)
