"""Visits come as often as a source brings something; sites that are busy are left in peace for as long as they ask."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.collect import pace


def test_a_busy_source_is_visited_before_its_feed_runs_over() -> None:
    # Four articles an hour, twenty in the feed: a quarter of them after 75 minutes.
    assert pace.next_interval(4.0, 20, overflow=False, interval=1800, silent=0) == pytest.approx(75 * pace.MINUTE)
    assert pace.next_interval(1000.0, 20, overflow=False, interval=1800, silent=0) == pace.SHORTEST
    assert pace.next_interval(0.01, 20, overflow=False, interval=1800, silent=0) == pace.LONGEST
    assert pace.next_interval(0.01, 20, overflow=False, interval=1800, silent=8 * pace.DAY) == pace.LONGEST_SILENT
    assert pace.next_interval(4.0, 20, overflow=True, interval=4000, silent=0) == 1000


@given(st.lists(st.integers(0, 50), max_size=40))
def test_every_interval_lies_within_its_bounds(brought: list[int]) -> None:
    rate, interval = None, pace.FIRST_INTERVAL
    for new in brought:
        rate = pace.update_rate(rate, new, interval)
        interval = pace.next_interval(rate, 20, overflow=new == 20, interval=interval, silent=0)
        assert pace.SHORTEST <= interval <= pace.LONGEST


def test_failures_are_tried_again_soon_and_then_seldom() -> None:
    waits = [pace.after_failure(pace.FIRST_INTERVAL, failures) for failures in range(1, 20)]
    assert waits[0] == pace.MINUTE and waits == sorted(waits) and waits[-1] == pace.DAY
    assert [pace.before_retry(tries) for tries in (1, 2, 99)] == [60, 600, 12 * pace.HOUR]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0), (" 5 ", 5.0), ("99999999999", pace.LONGEST_REST), ("Tue, 14 Nov 2023 22:23:20 GMT", 600.0),
        ("Tue, 14 Nov 2023 20:00:00 GMT", 0.0), ("soon", None), ("-5", None), ("", None),
    ],
)  # fmt: skip
def test_retry_after_is_seconds_or_a_date(said: str, seconds: float | None) -> None:
    assert pace.retry_after({"retry-after": said}, 1_700_000_000.0) == seconds


@given(st.floats(1, 1e6), st.integers())
def test_visits_are_spread_by_a_tenth(seconds: float, seed: int) -> None:
    assert 0.9 * seconds <= pace.spread(seconds, Random(seed)) <= 1.1 * seconds * (1 + 1e-9)
