"""Pages as they were fetched: each one record of a web archive (WARC 1.1), compressed, under the hash of its bytes, never changed.

A capture is written whole or not at all. Those of older versions of mithaq hold nothing but the bytes; they are read as ever, and
moved by :func:`move_captures`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from mithaq.errors import StoreError
from mithaq.store import Capture

CAPTURES = "captures"
SUFFIX, OLD_SUFFIX = ".warc.gz", ".gz"
AGAIN = "restore the workspace from a backup, or fetch the page again"
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|div|p|article|meta|a)[\s>]", re.IGNORECASE)
_LEVEL = 6  # of zlib: pages are written once and kept for years


def hash_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, hexadecimal: the name under which a capture is kept."""
    return hashlib.sha256(data).hexdigest()


def sidecar_text(sidecar: bytes | None) -> str:
    """Return a sidecar as the store keeps it, also one that is no text: every database keeps the same."""
    return sidecar.decode("utf-8", "backslashreplace").replace("\0", r"\x00") if sidecar else ""


def keep_capture(root: Path, data: bytes, path: str, sidecar: bytes | None) -> Capture:
    """Write the bytes of a page as a record under their hash, whole or not at all; a capture that is there already stays as it is."""
    return Keeping(root, data, path, sidecar).finish()


class Keeping:
    """A capture on its way to the disk: the page can be read meanwhile. It is kept once :meth:`finish` has returned it."""

    def __init__(self, root: Path, data: bytes, path: str, sidecar: bytes | None) -> None:
        digest = hash_bytes(data)
        added = datetime.now(UTC).isoformat(timespec="seconds")
        self._capture = Capture(hash=digest, file=capture_file(digest), added=added, path=path, sidecar=sidecar_text(sidecar))
        self._writing = None if (root / self._capture.file).is_file() else Writing(root / self._capture.file)
        if self._writing is not None:
            self._writing.begin(pack_record(data, digest, sidecar, added))

    def finish(self) -> Capture:
        """Return the capture when it is safe on the disk; raises StoreError when it cannot be written."""
        if self._writing is not None:
            self._writing.finish()
            self._writing = None
        return self._capture


