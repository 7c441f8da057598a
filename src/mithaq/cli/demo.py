"""``mithaq demo``: the main job on packaged pages of invented news, from pages to dossiers, in one command."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import progress, screen
from mithaq.cli.main import NOTHING
from mithaq.cli.options import Speak, choose_language
from mithaq.errors import StoreError
from mithaq.model.vocabulary import LANGUAGES

if TYPE_CHECKING:
    from rich.console import Console

    from mithaq.answers.dossier import Dossier
    from mithaq.answers.lines import StatementLine
    from mithaq.export.messages import Messages

# A pair that fewer pages show makes no dossier worth reading.
FEWEST_PAGES = 3
_FEW = 2  # needs and offers shown of each pair


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("demo")(demo)


def demo(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the pages, the workspace and the dossiers.")] = Path(
        "mithaq-demo"
    ),
    lang: Speak = None,
) -> int:
    """Show what mithaq does, on packaged pages.

    The pages tell of invented events. Copies them into a folder, reads them into a workspace there, and
    writes a dossier, in three languages, of each pair of
    countries that several pages show. Nothing is downloaded; running it again changes nothing.

    \b
    mithaq demo
    mithaq demo --output /tmp/mithaq --lang ar
    """
    from mithaq.answers.dossier import build_dossier
    from mithaq.answers.find import find_rows
    from mithaq.answers.known import know
    from mithaq.export.briefing import write_html
    from mithaq.export.messages import Messages
    from mithaq.store.place import DATABASE
    from mithaq.workspace import open_workspace

    pages = copy_pages(output / "pages")
    # What is only shown lies in its folder, wherever one's own workspace lies.
    root = output / "workspace"
    with open_workspace(root, place=root / DATABASE) as workspace, progress("reading") as advance:
        summary = workspace.ingest([pages], progress=advance, gate=False)
        documents = list(workspace.store.documents())
        known = know(workspace.store, documents)
    messages = Messages(choose_language(lang))
    console = screen()
    console.print(f"mithaq read {len(documents)} packaged pages ({summary.new} new). Their events and people are invented.\n")
    written: list[Path] = []
    for row in find_rows(documents, "pairs"):
        if int(str(row["pages"])) < FEWEST_PAGES:
            continue
        found = build_dossier(documents, (str(row["a"]), str(row["b"])), know=lambda _: known)
        if not found.sources:
            continue
        _print_summary(console, found, messages)
        for language in LANGUAGES:
            path = output / f"{'-'.join(found.pair)}.{language}.html"
            path.write_text(write_html(found, language), "utf-8")
            if language == messages.lang:
                written.append(path)
    if not written:
        return NOTHING
    console.print("The whole dossiers, one file each, to open in a browser or print (also there in the other languages):")
    for path in written:
        console.print(f"  {path}", soft_wrap=True)
    console.print("\nNow with your own pages:  mithaq ingest FOLDER   then   mithaq dossier A B --format html -o A-B.html")
    return 0


def copy_pages(folder: Path) -> Path:
    """Copy the packaged pages and their sidecars into *folder* and return it; pages that are there already stay."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for source in sorted((files("mithaq") / "knowledge" / "demo").iterdir(), key=lambda f: f.name):
            if source.name.endswith((".txt", ".html", ".meta.json")) and not (folder / source.name).exists():
                (folder / source.name).write_bytes(source.read_bytes())
    except OSError as error:
        raise StoreError(f"{folder} cannot be written ({error.strerror or error}); name another folder with --output") from error
    return folder


def _print_summary(console: Console, found: Dossier, messages: Messages) -> None:
    from rich.text import Text

    from mithaq.export.briefing import tiles_of

    console.print(Text(messages.pair(found.pair), style="bold"))
    counts = (f"{messages.number(n)} {messages.count(f'label.{label}', n)}" for label, n in tiles_of(found))
    console.print(Text("  " + messages.text("comma").join(counts), style="dim"))
    for exchange in found.exchanges:
        for what, side, lines in (("needs", exchange.needing, exchange.needs), ("offers", exchange.offering, exchange.offers)):
            if side and lines:
                console.print(Text("  " + messages.text(f"exchange.{what}", side=messages.side(side)), style="bold"))
            for line in lines[:_FEW] if side else ():
                console.print(_said(line, messages))
    console.print()


def _said(line: StatementLine, messages: Messages) -> object:
    from rich.padding import Padding
    from rich.text import Text

    quote = messages.quote(line.proofs[0].quote)
    return Padding(Text.assemble(quote, (f" — {line.speaker or messages.text('statement.narrator')}", "dim")), (0, 0, 0, 4), expand=False)
