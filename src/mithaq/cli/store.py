"""``mithaq store``: the database of a workspace, in its folder or on a server; copy one into the other."""

from __future__ import annotations

from typing import Annotated

import typer

from mithaq.cli.console import emit, progress, screen

HELP = "The database of a workspace: in its folder, or on a server that several people share."


def make_app() -> typer.Typer:
    """Return the commands."""
    app = typer.Typer(no_args_is_help=True)
    app.callback()(_about)
    app.command("copy")(copy)
    return app


def _about() -> None:
    """The database of a workspace: in its folder, or on a server that several people share."""


def copy(
    source: Annotated[str, typer.Argument(metavar="FROM", help="Folder of a workspace, its database file, or postgresql://USER@HOST/DATABASE.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The same; where there is no store it is made.")],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Put the copy in the place of what the target holds.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Tables with rows and checksums as JSON lines.")] = False,
) -> None:
    """Copy a whole database into another one, and prove that nothing was lost.

    Rows and checksum of every table are compared; the target has all of it, or is as before. Only the database
    is copied: captures and your own words stay in the folder of the workspace.

    \b
    mithaq store copy mithaq-workspace postgresql://amal@db.example.org/news
    mithaq store copy postgresql://amal@db.example.org/news copy-of-today
    """
    import msgspec

    from mithaq.store.moving import copy_store
    from mithaq.store.place import place_named

    begin, end = place_named(source), place_named(target)
    with progress("copying") as advance:
        copied = copy_store(begin, end, overwrite=overwrite, progress=advance)
    if json:
        emit(b"".join(msgspec.json.encode(one) + b"\n" for one in copied))
        return
    filled = [one for one in copied if one.rows]
    for one in filled:
        screen().print(f"{one.rows:>10}  {one.table}  {one.checksum[:16]}", highlight=False, soft_wrap=True)
    screen().print(f"{sum(one.rows for one in copied)} rows of {len(filled)} tables are in {end}, the same on both sides", soft_wrap=True)
