"""What a command loads: starting it must not take longer than what it does."""

from __future__ import annotations

import subprocess
import sys

import pytest

CODE = """
import sys, mithaq.cli
late = sys.argv.pop()
sys.argv = ["mithaq", "--help"]
try:
    mithaq.cli.main()
except SystemExit:
    print(late in sys.modules)
"""


@pytest.mark.parametrize("late", ["openpyxl", "trafilatura", "jinja2"])
def test_help_loads_nothing_that_only_some_commands_need(late: str) -> None:
    done = subprocess.run([sys.executable, "-c", CODE, late], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("False")
