"""Pages as they were fetched: kept compressed under the hash of their bytes, written whole or not at all, never changed."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import BinaryIO

from mithaq.errors import StoreError
from mithaq.store import Capture

CAPTURES = "captures"


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, hexadecimal: the name under which a capture is kept."""
    return hashlib.sha256(data).hexdigest()


def keep_capture(root: Path, data: bytes, path: str, sidecar: bytes | None) -> Capture:
    """Write the bytes of a page, compressed, under their hash, whole or not at all; a capture that is there already stays as it is."""
    return Keeping(root, data, path, sidecar).finish()


class Keeping:
    """A capture on its way to the disk: the page can be read meanwhile. It is kept once :meth:`finish` has returned it."""

    def __init__(self, root: Path, data: bytes, path: str, sidecar: bytes | None) -> None:
        digest = hash_bytes(data)
        file = f"{CAPTURES}/{digest[:2]}/{digest}.gz"
        text = sidecar.decode("utf-8", "backslashreplace") if sidecar else ""
        self._capture = Capture(hash=digest, file=file, added=datetime.now(UTC).isoformat(timespec="seconds"), path=path, sidecar=text)
        self._target = root / file
        self._unfinished = self._target.with_name(f".{digest}.{os.getpid()}")
        self._safe: Future[None] | None = None
        if not self._target.is_file():
            with self._plainly():
                self._begin(gzip.compress(data, mtime=0))

    def finish(self) -> Capture:
        """Return the capture when it is safe on the disk; raises StoreError when it cannot be written."""
        if self._safe is not None:
            with self._plainly():
                self._safe.result()
                self._unfinished.replace(self._target)
            self._safe = None
        return self._capture

    def _begin(self, packed: bytes) -> None:
        self._target.parent.mkdir(parents=True, exist_ok=True)
        stream = self._unfinished.open("wb")
        try:
            stream.write(packed)
            stream.flush()
        except BaseException:
            stream.close()
            raise
        # The disk takes longer than reading the page does; waiting for it needs no processor.
        self._safe = _waiting().submit(_make_safe, stream)

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            with suppress(OSError):
                self._unfinished.unlink()
            why = error.strerror or error
            raise StoreError(f"{self._target} cannot be written ({why}); check free space and permissions") from error


@cache
def _waiting() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="captures")


def _make_safe(stream: BinaryIO) -> None:
    with stream:
        os.fsync(stream.fileno())


def read_capture_file(root: Path, file: str) -> bytes:
    """Return the bytes of a kept page; raises StoreError when they are gone, damaged, or not those of the hash that names them."""
    target = root / file
    try:
        data = gzip.decompress(target.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise StoreError(f"{target} cannot be read ({error}); restore the workspace from a backup, or fetch the page again") from error
    if not target.name.startswith(hash_bytes(data)):
        raise StoreError(f"{target} does not hold what was fetched; restore the workspace from a backup, or fetch the page again")
    return data
