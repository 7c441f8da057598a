"""On its own page an analyst opens a page to readers, or keeps it private; readers follow at once, and nobody else may decide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mithaq.model.vocabulary import LANGUAGES
from mithaq.store import open_store
from mithaq.store.place import place_of
from mithaq.visitors import Accounts, VisitorsFile
from mithaq.web.app import make_app
from web.conftest import BASE
from web.test_entry import sign_in, token
from web.test_notes import SECRET, news, note, quick_passwords, root

__all__ = ["quick_passwords", "root"]


@pytest.fixture
def site(root: Path) -> Iterator[TestClient]:  # the workspace of the notes' tests
    with TestClient(make_app(root), base_url=BASE, headers={"accept-language": "en"}, follow_redirects=False) as client:
        yield client


def send(site: TestClient, page: str, private: str, why: str = "told") -> int:
    data = {"token": token(site, f"/document/{page}"), "private": private, "why": why}
    return site.post(f"/document/{page}/private", data=data).status_code


def leave(site: TestClient) -> None:
    site.cookies.clear()


def test_readers_follow_at_once_and_the_log_keeps_who_and_why(site: TestClient, root: Path) -> None:
    sign_in(site, "reader")
    assert site.get(f"/document/{note().id}").status_code == 404 and "Who may read" not in site.get(f"/document/{news().id}").text
    leave(site)
    sign_in(site, "admin")
    assert "analysts alone" in site.get(f"/document/{note().id}").text
    assert send(site, note().id, "no", "signed on 3 February") == 303
    assert send(site, news().id, "yes", "<b>withdrawn</b>") == 303
    shown = site.get(f"/document/{news().id}").text
    assert "Kept for analysts alone" in shown and "&lt;b&gt;withdrawn&lt;/b&gt;" in shown and "<b>withdrawn" not in shown
    feed = site.get("/feed.atom").text
    assert note().id in feed and news().id not in feed
    log = site.get("/log").text
    assert "opened to readers" in log and "signed on 3 February" in log and "kept private" in log
    leave(site)
    sign_in(site, "reader")
    assert SECRET in site.get(f"/search?q={SECRET}").text and site.get(f"/document/{note().id}").status_code == 200
    assert site.get(f"/document/{news().id}").status_code == 404 and "Salma Haddadin" not in site.get("/people").text
    with open_store(place_of(root), create=False) as store:
        assert [(one.by, one.why) for one in store.privacy_of(note().id)] == [("admin", "signed on 3 February")]


def test_a_reason_is_asked_for_and_nobody_below_an_analyst_decides(site: TestClient, root: Path) -> None:
    sign_in(site, "reader")
    form = token(site, "/account")
    assert site.post(f"/document/{news().id}/private", data={"token": form, "private": "yes", "why": "x"}).status_code == 403
    leave(site)
    sign_in(site, "admin")
    assert send(site, news().id, "yes", " ") == 400 and send(site, news().id, "perhaps") == 400
    assert site.post(f"/document/{news().id}/private", data={"private": "yes", "why": "x"}).status_code == 403
    with open_store(place_of(root), create=False) as store:
        assert store.privacy_of(news().id) == [] and not store.document(news().id).private


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_speaks_every_language(site: TestClient, root: Path, lang: str) -> None:
    file = VisitorsFile(root)
    assert Accounts(file).has("admin")
    file.close()
    sign_in(site, "admin")
    shown = site.get(f"/document/{note().id}?lang={lang}").text
    form = re.search(r'<details class="audience">.*?</details>', shown, re.S)
    assert form and "privacy." not in form[0] and 'name="private" value="no"' in form[0]
