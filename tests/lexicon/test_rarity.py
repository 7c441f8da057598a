"""What few pages speak of tells more than what all do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.lexicon.rarity import load_rarity, rare_share

CODES = st.sets(st.sampled_from(sorted(load_rarity().counts)), max_size=6)


def test_a_rare_thing_in_common_tells_more_than_a_common_one() -> None:
    assert load_rarity().worth("fishery") > load_rarity().worth("digital") >= 0
    assert rare_share(("fishery", "digital"), ("fishery", "school")) > rare_share(("fishery", "digital"), ("digital", "school"))


def test_nothing_in_common_tells_nothing() -> None:
    assert rare_share((), ("cable",)) == rare_share(("cable",), ("school",)) == 0.0


@given(CODES, CODES)
def test_it_is_a_share_and_the_same_both_ways(mine: set[str], theirs: set[str]) -> None:
    assert 0 <= rare_share(mine, theirs) <= 1 + 1e-9
    assert rare_share(mine, theirs) == rare_share(theirs, mine) == pytest.approx(rare_share(sorted(mine), sorted(theirs)))
