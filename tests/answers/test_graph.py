"""Who met whom: whom an event joins, whom it does not, and how the strongest are chosen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.answers.graph import ACTS_FOR, MET, behind, draw_network, join, side_node, side_of
from mithaq.store.browse_world import Head, Meeting

HEADS = {
    "p1": Head("person", "Amal Example", "MA"), "p2": Head("person", "Basim Example", "OM"), "p3": Head("person", "Stranger", None),
    "b1": Head("body", "An agency", "MA"),
}  # fmt: skip
VISIT = Meeting(id="h1", type="visit", parties=("MA", "OM"), who=("p1", "p2", "p3", "b1"), date="2026-01-02", topics=("cloud",))
TALKS = Meeting(id="h2", type="meeting", parties=("MA", "OM"), date="2026-03")
ALONE = Meeting(id="h3", type="event", parties=("MA",), who=("p1",))


def test_those_of_different_sides_met_and_act_for_their_own() -> None:
    joined = join(VISIT, HEADS)
    assert ("side-MA", "side-OM", MET) in joined and ("p1", "p2", MET) in joined and ("b1", "p2", MET) in joined
    assert ("p1", "side-MA", ACTS_FOR) in joined
    assert not any({"p1", "b1"} == {a, b} for a, b, _ in joined), "two of one side did not meet each other"
    assert not any("p3" in (a, b) for a, b, _ in joined), "whose side nobody tells met nobody for sure"


def test_who_belongs_to_no_party_or_is_unknown_is_joined_to_nobody() -> None:
    elsewhere = Meeting(id="h", type="visit", parties=("DJ", "OM"), who=("p1", "gone"))
    assert join(elsewhere, HEADS) == [("side-DJ", "side-OM", MET)]


def test_an_edge_tells_of_its_happenings() -> None:
    network = draw_network([VISIT, TALKS, ALONE], HEADS)
    first = network.edges[0]
    assert (first.source, first.target, first.weight, first.happenings) == ("side-MA", "side-OM", 2, ("h1", "h2"))
    assert (first.first, first.last, first.types, first.topics) == ("2026-01-02", "2026-03", ("meeting", "visit"), ("cloud",))
    morocco = next(node for node in network.nodes if node.id == "side-MA")
    assert (morocco.kind, morocco.country, morocco.happenings, morocco.partners) == ("side", "MA", 3, 3)
    assert not network.is_part
    assert [m.id for m in behind([VISIT, TALKS, ALONE], HEADS, "side-OM", "side-MA")] == ["h2", "h1"]
    assert behind([TALKS], HEADS, "p1", "p2") == []


def test_the_strongest_stay_and_what_is_left_out_is_told() -> None:
    few = draw_network([VISIT, TALKS, ALONE], HEADS, most=2)
    assert {node.id for node in few.nodes} == {"side-MA", "side-OM"} and few.is_part and few.all_nodes == 5
    sides = draw_network([VISIT, TALKS], HEADS, who="sides")
    assert [edge.kind for edge in sides.edges] == [MET] and all(side_of(node.id) for node in sides.nodes)
    names = draw_network([VISIT, TALKS], HEADS, who="names")
    assert names.nodes and not any(side_of(node.id) for node in names.nodes)
    near = draw_network([VISIT, TALKS, Meeting(id="h4", type="visit", parties=("DJ", "KE"))], HEADS, around="p1")
    assert near.nodes[0].id == "p1" and "side-DJ" not in {node.id for node in near.nodes}


codes = st.sampled_from(["MA", "OM", "DJ", "KE", "FR"])
meetings = st.builds(
    Meeting,
    id=st.uuids().map(str),
    type=st.sampled_from(["visit", "meeting"]),
    parties=st.lists(codes, unique=True, max_size=4).map(tuple),
    who=st.lists(st.sampled_from(sorted(HEADS)), unique=True).map(tuple),
)


@given(st.lists(meetings, max_size=12), st.integers(1, 6))
def test_every_edge_rests_on_happenings_in_which_both_took_part(told: list[Meeting], most: int) -> None:
    network = draw_network(told, HEADS, most=most)
    assert network == draw_network(list(told), HEADS, most=most)
    known = {meeting.id: {*map(side_node, meeting.parties), *meeting.who} for meeting in told}
    ids = {node.id for node in network.nodes}
    assert len(ids) <= most
    for edge in network.edges:
        assert edge.happenings and {edge.source, edge.target} <= ids
        assert all({edge.source, edge.target} <= known[happening] for happening in edge.happenings)
