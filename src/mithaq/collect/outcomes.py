"""What a request leads to: the next visit of a channel, new addresses, a page to be read, another try, or none."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from random import Random
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from msgspec.structs import replace

from mithaq.collect import pace
from mithaq.collect.fetch import LATER, Answer, check_page
from mithaq.collect.listing import Listed, Listing, read_listing
from mithaq.collect.paths import day_in, join, same_site
from mithaq.collect.robots import text_of_answer
from mithaq.collect.tasks import Result
from mithaq.errors import GoneError, InputError, LaterError
from mithaq.store.address import address_key
from mithaq.store.schedule import AddressRow, ChannelRow, HostRow, NewAddress, Request, Schedule

if TYPE_CHECKING:
    from mithaq.collect.collector import Keeper

MOST_HOPS = 5
RECENT = 3 * pace.DAY  # what a sitemap dates longer ago is not asked for, unless somebody wants it
MOST_ONWARD = 5  # further pages of a section
_UNDATED_MAPS = 5  # sitemaps at each end of an index that does not date them
_FEW = 5  # new items that are no sign of a feed that has run over
_BUSY = frozenset({429, 503})
_CANONICAL = re.compile(
    rb"<link\b(?=[^>]*\brel\s*=\s*[\"']?canonical\b)[^>]*\bhref\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE
)
_HEAD = 65536  # bytes in which a page gives its canonical address


class Passing(Protocol):
    """Says of a headline why its page need not be fetched, None when it must be."""

    def __call__(self, title: str, tags: tuple[str, ...]) -> str | None: ...


class Outcomes:
    """Writes down what requests led to; ``touched`` are the hosts of which something new is due, ``tally`` counts."""

    def __init__(self, schedule: Schedule, keeper: Keeper, passing: Passing, chance: Random, tally: Counter[str]) -> None:
        self._schedule, self._keeper, self._passing, self._chance, self._tally = schedule, keeper, passing, chance, tally
        self.touched: set[str] = set()

    # Hosts

    def learn_rules(self, result: Result, known: HostRow, now: float) -> HostRow:
        """Keep the rules of a host; a host that cannot say them is left alone, or asked by those that it gave before."""
        # Where not even the rules may be asked for (a private machine), the request itself will be refused, and say why.
        text = text_of_answer(result.answer.status, result.answer.data) if result.answer else None if result.later else ""
        if text is not None:
            row = replace(known, robots=text, robots_at=now, robots_state="known", failures=0)
        else:
            failures = known.failures + 1
            wait = pace.before_retry(min(failures, pace.MOST_TRIES))
            at = now - pace.DAY + pace.HOUR if known.robots is not None else None
            row = replace(known, robots_at=at, robots_state="known" if known.robots is not None else "closed", failures=failures)
            if known.robots is None:
                row = replace(row, free=max(row.free, now + wait))
                said = result.reason or f"the site answers {result.answer.status if result.answer else 0} when asked for its robots.txt"
                self._schedule.note_unreachable(known.host, said, now)
        self._schedule.keep_rules(row, result.request(now, "rules" if text is not None else "no rules"))
        return row

    def rest_of(self, result: Result, now: float) -> float:
        """Return for how many seconds a host wants to be left in peace after this answer; 0.0 when it does not say."""
        answer = result.answer
        if answer is None or answer.status not in _BUSY:
            row = self._schedule.host(result.task.host)
            return max(row.free - now, 0.0) if result.task.work is None and row.robots_state == "closed" else 0.0
        return pace.retry_after(answer.headers, now) or pace.MINUTE

    def forbid(self, work: ChannelRow | AddressRow, now: float) -> None:
        """Keep that a site's rules forbid to ask for something."""
        reason = "the site's robots.txt asks programs not to read this"
        if isinstance(work, AddressRow):
            self._tally["closed"] += 1
            self._schedule.settle(replace(work, state="closed", reason=reason))
        else:
            request = Request(at=now, url=work.at, host=work.host, source=work.source, what=work.kind, status=None, outcome="closed")
            self._fail(work, reason, request, now)

    def take(self, result: Result, now: float) -> None:
        """Keep what came of a request for a channel or an address."""
        work = result.task.work
        if isinstance(work, ChannelRow):
            self._tally["visits"] += 1
            self._take_visit(work, result, now)
        elif isinstance(work, AddressRow):
            self._take_answer(replace(work, tries=work.tries + 1), result, now)

    # Channels

    def _take_visit(self, channel: ChannelRow, result: Result, now: float) -> None:
        answer = result.answer
        if answer is None or answer.status not in (200, 304):
            if answer is not None and answer.moved:
                self._follow(channel, answer.moved, result, now)
            else:
                reason = result.reason if answer is None else f"the site answers {answer.status}"
                rest = pace.retry_after(answer.headers, now) if answer else None
                self._fail(channel, reason, result.request(now, "failed"), now, rest)
            return
        digest = hashlib.sha256(answer.data).hexdigest() if answer.status == 200 else channel.hash
        if answer.status == 304 or digest == channel.hash:
            self._succeed(channel, answer, digest, 0, 0, result.request(now, "unchanged"), now)
            return
        try:
            floor = channel.since or _day(now - RECENT)
            listing = read_listing(answer.data, answer.url, section=channel.kind == "section", floor=floor, charset=answer.charset)
        except (EOFError, zlib.error, ValueError) as error:
            self._fail(channel, f"the {channel.kind} is damaged ({error})", result.request(now, "damaged"), now)
            return
        if listing is None:
            self._fail(channel, f"there is no {channel.kind} at this address any more", result.request(now, "no listing"), now)
            return
        listed, new = self._add(listing, channel.source, channel.n, now, since=channel.since, first=not channel.visits, depth=0)
        self._succeed(channel, answer, digest, listed, new, result.request(now, f"{new} new of {listed}"), now)

    def _follow(self, channel: ChannelRow, to: str, result: Result, now: float) -> None:
        """Ask at once where a channel has moved to, but not in a circle."""
        if channel.hops >= MOST_HOPS:
            reason = f"it redirects more than {MOST_HOPS} times"
            self._fail(replace(channel, at=channel.address, host=host_key(channel.address)), reason, result.request(now, "circle"), now)
            return
        host = host_key(to)
        self.touched.add(host)
        self._schedule.visited(replace(channel, at=to, host=host, due=now, hops=channel.hops + 1, asked=now), result.request(now, "moved"))

    def _fail(self, channel: ChannelRow, reason: str, request: Request, now: float, rest: float | None = None) -> None:
        failures = channel.failures + 1
        wait = max(pace.spread(pace.after_failure(channel.interval, failures), self._chance), rest or 0.0)
        home = channel.address if channel.hops or failures > 1 else channel.at
        self.touched.add(host_key(home))
        failed = replace(
            channel, at=home, host=host_key(home), due=now + wait, failures=failures, hops=0, asked=now, reason=reason, etag=None,
            modified=None, hash=None,
        )  # fmt: skip
        self._schedule.visited(failed, request)

    def _succeed(
        self, channel: ChannelRow, answer: Answer, digest: str | None, listed: int, new: int, request: Request, now: float
    ) -> None:
        rate = channel.rate
        overflow = bool(channel.visits) and channel.kind == "feed" and new == listed >= _FEW
        if channel.visits and channel.succeeded is not None:
            rate = pace.update_rate(rate, new, now - channel.succeeded)
        brought_at = now if new else channel.brought_at
        silent = now - (brought_at if brought_at is not None else channel.asked or now)
        interval = pace.next_interval(rate or 0.0, listed or 20, overflow=overflow, interval=channel.interval, silent=silent)
        if overflow:
            self._schedule.catch_up(channel.source, now)
        done = replace(
            channel, due=now + pace.spread(interval if channel.visits else channel.interval, self._chance),
            interval=interval if channel.visits else channel.interval, since=None, hash=digest,
            etag=answer.headers.get("etag", channel.etag if answer.status == 304 else None),
            modified=answer.headers.get("last-modified", channel.modified if answer.status == 304 else None),
            visits=channel.visits + 1, brought=channel.brought + new, rate=rate, asked=now, succeeded=now, brought_at=brought_at,
            failures=0, hops=0, reason="",
        )  # fmt: skip
        self._schedule.visited(done, request)

    # What listings name

    def _add(
        self, listing: Listing, source: str, channel: int | None, now: float, *, since: str | None, first: bool, depth: int
    ) -> tuple[int, int]:
        """Remember what a listing names; return how many addresses it names, and how many of them are new and wait."""
        counted = _Counted(listing.items)
        if listing.shape == "index":
            found: Iterable[NewAddress] = self._maps(counted, since, now)
        elif listing.shape == "sitemap":
            found = self._dated(counted, since, first, now)
        else:
            found = (self._new(item) for item in counted)
        new = self._schedule.add(self._noted(found), source, channel, now)
        # What is new stands first: only a page that is new for the better part hides more behind it.
        if listing.onward and new and 2 * new >= counted.number and depth < MOST_ONWARD:
            onward = NewAddress(key=_key(listing.onward), url=listing.onward, host=host_key(listing.onward), kind="section", hops=depth + 1)
            self._schedule.add([onward], source, channel, now)
        self._tally["found"] += new if listing.shape != "index" else 0
        return counted.number, new

    def _noted(self, found: Iterable[NewAddress]) -> Iterator[NewAddress]:
        for one in found:
            self.touched.add(one.host)
            self._tally["passed"] += one.state == "passed" and not self._schedule.knows(one.key)
            yield one

    def _new(self, item: Listed) -> NewAddress:
        reason = self._passing(item.title, item.tags) if item.title or item.tags else None
        return NewAddress(
            key=_key(item.url), url=item.url, host=host_key(item.url), title=item.title[:500], stamp=item.stamp,
            state="passed" if reason else "waiting", reason=reason or "",
        )  # fmt: skip

    def _dated(self, items: Iterable[Listed], since: str | None, first: bool, now: float) -> Iterator[NewAddress]:
        """Yield what a sitemap names since a day; what bears no date is new only when an earlier visit did not see it."""
        floor = since or _day(now - RECENT)
        for item in items:
            stamp = item.stamp or day_in(item.url)
            if stamp is None and (first or since):
                yield replace(self._new(item), state="passed", reason="the sitemap does not date it, and it was there before")
            elif stamp is None or stamp[:10] >= floor[: len(stamp[:10])]:
                yield self._new(item)

    def _maps(self, items: Iterable[Listed], since: str | None, now: float) -> Iterator[NewAddress]:
        """Yield the sitemaps of an index that may hold what is wanted; of undated ones the first and the last."""
        floor = since or _day(now - RECENT)
        every = list(items)
        undated = [item for item in every if item.stamp is None]
        chosen = undated if since else list(dict.fromkeys([*undated[:_UNDATED_MAPS], *undated[-_UNDATED_MAPS:]]))
        for item in [*chosen, *(item for item in every if item.stamp is not None and item.stamp[:10] >= floor[: len(item.stamp[:10])])]:
            key = f"sitemap:{item.url}"
            yield NewAddress(key=key, url=item.url, host=host_key(item.url), stamp=item.stamp, kind="sitemap", since=since)

    # Addresses

    def _take_answer(self, address: AddressRow, result: Result, now: float) -> None:
        answer = result.answer
        if answer is None:
            self._try_again(address, result.reason, result, now) if result.later else self._give_up(address, result.reason, result, now)
        elif answer.moved:
            self._move(address, answer.moved, result, now)
        elif answer.status == 304:
            self._tally["same"] += 1
            self._schedule.settle(replace(address, state="kept"), result.request(now, "unchanged"))
        elif answer.status in LATER:
            rest = pace.retry_after(answer.headers, now) or 0.0
            self._try_again(address, f"{address.url}: the site cannot answer now ({answer.status})", result, now, rest)
        elif answer.status == 200 and address.kind != "page" and self._take_list(address, answer, result, now):
            return
        else:
            self._take_page(address, answer, result, now)

    def _take_list(self, address: AddressRow, answer: Answer, result: Result, now: float) -> bool:
        """Keep what a listing at an address names; say False when it is none."""
        try:
            floor = address.since or _day(now - RECENT)
            listing = read_listing(answer.data, answer.url, section=address.kind == "section", floor=floor, charset=answer.charset)
        except (EOFError, zlib.error, ValueError) as error:
            self._give_up(address, f"{address.url}: the {address.kind} is damaged ({error})", result, now)
            return True
        if listing is None:
            return False
        depth = address.hops if address.kind == "section" else 0
        first = address.hash is None
        listed, new = self._add(listing, address.source, address.channel, now, since=address.since, first=first, depth=depth)
        digest = hashlib.sha256(answer.data).hexdigest()
        done = replace(address, state="listed", hash=digest, hops=0, reason=f"{new} new of {listed}")
        self._schedule.settle(done, result.request(now, done.reason))
        return True

    def _take_page(self, address: AddressRow, answer: Answer, result: Result, now: float) -> None:
        try:
            check_page(address.url, answer.status, answer.kind)
        except GoneError as error:
            self._tally["gone"] += 1
            self._keeper.withdraw(address.url)
            self._schedule.settle(replace(address, state="gone", reason=_short(error, address)), result.request(now, "gone"))
            return
        except LaterError as error:
            self._try_again(address, str(error), result, now)
            return
        except InputError as error:
            self._give_up(address, str(error), result, now)
            return
        digest = hashlib.sha256(answer.data).hexdigest()
        tags = {name: answer.headers.get(header) for name, header in (("etag", "etag"), ("modified", "last-modified"))}
        got = replace(address, hash=digest, etag=tags["etag"], modified=tags["modified"], reason="")
        if digest == address.hash or self._schedule.same_bytes(got, digest) or self._is_second_address(got, answer, now):
            self._tally["same"] += 1
            state = "kept" if digest == address.hash else "same"
            self._schedule.settle(replace(got, state=state), result.request(now, "same"))
            return
        known = {"url": answer.url, "retrieved": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds")}
        sidecar = known | ({"charset": answer.charset} if answer.charset else {})
        self._schedule.take(replace(got, state="fetched"), answer.data, json.dumps(sidecar).encode(), result.request(now, "fetched"))

    def _is_second_address(self, address: AddressRow, answer: Answer, now: float) -> bool:
        """Say whether a page calls another address its own that is known already; one that is not known will not be asked for."""
        found = _CANONICAL.search(answer.data, 0, _HEAD)
        own = join(answer.url, found[1].decode("utf-8", "replace").replace("&amp;", "&")) if found else None
        key = address_key(own) if own and same_site(own, answer.url) else None
        if own is None or key is None or key == address.key:
            return False
        if self._schedule.knows(key):
            return True
        second = NewAddress(key=key, url=own, host=host_key(own), state="passed", reason=f"it is the page of {address.url}")
        self._schedule.add([second], address.source, address.channel, now)
        return False

    def _move(self, address: AddressRow, to: str, result: Result, now: float) -> None:
        """Ask for the place to which an address redirects, in its turn, and never in a circle."""
        hops = address.hops + 1
        if hops > MOST_HOPS:
            self._give_up(address, f"{address.url}: it redirects more than {MOST_HOPS} times", result, now)
            return
        key = _key(to) if address.kind != "sitemap" else f"sitemap:{to}"
        self.touched.add(host_key(to))
        request = result.request(now, "moved")
        if key == address.key:
            self._schedule.settle(replace(address, url=to, host=host_key(to), due=now, hops=hops), request)
            return
        there = NewAddress(
            key=key, url=to, host=host_key(to), title=address.title, stamp=address.stamp, kind=address.kind, since=address.since, hops=hops
        )
        self._schedule.move(replace(address, state="moved", reason=to), there, request)

    def _try_again(self, address: AddressRow, reason: str, result: Result, now: float, rest: float = 0.0) -> None:
        if address.tries >= pace.MOST_TRIES:
            self._give_up(address, reason, result, now)
            return
        due = now + max(pace.spread(pace.before_retry(address.tries), self._chance), rest)
        self._schedule.settle(replace(address, state="waiting", due=due, reason=_short(reason, address)), result.request(now, "later"))

    def _give_up(self, address: AddressRow, reason: str, result: Result, now: float) -> None:
        self._tally["failed"] += 1
        if address.channel is None:
            # A person named it, and wants to know. What feeds name in vain stays in the record of the source.
            self._keeper.give_up(address.url, reason)
        self._schedule.settle(replace(address, state="failed", reason=_short(reason, address)), result.request(now, "failed"))


class _Counted:
    """Items gone through once, and counted."""

    def __init__(self, items: Iterable[Listed]) -> None:
        self._items, self.number = items, 0

    def __iter__(self) -> Iterator[Listed]:
        for item in self._items:
            self.number += 1
            yield item


def host_key(url: str) -> str:
    """Return the host of an address with its port, as it is left in peace."""
    return urlsplit(url).netloc.lower()


def _key(url: str) -> str:
    return address_key(url) or url


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()


def _short(reason: Exception | str, address: AddressRow) -> str:
    return str(reason).removeprefix(f"{address.url}: ")[:500]
