"""The map of pairs: every country one square of equal size, without borders, joined by arcs that lead to the dossier of two."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from mithaq.errors import KnowledgeError
from mithaq.store.browse import Row, Tally
from mithaq.web.asking import read_narrow
from mithaq.web.files import asked_format, give_table
from mithaq.web.lists import choices
from mithaq.web.readers import Desk, tally_sides
from mithaq.web.show import Page, show, site_of
from mithaq.web.speech import Speech

pages = APIRouter(include_in_schema=False)

ARCS = 40
_STEP, _SIZE = 40, 36  # from square to square, and a square, in units of the drawing
_EMPTY = ".."
_LEVELS = 5
_ORGANISATION = 2  # squares that the code of an organisation takes


class Square(msgspec.Struct, frozen=True, kw_only=True):
    """A side on the map: its place in units of the drawing, how many pages, and the strength of its colour (0 to 5)."""

    code: str
    x: int
    y: int
    width: int
    pages: int
    level: int


class Arc(msgspec.Struct, frozen=True, kw_only=True):
    """A pair on the map: a curve (an SVG path) whose width grows with its pages."""

    a: str
    b: str
    pages: int
    path: str
    width: float


class Map(msgspec.Struct, frozen=True, kw_only=True):
    """The map drawn; width and height in units of the drawing."""

    width: int
    height: int
    squares: tuple[Square, ...]
    arcs: tuple[Arc, ...]


@pages.get("/map")
async def world_map(request: Request) -> Response:
    """Who works with whom, on the map; ``format`` gives the pairs as a file."""
    narrow, format = read_narrow(request), asked_format(request)
    if format:
        rows = await site_of(request).readers.ask(lambda desk: desk.store.tally_pairs(narrow, limit=1000))
        return give_table(request, rows, format, "pairs")

    def answer(desk: Desk, _: Speech) -> Page:
        sides = tally_sides(desk, narrow)
        pairs = desk.keep(("pairs of", narrow), lambda d: d.store.tally_pairs(narrow, limit=ARCS + 1))
        shown = {"map": draw_map(sides, pairs[:ARCS]), "rows": pairs[:ARCS], "is_part": len(pairs) > ARCS, "most": ARCS, "narrow": narrow}
        return Page("map.html", {**shown, **choices(desk)})

    return await show(request, answer)


@cache
def read_world() -> Mapping[str, tuple[int, int]]:
    """Return column and row of every country in the drawing ``world.txt``; raises KnowledgeError when one stands twice."""
    places: dict[str, tuple[int, int]] = {}
    lines = (files("mithaq.web") / "world.txt").read_text("utf-8").splitlines()
    for row, line in enumerate(line for line in lines if line.strip() and not line.startswith("#")):
        for column, code in enumerate(line.split()):
            if code in places:
                raise KnowledgeError(f"web/world.txt: {code} stands twice; leave one of them out")
            if code != _EMPTY:
                places[code] = (column, row)
    return places


def draw_map(sides: Sequence[Tally], pairs: Sequence[Row]) -> Map:
    """Return squares for all countries, those without pages too, a row of the other sides beneath them, and arcs for the pairs."""
    world = read_world()
    counts = {str(tally.value): tally.n for tally in sides if tally.value}
    most = max(counts.values(), default=1)
    width = _STEP * (max(column for column, _ in world.values()) + 1)
    bottom = _STEP * (max(row for _, row in world.values()) + 1)
    squares = [_square(code, column * _STEP, row * _STEP, _SIZE, counts, most) for code, (column, row) in sorted(world.items())]
    named = {str(row[end]) for row in pairs for end in ("a", "b")} | set(counts)
    others = sorted(named - set(world), key=lambda code: (-counts.get(code, 0), code))
    x, y = 0, bottom + _STEP // 2
    for code in others:
        wide = _SIZE if len(code) == 2 else _STEP * _ORGANISATION - (_STEP - _SIZE)
        if x + wide > width:
            x, y = 0, y + _STEP
        squares.append(_square(code, x, y, wide, counts, most))
        x += wide + _STEP - _SIZE
    height = y + _STEP if others else bottom
    places = {square.code: (square.x + square.width / 2, square.y + _SIZE / 2) for square in squares}
    return Map(width=width, height=height, squares=tuple(squares), arcs=tuple(_arc(row, places) for row in reversed(pairs)))


def _square(code: str, x: int, y: int, width: int, counts: Mapping[str, int], most: int) -> Square:
    pages = counts.get(code, 0)
    level = min(_LEVELS, 1 + int((_LEVELS - 0.01) * math.log1p(pages) / math.log1p(most))) if pages else 0
    return Square(code=code, x=x, y=y, width=width, pages=pages, level=level)


def _arc(row: Row, places: Mapping[str, tuple[float, float]]) -> Arc:
    a, b, pages = str(row["a"]), str(row["b"]), int(row["pages"] or 0)
    (x1, y1), (x2, y2) = places[a], places[b]
    # The curve bends to one side, so that arcs on one line do not lie on each other.
    bend = 0.18
    x, y = (x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - (x2 - x1) * bend
    path = f"M{x1:g} {y1:g}Q{x:g} {y:g} {x2:g} {y2:g}"
    return Arc(a=a, b=b, pages=pages, path=path, width=round(1.5 + math.log2(1 + pages), 1))
