"""Who met whom as a graph, in GEXF and GraphML: for Gephi, Cytoscape, networkx and other programs that draw and count networks.

Nodes are the sides, people and bodies that took part in events; two of different sides are joined when they took part in the same event,
and everybody is joined to the side acted for. An edge says in which events, of which kinds, on which topics, from when to when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from lxml import etree

from mithaq.answers.graph import ACTS_FOR, MET, met, side_node
from mithaq.export.exchange import Export, Terms, clean_xml, page_iri
from mithaq.export.losses import Tally
from mithaq.export.messages import Messages
from mithaq.export.parcel import Parcel, SentEvent

GEXF = "http://gexf.net/1.3"
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
# What nodes and edges say besides their label, in order, and of which type each is.
NODE_FIELDS: Mapping[str, str] = {"kind": "string", "country": "string", "names": "string", "office": "string"}
EDGE_FIELDS: Mapping[str, str] = {
    "kind": "string",
    "events": "string",
    "types": "string",
    "topics": "string",
    "first": "string",
    "last": "string",
    "pages": "string",
}
_BETWEEN = " "  # ids, kinds, topics and addresses hold no blank

CARRIED = {
    "events": ("parties", "people", "bodies", "date", "topics"),
    "people": ("other names", "country", "roles", "mentions"),
    "bodies": ("other names", "kind", "country", "code", "mentions"),
}
REASONS = {
    ("events", "quote"): "a graph holds no words of pages",
    ("events", "span"): "a graph holds no words of pages",
    ("events", "stage"): "an edge joins events of any stage",
    ("people", "mentions"): "a node has no place in a text",
    ("bodies", "mentions"): "a node has no place in a text",
    ("people", "body"): "only sides are joined to those who act for them",
}
_ALONE = "takes part in no event"
_ONE_SIDE = "only one side took part, nobody met anybody"


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody or a side; ``kind`` is "country", "organisation", "person" or the kind of a body."""

    id: str
    label: str
    kind: str
    country: str = ""
    names: str = ""
    office: str = ""


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """Two nodes and what joins them; ``weight`` counts events, lists are joined by blanks, dates are YYYY, YYYY-MM or YYYY-MM-DD."""

    source: str
    target: str
    weight: int
    kind: str = MET
    events: str = ""
    types: str = ""
    topics: str = ""
    first: str = ""
    last: str = ""
    pages: str = ""


