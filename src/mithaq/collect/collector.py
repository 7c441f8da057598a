"""Collect: visit followed sources when they are due, ask for what is new, hand the pages on to be read; politely, and never twice.

One thread decides and writes, a few others wait for servers. What is decided rests in the store before and after each request, so that a
collector that is killed goes on where it was. Clock, sleep and chance are handed in.
"""

from __future__ import annotations

import queue
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Protocol

import msgspec
from msgspec.structs import replace

from mithaq.collect import pace
from mithaq.collect.fetch import Limits
from mithaq.collect.outcomes import Outcomes, Passing
from mithaq.collect.robots import Rules, closed, robots_of
from mithaq.collect.sources import Page
from mithaq.collect.tasks import ROBOTS, Ask, Clock, Result, Task, conditions, perform
from mithaq.store.schedule import AddressRow, Fetched, HostRow, Schedule, State

_MOST_UNREAD = 64  # fetched pages that may wait for their reader; more are not asked for meanwhile
_LOOK = 0.2  # seconds between two looks at whether somebody wants to stop
_LONGEST_SLEEP = 60.0
_MOST_READS = 2  # a page that ended its reader so often is given up
_GIVEN_UP = "the reader of this page was killed twice; it may break a library: leave it out, report it"
_RULES_LAST = 24 * pace.HOUR


