"""All layers of a workspace as Parquet files, one a table, that DuckDB, Polars and Spark read; and questions to them in SQL.

The tables and their columns are :data:`SCHEMA`: a column is added freely, renamed never. Of pages that say they are protected the quoted
words stay here, and facts and links leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mithaq.errors import QuestionError
from mithaq.store.rows import COLUMNS
from mithaq.store.store import Cell, Store

_DOCUMENT = (
    "id", "path", "url", "lang", "outlet", "agency", "section", "title", "published", "published_basis", "retrieved", "rights", "invented",
    "relevant", "relevance", "partial", "notice", "notes", "current", "withdrawn", "copy_of",
)  # fmt: skip
# Tables in the order in which they are written, each with its columns. What is derived of all pages together stands at the end.
SCHEMA: dict[str, tuple[str, ...]] = {
    "documents": _DOCUMENT,
    **{name: tuple(column for column in columns if column != "folded") for name, columns in COLUMNS.items()},
    "entities": ("id", "kind", "name", "lang", "country"),
    "entity_members": ("source", "list", "item", "entity", "probability"),
    "happenings": ("id", "type", "stage", "date"),
    "happening_members": ("source", "list", "item", "happening"),
}
# What a column holds, wherever it stands; all others are text. "list" is text whose parts stand apart by blanks.
TYPES = (
    dict.fromkeys(("n", "start", "end", "item", "event", "year"), "integer")
    | dict.fromkeys(("amount", "value", "size", "relevance", "probability"), "number")
    | dict.fromkeys(("invented", "relevant", "partial", "notice", "current", "digital"), "boolean")
    | dict.fromkeys(("topics", "notes"), "list")
    | dict.fromkeys(("names",), "lines")
)
PROTECTED = "protected"
_WORDS = frozenset({"quote", "date_text"})
_COMPRESSION = "zstd"


Rows = Iterable[tuple[str, Sequence[tuple[Cell, ...]]]]


def write_parquet(store: Store, folder: Path, only: Iterable[str] = SCHEMA) -> dict[str, int]:
    """Write all tables, or some, into a folder as NAME.parquet, each whole or not at all; return their numbers of rows.

    Raises QuestionError when pyarrow is not installed, or the folder cannot be written.
    """
    wanted = [name for name in SCHEMA if name in set(only)]
    # Which pages are protected is told by their rows, so those are asked for whenever words leave.
    asked = {name: SCHEMA[name] for name in SCHEMA if name in wanted or name == "documents"}
    return write_rows(store.stream(asked), folder, wanted)


def write_rows(rows: Rows, folder: Path, only: Sequence[str]) -> dict[str, int]:
    """Write rows, (table, rows with the columns of :data:`SCHEMA`), into a folder as :func:`write_parquet` does.

    The row of a page comes before those of its facts; rows of tables that are not asked for are passed over.
    """
    arrow, parquet = _load("pyarrow"), _load("pyarrow.parquet")
    kinds = {
        "integer": arrow.int64(), "number": arrow.float64(), "boolean": arrow.bool_(), "list": arrow.list_(arrow.string()),
        "lines": arrow.list_(arrow.string()), "text": arrow.string(),
    }  # fmt: skip
    schemas = {t: arrow.schema([(name, kinds[TYPES.get(name, "text")]) for name in SCHEMA[t]]) for t in only}
    counts = dict.fromkeys(only, 0)
    protected: set[Cell] = set()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _files(folder, only) as paths:
            writers = {name: parquet.ParquetWriter(paths[name], schema, compression=_COMPRESSION) for name, schema in schemas.items()}
            try:
                for name, some in rows:
                    if name == "documents":
                        rights = SCHEMA[name].index("rights")
                        protected.update(row[0] for row in some if row[rights] == PROTECTED)
                    if name not in writers:
                        continue
                    columns = [_column(name, column, at, some, protected) for at, column in enumerate(SCHEMA[name])]
                    arrays = [arrow.array(values, field.type) for values, field in zip(columns, schemas[name], strict=True)]
                    writers[name].write_table(arrow.Table.from_arrays(arrays, schema=schemas[name]))
                    counts[name] += len(some)
            finally:
                for writer in writers.values():
                    writer.close()
    except OSError as error:
        raise QuestionError(f"{folder} cannot be written ({error.strerror or error}); name another folder") from error
    return counts


@contextmanager
def _files(folder: Path, only: Sequence[str]) -> Iterator[dict[str, Path]]:
    """Give unfinished files to write to; all take the place of the old ones together, or none does."""
    unfinished = {name: folder / f".{name}.parquet" for name in only}
    try:
        yield unfinished
        for name, file in unfinished.items():
            file.replace(folder / f"{name}.parquet")
    finally:
        for file in unfinished.values():
            with suppress(OSError):
                file.unlink()


def _column(table: str, name: str, at: int, rows: Sequence[tuple[Cell, ...]], protected: set[Cell]) -> list[Any]:
    """Return one column of some rows, as the values that its type has."""
    values: list[Any] = [row[at] for row in rows]
    kind = TYPES.get(name, "text")
    if kind == "boolean":
        return [None if value is None else bool(value) for value in values]
    if kind in ("list", "lines"):
        return [str(value or "").split("\n" if kind == "lines" else " ") if value else [] for value in values]
    if name in _WORDS and protected and table != "documents":
        return [None if row[0] in protected else value for row, value in zip(rows, values, strict=True)]
    return values


def ask_parquet(sql: str, folder: Path) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return the columns and rows that a question in SQL finds in the Parquet files of a folder, each a table by its name.

    Only questions are answered: nothing is written, no other file is read, no web is asked. Raises QuestionError saying what is wrong.
    """
    duckdb = _load("duckdb")
    files = sorted(folder.glob("*.parquet"))
    if not files:
        raise QuestionError(f"there is no Parquet file in {folder}; write some with 'mithaq parquet {folder}'")
    connection = duckdb.connect(":memory:")
    try:
        asked = _read_question(sql)
        for file in files:
            name = file.stem.replace('"', '""')
            connection.read_parquet(str(file)).create_view(name)
        connection.execute(f"SET allowed_directories = [{_quoted(str(folder))}, {_quoted(str(folder.resolve()))}]")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        found = connection.execute(asked)
        return tuple(column[0] for column in found.description or ()), found.fetchall()
    except duckdb.Error as error:
        raise QuestionError(f"the question cannot be answered: {error}") from error
    finally:
        connection.close()


