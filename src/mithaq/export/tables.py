"""Lists as files for other programs: JSON lines, CSV that a spreadsheet opens rightly, and Excel sheets, right to left for Arabic."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from mithaq.errors import QuestionError
from mithaq.model.vocabulary import Language

Table = Sequence[Mapping[str, object]]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs a text that begins so
_LONGEST_CELL = 32_767  # characters, Excel's limit
_MOST_ROWS = 1_048_576  # Excel's limit, the header included
_CUT = " […]"
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
    writer.writerow([_guard(name) for name in names])
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return buffer.getvalue().encode("utf-8-sig" if bom else "utf-8")


def write_xlsx(rows: Table, *, lang: Language | None = None, title: str = "mithaq", columns: Sequence[str] | None = None) -> bytes:
    """Return an Excel workbook of one sheet: header frozen, widths by content, right to left when *lang* is Arabic.

    Raises QuestionError when there are more rows than a sheet holds.
    """
    if len(rows) >= _MOST_ROWS:
        raise QuestionError(f"{len(rows)} rows are more than an Excel sheet holds ({_MOST_ROWS - 1}); ask for csv or narrow the question")
    names = list(columns or columns_of(rows))
    cells = [[_printable(_cell(row.get(name))) for name in names] for row in rows]
    book = Workbook(write_only=True)
    book.properties.created = book.properties.modified = datetime(2000, 1, 1)  # same input, same file
    sheet = book.create_sheet(_sheet_title(title))
    sheet.sheet_view.rightToLeft = lang == "ar"
    sheet.freeze_panes = "A2"
    for n, name in enumerate(names):
        longest = max([len(name), *(len(str(row[n])) for row in cells)])
        sheet.column_dimensions[get_column_letter(n + 1)].width = min(60, max(8, longest + 2))
    sheet.append([_styled(sheet, _printable(_guard(name)), bold=True) for name in names])
    for row in cells:
        sheet.append([_styled(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_table(
    rows: Table, format: str, *, lang: Language | None = None, title: str = "mithaq", columns: Sequence[str] | None = None
) -> bytes:
    """Return the rows in one of :data:`TABLE_FORMATS`, with these *columns* even when there is no row.

    Raises QuestionError for another format.
    """
    writers: dict[str, Callable[[], bytes]] = {
        "jsonl": lambda: write_jsonl(rows, columns=columns),
        "csv": lambda: write_csv(rows, columns=columns),
        "xlsx": lambda: write_xlsx(rows, lang=lang, title=title, columns=columns),
    }
    if format not in writers:
        raise QuestionError(f"there is no table format {format!r}; there are {', '.join(writers)}")
    return writers[format]()


TABLE_FORMATS = ("jsonl", "csv", "xlsx")


def _cell(value: object) -> str | int | float:
    """Return what a spreadsheet cell holds: lists joined, nested things as JSON, text that would run as a formula guarded."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return value
    if isinstance(value, str):
        return _guard(value)
    if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return _guard("; ".join(value))
    return _guard(msgspec.json.encode(value).decode())


def _guard(text: str) -> str:
    return f"'{text}" if text.lstrip(" \n\u00a0\u200e\u200f\u061c\ufeff").startswith(_FORMULA) else text


def _printable(value: str | int | float) -> str | int | float:
    """Return text without the control characters that Excel refuses, cut (visibly) at what one cell holds."""
    if not isinstance(value, str):
        return value
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - len(_CUT)] + _CUT


def _styled(sheet: Any, value: str | int | float, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > 60)
    if bold:
        cell.font = Font(bold=True)
    return cell


def _sheet_title(title: str) -> str:
    """Return a title that Excel takes: 31 characters, none of ``[]:*?/\\``."""
    return "".join(" " if c in "[]:*?/\\" else c for c in title)[:31].strip("' ") or "mithaq"
