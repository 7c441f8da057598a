"""Put together what is one thing: groups out of pairs that are probably the same, within what people said must be together or apart.

The two groups that fit best are joined first, by the mean of what their members' pairs say, until no two fit well enough. The result
depends on the items and pairs alone, never on the order in which they come.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

# Anything that can be sorted and looked up: a key, a tuple of words and numbers.
Item = TypeVar("Item", str, tuple[str, int], tuple[str, str, int])

_SURE = 1e-6  # no single pair is surer than this


class Clusters(NamedTuple, Generic[Item]):
    """The groups, members and groups sorted; ``conflicts`` are pairs that were to be together, and could not be for others apart."""

    groups: tuple[tuple[Item, ...], ...]
    conflicts: tuple[tuple[Item, Item], ...]


def cluster(
    items: Iterable[Item],
    pairs: Mapping[tuple[Item, Item], float],
    *,
    together: Iterable[tuple[Item, Item]] = (),
    apart: Iterable[tuple[Item, Item]] = (),
    threshold: float = 0.5,
    unknown: float | None = None,
) -> Clusters[Item]:
    """Return the groups of *items*, single ones included.

    *pairs* gives the probability (0 to 1) that two items are one, *unknown* that of pairs which it does not name; None leaves these out of
    the mean. Two groups are joined from *threshold* on, and never when two of their members are to stay *apart*. Items that stand only in
    *pairs*, *together* or *apart* are left out.
    """
    return _Grouping(sorted(set(items)), pairs, None if unknown is None else _odds(unknown)).solve(together, apart, _odds(threshold))


def _odds(probability: float) -> float:
    bounded = min(max(probability, _SURE), 1 - _SURE)
    return math.log(bounded / (1 - bounded))


def group_apart(
    items: Iterable[str], pairs: Mapping[tuple[str, str], float], apart: Iterable[tuple[str, str]], threshold: float
) -> tuple[tuple[str, ...], ...]:
    """Return the groups of *items* as :func:`cluster` makes them, pairs that nobody compared left out of the mean."""
    return cluster(items, pairs, apart=apart, threshold=threshold).groups


class _Grouping(Generic[Item]):
    """Groups under way; each is known by the place of its first member among the sorted items."""

    def __init__(self, items: list[Item], pairs: Mapping[tuple[Item, Item], float], unknown: float | None) -> None:
        self._items: list[Item] = items
        self._unknown = unknown
        self._place: dict[Item, int] = {item: n for n, item in enumerate(items)}
        self._home = list(range(len(items)))
        self._members = {n: [n] for n in range(len(items))}
        self._apart: dict[int, set[int]] = {n: set() for n in self._members}
        # What the pairs between two groups say in all: the sum of their log-odds, and how many they are.
        self._links: dict[int, dict[int, tuple[float, int]]] = {n: {} for n in self._members}
        for (a, b), probability in sorted(pairs.items()):
            one, other = self._place.get(a), self._place.get(b)
            if one is not None and other is not None and one != other:
                self._links[one][other] = self._links[other][one] = (_odds(probability), 1)

    def solve(self, together: Iterable[tuple[Item, Item]], apart: Iterable[tuple[Item, Item]], least: float) -> Clusters[Item]:
        for one, other in self._known(apart):
            if one != other:
                self._apart[one].add(other)
                self._apart[other].add(one)
        conflicts = []
        for one, other in self._known(together):
            a, b = sorted((self._home[one], self._home[other]))
            if b in self._apart[a]:
                conflicts.append((self._items[one], self._items[other]))
            elif a != b:
                self._join(a, b)
        self._join_best(least)
        groups = tuple(tuple(self._items[n] for n in sorted(members)) for _, members in sorted(self._members.items()))
        return Clusters(groups, tuple(conflicts))

    def _known(self, pairs: Iterable[tuple[Item, Item]]) -> list[tuple[int, int]]:
        found = {(self._place[a], self._place[b]) for a, b in pairs if a in self._place and b in self._place}
        return sorted({(min(pair), max(pair)) for pair in found})

    def _join_best(self, least: float) -> None:
        """Join the two groups that fit best, again and again."""
        heap = [(-self._mean(a, b), a, b) for a, others in self._links.items() for b in others if a < b]
        heapq.heapify(heap)
        while heap:
            against, a, b = heapq.heappop(heap)
            if -against < least:
                return
            # Groups that grew since are in the heap once more, with what they are worth now.
            if b not in self._links.get(a, ()) or self._mean(a, b) != -against or b in self._apart[a]:
                continue
            self._join(a, b)
            for c in self._links[a]:
                low, high = min(a, c), max(a, c)
                heapq.heappush(heap, (-self._mean(low, high), low, high))

    def _mean(self, a: int, b: int) -> float:
        total, number = self._links[a][b]
        if self._unknown is None:
            return total / number
        every = len(self._members[a]) * len(self._members[b])
        return (total + self._unknown * (every - number)) / every

    def _join(self, a: int, b: int) -> None:
        """Put group *b* into *a*, of which it is the later one."""
        moved = self._members.pop(b)
        self._members[a] += moved
        for n in moved:
            self._home[n] = a
        for c in self._apart.pop(b):
            self._apart[c].discard(b)
            self._apart[c].add(a)
            self._apart[a].add(c)
        self._links[a].pop(b, None)
        for c, (total, number) in sorted(self._links.pop(b).items()):
            if c != a:
                self._links[c].pop(b)
                known, count = self._links[a].get(c, (0.0, 0))
                self._links[a][c] = self._links[c][a] = (known + total, count + number)
