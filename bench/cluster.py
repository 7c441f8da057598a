"""What a second process or worker brings in bulk reading, and how many workers one writer can hear.

    python bench/cluster.py [RECORDS]

The archive is that of bulk.py. It is read into tables by one process and by two, by one worker of a Dask cluster on this machine and by
two, all begun and warm before the clock starts; the files must be the same to the byte. Then workers that only wait stand in for many: each
sleeps for as long as a stretch took, and sends what a stretch gave; scheduler, network, order and writing are real. On a machine that does
other work too, wall times say little: look at the seconds of processor time, of which two readers should need no more than one.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from distributed import Client, LocalCluster
from msgspec.structs import replace

from bulk import draw_records
from mithaq.bulk.gather import Setting, gather, pack, unpack
from mithaq.bulk.parts import open_tables
from mithaq.bulk.readers import Several, Task
from mithaq.bulk.run import STEP, read_stretches
from mithaq.bulk.seeing import Crew
from mithaq.collect.sources import Page
from mithaq.collect.stretches import Archive, Stretch, cut, look_at
from mithaq.ingest import packaged_reader
from mithaq.lexicon import load_lexicon

RECORDS = 20_000
SIMULATED = (4, 16, 64, 256)
_ROUNDS = 6  # stretches for each worker that only waits


def never() -> bool:
    return False


def spent() -> float:
    """Return the processor time of this process and of those it has waited for, in seconds."""
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def read_into(folder: Path, stretches: list[Stretch], readers: Any, setting: Setting) -> float:
    """Read stretches into the tables of a folder; return the seconds it took."""
    began = time.perf_counter()
    with open_tables(folder, setting) as tables:
        for _ in tables.keep(read_stretches(stretches, readers, stop=never)):
            pass
        tables.finish()
    return time.perf_counter() - began


def measure(call: Callable[[], Any], room: Path, archive: Archive, warm: Archive, setting: Setting, name: str) -> tuple[float, float]:
    """Return (seconds, seconds of processor time) of one setting, its readers warm."""
    before = spent()
    with closing(call()) as readers:
        began = [readers.read(stretch) for stretch in cut(warm, STEP) * 4]  # every process reads its words
        for task in began:
            task()
        seconds = read_into(room / name, cut(archive, STEP), readers, setting)
    return seconds, spent() - before


class Waiting:
    """Workers that sleep as long as a stretch takes to read, and send what one gave."""

    fall_together = False

    def __init__(self, client: Client, workers: int, seconds: float, packed: bytes) -> None:
        self._client, self._seconds, self._packed = client, seconds, packed
        self.ahead = 2 * workers
        self._number = 0

    def read(self, stretch: Stretch) -> Task:
        return self._wait()

    def read_one(self, page: Page, place: str) -> Task:
        return self._wait()

    def _wait(self) -> Task:
        self._number += 1
        future = self._client.submit(wait, self._seconds, self._packed, key=f"wait-{self.ahead}-{self._number}", pure=False)
        return lambda: bytes(future.result())

    def close(self) -> None:
        pass


def wait(seconds: float, packed: bytes) -> bytes:
    time.sleep(seconds)
    return packed


def simulate(room: Path, archive: Archive, setting: Setting, seconds: float, packed: bytes) -> None:
    """Print how much of their time many workers are at work."""
    for workers in SIMULATED:
        begun = LocalCluster(n_workers=1, threads_per_worker=workers, processes=False, dashboard_address=":0")
        with begun as cluster, Client(cluster) as client:
            many = Archive(archive.address, workers * _ROUNDS * STEP, archive.mark, True)
            stretches = [Stretch(many, n * STEP, (n + 1) * STEP) for n in range(workers * _ROUNDS)]
            began = time.perf_counter()
            with open_tables(room / f"wait-{workers}", setting) as tables:
                for _ in tables.keep(read_stretches(stretches, Waiting(client, workers, seconds, packed), stop=never)):
                    pass
            took = time.perf_counter() - began
        print(f"{workers} workers that wait {seconds:.1f} s a stretch: {_ROUNDS * seconds / took:.0%} of their time at work")


def main() -> int:
    """Measure and print; fail when two give other files than one."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS
    setting = Setting(packaged_reader(load_lexicon()).made_by, gated=True)
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        records = list(draw_records(number))
        (room / "crawl.warc.gz").write_bytes(b"".join(records))
        (room / "warm.warc.gz").write_bytes(b"".join(records[:200]))
        archive, warm = look_at(str(room / "crawl.warc.gz")), look_at(str(room / "warm.warc.gz"))
        del records
        print(f"{number} records in {len(cut(archive, STEP))} stretches; load {os.getloadavg()[0]:.1f}")
        took: dict[str, tuple[float, float]] = {}
        for kind, call in {
            "process": lambda jobs: Several(jobs, setting),
            "Dask worker": lambda jobs: Crew(jobs, "local").gather_round(setting),
        }.items():
            for jobs in (1, 2):
                label = f"{jobs} {kind}"
                took[label] = measure(partial(call, jobs), room, archive, warm, setting, label)
                seconds, processor = took[label]
                print(f"{label}: {seconds:.1f} s, {number / seconds:.0f} records a second; {processor:.1f} s of processor time in all")
            one, two = took[f"1 {kind}"], took[f"2 {kind}"]
            print(f"two for one, {kind}: {one[0] / two[0]:.2f} times as fast, {two[1] / one[1]:.2f} times the processor time")
        files = {label: [f.read_bytes() for f in sorted((room / label).rglob("*")) if f.is_file() and f.name != ".lock"] for label in took}
        same = all(found == files["1 process"] for found in files.values())
        print("the same files to the byte" if same else "OTHER FILES")
        began = time.perf_counter()
        packed = gather(cut(archive, STEP)[0], setting)
        seconds = time.perf_counter() - began
        home = sum(len(part.read_bytes()) for part in (room / "1 process" / "parts").iterdir())
        print(f"what comes home: {home / archive.size:.2%} of what is read, {len(packed) / 1024:.0f} KB a stretch")
        # Places are left out: whether two stretches meet is no question where all are the same.
        simulate(room, archive, setting, min(seconds, 3.0), pack(replace(unpack(packed), first=None, after=None)))
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
