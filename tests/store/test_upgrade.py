"""A database of every earlier version is brought up to date with all that it holds, and is then like one made today."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from made_documents import arabic_document, english_document, french_document
from mithaq.errors import StoreError
from mithaq.model.judgement import Judgement
from mithaq.store import Capture, MadeBy, open_store
from mithaq.store.address import address_key
from mithaq.store.migrate import APPLICATION, read_migrations, split_sql
from mithaq.store.rows import COLUMNS
from told_pages import resolve, story

MIGRATIONS = read_migrations()
NEWEST = MIGRATIONS[-1][0]
PAGES = [arabic_document(), french_document(), english_document(), *story()]
CORE = ("documents", "captures", "judgements", *COLUMNS)


@pytest.fixture(scope="module")
def today(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of today with pages, a judgement, a page set aside."""
    path = tmp_path_factory.mktemp("today") / "mithaq.sqlite"
    with open_store(path) as store:
        for page in PAGES:
            capture = Capture(hash=page.id, file="captures/x.gz", added="2026-01-01T00:00:00+00:00", path=page.path)
            store.put(page, capture, MadeBy("1", "words"))
        page = PAGES[0]
        event = page.events[0].evidence
        key = f"{page.id}/event.{page.events[0].type}/{event.start}-{event.end}"
        store.judge(Judgement(subject=key, verb="accept", by="Amal", at="2026-01-02T00:00:00+00:00", quote=event.quote))
    return path


def make_old(path: Path, version: int, content: Path) -> None:
    """Make a database as a mithaq of that version made it, with as much of the content as it had columns for."""
    old = sqlite3.connect(path, isolation_level=None)
    old.create_function("address_key", 1, address_key, deterministic=True)
    old.execute("PRAGMA journal_mode = WAL")
    for number, sql in MIGRATIONS:
        if number <= version:
            for statement in split_sql(sql):
                old.execute(statement)
    old.execute(f"PRAGMA application_id = {APPLICATION}")
    old.execute(f"PRAGMA user_version = {version}")
    old.execute("ATTACH ? AS new", (str(content),))
    tables = [row[0] for row in old.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'")]
    for table in tables:
        new_names = {row[1] for row in old.execute(f"PRAGMA new.table_info({table})")}
        names = [row[1] for row in old.execute(f"PRAGMA main.table_info({table})") if row[1] in new_names]
        listed = ", ".join(f'"{name}"' for name in (["rowid", *names] if table == "search" else names))
        if names and not table.startswith("sqlite_"):
            old.execute(f"INSERT OR REPLACE INTO main.{table} ({listed}) SELECT {listed} FROM new.{table}")
    old.execute("DETACH new")
    old.close()


def read(path: Path, table: str, columns: list[str]) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    listed = ", ".join(f'"{name}"' for name in columns)
    rows = connection.execute(f"SELECT {listed} FROM {table} ORDER BY {listed}").fetchall()
    connection.close()
    return rows


def shape(path: Path) -> dict[str, str]:
    """Return what every table and index is made of, however it is written."""
    connection = sqlite3.connect(path)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
    made = {name: repr(sorted(row[1:] for row in connection.execute(f"PRAGMA table_info({name})"))) for name in names}
    for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"):
        made[name] = re.sub(r"\s+", " ", sql)
    connection.close()
    return made


@pytest.mark.parametrize("version", [number for number, _ in MIGRATIONS[:-1]])
def test_every_earlier_version_is_brought_up_to_date_with_its_content(version: int, today: Path, tmp_path: Path) -> None:
    old = tmp_path / "mithaq.sqlite"
    make_old(old, version, today)
    with open_store(old, create=False) as store:
        assert store.schema_version() == NEWEST and store.check() == []
        assert {page.id for page in store.documents()} == {page.id for page in PAGES}
        assert store.search("التعاون") and store.search("signature")
        assert len(store.judgements()) == 1
        resolve(store)
        assert list(store.happenings()) and list(store.threads()) and store.unlinked() == 0
        assert store.alerts() == []
    # What the old version could hold is what it held.
    known = sqlite3.connect(":memory:")
    known.create_function("address_key", 1, address_key, deterministic=True)
    for number, sql in MIGRATIONS:
        for statement in split_sql(sql) if number <= version else ():
            known.execute(statement)
    for table in CORE:
        columns = [row[1] for row in known.execute(f"PRAGMA table_info({table})")]
        current = {row[1] for row in sqlite3.connect(today).execute(f"PRAGMA table_info({table})")}
        kept = [name for name in columns if name in current]
        if kept:
            assert read(old, table, kept) == read(today, table, kept), table


@pytest.mark.parametrize("version", [number for number, _ in MIGRATIONS[:-1]])
def test_an_upgraded_database_is_made_like_a_new_one(version: int, today: Path, tmp_path: Path) -> None:
    old = tmp_path / "mithaq.sqlite"
    make_old(old, version, today)
    open_store(old, create=False).close()
    assert shape(old) == shape(today)


def test_migrations_are_numbered_without_gap_and_once() -> None:
    assert [number for number, _ in MIGRATIONS] == list(range(1, NEWEST + 1))


def test_a_database_of_a_newer_version_is_left_alone(today: Path, tmp_path: Path) -> None:
    newer = tmp_path / "mithaq.sqlite"
    newer.write_bytes(today.read_bytes())
    connection = sqlite3.connect(newer)
    connection.execute(f"PRAGMA user_version = {NEWEST + 1}")
    connection.close()
    before = newer.read_bytes()
    with pytest.raises(StoreError, match="install a newer mithaq"):
        open_store(newer, create=False)
    assert newer.read_bytes() == before


def test_a_killed_upgrade_leaves_the_old_version_whole(today: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "mithaq.sqlite"
    make_old(old, 1, today)
    broken = [*MIGRATIONS[:-1], (NEWEST, f"{MIGRATIONS[-1][1]}\nINSERT INTO no_such_table VALUES (1);")]
    monkeypatch.setattr("mithaq.store.sqlite.read_migrations", lambda: broken)
    with pytest.raises(StoreError):
        open_store(old, create=False)
    monkeypatch.undo()
    with open_store(old, create=False) as store:
        assert store.schema_version() == NEWEST and len(list(store.documents())) == len(PAGES)
