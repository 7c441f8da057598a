"""How many pages of 5 KB are read a second on one core, with all layers, beside a named peer in the same run.

    python bench/read.py [FOLDER]

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

SIZE = 5 * 1024  # bytes of UTF-8
GOAL = 60.0  # pages a second
SECONDS = 4.0


def pages_of_size(folder: Path) -> list[str]:
    """Return the texts of a folder, each cut or repeated by whole lines to about 5 KB, so that a page means the same everywhere."""
    return [_sized(file.read_text("utf-8")) for file in sorted(folder.glob("*.txt"))]


def _sized(text: str) -> str:
    lines = text.split("\n")
    kept: list[str] = []
    size = 0
    while size < SIZE:
        for line in lines:
            kept.append(line)
            size += len(line.encode()) + 1
            if size >= SIZE:
                break
    return "\n".join(kept)


def as_html(text: str) -> str:
    """Return the page as a plain HTML page, a paragraph a line."""
    paragraphs = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n") if line.strip())
    return f"<html><head><title>x</title></head><body><article>{paragraphs}</article></body></html>"


def rate(work: Callable[[str], object], pages: Sequence[str]) -> float:
    """Return how many pages a second *work* does, over whole rounds of all pages; the first round only warms up."""
    for page in pages:
        work(page)
    done, began = 0, time.perf_counter()
    while time.perf_counter() - began < SECONDS:
        for page in pages:
            work(page)
        done += len(pages)
    return done / (time.perf_counter() - began)


def main() -> int:
    """Measure, print, and fail below the goal."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(mithaq.__file__).parent / "knowledge" / "demo"
    pages = pages_of_size(folder)
    began = time.perf_counter()
    lexicon = load_lexicon()
    loaded = time.perf_counter() - began
    ours = rate(lambda page: read_document(page.encode(), path="page.txt", lexicon=lexicon), pages)
    peer = rate(lambda page: trafilatura.extract(page), [as_html(page) for page in pages])
    kilobytes = sum(len(page.encode()) for page in pages) / len(pages) / 1024
    print(f"{len(pages)} pages of {kilobytes:.1f} KB from {folder.name}; knowledge loaded once in {loaded:.2f} s")
    print(f"mithaq, all layers       {ours:8.1f} pages/s   (goal: {GOAL:.0f})")
    print(f"trafilatura, main text   {peer:8.1f} pages/s   ratio {peer / ours:.1f}: pages extracted while mithaq reads one")
    return 0 if ours >= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
