"""The file in which a served site keeps its accounts, sessions, comments and the log of changes; only its owner can read it."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mithaq.errors import StoreError

Run = Callable[..., sqlite3.Cursor]
VISITORS = "visitors.sqlite"
_VERSION = 1
_BUSY = 20.0  # seconds to wait for another program
_TABLES = """
CREATE TABLE accounts (
    name TEXT PRIMARY KEY COLLATE NOCASE, role TEXT NOT NULL, password TEXT NOT NULL,       -- argon2id
    made TEXT NOT NULL, by TEXT NOT NULL
);
CREATE TABLE tokens (
    id TEXT PRIMARY KEY, account TEXT NOT NULL COLLATE NOCASE REFERENCES accounts (name) ON DELETE CASCADE,
    hash TEXT NOT NULL UNIQUE, label TEXT NOT NULL, made TEXT NOT NULL                      -- SHA-256 of the token
);
CREATE TABLE sessions (
    hash TEXT PRIMARY KEY, account TEXT NOT NULL COLLATE NOCASE REFERENCES accounts (name) ON DELETE CASCADE,
    made REAL NOT NULL, seen REAL NOT NULL                                                  -- seconds since 1970
);
CREATE TABLE log (
    n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL
);
CREATE TRIGGER log_stays BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER log_remains BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is never shortened'); END;
CREATE TABLE comments (
    n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, author TEXT NOT NULL, account TEXT NOT NULL,
    sort TEXT NOT NULL CHECK (sort IN ('comment', 'correction')),
    place TEXT NOT NULL, record TEXT NOT NULL, words TEXT NOT NULL, lang TEXT NOT NULL
);
CREATE INDEX comments_place ON comments (place);
-- What became of a comment, the last row counts; reason and moderator stay.
CREATE TABLE comment_states (
    n INTEGER PRIMARY KEY AUTOINCREMENT, comment INTEGER NOT NULL REFERENCES comments (n),
    state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'reported', 'settled')),
    by TEXT NOT NULL, at TEXT NOT NULL, reason TEXT NOT NULL
);
CREATE INDEX comment_states_comment ON comment_states (comment);
"""


class VisitorsFile:
    """The open file; one connection that all threads share in turn."""

    def __init__(self, root: Path) -> None:
        self.path = root / VISITORS
        self._lock = threading.RLock()
        with self._plainly():
            if not self.path.exists():
                # Before anything is in it: passwords and sessions are for nobody else's eyes.
                self.path.touch(mode=0o600)
            self._connection = sqlite3.connect(self.path, timeout=_BUSY, isolation_level=None, check_same_thread=False)
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA foreign_keys = ON")
            self._connection.execute("PRAGMA secure_delete = ON")
            self._prepare()

    def _prepare(self) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise StoreError(f"{self.path} comes from a newer mithaq: install that one (pip install --upgrade mithaq)")
        if version == 0:
            with self.change() as run:
                if run("PRAGMA user_version").fetchone()[0] == 0:
                    for statement in _split(_TABLES):
                        run(statement)
                    run(f"PRAGMA user_version = {_VERSION}")

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError(f"{self.path} cannot be read or written ({error}); check its permissions and the disk") from error
        except OSError as error:
            raise StoreError(f"{self.path} cannot be made ({error.strerror or error}); check the folder and its permissions") from error

    def rows(self, sql: str, values: Any = ()) -> list[sqlite3.Row]:
        """Return the rows of a question."""
        with self._lock, self._plainly():
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def change(self) -> Iterator[Run]:
        """Give what runs statements, all of them in one transaction."""
        with self._lock, self._plainly():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection.execute
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()


def now() -> str:
    """Return the time in ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _split(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
