"""What a person should decide next: facts in doubt, and two that may be one, in one line, those first on which a decision is worth most."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from math import isfinite
from typing import Literal

import msgspec

from mithaq.answers.doubts import WEIGHTS, Doubt, find_doubts
from mithaq.model.fact import FactLayer
from mithaq.model.world import LIST_OF, EntityKind, Question
from mithaq.store.browse import Narrow
from mithaq.store.store import Store

What = Literal["page", "events", "statements", "indicators", "people", "bodies", "programmes", "same_entity", "same_event"]
# A pair of sides rests on an event, and goes with it: nobody is asked for it.
FACTS: tuple[FactLayer, ...] = ("page", "events", "statements", "indicators", "people", "bodies", "programmes")
WHATS: tuple[What, ...] = ("page", "events", "statements", "indicators", "people", "bodies", "programmes", "same_entity", "same_event")
InLine = tuple[float, float, str, str]
_QUOTED = 160  # characters
# Two happenings likelier than this are one already, or were kept apart for a reason; less likely ones are hardly worth asking.
_ASKED = (0.25, 0.85)


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One question: about a fact (``key``), or whether it and ``other`` are one. ``worth`` and ``score`` as in :class:`Doubt`.

    ``quote``, ``title`` tell it from others in a list; ``layer`` is that of the facts.
    """

    what: What
    key: str
    layer: FactLayer
    worth: float
    score: float
    quote: str
    other: str | None = None
    title: str | None = None
    lang: str | None = None
    reasons: tuple[str, ...] = ()


def list_questions(
    store: Store,
    whats: Collection[What] = WHATS,
    narrow: Narrow = Narrow(),  # noqa: B008  (frozen)
    *,
    pages: int | None = None,
) -> list[Asked]:
    """Return what is open, as 'mithaq review' and 'mithaq review --pairs' ask it; facts of the newest *pages* alone, where given."""
    layers = [what for what in FACTS if what in whats]
    found: list[Asked] = []
    if layers:
        found += map(_of_doubt, find_doubts(store, layers=layers, narrow=narrow, pages=pages))
    wanted = _pages_with(store, narrow)
    if "same_entity" in whats:
        found += _of_pairs(store.questions(), "same_entity", wanted)
    if "same_event" in whats:
        found += _of_pairs(store.report_questions(*_ASKED), "same_event", wanted)
    bound = {(bond.subject, bond.other) for bond in store.bonds()}
    still = [one for one in found if one.other is None or (min(one.key, one.other), max(one.key, one.other)) not in bound]
    return sorted(still, key=place_in_line)


def place_in_line(one: Asked) -> InLine:
    """Return where a question stands: the worthiest first, those worth the same by their names, so that no two share a place."""
    return -one.worth, -one.score, one.key, one.other or ""


def write_worth(one: Asked) -> str:
    """Return worth and score of a question as an address tells them, to the last digit: rounded, it would stand in another place."""
    return f"{one.worth!r}~{one.score!r}"


def read_worth(words: str) -> tuple[float, float] | None:
    """Return what :func:`write_worth` wrote; None for anything else."""
    worth, _, score = words.partition("~")
    try:
        found = float(worth), float(score)
    except ValueError:
        return None
    return found if all(map(isfinite, found)) else None


def after(asked: Iterable[Asked], worth: tuple[float, float], key: str, other: str) -> list[Asked]:
    """Return the questions that come after the one with this worth and these names, whether or not it still stands among them."""
    here = (-worth[0], -worth[1], key, other)
    return [one for one in asked if place_in_line(one) > here]


def is_open(store: Store, one: Asked) -> bool:
    """Say whether a question still waits: the list may be a little old."""
    if one.other is not None:
        return store.bond(min(one.key, one.other), max(one.key, one.other)) is None
    page = one.key.partition("/")[0]
    return store.has(page) and one.key not in store.decisions_for(store.reading(page))


def _of_doubt(doubt: Doubt) -> Asked:
    what: What = doubt.fact.layer  # type: ignore[assignment]  # pairs are not asked for
    return Asked(
        what=what, key=doubt.fact.key, layer=doubt.fact.layer, worth=doubt.worth, score=doubt.score, title=doubt.document.title,
        quote=doubt.fact.evidence.quote[:_QUOTED], lang=doubt.document.lang, reasons=doubt.reasons,
    )  # fmt: skip


def _of_pairs(questions: Iterable[Question], what: What, wanted: Collection[str] | None) -> Iterator[Asked]:
    for q in questions:
        if wanted is not None and not {q.a.partition("/")[0], q.b.partition("/")[0]} & set(wanted):
            continue
        # In the order in which a page of two has them: who goes on from there is found again in the line.
        key, other = sorted((q.a, q.b))
        layer = _layer_of(key)
        score = round(1 - abs(2 * q.probability - 1), 3)
        yield Asked(
            what=what, key=key, other=other, layer=layer, score=score, worth=round(score * WEIGHTS[layer], 3), quote="", reasons=q.reasons
        )


def _layer_of(key: str) -> FactLayer:
    """Return the layer of a fact by its name."""
    family = key.split("/")[1].partition(".")[0]
    named: dict[str, EntityKind] = {"person": "person", "body": "body", "programme": "programme"}
    if family in named:
        return LIST_OF[named[family]]
    return "events" if family == "event" else "statements"


def _pages_with(store: Store, narrow: Narrow) -> frozenset[str] | None:
    """Return the pages to which a list is narrowed; None when it is not."""
    if narrow == Narrow():
        return None
    rows: list[str] = []
    after: str | None = None
    while True:
        stretch = store.browse("documents", narrow, limit=500, after=after)
        rows += [str(row["id"]) for row in stretch.rows]
        after = stretch.after
        if after is None:
            return frozenset(rows)
