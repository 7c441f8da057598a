"""``mithaq evaluate``: how right mithaq is on annotated pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli.console import emit
from mithaq.cli.options import Lang


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("evaluate")(evaluate)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of annotated pages (NAME.txt beside NAME.json).", metavar="GOLD_DIR")],
    predictions: Annotated[
        Path | None, typer.Argument(help="Records to judge, as read --format jsonl prints them; without it the pages are read now.")
    ] = None,
    ids: Annotated[Path | None, typer.Option("--ids", help="File with the names of the pages to judge.")] = None,
    page_lang: Annotated[Lang | None, typer.Option("--page-lang", help="Only pages in this language.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Figures as JSON.")] = False,
) -> None:
    """Measure how right mithaq is on annotated pages.

    Compares what it reads with what careful people annotated: precision, recall and F1 of every layer.

    \b
    mithaq evaluate corpus/pages
    mithaq evaluate corpus/pages predictions.jsonl --json
    """
    from mithaq.evaluate.score import evaluate_folder, read_ids

    result = evaluate_folder(gold, predictions, ids=read_ids(ids) if ids else None, lang=page_lang.value if page_lang else None)
    if json:
        import msgspec

        emit(msgspec.json.encode(result.rows()) + b"\n")
    else:
        emit(result.table() + "\n")
