"""``mithaq quarantine``: pages that could not be read, why, and how to try them again."""

from __future__ import annotations

from typing import Annotated

import typer

from mithaq.cli.console import complain, emit, progress, screen
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Workspace

HELP = "Look at the pages that could not be read, and try them again."
Json = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]


def make_app() -> typer.Typer:
    """Return the group of commands ``mithaq quarantine``."""
    app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command("list")(list_pages)
    app.command("retry")(retry)
    return app


def list_pages(json: Json = False, workspace: Workspace = WORKSPACE) -> int:
    """List the pages that were set aside, each with the reason and what to do.

    \b
    mithaq quarantine list
    mithaq quarantine list --json
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        rows = opened.store.rows("quarantine")
    if json:
        import msgspec

        emit(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        return 0
    console = screen()
    for row in rows:
        path, reason = str(row["path"]), str(row["reason"])
        console.print(path, style="bold", soft_wrap=True)
        console.print(f"  {reason.removeprefix(f'{path}: ')}", soft_wrap=True)
        console.print(f"  set aside {str(row['at'])[:10]}, {'kept' if row['file'] else 'nothing kept'}", style="bright_black")
    console.print(f"{_pages(len(rows))} set aside" + ("; mend what you can, then 'mithaq quarantine retry'" if rows else ""))
    return 0


def retry(json: Json = False, workspace: Workspace = WORKSPACE) -> int:
    """Try every page that was set aside again.

    A page is taken as it lies on disk now, else as it was kept, else from the web. What is read leaves the
    quarantine; the rest stays there with its reason.

    \b
    mithaq quarantine retry
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened, progress("reading") as advance:
        summary = opened.retry(progress=advance)
    left = len(summary.quarantined)
    if json:
        import msgspec

        emit(msgspec.json.encode(summary) + b"\n")
    else:
        screen().print(f"{_pages(summary.read)} tried again: {summary.read - left} read, {left} still set aside", soft_wrap=True)
        for page in summary.quarantined:
            complain(f"still set aside {page.path}: {page.reason.removeprefix(f'{page.path}: ')}")
    return NOTHING if left else 0


def _pages(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"
