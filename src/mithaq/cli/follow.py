"""``mithaq events``, ``event``, ``threads``, ``thread`` and ``new``: what happened, whoever tells it, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.keep import read_country
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Format, Output, Speak, TableFormat, Workspace, choose_language
from mithaq.cli.who import warn_when_stale
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from rich.console import Console

    from mithaq.export.messages import Messages
    from mithaq.model.happening import Happening, Thread
    from mithaq.workspace import Workspace as OpenWorkspace

_NEW_COLUMNS = ("news", "id", "type", "stage", "parties", "date", "reported", "documents", "quote")
Sides = Annotated[list[str] | None, typer.Argument(help="None, one or two countries or organisations.", metavar="[A] [B]")]
Since = Annotated[str | None, typer.Option("--since", help="YYYY, YYYY-MM or YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option("--until", help="YYYY, YYYY-MM or YYYY-MM-DD, included.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for name, command in (("events", events), ("event", event), ("threads", threads), ("thread", thread), ("new", new)):
        app.command(name)(command)


def events(
    sides: Sides = None,
    kind: Annotated[str | None, typer.Option("--kind", "-k", help="meeting, agreement, training ... or commitment.")] = None,
    since: Since = None,
    until: Until = None,
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """List what happened, each happening once with all pages that report it.

    Copies, translations and pages of one outlet count as one witness. Where reports differ in date, place, names or
    figures, "mithaq event ID" shows how.

    \b
    mithaq events MA OM
    mithaq events --kind agreement --since 2025 --format jsonl
    mithaq events Gabon --kind commitment --lang fr
    """
    from mithaq.model.happening import COMMITMENT
    from mithaq.model.vocabulary import EVENT_TYPES

    if kind is not None and kind not in (*EVENT_TYPES, COMMITMENT):
        raise QuestionError(f"there is no kind {kind!r}; there are {', '.join((*EVENT_TYPES, COMMITMENT))}")
    with _asked(workspace) as opened:
        codes = _codes(sides, opened)
        within = _period(since, until)
        found = [
            h
            for h in opened.store.happenings()
            if (h.type == kind if kind else h.type != COMMITMENT) and codes <= set(h.parties) and within(h.date)
        ]
    return _write_events(found, format, output, lang)


def event(
    key: Annotated[str, typer.Argument(help="Id of an event or commitment (its beginning will do).", metavar="ID")],
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """Show one happening: every report with its words, the witnesses, where the reports differ, its threads.

    \b
    mithaq event h35c950
    mithaq event h35c950 --format jsonl
    """
    with _asked(workspace) as opened:
        found = opened.store.happening(key)
        inside = opened.store.threads_of(found.id)
    if format is not TableFormat.table:
        return _write_events([found], format, output, lang)
    from mithaq.cli.follow_views import print_happening

    return _print(lambda console, messages: print_happening(console, found, inside, messages), output, lang)


def threads(
    sides: Sides = None,
    waiting: Annotated[bool, typer.Option("--open", help="Only where something is still to come, or was to come and is not told.")] = False,
    due_before: Annotated[str | None, typer.Option("--due-before", help="Only what is due before: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """List matters followed over time: what was announced and promised, and what the pages show of it since.

    Nothing is ever called broken: where no page tells an outcome, the list says how many sources were searched, up to when.

    \b
    mithaq threads SN TN
    mithaq threads --open --due-before 2026-07
    mithaq threads --format jsonl -o threads.jsonl
    """
    from mithaq.follow.status import find_status, is_waiting
    from mithaq.store.store import check_date

    check_date("--due-before", due_before)
    with _asked(workspace) as opened:
        codes = _codes(sides, opened)
        searched = opened.store.searched()
        found = []
        for one in opened.store.threads():
            status = find_status(one, *searched)
            due = due_before is None or (is_waiting(status) and status.due is not None and status.due < due_before)
            if codes <= set(one.parties) and (is_waiting(status) or not waiting) and due:
                found.append((status.due or "9999", one))
    ordered = [one for _, one in sorted(found, key=lambda pair: (pair[0], pair[1].id))]
    return _write_threads(ordered, searched, format, output, lang)


def thread(
    key: Annotated[str, typer.Argument(help="Id of a thread (its beginning will do).", metavar="ID")],
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """Show one matter step by step: what was said first, in its own words, and what came of it.

    \b
    mithaq thread t055a4
    mithaq thread t055a4 --lang ar
    """
    with _asked(workspace) as opened:
        found, searched = opened.store.thread(key), opened.store.searched()
    if format is not TableFormat.table:
        return _write_threads([found], searched, format, output, lang)
    from mithaq.cli.follow_views import print_thread

    return _print(lambda console, messages: print_thread(console, found, searched, messages), output, lang)


def new(
    since: Annotated[str, typer.Option("--since", help="YYYY, YYYY-MM or YYYY-MM-DD: by the day of publication.")],
    arrived: Annotated[bool, typer.Option("--arrived", help="By the day when this workspace first had the page instead.")] = False,
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """List what is new: happenings and commitments first reported since a day, and further reports of known ones.

    \b
    mithaq new --since 2026-05-01
    mithaq new --since 2026-05 --arrived --format jsonl
    """
    from mithaq.store.store import check_date

    check_date("--since", since)
    with _asked(workspace) as opened:
        fresh = opened.store.arrived(since)
        rows = list(_news(opened.store.happenings(), since, fresh, arrived))
    if format is TableFormat.table:
        from mithaq.cli.follow_views import print_news

        return _print(lambda console, messages: print_news(console, rows, messages), output, lang) if rows else _nothing("news")
    return _write(rows, "new", _NEW_COLUMNS, format, output, lang)


def _news(happenings: Iterable[Happening], since: str, fresh: set[str], arrived: bool) -> Iterator[dict[str, Any]]:
    """Yield a row for every happening of which a page tells since a day."""
    from mithaq.export.losses import shown_quote
    from mithaq.model.happening import COMMITMENT

    for h in happenings:
        told = [s for s in h.sources if (s.document in fresh if arrived or s.published is None else s.published >= since)]
        if told:
            first = COMMITMENT if h.type == COMMITMENT else "event"
            yield {
                "news": first if len(told) == len(h.sources) else "report",
                "id": h.id, "type": h.type, "stage": h.stage, "parties": list(h.parties), "date": h.date, "reported": told[0].published,
                "documents": [{"document": s.document, "path": s.path} for s in told], "quote": shown_quote(told[0], told[0].evidence),
            }  # fmt: skip


@contextmanager
def _asked(workspace: Path) -> Iterator[OpenWorkspace]:
    """Open a workspace to answer from it; say so when some pages are not compared yet."""
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        warn_when_stale(opened)
        yield opened


def _codes(sides: list[str] | None, opened: OpenWorkspace) -> set[str]:
    named = sides or []
    if len(named) > 2:
        raise QuestionError(f"ask of one or two sides, not {len(named)}; put names of several words in quotes")
    return {read_country(words, opened) for words in named}


def _period(since: str | None, until: str | None) -> Callable[[str | None], bool]:
    """Return what says whether a date is in a period; without a date only when no period is asked for."""
    from mithaq.answers.find import is_within
    from mithaq.store.store import check_date

    check_date("--since", since)
    check_date("--until", until)
    if since is None and until is None:
        return lambda _: True
    return lambda day: day is not None and is_within(day, since, until)


def _write_events(found: list[Happening], format: TableFormat, output: Output, lang: Speak) -> int:
    if format is TableFormat.table:
        from mithaq.cli.follow_views import print_happenings

        return _print(lambda console, messages: print_happenings(console, found, messages), output, lang) if found else _nothing("events")
    from mithaq.export.happenings import EVENT_COLUMNS, event_row

    return _write([event_row(h) for h in found], "events", EVENT_COLUMNS, format, output, lang)


def _write_threads(found: list[Thread], searched: tuple[int, str | None], format: TableFormat, output: Output, lang: Speak) -> int:
    if format is TableFormat.table:
        from mithaq.cli.follow_views import print_threads

        if not found:
            return _nothing("threads")
        return _print(lambda console, messages: print_threads(console, found, searched, messages), output, lang)
    from mithaq.export.happenings import THREAD_COLUMNS, thread_row

    return _write([thread_row(one, *searched) for one in found], "threads", THREAD_COLUMNS, format, output, lang)


def _write(rows: list[dict[str, Any]], title: str, columns: tuple[str, ...], format: TableFormat, output: Output, lang: Speak) -> int:
    from mithaq.export.tables import write_table

    data = write_table(rows, format.value, lang=choose_language(lang), title=title, columns=columns)
    emit(data, output, binary=format is TableFormat.xlsx)
    return 0 if rows else NOTHING


def _print(show: Callable[[Console, Messages], None], output: Output, lang: Speak) -> int:
    """Print for a person, on the screen or into a file."""
    from mithaq.export.messages import Messages

    console, messages = screen(), Messages(choose_language(lang))
    if output is None:
        show(console, messages)
    else:
        with console.capture() as captured:
            show(console, messages)
        emit(captured.get(), output)
    return 0


def _nothing(what: str) -> int:
    complain(f"no {what} found; ask more widely, or ingest more pages")
    return NOTHING
