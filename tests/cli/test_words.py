"""``mithaq lexicon``: what is known of a word, and what is refused when one is added."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.test_commands import Run, say
from mithaq.lexicon.entry import Entry
from mithaq.lexicon.problem import Problem

__all__ = ["say"]

ADD = ("lexicon", "add", "crying out for", "--kind", "statement.need", "--page-lang", "en", "--example", "They are crying out for staff")


@pytest.fixture
def only_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``lexicon check`` checks the words of the workspace alone: the packaged ones take seconds, and are checked in tests/knowledge."""
    import mithaq.lexicon.write  # noqa: F401  # binds the true check before it is replaced
    from mithaq.lexicon import load_lexicon
    from mithaq.lexicon.check import check_knowledge
    from mithaq.lexicon.load import packaged_knowledge, read_entries

    def check(root: Path, entries: list[Entry]) -> list[Problem]:
        return check_knowledge(root, entries) if Path(root).is_relative_to(tmp_path) else []

    def read(root: Path) -> list[Entry]:
        return list(load_lexicon().entries) if root == packaged_knowledge() else read_entries(root)

    monkeypatch.setattr("mithaq.lexicon.check.check_knowledge", check)
    monkeypatch.setattr("mithaq.lexicon.load.read_entries", read)


def test_a_word_is_found_in_any_form(say: Run) -> None:
    said = say("lexicon", "list", "--word", "ووقعتها", "--page-lang", "ar", "--json")
    rows = json.loads(said.out)
    assert said.code == 0 and ("event.act", "وقع") in [(r["kind"], r["word"]) for r in rows]
    assert all(r["lang"] == "ar" and r["file"].endswith(".yml") and r["line"] > 0 for r in rows)


def test_a_kind_narrows_what_is_known_of_a_word(say: Run) -> None:
    kinds = {line.split("\t")[1] for line in say("lexicon", "list", "event", "--word", "signed", "--page-lang", "en").out.splitlines()}
    assert kinds and all(kind.startswith("event.") for kind in kinds)


def test_kinds_are_counted_as_json(say: Run) -> None:
    every, french = (json.loads(say("lexicon", "list", "--json", *more).out) for more in ((), ("--page-lang", "fr")))
    assert every["speech.verb"] >= 750 and 250 <= french["speech.verb"] < every["speech.verb"]


def test_an_unknown_word_says_what_to_do(say: Run) -> None:
    said = say("lexicon", "list", "--word", "zzyzx")
    assert said.code == 1 and "nothing is known of 'zzyzx'" in said.err and "lexicon add" in said.err


@pytest.mark.usefixtures("only_ours")
def test_a_word_of_the_workspace_is_listed_and_checked(say: Run, tmp_path: Path) -> None:
    workspace = ("--workspace", str(tmp_path / "ws"))
    assert say(*ADD, *workspace).code == 0
    (row,) = json.loads(say("lexicon", "list", "statement.need", "--word", "crying out for", "--json", *workspace).out)
    assert (row["word"], row["file"], row["example"]) == ("crying out for", "statement_need.yml", ADD[-1])
    assert "all well" in say("lexicon", "check", *workspace).out
    (file,) = tmp_path.rglob("statement_need.yml")
    file.write_text(file.read_text("utf-8").replace("They are crying out for staff", "They have staff"), "utf-8")
    said = say("lexicon", "check", *workspace)
    assert said.code == 1 and "statement_need.yml" in said.err and "1 to put right" in said.out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", " ", "-k", "statement.need", "--page-lang", "en", "-e", "x"), "the word is empty"),
        (("add", "Axeville", "-k", "place.city", "--page-lang", "en", "-e", "in Axeville"), "gazetteers"),
        (("add", "crying", "-k", "statement.need", "--page-lang", "en", "-e", "crying", "--set", "example=x"), "no attribute"),
        (("add", "crying", "-k", "statement.need", "--page-lang", "en", "-e", "crying", "--set", "weak"), "not name=value"),
        (("add", "crying", "-k", "speech.verb", "--page-lang", "en", "-e", "crying", "--set", "implies=joy"), "is not known"),
        (("add", "crying", "-k", "speech.verb", "--page-lang", "en", "-e", "crying", "--set", "like=weeping"), "names no word"),
        (("check", "no/such/folder"), "is not a folder"),
    ],
)
def test_bad_input_is_refused_and_nothing_written(say: Run, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    said = say("lexicon", *arguments, "--workspace", str(tmp_path / "ws"))
    assert said.code == 2 and words in said.err
    assert not list(tmp_path.rglob("*.yml"))


@pytest.mark.usefixtures("only_ours")
def test_a_broken_file_of_the_workspace_is_named(say: Run, tmp_path: Path) -> None:
    file = tmp_path / "ws" / "knowledge" / "lexicons" / "en" / "ours.yml"
    file.parent.mkdir(parents=True)
    file.write_text("kind: statement.need\nentries:\n  - word: [\n", "utf-8")
    for command in (("check",), ("list", "statement.need"), ADD[1:]):
        said = say("lexicon", *command, "--workspace", str(tmp_path / "ws"))
        assert said.code == 2 and "ours.yml" in said.err and "not valid YAML" in said.err


@pytest.mark.parametrize("command", ["check", "list", "add"])
def test_help_teaches_by_example(say: Run, command: str) -> None:
    said = say("lexicon", command, "--help")
    assert said.code == 0 and f"mithaq lexicon {command}" in said.out.split("Usage:")[1].split("\n", 1)[1]
