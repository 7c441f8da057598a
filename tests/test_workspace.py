"""A workspace takes every page once, sets aside what it cannot read, and is whole however it was stopped."""

from __future__ import annotations

import gzip
import hashlib
import io
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from mithaq.collect import files
from mithaq.errors import EvidenceError, InputError, StoreError
from mithaq.lexicon import Entry, Lexicon
from mithaq.model import Document
from mithaq.store import MadeBy
from mithaq.store.captures import pack_record
from mithaq.workspace import Reader, keep_capture, open_workspace, read_capture_file, version_of
from plain_reader import READER, contents

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(6):
        (folder / f"{n}.txt").write_text(f"Title {n}\nBody {n}, need: engineers", "utf-8")
    (folder / "off.txt").write_text("Sport\nA match was played", "utf-8")
    return folder


def test_pages_are_kept_once(pages: Path, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        first = workspace.ingest([pages])
        assert (first.read, first.new, first.duplicate, first.not_relevant, first.quarantined) == (7, 7, 0, 1, ())
        before = contents(workspace.root)
        second = workspace.ingest([pages, pages / "0.txt"])
        assert (second.read, second.new, second.updated, second.duplicate, second.not_relevant) == (7, 0, 0, 7, 0)
        assert contents(workspace.root) == before
        assert workspace.store.counts()["documents"] == 7
        assert workspace.store.counts()["relevant"] == 6


def test_the_same_text_at_another_address_is_one_document_of_two_captures(pages: Path, tmp_path: Path) -> None:
    copy = pages / "copy.txt"
    copy.write_bytes((pages / "0.txt").read_bytes())
    copy.with_name("copy.meta.json").write_text('{"outlet": "sahil.example"}', "utf-8")
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        summary = workspace.ingest([pages])
        assert (summary.new, summary.updated, summary.duplicate) == (7, 1, 0)
        assert workspace.ingest([pages]).duplicate == 8
        assert workspace.store.counts()["captures"] == 8
        assert workspace.store.document(str(copy)).outlet == "sahil.example"


def test_what_cannot_be_read_is_set_aside_with_its_reason_and_its_bytes(pages: Path, tmp_path: Path) -> None:
    (pages / "1.txt").write_text("unreadable", "utf-8")
    (pages / "2.txt").write_text("crash", "utf-8")
    (pages / "3.txt").write_text("The lie\nof a machine", "utf-8")
    (pages / "4.txt").write_bytes(b"\xff\xfe\xfa")
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        summary = workspace.ingest([pages])
        assert (summary.read, summary.new, len(summary.quarantined)) == (7, 3, 4)
        reasons = {Path(page.path).name: page.reason for page in summary.quarantined}
        assert "save the page as UTF-8" in reasons["1.txt"]
        assert reasons["2.txt"].startswith("KeyError: 'no such thing' (a fault of mithaq")
        assert "'lie' does not stand at 0:3" in reasons["3.txt"]
        assert reasons["4.txt"].startswith("UnicodeDecodeError")
        rows = workspace.store.rows("quarantine")
        assert {Path(str(row["path"])).name for row in rows} == set(reasons)
        assert {read_capture_file(workspace.root, str(row["file"])) for row in rows} >= {b"unreadable", b"\xff\xfe\xfa"}
        assert len(workspace.ingest([pages]).quarantined) == 4
        assert len(workspace.store.rows("quarantine")) == 4
        (pages / "1.txt").write_text("Title 1\nreadable now", "utf-8")
        assert workspace.ingest([pages / "1.txt"]).new == 1


def test_a_page_leaves_quarantine_once_a_better_reader_reads_it(pages: Path, tmp_path: Path) -> None:
    def strict(data: bytes, path: str, sidecar: bytes | None) -> Document:
        raise InputError("cannot yet")

    with open_workspace(tmp_path / "ws", reader=Reader(strict, MadeBy("0", "0"))) as workspace:
        assert len(workspace.ingest([pages]).quarantined) == 7
        assert workspace.store.counts()["documents"] == 0
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        assert workspace.ingest([pages]).new == 7
        assert workspace.store.rows("quarantine") == []


def test_a_file_that_may_not_be_read_is_set_aside(pages: Path, tmp_path: Path) -> None:
    (pages / "gone.txt").symlink_to(pages / "nowhere.txt")
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        summary = workspace.ingest([pages])
        assert summary.new == 7
        assert [Path(page.path).name for page in summary.quarantined] == ["gone.txt"]


def test_a_path_that_does_not_exist_stops_before_anything_is_read(pages: Path, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        with pytest.raises(InputError, match="no such file"):
            workspace.ingest([pages, pages / "nothing"])
        assert workspace.store.counts()["documents"] == 0


def test_a_fault_of_the_database_is_not_the_pages_fault(pages: Path, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        workspace.store.close()
        with pytest.raises(StoreError):
            workspace.ingest([pages])


def test_a_page_may_come_from_the_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Title\nneed: words")))
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        assert workspace.ingest(["-"]).new == 1
        assert workspace.store.document("-").title == "Title"


def test_too_long_an_input_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 3)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"long")))
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        assert "no news page" in workspace.ingest(["-"]).quarantined[0].reason


