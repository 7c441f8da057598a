"""When two mentions are one thing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.answers.merge import distinct, fuller, merge_by_name, name_keys

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


def test_other_spellings_are_one_only_within_a_known_side() -> None:
    def merge_alike(items: list[tuple[str, str | None]]) -> list[list[tuple[str, str | None]]]:
        return merge_by_name(items, lambda i: name_keys(i[0], ()), lambda i: i[1], lambda a, b: a[0][0] == b[0][0])

    assert len(merge_alike([("Salim", "OM"), ("Salem", "OM"), ("Sulim", None)])) == 1
    assert len(merge_alike([("Salim", "OM"), ("Salem", "DJ")])) == 2
    assert len(merge_alike([("Salim", None), ("Salem", None)])) == 2


def test_fuller_names_stand_for_their_parts() -> None:
    assert fuller(["الحارثي", "سالم الحارثي", "Salim", "سالم الحارثي"]) == ("سالم الحارثي", "Salim")
