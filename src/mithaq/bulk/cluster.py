"""Many machines that read web archives, by Dask: a scheduler hands stretches to workers, and once more when a worker is lost.

Workers read, and write nothing: what they gave comes back to the one that asked, which puts it in order and writes it once.
"""

from __future__ import annotations

import platform
import time
import uuid
from collections.abc import Callable
from functools import cache
from importlib import import_module
from itertools import count
from typing import Any

import msgspec

from mithaq.bulk.gather import Setting, gather, gather_one
from mithaq.bulk.readers import LostError, Task
from mithaq.collect.sources import Page
from mithaq.collect.stretches import Stretch
from mithaq.errors import MithaqError, QuestionError, StoreError
from mithaq.ingest import packaged_reader
from mithaq.lexicon import load_lexicon

LOCAL = "local"
ANSWER, ARRIVE = 15.0, 60.0  # seconds: until the scheduler answers, until the first worker is there
_TRIES = 2  # times that a stretch is read again when its archive could not be opened
_COUNTED = 5.0  # seconds for which the number of workers is taken as known
_EACH = 2  # stretches under way for each worker: one read, one at hand


class About(msgspec.Struct, frozen=True):
    """What has to be the same on all machines: Python to the second number, the version of mithaq and its layers, and of its words."""

    python: str
    code: str
    knowledge: str

    def __str__(self) -> str:
        return f"Python {self.python}, mithaq {self.code} with words {self.knowledge}"


@cache
def tell_about() -> About:
    """Return what this machine reads with."""
    made_by = packaged_reader(load_lexicon()).made_by
    return About(".".join(platform.python_version_tuple()[:2]), made_by.code, made_by.knowledge)


class Cluster:
    """The workers of a Dask scheduler, at an address (``tcp://host:8786``), or begun here for this run (``local``)."""

    fall_together = False

    def __init__(self, address: str, setting: Setting, jobs: int = 1) -> None:
        """Join a scheduler; raises QuestionError saying what to do where it cannot be reached, or its machines differ from this one."""
        self._dask = _load()
        self._setting = setting
        self._names = (f"{uuid.uuid4().hex}-{n}" for n in count())
        self._counted = (0.0, 0)
        self._own: Any = None
        try:
            if address == LOCAL:
                self._own = self._dask.LocalCluster(n_workers=jobs, threads_per_worker=1, dashboard_address=":0")
            self._client = self._dask.Client(self._own or address, timeout=ANSWER, set_as_default=False)
        except (OSError, ValueError, ImportError) as error:
            self._let_go()
            raise QuestionError(
                f"no Dask scheduler answers at {address} ({error}); start one with 'dask scheduler', and workers with "
                f"'dask worker {address}'"
            ) from error
        try:
            self._check(address)
        except BaseException:
            self.close()
            raise

    def _check(self, address: str) -> None:
        """See that there are workers, and that they read as this machine would."""
        try:
            self._client.wait_for_workers(1, timeout=ARRIVE)
        except TimeoutError as error:
            raise QuestionError(f"the scheduler at {address} has no worker; start some with 'dask worker {address}'") from error
        mine = tell_about()
        versions = self._client.get_versions(check=False)["workers"]
        for worker, told in sorted(versions.items()):
            python = ".".join(str((told or {}).get("host", {}).get("python", "")).split(".")[:2])
            if python != mine.python:
                other = f"the worker at {worker} has Python {python or 'unknown'}, this is {mine.python}"
                raise QuestionError(f"{other}; use the same on all machines")
        for worker, about in sorted(self._ask_all().items()):
            if about != mine:
                other = f"the worker at {worker} reads otherwise: {about}; here: {mine}"
                raise QuestionError(f"{other}; install the same mithaq on all machines")

    def _ask_all(self) -> dict[str, object]:
        try:
            return dict(self._client.run(tell_about, on_error="return"))
        except Exception as error:  # whatever a worker without mithaq says, as Dask wraps it
            raise QuestionError(
                f"the workers cannot load mithaq ({error}); install the same version on all machines: pip install 'mithaq[dask]'"
            ) from error

    @property
    def ahead(self) -> int:
        """How many stretches are under way at a time; workers may come and go."""
        moment, number = self._counted
        if time.monotonic() - moment > _COUNTED:
            number = len(self._client.nthreads())
            self._counted = (time.monotonic(), number)
        return max(2, _EACH * number)

    def read(self, stretch: Stretch) -> Task:
        return self._hand_over(gather, stretch, self._setting)

    def read_one(self, page: Page, place: str) -> Task:
        return self._hand_over(gather_one, page, place, self._setting)

    def _hand_over(self, work: Callable[..., bytes], *given: object) -> Task:
        d = self._dask
        # A name of its own for each try: Dask would give what an earlier one of the same name gave.
        try:
            future = self._client.submit(work, *given, key=f"{work.__name__}-{next(self._names)}", pure=False, retries=_TRIES)
        except _gone(d) as error:
            raise _left(error) from error

        def wait() -> bytes:
            try:
                return bytes(future.result())
            except MithaqError:
                raise
            except d.KilledWorker as error:
                raise LostError from error
            except _gone(d) as error:
                raise _left(error) from error

        return wait

    def close(self) -> None:
        """Leave the scheduler; workers that were begun here end."""
        self._client.close()
        self._let_go()

    def _let_go(self) -> None:
        if self._own is not None:
            self._own.close()


def _gone(dask: Any) -> tuple[type[BaseException], ...]:
    return (OSError, TimeoutError, dask.CancelledError)


def _left(error: BaseException) -> StoreError:
    return StoreError(
        f"the Dask scheduler is gone ({type(error).__name__}: {error}); what was read is kept, the same command goes on from there"
    )


def _load() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise QuestionError("--dask needs Dask, which is not installed; install it with: pip install 'mithaq[dask]'") from error
