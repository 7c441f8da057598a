"""How much faster two processes read than one, and how much memory they take: pages with all layers, from files into a workspace.

    python bench/jobs.py [PAGES]

The pages are those of the packaged demonstration and of the corpus, each several times under another first line, so that none is known
already and none is held back. Every run is a command of its own, as a user would type it; start and loading of the knowledge count.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import mithaq

PAGES = 1_200
GOAL = 1.7  # times as fast
MEMORY = 300.0  # MB at the most, each process
_ROOT = Path(__file__).resolve().parents[1]


def write_pages(folder: Path, number: int) -> None:
    """Write pages, each with a first line of its own."""
    sources = [Path(mithaq.__file__).parent / "knowledge" / "demo", _ROOT / "corpus" / "pages"]
    pages = [file.read_text("utf-8") for source in sources for file in sorted(source.glob("*.txt"))]
    for n, page in zip(range(number), cycle(pages), strict=False):
        (folder / f"{n:05}.txt").write_text(f"{n}\n{page}", "utf-8")


def run(arguments: Sequence[str]) -> tuple[float, float, float]:
    """Run a command; return its seconds, the most memory that one of its processes took, and the most of all together (MB)."""
    began = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "mithaq", *arguments], stdout=subprocess.DEVNULL)
    peaks: dict[int, float] = {}
    together = 0.0
    done = threading.Event()

    def watch() -> None:
        nonlocal together
        while not done.wait(0.1):
            now = {pid: _memory(pid) for pid in _family(child.pid)}
            together = max(together, sum(now.values()))
            for pid, megabytes in now.items():
                peaks[pid] = max(peaks.get(pid, 0.0), megabytes)

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = child.wait()
    done.set()
    watcher.join()
    if code:
        raise SystemExit(f"mithaq {' '.join(arguments)} ended with {code}")
    return time.perf_counter() - began, max(peaks.values(), default=0.0), together


def _family(parent: int) -> list[int]:
    """Return a process and those it began, as Linux tells."""
    numbers = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [parent, *(number for number in numbers if _field(number, "PPid:") == parent)]


def _memory(pid: int) -> float:
    return _field(pid, "VmRSS:") / 1024


def _field(pid: int, name: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)


def main() -> int:
    """Measure, print, and fail below the goals."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with tempfile.TemporaryDirectory() as name:
        pages = Path(name) / "pages"
        pages.mkdir()
        write_pages(pages, number)
        size = sum(file.stat().st_size for file in pages.iterdir()) / 1024
        print(f"{number} pages, {size / number:.1f} KB each, all layers; {os.cpu_count()} cores")
        seconds, most = {}, 0.0
        for jobs in (1, 2):
            command = ["ingest", str(pages), "--workspace", str(Path(name) / f"ws{jobs}"), "--jobs", str(jobs), "--no-gate"]
            seconds[jobs], peak, together = run(command)
            most = max(most, peak)
            rate = number / seconds[jobs]
            print(f"--jobs {jobs}: {seconds[jobs]:6.1f} s, {rate:6.1f} pages/s; memory {peak:.0f} MB, together {together:.0f} MB")
    ratio = seconds[1] / seconds[2]
    print(f"two processes are {ratio:.2f} times as fast as one (goal: {GOAL}); at most {most:.0f} MB in one process (goal: {MEMORY:.0f})")
    return 0 if ratio >= GOAL and most < MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
