"""Questions to the workspace from many readers at once: a few threads, each with its own connection that can only read.

SQLite's write-ahead log lets them read while an ingest writes; what one answer took long to gather is kept until something changes.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

from mithaq.store import Store, open_store

Answer = TypeVar("Answer")
THREADS = 4
_PATIENCE = 10.0  # seconds for questions under way when the site closes
KEPT = 64  # answers; a dossier of a hundred pages is some megabytes


class Desk:
    """One reader's place: a connection, and the answers that were gathered since the last change."""

    def __init__(self, path: Path) -> None:
        self.store: Store = open_store(path, create=False, read_only=True)
        self._answers: OrderedDict[Hashable, object] = OrderedDict()
        self._state = -1

    def keep(self, key: Hashable, gather: Callable[[], Answer]) -> Answer:
        """Return the answer known by *key*, gathered anew when the workspace has changed."""
        state = self.store.state()
        if state != self._state:
            self._answers.clear()
            self._state = state
        if key not in self._answers:
            self._answers[key] = gather()
            while len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        self._answers.move_to_end(key)
        return cast(Answer, self._answers[key])

    def close(self) -> None:
        """Close the connection."""
        self.store.close()


class Readers:
    """The threads that answer."""

    def __init__(self, path: Path, threads: int = THREADS) -> None:
        self._path = path
        self._here = threading.local()
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="mithaq-reader")

    async def ask(self, question: Callable[[Desk], Answer]) -> Answer:
        """Answer a question in one of the threads; errors come back to whoever asked."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._answer, question)

    def _answer(self, question: Callable[[Desk], Answer]) -> Answer:
        desk: Any = getattr(self._here, "desk", None)
        if desk is None:
            desk = self._here.desk = Desk(self._path)
        return question(desk)

    def close(self) -> None:
        """Close all connections, each in the thread that it belongs to, and end the threads."""
        together = threading.Barrier(self._threads)

        def leave() -> None:
            together.wait(timeout=_PATIENCE)  # so that every thread gets one of these
            desk = getattr(self._here, "desk", None)
            if desk is not None:
                desk.close()

        for _ in range(self._threads):
            self._pool.submit(leave)
        self._pool.shutdown(wait=True)
