"""Two annotations of one page are compared by the rules of the score; those of our corpus are sound, and none is of a test page."""

from __future__ import annotations

import json
import random
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluate.reference import ROOT
from mithaq.errors import InputError
from mithaq.evaluate.figures import Tally
from mithaq.evaluate.gold import check_gold, read_gold, read_splits

SMALL = Path(__file__).parent / "gold"
PAGES, SECOND = ROOT / "corpus" / "pages", ROOT / "corpus" / "second"
AGREEMENT = runpy.run_path(str(ROOT / "bench" / "agreement.py"))
LABELS = st.sampled_from(["need", "offer", "intent"])


def second_of(tmp_path: Path, name: str, **fields: Any) -> Path:
    """Write a second annotation of a small page, without its text, with some fields changed."""
    gold = json.loads((SMALL / f"{name}.json").read_text("utf-8")) | fields
    (tmp_path / f"{name}.json").write_text(json.dumps(gold), "utf-8")
    return tmp_path


def test_the_second_annotations_say_only_what_their_pages_say() -> None:
    assert check_gold(SECOND, texts=PAGES) == ()


def test_the_second_annotations_are_of_sixty_pages_in_three_languages_none_of_the_test_split() -> None:
    pages = read_gold(SECOND, texts=PAGES)
    assert len(pages) == len(list(SECOND.iterdir())) == 60
    assert {page.gold["lang"] for page in pages} == {"ar", "fr", "en"}
    assert not {page.name for page in pages} & set(read_splits(ROOT)["test"])


def test_who_annotates_alike_agrees_in_all(tmp_path: Path) -> None:
    twice = AGREEMENT["read_twice"](SMALL, second_of(tmp_path, "a1"))
    (result,) = AGREEMENT["score_twice"](twice)
    assert {tally.f1 for tally in result.f1.values()} <= {1.0, None}
    assert result.f1["statements (span and kind)"].tp > 0
    assert result.f1["body characters"].tp > 0
    assert list(AGREEMENT["differences"](twice)) == []


def test_another_kind_is_told_with_its_words(tmp_path: Path) -> None:
    statements = json.loads((SMALL / "a1.json").read_text("utf-8"))["statements"]
    kind = "refusal" if statements[0]["kind"] != "refusal" else "need"
    twice = AGREEMENT["read_twice"](SMALL, second_of(tmp_path, "a1", statements=[statements[0] | {"kind": kind}, *statements[1:]]))
    (result,) = AGREEMENT["score_twice"](twice)
    assert result.f1["statements (span)"].f1 == 1.0
    assert result.f1["statements (span and kind)"].fn == 1
    (line,) = AGREEMENT["differences"](twice)
    assert line.split("\t")[:3] == ["a1", "statements", "kind differs"]
    assert " ".join(statements[0]["quote"].split()) in line
    assert f"{statements[0]['kind']} / {kind} 1" in "\n".join(AGREEMENT["tell"](twice))


def test_a_folder_with_no_page_of_the_other_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no annotation of a page of"):
        AGREEMENT["read_twice"](SMALL, tmp_path)


@pytest.mark.parametrize(("words", "code"), [([], 2), (["gone", "away"], 2), ([str(SMALL), str(SMALL), "--show"], 0)])
def test_the_command_says_how_it_went(
    words: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["agreement.py", *words])
    assert AGREEMENT["main"]() == code
    printed = capsys.readouterr()
    assert ("3 pages annotated twice" in printed.out) == (code == 0)
    assert bool(printed.err) == (code == 2)


@given(st.lists(st.tuples(LABELS, LABELS), min_size=1, max_size=30))
def test_kappa_is_symmetric_at_most_one_and_one_only_when_all_are_alike(pairs: list[tuple[str, str]]) -> None:
    kappa = AGREEMENT["kappa"]
    value = kappa(pairs)
    assert value == pytest.approx(kappa([(b, a) for a, b in pairs]))
    if value is None:
        assert len({label for pair in pairs for label in pair}) == 1
    else:
        assert value <= 1
        assert (value == 1) == all(a == b for a, b in pairs)


@given(st.lists(st.builds(Tally, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=4))
def test_a_range_lies_between_nothing_and_all(tallies: list[Tally]) -> None:
    low, high = AGREEMENT["range_of"](tallies, random.Random(1))
    assert 0 <= low <= high <= 1
