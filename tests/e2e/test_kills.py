"""Some kills at random moments of everything that runs for long; the bench does two hundred of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCH = Path(__file__).resolve().parents[2] / "bench" / "kills.py"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX systems")
@pytest.mark.parametrize("part", ["ingest", "tables", "collector", "alerts", "backup"])
def test_nothing_is_lost_and_nothing_told_twice(part: str) -> None:
    command = (sys.executable, str(BENCH), "3", "--pages", "40", "--only", part)
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{part}: 3 kills" in done.stdout and "nothing lost, nothing told twice" in done.stdout
