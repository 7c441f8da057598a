"""Records made wrong on purpose: things dropped, doubled, renamed, moved, so that every rule of the scorer is asked something."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

from mithaq.model.vocabulary import EVENT_TYPES, STAGES, STATEMENT_KINDS, TOPICS

Record = dict[str, Any]
LISTS = ("people", "bodies", "programmes", "events", "statements", "indicators", "topics", "pairs", "segments")
FACTS = ("events", "statements", "indicators")
FIELDS = ("country", "kind", "role", "type", "stage", "date", "place", "speaker", "unit", "value", "name")


def mutate_record(record: Record, seed: int) -> Record:
    """Return a copy of *record* with a dozen things made wrong, the same for the same seed."""
    rng = random.Random(f"{record['path']} {seed}")
    wrong = copy.deepcopy(record)
    for _ in range(12):
        rng.choice(MUTATIONS)(wrong, rng)
    return wrong


def _item(record: Record, rng: random.Random, *layers: str) -> Any:
    items = [item for layer in layers for item in record[layer] or []]
    return rng.choice(items) if items else None


def _drop(record: Record, rng: random.Random) -> None:
    layer = rng.choice([layer for layer in LISTS if record[layer]] or ["topics"])
    if record[layer]:
        record[layer].pop(rng.randrange(len(record[layer])))


def _double(record: Record, rng: random.Random) -> None:
    layer = rng.choice([layer for layer in LISTS if record[layer]] or ["topics"])
    if record[layer]:
        record[layer].append(copy.deepcopy(rng.choice(record[layer])))


def _shuffle(record: Record, rng: random.Random) -> None:
    for layer in LISTS:
        rng.shuffle(record[layer] or [])


def _misspell(record: Record, rng: random.Random) -> None:
    item = _item(record, rng, "people", "bodies", "programmes")
    if item and item["name"]:
        letters = list(item["name"])
        at = rng.randrange(len(letters))
        letters[at] = rng.choice(["", "x", "ا", letters[at] * 2, "\u064e"])
        item["name"] = "".join(letters)


def _other_words(record: Record, rng: random.Random) -> None:
    item = _item(record, rng, "people", "bodies")
    if item and item["name"]:
        words = item["name"].split()
        rng.shuffle(words)
        item["name"] = " ".join(words[: rng.randint(1, len(words))])


def _wrong_field(record: Record, rng: random.Random) -> None:
    item = _item(record, rng, "people", "bodies", "events", "statements", "indicators")
    fields = [field for field in FIELDS if item and field in item]
    if not fields:
        return
    wrong = {"kind": rng.choice(STATEMENT_KINDS), "type": rng.choice(EVENT_TYPES), "stage": rng.choice(STAGES)}
    wrong["value"] = rng.choice([0, 7, "x", None])
    field = rng.choice(fields)
    item[field] = wrong.get(field, rng.choice([None, "MA", "2026-01-02", "Rabat", "word", ""]))


def _other_parties(record: Record, rng: random.Random) -> None:
    event = _item(record, rng, "events")
    if event:
        event["parties"] = rng.choice([[], ["MA"], [*event["parties"], "QA"], event["parties"][:1]])
        event["people"] = rng.choice([[], [*event["people"], "Nobody Known"], event["people"][1:]])


def _shift_evidence(record: Record, rng: random.Random) -> None:
    fact = _item(record, rng, *FACTS)
    if fact and fact.get("evidence"):
        evidence = fact["evidence"]
        move = rng.choice([-40, -3, 1, 25, 400])
        evidence["start"], evidence["end"] = max(0, evidence["start"] + move), max(1, evidence["end"] + move)


def _cut_quote(record: Record, rng: random.Random) -> None:
    fact = _item(record, rng, *FACTS)
    if fact and fact.get("evidence"):
        words = fact["evidence"]["quote"].split()
        fact["evidence"]["quote"] = " ".join(words[: rng.randint(1, len(words))])


def _no_evidence(record: Record, rng: random.Random) -> None:
    fact = _item(record, rng, *FACTS)
    if fact:
        fact["evidence"] = rng.choice([None, {}])


def _other_page(record: Record, rng: random.Random) -> None:
    record["title"] = rng.choice([None, "", "another headline altogether", (record["title"] or "x")[3:]])
    record["published"] = rng.choice([None, "", "2001-01-01", record["published"]])
    record["lang"] = rng.choice([None, "en", record["lang"]])
    record["relevant"] = rng.choice([True, False])


def _other_topics(record: Record, rng: random.Random) -> None:
    record["topics"] = rng.sample(TOPICS, rng.randint(0, 4))
    record["programmes"] = rng.choice([None, record["programmes"]])


def _other_body(record: Record, rng: random.Random) -> None:
    for segment in record["segments"]:
        segment["end"] += rng.randint(0, 30)
        segment["kind"] = rng.choice(["body", segment["kind"]])


MUTATIONS: tuple[Callable[[Record, random.Random], None], ...] = (
    _drop, _drop, _double, _shuffle, _misspell, _misspell, _other_words, _wrong_field, _wrong_field, _wrong_field, _other_parties,
    _shift_evidence, _cut_quote, _cut_quote, _no_evidence, _other_page, _other_topics, _other_body,
)  # fmt: skip
