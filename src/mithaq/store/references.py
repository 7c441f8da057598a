"""Reference tables that users bring: kept with who added them and when; what was removed leaves a line."""

from __future__ import annotations

from collections.abc import Sequence

from mithaq.errors import QuestionError
from mithaq.model.reference import ReferenceTable, ReferenceValue
from mithaq.store.connected import Connected


class References(Connected):
    """The part of the store that keeps reference tables."""

    def reference_tables(self) -> list[ReferenceTable]:
        """Return all tables in the order in which they were added, those that were removed too."""
        rows = self._all('SELECT name, file, "by", at, count, removed_by, removed_at FROM reference_tables ORDER BY n')
        return [
            ReferenceTable(name=row[0], file=row[1], by=row[2], at=row[3], values=row[4], removed_by=row[5], removed_at=row[6])
            for row in rows
        ]

    def reference_values(self) -> list[ReferenceValue]:
        """Return the values of all tables that stand, by table and line."""
        rows = self._all(
            "SELECT t.name, v.line, v.names, v.edition, v.year, v.country, v.value, v.unit, v.source FROM reference_values v "
            "JOIN reference_tables t ON t.n = v.table_n WHERE t.removed_at IS NULL ORDER BY t.n, v.line"
        )
        return [
            ReferenceValue(
                table=row[0], line=row[1], names=tuple(row[2].split("\n")), edition=row[3], year=row[4], country=row[5], value=row[6],
                unit=row[7], source=row[8],
            )
            for row in rows
        ]  # fmt: skip

    def add_reference(self, table: ReferenceTable, values: Sequence[ReferenceValue]) -> None:
        """Keep a table; raises QuestionError when one of its name is there."""
        with self._transaction() as run:
            if run("SELECT 1 FROM reference_tables WHERE name = ? AND removed_at IS NULL", (table.name,)).fetchone():
                raise QuestionError(
                    f"a reference table {table.name!r} is there already; remove it first (mithaq reference remove {table.name}), "
                    "or give the new one another name with --name"
                )
            number = run(
                'INSERT INTO reference_tables (name, file, "by", at, count) VALUES (?, ?, ?, ?, ?) RETURNING n',
                (table.name, table.file, table.by, table.at, len(values)),
            ).fetchone()[0]
            for v in values:
                row = (number, v.line, "\n".join(v.names), v.edition, v.year, v.country, v.value, v.unit, v.source)
                run("INSERT INTO reference_values VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def remove_reference(self, name: str, by: str, at: str) -> int:
        """Take a table out of use; return how many values it had. Raises QuestionError when none of that name stands."""
        with self._transaction() as run:
            row = run("SELECT n, count FROM reference_tables WHERE name = ? AND removed_at IS NULL", (name,)).fetchone()
            if row is None:
                known = ", ".join(one[0] for one in run("SELECT name FROM reference_tables WHERE removed_at IS NULL ORDER BY n"))
                raise QuestionError(f"there is no reference table {name!r}; {f'there are {known}' if known else 'none has been added'}")
            run("DELETE FROM reference_values WHERE table_n = ?", (row[0],))
            run("UPDATE reference_tables SET removed_by = ?, removed_at = ? WHERE n = ?", (by, at, row[0]))
        return int(row[1])
