"""When two mentions are one thing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.answers.merge import distinct, merge_by_name, name_keys

ITEMS = st.lists(st.tuples(st.sampled_from(["سالم الحارثي", "Salim", "salim", "x"]), st.sampled_from([None, "OM", "DJ"])), max_size=8)


def merge(items: list[tuple[str, str | None]]) -> list[list[tuple[str, str | None]]]:
    return merge_by_name(items, lambda i: name_keys(i[0], ()), lambda i: i[1])


def test_namesakes_of_two_countries_stay_apart_and_one_of_unknown_side_joins_one_of_them() -> None:
    assert merge([("Salim", None), ("Salim", "OM"), ("salim", "DJ")]) == [[("Salim", None), ("Salim", "OM")], [("salim", "DJ")]]


def test_a_bare_surname_among_the_other_names_joins_nobody() -> None:
    assert name_keys("سالم الحارثي", ["الحارثي", "سالم بن علي الحارثي"]) == {"سالم حارثي", "سالم بن علي حارثي"}


def test_distinct_keeps_order_and_drops_what_is_not_stated() -> None:
    assert distinct(["b", None, "a", "b", ""]) == ("b", "a")


@given(ITEMS)
def test_merging_loses_nothing_and_never_joins_contradicting_sides(items: list[tuple[str, str | None]]) -> None:
    groups = merge(items)
    assert sorted(map(str, items)) == sorted(str(item) for group in groups for item in group)
    assert all(len({side for _, side in group if side}) <= 1 for group in groups)
