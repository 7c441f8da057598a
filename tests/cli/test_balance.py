"""Needs beside offers and figures beside figures, across pages, on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from made_documents import make_document, quote
from mithaq.cli.main import run
from mithaq.model import Document, Indicator, Statement
from mithaq.workspace import open_workspace
from told_pages import keep

NEED = "Gabon needs experts who protect its networks."
OFFER = "Oman offers Gabon a course for network defenders."
ELSEWHERE = "Jordan is ready to train defenders of networks anywhere."
FIGURE = "Gabon scored {} in the Sahlia network index of 2025, ranked {}."


def said(number: int, words: str, kind: str, country: str, toward: str | None = None) -> Document:
    bare = make_document(f"Page {number}", words)
    statement = Statement(kind=kind, evidence=quote(bare.text, words), country=country, toward=toward, topics=("cybersecurity",))  # type: ignore[arg-type]  # kinds of the list
    return make_document(
        f"Page {number}", words, path=f"{number}.txt", relevant=True, statements=(statement,), lang="en", published=f"2026-01-0{number}"
    )


def counted(number: int, points: float, rank: float) -> Document:
    words = FIGURE.format(points, rank)
    found = quote(make_document(f"Page {number}", words).text, words)
    shared = {"evidence": found, "country": "GA", "year": 2025, "claimant": f"Speaker {number}"}
    figures = (
        Indicator(name="Sahlia network index", value=points, unit="points", **shared),
        Indicator(name="Sahlia ranks", value=rank, unit="rank", **shared),
    )
    return make_document(f"Page {number}", words, path=f"{number}.txt", relevant=True, indicators=figures, published=f"2026-01-0{number}")


@pytest.fixture(scope="module")
def pages() -> list[Document]:
    return [
        said(1, NEED, "need", "GA"), said(2, OFFER, "offer", "OM", "GA"), said(3, ELSEWHERE, "offer", "JO"),
        counted(4, 61.5, 4), counted(5, 65.1, 0),
    ]  # fmt: skip


@pytest.fixture
def ask(pages: list[Document], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]  # a local helper
    monkeypatch.setenv("MITHAQ_LANG", "en")
    with open_workspace(tmp_path / "w") as opened:
        keep(opened.store, pages)  # type: ignore[arg-type]  # a workspace's store is the one in SQLite

    def ask_for(*arguments: str, code: int = 0) -> str:
        capsys.readouterr()
        assert run([*arguments, "--workspace", str(tmp_path / "w")]) == code
        told = capsys.readouterr()
        return told.out if code == 0 else told.err

    return ask_for


def rows(printed: str) -> list[dict]:
    return [json.loads(line) for line in printed.splitlines()]


def test_a_need_stands_beside_what_other_pages_offer(ask, pages: list[Document]) -> None:  # type: ignore[no-untyped-def]
    [match] = rows(ask("ledger", "Gabon", "--format", "jsonl"))
    assert (match["topic"], match["country"], match["needed"], match["offered"]) == ("cybersecurity", "GA", 1, 2)
    assert [need["evidence"]["quote"] for need in match["needs"]] == [NEED]
    assert [(offer["by"], offer["toward"]) for offer in match["offers"]] == [("OM", "GA"), ("JO", None)], "offers to it stand first"
    texts = {document.id: document.text for document in pages}
    for one in (*match["needs"], *match["offers"]):
        at = one["evidence"]
        assert texts[one["document"]][at["start"] : at["end"]] == at["quote"]


def test_the_ledger_is_narrowed(ask) -> None:  # type: ignore[no-untyped-def]
    [match] = rows(ask("ledger", "--pair", "GA", "JO", "--format", "jsonl"))
    assert [offer["by"] for offer in match["offers"]] == ["JO"]
    [match] = rows(ask("ledger", "OM", "--format", "jsonl"))
    assert (match["country"], [offer["by"] for offer in match["offers"]]) == ("GA", ["OM"])
    assert ask("ledger", "--topic", "infrastructure", code=1)
    assert "there is no topic" in ask("ledger", "--topic", "weather", code=2)


def test_the_ledger_for_people_and_spreadsheets(ask) -> None:  # type: ignore[no-untyped-def]
    shown = ask("ledger", "GA", "--lang", "ar")
    assert "الغابون" in shown and "الحاجات (1)" in shown and NEED in shown and OFFER in shown
    assert [line.split(",")[2] for line in ask("ledger", "GA", "--format", "csv").splitlines()] == ["kind", "need", "offer", "offer"]


def test_figures_of_several_pages_contradict_each_other(ask) -> None:  # type: ignore[no-untyped-def]
    [index] = rows(ask("figures", "NETWORK index", "--country", "GA", "--format", "jsonl"))
    assert (index["name"], index["country"], index["year"], index["conflict"]) == ("Sahlia network index", "GA", 2025, True)
    assert [(claim["value"], claim["claimant"], claim["path"]) for claim in index["claims"]] == [
        (61.5, "Speaker 4", "4.txt"), (65.1, "Speaker 5", "5.txt"),
    ]  # fmt: skip
    assert {"value", "unit", "claimant", "document", "path", "evidence"} <= set(index["claims"][0])
    [_, ranks] = rows(ask("figures", "--format", "jsonl"))
    assert [claim["impossible"] for claim in ranks["claims"]] == [False, True]
    shown = ask("figures", "--lang", "fr")
    assert "≠ les pages se contredisent" in shown and "! son unité" in shown
    assert len(ask("figures", "--format", "csv").splitlines()) == 5
    assert ask("figures", "rainfall", code=1)
