"""The page of commands is what the commands say of themselves."""

from __future__ import annotations

import runpy
from pathlib import Path

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"
MODELS = REFERENCE.parents[1] / "src" / "mithaq" / "knowledge" / "models"


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


def test_every_packaged_model_has_its_card() -> None:
    page = (REFERENCE / "models.md").read_text("utf-8")
    for file in MODELS.glob("*.json"):
        assert f"\n## {file.stem}\n" in page, "run python docs/reference/make_models.py"


def test_a_card_says_what_taught_a_model_and_how_to_learn_it_again() -> None:
    make = runpy.run_path(str(REFERENCE / "make_models.py"))
    lines = list(make["card"](MODELS / "topics.json", {"splits": ["train"], "but": ["a*"], "why": "worse", "kept": "0"}))
    assert lines[0].startswith("## topics\n\nLogistic regression")
    assert "- learned again by `mithaq train --only topics`; kept as packaged" in lines
    assert {"- left out of train and dev: `a*`", "- why so: worse"} <= set(lines)
    assert make["count_weights"]({"bias": 1.5, "weights": {"a": [0.1, 2]}, "about": "7", "on": True}) == 3
