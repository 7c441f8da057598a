"""How often a source is visited and how long a site is left in peace: pure arithmetic, in seconds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime
from random import Random

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
DELAY = 5.0  # between two requests to one site that asks for no other pace
FIRST_INTERVAL = 30 * MINUTE
SHORTEST, LONGEST, LONGEST_SILENT = 5 * MINUTE, 3 * HOUR, 12 * HOUR
SILENT = 7 * DAY  # a channel that brought nothing for so long is visited less often
MOST_TRIES = 6
LONGEST_REST = 7 * DAY  # whatever a site asks for, we come back after so long
_WAITS = (MINUTE, 10 * MINUTE, HOUR, 4 * HOUR, 12 * HOUR)
_SOON = 3  # failures after which a channel is no longer tried again within the hour
_SHARE = 0.25  # of the items that a feed holds: so many may be new at a visit, on average
_RECENT = 0.3  # weight of the last visit in the rate


def update_rate(rate: float | None, brought: int, since: float) -> float:
    """Return new addresses an hour, after a visit that brought so many, *since* seconds after the one before."""
    seen = brought / max(since / HOUR, 1 / 60)
    return seen if rate is None else _RECENT * seen + (1 - _RECENT) * rate


def next_interval(rate: float, listed: int, *, overflow: bool, interval: float, silent: float) -> float:
    """Return in how many seconds to come again: before a quarter of the *listed* items is new, never too often, never too seldom.

    *overflow*: nothing listed was known, so that some may have been missed; *silent* is for how many seconds nothing new came.
    """
    if overflow:
        return max(SHORTEST, interval / 4)
    wanted = HOUR * max(1.0, _SHARE * listed) / rate if rate > 0 else interval * 1.5
    return min(max(wanted, SHORTEST), LONGEST_SILENT if silent > SILENT else LONGEST)


def after_failure(interval: float, failures: int) -> float:
    """Return in how many seconds to visit a channel again that failed so often one after the other."""
    if failures <= _SOON:
        return before_retry(failures)
    return min(max(interval, HOUR) * float(2 ** min(failures - _SOON - 1, 8)), DAY)


def before_retry(tries: int) -> float:
    """Return how many seconds to wait before an address is tried again, after so many tries."""
    return _WAITS[min(tries, len(_WAITS)) - 1]


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return how many seconds a site wants to be left in peace (Retry-After: seconds, or a date); None when it does not say."""
    said = headers.get("retry-after", "").strip()
    if not said:
        return None
    if said.isdecimal():
        return min(float(said[:9]), LONGEST_REST)
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(moment.replace(tzinfo=moment.tzinfo or UTC).timestamp() - now, 0.0), LONGEST_REST)


def spread(seconds: float, chance: Random) -> float:
    """Return about so many seconds, a tenth more or less, so that visits do not come all at once."""
    return seconds * chance.uniform(0.9, 1.1)
