"""Run the alerts of a workspace: find what is new, keep it, deliver it once, and try again later what could not be delivered.

What is new is kept in the database before anything is sent, under a name that stays the same at every try: whoever is killed between
sending and noting it sends the same name again, by which the receiver knows it.
"""

from __future__ import annotations

import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as day_time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from mithaq.alerting.lock import only_one
from mithaq.alerting.settings import Settings
from mithaq.answers.alerts import World, find_news
from mithaq.errors import InputError, QuestionError, StoreError
from mithaq.follow.status import schedule_of
from mithaq.ingest import now
from mithaq.model.world import Resolved
from mithaq.store import SqlStore, Store, open_store
from mithaq.store.alerts import Alert, Batch, Quiet
from mithaq.store.place import place_of

_LOG = logging.getLogger("mithaq.alerts")
_NAME = re.compile(r"[\w-]{1,60}")
_TIMES = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_WAIT, _LONGEST = timedelta(minutes=1), timedelta(hours=6)  # until the next run tries again, doubled at each
_IN_FEED = 100
Say = Callable[[str], None]


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an alert: events found new, delivered, waiting (quiet hours, or not deliverable yet), and what went wrong."""

    alert: str
    new: int = 0
    delivered: int = 0
    waiting: int = 0
    quiet: bool = False
    error: str | None = None


class Alerting(ABC):
    """The part of a workspace that keeps and runs alerts."""

    store: Store
    root: Path

    @abstractmethod
    def resolve(self) -> Resolved:
        """Bring up to date who is who and what happened."""

    def add_alert(self, alert: Alert, settings: Settings, *, everything: bool = False) -> int:
        """Keep an alert; what is known now is not told, unless *everything* is asked for. Return how many events it finds now.

        Raises QuestionError when its name is taken or bad, its target cannot be one, or its question cannot be answered.
        """
        check_alert(alert, settings)
        if any(known.name == alert.name for known in self.store.alerts()):
            words = f"there is an alert {alert.name!r} already; remove it first, or choose another name"
            raise QuestionError(words, "wrong.alert_there", value=alert.name)
        self.resolve()
        with self._public() as public:
            found = find_news(World(public), alert.ask, schedule_of)
        self.store.put_alert(alert)
        # Of two that share a report only one is told.
        noted = self.store.note_news(alert.name, found, alert.added, silent=not everything)
        return noted if everything else len(found)

    def change_alert(self, name: str, settings: Settings, **changes: Any) -> Alert:
        """Tell an alert in another way, language or at other hours; return it as it is now. Raises QuestionError as :meth:`add_alert`."""
        known = next((alert for alert in self.store.alerts() if alert.name == name), None)
        if known is None:
            raise QuestionError(f"there is no alert {name!r}; 'mithaq alert list' shows them")
        changed = msgspec.structs.replace(known, **changes)
        check_alert(changed, settings)
        self.store.put_alert(changed)
        return changed

    def remove_alert(self, name: str) -> None:
        """Take an alert out; raises QuestionError when there is none."""
        if not self.store.drop_alert(name):
            raise QuestionError(f"there is no alert {name!r}; 'mithaq alert list' shows them")

    def run_alerts(self, settings: Settings, say: Say, *, at: str | None = None, names: tuple[str, ...] = ()) -> list[Done]:
        """Find and deliver what is new, for all alerts or some; *at* is the time (ISO 8601, UTC), by default that of the clock.

        Raises StoreError when another run is under way.
        """
        moment = at or now()
        with only_one(self.root / "alerts.lock", "'mithaq alert run'"), self.store.alone("alerts") as free:
            if not free:
                raise StoreError("another 'mithaq alert run' is under way with this store; wait until it has finished")
            self.resolve()
            wanted = [alert for alert in self.store.alerts() if not names or alert.name in names]
            unknown = set(names) - {alert.name for alert in wanted}
            if unknown:
                raise QuestionError(f"there is no alert {min(unknown)!r}; 'mithaq alert list' shows them")
            with self._public() as public:
                world = World(public)
                done = [self._run(alert, world, settings, say, moment) for alert in wanted]
        for one in done:
            _LOG.info("alert %s", one.alert, extra={"told": msgspec.to_builtins(one)})
        return done

    def _public(self) -> SqlStore:
        """Return what alerts look into: without own notes, since messages and feeds go to others."""
        return open_store(place_of(self.root), create=False, outward=True)

    def _run(self, alert: Alert, world: World, settings: Settings, say: Say, at: str) -> Done:
        try:
            new = self.store.note_news(alert.name, find_news(world, alert.ask, schedule_of), at)
        except QuestionError as error:
            return Done(alert=alert.name, error=str(error))
        quiet = is_quiet(alert.quiet, at)
        delivered, failed = 0, None
        if not quiet:
            self.store.gather_batch(alert.name)
            for batch in self.store.waiting(alert.name):
                if not is_time(batch, at):
                    failed = batch.error
                    continue
                try:
                    self._deliver(alert, batch, settings, say, at)
                except (InputError, QuestionError) as error:
                    failed = str(error)
                    self.store.note_failed(batch.id, failed, next_try(batch, at))
                else:
                    self.store.note_sent(batch.id, at)
                    delivered += len(batch.news)
        waiting = self.store.count_waiting(alert.name)
        return Done(alert=alert.name, new=new, delivered=delivered, waiting=waiting, quiet=quiet, error=failed)

    def _deliver(self, alert: Alert, batch: Batch, settings: Settings, say: Say, at: str) -> None:
        from mithaq.alerting.deliver import deliver  # imported where it is needed: see there

        deliver(alert, batch, settings, say, at, root=self.root, told=lambda: self.store.told(alert.name, _IN_FEED))

    def rewrite_feeds(self) -> None:
        """Write the feeds of alerts that lie in files once more: news that are not to be shown any more go out of them, too."""
        feeds = [alert for alert in self.store.alerts() if alert.channel == "atom" and (self.root / alert.target).is_file()]
        if feeds:
            from mithaq.alerting.deliver import rewrite_feed

            for alert in feeds:
                rewrite_feed(alert, self.root, self.store.told(alert.name, _IN_FEED))

    def test_alert(self, name: str, settings: Settings, say: Say) -> None:
        """Send an invented event through an alert's channel, to see that it arrives; nothing is kept. Raises what delivery raises."""
        from mithaq.alerting.deliver import deliver_invented

        alert = next((one for one in self.store.alerts() if one.name == name), None)
        if alert is None:
            raise QuestionError(f"there is no alert {name!r}; 'mithaq alert list' shows them")
        deliver_invented(alert, settings, say, now(), self.root)


