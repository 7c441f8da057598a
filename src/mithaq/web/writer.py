"""The one hand that writes: pages that readers bring are taken in one job after the other, in a thread of its own, and each job is told of.

Readers go on reading meanwhile. Jobs live as long as the site runs; what they brought in stays.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import msgspec
from msgspec.structs import replace

from mithaq.collect.sources import Page, Source
from mithaq.errors import MithaqError
from mithaq.store.captures import hash_bytes, sidecar_text
from mithaq.store.store import Store
from mithaq.workspace import Workspace, open_workspace

Outcome = Literal["new", "known", "unread", "erased"]
JOBS_KEPT = 200
WAITING_MOST = 20


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one page: the document that it is now, or why it could not be read; ``facts`` are counts by the name of their list.

    One that was erased since has neither name nor title.
    """

    name: str
    outcome: Outcome
    document: str | None = None
    title: str | None = None
    relevant: bool = False
    facts: dict[str, int] = {}
    reason: str | None = None


_ERASED = Taken(name="", outcome="erased")


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """Pages on their way in: how many are read, which one now, and at the end what became of each; ``failed``: why it broke."""

    key: str
    total: int
    done: int = 0
    at: str = ""
    ended: bool = False
    failed: str | None = None
    taken: tuple[Taken, ...] = ()


class Writer:
    """Takes pages in."""

    def __init__(self, root: Path, open_it: Callable[[Path], Workspace] = open_workspace) -> None:
        self._root = root
        self._open_it = open_it
        self._workspace: Workspace | None = None
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mithaq-writer")

    def take_in(self, items: Sequence[Page | Source], refused: Sequence[Taken] = ()) -> Job | None:
        """Begin to take pages in and return the job at once; None when too many wait already. *refused* are told of with the others."""
        job = Job(key=secrets.token_urlsafe(9), total=len(items), taken=tuple(refused))
        with self._lock:
            if sum(not known.ended for known in self._jobs.values()) >= WAITING_MOST:
                return None
            self._jobs[job.key] = job
            while len(self._jobs) > JOBS_KEPT:
                self._jobs.popitem(last=False)
        self._thread.submit(self._work, job, list(items))
        return job

    def job(self, key: str) -> Job | None:
        """Return a job as it stands; None when there is none."""
        with self._lock:
            return self._jobs.get(key)

    def forget(self, is_erased: Callable[[Taken], bool]) -> None:
        """Take out of all jobs what they say of pages that were erased since."""
        with self._lock:
            for key, job in self._jobs.items():
                taken = tuple(_ERASED if is_erased(one) else one for one in job.taken)
                if taken != job.taken:
                    self._jobs[key] = replace(job, taken=taken)

    def is_busy(self) -> bool:
        """Say whether pages are being read, or wait to be."""
        with self._lock:
            return any(not job.ended for job in self._jobs.values())

    def _work(self, job: Job, items: list[Page | Source]) -> None:
        def progress(done: int, total: int, name: str) -> None:
            self._tell(replace(job, done=done, total=max(total, len(items)), at=name))

        try:
            workspace = self._workspace or self._open_it(self._root)
            self._workspace = workspace
            known = {item.name for item in items if _find_source(workspace.store, item)}
            workspace.take_in(items, progress)
            taken = tuple(_tell(workspace.store, item, item.name in known) for item in items)
            self._tell(replace(job, done=len(items), ended=True, taken=(*taken, *job.taken)))
        except (MithaqError, OSError) as error:
            self._tell(replace(job, ended=True, failed=str(error)))
        except Exception as error:  # whatever breaks, the reader is told, and the next job goes on
            self._tell(replace(job, ended=True, failed=f"{type(error).__name__}: {error}"))

    def _tell(self, job: Job) -> None:
        with self._lock:
            if job.key in self._jobs:
                self._jobs[job.key] = job

    def close(self) -> None:
        """Finish the jobs that are begun, and close the workspace in the thread that it belongs to."""

        def leave() -> None:
            if self._workspace is not None:
                self._workspace.close()

        self._thread.submit(leave)
        self._thread.shutdown(wait=True)


def _find_source(store: Store, item: Page | Source) -> str | None:
    """Return the document that a page became: by its bytes where they are at hand, else by its address."""
    asked = {"hash": hash_bytes(item.data), "sidecar": sidecar_text(item.sidecar)} if isinstance(item, Page) else {"path": item.name}
    rows = sorted(store.rows("captures", asked), key=lambda row: str(row["added"]))
    return str(rows[-1]["source"]) if rows else None


def _tell(store: Store, item: Page | Source, known: bool) -> Taken:
    source = _find_source(store, item)
    if source is None:
        reasons = [str(row["reason"]) for row in store.rows("quarantine", {"path": item.name})]
        return Taken(name=item.name, outcome="unread", reason=reasons[-1].removeprefix(f"{item.name}: ") if reasons else None)
    d = store.document(source)
    facts = {"people": len(d.people), "bodies": len(d.bodies), "events": len(d.events), "statements": len(d.statements)}
    facts["indicators"] = len(d.indicators)
    return Taken(name=item.name, outcome="known" if known else "new", document=d.id, title=d.title, relevant=d.relevant, facts=facts)
