"""Would more annotated pages help? Learn every weight from fewer and fewer of our pages, and score what each set would have given.

    python bench/curve.py FOLDER... [--sizes 25,50,100]

For each size so many training pages of the corpus are drawn, whole stories together, and all models but that of the furniture are learned
from them in a copy of the checkout; each FOLDER of annotated pages that nothing was learned from is then scored with them. Prints F1 by
layer. It takes some minutes a size.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from mithaq.evaluate.gold import read_split

ROOT = Path(__file__).resolve().parents[1]
MODELS = ("topics", "events", "statements", "indicators", "relevance")
LAYERS = ("pairs", "events", "statements (span)", "statements (span and kind)", "indicators", "topics", "relevant")


def draw(size: int, seed: int = 1) -> list[str]:
    """Return about *size* training pages, whole stories together; a smaller set is part of a larger one."""
    stories: dict[str, list[str]] = {}
    for page in read_split(ROOT, "train"):
        stories.setdefault(page.gold.get("cluster") or page.gold.get("chain") or page.name, []).append(page.name)
    order = sorted(stories)
    random.Random(seed).shuffle(order)
    drawn: list[str] = []
    for story in order:
        if len(drawn) >= size:
            break
        drawn += stories[story]
    return sorted(drawn)


def run(room: Path, *command: str) -> str:
    """Run Python in a copy of the checkout, with the packages of this one; returns what it printed."""
    environment = {**os.environ, "PYTHONPATH": str(room / "src")}
    done = subprocess.run((sys.executable, *command), cwd=room, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip()[-2000:]}")
    return done.stdout


def measure(pages: list[str], folders: list[Path]) -> dict[str, dict[str, float]]:
    """Learn from *pages* alone and return the F1 of each layer, by folder."""
    with tempfile.TemporaryDirectory() as place:
        room = Path(place)
        for part in ("src", "bench", "corpus"):
            shutil.copytree(ROOT / part, room / part, ignore=shutil.ignore_patterns("__pycache__"))
        splits = room / "corpus" / "splits.json"
        known = json.loads(splits.read_text("utf-8"))
        splits.write_text(json.dumps({**known, "train": pages, "dev": []}), "utf-8")
        plans = room / "corpus" / "models.json"
        plans.write_text(json.dumps({name: {"splits": ["train"]} for name in json.loads(plans.read_text("utf-8"))}), "utf-8")
        run(room, "-m", "mithaq", "train", *(part for name in MODELS for part in ("--only", name)))
        return {str(folder): scores(room, folder) for folder in folders}


def scores(room: Path, folder: Path) -> dict[str, float]:
    told = json.loads(run(room, "-m", "mithaq", "evaluate", str(folder.resolve()), "--json"))
    return {layer: told["f1"][layer]["f1"] for layer in LAYERS if layer in told["f1"]}


def main() -> int:
    """Measure each size and print a table a folder."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--sizes", default="25,50,100")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    sets = [draw(size) for size in sizes]
    measured = [measure(pages, options.folders) for pages in sets]
    for folder in map(str, options.folders):
        print(f"\n{Path(folder).name}: F1 by pages learned from")
        print(" " * 28 + "".join(f"{len(pages):>8}" for pages in sets))
        for layer in measured[0][folder]:
            print(f"{layer:<28}" + "".join(f"{one[folder].get(layer, float('nan')):>8.3f}" for one in measured))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