def test_progress_is_told_page_by_page(pages: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        workspace.ingest([pages], lambda *step: told.append(step))
    assert [step[:2] for step in told] == [(n, 7) for n in range(1, 8)]
    assert told[0][2] == str(pages / "0.txt")


def test_a_workspace_inside_the_folder_read_is_not_a_page(pages: Path) -> None:
    with open_workspace(pages / "mithaq-workspace", reader=READER) as workspace:
        assert workspace.ingest([pages]).read == 7
        assert workspace.ingest([pages]).read == 7


@pytest.mark.of_the_file
def test_the_folder_explains_itself(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "ws"):
        pass
    names = {entry.name for entry in (tmp_path / "ws").iterdir()}
    assert names == {"mithaq.sqlite", "captures", "knowledge", "README.txt"}
    text = (tmp_path / "ws" / "README.txt").read_text("utf-8")
    assert all(name in text for name in names - {"README.txt"})
    (tmp_path / "ws" / "README.txt").write_text("my own note", "utf-8")
    with open_workspace(tmp_path / "ws"):
        pass
    assert (tmp_path / "ws" / "README.txt").read_text("utf-8") == "my own note"


def test_a_workspace_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="not a mithaq workspace"):
        open_workspace(tmp_path / "ws", create=False)
    assert not (tmp_path / "ws").exists()
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(StoreError, match="cannot become a workspace"):
        open_workspace(tmp_path / "file")


def test_a_capture_is_the_page_as_fetched(tmp_path: Path) -> None:
    data = "صفحة".encode("cp1256")
    capture = keep_capture(tmp_path, data, "p.txt", b'{"outlet": "\xff"}')
    assert capture.hash == hashlib.sha256(data).hexdigest()
    assert capture.file == f"captures/{capture.hash[:2]}/{capture.hash}.warc.gz"
    assert capture.sidecar == '{"outlet": "\\xff"}'
    assert read_capture_file(tmp_path, capture.file) == data
    assert [file.name for file in (tmp_path / "captures").rglob("*") if file.is_file()] == [f"{capture.hash}.warc.gz"]


def test_a_damaged_capture_is_named(tmp_path: Path) -> None:
    capture = keep_capture(tmp_path, b"page", "p.txt", None)
    target = tmp_path / capture.file
    target.write_bytes(pack_record(b"another page", capture.hash, None, capture.added))
    with pytest.raises(StoreError, match="does not hold what was fetched"):
        read_capture_file(tmp_path, capture.file)
    for damage in (b"", b"\x1f\x8b\x08", gzip.compress(b"page" * 99)[:-9], gzip.compress(b"another page")):
        target.write_bytes(damage)
        with pytest.raises(StoreError, match=r"cannot be read|does not hold"):
            read_capture_file(tmp_path, capture.file)
    target.unlink()
    with pytest.raises(StoreError, match="cannot be read"):
        read_capture_file(tmp_path, capture.file)


def test_a_capture_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "captures").write_text("in the way", "utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        keep_capture(tmp_path, b"page", "p.txt", None)


def test_the_version_of_knowledge_follows_its_words() -> None:
    entry = Entry(kind="statement.need", lang="ar", word="محتاج", forms=("محتاج",), attributes={}, path="/here", line=1)
    moved = replace(entry, path="/there", line=9)
    changed = replace(entry, forms=("محتاج", "محتاجة"))
    assert version_of(Lexicon([entry])) == version_of(Lexicon([moved])) != version_of(Lexicon([changed]))


def test_evidence_that_lies_never_reaches_the_store(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("A lie\nneed: nothing", "utf-8")
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        (set_aside,) = workspace.ingest([page]).quarantined
        assert "please report it" in set_aside.reason
        assert workspace.store.counts()["documents"] == 0
    assert issubclass(EvidenceError, ValueError)
