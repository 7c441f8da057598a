"""Alerts on the site: kept by a form, told on their page and by mail, refused in plain words, seen by nobody who may not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from mithaq.store.alerts import Alert, Ask, Quiet
from mithaq.web.app import make_app
from mithaq.web.entry import right_of
from mithaq.workspace import open_workspace
from web.conftest import BASE

FIRST = (
    "Muscat, 3 May 2026. Oman's minister of transport Said Al Harthi met Djibouti's minister Moussa Ali Guedi "
    "in Muscat on digital identity.\n"
)
SECOND = (
    "Djibouti, 9 June 2026. Oman and Djibouti signed a memorandum of understanding on cybersecurity in Djibouti. "
    "Oman's minister Said Al Harthi signed it with Djibouti's minister Moussa Ali Guedi.\n"
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("alerts")
    open_workspace(folder / "workspace").close()
    take_in(folder / "workspace", folder / "first.txt", FIRST)
    return folder / "workspace"


@pytest.fixture
def root(tmp_path: Path, begun: Path) -> Path:
    return shutil.copytree(begun, tmp_path / "workspace")


@pytest.fixture
def site(root: Path) -> Iterator[TestClient]:
    with TestClient(make_app(root), base_url=BASE, headers={"accept-language": "en"}) as client:
        yield client


def take_in(root: Path, file: Path, text: str) -> None:
    file.write_text(text, "utf-8")
    with open_workspace(root, create=False) as opened:
        opened.ingest([file])


def test_a_link_that_asks_about_sides_brings_a_name_that_can_be_kept(site: TestClient) -> None:
    page = PageReader(site.get("/country/OM").text)
    [place] = [href for href in page.hrefs if href.startswith("/alerts?")]
    asked = site.get(place).text
    assert 'name="name" dir="auto" maxlength="60" required value="Oman"' in asked and '<option value="side" selected>' in asked
    assert 'value="Côte-d-Ivoire-Oman"' in site.get("/alerts?kind=pair&a=CI&b=OM").text
    assert send(site, "/alerts", name="Côte-d-Ivoire-Oman", kind="side", a="OM")[:2] == (303, "/alerts/C%C3%B4te-d-Ivoire-Oman")
    assert 'required value=""' in site.get("/alerts").text


def send(site: TestClient, to: str, **fields: str) -> tuple[int, str, str]:
    token = str(re.findall(r'name="token" value="(\w+)"', site.get("/alerts").text)[0])
    answer = site.post(to, data={"token": token, **fields}, follow_redirects=False)
    return answer.status_code, answer.headers.get("location", ""), answer.text


def test_an_alert_tells_on_its_page_what_is_new_and_only_that(site: TestClient, root: Path, tmp_path: Path) -> None:
    assert "There is no alert yet" in site.get("/alerts").text
    status, place, _ = send(site, "/alerts", name="Gulf of <b>", kind="pair", a="عُمان", b="Djibouti", way="site", lang="en")
    assert (status, place) == (400, "")  # "<b>" is no part of a name
    assert send(site, "/alerts", name=" خليج عدن ", kind="pair", a="عُمان", b="Djibouti", lang="en")[0] == 303
    page = site.get("/alerts/خليج-عدن").text
    assert "Two sides: Djibouti, Oman · told on this page" in PageReader(page).text and "Nothing new since" in page
    take_in(root, tmp_path / "second.txt", SECOND)
    assert send(site, "/alerts-run")[:2] == (303, "/alerts")
    page = site.get("/alerts/خليج-عدن").text
    assert "Agreement" in page and "memorandum of understanding" in page and "met Djibouti's" not in page
    assert PageReader(page).problems == [] and PageReader(site.get("/alerts").text).problems == []
    event = re.findall(r'href="(/event/\w+)"', page)[0]
    assert site.get(event).status_code == 200
    feed = site.get("/alerts/خليج-عدن/feed.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml") and "Agreement" in feed.text
    before = page.count("/event/")
    assert send(site, "/alerts-run")[0] == 303 and site.get("/alerts/خليج-عدن").text.count("/event/") == before
    assert send(site, "/alerts/خليج-عدن/remove")[:2] == (303, "/alerts")
    assert site.get("/alerts/خليج-عدن").status_code == 404 and send(site, "/alerts/خليج-عدن/remove")[0] == 404


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "pair", "a": "OM", "b": "Oman"}, "two different sides"),
        ({"kind": "pair", "a": "OM", "b": "Atlantis"}, "No country or organisation is called"),
        ({"kind": "entity"}, "Name the person"),
        ({"kind": "entity", "entity": "Nobody Atall"}, "is called"),
        ({"kind": "topic"}, "Choose a topic"),
        ({"kind": "need"}, "needs one side"),
        ({"kind": "due", "way": "mail", "mail": "nowhere"}, "is no mail address"),
        ({"kind": "due", "quiet": "25:00-07:00"}, "Quiet hours cannot be read"),
        ({"kind": "due", "quiet": "22:00-07:00", "zone": "Sea/Middle"}, "There is no time zone"),
        ({"kind": "gossip"}, "gossip"),
    ],
)  # fmt: skip
def test_what_makes_no_alert_is_said_and_nothing_typed_is_lost(site: TestClient, fields: dict[str, str], told: str) -> None:
    status, _, page = send(site, "/alerts", name="watch", **fields)
    assert status == 400 and told in PageReader(page).text and 'value="watch"' in page
    assert PageReader(page).problems == []
    assert "There is no alert yet" in site.get("/alerts").text


def test_two_alerts_never_share_a_name(site: TestClient) -> None:
    assert send(site, "/alerts", name="late", kind="due")[0] == 303
    status, _, page = send(site, "/alerts", name="late", kind="conflict")
    assert status == 400 and "There is an alert" in page


def test_by_mail_only_where_a_server_is_set(site: TestClient, root: Path) -> None:
    page = site.get("/alerts").text
    assert 'value="mail"' not in page and "alerts.toml" in page
    settings = root / "alerts.toml"
    mail = '[smtp]\nhost = "mail.example.org"\nfrom = "m@example.org"\n'
    settings.write_text(f'{mail}[webhooks.desk]\nurl = "https://example.org/h"\nsecret = "0123456789abcdef"\n')
    settings.chmod(0o600)
    page = site.get("/alerts").text
    assert 'value="mail"' in page and 'value="webhook:desk"' in page and "0123456789abcdef" not in page
    assert send(site, "/alerts", name="desk", kind="need", a="JO", way="webhook:desk", quiet="22:00 - 07:00", zone="Asia/Amman")[0] == 303
    with open_workspace(root, create=False) as opened:
        (alert,) = opened.store.alerts()
    assert (alert.channel, alert.target, alert.quiet) == ("webhook", "desk", Quiet("22:00", "07:00", "Asia/Amman"))
    settings.chmod(0o644)
    assert "others may read it" in site.get("/alerts").text


def test_what_is_told_on_a_screen_is_left_to_the_screen(site: TestClient, root: Path, tmp_path: Path) -> None:
    with open_workspace(root, create=False) as opened:
        ask = Ask(kind="pair", sides=("DJ", "OM"))
        opened.store.put_alert(Alert(name="screen", ask=ask, channel="terminal", lang="en", added="2026-01-01T00:00:00+00:00"))
    take_in(root, tmp_path / "second.txt", SECOND)
    assert send(site, "/alerts-run")[0] == 303
    with open_workspace(root, create=False) as opened:
        assert opened.store.told("screen", 10) == []
    assert "told on the screen" in site.get("/alerts").text


def test_pages_lead_to_an_alert_that_is_half_written(site: TestClient) -> None:
    page = site.get("/pair/DJ/OM").text
    link = re.findall(r'href="(/alerts\?[^"#]*)', page)[0].replace("&amp;", "&")
    form = site.get(link).text
    assert 'value="pair" selected' in form
    assert '<option value="DJ" selected>Djibouti</option>' in form and '<option value="OM" selected>Oman</option>' in form


def test_alerts_are_for_analysts() -> None:
    assert right_of("GET", "/alerts") == right_of("POST", "/alerts") == right_of("POST", "/alerts-run") == "decide"
    assert right_of("GET", "/alerts/x/feed.atom") == right_of("POST", "/alerts/x/remove") == "decide"
