"""``mithaq read``: the facts of pages, without keeping anything."""

from __future__ import annotations

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.main import NOTHING
from mithaq.cli.options import PATHS, MinConfidence, Output, Speak, choose_language
from mithaq.errors import InputError

if TYPE_CHECKING:
    from mithaq.model import Document



class ReadFormat(StrEnum):
    """Forms of what a page says."""

    table = "table"
    jsonl = "jsonl"
    html = "html"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("read")(read)


def read(
    paths: Annotated[list[str], typer.Argument(help=PATHS, metavar="PATH...")],
    format: Annotated[ReadFormat, typer.Option("--format", "-f", help="table for people, jsonl for programs, html to see it.")] = (
        ReadFormat.table
    ),
    text: Annotated[bool, typer.Option("--text", help="Print only the text that all offsets count in.")] = False,
    min_confidence: MinConfidence = 0.0,
    output: Output = None,
    lang: Speak = None,
) -> int:
    """Print what pages say, each fact with its quote.

    Nothing is kept; a workspace is not needed.

    \b
    mithaq read page.txt                          the facts, for people
    mithaq read news/ --format jsonl > all.jsonl  one record a line, for programs
    mithaq read page.txt --min-confidence 0.8     only what is that sure
    mithaq read page.html --format html -o p.html every fact marked in the text
    mithaq read https://www.example.org/news/1    a page of the web
    """
    from mithaq.model.sure import keep_all_sure

    unread: list[str] = []
    documents = keep_all_sure(_documents(paths, unread), min_confidence)
    if text:
        emit("".join(_with_end(document.text) for document in documents), output)
    elif format is ReadFormat.jsonl:
        _print_records(documents, output)
    elif format is ReadFormat.html:
        from mithaq.export.reading import write_pages

        pages = list(documents)
        if pages:
            emit(write_pages(pages, choose_language(lang)), output)
    else:
        _print_tables(documents, lang, output)
    return NOTHING if unread else 0


def _with_end(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _documents(paths: list[str], unread: list[str]) -> Iterator[Document]:
    """Yield the pages in the order given; one that cannot be read is named on stderr and in *unread*, and the others go on."""
    from mithaq.collect.sources import Unread, find_sources
    from mithaq.lexicon import load_lexicon
    from mithaq.pipeline import read_document

    named = [(path, find_sources([path])) for path in paths]
    lexicon = load_lexicon()
    for path, sources in named:
        if not sources:
            unread.append(path)
            complain(f"{path}: no page here; mithaq reads .txt, .html, .htm, .md, .json and .jsonl files")
        for page in (page for source in sources for page in source.pages()):
            if isinstance(page, Unread):
                _set_aside(page.name, page.reason, unread)
                continue
            try:
                document = read_document(page.data, path=page.name, sidecar=page.sidecar, lexicon=lexicon)
            except InputError as error:
                _set_aside(page.name, str(error), unread)
            except Exception as error:  # a fault of ours in one page must not cost the reader all the others
                if os.environ.get("MITHAQ_DEBUG"):
                    raise
                _set_aside(page.name, f"{page.name}: {type(error).__name__}: {error} (a fault of mithaq; please report it)", unread)
            else:
                yield document


def _set_aside(name: str, reason: str, unread: list[str]) -> None:
    unread.append(name)
    complain(reason)


def _print_records(documents: Iterator[Document], output: Path | None) -> None:
    from mithaq.export.record import encode_record

    if output is not None:
        emit(b"".join(encode_record(document) for document in documents), output)
        return
    for document in documents:
        emit(encode_record(document))


def _print_tables(documents: Iterator[Document], lang: Speak, output: Path | None) -> None:
    from mithaq.cli.views import print_page
    from mithaq.export.messages import Messages

    messages = Messages(choose_language(lang))
    console = screen()
    if output is None:
        for document in documents:
            print_page(console, document, messages)
        return
    console = screen()
    with console.capture() as captured:
        for document in documents:
            print_page(console, document, messages)
    emit(captured.get(), output)
