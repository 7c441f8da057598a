"""Backups: whole, proven, made while others write; restored only into new folders, and never out of a damaged or hostile file."""

from __future__ import annotations

import shutil
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from made_documents import make_document
from mithaq.backup import Manifest, back_up, restore, verify
from mithaq.errors import QuestionError, StoreError
from mithaq.store import MadeBy
from mithaq.store.captures import keep_capture
from mithaq.workspace import Workspace, open_workspace
from told_pages import story


def fill(workspace: Workspace) -> None:
    for page in story():
        kept = keep_capture(workspace.root, page.text.encode(), page.path or "", None)
        workspace.store.put(page, kept, MadeBy("1", "words"))
    workspace.resolve()


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w") as opened:
        fill(opened)
        (opened.root / "knowledge" / "lexicons").mkdir(parents=True, exist_ok=True)
        (opened.root / "knowledge" / "lexicons" / "mine.yml").write_text("about: mine\n")
        (opened.root / "alerts.toml").write_text("secret")
        yield opened


def test_a_backup_is_restored_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "safe" / "w.mithaq"
    manifest = back_up(workspace.root, workspace.store, target)
    assert verify(target) == manifest and not manifest.missing and manifest.counts["documents"] == len(story())
    assert [path.name for path in target.parent.iterdir()] == ["w.mithaq"]
    assert "alerts.toml" not in manifest.files and "knowledge/lexicons/mine.yml" in manifest.files
    restore(target, tmp_path / "again")
    with open_workspace(tmp_path / "again", create=False) as again:
        assert {page.id: page for page in again.store.documents()} == {page.id: page for page in workspace.store.documents()}
        assert list(again.store.happenings()) == list(workspace.store.happenings())
        assert again.store.check() == [] and again.store.unlinked() == 0
        assert {finding.grade for finding in again.doctor() if finding.what in ("captures", "quotes", "database")} <= {"well"}
    assert (tmp_path / "again" / "knowledge" / "lexicons" / "mine.yml").read_text() == "about: mine\n"


def test_nothing_is_overwritten(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "w.mithaq"
    back_up(workspace.root, workspace.store, target)
    with pytest.raises(QuestionError, match="not overwritten"):
        back_up(workspace.root, workspace.store, target)
    with pytest.raises(QuestionError, match="not overwritten"):
        restore(target, workspace.root)
    (tmp_path / "empty").mkdir()
    restore(target, tmp_path / "empty")
    assert (tmp_path / "empty" / "mithaq.sqlite").is_file()


def test_a_backup_is_of_one_moment_while_others_write(workspace: Workspace, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with open_workspace(workspace.root, create=False) as other:
            number = 0
            while not stop.is_set():
                number += 1
                page = make_document(f"Page {number}", f"Words of page {number}.", path=f"{number}.txt")
                other.store.put(page, keep_capture(other.root, page.text.encode(), page.path or "", None), MadeBy("1", "words"))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        manifests = [back_up(workspace.root, workspace.store, tmp_path / f"{n}.mithaq") for n in range(3)]
    finally:
        stop.set()
        writer.join()
    assert all(manifest.counts["documents"] >= len(story()) and not manifest.missing for manifest in manifests)
    restore(tmp_path / "2.mithaq", tmp_path / "again")
    with open_workspace(tmp_path / "again", create=False) as again:
        assert len(list(again.store.documents())) == manifests[2].counts["documents"] and again.store.check() == []
        assert all((again.root / file).is_file() for _, file in again.store.all_captures())


def test_missing_captures_are_told(workspace: Workspace, tmp_path: Path) -> None:
    file = next(file for _, file in workspace.store.all_captures())
    (workspace.root / file).write_bytes(b"damaged")
    assert back_up(workspace.root, workspace.store, tmp_path / "w.mithaq").missing == (file,)


def test_a_damaged_backup_restores_nothing(workspace: Workspace, tmp_path: Path) -> None:
    good = tmp_path / "w.mithaq"
    back_up(workspace.root, workspace.store, good)
    data = good.read_bytes()
    bad = tmp_path / "bad.mithaq"
    for at in range(200, len(data), max(1, len(data) // 12)):
        bad.write_bytes(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :])
        try:
            restore(bad, tmp_path / "again")
        except StoreError:
            assert not (tmp_path / "again").exists()
        else:  # a bit that means nothing: what came out is whole all the same
            with open_workspace(tmp_path / "again", create=False) as again:
                assert again.store.check() == [] and len(list(again.store.documents())) == len(story())
            shutil.rmtree(tmp_path / "again")
    bad.write_bytes(data[: len(data) // 2])
    for wrong in (bad, tmp_path / "nowhere"):
        with pytest.raises(StoreError):
            verify(wrong)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.mithaq", "w", "w.mithaq"]


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out", "knowledge/../../out", "a\\..\\out", "C:out", "knowledge//out"])
def test_a_hostile_backup_writes_nothing_outside(workspace: Workspace, tmp_path: Path, name: str) -> None:
    good, bad = tmp_path / "w.mithaq", tmp_path / "bad.mithaq"
    back_up(workspace.root, workspace.store, good)
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(bad, "w") as new:
        manifest = msgspec.json.decode(old.read("manifest.json"), type=Manifest)
        some = next(iter(manifest.files))
        for known in manifest.files:
            new.writestr(known, old.read(known))
        new.writestr(zipfile.ZipInfo(name), old.read(some))
        lying = msgspec.structs.replace(manifest, files={**manifest.files, name: manifest.files[some]})
        new.writestr("manifest.json", msgspec.json.encode(lying))
    with pytest.raises(StoreError, match="tampered"):
        restore(bad, tmp_path / "again")
    assert not (tmp_path / "again").exists() and not (tmp_path / "out.txt").exists()


def test_a_full_disk_leaves_nothing_half_done(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mithaq.backup.os.fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        back_up(workspace.root, workspace.store, tmp_path / "w.mithaq")
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["w"]
    back_up(workspace.root, workspace.store, tmp_path / "w.mithaq")
    monkeypatch.setattr("mithaq.backup.os.fsync", full)
    with pytest.raises(StoreError, match="No space left"):
        restore(tmp_path / "w.mithaq", tmp_path / "again")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["w", "w.mithaq"]


def test_a_full_disk_stops_an_ingest_and_loses_nothing(workspace: Workspace, tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.txt").write_text(f"Title {number}\n\n" + f"Words of page {number} about cables. " * 400)
    connection = workspace.store._connection  # type: ignore[attr-defined]  # only SQLite itself can play a full disk
    (used,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {used + 2}")
    with pytest.raises(StoreError, match="disk is full"):
        workspace.ingest([pages], gate=False)
    assert workspace.store.check() == [] and len(list(workspace.store.documents())) >= len(story())
    connection.execute("PRAGMA max_page_count = 1000000")
    workspace.ingest([pages], gate=False)
    assert len(list(workspace.store.documents())) == len(story()) + 3 and workspace.store.check() == []


