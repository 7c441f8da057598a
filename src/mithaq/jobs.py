"""Pages read by several processes at once, in the order in which they were named; a bounded number of them is under way at any time."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from mithaq.collect.sources import Page
from mithaq.ingest import KNOWLEDGE, Item, PageReader, Reader, Seen, Stop, now, packaged_reader
from mithaq.lexicon import load_lexicon
from mithaq.store import Quarantined, open_store
from mithaq.store.place import place_of

# What one process is given at a time: enough that handing over costs nothing, so little that no process waits for another at the end.
CHUNK_PAGES, CHUNK_BYTES = 24, 4 * 1024 * 1024
AHEAD = 3  # chunks under way for each process
_GIVEN_UP = "the process that read this page died twice; it may need more memory than there is, or break a library: leave it out, report it"


def see_pages_with(
    jobs: int, items: Iterable[Item], root: Path, reader: Reader | None, *, gated: bool, stop: Stop, private: bool = False
) -> Generator[Seen]:
    """Yield what becomes of all pages in the order of *items*, read by several processes; without a *reader* each makes the packaged one.

    When *stop* says so no more pages are handed out, and those under way are still yielded.
    """
    pool = _Pool(jobs, (str(root), reader, gated, private))
    waiting: deque[tuple[list[Item], Future[list[Seen]]]] = deque()
    chunks = _cut(items)
    more = True
    try:
        while more or waiting:
            while more and len(waiting) < AHEAD * jobs:
                chunk = None if stop() else next(chunks, None)
                if chunk is None:
                    more = False
                else:
                    waiting.append((chunk, pool.submit(chunk)))
            if waiting:
                chunk, future = waiting.popleft()
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    # Some page broke its process: those under way are read again, one at a time, so that only this one is given up.
                    lost = [chunk, *(chunk for chunk, _ in waiting)]
                    waiting.clear()
                    pool.restart()
                    yield from (seen for chunk in lost for item in chunk for seen in pool.read_alone(item))
    finally:
        pool.close()


def _cut(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Cut the work into chunks; records and fetched pages come with their bytes, so that few of them are many."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.data) if isinstance(item, Page) else 0
        if len(chunk) >= CHUNK_PAGES or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class _Pool:
    """Processes that read pages; begun anew when one of them dies."""

    def __init__(self, jobs: int, setting: tuple[str, Reader | None, bool, bool]) -> None:
        self._jobs = jobs
        self._setting = setting
        self._executor = self._start()

    def _start(self) -> ProcessPoolExecutor:
        # "spawn" everywhere: no process inherits an open database or a lock, whatever the system.
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._jobs, mp_context=context, initializer=_begin, initargs=self._setting)

    def submit(self, chunk: Sequence[Item]) -> Future[list[Seen]]:
        return self._executor.submit(_see_chunk, list(chunk))

    def restart(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
        self._executor = self._start()

    def read_alone(self, item: Item) -> list[Seen]:
        try:
            return self.submit([item]).result()
        except BrokenProcessPool:
            self.restart()
            return [Seen(item.name, Quarantined(item.name, _GIVEN_UP, at=now()))]

    def close(self) -> None:
        self._executor.shutdown(wait=True, cancel_futures=True)


_here: list[PageReader] = []  # the reader of this process, when it is one of a pool


def _begin(root: str, reader: Reader | None, gated: bool, private: bool) -> None:
    """Make a process of a pool ready to read. The one that writes decides when to stop: Ctrl-C is for it alone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=leave_with, args=(parent.join,), daemon=True).start()
    folder = Path(root)
    store = open_store(place_of(folder), create=False)
    _here[:] = [PageReader(folder, store, reader or packaged_reader(load_lexicon(folder / KNOWLEDGE)), gated=gated, private=private)]


def leave_with(wait: Callable[[], None]) -> None:
    """Leave as soon as the process that began this one is gone, however it went: nobody would ever fetch what is read here."""
    wait()
    os._exit(1)


def _see_chunk(items: Sequence[Item]) -> list[Seen]:
    return [seen for item in items for seen in _here[0].see(item)]
