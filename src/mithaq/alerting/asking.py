"""From what a person asks for to a saved question: sides, entity, topic and matter looked up, and refused where they make no question."""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

import msgspec

from mithaq.errors import QuestionError
from mithaq.model.vocabulary import TOPICS
from mithaq.store import Store
from mithaq.store.alerts import Ask, Kind, Quiet

KINDS: tuple[Kind, ...] = get_args(Kind)
_SIDES_OF_A_PAIR = 2


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks to be told of, in their own words: sides by name or code, an entity by name or id."""

    kind: str
    sides: tuple[str, ...] = ()
    entity: str = ""
    topic: str = ""
    thread: str = ""


def make_ask(store: Store, wish: Wish, read_side: Callable[[str], str]) -> Ask:
    """Return the question that a wish makes; *read_side* gives the code of a side.

    Raises QuestionError when something it needs is missing, or is known to nobody.
    """
    if wish.kind not in KINDS:
        raise QuestionError(f"there is no alert of the kind {wish.kind!r}; there are {', '.join(KINDS)}")
    sides = tuple(sorted({read_side(words) for words in wish.sides if words.strip()}))
    _check(wish, sides)
    return Ask(
        kind=wish.kind,
        sides=sides,
        entity=store.find_entity(wish.entity.strip()).id if wish.kind == "entity" else None,
        topic=wish.topic if wish.kind == "topic" else None,
        thread=store.thread(wish.thread).id if wish.kind == "due" and wish.thread else None,
    )


def _check(wish: Wish, sides: tuple[str, ...]) -> None:
    if wish.kind == "pair" and len(sides) != _SIDES_OF_A_PAIR:
        raise QuestionError("an alert on a pair needs two different sides", "wrong.alert_pair")
    if wish.kind == "side" and len(sides) != 1:
        raise QuestionError("an alert on a country or an organisation needs one side", "wrong.alert_side")
    if wish.kind == "need" and len(sides) != 1:
        raise QuestionError("an alert on needs that we could meet needs one side: ours", "wrong.alert_need")
    if wish.kind == "entity" and not wish.entity.strip():
        raise QuestionError("name the person, body or programme that the alert is on", "wrong.alert_entity")
    if wish.kind == "topic" and wish.topic not in TOPICS:
        raise QuestionError(f"there is no topic {wish.topic!r}; there are {', '.join(TOPICS)}", "wrong.alert_topic")


def read_quiet(words: str, zone: str) -> Quiet | None:
    """Return the quiet hours that somebody typed ("22:00-07:00"), None for no words; raises QuestionError when they are no two times."""
    if not words.strip():
        return None
    first, joint, last = words.partition("-")
    if not joint:
        raise QuestionError(f"quiet hours {words!r} cannot be read; write for example 22:00-07:00", "wrong.alert_quiet", value=words)
    return Quiet(first.strip(), last.strip(), zone.strip() or "UTC")
