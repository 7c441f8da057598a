"""``mithaq reference``: tables of your own to hold cited figures against."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.judge import BY, read_name
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Output, Workspace
from mithaq.cli.who import CardFormat

HELP = "Bring tables of your own to hold cited figures against."
_SCREEN = ("table", "values", "file", "by", "when", "removed")
_MOST_TOLD = 10  # contradictions between tables


def make_app() -> typer.Typer:
    """Return the group of commands ``mithaq reference``."""
    app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command("add")(add)
    app.command("list")(list_tables)
    app.command("remove")(remove)
    return app


def add(
    file: Annotated[Path, typer.Argument(help="A CSV file: index, edition, country, value, unit, source.", metavar="FILE.csv")],
    name: Annotated[str | None, typer.Option("--name", help="What to call the table. Default: the file's name.")] = None,
    by: Annotated[str | None, BY] = None,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Keep a table; from then on "mithaq figures" and the site tell which claims agree with it.

    A line a value. Names of one index stand beside each other: GCI | Global Cybersecurity Index.

    \b
    mithaq reference add gci.csv
    mithaq reference add gci-2024.csv --name "GCI 2024" --by Amal
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace) as opened:
        table = opened.add_reference(file, read_name(by), name=name)
        values = opened.store.reference_values()
    screen().print(f"{table.name}: {table.values} values from {table.file}, added by {table.by}", soft_wrap=True)
    from mithaq.answers.reference import contradictions

    against = [pair for pair in contradictions(values) if table.name in (pair[0].table, pair[1].table)]
    for one, other in against[:_MOST_TOLD]:
        where = f"{one.table} line {one.line}: {one.value:g}; {other.table} line {other.line}: {other.value:g}"
        complain(f"{one.names[0]}, {one.edition}, {one.country}: two values ({where}); remove the table that is wrong")
    if len(against) > _MOST_TOLD:
        complain(f"and {len(against) - _MOST_TOLD} more values on which tables contradict each other")
    return 0


def list_tables(
    format: Annotated[CardFormat, typer.Option("--format", "-f", help="table for people, jsonl for programs.")] = CardFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
) -> int:
    """List the tables: by whom and when they were added, and those that were removed.

    \b
    mithaq reference list
    mithaq reference list --format jsonl
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        tables = opened.store.reference_tables()
    if format is CardFormat.jsonl:
        import msgspec

        emit(b"".join(msgspec.json.encode(table) + b"\n" for table in tables), output)
        return 0 if tables else NOTHING
    if not tables:
        complain("no reference table; add one with 'mithaq reference add FILE.csv'")
        return NOTHING
    from mithaq.cli.views import print_rows

    rows: list[dict[str, object]] = [
        {
            "table": table.name, "values": table.values, "file": table.file, "by": table.by, "when": table.at[:10],
            "removed": f"{table.removed_at[:10]}, {table.removed_by}" if table.removed_at else "",
        }
        for table in tables
    ]  # fmt: skip
    console = screen()
    with console.capture() as captured:
        print_rows(console, rows, _SCREEN)
    emit(captured.get(), output)
    return 0


def remove(
    name: Annotated[str, typer.Argument(help="The table, as 'mithaq reference list' calls it.", metavar="TABLE")],
    by: Annotated[str | None, BY] = None,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Take a table out of use. Its line stays on the list, with your name and the day.

    \b
    mithaq reference remove gci --by Amal
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        values = opened.remove_reference(name, read_name(by))
    screen().print(f"{name}: {values} values taken out of use", soft_wrap=True)
    return 0
