"""Questions to the workspace from many readers at once: a few threads, each with its own connection that can only read.

SQLite's write-ahead log lets them read while an ingest writes; what one answer took long to gather is kept until something changes, and a
little longer: whoever comes meanwhile gets it at once, and it is gathered anew behind.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, TypeVar, cast

from mithaq.store import Narrow, Store, open_store
from mithaq.store.browse import Tally
from mithaq.store.place import Place

Answer = TypeVar("Answer")
THREADS = 4
_PATIENCE = 10.0  # seconds for questions under way: when the site closes, when somebody else asks the same
PRINTED = 48 * 1024 * 1024  # bytes of pages
KEPT = 256  # answers; a dossier of a hundred pages is some megabytes
# What took less is gathered anew as soon as the workspace has changed; what took more may be as old as so many times what it took, or as
# so many seconds. Older than that it is given while it is gathered anew, one answer after the other; none is older than OLDEST seconds.
QUICK, TIMES, FRESH, OLDEST = 0.05, 10.0, 60.0, 300.0


class _Known(NamedTuple):
    """An answer: in which state of the workspace it was gathered, when, and how long that took (seconds)."""

    answer: object
    state: int
    when: float
    cost: float


class Memory:
    """The answers that all readers share."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, _Known] = OrderedDict()
        self._under_way: dict[Hashable, threading.Event] = {}
        self._lock = threading.Lock()
        self.planned: set[Hashable] = set()
        self.state = 0
        self._oldest = 0  # what was gathered in an earlier state is not given any more

    def note_change(self) -> None:
        """Note that the workspace has changed: what is known is old from now on."""
        with self._lock:
            self.state += 1

    def forget(self) -> None:
        """Let all answers go, those that are being gathered, too: they may hold what is not to be told any more."""
        with self._lock:
            self._known.clear()
            self._oldest = self.state

    def look(self, key: Hashable) -> tuple[_Known | None, bool]:
        """Return what is known, and whether it may be given; None when nothing is, or nothing that is young enough."""
        with self._lock:
            known = self._known.get(key)
            if known is None:
                return None, False
            self._known.move_to_end(key)
            age = time.monotonic() - known.when
            fresh = known.state == self.state or age < min(FRESH, known.cost * TIMES if known.cost > QUICK else 0)
            usable = fresh or (known.cost > QUICK and age < OLDEST)
            return (known, fresh) if usable else (None, False)

    def plan(self, key: Hashable) -> bool:
        """Say whether nobody plans to gather this anew; from now on the caller does."""
        with self._lock:
            free = key not in self.planned
            self.planned.add(key)
            return free

    def begin(self, key: Hashable) -> threading.Event | None:
        """Return what tells that somebody who gathers this already has done so; None when nobody does: from now on the caller does."""
        with self._lock:
            if key in self._under_way:
                return self._under_way[key]
            self._under_way[key] = threading.Event()
            return None

    def put(self, key: Hashable, known: _Known | None) -> None:
        """Keep an answer; None: it could not be gathered."""
        with self._lock:
            self._under_way.pop(key).set()
            if known is not None and known.state >= self._oldest:
                self._known[key] = known
                self._known.move_to_end(key)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)


