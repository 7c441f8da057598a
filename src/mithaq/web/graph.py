"""Who met whom, drawn and as a table: every node leads to its page, every edge to the happenings behind it; and for other programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from mithaq.answers.graph import Edge, Network, Node, Who, behind, draw_network, side_of
from mithaq.errors import QuestionError
from mithaq.export.graphs import Edge as SentEdge
from mithaq.export.graphs import Network as SentNetwork
from mithaq.export.graphs import Node as SentNode
from mithaq.export.graphs import print_gexf, print_graphml
from mithaq.model.vocabulary import EVENT_TYPES
from mithaq.store.browse import Narrow
from mithaq.store.browse_world import Head, Meeting
from mithaq.web.api import PROBLEM, Format, api, give
from mithaq.web.api import Asked as Asking
from mithaq.web.asking import MissingError, read_narrow, read_number, said
from mithaq.web.files import FileFormat, asked_format, give_file, give_table
from mithaq.web.layout import WIDTH, draw_graph
from mithaq.web.lists import choices
from mithaq.web.readers import Desk
from mithaq.web.show import Page, environment, href, show, site_of
from mithaq.web.speech import Speech, choose_language, speech

pages = APIRouter(include_in_schema=False)

SIZES = (30, 60, 120)
WHO: tuple[Who, ...] = ("all", "sides", "names")
_HAPPENINGS = 60
FORMATS: dict[str, FileFormat] = {
    "gexf": ("application/gexf+xml", "gexf"), "graphml": ("application/graphml+xml", "graphml"), "svg": ("image/svg+xml", "svg"),
    "csv": ("text/csv", "csv"), "json": ("application/json", "json"),
}  # fmt: skip


_EXAMPLE = {
    "nodes": [{"id": "side-OM", "name": "OM", "kind": "side", "country": "OM", "happenings": 13, "partners": 9}],
    "edges": [{"source": "side-DJ", "target": "side-OM", "kind": "met", "happenings": ["h35c950"], "types": ["meeting"], "topics": [],
               "first": "2026-01-20", "last": "2026-01-20"}],
    "all_nodes": 49, "all_edges": 99,
}  # fmt: skip


class Asked(Narrow, frozen=True, kw_only=True):
    """What the graph is narrowed to, besides what every list is: whom it shows, around whom, how many."""

    who: Who = "all"
    around: str | None = None
    most: int = SIZES[1]


def read_asked(request: Request) -> Asked:
    """Return what the address asks for; raises QuestionError when it cannot be."""
    narrow = read_narrow(request)
    who = said(request, "who") or "all"
    if who not in WHO:
        raise QuestionError(f"a graph cannot show {who!r}; it can show {', '.join(WHO)}")
    most = read_number(request, "most", SIZES[-1]) if said(request, "most") else SIZES[1]
    around = said(request, "around")
    fields = {name: getattr(narrow, name) for name in narrow.__struct_fields__}
    return Asked(**fields, who=who, around=around, most=most)


@pages.get("/graph")
async def graph(request: Request) -> Response:
    """The strongest of those who met, narrowed by time, topic, country and kind; ``format`` gives it to other programs."""
    asked, format = read_asked(request), asked_format(request, FORMATS)
    if format:
        return await _file(request, asked, format)

    def answer(desk: Desk, messages: Speech) -> Page:
        network = _network(desk, asked)
        names = _names(desk, network.nodes, messages)
        drawing = desk.keep(("drawing", asked, messages.lang), lambda _: draw_graph(network, list(names.values())))
        shown: dict[str, Any] = {"network": network, "drawing": drawing, "names": names, "narrow": asked, "kinds": EVENT_TYPES}
        shown |= {"sizes": SIZES, "whose": WHO, "width": int(WIDTH), "place_of": place_of, "formats": FORMATS, "alone": False}
        shown |= {"edge_place": lambda edge: _edge_place(edge, asked), "center": _center(desk, asked, messages)}
        return Page("graph.html", {**shown, **choices(desk)})

    return await show(request, answer)


@pages.get("/graph/{a}/{b}")
async def edge(request: Request, a: str, b: str) -> Response:
    """The happenings behind one edge."""
    asked = read_asked(request)
    number = read_number(request, "page")

    def answer(desk: Desk, messages: Speech) -> Page:
        heads = _heads(desk)
        ends = [_node(key, heads) for key in (a, b)]
        found = behind(_meetings(desk, asked), heads, ends[0].id, ends[1].id)
        here = found[(number - 1) * _HAPPENINGS : number * _HAPPENINGS]
        full = desk.store.happenings_of(meeting.id for meeting in here)
        names = _names(desk, ends, messages)
        shown = {"ends": [(place_of(node), names[node.id]) for node in ends], "total": len(found)}
        more = number + 1 if len(found) > number * _HAPPENINGS else None
        return Page("graph_edge.html", {**shown, "rows": [full[m.id] for m in here if m.id in full], "next_page": more})

    return await show(request, answer)


_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"example": _EXAMPLE}, "text/csv": {"schema": {"type": "string"}}}}, 400: PROBLEM, 404: PROBLEM,
}  # fmt: skip


@api.get("/graph", summary="Who met whom", responses=_ANSWER)
async def graph_for_programs(
    request: Request,
    narrow: Asking,
    who: Annotated[Who, Query(description="whom it shows: everybody, sides alone, people and bodies alone")] = "all",
    around: Annotated[str | None, Query(max_length=40, description="around one node", examples=["side-MA"])] = None,
    most: Annotated[int, Query(ge=1, le=SIZES[-1], description="nodes at most, the strongest")] = SIZES[1],
    format: Format = "json",
) -> Response:
    """The strongest nodes and what joins them: the happenings in which both took part. As CSV the edges alone."""
    asked = Asked(**{name: getattr(narrow, name) for name in narrow.__struct_fields__}, who=who, around=around, most=most)
    english = speech("en")

    def rows(network: Network) -> list[dict[str, Any]]:
        names = {node.id: name_of(node, english) for node in network.nodes}
        return [_row(edge, names) for edge in network.edges]

    return await give(request, lambda desk: _network(desk, asked), rows=rows)


def _heads(desk: Desk) -> dict[str, Head]:
    return desk.keep("heads", lambda d: d.store.heads())


def _plain(asked: Asked) -> Narrow:
    """Return what happenings are narrowed to, so that views of the same ones share them."""
    return Narrow(**{name: getattr(asked, name) for name in Narrow.__struct_fields__})


def _meetings(desk: Desk, asked: Asked) -> list[Meeting]:
    narrow = _plain(asked)
    return desk.keep(("meetings", narrow), lambda d: d.store.meetings(narrow))


def _network(desk: Desk, asked: Asked) -> Network:
    around = asked.around and (_node(asked.around, _heads(desk)).id)

    def gather(d: Desk) -> Network:
        return draw_network(_meetings(d, asked), _heads(d), who=asked.who, around=around, most=asked.most)

    return desk.keep(("network", asked), gather)


def _node(key: str, heads: dict[str, Head]) -> Node:
    """Return a node out of an address: the id of an entity, or a side; raises MissingError when there is none."""
    code = side_of(key)
    if code is None and key not in heads:
        raise MissingError(f"there is no person or body {key!r}, nor a side; a side is written side-MA")
    head = heads.get(key, Head("side", code or "", code))
    return Node(id=key, name=head.name, kind=head.kind, country=head.country, happenings=0, partners=0)


def _center(desk: Desk, asked: Asked, messages: Speech) -> str | None:
    """Return the name of the node around which the graph is drawn."""
    return next(iter(_names(desk, [_node(asked.around, _heads(desk))], messages).values())) if asked.around else None


def name_of(node: Node, messages: Speech) -> str:
    """Return the name of a node: of a side in the reader's language, of others as most pages print it."""
    code = side_of(node.id)
    return messages.side(code) if code else " ".join(node.name.split())


