"""What a collector must remember: whom to ask and when, what was found and asked for; what changes together is one transaction."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import msgspec

from mithaq.store.connected import Connected, Row, Run
from mithaq.store.erasing import hash_address

State = Literal[
    "waiting", "fetched", "kept", "other", "same", "unread", "listed", "passed", "closed", "gone", "failed", "moved"
]  # fmt: skip
_WEEK = 7 * 86400.0
AT_A_TIME = 1000  # addresses of a listing that are written together


class ChannelRow(msgspec.Struct, frozen=True, kw_only=True):
    """An address at which a source tells what is new, and how its visits went; see the migration for each field."""

    n: int
    source: str
    kind: str
    address: str
    at: str
    host: str
    followed: bool
    due: float
    interval: float
    since: str | None
    etag: str | None
    modified: str | None
    hash: str | None
    visits: int
    brought: int
    rate: float | None
    asked: float | None
    succeeded: float | None
    brought_at: float | None
    failures: int
    hops: int
    reason: str


class AddressRow(msgspec.Struct, frozen=True, kw_only=True):
    """An address that was found; see the migration for each field."""

    n: int
    key: str
    url: str
    host: str
    source: str
    channel: int | None
    kind: str
    title: str
    stamp: str | None
    since: str | None
    state: State
    due: float
    tries: int
    reads: int
    hops: int
    etag: str | None
    modified: str | None
    hash: str | None
    reason: str


class HostRow(msgspec.Struct, frozen=True, kw_only=True):
    """A site: when it may be asked again, its rules, and since when they are known."""

    host: str
    free: float = 0.0
    robots: str | None = None
    robots_at: float | None = None
    robots_state: Literal["unknown", "known", "closed"] = "unknown"
    failures: int = 0


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """One request and its outcome; ``status`` is None when no answer came, ``bytes`` counts what was unpacked."""

    at: float
    url: str
    host: str
    source: str
    what: str
    status: int | None
    outcome: str
    bytes: int = 0
    seconds: float = 0.0


class NewAddress(msgspec.Struct, frozen=True, kw_only=True):
    """An address to be remembered; ``state`` "passed" ones are never asked for, but known from now on."""

    key: str
    url: str
    host: str
    title: str = ""
    stamp: str | None = None
    kind: str = "page"
    since: str | None = None
    state: State = "waiting"
    reason: str = ""
    hops: int = 0


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """How collecting from a source goes: times in seconds since 1970, ``found`` of the last seven days, the others of all time.

    ``failing`` channels are those whose last visit failed, ``reason`` says why for one of them.
    """

    source: str
    channels: int
    followed: int
    failing: int
    reason: str
    due: float | None
    asked: float | None
    succeeded: float | None
    brought_at: float | None
    found: int = 0
    states: dict[str, int] = {}


class Fetched(msgspec.Struct, frozen=True):
    """A page that waits to be read, as it was fetched."""

    address: AddressRow
    data: bytes
    sidecar: bytes


_OF_CHANNEL = ", ".join(ChannelRow.__struct_fields__)
_OF_ADDRESS = ", ".join(AddressRow.__struct_fields__)
_OF_HOST = ", ".join(HostRow.__struct_fields__)


class Schedule(Connected):
    """The part of the store that a collector writes."""

    def follow(self, source: str, channels: Iterable[tuple[str, str, str]], now: float, interval: float) -> int:
        """Visit channels (kind, address, host) of a source from now on; return how many are new. Known ones are due again."""
        new = 0
        with self._transaction() as run:
            for kind, address, host in channels:
                known = run("UPDATE channels SET followed = 1, source = ? WHERE address = ?", (source, address)).rowcount
                if not known:
                    run(
                        "INSERT INTO channels (source, kind, address, at, host, due, interval) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (source, kind, address, address, host, now, interval),
                    )
                    new += 1
        return new

    def unfollow(self, source: str) -> int:
        """Visit a source no longer; return how many channels it has. What is known of them stays."""
        with self._transaction() as run:
            return run("UPDATE channels SET followed = 0 WHERE source = ? AND followed = 1", (source,)).rowcount

    def channels(self) -> list[ChannelRow]:
        """Return all channels, by source and kind."""
        return [_channel(row) for row in self._all(f"SELECT {_OF_CHANNEL} FROM channels ORDER BY source, kind, address")]

    def make_due(self, sources: Sequence[str], now: float, since: str | None = None) -> int:
        """Make all channels of some sources due now, without any named those of all; with *since* sitemaps are asked back to that day."""
        marks = ", ".join("?" * len(sources))
        chosen = f"source IN ({marks})" if sources else "followed = 1"
        with self._transaction() as run:
            done = run(f"UPDATE channels SET due = min(due, ?) WHERE followed = 1 AND {chosen}", (now, *sources)).rowcount
            if since is not None:
                # The whole sitemap is wanted, changed or not.
                wanted = f"UPDATE channels SET since = ?, etag = NULL, modified = NULL, hash = NULL WHERE kind = 'sitemap' AND {chosen}"
                run(wanted, (since, *sources))
        return done

    def waiting_hosts(self) -> list[str]:
        """Return every host of which something is to be asked, now or later."""
        waiting = "SELECT host FROM addresses WHERE state = 'waiting'"
        found = self._all(f"SELECT host FROM channels WHERE followed = 1 UNION {waiting} ORDER BY 1")
        return [row[0] for row in found]

    def next_due(self, host: str, channels_until: float | None = None) -> float | None:
        """Return when something is due of a host, None when nothing is; channels due later than *channels_until* do not count."""
        row = self._one(
            "SELECT min(due) FROM (SELECT min(due) AS due FROM channels WHERE followed = 1 AND host = ?1 AND (?2 IS NULL OR due <= ?2) "
            "UNION ALL SELECT min(due) FROM addresses WHERE state = 'waiting' AND host = ?1) AS both_kinds",
            (host, channels_until),
        )
        return row[0] if row else None

    def next_work(self, host: str, now: float, channels_until: float | None = None) -> ChannelRow | AddressRow | None:
        """Return what is to be asked of a host next: a channel that is due before pages, for feeds forget; None when nothing is due."""
        until = now if channels_until is None else min(now, channels_until)
        clause = "followed = 1 AND host = ? AND due <= ? ORDER BY due, n LIMIT 1"
        row = self._one(f"SELECT {_OF_CHANNEL} FROM channels WHERE {clause}", (host, until))
        if row is not None:
            return _channel(row)
        clause = "state = 'waiting' AND host = ? AND due <= ? ORDER BY due, n LIMIT 1"
        row = self._one(f"SELECT {_OF_ADDRESS} FROM addresses WHERE {clause}", (host, now))
        return _address(row) if row is not None else None

    def host(self, name: str) -> HostRow:
        """Return what is known of a host."""
        row = self._one(f"SELECT {_OF_HOST} FROM hosts WHERE host = ?", (name,))
        return HostRow(**dict(row)) if row is not None else HostRow(host=name)

    def reserve(self, host: str, free: float) -> None:
        """Note before a request until when its host is left in peace, so that a killed collector is as polite as one that was not."""
        with self._transaction() as run:
            run("INSERT INTO hosts (host, free) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET free = excluded.free", (host, free))

    def keep_rules(self, row: HostRow, request: Request) -> None:
        """Keep what a host said of its rules."""
        with self._transaction() as run:
            names = HostRow.__struct_fields__
            news = ", ".join(f"{name} = excluded.{name}" for name in names[1:])
            marks = ", ".join("?" * len(names))
            run(f"INSERT INTO hosts ({_OF_HOST}) VALUES ({marks}) ON CONFLICT (host) DO UPDATE SET {news}", msgspec.structs.astuple(row))
            _record(run, request)

    def note_unreachable(self, host: str, reason: str, now: float) -> None:
        """Note at the channels of a host that it could not even be asked for its rules; they are due as before."""
        with self._transaction() as run:
            run("UPDATE channels SET failures = failures + 1, reason = ?, asked = ? WHERE host = ?", (reason, now, host))

    def add(self, found: Iterable[NewAddress], source: str, channel: int | None, now: float) -> int:
        """Remember addresses, each once; return how many are new and wait. Those whose page changed since it was kept wait once more."""
        new = 0
        batch: list[NewAddress] = []
        for one in found:
            batch.append(one)
            if len(batch) >= AT_A_TIME:
                new += self._add(batch, source, channel, now)
                batch.clear()
        return new + (self._add(batch, source, channel, now) if batch else 0)

    def _add(self, found: Sequence[NewAddress], source: str, channel: int | None, now: float) -> int:
        with self._transaction() as run:
            return sum(_insert(run, one, source, channel, now) for one in found)

    def knows(self, key: str) -> bool:
        """Say whether an address was found before."""
        return self._one("SELECT 1 FROM addresses WHERE key = ?", (key,)) is not None

    def visited(self, channel: ChannelRow, request: Request) -> None:
        """Keep how a visit to a channel went."""
        names = [name for name in ChannelRow.__struct_fields__ if name not in ("n", "source", "kind", "address", "followed")]
        values = [getattr(channel, name) for name in names]
        with self._transaction() as run:
            run(f"UPDATE channels SET {', '.join(f'{name} = ?' for name in names)} WHERE n = ?", (*values, channel.n))
            _record(run, request)

    def catch_up(self, source: str, now: float) -> None:
        """Make the sitemaps of a source due: its feed showed only new items, so that some may have left it unseen."""
        with self._transaction() as run:
            run("UPDATE channels SET due = min(due, ?) WHERE source = ? AND kind = 'sitemap'", (now, source))

    def settle(self, address: AddressRow, request: Request | None = None) -> None:
        """Keep what became of an address; its page is let go of."""
        with self._transaction() as run:
            _settle(run, address)
            if request is not None:
                _record(run, request)

    def take(self, address: AddressRow, data: bytes, sidecar: bytes, request: Request) -> None:
        """Keep a fetched page until it is read: from here on nothing is asked for twice, whatever happens."""
        with self._transaction() as run:
            _settle(run, address)
            run(
                "UPDATE addresses SET page = ?, sidecar = ?, fetched = ? WHERE n = ?",
                (zlib.compress(data, 1), sidecar.decode(), request.at, address.n),
            )
            _record(run, request)

    def move(self, address: AddressRow, to: NewAddress, request: Request) -> bool:
        """Keep that an address redirects: it stays known, and where it leads is asked for; say whether that was new."""
        with self._transaction() as run:
            _settle(run, address)
            _record(run, request)
            return _insert(run, to, address.source, address.channel, request.at)

    def begin_reading(self, n: int) -> None:
        """Count that a fetched page is about to be read: one that kills its reader twice is given up."""
        with self._transaction() as run:
            run("UPDATE addresses SET reads = reads + 1 WHERE n = ?", (n,))

    def fetched(self, limit: int = 16) -> list[Fetched]:
        """Return pages that wait to be read, the first fetched first."""
        found = self._all(f"SELECT {_OF_ADDRESS}, page, sidecar AS kept FROM addresses WHERE state = 'fetched' ORDER BY n LIMIT {limit}")
        return [Fetched(_address(row), zlib.decompress(row["page"]), (row["kept"] or "").encode()) for row in found]

    def same_bytes(self, address: AddressRow, digest: str) -> bool:
        """Say whether another address of the same site gave exactly these bytes: a notice in place of pages, or a page under two names."""
        clause = "hash = ? AND host = ? AND n <> ? AND state <> 'waiting'"
        return self._one(f"SELECT 1 FROM addresses WHERE {clause} LIMIT 1", (digest, address.host, address.n)) is not None

    def requests(self, limit: int = 1000) -> list[Request]:
        """Return the last requests, the latest first."""
        names = ", ".join(Request.__struct_fields__)
        return [Request(**dict(row)) for row in self._all(f"SELECT {names} FROM requests ORDER BY n DESC LIMIT {int(limit)}")]

    def sources(self, now: float) -> list[SourceRow]:
        """Return every source that was ever followed, or of which somebody named an address, with how collecting goes."""
        rows = self._all(
            "SELECT source, count(*) AS channels, sum(followed) AS followed, "
            "sum(CASE WHEN followed = 1 AND failures > 0 THEN 1 ELSE 0 END) AS failing, "
            "max(CASE WHEN followed = 1 THEN reason ELSE '' END) AS reason, min(CASE WHEN followed = 1 THEN due END) AS due, "
            "max(asked) AS asked, max(succeeded) AS succeeded, max(brought_at) AS brought_at FROM channels GROUP BY source ORDER BY source"
        )
        states: dict[str, dict[str, int]] = {}
        for source, state, number in self._all("SELECT source, state, count(*) FROM addresses GROUP BY source, state"):
            states.setdefault(source, {})[state] = number
        week = self._all("SELECT source, count(*) FROM addresses WHERE found >= ? AND state <> 'passed' GROUP BY 1", (now - _WEEK,))
        found = {row[0]: row[1] for row in week}
        return [SourceRow(**dict(row), found=found.get(row["source"], 0), states=states.get(row["source"], {})) for row in rows]

    def states(self) -> dict[str, int]:
        """Return how many addresses there are in each state."""
        return {row[0]: int(row[1]) for row in self._all("SELECT state, count(*) FROM addresses GROUP BY state ORDER BY state")}

    def failed(self, limit: int = 200) -> Iterator[AddressRow]:
        """Yield addresses that were given up or are forbidden, the latest first."""
        clause = f"state IN ('failed', 'closed', 'unread') ORDER BY n DESC LIMIT {int(limit)}"
        yield from (_address(row) for row in self._all(f"SELECT {_OF_ADDRESS} FROM addresses WHERE {clause}"))


def _insert(run: Run, one: NewAddress, source: str, channel: int | None, now: float) -> bool:
    """Write one address where it is new; say whether it waits now and did not before."""
    known = run("SELECT n, state, stamp FROM addresses WHERE key = ?", (one.key,)).fetchone()
    if known is None:
        if run("SELECT 1 FROM erased WHERE hash = ?", (hash_address(one.key),)).fetchone():
            return False  # somebody had it erased: it is never asked for again
        run(
            "INSERT INTO addresses (key, url, host, source, channel, kind, title, stamp, since, found, state, due, reason, hops) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (one.key, one.url, one.host, source, channel, one.kind, one.title, one.stamp, one.since, now, one.state, now, one.reason,
             one.hops),
        )  # fmt: skip
        return one.state == "waiting"
    if one.state != "waiting" or known["state"] in ("waiting", "fetched", "moved"):
        return False
    changed = one.stamp is not None and known["stamp"] is not None and one.stamp > known["stamp"]
    if one.kind in ("sitemap", "section") or (changed and known["state"] == "kept"):
        clause = "state = 'waiting', due = ?, stamp = ?, since = ?, tries = 0, reads = 0, hops = ? WHERE n = ?"
        run(f"UPDATE addresses SET {clause}", (now, one.stamp, one.since, one.hops, known["n"]))
        return True
    return False


def _settle(run: Run, address: AddressRow) -> None:
    names = [name for name in AddressRow.__struct_fields__ if name not in ("n", "key", "source", "channel", "kind", "title", "since")]
    values: list[Any] = [getattr(address, name) for name in names]
    run(f"UPDATE addresses SET {', '.join(f'{name} = ?' for name in names)}, page = NULL, sidecar = NULL WHERE n = ?", (*values, address.n))


def _record(run: Run, request: Request) -> None:
    names = Request.__struct_fields__
    sql = f"INSERT INTO requests ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
    run(sql, msgspec.structs.astuple(request))


def _channel(row: Row) -> ChannelRow:
    return ChannelRow(**{name: row[name] for name in ChannelRow.__struct_fields__} | {"followed": bool(row["followed"])})


def _address(row: Row) -> AddressRow:
    return AddressRow(**{name: row[name] for name in AddressRow.__struct_fields__})