def check_alert(alert: Alert, settings: Settings) -> None:
    """Raise QuestionError when an alert cannot be kept: bad name, target, or quiet hours."""
    if not _NAME.fullmatch(alert.name):
        words = f"{alert.name!r} cannot be the name of an alert; use letters, digits, - and _, at most 60"
        raise QuestionError(words, "wrong.alert_name", value=alert.name)
    if alert.channel in ("mail", "webhook"):
        from mithaq.alerting.deliver import check_target

        check_target(alert, settings)
    if alert.quiet:
        is_quiet(alert.quiet, alert.added)


def is_quiet(quiet: Quiet | None, at: str) -> bool:
    """Say whether a time (ISO 8601) falls into quiet hours; they may run over midnight. Raises QuestionError when they cannot be read."""
    if quiet is None:
        return False
    if not (_TIMES.fullmatch(quiet.first) and _TIMES.fullmatch(quiet.last)) or quiet.first == quiet.last:
        told = f"{quiet.first}-{quiet.last}"
        raise QuestionError(f"quiet hours {told} cannot be read; write for example 22:00-07:00", "wrong.alert_quiet", value=told)
    try:
        zone = ZoneInfo(quiet.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        words = f"there is no time zone {quiet.zone!r}; write for example Asia/Muscat or Africa/Casablanca"
        raise QuestionError(words, "wrong.alert_zone", value=quiet.zone) from error
    clock = datetime.fromisoformat(at).astimezone(zone).time().replace(tzinfo=None)
    first, last = day_time.fromisoformat(quiet.first), day_time.fromisoformat(quiet.last)
    return first <= clock < last if first < last else clock >= first or clock < last


def is_time(batch: Batch, at: str) -> bool:
    """Say whether a batch may be tried; one that waits for longer than anything may wait was put off by a clock that was wrong."""
    if batch.next is None:
        return True
    due, moment = datetime.fromisoformat(batch.next), datetime.fromisoformat(at)
    return due <= moment or due - moment > _LONGEST


def next_try(batch: Batch, at: str) -> str:
    """Return when a batch that failed once more may be tried again: later each time."""
    wait: timedelta = min(_WAIT * float(2 ** min(batch.attempts, 12)), _LONGEST)
    return (datetime.fromisoformat(at).astimezone(UTC) + wait).isoformat(timespec="seconds")
