"""What a store holds that is no evidence and may go by age; the copy of a database in use; is a database file sound."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Protocol

from mithaq.errors import QuestionError, StoreError
from mithaq.store.connected import Connected, plainly
from mithaq.store.migrate import APPLICATION, read_migrations

# Table and condition of each kind, by age.
_KINDS = {
    "gated": ("gated", "at < ?"),
    "quarantine": ("quarantine", "at < ?"),
    "told": ("alert_news", "sent IS NOT NULL AND sent < ?"),
    "requests": ("requests", "at < ?"),
}
_IN_SECONDS = frozenset({"requests"})  # kinds whose times are seconds since 1970


class AgingStore(Protocol):
    """What a store must do to be looked after."""

    def count_aged(self, kind: str, before: str) -> int:
        """Return how much of a kind ("gated", "quarantine", "told", "requests") is older than a time (ISO 8601, UTC)."""

    def delete_aged(self, kind: str, before: str) -> tuple[int, list[str]]:
        """Delete what :meth:`count_aged` counts; return how much that was, and the files that nothing names any more."""

    def newest(self) -> str | None:
        """Return when the newest page came (ISO 8601, UTC), None when there is none."""

    def copy_to(self, target: Path) -> None:
        """Write the database as it is at one moment into a new file; others may write meanwhile."""


class Aging(Connected):
    """The part of the store that lets go and is copied."""

    def count_aged(self, kind: str, before: str) -> int:
        table, condition = _kind(kind)
        return int(self._all(f"SELECT count(*) FROM {table} WHERE {condition}", (_moment(kind, before),))[0][0])

    def delete_aged(self, kind: str, before: str) -> tuple[int, list[str]]:
        table, condition = _kind(kind)
        with self._transaction() as run:
            files = set[str]()
            if kind == "quarantine":
                files = {row[0] for row in run(f"SELECT file FROM quarantine WHERE {condition} AND file IS NOT NULL", (before,))}
            deleted = int(run(f"DELETE FROM {table} WHERE {condition}", (_moment(kind, before),)).rowcount)
            named = {row[0] for row in run("SELECT file FROM captures UNION SELECT file FROM quarantine WHERE file IS NOT NULL")}
        return deleted, sorted(files - named)

    def newest(self) -> str | None:
        found = self._all("SELECT max(added) FROM captures")[0][0]
        return str(found) if found else None

    def copy_to(self, target: Path) -> None:
        with plainly(target):
            self._connection.copy_to(target)


def _kind(kind: str) -> tuple[str, str]:
    if kind not in _KINDS:
        raise QuestionError(f"nothing of the kind {kind!r} goes by age; there are {', '.join(_KINDS)}")
    return _KINDS[kind]


def _moment(kind: str, before: str) -> str | float:
    """Return a time (ISO 8601) as the table of a kind writes it."""
    return datetime.fromisoformat(before).timestamp() if kind in _IN_SECONDS else before


def check_file(path: Path) -> int:
    """Return the version of a database file that is sound and ours; raises StoreError when it is not. Nothing is changed."""
    newest = read_migrations()[-1][0]
    with plainly(path):
        connection = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
            wrong = [row[0] for row in connection.execute("PRAGMA integrity_check(3)") if row[0] != "ok"]
        finally:
            connection.close()
    if not ours or wrong:
        told = wrong[0] if wrong else "it is of another program"
        raise StoreError(f"{path.name} is damaged or no database of mithaq ({told}); use another backup")
    if version > newest:
        raise StoreError(f"{path.name} is of version {version}, and this mithaq knows versions up to {newest}: install a newer mithaq")
    return version
