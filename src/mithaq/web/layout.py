"""Where the nodes of a graph stand: pulled together by what joins them, pushed apart otherwise; the same graph always looks the same."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from mithaq.answers.graph import Network, Node

WIDTH = 1000.0
_ROUNDS = 110
_APART_ROUNDS = 60
_GOLDEN = math.pi * (3 - math.sqrt(5))  # the angle by which no two spokes of a spiral meet
_LETTER = 7.2  # width of a letter of a label, in units of the drawing
_LINE = 17.0
_MARGIN = 14.0
_LONGEST = 26  # letters of a label
_ROOM = 8500.0  # for each node, in square units

Box = tuple[float, float]  # half the width, half the height of a circle with its label


class Spot(msgspec.Struct, frozen=True, kw_only=True):
    """A node's circle and its label beneath it, in units of the drawing."""

    node: Node
    label: str
    x: float
    y: float
    r: float


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """An edge as a line; ``number`` is its place among the network's edges, ``width`` grows with its happenings."""

    number: int
    source: str
    target: str
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Nodes that hang together, by their number: their points, and the room that they take."""

    points: dict[int, tuple[float, float]]
    width: float
    height: float


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A graph drawn: its height (it is :data:`WIDTH` wide), lines beneath, spots above."""

    height: float
    lines: tuple[Line, ...]
    spots: tuple[Spot, ...]


