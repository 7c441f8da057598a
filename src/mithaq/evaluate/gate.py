"""The gate: measure how right mithaq is, and fail when any figure falls below the floor that it once reached.

    python -m mithaq.evaluate.gate            measure, compare, fail on a fall
    python -m mithaq.evaluate.gate --raise    write the higher figures as new floors; no floor is ever lowered
    python -m mithaq.evaluate.gate --readme   write the table of the README from the same measurement

Measured are the pages of our own corpus that nobody looks at while writing rules (``corpus/splits.json``, "test" and "press"), for all
pages and for each language; the connected stories of ``corpus/world`` that only measure; and the shared development pages where they lie
beside the repository.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from mithaq.errors import MithaqError
from mithaq.evaluate.figures import ALL, Measured, Result
from mithaq.evaluate.gold import GoldPage, read_gold, read_json, read_split
from mithaq.evaluate.readme import write_table
from mithaq.evaluate.score import read_pages, score_page
from mithaq.evaluate.stories import STORIES, measure_stories
from mithaq.evaluate.world import read_stories
from mithaq.model.vocabulary import LANGUAGES

# Figures are sums of whole things: what differs by less than this differs only by rounding.
HAIR = 1e-9
TEST: Literal["test"] = "test"
PRESS: Literal["press"] = "press"
# These answers are asked about every page or every fact, so their share can be compared from one measurement to the next.
ALWAYS_ASKED = frozenset(
    ("answered", "evidence verbatim", "evidence outside furniture", "facts with evidence", "language", "published", "title")
)

Verdict = Literal["rose", "held", "fell", "new"]
# set of pages -> language or "all" -> figure -> value
Floors = dict[str, dict[str, dict[str, float]]]


class Line(msgspec.Struct, frozen=True):
    """A figure beside its floor; ``floor`` None: measured for the first time."""

    pages: str
    lang: str
    name: str
    value: float
    floor: float | None

    @property
    def verdict(self) -> Verdict:
        """Say how the figure stands to its floor."""
        if self.floor is None:
            return "new"
        if abs(self.value - self.floor) <= HAIR:
            return "held"
        return "rose" if self.value > self.floor else "fell"


def figures_of(result: Result) -> dict[str, float]:
    """Return the figures that have floors: F1 of what is found, shares of what is always asked, counts of right answers of the rest.

    A question about finds alone (the role of a person that was found) is asked more often the more is found. Its share may fall while
    mithaq gets better; the number of right answers may not.
    """
    figures = {name: tally.f1 for name, tally in result.f1.items() if tally.f1 is not None}
    for name, share in result.share.items():
        if share.share is not None and name in ALWAYS_ASKED:
            figures[name] = share.share
        elif share.right:
            figures[f"{name}, right"] = float(share.right)
    return figures


def measure(pages: str, gold: Iterable[GoldPage]) -> Measured:
    """Read every page once and add up its figures for its language and for all."""
    gold = tuple(gold)
    records = read_pages(gold)
    scored = [(page.gold["lang"], score_page(page, records[page.key])) for page in gold]
    results = {ALL: sum((result for _, result in scored), Result())}
    for lang in LANGUAGES:
        own = [result for spoken, result in scored if spoken == lang]
        if own:
            results[lang] = sum(own, Result())
    return Measured(pages, results)


def find_page_sets(root: Path) -> Iterator[tuple[str, tuple[GoldPage, ...]]]:
    """Yield the sets of pages to measure: those of our own corpus that nobody looks at, then the shared folders that exist."""
    for split in (TEST, PRESS):
        pages = read_split(root, split)
        if pages:
            yield split, pages
    for name in ("pages", "articles", "seeds"):
        folder = root.parent / "shared" / "eval" / "dev" / name
        if folder.is_dir():
            yield f"dev/{name}", read_gold(folder)


def compare_floors(measured: Iterable[Measured], floors: Floors) -> tuple[Line, ...]:
    """Return a line for every figure that was measured or has a floor.

    A set of pages that was not measured has no lines; a figure with a floor that a measured set no longer has counts as 0.
    """
    return tuple(line for each in measured for line in _lines_of(each, floors.get(each.pages, {})))


def _lines_of(measured: Measured, floors: Mapping[str, Mapping[str, float]]) -> Iterator[Line]:
    for lang in dict.fromkeys((*measured.results, *floors)):
        found = figures_of(measured.results[lang]) if lang in measured.results else {}
        known = floors.get(lang, {})
        for name in dict.fromkeys((*found, *known)):
            yield Line(measured.pages, lang, name, found.get(name, 0.0), known.get(name))


def compare_stories(figures: Mapping[str, float], floors: Floors) -> tuple[Line, ...]:
    """Return a line for every figure of the connected stories, and for every floor of theirs."""
    known = floors.get(STORIES, {}).get(ALL, {})
    return tuple(Line(STORIES, ALL, name, figures.get(name, 0.0), known.get(name)) for name in dict.fromkeys((*figures, *known)))


def raise_floors(floors: Floors, lines: Iterable[Line]) -> Floors:
    """Return the floors with every higher figure in its place; what fell or was not measured keeps its floor."""
    raised: Floors = {pages: {lang: dict(known) for lang, known in by_lang.items()} for pages, by_lang in floors.items()}
    for line in lines:
        if line.verdict in ("rose", "new"):
            raised.setdefault(line.pages, {}).setdefault(line.lang, {})[line.name] = line.value
    return raised


def show_lines(lines: Iterable[Line], *, everything: bool = False) -> str:
    """Return the lines as a table; those that held are left out unless *everything* is wanted."""
    head = f"{'pages':14s} {'':3s}  {'':28s}   figure    floor"
    shown = (line for line in lines if everything or line.verdict != "held" or line.lang == ALL)
    rows = (f"{x.pages:14s} {x.lang:3s}  {x.name:28s} {_number(x.value)} {_number(x.floor)}  {x.verdict}" for x in shown)
    return "\n".join((head, *rows))


def _number(value: float | None) -> str:
    if value is None:
        return f"{'-':>8s}"
    return f"{value:8.3f}"


def _write_floors(path: Path, floors: Floors) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode({"floors": floors}), indent=1) + b"\n")


def main(arguments: list[str] | None = None) -> int:
    """Run the gate; 0 when no figure fell."""
    about = "Measure how right mithaq is; fail when a figure falls below its floor."
    parser = argparse.ArgumentParser(prog="python -m mithaq.evaluate.gate", description=about)
    parser.add_argument("--root", type=Path, default=Path(), help="the root of the checkout (default: here)")
    parser.add_argument("--raise", dest="raising", action="store_true", help="write the higher figures as the new floors")
    parser.add_argument("--readme", action="store_true", help="write the table of the README from this measurement")
    parser.add_argument("--all", action="store_true", help="show also the figures of each language that held")
    asked = parser.parse_args(arguments)
    try:
        return _run(asked)
    except MithaqError as error:
        print(error, file=sys.stderr)
        return 2


def _run(asked: argparse.Namespace) -> int:
    root = asked.root.resolve()
    path = root / "corpus" / "floors.json"
    floors: Floors = read_json(path)["floors"] if path.is_file() else {}
    measured = [measure(name, gold) for name, gold in find_page_sets(root)]
    lines = compare_floors(measured, floors) + compare_stories(measure_stories(read_stories(root, TEST)), floors)
    print(show_lines(lines, everything=asked.all))
    if asked.readme:
        write_table(root / "README.md", measured)
    if asked.raising:
        _write_floors(path, raise_floors(floors, lines))
    fallen = [line for line in lines if line.verdict == "fell"]
    print(f"{len(lines)} figures, {len(fallen)} below their floor" + ("" if not fallen else ": find what made them fall, and mend it"))
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main())