class Network(msgspec.Struct, frozen=True):
    """Nodes and edges, each in a fixed order."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def write_gexf(parcel: Parcel, terms: Terms) -> Export:
    """Return the network as GEXF 1.3."""
    tally = Tally("gexf", parcel, CARRIED, REASONS)
    network = draw_network(parcel, Messages(terms.lang), tally)
    return Export(print_gexf(network) if network.nodes else b"", tally.report())


def print_gexf(network: Network) -> bytes:
    """Return a network as GEXF 1.3."""
    root = etree.Element(f"{{{GEXF}}}gexf", nsmap={None: GEXF}, version="1.3")  # type: ignore[dict-item]  # lxml's default namespace
    graph = _add(root, GEXF, "graph", mode="static", defaultedgetype="undirected")
    for sort, fields in (("node", NODE_FIELDS), ("edge", EDGE_FIELDS)):
        attributes = _add(graph, GEXF, "attributes", **{"class": sort, "mode": "static"})
        for field, kind in fields.items():
            _add(attributes, GEXF, "attribute", id=f"{sort}_{field}", title=field, type=kind)
    nodes, edges = _add(graph, GEXF, "nodes"), _add(graph, GEXF, "edges")
    for node in network.nodes:
        _values(_add(nodes, GEXF, "node", id=node.id, label=clean_xml(node.label)), node, "node", NODE_FIELDS)
    for number, edge in enumerate(network.edges):
        ends = {"id": str(number), "source": edge.source, "target": edge.target, "weight": str(edge.weight)}
        _values(_add(edges, GEXF, "edge", **ends), edge, "edge", EDGE_FIELDS)
    return _print(root)


def write_graphml(parcel: Parcel, terms: Terms) -> Export:
    """Return the network as GraphML."""
    tally = Tally("graphml", parcel, CARRIED, REASONS)
    network = draw_network(parcel, Messages(terms.lang), tally)
    return Export(print_graphml(network) if network.nodes else b"", tally.report())


def print_graphml(network: Network) -> bytes:
    """Return a network as GraphML."""
    root = etree.Element(f"{{{GRAPHML}}}graphml", nsmap={None: GRAPHML})  # type: ignore[dict-item]  # lxml's default namespace
    fields = (("node", {"label": "string", **NODE_FIELDS}), ("edge", {"weight": "int", **EDGE_FIELDS}))
    for sort, known in fields:
        for field, kind in known.items():
            _add(root, GRAPHML, "key", id=f"{sort}_{field}", **{"for": sort, "attr.name": field, "attr.type": kind})
    graph = _add(root, GRAPHML, "graph", id="mithaq", edgedefault="undirected")
    for node in network.nodes:
        _data(_add(graph, GRAPHML, "node", id=node.id), node, *fields[0])
    for number, edge in enumerate(network.edges):
        _data(_add(graph, GRAPHML, "edge", id=f"e{number}", source=edge.source, target=edge.target), edge, *fields[1])
    return _print(root)


def draw_network(parcel: Parcel, messages: Messages, tally: Tally) -> Network:
    """Return who met whom, and count what a graph leaves behind."""
    meeting: dict[tuple[str, str], list[SentEvent]] = {}
    acting: dict[tuple[str, str], list[SentEvent]] = {}
    for event in parcel.events:
        taking = _taking_part(event, parcel)
        pairs = met(taking)
        for a, b in pairs:
            meeting.setdefault((a, b), []).append(event)
        for entity, side in sorted(taking.items()):
            if side and entity != (own := side_node(side)):
                acting.setdefault((entity, own), []).append(event)
        if pairs:
            tally.carry("events", event)
        else:
            tally.drop("events", _ONE_SIDE)
    edges = [*_edges(meeting, MET), *_edges(acting, ACTS_FOR)]
    used = {end for edge in edges for end in (edge.source, edge.target)}
    _count(parcel, used, tally)
    sides = sorted({code for event in parcel.events for code in event.parties if side_node(code) in used})
    nodes = [*(_side(code, messages) for code in sides), *(_entity(e, parcel) for e in parcel.entities if e in used)]
    return Network(tuple(nodes), tuple(edges))


def _taking_part(event: SentEvent, parcel: Parcel) -> dict[str, str | None]:
    """Return the nodes of all who took part in an event, each with the side acted for where the pages tell it."""
    taking: dict[str, str | None] = {side_node(code): code for code in event.parties}
    for entity_id in (*event.people, *event.bodies):
        entity = parcel.entities[entity_id]
        taking[entity_id] = next((side for side in (entity.country, entity.code) if side in event.parties), None)
    return taking


def _edges(joined: Mapping[tuple[str, str], list[SentEvent]], kind: str) -> Iterator[Edge]:
    for (source, target), events in sorted(joined.items()):
        days = sorted(event.date for event in events if event.date)
        yield Edge(
            source=source,
            target=target,
            weight=len(events),
            kind=kind,
            events=_join(event.id for event in events),
            types=_join(event.type for event in events),
            topics=_join(topic for event in events for topic in event.topics),
            first=days[0] if days else "",
            last=days[-1] if days else "",
            pages=_join(page_iri(report.page) for event in events for report in event.reports),
        )


def _join(values: Iterable[str]) -> str:
    return _BETWEEN.join(dict.fromkeys(values))


def _side(code: str, messages: Messages) -> Node:
    kind = "country" if len(code) == 2 and code not in ("EU", "UN", "WB") else "organisation"
    return Node(id=side_node(code), label=messages.side(code), kind=kind, country=code)


def _entity(entity_id: str, parcel: Parcel) -> Node:
    entity = parcel.entities[entity_id]
    kind = entity.body_kind if entity.kind == "body" else entity.kind
    names, office = " · ".join(entity.others), " · ".join(entity.roles)
    return Node(id=entity.id, label=entity.name, kind=kind, country=entity.country or entity.code or "", names=names, office=office)


def _count(parcel: Parcel, used: set[str], tally: Tally) -> None:
    no_words = "a graph of who met whom has no place for what was said"
    tally.drop_layers(
        {
            "statements": no_words,
            "figures": no_words,
            "programmes": "programmes meet nobody",
            "threads": "an edge joins those who met, not what came of it",
            "pages": "pages are no nodes",
        }
    )
    for layer, entities in (("people", parcel.of_kind("person")), ("bodies", parcel.of_kind("body"))):
        for entity in entities:
            if entity.id in used:
                tally.carry(layer, entity)
            else:
                tally.drop(layer, _ALONE)


def _add(parent: etree._Element, space: str, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{space}}}{tag}", attributes)


def _values(parent: etree._Element, thing: Node | Edge, sort: str, fields: Iterable[str]) -> None:
    values = _add(parent, GEXF, "attvalues")
    for field in fields:
        value = str(getattr(thing, field))
        if value:
            _add(values, GEXF, "attvalue", **{"for": f"{sort}_{field}", "value": clean_xml(value)})


def _data(parent: etree._Element, thing: Node | Edge, sort: str, fields: Iterable[str]) -> None:
    for field in fields:
        value = str(getattr(thing, field))
        if value:
            _add(parent, GRAPHML, "data", key=f"{sort}_{field}").text = clean_xml(value)


def _print(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
