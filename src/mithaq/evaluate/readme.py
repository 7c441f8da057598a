"""Write the table of the README that says how right mithaq is, from a measurement and never by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from mithaq.errors import InputError
from mithaq.evaluate.figures import ALL, Measured, Result

BEGIN, END = "<!-- figures: written by python -m mithaq.evaluate.gate --readme -->", "<!-- end of figures -->"
# (what the reader is told, figure): F1 unless it is a share.
ROWS = (
    ("quotes that stand word for word in the page", "evidence verbatim"),
    ("facts with evidence", "facts with evidence"),
    ("facts on the article, not on furniture", "evidence outside furniture"),
    ("article told from furniture (characters)", "body characters"),
    ("headline", "title"),
    ("date of publication", "published"),
    ("relevant or not", "relevant"),
    ("pairs of countries", "pairs"),
    ("people", "people"),
    ("bodies", "bodies"),
    ("programmes", "programmes"),
    ("events (type, at least half of the parties)", "events"),
    ("events (type and exact parties)", "events (exact parties)"),
    ("statements (words)", "statements (span)"),
    ("statements (words and kind)", "statements (span and kind)"),
    ("cited figures", "indicators"),
    ("topics", "topics"),
)
NAMES = {
    "test": "own test pages", "press": "pages in the manner of the press", "dev/pages": "other invented pages",
    "dev/articles": "real articles", "dev/seeds": "the two documents",
}  # fmt: skip


def write_table(path: Path, measured: Iterable[Measured]) -> None:
    """Put the table between its two marks in the file at *path*; raises InputError when the marks are not there."""
    text = path.read_text("utf-8")
    block = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    if not block.search(text):
        raise InputError(f"{path}: the table's marks are missing; put back the line {BEGIN!r} and, below it, {END!r}")
    path.write_text(block.sub(lambda _: f"{BEGIN}\n{table(measured)}\n{END}", text), "utf-8")


def table(measured: Iterable[Measured]) -> str:
    """Return a Markdown table, a row a layer, a column a set of pages."""
    columns = [(NAMES.get(each.pages, each.pages), each.results[ALL]) for each in measured]
    head = " | ".join(f"{name} ({result.documents})" for name, result in columns)
    lines = [f"| | {head} |", "|---|" + "---:|" * len(columns)]
    lines += [f"| {said} | {' | '.join(_cell(result, name) for _, result in columns)} |" for said, name in ROWS]
    return "\n".join(lines)


def _cell(result: Result, name: str) -> str:
    value = result.f1[name].f1 if name in result.f1 else result.share[name].share if name in result.share else None
    return "–" if value is None else f"{value:.2f}"
