"""Decisions by program: kept at once with a name, refused when somebody decided since, taken back, never from a strange site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mithaq.ingest import DATABASE
from mithaq.store import open_store
from mithaq.web.app import make_app
from web.conftest import BASE
from web.test_review import root

__all__ = ["root"]


@pytest.fixture
def own(root: Path) -> Iterator[TestClient]:
    with TestClient(make_app(root), base_url=BASE) as client:
        yield client


def names(site: TestClient, layer: str) -> list[str]:
    """Return the names of the facts of a layer on all pages, those of the first page first."""
    pages = sorted(site.get("/api/v1/lists/documents").json()["items"], key=lambda page: str(page["title"]))
    every = [fact for page in pages for fact in site.get(f"/api/v1/documents/{page['id']}/facts").json()["items"]]
    return [fact["fact"] for fact in every if fact["layer"] == layer]


def test_a_fact_is_corrected_and_taken_back(own: TestClient, root: Path) -> None:
    name = names(own, "statements")[0]
    place = f"/api/v1/facts/{name}"
    before = own.get(place).json()
    assert before["quote"] == "Djibouti needs cables" and before["now"]["kind"] == "need" and before["seen"] == 0
    sent = {"verb": "correct", "fields": {"kind": "offer", "country": "Djibouti"}, "why": "it offers", "by": "Amal", "seen": 0}
    kept = own.post(f"{place}/decisions", json=sent)
    assert kept.status_code == 201 and kept.headers["location"].startswith("/api/v1/facts/")
    after = own.get(kept.headers["location"]).json()
    assert (after["now"]["kind"], after["now"]["country"]) == ("offer", "DJ") and after["seen"] == kept.json()["number"]
    assert {(d["by"], d["why"]) for d in after["decisions"]} == {("Amal", "it offers")}
    late = own.post(f"{place}/decisions", json={**sent, "by": "Said", "fields": {"kind": "intent"}})
    assert late.status_code == 409 and late.headers["content-type"] == "application/problem+json"
    for _ in ("country", "kind"):  # each field was a decision of its own
        assert own.post(f"{place}/decisions", json={"verb": "undo", "by": "Amal"}).status_code == 201
    with open_store(root / DATABASE, create=False) as store:
        assert {s.kind for d in store.documents() for s in d.statements} == {"need"}


def test_two_are_held_apart_and_one_again(own: TestClient) -> None:
    one, other = names(own, "people")
    place = f"/api/v1/facts/{one}/same/{other}"
    assert own.post(place, json={"verb": "different", "by": "Amal"}).status_code == 201
    assert own.get("/api/v1/lists/people").json()["items"][0]["name"] == "Salma Haddadin"
    assert own.post(place, json={"verb": "maybe", "by": "Amal"}).status_code == 400
    assert own.post(place, json={"verb": "undo", "by": "Amal"}).status_code == 201
    assert own.post(f"/api/v1/facts/{one}/same/00000000-000000", json={"verb": "same", "by": "Amal"}).status_code == 404


def test_what_is_no_decision_is_refused(own: TestClient) -> None:
    place = f"/api/v1/facts/{names(own, 'statements')[0]}/decisions"
    wishes = {"verb": "correct", "fields": {"kind": "wish"}}
    for wrong in ({"verb": "like"}, {"verb": "correct"}, wishes, {"verb": "accept", "seen": -1}, {}):
        refused = own.post(place, json={"by": "Amal", **wrong})
        assert refused.status_code == 400 and refused.headers["content-type"] == "application/problem+json", wrong
    assert own.post(place, content="verb=accept", headers={"content-type": "text/plain"}).status_code in (400, 415)
    assert own.post(place, json={"verb": "accept"}, headers={"origin": "http://evil.example"}).status_code == 403
    assert own.get("/api/v1/facts/00000000-000000").status_code == 404
