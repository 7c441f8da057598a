"""What every part of the store shares, whatever database lies under it: questions, transactions whole or not at all, plain errors."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mithaq.errors import StoreError

if TYPE_CHECKING:
    from mithaq.store.place import Place
    from mithaq.store.search import Term

Run = Callable[..., "Cursor"]
Row = Any  # asked by name and by number, turned into a tuple or a dict; its cells are what the statement asked for


class UnfitError(StoreError):
    """A value that the database cannot keep."""


class Cursor(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int:
        """How many rows it wrote."""

    def fetchone(self) -> Any:
        """Return the next row, None when there is none."""

    def fetchmany(self, size: int, /) -> list[Row]:
        """Return the next rows."""

    def fetchall(self) -> list[Row]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows that are left."""


class Connection(Protocol):
    """An open database. Statements are written as SQLite reads them; what databases do each in their own way has a method here."""

    outward: bool  # private pages are hidden
    matches: str  # the clause that goes with the table of :meth:`found`

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = (), /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Cursor:
        """Run one statement for many rows."""

    def close(self) -> None:
        """Close the connection."""

    def begin(self) -> None:
        """Begin a transaction that writes: there is one at a time, the others wait."""

    def begin_reading(self) -> None:
        """Begin a transaction that sees one moment of the database."""

    def commit_work(self) -> None:
        """Keep what the transaction wrote."""

    def roll_back(self) -> None:
        """Undo the open transaction, if there is one."""

    def found(self, terms: Sequence[Term], values: dict[str, Any], *, ranked: bool = False) -> tuple[str, str]:
        """Return the table ``search`` of the pages on which words stand, and how they are *ranked*; adds its *values*."""

    def stream(self, sql: str, size: int) -> Iterator[list[Row]]:
        """Yield the rows of a question, *size* at a time, inside a transaction; they are not all at hand at once."""

    def tables(self) -> list[str]:
        """Return the names of the tables that hold what was kept, sorted."""

    def hold(self, name: str) -> bool:
        """Take a lock that whoever opens this database sees; say whether it was free. It goes with the connection."""

    def let_go(self, name: str) -> None:
        """Give the lock back."""

    def filled(self) -> None:
        """Note that rows were written with their numbers: the next ones follow them."""

    def columns(self, table: str) -> list[str]:
        """Return the names of a table's columns."""

    def state(self) -> int:
        """Return a number that changes whenever another connection has changed the database."""

    def version(self) -> int:
        """Return the number of the last migration that ran."""

    def faults(self, most: int) -> list[str]:
        """Return what is damaged, and rows that belong to rows that are not there, in words."""

    def overwrite_deleted(self) -> None:
        """Have what is deleted from now on taken out of the files, as far as the database can."""

    def scrub(self) -> None:
        """Take out of the files what was deleted before."""

    def without(self, guard: str) -> AbstractContextManager[None]:
        """Let the open transaction do what the trigger *guard* forbids."""

    def copy_to(self, target: Path) -> None:
        """Write the database as it is at one moment into a new SQLite file."""


class Connected:
    """An open database; ``path`` is where it lies, as people are told of it."""

    def __init__(self, connection: Connection, path: Place) -> None:
        self._connection = connection
        self.path = path

    def close(self) -> None:
        self._connection.close()

    def _all(self, sql: str, values: Any = ()) -> list[Row]:
        with plainly(self.path):
            return self._connection.execute(sql, values).fetchall()

    def _one(self, sql: str, values: Any = ()) -> Row | None:
        found = self._all(sql, values)
        return found[0] if found else None

    @contextmanager
    def _transaction(self) -> Iterator[Run]:
        """All or nothing: what runs inside is kept as a whole, or, after any error, not at all."""
        with plainly(self.path):
            self._connection.begin()
            try:
                yield self._connection.execute
                self._connection.commit_work()
            except BaseException:
                self._connection.roll_back()
                raise


@contextmanager
def plainly(path: object) -> Iterator[None]:
    """Turn SQLite's own errors into StoreError that says what is wrong and what to do next; those of a server come as such already."""
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
