"""The page of commands is what the commands say of themselves."""

from __future__ import annotations

import runpy
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def test_the_page_of_commands_is_up_to_date() -> None:
    made = runpy.run_path(str(REFERENCE / "make_commands.py"))["make_page"]()
    assert made == (REFERENCE / "commands.md").read_text("utf-8"), "run python docs/reference/make_commands.py"


def test_the_page_of_exports_is_up_to_date() -> None:
    made = runpy.run_path(str(REFERENCE / "make_exports.py"))["make_page"]()
    assert made == (REFERENCE / "exports.md").read_text("utf-8"), "run python docs/reference/make_exports.py"


CARE = ("review", "judge", "reread", "stats", "doctor", "quarantine list")


def test_every_command_is_there() -> None:
    page = (REFERENCE / "commands.md").read_text("utf-8")
    for name in ("demo", "read", "ingest", "dossier", "list", "show", "search", "timeline", "export", "evaluate", "lexicon check", *CARE):
        assert f"## `mithaq {name}`" in page
