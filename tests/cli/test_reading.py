"""``read``, ``ingest``, ``demo`` and ``evaluate`` through the real pipeline."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import mithaq.pipeline
from cli.test_commands import DEMO, Run, say
from export.page_reader import PageReader
from mithaq.model import Document

__all__ = ["say"]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder with two packaged pages and their sidecars."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("jo-mr-01", "jo-mr-03"):
        for ending in (".txt", ".meta.json"):
            shutil.copy(DEMO / f"{name}{ending}", folder)
    return folder


def test_a_record_a_line_in_the_order_given(say: Run, pages: Path) -> None:
    said = say("read", str(pages / "jo-mr-03.txt"), str(pages / "jo-mr-01.txt"), "--format", "jsonl")
    records = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 0 and [Path(r["path"]).stem for r in records] == ["jo-mr-03", "jo-mr-01"]
    assert all(r["schema_version"] == 1 and r["invented"] for r in records)


def test_the_page_for_people(say: Run, pages: Path) -> None:
    said = say("read", str(pages / "jo-mr-01.txt"))
    assert said.code == 0 and "are invented" in said.out and "ليث الحمارنة" in said.out
    html = say("read", str(pages), "--format", "html", "--lang", "ar").out
    page = PageReader(html)
    assert page.problems == [] and html.count("<article") == 2


def test_the_text_is_what_offsets_count_in(say: Run, pages: Path) -> None:
    path = str(pages / "jo-mr-01.txt")
    text = say("read", path, "--text").out
    record = json.loads(say("read", path, "--format", "jsonl").out)
    evidence = [event["evidence"] for event in record["events"]]
    assert evidence and all(text[e["start"] : e["end"]] == e["quote"] for e in evidence)


def test_a_page_that_cannot_be_read_is_named_and_the_others_go_on(say: Run, pages: Path) -> None:
    (pages / "a-picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8)
    said = say("read", str(pages), "--format", "jsonl")
    assert said.code == 1 and len(said.out.splitlines()) == 2
    assert "a-picture.txt" in said.err and said.err.count("\n") == 1
    said = say("ingest", str(pages), "--workspace", str(pages.parent / "ws"))
    assert said.code == 1 and "set aside" in said.err and "2 new" in said.out


def test_a_fault_of_ours_in_one_page_does_not_cost_the_others(say: Run, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = mithaq.pipeline.read_document

    def fail_once(data: bytes, *, path: str, **others: Any) -> Document:
        if path.endswith("jo-mr-01.txt"):
            raise ZeroDivisionError("no way")
        return real(data, path=path, **others)

    monkeypatch.setattr("mithaq.pipeline.read_document", fail_once)
    said = say("read", str(pages), "--format", "jsonl")
    assert said.code == 1 and len(said.out.splitlines()) == 1
    assert "jo-mr-01.txt: ZeroDivisionError" in said.err and said.err.count("\n") == 1


def test_the_input_is_a_page_too(pages: Path) -> None:
    data = (pages / "jo-mr-01.txt").read_bytes()
    done = subprocess.run([sys.executable, "-m", "mithaq", "read", "-", "-f", "jsonl"], input=data, capture_output=True, check=True)
    assert json.loads(done.stdout)["path"] == "-"


def test_ingest_passes_over_what_is_known(say: Run, pages: Path) -> None:
    workspace = str(pages.parent / "ws")
    assert "2 new, 0 known already" in say("ingest", str(pages), "-w", workspace).out
    again = say("ingest", str(pages), "-w", workspace)
    assert again.code == 0 and "0 new, 2 known already" in again.out


def test_the_demo_ends_in_dossiers_worth_opening(say: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    said = say("demo", "--output", str(folder), "--lang", "fr")
    assert said.code == 0 and "invented" in said.out
    files = sorted(folder.glob("*.html"))
    assert len(files) >= 6 and {f.name.split(".")[1] for f in files} == {"ar", "fr", "en"}
    for file in files:
        assert PageReader(file.read_text("utf-8")).problems == []
        assert (str(file) in said.out) == file.name.endswith(".fr.html")
    assert "(0 new)" in say("demo", "--output", str(folder)).out


def test_evaluate_prints_figures(say: Run, pages: Path) -> None:
    shutil.copy(DEMO / "jo-mr-01.json", pages)
    said = say("evaluate", str(pages))
    assert said.code == 0 and "people" in said.out
    assert json.loads(say("evaluate", str(pages), "--json").out)["documents"] == 1


def test_words_of_ones_own(say: Run, tmp_path: Path) -> None:
    workspace = ("--workspace", str(tmp_path / "ws"))
    word = ("lexicon", "add", "يعوزنا بشدة", "--kind", "statement.need", "--page-lang", "ar", *workspace)
    said = say(*word, "--example", "قال المدير إن القطاع قوي")
    assert said.code == 2 and "does not stand in its own example" in said.err
    assert say(*word, "--example", "قال المدير: يعوزنا بشدة مهندسون").code == 0
    assert "known already" in say(*word, "--example", "قال المدير: يعوزنا بشدة مهندسون").err
    assert "يعوزنا بشدة" in say("lexicon", "list", "statement.need", "--page-lang", "ar", *workspace).out
    assert "statement.need" in say("lexicon", "list", *workspace).out
    assert say("lexicon", "list", "no.such", *workspace).code == 1
    own = say("lexicon", "check", str(tmp_path / "ws" / "knowledge"))
    assert own.code == 0 and "all well" in own.out
    assert "no kind of word" in say("lexicon", "add", "x", "-k", "no.such", "--page-lang", "en", "-e", "x", *workspace).err
