"""``mithaq parquet`` and ``query`` as a user meets them: files, tables on the screen, rows for other programs, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from made_documents import arabic_document, english_document
from mithaq.cli.main import NOTHING, run
from mithaq.store import Capture, MadeBy, open_store

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
COUNT = "SELECT lang, count(*) AS pages FROM documents GROUP BY lang"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    document = arabic_document()
    with open_store(tmp_path / "mithaq.sqlite") as store:
        store.put(document, Capture(hash=document.id, file="p.gz", added="2026-01-01"), MadeBy("test", "words"))
    return tmp_path


def test_files_are_written_and_asked(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("parquet", str(tmp_path / "tables"), "--workspace", str(root))) == 0
    assert "documents.parquet: 1 rows" in capsys.readouterr().err
    assert run(("query", COUNT, "--parquet", str(tmp_path / "tables"))) == 0
    assert capsys.readouterr().out.split() == ["lang", "pages", "ar", "1"]


def test_private_pages_leave_only_where_asked_for(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    note = replace(english_document(), private=True)
    with open_store(root / "mithaq.sqlite") as store:
        store.put(note, Capture(hash=note.id, file="n.gz", added="2026-01-01"), MadeBy("test", "words"))
    lost = "(SELECT count(*) FROM statements WHERE source NOT IN (SELECT id FROM documents)) AS lost"
    count = f"SELECT count(*) AS pages, {lost} FROM documents"
    for folder, more, pages in ((tmp_path / "open", (), "1"), (tmp_path / "own", ("--private",), "2")):
        assert run(("parquet", str(folder), "--workspace", str(root), *more)) == 0
        capsys.readouterr()
        assert run(("query", count, "--parquet", str(folder))) == 0
        assert capsys.readouterr().out.split() == ["pages", "lost", pages, "0"]


def test_a_workspace_is_asked_without_files(root: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(("query", COUNT, "--workspace", str(root), "--format", "jsonl")) == 0
    assert json.loads(capfd.readouterr().out) == {"lang": "ar", "pages": 1}
    target = tmp_path / "found.csv"
    assert run(("query", COUNT, "--workspace", str(root), "--format", "csv", "-o", str(target))) == 0
    assert target.read_text("utf-8-sig").split() == ["lang,pages", "ar,1"]


def test_nothing_found_and_a_wrong_question(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("query", f"{COUNT} HAVING pages > 9", "--workspace", str(root))) == NOTHING
    assert run(("query", "DELETE FROM documents", "--workspace", str(root))) == 2
    assert "a question is one SELECT" in capsys.readouterr().err
