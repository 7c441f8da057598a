"""The line of time as a drawing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mithaq.answers.lines import EventLine
from mithaq.answers.sources import Proof
from mithaq.export.axis import NEAR, draw_axis, first_day

PROOF = Proof(source=1, document="x", start=0, end=1, quote="x")


def line(date: str | None) -> EventLine:
    return EventLine(key=f"e-{date}", type="meeting", date=date, proofs=(PROOF,))


def name_month(year: int, month: int) -> str:
    return f"{month}/{year}"


def test_one_dated_event_needs_no_axis() -> None:
    assert draw_axis([line("2024-01-02"), line(None), line("2024-02-31")], from_right=False, name_month=name_month) is None


def test_arabic_time_runs_from_the_right() -> None:
    events = [line("2024-01-02"), line("2024-06-02")]
    left, right = (draw_axis(events, from_right=r, name_month=name_month) for r in (False, True))
    assert left and right
    assert left.points[0].x < left.points[1].x and right.points[0].x > right.points[1].x


def test_a_month_is_an_open_point_and_years_have_year_marks() -> None:
    axis = draw_axis([line("2019-06"), line("2026-01-05")], from_right=False, name_month=name_month)
    assert axis and axis.has_open and [p.exact for p in axis.points] == [False, True]
    assert [t.label for t in axis.ticks] == ["2020", "2021", "2022", "2023", "2024", "2025", "2026"]


def test_first_day() -> None:
    assert str(first_day("2024-05")) == "2024-05-01"
    assert first_day("2024-02-30") is None and first_day(None) is None and first_day("x") is None


@given(st.lists(st.dates().map(lambda d: line(d.isoformat())) | st.sampled_from([line("2024"), line("1999-12")]), min_size=2, max_size=12))
def test_no_two_points_touch_and_all_stand_inside(events: list[EventLine]) -> None:
    axis = draw_axis(events, from_right=False, name_month=name_month)
    if axis is None:
        return
    assert len(axis.points) == len(events)
    for a in axis.points:
        assert 0 <= a.x <= 100 and 0 < a.y < axis.base < axis.height
        assert all(abs(a.x - b.x) >= NEAR - 0.02 or a.y != b.y for b in axis.points if b is not a)


def test_the_end_of_the_calendar_is_drawn_too() -> None:
    axis = draw_axis([line("2024"), line("9999-12-01")], from_right=False, name_month=name_month)
    assert axis and len(axis.points) == 2
