"""The hand that keeps people's decisions: at once, one after the other, in a thread of its own, also while pages are being read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from mithaq.errors import MithaqError
from mithaq.workspace import Workspace, open_workspace

_LOG = logging.getLogger("mithaq.web")
Answer = TypeVar("Answer")


class _Deciding(Workspace):
    """A workspace in which a decision is kept at once, and who is who brought up to date right after it."""

    unsettled = False

    def settle(self) -> None:
        self.unsettled = True


class Hand:
    """Keeps decisions."""

    def __init__(self, root: Path, is_busy: Callable[[], bool]) -> None:
        self._root = root
        self._is_busy = is_busy
        self._workspace: _Deciding | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mithaq-hand")

    async def keep(self, decide: Callable[[Workspace], Answer]) -> Answer:
        """Keep a decision and return what *decide* gives; its errors come back to whoever asked.

        Who is who is brought up to date before this returns, unless pages are being read: then their end does so.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._keep, decide)

    def _keep(self, decide: Callable[[Workspace], Answer]) -> Answer:
        if self._workspace is None:
            plain = open_workspace(self._root, create=False)
            self._workspace = _Deciding(plain.root, plain.store)
        workspace = self._workspace
        try:
            return decide(workspace)
        finally:
            if workspace.unsettled and not self._is_busy():
                workspace.unsettled = False
                try:
                    workspace.resolve()
                except MithaqError as error:
                    # The decision is kept; whoever resolves next brings the rest up to date.
                    _LOG.warning("who is who could not be brought up to date: %s", error)

    def close(self) -> None:
        """Close the workspace in the thread that it belongs to."""

        def leave() -> None:
            if self._workspace is not None:
                self._workspace.close()

        self._thread.submit(leave)
        self._thread.shutdown(wait=True)