class Writing:
    """A file written under another name, and moved when it is safe on the disk, so that it is there whole or not at all."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._unfinished = target.with_name(f".{target.name.partition('.')[0]}.{os.getpid()}")
        self._safe: Future[None] | None = None

    def begin(self, content: bytes) -> None:
        """Hand the content to the system; raises StoreError when it cannot be written."""
        with self._plainly():
            self._target.parent.mkdir(parents=True, exist_ok=True)
            stream = self._unfinished.open("wb")
            try:
                stream.write(content)
                stream.flush()
            except BaseException:
                stream.close()
                raise
            # The disk takes longer than reading the page does; waiting for it needs no processor.
            self._safe = _waiting().submit(_make_safe, stream)

    def finish(self) -> None:
        """Wait for the disk, and give the file its name; raises StoreError when it cannot be written."""
        if self._safe is not None:
            with self._plainly():
                self._safe.result()
                self._unfinished.replace(self._target)
            self._safe = None

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


def capture_file(digest: str) -> str:
    """Return where the capture of this hash lies in its workspace."""
    return f"{CAPTURES}/{digest[:2]}/{digest}{SUFFIX}"


def pack_record(data: bytes, digest: str, sidecar: bytes | None, added: str) -> bytes:
    """Return a page as a compressed record of type "resource"; its address and time are those of the sidecar, else its hash and *added*."""
    known = read_known(sidecar)
    url, moment, charset = known.get("url"), known.get("retrieved"), known.get("charset")
    kind = ("text/html" if _MARKUP.search(data[:4000]) else "text/plain") + (f"; charset={charset}" if charset else "")
    record = write_record(data, url or f"urn:sha256:{digest}", warc_date(moment) or warc_date(added) or "1970-01-01T00:00:00Z", kind)
    return gzip.compress(record, _LEVEL, mtime=0)


def write_record(data: bytes, url: str, date: str, kind: str) -> bytes:
    """Return a record of type "resource" (WARC 1.1), with digests of what it holds."""
    # Imported here: whoever only asks a workspace needs no web archives.
    from fastwarc.warc import WarcRecord, WarcRecordType

    record: Any = WarcRecord()
    record.init_headers(record_type=WarcRecordType.resource)
    digest = hash_bytes(data)
    record.headers["WARC-Record-ID"] = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{digest} {date} {url}')}>"
    record.headers["WARC-Target-URI"] = url
    record.headers["WARC-Date"] = date
    record.headers["Content-Type"] = kind
    record.headers["WARC-Payload-Digest"] = f"sha256:{digest}"
    record.set_bytes_content(data)
    out = BytesIO()
    record.write(out, checksum_data=True)
    return out.getvalue()


def read_known(sidecar: bytes | str | None) -> dict[str, str]:
    """Return what a sidecar tells, as far as it is text; nothing when there is none or it is no JSON object."""
    try:
        content: object = json.loads(sidecar) if sidecar else {}
    except ValueError:
        return {}
    return {str(name): value for name, value in content.items() if isinstance(value, str)} if isinstance(content, dict) else {}


def warc_date(moment: str | None) -> str | None:
    """Return a time (ISO 8601) as web archives write it: UTC, to the second, with Z; None when it is none."""
    try:
        when = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    return when.replace(tzinfo=when.tzinfo or UTC).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_capture_file(root: Path, file: str) -> bytes:
    """Return the bytes of a kept page; raises StoreError when they are gone, damaged, or not those of the hash that names them."""
    target = root / file
    try:
        packed = gzip.decompress(target.read_bytes())
        data = unpack_record(packed) if file.endswith(SUFFIX) else packed
    except (OSError, EOFError, zlib.error) as error:
        raise StoreError(f"{target} cannot be read ({error}); {AGAIN}") from error
    if not target.name.startswith(hash_bytes(data)):
        raise StoreError(f"{target} does not hold what was fetched; {AGAIN}")
    return data


def unpack_record(packed: bytes) -> bytes:
    """Return what the first record of an archive holds; raises OSError when there is none."""
    from fastwarc.warc import ArchiveIterator

    for record in ArchiveIterator(BytesIO(packed)):
        return bytes(record.reader.read())
    raise OSError("there is no record in it")


def move_captures(root: Path, waiting: Iterable[str], moved: Callable[[list[tuple[str, str]]], None], at_a_time: int = 200) -> int:
    """Write captures of the old form in the new one; return how many were moved.

    *moved* keeps (old file, new file) for good, before the old files go; a file that cannot be read stays as it is, and is handed on with
    its own name, so that it is not tried for ever. However this ends, every capture is there in at least one form.
    """
    done = 0
    batch: list[tuple[str, str]] = []

    def finish() -> None:
        moved(batch)
        for old, new in batch:
            if old != new:
                with suppress(OSError):
                    (root / old).unlink()
        batch.clear()

    for file in waiting:
        new = _move(root, file)
        done += new != file
        batch.append((file, new))
        if len(batch) >= at_a_time:
            finish()
    if batch:
        finish()
    return done


def _move(root: Path, file: str) -> str:
    """Write one capture in the new form, and return where it lies; the old name when it cannot be read."""
    try:
        data = read_capture_file(root, file)
        added = datetime.fromtimestamp((root / file).stat().st_mtime, UTC).isoformat(timespec="seconds")
    except (StoreError, OSError):
        return file
    digest = hash_bytes(data)
    new = capture_file(digest)
    if not (root / new).is_file():
        _write_whole(root / new, pack_record(data, digest, None, added))
    return new


def forget_capture(root: Path, file: str) -> None:
    """Remove a capture for good, in either form; raises StoreError when it cannot be removed."""
    target = root / file
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise StoreError(f"{target} cannot be removed ({error.strerror or error}); check permissions, then erase the page again") from error


def _write_whole(target: Path, content: bytes) -> None:
    writing = Writing(target)
    writing.begin(content)
    writing.finish()
