"""Groups of what is one: the surest pairs first, never against what holds two apart, whatever the order."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mithaq.resolve.groups import Edge, Graph, Groups, make_groups

SAME, ASK = 1.0, -1.0


def grouped(numbers: int, *edges: Edge, clash: set[tuple[int, int]] | None = None, **known: Any) -> Groups:
    clashing = clash or set()
    graph = Graph(
        edges=edges, same=known.get("same", ()), apart=frozenset(known.get("apart", ())), alone=frozenset(known.get("alone", ())),
        pages=known.get("pages", {}), countries=known.get("countries", {}), words=known.get("words", dict.fromkeys(range(numbers), 2)),
        clash=lambda a, b: (min(a, b), max(a, b)) in clashing, twice=lambda a, b: (a, b) in known.get("twice", ()),
    )  # fmt: skip
    return make_groups(range(numbers), graph, SAME, ASK)


def test_the_surest_pair_is_joined_first_and_keeps_out_what_clashes_with_it() -> None:
    found = grouped(3, Edge(0, 1, 5.0), Edge(1, 2, 3.0), clash={(0, 2)})
    assert found.groups == [[0, 1], [2]] and found.odds == {0: 5.0, 1: 5.0}
    assert found.asked == []


def test_two_of_one_page_are_two_unless_the_page_names_one_twice() -> None:
    pages = {0: frozenset({"x"}), 1: frozenset({"x", "y"})}
    assert grouped(2, Edge(0, 1, 9.0), pages=pages).groups == [[0], [1]]
    assert grouped(2, Edge(0, 1, 9.0), pages=pages, twice={(0, 1)}).groups == [[0, 1]]


def test_other_countries_keep_apart_also_through_a_third_without_one() -> None:
    countries = {0: frozenset({"MA"}), 2: frozenset({"OM"})}
    assert grouped(3, Edge(0, 1, 9.0), Edge(1, 2, 8.0), countries=countries).groups == [[0, 1], [2]]
    assert grouped(3, Edge(0, 1, 9.0), Edge(1, 2, 8.0, met=True), countries=countries).groups == [[0, 1, 2]]


def test_a_short_name_that_fits_two_bearers_joins_neither() -> None:
    words = {0: 1, 1: 2, 2: 2}
    found = grouped(3, Edge(0, 1, 3.0), Edge(0, 2, 2.5), clash={(1, 2)}, words=words)
    assert found.groups == [[0], [1], [2]]
    assert [(edge.a, edge.b) for edge in found.asked] == [(0, 1), (0, 2)]
    assert grouped(3, Edge(0, 1, 5.0), Edge(0, 2, 2.5), clash={(1, 2)}, words=words).groups == [[0, 1], [2]]


def test_a_name_that_fits_two_bearers_too_badly_to_be_either_still_joins_its_like() -> None:
    words = {0: 1, 1: 2, 2: 2, 3: 1}
    found = grouped(4, Edge(0, 1, 0.5), Edge(0, 2, 0.4), Edge(0, 3, 3.0), clash={(1, 2), (1, 3), (2, 3)}, words=words)
    assert found.groups == [[0, 3], [1], [2]]


def test_decisions_come_before_all_else_and_what_holds_apart_wins() -> None:
    found = grouped(3, Edge(0, 1, 9.0), same=[(0, 2), (1, 2)], apart={(0, 1)}, clash={(0, 2)})
    assert found.groups == [[0, 2], [1]] and found.refused == [(1, 2)]
    assert grouped(2, Edge(0, 1, 9.0), alone={1}).groups == [[0], [1]]


def test_pairs_between_the_limits_are_asked_about() -> None:
    found = grouped(3, Edge(0, 1, 0.5), Edge(0, 2, -2.0))
    assert found.groups == [[0], [1], [2]] and found.asked == [Edge(0, 1, 0.5)]


NUMBERS = st.integers(0, 6)
PAIRS = st.tuples(NUMBERS, NUMBERS).filter(lambda pair: pair[0] < pair[1])
EDGES = st.dictionaries(PAIRS, st.floats(-3, 6, allow_nan=False), max_size=15)


@given(EDGES, st.sets(PAIRS, max_size=4), st.sets(PAIRS, max_size=4), st.sets(PAIRS, max_size=4), st.randoms())
def test_order_makes_no_difference_and_nothing_held_apart_is_joined(
    odds: dict[tuple[int, int], float], apart: set[tuple[int, int]], clash: set[tuple[int, int]], same: set[tuple[int, int]], chance: Any
) -> None:
    edges = [Edge(a, b, value) for (a, b), value in odds.items()]
    decided = sorted(same - apart)
    first = grouped(7, *edges, apart=apart, clash=clash, same=decided)
    chance.shuffle(edges)
    chance.shuffle(decided)
    second = grouped(7, *edges, apart=apart, clash=clash, same=decided)
    assert first == second
    assert sorted(number for group in first.groups for number in group) == list(range(7))
    home = {number: at for at, group in enumerate(first.groups) for number in group}
    assert all(home[a] != home[b] for a, b in apart)
    assert all(home[a] == home[b] or (a, b) in first.refused for a, b in decided)
    if not decided:
        assert all(home[a] != home[b] for a, b in clash)
