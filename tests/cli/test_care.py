"""Looking after a workspace from the command line: read again, count, look it over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cli.test_commands import Run, say
from mithaq.lexicon import load_lexicon
from mithaq.model.fact import list_facts
from mithaq.workspace import open_workspace

__all__ = ["say"]

WORDS = (
    "The Kenyan minister of ICT Peter Mwangi signed a memorandum on e-government with the Omani minister Salem Al Harthi in Nairobi on"
    " 3 June 2025. Mwangi said that Kenya needs engineers in cybersecurity."
)


@pytest.fixture
def root(say: Run, tmp_path: Path) -> Path:
    (tmp_path / "page.txt").write_text(f"Kenya and Oman agree\n\n{WORDS}\n", "utf-8")
    assert say("ingest", str(tmp_path / "page.txt"), "--no-gate", "--workspace", str(tmp_path / "ws")).code == 0
    return tmp_path / "ws"


def test_reading_again_tells_what_changed_and_keeps_decisions(say: Run, root: Path) -> None:
    ws = ("--workspace", str(root))
    assert say("reread", *ws).out == "all pages are up to date; --all reads them nonetheless\n"
    assert say("reread", "--all", *ws).out == "1 page read again: 1 on digital cooperation, 0 changed\n"
    with open_workspace(root, create=False) as workspace:
        document = next(workspace.store.documents())
        needs = [fact for fact in list_facts(document) if fact.kind == "statement.need"]
        workspace.judge(needs[0], "reject", "Amal")
    folder = root / "knowledge" / "lexicons" / "en"
    folder.mkdir(parents=True)
    word = "kind: statement.offer\nentries:\n  - word: zealously proposes\n    example: Oman zealously proposes a course\n"
    (folder / "mine.yml").write_text(word, "utf-8")
    load_lexicon.cache_clear()  # as a new command would begin
    said = say("reread", *ws)
    assert said.code == 0 and said.out.startswith("1 page read again")
    done = json.loads(say("reread", "--all", "--json", *ws).out)
    assert (done["read"], done["renewed"], done["lost"], done["failed"]) == (1, 1, [], [])
    with open_workspace(root, create=False) as workspace:
        assert not [s for s in next(workspace.store.documents()).statements if s.kind == "need"]


def test_a_page_that_has_changed_is_named_with_what_is_new(say: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mithaq import pipeline

    real = pipeline.read_document

    def half_blind(*args: object, **options: object) -> object:
        from msgspec.structs import replace

        return replace(real(*args, **options), statements=())  # type: ignore[arg-type,type-var]

    monkeypatch.setattr(pipeline, "read_document", half_blind)
    said = say("reread", "--all", "--workspace", str(root))
    assert "1 changed" in said.out and "page.txt: gone: " in said.out and "statements" in said.out


def test_a_capture_that_is_gone_leaves_the_old_reading(say: Run, root: Path) -> None:
    next((root / "captures").rglob("*.gz")).unlink()
    said = say("reread", "--all", "--workspace", str(root))
    assert said.code == 1 and "1 could not be read, and stay as they were" in said.out and "page.txt" in said.err
    assert say("list", "statements", "--workspace", str(root)).code == 0


def test_what_is_not_there_is_not_read_again(say: Run, root: Path) -> None:
    said = say("reread", "nowhere", "--workspace", str(root))
    assert said.code == 2 and "there is no document 'nowhere'" in said.err


def test_counts_for_people_and_for_programs(say: Run, root: Path, tmp_path: Path) -> None:
    ws = ("--workspace", str(root))
    table = say("stats", *ws)
    assert table.code == 0 and "pages by language" in table.out and "\x1b" not in table.out
    rows = [json.loads(line) for line in say("stats", "--json", *ws).out.splitlines()]
    assert {"group": "pages", "name": "all", "n": 1} in rows
    assert {"group": "statements by language", "name": "en", "n": 1} in rows
    assert say("stats", "--output", str(tmp_path / "stats.txt"), *ws).code == 0
    assert "pages by outlet" in (tmp_path / "stats.txt").read_text("utf-8")


def test_the_doctor_tells_grade_finding_and_step(say: Run, root: Path) -> None:
    ws = ("--workspace", str(root))
    well = say("doctor", *ws)
    assert well.code == 0 and well.out.endswith("all well\n") and "WRONG" not in well.out and "\x1b" not in well.out
    findings = [json.loads(line) for line in say("doctor", "--json", *ws).out.splitlines()]
    assert {finding["grade"] for finding in findings} == {"well"}
    next((root / "captures").rglob("*.gz")).unlink()
    ill = say("doctor", *ws)
    assert ill.code == 1 and "WRONG captures: " in ill.out and "next: restore captures/" in ill.out and "1 to put right" in ill.out


def test_the_doctor_looks_on_where_the_database_cannot_be_opened(say: Run, root: Path, tmp_path: Path) -> None:
    for file in root.glob("mithaq.sqlite*"):
        file.unlink()
    assert "is not a mithaq workspace" in say("doctor", "--workspace", str(root)).err
    (root / "mithaq.sqlite").write_bytes(b"not a database at all" * 1000)
    said = say("doctor", "--workspace", str(root))
    assert said.code == 1 and "WRONG database: " in said.out and "ok    fonts" in said.out
