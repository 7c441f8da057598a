"""``mithaq ingest``, ``list`` and ``show``: put pages into a workspace, and look at what it holds."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, emit, progress, screen, stop_gently, tell
from mithaq.cli.main import NOTHING, STOPPED
from mithaq.cli.options import PATHS, WORKSPACE, Format, Jobs, MinConfidence, Output, Speak, TableFormat, Workspace, choose_language
from mithaq.cli.read import ReadFormat
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from mithaq.workspace import Summary
    from mithaq.workspace import Workspace as OpenWorkspace

# What a table on the screen shows of each list; files hold every column.
SCREEN_COLUMNS: dict[str, tuple[str, ...]] = {
    "people": ("name", "country", "role", "body", "pages", "last"),
    "bodies": ("name", "kind", "country", "pages", "last"),
    "programmes": ("name", "country", "part_of", "pages", "quote"),
    "events": ("date", "type", "stage", "parties", "place", "quote"),
    "statements": ("kind", "country", "speaker", "due", "published", "quote"),
    "indicators": ("value", "unit", "country", "name", "claimant", "quote"),
    "pairs": ("a", "b", "pages", "events", "first", "last"),
    "documents": ("id", "published", "outlet", "lang", "pairs", "title"),
}


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("ingest")(ingest)
    app.command("list")(list_facts)
    app.command("show")(show)


def ingest(
    paths: Annotated[list[str], typer.Argument(help=PATHS, metavar="PATH...")],
    jobs: Jobs = 1,
    gate: Annotated[
        bool | None,
        typer.Option("--gate/--no-gate", show_default=False, help="Hold back, unread, what cannot be for us; default: above 500 pages."),
    ] = None,
    private: Annotated[bool, typer.Option("--private", help="Own notes and minutes: kept from all that is given to others.")] = False,
    dask: Annotated[
        str | None,
        typer.Option("--dask", help="Web archives are read by this Dask scheduler's workers; local: by --jobs of them.", metavar="ADDRESS"),
    ] = None,
    parquet: Annotated[
        Path | None, typer.Option("--parquet", help="Web archives into Parquet files in this folder, not into a workspace.", metavar="DIR")
    ] = None,
    both: Annotated[bool, typer.Option("--both", help="With --parquet: into the workspace as well.")] = False,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Read pages and keep them in a workspace.

    Pages that it has already are passed over; pages that cannot be read are set aside with the reason
    ('mithaq quarantine list'). A page that its site has no longer is marked as withdrawn. Where many
    pages come, those without digital matters or other countries are held back unread (--no-gate reads
    them, too).
    Ctrl-C finishes what is begun; the same command goes on from there.

    \b
    mithaq ingest news/
    mithaq ingest archive/ --jobs 4
    mithaq ingest page.html records.jsonl --workspace gulf
    mithaq ingest https://www.example.org/news/1
    mithaq ingest minutes/ --private
    mithaq ingest s3://bucket/crawl/ --dask tcp://scheduler:8786 --parquet tables/
    """
    if parquet is None and both:
        raise QuestionError("--both goes with --parquet DIR; without it everything goes into the workspace")
    if parquet is not None and not both:
        if private:
            raise QuestionError("own notes (--private) are kept in a workspace alone, not in Parquet files")
        return write_tables(paths, parquet, workspace, jobs=jobs, dask=dask, gate=gate)
    from mithaq.workspace import open_workspace

    with open_workspace(workspace) as opened, stop_gently() as stop, progress("reading") as advance:
        summary = opened.ingest(
            paths, progress=advance, gate=gate, jobs=jobs, stop=stop, private=private, dask=dask, tables=parquet
        )
    print_summary(summary, workspace)
    log_summary(summary)
    if summary.stopped:
        complain("stopped; what was read is kept, and the same command goes on from there")
        return STOPPED
    return NOTHING if summary.quarantined or not summary.read else 0


def write_tables(paths: list[str], folder: Path, workspace: Path, *, jobs: int, dask: str | None, gate: bool | None) -> int:
    """Read web archives into Parquet files, print what became of them, and return the exit code."""
    from mithaq.bulk.seeing import Crew, write_archives

    with stop_gently() as stop, progress("reading") as advance:
        done = write_archives(paths, folder, workspace, Crew(jobs, dask), gated=gate is not False, stop=stop, progress=advance)
    told = f"{done.records} pages in {done.new + done.known} stretches ({done.known} read before): {done.pages} read, "
    screen().print(f"{told}{done.passed_over} held back unread", soft_wrap=True)
    for name, rows in done.rows.items():
        tell(f"{folder / f'{name}.parquet'}: {rows} rows")
    for name, reason in (*done.failed, *((torn.place, torn.reason) for torn in done.set_aside)):
        complain(f"set aside {name}: {reason.removeprefix(f'{name}: ')}")
    if stop():
        complain("stopped; what was read is kept, and the same command goes on from there")
        return STOPPED
    return NOTHING if done.failed or done.set_aside or not done.records else 0


