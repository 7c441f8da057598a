"""Every list as a file from its own address: the same rows, whole, safe to open in a spreadsheet, without words of protected pages."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from made_documents import make_document, quote
from mithaq.ingest import DATABASE
from mithaq.model import Person, Statement
from mithaq.store import Capture, MadeBy, open_store
from mithaq.web.app import make_app
from mithaq.workspace import open_workspace
from web.conftest import BASE

LISTS = (
    "/search", "/search?q=تعاون", "/statements?kind=need", "/timeline", "/timeline?undated=1", "/ledger", "/figures", "/people", "/bodies",
    "/programmes", "/pairs", "/threads", "/sources", "/map", "/graph", "/quarantine",
)  # fmt: skip


def rows_of(site: TestClient, place: str) -> list[dict[str, str]]:
    answer = site.get(f"{place}{'&' if '?' in place else '?'}format=csv")
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf") and "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("place", LISTS)
def test_a_list_as_csv_and_as_json_has_the_same_rows(site: TestClient, place: str) -> None:
    rows = rows_of(site, place)
    answer = site.get(f"{place}{'&' if '?' in place else '?'}format=json")
    items = answer.json()["items"]
    assert len(rows) == len(items) > 0 and set(rows[0]) == set().union(*items)
    assert site.get(str(answer.request.url), headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    if place != "/quarantine":
        assert "format=csv" in site.get(place).text, "the page offers it"


def test_the_number_of_rows_is_that_of_the_page(site: TestClient) -> None:
    text = site.get("/statements?kind=need", headers={"accept-language": "en"}).text
    assert len(rows_of(site, "/statements?kind=need")) == int(re.findall(r"(\d+) statements, the newest", text)[0])
    key = re.findall(r"/entity/(p\w+)", site.get("/people").text)[0]
    assert rows_of(site, f"/entity/{key}")[0]["quote"]


def test_filters_hold_for_files(site: TestClient) -> None:
    assert {row["country"] for row in rows_of(site, "/statements?country=MR")} == {"MR"}
    assert len(rows_of(site, "/search?country=JO")) < len(rows_of(site, "/search"))
    assert site.get("/statements?format=xml").status_code == 400 and site.get("/statements?format=html").status_code == 200


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[TestClient]:
    root = tmp_path / "workspace"
    open_workspace(root).close()
    formula = "=cmd|' /C calc'!A0"
    text = f"{formula} said that help is needed."
    document = make_document(formula, text, rights="protected", relevant=True, lang="en", outlet="+1+cmd")
    words = quote(document.text, "help is needed")
    person = Person(name=formula, mentions=(quote(document.text, formula),), why="x")
    statement = Statement(kind="need", speaker=formula, reported="indirect", evidence=words, why="x")
    document = replace(document, people=(person,), statements=(statement,))
    with open_store(root / DATABASE) as store:
        store.put(document, Capture(hash="1", file="f", added="now"), MadeBy("1", "2"))
    with TestClient(make_app(root), base_url=BASE) as client:
        yield client


def test_no_cell_runs_and_no_word_of_a_protected_page_leaves(hostile: TestClient) -> None:
    for place in ("/search", "/search?q=help", "/statements", "/people", "/sources"):
        for row in rows_of(hostile, place):
            assert not any(str(value).startswith(("=", "+", "@", "-")) for value in row.values()), place
            assert "help is needed" not in str(row)
    for place in ("/search?q=help&format=json", "/statements?format=json", "/api/v1/lists/statements", "/api/v1/search?q=help"):
        assert "help is needed" not in hostile.get(place).text
