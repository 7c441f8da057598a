"""The command line as a user meets it: what is printed, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

import mithaq
from export.page_reader import PageReader
from gold_pages import read_gold_page
from mithaq.cli.main import run
from mithaq.model import Document
from mithaq.store import MadeBy
from mithaq.workspace import Reader, open_workspace

DEMO = Path(mithaq.__file__).parent / "knowledge" / "demo"
COMMANDS = ("read", "ingest", "list", "show", "dossier", "timeline", "search", "evaluate", "demo", "lexicon")


class Said:
    """What a command printed and its exit code."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


Run = Callable[..., Said]


@pytest.fixture
def say(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, in English unless told otherwise."""
    monkeypatch.setenv("MITHAQ_LANG", "en")
    monkeypatch.setenv("COLUMNS", "140")

    def run_command(*arguments: str) -> Said:
        capfdbinary.readouterr()
        code = run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
        captured = capfdbinary.readouterr()
        return Said(code, captured.out.decode("utf-8", "replace"), captured.err.decode("utf-8"))

    return run_command


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that holds the packaged pages as a perfect reader reads them."""
    root = tmp_path_factory.mktemp("ws") / "filled"

    def read(data: bytes, path: str, sidecar: bytes | None) -> Document:
        return read_gold_page(Path(path))

    with open_workspace(root, reader=Reader(read, MadeBy("gold", "gold"))) as workspace:
        summary = workspace.ingest([DEMO])
    assert summary.new >= 10 and not summary.quarantined
    return root


@pytest.fixture
def asked(say: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("MITHAQ_WORKSPACE", str(filled))
    return say


def shell(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "mithaq", *arguments], capture_output=True, env=os.environ | environment, check=False)


def spent() -> float:
    """Return the seconds of work that commands have cost so far: what others do on the machine meanwhile is not theirs."""
    used = os.times()
    return used.children_user + used.children_system


def test_help_teaches_and_is_quick() -> None:
    times = []
    for _ in range(4):
        began = spent()
        done = shell("--help")
        times.append(spent() - began)
    assert done.returncode == 0 and b"mithaq dossier MA OM" in done.stdout
    assert all(command.encode() in done.stdout for command in COMMANDS)
    assert min(times) < 0.6, "mithaq --help must start in a moment; look for an import at the top of a module of cli/"


def test_help_imports_nothing_heavy() -> None:
    heavy = ("jinja2", "openpyxl", "yaml", "babel", "lxml", "sqlite3", "fastapi", "uvicorn")
    code = f"import sys, mithaq.cli.app as a; a.command(); print([m for m in {heavy} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(say: Run, command: str) -> None:
    said = say(command, "--help")
    assert said.code == 0 and f"mithaq {command}" in said.out and "Traceback" not in said.out + said.err


def test_version(say: Run) -> None:
    assert say("--version").out == f"mithaq {mithaq.__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("read",),
        ("dossier", "MA"),
        ("read", "no-such-file.txt"),
        ("dossier", "MA", "OM", "--lang", "de"),
        ("dossier", "MA", "OM", "--workspace", "no-such-workspace"),
        ("list", "people", "--workspace", "no-such-workspace"),
        ("evaluate", "no-such-folder"),
    ],
)
def test_what_is_wrong_is_one_line_on_stderr_and_code_2(say: Run, arguments: tuple[str, ...]) -> None:
    said = say(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("mithaq: ") and said.err.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("dossier", "MA", "marocco"), "did you mean"),
        (("dossier", "MA", "MA"), "two different sides"),
        (("list", "nonsense"), "there is no list"),
        (("list", "statements", "--kind", "wish"), "there is no kind"),
        (("timeline", "MA", "OM", "DJ"), "one or two sides"),
        (("show", "ffff"), "no document"),
        (("search", '""'), "no word"),
        (("list", "people", "--since", "yesterday"), "not a date"),
    ],
)
def test_wrong_questions_say_what_to_do(asked: Run, arguments: tuple[str, ...], words: str) -> None:
    said = asked(*arguments)
    assert said.code == 2 and words in said.err and said.err.count("\n") == 1


def test_the_dossier_on_the_screen(asked: Run) -> None:
    said = asked("dossier", "الأردن", "Mauritanie")
    assert said.code == 0 and "Jordan and Mauritania" in said.out
    assert "Needs beside offers" in said.out and "Jordan offers" in said.out and "are invented" not in said.err
    assert "Demonstration." in said.out and "\x1b[" not in said.out


def test_the_dossier_as_files(asked: Run, tmp_path: Path) -> None:
    html = tmp_path / "d.html"
    assert asked("dossier", "JO", "MR", "--format", "html", "--lang", "ar", "-o", str(html)).code == 0
    page = PageReader(html.read_text("utf-8"))
    assert page.problems == [] and page.attributes == {"lang": "ar", "dir": "rtl"}
    said = asked("dossier", "JO", "MR", "--format", "md", "--lang", "fr")
    assert said.out.startswith("# Jordanie – Mauritanie\n")
    assert asked("dossier", "JO", "MR", "-o", str(html)).code == 2


