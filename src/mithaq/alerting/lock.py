"""One at a time: a lock on a file of the workspace that falls open when its holder ends, however it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mithaq.errors import StoreError


@contextmanager
def only_one(path: Path, what: str) -> Iterator[None]:
    """Hold a lock; raises StoreError when somebody else holds it."""
    with path.open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError as error:
            raise StoreError(f"another {what} is under way in {path.parent}; wait until it has finished") from error
        yield


if sys.platform != "win32":
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

else:
    import msvcrt

    def _lock(file: int) -> None:
        # The first byte stands for the file; the lock ends with the file that holds it.
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
