"""No file of the project holds a path of somebody's machine or the address of a package registry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from laws.source import name_of, project_files

# Put together from pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|home|root|Users|farm)" + r"/[A-Za-z.]")
REGISTRIES = re.compile("pypi" + r"\.org|python" + r"hosted|registry" + r"\.npmjs|deb" + r"\.debian\.org|crates" + r"\.io")
BINARY = frozenset({".png", ".woff2", ".ttf", ".gz", ".crfsuite", ".sqlite", ".xlsx", ".jpg"})


def text_files() -> list[Path]:
    return [path for path in project_files() if path.suffix not in BINARY]


def test_no_machine_paths_and_no_registries() -> None:
    found = [
        f"{name_of(path)}:{number}: {line.strip()[:120]}"
        for path in text_files()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if MACHINE_PATHS.search(line) or REGISTRIES.search(line)
    ]
    assert found == []


def test_text_files_have_plain_line_ends() -> None:
    assert [name_of(path) for path in text_files() if path.suffix == ".py" and b"\r" in path.read_bytes()] == []


@pytest.mark.parametrize("line", ["cd " + "/home" + "/amal/mithaq", "open('" + "/work" + "/x')", "https://" + "pypi" + ".org/simple"])
def test_the_rule_finds_what_it_looks_for(line: str) -> None:
    assert MACHINE_PATHS.search(line) or REGISTRIES.search(line)


@pytest.mark.parametrize("line", ["a network/of things", "see ../shared/work/", "org.example/home/page"])
def test_the_rule_passes_over_ordinary_words(line: str) -> None:
    assert not (MACHINE_PATHS.search(line) or REGISTRIES.search(line))
