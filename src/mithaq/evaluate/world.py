"""Connected stories with what is one thing across their pages: read them, and check that they say only what their pages say.

A story is a folder of pages (``NAME.txt`` with its ``NAME.meta.json``) and one ``world.json``: who and what is named where, which pages
report which happening, what became of it, which pages copy each other. ``splits.json`` beside the stories says which are for measuring.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

import msgspec

from mithaq.errors import InputError
from mithaq.evaluate.gold import read_json
from mithaq.model.vocabulary import EVENT_TYPES, STAGES

Split = Literal["train", "dev", "test"]
Kind = Literal["person", "body", "programme"]

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_SIDE = re.compile(r"[A-Z]{2}|[A-Z][A-Za-z-]{1,11}")
_SENTENCE = 5  # words: shorter lines ("Share") may stand on any page
_WORD = re.compile(r"\w+")


class Naming(msgspec.Struct, frozen=True):
    """A name as a page prints it."""

    page: str
    name: str


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """One person, body or programme, with every form of its name on every page of the story; ``id`` is the same in all stories."""

    id: str
    kind: Kind
    mentions: tuple[Naming, ...]
    country: str | None = None


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One event and the pages that tell it."""

    id: str
    type: str
    pages: tuple[str, ...]
    stage: str | None = None
    parties: tuple[str, ...] = ()
    date: str | None = None
    place: str | None = None


class Step(msgspec.Struct, frozen=True):
    """One step of a thread: the happening that made it."""

    event: str
    stage: str | None = None
    date: str | None = None


class Promise(msgspec.Struct, frozen=True):
    """What was promised on a page, until when, and the happening that came of it (None: no page tells)."""

    page: str
    quote: str
    due: str | None = None
    outcome_event: str | None = None


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one thing, step by step."""

    id: str
    subject: str
    steps: tuple[Step, ...]
    parties: tuple[str, ...] = ()
    commitments: tuple[Promise, ...] = ()


class World(msgspec.Struct, frozen=True, kw_only=True):
    """The gold of one story; ``translations`` are those of the ``copies`` that tell the same in another language."""

    story: str
    entities: tuple[Thing, ...]
    events: tuple[Happening, ...]
    threads: tuple[Thread, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    hard_negatives: tuple[str, ...] = ()


class Story(msgspec.Struct, frozen=True):
    """A story with its folder, its split and the texts of its pages by name."""

    folder: Path
    split: Split
    world: World
    pages: dict[str, str]


def read_stories(root: Path, *splits: Split) -> tuple[Story, ...]:
    """Return the stories of ``corpus/world`` under the root of a checkout, in order of their names; of these *splits* alone, or all.

    Raises InputError when there are none or one cannot be read.
    """
    home = root / "corpus" / "world"
    known = read_json(home / "splits.json")
    chosen = [name for name in sorted(known) if not splits or known[name] in splits]
    return tuple(_read_story(home / name, known[name]) for name in chosen)


def _read_story(folder: Path, split: Split) -> Story:
    file = folder / "world.json"
    try:
        world = msgspec.json.decode(file.read_bytes(), type=World)
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror}); splits.json names a story that is not there") from error
    except msgspec.DecodeError as error:
        raise InputError(f"{file}: {error}; mend the story") from error
    return Story(folder, split, world, {page.stem: page.read_text("utf-8") for page in sorted(folder.glob("*.txt"))})


def check_story(story: Story) -> list[str]:
    """Return what is wrong with a story, a line each: words that do not stand in their page, ids that lead nowhere, bad dates."""
    return [f"{story.folder.name}: {fault}" for fault in (*_entity_faults(story), *_event_faults(story), *_thread_faults(story))]


def _entity_faults(story: Story) -> Iterator[str]:
    world, owners = story.world, Counter[tuple[str, str, str]]()
    if world.story != story.folder.name:
        yield f"world.json says story {world.story!r}"
    for thing in world.entities:
        if not thing.id.startswith(f"{thing.kind}/"):
            yield f"{thing.id!r} does not begin with its kind, {thing.kind!r}"
        if thing.country is not None and not _SIDE.fullmatch(thing.country):
            yield f"{thing.id} has a country {thing.country!r} that is no code"
        for page, name in {(m.page, m.name) for m in thing.mentions}:
            owners[thing.kind, page, name] += 1
            if name not in story.pages.get(page, ""):
                yield f"{thing.id} is not named {name!r} on page {page!r}"
    yield from (f"{name!r} on {page} means two of one kind ({kind})" for (kind, page, name), n in owners.items() if n > 1)
    for page in {page for pair in (*world.copies, *world.translations) for page in pair} - story.pages.keys():
        yield f"a copy names page {page!r}, which is not there"


def _event_faults(story: Story) -> Iterator[str]:
    for event in story.world.events:
        if event.type not in EVENT_TYPES or event.stage not in (None, *STAGES):
            yield f"{event.id} is of type {event.type!r}, stage {event.stage!r}: not in the vocabulary"
        if not event.pages or set(event.pages) - story.pages.keys():
            yield f"{event.id} stands on pages that are not there: {sorted(set(event.pages) - story.pages.keys())}"
        yield from (f"{event.id} has a party {side!r} that is no code" for side in event.parties if not _SIDE.fullmatch(side))
        if not _is_date(event.date):
            yield f"{event.id} has no possible date: {event.date!r}"


def _thread_faults(story: Story) -> Iterator[str]:
    known = {event.id for event in story.world.events}
    for thread in story.world.threads:
        yield from (f"{thread.id} has a step {step.event!r} that is no event" for step in thread.steps if step.event not in known)
        yield from (f"{thread.id} has a step of no possible date: {step.date!r}" for step in thread.steps if not _is_date(step.date))
        for promise in thread.commitments:
            if promise.quote not in story.pages.get(promise.page, ""):
                yield f"{thread.id}: {promise.quote!r} does not stand on page {promise.page!r}"
            if promise.outcome_event not in (None, *known) or not _is_date(promise.due):
                yield f"{thread.id}: the outcome or due date of {promise.quote!r} is not possible"


def _is_date(value: str | None) -> bool:
    if value is None:
        return True
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def sentences_of(text: str) -> frozenset[str]:
    """Return the lines and sentences of a page in comparable form, the short ones left out."""
    parts = (" ".join(_WORD.findall(part.lower())) for part in re.split(r"[.!?؟\n]+", text))
    return frozenset(part for part in parts if part.count(" ") >= _SENTENCE - 1)
