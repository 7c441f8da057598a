"""``mithaq account``: who may use the served site, with which role; passwords and the tokens of programs."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, screen
from mithaq.cli.judge import read_name
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Workspace
from mithaq.errors import QuestionError, StoreError

if TYPE_CHECKING:
    from mithaq.visitors import Accounts

HELP = "Say who may use the served site: accounts, roles, passwords, tokens for programs."
Name = Annotated[str, typer.Argument(help="Name of the account.", metavar="NAME")]


class RoleChoice(StrEnum):
    """What an account may do; each role has all rights of the one before."""

    reader = "reader"
    analyst = "analyst"
    moderator = "moderator"
    admin = "admin"


Role = Annotated[
    RoleChoice,
    typer.Option("--role", "-r", help="reader: no whole texts; analyst: all, and decides; moderator: comments; admin: accounts."),
]


def make_app() -> typer.Typer:
    """Return the group of commands."""
    app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, context_settings={"help_option_names": ["-h", "--help"]})
    for command in (add, list_accounts, role, password, remove, token):
        app.command("list" if command is list_accounts else command.__name__)(command)
    return app


@contextmanager
def _accounts(workspace: Path) -> Iterator[Accounts]:
    from mithaq.store.place import is_there
    from mithaq.visitors import Accounts, VisitorsFile

    if not is_there(workspace):
        raise StoreError(f"{workspace} is not a mithaq workspace; fill one with 'mithaq ingest', or name another with --workspace")
    file = VisitorsFile(workspace)
    try:
        yield Accounts(file)
    finally:
        file.close()


def add(name: Name, role: Role = RoleChoice.reader, workspace: Workspace = WORKSPACE) -> None:
    """Make an account; its password is asked for, or read from the input.

    As soon as there is one account, everybody signs in, on this machine too.

    \b
    mithaq account add Amal --role admin
    mithaq account add Badr --role analyst < password.txt
    """
    with _accounts(workspace) as accounts:
        accounts.add(name, _ask_password(), role.value, read_name(None))
    screen().print(f"{name} may sign in as {role.value}")


def list_accounts(workspace: Workspace = WORKSPACE) -> int:
    """List the accounts with their roles, and the tokens of programs."""
    with _accounts(workspace) as accounts:
        found = accounts.every()
    for account in found:
        tokens = "".join(f"; token {key}{f' ({label})' if label else ''}" for key, label in account.tokens)
        typer.echo(f"{account.name}\t{account.role}\tsince {account.made[:10]}{tokens}")
    if not found:
        complain("there is no account; whoever can use this machine can use the site")
        return NOTHING
    return 0


def role(
    name: Name, role: Annotated[RoleChoice, typer.Argument(help="The new role.", metavar="ROLE")], workspace: Workspace = WORKSPACE
) -> None:
    """Give an account another role.

    \b
    mithaq account role Badr moderator
    """
    with _accounts(workspace) as accounts:
        accounts.set_role(name, role.value, read_name(None))
    screen().print(f"{name} is {role.value} now")


def password(name: Name, workspace: Workspace = WORKSPACE) -> None:
    """Give an account another password; whoever is signed in with it must sign in again."""
    with _accounts(workspace) as accounts:
        accounts.set_password(name, _ask_password(), read_name(None))
    screen().print(f"{name} has a new password")


def remove(name: Name, workspace: Workspace = WORKSPACE) -> None:
    """Take an account away, with its sessions and tokens; what it decided stays."""
    with _accounts(workspace) as accounts:
        accounts.remove(name, read_name(None))
    screen().print(f"{name} may not sign in any more")


def token(
    name: Name,
    label: Annotated[str, typer.Option("--label", help="What it is for.")] = "",
    revoke: Annotated[str | None, typer.Option("--revoke", help="Take away the token with this id instead.", metavar="ID")] = None,
    workspace: Workspace = WORKSPACE,
) -> None:
    """Make a token with which a program asks as an account; it is shown this once.

    \b
    mithaq account token Badr --label "weekly report"
    curl -H "Authorization: Bearer mithaq_..." http://127.0.0.1:8000/api/v1/counts
    """
    with _accounts(workspace) as accounts:
        if revoke:
            accounts.revoke_token(revoke, read_name(None))
            screen().print(f"token {revoke} is worth nothing any more")
        else:
            typer.echo(accounts.make_token(name, label, read_name(None)))


def _ask_password() -> str:
    """Return a password: typed twice at a terminal, else the first line of the input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    import getpass

    first = getpass.getpass("password: ")
    if getpass.getpass("once more: ") != first:
        raise QuestionError("these are two different passwords; nothing was changed")
    return first
