"""How much memory `ingest` takes at most while it reads thousands of pages, and how much of that knowledge alone takes.

    python bench/memory.py [PAGES]

The pages are those of ``bench/jobs.py``: the demonstration and the corpus, each several times under another first line, so that every one
is read with all layers and written. Each also gets a paragraph of drawn words that no other page has, 150 of them: many more than real
pages bring, so that whatever is remembered of words is filled to its bounds. `mithaq ingest` runs as a user would type it; the system says
how much memory it held at most.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from jobs import MEMORY, write_pages

PAGES = 2_000
NEW_WORDS = 150  # a page
_LETTERS = {"ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويةء", "latin": "abcdefghijklmnopqrstuvwxyzéèà"}
_KILOBYTES = 1024 if sys.platform != "darwin" else 1024 * 1024  # in what the system counts a peak: kilobytes, on a Mac bytes


def peak(arguments: Sequence[str]) -> float:
    """Run a mithaq command and return the most memory that any child of this program ever held, in MB."""
    subprocess.run([sys.executable, "-m", "mithaq", *arguments], check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _KILOBYTES


def write_new_words(folder: Path) -> None:
    """Add to every page a paragraph of words that stand on no other page."""
    chance = random.Random(11)
    for number, file in enumerate(sorted(folder.iterdir())):
        letters = _LETTERS["latin" if number % 3 == 2 else "ar"]
        words = ("".join(chance.choices(letters, k=chance.randint(4, 9))) for _ in range(NEW_WORDS))
        with file.open("a", encoding="utf-8") as page:
            page.write(f"\n\n{' '.join(words)}.\n")


def main() -> int:
    """Measure, print, and fail above the goal."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with tempfile.TemporaryDirectory() as name:
        one, many = Path(name) / "one", Path(name) / "many"
        one.mkdir()
        many.mkdir()
        write_pages(one, 1)
        write_pages(many, pages)
        write_new_words(many)
        # The peak of all children so far only grows, so the smaller run comes first.
        first = peak(["ingest", str(one), "--workspace", str(Path(name) / "a"), "--no-gate"])
        began = time.perf_counter()
        most = peak(["ingest", str(many), "--workspace", str(Path(name) / "b"), "--no-gate"])
        taken = time.perf_counter() - began
    print(f"mithaq ingest, 1 page:      {first:6.0f} MB at most")
    print(f"mithaq ingest, {pages} pages: {most:6.0f} MB at most, {taken:.0f} s   (goal: under {MEMORY:.0f} MB)")
    return 0 if most < MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
