"""Collect from a farm of good and hostile sites on this machine for days that pass in seconds; tell what was lost, and what it cost.

    python bench/collect.py [HOURS] [--sites N] [--seed N]

The sites are those of tests/site_farm.py: feeds of every make, sitemaps of a hundred thousand addresses, bombs, loops, busy and closed
sites. Told are articles published and brought home, how late they came, broken politeness, machines asked that are not this one, requests,
bytes, and how memory grew. Exit code 1 when an article was lost or politeness broken.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import httpcore2

import mithaq.collect.addresses
import site_farm as farming
from mithaq.collect.collector import Pace
from mithaq.collect.fetch import Limits
from mithaq.collecting import collect, make_ask
from mithaq.workspace import open_workspace
from small_site import this_machine_only

DELAY, LATE = 5.0, 4 * farming.HOUR
LIMITS = Limits(seconds=5, connect=2, read=2, size=200_000)


def main() -> int:
    """Run the farm and tell what came of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("hours", nargs="?", type=float, default=24.0)
    parser.add_argument("--sites", type=int, default=0, help="so many plain sites more")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    clock = farming.FastClock()
    sites = farming.all_sites() + [farming.Site(f"more{n}", every=(1 + n % 24) * farming.HOUR / 2) for n in range(asked.sites)]
    connected: set[str] = set()
    connect = httpcore2.SyncBackend.connect_tcp

    def noted(self: httpcore2.SyncBackend, host: str, *rest: object, **more: object) -> httpcore2.NetworkStream:
        connected.add(host)
        return connect(self, host, *rest, **more)  # type: ignore[arg-type]  # handed through

    httpcore2.SyncBackend.connect_tcp = noted  # type: ignore[method-assign,assignment]  # to see where connections go
    with farming.running(sites, clock) as farm, tempfile.TemporaryDirectory() as folder:
        mithaq.collect.addresses.resolve = farm.resolve
        with open_workspace(Path(folder) / "workspace", reader=farming.READER) as workspace:
            follow(workspace.store.schedule(), farm)
            memory, began, spent = [], time.perf_counter(), time.process_time()
            while clock.now() < farming.START + asked.hours * farming.HOUR:
                end = min(clock.now() + asked.hours * farming.HOUR / 4, farming.START + asked.hours * farming.HOUR)
                collect(
                    workspace, contact="bench@example.org", once=False, clock=clock, stop=lambda end=end: clock.now() >= end,
                    door=make_ask("bench@example.org", this_machine_only), chance=Random(asked.seed), pace=Pace(delay=DELAY, limits=LIMITS),
                )  # fmt: skip
                memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
            seconds, spent = time.perf_counter() - began, time.process_time() - spent
            kept = {str(row["title"]) for row in workspace.store.rows("documents")}
    lost = {site.name: sorted(site.wanted(LATE) - kept) for site in sites if site.wanted(LATE) - kept}
    published = sum(len(site.wanted(LATE)) for site in sites)
    impolite = broken_politeness(farm)
    print(f"{len(sites)} sites, {asked.hours:g} hours in {seconds:.0f} s ({spent:.0f} s of one core, farm included)")
    home = published - sum(map(len, lost.values()))
    print(f"{len(farm.seen)} requests; {published} articles published, {home} brought home; lost: {lost or 'none'}")
    print(f"politeness broken: {impolite or 'never'}; machines asked: {', '.join(sorted(connected))}")
    print(f"memory at each quarter, MB: {memory}")
    return 1 if lost or impolite or connected != {"127.0.0.1"} else 0


def follow(schedule: object, farm: farming.Farm) -> None:
    """Follow every site of the farm."""
    for site in farm.sites.values():
        channels = [site.channel]
        if isinstance(site, farming.Burst):
            channels.append(("sitemap", site.address + "/sitemap.xml", site.channel[2]))
        if not site.name.startswith("new-"):
            schedule.follow(site.name, channels, farm.clock.now(), 1800)  # type: ignore[attr-defined]  # a Schedule


def broken_politeness(farm: farming.Farm) -> dict[str, float]:
    """Return the shortest gap between two requests of each host that was asked too fast."""
    at: defaultdict[str, list[float]] = defaultdict(list)
    for seen in farm.seen:
        at[seen.host].append(seen.at)
    gaps = {host: min((b - a for a, b in pairwise(times)), default=99.0) for host, times in at.items()}
    return {host: gap for host, gap in gaps.items() if gap < (40 if host.startswith("leisurely") else DELAY) - 1e-6}


if __name__ == "__main__":
    raise SystemExit(main())
