"""``mithaq collect``, ``watch`` and ``sources``: bring the news home, once or day and night, and see how each source is doing."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, emit, screen, tell
from mithaq.cli.main import NOTHING, STOPPED
from mithaq.cli.options import WORKSPACE, Speak, Workspace, choose_language
from mithaq.cli.source import Contact, Json

if TYPE_CHECKING:
    from mithaq.collect.collector import Report, Round

Named = Annotated[
    list[str] | None,
    typer.Argument(help="Sources, addresses of the web (pages, feeds, sitemaps), files with one address a line.", metavar="[WHAT...]"),
]
Since = Annotated[str | None, typer.Option("--since", help="Ask sitemaps back to this day, YYYY-MM-DD.")]
Gate = Annotated[bool, typer.Option("--gate/--no-gate", help="Pass over headlines, and hold back pages, that cannot be for us.")]
Delay = Annotated[float, typer.Option("--delay", min=0.5, help="Seconds at least between two requests to one site.")]
_GRADES = {"well": "green", "new": "cyan", "silent": "yellow", "failing": "bold red", "left": "bright_black"}


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("collect")(collect)
    app.command("watch")(watch)
    app.command("sources")(sources)


def collect(
    named: Named = None,
    contact: Contact = "",
    once: Annotated[bool, typer.Option("--once/--forever", help="One round, or until stopped, as 'mithaq watch'.")] = True,
    since: Since = None,
    now: Annotated[bool, typer.Option("--now", help="Visit all followed sources, whether due or not.")] = False,
    gate: Gate = True,
    delay: Delay = 5.0,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Visit followed sources that are due, and read what is new.

    Sites are asked politely: robots.txt is kept to, one request at a time with some seconds between two, and
    only for what has changed. However it is stopped, the next run goes on from there. 'mithaq source list'
    shows the sources that are known, 'mithaq source follow' chooses.

    \b
    mithaq collect --once --contact desk@example.org
    mithaq collect hespress --since 2025-01-01 --contact desk@example.org
    mithaq collect https://www.example.org/news/1 addresses.txt --contact desk@example.org
    """
    return _run(named or [], contact, once=once, since=since, now=now, gate=gate, delay=delay, workspace=workspace)


def watch(
    contact: Contact = "",
    gate: Gate = True,
    delay: Delay = 5.0,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Collect day and night, each source as often as it brings something.

    SIGTERM or Ctrl-C finishes what is begun, and ends. contrib/ has files for systemd and containers.

    \b
    mithaq watch --contact desk@example.org
    """
    return _run([], contact, once=False, since=None, now=False, gate=gate, delay=delay, workspace=workspace)


def _run(
    named: list[str], contact: str, *, once: bool, since: str | None, now: bool, gate: bool, delay: float, workspace: Path
) -> int:
    from mithaq.collect.collector import Pace
    from mithaq.collecting import RealClock, collect
    from mithaq.workspace import open_workspace

    with open_workspace(workspace) as opened, _stop_on_signals() as stop, _telling() as report:
        done = collect(
            opened, named, contact=contact, once=once, since=since, everything=now, gate=gate, pace=Pace(delay=delay),
            clock=RealClock(stop), stop=stop.is_set, report=report,
        )  # fmt: skip
    print_round(done)
    if done.stopped:
        complain("stopped; what was fetched is kept, and the next run goes on from there")
        return STOPPED if once else 0
    return 0


def print_round(done: Round) -> None:
    """Say what a run of the collector did."""
    read = f"{done.kept + done.other + done.same + done.unread} pages read: {done.kept} on digital cooperation, {done.other} not"
    parts = [f"{done.asked} requests, {done.visits} visits, {done.found} new addresses", read]
    for number, words in (
        (done.same, "known already"), (done.passed, "passed over by their headline"), (done.closed, "closed to programs by robots.txt"),
        (done.gone, "gone"), (done.failed, "failed"), (done.unread, "set aside"), (done.waiting, "waiting for another time"),
    ):  # fmt: skip
        parts += [f"{number} {words}"] if number else []
    screen().print("; ".join(parts), soft_wrap=True)


@contextmanager
def _stop_on_signals() -> Iterator[threading.Event]:
    """Give an event that SIGTERM and Ctrl-C set; a second one ends at once."""
    stop = threading.Event()
    wanted = (signal.SIGTERM, signal.SIGINT)

    def ask(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])
        tell("finishing what is begun; once more to stop at once")

    before = {one: signal.getsignal(one) for one in wanted}
    in_main_thread = threading.current_thread() is threading.main_thread()
    for one in wanted if in_main_thread else ():
        signal.signal(one, ask)
    try:
        yield stop
    finally:
        for one in wanted if in_main_thread else ():
            signal.signal(one, before[one])


@contextmanager
def _telling() -> Iterator[Report | None]:
    """Give a function that tells on a terminal how far a run is; None where there is none."""
    import sys

    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console

    with Console(file=sys.stderr).status("asking") as status:
        yield lambda done: status.update(f"{done.asked} requests, {done.found} new addresses, {done.kept} pages for us")


def sources(json: Json = False, workspace: Workspace = WORKSPACE, lang: Speak = None) -> int:
    """Show how followed sources are doing: last seen, last success, what they bring, how much of it is for us.

    Those that need somebody stand first.

    \b
    mithaq sources
    mithaq sources --json
    """
    import time

    from mithaq.answers.source_health import tell_health
    from mithaq.ingest import KNOWLEDGE
    from mithaq.lexicon.sources import known_sources
    from mithaq.workspace import open_workspace

    now = time.time()
    with open_workspace(workspace, create=False) as opened:
        rows = opened.store.schedule().sources(now)
    told = tell_health(rows, known_sources(workspace / KNOWLEDGE), choose_language(lang), now)
    if json:
        import msgspec

        emit(b"".join(msgspec.json.encode(one) + b"\n" for one in told))
        return 0
    if not told:
        complain("no source is followed; 'mithaq source list' shows the known ones, 'mithaq source follow NAME' chooses")
        return NOTHING
    from rich.table import Table
    from rich.text import Text

    table = Table("source", "state", "last success", "last new", "a day", "pages", "for us", "next visit", box=None, padding=(0, 2, 0, 0))
    for one in told:
        share = f"{100 * one.relevant:.0f} %" if one.relevant is not None else ""
        table.add_row(
            one.name, Text(one.standing, _GRADES[one.standing]), _minute(one.succeeded), _minute(one.brought), f"{one.a_day:g}",
            str(one.pages), share, _minute(one.due),
        )  # fmt: skip
    console = screen()
    console.print(table)
    for one in told:
        if one.failing and one.reason:
            console.print(f"{one.source}: {one.failing} of {one.channels} places fail: {one.reason}", soft_wrap=True)
    return 0


def _minute(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else ""
