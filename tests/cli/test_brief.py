"""``mithaq brief``: a file for a meeting, in four forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from mithaq.cli.main import run


@pytest.mark.parametrize(("form", "begins"), [("md", b"# Oman"), ("html", b"<!doctype"), ("pdf", b"%PDF"), ("docx", b"PK")])
def test_forms(demo_workspace: Path, tmp_path: Path, form: str, begins: bytes) -> None:
    target = tmp_path / f"meeting.{form}"
    asked = ["brief", "Oman", "--with", "Djibouti", "--on", "2026-06-01", "--lang", "en", "--sections", "promises"]
    assert run([*asked, "--format", form, "-o", str(target), "-w", str(demo_workspace)]) == 0
    assert target.read_bytes().startswith(begins)


def test_dossiers_for_print(demo_workspace: Path, tmp_path: Path) -> None:
    target = tmp_path / "dossier.docx"
    assert run(["dossier", "DJ", "OM", "--lang", "ar", "--format", "docx", "-o", str(target), "-w", str(demo_workspace)]) == 0
    assert target.read_bytes().startswith(b"PK")


def test_sections_and_wrong_questions(demo_workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    where = ["--on", "2026-06-01", "--lang", "en", "-w", str(demo_workspace)]
    assert run(["brief", "OM", "--with", "DJ", "--sections", "questions", *where]) == 0
    shown = capsys.readouterr().out
    assert "## Questions to ask" in shown and "## Open promises" not in shown and "## Notes" in shown
    assert run(["brief", "OM", "--with", "DJ", "--sections", "weather", *where]) == 2
    assert "there are who, said, promises" in capsys.readouterr().err
    assert run(["brief", "Iceland", "--with", "FI", *where]) == 1
