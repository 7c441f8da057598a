"""Web archives as pages: WARC files (``.warc``, ``.warc.gz``) and WACZ packages, from disk or the input, each record of a page by itself.

CC-NEWS and other crawls come so. A record keeps its address and the time of its capture; what is no page (requests, pictures, redirects,
pages that were not there) is passed over.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from mithaq.errors import InputError

ARCHIVE_ENDINGS = (".warc", ".warc.gz", ".wacz")
_PAGES = ("text/html", "application/xhtml+xml")
_GZIP, _WARC = b"\x1f\x8b", b"WARC/"


class Archived(NamedTuple):
    """A page out of an archive: ``place`` tells where in it (the byte at which its record begins, after the member of a package).

    ``after`` is the byte from which on the pages after it can be read, None where that cannot be told.
    """

    place: str
    data: bytes
    sidecar: bytes
    after: int | None = None


class Broken(NamedTuple):
    """A record that is no page of ours, or the place from which on an archive cannot be read, and why."""

    place: str
    reason: str


def is_archive(path: Path) -> bool:
    """Say whether a file is a web archive, by its name."""
    return path.name.lower().endswith(ARCHIVE_ENDINGS)


def begins_as_archive(beginning: bytes) -> bool:
    """Say whether what comes through the input is a WARC file, plain or compressed."""
    return beginning.startswith((_GZIP, _WARC))


def read_archive(path: Path, *, largest: int, start: int = 0) -> Iterator[Archived | Broken]:
    """Yield the pages of an archive in order, each of *largest* bytes at most; raises InputError when the file cannot be opened.

    *start* is where a record begins, as ``after`` of a page before told it.

    An archive that is damaged gives all pages before the damage, and says where it breaks off.
    """
    try:
        if path.name.lower().endswith(".wacz"):
            yield from _read_package(path, largest)
        else:
            with path.open("rb") as stream:
                end = stream.seek(0, os.SEEK_END)
                stream.seek(min(start, end))
                yield from _with_ends(read_stream(stream, largest=largest), end)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; check that it is a file and that you may read it") from error
    except zipfile.BadZipFile as error:
        raise InputError(f"{path}: this is no WACZ package ({error}); fetch it again") from error


def _with_ends(pages: Iterable[Archived | Broken], end: int) -> Iterator[Archived | Broken]:
    """Yield the pages of a file of *end* bytes, each with the place of the next one."""
    before: Archived | None = None
    for page in pages:
        if before is not None:
            yield before._replace(after=int(page.place))
            before = None
        if isinstance(page, Broken):
            yield page
        else:
            before = page
    if before is not None:
        yield before._replace(after=end)


def read_stream(stream: BinaryIO, *, largest: int, member: str = "") -> Iterator[Archived | Broken]:
    """Yield the pages of one WARC file, compressed or not, as they come through a stream; see :func:`read_archive`."""
    # Imported here: whoever reads files of pages needs no reader of archives.
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource
    place = f"{member}0"
    try:
        for record in ArchiveIterator(stream, record_types=wanted, auto_decode="all"):
            place = f"{member}{record.stream_pos}"
            kind = record.http_content_type if record.is_http else record.headers.get("Content-Type")
            if (kind or "").partition(";")[0].strip().lower() not in _PAGES:
                continue
            if record.http_headers is not None and record.http_headers.status_code != 200:
                continue
            data = record.reader.read(largest + 1)
            if len(data) > largest:
                yield Broken(place, f"more than {largest // 1024 // 1024} MB are no news page")
                continue
            yield Archived(place, data, _known_of(record.headers, record.http_charset if record.is_http else None))
    except OSError as error:
        yield Broken(place, f"the archive cannot be read after this place ({error}); fetch it again, what came before is kept")


def _known_of(headers: object, charset: str | None) -> bytes:
    """Return as a sidecar what a record tells of its page: where it was, when it was fetched, what the server said of its letters."""
    get = headers.get  # type: ignore[attr-defined]  # a mapping of the compiled reader
    known = {"url": get("WARC-Target-URI"), "retrieved": get("WARC-Date"), "charset": charset}
    return json.dumps({name: said for name, said in known.items() if said}, ensure_ascii=False).encode("utf-8", "replace")


def _read_package(path: Path, largest: int) -> Iterator[Archived | Broken]:
    with zipfile.ZipFile(path) as package:
        names = sorted(n for n in package.namelist() if n.startswith("archive/") and n.lower().endswith((".warc", ".warc.gz")))
        if not names:
            raise InputError(f"{path}: there is no WARC file in this package; a WACZ holds them under archive/")
        for name in names:
            with package.open(name) as stream:
                yield from read_stream(stream, largest=largest, member=f"{name}@")  # type: ignore[arg-type]  # a reader of bytes
