"""What several pages take for one is parted fact by fact, and decisions that contradict each other are listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mithaq.cli.main import run
from mithaq.model.fact import list_facts, short_key
from mithaq.store import SqlStore
from mithaq.workspace import open_workspace
from resolve.world_pages import Who, page, put
from told_pages import keep, story

ARABIC, LATIN, OTHER = Who("سلمى الهاشمي", "JO"), Who("Salma Al-Hashimi", "JO"), Who("كريم البناني", "MA")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    with open_workspace(tmp_path / "w") as opened:
        assert isinstance(opened.store, SqlStore)
        put(opened.store, page(1, ARABIC), page(2, LATIN, lang="en"), page(3, OTHER), page(4, ARABIC))
        opened.resolve()
    return tmp_path / "w"


def test_several_pages_of_one_are_not_parted_by_names_alone(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = ["--by", "Amal", "--workspace", str(root)]
    assert run(["different", ARABIC.name, LATIN.name, *there]) == 2
    told = capsys.readouterr().err
    with open_workspace(root) as opened:
        assert opened.store.bonds() == []
        facts = {path: fact for fact in opened.namings(opened.store.find_entity(LATIN.name).id)
                 if (path := opened.store.document(fact.key.partition("/")[0]).path)}  # fmt: skip
    assert sorted(facts) == ["pages/1.txt", "pages/2.txt", "pages/4.txt"]
    for path, fact in facts.items():
        assert f"{short_key(fact.key)} ({path})" in told
    names = [short_key(facts[f"pages/{n}.txt"].key) for n in (1, 2)]
    assert run(["different", *names, *there]) == 0
    told = capsys.readouterr().out
    assert "(pages/1.txt)" in told and "(pages/2.txt)" in told and "different by Amal" in told
    assert run(["different", *names, "--undo", *there]) == 0
    told = capsys.readouterr().out
    assert "(pages/1.txt)" in told and "(pages/2.txt)" in told and "taken back: different by Amal" in told


def test_decisions_that_contradict_each_other_are_listed_with_their_words(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = ["--workspace", str(root)]
    assert run(["conflicts", *there]) == 1
    assert "no decisions contradict each other" in capsys.readouterr().err
    with open_workspace(root) as opened:
        one, two, three = (opened.namings(fact.key)[0] for n in (1, 2, 3) for fact in _people(opened, n))
        opened.bind(one, "same", three, "Amal")
        opened.bind(three, "same", two, "Amal")
        opened.bind(one, "different", two, "Badr", why="two photographs")
        [(a, b, entity)] = opened.store.conflicts()
    assert run(["conflicts", "--format", "jsonl", *there]) == 0
    [found] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found["entity"] == entity and [fact["key"] for fact in found["facts"]] == [a, b]
    assert [(d["verb"], d["by"], d["why"]) for d in found["decisions"]] == [
        ("same", "Amal", ""), ("same", "Amal", ""), ("different", "Badr", "two photographs"),
    ]  # fmt: skip
    parted = {(fact["path"], fact["quote"]) for fact in found["decisions"][2]["facts"]}
    assert parted == {("pages/1.txt", ARABIC.name), ("pages/2.txt", LATIN.name)}
    assert all(d["at"][:4].isdigit() for d in found["decisions"])
    assert run(["conflicts", *there]) == 0
    shown = capsys.readouterr().out
    assert shown.count("(no effect)") == 1 and "Badr" in shown and short_key(one.key) in "".join(shown.split())


def _people(opened, number: int):  # type: ignore[no-untyped-def]  # a local helper
    from mithaq.model.fact import list_facts

    return [fact for fact in list_facts(opened.store.document(f"pages/{number}.txt")) if fact.layer == "people"]


def test_decisions_about_events_that_contradict_each_other_are_listed_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    there = ["--workspace", str(tmp_path / "w")]
    with open_workspace(tmp_path / "w") as opened:
        keep(opened.store, story())  # type: ignore[arg-type]  # a workspace's store is the one in SQLite
        opened.resolve()
        told = {d.title: fact for d in opened.store.documents() for fact in list_facts(d) if fact.kind.startswith("event.agreement")}
        one, two, three = told["Signature"], told["Signed"], told["Câbles"]
        opened.bind(one, "same", three, "Amal")
        opened.bind(three, "same", two, "Amal")
        assert opened.store.happening_conflicts() == []
        opened.bind(one, "different", two, "Badr", why="two ceremonies")
        [(a, b, happening)] = opened.store.happening_conflicts()
        assert opened.store.happening(happening).type == "agreement"
    assert run(["conflicts", "--format", "jsonl", *there]) == 0
    [found] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found["entity"] == happening and {fact["key"] for fact in found["facts"]} == {a, b}
    assert [(d["verb"], d["by"]) for d in found["decisions"]] == [("same", "Amal"), ("same", "Amal"), ("different", "Badr")]
    assert run(["conflicts", *there]) == 0
    assert capsys.readouterr().out.count("(no effect)") == 1
    assert run(["conflicts", "--lang", "fr", *there]) == 0
    assert capsys.readouterr().out.count("(sans effet)") == 1
    with open_workspace(tmp_path / "w") as opened:
        opened.bind(one, "same", two, "Badr", why="one ceremony after all")
        assert opened.store.happening_conflicts() == []
