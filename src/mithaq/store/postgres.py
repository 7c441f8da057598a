"""The store on a server of PostgreSQL: one writer at a time, any number of readers, the server's errors in plain words.

The client (psycopg) is imported when an address is opened, never before: whoever keeps a workspace in its folder needs none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mithaq.errors import StoreError
from mithaq.store.connected import UnfitError
from mithaq.store.dialect import replaces, speak, speak_tables
from mithaq.store.migrate import read_migrations, read_own_migrations, split_sql
from mithaq.store.outward import views_for
from mithaq.store.place import Server
from mithaq.store.postgres_errors import explain
from mithaq.store.search import Term, phrases
from mithaq.store.sql import SqlStore

if TYPE_CHECKING:
    import psycopg

PATIENCE = 600  # seconds to wait for another writer
ANSWER = 15  # seconds to wait for the server to be reached
_AT_ONCE = 200  # rows of one statement
_LOCK = 0x6D746871  # "mthq": whoever makes tables holds this lock of the server
_VALUES = re.compile(r"VALUES \([?, ]*\)$")
_TABLES = re.compile(r"(?:CREATE (?:UNIQUE )?(?:TABLE|INDEX)|ALTER TABLE|DROP TABLE)\b")
_HITS = (
    "WITH hits AS MATERIALIZED ("
    "SELECT a.term, a.phrase, p.page, 4.0::float8 * p.title + 1.0::float8 * p.body AS often "
    "FROM unnest(:terms::bigint[], :phrases::bigint[], :stems::text[]) AS a (term, phrase, stem) "
    "JOIN search_stems p ON p.stem = search_key(a.stem) UNION ALL "
    "SELECT a.term, a.phrase, f.page, 4.0::float8 * f.title + 1.0::float8 * f.body "
    "FROM unnest(:long_terms::bigint[], :long_phrases::bigint[], :long_words::text[]) AS a (term, phrase, words), "
    "LATERAL search_phrase(a.words) f)"
)
_FOUND = f"({_HITS} SELECT page AS rowid FROM hits GROUP BY page HAVING count(DISTINCT term) = :asked) AS search"
# As FTS5 ranks (bm25 with k1 = 1.2 and b = 0.75, a title four times an article), step for step, so that the last digit is the same.
_RANKED = (
    f"({_HITS}, weights AS (SELECT h.phrase, ln((s.pages - count(*) + 0.5::float8) / (count(*) + 0.5::float8)) AS weight "
    "FROM hits h, store_state s GROUP BY h.phrase, s.pages) "
    "SELECT h.page AS rowid, -1.0::float8 * sum(CASE WHEN w.weight > 0 THEN w.weight ELSE 1e-6::float8 END * "
    "((h.often * 2.2::float8) / (h.often + 1.2::float8 * (0.25::float8 + 0.75::float8 * i.size / (s.words::float8 / s.pages::float8)))) "
    "ORDER BY h.phrase) AS rank FROM hits h JOIN weights w ON w.phrase = h.phrase JOIN search i ON i.rowid = h.page, "
    "store_state s GROUP BY h.page HAVING count(DISTINCT h.term) = :asked) AS search"
)
_KEYS = (
    "SELECT c.relname, array_agg(a.attname ORDER BY array_position(i.indkey, a.attnum)) FROM pg_index i "
    "JOIN pg_class c ON c.oid = i.indrelid JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey) "
    "WHERE i.indisprimary AND c.relnamespace = %s::regnamespace GROUP BY c.relname"
)
_COLUMNS = (
    "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)


class PostgresStore(SqlStore):
    """A :class:`~mithaq.store.store.Store` on a server of PostgreSQL; see there for what each method does."""


class Row(tuple[Any, ...]):
    """A row of an answer: asked by number or by name, turned into a tuple or a dict."""

    names: Mapping[str, int]

    def __getitem__(self, key: Any) -> Any:
        return tuple.__getitem__(self, self.names[key] if isinstance(key, str) else key)

    def keys(self) -> list[str]:
        """Return the names of the columns."""
        return list(self.names)


class Written:
    """How many rows a statement wrote that was run for many."""

    def __init__(self, rowcount: int) -> None:
        self.rowcount = rowcount


class PostgresConnection:
    """An open database on a server; see :class:`~mithaq.store.connected.Connection` for what each method does."""

    matches = "TRUE"

    def __init__(self, server: Server, *, read_only: bool = False, outward: bool = False) -> None:
        self._server = server
        self._read_only = read_only or outward
        self.outward = outward
        self._keys: dict[str, list[str]] = {}
        self._columns: dict[str, list[str]] = {}
        self._closed = False
        self._inner = self._open()

    def _open(self) -> psycopg.Connection[Row]:
        inner = connect(self._server)
        with _plainly(self._server, inner):
            inner.execute(f"SET search_path = {self._server.schema}; SET lock_timeout = '{PATIENCE}s'; SET TIME ZONE 'UTC'")
        return inner

    def shut(self) -> None:
        """Hide private pages where that is asked for, and refuse changes where nothing is to be changed."""
        schema = self._server.schema
        if self.outward:
            for name, sql in views_for(schema).items():
                self._inner.execute(f"CREATE TEMP VIEW {name} AS {sql}")
        if self._read_only:
            self._inner.execute("SET default_transaction_read_only = on")

    def execute(self, sql: str, values: Sequence[Any] | Mapping[str, Any] = (), /) -> Any:
        text = self._told(sql)
        if speak(sql)[1]:
            values = {f"p{number}": value for number, value in enumerate(values, start=1)}
        return self._run(text, values)

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]], /) -> Any:
        text, number = self._told(sql), 0
        waiting = iter(rows)
        while part := list(islice(waiting, _AT_ONCE)):
            if _VALUES.search(sql):
                number += self._run_together(text, self._last_of_each(sql, part))
            else:
                number += self._run_after_another(text, part)
        return Written(number)

    def _last_of_each(self, sql: str, rows: list[Sequence[Any]]) -> list[Sequence[Any]]:
        """Return rows, of those that replace each other the last: one statement may not write a row twice."""
        how = replaces(sql)
        if how is None or how[0] != "REPLACE":
            return rows
        columns = how[2] or self.columns(how[1])
        places = [columns.index(key) for key in self._keys[how[1]]]
        return list({tuple(row[place] for place in places): row for row in rows}.values())

    def _run_together(self, text: str, rows: Sequence[Sequence[Any]]) -> int:
        """Insert rows by one statement."""
        head, _, rest = text.partition(" VALUES ")
        group, _, tail = rest.partition(")")
        every = ", ".join([f"{group})"] * len(rows))
        return int(self._run(f"{head} VALUES {every}{tail}", tuple(chain.from_iterable(rows))).rowcount)

    def _run_after_another(self, text: str, rows: Sequence[Sequence[Any]]) -> int:
        """Run a statement for each row, all of them on one way to the server and back."""
        cursor = self._run("; ".join([text] * len(rows)), tuple(chain.from_iterable(rows)))
        number = cursor.rowcount
        while cursor.nextset():
            number += cursor.rowcount
        return int(number)

    def _told(self, sql: str) -> str:
        """Return a statement as the server reads it, also what happens to a row that is there already."""
        text = speak(sql)[0]
        how = replaces(sql)
        if how is None:
            return text
        if how[0] == "IGNORE":
            return f"{text} ON CONFLICT DO NOTHING"
        _, table, named = how
        if not self._keys:
            self._keys = {row[0]: row[1] for row in self._run(_KEYS, (self._server.schema,))}
        keys = self._keys[table]
        news = ", ".join(f'"{name}" = excluded."{name}"' for name in named or self.columns(table) if name not in keys)
        return f"{text} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {news}"

    def _run(self, text: str, values: Any) -> Any:
        """Run a statement; a connection that was lost between two questions is opened anew."""
        if self._closed:
            raise StoreError(f"{self._server} was closed by this program; open it again")
        if self._inner.closed:
            self._inner = self._open()
            self.shut()
        idle = not self.in_transaction
        try:
            with _plainly(self._server, self._inner):
                return self._inner.execute(text, values)
        except StoreError:
            if not (idle and self._inner.closed):
                raise
        self._inner = self._open()
        self.shut()
        with _plainly(self._server, self._inner):
            return self._inner.execute(text, values)

    @property
    def in_transaction(self) -> bool:
        """Say whether a transaction is open."""
        return not self._inner.closed and self._inner.info.transaction_status.name != "IDLE"

    def close(self) -> None:
        self._closed = True
        self._inner.close()

    def begin(self) -> None:
        try:
            self._run("BEGIN; UPDATE store_state SET changes = changes + 1", ())
        except StoreError:
            self.roll_back()
            raise

    def begin_reading(self) -> None:
        self._run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", ())

    def commit_work(self) -> None:
        if self._run("COMMIT", ()).statusmessage != "COMMIT":
            raise StoreError(f"{self._server}: a part of this work failed, and nothing of it was kept; run the same command again")

    def roll_back(self) -> None:
        if self.in_transaction:
            with suppress(StoreError):  # of a connection that is gone nothing was kept
                self._run("ROLLBACK", ())

    def found(self, terms: Sequence[Term], values: dict[str, Any], *, ranked: bool = False) -> tuple[str, str]:
        """Return the table ``search`` of the pages on which words stand; single words are looked up, phrases counted."""
        asked = [(term, words) for term, wanted in enumerate(terms) for words in phrases(wanted)]
        lists: dict[str, list[Any]] = {name: [] for name in ("terms", "phrases", "stems", "long_terms", "long_phrases", "long_words")}
        for phrase, (term, words) in enumerate(asked):
            kind = "long_" if len(words) > 1 else ""
            lists[f"{kind}terms"].append(term)
            lists[f"{kind}phrases"].append(phrase)
            lists["long_words" if kind else "stems"].append(" ".join(words))
        values.update(lists, asked=len(terms))
        return (_RANKED, "search.rank") if ranked else (_FOUND, "0")

    def stream(self, sql: str, size: int) -> Iterator[list[Row]]:
        self._run(f"DECLARE mithaq_stream NO SCROLL CURSOR FOR {self._told(sql)}", ())
        while rows := self._run(f"FETCH {size} FROM mithaq_stream", ()).fetchall():
            yield rows
        self._run("CLOSE mithaq_stream", ())

    def tables(self) -> list[str]:
        every = self._run("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", (self._server.schema,))
        return [row[0] for row in every if row[0] not in ("store_state", "search_stems")]

    def hold(self, name: str) -> bool:
        return bool(self._run("SELECT pg_try_advisory_lock(%s, hashtext(%s))", (_LOCK, f"{self._server.schema} {name}")).fetchone()[0])

    def let_go(self, name: str) -> None:
        self._run("SELECT pg_advisory_unlock(%s, hashtext(%s))", (_LOCK, f"{self._server.schema} {name}"))

    def filled(self) -> None:
        counted = "SELECT table_name FROM information_schema.columns WHERE table_schema = %s AND column_name = 'n' AND is_identity = 'YES'"
        for row in self._run(counted, (self._server.schema,)).fetchall():
            self._run(f"SELECT setval(pg_get_serial_sequence('{row[0]}', 'n'), greatest(max(n), 1), count(*) > 0) FROM {row[0]}", ())

    def columns(self, table: str) -> list[str]:
        if table not in self._columns:
            self._columns[table] = [row[0] for row in self._run(_COLUMNS, (table,))]
        return self._columns[table]

    def state(self) -> int:
        return int(self._run("SELECT changes FROM store_state", ()).fetchone()[0])

    def version(self) -> int:
        return int(self._run("SELECT version FROM store_state", ()).fetchone()[0])

    def faults(self, most: int) -> list[str]:
        wrong = self._run(
            "SELECT 'the index ' || c.relname || ' is damaged' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "WHERE NOT i.indisvalid AND c.relnamespace = %s::regnamespace UNION ALL "
            "SELECT 'nothing proves that rows of ' || conrelid::regclass || ' belong to others (' || conname || ')' FROM pg_constraint "
            "WHERE contype = 'f' AND NOT convalidated AND connamespace = %s::regnamespace UNION ALL "
            "SELECT 'the search index counts other pages than it has' FROM store_state "
            "WHERE (pages, words) <> (SELECT count(*), coalesce(sum(size), 0) FROM search)",
            (self._server.schema, self._server.schema),
        )
        return [str(row[0]) for row in wrong][:most]

    def overwrite_deleted(self) -> None:
        """Nothing can be done before: see :meth:`scrub`."""

    def scrub(self) -> None:
        # The whole tables are written anew; what the server keeps besides (its journal, its backups) is its keeper's.
        for row in self._run("SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY 1", (self._server.schema,)).fetchall():
            self._run(f"VACUUM FULL {row[0]}", ())

    @contextmanager
    def without(self, guard: str) -> Iterator[None]:
        self._run("SELECT set_config('mithaq.without', %s, TRUE)", (guard,))
        yield
        self._run("SELECT set_config('mithaq.without', '', TRUE)", ())

    def copy_to(self, target: Path) -> None:
        # Imported here: only a backup needs it.
        from mithaq.store.moving import copy_into_file

        copy_into_file(self, target)


def open_postgres(server: Server, *, create: bool = True, read_only: bool = False, outward: bool = False) -> PostgresStore:
    """Open the database on a server, made or brought up to date where needed; see :func:`mithaq.store.open_store`.

    Raises StoreError when the client is not installed, the server cannot be reached, refuses us, or holds something else.
    """
    connection = PostgresConnection(server, read_only=read_only, outward=outward)
    try:
        _bring_up_to_date(connection, server, create=create)
        with _plainly(server, connection._inner):
            connection.shut()
    except BaseException:
        connection.close()
        raise
    return PostgresStore(connection, server)


def connect(server: Server) -> psycopg.Connection[Row]:
    """Return a connection to the server; raises StoreError that says why there is none."""
    try:
        import psycopg
    except ImportError as error:
        raise StoreError(f"{server} needs the client of PostgreSQL; install it with: pip install 'mithaq[postgres]'") from error
    from mithaq.store.postgres_values import Answer, make_row, register

    with _plainly(server, None):
        inner: psycopg.Connection[Row] = psycopg.connect(
            server.address, autocommit=True, cursor_factory=Answer, row_factory=make_row, connect_timeout=ANSWER,
            application_name="mithaq", client_encoding="UTF8",
        )  # fmt: skip
    register(inner)
    return inner


@contextmanager
def _plainly(server: Server, inner: psycopg.Connection[Any] | None) -> Iterator[None]:
    import psycopg

    try:
        yield
    except psycopg.DataError as error:
        raise UnfitError(f"{server} cannot keep a value: {str(error).splitlines()[0]}") from error
    except psycopg.Error as error:
        raise explain(error, server, reached=inner is not None) from error


def _bring_up_to_date(connection: PostgresConnection, server: Server, *, create: bool) -> None:
    """Make the tables, or bring them up to date, in one transaction; raises StoreError for what is not ours, not there, or too new."""
    newest = read_migrations()[-1][0]
    version = _version(connection, server)
    if version == newest:
        return
    if version is None and not create:
        raise StoreError(f"there is no store at {server}; fill a workspace with 'mithaq --store ... ingest' first, or name another")
    connection._run("BEGIN", ())
    try:
        connection._run("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", (_LOCK, server.schema))
        version = _version(connection, server)  # again: another program may have brought it up to date while we waited
        if version is not None and version > newest:
            raise StoreError(
                f"{server} is a store of version {version}; this mithaq knows versions up to {newest}: "
                "install a newer mithaq (pip install --upgrade mithaq), or name another store"
            )
        if version is None and not connection._run("SELECT to_regnamespace(%s) IS NOT NULL", (server.schema,)).fetchone()[0]:
            connection._run(f"CREATE SCHEMA {server.schema}", ())
        if version is None or version < newest:
            with _plainly(server, connection._inner):
                connection._inner.execute(_script(version).encode())
            connection._run("UPDATE store_state SET version = %s", (newest,))
        connection._run("COMMIT", ())
    except BaseException:
        connection.roll_back()
        raise


def _version(connection: PostgresConnection, server: Server) -> int | None:
    """Return the version of the store, None where there is none; raises StoreError when the schema is another program's."""
    there = "SELECT to_regclass(%s) IS NOT NULL, EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = to_regnamespace(%s)::oid)"
    ours, something = connection._run(there, (f"{server.schema}.store_state", server.schema)).fetchone()
    if ours:
        return connection.version()
    if something:
        raise StoreError(f"the schema {server.schema!r} of {server} holds another program's tables; name another one (?schema=NAME)")
    return None


def _script(version: int | None) -> str:
    """Return all that brings a store of a version up to date; where there is none, what makes it.

    Migrations up to the first one of PostgreSQL's own give their tables; what they did to rows was done before there was such a store.
    A later one is read as it stands, unless it has a sibling in PostgreSQL's own words.
    """
    own = dict(read_own_migrations())
    first = min(own)
    script: list[str] = []
    for number, sql in read_migrations():
        if number <= (version or 0):
            continue
        if number <= first:
            script += (told for one in split_sql(sql) if _TABLES.match(told := speak_tables(one).strip()))
        if number >= first:
            script.append(own[number] if number in own else "\n".join(map(speak_tables, split_sql(sql))))
    return "\n".join(script)
