"""Alerts by program: saved, changed, run and taken out as on their page; and whom a page is for, decided and told with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mithaq.store import open_store
from mithaq.store.alerts import Alert, Ask
from mithaq.store.place import place_of
from mithaq.visitors import Accounts, VisitorsFile
from mithaq.web.entry import right_of
from mithaq.workspace import open_workspace
from quick_passwords import PASSWORD, quick_passwords
from web.test_alerts import SECOND, begun, root, site, take_in

__all__ = ["begun", "quick_passwords", "root", "site"]

PLACE = "/api/v1/alerts"
GULF = {"name": "gulf watch", "kind": "pair", "sides": ["عُمان", "DJ"], "lang": "ar"}
PROBLEM = "application/problem+json"


def test_an_alert_is_saved_run_changed_and_taken_out(site: TestClient, root: Path, tmp_path: Path) -> None:
    assert site.get(PLACE).json() == {"items": [], "next": None}
    kept = site.post(PLACE, json=GULF)
    assert kept.status_code == 201 and kept.headers["location"] == f"{PLACE}/gulf-watch" and kept.json()["finds"] >= 1
    one = kept.headers["location"]
    told = site.get(one).json()
    assert told["ask"] == {"kind": "pair", "sides": ["DJ", "OM"]} and (told["channel"], told["lang"], told["news"]) == ("site", "ar", [])
    again = site.post(PLACE, json=GULF)
    assert again.status_code == 409 and again.headers["content-type"] == PROBLEM
    take_in(root, tmp_path / "second.txt", SECOND)
    done = site.post(f"{one}/run").json()
    assert done["alert"] == "gulf-watch" and done["new"] == done["delivered"] >= 1 and done["error"] is None
    assert any(found["news"]["type"] == "agreement" for found in site.get(one).json()["news"])
    changed = site.patch(one, json={"quiet": "22:00-07:00", "zone": "Asia/Muscat", "lang": "fr"}).json()
    assert changed["quiet"] == {"first": "22:00", "last": "07:00", "zone": "Asia/Muscat"} and changed["ask"] == told["ask"]
    assert site.patch(one, json={"quiet": ""}).json()["quiet"] is None and site.get(one).json()["lang"] == "fr"
    assert site.post(f"{one}/run").json()["new"] == 0  # what it knows stays
    assert site.delete(one).status_code == 204 and site.delete(one).status_code == 404 == site.get(one).status_code


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": "gossip"}, "there is no alert of the kind"),
        ({"sides": ["OM"]}, "two different sides"),
        ({"kind": "side", "sides": []}, "one side"),
        ({"way": "pigeon"}, "cannot be told by"),
        ({"way": "webhook:desk"}, "desk"),
        ({"name": "<b>"}, "cannot be the name"),
        ({"quiet": "at night"}, "quiet hours"),
        ({"lang": "de"}, "lang"),
    ],
)
def test_what_makes_no_alert_is_told(site: TestClient, changes: dict[str, object], words: str) -> None:
    answer = site.post(PLACE, json={**GULF, **changes})
    assert answer.status_code in (400, 422) and words in answer.text and answer.headers["content-type"] == PROBLEM
    assert site.get(PLACE).json()["items"] == []


def test_forms_of_other_sites_and_alerts_of_a_screen_are_refused(site: TestClient, root: Path) -> None:
    assert site.post(PLACE, data={"name": "x", "kind": "conflict"}).status_code == 400
    assert site.post(PLACE, content='{"name": "x", "kind": "conflict"}', headers={"content-type": "text/plain"}).status_code in (400, 415)
    assert site.post(PLACE, json=GULF, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    with open_workspace(root, create=False) as workspace:
        late = Alert(name="late", ask=Ask(kind="due"), channel="terminal", lang="en", added="2026-01-01T00:00:00+00:00")
        workspace.store.put_alert(late)
    refused = site.post(f"{PLACE}/late/run")
    assert refused.status_code == 400 and "told on the screen" in refused.json()["detail"]
    assert site.post(f"{PLACE}/nobody/run").status_code == 404 == site.patch(f"{PLACE}/nobody", json={"lang": "ar"}).status_code


def test_only_analysts_see_alerts_and_decide_whom_a_page_is_for(site: TestClient) -> None:
    for path in (PLACE, f"{PLACE}/gulf", "/api/v1/documents/9f2c/privacy"):
        assert right_of("GET", path) == "decide"
    for method in ("POST", "PATCH", "PUT", "DELETE"):
        assert right_of(method, f"{PLACE}/gulf") == "decide"


def test_a_page_is_kept_private_and_opened_again_with_name_and_reason(site: TestClient, root: Path) -> None:
    page = site.get("/api/v1/lists/documents?all=1").json()["items"][0]["id"]
    place = f"/api/v1/documents/{page[:12]}/privacy"
    assert site.get(place).json() == {"document": page, "private": False, "decisions": []}
    kept = site.put(place, json={"private": True, "why": "minutes of ours", "by": "Amal"})
    assert kept.status_code == 200 and kept.json()["turned"] == [page]
    told = site.get(place).json()
    assert told["private"] is True and [(d["by"], d["why"]) for d in told["decisions"]] == [("Amal", "minutes of ours")]
    assert page not in site.get("/feed.atom?all=1").text
    assert site.put(place, json={"private": False, "why": " ", "by": "Amal"}).status_code == 400
    assert site.put(place, json={"private": False, "why": "signed", "by": "Amal"}).json()["private"] is False
    assert site.put("/api/v1/documents/ffff/privacy", json={"private": True, "why": "x", "by": "y"}).status_code == 404
    VisitorsFile(root).close()
    with open_store(place_of(root), create=False) as store:
        assert [one.private for one in store.privacy_of(page)] == [False, True]


@pytest.mark.usefixtures("quick_passwords")
def test_with_accounts_the_name_of_the_account_is_kept(site: TestClient, root: Path) -> None:
    page = site.get("/api/v1/lists/documents?all=1").json()["items"][0]["id"]
    file = VisitorsFile(root)
    Accounts(file).add("Amal", PASSWORD, "analyst", "root")
    Accounts(file).add("Said", PASSWORD, "reader", "root")
    tokens = {name: Accounts(file).make_token(name, "", "root") for name in ("Amal", "Said")}
    file.close()
    sent, place = {"private": True, "why": "minutes", "by": "somebody else"}, f"/api/v1/documents/{page}/privacy"
    assert site.put(place, json=sent, headers={"authorization": f"Bearer {tokens['Said']}"}).status_code == 403
    assert site.get(PLACE, headers={"authorization": f"Bearer {tokens['Said']}"}).status_code == 403
    amal = {"authorization": f"Bearer {tokens['Amal']}"}
    assert site.put(place, json=sent, headers=amal).status_code == 200
    assert [one["by"] for one in site.get(place, headers=amal).json()["decisions"]] == ["Amal"]