def ask_store(sql: str, store: Store) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Return what :func:`ask_parquet` would find in the tables of a store; only those that the question names are written, and not kept.

    Nothing is kept, since what is erased from the store has to be gone everywhere.
    """
    wanted = find_tables(sql)
    with TemporaryDirectory(prefix="mithaq-") as folder:
        write_parquet(store, Path(folder), wanted)
        return ask_parquet(sql, Path(folder))


def find_tables(sql: str) -> tuple[str, ...]:
    """Return the tables that a question in SQL names, all of them where it names none (``SHOW TABLES``).

    Raises QuestionError when it is no question, or names a table that there is not.
    """
    duckdb = _load("duckdb")
    connection = duckdb.connect(":memory:")
    try:
        _read_question(sql)
        named = {name.casefold() for name in connection.get_table_names(sql)}
    except duckdb.Error as error:
        raise QuestionError(f"the question cannot be answered: {error}") from error
    finally:
        connection.close()
    unknown = sorted(named - set(SCHEMA))
    if unknown:
        raise QuestionError(f"there is no table {unknown[0]!r}; there are {', '.join(SCHEMA)}")
    return tuple(name for name in SCHEMA if name in named) or tuple(SCHEMA)


def _read_question(sql: str) -> Any:
    """Return the one statement of a question; raises QuestionError when it is anything else, duckdb.Error when it is no SQL."""
    duckdb = _load("duckdb")
    asked = duckdb.extract_statements(sql)
    if len(asked) != 1 or asked[0].type != duckdb.StatementType.SELECT:
        raise QuestionError("a question is one SELECT; nothing can be changed here")
    return asked[0]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _load(name: str) -> Any:
    from importlib import import_module

    try:
        return import_module(name)
    except ImportError as error:
        missing = name.partition(".")[0]
        raise QuestionError(f"this needs {missing}, which is not installed; install it with: pip install 'mithaq[bulk]'") from error
