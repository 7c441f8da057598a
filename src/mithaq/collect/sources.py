"""What a person names on the command line, made into pages: files, folders, files of records, addresses of the web, the input.

Each page comes with its bytes and what is known of it; what cannot be had comes with the reason, and the others go on.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mithaq.collect import files
from mithaq.collect.archives import Archived, Broken, begins_as_archive, is_archive, read_archive, read_stream
from mithaq.collect.files import PageFile, find_pages, is_record_file
from mithaq.collect.records import Faulty, read_records
from mithaq.errors import GoneError, InputError

if TYPE_CHECKING:
    from mithaq.collect.fetch import Fetch, Fetched

STANDARD_INPUT = "-"
# Up to so many pages each was meant, and all are read in seconds; a gate would only lose the shortest of them.
FEW = 500


class Page(msgspec.Struct, frozen=True):
    """A page as it was had. ``name`` is its path, its address, or FILE#NUMBER for a record; ``url`` is set when it was fetched now.

    ``after`` is set for a page of a web archive, which keeps it: the byte of the archive from which on the pages after it can be read.
    """

    name: str
    data: bytes
    sidecar: bytes | None = None
    url: str | None = None
    after: int | None = None


class Unread(msgspec.Struct, frozen=True):
    """A page that could not be had, and why; ``gone`` says that the web has it no longer."""

    name: str
    reason: str
    gone: bool = False


class Source(msgspec.Struct, frozen=True):
    """One thing to read: a ``file``, an ``address``, or the input when it has neither; ``name`` is how it was named or found.

    ``start`` is the byte from which on a web archive is read.
    """

    name: str
    file: PageFile | None = None
    address: bool = False
    start: int = 0

    @property
    def archive(self) -> Path | None:
        """The web archive on disk that this is, None for anything else."""
        return self.file.path if self.file is not None and is_archive(self.file.path) else None

    def pages(self, fetch: Fetch | None = None) -> Iterator[Page | Unread]:
        """Yield the pages of this source; *fetch* gets addresses, by default from the web."""
        try:
            if self.address:
                yield to_page(self.name, _fetcher(fetch)(self.name))
            elif self.file is None:
                yield from _read_input()
            elif self.archive:
                yield from _pages_of(self.name, read_archive(self.archive, largest=files.LARGEST, start=self.start))
            elif is_record_file(self.file.path):
                yield from _read_records(self.file.path)
            else:
                yield Page(self.name, *self.file.read())
        except InputError as error:
            yield Unread(self.name, str(error), isinstance(error, GoneError))


def find_sources(paths: Iterable[str | Path], *, leave_out: Path | None = None) -> list[Source]:
    """Return what *paths* name, in the order given, each once; raises InputError when one is no address and does not exist."""
    found: dict[str, Source] = {}
    for path in map(str, paths):
        if is_address(path):
            found.setdefault(path, Source(path, address=True))
        elif path == STANDARD_INPUT:
            found.setdefault(path, Source(path))
        else:
            for page in find_pages([path], leave_out=leave_out):
                found.setdefault(os.path.realpath(page.path), Source(str(page.path), page))
    return list(found.values())


def are_many(sources: Sequence[Source]) -> bool:
    """Say whether more pages come than can each be meant: more than ``FEW``, or files of records or archives, which hold any number."""
    return len(sources) > FEW or any(source.file is not None and is_record_file(source.file.path) for source in sources)


def is_address(path: str) -> bool:
    """Say whether what a person typed is an address of the web rather than a path."""
    return path[:8].lower().startswith(("http://", "https://"))


def to_page(name: str, fetched: Fetched) -> Page:
    """Return a fetched page with the sidecar that tells where and when it was fetched."""
    known = {"url": fetched.url, "retrieved": fetched.retrieved} | ({"charset": fetched.charset} if fetched.charset else {})
    return Page(name, fetched.data, json.dumps(known).encode(), fetched.url)


def _fetcher(fetch: Fetch | None) -> Fetch:
    if fetch is not None:
        return fetch
    # Imported here: whoever reads files needs no web client, and starts sooner.
    from mithaq.collect.fetch import fetch_page

    return fetch_page


def _read_records(path: Path) -> Iterator[Page | Unread]:
    empty = True
    for record in read_records(path, largest=files.LARGEST):
        empty = False
        name = f"{path}#{record.number}"
        if isinstance(record, Faulty):
            yield Unread(name, f"{name}: {record.reason}")
        else:
            yield Page(name, record.data, record.sidecar)
    if empty:
        raise InputError(f"{path}: there is no record in it; write one JSON object a line, or a list of objects")


def _pages_of(name: str, records: Iterable[Archived | Broken]) -> Iterator[Page | Unread]:
    """Yield the pages of an archive, named by it and their place in it."""
    for record in records:
        place = f"{name}#{record.place}"
        if isinstance(record, Broken):
            yield Unread(place, f"{place}: {record.reason}")
        else:
            yield Page(place, record.data, record.sidecar, after=record.after)


def _read_input() -> Iterator[Page | Unread]:
    """Yield the page that comes through the input, or the pages of the archive that does."""
    stream = sys.stdin.buffer
    peek = getattr(stream, "peek", None)  # what stands in for the input in another program may not have it
    if peek is not None and begins_as_archive(peek(8)[:8]):
        yield from _pages_of(STANDARD_INPUT, read_stream(stream, largest=files.LARGEST))
        return
    data = stream.read(files.LARGEST + 1)
    if len(data) > files.LARGEST:
        raise InputError(f"the input is longer than {files.LARGEST // 1024 // 1024} MB: that is no news page; split it")
    yield Page(STANDARD_INPUT, data)
