"""How often somebody may try: to sign in, to change something, to write a comment."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque

_MOST_KEYS = 10_000  # people who are remembered; the one who was longest quiet is forgotten first


class Limit:
    """So many tries in so many seconds, for each key of its own."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most = most
        self.seconds = seconds
        self._tries: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, key: str) -> int:
        """Return in how many seconds *key* may try again, 0 for now; does not count as a try."""
        with self._lock:
            tries = self._fresh(key)
            return int(tries[0] + self.seconds - time.monotonic()) + 1 if len(tries) >= self.most else 0

    def note(self, key: str) -> None:
        """Count a try."""
        with self._lock:
            self._fresh(key).append(time.monotonic())

    def take(self, key: str) -> int:
        """Count a try and return 0, or return in how many seconds the next one is allowed."""
        seconds = self.wait(key)
        if not seconds:
            self.note(key)
        return seconds

    def take_back(self, key: str) -> None:
        """Do not count the last try: it was none of those that are limited."""
        with self._lock:
            tries = self._fresh(key)
            if tries:
                tries.pop()

    def forget(self, key: str) -> None:
        """Begin anew for somebody."""
        with self._lock:
            self._tries.pop(key, None)

    def _fresh(self, key: str) -> deque[float]:
        tries = self._tries.setdefault(key, deque(maxlen=self.most))
        self._tries.move_to_end(key)
        while len(self._tries) > _MOST_KEYS:
            self._tries.popitem(last=False)
        oldest = time.monotonic() - self.seconds
        while tries and tries[0] <= oldest:
            tries.popleft()
        return tries
