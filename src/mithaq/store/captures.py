"""Pages as they were fetched: kept compressed under the hash of their bytes, written whole or not at all, never changed."""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from mithaq.errors import StoreError
from mithaq.store import Capture

CAPTURES = "captures"


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, hexadecimal: the name under which a capture is kept."""
    return hashlib.sha256(data).hexdigest()


def keep_capture(root: Path, data: bytes, path: str, sidecar: bytes | None) -> Capture:
    """Write the bytes of a page, compressed, under their hash, whole or not at all; a capture that is there already stays as it is."""
    digest = hash_bytes(data)
    file = f"{CAPTURES}/{digest[:2]}/{digest}.gz"
    target = root / file
    if not target.is_file():
        unfinished = target.with_name(f".{digest}.{os.getpid()}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as stream:
                stream.write(gzip.compress(data, mtime=0))
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(target)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise StoreError(f"{target} cannot be written ({error.strerror or error}); check free space and permissions") from error
    text = sidecar.decode("utf-8", "backslashreplace") if sidecar else ""
    return Capture(hash=digest, file=file, added=datetime.now(UTC).isoformat(timespec="seconds"), path=path, sidecar=text)


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
