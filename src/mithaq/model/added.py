"""A fact that a person adds to a page: what they say of it, as typed, becomes a fact of its layer that rests on the words they chose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from mithaq.errors import EvidenceError, QuestionError
from mithaq.model.entity import Body, Person, Programme
from mithaq.model.event import Event
from mithaq.model.fact import CORRECTABLE, FactLayer, Value, read_value, split_key
from mithaq.model.judgement import Judgement
from mithaq.model.span import Evidence
from mithaq.model.statement import Indicator, Statement

_MADE: dict[FactLayer, type[Any]] = {
    "events": Event, "statements": Statement, "indicators": Indicator, "people": Person, "bodies": Body, "programmes": Programme,
}  # fmt: skip
ADDABLE: tuple[FactLayer, ...] = tuple(_MADE)
# What a fact cannot do without; the other fields stay empty for: the text does not say.
NEEDED: dict[FactLayer, tuple[str, ...]] = {
    "events": ("type",), "statements": ("kind",), "indicators": ("name", "value", "unit"), "bodies": ("kind",),
}  # fmt: skip


def make_fact(layer: FactLayer, evidence: Evidence, said: Mapping[str, str], why: str) -> Any:
    """Return a fact of a layer with fields as a person types them; somebody or something with a name is called as the words say.

    Raises QuestionError for a field that the layer does not have, a value that it cannot hold, or one that is missing.
    """
    if layer not in _MADE:
        raise QuestionError(f"nothing can be added to {layer!r}; there are {', '.join(ADDABLE)}")
    fields = {name: value for name, words in said.items() if (words.strip() and (value := read_value(layer, name, words)) is not None)}
    missing = [name for name in NEEDED.get(layer, ()) if name not in fields]
    if missing:
        raise QuestionError(f"{missing[0]} is missing; a fact of {layer} needs it", "wrong.missing")
    if layer in ("people", "bodies", "programmes"):
        name = " ".join(evidence.quote.split())
        fields |= {"name": name, "mentions": (evidence,)}
    else:
        fields["evidence"] = evidence
    return _MADE[layer](**fields, why=why)


def write_said(layer: FactLayer, said: Mapping[str, str]) -> str:
    """Return what a person says of a fact as a judgement keeps it: fields in their order, empty ones left out."""
    return msgspec.json.encode({name: said[name] for name in CORRECTABLE[layer] if said.get(name, "").strip()}).decode()


def read_said(judgement: Judgement) -> dict[str, str]:
    """Return what a person said of the fact that they added."""
    try:
        return msgspec.json.decode(judgement.value or "{}", type=dict[str, str])
    except msgspec.MsgspecError as error:
        raise EvidenceError(f"what {judgement.by} added to {judgement.subject!r} cannot be read: {error}") from error


def read_added(judgement: Judgement) -> tuple[FactLayer, Value]:
    """Return the layer and the fact of a judgement that adds one."""
    _, _, start, end = split_key(judgement.subject)
    layer: Any = judgement.field
    return layer, make_fact(layer, Evidence(start, end, judgement.quote), read_said(judgement), f"added by {judgement.by}")
