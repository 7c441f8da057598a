"""When a report means: a day, a month, or what its publication allows."""

from __future__ import annotations

from datetime import date

import pytest

from mithaq.text.moments import AHEAD, BEFORE, Moment, days_between, ordinal, quarters, read_moment


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
