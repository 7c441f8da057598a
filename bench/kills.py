"""Kill -9 at random moments, again and again: ingests, archives into tables, the collector, alerts on their way, backups and restores.

    python bench/kills.py [KILLS] [--pages N] [--seed N] [--only NAME]

KILLS are shared out among five parts. Each begins its command in a process of its own, kills it at a moment drawn from how long it takes
undisturbed, begins it again, and so on; a process that ends before its moment does not count. Proven is, after every kill, that the
database is sound and that a backup or a restored workspace is whole or not there; and in the end that tables are the same to the byte and
workspaces the same in content as without a kill, that every article of the sites came home once and no site was asked too soon, and that
every event was told, under one key, with the same words at every try. Exit code 1 when anything was lost, doubled or torn.
"""

from __future__ import annotations

import argparse
import mmap
import os
import random
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from kill import content_of, write_pages

import site_farm as farming
from drawn_archives import record
from mithaq.alerting.settings import Settings, Webhook
from mithaq.backup import verify
from mithaq.store.alerts import Alert, Ask
from mithaq.workspace import open_workspace
from told_pages import event, keep, page, told

PAGES, DELAY, HOURS = 150, 5.0, 12
SECRET = "no secret at all, only a test"
MITHAQ = (sys.executable, "-m", "mithaq")


class LostError(Exception):
    """Something was lost, doubled or torn."""


class Killer:
    """Kills commands at random moments, and counts."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.usual = 1.0  # seconds that the command takes undisturbed
        self.kills = 0

    def time(self, command: tuple[str, ...], good: tuple[int, ...] = (0,), **environment: str) -> None:
        """Run a command to its end, and take how long it takes as usual."""
        began = time.monotonic()
        self.finish(command, good, **environment)
        self.usual = time.monotonic() - began

    def finish(self, command: tuple[str, ...], good: tuple[int, ...] = (0,), **environment: str) -> None:
        """Run a command to its end."""
        done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
        if done.returncode not in good:
            raise LostError(f"{' '.join(command[2:5])} ended with {done.returncode}: {done.stderr.strip()[-300:]}")

    def kill(self, command: tuple[str, ...], **environment: str) -> bool:
        """Begin a command and kill it with all its processes; return whether it was still at work."""
        child = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env={**os.environ, **environment}
        )
        began = time.monotonic()
        try:
            child.wait(self.chance.uniform(0.1, 1.0) * self.usual)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            self.kills += 1
            return True
        self.usual = min(self.usual, time.monotonic() - began)  # the timed run may have read its knowledge for the first time
        return False


def check_sound(root: Path) -> None:
    """Raise when the database of a workspace is damaged."""
    if not (root / "mithaq.sqlite").is_file():
        return
    with closing(sqlite3.connect(root / "mithaq.sqlite")) as connection:
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
        if sound != "ok" or connection.execute("PRAGMA foreign_key_check").fetchall():
            raise LostError(f"the database in {root} is not sound: {sound}")


def kill_ingest(room: Path, killer: Killer, kills: int, pages: int) -> str:
    """Kill ingests of a folder, by one process and by two; each workspace must end as the one that nobody disturbed."""
    folder, whole = room / "pages", room / "whole"
    folder.mkdir()
    write_pages(folder, pages)
    killer.time((*MITHAQ, "ingest", str(folder), "--workspace", str(whole)), (0, 1))
    expected, rounds = content_of(whole), 0
    while killer.kills < kills:
        root = room / f"killed-{rounds}"
        command = (*MITHAQ, "ingest", str(folder), "--workspace", str(root), "--jobs", str(1 + rounds % 2))
        for _ in range(min(10, kills - killer.kills)):
            at_work = killer.kill(command)
            check_sound(root)
            if not at_work:
                break  # all is read: a new workspace
        killer.finish(command, (0, 1))
        found = content_of(root)
        if found != expected:
            raise LostError(f"another content after kills: {[name for name in expected if expected[name] != found.get(name)]}")
        rounds += 1
    return f"{rounds} workspaces with the content of the undisturbed one, {expected['captures/'][0]} captures each"


def kill_tables(room: Path, killer: Killer, kills: int, pages: int) -> str:
    """Kill archives on their way into tables, by one process and by two; the files must end the same to the byte."""
    folder = room / "pages"
    folder.mkdir()
    write_pages(folder, pages)
    archive = room / "crawl.warc.gz"
    every = [f"<html><body><pre>{file.read_text('utf-8', 'replace')}</pre></body></html>" for file in sorted(folder.glob("*.txt"))]
    archive.write_bytes(b"".join(record(n, text.encode()) for n, text in enumerate(every)))
    killer.time((*MITHAQ, "ingest", str(archive), "--parquet", str(room / "whole"), "--workspace", str(room / "none")), (0, 1))
    expected, rounds = bytes_of(room / "whole"), 0
    while killer.kills < kills:
        target = room / f"killed-{rounds}"
        command = (*MITHAQ, "ingest", str(archive), "--parquet", str(target), "--workspace", str(room / "none"))
        command = (*command, "--jobs", str(1 + rounds % 2))
        for _ in range(min(5, kills - killer.kills)):
            if not killer.kill(command):
                break  # all is read: a new folder
        killer.finish(command, (0, 1))
        if bytes_of(target) != expected:
            raise LostError(f"other files after kills in {target}")
        rounds += 1
    return f"{rounds} folders of {len(expected)} files, the same to the byte"


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return the finished files of a folder with their bytes."""
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file() and not f.name.startswith(".")}


