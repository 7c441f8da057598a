"""Whether an ingest that is killed again and again ends with the content of one that was not: SIGKILL at random moments, then resumed.

    python bench/kill.py [PAGES] [KILLS] [--jobs N] [--seed N]

The pages are those of the packaged demonstration and of the corpus, each several times under another first line; between them pages on
sport that the gate holds back, some that cannot be read, some twice. Half of the kills come after people have decided about pages read so
far. Compared are all tables but times and the order of arrival, all captures byte for byte, and all decisions.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from itertools import cycle
from pathlib import Path

import mithaq
from mithaq.model.fact import list_facts
from mithaq.store.captures import read_capture_file
from mithaq.workspace import open_workspace

PAGES, KILLS = 2_000, 10
_ROOT = Path(__file__).resolve().parents[1]
# What differs between two runs without making a difference: times, and the order of arrival.
_PASSING = ("added", "at", "n", "rowid")


def write_pages(folder: Path, number: int) -> None:
    """Write pages of every sort, the same for the same number."""
    sources = [Path(mithaq.__file__).parent / "knowledge" / "demo", _ROOT / "corpus" / "pages"]
    pages = [file.read_text("utf-8") for source in sources for file in sorted(source.glob("*.txt"))]
    for n, page in zip(range(number), cycle(pages), strict=False):
        target = folder / f"{n:05}.txt"
        if n % 3 == 1:
            target.write_text(f"Match {n}\n\nThe home side won by {n} goals in front of a large crowd.\n" * 3, "utf-8")
        elif n % 50 == 2:
            target.write_bytes(b"%PDF-1.7\n" + str(n).encode())
        elif n % 20 == 3:
            target.write_text(page, "utf-8")
        else:
            target.write_text(f"{n}\n{page}", "utf-8")


def command(pages: Path, root: Path, jobs: int) -> list[str]:
    return [sys.executable, "-m", "mithaq", "ingest", str(pages), "--workspace", str(root), "--jobs", str(jobs)]


def read_all(pages: Path, root: Path, jobs: int) -> float:
    """Run an ingest to its end; return its seconds. Exit code 1 says that some pages were set aside, as they should be."""
    began = time.perf_counter()
    code = subprocess.run(command(pages, root, jobs), capture_output=True, check=False).returncode
    if code not in (0, 1):
        raise SystemExit(f"the ingest ended with {code}")
    return time.perf_counter() - began


def kill_once(pages: Path, root: Path, jobs: int, number: int, after: float) -> int:
    """Begin an ingest, kill it so many seconds after it has kept a number of documents; return how many are kept then."""
    child = subprocess.Popen(command(pages, root, jobs), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    while child.poll() is None and count_documents(root) < number:
        time.sleep(0.1)
    time.sleep(after)
    if child.poll() is not None:
        raise SystemExit(f"the ingest was over before it could be killed at {number} documents; give more pages")
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    with sqlite3.connect(root / "mithaq.sqlite") as connection:
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
        strays = connection.execute("PRAGMA foreign_key_check").fetchall()
        (documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
    connection.close()
    if sound != "ok" or strays:
        raise SystemExit(f"after a kill the database is not sound: {sound}, {strays[:3]}")
    return int(documents)


def count_documents(root: Path) -> int:
    """Return how many documents a workspace holds, 0 while its database is being made."""
    try:
        with closing(sqlite3.connect(f"file:{root / 'mithaq.sqlite'}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def decide(root: Path, pages: int) -> None:
    """Decide about the first statement of the first pages, once: the same decisions in every workspace that holds them."""
    with open_workspace(root, create=False) as workspace:
        for document in sorted(workspace.store.documents(), key=lambda d: d.id):
            name = Path(document.path or "").stem
            if name.isdigit() and int(name) < pages and not workspace.store.judgements(document.id):
                statement = next((fact for fact in list_facts(workspace.store.reading(document.id)) if fact.layer == "statements"), None)
                if statement:
                    workspace.judge(statement, "reject" if int(name) % 2 else "accept", "bench")


def content_of(root: Path) -> dict[str, tuple[int, str]]:
    """Return for each table, and for the captures, how many rows it has and a hash of them in a fixed order."""
    with sqlite3.connect(root / "mithaq.sqlite") as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {
            table: [
                repr([value for name, value in zip(row.keys(), row, strict=True) if name not in _PASSING])
                for row in connection.execute(f"SELECT * FROM {table}")
            ]
            for table in tables
            if not table.startswith(("search", "sqlite_"))
        }
    connection.close()
    captures = [str(file.relative_to(root)) for file in (root / "captures").rglob("*.warc.gz")]
    rows["captures/"] = [f"{file} {hashlib.sha256(read_capture_file(root, file)).hexdigest()}" for file in captures]
    return {name: (len(found), hashlib.sha256("\n".join(sorted(found)).encode()).hexdigest()[:16]) for name, found in rows.items()}


def main() -> int:
    """Kill, resume, compare, print; fail when anything differs."""
    asked = argparse.ArgumentParser()
    asked.add_argument("pages", type=int, nargs="?", default=PAGES)
    asked.add_argument("kills", type=int, nargs="?", default=KILLS)
    asked.add_argument("--jobs", type=int, default=1)
    asked.add_argument("--seed", type=int, default=1)
    o = asked.parse_args()
    chance = random.Random(o.seed)
    with tempfile.TemporaryDirectory() as name:
        pages, whole, killed = Path(name) / "pages", Path(name) / "whole", Path(name) / "killed"
        pages.mkdir()
        write_pages(pages, o.pages)
        seconds = read_all(pages, whole, o.jobs)
        most = count_documents(whole)
        print(f"{o.pages} pages, uninterrupted: {seconds:.1f} s; seed {o.seed}, --jobs {o.jobs}")
        for n, number in enumerate(sorted(chance.sample(range(most - most // 10), o.kills))):
            kept = kill_once(pages, killed, o.jobs, number, chance.uniform(0, 0.5))
            print(f"kill {n + 1:2}: {kept} of {most} documents kept, database sound", flush=True)
            if n == o.kills // 2:
                decide(killed, o.pages // 10)
        read_all(pages, killed, o.jobs)
        for root in (whole, killed):
            decide(root, o.pages // 10)
        expected, found = content_of(whole), content_of(killed)
    different = sorted(table for table in expected if expected[table] != found.get(table))
    rows = sum(number for number, _ in expected.values())
    decided = expected["judgements"][0]
    if different:
        print("different: " + ", ".join(f"{t} ({expected[t][0]} rows, {found.get(t, (0, ''))[0]} after the kills)" for t in different))
        return 1
    print(f"same content: {len(expected)} tables, {rows} rows, {expected['captures/'][0]} captures, {decided} decisions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
