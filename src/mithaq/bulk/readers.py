"""Who reads the stretches of web archives: this process, or several of this machine. For many machines see ``cluster``."""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Protocol

from mithaq.bulk.gather import Setting, gather, gather_one
from mithaq.collect.sources import Page
from mithaq.collect.stretches import Stretch
from mithaq.jobs import leave_with


class LostError(Exception):
    """The process that read a stretch or a page is gone."""


Task = Callable[[], bytes]  # waits for what was read; raises LostError


class Readers(Protocol):
    """Whoever reads: a stretch or a page is handed over, and what it gave is asked for later."""

    @property
    def ahead(self) -> int:
        """How many stretches may be under way at a time."""

    @property
    def fall_together(self) -> bool:
        """Whether all that is under way is lost when one process dies."""

    def read(self, stretch: Stretch) -> Task:
        """Have a stretch read."""

    def read_one(self, page: Page, place: str) -> Task:
        """Have one page read."""

    def close(self) -> None:
        """Let go of what is under way."""


class Here:
    """This process reads, one stretch after the other."""

    ahead, fall_together = 1, False

    def __init__(self, setting: Setting) -> None:
        self._setting = setting

    def read(self, stretch: Stretch) -> Task:
        return lambda: gather(stretch, self._setting)

    def read_one(self, page: Page, place: str) -> Task:
        return lambda: gather_one(page, place, self._setting)

    def close(self) -> None:
        pass


class Late:
    """Readers who are called when the first stretch is to be read: none may be, and calling some takes seconds."""

    def __init__(self, call: Callable[[], Readers]) -> None:
        self._call = call
        self._readers: Readers | None = None

    @property
    def ahead(self) -> int:
        return self._readers.ahead if self._readers else 1

    @property
    def fall_together(self) -> bool:
        return self._readers is not None and self._readers.fall_together

    def read(self, stretch: Stretch) -> Task:
        return self._called().read(stretch)

    def read_one(self, page: Page, place: str) -> Task:
        return self._called().read_one(page, place)

    def _called(self) -> Readers:
        self._readers = self._readers or self._call()
        return self._readers

    def close(self) -> None:
        if self._readers is not None:
            self._readers.close()


class Several:
    """Several processes of this machine read."""

    fall_together = True

    def __init__(self, jobs: int, setting: Setting) -> None:
        self._jobs = jobs
        self._setting = setting
        self._pool = self._start()
        self.ahead = 2 * jobs

    def _start(self) -> ProcessPoolExecutor:
        # "spawn" everywhere: no process inherits an open database or a lock, whatever the system.
        return ProcessPoolExecutor(self._jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_begin)

    def read(self, stretch: Stretch) -> Task:
        return self._task(lambda: self._pool.submit(gather, stretch, self._setting))

    def read_one(self, page: Page, place: str) -> Task:
        return self._task(lambda: self._pool.submit(gather_one, page, place, self._setting))

    def _task(self, submit: Callable[[], Future[bytes]]) -> Task:
        pool = self._pool
        try:
            future = submit()
        except BrokenProcessPool:
            return self._lost(pool)

        def wait() -> bytes:
            try:
                return future.result()
            except BrokenProcessPool:
                return self._lost(pool)()

        return wait

    def _lost(self, pool: ProcessPoolExecutor) -> Task:
        """Return a task that is lost with its pool; the first to see so begins another one."""

        def lose() -> bytes:
            if pool is self._pool:
                pool.shutdown(wait=False, cancel_futures=True)
                self._pool = self._start()
            raise LostError

        return lose

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Make a process of the pool ready: it ends with the one that began it, which alone decides when to stop."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=leave_with, args=(parent.join,), daemon=True).start()
