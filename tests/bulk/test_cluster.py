"""Web archives read by the workers of a Dask scheduler: a worker that dies changes nothing, and one that differs is named."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bulk.drawn_crawl import STEP, files_of, write_crawl
from deadly_reader import DEADLY
from drawn_archives import record
from mithaq.bulk import cluster, seeing
from mithaq.bulk.cluster import About, Cluster
from mithaq.bulk.gather import Setting
from mithaq.bulk.seeing import Crew, write_archives
from mithaq.errors import QuestionError
from mithaq.store import MadeBy
from mithaq.workspace import open_workspace
from plain_reader import GATED, contents
from slow_reader import SLOW

distributed = pytest.importorskip("distributed")
SETTING = Setting(MadeBy("test", "words"), True, reader=GATED)


def never() -> bool:
    return False


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(QuestionError, match=r"mithaq\[dask\]"):
        Cluster("tcp://127.0.0.1:1", SETTING)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere"])
def test_where_no_scheduler_answers_it_is_said_how_to_start_one(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER", 0.2)
    with pytest.raises(QuestionError, match="dask scheduler"):
        Cluster(address, SETTING)


class Stub:
    """A client of a scheduler with one worker, which answers what it is told to."""

    def __init__(self, python: str = cluster.tell_about().python, about: object = None, workers: int = 1) -> None:
        self.python, self.about, self.workers, self.closed = python, about or cluster.tell_about(), workers, False

    def wait_for_workers(self, number: int, timeout: float) -> None:
        if number > self.workers:
            raise TimeoutError

    def get_versions(self, check: bool) -> dict[str, Any]:
        return {"workers": {"tcp://w:1": {"host": {"python": f"{self.python}.4.final.0"}}}}

    def run(self, _function: Callable[[], object], on_error: str) -> dict[str, object]:
        if isinstance(self.about, Exception) and on_error == "raise":
            raise self.about
        return {"tcp://w:1": self.about}

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(
    ("stub", "said"),
    [
        (Stub(workers=0), "has no worker"),
        (Stub(python="3.8"), "has Python 3.8"),
        (Stub(about=About("3.11", "0.0.1+1", "otherwords")), "reads otherwise: .* mithaq 0.0.1"),
        (Stub(about=ModuleNotFoundError("No module named 'mithaq'")), "No module named 'mithaq'"),
    ],
)
def test_workers_that_differ_are_named(stub: Stub, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributed, "Client", lambda *_, **__: stub)
    with pytest.raises(QuestionError, match=said):
        Cluster("tcp://h:8786", SETTING)
    assert stub.closed


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as started:
        yield started


@pytest.fixture
def small_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeing, "STEP", STEP)
    monkeypatch.setattr(seeing, "STEP_UNGATED", STEP)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of POSIX systems")
@pytest.mark.usefixtures("small_stretches")
def test_a_worker_killed_in_the_middle_changes_nothing(scheduler: Any, tmp_path: Path) -> None:
    archive = write_crawl(tmp_path, pages=400)
    write_archives([archive], tmp_path / "whole", tmp_path / "none", Crew(reader=GATED), stop=never)
    pids = list(scheduler.scheduler.workers), [nanny.pid for nanny in scheduler.workers.values()]
    killed: list[int] = []

    def kill() -> None:
        parts = tmp_path / "t" / "parts"
        while not parts.is_dir() or len(list(parts.iterdir())) < 3:
            time.sleep(0.01)
        os.kill(pids[1][0], signal.SIGKILL)
        killed.append(len(list(parts.iterdir())))

    killer = threading.Thread(target=kill)
    killer.start()
    crew = Crew(dask=scheduler.scheduler_address, reader=SLOW)
    done = write_archives([archive], tmp_path / "t", tmp_path / "none", crew, stop=never)
    killer.join()
    assert killed and killed[0] < done.new == len(list((tmp_path / "whole" / "parts").iterdir()))
    assert not done.failed and files_of(tmp_path / "t") == files_of(tmp_path / "whole")
    again = write_archives([archive], tmp_path / "t", tmp_path / "none", Crew(dask="tcp://127.0.0.1:1", reader=SLOW), stop=never)
    assert again.new == 0 and again.known == done.new


@pytest.mark.slow
@pytest.mark.usefixtures("small_stretches")
def test_a_workspace_filled_by_a_cluster_is_as_any_other(scheduler: Any, tmp_path: Path) -> None:
    archive = write_crawl(tmp_path)
    for name, crew in (("far", scheduler.scheduler_address), ("here", None)):
        with open_workspace(tmp_path / name, reader=GATED) as workspace:
            assert workspace.ingest([f"file://{archive}"], dask=crew).new == 19
            assert workspace.ingest([f"file://{archive}"], dask="tcp://127.0.0.1:1").new == 0
    assert contents(tmp_path / "far") == contents(tmp_path / "here")


@pytest.mark.slow
@pytest.mark.usefixtures("small_stretches")
def test_a_page_that_breaks_every_worker_is_given_up_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(b"".join(record(n, b"deadly" if n == 5 else f"Title {n}\nneed: {n}".encode()) for n in range(10)))
    done = write_archives([file], tmp_path / "t", tmp_path / "none", Crew(2, "local", DEADLY), stop=never, gated=False)
    assert done.rows["documents"] == 9 and len(done.set_aside) == 1
