"""The store in one SQLite file: write-ahead log, one writer at a time, the file's own errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mithaq.errors import StoreError
from mithaq.store.address import address_key
from mithaq.store.connected import plainly
from mithaq.store.migrate import migrate, read_migrations, refuse_strangers
from mithaq.store.outward import hide_private
from mithaq.store.search import Term, write_match
from mithaq.store.sql import SqlStore

BUSY = 30.0  # seconds to wait for another program that is writing
CACHE = 16_000  # kB of the file kept at hand: pages touch some thirty tables and indexes each


class SqliteStore(SqlStore):
    """A :class:`~mithaq.store.store.Store` in one SQLite file; see there for what each method does."""


class SqliteConnection(sqlite3.Connection):
    """An open SQLite file; see :class:`~mithaq.store.connected.Connection` for what each method does."""

    outward = False
    matches = "search MATCH :match"

    def begin(self) -> None:
        self.execute("BEGIN IMMEDIATE")

    def begin_reading(self) -> None:
        self.execute("BEGIN")

    def commit_work(self) -> None:
        self.execute("COMMIT")

    def roll_back(self) -> None:
        """Undo the open transaction; after a full disk SQLite has done so itself."""
        if self.in_transaction:
            self.execute("ROLLBACK")

    def found(self, terms: Sequence[Term], values: dict[str, Any], *, ranked: bool = False) -> tuple[str, str]:
        values["match"] = write_match(terms)
        return "search", "bm25(search, 4.0, 1.0)"

    def stream(self, sql: str, size: int) -> Iterator[list[Any]]:
        found = self.execute(sql)
        while rows := found.fetchmany(size):
            yield rows

    def tables(self) -> list[str]:
        every = self.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
        return [row[0] for row in every if not row[0].startswith("search_")]

    def hold(self, name: str) -> bool:
        """Whoever opens a file is on this machine, where the lock in the folder of the workspace is enough."""
        return True

    def let_go(self, name: str) -> None:
        """Nothing was held."""

    def filled(self) -> None:
        """SQLite goes on from the largest number by itself."""

    def columns(self, table: str) -> list[str]:
        return [row[1] for row in self.execute(f"PRAGMA table_info({table})")]

    def state(self) -> int:
        return int(self.execute("PRAGMA data_version").fetchone()[0])

    def version(self) -> int:
        return int(self.execute("PRAGMA user_version").fetchone()[0])

    def faults(self, most: int) -> list[str]:
        wrong = [f"the file is damaged: {row[0]}" for row in self.execute(f"PRAGMA integrity_check({most})") if row[0] != "ok"]
        lost = self.execute("PRAGMA foreign_key_check").fetchall()[:most]
        return wrong + [f"a row of {row[0]} belongs to {row[2]} that are not there" for row in lost]

    def overwrite_deleted(self) -> None:
        self.execute("PRAGMA secure_delete = ON").fetchall()

    def scrub(self) -> None:
        # The index keeps words until it is put in order.
        self.execute("INSERT INTO search (search) VALUES ('optimize')")
        self.execute("VACUUM")
        self.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    @contextmanager
    def without(self, guard: str) -> Iterator[None]:
        made = self.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", (guard,)).fetchone()
        if made is None:
            raise StoreError("the guard of people's decisions is missing in the database; restore the workspace from a backup")
        self.execute(f"DROP TRIGGER {guard}")
        yield
        self.execute(made[0])

    def copy_to(self, target: Path) -> None:
        copy = sqlite3.connect(target)
        try:
            self.backup(copy, pages=2000, sleep=0.01)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()


def open_sqlite(path: Path, *, create: bool = True, read_only: bool = False, outward: bool = False) -> SqliteStore:
    """Open the database file, made or brought up to date where needed; see :func:`mithaq.store.open_store`."""
    if not create and not path.is_file():
        raise StoreError(f"there is no database at {path}; fill a workspace with 'mithaq ingest' first, or name another one")
    with plainly(path):
        connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None, factory=SqliteConnection)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.create_function("address_key", 1, address_key, deterministic=True)
            refuse_strangers(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{CACHE}")
            migrate(connection, path, read_migrations())
            if outward:
                hide_private(connection)
                connection.outward = True
            if read_only or outward:
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return SqliteStore(connection, path)
