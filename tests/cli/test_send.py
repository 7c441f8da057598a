"""``mithaq export`` as a user meets it: the file on stdout or in a file, what was left behind on stderr and as JSON, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from export.sent_pages import every_document
from mithaq.cli.main import run
from mithaq.export.formats import FORMATS
from mithaq.store import open_store
from mithaq.workspace import Workspace, open_workspace
from resolve.world_pages import put

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("ws")
    with Workspace(root, open_store(root / "mithaq.sqlite")) as workspace:
        put(workspace.store, *every_document())  # type: ignore[arg-type]  # a store of SQLite
        workspace.resolve()
    return root


@pytest.fixture
def say(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, filled: Path) -> Run:
    monkeypatch.setenv("MITHAQ_LANG", "en")
    monkeypatch.setenv("MITHAQ_WORKSPACE", str(filled))

    def run_command(*arguments: str) -> tuple[int, str, str]:
        capfdbinary.readouterr()
        code = run(("export", *arguments))
        sys.stdout.flush()
        sys.stderr.flush()
        captured = capfdbinary.readouterr()
        return code, captured.out.decode(), captured.err.decode()

    return run_command


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_with_its_losses(say: Run, name: str, tmp_path: Path) -> None:
    loss = tmp_path / "loss.json"
    target = tmp_path / "made"
    code, out, err = say(name, "--loss", str(loss), "--reporter", "XM-EXAMPLE-1", "Observatory", "-o", str(target))
    assert (code, out) == (0, "") and target.read_bytes()
    assert err.splitlines()[1].startswith(f"{name}: ") and "written" in err.splitlines()[1]
    report = json.loads(loss.read_text("utf-8"))
    assert report["format"] == name and report["given"]["events"] == 3 and report["lost"]


def test_a_file_is_written_where_it_is_asked_for(say: Run, tmp_path: Path) -> None:
    target = tmp_path / "graph.gexf"
    code, out, err = say("gexf", "-o", str(target), "--pair", "Rwanda", "EE", "--lang", "fr")
    assert (code, out) == (0, "") and f"written: {target}" in err
    assert "Estonie" in target.read_text("utf-8") and "Djibouti" not in target.read_text("utf-8")


def test_a_file_goes_to_stdout_when_none_is_named(say: Run) -> None:
    code, out, _ = say("ftm", "--country", "RW")
    assert code == 0 and all(json.loads(line)["schema"] for line in out.splitlines())


def test_options_narrow(say: Run) -> None:
    def titles(*options: str) -> list[str]:
        nodes = json.loads(say("jsonld", *options)[1])["@graph"]
        return sorted(node["inLanguage"] for node in nodes if node["@type"] == "NewsArticle")

    assert titles("--page-lang", "fr") == ["fr"]
    assert titles("--country", "DJ") == ["ar", "fr"]
    assert titles("--since", "2025", "--until", "2025-05") == ["en"]


def test_nothing_found_is_code_1_and_says_what_to_do(say: Run) -> None:
    code, out, err = say("plover", "--since", "2030")
    assert (code, out) == (1, "") and "nothing that plover could carry was found" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("pdf",), "pdf"),
        (("iati",), "--reporter"),
        (("ftm", "--pair", "EE", "EE"), "two different sides"),
        (("ftm", "--pair", "EE", "RW", "--country", "EE"), "leave one of them out"),
        (("ftm", "--since", "soon"), "not a date"),
    ],
)
def test_wrong_questions_say_what_to_do(say: Run, arguments: tuple[str, ...], words: str) -> None:
    code, out, err = say(*arguments)
    assert (code, out) == (2, "") and words in err and err.count("\n") == 1


def test_a_workspace_that_is_not_up_to_date_is_told(say: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_workspace(tmp_path) as workspace:
        put(workspace.store, every_document()[0])  # type: ignore[arg-type]  # a store of SQLite
    monkeypatch.setenv("MITHAQ_WORKSPACE", str(tmp_path))
    assert "not up to date" in say("ftm")[2]