def test_nothing_found_is_code_1(asked: Run) -> None:
    said = asked("dossier", "FR", "NZ")
    assert said.code == 1 and "No page at hand shows France and New Zealand" in said.out
    for words in ("search zzzz", "list people --country NZ", "timeline NZ", "list events -c NZ -f csv"):
        assert asked(*words.split()).code == 1


def test_lists_in_every_form(asked: Run, tmp_path: Path) -> None:
    arguments = ("list", "statements", "--pair", "JO", "MR", "--kind", "need")
    table = asked(*arguments)
    assert table.code == 0 and table.out.startswith("kind") and "\x1b[" not in table.out
    rows = [json.loads(line) for line in asked(*arguments, "--format", "jsonl").out.splitlines()]
    assert rows and all(row["kind"] == "need" and row["quote"] for row in rows)
    assert len(list(csv.DictReader(io.StringIO(asked(*arguments, "--format", "csv").out.removeprefix("\ufeff"))))) == len(rows)
    sheet = tmp_path / "needs.xlsx"
    assert asked(*arguments, "--format", "xlsx", "-o", str(sheet)).code == 0
    assert "xl/worksheets/sheet1.xml" in ZipFile(sheet).namelist()


def test_the_timeline_is_in_order_and_proven(asked: Run) -> None:
    rows = [json.loads(line) for line in asked("timeline", "JO", "MR", "--format", "jsonl").out.splitlines()]
    dated = [row["date"] for row in rows if row["date"]]
    assert dated == sorted(dated) and len(dated) > 3
    assert any(row["told_by"] > 1 for row in rows) and all(row["quote"] for row in rows)
    assert rows[-1]["date"] is None


def test_search_shows_the_words_in_their_place(asked: Run) -> None:
    said = asked("search", "تعاون")
    assert said.code == 0 and "invented page" in said.out and "تعاون" in said.out
    hits = [json.loads(line) for line in asked("search", "cable", "--page-lang", "en", "--format", "jsonl").out.splitlines()]
    assert hits and all(hit["lang"] == "en" and hit["marks"] for hit in hits)


def test_search_can_leave_out_pages_that_are_not_surely_for_us(asked: Run) -> None:
    def found(least: str) -> set[str]:
        out = asked("search", "تعاون", "--min-confidence", least, "--format", "jsonl").out
        return {json.loads(line)["id"] for line in out.splitlines()}

    some, surer = found("0.01"), found("0.9")
    assert surer < some or surer == some != set()


def test_one_page_in_every_form(asked: Run) -> None:
    first = json.loads(asked("list", "documents", "--format", "jsonl").out.splitlines()[0])
    assert first["title"] in asked("show", first["id"][:8]).out.replace("\n", " ")
    assert json.loads(asked("show", first["id"], "--format", "jsonl").out)["id"] == first["id"]
    assert PageReader(asked("show", first["id"], "--format", "html").out).problems == []
    assert asked("show", first["id"], "--text").out.strip()


def test_colours_only_where_they_are_wanted(filled: Path) -> None:
    plain = shell("dossier", "JO", "MR", "-w", str(filled), MITHAQ_LANG="en")
    assert plain.returncode == 0 and b"\x1b[" not in plain.stdout


def test_a_closed_pipe_is_no_complaint(filled: Path) -> None:
    for arguments in ("list statements --format jsonl", "dossier JO MR", "search تعاون", "list people", "dossier JO MR --format html"):
        command = f'"{sys.executable}" -m mithaq {arguments} -w "{filled}" | head -c 1'
        done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, b""), arguments


def test_an_interrupt_is_one_line(say: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mithaq.cli.app.command", stop)
    said = say("list", "people")
    assert (said.code, said.err) == (130, "mithaq: stopped\n")


def test_a_fault_of_ours_is_one_line_too(say: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("boom\nboom")

    monkeypatch.setattr("mithaq.cli.app.command", fail)
    monkeypatch.delenv("MITHAQ_DEBUG", raising=False)
    said = say("list", "people")
    assert said.code == 2 and said.err.startswith("mithaq: ValueError: boom boom") and said.err.count("\n") == 1
    monkeypatch.setenv("MITHAQ_DEBUG", "1")
    with pytest.raises(ValueError, match="boom"):
        run(["list", "people"])


def test_the_language_comes_from_the_environment(asked: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MITHAQ_LANG", "fr")
    assert "Besoins et offres en regard" in asked("dossier", "JO", "MR").out
    monkeypatch.delenv("MITHAQ_LANG")
    monkeypatch.setenv("LC_ALL", "ar_MA.UTF-8")
    assert "الحاجات بجانب العروض" in asked("dossier", "JO", "MR").out
