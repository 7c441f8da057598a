"""What is read out of one stretch of a web archive, by whichever process on whichever machine: no workspace is at hand there."""

from __future__ import annotations

import tempfile
import threading
import zlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

import msgspec

from mithaq.collect.archives import Broken
from mithaq.collect.sources import Page
from mithaq.collect.stretches import Stretch, make_course, read_stretch
from mithaq.errors import KnowledgeError, QuestionError, StoreError
from mithaq.ingest import Reader, holds_back, mark_private, packaged_reader, read_ready
from mithaq.lexicon import load_lexicon
from mithaq.store import MadeBy, Prepared

LEVEL = 3  # of zlib


class Setting(msgspec.Struct, frozen=True):
    """How all stretches of a run are read, wherever: by these versions of code and knowledge, with the workspace's own words (file, bytes).

    ``reader`` stands in for the packaged one.
    """

    made_by: MadeBy
    gated: bool
    private: bool = False
    words: tuple[tuple[str, bytes], ...] = ()
    reader: Reader | None = None


class Found(msgspec.Struct, frozen=True):
    """A page that the gate let through: where it lies in its archive, its bytes and sidecar, and what was read, or why it cannot be."""

    place: str
    packed: bytes
    sidecar: bytes
    read: Prepared | None
    reason: str = ""

    @property
    def data(self) -> bytes:
        """Return the bytes of the page as they were fetched."""
        return zlib.decompress(self.packed)


class Torn(msgspec.Struct, frozen=True):
    """A record that is no page, or a place from which on the archive cannot be read, and why."""

    place: str
    reason: str


class Gathered(msgspec.Struct, frozen=True, kw_only=True):
    """What a stretch gave. ``first`` is where its first record begins, ``after`` the first one behind it, None where none can be told.

    ``records`` counts its pages, ``passed_over`` those of them that the gate did not let through.
    """

    first: int | None
    after: int | None
    records: int = 0
    passed_over: int = 0
    pages: tuple[Found, ...] = ()
    torn: tuple[Torn, ...] = ()


# The caches of the stages are for one thread at a time, and Dask may start several in one process.
_alone = threading.Lock()


def gather(stretch: Stretch, setting: Setting) -> bytes:
    """Read a stretch; return what it gave, packed: the same bytes whenever and wherever it is read.

    Raises InputError when the archive cannot be opened, QuestionError when this machine has another mithaq than the setting asks for.
    """
    with _alone:
        reader = _reader_of(setting)

        def read(page: Page, place: str) -> Found | None:
            return _read(page, place, reader, setting)

        return pack(gather_with(read, stretch))


def gather_with(read: Callable[[Page, str], Found | None], stretch: Stretch) -> Gathered:
    """Return what a stretch gives when each of its pages is read by *read*, which gives None for a page that is passed over."""
    course = make_course(stretch)
    pages: list[Found] = []
    torn: list[Torn] = []
    records = 0
    for record in read_stretch(stretch, course):
        if isinstance(record, Broken):
            torn.append(Torn(record.place, record.reason))
            continue
        records += 1
        found = read(Page(f"{stretch.archive.address}#{record.place}", record.data, record.sidecar), record.place)
        if found is not None:
            pages.append(found)
    passed_over = records - len(pages)
    return Gathered(first=course.first, after=course.after, records=records, passed_over=passed_over, pages=tuple(pages), torn=tuple(torn))


def gather_one(page: Page, place: str, setting: Setting) -> bytes:
    """Read one page of a stretch by itself; return it packed as :func:`gather` does."""
    with _alone:
        found = _read(page, place, _reader_of(setting), setting)
        return pack(Gathered(first=None, after=None, records=1, passed_over=int(found is None), pages=(found,) if found else ()))


def pack(gathered: Gathered) -> bytes:
    """Return what a stretch gave as bytes."""
    return zlib.compress(msgspec.msgpack.encode(gathered), LEVEL)


def unpack(packed: bytes) -> Gathered:
    """Return what :func:`pack` packed; raises StoreError when it is damaged."""
    try:
        return msgspec.msgpack.decode(zlib.decompress(packed), type=Gathered)
    except (zlib.error, msgspec.MsgspecError) as error:
        raise StoreError(f"what was read of a stretch is damaged ({error})") from error


def list_words(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Return the files of a knowledge folder, to be carried to machines that do not have it."""
    files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))
    return tuple((file.relative_to(folder).as_posix(), file.read_bytes()) for file in files)


def _read(page: Page, place: str, reader: Reader, setting: Setting) -> Found | None:
    """Return a page as read; None when the gate does not let it through."""
    if setting.private:
        page = mark_private(page)
    if holds_back(reader.look if setting.gated else None, page) is not None:
        return None
    read = read_ready(reader, page)
    packed, sidecar = zlib.compress(page.data, LEVEL), page.sidecar or b""
    return Found(place, packed, sidecar, None, read) if isinstance(read, str) else Found(place, packed, sidecar, read)


def _reader_of(setting: Setting) -> Reader:
    reader = setting.reader or _packaged(setting.words)
    if reader.made_by != setting.made_by:
        here, asked = reader.made_by, setting.made_by
        raise QuestionError(
            f"a machine that reads has mithaq {here.code} with words {here.knowledge}, the one that asks {asked.code} with "
            f"{asked.knowledge}; install the same version on all of them"
        )
    return reader


@lru_cache(maxsize=2)
def _packaged(words: Iterable[tuple[str, bytes]]) -> Reader:
    """Return the packaged reader, with words that were carried here."""
    if not words:
        return packaged_reader(load_lexicon())
    with tempfile.TemporaryDirectory(prefix="mithaq-") as name:
        for file, content in words:
            target = Path(name, file)
            if not target.resolve().is_relative_to(Path(name).resolve()):
                raise KnowledgeError(f"{file}: this file of words lies outside its folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        return packaged_reader(load_lexicon(Path(name)))
