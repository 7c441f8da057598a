"""The graph and the map on the site: drawn, as tables, as files, narrowed; nothing leads nowhere."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from lxml import etree
from msgspec.structs import replace
from starlette.testclient import TestClient

from export.page_reader import PageReader
from mithaq.answers.graph import Edge, Network, Node
from mithaq.ingest import DATABASE
from mithaq.store import Narrow, open_store
from mithaq.store.browse import Tally
from mithaq.web.layout import WIDTH, draw_graph
from mithaq.web.map import draw_map, read_world


def text_of(site: TestClient, place: str) -> str:
    site.cookies.clear()
    return PageReader(site.get(place, headers={"accept-language": "en"}).text).text


@pytest.mark.parametrize("place", ["/graph", "/graph?who=sides&most=30", "/graph?who=names", "/map", "/graph/side-JO/side-MR", "/"])
@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_pages_are_well_formed_in_three_languages(site: TestClient, place: str, lang: str) -> None:
    site.cookies.clear()  # which may keep the language of whoever asked before
    answer = site.get(place, headers={"accept-language": lang})
    page = PageReader(answer.text)
    assert answer.status_code == 200 and page.problems == [] and page.attributes["lang"] == lang


def test_every_name_and_every_line_lead_on(site: TestClient) -> None:
    text = site.get("/graph").text
    places = set(re.findall(r'href="((?:/country|/entity|/graph/)[^"]*)"', text))
    assert len(places) > 40
    for place in sorted(places)[::9]:
        assert site.get(place.replace("&amp;", "&")).status_code == 200, place
    drawn, listed = text.count('<a class="edge'), text.split('id="h-edges"')[1].split("</table>")[0].count("<tr>") - 1
    assert drawn == listed > 20


def test_the_number_on_a_line_is_that_of_its_rows(site: TestClient, demo_workspace: Path) -> None:
    rows = site.get("/graph?format=json").json()["items"]
    for row in rows[:6]:
        page = site.get(f"/graph/{row['source']}/{row['target']}")
        assert set(re.findall(r'href="/event/(h\w+)"', page.text)) == set(row["events"]) and len(row["events"]) == row["happenings"]
    with open_store(demo_workspace / DATABASE, create=False) as store:
        known = {h.id: {*h.parties, *h.who} for h in store.happenings()}
    for row in rows:
        ends = {row["source"].removeprefix("side-"), row["target"].removeprefix("side-")}
        assert all(ends <= known[id] for id in row["events"])


def test_filters_narrow_the_graph(site: TestClient) -> None:
    def rows(asked: str) -> list[dict[str, object]]:
        found: list[dict[str, object]] = site.get(f"/graph?format=json&{asked}").json()["items"]
        return found

    every = rows("")
    assert 0 < len(rows("kind=agreement")) < len(every) and all("agreement" in str(row["types"]) for row in rows("kind=agreement"))
    assert all("MR" in str(row) or row["kind"] for row in rows("country=MR")) and len(rows("country=MR")) < len(every)
    assert len(rows("since=2026&until=2026")) < len(every) and rows("topic=cybersecurity") != every
    assert rows("around=side-EE")[0]["source"] == "side-EE"
    assert "No event at hand has two sides" in text_of(site, "/graph?since=1999&until=1999")
    for wrong, code in (("/graph?who=cats", 400), ("/graph?around=p000", 404), ("/graph/p000/side-JO", 404), ("/graph?format=exe", 400)):
        assert site.get(wrong).status_code == code


@pytest.mark.parametrize("format", ["gexf", "graphml", "svg", "csv"])
def test_the_graph_as_a_file(site: TestClient, format: str) -> None:
    answer = site.get(f"/graph?who=sides&format={format}")
    edges = site.get("/graph?who=sides&format=json").json()["items"]
    assert f"mithaq-graph.{format}" in answer.headers["content-disposition"]
    if format == "csv":
        assert len(list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))) == len(edges)
    else:
        assert len(etree.fromstring(answer.content).findall(".//{*}line" if format == "svg" else ".//{*}edge")) == len(edges)
    assert site.get(f"/graph?who=sides&format={format}", headers={"if-none-match": answer.headers["etag"]}).status_code == 304


def test_an_empty_workspace_is_told_what_to_do(empty_site: TestClient) -> None:
    assert "add pages" in text_of(empty_site, "/graph") and "Add pages" in text_of(empty_site, "/map")


def star(number: int) -> Network:
    node = Node(id="", name="Somebody of a longish name", kind="person", country=None, happenings=1, partners=1)
    nodes = [replace(node, id=f"p{n}") for n in range(number)]
    edge = Edge(source="p0", target="", kind="met", happenings=("h",), types=("visit",), topics=(), first=None, last=None)
    edges = [replace(edge, target=f"p{n}") for n in range(1, number)]
    return Network(nodes=tuple(nodes), edges=tuple(edges), all_nodes=number, all_edges=len(edges))


@pytest.mark.parametrize("number", [1, 2, 9, 40])
def test_names_stand_apart_and_inside_the_drawing(number: int) -> None:
    network = star(number)
    drawing = draw_graph(network, [node.name for node in network.nodes])
    assert drawing == draw_graph(network, [node.name for node in network.nodes])
    for n, spot in enumerate(drawing.spots):
        assert spot.r <= spot.x <= WIDTH - spot.r and spot.r <= spot.y <= drawing.height - spot.r
        assert all(abs(spot.x - other.x) > 20 or abs(spot.y - other.y) > 20 for other in drawing.spots[:n])
    assert [(line.x1, line.y1) for line in drawing.lines] == [(drawing.spots[0].x, drawing.spots[0].y)] * (number - 1)


def test_every_state_has_a_square_of_its_own_and_others_a_row() -> None:
    world = read_world()
    assert len(world) == len(set(world.values())) == 195
    drawn = draw_map([Tally("MA", 9), Tally("ITU", 2), Tally("XK", 1)], [{"a": "ITU", "b": "MA", "pages": 2}])
    places = [(square.x, square.y) for square in drawn.squares]
    assert len(places) == len(set(places)) == 197
    levels = {square.code: square.level for square in drawn.squares}
    assert levels["MA"] == 5 > levels["ITU"] > 0 == levels["FR"]
    assert all(square.x + square.width <= drawn.width and square.y < drawn.height for square in drawn.squares)


def test_the_map_counts_pages_as_its_lists_do(site: TestClient, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        pairs = store.tally_pairs(Narrow(relevant=True), limit=100)
    page = site.get("/map", headers={"accept-language": "en"}).text
    for row in pairs:
        assert f'href="/pair/{row["a"]}/{row["b"]}"' in page
    assert len(list(csv.DictReader(io.StringIO(site.get("/map?format=csv").content.decode("utf-8-sig"))))) == len(pairs)
    assert "MR" in page and site.get("/map?country=MR&topic=cybersecurity").status_code == 200
