"""Lists as files for other programs: JSON lines, CSV that a spreadsheet opens rightly, and Excel sheets (see ``export.sheets``)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

import msgspec

from mithaq.errors import QuestionError
from mithaq.model.vocabulary import Language

Table = Sequence[Mapping[str, object]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a text that begins so
_LINE_ENDS = "\u0085\u2028\u2029"


def columns_of(rows: Table) -> list[str]:
    """Return the names of all columns in the order in which they first appear."""
    return list(dict.fromkeys(name for row in rows for name in row))


def write_jsonl(rows: Table, *, columns: Sequence[str] | None = None) -> bytes:
    """Return one JSON object a line, all columns in each."""
    names = list(columns or columns_of(rows))
    text = b"".join(msgspec.json.encode({name: row.get(name) for name in names}) + b"\n" for row in rows).decode()
    for end in _LINE_ENDS:
        text = text.replace(end, f"\\u{ord(end):04x}")
    return text.encode()


def write_csv(rows: Table, *, bom: bool = True, columns: Sequence[str] | None = None) -> bytes:
    """Return CSV in UTF-8; with the byte order mark that Excel needs to read Arabic, unless *bom* is false."""
    names = list(columns or columns_of(rows))
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow([guard(name) for name in names])
    writer.writerows([cell_of(row.get(name)) for name in names] for row in rows)
    return buffer.getvalue().encode("utf-8-sig" if bom else "utf-8")


def write_table(
    rows: Table, format: str, *, lang: Language | None = None, title: str = "mithaq", columns: Sequence[str] | None = None
) -> bytes:
    """Return the rows in one of :data:`TABLE_FORMATS`, with these *columns* even when there is no row.

    Raises QuestionError for another format.
    """
    writers: dict[str, Callable[[], bytes]] = {
        "jsonl": lambda: write_jsonl(rows, columns=columns),
        "csv": lambda: write_csv(rows, columns=columns),
        "xlsx": lambda: _write_xlsx(rows, lang=lang, title=title, columns=columns),
    }
    if format not in writers:
        raise QuestionError(f"there is no table format {format!r}; there are {', '.join(writers)}")
    return writers[format]()


TABLE_FORMATS = ("jsonl", "csv", "xlsx")


def _write_xlsx(rows: Table, *, lang: Language | None, title: str, columns: Sequence[str] | None) -> bytes:
    # Not at the top: loading what writes Excel takes longer than most commands take.
    from mithaq.export.sheets import write_xlsx

    return write_xlsx(rows, lang=lang, title=title, columns=columns)


def cell_of(value: object) -> str | int | float:
    """Return what a spreadsheet cell holds: lists joined, nested things as JSON, text that would run as a formula guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return guard("; ".join(value))
    return guard(msgspec.json.encode(value).decode())


def guard(text: str) -> str:
    """Return text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.lstrip(" \n\u00a0\u200e\u200f\u061c\ufeff").startswith(_FORMULA) else text
