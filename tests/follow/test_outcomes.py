"""What came of a promise: all of it, a part, or something else."""

from __future__ import annotations

from typing import Any

from mithaq.follow.outcomes import find_outcome
from mithaq.model import Amount, Evidence
from mithaq.model.happening import Happening, Source

SOURCE = Source(document="d", list="events", item=0, evidence=Evidence(0, 1, "x"))


def happening(name: str, kind: str, **fields: Any) -> Happening:
    return Happening(id=name, type=kind, sources=(SOURCE,), witnesses=(("d",),), sides=("GA", "JO"), **fields)


PROMISE = happening("c1", "commitment", stage="planned", figures=(30.0,), date="2026-09", topics=("digital_skills",))


def test_no_later_happening_no_outcome() -> None:
    assert find_outcome(PROMISE, []) is None


def test_meeting_again_fulfils_no_promise() -> None:
    assert find_outcome(PROMISE, [happening("h1", "meeting", stage="held", figures=(30.0,))]) is None


def test_the_same_figure_is_met_a_smaller_one_in_part() -> None:
    for figures, degree in (((30.0, 4.0), "met"), ((27.0,), "partly_met"), ((3.0,), "met"), ((), "met")):
        found = find_outcome(PROMISE, [happening("h1", "training", stage="completed", date="2026-09-18", figures=figures)])
        assert found is not None
        assert (found.happening, found.degree) == ("h1", degree)


def test_what_shares_neither_figures_nor_words_nor_time_is_not_what_was_promised() -> None:
    assert find_outcome(PROMISE, [happening("h1", "project", stage="launched", date="2027-06-01", figures=(4.0,))]) is None
    assert find_outcome(PROMISE, [happening("h1", "project", stage="launched", date="2027-06-01", figures=(30.0,))]) is not None


def test_of_several_that_fit_the_one_nearest_to_when_it_was_due_is_the_outcome() -> None:
    early = happening("h1", "project", stage="launched", date="2026-05-02")
    late = happening("h2", "project", stage="completed", date="2026-10-02")
    for both in ([early, late], [late, early]):
        found = find_outcome(PROMISE, both)
        assert found is not None
        assert found.happening == "h2"


def test_a_signature_near_the_day_carries_out_no_promise_that_it_does_not_speak_of() -> None:
    assert find_outcome(PROMISE, [happening("h1", "agreement", stage="signed", date="2026-11-20")]) is None
    assert find_outcome(PROMISE, [happening("h1", "project", stage="launched", date="2026-11-20")]) is not None


def test_another_sum_is_met_differently() -> None:
    planned = happening("h0", "funding", stage="planned", amounts=(Amount(45e6, "USD"),))
    found = find_outcome(planned, [happening("h1", "funding", stage="approved", amounts=(Amount(42e6, "USD"),))])
    assert found is not None
    assert found.degree == "met_differently"


def test_a_planned_training_is_not_met_by_an_agreement() -> None:
    planned = happening("h0", "training", stage="planned")
    assert find_outcome(planned, [happening("h1", "agreement", stage="signed")]) is None


TRAINING = happening("c2", "commitment", stage="planned", date="2026-09", programmes=("Ebri Hub",), promised=("training",))


def test_what_only_bears_the_name_of_the_programme_is_not_the_training_that_was_promised() -> None:
    """Five mentors are to be trained in the hub's name: that the hub opened is not what came of it, a course is."""
    opened = happening("h1", "project", stage="launched", date="2027-01-25", programmes=("Ebri Hub",))
    course = happening("h2", "training", stage="completed", date="2027-01-25", programmes=("Ebri Hub",))
    assert find_outcome(TRAINING, [opened]) is None
    assert find_outcome(TRAINING, [opened, course]) is not None
    assert find_outcome(TRAINING, [happening("h3", "funding", programmes=("Ebri Hub",))]) is None


def test_what_was_stopped_or_put_off_is_not_met() -> None:
    stopped = happening("h1", "training", stage="cancelled", date="2026-10-01", programmes=("Ebri Hub",))
    later = happening("h2", "training", stage="planned", date="2027-03", programmes=("Ebri Hub",), topics=("digital_skills",))
    promise = happening(
        "c3", "commitment", stage="planned", date="2026-09", programmes=("Ebri Hub",), promised=("training",), topics=("digital_skills",),
        published="2026-02-01", figures=(30.0, 12.0),
    )  # fmt: skip
    degrees = [
        outcome.degree if (outcome := find_outcome(promise, found)) else None
        for found in ([stopped], [later], [stopped, later], [happening("h3", "project", stage="planned", date="2027-03")])
    ]
    assert degrees == ["stopped", "put_off", "stopped", None]


def test_a_deed_of_years_later_is_not_what_was_promised() -> None:
    assert find_outcome(PROMISE, [happening("h1", "training", stage="completed", date="2029-09-18", figures=(30.0,))]) is None
