"""Every command that a document shows is run, and prints what the document says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.console import missing_lines, read_script
from docs.ready import Ready, stand_ready

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "corpus" / "README.md"])
WITH_COMMANDS = [document for document in DOCUMENTS if read_script(document).commands]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ready]:
    with stand_ready(tmp_path_factory.mktemp("printed")) as started:
        yield started


@pytest.mark.skipif(sys.platform == "win32", reason="the documents show a POSIX shell")
@pytest.mark.parametrize("document", WITH_COMMANDS, ids=name_of)
def test_commands_do_what_the_document_says(ready: Ready, document: Path, tmp_path: Path) -> None:
    script = read_script(document)
    for name, content in script.files:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MITHAQ")}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment |= {"COLUMNS": "160", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    for command in script.commands:
        done = ready.run(command.typed, tmp_path, environment)
        where = f"{name_of(document)}:{command.line}: $ {command.typed}\n{done.output}"
        assert done.code == 0, where
        assert missing_lines(command.expected, done.output) == [], where


def test_the_command_is_installed_under_its_name(tmp_path: Path) -> None:
    """The documents' commands are handed to a process that stands ready; a reader's shell finds this one."""
    done = subprocess.run([Path(sys.executable).parent / "mithaq", "--version"], cwd=tmp_path, capture_output=True, check=True, text=True)
    assert done.stdout.startswith("mithaq ")


def test_the_tutorial_and_the_readme_have_commands() -> None:
    assert {"README.md", "docs/tutorial/first-dossier.md"} <= {name_of(document) for document in WITH_COMMANDS}


def test_lines_are_compared_in_order_and_loosely() -> None:
    output = "read 3 pages\n  one   meeting in Tunis\n two needs\n"
    assert missing_lines(("read … pages", "one meeting", "…", "two needs"), output) == []
    assert missing_lines(("two needs", "one meeting"), output) == ["one meeting"]
    assert missing_lines(("read 4 pages",), output) == ["read 4 pages"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text("utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []
