"""Marks of what does not stand any more: older versions, withdrawn pages, and the reports that rest on them; and the health of sources."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from made_documents import make_document
from mithaq.ingest import DATABASE
from mithaq.model import Document
from mithaq.store import Capture, MadeBy, open_store
from mithaq.web.app import make_app
from mithaq.web.front import health_of
from mithaq.workspace import open_workspace
from web.conftest import BASE

PLACE = "https://news.example/pact"


@pytest.fixture
def edited(tmp_path: Path) -> Iterator[tuple[TestClient, list[Document], Path]]:
    root = tmp_path / "workspace"
    open_workspace(root).close()
    pages = [
        make_document(f"A pact, version {n}", f"Version {n} of the text.", url=PLACE, relevant=True, lang="en", retrieved=f"2026-0{n}-01")
        for n in (1, 2)
    ]
    with open_store(root / DATABASE) as store:
        for n, page in enumerate(pages, start=1):
            store.put(page, Capture(hash=str(n), file="f", added=f"2026-0{n}-01T00:00:00+00:00", path=PLACE), MadeBy("1", "2"))
    with TestClient(make_app(root), base_url=BASE, headers={"accept-language": "en"}) as client:
        yield client, pages, root


def words(site: TestClient, place: str) -> str:
    return PageReader(site.get(place).text).text


def test_an_older_version_leads_to_the_one_of_today(edited: tuple[TestClient, list[Document], Path]) -> None:
    site, (old, new), _ = edited
    told = site.get(f"/document/{old.id}").text
    assert "This is an older version" in told and f'href="/document/{new.id}"' in told and PageReader(told).problems == []
    today = words(site, f"/document/{new.id}")
    assert "older version" not in today and "All versions of this address (2)" in today


def test_a_withdrawn_page_says_since_when(edited: tuple[TestClient, list[Document], Path]) -> None:
    site, (_, new), root = edited
    assert "no longer has this page" not in words(site, f"/document/{new.id}")
    with open_store(root / DATABASE) as store:
        store.withdraw(PLACE, "2026-03-05T00:00:00+00:00")
        assert store.withdrawn_since(new.id) == "2026-03-05T00:00:00+00:00" and store.versions("0" * 64) == []
    assert "seen on 5 March 2026" in words(site, f"/document/{new.id}")
    assert "Withdrawn" in words(site, "/sources")


def test_a_report_that_does_not_stand_is_marked(demo_workspace: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(demo_workspace, tmp_path / "copy"))
    with open_workspace(root) as workspace:
        several = max(workspace.store.happenings(), key=lambda h: len({source.document for source in h.sources}))
        gone = several.sources[0].document
        with sqlite3.connect(root / DATABASE) as database:
            database.execute("UPDATE documents SET withdrawn = '2026-11-01' WHERE id = ?", (gone,))
        workspace.resolve()
    with TestClient(make_app(root), base_url=BASE, headers={"accept-language": "en"}) as site:
        page = site.get(f"/event/{several.id}").text
    assert page.count('class="report is-gone"') == sum(source.document == gone for source in several.sources) > 0
    assert "withdrawn by its site" in page and "count only where no other page" in page and PageReader(page).problems == []


@pytest.mark.parametrize(
    ("last", "health"),
    [("2026-10-30", "active"), ("2026-10", "active"), ("2026", "active"), ("2026-03-01", "slow"), ("2021", "silent"), (None, "undated")],
)
def test_the_health_of_a_source_is_seen_from_the_last_capture(last: str | None, health: str) -> None:
    assert health_of(last, "2026-11-02T08:00:00+00:00") == health
    assert health_of(last, "") == "undated"
