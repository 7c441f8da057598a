"""Web archives as pages: WARC files (``.warc``, ``.warc.gz``) and WACZ packages, from disk or the input, each record of a page by itself.

CC-NEWS and other crawls come so. A record keeps its address and the time of its capture; what is no page (requests, pictures, redirects,
pages that were not there) is passed over.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from mithaq.errors import InputError

ARCHIVE_ENDINGS = (".warc", ".warc.gz", ".wacz")
_PAGES = ("text/html", "application/xhtml+xml")
_GZIP, _WARC = b"\x1f\x8b", b"WARC/"
_LENGTH = re.compile(rb"^Content-Length:[ \t]*(\d+)", re.IGNORECASE | re.MULTILINE)
_BLOCK, _MOST_TRIED = 1 << 16, 1 << 24  # bytes
_GUNZIP = 31  # what zlib calls a stream with the head of gzip
_ENDS = 8  # bytes: the line ends after the head of a record, and after the record


class Archived(NamedTuple):
    """A page out of an archive: ``place`` tells where in it (the byte at which its record begins, after the member of a package).

    ``after`` is the byte from which on the pages after it can be read, None where that cannot be told.
    """

    place: str
    data: bytes
    sidecar: bytes
    after: int | None = None


class Course:
    """Where a stretch of an archive was read: from the first record of a page on, and up to ``after``, where the next one begins.

    Both are None as long as they are not known; ``after`` stays so where the archive is ``torn``: damaged, no place after it is known.
    """

    def __init__(self, until: int) -> None:
        self.until = until
        self.torn = False
        self.first: int | None = None
        self.after: int | None = None

    def goes_on(self, place: int) -> bool:
        """Take note of a record; say whether it still belongs to the stretch, which ends with the record before ``until``."""
        self.first = place if self.first is None else self.first
        self.after = place if place >= self.until else None
        return self.after is None

    def ended(self, size: int) -> None:
        """Take note that the archive is over."""
        self.first = size if self.first is None else self.first
        self.after = size


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
            with path.open("rb") as stream:
                yield from read_package(stream, str(path), largest)
        else:
            with path.open("rb") as stream:
                apart = are_apart(stream)
                end = stream.seek(0, os.SEEK_END)
                stream.seek(min(start, end))
                yield from _with_ends(read_stream(stream, largest=largest), end, None if apart else start)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; check that it is a file and that you may read it") from error
    except zipfile.BadZipFile as error:
        raise InputError(f"{path}: this is no WACZ package ({error}); fetch it again") from error


def are_apart(stream: BinaryIO) -> bool:
    """Say whether reading can begin at any record: in a compressed archive each must be compressed by itself, as the standard asks."""
    stream.seek(0)
    unpacked = zlib.decompressobj(_GUNZIP)
    first = b""
    try:
        while not unpacked.eof and len(first) < _MOST_TRIED and (block := stream.read(_BLOCK)):
            first += unpacked.decompress(block)
    except zlib.error:
        return True  # not compressed, or damaged from the start: reading tells so
    head, _, _ = first.partition(b"\r\n\r\n")
    said = _LENGTH.search(head)
    return said is None or len(first) <= len(head) + int(said.group(1)) + _ENDS


def find_record(stream: BinaryIO, start: int) -> int | None:
    """Return where the first record at or after a place of a compressed archive begins; None when there is none any more."""
    place = start
    stream.seek(place)
    held = b""
    while True:
        block = stream.read(16 * _BLOCK)
        held += block
        at = held.find(_GZIP + b"\x08")
        # What begins at the end of a block is looked at with the next one.
        while at >= 0 and (at + _BLOCK <= len(held) or not block):
            if _is_record(held[at : at + _BLOCK]):
                return place + at
            at = held.find(_GZIP + b"\x08", at + 1)
        if not block:
            return None
        used = at if at >= 0 else max(0, len(held) - 2)
        place, held = place + used, held[used:]


def _is_record(beginning: bytes) -> bool:
    try:
        return zlib.decompressobj(_GUNZIP).decompress(beginning, len(_WARC)) == _WARC
    except zlib.error:
        return False


def _with_ends(pages: Iterable[Archived | Broken], end: int, only: int | None) -> Iterator[Archived | Broken]:
    """Yield the pages of a file of *end* bytes, each with the place of the next one, or the *only* place at which reading can begin."""
    before: Archived | None = None
    for page in pages:
        if before is not None:
            yield before._replace(after=int(page.place) if only is None else only)
            before = None
        if isinstance(page, Broken):
            yield page
        else:
            before = page
    if before is not None:
        yield before._replace(after=end)


def read_stream(stream: BinaryIO, *, largest: int, member: str = "", course: Course | None = None) -> Iterator[Archived | Broken]:
    """Yield the pages of one WARC file, compressed or not, as they come through a stream; see :func:`read_archive`.

    With a *course* only the stretch that it gives is read, and it knows afterwards how far that went.
    """
    # Imported here: whoever reads files of pages needs no reader of archives.
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource
    place = f"{member}0"
    try:
        for record in ArchiveIterator(stream, record_types=wanted, auto_decode="all"):
            if course is not None and not course.goes_on(record.stream_pos):
                return
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
        if course is not None:
            course.torn = True
        yield Broken(place, f"the archive cannot be read after this place ({error}); fetch it again, what came before is kept")


def _known_of(headers: object, charset: str | None) -> bytes:
    """Return as a sidecar what a record tells of its page: where it was, when it was fetched, what the server said of its letters."""
    get = headers.get  # type: ignore[attr-defined]  # a mapping of the compiled reader
    known = {"url": get("WARC-Target-URI"), "retrieved": get("WARC-Date"), "charset": charset}
    return json.dumps({name: said for name, said in known.items() if said}, ensure_ascii=False).encode("utf-8", "replace")


def read_package(file: BinaryIO, name: str, largest: int) -> Iterator[Archived | Broken]:
    """Yield the pages of all archives in a WACZ package; raises InputError when there is none, BadZipFile when it is no package."""
    with zipfile.ZipFile(file) as package:
        names = sorted(n for n in package.namelist() if n.startswith("archive/") and n.lower().endswith((".warc", ".warc.gz")))
        if not names:
            raise InputError(f"{name}: there is no WARC file in this package; a WACZ holds them under archive/")
        for member in names:
            with package.open(member) as stream:
                yield from read_stream(stream, largest=largest, member=f"{member}@")  # type: ignore[arg-type]  # a reader of bytes
