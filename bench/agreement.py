"""How far do two people agree who annotated the same pages, neither seeing what the other wrote?

    python bench/agreement.py FIRST SECOND [--show]

FIRST holds pages with their annotation (NAME.txt beside NAME.json), SECOND the other person's NAME.json; a page counts when both have it.
The second annotation is scored as if a program had found it and the first were right, by the rules of `mithaq evaluate`, so the figures
stand beside those of the program. A range in brackets holds 95 of 100 draws of as many pages from these. Of statements that both marked it
is also said how often the kind is the same, and Cohen's kappa: the part of what chance would leave different that they have alike.
--show prints every difference: page, layer, cause, the first annotation, the second. Leaves with 2 when no page was annotated twice.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec

from mithaq.errors import InputError
from mithaq.evaluate.errors import list_errors
from mithaq.evaluate.figures import Result, Tally
from mithaq.evaluate.gold import GoldPage, read_gold
from mithaq.evaluate.score import pair_up, score_page, statement_match

DRAWS, OUTSIDE = 1000, 0.025  # how often pages are drawn, and the part of the draws cut off at either end
QUOTED = ("events", "statements", "indicators")
# A record has evidence and answers; an annotation has quotes and is always there, so these questions say nothing of agreement.
NOT_ASKED = ("answered", "evidence verbatim", "facts with evidence", "evidence outside furniture")


class Twice(msgspec.Struct, frozen=True):
    """A page with the annotations of two people."""

    first: GoldPage
    second: GoldPage


def read_twice(first: Path, second: Path) -> tuple[Twice, ...]:
    """Return the pages that both folders annotate, in name order; raises InputError when a folder or every such page is missing."""
    others = {page.name: page for page in read_gold(second, texts=first)}
    pages = tuple(Twice(page, others[page.name]) for page in read_gold(first) if page.name in others)
    if not pages:
        raise InputError(f"{second}: no annotation of a page of {first}; give two folders with the same NAME.json")
    return pages


def as_record(page: GoldPage) -> dict[str, Any]:
    """Return an annotation in the shape of what a program makes of the page: quotes become evidence, the article its segments."""
    facts = {layer: [_with_evidence(item, page.text) for item in page.gold[layer]] for layer in QUOTED}
    segments = [{"kind": "body", "start": start, "end": end} for start, end in _runs(page.article)]
    return page.gold | facts | {"bodies": page.gold["orgs"], "segments": segments}


def _with_evidence(item: dict[str, Any], text: str) -> dict[str, Any]:
    start = max(0, text.find(item["quote"]))
    return item | {"evidence": {"start": start, "end": start + len(item["quote"]), "quote": item["quote"]}}


def _runs(offsets: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Yield the unbroken runs of *offsets* as (start, end)."""
    for _, group in groupby(enumerate(sorted(offsets)), key=lambda pair: pair[1] - pair[0]):
        run = [offset for _, offset in group]
        yield run[0], run[-1] + 1


def score_twice(pages: Sequence[Twice]) -> list[Result]:
    """Return the figures of each page, the first annotation taken as right."""
    return [score_page(page.first, as_record(page.second)) for page in pages]


def range_of(tallies: Sequence[Tally], chance: random.Random) -> tuple[float, float]:
    """Return between which F1 95 of 100 draws of as many pages lie; pages are drawn with replacement."""
    drawn = (sum(chance.choices(tallies, k=len(tallies)), Tally()).f1 for _ in range(DRAWS))
    known = sorted(f1 for f1 in drawn if f1 is not None) or [0.0]
    return known[int(OUTSIDE * len(known))], known[int((1 - OUTSIDE) * (len(known) - 1))]


def kinds_of(pages: Sequence[Twice]) -> list[tuple[str, str]]:
    """Return the two kinds of every statement that both people marked."""
    both = (pair_up(page.first.gold["statements"], page.second.gold["statements"], statement_match) for page in pages)
    return [(a["kind"], b["kind"]) for pairs in both for a, b in pairs]


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of two people's labels: 1 when all are alike, 0 when no more than by chance; None when chance explains all.

    >>> kappa([("need", "need"), ("offer", "offer"), ("need", "offer"), ("offer", "need")])
    0.0
    """
    if not pairs:
        return None
    ours, theirs = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    seen = sum(a == b for a, b in pairs) / len(pairs)
    by_chance = sum(ours[label] * theirs[label] for label in ours) / len(pairs) ** 2
    return None if by_chance == 1 else (seen - by_chance) / (1 - by_chance)


def tell(pages: Sequence[Twice]) -> Iterator[str]:
    """Yield the lines of the table."""
    results = score_twice(pages)
    whole = sum(results, Result())
    languages = Counter(page.first.gold["lang"] for page in pages)
    yield f"{len(pages)} pages annotated twice ({', '.join(f'{n} {lang}' for lang, n in languages.most_common())})"
    yield f"{'':28s}     F1     range        both  only first  only second"
    chance = random.Random(7)
    for name, tally in whole.f1.items():
        low, high = range_of([result.f1.get(name, Tally()) for result in results], chance)
        shown = "  -  " if tally.f1 is None else f"{tally.f1:.3f}"
        yield f"{name:28s}  {shown}  [{low:.3f} {high:.3f}] {tally.tp:5d} {tally.fn:11d} {tally.fp:12d}"
    yield f"{'':28s}  share  right / asked"
    for name, share in whole.share.items():
        if name not in NOT_ASKED:
            yield f"{name:28s}  {share.share or 0:.3f} {share.right:6d} / {share.asked}"
    kinds = kinds_of(pages)
    value = kappa(kinds)
    yield f"kind of a statement that both marked: {sum(a == b for a, b in kinds)} of {len(kinds)} alike" + (
        f", kappa {value:.3f}" if value is not None else ""
    )
    often = Counter(" / ".join(pair) for pair in kinds if pair[0] != pair[1]).most_common(8)
    yield "most often not alike (first / second): " + (", ".join(f"{pair} {n}" for pair, n in often) or "nothing")


def differences(pages: Sequence[Twice]) -> Iterator[str]:
    """Yield what differs, a line each: page, layer, cause, the first annotation, the second, the words of the page."""
    for page in pages:
        for error in list_errors([page.first], {page.first.key: as_record(page.second)}):
            told = (error.page, error.layer, error.cause, error.gold, error.found, " ".join(error.words.split()))
            yield "\t".join(part or "-" for part in told)


def main() -> int:
    """Measure and print."""
    folders = [Path(word) for word in sys.argv[1:] if word != "--show"]
    if len(folders) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        pages = read_twice(*folders)
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    for line in tell(pages):
        print(line)
    if "--show" in sys.argv[1:]:
        print(*differences(pages), sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
