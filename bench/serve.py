"""How quickly the site answers on a large workspace, while readers crowd and an ingest runs.

    python bench/serve.py --make FOLDER --documents 200000     make a workspace of the demonstration pages, each many times with other days
    python bench/serve.py FOLDER [--readers 20]                ask its pages, and print the 50th and 95th percentile of each kind

The pages are copies in all but their day, outlet and number, so that the database has the size of a large one; they are not compared across
pages (who is who, what happened), which would be one giant group.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import threading
import time
import urllib.request
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import uvicorn
from msgspec.structs import replace

import mithaq
from mithaq.ingest import DATABASE
from mithaq.model import hash_text
from mithaq.pipeline import read_page
from mithaq.store import Capture, MadeBy, open_store, prepare
from mithaq.web.app import make_app
from mithaq.web.serve import listen
from mithaq.workspace import open_workspace

PLACES = {
    "home": "/", "search": "/search?q=%D8%AA%D8%B9%D8%A7%D9%88%D9%86", "search, narrowed": "/search?q=cable&country=DJ&year=2024",
    "all pages": "/search", "statements": "/statements?kind=need&country=MR", "timeline": "/timeline", "ledger": "/ledger?country=MR",
    "figures": "/figures", "people": "/people", "country": "/country/MR", "sources": "/sources", "document": "/document/{id}",
    "search, other words": "/search?q={words}", "graph": "/graph", "map": "/map", "saved": "/saved",
}  # fmt: skip
_OUTLETS = 400
_DAYS = 3650


def make(folder: Path, number: int) -> None:
    """Make a workspace of so many documents."""
    demo = Path(mithaq.__file__).parent / "knowledge" / "demo"
    pages = [read_page(path) for path in sorted(demo.glob("*.txt"))]
    chance = random.Random(1)
    open_workspace(folder).close()
    began = time.monotonic()
    with open_store(folder / DATABASE) as store:
        for n in range(number):
            page = pages[n % len(pages)]
            day = date(2016, 1, 1) + timedelta(days=chance.randrange(_DAYS))
            text = f"{page.text}\n{n}"
            told = {"published": day.isoformat(), "outlet": f"outlet-{chance.randrange(_OUTLETS)}.example", "path": f"{n}.txt", "url": None}
            document = replace(page, id=hash_text(text), text=text, **told)
            prepared = replace(prepare(document, MadeBy("bench", "bench")), sketch=None)
            store.put_prepared(prepared, Capture(hash=str(n), file="f", added=day.isoformat(), path=f"{n}.txt"))
            if n % 5000 == 0:
                print(f"{n} of {number}, {time.monotonic() - began:.0f} s", file=sys.stderr)


def measure(folder: Path, readers: int, rounds: int) -> None:
    """Ask all places, in turn, by so many readers at once."""
    with open_store(folder / DATABASE, create=False) as store:
        some = store.latest(50)
        # Two words of one title stand together on many pages, those of two titles on few: both are asked, hardly ever twice.
        words = sorted({word for row in some for word in str(row["title"]).split() if word.isalpha() and len(word) > 3})
    listening = listen("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(make_app(folder), log_level="error", lifespan="on"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    base = f"http://127.0.0.1:{listening.getsockname()[1]}"
    while not server.started:
        time.sleep(0.05)
    times: defaultdict[str, list[float]] = defaultdict(list)

    def read(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(rounds):
            for name, place in sorted(PLACES.items(), key=lambda _: chance.random()):
                began = time.perf_counter()
                asked = place.replace("{id}", str(chance.choice(some)["id"])).replace("{words}", quote(" ".join(chance.sample(words, 2))))
                with urllib.request.urlopen(base + asked) as answer:
                    answer.read()
                times[name].append(time.perf_counter() - began)

    read(0)  # whoever comes first after a change waits for all that is counted
    times.clear()
    crowd = [threading.Thread(target=read, args=(n,)) for n in range(readers)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    server.should_exit = True
    for name, found in sorted(times.items(), key=lambda item: -max(item[1])):
        ordered = sorted(found)
        print(f"{name:20} p50 {1000 * statistics.median(ordered):7.1f} ms   p95 {1000 * ordered[int(0.95 * (len(ordered) - 1))]:7.1f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    if asked.make:
        make(asked.folder, asked.documents)
    else:
        measure(asked.folder, asked.readers, asked.rounds)
