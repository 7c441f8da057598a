"""Collect the news into a workspace: visit followed sources, once or day and night, and read what they bring.

with open_workspace("my-workspace") as workspace:
    follow_sources(workspace, ["hespress"], now=time.time())
    done = collect(workspace, contact="desk@example.org", once=True)
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from mithaq import __version__
from mithaq.collect import pace
from mithaq.collect.addresses import Policy, is_public
from mithaq.collect.collector import Collector, Pace, Report, Round
from mithaq.collect.fetch import Answer, Limits, ask
from mithaq.collect.listing import clean_stamp
from mithaq.collect.outcomes import Passing, host_key
from mithaq.collect.paths import join
from mithaq.collect.sources import Page, Unread, is_address
from mithaq.collect.tasks import Ask, Clock
from mithaq.collect.titles import load_title_gate
from mithaq.errors import InputError, QuestionError
from mithaq.ingest import KNOWLEDGE
from mithaq.ingest import now as time_now
from mithaq.lexicon.sources import NewsSource, find_source, known_sources
from mithaq.store.address import address_key
from mithaq.store.schedule import NewAddress, State
from mithaq.workspace import Workspace

BY_HAND = "by hand"  # the source of addresses that a person named
_LOCK = "collecting.lock"
_REST = 900.0  # seconds between two times at which who is who is found out anew
_CONTACT = re.compile(r"[\x21-\x7e]{5,200}")


class RealClock:
    """The time of this machine; a sleep ends early when *stop* is set."""

    def __init__(self, stop: threading.Event | None = None) -> None:
        self._stop = stop or threading.Event()

    def now(self) -> float:
        """Return seconds since 1970, UTC."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait so long, or until somebody wants to stop."""
        self._stop.wait(seconds)


def name_agent(contact: str) -> str:
    """Return how we introduce ourselves to sites: who we are, whom to write to, how to keep us out; raises QuestionError for no contact."""
    if not _CONTACT.fullmatch(contact) or ("@" not in contact and not is_address(contact)):
        raise QuestionError(
            f"{contact!r} is no contact; sites must know whom to write to: give --contact you@example.org (or an address of the web), "
            "or set MITHAQ_CONTACT"
        )
    return f"mithaq/{__version__} (reads public news for research; contact: {contact}; to opt out: robots.txt, User-agent: mithaq)"


def make_ask(contact: str, allow: Policy = is_public) -> Ask:
    """Return the door through which a collector asks: the guarded fetcher, introducing itself."""
    agent = name_agent(contact)

    def through_the_door(url: str, headers: Mapping[str, str], limits: Limits, may_follow: Callable[[str], bool]) -> Answer:
        return ask(url, headers=headers, agent=agent, allow=allow, limits=limits, may_follow=may_follow)

    return through_the_door


def follow_sources(workspace: Workspace, named: Iterable[str], now: float) -> list[tuple[NewsSource, int]]:
    """Visit sources from now on; return each with how many channels it has. Raises QuestionError for one that is not known or has none."""
    known = known_sources(workspace.root / KNOWLEDGE)
    sources = [find_source(name, known) for name in named]
    mute = next((source for source in sources if not source.channels), None)
    if mute is not None:
        raise QuestionError(f"of {mute.id} neither feeds nor sitemaps nor sections are known; run 'mithaq source add https://{mute.domain}/'")
    for source in sources:
        channels = [(channel.kind, channel.address, host_key(channel.address)) for channel in source.channels]
        workspace.store.schedule().follow(source.id, channels, now, pace.FIRST_INTERVAL)
    return [(source, len(source.channels)) for source in sources]


