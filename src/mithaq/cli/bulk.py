"""``mithaq parquet`` and ``query``: a whole workspace as Parquet files, and questions to it in SQL."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Format, Output, Speak, TableFormat, Workspace, choose_language


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("parquet")(parquet)
    app.command("query")(query)


def parquet(
    folder: Annotated[Path, typer.Argument(help="Folder to write to; files of these names in it are replaced.", metavar="DIR")],
    private: Annotated[bool, typer.Option("--private", help="Take also own notes and minutes: for your own eyes.")] = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Write all layers as Parquet files, one a table, for DuckDB, Polars, pandas or Spark.

    Of pages that say they are protected the quoted words are left out. Needs pip install 'mithaq[bulk]'.

    \b
    mithaq parquet tables/
    """
    from mithaq.cli.console import tell
    from mithaq.export.parquet import write_parquet
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False, outward=not private) as opened:
        counts = write_parquet(opened.store, folder)
    for name, rows in counts.items():
        tell(f"{folder / f'{name}.parquet'}: {rows} rows")
    return 0 if counts["documents"] else NOTHING


def query(
    sql: Annotated[str, typer.Argument(help="One SELECT over the tables.", metavar="SQL")],
    tables: Annotated[Path | None, typer.Option("--parquet", help="Ask the Parquet files in this folder, not the workspace.")] = None,
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """Ask a workspace, or Parquet files made of one, in SQL (that of DuckDB).

    Nothing can be changed. Tables: documents, sides, pairs, people, bodies, programmes, mentions, places, events,
    participants, statements, indicators, topics, entities, happenings and their members. Needs pip install 'mithaq[bulk]'.

    \b
    mithaq query "SELECT kind, count(*) AS how_many FROM statements GROUP BY kind ORDER BY how_many DESC"
    mithaq query "SELECT a, b, count(DISTINCT source) AS pages FROM pairs GROUP BY ALL" --parquet tables/ --format csv
    """
    from mithaq.cli.console import complain, emit, screen
    from mithaq.export.parquet import ask_parquet, ask_store
    from mithaq.export.tables import write_table
    from mithaq.workspace import open_workspace

    if tables is not None:
        columns, found = ask_parquet(sql, tables)
    else:
        with open_workspace(workspace, create=False) as opened:
            columns, found = ask_store(sql, opened.store)
    rows = [dict(zip(columns, row, strict=True)) for row in found]
    if not rows:
        complain("nothing found")
    elif format is TableFormat.table and output is None:
        from mithaq.cli.views import print_rows

        print_rows(screen(), rows, columns)
    else:
        kind = "jsonl" if format is TableFormat.table else format.value
        data = write_table(rows, kind, lang=choose_language(lang), title="query", columns=columns)
        emit(data, output, binary=format is TableFormat.xlsx)
    return 0 if rows else NOTHING
