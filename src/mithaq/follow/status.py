"""How a matter stands, on three axes: what was last said, what is evidenced and by whom, and whether it is in time.

A promise of which no page tells the outcome is never called broken: no public report was found, in so many sources, up to a day.
"""

from __future__ import annotations

from mithaq.follow.signs import GATHERINGS, RANKS, STOPPED
from mithaq.model.happening import COMMITMENT, Schedule, Status, Step, Thread
from mithaq.text.moments import Moment, read_moment

# What was promised is no longer to come: it was stopped, or a later plan stands in its place.
_NO_MORE = ("stopped", "put_off")
# The worse comes first: a thread is as late as its latest promise.
_ORDER: tuple[Schedule, ...] = ("overdue", "due", "open", "met_late", "met", "none")


def find_status(thread: Thread, searched: int, searched_until: str | None) -> Status:
    """Return how a thread stands as far as *searched* sources tell, the last of them of *searched_until*."""
    said = _steps_of_the_matter(thread)
    # What is still planned once something was done is a further step, not how far the matter has come.
    last = max([step for step in said if step.stage != "planned"] or said, key=_last_reached, default=None)
    shown = [step for step in said if step.stage in RANKS and step.stage != "planned"]
    highest = max(shown, key=lambda step: (RANKS[step.stage or ""], step.witnesses), default=None)
    schedules = {step.happening: schedule_of(step, thread, searched_until) for step in thread.steps}
    waiting = [step for step in thread.steps if schedules[step.happening] in ("overdue", "due", "open") and _due(step)]
    open_dues = [day for step in waiting if (day := step.date or step.due)]
    return Status(
        official=last.stage if last else None,
        evidence=highest.stage if highest else None,
        witnesses=highest.witnesses if highest else 0,
        schedule=min(schedules.values(), key=_ORDER.index),
        due=min(open_dues, default=None),
        searched=searched,
        searched_until=searched_until,
    )


def schedule_of(step: Step, thread: Thread, searched_until: str | None) -> Schedule:
    """Return whether a plan or promise was met in time, is still to come, or is due by what the sources reach up to; "none" of others."""
    if step.type != COMMITMENT and step.stage != "planned":
        return "none"
    due = _due(step)
    if step.outcome is not None and step.outcome.degree in _NO_MORE:
        return "none"
    if step.outcome is not None:
        done = next((other for other in thread.steps if other.happening == step.outcome.happening), None)
        when = read_moment(done.date or done.published, None, None, ahead=False) if done else None
        return "met_late" if due and when and when.first > due.last else "met"
    until = read_moment(searched_until, None, None, ahead=False)
    if any(other.stage in STOPPED and other.type == step.type for other in thread.steps):
        return "none"
    if due is None or until is None or until.last < due.first:
        return "open"
    return "overdue" if until.first > due.last else "due"


def _due(step: Step) -> Moment | None:
    """Return when a plan or promise is due; None of a day that was over before anybody told of it, which was misread or misprinted."""
    due, told = (read_moment(day, None, None, ahead=True) for day in (step.date or step.due, step.published))
    return None if due and told and due.last < told.first else due


def is_waiting(status: Status) -> bool:
    """Say whether something of a thread is still to come, or was to come and is not told."""
    return status.schedule in ("open", "due", "overdue")


def _steps_of_the_matter(thread: Thread) -> list[Step]:
    """Return the steps that say how far a matter has come; that people met says so only where nothing else is told."""
    staged = [step for step in thread.steps if step.type != COMMITMENT and step.stage]
    return [step for step in staged if step.type not in GATHERINGS] or staged


def _last_reached(step: Step) -> tuple[str, int]:
    """Return by what stages are put in order: the day, and of one day how far the matter had come; a page may recall an old stage late."""
    return step.date or step.published or "", RANKS.get(step.stage or "", 0)
