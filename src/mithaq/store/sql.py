"""The store in a database that speaks SQL: all its parts put together, with what is asked of whole pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, Self

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
from mithaq.store.privacy import Privacy
from mithaq.store.references import References
from mithaq.store.rows import COLUMNS, unpack_article, unpack_document
from mithaq.store.saved import SavedSearches
from mithaq.store.schedule import Schedule
from mithaq.store.search import Hit, Term, cut_snippet, read_query
from mithaq.store.store import Cell, Filter, Quarantined
from mithaq.store.upkeep import Upkeep

_TABLES = ("documents", "captures", *COLUMNS, "quarantine", "gated", "judgements")
_SHOWN = ("lang", "title", "outlet", "published", "path", "url", "rights")  # of a page that is found
_COLUMNS_SHOWN = ", ".join(f"d.{name}" for name in (*_SHOWN, "invented", "private"))
_HITS = f"SELECT d.id, {_COLUMNS_SHOWN}, l.document FROM layers l JOIN documents d ON d.id = l.source WHERE l.source IN "
_AT_ONCE = 100  # pages whose articles are asked for together


class SqlStore(
    Aging, Alerts, Archives, Bulk, GatedPages, Erasing, Privacy, Happenings, Upkeep, Browsing, BrowsingWorld, SavedSearches, References
):
    """A :class:`~mithaq.store.store.Store` in a database that speaks SQL; see there for what each method does."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def alone(self, what: str) -> Iterator[bool]:
        with plainly(self.path):
            free = self._connection.hold(what)
        try:
            yield free
        finally:
            if free:
                with plainly(self.path):
                    self._connection.let_go(what)

    def schedule(self) -> Schedule:
        return Schedule(self._connection, self.path)

    def withdraw(self, url: str, at: str) -> int:
        with self._transaction() as run:
            found = run(
                "UPDATE documents SET withdrawn = coalesce(withdrawn, :at) WHERE notice = 0 AND (address = :address OR address IN "
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
            "SELECT c.hash FROM captures c JOIN documents d ON d.id = c.source "
            "WHERE d.address = ? AND (d.notice = 1 OR d.withdrawn IS NULL) ORDER BY coalesce(c.retrieved, c.added) DESC LIMIT 1",
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
        clauses = ("id = ?1", "path = ?1 AND current = 1", "path = ?1", "url = ?1 AND current = 1")
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
        values: dict[str, Cell] = {"lang": lang, "most": max(0, limit)}
        found_in, rank = self._connection.found(terms, values, ranked=True)
        found = self._all(
            f"SELECT d.id, {rank} AS rank FROM {found_in} JOIN documents d ON d.n = search.rowid WHERE {self._connection.matches} "
            "AND d.current = 1 AND (:lang IS NULL OR d.lang = :lang) ORDER BY rank, d.published DESC, d.id LIMIT :most",
            values,
        )
        return self._hits([(row[0], row[1]) for row in found], terms)

    def search_in(self, query: str, narrow: Narrow, *, limit: int = 20, offset: int = 0) -> list[Hit]:
        terms = read_query(query)
        return self._hits(self.find_ids(terms, narrow, limit=limit, offset=offset), terms)

    def _hits(self, found: Sequence[tuple[str, float]], terms: Sequence[Term]) -> list[Hit]:
        """Return hits with their snippets: of each page its article alone is read, whatever people judged of its facts."""
        hits = []
        for start in range(0, len(found), _AT_ONCE):
            some = found[start : start + _AT_ONCE]
            rows = self._all(f"{_HITS}({', '.join('?' * len(some))})", tuple(document_id for document_id, _ in some))
            known = {row[0]: row for row in rows}
            hits += [hit for document_id, rank in some if (hit := self._hit(document_id, rank, known.get(document_id), terms))]
        return hits

    def _hit(self, document_id: str, rank: float, row: Any, terms: Sequence[Term]) -> Hit | None:
        if row is None:
            raise StoreError(f"{self.path}: document {document_id[:12]} has no layers; ingest its page again")
        _, *told, invented, private, packed = row
        cut = cut_snippet(unpack_article(packed, document_id), terms)
        if cut is None:
            return None
        marked: dict[str, Any] = {"invented": bool(invented), "private": bool(private)}
        return Hit(id=document_id, score=-rank, snippet=cut[0], marks=cut[1], **marked, **dict(zip(_SHOWN, told, strict=True)))

    def rows(self, table: str, filters: Mapping[str, Cell] | None = None) -> list[dict[str, Cell]]:
        if table not in _TABLES:
            raise QuestionError(f"there is no table {table!r}; there are {', '.join(_TABLES)}")
        with plainly(self.path):
            columns = self._connection.columns(table)
        unknown = [name for name in filters or {} if name not in columns]
        if unknown:
            raise QuestionError(f"table {table!r} has no column {unknown[0]!r}; it has {', '.join(columns)}")
        where = " AND ".join(f'"{name}" IS ?' for name in filters or {}) or "TRUE"
        order = ", ".join(name for name in ("source", "event", "item", "n") if name in columns) or "1"
        found = self._all(f"SELECT * FROM {table} WHERE {where} ORDER BY {order}", tuple((filters or {}).values()))
        return [dict(row) for row in found]

    def quarantine(self, page: Quarantined) -> None:
        with self._transaction() as run:
            run(
                "INSERT OR REPLACE INTO quarantine (hash, path, reason, file, at, sidecar) VALUES (?, ?, ?, ?, ?, ?)",
                (page.hash, page.path, page.reason, page.file or None, page.at or _now(), page.sidecar),
            )

    def counts(self, only: Sequence[str] = ()) -> dict[str, int]:
        # As others may see it, not even the number of what private pages say is told (the tables of facts themselves hide nothing).
        of_open = dict.fromkeys(COLUMNS, "WHERE source IN (SELECT id FROM documents)") if self._connection.outward else {}
        wanted = [table for table in _TABLES if not only or table in only]
        counts = {table: int(self._all(f"SELECT count(*) FROM {table} {of_open.get(table, '')}", ())[0][0]) for table in wanted}
        if only:
            return counts
        for name, clause in (("relevant", "relevant = 1"), ("superseded", "current = 0"), ("withdrawn", "withdrawn IS NOT NULL")):
            counts[name] = int(self._all(f"SELECT count(*) FROM documents WHERE {clause}", ())[0][0])
        return counts


def _conditions(wanted: Filter) -> tuple[str, dict[str, Cell]]:
    """Return the WHERE clause of a filter; a date known only to the month or year is compared by the days that it may mean."""
    clauses, values = ["TRUE" if wanted.every_version else "d.current = 1"], dict[str, Cell]()
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
        clauses.append("d.relevant = 1")
    return " AND ".join(clauses), values


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
