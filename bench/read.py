"""How many pages of 5 KB are read a second on one core, with all layers, beside a named peer in the same run.

    python bench/read.py [FOLDER]

The pages (those of the demo, or of a folder) are read again and again, so that every word of them is known: what a long run does. Of a
folder it is also said how fast its pages are read once, when their words are met for the first time.

The peer is trafilatura's extraction of the main text from the same page as HTML: what most programs do with a news page first. The ratio
says how many pages the peer extracts while mithaq reads one with every layer. It is not a race: mithaq does more.
"""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import trafilatura

import mithaq
from mithaq.lexicon import load_lexicon
from mithaq.pipeline import read_document

DEMO = Path(mithaq.__file__).parent / "knowledge" / "demo"
SIZE = 5 * 1024  # bytes of UTF-8
GOAL = 60.0  # pages a second
SECONDS = 2.0  # of the quicker one


def as_html(text: str) -> str:
    """Return the page as a plain HTML page, a paragraph a line."""
    paragraphs = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n") if line.strip())
    return f"<html><head><title>x</title></head><body><article>{paragraphs}</article></body></html>"


def rates(works: Sequence[Callable[[str], object]], pages: Sequence[str]) -> list[float]:
    """Return how many pages of 5 KB each of *works* does in a second of one core, over whole rounds of all pages; the first only warms up.

    They take turns, round by round, so that a machine that is busy for a while slows all of them. A longer page counts for more: what is
    counted is bytes, and 5 KB of them are a page.
    """
    taken, rounds = [0.0] * len(works), 0
    for work in works:
        _round(work, pages)
    while min(taken) < SECONDS:
        for number, work in enumerate(works):
            taken[number] += _round(work, pages)
        rounds += 1
    return [rounds * sum(len(page.encode()) for page in pages) / SIZE / seconds for seconds in taken]


def _round(work: Callable[[str], object], pages: Sequence[str]) -> float:
    began = time.process_time()
    for page in pages:
        work(page)
    return time.process_time() - began


def main() -> int:
    """Measure, print, and fail below the goal."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO
    pages = [file.read_text("utf-8") for file in sorted(folder.glob("*.txt"))]
    began = time.process_time()
    lexicon = load_lexicon()
    loaded = time.process_time() - began
    made = {page: as_html(page) for page in pages}

    def read(page: str) -> object:
        return read_document(page.encode(), path="page.txt", lexicon=lexicon)

    kilobytes = sum(len(page.encode()) for page in pages) / 1024
    once = 0.0
    if len(sys.argv) > 1:
        for file in sorted(DEMO.glob("*.txt")):
            read(file.read_text("utf-8"))  # else the first pages pay for what is loaded when first asked for
        once = kilobytes * 1024 / SIZE / _round(read, pages)
    ours, peer = rates((read, lambda page: trafilatura.extract(made[page])), pages)
    print(f"{len(pages)} pages, {kilobytes:.0f} KB, from {folder.name}; knowledge loaded once in {loaded:.2f} s; one core, pages of 5 KB")
    print(f"mithaq, all layers       {ours:8.1f} pages/s   (goal: {GOAL:.0f})")
    if once:
        print(f"mithaq, read once        {once:8.1f} pages/s")
    print(f"trafilatura, main text   {peer:8.1f} pages/s   ratio {peer / ours:.1f}: pages extracted while mithaq reads one")
    return 0 if ours >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