def collect(
    workspace: Workspace,
    named: Sequence[str] = (),
    *,
    contact: str,
    once: bool,
    since: str | None = None,
    everything: bool = False,
    gate: bool = True,
    pace: Pace = Pace(),  # noqa: B008  (frozen)
    clock: Clock | None = None,
    stop: Callable[[], bool] = lambda: False,
    door: Ask | None = None,
    chance: Random | None = None,
    report: Report | None = None,
) -> Round:
    """Visit what is due, ask for what is new, read it into the workspace; *once*, or until *stop* says so.

    *named* are sources to visit now whether due or not, single addresses (pages, feeds, sitemaps), and files with one address a line; with
    *everything* all followed sources are visited now. *since* (YYYY-MM-DD) asks their sitemaps back to that day. Without *gate* also pages
    and headlines that cannot be for us are fetched and read. Raises QuestionError when nothing is followed or named, or another collector
    is at work in this workspace.
    """
    timer = clock or RealClock()
    door = door or make_ask(contact)
    name_agent(contact)
    if since is not None and (clean_stamp(since) != since or len(since) != len("2025-01-01")):
        raise QuestionError(f"--since {since!r} is no day; write YYYY-MM-DD", "wrong.date", value=since)
    with _alone(workspace.root), workspace.store.alone("collecting") as free:
        if not free:
            raise QuestionError("somebody else is collecting into this store; stop that, or wait until its round is over")
        schedule = workspace.store.schedule()
        sources = _take_named(workspace, named, timer.now())
        if not schedule.waiting_hosts() and not schedule.fetched(1):
            raise QuestionError("no source is followed; 'mithaq source list' shows the known ones, 'mithaq source follow NAME' chooses")
        if sources or everything or since:
            schedule.make_due(sources, timer.now(), since)
        titles = load_title_gate(workspace.lexicon)
        passing: Passing = titles.reason_against if gate else _pass_nothing
        keeper = _Keeper(workspace, timer, gate=gate)
        return Collector(schedule, keeper, door, timer, passing, pace=pace, chance=chance, report=report).run(once=once, stop=stop)


def _pass_nothing(title: str, tags: tuple[str, ...] = ()) -> str | None:
    return None


def _take_named(workspace: Workspace, named: Sequence[str], now: float) -> list[str]:
    """Put addresses and lists of them into the schedule, follow the sources; return the ids of these."""
    addresses, sources = list[str](), list[str]()
    for name in named:
        if is_address(name):
            addresses.append(name)
        elif Path(name).is_file():
            addresses += _read_addresses(Path(name))
        else:
            sources.append(name)
    schedule = workspace.store.schedule()
    found = []
    for address in addresses:
        url = join("", address)
        if url is None:
            raise QuestionError(f"{address!r} is no address of the web; one begins with https:// (or http://) and the name of a site")
        found.append(NewAddress(key=address_key(url) or url, url=url, host=host_key(url), kind="any"))
    schedule.add(found, BY_HAND, None, now)
    return [source.id for source, _ in follow_sources(workspace, sources, now)]


def _read_addresses(file: Path) -> list[str]:
    try:
        lines = [line.strip() for line in file.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: {error}; give a text file with one address a line") from error
    found = [line for line in lines if line and not line.startswith("#")]
    wrong = next((line for line in found if not is_address(line)), None)
    if wrong is not None or not found:
        raise InputError(f"{file}: {wrong!r} is no address; write one address a line, beginning with https://")
    return found


class _Keeper:
    """Reads collected pages into the workspace."""

    def __init__(self, workspace: Workspace, clock: Clock, *, gate: bool) -> None:
        self._workspace, self._clock, self._gate = workspace, clock, gate
        self._rested, self._new = clock.now(), False

    def keep(self, page: Page) -> tuple[State, str]:
        done = self._workspace.take_in([page], gate=self._gate, resolve=False)
        if done.quarantined:
            return "unread", done.quarantined[0].reason.removeprefix(f"{page.name}: ")[:500]
        if done.new or done.updated:
            self._new = True
            return ("other", "not on digital cooperation") if done.not_relevant else ("kept", "")
        return ("other", "held back by the gate") if done.gated else ("same", "known already")

    def give_up(self, url: str, reason: str) -> None:
        self._workspace.take_in([Unread(url, reason)], resolve=False)

    def withdraw(self, url: str) -> None:
        self._new = bool(self._workspace.store.withdraw(url, time_now())) or self._new

    def rest(self, *, last: bool) -> None:
        if self._new and (last or self._clock.now() - self._rested >= _REST):
            self._workspace.resolve()
            self._rested, self._new = self._clock.now(), False


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the workspace's lock for collectors; it goes with this process, however it ends. Raises QuestionError when another holds it."""
    with (root / _LOCK).open("a+") as file:
        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # only there
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise QuestionError(f"another mithaq is collecting into {root}; stop it, or wait until its round is over") from error
        yield
