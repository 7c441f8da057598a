"""The doctor finds every fault that was put there, says what to do, and changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from mithaq import doctor
from mithaq.doctor import Finding
from mithaq.store import MadeBy
from mithaq.store.captures import pack_record
from mithaq.workspace import Reader, open_workspace
from plain_reader import READER, contents

OTHER = pack_record(b"other", "00", None, "2024-01-01")
DAMAGE = "UPDATE layers SET document = x'00' WHERE source = (SELECT max(source) FROM layers)"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"Title {n}\nneed: engineers {n}", "utf-8")
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        workspace.ingest(sorted(tmp_path.glob("*.txt")))
    return tmp_path / "ws"


def findings(root: Path, reader: Reader | None = READER) -> dict[str, Finding]:
    with open_workspace(root, reader=reader) as workspace:
        return {finding.what: finding for finding in workspace.doctor()}


def test_a_sound_workspace_is_well_and_stays_as_it_is(root: Path) -> None:
    before = contents(root)
    found = findings(root)
    assert {finding.grade for finding in found.values()} == {"well"}
    assert set(found) >= {"program", "fonts", "knowledge", "disk", "database", "captures", "quotes", "layers", "judgements", "quarantine"}
    assert contents(root) == before
    assert "every quote of 3 pages" in found["quotes"].says and "Python" in found["program"].says


def _sql(statement: str) -> Callable[[Path], None]:
    def harm(root: Path) -> None:
        with sqlite3.connect(root / "mithaq.sqlite") as connection:
            connection.execute(statement)
        connection.close()

    return harm


def _capture(root: Path) -> Path:
    return next(iter(sorted((root / "captures").rglob("*.gz"))))


def _own_word(root: Path) -> None:
    folder = root / "knowledge" / "lexicons" / "en"
    folder.mkdir(parents=True)
    (folder / "mine.yml").write_text("kind: statement.need\nentries:\n  - word: lacking\n    example: nothing of it here\n", "utf-8")


def _broken_file(root: Path) -> None:
    _own_word(root)
    (root / "knowledge" / "lexicons" / "en" / "mine.yml").write_text("kind: [", "utf-8")


@pytest.mark.parametrize(
    ("harm", "what", "grade", "words"),
    [
        (lambda root: _capture(root).unlink(), "captures", "wrong", "cannot be read"),
        (lambda root: _capture(root).write_bytes(OTHER), "captures", "wrong", "does not hold what was fetched"),
        (lambda root: _capture(root).with_name(".unfinished").touch(), "captures", "note", "1 unfinished files"),
        (_sql(DAMAGE), "quotes", "wrong", ".txt: the layers of document"),
        (_sql("DELETE FROM search"), "database", "wrong", "3 documents cannot be searched"),
        (_sql("UPDATE layers SET code = 'older'"), "layers", "note", "3 pages were read by older code"),
        (_sql("INSERT INTO quarantine (hash, path, reason, at) VALUES ('h', 'p', 'r', '2025')"), "quarantine", "note", "1 pages"),
        (
            _sql("INSERT INTO judgements (subject, verb, by, at, quote) VALUES ('gone/x/0-1', 'accept', 'Amal', '2025', 'words')"),
            "judgements", "note", "accept by Amal: 'words'",
        ),
        (_own_word, "knowledge", "wrong", "does not stand in its own example"),
        (_broken_file, "knowledge", "wrong", "not valid YAML"),
    ],
)  # fmt: skip
def test_each_fault_is_found_and_has_a_next_step(root: Path, harm: Callable[[Path], None], what: str, grade: str, words: str) -> None:
    harm(root)
    with open_workspace(root, reader=READER) as workspace:
        found = [finding for finding in workspace.doctor() if finding.what == what and finding.grade == grade]
    assert len(found) == 1 and words in found[0].says and found[0].step


def test_what_the_doctor_advises_helps(root: Path) -> None:
    _sql(DAMAGE)(root)
    with open_workspace(root, reader=READER) as workspace:
        done = workspace.reread(every=True)
    assert (done.renewed, done.failed) == (3, ())
    assert findings(root)["quotes"].grade == "well"


def test_words_that_cannot_be_read_do_not_hide_the_rest(root: Path) -> None:
    _broken_file(root)
    found = findings(root, None)  # the reader itself cannot be made
    assert found["knowledge"].grade == "wrong" and found["quotes"].grade == "well" and "layers" not in found


def test_a_full_disk_and_missing_fonts_are_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LEAST_FREE", 1 << 60)
    monkeypatch.setattr(doctor, "_FONTS", 3)
    found = findings(root)
    assert found["disk"].grade == found["fonts"].grade == "wrong" and "2 of 3" in found["fonts"].says


def test_progress_is_told_page_by_page(root: Path) -> None:
    told: list[tuple[int, int]] = []
    with open_workspace(root, reader=Reader(READER.read, MadeBy("test", "words"))) as workspace:
        workspace.doctor(lambda n, of, _: told.append((n, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]
