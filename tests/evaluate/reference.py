"""The scorer that everybody's figures are compared by, when it lies beside the repository; it is never copied into it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
REFERENCE = SHARED / "eval" / "score.py"


def reference_figures(gold_dir: Path, predictions: Path, out: Path, *options: str) -> dict[str, Any]:
    """Return the figures of the reference scorer; *out* is a file it may write."""
    command = [sys.executable, str(REFERENCE), str(gold_dir), str(predictions), "--json", str(out), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    figures: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return figures
