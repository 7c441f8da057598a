"""The store in one SQLite file: write-ahead log, one transaction a page, migrations as SQL files."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from mithaq.errors import EvidenceError, QuestionError, StoreError
from mithaq.model import Document
from mithaq.model.judgement import Judgement
from mithaq.model.vocabulary import Language
from mithaq.store.address import address_key
from mithaq.store.rows import COLUMNS, document_row, fact_rows, pack_document, unpack_document
from mithaq.store.search import Hit, cut_snippet, index_texts, read_query, write_match
from mithaq.store.store import Capture, Cell, Filter, MadeBy, Outcome, Quarantined

APPLICATION = 0x6D746871  # "mthq": tells our files from other programs' SQLite files
BUSY = 30.0  # seconds to wait for another program that is writing
_DOCUMENT = (
    "id", "path", "url", "lang", "outlet", "agency", "section", "title", "published", "published_basis", "retrieved", "rights", "invented",
    "relevant", "relevance", "canonical", "notes", "partial", "notice", "address",
)  # fmt: skip
_TABLES = ("documents", "captures", *COLUMNS, "quarantine", "judgements")
# What a page's address or sidecar may tell of its source: the reading that knows more of it wins.
_SOURCE = ("url", "outlet", "agency", "section", "title", "published", "retrieved", "rights")


def open_store(path: Path, *, create: bool = True) -> SqliteStore:
    """Open the database file, made or brought up to date where needed.

    Raises StoreError when there is none and *create* is false, when it is locked, damaged, another program's, or from a newer mithaq.
    """
    if not create and not path.is_file():
        raise StoreError(f"there is no database at {path}; fill a workspace with 'mithaq ingest' first, or name another one")
    with _plainly(path):
        connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys = ON")
            connection.create_function("address_key", 1, address_key, deterministic=True)
            _refuse_strangers(connection, path)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            migrate(connection, path, read_migrations())
        except BaseException:
            connection.close()
            raise
    return SqliteStore(connection, path)


def read_migrations() -> list[tuple[int, str]]:
    """Return the (number, SQL) of every migration file that ships with mithaq, in order."""
    found = []
    for file in (files("mithaq.store") / "migrations").iterdir():
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
        _roll_back(connection)
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


def _roll_back(connection: sqlite3.Connection) -> None:
    """Undo the open transaction; after a full disk SQLite has done so itself."""
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_strangers(connection: sqlite3.Connection, path: Path) -> None:
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if tables and connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
        raise StoreError(f"{path} is the database of another program, not a mithaq workspace; name another folder")


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    """Turn the database's own errors into StoreError that says what is wrong and what to do next."""
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


