"""One request of a collector: what is asked of whom, and what came back; the only part of collecting that runs in other threads."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Protocol

import msgspec

from mithaq.collect.fetch import Answer, Limits
from mithaq.collect.listing import LARGEST
from mithaq.collect.paths import same_site
from mithaq.collect.robots import LARGEST as LARGEST_RULES
from mithaq.errors import InputError, LaterError
from mithaq.store.schedule import AddressRow, ChannelRow, Request

ROBOTS = "robots"


class Ask(Protocol):
    """Asks a server for an address, through the guarded door."""

    def __call__(self, url: str, headers: Mapping[str, str], limits: Limits, may_follow: Callable[[str], bool]) -> Answer:
        """Return its answer; raises InputError as :func:`mithaq.collect.fetch.ask` does."""


class Clock(Protocol):
    """The time, which tests may make run faster."""

    def now(self) -> float:
        """Return seconds since 1970, UTC."""

    def sleep(self, seconds: float) -> None:
        """Wait, or less when somebody wants to stop."""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be asked: a host's rules when ``work`` is None, else a channel or an address."""

    host: str
    url: str
    what: str
    source: str
    headers: dict[str, str]
    work: ChannelRow | AddressRow | None = None


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What came back: an answer, or why none did; ``later`` says that the same request may succeed another time."""

    task: Task
    answer: Answer | None
    reason: str = ""
    later: bool = False
    seconds: float = 0.0

    def request(self, at: float, outcome: str) -> Request:
        """Return the line of the record for this request."""
        answer = self.answer
        return Request(
            at=at, url=self.task.url, host=self.task.host, source=self.task.source, what=self.task.what,
            status=answer.status if answer else None, outcome=outcome, bytes=len(answer.data) if answer else 0,
            seconds=round(self.seconds, 3),
        )  # fmt: skip


def perform(task: Task, ask: Ask, limits: Limits) -> Result:
    """Ask, and return what came back; never raises for what a site may do."""
    began = time.monotonic()
    size = LARGEST_RULES if task.what == ROBOTS else LARGEST if task.what == "sitemap" else limits.size
    bounds = msgspec.structs.replace(limits, size=size)
    try:
        answer = ask(task.url, task.headers, bounds, _follower(task))
    except LaterError as error:
        return Result(task=task, answer=None, reason=str(error), later=True, seconds=time.monotonic() - began)
    except InputError as error:
        return Result(task=task, answer=None, reason=str(error), seconds=time.monotonic() - began)
    return Result(task=task, answer=answer, seconds=time.monotonic() - began)


def _follower(task: Task) -> Callable[[str], bool]:
    """Only rules are followed at once to where they have moved; every other redirect waits its turn, as a request of its own."""
    return lambda to: task.what == ROBOTS and same_site(task.url, to)


def conditions(work: ChannelRow | AddressRow) -> dict[str, str]:
    """Return the headers that ask for a page only when it has changed since the last answer."""
    asked = {"If-None-Match": work.etag} if work.etag else {}
    return asked | ({"If-Modified-Since": work.modified} if work.modified else {})
