"""How a matter stands: what was said, what is evidenced, whether it is in time; and never that a promise is broken."""

from __future__ import annotations

from typing import Any

import pytest

from mithaq.errors import EvidenceError
from mithaq.follow.status import find_status, is_waiting, schedule_of
from mithaq.model import Evidence
from mithaq.model.happening import Outcome, Source, Step, Thread


def step(name: str, kind: str, stage: Any, date: str | None = None, published: str = "2025-01-10", **fields: Any) -> Step:
    source = Source(document=name, list="events", item=0, evidence=Evidence(0, 1, "x"), published=published)
    fields = {"witnesses": 1} | fields
    return Step(happening=name, type=kind, stage=stage, date=date, published=published, sources=(source,), **fields)


def thread(*steps: Step) -> Thread:
    return Thread(id="t1", subject="x", steps=steps)


def test_what_was_said_last_and_what_is_evidenced_are_two_things() -> None:
    found = find_status(
        thread(
            step("a", "agreement", "planned", "2025-03", "2025-01-10"),
            step("b", "agreement", "signed", "2025-03-04", "2025-03-05", witnesses=3),
            step("c", "agreement", "suspended", "2025-09-01", "2025-09-02"),
        ),
        12,
        "2025-12-31",
    )
    assert (found.official, found.evidence, found.witnesses) == ("suspended", "signed", 3)
    assert (found.searched, found.searched_until) == (12, "2025-12-31")


def test_a_meeting_and_a_further_plan_do_not_say_how_far_a_matter_has_come() -> None:
    """Signed and approved, then people met, and a second course was announced; later pages recall the signature."""
    matter = thread(
        step("a", "agreement", "signed", "2025-03-04", "2025-03-05", witnesses=2),
        step("b", "agreement", "approved", "2025-04-22", "2025-04-23"),
        step("c", "meeting", "held", "2025-05-02", "2025-05-03"),
        step("d", "training", "planned", "2025-11", "2025-10-14"),
    )
    found = find_status(matter, 5, "2025-12-31")
    assert (found.official, found.evidence) == ("approved", "approved")
    assert find_status(thread(step("c", "meeting", "held", "2025-05-02")), 5, None).official == "held"
    assert find_status(thread(step("d", "training", "planned", "2025-11")), 5, None).official == "planned"


@pytest.mark.parametrize(
    ("due", "until", "schedule"),
    [
        ("2025-06", "2025-05-31", "open"),
        ("2025-06", "2025-06-10", "due"),
        ("2025-06", "2025-07-01", "overdue"),
        ("2025", "2025-07-01", "due"),
        ("2025-06-01", "2025-06-01", "due"),
        (None, "2025-07-01", "open"),
        ("2025-06", None, "open"),
    ],
)
def test_a_promise_of_which_nothing_is_told_is_held_against_the_day_up_to_which_was_searched(
    due: str | None, until: str | None, schedule: str
) -> None:
    found = find_status(thread(step("a", "commitment", "planned", due)), 5, until)
    assert found.schedule == schedule
    assert found.due == due
    assert (found.official, found.evidence) == (None, None)
    assert is_waiting(found)


@pytest.mark.parametrize(("done", "schedule"), [("2025-05-30", "met"), ("2025-06-30", "met"), ("2025-07-01", "met_late")])
def test_what_was_done_was_done_in_time_or_late(done: str, schedule: str) -> None:
    promise = step("a", "commitment", "planned", "2025-06", outcome=Outcome("b", "met"))
    found = find_status(thread(promise, step("b", "training", "completed", done)), 5, "2026-01-01")
    assert found.schedule == schedule
    assert found.due is None
    assert not is_waiting(found)


def test_the_worst_of_several_promises_counts_and_the_next_due_date_is_told() -> None:
    matter = thread(
        step("a", "commitment", "planned", "2025-06", outcome=Outcome("d", "met")),
        step("b", "commitment", "planned", "2025-09"),
        step("c", "training", "planned", "2026-09"),
        step("d", "training", "completed", "2025-06-02"),
    )
    found = find_status(matter, 5, "2026-01-01")
    assert (found.schedule, found.due) == ("overdue", "2025-09")
    assert [schedule_of(one, matter, "2026-01-01") for one in matter.steps] == ["met", "overdue", "open", "none"]


def test_nothing_is_awaited_of_what_was_stopped() -> None:
    matter = thread(step("a", "project", "planned", "2025-03"), step("b", "project", "cancelled", "2025-02-01"))
    assert find_status(matter, 5, "2026-01-01").schedule == "none"


def test_a_thread_needs_a_step() -> None:
    with pytest.raises(EvidenceError, match="no step"):
        thread()


def test_nothing_is_late_that_was_told_after_the_day_that_was_read_for_it() -> None:
    misread = step("a", "commitment", "planned", "2024-08", "2025-02-13")
    found = find_status(thread(misread), 5, "2026-01-01")
    assert (found.schedule, found.due) == ("open", None)
    done = step("a", "commitment", "planned", "2025-09-30", "2026-03-30", outcome=Outcome("b", "met"))
    met = thread(done, step("b", "training", "completed", "2026-09-20"))
    assert schedule_of(done, met, "2026-12-01") == "met"
    same_month = step("a", "commitment", "planned", "2025-02", "2025-02-13")
    assert schedule_of(same_month, thread(same_month), "2026-01-01") == "overdue"


@pytest.mark.parametrize(("degree", "schedule"), [("met", "met"), ("stopped", "none"), ("put_off", "none")])
def test_what_was_stopped_or_put_off_is_neither_done_nor_late(degree: Any, schedule: str) -> None:
    promised = step("a", "commitment", "planned", "2025-03", outcome=Outcome("b", degree))
    matter = thread(promised, step("b", "project", "launched", "2025-03-04"))
    assert schedule_of(promised, matter, "2025-12-31") == schedule


def test_a_plan_without_a_day_is_due_by_its_limit() -> None:
    plan = step("a", "agreement", "planned", None, "2025-01-20", due="2025-03")
    assert schedule_of(plan, thread(plan), "2025-02-01") == "open"
    assert schedule_of(plan, thread(plan), "2025-04-02") == "overdue"
    assert find_status(thread(plan), 3, "2025-04-02").due == "2025-03"
