"""What a page reports, ready to be compared: the sides of a promise, and what it promises."""

from __future__ import annotations

from functools import cache

from mithaq.model.happening import COMMITMENT, Report
from mithaq.pipeline import read_document
from mithaq.resolve.reports import read_reports

_PAGE = """Kenya, Qatar sign two accords; Japan lends to Kenya

Kenya and Qatar signed an agreement on a data centre in Nairobi on 4 May 2024.
Kenya's digital minister, Grace Wanjiru, pledged to train 120 engineers before the end of 2025.

Kenya and Japan signed a loan agreement of 40 million dollars for rural broadband in Nairobi on 5 May 2024.
Ms Wanjiru pledged to connect 300 schools before June 2026.
"""


@cache
def _promises() -> tuple[Report, ...]:
    document = read_document(_PAGE.encode(), path="page.txt", sidecar=b'{"published": "2024-05-06"}')
    return tuple(report for report in read_reports(document).reports if report.type == COMMITMENT)


def test_on_a_page_on_several_pairs_a_promise_has_the_sides_of_what_is_told_around_it() -> None:
    sides = {report.date: report.sides for report in _promises()}
    assert sides["2025"] == ("KE", "QA")
    assert sides["2026-06"] == ("JP", "KE")


def test_a_promise_names_what_is_to_happen() -> None:
    assert "training" in next(report.promised for report in _promises() if report.date == "2025")
    assert all("agreement" not in report.promised for report in _promises())


def test_small_words_are_no_words_that_two_promises_share() -> None:
    """The words "will" and "the" stand in every promise: they do not make "will be in service" and "will reinforce" one."""
    words = {word for report in _promises() for word in report.words}
    assert {"train", "school"} <= words
    assert words.isdisjoint({"the", "wil", "will", "and"})