def _names(desk: Desk, nodes: Iterable[Node], messages: Speech) -> dict[str, str]:
    """Return the names that a reader knows nodes by, by id and in their order."""
    known = ((node, desk.store.entity(node.id)) for node in nodes)
    return {node.id: " ".join(messages.called(entity.names).split()) if entity else name_of(node, messages) for node, entity in known}


def place_of(node: Node) -> str:
    """Return the page of a node."""
    code = side_of(node.id)
    return f"/country/{code}" if code else f"/entity/{node.id}"


def _edge_place(edge: Edge, asked: Asked) -> str:
    kept = {"topic": asked.topic, "kind": asked.kind, "country": asked.country, "since": asked.since, "until": asked.until}
    return href(f"/graph/{edge.source}/{edge.target}", **kept, all=None if asked.relevant else 1)


async def _file(request: Request, asked: Asked, format: str) -> Response:
    """Give the graph as a file; a picture is that of the page, in its language."""
    lang = choose_language(request)
    messages = speech(lang)

    def look(desk: Desk) -> tuple[Network, dict[str, str]]:
        found = _network(desk, asked)
        return found, _names(desk, found.nodes, messages)

    network, names = await site_of(request).readers.ask(look)
    if format in ("csv", "json"):
        return give_table(request, [_row(edge, names) for edge in network.edges], format, "graph")
    if format == "svg":
        drawing = draw_graph(network, list(names.values()))
        told: dict[str, Any] = {"network": network, "drawing": drawing, "names": names, "width": int(WIDTH), "alone": True}
        told |= {"edge_place": lambda edge: _edge_place(edge, asked), "place_of": place_of, "t": messages.text, "tn": messages.count}
        template = environment().get_template("graph_drawing.svg")
        told |= {"lang": lang, "direction": messages.direction}
        return give_file(request, template.render(told).encode(), FORMATS[format], "graph")
    sent = _to_send(network, names)
    return give_file(request, print_gexf(sent) if format == "gexf" else print_graphml(sent), FORMATS[format], "graph")


def _row(edge: Edge, names: dict[str, str]) -> dict[str, Any]:
    return {
        "source": edge.source, "source_name": names[edge.source], "target": edge.target, "target_name": names[edge.target],
        "kind": edge.kind, "happenings": edge.weight, "types": list(edge.types), "topics": list(edge.topics),
        "first": edge.first, "last": edge.last, "events": list(edge.happenings),
    }  # fmt: skip


def _to_send(network: Network, names: dict[str, str]) -> SentNetwork:
    """Return the network as files for other programs carry it."""
    nodes = [SentNode(id=n.id, label=names[n.id], kind=n.kind, country=n.country or "") for n in network.nodes]
    edges = [
        SentEdge(
            source=e.source, target=e.target, weight=e.weight, kind=e.kind, events=" ".join(e.happenings), types=" ".join(e.types),
            topics=" ".join(e.topics), first=e.first or "", last=e.last or "",
        )
        for e in network.edges
    ]  # fmt: skip
    return SentNetwork(tuple(nodes), tuple(edges))
