"""Lists arrive in spreadsheets as they are: letters, columns, numbers, and no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from drawn_documents import LETTERS
from mithaq.errors import QuestionError
from mithaq.export import sheets
from mithaq.export.sheets import write_xlsx
from mithaq.export.tables import TABLE_FORMATS, columns_of, write_csv, write_jsonl, write_table

ROWS = [
    {"name": "حواء عثمان", "pages": 2, "value": 97.5, "digital": True, "names": ["حواء عثمان", "ح. عثمان"], "role": None},
    {
        "name": '=HYPERLINK("http://x")',
        "pages": -1,
        "value": None,
        "digital": False,
        "names": [],
        "role": "line one\nline two",
        "extra": {"a": 1},
    },
]


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_columns_keep_the_order_of_their_first_appearance() -> None:
    assert columns_of(ROWS) == ["name", "pages", "value", "digital", "names", "role", "extra"]


def test_jsonl_keeps_types_and_all_columns() -> None:
    first, second = (json.loads(line) for line in write_jsonl(ROWS).decode().splitlines())
    assert first == {**ROWS[0], "extra": None}
    assert second == ROWS[1]
    assert "حواء" in write_jsonl(ROWS).decode()


def test_csv_has_a_byte_order_mark_unless_told_otherwise() -> None:
    assert write_csv(ROWS).startswith(b"\xef\xbb\xbf")
    assert not write_csv(ROWS, bom=False).startswith(b"\xef\xbb\xbf")
    assert cells(write_csv(ROWS)) == cells(write_csv(ROWS, bom=False))


def test_csv_holds_lists_joined_and_numbers_bare() -> None:
    header, first, second = cells(write_csv(ROWS))
    assert header[:2] == ["name", "pages"]
    assert first == ["حواء عثمان", "2", "97.5", "yes", "حواء عثمان; ح. عثمان", "", ""]
    assert second == ['\'=HYPERLINK("http://x")', "-1", "", "no", "", "line one\nline two", '{"a":1}']


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", " =1", "\u200f=1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    rows = [{"=name": text}]
    assert cells(write_csv(rows))[0] == ["'=name"]
    assert cells(write_csv(rows))[1] == ["'" + text]
    sheet = load_workbook(io.BytesIO(write_xlsx(rows))).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("'")


def test_xlsx_keeps_types_freezes_the_header_and_runs_right_to_left_for_arabic() -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx(ROWS, lang="ar", title="الأشخاص"))).active
    assert sheet.title == "الأشخاص"
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == columns_of(ROWS)
    assert [cell.value for cell in sheet[2]][:5] == ["حواء عثمان", 2, 97.5, "yes", "حواء عثمان; ح. عثمان"]
    assert sheet["A1"].font.bold
    assert sheet["B3"].value == -1
    assert 8 <= sheet.column_dimensions["E"].width <= 60
    assert not load_workbook(io.BytesIO(write_xlsx(ROWS, lang="fr"))).active.sheet_view.rightToLeft


def test_xlsx_takes_control_characters_and_cuts_visibly_what_is_too_long() -> None:
    sheet = load_workbook(io.BytesIO(write_xlsx([{"a": "x\x00y\x0bz", "b": "ب" * 40_000}], title="a/b:c*[d]"))).active
    assert sheet["A2"].value == "x\ufffdy\ufffdz"
    assert len(sheet["B2"].value) == 32_767
    assert sheet["B2"].value.endswith("[…]")
    assert "/" not in sheet.title


def test_the_same_rows_give_the_same_columns_when_there_are_none() -> None:
    assert cells(write_table([], "csv", columns=("name", "country"))) == [["name", "country"]]
    assert [c.value for c in load_workbook(io.BytesIO(write_table([], "xlsx", columns=("name",)))).active[1]] == ["name"]
    assert write_table([], "jsonl", columns=("name",)) == b""


def test_every_format_is_written_and_others_are_refused() -> None:
    assert all(write_table(ROWS, name) for name in TABLE_FORMATS)
    with pytest.raises(QuestionError, match="there are jsonl, csv, xlsx"):
        write_table(ROWS, "pdf")


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MOST_ROWS", 3)
    write_xlsx(ROWS)
    with pytest.raises(QuestionError, match="more than an Excel sheet holds"):
        write_xlsx(ROWS * 2)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.dictionaries(st.sampled_from("abc"), st.none() | st.text(LETTERS, max_size=20) | st.integers(-9, 9), min_size=1), max_size=4
    )
)
def test_any_rows_survive_every_format(rows: list[dict[str, object]]) -> None:
    names = columns_of(rows)
    lines = write_jsonl(rows).decode()
    assert [json.loads(line) for line in lines.splitlines()] == [{name: row.get(name) for name in names} for row in rows]
    if names:
        read = cells(write_csv(rows))
        assert len(read) == len(rows) + 1
        for row, line in zip(rows, read[1:], strict=True):
            assert [cell.removeprefix("'") if isinstance(row.get(n), str) else cell for n, cell in zip(names, line, strict=True)] == [
                str(row[n]).removeprefix("'") if row.get(n) is not None else "" for n in names
            ]
        assert load_workbook(io.BytesIO(write_xlsx(rows))).active.max_row == len(rows) + 1