def log_summary(summary: Summary) -> None:
    """Tell the log what became of the pages."""
    import msgspec

    told = {**msgspec.structs.asdict(summary), "quarantined": len(summary.quarantined)}
    logging.getLogger("mithaq.ingest").info("ingested", extra={"told": told})


def print_summary(summary: Summary, workspace: Path) -> None:
    """Print what became of the pages, and on stderr why some were set aside."""
    others = f"{summary.not_relevant + summary.gated} not on digital cooperation"
    if summary.gated:
        others += f" ({summary.gated} held back unread)"
    parts = [f"{summary.new} new", f"{summary.duplicate} known already", others]
    if summary.updated:
        parts.insert(1, f"{summary.updated} updated")
    if summary.withdrawn:
        parts.append(f"{summary.withdrawn} withdrawn by the site")
    if summary.quarantined:
        parts.append(f"{len(summary.quarantined)} set aside")
    pages = "1 page" if summary.read == 1 else f"{summary.read} pages"
    screen().print(f"{pages} read into {workspace}: {', '.join(parts)}", soft_wrap=True)
    for page in summary.quarantined:
        complain(f"set aside {page.path}: {page.reason.removeprefix(f'{page.path}: ')}")


def list_facts(
    what: Annotated[
        str, typer.Argument(help="people, bodies, programmes, events, statements, indicators, pairs or documents.", metavar="WHAT")
    ],
    pair: Annotated[tuple[str, str] | None, typer.Option("--pair", "-p", help="Two sides, by code or name.", metavar="A B")] = None,
    country: Annotated[str | None, typer.Option("--country", "-c", help="One side, by code or name.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", "-k", help="need, offer, meeting, agreement, company ...")] = None,
    topic: Annotated[str | None, typer.Option("--topic", "-t", help="cybersecurity, digital_government ...")] = None,
    since: Annotated[str | None, typer.Option("--since", help="YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="YYYY, YYYY-MM or YYYY-MM-DD, included.")] = None,
    min_confidence: MinConfidence = 0.0,
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """List what the workspace holds.

    Every row carries its quote and its page.

    \b
    mithaq list pairs
    mithaq list statements --pair MA OM --kind need
    mithaq list events --country المغرب --since 2024 --format xlsx -o events.xlsx
    """
    from mithaq.answers.find import COLUMNS, Question, find_rows
    from mithaq.model.sure import keep_all_sure
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        sides = (read_country(pair[0], opened), read_country(pair[1], opened)) if pair else None
        side = read_country(country, opened) if country else None
        question = Question(pair=sides, country=side, kind=kind, topic=topic, since=since, until=until)
        rows = find_rows(keep_all_sure(opened.store.documents(), min_confidence), what, question)
    return print_list(rows, what, COLUMNS[what], format, output, lang)


def print_list(
    rows: list[dict[str, str | int | float | bool | list[str] | None]],
    what: str,
    columns: tuple[str, ...],
    format: TableFormat,
    output: Path | None,
    lang: Speak,
) -> int:
    """Print rows in the form asked for; return the exit code, NOTHING when there are none."""
    if format is TableFormat.table:
        if not rows:
            complain(f"no {what} found; ask more widely, or ingest more pages")
            return NOTHING
        from mithaq.cli.views import print_rows
        from mithaq.export.messages import Messages

        console, messages = screen(), Messages(choose_language(lang))
        if output is None:
            print_rows(console, rows, SCREEN_COLUMNS[what], messages)
        else:
            with console.capture() as captured:
                print_rows(console, rows, SCREEN_COLUMNS[what], messages)
            emit(captured.get(), output)
        return 0
    from mithaq.export.tables import write_table

    data = write_table(rows, format.value, lang=choose_language(lang), title=what, columns=columns)
    emit(data, output, binary=format is TableFormat.xlsx)
    return 0 if rows else NOTHING


def read_country(words: str, opened: OpenWorkspace) -> str:
    """Return the code of the country or organisation that a person typed; names are looked up in the workspace's words."""
    from mithaq.answers.sides import read_code, read_side

    return read_code(words) or read_side(words, opened.lexicon)


def show(
    key: Annotated[str, typer.Argument(help="Id of a page (its beginning will do), or its path.", metavar="PAGE")],
    format: Annotated[ReadFormat, typer.Option("--format", "-f", help="table for people, jsonl for programs, html to see it.")] = (
        ReadFormat.table
    ),
    text: Annotated[bool, typer.Option("--text", help="Print only the page's text.")] = False,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> None:
    """Show one page with all its facts.

    \b
    mithaq show 3fa9c1
    mithaq show 3fa9c1 --format html -o page.html
    """
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        document = opened.store.document(key)
    if text:
        emit(document.text + "\n", output)
    elif format is ReadFormat.jsonl:
        from mithaq.export.record import encode_record

        emit(encode_record(document), output)
    elif format is ReadFormat.html:
        from mithaq.export.reading import write_pages

        emit(write_pages([document], choose_language(lang)), output)
    else:
        from mithaq.cli.views import print_page
        from mithaq.export.messages import Messages

        if output is not None:
            raise QuestionError("a table is for the screen; give --format html or jsonl with --output")
        print_page(screen(), document, Messages(choose_language(lang)))
