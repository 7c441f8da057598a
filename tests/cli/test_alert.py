"""``mithaq alert``: save, list, run, test and remove saved questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mithaq.cli.main import run
from mithaq.workspace import open_workspace
from told_pages import keep, story


@pytest.fixture
def root(tmp_path: Path) -> Path:
    with open_workspace(tmp_path / "w") as workspace:
        keep(workspace.store, story())  # type: ignore[arg-type]  # an SQLite store
        workspace.resolve()
    return tmp_path / "w"


def test_a_question_is_saved_told_and_removed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["-w", str(root)]
    assert run(["alert", "list", *where]) == 1
    assert run(["alert", "add", "gulf", "--pair", "Gabon", "الأردن", "--lang", "ar", "--all", *where]) == 0
    assert run(["alert", "add", "late", "--due", "--country", "JO", "--quiet", "22:00-07:00", "--zone", "Asia/Amman", *where]) == 0
    assert run(["alert", "add", "amman", "--country", "Jordan", *where]) == 0
    capsys.readouterr()
    assert run(["alert", "list", *where]) == 0
    listed = capsys.readouterr().out
    assert "gulf: pair GA JO; terminal in ar;" in listed and "late: due JO;" in listed
    assert "amman: side JO;" in listed and "quiet 22:00-07:00 Asia/Amman" in listed
    assert run(["alert", "list", "--json", *where]) == 0
    assert [json.loads(line)["name"] for line in capsys.readouterr().out.splitlines()] == ["amman", "gulf", "late"]
    assert run(["alert", "run", "gulf", *where]) == 0
    shown = capsys.readouterr().out
    assert "أحداث جديدة" in shown and "gulf: 0 new, " in shown
    assert run(["alert", "run", "gulf", "--json", *where]) == 0
    assert json.loads(capsys.readouterr().out)["delivered"] == 0
    assert run(["alert", "test", "gulf", *where]) == 0
    assert "هذه تجربة" in capsys.readouterr().out
    assert run(["alert", "remove", "gulf", *where]) == 0 and run(["alert", "remove", "gulf", *where]) == 2


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ([], "give one of --pair"),
        (["--due", "--conflict"], "give one of --pair"),
        (["--due", "--atom", "a.atom", "--mail", "a@b"], "give one of --atom"),
        (["--topic", "weather"], "there is no topic"),
        (["--entity", "Nobody"], "Nobody"),
        (["--due", "--quiet", "at night"], "quiet hours"),
        (["--due", "--webhook", "desk"], "no webhook"),
    ],
)
def test_wrong_questions_are_told(root: Path, capsys: pytest.CaptureFixture[str], asked: list[str], words: str) -> None:
    assert run(["alert", "add", "x", *asked, "-w", str(root)]) == 2
    assert words in capsys.readouterr().err
