"""Workbook and archive hold every layer as a table, with words, page and number of pages, and what was left behind."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook

from export.sent_pages import TERMS, pack, promise_document, protected_document
from mithaq.export.book import COLUMNS
from mithaq.export.exchange import Terms
from mithaq.export.formats import write_export
from mithaq.export.parcel import Parcel


def sheets_of(parcel: Parcel, terms: Terms = TERMS) -> dict[str, list[dict[str, object]]]:
    book = load_workbook(io.BytesIO(write_export(parcel, "xlsx", terms).data))
    tables = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    return {title: [dict(zip(map(str, head), row, strict=True)) for row in rows] for title, (head, *rows) in tables.items()}


def files_of(parcel: Parcel) -> dict[str, list[dict[str, str]]]:
    with ZipFile(io.BytesIO(write_export(parcel, "csv", TERMS).data)) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def test_every_layer_is_a_sheet_with_all_its_rows(parcel: Parcel) -> None:
    sheets = sheets_of(parcel)
    assert list(sheets) == list(COLUMNS)
    assert [len(sheets[name]) for name in ("events", "statements", "figures", "people", "pages")] == [3, 3, 1, 4, 5]
    (project,) = [row for row in sheets["events"] if row["type"] == "project"]
    assert (project["amount"], project["currency"], project["parties"]) == (20_000_000, "USD", "AfDB; EE; RW")
    assert project["roles"] == "African Development Bank: funder; Tartu Cyber Institute: implementer"
    assert str(project["quote"]).startswith("Rwanda opened") and project["url"] == "https://lakes.example/data-centre"


def test_the_archive_holds_the_same_rows_as_the_workbook(parcel: Parcel) -> None:
    sheets, files = sheets_of(parcel), files_of(parcel)
    assert list(files) == [f"{name.replace(' ', '-')}.csv" for name in COLUMNS]
    for name, rows in sheets.items():
        told = [{key: "" if value is None else str(value) for key, value in row.items()} for row in rows]
        found = [{key: value.removesuffix(".0") for key, value in row.items()} for row in files[f"{name.replace(' ', '-')}.csv"]]
        assert [{key: value.removesuffix(".0") for key, value in row.items()} for row in told] == found


def test_people_stand_once_with_all_names_and_offices(parcel: Parcel) -> None:
    rows = {row["name"]: row for row in sheets_of(parcel)["people"]}
    host = rows.get("سالم الحارثي") or rows["Salim Al-Harthi"]
    assert (host["pages"], host["country"], host["roles"]) == (2, "OM", "وزير الاتصالات العماني")
    assert (host["first"], host["last"]) == ("2024-03-04", "2024-03-05")


def test_a_promise_is_a_thread_with_its_status(tmp_path: Path) -> None:
    parcel = pack(tmp_path, promise_document())
    rows = sheets_of(parcel)["threads"]
    assert [row["id"] for row in rows] == [sent.thread.id for sent in parcel.threads]
    assert {row["schedule"] for row in rows} == {sent.status.schedule for sent in parcel.threads} != set()
    assert any("commitment" in str(row["steps"]) for row in rows)


def test_words_of_a_protected_page_stand_in_no_sheet(tmp_path: Path) -> None:
    sheets = sheets_of(pack(tmp_path, protected_document(), promise_document(rights="protected")))
    assert {row["quote"] for name in ("events", "statements", "figures") for row in sheets[name]} == {None}
    assert {row["subject"] for row in sheets["threads"]} <= {None}
    assert any(row["reason"] and "protected" in str(row["reason"]) for row in sheets["left behind"])


def test_an_arabic_workbook_runs_from_the_right(parcel: Parcel) -> None:
    book = load_workbook(io.BytesIO(write_export(parcel, "xlsx", Terms(lang="ar")).data))
    assert all(sheet.sheet_view.rightToLeft for sheet in book.worksheets)
