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
    host: Annotated[str, typer.Option("--host", help="An address of this machine; others are refused.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any free one.")] = 8000,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show a workspace in the browser, and take new pages in.

    Only this machine can reach it. The pages speak Arabic, French and English; a workspace that does not
    exist yet is made, and filled from the page. Ctrl-C stops it.

    \b
    mithaq serve --open
    mithaq serve --workspace gulf --port 8080
    """
    from mithaq.cli.console import tell
    from mithaq.web.serve import serve as run

    run(workspace, host=host, port=port, open_browser=open_browser, tell=tell)
