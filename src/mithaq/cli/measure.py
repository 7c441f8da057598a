"""``mithaq evaluate``: how right mithaq is on annotated pages; ``mithaq train`` stands in a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mithaq.cli.console import emit
from mithaq.cli.options import Lang
from mithaq.cli.train import train


def register(app: typer.Typer) -> None:
    """Add both commands to the command line."""
    app.command("evaluate")(evaluate)
    app.command("train")(train)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Folder of annotated pages (NAME.txt beside NAME.json).", metavar="GOLD_DIR")],
    predictions: Annotated[
        Path | None, typer.Argument(help="Records to judge, as read --format jsonl prints them; without it the pages are read now.")
    ] = None,
    ids: Annotated[Path | None, typer.Option("--ids", help="File with the names of the pages to judge.")] = None,
    page_lang: Annotated[Lang | None, typer.Option("--page-lang", help="Only pages in this language.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Figures as JSON.")] = False,
    errors: Annotated[
        Path | None, typer.Option("--errors", help="Write every mistake into this HTML file, grouped by cause.", metavar="FILE")
    ] = None,
) -> None:
    """Measure how right mithaq is on annotated pages.

    Compares what it reads with what careful people annotated: precision, recall and F1 of every layer.

    \b
    mithaq evaluate corpus/pages
    mithaq evaluate corpus/pages predictions.jsonl --json
    mithaq evaluate corpus/pages --page-lang fr --errors mistakes.html
    """
    from mithaq.evaluate.score import find_pages, read_ids, read_pages, read_predictions, score_pages

    pages = find_pages(gold, ids=read_ids(ids) if ids else None, lang=page_lang.value if page_lang else None)
    records = read_predictions(predictions) if predictions else read_pages(pages)
    result = score_pages(pages, records)
    if errors:
        from mithaq.evaluate.errors import list_errors, write_errors

        emit(write_errors(list_errors(pages, records), len(pages), str(gold)), errors)
    if json:
        import msgspec

        emit(msgspec.json.encode(result.rows()) + b"\n")
    else:
        emit(result.table() + "\n")
