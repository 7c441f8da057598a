"""Saved searches: kept by address, named, counted anew, renamed, deleted; only through forms of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from made_documents import make_document
from mithaq.errors import QuestionError
from mithaq.ingest import DATABASE
from mithaq.store import Capture, MadeBy, open_store
from mithaq.web.app import make_app
from mithaq.web.saved import read_place
from mithaq.workspace import open_workspace
from web.conftest import BASE


def put(root: Path, number: int) -> None:
    document = make_document(f"Page {number}", f"The cable number {number} was laid.", relevant=True, lang="en", outlet="example.org")
    with open_store(root / DATABASE) as store:
        store.put(document, Capture(hash=str(number), file="f", added="2026-01-01"), MadeBy("1", "2"))


@pytest.fixture
def kept_site(tmp_path: Path) -> Iterator[tuple[TestClient, Path]]:
    root = tmp_path / "workspace"
    open_workspace(root).close()
    put(root, 1)
    with TestClient(make_app(root), base_url=BASE, headers={"accept-language": "en"}) as client:
        yield client, root


def token(site: TestClient, place: str = "/search") -> str:
    return str(re.findall(r'name="token" value="(\w+)"', site.get(place).text)[0])


def send(site: TestClient, to: str, **fields: str) -> tuple[int, str]:
    answer = site.post(to, data={"token": token(site), **fields}, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", "")


def test_a_search_is_kept_and_tells_what_is_new(kept_site: tuple[TestClient, Path]) -> None:
    site, root = kept_site
    assert "Nothing is saved yet" in site.get("/saved").text
    assert send(site, "/saved", name="  Cables <b> ", place="/search?q=cable&in=en&page=2&lang=fr") == (303, "/saved")
    page = site.get("/saved").text
    assert "Cables &lt;b&gt;" in page and 'href="/search?q=cable&amp;in=en"' in page and "nothing new" in page
    assert PageReader(page).problems == []
    put(root, 2)
    assert "1 new, show it" in site.get("/saved").text
    status, place = send(site, "/saved/1/open")
    assert status == 303 and place == "/search?q=cable&in=en&newer=1"
    found = PageReader(site.get(place).text).text
    assert "1 page found" in found and "Page 2" in found and "new since I looked" in found
    assert "nothing new" in site.get("/saved").text


def test_it_can_be_renamed_and_deleted(kept_site: tuple[TestClient, Path]) -> None:
    site, _ = kept_site
    for name in ("One", "Two"):  # the same question is kept once, under its last name
        send(site, "/saved", name=name, place="/statements?kind=need")
    assert site.get("/saved").text.count('class="row saved"') == 1 and "Two" in site.get("/saved").text
    assert send(site, "/saved/1/rename", name="Needs") == (303, "/saved") and "Needs" in site.get("/saved").text
    assert send(site, "/saved/1/explode")[0] == 404
    assert send(site, "/saved/1/delete") == (303, "/saved") and "Nothing is saved yet" in site.get("/saved").text
    assert send(site, "/saved/1/open")[0] == 404
    for number in ("0", "9" * 30):  # more than the database counts
        assert send(site, f"/saved/{number}/open")[0] == 400
    for page in ("9" * 5000, "9" * 16):
        assert site.get("/search", params={"page": page}).status_code == 400


def test_nothing_is_kept_without_our_form_a_name_or_one_of_our_lists(kept_site: tuple[TestClient, Path]) -> None:
    site, _ = kept_site
    assert site.post("/saved", data={"name": "x", "place": "/search"}).status_code == 403
    sent = {"name": "x", "place": "/search", "token": token(site)}
    assert site.post("/saved", data=sent, headers={"origin": "http://evil.example"}).status_code == 403
    assert send(site, "/saved", name=" ", place="/search")[0] == 400
    for place in ("https://evil.example/search", "//evil.example/search", "//[", "/add", "javascript:alert(1)", ""):
        assert send(site, "/saved", name="x", place=place)[0] == 400
    assert "Nothing is saved yet" in site.get("/saved").text


def test_a_question_that_cannot_be_asked_any_more_says_why(kept_site: tuple[TestClient, Path]) -> None:
    site, root = kept_site
    with open_store(root / DATABASE) as store:
        store.save_search("Old", "/search?topic=alchemy", "2026-01-01T00:00:00+00:00")
        with pytest.raises(QuestionError, match="needs a name"):
            store.rename_search(1, "\u200f ")
    assert "no topic" in PageReader(site.get("/saved").text).text


def test_places_lose_what_belongs_to_one_visit() -> None:
    assert read_place("/search?q=a&lang=ar&page=3&after=x&outlet=&country=") == "/search?q=a&outlet="
    assert read_place("/graph?who=sides") == "/graph?who=sides"