def draw_graph(network: Network, names: Sequence[str]) -> Drawing:
    """Return where everything of a network stands; *names* are the labels of its nodes, in their order.

    Those that nothing joins to the others stand apart, side by side as far as there is room.
    """
    labels = [name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…" for name in names]
    radii = [round(5 + 2.2 * math.sqrt(min(node.happenings, 100)), 1) for node in network.nodes]
    boxes = [(max(r, len(label) * _LETTER / 2), r + _LINE / 2) for r, label in zip(radii, labels, strict=True)]
    places = {node.id: place for place, node in enumerate(network.nodes)}
    joints = [(places[e.source], places[e.target], 1 + math.log(e.weight)) for e in network.edges]
    points, height = _set_rows([_lay_out(members, joints, boxes) for members in _groups(len(labels), joints)])
    spots = tuple(
        Spot(node=node, label=label, x=round(px, 1), y=round(py, 1), r=r)
        for node, label, (px, py), r in zip(network.nodes, labels, (points[n] for n in range(len(labels))), radii, strict=True)
    )
    return Drawing(height=round(height), lines=_draw_lines(network, joints, spots), spots=spots)


def _set_rows(groups: Sequence[Group]) -> tuple[dict[int, tuple[float, float]], float]:
    """Set groups side by side, as many in a row as there is room for, each row in the middle; return all points, and the height."""
    rows: list[list[Group]] = []
    for group in groups:
        if rows and sum(one.width + _MARGIN for one in rows[-1]) + group.width <= WIDTH:
            rows[-1].append(group)
        else:
            rows.append([group])
    points: dict[int, tuple[float, float]] = {}
    y = 0.0
    for row in rows:
        x = (WIDTH - sum(group.width + _MARGIN for group in row) + _MARGIN) / 2
        for group in row:
            points |= {member: (px + x, py + y) for member, (px, py) in group.points.items()}
            x += group.width + _MARGIN
        y += max(group.height for group in row) + _MARGIN
    return points, y


def _draw_lines(network: Network, joints: Sequence[tuple[int, int, float]], spots: Sequence[Spot]) -> tuple[Line, ...]:
    lines = []
    for number, ((a, b, _), edge) in enumerate(zip(joints, network.edges, strict=True)):
        (x1, y1), (x2, y2) = (spots[a].x, spots[a].y), (spots[b].x, spots[b].y)
        width = round(min(9.0, 0.9 + 1.1 * math.log2(edge.weight)), 1)
        lines.append(Line(number=number, source=edge.source, target=edge.target, x1=x1, y1=y1, x2=x2, y2=y2, width=width))
    return tuple(lines)


def _groups(count: int, joints: Sequence[tuple[int, int, float]]) -> list[list[int]]:
    """Return the nodes that hang together, the largest group first, the strongest node first in each."""
    group = list(range(count))

    def root(n: int) -> int:
        while group[n] != n:
            n = group[n]
        return n

    for a, b, _ in joints:
        low, high = sorted((root(a), root(b)))
        group[high] = low
    found: dict[int, list[int]] = {}
    for n in range(count):
        found.setdefault(root(n), []).append(n)
    return sorted(found.values(), key=lambda members: (-len(members), members))


def _lay_out(
    members: Sequence[int], joints: Sequence[tuple[int, int, float]], boxes: Sequence[Box]
) -> Group:
    """Return the points of one group, from 0, 0 on, and the width and height that they take with their labels."""
    at = {member: place for place, member in enumerate(members)}
    inside = [(at[a], at[b], strength) for a, b, strength in joints if a in at]
    mine = [boxes[member] for member in members]
    area = len(members) * _ROOM
    width = min(WIDTH, 1.05 * math.sqrt(area))
    points = _pull(len(members), inside)
    _part(points, mine, width, area / width)
    left = min(x - half for (x, _), (half, _) in zip(points, mine, strict=True)) - _MARGIN
    top = min(y - tall for (_, y), (_, tall) in zip(points, mine, strict=True)) - _MARGIN
    right = max(x + half for (x, _), (half, _) in zip(points, mine, strict=True)) + _MARGIN
    bottom = max(y + tall for (_, y), (_, tall) in zip(points, mine, strict=True)) + _MARGIN + _LINE / 2
    placed = {member: (x - left, y - top) for member, (x, y) in zip(members, points, strict=True)}
    return Group(points=placed, width=right - left, height=bottom - top)


def _pull(count: int, joints: Sequence[tuple[int, int, float]]) -> list[list[float]]:
    """Return points around 0, 0 after Fruchterman and Reingold (1991): from a spiral, with ever smaller steps; 1 is the ideal distance."""
    points = [[0.7 * math.sqrt(n) * math.cos(n * _GOLDEN), 0.7 * math.sqrt(n) * math.sin(n * _GOLDEN)] for n in range(count)]
    for turn in range(_ROUNDS):
        moves = [[-x * 0.08, -y * 0.08] for x, y in points]
        _repel(points, moves)
        for a, b, strength in joints:
            dx, dy = points[a][0] - points[b][0], points[a][1] - points[b][1]
            pull = math.hypot(dx, dy) * strength * 0.18
            moves[a][0] -= dx * pull
            moves[a][1] -= dy * pull
            moves[b][0] += dx * pull
            moves[b][1] += dy * pull
        step = 0.6 * (1 - turn / _ROUNDS) + 0.01
        for point, (dx, dy) in zip(points, moves, strict=True):
            scale = min(1.0, step / (math.hypot(dx, dy) or 1.0))
            point[0] += dx * scale
            point[1] += dy * scale
    return points


def _repel(points: Sequence[Sequence[float]], moves: list[list[float]]) -> None:
    for a, (ax, ay) in enumerate(points):
        mine = moves[a]
        for b in range(a):
            dx, dy = ax - points[b][0], ay - points[b][1]
            push = 1 / (dx * dx + dy * dy + 0.01)
            mine[0] += dx * push
            mine[1] += dy * push
            moves[b][0] -= dx * push
            moves[b][1] -= dy * push


def _part(points: list[list[float]], boxes: Sequence[Box], width: float, height: float) -> None:
    """Stretch the points over so much room, and push them apart until no label lies on another; nobody leaves the width of the drawing."""
    _stretch(points, width, height)
    for _ in range(_APART_ROUNDS):
        clear = True
        for a, (half_a, tall_a) in enumerate(boxes):
            for b in range(a):
                half_b, tall_b = boxes[b]
                dx, dy = points[a][0] - points[b][0], points[a][1] - points[b][1]
                over_x, over_y = half_a + half_b + 6 - abs(dx), tall_a + tall_b + 8 - abs(dy)
                if over_x <= 0 or over_y <= 0:
                    continue
                clear = False
                axis = 0 if over_x < over_y else 1
                shift = (over_x if axis == 0 else over_y) / 2 * (1 if (dx, dy)[axis] >= 0 else -1)
                points[a][axis] += shift
                points[b][axis] -= shift
        for point, (half, _) in zip(points, boxes, strict=True):
            most = WIDTH / 2 - _MARGIN - half
            point[0] = min(most, max(-most, point[0]))
        if clear:
            return


def _stretch(points: list[list[float]], width: float, height: float) -> None:
    for axis, size in ((0, width), (1, height)):
        low, high = min(point[axis] for point in points), max(point[axis] for point in points)
        for point in points:
            point[axis] = ((point[axis] - low) / ((high - low) or 1.0) - 0.5) * size * 0.86
