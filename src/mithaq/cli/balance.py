"""``mithaq ledger`` and ``figures``: what is wanted beside what is offered, and one figure as all pages claim it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.keep import read_country
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Format, Output, Speak, TableFormat, Workspace, choose_language

if TYPE_CHECKING:
    from rich.console import Console

    from mithaq.export.messages import Messages


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("ledger")(ledger)
    app.command("figures")(figures)


def ledger(
    country: Annotated[str | None, typer.Argument(help="Only what it needs or offers.", metavar="[COUNTRY]")] = None,
    topic: Annotated[str | None, typer.Option("--topic", "-t", help="Only this topic: cybersecurity, e_government ...")] = None,
    pair: Annotated[tuple[str, str] | None, typer.Option("--pair", help="What each of two needs and the other offers.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many needs and offers of each country and topic.")] = 8,
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """Show needs beside offers, by topic and country, whichever pages and partners tell of them.

    Placed side by side for comparison: no page need have linked them. Offers to the country itself stand first.

    \b
    mithaq ledger Gabon
    mithaq ledger --topic cybersecurity --lang ar
    mithaq ledger --pair GA JO --format jsonl
    """
    from mithaq.answers.ledger import match_ledger
    from mithaq.export.claims import LEDGER_CELLS, LEDGER_COLUMNS, ledger_cells, ledger_row
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        side = read_country(country, opened) if country else None
        two = (read_country(pair[0], opened), read_country(pair[1], opened)) if pair else None
        found = match_ledger(opened.store, country=side, topic=topic, pair=two, limit=limit)
    if format is TableFormat.table:
        from mithaq.cli.balance_views import print_ledger

        return _print(lambda console, messages: print_ledger(console, found, messages), bool(found), "need or offer", output, lang)
    if format is TableFormat.jsonl:
        return _write([ledger_row(match) for match in found], "ledger", LEDGER_COLUMNS, format, output, lang)
    return _write([row for match in found for row in ledger_cells(match)], "ledger", LEDGER_CELLS, format, output, lang)


def figures(
    name: Annotated[str | None, typer.Argument(help="Words of the figure's name, whatever their case and marks.", metavar="[NAME]")] = None,
    country: Annotated[str | None, typer.Option("--country", "-c", help="Only figures of this country.")] = None,
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """Show every cited figure by name, country and year, with the claims of all pages side by side.

    ≠ marks a figure of which pages claim several values, ! a value that its unit does not allow. A figure is a claim, not a fact.

    \b
    mithaq figures
    mithaq figures "cybersecurity index" --country MA
    mithaq figures --format jsonl -o figures.jsonl
    """
    from mithaq.answers.claims import compare_figures
    from mithaq.export.claims import FIGURE_CELLS, FIGURE_COLUMNS, figure_cells, figure_row
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        found = compare_figures(opened.store, name, read_country(country, opened) if country else None)
    if format is TableFormat.table:
        from mithaq.cli.balance_views import print_figures

        return _print(lambda console, messages: print_figures(console, found, messages), bool(found), "figure", output, lang)
    if format is TableFormat.jsonl:
        return _write([figure_row(figure) for figure in found], "figures", FIGURE_COLUMNS, format, output, lang)
    return _write([row for figure in found for row in figure_cells(figure)], "figures", FIGURE_CELLS, format, output, lang)


def _print(show: Callable[[Console, Messages], None], found: bool, what: str, output: Output, lang: Speak) -> int:
    """Print for a person, on the screen or into a file; say so where there is nothing."""
    from mithaq.export.messages import Messages

    if not found:
        complain(f"no {what} found; ask more widely, or ingest more pages")
        return NOTHING
    console = screen()
    with console.capture() as captured:
        show(console, Messages(choose_language(lang)))
    emit(captured.get(), output)
    return 0


def _write(
    rows: list[dict[str, Any]], title: str, columns: Sequence[str], format: TableFormat, output: Output, lang: Speak
) -> int:
    from mithaq.export.tables import write_table

    data = write_table(rows, format.value, lang=choose_language(lang), title=title, columns=columns)
    emit(data, output, binary=format is TableFormat.xlsx)
    return 0 if rows else NOTHING
