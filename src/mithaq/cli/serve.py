"""``mithaq serve``: the workspace in a browser, in Arabic, French and English."""

from __future__ import annotations

from typing import Annotated

import typer

from mithaq.cli.options import WORKSPACE, Workspace


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("serve")(serve)


def serve(
    workspace: Workspace = WORKSPACE,
    host: Annotated[str, typer.Option("--host", help="Beyond this machine it takes an account; see 'mithaq account'.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any free one.")] = 8000,
    name: Annotated[list[str] | None, typer.Option("--name", help="A name under which others reach it, behind a proxy.")] = None,
    readers: Annotated[bool, typer.Option("--open-to-readers", help="Anybody may read and comment; analysts sign in.")] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show a workspace in the browser, and take new pages in.

    Only this machine can reach it, without a password, until there are accounts: then everybody signs in,
    and --host may open it to others. The pages speak Arabic, French and English; a workspace that does not
    exist yet is made, and filled from the page. Ctrl-C stops it.

    \b
    mithaq serve --open
    mithaq serve --workspace gulf --port 8080
    mithaq serve --host 0.0.0.0 --name digital.example.org
    """
    from mithaq.cli.console import tell
    from mithaq.web.serve import serve as run

    run(
        workspace, host=host, port=port, open_browser=open_browser, names=name or (), open_to_readers=readers, tell=tell
    )
