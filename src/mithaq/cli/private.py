"""``mithaq private``: keep pages for analysts alone, or open own notes to readers."""

from __future__ import annotations

from typing import Annotated

import typer

from mithaq.cli.console import complain, screen
from mithaq.cli.judge import BY, read_name
from mithaq.cli.options import WORKSPACE, Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("private")(private)


def private(
    pages: Annotated[list[str], typer.Argument(help="Ids (their beginnings will do), paths or addresses.", metavar="PAGE...")],
    why: Annotated[str, typer.Option("--why", help="The reason; it is kept.")],
    off: Annotated[bool, typer.Option("--off", help="Open the pages to readers instead.")] = False,
    by: Annotated[str | None, BY] = None,
    workspace: Workspace = WORKSPACE,
) -> None:
    """Keep pages for analysts alone, or open own notes to readers.

    A private page, and what it alone tells, is left out of all that is given to others: what readers see,
    feeds, alerts, exports, published sites. The decision holds for all versions of the page's address,
    however often they are read again, until the next one. A site published before is to be published again.

    \b
    mithaq private 3fa9c1 --why "an agreement that is not announced yet"
    mithaq private note:minutes.txt --off --why "announced on 3 February" --by Amal
    """
    from mithaq.privacy import set_private
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        for page in pages:
            done = set_private(opened, page, not off, by=read_name(by), why=why)
            state = "for analysts alone" if done.private else "open to readers"
            versions = f" ({len(done.turned)} versions)" if len(done.turned) > 1 else ""
            screen().print(f"{done.document[:12]} {state}{versions}" if done.turned else f"{done.document[:12]} was {state} before")
            for other in done.same_article:
                complain(f"the same article stands on {other[:12]}, which stays as it is; name that page, too, if it is meant")
