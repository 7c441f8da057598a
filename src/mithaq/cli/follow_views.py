"""How happenings and threads look in a terminal: what, when, who, the words of each page, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from mithaq.export.messages import Messages
from mithaq.follow.status import find_status, is_waiting, schedule_of
from mithaq.model.fact import short_key
from mithaq.model.happening import COMMITMENT, Happening, Source, Step, Thread
from mithaq.text.characters import has_arabic

_HEAD, _QUOTE, _SOFT = "bold", "italic", "dim"
_LEAST, _LONGEST = 30, 60  # characters of what a thread is about, in a list


def print_happenings(console: Console, found: Sequence[Happening], messages: Messages) -> None:
    """Print happenings as a table: when, what, who, by how many witnesses."""
    fields = ("date", "type", "stage", "parties", "place")
    table = _table([*(messages.text(f"field.{name}") for name in fields), messages.text("happening.witnesses"), "id"])
    for h in found:
        told = f"{messages.number(len(h.witnesses))} ≠" if h.differences else messages.number(len(h.witnesses))
        stage = messages.term("stages", h.stage) if h.stage else ""
        day = messages.date(h.date) if h.date else ""
        _row(table, day, _type(h.type, messages), stage, messages.sides(h.parties), say_place(h, messages), told, h.id)
    console.print(table)


def print_happening(console: Console, h: Happening, threads: Iterable[str], messages: Messages) -> None:
    """Print one happening with all its reports."""
    head = [_type(h.type, messages), messages.sides(h.parties)]
    if h.stage and h.type != COMMITMENT:
        head.insert(1, messages.term("stages", h.stage))
    console.print(Rule(Text(" · ".join(part for part in head if part), style=_HEAD), align="left"))
    due = "field.due" if h.type == COMMITMENT else "field.date"
    fields = [
        (messages.text(due), messages.date(h.date)),
        (messages.text("field.date_end"), messages.date(h.date_end) if h.date_end else ""),
        (messages.text("field.place"), h.place or ""),
        (messages.text("field.speaker"), h.speaker or ""),
        (messages.text("field.deliverable"), h.deliverable or ""),
        (messages.text("field.people"), messages.text("comma").join(h.people)),
        (messages.text("field.bodies"), messages.text("comma").join(h.bodies)),
        (messages.text("field.topics"), messages.text("comma").join(messages.term("topics", topic) for topic in h.topics)),
        (messages.text("happening.witnesses"), messages.number(len(h.witnesses))),
        (messages.text("happening.threads"), messages.text("comma").join(threads)),
    ]
    for label, value in fields:
        if value:
            console.print(Text.assemble((f"{label}: ", _SOFT), value))
    console.print()
    for source in h.sources:
        _print_source(console, source, messages)
    if h.differences:
        console.print()
        console.print(Text(messages.text("happening.differences"), style=_HEAD))
    outlets = {source.document: source.outlet or source.path or source.document[:12] for source in h.sources}
    for difference in h.differences:
        console.print(Padding(Text(messages.text("difference." + difference.field)), (0, 0, 0, 2), expand=False))
        for said in difference.values:
            told = messages.text("comma").join(outlets[document] for document in said.documents)
            console.print(Padding(Text.assemble(said.value, (f"  {told}", _SOFT)), (0, 0, 0, 4), expand=False))


def print_threads(console: Console, found: Sequence[Thread], searched: tuple[int, str | None], messages: Messages) -> None:
    """Print threads as a table: about what, between whom, how it stands on each axis."""
    subject, official, proven = messages.text("thread.subject"), messages.text("thread.official"), messages.text("thread.evidence")
    heads = (subject, messages.text("field.parties"), official, proven, messages.text("thread.schedule"), messages.text("field.due"), "id")
    table = _table(heads, wide=subject)
    for thread in found:
        status = find_status(thread, *searched)
        official, evidence = (messages.term("stages", stage) if stage else "" for stage in (status.official, status.evidence))
        evidence += f" ({messages.number(status.witnesses)})" if status.witnesses else ""
        due = messages.date(status.due) if status.due else ""
        schedule = messages.text("schedule." + status.schedule)
        _row(table, _cut(thread.subject), messages.sides(thread.parties), official, evidence, schedule, due, thread.id)
    console.print(table)
    console.print(Text(_searched(searched, messages), style=_SOFT))


def print_thread(console: Console, thread: Thread, searched: tuple[int, str | None], messages: Messages) -> None:
    """Print one thread step by step, with the first wording of each step."""
    status = find_status(thread, *searched)
    console.print(Rule(Text(" ".join(thread.subject.split()), style=_HEAD), align="left"))
    axes = [
        (messages.text("field.parties"), messages.sides(thread.parties)),
        (messages.text("thread.official"), messages.term("stages", status.official)),
        (messages.text("thread.evidence"), messages.term("stages", status.evidence)),
        (messages.text("thread.schedule"), messages.text("schedule." + status.schedule)),
    ]
    for label, value in axes:
        console.print(Text.assemble((f"{label}: ", _SOFT), value))
    if status.evidence:
        console.print(Text(messages.count("thread.witnesses", status.witnesses), style=_SOFT))
    if is_waiting(status):
        console.print(Text(_searched(searched, messages), style=_SOFT))
    console.print()
    for step in thread.steps:
        _print_step(console, step, thread, searched[1], messages)


def print_news(console: Console, rows: Sequence[Mapping[str, Any]], messages: Messages) -> None:
    """Print what is new as a table."""
    fields = (messages.text(f"field.{name}") for name in ("type", "parties", "date"))
    table = _table([messages.text("new.what"), messages.text("new.reported"), *fields, "id"])
    for row in rows:
        reported, day = (messages.date(value) if value else "" for value in (row["reported"], row["date"]))
        what = messages.text("new." + row["news"])
        _row(table, what, reported, _type(row["type"], messages), messages.sides(row["parties"]), day, row["id"])
    console.print(table)


def _print_step(console: Console, step: Step, thread: Thread, until: str | None, messages: Messages) -> None:
    schedule = schedule_of(step, thread, until)
    said = [messages.date(step.date), _type(step.type, messages)]
    if step.stage and step.type != COMMITMENT:
        said.append(messages.term("stages", step.stage))
    if schedule != "none":
        said.append(messages.text("schedule." + schedule))
    if step.outcome:
        degree = messages.text("outcome." + step.outcome.degree)
        said.append(f"{degree} → {step.outcome.happening}")
    console.print(Text.assemble((" · ".join(said), _HEAD), (f"  {step.happening}", _SOFT)))
    for source in step.sources:
        _print_source(console, source, messages)


def _print_source(console: Console, source: Source, messages: Messages) -> None:
    day = messages.date(source.published) if source.published else ""
    gone = messages.text("gone." + source.gone) if source.gone else ""
    told = (source.outlet or messages.text("source.no_outlet"), day, source.path or "", short_key(source.fact), gone)
    console.print(Padding(Text(messages.quote(source.evidence.quote), style=_QUOTE), (0, 0, 0, 2), expand=False))
    console.print(Padding(Text(" · ".join(part for part in told if part), style=_SOFT), (0, 0, 0, 4), expand=False))


def _searched(searched: tuple[int, str | None], messages: Messages) -> str:
    """Return what is said where no page tells an outcome: how much was searched, and up to when."""
    number, until = searched
    return messages.count("thread.searched", number, date=messages.date(until))


def _type(code: str, messages: Messages) -> str:
    return messages.term("statement_kinds" if code == COMMITMENT else "event_types", code)


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rsplit(' ', 1)[0]} …"


def say_place(h: Happening, messages: Messages) -> str:
    """Return the place as printed, with its country where the reader may not know the script."""
    if h.place and h.place_country and has_arabic(h.place) != (messages.lang == "ar"):
        return f"{h.place} ({messages.side(h.place_country)})"
    return h.place or ""


def _table(heads: Iterable[str], wide: str = "") -> Table:
    """Return a table with these headings; the column *wide* keeps room for a line that says something."""
    table = Table(box=None, header_style=_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, overflow="fold", min_width=_LEAST if head == wide else None)
    return table


def _row(table: Table, *cells: str) -> None:
    table.add_row(*(Text(" ".join(cell.split())) for cell in cells))
