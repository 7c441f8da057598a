"""Learn from our own annotated pages which numbers are cited figures: writes the weights that ``annotate.indicators`` reads.

``python -m mithaq.evaluate.learn_indicators ROOT`` with the root of a checkout; learns from the relevant pages of train and dev alone,
by the same regression as ``learn_events``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from mithaq.annotate.indicators import find_candidates
from mithaq.evaluate.gold import GoldPage, read_split
from mithaq.evaluate.learn_events import Example, learn_weights
from mithaq.model import Indicator
from mithaq.pipeline import read_page
from mithaq.text.likeness import comparable

PENALTY = 1.0  # chosen by cross-validation over stories
THRESHOLD = 0.17  # F1 is a little higher at 0.4, but a figure left out is missed more than one too many
FILE = Path("src") / "mithaq" / "knowledge" / "models" / "indicators.json"
ABOUT = "Logistic regression over the signs of numbers, learned from the relevant annotated pages of the corpus (train and dev)."


def read_examples(pages: Sequence[GoldPage]) -> list[Example]:
    """Return the numbers of all pages as their signs and whether the gold cites them."""
    examples: list[Example] = []
    for page in pages:
        candidates = find_candidates(read_page(page.path))
        known = match_indicators(page.gold["indicators"], [indicator for indicator, _ in candidates])
        examples += [(signs, index in known) for index, (_, signs) in enumerate(candidates)]
    return examples


def match_indicators(gold: Sequence[dict[str, Any]], found: Sequence[Indicator]) -> frozenset[int]:
    """Return which figures the gold cites: the same value, each gold figure taken once, the name most alike first."""
    scored = [(_likeness(g, i), a, b) for a, g in enumerate(gold) for b, i in enumerate(found) if _same_value(g["value"], i.value)]
    taken: set[int] = set()
    known: set[int] = set()
    for _, a, b in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if a not in taken and b not in known:
            taken.add(a)
            known.add(b)
    return frozenset(known)


def _same_value(wanted: float, value: float) -> bool:
    return abs(float(wanted) - value) <= 1e-6 * max(1.0, abs(float(wanted)))


def _likeness(gold: dict[str, Any], indicator: Indicator) -> int:
    """Return how many words of the gold's quote the evidence holds."""
    return len(set(comparable(gold["quote"])) & set(comparable(indicator.evidence.quote)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn from the checkout's corpus and write the weights into its knowledge folder."""
    parser = argparse.ArgumentParser(description="Learn which numbers are cited figures from the project's own annotated pages.")
    parser.add_argument("root", type=Path, nargs="?", default=Path(), help="root of a checkout (default: here)")
    root: Path = parser.parse_args(arguments).root
    pages = [page for page in read_split(root, "train", "dev") if page.gold["relevant"]]
    examples = read_examples(pages)
    learned = learn_weights(examples, penalty=PENALTY)
    weights = replace(learned, about=ABOUT, threshold=THRESHOLD, learned_from=tuple(sorted(page.name for page in pages)))
    (root / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=0) + b"\n")
    print(f"{len(examples)} numbers, {sum(known for _, known in examples)} cited figures, {len(weights.weights)} weights: {root / FILE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
