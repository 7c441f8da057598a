"""Look after a workspace's database: what is out of date, what does not fit together, how much there is of everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from mithaq.store.connected import Connected, plainly
from mithaq.store.store import Capture, MadeBy

_CAPTURE = "c.hash, c.file, c.added, c.path, c.sidecar"
_LAYERS = ("events", "statements", "indicators", "pairs", "people", "bodies", "programmes")
_KINDS = {"events": "type", "statements": "kind", "indicators": "unit", "bodies": "kind"}
_MOST = 100  # complaints of the database itself


class Held(msgspec.Struct, frozen=True):
    """A document and the capture out of which it was read."""

    document: str
    capture: Capture


class Counts(msgspec.Struct, frozen=True):
    """How many there are of something: ``group`` ("pages by language", "statements"), ``name`` within it, ``n``."""

    group: str
    name: str
    n: int


class Upkeep(Connected):
    """The part of the store that looks after itself."""

    def captures_of_documents(self, unless: MadeBy | None = None) -> list[Held]:
        """Return every document with the capture that gave it; with *unless* only those whose layers are of other versions.

        Of several captures of one text the one counts at whose path the document is shown, and which tells most of the page.
        """
        rows = self._all(
            f"SELECT l.source, {_CAPTURE} FROM layers l JOIN documents d ON d.id = l.source JOIN captures c ON c.source = l.source "
            "WHERE ?1 IS NULL OR l.code <> ?1 OR l.knowledge <> ?2 "
            "ORDER BY d.n, c.path IS NOT d.path, length(c.sidecar) DESC, c.added, c.hash",
            (unless.code, unless.knowledge) if unless else (None, None),
        )
        first: dict[str, Held] = {}
        for source, *capture in rows:
            if source not in first:
                first[source] = Held(source, Capture(**dict(zip(Capture.__struct_fields__, capture, strict=True))))
        return list(first.values())

    def all_captures(self) -> Iterator[tuple[str, str]]:
        """Yield (path, file) of every capture, and of every page in quarantine whose bytes are kept."""
        aside = "SELECT path, file FROM quarantine WHERE file IS NOT NULL"
        found = self._all(f"SELECT path, file FROM captures UNION {aside} ORDER BY 2, 1 NULLS FIRST")
        yield from ((str(row[0]), str(row[1])) for row in found)

    def captures_to_move(self) -> list[str]:
        """Return the files of captures that still have the form of an older version."""
        return [str(row[0]) for row in self._all("SELECT file FROM capture_moves ORDER BY file")]

    def captures_moved(self, files: Sequence[tuple[str, str]]) -> None:
        """Keep where captures lie now, by where they lay before; both names are the same for one that could not be moved."""
        with self._transaction() as run:
            for old, new in files:
                run("UPDATE captures SET file = ? WHERE file = ?", (new, old))
                run("UPDATE quarantine SET file = ? WHERE file = ?", (new, old))
                run("DELETE FROM capture_moves WHERE file = ?", (old,))

    def check(self) -> list[str]:
        """Return what does not fit together inside the database, in words; nothing when all is well."""
        with plainly(self.path):
            wrong = self._connection.faults(_MOST)
        (without,) = self._all("SELECT count(*) FROM documents WHERE id NOT IN (SELECT source FROM layers)")[0]
        if without:
            wrong.append(f"{without} documents have no layers")
        (unfound,) = self._all("SELECT count(*) FROM documents WHERE n NOT IN (SELECT rowid FROM search)")[0]
        if unfound:
            wrong.append(f"{unfound} documents cannot be searched")
        return wrong

    def schema_version(self) -> int:
        """Return the version of the database's tables: the number of the last migration that ran."""
        with plainly(self.path):
            return self._connection.version()

    def statistics(self) -> list[Counts]:
        """Return how much there is of everything: pages by language, outlet, month; facts by layer, kind, language, outlet; the rest."""
        lang, outlet = "coalesce(d.lang, 'other')", "coalesce(d.outlet, 'not stated')"
        found = [
            *self._pages(),
            *self._grouped("pages by language", "documents d", lang),
            *self._grouped("pages by outlet", "documents d", outlet),
            *self._grouped("pages by month", "documents d", "coalesce(substr(d.published, 1, 7), 'not stated')", order="1"),
            *(Counts("facts", layer, self._count(layer)) for layer in _LAYERS),
        ]
        for layer in _LAYERS:
            found += self._grouped(f"{layer} by language", f"{layer} f JOIN documents d ON d.id = f.source", lang)
        every = " UNION ALL ".join(f"SELECT source FROM {layer}" for layer in _LAYERS)
        found += self._grouped("facts by outlet", f"({every}) f JOIN documents d ON d.id = f.source", outlet)
        for layer, column in _KINDS.items():
            found += self._grouped(f"{layer} by {column}", layer, column)
        queues = {"set aside": "quarantine", "held back by the gate": "gated"}
        found += [Counts("waiting", name, self._count(table)) for name, table in queues.items()]
        found += self._grouped("judgements", "judgements", "verb")
        found += self._grouped("judgements by person", "judgements", "by")
        return found

    def _pages(self) -> list[Counts]:
        clauses = {
            "all": "TRUE", "on digital cooperation": "relevant = 1", "copies of another page": "copy_of IS NOT NULL",
            "superseded by a later version": "current = 0", "withdrawn": "withdrawn IS NOT NULL",
        }  # fmt: skip
        return [Counts("pages", name, self._count("documents", clause)) for name, clause in clauses.items()]

    def _count(self, table: str, clause: str = "TRUE") -> int:
        return int(self._all(f"SELECT count(*) FROM {table} WHERE {clause}")[0][0])

    def _grouped(self, group: str, table: str, expression: str, order: str = "2 DESC, 1") -> list[Counts]:
        rows = self._all(f"SELECT {expression}, count(*) FROM {table} GROUP BY 1 ORDER BY {order}")
        return [Counts(group, str(row[0]), int(row[1])) for row in rows]
