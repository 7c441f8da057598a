"""Weights of many labels added up at once."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from mithaq.lexicon.rows import Rows

WEIGHTS = st.floats(min_value=-50, max_value=50).map(lambda weight: round(weight, 4))
ROWS = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(WEIGHTS, WEIGHTS, WEIGHTS), max_size=8)


@given(ROWS, st.sets(st.sampled_from("abcdefghij")))
def test_the_sums_are_exact_and_features_without_a_row_add_nothing(rows: dict[str, tuple[float, ...]], features: set[str]) -> None:
    known = [rows[name] for name in features if name in rows]
    assert Rows(rows, 3).add_up(features) == [math.fsum(row[label] for row in known) for label in range(3)]


def test_without_any_row_every_sum_is_nothing() -> None:
    assert Rows({}, 2).add_up({"a"}) == [0.0, 0.0]
