"""How long ``mithaq --help`` takes, beside what Python needs to start at all.

    python bench/help.py
"""

from __future__ import annotations

import subprocess
import sys
import time

RUNS = 9
GOAL = 0.3  # seconds


def fastest(command: list[str]) -> float:
    """Return the shortest of some runs, in seconds: the others waited for something else."""
    times = []
    for _ in range(RUNS):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> int:
    """Measure, print, and fail above the goal."""
    bare = fastest([sys.executable, "-c", "pass"])
    helped = fastest([sys.executable, "-m", "mithaq", "--help"])
    print(f"mithaq --help   {helped * 1000:6.0f} ms   (goal: under {GOAL * 1000:.0f} ms)")
    print(f"python alone    {bare * 1000:6.0f} ms   ratio {helped / bare:.1f}")
    return 0 if helped < GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
