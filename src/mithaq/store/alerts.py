"""The alerts of a workspace: saved questions, what each of them knows already, and what waits to be delivered."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Literal, Protocol

import msgspec

from mithaq.model.vocabulary import Language
from mithaq.store.connected import Connected, Run

Kind = Literal["pair", "side", "entity", "topic", "due", "conflict", "need"]
Channel = Literal["terminal", "atom", "mail", "webhook", "site"]
NewsKind = Literal["happening", "promise", "due", "overdue", "conflict", "need"]
_BATCH_DIGITS = 32


class Ask(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A saved question: about two sides, one side, an entity (its id), a topic, or a thread (its id), as its kind needs."""

    kind: Kind
    sides: tuple[str, ...] = ()
    entity: str | None = None
    topic: str | None = None
    thread: str | None = None


class Quiet(msgspec.Struct, frozen=True):
    """Hours in which nothing is sent: from one time of the day to another (HH:MM), in a time zone (Asia/Muscat)."""

    first: str
    last: str
    zone: str


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """A saved question with how it is told.

    ``target`` is a file, an address of mail, or the name of a webhook in the settings; nothing for the terminal, and for the site, where
    the page of the alert shows what it found.
    """

    name: str
    ask: Ask
    channel: Channel
    lang: Language
    added: str
    target: str = ""
    quiet: Quiet | None = None


