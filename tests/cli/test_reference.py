"""Reference tables on the command line: added, listed, removed, and what they say of figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from made_documents import make_document, quote
from mithaq.answers.claims import list_claims
from mithaq.cli.main import run
from mithaq.model import Document, Indicator
from mithaq.workspace import open_workspace
from told_pages import keep

NAME = "Sahlia network index"
TABLE = "index,edition,country,value,unit,source\nSahlia network index,2025,Gabon,٦١٫٥,points,Sahlia Institute\n"


def counted(number: int, points: float) -> Document:
    words = f"Gabon scored {points} in the Sahlia network index of 2025."
    found = quote(make_document(f"Page {number}", words).text, words)
    figure = Indicator(name=NAME, value=points, unit="points", evidence=found, country="GA", year=2025)
    return make_document(f"Page {number}", words, path=f"{number}.txt", relevant=True, indicators=(figure,), published=f"2026-01-0{number}")


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # a local helper
    monkeypatch.setenv("MITHAQ_LANG", "en")
    monkeypatch.setenv("MITHAQ_BY", "Amal")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sri.csv").write_text(TABLE, "utf-8")
    with open_workspace(tmp_path / "w") as opened:
        keep(opened.store, [counted(1, 61.5), counted(2, 65.1)])  # type: ignore[arg-type]  # a workspace's store is the one in SQLite

    def ask_for(*arguments: str, code: int = 0) -> str:
        capsys.readouterr()
        assert run([*arguments, "--workspace", str(tmp_path / "w")]) == code
        told = capsys.readouterr()
        return told.out if code == 0 else told.err

    return ask_for


def verdicts(printed: str) -> list[tuple[str, float | None] | None]:
    claims = [claim for line in printed.splitlines() for claim in json.loads(line)["claims"]]
    return [(claim["reference"]["verdict"], claim["reference"]["by"]) if claim["reference"] else None for claim in claims]


def test_claims_are_marked_as_soon_as_a_table_is_there_and_no_longer_than_it_stands(ask) -> None:  # type: ignore[no-untyped-def]
    assert verdicts(ask("figures", "--format", "jsonl")) == [None, None]
    assert "sri: 1 values from sri.csv, added by Amal" in ask("reference", "add", "sri.csv")
    assert verdicts(ask("figures", "--format", "jsonl")) == [("agrees", None), ("differs", 3.6)]
    shown = ask("figures", "--lang", "en")
    assert "✓ agrees with Sahlia Institute, 2025: 61.5 points" in shown and "✗ differs by +3.6 from Sahlia Institute" in shown
    head, *lines = [line.split(",") for line in ask("figures", "--format", "csv").splitlines()]
    at = head.index("reference")
    assert [line[at : at + 3] for line in lines] == [["agrees", "61.5", ""], ["differs", "61.5", "3.6"]]
    ask("reference", "remove", "sri", "--by", "Ben")
    assert verdicts(ask("figures", "--format", "jsonl")) == [None, None]
    [kept] = [json.loads(line) for line in ask("reference", "list", "--format", "jsonl").splitlines()]
    assert (kept["by"], kept["removed_by"], kept["values"]) == ("Amal", "Ben", 1)
    assert "Ben" in ask("reference", "list")


def test_the_site_knows_what_the_tables_say_of_each_line(ask, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    ask("reference", "add", "sri.csv", "--name", "Sahlia 2025")
    with open_workspace(tmp_path / "w") as opened:
        claims = list_claims(opened.store, NAME)
    assert {line.value: claims.checks[line.key].verdict for line in claims.listing.lines} == {61.5: "agrees", 65.1: "differs"}


def test_tables_that_contradict_each_other_are_told_when_the_second_comes(ask, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    ask("reference", "add", "sri.csv")
    Path("other.csv").write_text(TABLE.replace("٦١٫٥", "62"), "utf-8")
    capsys.readouterr()
    assert run(["reference", "add", "other.csv", "--workspace", "w"]) == 0
    assert "two values (sri line 2: 61.5; other line 2: 62)" in capsys.readouterr().err


def test_what_cannot_be_done_says_what_to_do(ask) -> None:  # type: ignore[no-untyped-def]
    assert "add one with" in ask("reference", "list", code=1)
    assert "name a CSV file" in ask("reference", "add", "nowhere.csv", code=2)
    assert "none has been added" in ask("reference", "remove", "sri", code=2)
    ask("reference", "add", "sri.csv")
    assert "remove it first" in ask("reference", "add", "sri.csv", code=2)
    assert "there are sri" in ask("reference", "remove", "gci", code=2)
    Path("bad.csv").write_text(TABLE.replace("Gabon", "Atlantis"), "utf-8")
    assert "bad.csv:2, column 'country'" in ask("reference", "add", "bad.csv", code=2)
