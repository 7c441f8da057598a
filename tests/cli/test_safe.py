"""``mithaq backup``, ``restore``, ``prune`` and ``--log json``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mithaq.cli.logs import LogFormat, set_up
from mithaq.cli.main import run
from mithaq.workspace import open_workspace
from told_pages import keep, story


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    with open_workspace(tmp_path / "w") as workspace:
        keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
        workspace.resolve()
        file = workspace.root / "captures" / "x.gz"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"")
    yield tmp_path / "w"
    set_up(LogFormat.text)


def test_backup_and_restore(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    safe = str(tmp_path / "w.mithaq")
    assert run(["backup", safe, "-w", str(root)]) == 1  # its one capture is no page
    shown = capsys.readouterr()
    assert "written and read back" in shown.out and "7 pages" in shown.out and "1 captures were missing" in shown.err
    assert run(["backup", safe, "-w", str(root)]) == 2
    assert run(["backup", safe, "--check", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["counts"]["documents"] == 7
    assert run(["restore", safe, "-w", str(tmp_path / "again")]) == 0 and run(["restore", safe, "-w", str(root)]) == 2
    assert run(["list", "documents", "-w", str(tmp_path / "again")]) == 0


def test_prune(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["prune", "-w", str(root)]) == 1 and "no rules" in capsys.readouterr().err
    (root / "retention.toml").write_text("[days]\ngated = 30\n")
    assert run(["prune", "-w", str(root)]) == 0 and capsys.readouterr().out == "would go: 0 gated\n"
    assert run(["prune", "--apply", "--json", "-w", str(root)]) == 0 and json.loads(capsys.readouterr().out) == {"gated": 0}


def test_the_log_as_json(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text("A title\n\nOman and Djibouti signed a memorandum on cybersecurity in Muscat on 3 March 2026.\n")
    assert run(["--log", "json", "ingest", str(page), "-w", str(root)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    told = next(line for line in lines if line["logger"] == "mithaq.ingest")
    assert told["message"] == "ingested" and told["new"] == 1 and told["quarantined"] == 0 and told["time"].endswith("+00:00")
    assert run(["alert", "add", "x", "--pair", "GA", "JO", "-w", str(root)]) == 0
    assert run(["--log", "json", "alert", "run", "-w", str(root)]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert [line["alert"] for line in lines if line["logger"] == "mithaq.alerts"] == ["x"]
