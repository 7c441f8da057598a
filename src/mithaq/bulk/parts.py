"""Web archives into a folder of Parquet tables: every stretch of records becomes one file, written once, and the tables are made of these.

    tables/documents.parquet, statements.parquet ...   what was read, for DuckDB, Polars, Spark
    tables/manifest.json                               which archives, which stretches, by which mithaq, how many rows
    tables/parts/                                      what each stretch gave, the pages themselves among it: not for others

A stretch whose file is there is never read again, so that a run goes on wherever the one before ended, and one with nothing new changes
nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec.structs import replace

from mithaq.alerting.lock import only_one
from mithaq.bulk.gather import Setting, Torn, unpack
from mithaq.bulk.run import Outcome
from mithaq.collect.stretches import Stretch
from mithaq.errors import QuestionError, StoreError
from mithaq.export.parquet import SCHEMA, write_rows
from mithaq.store import Prepared
from mithaq.store.rows import COLUMNS, DOCUMENT_COLUMNS
from mithaq.store.store import Cell

PARTS, MANIFEST, LOCK = "parts", "manifest.json", ".lock"
FORMAT = 1
# What pages say, one by one; who is who and what happened is found out among all of them, by a workspace.
TABLES = ("documents", *(name for name in SCHEMA if name in COLUMNS))
_TOGETHER = 2_000  # pages whose rows are written together


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What one stretch gave: its file, that file's SHA-256, and how many pages."""

    file: str
    hash: str
    records: int
    passed_over: int
    pages: int
    set_aside: tuple[Torn, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a folder of tables holds: how it was read, its parts in the order of their names, the rows of its tables.

    ``made_of`` is a hash of the parts of which the tables were made: other parts, other tables.
    """

    format: int
    code: str
    knowledge: str
    gated: bool
    parts: tuple[Part, ...] = ()
    tables: dict[str, int] = {}
    made_of: str = ""


class Gained(msgspec.Struct, frozen=True, kw_only=True):
    """What a run saw: records, those ``passed_over`` by the gate, pages read; ``new`` stretches read now, ``known`` ones read before.

    ``failed`` are stretches that could not be read, with the reason, ``set_aside`` pages that could not; ``rows`` those of all tables now.
    """

    records: int = 0
    passed_over: int = 0
    pages: int = 0
    new: int = 0
    known: int = 0
    rows: dict[str, int] = {}
    failed: tuple[tuple[str, str], ...] = ()
    set_aside: tuple[Torn, ...] = ()


class Tables:
    """A folder of tables while it is written, by one run at a time."""

    def __init__(self, folder: Path, setting: Setting) -> None:
        self._folder = folder
        self._before = Manifest(format=FORMAT, code=setting.made_by.code, knowledge=setting.made_by.knowledge, gated=setting.gated)
        self._parts: dict[str, Part] = {}
        self._at_hand: set[str] = set()
        self._here: list[Part] = []
        self._new = 0
        self._failed: list[tuple[str, str]] = []

    def begin(self) -> None:
        """Take up what is there; raises QuestionError when another mithaq made it, or the folder cannot be written."""
        try:
            (self._folder / PARTS).mkdir(parents=True, exist_ok=True)
            content = (self._folder / MANIFEST).read_bytes() if (self._folder / MANIFEST).exists() else b""
        except OSError as error:
            raise QuestionError(f"{self._folder} cannot be written ({error.strerror or error}); name another folder") from error
        if not content:
            self._write(MANIFEST, _encode(self._before))
            return
        found = _decode(content, self._folder / MANIFEST)
        if replace(found, parts=(), tables={}, made_of="") != self._before:
            gate = "with" if found.gated else "without"
            raise QuestionError(
                f"the tables in {self._folder} were made by mithaq {found.code} with words {found.knowledge}, {gate} the gate, and not as "
                "this run would; name a new folder, or remove this one"
            )
        self._before = found
        self._parts = {part.file: part for part in found.parts}

    def known(self, stretch: Stretch) -> bytes | None:
        """Return what is kept of a stretch, None when it is to be read: never before, or its file is damaged."""
        name = part_name(stretch)
        try:
            packed = (self._folder / PARTS / name).read_bytes()
            unpack(packed)
        except (OSError, StoreError):
            return None
        told = self._parts.get(name)
        if told is not None and told.hash != _hash(packed):
            return None
        self._at_hand.add(name)
        return packed

    def keep(self, outcomes: Iterable[Outcome]) -> Generator[Outcome]:
        """Write what stretches gave, each whole before it is given on."""
        for outcome in outcomes:
            if outcome.failed:
                self._failed.append((outcome.stretch.name, outcome.failed))
            else:
                part = _part(outcome)
                if part.file not in self._at_hand or self._parts.get(part.file, part) != part:
                    self._write(f"{PARTS}/{part.file}", outcome.packed)
                    self._new += 1
                self._parts[part.file] = part
                self._here.append(part)
            yield outcome

    def finish(self) -> Gained:
        """Make the tables of all parts, unless those that are there were made of the same; return what this run saw."""
        parts = [self._parts[name] for name in sorted(self._parts)]
        made_of = _hash(msgspec.json.encode(parts))
        rows = self._before.tables
        if made_of != self._before.made_of or any(not (self._folder / f"{name}.parquet").is_file() for name in TABLES):
            rows = write_rows(_rows_of(self._folder, parts), self._folder, TABLES)
            self._write(MANIFEST, _encode(replace(self._before, parts=tuple(parts), tables=rows, made_of=made_of)))
        here = self._here
        return Gained(
            records=sum(p.records for p in here), passed_over=sum(p.passed_over for p in here), pages=sum(p.pages for p in here),
            new=self._new, known=len(here) - self._new, rows=rows, failed=tuple(self._failed),
            set_aside=tuple(torn for p in here for torn in p.set_aside),
        )  # fmt: skip

    def _write(self, name: str, content: bytes) -> None:
        """Write a file whole or not at all."""
        target = self._folder / name
        unfinished = target.with_name(f".{target.name}.part")
        try:
            with unfinished.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(target)
        except OSError as error:
            raise QuestionError(f"{target} cannot be written ({error.strerror or error}); check free space and permissions") from error


@contextmanager
def open_tables(folder: Path, setting: Setting) -> Iterator[Tables]:
    """Give the tables of a folder to be written; raises as :meth:`Tables.begin` does, and StoreError when another run writes them."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise QuestionError(f"{folder} cannot be written ({error.strerror or error}); name another folder") from error
    with only_one(folder / LOCK, "run that writes tables"):
        tables = Tables(folder, setting)
        tables.begin()
        yield tables


def part_name(stretch: Stretch) -> str:
    """Return the file of a stretch: named by its archive, by that archive's content, and by the bytes that it spans."""
    archive = stretch.archive
    return f"{archive.stem}-{archive.mark}-{stretch.start:013}-{stretch.end:013}.part"


def _part(outcome: Outcome) -> Part:
    gathered = outcome.gathered
    aside = (*gathered.torn, *(Torn(f.place, f.reason) for f in gathered.pages if f.read is None))
    return Part(
        file=part_name(outcome.stretch), hash=_hash(outcome.packed), records=gathered.records, passed_over=gathered.passed_over,
        pages=len(gathered.pages), set_aside=aside,
    )  # fmt: skip


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _encode(manifest: Manifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=1)


def _decode(content: bytes, file: Path) -> Manifest:
    try:
        return msgspec.json.decode(content, type=Manifest)
    except msgspec.MsgspecError as error:
        raise QuestionError(f"{file} cannot be read ({error}); name a new folder, or remove this one") from error


def _rows_of(folder: Path, parts: Iterable[Part]) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
    """Yield the rows of all tables, in the order of the parts; of a text that several records give, those of the first."""
    seen: set[str] = set()
    held: dict[str, list[tuple[Cell, ...]]] = {name: [] for name in TABLES}
    for part in parts:
        for found in unpack((folder / PARTS / part.file).read_bytes()).pages:
            if found.read is None or found.read.id in seen:
                continue
            seen.add(found.read.id)
            for name, rows in _rows_of_page(found.read):
                held[name] += rows
            if len(held["documents"]) >= _TOGETHER:
                yield from held.items()
                held = {name: [] for name in TABLES}
    yield from held.items()


def _rows_of_page(page: Prepared) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
    told = dict(zip(DOCUMENT_COLUMNS, page.row, strict=True))
    # Whether a page repeats another or was withdrawn is known only among all pages, in a workspace.
    yield "documents", [tuple(told.get(column) for column in SCHEMA["documents"])]
    for name in TABLES[1:]:
        places = [COLUMNS[name].index(column) for column in SCHEMA[name]]
        yield name, [tuple(row[at] for at in places) for row in page.facts[name]]
