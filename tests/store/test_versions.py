"""An edited page supersedes its older version in answers, a withdrawn one is marked, and nothing is ever deleted."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest

from made_documents import arabic_document, make_document
from mithaq.model import Document
from mithaq.store import Capture, Filter, MadeBy, SqlStore, open_store
from mithaq.store.address import address_key
from mithaq.store.migrate import APPLICATION
from mithaq.store.rows import COLUMNS, document_row, fact_rows, pack_document

pytestmark = pytest.mark.usefixtures("database")
URL = "https://marsa.example/news/7"
MADE_BY = MadeBy("1", "1")


def version(words: str, retrieved: str | None, url: str | None = URL, **changes: object) -> Document:
    return make_document("A port and its cable", f"The first report said: {words}.", lang="en", url=url, retrieved=retrieved, **changes)


FIRST = version("twelve engineers will be trained", "2026-01-01T08:00:00+00:00")
SECOND = version("forty engineers will be trained", "2026-01-02T08:00:00+00:00", url=URL + "?utm_source=x")
NOTICE = version("nothing", "2026-01-03T08:00:00+00:00", notes=("taken_down",), withdrawn=True)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "mithaq.sqlite") as opened:
        yield opened


def put(store: SqlStore, document: Document, added: str = "2026-05-01T00:00:00+00:00", again: str = "") -> None:
    store.put(document, Capture(hash=document.id[:8] + again, file="f", added=added, path=document.url), MADE_BY)


def shown(store: SqlStore) -> list[str]:
    return [d.id for d in store.documents()]


@pytest.mark.parametrize("order", list(permutations((FIRST, SECOND))))
def test_the_version_captured_last_is_shown_in_whatever_order_they_come(store: SqlStore, order: tuple[Document, ...]) -> None:
    for document in order:
        put(store, document)
    assert shown(store) == [SECOND.id]
    assert {d.id for d in store.documents(Filter(every_version=True))} == {FIRST.id, SECOND.id}
    assert [hit.id for hit in store.search("engineers")] == [SECOND.id]
    assert store.search("twelve") == []
    assert store.document(FIRST.id) == FIRST
    assert (store.counts()["documents"], store.counts()["superseded"]) == (2, 1)


def test_an_edit_that_is_taken_back_brings_the_old_version_back(store: SqlStore) -> None:
    for document in (FIRST, SECOND):
        put(store, document)
    put(store, version("twelve engineers will be trained", "2026-01-05T08:00:00+00:00"), again="x")
    assert shown(store) == [FIRST.id]


def test_without_a_time_of_retrieval_the_time_of_arrival_counts(store: SqlStore) -> None:
    old, new = version("one", None), version("two", None)
    put(store, old, "2026-05-01T00:00:00+00:00")
    put(store, new, "2026-05-02T00:00:00+00:00")
    assert shown(store) == [new.id]
    same_second = version("three", None)
    put(store, same_second, "2026-05-02T00:00:00+00:00")
    assert shown(store) == [same_second.id]


def test_pages_of_other_addresses_and_of_none_stay(store: SqlStore) -> None:
    others = [version("a", None, url=None), version("b", None, url=None), version("c", None, url="https://marsa.example/")]
    for document in (FIRST, *others, version("d", None, url="https://marsa.example/news/8")):
        put(store, document)
    assert len(shown(store)) == 5


def test_a_page_that_is_gone_is_marked_and_kept(store: SqlStore) -> None:
    for document in (FIRST, SECOND):
        put(store, document)
    assert store.withdraw("http://www.marsa.example/news/7/", "2026-02-01T00:00:00+00:00") == 2
    assert store.withdraw("http://marsa.example/news/99", "2026-02-01T00:00:00+00:00") == 0
    [document] = store.documents()
    assert document.withdrawn and document.id == SECOND.id
    assert store.document(FIRST.id).withdrawn
    assert store.counts()["withdrawn"] == 2
    assert store.fetched_last(URL) is None
    # An old capture that arrives late changes nothing; the page fetched again after that day is there again.
    put(store, version("six engineers", "2026-01-20T00:00:00+00:00"))
    assert all(d.withdrawn for d in store.documents())
    put(store, version("seven engineers", "2026-02-02T00:00:00+00:00"))
    assert not any(d.withdrawn for d in store.documents(Filter(every_version=True)))


@pytest.mark.parametrize("order", list(permutations((FIRST, SECOND, NOTICE))))
def test_a_notice_that_an_article_was_taken_down_hides_nothing(store: SqlStore, order: tuple[Document, ...]) -> None:
    for document in order:
        put(store, document)
    [document] = store.documents()
    assert document.id == SECOND.id and document.withdrawn
    put(store, version("back again", "2026-01-04T00:00:00+00:00"))
    assert [d.withdrawn for d in store.documents()] == [False]


def test_a_notice_alone_is_kept_as_what_it_is(store: SqlStore) -> None:
    put(store, NOTICE)
    [document] = store.documents()
    assert document == NOTICE and store.fetched_last(URL) == NOTICE.id[:8]


def test_a_page_is_found_by_its_address(store: SqlStore) -> None:
    put(store, FIRST)
    put(store, version("ten", "2026-01-09T00:00:00+00:00"))
    assert "ten" in store.document(URL).text
    assert store.fetched_last(URL) == store.document(URL).id[:8]


def old_database(path: Path, documents: list[Document]) -> None:
    """Write a database as the first migration made it, with these documents."""
    first = (Path(__file__).parents[2] / "src/mithaq/store/migrations/0001_first.sql").read_text("utf-8")
    with sqlite3.connect(path) as connection:
        connection.executescript(first)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("PRAGMA user_version = 1")
        for number, document in enumerate(documents, start=1):
            row = document_row(document)[:15]
            connection.execute(f"INSERT INTO documents VALUES ({', '.join('?' * 16)})", (number, *row))
            connection.execute("INSERT INTO layers VALUES (?, '1', '1', ?)", (document.id, pack_document(document)))
            capture = (document.id[:8], "", document.id, None, document.url, None, document.retrieved, "f", "2026-05-01")
            connection.execute(f"INSERT INTO captures VALUES ({', '.join('?' * 9)})", capture)
            for table, rows in fact_rows(document).items():
                there = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
                for fact in rows:
                    known = {f'"{name}"': value for name, value in zip(COLUMNS[table], fact, strict=True) if name in there}
                    marks = ", ".join("?" * len(known))
                    connection.execute(f"INSERT INTO {table} ({', '.join(known)}) VALUES ({marks})", (*known.values(),))
        connection.execute("INSERT INTO quarantine VALUES ('h', 'p.txt', 'why', NULL, '2026')")


@pytest.mark.of_the_file
def test_a_database_of_the_first_form_is_brought_up_to_date(tmp_path: Path) -> None:
    other = arabic_document()
    old_database(tmp_path / "mithaq.sqlite", [FIRST, SECOND, other])
    with open_store(tmp_path / "mithaq.sqlite") as store:
        assert {d.id for d in store.documents()} == {SECOND.id, other.id}
        assert store.document(other.id) == other
        assert len(store.rows("events")) == len(other.events)
        assert [row["sidecar"] for row in store.rows("quarantine")] == [""]
        assert [row["address"] for row in store.rows("documents")] == [address_key(d.url) for d in (FIRST, SECOND, other)]
        put(store, version("fifty", "2026-03-01"))
        assert {d.id for d in store.documents()} == {version("fifty", "2026-03-01").id, other.id}
    assert zlib.decompress(pack_document(FIRST))  # the layers of a database keep their form
