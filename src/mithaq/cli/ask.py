"""``mithaq dossier``, ``timeline`` and ``search``: questions to a workspace."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mithaq.cli.console import complain, emit, screen
from mithaq.cli.keep import print_list, read_country
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Format, Lang, MinConfidence, Output, Speak, SurePages, TableFormat, Workspace, choose_language
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from mithaq.answers.dossier import Dossier
    from mithaq.answers.timeline import Timeline
    from mithaq.store import Hit


class DossierFormat(StrEnum):
    """Forms of a dossier."""

    terminal = "terminal"
    html = "html"
    md = "md"
    pdf = "pdf"
    docx = "docx"


_TIMELINE_COLUMNS = (
    "date", "date_end", "date_text", "type", "stage", "parties", "people", "bodies", "place", "place_country", "topics", "told_by",
    "quote", "title", "outlet", "published", "source", "start", "end", "url", "path", "invented",
)  # fmt: skip
_HIT_COLUMNS = ("id", "score", "title", "outlet", "published", "lang", "url", "path", "invented")
_AMONG = 5  # hits looked at for each one that is wanted, when only sure ones are
_SNIPPET_COLUMNS = ("quote", "start", "end", "marks")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("dossier")(dossier)
    app.command("timeline")(timeline)
    app.command("search")(search)


def dossier(
    a: Annotated[str, typer.Argument(help="A country or organisation, by code or by name.", metavar="A")],
    b: Annotated[str, typer.Argument(help="The other one.", metavar="B")],
    format: Annotated[
        DossierFormat, typer.Option("--format", "-f", help="terminal, html (one file to send), md (Markdown), pdf, docx (Word).")
    ] = DossierFormat.terminal,
    lang: Speak = None,
    output: Output = None,
    everything: Annotated[bool, typer.Option("--all", help="Take also pages that are not on digital matters.")] = False,
    min_confidence: MinConfidence = 0.0,
    workspace: Workspace = WORKSPACE,
) -> int:
    """Gather what the pages show of two countries.

    Every line carries its sentence and its source; what the pages leave open is said, never filled.

    \b
    mithaq dossier MA OM
    mithaq dossier المغرب عمان --lang ar --format html -o MA-OM.html
    mithaq dossier Gabon Maroc --lang fr --format pdf -o gabon-maroc.pdf
    """
    from mithaq.answers.dossier import build_dossier
    from mithaq.answers.known import know
    from mithaq.export.paper import dossier_paper, find_captures
    from mithaq.model.sure import keep_all_sure
    from mithaq.store import Filter
    from mithaq.workspace import open_workspace

    with open_workspace(workspace, create=False) as opened:
        pair = (read_country(a, opened), read_country(b, opened))
        documents = keep_all_sure(opened.store.documents(Filter(country=pair[0])), min_confidence)
        found = build_dossier(documents, pair, relevant_only=not everything, know=partial(know, opened.store))
        captures = find_captures(opened.store, (source.document for source in found.sources))
    if format in (DossierFormat.pdf, DossierFormat.docx):
        from mithaq.cli.brief import PaperFormat, write_paper

        write_paper(dossier_paper(found, captures, choose_language(lang)), PaperFormat(format.value), output)
    else:
        write_dossier(found, format, lang, output)
    return 0 if found.sources else NOTHING


def write_dossier(found: Dossier, format: DossierFormat, lang: Lang | None, output: Output) -> None:
    """Print a dossier in the form and language asked for."""
    language = choose_language(lang)
    if format is DossierFormat.html:
        from mithaq.export.briefing import write_html

        emit(write_html(found, language), output)
    elif format is DossierFormat.md:
        from mithaq.export.markdown import write_markdown

        emit(write_markdown(found, language), output)
    elif output is not None:
        raise QuestionError("the terminal form is for the screen; give --format html, md, pdf or docx with --output")
    else:
        from mithaq.cli.views import print_dossier
        from mithaq.export.messages import Messages

        print_dossier(screen(), found, Messages(language))


def timeline(
    sides: Annotated[list[str] | None, typer.Argument(help="None, one or two countries or organisations.", metavar="[A] [B]")] = None,
    since: Annotated[str | None, typer.Option("--since", help="YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="YYYY, YYYY-MM or YYYY-MM-DD, included.")] = None,
    min_confidence: MinConfidence = 0.0,
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """List events in order of time.

    Each event stands once, however many pages tell it; those without a known date come last.

    \b
    mithaq timeline MA OM
    mithaq timeline Gabon --since 2024
    mithaq timeline --format csv -o events.csv
    """
    from mithaq.answers.known import know
    from mithaq.answers.timeline import build_timeline
    from mithaq.export.messages import Messages
    from mithaq.export.spoken import speak_timeline
    from mithaq.model.sure import keep_all_sure
    from mithaq.workspace import open_workspace

    named = sides or []
    if len(named) > 2:
        raise QuestionError(f"a timeline is of one or two sides, not {len(named)}; put names of several words in quotes")
    with open_workspace(workspace, create=False) as opened:
        codes = [read_country(words, opened) for words in named]
        found = build_timeline(
            keep_all_sure(opened.store.documents(), min_confidence),
            pair=(codes[0], codes[1]) if len(codes) == 2 else None,
            country=codes[0] if len(codes) == 1 else None,
            since=since,
            until=until,
            know=partial(know, opened.store),
        )
    if format is TableFormat.table:
        found = speak_timeline(found, Messages(choose_language(lang)))
    return print_list(_timeline_rows(found), "events", _TIMELINE_COLUMNS, format, output, lang)


def _timeline_rows(found: Timeline) -> list[dict[str, Any]]:
    rows = []
    for line in (*found.dated, *found.undated):
        source = found.sources[line.proofs[0].source - 1]
        proof = line.proofs[0]
        row: dict[str, Any] = {column: getattr(line, column) for column in ("date", "date_end", "date_text", "type", "stage", "place")}
        row |= {column: list(getattr(line, column)) for column in ("parties", "people", "bodies", "topics")}
        row |= {"place_country": line.place_country, "told_by": len(line.proofs), "quote": proof.quote}
        row |= {column: getattr(source, column) for column in ("title", "outlet", "published", "url", "path", "invented")}
        row |= {"source": proof.document, "start": proof.start, "end": proof.end}
        rows.append(row)
    return rows


def _hit_row(hit: Hit) -> dict[str, Any]:
    marks = [mark.quote for mark in hit.marks]
    snippet = dict(zip(_SNIPPET_COLUMNS, (hit.snippet.quote, hit.snippet.start, hit.snippet.end, marks), strict=True))
    return {column: getattr(hit, column) for column in _HIT_COLUMNS} | snippet


def search(
    query: Annotated[list[str], typer.Argument(help='Words, and "phrases in quotes".', metavar="WORD...")],
    page_lang: Annotated[Lang | None, typer.Option("--page-lang", help="Only pages in this language.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many pages.")] = 20,
    min_confidence: SurePages = 0.0,
    format: Format = TableFormat.table,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """Find pages by words, whatever their ending.

    تعاون finds التعاون and وتعاونهما; words in quotes must stand together.

    \b
    mithaq search تعاون رقمي
    mithaq search '"submarine cable"' --limit 5
    mithaq search cable --min-confidence 0.8
    """
    from mithaq.export.messages import Messages
    from mithaq.model.sure import is_surely_ours
    from mithaq.workspace import open_workspace

    language = choose_language(lang)
    with open_workspace(workspace, create=False) as opened:
        among = limit * _AMONG if min_confidence else limit
        hits = opened.store.search(" ".join(query), limit=among, lang=page_lang.value if page_lang else None)
        if min_confidence:
            hits = [hit for hit in hits if is_surely_ours(opened.store.document(hit.id), min_confidence)][:limit]
    if format is TableFormat.table:
        if not hits:
            complain(f"no page holds {' '.join(query)!r}; try fewer words")
            return NOTHING
        from mithaq.cli.views import print_hits

        if output is not None:
            raise QuestionError("a table is for the screen; give --format jsonl, csv or xlsx with --output")
        print_hits(screen(), hits, Messages(language))
        return 0
    from mithaq.export.tables import write_table

    rows = [_hit_row(hit) for hit in hits]
    data = write_table(rows, format.value, lang=language, title="search", columns=(*_HIT_COLUMNS, *_SNIPPET_COLUMNS))
    emit(data, output, binary=format is TableFormat.xlsx)
    return 0 if hits else NOTHING
