"""Two that may be one are shown with their sentences; one key decides, and is kept at once."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from mithaq.cli.main import run
from mithaq.model.world import Question
from mithaq.store import SqlStore
from mithaq.workspace import open_workspace
from resolve.world_pages import Who, page, put


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    root = tmp_path / "w"
    with open_workspace(root) as opened:
        assert isinstance(opened.store, SqlStore)
        put(opened.store, page(1, Who("سلمى الهاشمي", "JO")), page(2, Who("Karim Bennani", "MA"), lang="fr"))
        opened.resolve()
        facts = [fact for entity in opened.store.entities() for fact in opened.namings(entity.id)]
        a, b = sorted((fact.key, opened.store.naming_entity(fact.key) or "") for fact in facts)
        with opened.store.resolving() as desk:
            desk.put_questions([Question(a=a[0], b=b[0], first=a[1], second=b[1], probability=0.5, reasons=("for: alike offices",))])
    return root


def answer(root: Path, keys: str, monkeypatch: pytest.MonkeyPatch, *options: str) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(keys))
    return run(["review", "--pairs", "--by", "Amal", "--workspace", str(root), *options])


def test_one_key_makes_one_of_two(asked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(asked, "a", monkeypatch) == 0
    shown = capsys.readouterr().out
    assert "[[سلمى الهاشمي]]" in shown and "[[Karim Bennani]]" in shown and "for: alike offices" in shown and "1 decided by Amal" in shown
    with open_workspace(asked) as opened:
        assert len(opened.store.entities()) == 1 and [bond.verb for bond in opened.store.bonds()] == ["same"]
    assert answer(asked, "a", monkeypatch) == 1


def test_a_decision_is_taken_back_and_made_anew(asked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_workspace(asked) as opened, opened.store.resolving() as desk:
        [question] = opened.store.questions()
        desk.put_questions([replace(question, a=question.b, b=question.a)])
    assert answer(asked, "d z u q", monkeypatch) == 0
    with open_workspace(asked) as opened:
        assert [kept.judgement.verb for kept in opened.store.judgements()] == ["different", "undo", "unsure"]
        assert len(opened.store.entities()) == 2


def test_programs_get_the_pairs_as_json(asked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(asked, "", monkeypatch, "--json") == 0
    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert row["probability"] == 0.5 and row["reasons"] == ["for: alike offices"] and len(row["facts"]) == 2


def test_the_other_commands_of_who_is_who(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = ["--workspace", str(asked)]
    assert run(["resolve", *there]) == 0
    assert run(["entities", "--kind", "person", *there]) == 0
    assert run(["entities", "--format", "csv", *there]) == 0
    assert run(["same", "karim bennani", "سلمى الهاشمي", "--by", "Amal", *there]) == 0
    capsys.readouterr()
    assert run(["entities", "--format", "jsonl", *there]) == 0
    [row] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert row["kind"] == "person" and {name["lang"] for name in row["names"]} == {"ar", "fr"}
    assert {(m["path"], m["quote"]) for m in row["mentions"]} == {("pages/1.txt", "سلمى الهاشمي"), ("pages/2.txt", "Karim Bennani")}
    assert run(["entity", "Karim Bennani", *there]) == 0
    assert "named in (2)" in capsys.readouterr().out
    assert run(["entity", row["id"], "--format", "jsonl", *there]) == 0
    assert json.loads(capsys.readouterr().out)["entity"]["id"] == row["id"]
    assert run(["different", "karim bennani", "سلمى الهاشمي", "--undo", "--by", "Amal", *there]) == 0
    with open_workspace(asked) as opened:
        [fact] = opened.namings("Karim Bennani")
        assert len(opened.store.entities()) == 2
    assert run(["split", fact.key, "--by", "Amal", *there]) == 0
    assert run(["entity", "nobody at all", *there]) == 2


def test_who_is_who_speaks_three_languages(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = ["--workspace", str(asked)]
    assert run(["entities", "--lang", "fr", *there]) == 0
    shown = capsys.readouterr().out
    assert "noms" in shown and "personne" in shown and "Maroc" in shown
    assert run(["entity", "Karim Bennani", "--lang", "ar", *there]) == 0
    shown = capsys.readouterr().out
    assert "شخص · المغرب" in shown and "ورد في (1)" in shown


def test_copies_and_old_versions_are_no_pages(asked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_workspace(asked) as opened:
        assert isinstance(opened.store, SqlStore)
        copy = page(3, Who("Karim Bennani", "MA"), lang="fr")
        put(opened.store, copy)
        opened.resolve()
        with closing(sqlite3.connect(opened.store.path)) as database, database:
            database.execute("UPDATE documents SET copy_of = 'another' WHERE id = ?", (copy.id,))
        pages = {e.id: opened.store.count_pages_of_entity(e.id)["pages"] for e in opened.store.entities()}
        members = {e.id: len(opened.store.members(e.id)) for e in opened.store.entities()}
    assert pages != members
    capsys.readouterr()
    assert run(["entities", "--format", "jsonl", "--workspace", str(asked)]) == 0
    capsys.readouterr()
    assert run(["entities", "--format", "csv", "--workspace", str(asked)]) == 0
    told = {line.split(",")[0]: int(line.split(",")[-1]) for line in capsys.readouterr().out.splitlines()[1:]}
    assert told == pages
