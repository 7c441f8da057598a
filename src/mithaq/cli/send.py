"""``mithaq export``: the workspace in the formats of other programs, with a report of what each could not carry."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mithaq.cli.console import complain, emit, tell
from mithaq.cli.keep import read_country
from mithaq.cli.main import NOTHING
from mithaq.cli.options import WORKSPACE, Lang, MinConfidence, Output, Speak, Workspace, choose_language
from mithaq.errors import QuestionError

if TYPE_CHECKING:
    from mithaq.export.parcel import Wanted
    from mithaq.workspace import Workspace as OpenWorkspace


class ExportFormat(StrEnum):
    """Formats of other programs."""

    ftm = "ftm"
    plover = "plover"
    iati = "iati"
    annotations = "annotations"
    gexf = "gexf"
    graphml = "graphml"
    atom = "atom"
    jsonld = "jsonld"
    xlsx = "xlsx"
    csv = "csv"
    wacz = "wacz"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("export")(export)


def export(
    format: Annotated[
        ExportFormat,
        typer.Argument(
            help="ftm (FollowTheMoney), plover, iati, annotations (W3C), gexf, graphml, atom, jsonld (schema.org), xlsx, csv (zipped), "
            "wacz (the pages).",
            metavar="FORMAT",
        ),
    ],
    pair: Annotated[tuple[str, str] | None, typer.Option("--pair", "-p", help="Two sides, by code or name.", metavar="A B")] = None,
    country: Annotated[str | None, typer.Option("--country", "-c", help="One side, by code or name.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Pages published since YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Pages published until then, included.")] = None,
    page_lang: Annotated[Lang | None, typer.Option("--page-lang", help="Only pages in this language.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Take also pages that are not on digital matters.")] = False,
    reporter: Annotated[
        tuple[str, str] | None, typer.Option("--reporter", help="Who publishes, for iati: identifier and name.", metavar="REF NAME")
    ] = None,
    reporter_type: Annotated[str, typer.Option("--reporter-type", help="IATI code of the kind of organisation that publishes.")] = "90",
    min_confidence: MinConfidence = 0.0,
    private: Annotated[bool, typer.Option("--private", help="Take also own notes and minutes: for your own eyes.")] = False,
    loss: Annotated[Path | None, typer.Option("--loss", help="Write what could not be carried to this file, as JSON.")] = None,
    output: Output = None,
    workspace: Workspace = WORKSPACE,
    lang: Speak = None,
) -> int:
    """Write events, people, bodies and statements in the format of another program.

    Each event, person and body leaves once, however many pages name it. What the format has no place for is
    counted on stderr. Of pages that say they are protected only facts and links leave; of own notes nothing.
    wacz takes the pages themselves, as they were fetched, so that they can be replayed.

    \b
    mithaq export ftm -o entities.ftm.json
    mithaq export xlsx --pair MA OM -o ma-om.xlsx
    mithaq export gexf --country MA -o morocco.gexf
    mithaq export iati --reporter XM-EXAMPLE-1 "Observatory" --loss lost.json -o activities.xml
    mithaq export wacz --pair MA OM -o sources.wacz
    mithaq export csv --min-confidence 0.8 -o sure.zip
    """
    from mithaq.cli.who import warn_when_stale
    from mithaq.export.exchange import Reporter, Terms
    from mithaq.export.formats import FORMATS, write_export
    from mithaq.export.parcel import Wanted, pack_parcel
    from mithaq.workspace import open_workspace

    if pair and country:
        raise QuestionError("a pair and a country at once ask for two things; leave one of them out")
    who = Reporter(ref=reporter[0], name=reporter[1], kind=reporter_type) if reporter else None
    with open_workspace(workspace, create=False, outward=not private) as opened:
        warn_when_stale(opened)
        wanted = Wanted(
            pair=(read_country(pair[0], opened), read_country(pair[1], opened)) if pair else None,
            country=read_country(country, opened) if country else None,
            since=since, until=until, lang=page_lang.value if page_lang else None, everything=everything, min_confidence=min_confidence,
        )  # fmt: skip
        if format is ExportFormat.wacz:
            return _export_pages(opened, wanted, output)
        made = write_export(pack_parcel(opened.store, wanted), format.value, Terms(lang=choose_language(lang), reporter=who))
    if loss:
        emit(made.losses.encode(), loss)
    for line in made.losses.lines():
        tell(line)
    if not made.data:
        complain(f"nothing that {format.value} could carry was found; ask more widely, or ingest more pages")
        return NOTHING
    emit(made.data, output, binary=FORMATS[format.value].binary)
    return 0


def _export_pages(opened: OpenWorkspace, wanted: Wanted, output: Path | None) -> int:
    """Write the pages themselves as a collection that can be replayed; tell which do not go along."""
    from collections import Counter

    from mithaq.export.parcel import pack_parcel
    from mithaq.export.wacz import write_wacz
    from mithaq.store.captures import read_capture_file

    held = {one.document: one.capture for one in opened.store.captures_of_documents()}
    title = " – ".join(sorted(wanted.sides)) or "mithaq"
    made = write_wacz(pack_parcel(opened.store, wanted).pages, held.get, lambda file: read_capture_file(opened.root, file), title)
    tell(f"wacz: {made.pages} pages written")
    every = made.pages + len(made.left_out)
    for why, number in sorted(Counter(one.why for one in made.left_out).items()):
        tell(f"  left behind: {number} of {every} pages: {why}; the file lists their links and the number of their facts")
    if not made.pages:
        complain("no page that can be replayed was found; ask more widely, or collect pages from the web")
        return NOTHING
    emit(made.data, output, binary=True)
    return 0
