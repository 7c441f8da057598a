"""When a report means: a day, a month, or what its publication allows."""

from __future__ import annotations

from datetime import date

import pytest

from mithaq.text.moments import AHEAD, BEFORE, Moment, days_between, last_day, ordinal, quarters, read_moment


def days(*values: str) -> tuple[int, ...]:
    return tuple(date.fromisoformat(value).toordinal() for value in values)


@pytest.mark.parametrize(
    ("day", "end", "first", "last", "exact"),
    [
        ("2024-02-10", None, "2024-02-10", "2024-02-10", True),
        ("2024-02-10", "2024-02-12", "2024-02-10", "2024-02-12", True),
        ("2024-02", None, "2024-02-01", "2024-02-29", False),
        ("2024", None, "2024-01-01", "2024-12-31", False),
    ],
)
def test_a_date_is_all_the_days_that_it_may_mean(day: str, end: str | None, first: str, last: str, exact: bool) -> None:
    assert read_moment(day, end, None, ahead=False) == Moment(*days(first, last), True, exact)


def test_without_a_date_the_publication_bounds_it() -> None:
    (published,) = days("2024-02-10")
    assert read_moment(None, None, "2024-02-10", ahead=False) == Moment(published - BEFORE, published, False, False)
    assert read_moment(None, None, "2024-02-10", ahead=True) == Moment(published, published + AHEAD, False, False)
    assert read_moment(None, None, None, ahead=True) is None


def test_days_between_are_the_same_from_both_sides() -> None:
    a, b = read_moment("2024-02-10", None, None, ahead=False), read_moment("2024-03", None, None, ahead=False)
    assert a is not None
    assert b is not None
    assert days_between(a, b) == days_between(b, a) == 20
    assert days_between(a, a) == 0


def test_quarters_and_the_first_day() -> None:
    first, last = days("2024-03-31", "2024-07-01")
    assert len(quarters(first, last)) == 3
    assert ordinal("2024-05") == days("2024-05-01")[0]
    assert list(quarters(-5, 1)) == [4]


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2025-02-30", "2025-02-28", "2025-02-28"),
        ("2025-13", "2025-12-01", "2025-12-31"),
        ("2025-00-00", "2025-01-01", "2025-01-01"),
        ("0000", "0001-01-01", "0001-12-31"),
    ],
)
def test_of_a_day_that_no_calendar_has_the_nearest_counts(day: str, first: str, last: str) -> None:
    moment = read_moment(day, None, None, ahead=False)
    assert moment is not None
    assert (moment.first, moment.last) == days(first, last)


@pytest.mark.parametrize("published", ["9999-12-31", "9999", "0001-01-01"])
def test_the_ends_of_the_calendar_have_quarters_too(published: str) -> None:
    for ahead in (True, False):
        moment = read_moment(None, None, published, ahead=ahead)
        assert moment is not None
        found = quarters(moment.first, moment.last)
        assert {found[0] // 4, found[-1] // 4} <= {0, 1, 2, 9998, 9999}


@pytest.mark.parametrize(("day", "last"), [("2024", "2024-12-31"), ("2024-02", "2024-02-29"), ("2025-02-03", "2025-02-03")])
def test_the_last_day_that_a_date_may_mean(day: str, last: str) -> None:
    assert last_day(day) == last
