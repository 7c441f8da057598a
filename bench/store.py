"""What a store on a server of PostgreSQL costs beside one in a file: pages with all layers into either, and searches in both.

    python bench/store.py postgresql://USER@HOST/DATABASE [PAGES]

The pages are those of bench/jobs.py. Each ingest is a command of its own, as a user would type it, and the two take turns at what they wait
for: nothing else of this program runs meanwhile. The same words are searched in both, and must be found in the same order. The schema
``bench`` of the database is put in the place of what it was.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from jobs import PAGES, run, write_pages

from mithaq.store import Narrow, SqlStore, open_store
from mithaq.store.place import Place, read_address

ROUNDS = 5
QUESTIONS = (
    "تعاون", "الأمن السيبراني", "وزير", '"الذكاء الاصطناعي"', "مسقط", "اتفاقية تدريب", "coopération numérique", "accord", "ministre",
    '"transformation numérique"', "agreement", "digital identity", "training", "cable", "2025", "الرقمي", "البيانات", "Maroc", "data",
    "سلطنة عمان", "startup", "satellite",
)  # fmt: skip


def ask(place: Place) -> tuple[list[float], list[list[str]]]:
    """Ask all questions several times; return the seconds of each and what was found."""
    seconds, found = [], []
    with open_store(place, create=False, read_only=True) as store:
        for turn in range(ROUNDS + 1):
            for question in QUESTIONS:
                began = time.perf_counter()
                hits = store.search_in(question, Narrow(), limit=20)
                if turn:  # the first round only warms up
                    seconds.append(time.perf_counter() - began)
                else:
                    found.append([hit.id for hit in hits])
    return sorted(seconds), found


def forget(store: SqlStore, schema: str) -> None:
    """Take the last run's store out."""
    store._connection.execute(f"DROP SCHEMA {schema} CASCADE")


def main() -> int:
    """Measure and print; fail when the two do not find the same."""
    address = f"{sys.argv[1]}{'&' if '?' in sys.argv[1] else '?'}schema=bench"
    number = int(sys.argv[2]) if len(sys.argv) > 2 else PAGES
    server = read_address(address)
    with open_store(server) as old:
        forget(old, server.schema)
    with tempfile.TemporaryDirectory() as name:
        pages = Path(name) / "pages"
        pages.mkdir()
        write_pages(pages, number)
        rates, places = {}, {"in a file": Path(name) / "file" / "mithaq.sqlite", "on a server": server}
        for what, before in (("in a file", []), ("on a server", ["--store", address])):
            seconds, peak, _ = run([*before, "ingest", str(pages), "--no-gate", "--workspace", str(Path(name) / what.split()[-1])])
            rates[what] = number / seconds
            print(f"{what:<12} {number} pages in {seconds:6.1f} s, {rates[what]:6.1f} pages/s; memory {peak:.0f} MB")
        print(f"the server takes {rates['in a file'] / rates['on a server']:.2f} times as long")
        orders = []
        for what, place in places.items():
            times, found = ask(place)
            orders.append(found)
            middle, late = times[len(times) // 2] * 1000, times[int(len(times) * 0.95)] * 1000
            print(f"{what:<12} {len(times)} searches: half within {middle:.1f} ms, 95 of 100 within {late:.1f} ms")
    same = orders[0] == orders[1]
    print("both find the same pages in the same order" if same else "the two find other pages")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
