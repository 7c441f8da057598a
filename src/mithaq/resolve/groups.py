"""Make groups of what is one: surest pairs first, never against what holds two apart; the same groups whatever the order of arrival."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

_CLOSE = 1.0  # two bearers of a name whose odds differ by less: nobody can tell whose it is


class Edge(NamedTuple):
    """Two that may be one, a < b, and the logarithm of the odds that they are; ``met``: they are named in the same company.

    Who is named in the same company is one even where a page gives the wrong country.
    """

    a: int
    b: int
    odds: float
    met: bool = False


class Graph(NamedTuple):
    """All that is known of some things.

    ``same`` and ``apart`` are people's decisions; ``alone`` those that a person has set apart from all others. ``pages`` tells on which
    pages each stands: two that stand on one page are two, unless ``twice`` says that the page names one of them twice. ``clash`` says of
    two whether their names exclude that they are one. ``countries`` are those of which each may be, where that is known; ``words`` how many
    words of its name are.
    """

    edges: Sequence[Edge]
    same: Sequence[tuple[int, int]]
    apart: frozenset[tuple[int, int]]
    alone: frozenset[int]
    pages: Mapping[int, frozenset[str]]
    countries: Mapping[int, frozenset[str]]
    words: Mapping[int, int]
    clash: Callable[[int, int], bool]
    twice: Callable[[int, int], bool]


class Groups(NamedTuple):
    """The groups, each sorted; of each thing how surely it belongs; pairs to ask about; and decisions to be one that others contradict."""

    groups: list[list[int]]
    odds: dict[int, float]
    asked: list[Edge]
    refused: list[tuple[int, int]]


class _Group:
    """What grows while pairs are joined."""

    __slots__ = ("countries", "members", "pages")

    def __init__(self, number: int, graph: Graph) -> None:
        self.members = [number]
        self.pages = {page: [number] for page in graph.pages.get(number, ())}
        self.countries = graph.countries.get(number)

    def take(self, other: _Group) -> None:
        self.members += other.members
        if self.countries is None or other.countries is None:
            self.countries = self.countries or other.countries
        else:
            self.countries = (self.countries & other.countries) or self.countries
        for page, numbers in other.pages.items():
            self.pages.setdefault(page, []).extend(numbers)


class _Growing:
    """Groups that are joined pair by pair."""

    def __init__(self, graph: Graph, numbers: Iterable[int]) -> None:
        self._graph = graph
        self.of = {number: _Group(number, graph) for number in numbers}
        self._enemies: defaultdict[int, set[int]] = defaultdict(set)
        for a, b in graph.apart:
            self._enemies[a].add(b)
            self._enemies[b].add(a)

    def join(self, a: int, b: int) -> None:
        small, large = sorted((self.of[a], self.of[b]), key=lambda group: len(group.members))
        large.take(small)
        for member in small.members:
            self.of[member] = large

    def decided_apart(self, a: int, b: int) -> bool:
        small, large = sorted((self.of[a], self.of[b]), key=lambda group: len(group.members))
        return any(self.of.get(enemy) is large for member in small.members for enemy in self._enemies.get(member, ()))

    def may_join(self, edge: Edge) -> bool:
        """Say whether nothing holds the groups of two apart: a decision, a page on which both stand, countries, names."""
        one, two = self.of[edge.a], self.of[edge.b]
        if not edge.met and one.countries is not None and two.countries is not None and one.countries.isdisjoint(two.countries):
            return False
        return not (self.decided_apart(edge.a, edge.b) or self._meet(one, two) or self._clash(one, two))

    def _meet(self, one: _Group, two: _Group) -> bool:
        small, large = sorted((one.pages, two.pages), key=len)
        twice = self._graph.twice
        return any(not twice(x, y) for page, numbers in small.items() if page in large for x in numbers for y in large[page])

    def _clash(self, one: _Group, two: _Group) -> bool:
        return any(self._graph.clash(x, y) for x in one.members for y in two.members)


def make_groups(numbers: Iterable[int], graph: Graph, same: float, ask: float) -> Groups:
    """Group things: joined from odds *same* on, asked about from *ask* on.

    Decisions come first; of two that contradict each other the one that holds apart stands, and the other is told.
    """
    growing = _Growing(graph, sorted(numbers))
    odds: dict[int, float] = {}
    refused = []
    for a, b in sorted(graph.same):
        if growing.of[a] is growing.of[b]:
            continue
        if growing.decided_apart(a, b) or not graph.alone.isdisjoint((a, b)):
            refused.append((a, b))
        else:
            growing.join(a, b)
    edges = sorted((e for e in graph.edges if graph.alone.isdisjoint((e.a, e.b))), key=lambda e: (-e.odds, e.a, e.b))
    doubtful = _doubtful([edge for edge in edges if edge.odds >= same - _CLOSE], graph, same)
    for edge in edges:
        if edge.odds < same:
            break
        if edge.a in doubtful or edge.b in doubtful:
            continue
        if growing.of[edge.a] is growing.of[edge.b] or growing.may_join(edge):
            if growing.of[edge.a] is not growing.of[edge.b]:
                growing.join(edge.a, edge.b)
            for end in (edge.a, edge.b):
                odds[end] = max(odds.get(end, edge.odds), edge.odds)
    groups = {id(group): sorted(group.members) for group in growing.of.values()}
    return Groups(sorted(groups.values()), odds, _questions(edges, growing, ask), refused)


def _doubtful(edges: Sequence[Edge], graph: Graph, same: float) -> frozenset[int]:
    """Return those that fit two that are not one about equally well: a surname and its two bearers, a short name and two longer ones.

    What fits neither well enough to be it is in no doubt: it is somebody else.
    """
    fitting: defaultdict[int, list[tuple[float, int]]] = defaultdict(list)
    for edge in edges:
        for one, other in ((edge.a, edge.b), (edge.b, edge.a)):
            if graph.words[one] < graph.words[other] and (not fitting[one] or edge.odds > fitting[one][0][0] - _CLOSE):
                fitting[one].append((edge.odds, other))
    return frozenset(
        number
        for number, bearers in fitting.items()
        if bearers[0][0] >= same and any(graph.clash(bearers[0][1], other) for _, other in bearers[1:])
    )


def _questions(edges: Sequence[Edge], growing: _Growing, ask: float) -> list[Edge]:
    """Return the likeliest pair between any two groups that nothing holds apart."""
    best: dict[tuple[int, int], Edge] = {}
    for edge in edges:
        if edge.odds < ask:
            break
        one, two = growing.of[edge.a], growing.of[edge.b]
        between = (min(id(one), id(two)), max(id(one), id(two)))
        if one is not two and between not in best and growing.may_join(edge):
            best[between] = edge
    return sorted(best.values())
