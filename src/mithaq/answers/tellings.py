"""When two pages tell the same event: the one rule that timelines and dossiers share.

Two tellings are one event when their type agrees, neither contradicts the other on stage, parties, place country or date, and something
beyond the type binds them: the same day; where one gives only the month, the same stage and parties; where a date is missing, the same
words, or people in common and no more than DAYS_APART between the pages. People are in common when their names are, or differ only in
spelling or script. One page never tells the same event twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from mithaq.model import Document, Event
from mithaq.text.fold import fold_text
from mithaq.text.skeleton import sounds_alike

DAYS_APART = 3
_MONTH, _DAY = len("2024-11"), len("2024-11-12")


class Telling(NamedTuple):
    """One page's telling of one event; ``happening`` is the id of what the workspace has put it together with, where it has."""

    document: Document
    event: Event
    happening: str | None = None


def group_tellings(tellings: Iterable[Telling]) -> list[list[Telling]]:
    """Group the tellings of the same event; fully dated ones gather first, so that the vaguer ones join them.

    What the workspace has put together is one, and what it holds apart is not; the rule decides about pages that it has not compared.
    """
    groups: list[list[Telling]] = []
    homes: dict[str, list[Telling]] = {}
    for telling in sorted(tellings, key=_certainty):
        if telling.happening:
            if telling.happening not in homes:
                groups.append(homes.setdefault(telling.happening, []))
            homes[telling.happening].append(telling)
            continue
        home = next((g for g in groups if all(is_same_event(telling, other) for other in g)), None)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    return groups


def is_same_event(one: Telling, other: Telling) -> bool:
    """Say whether two tellings are one event; True needs a tie, and no contradiction."""
    a, b = one.event, other.event
    if one.document.id == other.document.id or a.type != b.type or _contradict(a, b):
        return False
    if a.date and b.date:
        if len(a.date) == len(b.date) == _DAY:
            return bool(set(a.parties) & set(b.parties)) or _share_people(a, b)
        return _share_people(a, b) or _same_words(a, b) or _same_month(a, b)
    return _same_words(a, b) or (_share_people(a, b) and _published_together(one.document, other.document))


def _contradict(a: Event, b: Event) -> bool:
    if a.stage and b.stage and a.stage != b.stage:
        return True
    if a.parties and b.parties and not (set(a.parties) <= set(b.parties) or set(b.parties) <= set(a.parties)):
        return True
    if a.place_country and b.place_country and a.place_country != b.place_country:
        return True
    if a.amount and b.amount and a.amount != b.amount:
        return True
    return bool(a.date and b.date) and not (str(a.date).startswith(str(b.date)) or str(b.date).startswith(str(a.date)))


def _same_month(a: Event, b: Event) -> bool:
    precise = min(len(a.date or ""), len(b.date or "")) >= _MONTH
    return precise and a.stage == b.stage is not None and a.parties == b.parties and len(a.parties) > 1


def _share_people(a: Event, b: Event) -> bool:
    if {fold_text(name) for name in a.people} & {fold_text(name) for name in b.people}:
        return True
    return any(sounds_alike(name, other) for name in a.people for other in b.people)


def _same_words(a: Event, b: Event) -> bool:
    return fold_text(a.evidence.quote) == fold_text(b.evidence.quote)


def _published_together(a: Document, b: Document) -> bool:
    try:
        days = abs((date.fromisoformat(a.published or "") - date.fromisoformat(b.published or "")).days)
    except ValueError:  # a page that gives no full day
        return False
    return days <= DAYS_APART


def _certainty(telling: Telling) -> tuple[int, str, str, str, int]:
    event, document = telling.event, telling.document
    return -len(event.date or ""), event.date or "", document.published or "9999", document.id, event.evidence.start
