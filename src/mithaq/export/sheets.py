"""A list as an Excel workbook: header frozen, widths by content, right to left for Arabic."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from mithaq.errors import QuestionError
from mithaq.export.tables import Table, cell_of, columns_of, guard
from mithaq.model.vocabulary import Language

_LONGEST_CELL = 32_767  # characters, Excel's limit
_MOST_ROWS = 1_048_576  # Excel's limit, the header included
_CUT = " […]"
# Where a workbook says when it was saved last.
_PROPERTIES = "docProps/core.xml"
_MODIFIED, _ONCE = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*"), rb"\g<1>2000-01-01T00:00:00Z"


def write_xlsx(rows: Table, *, lang: Language | None = None, title: str = "mithaq", columns: Sequence[str] | None = None) -> bytes:
    """Return an Excel workbook of one sheet: header frozen, widths by content, right to left when *lang* is Arabic.

    Raises QuestionError when there are more rows than a sheet holds.
    """
    return write_book({title: (rows, columns)}, lang=lang)


def write_book(tables: Mapping[str, tuple[Table, Sequence[str] | None]], *, lang: Language | None = None) -> bytes:
    """Return an Excel workbook with one sheet for each table by its title: its rows, and its columns where those are to be fixed."""
    book = Workbook(write_only=True)
    book.properties.created = datetime(2000, 1, 1)
    for title, (rows, columns) in tables.items():
        _add_sheet(book, title, rows, list(columns or columns_of(rows)), lang)
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_clock(buffer.getvalue())


def _without_clock(book: bytes) -> bytes:
    """Return a workbook whose parts do not say when they were written: the same input gives the same file."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(book)) as parts, ZipFile(buffer, "w", ZIP_DEFLATED) as stopped:
        for part in parts.infolist():
            entry = ZipInfo(part.filename)
            entry.compress_type = ZIP_DEFLATED
            stopped.writestr(entry, _MODIFIED.sub(_ONCE, parts.read(part)) if part.filename == _PROPERTIES else parts.read(part))
    return buffer.getvalue()


def _add_sheet(book: Workbook, title: str, rows: Table, names: Sequence[str], lang: Language | None) -> None:
    if len(rows) >= _MOST_ROWS:
        raise QuestionError(f"{len(rows)} rows are more than an Excel sheet holds ({_MOST_ROWS - 1}); ask for csv or narrow the question")
    cells = [[_printable(cell_of(row.get(name))) for name in names] for row in rows]
    sheet = book.create_sheet(_sheet_title(title))
    sheet.sheet_view.rightToLeft = lang == "ar"
    sheet.freeze_panes = "A2"
    for n, name in enumerate(names):
        longest = max([len(name), *(len(str(row[n])) for row in cells)])
        sheet.column_dimensions[get_column_letter(n + 1)].width = min(60, max(8, longest + 2))
    sheet.append([_styled(sheet, _printable(guard(name)), bold=True) for name in names])
    for row in cells:
        sheet.append([_styled(sheet, value) for value in row])


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
