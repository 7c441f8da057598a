"""The database keeps what it is given, once, whole or not at all, and says plainly why it cannot be opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from made_documents import arabic_document, english_document, french_document
from mithaq.errors import EvidenceError, QuestionError, StoreError
from mithaq.model import Document, Statement
from mithaq.model.judgement import Judgement
from mithaq.store import Capture, Filter, MadeBy, Quarantined, SqlStore, open_store, prepare, writing
from mithaq.store import migrate as migrating
from mithaq.store import sqlite as module
from mithaq.store.rows import COLUMNS

pytestmark = pytest.mark.usefixtures("database")
MADE_BY = MadeBy("1.0", "abc")
NEWEST = migrating.read_migrations()[-1][0]


def capture_of(document: Document, sidecar: str = "") -> Capture:
    return Capture(
        hash=f"hash-of-{document.id}", file="captures/aa/x.gz", added="2024-03-05T10:00:00+00:00", path=document.path, sidecar=sidecar
    )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    with open_store(tmp_path / "mithaq.sqlite") as opened:
        yield opened


@pytest.fixture
def filled(store: SqlStore) -> SqlStore:
    for document in (arabic_document(), french_document(), english_document()):
        store.put(document, capture_of(document), MADE_BY)
    return store


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return [line for line in connection.iterdump() if "judgements" not in line]


def test_a_document_comes_back_as_it_went_in(store: SqlStore) -> None:
    document = arabic_document()
    assert store.put(document, capture_of(document), MADE_BY) == "new"
    assert store.has(document.id)
    assert list(store.documents()) == [document]
    assert store.document(document.id) == document


@pytest.mark.of_the_file
def test_the_same_document_twice_changes_nothing(filled: SqlStore) -> None:
    before = dump(filled.path)
    assert filled.put(arabic_document(), capture_of(arabic_document()), MADE_BY) == "duplicate"
    assert dump(filled.path) == before


def test_a_reading_that_knows_more_of_its_source_wins_in_any_order(store: SqlStore) -> None:
    poor, rich = arabic_document(outlet=None, url=None), arabic_document()
    store.put(poor, capture_of(poor), MADE_BY)
    assert store.put(rich, capture_of(rich, '{"outlet": "sahil.example"}'), MADE_BY) == "updated"
    assert store.put(poor, capture_of(poor, "{}"), MADE_BY) == "duplicate"
    assert list(store.documents()) == [rich]
    assert store.counts()["captures"] == 3 and store.counts(("captures", "gated")) == {"captures": 3, "gated": 0}
    assert store.counts()["people"] == 2


def test_replacing_a_document_leaves_no_row_of_the_old_one(filled: SqlStore) -> None:
    emptied = arabic_document(people=(), events=(), statements=(), programmes=(), title="تحديث")
    assert filled.put(emptied, capture_of(emptied), MADE_BY, replace=True) == "updated"
    assert filled.document(emptied.id) == emptied
    for table in ("people", "events", "participants", "statements", "programmes"):
        assert filled.rows(table, {"source": emptied.id}) == []
    assert [hit.title for hit in filled.search("تحديث")] == ["تحديث"]


def test_every_fact_row_shows_the_words_that_stand_in_its_source(filled: SqlStore) -> None:
    shown = 0
    for table, columns in COLUMNS.items():
        for row in filled.rows(table):
            if "quote" in columns:
                text = filled.document(str(row["source"])).text
                assert text[int(str(row["start"])) : int(str(row["end"]))] == row["quote"]
                shown += 1
    assert shown >= 25


def test_rows_can_be_asked_for_by_column(filled: SqlStore) -> None:
    (need,) = filled.rows("statements", {"kind": "need"})
    assert (need["country"], need["toward"], need["quote"]) == ("DJ", "OM", "جيبوتي بحاجة إلى خبرة في حماية الشبكات")
    (group,) = filled.rows("participants", {"what": "group"})
    assert (group["size"], group["name"]) == (40, "40 مهندسا")
    assert {row["role"] for row in filled.rows("participants", {"name": "سالم الحارثي"})} == {"host"}
    assert filled.rows("indicators", {"group": None})[0]["value"] == 96.5
    with pytest.raises(QuestionError, match="no column 'colour'"):
        filled.rows("statements", {"colour": "red"})
    with pytest.raises(QuestionError, match="no table"):
        filled.rows("sqlite_master")


@pytest.mark.parametrize(
    ("wanted", "langs"),
    [
        (Filter(), ["ar", "fr", "en"]),
        (Filter(pair=("OM", "DJ")), ["ar", "fr"]),
        (Filter(country="RW"), ["en"]),
        (Filter(country="ITU"), ["ar"]),
        (Filter(lang="fr"), ["fr"]),
        (Filter(since="2024-03-05"), ["fr"]),
        (Filter(until="2024-03-04"), ["ar"]),
        (Filter(since="2024-03", until="2024"), ["ar", "fr"]),
        (Filter(since="2025"), []),
        (Filter(pair=("MA", "OM")), []),
    ],
)
def test_documents_can_be_narrowed(filled: SqlStore, wanted: Filter, langs: list[str]) -> None:
    assert [document.lang for document in filled.documents(wanted)] == langs


def test_a_page_dated_to_the_month_may_be_meant(store: SqlStore) -> None:
    document = arabic_document(published="2024-03")
    store.put(document, capture_of(document), MADE_BY)
    assert len(list(store.documents(Filter(since="2024-03-20")))) == 1
    assert len(list(store.documents(Filter(until="2024-03-02")))) == 1
    assert len(list(store.documents(Filter(since="2024-04")))) == 0


def test_relevant_only(store: SqlStore) -> None:
    document = arabic_document(relevant=False)
    store.put(document, capture_of(document), MADE_BY)
    assert list(store.documents(Filter(relevant=True))) == []
    assert store.counts()["documents"] == 1
    assert store.counts()["relevant"] == 0


@pytest.mark.parametrize("wrong", [{"since": "March"}, {"until": "2024-13"}, {"pair": ("MA", "MA")}])
def test_a_filter_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(QuestionError):
        Filter(**wrong)  # type: ignore[arg-type]


def test_a_document_is_found_by_id_its_beginning_or_path(filled: SqlStore) -> None:
    document = french_document()
    for key in (document.id, document.id[:8], document.id[:8].upper(), "pages/om-dj-fr.txt"):
        assert filled.document(key).id == document.id
    for key in ("zzzz", "", document.id[:2], "pages"):
        with pytest.raises(QuestionError, match="there is no document"):
            filled.document(key)


def test_one_path_read_twice_with_different_text_is_ambiguous(filled: SqlStore) -> None:
    other = english_document(path="pages/om-dj.txt")
    filled.put(other, capture_of(other), MADE_BY, replace=True)
    with pytest.raises(QuestionError, match="several documents"):
        filled.document("pages/om-dj.txt")


def test_a_page_leaves_quarantine_when_it_is_read_after_all(store: SqlStore) -> None:
    document = arabic_document()
    capture = capture_of(document)
    page = Quarantined("pages/om-dj.txt", "not text", capture.hash, capture.file)
    store.quarantine(page)
    store.quarantine(page)
    assert [row["reason"] for row in store.rows("quarantine")] == ["not text"]
    store.put(document, capture, MADE_BY)
    assert store.rows("quarantine") == []


@pytest.mark.of_the_file
def test_a_judgement_is_never_changed_and_never_deleted(filled: SqlStore) -> None:
    first = filled.judge(Judgement(subject="a", other="b", verb="same", by="reviewer", at="2024-05-01T00:00:00Z"))
    second = filled.judge(Judgement(subject="a", other="b", verb="different", by="reviewer", at="2024-05-02T00:00:00Z", replaces=first))
    assert second > first
    with sqlite3.connect(filled.path) as connection:
        for sql in ("UPDATE judgements SET verb = 'unsure'", "DELETE FROM judgements"):
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                connection.execute(sql)
    document = arabic_document()
    filled.put(document, capture_of(document), MADE_BY, replace=True)
    assert [row["verb"] for row in filled.rows("judgements")] == ["same", "different"]
    with pytest.raises(EvidenceError):
        Judgement(subject="a", verb="same", by=" ", at="2024-05-01T00:00:00Z")


def test_a_value_that_no_database_holds_leaves_nothing_behind(store: SqlStore) -> None:
    document = arabic_document()
    huge = replace(document.indicators[0], year=2**70)
    with pytest.raises(EvidenceError, match="no database can keep"):
        store.put(replace(document, indicators=(huge,)), capture_of(document), MADE_BY)
    assert store.counts()["documents"] == 0
    assert store.counts()["captures"] == 0


def test_an_error_in_the_middle_of_a_page_leaves_nothing_behind(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(writing._WRITE_FACTS, "topics", "INSERT INTO topics (source, no_such_column) VALUES (?, ?)")
    with pytest.raises(StoreError, match="no_such_column"):
        store.put(arabic_document(), capture_of(arabic_document()), MADE_BY)
    monkeypatch.undo()
    assert sum(store.counts().values()) == 0
    assert store.put(arabic_document(), capture_of(arabic_document()), MADE_BY) == "new"


def test_pages_kept_together_are_kept_whole_but_for_the_one_that_cannot_be(store: SqlStore) -> None:
    good, other = arabic_document(), english_document()
    huge = replace(other, indicators=(replace(good.indicators[0], year=2**70),))
    pages = [(prepare(document, MADE_BY), capture_of(document)) for document in (good, huge, good)]
    outcomes = store.put_many(pages)
    assert (outcomes[0], outcomes[2]) == ("new", "duplicate") and isinstance(outcomes[1], EvidenceError)
    assert store.counts()["documents"] == store.counts()["captures"] == 1


@pytest.mark.of_the_file
def test_foreign_keys_hold(filled: SqlStore) -> None:
    with sqlite3.connect(filled.path) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.of_the_file
def test_opening_again_runs_no_migration_and_keeps_everything(filled: SqlStore) -> None:
    before = dump(filled.path)
    filled.close()
    with open_store(filled.path, create=False) as again:
        assert dump(again.path) == before
        assert again.counts()["documents"] == 3


@pytest.mark.of_the_file
def test_migrations_are_numbered_without_gaps_and_end_whole() -> None:
    migrations = migrating.read_migrations()
    assert [number for number, _ in migrations] == list(range(1, len(migrations) + 1))
    assert all(list(migrating.split_sql(sql)) for _, sql in migrations)
    with pytest.raises(StoreError, match="middle of a statement"):
        list(migrating.split_sql("CREATE TABLE a (b);\nCREATE TABLE"))


@pytest.mark.of_the_file
def test_a_migration_that_fails_leaves_the_old_version_whole(filled: SqlStore) -> None:
    before = dump(filled.path)
    filled.close()
    broken = [*migrating.read_migrations(), (NEWEST + 1, "CREATE TABLE extra (a);\nINSERT INTO nowhere VALUES (1);\n")]
    connection = sqlite3.connect(filled.path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="nowhere"):
        migrating.migrate(connection, filled.path, broken)
    assert connection.execute("PRAGMA user_version").fetchone() == (NEWEST,)
    connection.close()
    assert dump(filled.path) == before


@pytest.mark.of_the_file
def test_a_newer_migration_runs_once(filled: SqlStore) -> None:
    filled.close()
    connection = sqlite3.connect(filled.path, isolation_level=None)
    longer = [*migrating.read_migrations(), (NEWEST + 1, "CREATE TABLE extra (a); -- later\n")]
    migrating.migrate(connection, filled.path, longer)
    migrating.migrate(connection, filled.path, longer)
    assert connection.execute("PRAGMA user_version").fetchone() == (NEWEST + 1,)
    connection.close()


@pytest.mark.of_the_file
def test_a_database_of_a_newer_mithaq_is_refused(filled: SqlStore) -> None:
    filled.close()
    with sqlite3.connect(filled.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match=rf"version 99.*up to {NEWEST}.*install a newer mithaq"):
        open_store(filled.path)
    with sqlite3.connect(filled.path) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (3,)


@pytest.mark.of_the_file
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mithaq.sqlite"
    path.write_bytes(b"this is not a database at all" * 100)
    with pytest.raises(StoreError, match="damaged or not a database"):
        open_store(path)
    assert path.read_bytes().startswith(b"this is not")


@pytest.mark.of_the_file
def test_a_damaged_database_is_named(filled: SqlStore) -> None:
    filled.close()
    content = bytearray(filled.path.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    filled.path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        open_store(filled.path).counts()


@pytest.mark.of_the_file
def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mithaq.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (title)")
    with pytest.raises(StoreError, match="another program"):
        open_store(path)


@pytest.mark.of_the_file
def test_nothing_is_made_unless_asked_for(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database"):
        open_store(tmp_path / "mithaq.sqlite", create=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(tmp_path / "no" / "such" / "folder.sqlite")


@pytest.mark.of_the_file
def test_a_locked_database_says_so(filled: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY", 0.05)
    other = sqlite3.connect(filled.path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with open_store(filled.path) as waiting, pytest.raises(StoreError, match="another program"):
        waiting.put(arabic_document(), capture_of(arabic_document()), MADE_BY, replace=True)
    other.execute("ROLLBACK")
    other.close()


@pytest.mark.of_the_file
def test_layers_that_cannot_be_read_name_their_document(filled: SqlStore) -> None:
    document = arabic_document()
    with sqlite3.connect(filled.path) as connection:
        connection.execute("UPDATE layers SET document = x'00' WHERE source = ?", (document.id,))
    with pytest.raises(StoreError, match=document.id[:12]):
        filled.document(document.id)


def test_a_statement_of_both_sides_is_found_under_no_side(store: SqlStore) -> None:
    document = arabic_document()
    both = Statement(kind="intent", evidence=document.statements[0].evidence)
    store.put(replace(document, statements=(both,)), capture_of(document), MADE_BY)
    assert len(store.rows("statements", {"country": None})) == 1
