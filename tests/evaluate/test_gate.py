"""Floors may only rise: a fall is a failure, a rise is written, and nothing is ever lowered."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluate.reference import ROOT
from mithaq.errors import InputError
from mithaq.evaluate.figures import Measured, Result, Share, Tally, share_of
from mithaq.evaluate.gate import Floors, Line, compare_floors, compare_stories, figures_of, main, raise_floors, show_lines
from mithaq.evaluate.gold import read_gold, read_split, read_splits
from mithaq.evaluate.readme import BEGIN, END, table, write_table

BETTER = Result(2, {"people": Tally(9, 1, 0)}, {"title": Share(2, 2), "people: role": Share(7, 9)})
WORSE = Result(2, {"people": Tally(8, 1, 1)}, {"title": Share(1, 2), "people: role": Share(6, 6)})


def lines_of(result: Result, floors: Floors) -> tuple[Line, ...]:
    return compare_floors([Measured("test", {"all": result})], floors)


def floors_after(result: Result) -> Floors:
    return raise_floors({}, lines_of(result, {}))


def test_a_first_measurement_sets_floors() -> None:
    assert floors_after(BETTER)["test"]["all"] == pytest.approx({"people": 18 / 19, "title": 1.0, "people: role, right": 7.0})
    assert {line.verdict for line in lines_of(BETTER, {})} == {"new"}


def test_a_fall_is_seen_and_never_written() -> None:
    floors = floors_after(BETTER)
    lines = lines_of(WORSE, floors)
    assert {line.verdict for line in lines} == {"fell"}
    assert raise_floors(floors, lines) == floors


def test_a_rise_is_written() -> None:
    floors = floors_after(WORSE)
    lines = lines_of(BETTER, floors)
    assert {line.verdict for line in lines} == {"rose"}
    assert raise_floors(floors, lines) == floors_after(BETTER)


def test_what_depends_on_finds_is_held_by_its_right_answers() -> None:
    assert figures_of(BETTER)["people: role, right"] == 7.0  # more right answers, though of nine and no longer six of six
    assert figures_of(BETTER)["title"] == 1.0


def test_a_layer_that_disappears_falls() -> None:
    [line] = [x for x in lines_of(Result(2), {"test": {"all": {"people": 0.9}}}) if x.name == "people"]
    assert (line.value, line.verdict) == (0.0, "fell")
    [gone] = compare_floors([Measured("test", {"all": Result(1)})], {"test": {"fr": {"people": 0.5}}})
    assert (gone.lang, gone.verdict) == ("fr", "fell")


def test_pages_that_are_not_here_keep_their_floors() -> None:
    floors: Floors = {"dev/pages": {"all": {"people": 0.9}}}
    lines = lines_of(BETTER, floors)
    assert {line.pages for line in lines} == {"test"}
    assert raise_floors(floors, lines)["dev/pages"] == floors["dev/pages"]


tallies = st.builds(Tally, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
shares = st.lists(st.booleans(), max_size=9).map(share_of)
layers = st.dictionaries(st.sampled_from("abc"), tallies)
answers = st.dictionaries(st.sampled_from(["title", "x"]), shares)
results = st.builds(Result, st.just(1), layers, answers)


@given(results, results)
def test_raising_never_lowers_and_then_nothing_falls(first: Result, second: Result) -> None:
    floors = floors_after(first)
    raised = raise_floors(floors, lines_of(second, floors))
    for lang, known in floors.get("test", {}).items():
        assert all(raised["test"][lang][name] >= floor for name, floor in known.items())
    assert not [x for x in lines_of(first, floors) if x.verdict == "fell"]


@given(results, results, results)
def test_figures_add_up_in_any_order(a: Result, b: Result, c: Result) -> None:
    assert (a + b) + c == a + (b + c)
    assert (a + b).rows()["f1"] == (b + a).rows()["f1"]


@given(tallies)
def test_f1_lies_between_nothing_and_all(tally: Tally) -> None:
    assert tally.f1 is None or 0.0 <= tally.f1 <= 1.0
    assert (tally.f1 is None) == (tally == Tally())


def test_the_table_shows_what_moved() -> None:
    shown = show_lines(lines_of(WORSE, floors_after(BETTER)))
    assert "fell" in shown and "people: role, right" in shown and " 7.000" in shown


def test_splits_hold_every_page_once_and_keep_stories_whole() -> None:
    splits = read_splits(ROOT)
    pages = {p.name: p for folder in ("corpus/pages", "src/mithaq/knowledge/demo") for p in read_gold(ROOT / folder)}
    named = [name for names in splits.values() for name in names]
    assert sorted(named) == sorted(pages)
    for story in ("chain", "cluster"):
        homes: dict[str, set[str]] = {}
        for split, names in splits.items():
            for name in names:
                if pages[name].gold.get(story):
                    homes.setdefault(pages[name].gold[story], set()).add(split)
        assert [key for key, found in homes.items() if len(found) > 1] == []
    languages = [pages[name].gold["lang"] for name in splits["test"]]
    assert min(languages.count(lang) for lang in ("ar", "fr", "en")) >= 3


def test_a_split_holds_its_pages_and_no_other() -> None:
    learned, kept = read_split(ROOT, "train", "dev"), read_split(ROOT, "test", "press")
    folders = (ROOT / "corpus" / "pages", ROOT / "src" / "mithaq" / "knowledge" / "demo")
    assert len(learned) + len(kept) == sum(len(list(folder.glob("*.txt"))) for folder in folders)
    assert {p.name for p in learned}.isdisjoint(p.name for p in kept)


def small_checkout(root: Path) -> Path:
    """Lay out a checkout with two pages to measure."""
    (root / "corpus" / "pages").mkdir(parents=True)
    (root / "src" / "mithaq" / "knowledge" / "demo").mkdir(parents=True)
    small = Path(__file__).parent / "gold"
    for name in ("a1", "e1"):
        for ending in (".txt", ".json"):
            (root / "corpus" / "pages" / (name + ending)).write_text((small / (name + ending)).read_text("utf-8"), "utf-8")
    (root / "corpus" / "splits.json").write_text(json.dumps({"train": [], "dev": [], "test": ["a1", "e1"]}), "utf-8")
    world = root / "corpus" / "world"
    shutil.copytree(ROOT / "corpus" / "world" / "b11", world / "b11")
    (world / "splits.json").write_text('{"b11": "test"}', "utf-8")
    return root


def test_the_gate_measures_raises_holds_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small_checkout(tmp_path / "checkout")
    (root / "README.md").write_text(f"before\n{BEGIN}\nstale figures\n{END}\nafter\n", "utf-8")
    assert main(["--root", str(root), "--raise", "--readme"]) == 0
    written = json.loads((root / "corpus" / "floors.json").read_text("utf-8"))["floors"]
    assert set(written["test"]) == {"all", "ar", "en"}
    readme = (root / "README.md").read_text("utf-8")
    assert readme.startswith("before\n") and "| people |" in readme and "stale figures" not in readme
    assert main(["--root", str(root)]) == 0
    written["test"]["all"]["language"] = 1.5
    (root / "corpus" / "floors.json").write_text(json.dumps({"floors": written}), "utf-8")
    capsys.readouterr()
    assert main(["--root", str(root), "--raise"]) == 1
    assert "1 below their floor" in capsys.readouterr().out
    assert json.loads((root / "corpus" / "floors.json").read_text("utf-8"))["floors"]["test"]["all"]["language"] == 1.5


def test_a_folder_that_is_no_checkout_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tmp_path)]) == 2
    assert "splits.json" in capsys.readouterr().err


def test_the_readme_needs_its_marks(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("nothing here", "utf-8")
    with pytest.raises(InputError, match="marks are missing"):
        write_table(tmp_path / "README.md", [])


def test_a_layer_without_an_answer_is_a_dash() -> None:
    assert "| people | 0.95 |" in table([Measured("test", {"all": BETTER})])
    assert "| topics | – |" in table([Measured("test", {"all": BETTER})])


def test_stories_have_floors_like_pages() -> None:
    floors: Floors = {"stories": {"all": {"people: one on all pages": 0.9, "copies": 1.0}}}
    lines = compare_stories({"people: one on all pages": 0.95, "happenings: found": 7.0}, floors)
    assert [(line.name, line.verdict) for line in lines] == [
        ("people: one on all pages", "rose"),
        ("happenings: found", "new"),
        ("copies", "fell"),
    ]
    assert raise_floors(floors, lines)["stories"]["all"] == {"people: one on all pages": 0.95, "happenings: found": 7.0, "copies": 1.0}
