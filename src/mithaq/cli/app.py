"""The list of commands, their help, and what they share."""

from __future__ import annotations

import os
from functools import cache
from typing import Annotated, Any

import typer

from mithaq import __version__
from mithaq.cli import (
    account,
    alert,
    ask,
    balance,
    brief,
    bulk,
    care,
    collect,
    conflicts,
    demo,
    follow,
    judge,
    keep,
    measure,
    private,
    publish,
    quarantine,
    read,
    reference,
    review,
    safe,
    send,
    serve,
    source,
    store,
    who,
    words,
)
from mithaq.cli.logs import LogFormat, set_up

_STORE = "MITHAQ_STORE"


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mithaq {__version__}")
        raise typer.Exit


def _start(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.", callback=_show_version, is_eager=True)] = False,
    log: Annotated[LogFormat, typer.Option("--log", envvar="MITHAQ_LOG", help="The log on stderr: text, or JSON lines for programs.")] = (
        LogFormat.text
    ),
    store_at: Annotated[
        str | None,
        typer.Option("--store", envvar=_STORE, help="Address of the workspace's database on a server: postgresql://USER@HOST/DATABASE."),
    ] = None,
) -> None:
    """Turn public news pages, Arabic first, into an evidence-linked record of international digital cooperation.

    \b
      mithaq demo                              see what it does, on packaged pages
      mithaq read page.txt                     the facts of one page, each with its quote
      mithaq ingest news/                      keep pages and facts in a workspace
      mithaq dossier MA OM --format html -o MA-OM.html
      mithaq search تعاون

    Each command has its own --help with examples. The workspace is ./mithaq-workspace unless --workspace or MITHAQ_WORKSPACE
    names another folder; its database lies in it unless --store or MITHAQ_STORE names a server.
    """
    set_up(log)
    if store_at:
        # Also for the processes that this one starts; what is no address is told before anything is done.
        from mithaq.store.place import read_address

        read_address(store_at)
        os.environ[_STORE] = store_at


@cache
def command() -> Any:
    """Return the whole command line as one click command: made once, however many commands a process runs."""
    app = typer.Typer(
        name="mithaq",
        callback=_start,
        add_completion=False,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    looking = (read, keep, ask, brief, send, bulk, who, follow, balance, serve, publish)
    deciding = (review, judge, conflicts, care, private, safe, measure, demo)
    for module in (*looking, *deciding):
        module.register(app)
    collect.register(app)
    app.add_typer(quarantine.make_app(), name="quarantine", help=quarantine.HELP)
    app.add_typer(account.make_app(), name="account", help=account.HELP)
    app.add_typer(alert.make_app(), name="alert", help=alert.HELP)
    app.add_typer(source.make_app(), name="source", help=source.HELP)
    app.add_typer(store.make_app(), name="store", help=store.HELP)
    app.add_typer(words.make_app(), name="lexicon", help=words.HELP)
    app.add_typer(reference.make_app(), name="reference", help=reference.HELP)
    return typer.main.get_command(app)
