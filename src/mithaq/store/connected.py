"""What every part of the SQLite store shares: questions, transactions that are whole or not at all, and errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mithaq.errors import StoreError

Run = Callable[..., sqlite3.Cursor]


class Connected:
    """An open database file."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def close(self) -> None:
        self._connection.close()

    def _all(self, sql: str, values: Any = ()) -> list[sqlite3.Row]:
        with plainly(self.path):
            return self._connection.execute(sql, values).fetchall()

    def _one(self, sql: str, values: Any = ()) -> sqlite3.Row | None:
        found = self._all(sql, values)
        return found[0] if found else None

    @contextmanager
    def _transaction(self) -> Iterator[Run]:
        """All or nothing: what runs inside is kept as a whole, or, after any error, not at all."""
        with plainly(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection.execute
                self._connection.execute("COMMIT")
            except BaseException:
                roll_back(self._connection)
                raise


def roll_back(connection: sqlite3.Connection) -> None:
    """Undo the open transaction; after a full disk SQLite has done so itself."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Turn the database's own errors into StoreError that says what is wrong and what to do next."""
    try:
        yield
    except sqlite3.Error as error:
        words = str(error)
        if "locked" in words or "busy" in words:
            raise StoreError(f"{path} is being written by another program; wait until it has finished, or close it") from error
        if "not a database" in words or "malformed" in words:
            raise StoreError(
                f"{path} is damaged or not a database ({words}); move it away and ingest the pages again "
                "(the captures folder beside it still holds every page as fetched)"
            ) from error
        if "full" in words:
            raise StoreError(f"{path}: the disk is full; free some space and run the same command again (what was kept stays)") from error
        if "unable to open" in words or "readonly" in words:
            raise StoreError(f"{path} cannot be opened for writing ({words}); check the folder and its permissions") from error
        raise StoreError(f"{path}: the database says: {words}") from error
