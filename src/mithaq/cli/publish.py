"""``mithaq publish``: a workspace as static pages for everybody, in Arabic, French and English."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("publish")(publish)


def publish(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder, or one published into before.", metavar="DIR")],
    title: Annotated[str | None, typer.Option("--title", help="The name of the site.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Take also pages that are not on digital matters.")] = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Write a site of static pages: facts with their quoted sentences and links, searchable, without a server.

    It can be opened from the disk or put on any host. Texts of pages never leave; of pages that say they are
    protected only facts and links do. Publishing again brings the folder up to date, and takes out what is gone.

    \b
    mithaq publish site/
    mithaq publish site/ --title "Observatory of digital cooperation"
    """
    from mithaq.cli.console import complain, tell
    from mithaq.cli.who import warn_when_stale
    from mithaq.export.public import pack_public
    from mithaq.web.publishing import publish as write
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        warn_when_stale(opened)
        parcel, hidden = pack_public(opened.store, everything=everything)
    made = write(parcel, hidden, folder, title=title)
    for line in made.lines():
        tell(line)
    if not parcel.pages:
        complain("no page at hand may be published; ingest some, or take --all")
        return NOTHING
    tell(f"open {folder / 'index.html'}")
    return 0
