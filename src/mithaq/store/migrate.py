"""Bring a workspace's database up to date: the migrations are SQL files, run in order, all in one transaction."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from mithaq.errors import StoreError

APPLICATION = 0x6D746871  # "mthq": tells our files from other programs' SQLite files


def read_migrations() -> list[tuple[int, str]]:
    """Return the (number, SQL) of every migration file that ships with mithaq, in order."""
    return _read(files("mithaq.store") / "migrations")


def read_own_migrations() -> list[tuple[int, str]]:
    """Return the (number, SQL) of what PostgreSQL has in its own words, in order: the first beside, the others in place of the shared."""
    return _read(files("mithaq.store") / "migrations" / "postgresql")


def _read(folder: Traversable) -> list[tuple[int, str]]:
    found = []
    for file in folder.iterdir():
        number = re.match(r"(\d{4})_\w+\.sql$", file.name)
        if number:
            found.append((int(number.group(1)), file.read_text("utf-8")))
    return sorted(found)


def migrate(connection: sqlite3.Connection, path: Path, migrations: list[tuple[int, str]]) -> None:
    """Run the migrations that the database has not seen, all in one transaction; raises StoreError for one from a newer mithaq."""
    newest = migrations[-1][0]
    if _version(connection) == newest:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = _version(connection)  # again: another program may have brought it up to date while we waited
        if version > newest:
            raise StoreError(
                f"{path} is a database of version {version}; this mithaq knows versions up to {newest}: "
                "install a newer mithaq (pip install --upgrade mithaq), or use another workspace"
            )
        for number, sql in migrations:
            if number > version:
                for statement in split_sql(sql):
                    connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {newest}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def split_sql(sql: str) -> Iterator[str]:
    """Yield the statements of an SQL script; the semicolons inside a trigger do not end it."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if re.sub(r"--.*", "", statement).strip():
        raise StoreError(f"a migration ends in the middle of a statement: {statement.strip()[:60]!r}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def refuse_strangers(connection: sqlite3.Connection, path: Path) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise StoreError(f"{path} is the database of another program, not a mithaq workspace; name another folder")
