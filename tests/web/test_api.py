"""The answers for programs: described, in stretches, with fingerprints, and with errors that a program can read."""

from __future__ import annotations

import csv
import io
import re
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from mithaq.web.app import make_app
from mithaq.workspace import open_workspace
from web.conftest import BASE

LISTS = ("documents", "statements", "events", "indicators", "people", "bodies", "programmes")


@pytest.mark.parametrize("what", LISTS)
def test_stretches_join_to_the_whole_list(site: TestClient, what: str) -> None:
    rows: list[dict[str, Any]] = []
    place = f"/api/v1/lists/{what}?limit=7"
    for _ in range(100):
        answer = site.get(place)
        rows += answer.json()["items"]
        onward = re.search(r'<([^>]+)>; rel="next"', answer.headers.get("link", ""))
        assert bool(onward) == bool(answer.json()["next"])
        if onward is None:
            break
        place = onward[1]
    keys = [(row.get("source") or row["id"], row["n"]) for row in rows]
    assert len(set(keys)) == len(keys) > 10
    counts = site.get("/api/v1/counts").json()
    assert len(site.get(f"/api/v1/lists/{what}?limit=200&all=1").json()["items"]) == min(counts[what], 200)


def test_every_fact_comes_with_its_words(site: TestClient) -> None:
    for row in site.get("/api/v1/lists/statements?limit=5").json()["items"]:
        text = site.get(f"/api/v1/documents/{row['source']}").json()
        assert row["quote"] in [s["evidence"]["quote"] for s in text["statements"]]
        assert row["why"] and isinstance(row["topics"], list) and "page" not in row


