"""Happenings and threads as rows for other programs: one object a line, every value with the pages and the words it rests on.

Of pages that say they are protected the words stay here, as in every other export; their facts and where they stand leave.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mithaq.answers.sources import PROTECTED as RIGHTS
from mithaq.export.losses import shown_quote, shown_words
from mithaq.follow.status import find_status, schedule_of
from mithaq.model.fact import short_key
from mithaq.model.happening import Difference, Happening, Source, Status, Step, Thread

EVENT_COLUMNS = (
    "id", "type", "stage", "parties", "people", "bodies", "programmes", "place", "place_country", "date", "date_end", "topics",
    "documents", "witnesses", "differences", "first_reported", "first_wording", "speaker", "deliverable",
)  # fmt: skip
THREAD_COLUMNS = ("id", "subject", "parties", "people", "bodies", "topics", "steps", "status", "searched", "searched_until")


def event_row(happening: Happening) -> dict[str, Any]:
    """Return a happening or promise as a row of :data:`EVENT_COLUMNS`."""
    h = happening
    names = ("id", "type", "stage", "place", "place_country", "date", "date_end", "speaker")
    lists = ("parties", "people", "bodies", "programmes", "topics")
    return {
        **{name: getattr(h, name) for name in names},
        **{name: list(getattr(h, name)) for name in lists},
        "deliverable": _promised(h.deliverable, h.sources),
        "documents": [_document(source) for source in h.sources],
        "witnesses": len(h.witnesses),
        "differences": [_difference(difference, h.sources) for difference in h.differences],
        "first_reported": h.published,
        "first_wording": shown_quote(h.first, h.first.evidence),
    }


def thread_row(thread: Thread, searched: int, searched_until: str | None) -> dict[str, Any]:
    """Return a thread as a row of :data:`THREAD_COLUMNS`, as it stands in so many sources up to a day."""
    status = find_status(thread, searched, searched_until)
    return {
        "id": thread.id,
        "subject": None if any(_closed(step.sources) for step in thread.steps) else thread.subject,
        **{name: list(getattr(thread, name)) for name in ("parties", "people", "bodies", "topics")},
        "steps": [_step(step, thread, searched_until) for step in thread.steps],
        "status": status_row(status),
        "searched": searched,
        "searched_until": searched_until,
    }


def status_row(status: Status) -> dict[str, Any]:
    """Return the three axes of a status, how many witnesses the evidence has, and what is due next."""
    return {name: getattr(status, name) for name in ("official", "evidence", "schedule", "witnesses", "due")}


def _step(step: Step, thread: Thread, searched_until: str | None) -> dict[str, Any]:
    outcome = {"event": step.outcome.happening, "degree": step.outcome.degree} if step.outcome else None
    return {
        "event": step.happening,
        "type": step.type,
        "stage": step.stage,
        "date": step.date,
        "deliverable": _promised(step.deliverable, step.sources),
        "schedule": schedule_of(step, thread, searched_until),
        "outcome": outcome,
        "witnesses": step.witnesses,
        "first_wording": shown_quote(step.sources[0], step.sources[0].evidence),
        "documents": [_document(source) for source in step.sources],
    }


def _closed(sources: Iterable[Source]) -> Source | None:
    """Return a page that is protected, None when none is."""
    return next((source for source in sources if source.rights == RIGHTS), None)


def _promised(words: str | None, sources: Iterable[Source]) -> str | None:
    """Return what is promised; a few words of it where they may be those of a page that is protected."""
    closed = _closed(sources)
    return shown_words(closed, words) if closed and words else words


def _document(source: Source) -> dict[str, Any]:
    evidence = source.evidence
    return {
        "document": source.document,
        "path": source.path,
        "fact": short_key(source.fact),
        "outlet": source.outlet,
        "published": source.published,
        "gone": source.gone,
        "evidence": {"start": evidence.start, "end": evidence.end, "quote": shown_quote(source, evidence)},
    }


def _difference(difference: Difference, sources: Iterable[Source]) -> dict[str, Any]:
    paths = {source.document: source.path for source in sources}
    values = [
        {"value": value.value, "documents": list(value.documents), "paths": [paths[d] for d in value.documents]}
        for value in difference.values
    ]
    return {"field": difference.field, "values": values}
