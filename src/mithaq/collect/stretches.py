"""Web archives cut into stretches of records, so that many processes on many machines read one archive: on disk or in an object store.

Where a stretch begins is looked for by whoever reads it; whether two stretches meet is seen afterwards by the places that they tell. An
archive that cannot be cut (WACZ, plain WARC, one that is compressed as a whole) is one stretch.
"""

from __future__ import annotations

import hashlib
import os
import posixpath
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec

from mithaq.collect import files
from mithaq.collect.archives import ARCHIVE_ENDINGS, Archived, Broken, Course, are_apart, find_record, read_package, read_stream
from mithaq.collect.files import find_pages
from mithaq.collect.sources import is_address
from mithaq.errors import InputError, QuestionError

_ENDS_LOOKED_AT = 1 << 16  # bytes at each end of an archive by which it is known
# What a system that is asked for a file may raise: object stores have errors of their own, most of them of these.
_REFUSED = (OSError, ValueError)


class Archive(msgspec.Struct, frozen=True):
    """A web archive: its path or address, how many bytes it has, and whether it can be cut.

    ``mark`` are sixteen hexadecimal digits of its size and of both its ends: it stays the same wherever the archive lies.
    """

    address: str
    size: int
    mark: str
    cuts: bool

    @property
    def stem(self) -> str:
        """Return the name of the archive without folders and endings."""
        name = posixpath.basename(self.address.replace(os.sep, "/"))
        return next((name[: -len(end)] for end in reversed(ARCHIVE_ENDINGS) if name.lower().endswith(end)), name)


class Stretch(msgspec.Struct, frozen=True):
    """The records of an archive that begin from byte ``start`` on and before byte ``end``; ``exact``: one begins at ``start`` for sure."""

    archive: Archive
    start: int
    end: int
    exact: bool = False

    @property
    def name(self) -> str:
        """Return what a person knows the stretch by."""
        return f"{self.archive.address}#{self.start}"


def is_elsewhere(path: str) -> bool:
    """Say whether a path is an address of another file system (``s3://bucket/crawl/``), rather than a file here."""
    return "://" in path


def tell_apart(paths: Iterable[str | Path]) -> tuple[list[str], list[str]]:
    """Return the paths of files here and of pages of the web, and those of archives on other file systems."""
    every = list(map(str, paths))
    far = [path for path in every if is_elsewhere(path) and (not is_address(path) or path.lower().endswith(ARCHIVE_ENDINGS))]
    return [path for path in every if path not in far], far


def find_archives(paths: Iterable[str | Path]) -> list[Archive]:
    """Return the archives that files, folders and addresses name, in the order given, each content once.

    Raises InputError when there is none at a path, QuestionError when what opens an address is not installed.
    """
    found: dict[str, Archive] = {}
    for path in map(str, paths):
        named = _find_elsewhere(path) if is_elsewhere(path) else [str(page.path) for page in find_pages([path])]
        archives = [name for name in named if name.lower().endswith(ARCHIVE_ENDINGS)]
        if not archives:
            raise InputError(f"{path}: there is no web archive; name .warc, .warc.gz or .wacz files, or a folder with some")
        for name in archives:
            archive = look_at(name)
            found.setdefault(archive.mark, archive)
    return list(found.values())


def look_at(address: str) -> Archive:
    """Return what is known of an archive before it is read; raises InputError when it cannot be opened."""
    with open_archive(address) as stream:
        try:
            size = stream.seek(0, os.SEEK_END)
            digest = hashlib.sha256(str(size).encode())
            for place in (0, max(0, size - _ENDS_LOOKED_AT)):
                stream.seek(place)
                digest.update(stream.read(_ENDS_LOOKED_AT))
            cuts = address.lower().endswith(".gz") and are_apart(stream)
        except _REFUSED as error:
            raise _unread(address, error) from error
    return Archive(address, size, digest.hexdigest()[:16], cuts)


def cut(archive: Archive, step: int, start: int = 0) -> list[Stretch]:
    """Return the stretches of an archive from a record at *start* on; they end at multiples of *step* bytes, wherever it starts."""
    if start >= archive.size > 0:
        return []
    if not archive.cuts:
        return [Stretch(archive, start, archive.size, exact=True)]
    ends = range(start // step * step + step, archive.size + step, step)
    return [Stretch(archive, begin, min(end, archive.size)) for begin, end in zip([start, *ends], ends, strict=False)]


def read_stretch(stretch: Stretch, course: Course) -> Iterator[Archived | Broken]:
    """Yield the pages of a stretch; its *course* knows afterwards where it began and where the next one does.

    Raises InputError when the archive cannot be opened.
    """
    archive = stretch.archive
    with open_archive(archive.address) as stream:
        try:
            if archive.address.lower().endswith(".wacz"):
                yield from read_package(stream, archive.address, files.LARGEST)
            else:
                start = stretch.start if stretch.exact else find_record(stream, stretch.start)
                if start is not None:
                    stream.seek(start)
                    yield from read_stream(stream, largest=files.LARGEST, course=course)
            if course.after is None and not course.torn:
                course.ended(archive.size)
        except zipfile.BadZipFile as error:
            raise InputError(f"{archive.address}: this is no WACZ package ({error}); fetch it again") from error
        except _REFUSED as error:
            raise _unread(archive.address, error) from error


def make_course(stretch: Stretch) -> Course:
    """Return the course of a stretch; one that is a whole archive has no end before that of the archive."""
    return Course(stretch.end if stretch.archive.cuts else sys.maxsize)


def open_archive(address: str) -> BinaryIO:
    """Open an archive by its path or address; raises InputError when it cannot be read, QuestionError when what opens it is missing."""
    try:
        if not is_elsewhere(address):
            return Path(address).open("rb")
        return cast("BinaryIO", _load_systems().open(address, "rb").open())
    except _REFUSED as error:
        raise _unread(address, error) from error
    except ImportError as error:
        raise _without(address, error) from error


def _find_elsewhere(address: str) -> list[str]:
    """Return the addresses of all files that an address names: one, a pattern with ``*``, or a folder."""
    try:
        system, path = _load_systems().core.url_to_fs(address)
        found = (system.glob if "*" in path else system.find)(path) if "*" in path or system.isdir(path) else [path]
        return sorted(system.unstrip_protocol(path) for path in found)
    except _REFUSED as error:
        raise _unread(address, error) from error
    except ImportError as error:
        raise _without(address, error) from error


def _load_systems() -> Any:
    """Return fsspec, which knows other file systems; it comes with Dask."""
    from importlib import import_module

    try:
        return import_module("fsspec")
    except ImportError as error:
        raise QuestionError("addresses of archives elsewhere need fsspec; install it with: pip install 'mithaq[dask]'") from error


def _without(address: str, error: ImportError) -> QuestionError:
    return QuestionError(f"{address}: {error}")


def _unread(address: str, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or error
    return InputError(f"{address}: {reason}; check the address, and that you may read it (on every machine that reads)")
