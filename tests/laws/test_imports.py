"""Laws 3 and 4: rooms import only from lower floors, no stage imports a stage (import-linter), and every stage is under the contract."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from laws.source import PACKAGE, ROOT


def contracts() -> list[dict[str, object]]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: list[dict[str, object]] = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return found


def test_the_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_stage_of_the_pipeline_is_under_the_contract() -> None:
    [independence] = [c for c in contracts() if c["type"] == "independence"]
    pipeline = (PACKAGE / "pipeline.py").read_text("utf-8")
    stages = {line.split()[1] for line in pipeline.splitlines() if line.startswith("from mithaq.annotate.")}
    assert len(stages) >= 10
    assert stages <= set(independence["modules"])  # type: ignore[call-overload]


def test_floors_name_every_room() -> None:
    [floors] = [c for c in contracts() if c["type"] == "layers"]
    named = {room.strip(" ()") for floor in floors["layers"] for room in floor.split("|")}  # type: ignore[attr-defined]
    rooms = {p.parent.name for p in PACKAGE.glob("*/__init__.py")} | {p.stem for p in PACKAGE.glob("*.py")} - {"__init__"}
    assert rooms <= named
    assert floors["exhaustive"] is True
