"""Options that several commands share, with their one wording."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mithaq.model.vocabulary import LANGUAGES, Language


class Lang(StrEnum):
    """Languages that the interface speaks."""

    ar = "ar"
    fr = "fr"
    en = "en"


class TableFormat(StrEnum):
    """Forms of a list."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    xlsx = "xlsx"


Workspace = Annotated[
    Path,
    typer.Option("--workspace", "-w", envvar="MITHAQ_WORKSPACE", help="Folder of the workspace.", show_default="./mithaq-workspace"),
]
WORKSPACE = Path("mithaq-workspace")
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, max=256, help="So many processes read at once.")]
PATHS = "Files (.txt, .html, .md, records in .json or .jsonl, archives .warc.gz or .wacz), folders, addresses of the web, or - (input)."
MinConfidence = Annotated[
    float,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Only facts at least so sure, 0 to 1; of those with .8, 4 in 5 are right."),
]
SurePages = Annotated[
    float,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Only pages that are at least so surely on digital cooperation, 0 to 1."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of the screen.")]
Speak = Annotated[
    Lang | None,
    typer.Option("--lang", help="Language of headings and labels; quotes keep theirs. Default: MITHAQ_LANG, else that of the system."),
]
Format = Annotated[TableFormat, typer.Option("--format", "-f", help="table for people; jsonl, csv, xlsx for other programs.")]


def choose_language(asked: Lang | None) -> Language:
    """Return the language asked for, else that of MITHAQ_LANG or of the system, else English."""
    if asked:
        return asked.value
    for variable in ("MITHAQ_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        code = os.environ.get(variable, "")[:2].lower()
        found = next((lang for lang in LANGUAGES if lang == code), None)
        if found:
            return found
    return "en"
