"""How quickly the site answers on a large workspace, while readers crowd and an ingest runs.

    python bench/serve.py --make FOLDER --documents 200000     make a workspace of the demonstration pages, each many times with other days
    python bench/serve.py FOLDER [--readers 20]                ask its pages, and print the 50th and 95th percentile of each kind
    python bench/serve.py FOLDER --ingest                      the same while "mithaq ingest" brings more pages into it
    python bench/serve.py FOLDER --pause 1                     the same by readers who look at each page for a second or so

The site runs in a process of its own, as it does for readers. Without --pause the readers never look at what they get: 20 of them ask as
much as some hundred people would. The pages are copies in all but their day, outlet and number, so that the database has the size of a
large one; they are not compared across pages (who is who, what happened), which would be one giant group.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from datetime import date, timedelta
from http.client import HTTPConnection
from pathlib import Path
from socket import socket
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


def serve(folder: Path, listening: socket) -> None:
    """Serve a workspace until the process is ended."""
    uvicorn.Server(uvicorn.Config(make_app(folder), log_level="error", lifespan="on")).run(sockets=[listening])


def ask(browser: HTTPConnection, place: str) -> None:
    """Ask for a page, as a browser does over a connection that stays, and read all of it."""
    browser.request("GET", place)
    browser.getresponse().read()


def measure(folder: Path, readers: int, rounds: int, pause: float, places: Mapping[str, str]) -> None:
    """Ask all places, in turn, by so many readers at once."""
    with open_store(folder / DATABASE, create=False) as store:
        some = store.latest(50)
        texts = [store.document(str(row["id"])).text.split() for row in some]
    # One word, or two of one page: hardly ever twice the same, and there is always something to show.
    words = [[word for word in text if word.isalpha() and len(word) > 3] for text in texts]
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    site = multiprocessing.get_context("fork").Process(target=serve, args=(folder, listening), daemon=True)
    site.start()
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with suppress(OSError):
            ask(HTTPConnection("127.0.0.1", port), "/about")
            break
        time.sleep(0.1)
    times: defaultdict[str, list[float]] = defaultdict(list)

    def read(seed: int, pause: float) -> None:
        chance, browser = random.Random(seed), HTTPConnection("127.0.0.1", port)
        for _ in range(rounds):
            for name, place in sorted(places.items(), key=lambda _: chance.random()):
                asked = " ".join(chance.sample(chance.choice(words), chance.choice((1, 1, 2))))
                address = place.replace("{id}", str(chance.choice(some)["id"])).replace("{words}", quote(asked))
                time.sleep(pause * 2 * chance.random())
                began = time.perf_counter()
                ask(browser, address)
                times[name].append(time.perf_counter() - began)

    def took() -> float:
        """Return the seconds of processor time that the site has used, 0 where the system does not tell."""
        try:
            used = Path(f"/proc/{site.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")

    read(-1, 0.0)  # whoever comes first after a change waits for all that is counted
    times.clear()
    before = took()
    crowd = [threading.Thread(target=read, args=(n, pause)) for n in range(readers)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    pages, used = sum(map(len, times.values())), took() - before
    site.terminate()
    print(f"{pages} pages; the site used {1000 * used / pages:.1f} ms of processor time for each")
    for name, found in sorted(times.items(), key=lambda item: -max(item[1])):
        ordered = sorted(found)
        print(f"{name:20} p50 {1000 * statistics.median(ordered):7.1f} ms   p95 {1000 * ordered[int(0.95 * (len(ordered) - 1))]:7.1f} ms")


@contextmanager
def ingesting(folder: Path, number: int) -> Iterator[None]:
    """Bring so many new pages into a workspace meanwhile, as "mithaq ingest" does; what is not read by then stays away."""
    demo = sorted((Path(mithaq.__file__).parent / "knowledge" / "demo").glob("*.txt"))
    with tempfile.TemporaryDirectory() as pages:
        for n in range(number):
            (Path(pages) / f"{n}.txt").write_text(f"{demo[n % len(demo)].read_text('utf-8')}\n{time.time_ns()}", "utf-8")
        command = [sys.executable, "-m", "mithaq", "ingest", pages, "--workspace", str(folder), "--jobs", "1"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            time.sleep(10)  # until it reads
            yield
            print("the ingest", "ran all the while" if run.poll() is None else "ended before the readers did")
            run.terminate()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--make", action="store_true")
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that a reader looks at a page, more or less")
    parser.add_argument("--only", choices=sorted(PLACES), help="ask for pages of one kind alone")
    parser.add_argument("--ingest", action="store_true", help="bring in more pages meanwhile")
    asked = parser.parse_args()
    if asked.make:
        make(asked.folder, asked.documents)
    else:
        with ingesting(asked.folder, 20_000) if asked.ingest else nullcontext():
            measure(asked.folder, asked.readers, asked.rounds, asked.pause, {asked.only: PLACES[asked.only]} if asked.only else PLACES)
