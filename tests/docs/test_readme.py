"""The first screen of the README says what the project was made from, and the glossary has every word once."""

from __future__ import annotations

import re
from pathlib import Path

from mithaq.evaluate.readme import BEGIN, END, ROWS

ROOT = Path(__file__).resolve().parents[2]
FIRST = (
    "The two documents this project was made from are news pages, not a specification. "
    "They show cooperation happening and its record being lost; mithaq keeps that record."
)


def test_the_readme_begins_with_what_it_was_made_from() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert lines[0] == "# mithaq"
    assert lines[2] == FIRST
    rows = [line for line in lines[:30] if line.startswith("|") and "**" not in line.split("|")[1]]
    assert len(rows) == 2 + 5 + 5  # the head and its rule, five rows from each page


def test_the_figures_of_the_readme_are_measured() -> None:
    block = (ROOT / "README.md").read_text("utf-8").split(BEGIN)[1].split(END)[0]
    assert [said for said, _ in ROWS if f"| {said} |" not in block] == []


def test_the_glossary_has_each_word_once_and_in_order() -> None:
    words = re.findall(r"^\*\*([\w -]+)\*\* —", (ROOT / "docs" / "glossary.md").read_text("utf-8"), re.MULTILINE)
    assert words == sorted(set(words))
    assert len(words) > 30
