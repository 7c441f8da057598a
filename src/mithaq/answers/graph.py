"""Who met whom: sides, people and bodies that took part in the same happenings, the strongest first; never those that are only mentioned.

Two sides are joined when both took part; a person or body is joined to those of other sides, and to the side acted for. Whoever's side no
page tells is joined to nobody: it would be a guess whom they met.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations
from typing import Literal

import msgspec

from mithaq.store.browse_world import Head, Meeting

MET, ACTS_FOR = "met", "acts_for"
Who = Literal["all", "sides", "names"]
_SIDE = "side-"


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A side or an entity: ``happenings`` that join it to others, and how many these are (``partners``).

    ``kind`` is "side", "person" or "body"; ``country`` a code.
    """

    id: str
    name: str
    kind: str
    country: str | None
    happenings: int
    partners: int


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """Two nodes and the happenings that join them; dates are YYYY, YYYY-MM or YYYY-MM-DD, ``types`` the commonest first."""

    source: str
    target: str
    kind: str
    happenings: tuple[str, ...]
    types: tuple[str, ...]
    topics: tuple[str, ...]
    first: str | None
    last: str | None

    @property
    def weight(self) -> int:
        """How many happenings there are."""
        return len(self.happenings)


class Network(msgspec.Struct, frozen=True, kw_only=True):
    """The strongest nodes and the edges among them, and how many there are in all."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    all_nodes: int
    all_edges: int

    @property
    def is_part(self) -> bool:
        """Say whether something was left out."""
        return len(self.nodes) < self.all_nodes or len(self.edges) < self.all_edges


def side_node(code: str) -> str:
    """Return the node of a country or organisation that is a side."""
    return f"{_SIDE}{code}"


def side_of(node: str) -> str | None:
    """Return the code of a node that is a side; None for an entity."""
    return node.removeprefix(_SIDE) if node.startswith(_SIDE) else None


def met(taking: Mapping[str, str | None]) -> list[tuple[str, str]]:
    """Return who met whom among those who took part, given the side that each acts for: sides met sides, people and bodies each other."""
    return [(a, b) for a, b in combinations(sorted(taking), 2) if _meet(a, b, taking)]


def _meet(a: str, b: str, taking: Mapping[str, str | None]) -> bool:
    same_sort = (side_of(a) is None) == (side_of(b) is None)
    return same_sort and None not in (taking[a], taking[b]) and taking[a] != taking[b]


def taking_part(meeting: Meeting, heads: Mapping[str, Head]) -> dict[str, str | None]:
    """Return the nodes of all who took part, each with the side acted for where the pages tell it."""
    taking: dict[str, str | None] = {side_node(code): code for code in meeting.parties}
    for entity in meeting.who:
        if entity in heads:
            country = heads[entity].country
            taking[entity] = country if country in meeting.parties else None
    return taking


def join(meeting: Meeting, heads: Mapping[str, Head]) -> list[tuple[str, str, str]]:
    """Return what a happening joins: (node, node, kind of the edge), the lesser node first."""
    taking = taking_part(meeting, heads)
    joined = [(a, b, MET) for a, b in met(taking)]
    for node, side in taking.items():
        if side is not None and side_of(node) is None:
            a, b = sorted((node, side_node(side)))
            joined.append((a, b, ACTS_FOR))
    return joined


def draw_network(
    meetings: Iterable[Meeting], heads: Mapping[str, Head], *, who: Who = "all", around: str | None = None, most: int = 60
) -> Network:
    """Return the network of some happenings: its *most* strongest nodes, or those *around* one, and the edges among them.

    Its order depends on the content alone: most happenings first, of equals the sides, then by id.
    """
    found: defaultdict[tuple[str, str, str], list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        for joint in join(meeting, heads):
            if _wanted(joint, who):
                found[joint].append(meeting)
    if around is not None:
        near = {around}.union(*({a, b} for a, b, _ in found if around in (a, b)))
        found = defaultdict(list, {joint: told for joint, told in found.items() if joint[0] in near and joint[1] in near})
    strength: defaultdict[str, set[str]] = defaultdict(set)
    partners: Counter[str] = Counter()
    for (a, b, _), told in found.items():
        for node in (a, b):
            strength[node].update(meeting.id for meeting in told)
            partners[node] += 1
    order = sorted(strength, key=lambda node: (node != around, -len(strength[node]), side_of(node) is None, node))
    kept = set(order[:most])
    edges = [_edge(joint, told) for joint, told in found.items() if joint[0] in kept and joint[1] in kept]
    edges.sort(key=lambda e: (-e.weight, e.kind != MET, e.source, e.target))
    edges = edges[: most * 4]
    # Whoever stands alone once the weaker ones are gone would only fill the drawing.
    used = {end for e in edges for end in (e.source, e.target)}
    nodes = tuple(_node(node, heads, len(strength[node]), partners[node]) for node in order if node in used)
    return Network(nodes=nodes, edges=tuple(edges), all_nodes=len(order), all_edges=len(found))


def behind(meetings: Iterable[Meeting], heads: Mapping[str, Head], a: str, b: str) -> list[Meeting]:
    """Return the happenings that join two nodes, the latest first."""
    ends = tuple(sorted((a, b)))
    found = [meeting for meeting in meetings if any(ends == (x, y) for x, y, _ in join(meeting, heads))]
    return sorted(found, key=lambda m: (m.date or "", m.id), reverse=True)


def _wanted(joint: tuple[str, str, str], who: Who) -> bool:
    sides = [side_of(node) is not None for node in joint[:2]]
    return who == "all" or (all(sides) if who == "sides" else not any(sides))


def _edge(joint: tuple[str, str, str], told: Collection[Meeting]) -> Edge:
    days = sorted(meeting.date for meeting in told if meeting.date)
    return Edge(
        source=joint[0],
        target=joint[1],
        kind=joint[2],
        happenings=tuple(meeting.id for meeting in told),
        types=_commonest(meeting.type for meeting in told),
        topics=_commonest(topic for meeting in told for topic in meeting.topics),
        first=days[0] if days else None,
        last=days[-1] if days else None,
    )


def _commonest(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _node(node: str, heads: Mapping[str, Head], happenings: int, partners: int) -> Node:
    code = side_of(node)
    head = heads.get(node)
    return Node(
        id=node,
        name=code or (head.name if head else node),
        kind="side" if code else (head.kind if head else "person"),
        country=code or (head.country if head else None),
        happenings=happenings,
        partners=partners,
    )
