"""How values travel to a server of PostgreSQL and back, so that they come out as they do from SQLite."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader

from mithaq.store.postgres import Row


class _Flag(Dumper):
    """True and false are kept as 1 and 0."""

    def dump(self, obj: Any) -> Buffer:
        return b"1" if obj else b"0"

    def quote(self, obj: Any) -> Buffer:
        return self.dump(obj)


class _Sum(Loader):
    """A sum of whole numbers is a whole number."""

    def load(self, data: Buffer) -> Any:
        text = bytes(data).decode()
        return int(text) if text.lstrip("-").isdigit() else float(text)


class Answer(psycopg.ClientCursor[Row]):
    """An answer of the server; a statement that gives no rows gives none, rather than an error."""

    def fetchone(self) -> Row | None:
        return super().fetchone() if self.description else None

    def fetchall(self) -> list[Row]:
        return super().fetchall() if self.description else []


def register(connection: psycopg.Connection[Any]) -> None:
    """Have a connection read and write values so."""
    connection.adapters.register_dumper(bool, _Flag)
    connection.adapters.register_loader("numeric", _Sum)


def make_row(cursor: psycopg.Cursor[Any]) -> Callable[[Sequence[Any]], Row]:
    """Return what makes rows of an answer."""
    described = cursor.description
    return _form(tuple(column.name for column in described)) if described else Row


@lru_cache(maxsize=500)
def _form(names: tuple[str, ...]) -> type[Row]:
    """Return the form of rows with these columns."""
    return type("Row", (Row,), {"names": {name: number for number, name in enumerate(names)}})
