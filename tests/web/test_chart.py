"""Columns of months stand in the direction of the reader, and no label leaves the drawing."""

from __future__ import annotations

import pytest

from mithaq.answers.overview import Month
from mithaq.web.chart import BASE, draw_months


@pytest.mark.parametrize("from_right", [False, True])
def test_labels_begin_or_end_at_the_edge(from_right: bool) -> None:
    months = [Month(f"{2024 + n // 12}-{n % 12 + 1:02}", n % 5) for n in range(24)]
    columns = draw_months(months, from_right=from_right, name_month=lambda year, month: f"{month}/{year}")
    labelled = [column for column in columns if column.label]
    assert labelled[0].label == "1/2024" and labelled[0].anchor == ("end" if from_right else "start")
    assert {column.anchor for column in labelled if 15 < column.x < 80} == {"middle"}
    assert [column.x for column in columns] == sorted((column.x for column in columns), reverse=from_right)
    assert max(column.height for column in columns) == BASE


def test_one_month_is_no_chart() -> None:
    assert draw_months([Month("2024-01", 3)], from_right=False, name_month=lambda *_: "") == ()