class News(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One new event. ``keys`` are its id and the places of its reports: one of them known, and it is no news.

    ``quote`` is None when its page is protected. ``values`` are those of a contradiction, as printed.
    """

    id: str
    kind: NewsKind
    keys: tuple[str, ...]
    type: str | None = None
    stage: str | None = None
    sides: tuple[str, ...] = ()
    date: str | None = None
    name: str | None = None
    values: tuple[str, ...] = ()
    quote: str | None = None
    lang: str | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    document: str | None = None
    thread: str | None = None


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """News that are sent together; ``id`` stays the same however often that is tried."""

    id: str
    alert: str
    news: tuple[News, ...]
    attempts: int = 0
    next: str | None = None
    error: str | None = None


class AlertBook(Protocol):
    """What a store must do for alerts."""

    def alerts(self) -> list[Alert]:
        """Return all alerts by name."""

    def put_alert(self, alert: Alert) -> None:
        """Keep an alert; one of the same name gives way."""

    def drop_alert(self, name: str) -> bool:
        """Take an alert out, with what it knows and what waits; say whether there was one."""

    def note_news(self, alert: str, found: Iterable[News], at: str, *, silent: bool = False) -> int:
        """Keep what an alert did not know yet, to be told once, and all keys of what it finds; return how many are new.

        With *silent* it only learns them: they are not told.
        """

    def gather_batch(self, alert: str) -> None:
        """Put all news of an alert that stand in no batch into a new one."""

    def waiting(self, alert: str) -> list[Batch]:
        """Return the batches that are not delivered, the oldest first."""

    def count_waiting(self, alert: str) -> int:
        """Return how many news of an alert are not delivered."""

    def told(self, alert: str, limit: int) -> list[tuple[str, News]]:
        """Return the last news of an alert with when they were found, delivered or not, the newest first."""

    def note_sent(self, batch: str, at: str) -> None:
        """Keep that a batch was delivered."""

    def note_failed(self, batch: str, error: str, next_try: str) -> None:
        """Keep that a batch could not be delivered, and when it is tried again."""

    def forget_news(self, before: str) -> int:
        """Delete news delivered before a time; what alerts know stays, so that nothing is told again. Return how many."""


class Alerts(Connected):
    """The part of the store that keeps alerts."""

    def alerts(self) -> list[Alert]:
        return [msgspec.json.decode(row[0], type=Alert) for row in self._all("SELECT data FROM alerts ORDER BY name")]

    def put_alert(self, alert: Alert) -> None:
        with self._transaction() as run:
            run("INSERT OR REPLACE INTO alerts (name, data) VALUES (?, ?)", (alert.name, msgspec.json.encode(alert).decode()))

    def drop_alert(self, name: str) -> bool:
        with self._transaction() as run:
            there = run("DELETE FROM alerts WHERE name = ?", (name,)).rowcount
            for table in ("alert_known", "alert_news", "alert_batches"):
                run(f"DELETE FROM {table} WHERE alert = ?", (name,))
        return bool(there)

    def note_news(self, alert: str, found: Iterable[News], at: str, *, silent: bool = False) -> int:
        new = 0
        with self._transaction() as run:
            for news in found:
                if not silent and not _knows(run, alert, news):
                    told = msgspec.json.encode(news).decode()
                    run("INSERT INTO alert_news (alert, event, at, data) VALUES (?, ?, ?, ?)", (alert, news.id, at, told))
                    new += 1
                for key in {news.id, *news.keys}:
                    run("INSERT OR IGNORE INTO alert_known (alert, key) VALUES (?, ?)", (alert, key))
        return new

    def gather_batch(self, alert: str) -> None:
        with self._transaction() as run:
            rows = run("SELECT n, event FROM alert_news WHERE alert = ? AND batch IS NULL ORDER BY n", (alert,)).fetchall()
            if rows:
                parts = (alert, str(rows[0][0]), *(row[1] for row in rows))
                batch = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_BATCH_DIGITS]
                run("INSERT INTO alert_batches (id, alert) VALUES (?, ?)", (batch, alert))
                run("UPDATE alert_news SET batch = ? WHERE alert = ? AND batch IS NULL", (batch, alert))

    def waiting(self, alert: str) -> list[Batch]:
        batches = []
        for row in self._all("SELECT id, attempts, next, error FROM alert_batches WHERE alert = ? ORDER BY id", (alert,)):
            rows = self._all("SELECT n, data FROM alert_news WHERE batch = ? AND sent IS NULL ORDER BY n", (row["id"],))
            news = tuple(msgspec.json.decode(one["data"], type=News) for one in rows)
            if news:
                batch = Batch(id=row["id"], alert=alert, news=news, attempts=row["attempts"], next=row["next"], error=row["error"])
                batches.append((rows[0]["n"], batch))
        return [batch for _, batch in sorted(batches, key=lambda pair: pair[0])]

    def count_waiting(self, alert: str) -> int:
        return int(self._all("SELECT count(*) FROM alert_news WHERE alert = ? AND sent IS NULL", (alert,))[0][0])

    def told(self, alert: str, limit: int) -> list[tuple[str, News]]:
        rows = self._all("SELECT at, data FROM alert_news WHERE alert = ? ORDER BY n DESC LIMIT ?", (alert, limit))
        return [(row["at"], msgspec.json.decode(row["data"], type=News)) for row in rows]

    def note_sent(self, batch: str, at: str) -> None:
        with self._transaction() as run:
            run("UPDATE alert_news SET sent = ? WHERE batch = ? AND sent IS NULL", (at, batch))
            run("DELETE FROM alert_batches WHERE id = ?", (batch,))

    def note_failed(self, batch: str, error: str, next_try: str) -> None:
        with self._transaction() as run:
            run("UPDATE alert_batches SET attempts = attempts + 1, next = ?, error = ? WHERE id = ?", (next_try, error, batch))

    def forget_news(self, before: str) -> int:
        with self._transaction() as run:
            return int(run("DELETE FROM alert_news WHERE sent IS NOT NULL AND sent < ?", (before,)).rowcount)


def _knows(run: Run, alert: str, news: News) -> bool:
    keys = [news.id, *news.keys]
    marks = ", ".join("?" * len(keys))
    return run(f"SELECT 1 FROM alert_known WHERE alert = ? AND key IN ({marks}) LIMIT 1", (alert, *keys)).fetchone() is not None
