"""Graphs are read by networkx as they were meant: who met whom, how often, when and about what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx
import pytest

from export.sent_pages import TERMS, pack, project_document
from mithaq.export.formats import write_export
from mithaq.export.parcel import Parcel
from mithaq.model import Event

READERS = {"gexf": networkx.read_gexf, "graphml": networkx.read_graphml}


def read(parcel: Parcel, name: str, folder: Path) -> Any:
    file = folder / f"graph.{name}"
    file.write_bytes(write_export(parcel, name, TERMS).data)
    return READERS[name](file)


@pytest.mark.parametrize("name", READERS)
def test_sides_that_met_are_joined_with_events_days_and_topics(name: str, parcel: Parcel, tmp_path: Path) -> None:
    graph = read(parcel, name, tmp_path)
    edge = graph.edges["side-EE", "side-RW"]
    assert (edge["kind"], int(edge["weight"]), edge["first"], edge["last"]) == ("met", 2, "2025-05-04", "2025-06-12")
    assert set(edge["types"].split()) == {"project", "agreement"} and "cybersecurity" in edge["topics"].split()
    assert set(edge["events"].split()) == {event.id for event in parcel.events if {"EE", "RW"} <= set(event.parties)}
    assert "https://lakes.example/data-centre" in edge["pages"].split()
    assert graph.nodes["side-RW"]["label"] == "Rwanda" and graph.nodes["side-RW"]["kind"] == "country"


@pytest.mark.parametrize("name", READERS)
def test_people_of_two_sides_met_and_act_for_their_side(name: str, parcel: Parcel, tmp_path: Path) -> None:
    graph = read(parcel, name, tmp_path)
    (meeting,) = [event for event in parcel.events if event.type == "meeting"]
    one, other = meeting.people
    assert graph.edges[one, other]["kind"] == "met"
    sides = {graph.nodes[person]["country"] for person in (one, other)}
    assert sides == {"DJ", "OM"}
    assert graph.edges[one, f"side-{graph.nodes[one]['country']}"]["kind"] == "acts_for"
    assert not graph.has_edge(one, f"side-{graph.nodes[other]['country']}")


def test_both_files_say_the_same(demo_parcel: Parcel, tmp_path: Path) -> None:
    gexf, graphml = (read(demo_parcel, name, tmp_path) for name in READERS)
    assert set(gexf.nodes) == set(graphml.nodes) and {frozenset(e) for e in gexf.edges} == {frozenset(e) for e in graphml.edges}
    for a, b, said in graphml.edges(data=True):
        assert {key: str(value) for key, value in said.items() if key not in ("id", "weight")} == {
            key: str(value) for key, value in gexf.edges[a, b].items() if key not in ("id", "weight")
        }


def test_one_side_alone_met_nobody(tmp_path: Path) -> None:
    page = project_document()
    event = Event(type="project", parties=("RW",), people=("Kaja Tamm",), evidence=page.events[0].evidence)
    made = write_export(pack(tmp_path, project_document(events=(event,))), "gexf", TERMS)
    (lost,) = [one for one in made.losses.lost if one.layer == "events"]
    assert (lost.field, lost.reason, lost.count) == (None, "only one side took part, nobody met anybody", 1)
    assert b"<edge " not in made.data
