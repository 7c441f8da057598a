"""Stretches of web archives read by whoever there is, and given in their order: each once, none missing between two of them."""

from __future__ import annotations

import zlib
from collections import deque
from collections.abc import Callable, Generator, Iterable
from typing import NamedTuple

from msgspec.structs import replace

from mithaq.bulk.gather import LEVEL, Found, Gathered, gather_with, pack, unpack
from mithaq.bulk.readers import LostError, Readers, Task
from mithaq.collect.sources import Page, Unread
from mithaq.collect.stretches import Archive, Stretch
from mithaq.errors import InputError
from mithaq.ingest import PageReader, PassedOver, Seen, Stop

STEP, STEP_UNGATED = 16 << 20, 4 << 20  # bytes of a stretch: some seconds of work; without a gate every page of it is carried home
_GIVEN_UP = "the process that read this page died twice; it may need more memory than there is, or break a library: leave it out, report it"

Known = Callable[[Stretch], "bytes | None"]  # what a run before has of a stretch


class Outcome(NamedTuple):
    """A stretch and what it gave, packed and not; ``failed`` says why it could not be read: then it may be tried again another time."""

    stretch: Stretch
    packed: bytes
    gathered: Gathered
    failed: str = ""


def read_stretches(stretches: Iterable[Stretch], readers: Readers, *, stop: Stop, known: Known | None = None) -> Generator[Outcome]:
    """Yield what the stretches gave, in their order; *known* ones are not read again.

    As soon as *stop* returns true no more are begun, and those under way are still given. Where two stretches of an archive do not meet,
    because what looked like a record in the second lies inside one of the first, the second is read again from where the first ended.
    """
    archive: Archive | None = None
    expected: int | None = None
    for outcome in _in_order(stretches, readers, stop, known or (lambda _: None)):
        stretch, gathered = outcome.stretch, outcome.gathered
        met = outcome
        if stretch.archive == archive and not outcome.failed and expected not in (None, gathered.first) and gathered.first is not None:
            met = _read_from(expected or 0, stretch, readers)
        archive, expected = stretch.archive, met.gathered.after
        yield met


def _in_order(stretches: Iterable[Stretch], readers: Readers, stop: Stop, known: Known) -> Generator[Outcome]:
    """Yield what the stretches gave, a bounded number of them under way at any time."""
    coming = iter(stretches)
    waiting: deque[tuple[Stretch, Task]] = deque()
    more = True
    while more or waiting:
        while more and len(waiting) < readers.ahead:
            stretch = None if stop() else next(coming, None)
            if stretch is None:
                more = False
            else:
                kept = known(stretch)
                waiting.append((stretch, readers.read(stretch) if kept is None else _at_hand(kept)))
        if not waiting:
            return
        stretch, task = waiting.popleft()
        try:
            outcome = _wait(stretch, task)
        except LostError:
            lost = [stretch]
            if readers.fall_together:
                # What the others had under way is read again one by one, so that only the page that breaks its process is given up.
                lost += [other for other, _ in waiting]
                waiting.clear()
            for one in lost:
                yield _read_alone(one, readers)
            continue
        yield outcome


def _at_hand(packed: bytes) -> Task:
    return lambda: packed


def _wait(stretch: Stretch, task: Task) -> Outcome:
    try:
        packed = task()
    except InputError as error:
        return Outcome(stretch, b"", Gathered(first=None, after=None), str(error))
    return Outcome(stretch, packed, unpack(packed))


def _read_from(place: int, stretch: Stretch, readers: Readers) -> Outcome:
    """Read a stretch from the record at a place on, which may lie behind all of it."""
    if place >= stretch.end:
        gathered = Gathered(first=place, after=place)
        return Outcome(stretch, pack(gathered), gathered)
    return _read_alone(replace(stretch, start=place, exact=True), readers)._replace(stretch=stretch)


def _read_alone(stretch: Stretch, readers: Readers) -> Outcome:
    """Read a stretch while nobody else reads; if that fails as well, its pages one by one."""
    try:
        return _wait(stretch, readers.read(stretch))
    except LostError:
        return _read_singly(stretch, readers)


def _read_singly(stretch: Stretch, readers: Readers) -> Outcome:
    """Read the pages of a stretch one by one; only those that break the process that reads them are given up."""

    def read(page: Page, place: str) -> Found | None:
        try:
            pages = unpack(readers.read_one(page, place)()).pages
        except LostError:
            return Found(place, zlib.compress(page.data, LEVEL), page.sidecar or b"", None, _GIVEN_UP)
        return pages[0] if pages else None

    gathered = gather_with(read, stretch)
    return Outcome(stretch, pack(gathered), gathered)


def see_outcomes(outcomes: Iterable[Outcome], reader: PageReader) -> Generator[Seen]:
    """Yield what becomes of the pages in a workspace; the last of each stretch tells how far its archive is read.

    Behind a stretch that failed nothing of its archive counts as read.
    """
    failed: set[Archive] = set()
    for stretch, _, gathered, why in outcomes:
        address = stretch.archive.address
        if why:
            failed.add(stretch.archive)
            yield Seen(stretch.name, Unread(stretch.name, why))
            continue
        for place, reason in ((torn.place, torn.reason) for torn in gathered.torn):
            yield Seen(f"{address}#{place}", Unread(f"{address}#{place}", f"{address}#{place}: {reason}"))
        for found in gathered.pages:
            page = Page(f"{address}#{found.place}", found.data, found.sidecar or None)
            yield Seen(page.name, reader.take(page, found.read or found.reason))
        after = stretch.end if gathered.after is None else gathered.after
        yield Seen(stretch.name, PassedOver(gathered.passed_over), None if stretch.archive in failed else after, gathered.records)
