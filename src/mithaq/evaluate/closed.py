"""Check that a gold annotation keeps to the closed lists: kinds, stages, topics, units, codes and dates that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from babel.numbers import list_currencies

from mithaq.lexicon.load import packaged_knowledge, read_yaml
from mithaq.model.vocabulary import BODY_KINDS, EVENT_TYPES, LANGUAGES, STAGES, STATEMENT_KINDS, TOPICS

UNITS = ("%", "rank", "points", "count", "MW", "Gbit/s", "km")
MOST_TOPICS = 4
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Field(NamedTuple):
    """A field of a layer and the values it may take; None is always allowed where ``open`` says that the page may leave it unsaid."""

    layer: str
    name: str
    allowed: tuple[str, ...]
    open: bool = False


FIELDS = (
    Field("orgs", "kind", BODY_KINDS),
    Field("events", "type", EVENT_TYPES),
    Field("events", "stage", STAGES, open=True),
    Field("statements", "kind", STATEMENT_KINDS),
)
CODES = (("people", "country"), ("orgs", "country"), ("events", "place_country"), ("statements", "country"), ("indicators", "country"))
DATES = (("events", "date"), ("events", "due"), ("statements", "due"))


def check_closed(gold: dict[str, Any]) -> Iterator[str]:
    """Yield what lies outside the closed lists of the record."""
    if gold["lang"] not in LANGUAGES:
        yield f"lang {gold['lang']!r} is not one of {', '.join(LANGUAGES)}"
    for field in FIELDS:
        for item in gold[field.layer]:
            value = item.get(field.name)
            if value not in field.allowed and not (value is None and field.open):
                yield f"{field.name} {value!r} in {field.layer} is not one of {', '.join(field.allowed)}"
    yield from (f"topic {topic!r} is not on the list" for topic in gold["topics"] if topic not in TOPICS)
    if len(gold["topics"]) > MOST_TOPICS:
        yield f"{len(gold['topics'])} topics; a page has at most {MOST_TOPICS}"
    yield from _check_stages(gold)
    yield from _check_units(gold)
    yield from _check_codes(gold)
    yield from _check_dates(gold)


def _check_stages(gold: dict[str, Any]) -> Iterator[str]:
    for event in gold["events"]:
        if event["type"] == "agreement" and not event.get("stage"):
            yield f"an agreement has a stage, this one has none: {event['quote']!r}"


def _check_units(gold: dict[str, Any]) -> Iterator[str]:
    for figure in gold["indicators"]:
        if figure["unit"] not in UNITS and figure["unit"] not in _currencies():
            yield f"unit {figure['unit']!r} is neither a currency (ISO 4217) nor one of {', '.join(UNITS)}"
        if not isinstance(figure["value"], int | float):
            yield f"value {figure['value']!r} of {figure['name']!r} is not a number"


def _check_codes(gold: dict[str, Any]) -> Iterator[str]:
    known = known_codes()
    given = [(layer, item.get(field)) for layer, field in CODES for item in gold[layer]]
    given += [("events", party) for event in gold["events"] for party in event["parties"]]
    given += [("pairs", side) for pair in gold["pairs"] for side in pair]
    given += [("statements", item.get("toward")) for item in gold["statements"]]
    unknown = ((layer, code) for layer, code in given if code and code not in known)
    yield from (f"code {code!r} in {layer} is neither a country (ISO 3166-1) nor a known organisation" for layer, code in unknown)
    for pair in gold["pairs"]:
        if len(set(pair)) != 2 or pair != sorted(pair):
            yield f"pair {pair!r} is not two sides in order"


def _check_dates(gold: dict[str, Any]) -> Iterator[str]:
    given = [("published", gold["published"])]
    given += [(f"{field} in {layer}", item.get(field)) for layer, field in DATES for item in gold[layer]]
    yield from (f"{what} {value!r} is not a date (YYYY, YYYY-MM or YYYY-MM-DD)" for what, value in given if value and not is_date(value))


def is_date(value: str) -> bool:
    """Say whether *value* is a possible year, month or day: "2026", "2026-02", "2026-02-28"."""
    found = _DATE.fullmatch(value)
    if not found:
        return False
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1)
def known_codes() -> frozenset[str]:
    """Return every code that a side may have: countries of the gazetteer, EU, UN, XK and the organisations of the closed list."""
    knowledge = packaged_knowledge()
    countries = {entry["code"] for entry in read_yaml(knowledge / "gazetteers" / "countries.yml")["entries"]}
    organisations = {term["code"] for term in read_yaml(knowledge / "vocabularies" / "organisations.yml")["terms"]}
    return frozenset(countries | organisations | {"EU", "UN", "XK"})


@lru_cache(maxsize=1)
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())