class Prints:
    """Pages as they were printed last, for as long as nothing at all has changed; what is asked for least goes first."""

    def __init__(self, most: int = PRINTED) -> None:
        self._most = most
        self._size = 0
        self._known: OrderedDict[Hashable, tuple[int, int, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def look(self, key: Hashable, state: int) -> tuple[int, bytes] | None:
        """Return status and content of a page that was printed in this very state of the workspace."""
        with self._lock:
            known = self._known.get(key)
            if known is None or known[0] != state:
                return None
            self._known.move_to_end(key)
            return known[1], known[2]

    def forget(self) -> None:
        """Let all pages go."""
        with self._lock:
            self._known.clear()
            self._size = 0

    def put(self, key: Hashable, state: int, page: tuple[int, bytes]) -> None:
        """Keep a page."""
        with self._lock:
            before = self._known.pop(key, None)
            self._size += len(page[1]) - (len(before[2]) if before else 0)
            self._known[key] = (state, *page)
            while self._size > self._most and self._known:
                _, gone = self._known.popitem(last=False)
                self._size -= len(gone[2])


class Desk:
    """One reader's place: a connection, and the answers that all readers share."""

    def __init__(
        self, path: Place, memory: Memory, prints: Prints, later: Callable[[Callable[[Desk], object]], None], *, outward: bool = False
    ) -> None:
        self.store: Store = open_store(path, create=False, read_only=True, outward=outward)
        self._memory = memory
        self._prints = prints
        self._later = later
        self._state, self._withheld = self.store.state(), self.store.withheld()
        prints.forget()  # of what changed before this connection was opened nobody else may have heard yet

    def watch(self) -> None:
        """Look whether the workspace has changed since the last question."""
        state = self.store.state()
        if state != self._state:
            self._state = state
            self._memory.note_change()
            withheld = self.store.withheld()
            if withheld != self._withheld:
                self._withheld = withheld
                self._memory.forget()

    def printed(self, key: Hashable, print_it: Callable[[Desk], tuple[int, bytes]]) -> tuple[int, bytes]:
        """Return a page (status, content) as it was printed since the last change of the workspace, or print it now."""
        state = self._memory.state
        known = self._prints.look(key, state)
        if known is None:
            known = print_it(self)
            self._prints.put(key, state, known)
        return known

    def keep(self, key: Hashable, gather: Callable[[Desk], Answer]) -> Answer:
        """Return the answer known by *key*; one that is a little old is given all the same, and gathered anew by another thread."""
        known, fresh = self._memory.look(key)
        if known is not None and fresh:
            return cast(Answer, known.answer)
        if known is not None:
            if self._memory.plan(key):
                self._later(lambda desk: desk._renew(key, gather))
            return cast(Answer, known.answer)
        other = self._memory.begin(key)
        if other is None:
            return self._gather(key, gather)
        other.wait(_PATIENCE)
        known, _ = self._memory.look(key)
        return cast(Answer, known.answer) if known is not None else gather(self)

    def _renew(self, key: Hashable, gather: Callable[[Desk], Answer]) -> None:
        """Gather an old answer anew, unless somebody does so already."""
        self._memory.planned.discard(key)
        if self._memory.begin(key) is None:
            self._gather(key, gather)

    def _gather(self, key: Hashable, gather: Callable[[Desk], Answer]) -> Answer:
        state, began = self._memory.state, time.monotonic()
        known = None
        try:
            answer = gather(self)
            known = _Known(answer, state, began, time.monotonic() - began)
            return answer
        finally:
            self._memory.put(key, known)

    def close(self) -> None:
        """Close the connection."""
        self.store.close()


def tally_sides(desk: Desk, narrow: Narrow) -> list[Tally]:
    """Return how many pages each country and organisation has; many pages of the site ask for it."""
    return desk.keep(("sides", narrow), lambda d: d.store.tally("country", narrow))


def count(desk: Desk, what: str, narrow: Narrow) -> int:
    """Return how many rows a list has, as far as a screen tells it."""
    return desk.keep(("count", what, narrow), lambda d: d.store.count(what, narrow))


class Readers:
    """The threads that answer, and the one that gathers old answers anew."""

    def __init__(self, path: Place, threads: int = THREADS, *, outward: bool = False) -> None:
        self._path = path
        self._outward = outward
        self._here = threading.local()
        self._threads = threads
        self._is_closing = False
        self._memory, self._prints = Memory(), Prints()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="mithaq-reader")
        # What is gathered behind takes turns: all that an ingest makes old at once would leave no thread to those who wait.
        self._behind = ThreadPoolExecutor(1, thread_name_prefix="mithaq-behind")
        together = threading.Barrier(threads)

        def open_desk() -> None:
            try:
                self._desk()
            finally:
                together.wait(timeout=_PATIENCE)

        # All desks before the first question: one opened later would not see that what the others told is old by then.
        for _ in range(threads):
            self._pool.submit(open_desk)
        self._behind.submit(self._desk)

    async def ask(self, question: Callable[[Desk], Answer]) -> Answer:
        """Answer a question in one of the threads; errors come back to whoever asked."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._answer, question)

    def _answer(self, question: Callable[[Desk], Answer]) -> Answer:
        desk = self._desk()
        desk.watch()
        return question(desk)

    def _desk(self) -> Desk:
        """Return the desk of this thread."""
        desk: Desk | None = getattr(self._here, "desk", None)
        if desk is None:
            desk = self._here.desk = Desk(self._path, self._memory, self._prints, self._later, outward=self._outward)
        return desk

    def _later(self, work: Callable[[Desk], object]) -> None:
        """Have another thread do some work that nobody waits for."""
        self._behind.submit(lambda: None if self._is_closing else self._answer(work))

    def close(self) -> None:
        """Close all connections, each in the thread that it belongs to, and end the threads."""
        self._is_closing = True
        together = threading.Barrier(self._threads)

        def leave() -> None:
            desk = getattr(self._here, "desk", None)
            if desk is not None:
                desk.close()

        def leave_together() -> None:
            together.wait(timeout=_PATIENCE)  # so that every thread gets one of these
            leave()

        for _ in range(self._threads):
            self._pool.submit(leave_together)
        self._behind.submit(leave)
        for pool in (self._pool, self._behind):
            pool.shutdown(wait=True)
