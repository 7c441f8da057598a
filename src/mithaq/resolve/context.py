"""What stands around two namings: are they named together with the same people, and at the same time?"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date

from mithaq.store.entities import Desk

_PAGES = 40  # of one profile that are looked at
_FULL_NAMES = "p:"  # how keys of people by more than a surname begin
_MET = 3  # keys that are shared when the same person is named beside both
_MONTH, _YEAR = 31, 366  # days


class Surroundings:
    """What stands around some pairs of profiles; *pages* tells where each profile stands."""

    def __init__(
        self, desk: Desk, pages: Mapping[int, frozenset[str]], pairs: Iterable[tuple[int, int]], surnames: Container[int]
    ) -> None:
        self._surnames = surnames
        self._pages = {number: sorted(pages.get(number, ()))[:_PAGES] for pair in pairs for number in pair}
        sources = sorted({source for chosen in self._pages.values() for source in chosen})
        self._peers = desk.peers_of(sources)
        keys = desk.keys_of(sorted({peer for peers in self._peers.values() for peer in peers}))
        self._keys = {number: frozenset(k for k in found if k.startswith(_FULL_NAMES)) for number, found in keys.items()}
        self._dates = {source: _days(day) for source, day in desk.published(sources).items()}
        self._companies: dict[int, frozenset[str]] = {}

    def signs(self, a: int, b: int) -> dict[str, float]:
        """Return what the surroundings of two profiles say for their being one: "met" and "near", 0 to 1; *surnames* are apart."""
        if a not in self._pages or b not in self._pages:
            return {}
        shared = (self._company(a) & self._company(b)) - self._keys.get(a, frozenset()) - self._keys.get(b, frozenset())
        signs = {"met": min(1.0, len(shared) / _MET)} if len(shared) > 1 else {}
        near = self._near(a, b)
        signs |= {"near": near} if near else {}
        # Of a mere surname its surroundings say all.
        return {f"surname {name}": value for name, value in signs.items()} if a in self._surnames or b in self._surnames else signs

    def _company(self, number: int) -> frozenset[str]:
        """Return the keys of all who are named on the pages of a profile beside it."""
        known = self._companies.get(number)
        if known is None:
            peers = {peer for source in self._pages[number] for peer in self._peers.get(source, ()) if peer != number}
            known = self._companies[number] = frozenset().union(*(self._keys.get(peer, frozenset()) for peer in peers))
        return known

    def _near(self, a: int, b: int) -> float:
        ours = [self._dates[source] for source in self._pages[a] if source in self._dates]
        theirs = [self._dates[source] for source in self._pages[b] if source in self._dates]
        gap = min((abs(x - y) for x in ours for y in theirs), default=None)
        if gap is None or gap > _YEAR:
            return 0.0
        return 1.0 if gap <= _MONTH else 0.5


def _days(day: str) -> int:
    """Return a date, known to the day, month or year, as a number of days."""
    return date.fromisoformat(day + "-01-01"[len(day) - 4 :] if len(day) < len("2024-01-01") else day).toordinal()