class Keeper(Protocol):
    """Keeps what was fetched: reads pages into the workspace."""

    def keep(self, page: Page) -> tuple[State, str]:
        """Read a page and keep it; return what became of it ("kept", "other", "same", "unread") and why."""

    def give_up(self, url: str, reason: str) -> None:
        """Note for people that an address could not be had or read."""

    def withdraw(self, url: str) -> None:
        """Note that an address has its page no longer."""

    def rest(self, *, last: bool) -> None:
        """Do what can wait until there is nothing else to do; *last*: the collector stops."""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How a collector goes about: ``delay`` seconds at least between two requests to a host, ``threads`` servers waited for at once.

    One round does not wait longer than ``patience`` seconds for what is due later.
    """

    delay: float = pace.DELAY
    threads: int = 8
    patience: float = 120.0
    limits: Limits = Limits()


class Round(msgspec.Struct, frozen=True, kw_only=True):
    """What a run did: ``asked`` requests, ``visits`` to channels, ``found`` new addresses, and what became of pages."""

    asked: int = 0
    visits: int = 0
    found: int = 0
    kept: int = 0
    other: int = 0
    same: int = 0
    unread: int = 0
    passed: int = 0
    closed: int = 0
    gone: int = 0
    failed: int = 0
    waiting: int = 0
    stopped: bool = False


Report = Callable[[Round], None]


class Collector:
    """A collector for one workspace; :meth:`run` does all that is due, once or until somebody stops it."""

    def __init__(
        self,
        schedule: Schedule,
        keeper: Keeper,
        ask: Ask,
        clock: Clock,
        passing: Passing,
        *,
        pace: Pace = Pace(),  # noqa: B008  (frozen)
        chance: Random | None = None,
        report: Report | None = None,
    ) -> None:
        self._schedule, self._keeper, self._ask, self._clock, self._pace = schedule, keeper, ask, clock, pace
        self._tally: Counter[str] = Counter()
        self._outcomes = Outcomes(schedule, keeper, passing, chance or Random(), self._tally)
        self._report = report
        self._ready: dict[str, float] = {}  # when something is due of each host
        self._hosts: dict[str, HostRow] = {}
        self._rules: dict[str, tuple[str | None, Rules]] = {}
        self._busy: set[str] = set()
        self._results: queue.Queue[Result] = queue.Queue()
        self._until: float | None = None

    def run(self, *, once: bool, stop: Callable[[], bool]) -> Round:
        """Do what is due; *once*: until nothing is due any more, each channel visited at most once, else until *stop* says so.

        Stopping waits for the requests under way, keeps what they bring, and begins nothing new.
        """
        self._until = self._clock.now() if once else None
        for host in self._schedule.waiting_hosts():
            self._look_at(host)
        unread = self._schedule.fetched()
        with ThreadPoolExecutor(self._pace.threads, thread_name_prefix="asking") as pool:
            while not stop():
                if len(unread) < _MOST_UNREAD:
                    self._dispatch(pool)
                if self._take(wait=_LOOK if self._busy and not unread else 0.0):
                    continue
                unread = unread or self._schedule.fetched()
                if unread:
                    self._read(unread.pop(0))
                elif not self._busy and not self._wait(once):
                    break
            while self._busy:
                self._take(wait=_LOOK)
        stopped = stop()
        if not stopped:
            for fetched in self._schedule.fetched(_MOST_UNREAD):
                self._read(fetched)
        self._keeper.rest(last=True)
        return self._round(stopped=stopped)

    def _dispatch(self, pool: ThreadPoolExecutor) -> None:
        """Begin a request for every host that has something due and may be asked, as far as there are threads."""
        now = self._clock.now()
        for host, due in sorted(self._ready.items(), key=lambda item: item[1]):
            if len(self._busy) >= self._pace.threads:
                return
            if host in self._busy or max(due, self._host(host).free) > now:
                continue
            task = self._next_task(host, now)
            if task is None:
                self._look_at(host)
                continue
            self._keep_free(host, now + self._pace.delay)
            self._busy.add(host)
            pool.submit(self._perform, task)

    def _perform(self, task: Task) -> None:
        try:
            result = perform(task, self._ask, self._pace.limits)
        except Exception as error:  # a thread that dies unheard would leave its host busy for ever
            result = Result(task=task, answer=None, reason=f"{type(error).__name__}: {error} (a fault of mithaq: please report it)")
        self._results.put(result)

    def _next_task(self, host: str, now: float) -> Task | None:
        """Return what to ask of a host: its rules when they are old, else what is due and allowed; None when there is nothing."""
        while work := self._schedule.next_work(host, now, self._until):
            url = work.url if isinstance(work, AddressRow) else work.at
            row = self._host(host)
            if row.robots_at is None or now - row.robots_at > _RULES_LAST:
                return Task(host=host, url=robots_of(url), what=ROBOTS, source=work.source, headers={})
            if self._rules_of(row).allow(url):
                return Task(host=host, url=url, what=work.kind, source=work.source, headers=conditions(work), work=work)
            self._outcomes.forbid(work, now)
        return None

    def _take(self, wait: float) -> bool:
        """Take one result, if there is one within *wait* seconds; say whether there was."""
        try:
            result = self._results.get(timeout=wait) if wait else self._results.get_nowait()
        except queue.Empty:
            return False
        host, now = result.task.host, self._clock.now()
        self._tally["asked"] += 1
        self._busy.discard(host)
        if result.task.work is None:
            row = self._outcomes.learn_rules(result, self._host(host), now)
            self._hosts[host] = row
        else:
            self._outcomes.take(result, now)
        rest = self._outcomes.rest_of(result, now)
        delay = max(self._pace.delay, self._rules_of(self._host(host)).delay, rest)
        self._keep_free(host, max(now + delay, self._host(host).free if rest else 0.0))
        for name in {host, *self._outcomes.touched}:
            self._look_at(name)
        self._outcomes.touched.clear()
        self._tell()
        return True

    def _read(self, fetched: Fetched) -> None:
        """Hand one fetched page on to be read, and keep what became of it."""
        address = fetched.address
        if address.reads >= _MOST_READS:
            state, reason = "unread", _GIVEN_UP
            self._keeper.give_up(address.url, f"{address.url}: {_GIVEN_UP}")
        else:
            self._schedule.begin_reading(address.n)
            state, reason = self._keeper.keep(Page(address.url, fetched.data, fetched.sidecar, address.url))
        self._tally[state] += 1
        self._schedule.settle(replace(address, state=state, reason=reason))
        self._tell()

    def _wait(self, once: bool) -> bool:
        """Sleep until something is due; say False when a single round has nothing left to wait for."""
        now = self._clock.now()
        moments = [max(due, self._host(host).free) for host, due in self._ready.items()]
        first = min(moments, default=None)
        if once and (first is None or first > now + self._pace.patience):
            return False
        self._keeper.rest(last=False)
        self._clock.sleep(min(max((first or now + _LONGEST_SLEEP) - now, 0.001), _LONGEST_SLEEP))
        return True

    def _look_at(self, host: str) -> None:
        due = self._schedule.next_due(host, self._until)
        if due is None:
            self._ready.pop(host, None)
        else:
            self._ready[host] = due

    def _host(self, name: str) -> HostRow:
        if name not in self._hosts:
            self._hosts[name] = self._schedule.host(name)
        return self._hosts[name]

    def _keep_free(self, host: str, free: float) -> None:
        """Leave a host in peace until then; kept at once, so that a killed collector is as polite as one that was not."""
        self._hosts[host] = replace(self._host(host), free=free)
        self._schedule.reserve(host, free)

    def _rules_of(self, row: HostRow) -> Rules:
        known = self._rules.get(row.host)
        if known is None or known[0] != row.robots:
            known = (row.robots, closed() if row.robots is None else Rules(row.robots))
            self._rules[row.host] = known
        return known[1]

    def _tell(self) -> None:
        if self._report is not None:
            self._report(self._round(stopped=False))

    def _round(self, *, stopped: bool) -> Round:
        names = [name for name in Round.__struct_fields__ if name not in ("waiting", "stopped")]
        waiting = self._schedule.states().get("waiting", 0) if self._report is None or stopped else 0
        return Round(**{name: self._tally[name] for name in names}, waiting=waiting, stopped=stopped)
