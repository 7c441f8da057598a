"""What a page reports, ready to be compared: the sides of a promise, and what it promises."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from mithaq.model.happening import COMMITMENT, Report, Told
from mithaq.pipeline import read_document
from mithaq.resolve.reports import place_reports, read_reports
from mithaq.store.happenings import Standing

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


def test_a_plan_without_a_day_has_the_limit_that_its_words_give() -> None:
    text = "مسقط والدوحة\n\nاتفق الوزيران العماني والقطري على توقيع مذكرة تفاهم رقمية في مسقط قبل نهاية مارس المقبل.\n"
    document = read_document(text.encode(), path="page.txt", sidecar=b'{"published": "2025-01-20"}')
    plans = [r for r in read_reports(document).reports if r.list == "events" and r.stage == "planned"]
    assert [(plan.date, plan.due) for plan in plans] == [(None, "2025-03")]


def test_programmes_are_known_by_what_they_are_whatever_the_page_calls_them() -> None:
    told = read_reports(read_document(_PAGE.encode(), path="page.txt", sidecar=b'{"published": "2024-05-06"}'))
    named = Told(told.teller, tuple(replace(report, programmes=("Khaima",), about_names=("Khaima",)) for report in told.reports))
    placed = place_reports(named, {("programmes", "Khaima"): {"g1"}}, Standing())
    assert {report.things for report in placed.reports} == {report.about_things for report in placed.reports} == {("g1",)}
