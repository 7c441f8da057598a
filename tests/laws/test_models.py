"""Learned weights name the pages or knowledge files they were learned from, and none of those is a page that only measures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from laws.source import PACKAGE, ROOT
from mithaq.evaluate.gold import read_json, read_splits

MODELS = sorted((PACKAGE / "knowledge" / "models").glob("*.json"))


def test_there_are_models() -> None:
    assert MODELS


@pytest.mark.parametrize("path", MODELS, ids=lambda path: path.stem)
def test_no_model_has_seen_the_test_pages(path: Path) -> None:
    learned_from = json.loads(path.read_text("utf-8")).get("learned_from")
    assert learned_from, f"{path.name} does not say from which pages or knowledge files it was learned (learned_from: [page, ...])"
    splits = read_splits(ROOT)
    knowledge = {source for source in learned_from if (PACKAGE / "knowledge" / source).exists()}
    stories = {story for story, split in read_json(ROOT / "corpus" / "world" / "splits.json").items() if split != "test"}
    assert set(learned_from) - knowledge <= set(splits["train"]) | set(splits["dev"]) | stories


def test_all_models_together_are_small() -> None:
    assert sum(path.stat().st_size for path in MODELS) < 12_000_000
