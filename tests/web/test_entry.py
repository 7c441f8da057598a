"""Every route has its rule, each role enters where it may and nowhere else, changes are limited and noted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from mithaq.visitors import ROLES, Accounts, Role, VisitorsFile
from mithaq.visitors.rights import Visitor
from mithaq.web import entry, signing_in, talking
from mithaq.web.app import make_app
from mithaq.web.entry import right_of
from mithaq.web.limits import Limit
from mithaq.workspace import open_workspace
from quick_passwords import PASSWORD, quick_passwords
from web.conftest import BASE

__all__ = ["quick_passwords"]

# What fills the gaps of an address; none of it needs to be there.
FILLED = {"key": "abcdef", "version": "x", "name": "x", "number": "1", "one": "a-1", "other": "b-2", "a": "MA", "b": "OM", "code": "MA",
          "what": "people", "verb": "open"}  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry, "_CHANGES", Limit(500, 60))
    monkeypatch.setattr(signing_in, "_A_NAME", Limit(3, 60))
    monkeypatch.setattr(signing_in, "_AN_ADDRESS", Limit(8, 60))
    monkeypatch.setattr(talking, "_WRITTEN", Limit(50, 60))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    open_workspace(tmp_path / "own").close()
    return tmp_path / "own"


@pytest.fixture
def guarded(root: Path) -> Iterator[TestClient]:
    """A site with an account of each role, named like it."""
    file = VisitorsFile(root)
    for role in reversed(ROLES):
        Accounts(file).add(role, PASSWORD, role, "root")
    file.close()
    with TestClient(make_app(root), base_url=BASE, headers={"accept-language": "en"}, follow_redirects=False) as client:
        yield client


def token(site: TestClient, place: str = "/login") -> str:
    return str(re.search(r'name="token" value="([0-9a-f]+)"', site.get(place).text)[1])  # type: ignore[index]  # it stands there


def sign_in(site: TestClient, name: str, password: str = PASSWORD, place: str = "/login"):  # type: ignore[no-untyped-def]  # an answer
    return site.post(place, data={"token": token(site), "name": name, "password": password})


def routes(app: Any) -> Iterator[tuple[str, str]]:
    """Yield (method, path) of every route, also of those that lie in routers."""
    for route in app.routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes(inner)
        else:
            yield from ((method, route.path) for method in route.methods or () if method not in ("HEAD", "OPTIONS"))


def filled(path: str) -> str:
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda match: FILLED.get(match[1], "x"), path)


def test_every_route_has_a_rule(root: Path) -> None:
    every = set(routes(make_app(root)))
    assert len(every) > 50
    missing = [(method, path) for method, path in every if right_of(method, filled(path)) is None]
    assert missing == [], "say in mithaq/web/entry.py what it takes to ask for these (LOOKS, CHANGES)"
    assert {right_of(method, filled(path)) for method, path in every if method != "GET"} >= {"decide", "moderate", "comment"}


@pytest.mark.parametrize("role", [None, *ROLES])
def test_each_role_enters_where_it_may_and_nowhere_else(guarded: TestClient, role: Role | None) -> None:
    if role:
        assert sign_in(guarded, role).status_code == 303
    visitor = Visitor(role or "", role)
    for method, path in sorted(set(routes(guarded.app))):
        if path == "/logout":
            continue
        right = right_of(method, filled(path))
        answer = guarded.request(method, filled(path), headers={"content-length": "0"} if method != "GET" else {})
        turned_away = answer.status_code in (401, 403) or answer.headers.get("location", "").startswith("/login?")
        if method == "GET" or not visitor.may(right or "administer"):
            assert turned_away == (not visitor.may(right or "administer")), (role, method, path, answer.status_code)
        else:  # whoever may change something still needs a form of ours
            assert answer.status_code in (400, 403, 404, 415, 422), (role, method, path, answer.status_code)


def test_nothing_is_changed_without_a_form_of_ours(guarded: TestClient) -> None:
    sign_in(guarded, "admin")
    for method, path in sorted(set(routes(guarded.app))):
        if method != "GET" and not path.startswith("/api/"):
            answer = guarded.request(method, filled(path), data={"token": "x" * 64, "words": "x", "verb": "accept"})
            assert answer.status_code in (403, 404), (path, answer.status_code)


def test_without_accounts_this_machines_user_may_do_all_until_there_is_one(root: Path) -> None:
    with TestClient(make_app(root), base_url=BASE, follow_redirects=False) as client:
        assert client.get("/review").status_code == 200 and client.get("/log").status_code == 200
        file = VisitorsFile(root)
        Accounts(file).add("Amal", PASSWORD, "admin", "root")
        file.close()
        assert client.get("/review").headers["location"] == "/login?next=%2Freview"
    with TestClient(make_app(root, needs_accounts=True), base_url=BASE, follow_redirects=False) as client:
        assert client.get("/").status_code == 303


def test_beyond_this_machine_nobody_enters_when_the_last_account_goes(guarded: TestClient, root: Path) -> None:
    file = VisitorsFile(root)
    for role in ROLES:
        Accounts(file).remove(role, "root")
    file.close()
    assert guarded.get("/").status_code == 200
    with TestClient(make_app(root, needs_accounts=True), base_url=BASE, follow_redirects=False) as client:
        assert client.get("/").status_code == 303 and client.get("/api/v1/counts").status_code == 401


def test_a_site_open_to_readers_shows_and_asks_for_no_account(guarded: TestClient, root: Path) -> None:
    with TestClient(make_app(root, open_to_readers=True), base_url=BASE, follow_redirects=False) as client:
        assert client.get("/").status_code == 200 and client.get("/review").status_code == 303
        assert "Sign in" in client.get("/").text and "/review" not in PageReader(client.get("/").text).hrefs


def test_a_session_begins_and_ends_and_its_cookie_is_for_the_browser_alone(guarded: TestClient) -> None:
    answer = sign_in(guarded, "analyst", place="/login?next=/review%3Fwhat%3Devents")
    cookie = answer.headers["set-cookie"].lower()
    assert answer.headers["location"] == "/review?what=events"
    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie and "path=/" in cookie
    page = guarded.get("/review").text
    assert "analyst" in page and PageReader(page).problems == []
    assert guarded.post("/logout", data={"token": token(guarded, "/add")}).status_code == 303
    assert guarded.get("/review").status_code == 303
    with TestClient(guarded.app, base_url="https://127.0.0.1", follow_redirects=False) as safe:
        assert "secure" in sign_in(safe, "analyst").headers["set-cookie"].lower()


_ELSEWHERE = ("//evil.example", "/\\evil.example", "https://evil.example/", "javascript:x", "/\tx", "//[", "review", "")


@pytest.mark.parametrize("place", _ELSEWHERE)
def test_signing_in_leads_to_no_other_site(guarded: TestClient, place: str) -> None:
    answer = guarded.post("/login", params={"next": place}, data={"token": token(guarded), "name": "admin", "password": PASSWORD})
    assert answer.headers["location"] == "/"


def test_strangers_learn_that_the_site_is_well_and_nothing_more(guarded: TestClient, root: Path) -> None:
    assert guarded.get("/healthz").json()["status"] == "ok"
    assert guarded.get("/metrics").status_code == 303
    for path in root.glob("mithaq.sqlite*"):
        path.write_bytes(b"no database at all" * 400)
    with TestClient(make_app(root), base_url=BASE, raise_server_exceptions=False) as broken:
        answer = broken.get("/healthz")
    assert answer.status_code == 503 and answer.json()["status"] == "failing" and str(root) not in answer.text


def test_wrong_passwords_are_counted_by_name_and_by_address(guarded: TestClient) -> None:
    for _ in range(3):
        assert sign_in(guarded, "admin", "wrong password!").status_code == 401
    late = sign_in(guarded, "ADMIN ")
    assert late.status_code == 429 and 0 < int(late.headers["retry-after"]) <= 61
    assert sign_in(guarded, "analyst").status_code == 303
    for number in range(5):
        sign_in(guarded, f"nobody{number}")
    assert sign_in(guarded, "analyst").status_code == 429


def test_a_try_counts_while_its_password_is_still_being_checked(guarded: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []

    def check(_self: Accounts, name: str, _password: str) -> None:
        counted.append(len(signing_in._A_NAME._tries[name]))

    monkeypatch.setattr(Accounts, "sign_in", check)
    assert [sign_in(guarded, "admin").status_code for _ in range(4)] == [401, 401, 401, 429] and counted == [1, 2, 3]


def test_changes_are_limited_and_noted(guarded: TestClient, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(guarded, "admin")
    form = token(guarded, "/account")
    answer = guarded.post("/account", data={"token": form, "old": PASSWORD, "new": "a new long password"})
    assert answer.status_code == 303 and guarded.get("/account").status_code == 303
    assert sign_in(guarded, "admin", "a new long password").status_code == 303
    told = PageReader(guarded.get("/log").text).text
    assert "signed in" in told and "password changed" in told and "POST" in told and "a new long password" not in told
    for old, new, words in (("wrong one here", "a new long password", "is wrong"), ("a new long password", "short", "at least 12")):
        page = guarded.post("/account", data={"token": token(guarded, "/account"), "old": old, "new": new})
        assert page.status_code == 400 and words in PageReader(page.text).text
    monkeypatch.setattr(entry, "_CHANGES", Limit(1, 60))
    assert guarded.post("/add", data={"token": form}).status_code == 400
    assert guarded.post("/add", data={"token": form}).status_code == 429


def test_programs_sign_in_with_a_token(guarded: TestClient, root: Path) -> None:
    file = VisitorsFile(root)
    tokens = {role: Accounts(file).make_token(role, "", "root") for role in ROLES}
    file.close()

    def ask(place: str, value: str) -> int:
        return guarded.get(place, headers={"authorization": value}).status_code

    assert ask("/api/v1/counts", f"Bearer {tokens['reader']}") == 200 == ask("/api/v1/quarantine", f"bearer {tokens['analyst']}")
    assert ask("/api/v1/quarantine", f"Bearer {tokens['reader']}") == 403
    for wrong in ("Bearer x", "Basic x", "Bearer", tokens["admin"]):
        answer = guarded.get("/api/v1/counts", headers={"authorization": wrong})
        assert answer.status_code == 401 and answer.headers["www-authenticate"] == "Bearer"
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_limit_counts_each_key_apart_and_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    limit, moment = Limit(2, 10), 100.0
    monkeypatch.setattr(time, "monotonic", lambda: moment)
    assert [limit.take("a") for _ in range(3)] == [0, 0, 11] and limit.take("b") == 0
    moment = 111.0
    assert limit.take("a") == 0
    limit.note("a")
    limit.take_back("a")
    limit.take_back("c")
    assert limit.wait("a") == 0
    limit.note("a")
    limit.forget("a")
    assert limit.wait("a") == 0
