"""Groups come out the same whatever the order, and keep what people said."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_documents import patiently
from mithaq.resolve.grouping import cluster

ITEMS = st.sampled_from("abcdefgh")
PAIRS = st.dictionaries(st.tuples(ITEMS, ITEMS).filter(lambda p: p[0] < p[1]), st.floats(0, 1), max_size=20)
LINKS = st.lists(st.tuples(ITEMS, ITEMS), max_size=4)


def test_pairs_that_are_probably_one_are_joined_and_others_are_not() -> None:
    found = cluster("abcde", {("a", "b"): 0.9, ("b", "c"): 0.8, ("d", "e"): 0.3})
    assert found.groups == (("a", "b", "c"), ("d",), ("e",))
    assert found.conflicts == ()


def test_a_chain_does_not_join_what_other_pairs_keep_apart() -> None:
    assert cluster("abc", {("a", "b"): 0.95, ("b", "c"): 0.9, ("a", "c"): 0.001}).groups == (("a", "b"), ("c",))


def test_pairs_never_compared_count_when_asked() -> None:
    pairs = {("a", "b"): 0.99, ("b", "c"): 0.6}
    assert cluster("abc", pairs).groups == (("a", "b", "c"),)
    assert cluster("abc", pairs, unknown=0.1).groups == (("a", "b"), ("c",))


def test_what_people_said_is_stronger_than_any_probability() -> None:
    found = cluster("abc", {("a", "b"): 0.999, ("b", "c"): 0.01}, together=[("c", "b")], apart=[("b", "a")])
    assert found.groups == (("a",), ("b", "c"))


def test_a_contradiction_among_judgements_is_told() -> None:
    found = cluster("abc", {}, together=[("a", "b"), ("b", "c")], apart=[("a", "c")])
    assert found.groups == (("a", "b"), ("c",))
    assert found.conflicts == (("b", "c"),)


def test_items_that_nobody_listed_are_left_out() -> None:
    assert cluster(["a"], {("a", "z"): 1.0}, together=[("y", "a")]).groups == (("a",),)


@pytest.mark.parametrize("unknown", [None, 0.2])
@patiently
@given(pairs=PAIRS, together=LINKS, apart=LINKS, data=st.data())
def test_the_order_makes_no_difference(unknown: float | None, pairs: dict, together: list, apart: list, data: st.DataObject) -> None:
    first = cluster("abcdefgh", pairs, together=together, apart=apart, unknown=unknown)
    shuffled = dict(data.draw(st.permutations(list(pairs.items()))))
    again = cluster(
        data.draw(st.permutations("abcdefgh")),
        shuffled,
        together=[(b, a) for a, b in data.draw(st.permutations(together))],
        apart=data.draw(st.permutations(apart)),
        unknown=unknown,
    )
    assert again == first


@patiently
@given(pairs=PAIRS, together=LINKS, apart=LINKS)
def test_every_item_stands_once_and_what_is_to_be_apart_is(pairs: dict, together: list, apart: list) -> None:
    found = cluster("abcdefgh", pairs, together=together, apart=apart)
    assert sorted(item for group in found.groups for item in group) == sorted("abcdefgh")
    joined = {pair for group in found.groups for pair in combinations(group, 2)}
    assert not any((min(pair), max(pair)) in joined for pair in apart if pair[0] != pair[1])
    refused = {(min(pair), max(pair)) for pair in found.conflicts}
    assert all((min(pair), max(pair)) in joined | refused for pair in together if pair[0] != pair[1])