class SqliteStore:
    """A :class:`~mithaq.store.store.Store` in one SQLite file; see there for what each method does."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def put(self, document: Document, capture: Capture, made_by: MadeBy, *, replace: bool = False) -> Outcome:
        try:
            row, facts, packed = document_row(document), fact_rows(document), pack_document(document)
            index = index_texts(document)
            with self._transaction() as run:
                outcome = self._outcome(document, replace)
                if outcome != "duplicate":
                    self._write(run, document.id, row, facts, (made_by.code, made_by.knowledge, packed), index)
                run(
                    "INSERT OR IGNORE INTO captures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        capture.hash, capture.sidecar, document.id, capture.path, document.url, document.outlet, document.retrieved,
                        capture.file, capture.added,
                    ),
                )  # fmt: skip
                # The page at this path was read: what was set aside of it before is of no interest any more.
                run("DELETE FROM quarantine WHERE hash = ? OR (path = ? AND path <> '-')", (capture.hash, capture.path))
                address = run("SELECT address FROM documents WHERE id = ?", (document.id,)).fetchone()[0]
                if address:
                    choose_version(run, address)
        except (OverflowError, UnicodeEncodeError) as error:
            raise EvidenceError(f"document {document.id[:12]} holds a value that no database can keep: {error}") from error
        return outcome

    def _outcome(self, document: Document, replace: bool) -> Outcome:
        known = self._connection.execute(f"SELECT {', '.join(_SOURCE)} FROM documents WHERE id = ?", (document.id,)).fetchone()
        if known is None:
            return "new"
        more = sum(getattr(document, name) is not None for name in _SOURCE) > sum(value is not None for value in known)
        return "updated" if replace or more else "duplicate"

    def _write(
        self,
        run: Callable[..., sqlite3.Cursor],
        source: str,
        row: tuple[Cell, ...],
        facts: dict[str, list[tuple[Cell, ...]]],
        layers: tuple[str, str, bytes],
        index: tuple[str, str],
    ) -> None:
        for table in ("participants", *(name for name in COLUMNS if name != "participants")):
            run(f"DELETE FROM {table} WHERE source = ?", (source,))
        columns, marks = ", ".join(_DOCUMENT), ", ".join("?" * len(_DOCUMENT))
        news = ", ".join(f"{name} = excluded.{name}" for name in _DOCUMENT[1:])
        run(f"INSERT INTO documents ({columns}) VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET {news}", row)
        run("INSERT OR REPLACE INTO layers VALUES (?, ?, ?, ?)", (source, *layers))
        for table, rows in facts.items():
            names = ", ".join(f'"{name}"' for name in COLUMNS[table])
            marks = ", ".join("?" * len(COLUMNS[table]))
            self._connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
        number = run("SELECT n FROM documents WHERE id = ?", (source,)).fetchone()[0]
        run("DELETE FROM search WHERE rowid = ?", (number,))
        run("INSERT INTO search (rowid, title, body) VALUES (?, ?, ?)", (number, *index))

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
            "SELECT c.hash FROM captures c JOIN documents d ON d.id = c.source WHERE d.address = ? AND d.withdrawn IS NULL "
            "ORDER BY coalesce(c.retrieved, c.added) DESC LIMIT 1",
            (address_key(url),),
        )
        return row[0] if row else None

    def documents(self, wanted: Filter = Filter()) -> Iterator[Document]:  # noqa: B008  (frozen)
        where, values = _conditions(wanted)
        with _plainly(self.path):
            ids = self._connection.execute(
                f"SELECT d.id FROM documents d WHERE {where} ORDER BY d.published IS NULL, d.published, d.id", values
            ).fetchall()
        for (document_id,) in ids:
            yield self._load(document_id)

    def _load(self, document_id: str) -> Document:
        row = self._one(
            "SELECT l.document, d.withdrawn FROM layers l JOIN documents d ON d.id = l.source WHERE l.source = ?", (document_id,)
        )
        if row is None:
            raise StoreError(f"{self.path}: document {document_id[:12]} has no layers; ingest its page again")
        document = unpack_document(row[0], document_id)
        return msgspec.structs.replace(document, withdrawn=True) if row[1] and not document.withdrawn else document

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
        hits = []
        for document_id, rank in found:
            d = self._load(document_id)
            cut = cut_snippet(d, terms)
            if cut:
                hits.append(
                    Hit(
                        id=d.id, score=-rank, snippet=cut[0], marks=cut[1], lang=d.lang, title=d.title, outlet=d.outlet,
                        published=d.published, path=d.path, url=d.url, invented=d.invented,
                    )
                )  # fmt: skip
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

    def judge(self, judgement: Judgement) -> int:
        names = list(msgspec.structs.asdict(judgement))
        with self._transaction() as run:
            cursor = run(
                f"INSERT INTO judgements ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
                tuple(msgspec.structs.asdict(judgement).values()),
            )
        return int(cursor.lastrowid or 0)

    def counts(self) -> dict[str, int]:
        counts = {table: int(self._all(f"SELECT count(*) FROM {table}", ())[0][0]) for table in _TABLES}
        for name, clause in (("relevant", "relevant"), ("superseded", "NOT current"), ("withdrawn", "withdrawn IS NOT NULL")):
            counts[name] = int(self._all(f"SELECT count(*) FROM documents WHERE {clause}", ())[0][0])
        return counts

    def _all(self, sql: str, values: tuple[Any, ...]) -> list[sqlite3.Row]:
        with _plainly(self.path):
            return self._connection.execute(sql, values).fetchall()

    def _one(self, sql: str, values: tuple[Any, ...]) -> sqlite3.Row | None:
        found = self._all(sql, values)
        return found[0] if found else None

    @contextmanager
    def _transaction(self) -> Iterator[Callable[..., sqlite3.Cursor]]:
        """All or nothing: what runs inside is kept as a whole, or, after any error, not at all."""
        with _plainly(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection.execute
                self._connection.execute("COMMIT")
            except BaseException:
                _roll_back(self._connection)
                raise


def choose_version(run: Callable[..., sqlite3.Cursor], address: str) -> None:
    """Make the version of an address that was captured last the current one; a notice that it was taken down only marks the others.

    A page that comes back after it was withdrawn is there again.
    """
    last = (
        "SELECT max(coalesce(c.retrieved, c.added)) FROM captures c JOIN documents d ON d.id = c.source "
        "WHERE d.address = :address AND d.notice = :notice"
    )
    told = run(last, {"address": address, "notice": 1}).fetchone()[0]
    seen = run(last, {"address": address, "notice": 0}).fetchone()[0]
    run(
        "UPDATE documents SET current = (id = (SELECT d.id FROM documents d JOIN captures c ON c.source = d.id "
        "WHERE d.address = :address ORDER BY d.notice, coalesce(c.retrieved, c.added) DESC, d.n DESC LIMIT 1)) WHERE address = :address",
        {"address": address},
    )
    run("UPDATE documents SET withdrawn = NULL WHERE address = ? AND withdrawn < ?", (address, seen or ""))
    if told and told >= (seen or ""):
        run("UPDATE documents SET withdrawn = ? WHERE address = ? AND withdrawn IS NULL", (told, address))


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
