"""Copy a whole store into another one, whatever databases they lie in: every table counted and summed up on both sides, all or nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec

from mithaq.errors import QuestionError, StoreError
from mithaq.store.connected import Connection, UnfitError, plainly
from mithaq.store.opening import open_store
from mithaq.store.place import Place
from mithaq.store.sql import SqlStore

_AT_A_TIME = 500  # rows
# Tables to whose rows others belong come first; what triggers fill comes last, in the place of what they wrote meanwhile.
_FIRST = ("documents", "events", "reference_tables")
_LAST = ("drafts", "unlinked", "unresolved")
_ALL = 1 << 256
_GUARD = "judgements_remain"

Progress = Callable[[int, int, str], None]


class Copied(msgspec.Struct, frozen=True):
    """A table that was copied: ``rows``, and the ``checksum`` of all of them, the same on both sides in whatever order they lie."""

    table: str
    rows: int
    checksum: str


def copy_store(source: Place, target: Place, *, overwrite: bool = False, progress: Progress | None = None) -> list[Copied]:
    """Copy the store at *source* to *target*; return what was copied, proven by reading it back.

    The target has all of it or is as before: a file is written beside and moved, a server keeps one transaction. Raises QuestionError when
    the target holds anything and *overwrite* is false, or is the source; StoreError when one of them cannot be opened, read or written.
    """
    if source == target:
        raise QuestionError(f"{source} cannot be copied to itself; name another target")
    with open_store(source, create=False, read_only=True) as opened:
        if isinstance(target, Path):
            return _copy_to_file(opened, target, overwrite, progress)
        with open_store(target) as other:
            return _copy_to_server(opened, other, overwrite, progress)


def copy_into_file(source: Connection, target: Path) -> None:
    """Write a store as it is at one moment into a new SQLite file, which others can move."""
    with open_store(target) as other:
        _copy(source, other._connection, None)
        # All in one file, so that it can be moved.
        other._connection.execute("PRAGMA journal_mode = DELETE").fetchall()


def _copy_to_file(opened: SqlStore, target: Path, overwrite: bool, progress: Progress | None) -> list[Copied]:
    if target.is_file() and not overwrite:
        with open_store(target, create=False, read_only=True) as there:
            _refuse_filled(there)
    beside = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(beside)
        with open_store(beside) as other:
            copied = _copy(opened._connection, other._connection, progress)
            with plainly(target):
                other._connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        with beside.open("rb") as stream:
            os.fsync(stream.fileno())
        _remove(target)
        beside.replace(target)
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error.strerror or error}); check free space and permissions") from error
    finally:
        with suppress(OSError):
            _remove(beside)
    return copied


def _copy_to_server(opened: SqlStore, other: SqlStore, overwrite: bool, progress: Progress | None) -> list[Copied]:
    if not overwrite:
        _refuse_filled(other)
    return _copy(opened._connection, other._connection, progress)


def _refuse_filled(store: SqlStore) -> None:
    held = {name: number for name, number in store.counts().items() if number}
    if held:
        told = ", ".join(f"{number} {name}" for name, number in list(held.items())[:3])
        raise QuestionError(f"{store.path} holds {told}; name an empty target, or give --overwrite to put the copy in its place")


def _remove(file: Path) -> None:
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm"):
        file.with_name(name).unlink(missing_ok=True)


def _copy(source: Connection, target: Connection, progress: Progress | None) -> list[Copied]:
    """Copy all rows in one transaction on either side, read them back, and compare."""
    tables = _in_order(source.tables())
    if sorted(tables) != sorted(target.tables()):
        raise StoreError("the two stores have different tables; bring both up to date with the same mithaq")
    copied = []
    with plainly("the source of the copy"):
        source.begin_reading()
    try:
        with plainly("the target of the copy"):
            target.begin()
            try:
                _empty(target, tables)
                for number, table in enumerate(tables, start=1):
                    copied.append(_copy_table(source, target, table))
                    if progress:
                        progress(number, 2 * len(tables), table)
                target.filled()
                for number, made in enumerate(copied, start=len(tables) + 1):
                    _prove(target, made)
                    if progress:
                        progress(number, 2 * len(tables), made.table)
                target.commit_work()
            except BaseException:
                target.roll_back()
                raise
    finally:
        source.roll_back()
    return copied


def _in_order(tables: Iterable[str]) -> list[str]:
    middle = sorted(set(tables) - {*_FIRST, *_LAST})
    return [*_FIRST, *middle, *_LAST]


def _empty(target: Connection, tables: list[str]) -> None:
    with target.without(_GUARD):
        for table in reversed(_in_order(tables)):
            # A decision goes before the one that it replaces.
            if table == "judgements":
                for row in target.execute("SELECT n FROM judgements ORDER BY n DESC").fetchall():
                    target.execute("DELETE FROM judgements WHERE n = ?", (row[0],))
            else:
                target.execute(f"DELETE FROM {table}")


def _copy_table(source: Connection, target: Connection, table: str) -> Copied:
    columns = _columns(source, table)
    names = ", ".join(f'"{name}"' for name in columns)
    put = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
    if table in _LAST:
        target.execute(f"DELETE FROM {table}")
    digest = _Digest()

    def rows() -> Iterator[list[tuple[Any, ...]]]:
        for part in source.stream(_question(table, names, columns), _AT_A_TIME):
            yield [tuple(row) for row in part]

    for part in rows():
        digest.add(part)
        try:
            target.executemany(put, part)
        except UnfitError as error:
            raise StoreError(f"a row of {table} cannot be kept in the target ({error}); nothing was copied") from error
    return Copied(table, digest.rows, digest.told())


def _prove(target: Connection, made: Copied) -> None:
    columns = _columns(target, made.table)
    digest = _Digest()
    for part in target.stream(_question(made.table, ", ".join(f'"{name}"' for name in columns), columns), _AT_A_TIME):
        digest.add(tuple(row) for row in part)
    if (digest.rows, digest.told()) != (made.rows, made.checksum):
        raise StoreError(f"{made.table} reads back otherwise than it was written ({digest.rows} rows of {made.rows}); nothing was copied")


def _question(table: str, names: str, columns: list[str]) -> str:
    """Return the question for all rows; decisions in their order, for a later one may name an earlier one."""
    return f"SELECT {names} FROM {table}" + (" ORDER BY n" if "n" in columns and table == "judgements" else "")


def _columns(connection: Connection, table: str) -> list[str]:
    return ["rowid", "title", "body"] if table == "search" else sorted(connection.columns(table))


class _Digest:
    """The sum of the hashes of rows, so that their order means nothing."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        for row in rows:
            self.rows += 1
            self._sum = (self._sum + int.from_bytes(hashlib.sha256(msgspec.msgpack.encode(row)).digest(), "big")) % _ALL

    def told(self) -> str:
        return f"{self._sum:064x}"
