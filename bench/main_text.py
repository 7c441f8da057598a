"""Is the article found on web pages at least as well as by trafilatura alone?

    python bench/main_text.py PAGE.html=ARTICLE ...

ARTICLE holds the article of the page as somebody else copied it: a text file, or JSON with it under "text" or "paragraphs". Prints, for
each page and for all, the F1 of words (as often as they stand there) that mithaq and trafilatura by itself keep, and leaves with 1 when
mithaq is behind on the whole.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import trafilatura

from mithaq.lexicon import load_lexicon
from mithaq.page import read_capture
from mithaq.text.fold import fold_text

KEPT = ("body", "dateline")


def read_article(file: Path) -> str:
    """Return the article that a file holds."""
    text = file.read_text("utf-8")
    return "\n".join(find_strings(json.loads(text))) if file.suffix == ".json" else text


def find_strings(node: Any, wanted: bool = False) -> Iterator[str]:
    """Yield the strings of JSON that stand under "text" or "paragraphs"."""
    if isinstance(node, str) and wanted:
        yield node
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from find_strings(value, name in ("text", "paragraphs"))
    elif isinstance(node, list):
        for value in node:
            yield from find_strings(value, wanted)


def by_mithaq(page: bytes) -> str:
    """Return the article as mithaq finds it, captions and title left out."""
    document = read_capture(page, path="page.html", lexicon=load_lexicon())
    return "\n".join(document.text[s.start : s.end] for s in document.segments if s.kind in KEPT)


def by_trafilatura(page: bytes) -> str:
    """Return the article as trafilatura finds it by itself."""
    return trafilatura.extract(page, include_comments=False) or ""


def words_of(text: str) -> Counter[str]:
    return Counter(word for word in fold_text(text).split() if any(c.isalnum() for c in word))


def main() -> int:
    """Measure and print."""
    if len(sys.argv) < 2 or not all("=" in pair for pair in sys.argv[1:]):
        print(__doc__, file=sys.stderr)
        return 2
    ways: dict[str, Callable[[bytes], str]] = {"mithaq": by_mithaq, "trafilatura": by_trafilatura}
    sums = {way: Counter[str]() for way in ways}
    for pair in sys.argv[1:]:
        page, article = map(Path, pair.split("=", 1))
        wanted = words_of(read_article(article))
        for way, read in ways.items():
            got = words_of(read(page.read_bytes()))
            counts = Counter(right=(wanted & got).total(), got=got.total(), wanted=wanted.total())
            sums[way].update(counts)
            print(f"{page.name:32} {way:12} {tell(counts)}")
    for way, counts in sums.items():
        print(f"{'all':32} {way:12} {tell(counts)}")
    return 0 if f1_of(sums["mithaq"]) >= f1_of(sums["trafilatura"]) else 1


def f1_of(counts: Counter[str]) -> float:
    return 2 * counts["right"] / max(1, counts["got"] + counts["wanted"])


def tell(counts: Counter[str]) -> str:
    precision, recall = counts["right"] / max(1, counts["got"]), counts["right"] / max(1, counts["wanted"])
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {f1_of(counts):.3f}  ({counts['wanted']} words)"


if __name__ == "__main__":
    raise SystemExit(main())
