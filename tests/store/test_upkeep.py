"""A workspace's database counts what it holds, knows what is out of date, and says what does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from made_documents import arabic_document, english_document, french_document
from mithaq.store import Capture, MadeBy, SqlStore, open_store
from mithaq.store.migrate import read_migrations
from mithaq.store.store import Quarantined

OLD, NEW = MadeBy("1", "words"), MadeBy("2", "words")


pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "mithaq.sqlite") as opened:
        for document, made_by in ((arabic_document(), OLD), (french_document(), NEW), (english_document(), NEW)):
            capture = Capture(hash=document.id, file=f"{document.lang}.gz", added="2024-01-01T00:00:00+00:00", path=document.path)
            opened.put(document, capture, made_by)
        yield opened


def test_everything_is_counted_once(store: SqlStore) -> None:
    counts = {(c.group, c.name): c.n for c in store.statistics()}
    pages = [arabic_document(), french_document(), english_document()]
    assert counts["pages", "all"] == 3 and counts["pages", "on digital cooperation"] == 3
    assert [counts["pages by language", lang] for lang in ("ar", "fr", "en")] == [1, 1, 1]
    assert counts["pages by outlet", "sahil.example"] == counts["pages by outlet", "not stated"] == 1
    for layer in ("events", "statements", "indicators", "pairs", "people", "bodies", "programmes"):
        total = sum(len(getattr(page, layer)) for page in pages)
        assert counts["facts", layer] == total
        assert sum(n for (group, _), n in counts.items() if group == f"{layer} by language") == total
    assert sum(n for (group, _), n in counts.items() if group == "facts by outlet") == sum(
        n for (group, _), n in counts.items() if group == "facts"
    )
    assert counts["events by type", "agreement"] == sum(e.type == "agreement" for page in pages for e in page.events)
    assert counts["waiting", "set aside"] == 0


def test_pages_of_older_versions_are_known(store: SqlStore) -> None:
    assert [held.document for held in store.captures_of_documents(NEW)] == [arabic_document().id]
    assert len(store.captures_of_documents()) == 3
    assert store.captures_of_documents(MadeBy("2", "other words")) != []


def test_of_several_captures_the_one_that_tells_most_counts(store: SqlStore) -> None:
    page = arabic_document()
    store.put(page, Capture(hash="x", file="y.gz", added="2024-01-02", path=page.path, sidecar='{"outlet": "o"}'), OLD)
    assert next(h.capture.file for h in store.captures_of_documents() if h.document == page.id) == "y.gz"


def test_files_of_captures_and_of_pages_set_aside_are_all_named(store: SqlStore) -> None:
    store.quarantine(Quarantined("bad.txt", "no text", "h", "bad.gz"))
    store.quarantine(Quarantined("gone.txt", "not there"))
    assert [file for _, file in store.all_captures()] == ["ar.gz", "bad.gz", "en.gz", "fr.gz"]


def test_a_sound_database_has_nothing_to_say(store: SqlStore) -> None:
    assert store.check() == []
    assert store.schema_version() == read_migrations()[-1][0]


@pytest.mark.of_the_file
@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("DELETE FROM layers WHERE source = (SELECT min(id) FROM documents)", "1 documents have no layers"),
        ("DELETE FROM search WHERE rowid = 1", "1 documents cannot be searched"),
        ("DELETE FROM documents WHERE n = 1", "belongs to documents that are not there"),
    ],
)
def test_what_does_not_fit_together_is_said(store: SqlStore, harm: str, words: str) -> None:
    store._connection.execute("PRAGMA foreign_keys = OFF")
    store._connection.execute(harm)
    assert any(words in line for line in store.check())