class SharedClock(farming.FastClock):
    """A clock that jumps, and tells the time to other processes by a file of eight bytes: killed, it stands still."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(struct.pack("d", farming.START))
        self._stream = file.open("r+b")
        self._shared = mmap.mmap(self._stream.fileno(), 8)

    def now(self) -> float:
        return float(struct.unpack("d", self._shared[:8])[0])

    def sleep(self, seconds: float) -> None:
        self._shared[:8] = struct.pack("d", self.now() + seconds)


def collect_here(root: Path, file: Path, until: float) -> None:
    """Collect from the farm until its clock says so: what the killed process does."""
    import mithaq.collect.addresses
    from mithaq.collect.collector import Pace
    from mithaq.collecting import collect, make_ask
    from small_site import this_machine_only

    mithaq.collect.addresses.resolve = lambda _host, _port, _seconds: ["127.0.0.1"]
    clock = SharedClock(file)
    with open_workspace(root, reader=farming.READER) as workspace:
        collect(
            workspace, contact="bench@example.org", once=False, clock=clock, stop=lambda: clock.now() >= until,
            door=make_ask("bench@example.org", this_machine_only), pace=Pace(delay=DELAY),
        )  # fmt: skip


def kill_collector(room: Path, killer: Killer, kills: int, pages: int) -> str:
    """Kill a collector of several sites; every article must come home once, and no site be asked too soon."""
    clock = SharedClock(room / "clock")
    names = ("one", "two", "three", "four", "five", "six")
    sites = [farming.Site(name, every=(1 + n) * farming.HOUR / 4) for n, name in enumerate(names)]
    sites += [farming.Canonical("canonical"), farming.Atom("atom"), farming.NewsMap("newsmap")]
    with farming.running(sites, clock) as farm:
        with open_workspace(room / "w", reader=farming.READER) as workspace:
            for site in sites:
                workspace.store.schedule().follow(site.name, [site.channel], clock.now(), 1800)
        until = farming.START + HOURS * farming.HOUR
        killer.time(collecting(room, until))
        while killer.kills < kills:
            if clock.now() >= until:
                until = clock.now() + HOURS * farming.HOUR
            killer.kill(collecting(room, until))
            check_sound(room / "w")
        killer.finish(collecting(room, clock.now() + 6 * farming.HOUR))
        wanted = {title for site in sites for title in site.wanted(4 * farming.HOUR)}
        with open_workspace(room / "w", reader=farming.READER) as workspace:
            kept = Counter(str(row["title"]) for row in workspace.store.rows("documents"))
    lost, twice = wanted - set(kept), [title for title, number in kept.items() if number > 1]
    at: defaultdict[str, list[float]] = defaultdict(list)
    for seen in farm.seen:
        at[seen.host].append(seen.at)
    soon = {host for host, times in at.items() if any(b - a < DELAY - 1e-6 for a, b in pairwise(times))}
    if lost or twice or soon:
        raise LostError(f"articles lost: {sorted(lost)[:5]}, doubled: {twice[:5]}, sites asked too soon: {sorted(soon)}")
    return f"{len(wanted)} articles of {len(sites)} sites home, each once, in {len(farm.seen)} requests, none too soon"


def collecting(room: Path, until: float) -> tuple[str, ...]:
    return sys.executable, str(Path(__file__).resolve()), "--collect", str(room / "w"), str(room / "clock"), str(until)


@contextmanager
def receiver() -> Iterator[tuple[int, list[tuple[str, bytes]]]]:
    """Run somebody who takes webhooks; give the port, and (key, body) of what was taken."""
    taken: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.append((self.headers["Idempotency-Key"], body))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], taken
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def kill_alerts(room: Path, killer: Killer, kills: int, pages: int) -> str:
    """Kill alerts on their way; each event must be told, under one key, and a key have the same words at every try."""
    import json

    root = room / "w"
    with receiver() as (port, taken):
        hook = {"MITHAQ_WEBHOOK_DESK_URL": f"http://127.0.0.1:{port}/", "MITHAQ_WEBHOOK_DESK_SECRET": SECRET}
        hook["MITHAQ_WEBHOOK_DESK_ALLOW_PRIVATE"] = "true"
        with open_workspace(root) as workspace:
            settings = Settings(webhooks={"desk": Webhook(url=f"http://127.0.0.1:{port}/", secret=SECRET, allow_private=True)})
            asked = Ask(kind="pair", sides=("GA", "JO"))
            alert = Alert(name="a", ask=asked, channel="webhook", lang="en", added="2026-10-01T00:00:00+00:00", target="desk")
            workspace.add_alert(alert, settings)
        command = (*MITHAQ, "alert", "run", "--workspace", str(root))
        news = 0
        while killer.kills < kills:
            with open_workspace(root) as workspace:
                keep(workspace.store, [agreement(news := news + 1)])  # type: ignore[arg-type]  # an SQLite store
            if news == 1:
                killer.time(command, **hook)
                continue
            killer.kill(command, **hook)
            check_sound(root)
        killer.finish(command, **hook)
        with open_workspace(root, create=False) as workspace:
            expected = {one.id for _, one in workspace.store.told("a", 10_000)}
            waiting = workspace.store.count_waiting("a")
    bodies: defaultdict[str, set[bytes]] = defaultdict(set)
    keys: defaultdict[str, set[str]] = defaultdict(set)
    for key, body in taken:
        bodies[key].add(body)
        for one in json.loads(body)["events"]:
            keys[one["id"]].add(key)
    twice = [one for one, under in keys.items() if len(under) > 1] + [key for key, said in bodies.items() if len(said) > 1]
    if waiting or twice or set(keys) != expected or len(expected) < news:
        raise LostError(f"alerts: {waiting} waiting, {len(expected)} of {news} kept, {len(keys)} told, twice or otherwise: {twice[:5]}")
    return f"{news} new pages, {len(keys)} events told, each under one key; {len(taken)} deliveries of {len(bodies)} batches"


def agreement(number: int) -> Any:
    """Return a page on an agreement of its own."""
    day = date(2020, 1, 1) + timedelta(days=30 * number)
    words = f"Gabon and Jordan signed agreement number {number} on digital matter {number * 7919} in Sahlia."
    made = page(f"Agreement {number}", words, lang="en", published=day.isoformat(), outlet=f"o{number}.example", pair=("GA", "JO"))
    return told(made, event(made, words, "agreement", "signed", ("GA", "JO"), day.isoformat(), topics=("infrastructure",)))


def kill_backup(room: Path, killer: Killer, kills: int, pages: int) -> str:
    """Kill backups and restores; what is there must be whole, and what was begun leave nothing behind."""
    folder, root, safe, again = room / "pages", room / "w", room / "safe", room / "again"
    folder.mkdir()
    write_pages(folder, pages)
    killer.finish((*MITHAQ, "ingest", str(folder), "--workspace", str(root)), (0, 1))
    expected = content_of(root)
    saving = (*MITHAQ, "backup", str(safe / "w.mithaq"), "--workspace", str(root))
    killer.time(saving)
    good = room / "good.mithaq"
    (safe / "w.mithaq").rename(good)
    restoring = (*MITHAQ, "restore", str(good), "--workspace", str(again))
    whole = Counter[str]()
    while killer.kills < kills:
        what = ("backup", "restore")[killer.kills % 2]
        killed = killer.kill(saving if what == "backup" else restoring)
        if (safe / "w.mithaq").exists():
            verify(safe / "w.mithaq")
            (safe / "w.mithaq").unlink()
            whole[f"backup {'killed' if killed else 'finished'}"] += 1
        if again.exists():
            if content_of(again) != expected:
                raise LostError("a restored workspace is there and not whole")
            again.rename(room / f"again-{sum(whole.values())}")
            whole[f"restore {'killed' if killed else 'finished'}"] += 1
    killer.finish(saving)
    killer.finish(restoring)
    left = [file.name for file in (*safe.iterdir(), *room.iterdir()) if file.name.startswith(".")]
    if left or content_of(again) != expected:
        raise LostError(f"after the kills: {left or 'another content'}")
    return f"{dict(whole)} whole; all others not there; nothing left behind beside them"


PARTS: dict[str, Callable[[Path, Killer, int, int], str]] = {
    "ingest": kill_ingest, "tables": kill_tables, "collector": kill_collector, "alerts": kill_alerts, "backup": kill_backup,
}  # fmt: skip


def main() -> int:
    """Kill, compare, print; fail when anything was lost."""
    if sys.argv[1:2] == ["--collect"]:
        collect_here(Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]))
        return 0
    asked = argparse.ArgumentParser()
    asked.add_argument("kills", type=int, nargs="?", default=200)
    asked.add_argument("--pages", type=int, default=PAGES)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--only", choices=list(PARTS))
    o = asked.parse_args()
    chosen = [o.only] if o.only else list(PARTS)
    failed = total = 0
    for at, name in enumerate(chosen):
        share = o.kills // len(chosen) + (at < o.kills % len(chosen))
        killer = Killer(random.Random(f"{o.seed} {name}"))
        with tempfile.TemporaryDirectory(prefix="mithaq-") as folder:
            try:
                said = PARTS[name](Path(folder), killer, share, o.pages)
            except LostError as lost:
                failed, said = failed + 1, f"LOST: {lost}"
        total += killer.kills
        print(f"{name}: {killer.kills} kills; {said}", flush=True)
    print(f"{total} kills, seed {o.seed}: " + ("nothing lost, nothing told twice" if not failed else f"{failed} parts failed"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