def test_lists_as_csv(site: TestClient) -> None:
    answer = site.get("/api/v1/lists/statements?kind=need&format=csv&limit=3")
    assert answer.headers["content-type"].startswith("text/csv") and "next" in answer.headers["link"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 3 and {row["kind"] for row in rows} == {"need"}


@pytest.mark.parametrize("place", ["pairs", "search?q=cooperation", "sources", "quarantine", "lists/documents", "timeline",
                                   "threads", "ledger?country=MR", "graph?who=sides"])  # fmt: skip
def test_what_offers_csv_gives_it(site: TestClient, place: str) -> None:
    answer = site.get(f"/api/v1/{place}{'&' if '?' in place else '?'}format=csv")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")


def test_filters_narrow_and_dates_have_any_digits(site: TestClient) -> None:
    every, some = (site.get(f"/api/v1/threads{asked}").json()["items"] for asked in ("", "?country=MR"))
    assert 0 < len(some) < len(every) and all("MR" in item["thread"]["parties"] for item in some)
    arabic, western = (site.get(f"/api/v1/lists/documents?since={year}&limit=200").json()["items"] for year in ("٢٠٢٦", "2026"))
    assert arabic == western and western


def test_search_pairs_and_what_happened(site: TestClient) -> None:
    found = site.get("/api/v1/search", params={"q": "تعاون", "limit": 1}).json()
    assert found["total"] > 1 and found["next"] == "1" and found["items"][0]["marks"]
    second = site.get("/api/v1/search", params={"q": "تعاون", "limit": 1, "after": "1"}).json()
    assert second["items"][0]["id"] != found["items"][0]["id"]
    assert site.get("/api/v1/pairs").json()["items"][0]["a"] == "JO"
    assert site.get("/api/v1/pairs/MR/JO").json()["pair"] == ["JO", "MR"]
    event = site.get("/api/v1/timeline?limit=1").json()["items"][0]
    assert site.get(f"/api/v1/happenings/{event['id']}").json() == event
    thread = site.get("/api/v1/threads?limit=1").json()["items"][0]
    assert thread["status"]["schedule"] and site.get(f"/api/v1/threads/{thread['thread']['id']}").json() == thread["thread"]
    person = site.get("/people").text
    [key] = re.findall(r"/entity/(p[0-9a-f]+)", person)[:1]
    assert site.get(f"/api/v1/entities/{key}").json()["entity"]["id"] == key
    assert site.get("/api/v1/ledger?country=MR").json()["exchanges"]
    name = site.get("/api/v1/lists/indicators?limit=1").json()["items"][0]["name"]
    assert site.get(f"/api/v1/figures/{name}").json()["listing"]["lines"]
    assert site.get("/api/v1/sources").json()["items"] and site.get("/api/v1/quarantine").json()["items"]
    assert site.get("/api/v1/vocabularies/statement_kinds").json()["need"]["en"]


@pytest.mark.parametrize(
    ("place", "status", "words"),
    [
        ("/api/v1/lists/nothing", 404, "there is no list"),
        ("/api/v1/lists/statements?limit=9999", 400, "limit"),
        ("/api/v1/lists/statements?after=x", 400, "no cursor"),
        ("/api/v1/lists/statements?since=soon", 400, "not a date"),
        ("/api/v1/lists/statements?country=Atlantisland", 400, "Atlantisland"),
        ("/api/v1/search", 400, "q"),
        ("/api/v1/search?q=x&after=-1", 400, "no cursor"),
        ("/api/v1/documents/ffffffff", 404, "no document"),
        ("/api/v1/pairs/JO/JO", 400, "two different sides"),
        ("/api/v1/happenings/h0000000000000", 404, "no event"),
        ("/api/v1/threads/t0000000000000", 404, "t0000000000000"),
        ("/api/v1/entities/p0000000000000", 404, "p0000000000000"),
        ("/api/v1/counts?format=csv", 400, "it knows none"),
        ("/api/v1/timeline?format=xml", 400, "format"),
        ("/api/v1/ledger?since=2030", 400, "no parameter 'since'; it knows country, format, topic"),
        ("/api/v1/threads?since=2030", 400, "no parameter 'since'"),
        ("/api/v1/lists/statements?after=2026-01-20~99999999999999999999999~3", 400, "no cursor"),
        ("/api/v1/lists/statements?after=2026-01-20~1~-99999999999999999999999", 400, "no cursor"),
        ("/api/v1/vocabularies/poems", 404, "no vocabulary"),
        ("/api/v1/nothing", 404, ""),
    ],
)
def test_errors_are_problems(site: TestClient, place: str, status: int, words: str) -> None:
    answer = site.get(place)
    assert answer.status_code == status and answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status and words in problem["detail"] and problem["instance"] == place.partition("?")[0]


def test_what_has_not_changed_is_not_sent_again(site: TestClient) -> None:
    first = site.get("/api/v1/counts")
    again = site.get("/api/v1/counts", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""


def test_everything_is_described_by_an_example(site: TestClient) -> None:
    described = site.get("/api/v1/openapi.json").json()
    assert len(described["paths"]) > 12 and all(path.startswith("/api/v1/") for path in described["paths"])
    for path, methods in described["paths"].items():
        for operation in methods.values():
            assert operation["summary"] and operation["description"], path
            if "204" in operation["responses"]:
                continue  # it says nothing
            told = next(answer for status, answer in operation["responses"].items() if status in ("200", "201", "202"))
            assert told["content"]["application/json"]["example"], path
            assert "application/problem+json" in operation["responses"]["400"]["content"], path
    page = PageReader(site.get("/api").text)
    assert page.problems == [] and all(path in page.text for path in described["paths"])


@pytest.mark.parametrize("value", ["", "'", "\x00", "٣", "9" * 400, "../..", "{}", "-1", "1e9", "😀", "a~b~c", "%"])
def test_no_question_breaks_a_server(site: TestClient, value: str) -> None:
    described = site.get("/api/v1/openapi.json").json()["paths"]
    for path, methods in described.items():
        if "get" not in methods:
            continue
        names = [parameter["name"] for parameter in methods["get"].get("parameters", ()) if parameter["in"] == "query"]
        place = re.sub(r"\{\w+\}", "x", path)
        answer = site.get(place, params=dict.fromkeys(names, value))
        assert answer.status_code < 500, (place, value, answer.text)


def test_pages_come_in_by_program_and_only_so(tmp_path: Path) -> None:
    open_workspace(tmp_path / "workspace").close()
    with TestClient(make_app(tmp_path / "workspace"), base_url=BASE) as site:
        sent = {"text": "Jordan offers training\n\nThe ministry offered training to Oman on 3 May 2026.", "outlet": "example.org"}
        answer = site.post("/api/v1/jobs", json=sent)
        assert answer.status_code == 202 and answer.headers["location"] == answer.json()["state"]
        for _ in range(200):
            job = site.get(answer.json()["state"]).json()
            if job["ended"]:
                break
            time.sleep(0.05)
        [page] = job["taken"]
        assert page["outcome"] == "new" and site.get(f"/api/v1/documents/{page['document']}").json()["outlet"] == "example.org"
        wrong: dict[str, object]
        for wrong in ({}, {"text": "  "}, {"addresses": ["ftp://x"]}, {"text": "x", "published": "soon"}):
            refused = site.post("/api/v1/jobs", json=wrong)
            assert refused.status_code == 400 and refused.headers["content-type"] == "application/problem+json", wrong
        assert site.post("/api/v1/jobs", content='{"text": "x"}', headers={"content-type": "text/plain"}).status_code in (400, 415)
        assert site.post("/api/v1/jobs", json=sent, headers={"origin": "http://evil.example"}).status_code == 403
        assert site.get("/api/v1/jobs/none").status_code == 404
