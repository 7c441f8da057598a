"""A whole workspace as Parquet files: every row with its type, protected words left out; questions in SQL that can change nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from made_documents import arabic_document, english_document
from mithaq.errors import QuestionError
from mithaq.export.parquet import SCHEMA, TYPES, ask_parquet, ask_store, write_parquet
from mithaq.store import Capture, MadeBy, SqlStore, open_store

pytest.importorskip("duckdb")
parquet = pytest.importorskip("pyarrow.parquet")
_ARROW = {"integer": "int64", "number": "double", "boolean": "bool", "list": "list", "lines": "list"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlStore]:
    with open_store(tmp_path_factory.mktemp("tables") / "mithaq.sqlite") as opened:
        for document in (arabic_document(), replace(english_document(), rights="protected")):
            opened.put(document, Capture(hash=document.id, file=f"{document.id}.gz", added="2026-01-01"), MadeBy("test", "words"))
        yield opened


@pytest.fixture(scope="module")
def tables(store: SqlStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    counts = write_parquet(store, folder)
    assert counts["documents"] == 2 and counts["statements"] > 0
    return folder


def test_every_table_is_there_with_its_columns_even_without_a_row(tables: Path) -> None:
    assert {file.stem for file in tables.glob("*.parquet")} == set(SCHEMA)
    for name, columns in SCHEMA.items():
        schema = parquet.read_schema(tables / f"{name}.parquet")
        assert tuple(schema.names) == columns
        for column in columns:
            expected = _ARROW.get(TYPES.get(column, ""), "string")
            assert str(schema.field(column).type).startswith(expected), (name, column)


def test_the_rows_are_those_of_the_store(store: SqlStore, tables: Path) -> None:
    for name in SCHEMA:
        if name not in ("entities", "entity_members", "happenings", "happening_members"):
            assert parquet.read_metadata(tables / f"{name}.parquet").num_rows == len(store.rows(name)), name
    protected = english_document().id
    rows = [row for row in parquet.read_table(tables / "statements.parquet").to_pylist() if row["source"] != protected]
    kept = [row for row in store.rows("statements") if row["source"] != protected]
    assert [row["quote"] for row in rows] == [row["quote"] for row in kept]
    assert all(isinstance(row["topics"], list) for row in rows)
    assert any(row["amount"] == 2e6 for row in rows)


def test_protected_pages_leave_without_their_words(tables: Path) -> None:
    protected = english_document().id
    quotes = [
        row["quote"]
        for name, columns in SCHEMA.items()
        if "quote" in columns
        for row in parquet.read_table(tables / f"{name}.parquet").to_pylist()
        if row["source"] == protected
    ]
    assert quotes and set(quotes) == {None}


def test_a_question_is_answered(tables: Path) -> None:
    columns, rows = ask_parquet("SELECT lang, count(*) AS pages FROM documents GROUP BY lang ORDER BY lang", tables)
    assert columns == ("lang", "pages") and rows == [("ar", 1), ("en", 1)]
    joined = "SELECT d.title, s.kind FROM statements s JOIN documents d ON d.id = s.source WHERE list_contains(s.topics, 'nothing')"
    assert ask_parquet(joined, tables) == (("title", "kind"), [])


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('SELECT * FROM Documents d JOIN "statements" s ON d.id = s.source', {"documents", "statements"}),
        ("WITH pairs AS (SELECT * FROM topics) SELECT (SELECT count(*) FROM sides) FROM pairs", {"sides", "topics"}),
        ("SHOW TABLES", set(SCHEMA)),
    ],
)
def test_only_the_tables_that_a_question_names_are_written(
    sql: str, tables: set[str], store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[set[str]] = []

    def ask(sql: str, folder: Path) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        written.append({file.stem for file in folder.iterdir()})
        return ask_parquet(sql, folder)

    monkeypatch.setattr("mithaq.export.parquet.ask_parquet", ask)
    assert ask_store(sql, store)[1] and written == [tables]


def test_words_of_protected_pages_stay_here_also_where_no_page_is_asked_for(store: SqlStore) -> None:
    protected = english_document().id
    assert ask_store(f"SELECT DISTINCT quote FROM pairs WHERE source = '{protected}'", store)[1] == [(None,)]


@pytest.mark.parametrize(
    ("sql", "said"), [("SELECT * FROM statement", "no table 'statement'; there are documents"), ("DROP TABLE topics", "one SELECT")]
)
def test_a_wrong_question_is_told_before_anything_is_written(
    sql: str, said: str, store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mithaq.export.parquet.write_parquet", None)
    with pytest.raises(QuestionError, match=said):
        ask_store(sql, store)


@pytest.mark.parametrize(
    "sql",
    [
        "DROP VIEW documents",
        "COPY documents TO 'elsewhere.csv'",
        "SELECT 1; SELECT 2",
        "SET enable_external_access = true",
        "ATTACH 'other.db'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM 'https://site.example/x.parquet'",
        "SELECT nothing FROM nowhere",
        "SELEC 1",
    ],
)
def test_nothing_else_is_read_or_written(tables: Path, sql: str) -> None:
    with pytest.raises(QuestionError):
        ask_parquet(sql, tables)


def test_what_is_missing_is_named(tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(QuestionError, match="no Parquet file"):
        ask_parquet("SELECT 1", tmp_path)
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(QuestionError, match=r"pip install 'mithaq\[bulk\]'"):
        ask_parquet("SELECT 1", tables)


def test_files_of_before_stay_when_writing_fails(store: SqlStore, tables: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {file.name: file.read_bytes() for file in tables.iterdir()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parquet.ParquetWriter, "write_table", full)
    with pytest.raises(QuestionError, match="No space left"):
        write_parquet(store, tables)
    assert {file.name: file.read_bytes() for file in tables.iterdir()} == before
