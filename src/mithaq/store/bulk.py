"""All rows of tables, as they stand at one moment, a stretch at a time: for files that hold a whole workspace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mithaq.store.connected import Connected, plainly
from mithaq.store.store import Cell

_AT_A_TIME = 10_000


class Bulk(Connected):
    """The part of the store that gives everything."""

    def stream(self, wanted: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
        """Yield (table, rows) of the columns *wanted* of each table, in a fixed order; nothing written meanwhile shows."""
        with plainly(self.path):
            self._connection.begin_reading()
            try:
                for table, columns in wanted.items():
                    names = ", ".join(f'"{name}"' for name in columns)
                    order = ", ".join(f"{at} NULLS FIRST" for at, _ in enumerate(columns[:4], start=1))
                    # Pages that this connection does not show take their rows with them.
                    shown = "WHERE source IN (SELECT id FROM documents)" if "source" in columns else ""
                    for rows in self._connection.stream(f"SELECT {names} FROM {table} {shown} ORDER BY {order}", _AT_A_TIME):
                        yield table, [tuple(row) for row in rows]
            finally:
                self._connection.roll_back()
