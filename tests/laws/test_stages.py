"""Law 3: a stage takes a Document, changes nothing, and says the same when asked again."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

import mithaq.pipeline
from mithaq.cli.main import run
from mithaq.lexicon import load_lexicon
from mithaq.model import Document
from mithaq.pipeline import annotate, read_page

ROOT = Path(__file__).resolve().parents[2]
STAGES: dict[str, Callable[..., Any]] = {
    name: stage for name, stage in vars(mithaq.pipeline).items() if name.startswith(("find_", "judge_")) and callable(stage)
}
# One page of each language, and one captured on a single line.
NAMES = ("jo-mr-01.txt", "jo-mr-03.txt", "jo-mr-07.txt", "jo-mr-09.txt", "so-tr-01.txt")


@pytest.fixture(scope="module")
def pages() -> list[Document]:
    folders = (ROOT / "src" / "mithaq" / "knowledge" / "demo", ROOT / "corpus" / "pages")
    return [read_page(folder / name) for folder in folders for name in NAMES if (folder / name).is_file()]


def test_all_stages_are_seen() -> None:
    assert len(STAGES) >= 10


@pytest.mark.parametrize("name", sorted(STAGES))
def test_a_stage_changes_nothing_and_repeats_itself(name: str, pages: list[Document]) -> None:
    assert len(pages) == len(NAMES)
    lexicon = load_lexicon()
    for page in pages:
        before = msgspec.json.encode(page)
        first = STAGES[name](page, lexicon)
        assert msgspec.json.encode(page) == before, f"{name} changed its document"
        assert msgspec.json.encode(STAGES[name](page, lexicon)) == msgspec.json.encode(first), f"{name} said two things of one page"


def test_reading_the_layers_anew_gives_the_same_document(pages: list[Document]) -> None:
    lexicon = load_lexicon()
    for page in pages:
        assert annotate(page, lexicon) == page


def test_the_same_page_gives_the_same_record_whatever_the_order_of_sets(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    pages = sorted((ROOT / "src" / "mithaq" / "knowledge" / "demo").glob("*-0[1-4].txt"))
    asked = ["read", "--format", "jsonl", *map(str, pages)]
    printed = {
        subprocess.run(
            [sys.executable, "-m", "mithaq", *asked], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    # The third order is that of this process: another each time that the tests run.
    capfdbinary.readouterr()
    assert run(asked) == 0
    sys.stdout.flush()
    printed.add(capfdbinary.readouterr().out)
    assert len(pages) > 5 and len(printed) == 1
