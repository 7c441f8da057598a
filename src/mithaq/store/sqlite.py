"""The store in one SQLite file: write-ahead log, one transaction a page, migrations as SQL files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from mithaq.errors import QuestionError, StoreError
from mithaq.model import Document
from mithaq.model.vocabulary import Language
from mithaq.store.address import address_key
from mithaq.store.aging import Aging
from mithaq.store.alerts import Alerts
from mithaq.store.archives import Archives
from mithaq.store.browse import Browsing, Narrow
from mithaq.store.browse_world import BrowsingWorld
from mithaq.store.bulk import Bulk
from mithaq.store.connected import plainly
from mithaq.store.erasing import Erasing
from mithaq.store.gated import GatedPages
from mithaq.store.happenings import Happenings
from mithaq.store.judged import apply_judgements
from mithaq.store.migrate import migrate, read_migrations, refuse_strangers
from mithaq.store.outward import hide_private
from mithaq.store.references import References
from mithaq.store.rows import COLUMNS, unpack_article, unpack_document
from mithaq.store.saved import SavedSearches
from mithaq.store.schedule import Schedule
from mithaq.store.search import Hit, Term, cut_snippet, read_query, write_match
from mithaq.store.store import Cell, Filter, Quarantined
from mithaq.store.upkeep import Upkeep

BUSY = 30.0  # seconds to wait for another program that is writing
CACHE = 16_000  # kB of the file kept at hand: pages touch some thirty tables and indexes each
_TABLES = ("documents", "captures", *COLUMNS, "quarantine", "gated", "judgements")
_SHOWN = ("lang", "title", "outlet", "published", "path", "url", "rights")  # of a page that is found
_COLUMNS_SHOWN = ", ".join(f"d.{name}" for name in (*_SHOWN, "invented", "private"))
_ONE_HIT = f"SELECT {_COLUMNS_SHOWN}, l.document FROM layers l JOIN documents d ON d.id = l.source WHERE l.source = ?"


def open_store(path: Path, *, create: bool = True, read_only: bool = False, outward: bool = False) -> SqliteStore:
    """Open the database file, made or brought up to date where needed; with *read_only* it then refuses every change.

    *outward* shows it as others may see it, without private pages and all that rests on them; it is then read only, too.

    Raises StoreError when there is none and *create* is false, when it is locked, damaged, another program's, or from a newer mithaq.
    """
    if not create and not path.is_file():
        raise StoreError(f"there is no database at {path}; fill a workspace with 'mithaq ingest' first, or name another one")
    with plainly(path):
        connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
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
            if read_only or outward:
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return SqliteStore(connection, path)


class SqliteStore(
    Aging, Alerts, Archives, Bulk, GatedPages, Erasing, Happenings, Upkeep, Browsing, BrowsingWorld, SavedSearches, References
):
    """A :class:`~mithaq.store.store.Store` in one SQLite file; see there for what each method does."""

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def schedule(self) -> Schedule:
        return Schedule(self._connection, self.path)

    def withdraw(self, url: str, at: str) -> int:
        with self._transaction() as run:
            found = run(
                "UPDATE documents SET withdrawn = coalesce(withdrawn, :at) WHERE NOT notice AND (address = :address OR address IN "
                "(SELECT d.address FROM captures c JOIN documents d ON d.id = c.source WHERE :url IN (c.path, c.url)))",
                {"at": at, "address": address_key(url), "url": url},
            )
        return int(found.rowcount)

    def release(self, capture_hash: str, path: str) -> None:
        with self._transaction() as run:
            run("DELETE FROM quarantine WHERE hash = ? AND path = ?", (capture_hash, path))

    def has(self, document_id: str) -> bool:
        return self._one("SELECT 1 FROM documents WHERE id = ?", (document_id,)) is not None

    def has_capture(self, capture_hash: str, sidecar: str = "") -> bool:
        return self._one("SELECT 1 FROM captures WHERE hash = ? AND sidecar = ?", (capture_hash, sidecar)) is not None

    def fetched_last(self, url: str) -> str | None:
        row = self._one(
            "SELECT c.hash FROM captures c JOIN documents d ON d.id = c.source WHERE d.address = ? AND (d.notice OR d.withdrawn IS NULL) "
            "ORDER BY coalesce(c.retrieved, c.added) DESC LIMIT 1",
            (address_key(url),),
        )
        return row[0] if row else None

    def knows_address(self, url: str) -> bool:
        return self._one("SELECT 1 FROM documents WHERE address = ? LIMIT 1", (address_key(url),)) is not None

    def documents(self, wanted: Filter = Filter()) -> Iterator[Document]:  # noqa: B008  (frozen)
        where, values = _conditions(wanted)
        with plainly(self.path):
            ids = self._connection.execute(
                f"SELECT d.id FROM documents d WHERE {where} ORDER BY d.published IS NULL, d.published, d.id", values
            ).fetchall()
        for (document_id,) in ids:
            yield self._load(document_id)

    def reading(self, document_id: str) -> Document:
        row = self._one(
            "SELECT l.document, d.withdrawn, d.copy_of, d.private FROM layers l JOIN documents d ON d.id = l.source WHERE l.source = ?",
            (document_id,),
        )
        if row is None:
            raise StoreError(f"{self.path}: document {document_id[:12]} has no layers; ingest its page again")
        document = unpack_document(row[0], document_id)
        return replace(document, withdrawn=document.withdrawn or row[1] is not None, copy_of=row[2], private=bool(row[3]))

    def _load(self, document_id: str) -> Document:
        document = self.reading(document_id)
        return apply_judgements(document, self.decisions_for(document))

    def document(self, key: str) -> Document:
        clauses = ("id = ?1", "path = ?1 AND current", "path = ?1", "url = ?1 AND current")
        for clause in (*clauses, "length(?1) >= 4 AND substr(id, 1, length(?1)) = lower(?1)"):
            found = self._all(f"SELECT id FROM documents WHERE {clause} ORDER BY id LIMIT 3", (key,))
            if len(found) == 1:
                return self._load(found[0][0])
            if found:
                choices = ", ".join(row[0][:12] for row in found)
                raise QuestionError(f"{key!r} means several documents ({choices}); write more of the id")
        raise QuestionError(f"there is no document {key!r}; 'mithaq list documents' shows ids (four characters are enough) and paths")

    def search(self, query: str, *, limit: int = 20, lang: Language | None = None) -> list[Hit]:
        terms = read_query(query)
        found = self._all(
            "SELECT d.id, bm25(search, 4.0, 1.0) AS rank FROM search JOIN documents d ON d.n = search.rowid "
            "WHERE search MATCH ?1 AND d.current AND (?2 IS NULL OR d.lang = ?2) ORDER BY rank, d.published DESC, d.id LIMIT ?3",
            (write_match(terms), lang, max(0, limit)),
        )
        return self._hits(((row[0], row[1]) for row in found), terms)

    def search_in(self, query: str, narrow: Narrow, *, limit: int = 20, offset: int = 0) -> list[Hit]:
        terms = read_query(query)
        return self._hits(self.find_ids(terms, narrow, limit=limit, offset=offset), terms)

    def _hits(self, found: Iterable[tuple[str, float]], terms: Sequence[Term]) -> list[Hit]:
        """Return hits with their snippets: of each page its article alone is read, whatever people judged of its facts."""
        hits = []
        for document_id, rank in found:
            row = self._one(_ONE_HIT, (document_id,))
            if row is None:
                raise StoreError(f"{self.path}: document {document_id[:12]} has no layers; ingest its page again")
            *told, invented, private, packed = row
            cut = cut_snippet(unpack_article(packed, document_id), terms)
            if cut:
                known = dict(zip(_SHOWN, told, strict=True))
                marked: dict[str, Any] = {"invented": bool(invented), "private": bool(private)}
                hits.append(Hit(id=document_id, score=-rank, snippet=cut[0], marks=cut[1], **marked, **known))
        return hits

    def rows(self, table: str, filters: Mapping[str, Cell] | None = None) -> list[dict[str, Cell]]:
        if table not in _TABLES:
            raise QuestionError(f"there is no table {table!r}; there are {', '.join(_TABLES)}")
        columns = [row[1] for row in self._all(f"PRAGMA table_info({table})", ())]
        unknown = [name for name in filters or {} if name not in columns]
        if unknown:
            raise QuestionError(f"table {table!r} has no column {unknown[0]!r}; it has {', '.join(columns)}")
        where = " AND ".join(f'"{name}" IS ?' for name in filters or {}) or "1"
        order = ", ".join(name for name in ("source", "event", "item", "n") if name in columns) or "1"
        found = self._all(f"SELECT * FROM {table} WHERE {where} ORDER BY {order}", tuple((filters or {}).values()))
        return [dict(row) for row in found]

    def quarantine(self, page: Quarantined) -> None:
        with self._transaction() as run:
            run(
                "INSERT OR REPLACE INTO quarantine (hash, path, reason, file, at, sidecar) VALUES (?, ?, ?, ?, ?, ?)",
                (page.hash, page.path, page.reason, page.file or None, page.at or _now(), page.sidecar),
            )

    def counts(self) -> dict[str, int]:
        # As others may see it, not even the number of what private pages say is told (the tables of facts themselves hide nothing).
        outward = self._one("SELECT 1 FROM temp.sqlite_master WHERE name = 'documents'", ()) is not None
        of_open = dict.fromkeys(COLUMNS, "WHERE source IN (SELECT id FROM documents)") if outward else {}
        counts = {table: int(self._all(f"SELECT count(*) FROM {table} {of_open.get(table, '')}", ())[0][0]) for table in _TABLES}
        for name, clause in (("relevant", "relevant"), ("superseded", "NOT current"), ("withdrawn", "withdrawn IS NOT NULL")):
            counts[name] = int(self._all(f"SELECT count(*) FROM documents WHERE {clause}", ())[0][0])
        return counts


def _conditions(wanted: Filter) -> tuple[str, dict[str, Cell]]:
    """Return the WHERE clause of a filter; a date known only to the month or year is compared by the days that it may mean."""
    clauses, values = ["1" if wanted.every_version else "d.current"], dict[str, Cell]()
    if wanted.pair:
        values["a"], values["b"] = sorted(wanted.pair)
        clauses.append("EXISTS (SELECT 1 FROM pairs p WHERE p.source = d.id AND p.a = :a AND p.b = :b)")
    if wanted.country:
        values["country"] = wanted.country
        clauses.append("EXISTS (SELECT 1 FROM sides s WHERE s.source = d.id AND s.code = :country)")
    if wanted.lang:
        values["lang"] = wanted.lang
        clauses.append("d.lang = :lang")
    if wanted.since:
        values["since"] = wanted.since
        clauses.append("d.published || substr('-99-99', 1 + max(0, length(d.published) - 4)) >= :since")
    if wanted.until:
        values["until"] = wanted.until + "-99-99"[max(0, len(wanted.until) - 4) :]
        clauses.append("d.published <= :until")
    if wanted.relevant:
        clauses.append("d.relevant")
    return " AND ".join(clauses), values


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
