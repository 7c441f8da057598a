"""``mithaq brief``: what to know before a meeting, as a file to read, print and pass on."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import emit
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Output, Speak, Workspace, choose_language
from mithaq.cli.who import warn_when_stale

if TYPE_CHECKING:
    from mithaq.export.paper import Paper


class PaperFormat(StrEnum):
    """Forms of a briefing."""

    md = "md"
    html = "html"
    pdf = "pdf"
    docx = "docx"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("brief")(brief)


def brief(
    name: Annotated[str, typer.Argument(help="Whom you meet: a person, body, country or organisation; a name or an id.", metavar="NAME")],
    on: Annotated[str | None, typer.Option("--on", help="Day of the meeting, YYYY-MM-DD; no later page counts. Default: today.")] = None,
    host: Annotated[str | None, typer.Option("--with", help="Our side: a country, or one of its bodies.", metavar="SIDE")] = None,
    sections: Annotated[
        str | None, typer.Option("--sections", help="Some of: who,said,promises,exchange,happenings,figures,questions. Default: all.")
    ] = None,
    format: Annotated[PaperFormat, typer.Option("--format", "-f", help="md (Markdown), html, pdf, docx (Word).")] = PaperFormat.md,
    lang: Speak = None,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Prepare a meeting.

    Who they are, what was said last, open promises both ways, needs and offers, what happened between the
    sides, figures to be careful with, and questions to ask. Every line has a note with its words and its page.

    \b
    mithaq brief Oman --with Djibouti --on 2026-06-01
    mithaq brief "هديل القضاة" --with MR --lang ar --format pdf -o meeting.pdf
    mithaq brief Jordan --with MR --sections promises,questions --format docx -o jo.docx
    """
    from mithaq.answers.meeting import find_guest, find_host, prepare_meeting
    from mithaq.export.meeting import SECTIONS, meeting_paper
    from mithaq.export.paper import find_captures
    from mithaq.follow.status import schedule_of
    from mithaq.ingest import now
    from mithaq.workspace import open_workspace

    wanted = [part.strip() for part in sections.split(",") if part.strip()] if sections else SECTIONS
    with open_workspace(workspace, create=False) as opened:
        warn_when_stale(opened)
        guest = find_guest(opened.store, opened.lexicon, name)
        side = find_host(opened.store, opened.lexicon, host) if host else None
        found = prepare_meeting(opened.store, guest, side, on or now()[:10], schedule_of)
        captures = find_captures(opened.store, found.sources)
    write_paper(meeting_paper(found, captures, choose_language(lang), wanted), format, output)
    return 0 if found.sources else NOTHING


def write_paper(paper: Paper, format: PaperFormat, output: Output) -> None:
    """Write a paper in the form asked for."""
    from mithaq.export.papers import write

    emit(write(paper, format.value), output, binary=format in (PaperFormat.pdf, PaperFormat.docx))
