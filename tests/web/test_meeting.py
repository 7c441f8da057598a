"""The briefing on the site: a form with its state in the address, links from pairs and entities, and files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from starlette.testclient import TestClient

from mithaq.model.vocabulary import LANGUAGES


@pytest.fixture(autouse=True)
def no_language_left_behind(site: TestClient) -> Iterator[None]:
    yield
    site.cookies.clear()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_briefing_stands_under_its_form(site: TestClient, lang: str) -> None:
    page = site.get("/brief", params={"who": "Oman", "with": "DJ", "on": "2026-06-01", "lang": lang})
    assert page.status_code == 200 and 'id="promises"' in page.text and 'id="note-1"' in page.text
    assert 'value="2026-06-01"' in page.text and 'value="Oman"' in page.text
    assert "/brief/meeting.pdf?who=Oman" in page.text.replace("&amp;", "&")


def test_the_form_alone_asks_nothing(site: TestClient) -> None:
    page = site.get("/brief")
    assert page.status_code == 200 and 'name="who"' in page.text and 'id="notes"' not in page.text


def test_sections_stand_in_the_address(site: TestClient) -> None:
    page = site.get("/brief", params={"who": "Oman", "with": "DJ", "on": "٢٠٢٦-٠٦-٠١", "section": ["promises", "questions"]}).text
    assert 'id="promises"' in page and 'id="questions"' in page and 'id="happenings"' not in page
    assert page.count('name="section"') == 7 and len(re.findall(r'name="section" value="[a-z]+" checked', page)) == 2
    assert site.get("/brief", params={"who": "Oman", "section": "weather"}).status_code == 400


@pytest.mark.parametrize(("form", "begins"), [("html", b"<!doctype html>"), ("md", b"# "), ("pdf", b"%PDF"), ("docx", b"PK")])
def test_files(site: TestClient, form: str, begins: bytes) -> None:
    asked = {"who": "Oman", "with": "DJ", "on": "2026-06-01", "lang": "fr", "section": "promises"}
    given = site.get(f"/brief/meeting.{form}", params=asked)
    assert given.status_code == 200 and given.content.startswith(begins)
    assert given.headers["content-disposition"] == f'attachment; filename="meeting-2026-06-01.fr.{form}"'


def test_a_pair_has_its_dossier_for_print(site: TestClient) -> None:
    dossier = site.get("/pair/DJ/OM/dossier.pdf?lang=fr")
    assert dossier.status_code == 200 and dossier.content.startswith(b"%PDF")
    assert site.get("/pair/DJ/OM/dossier.odt").status_code == 400


def test_wrong_questions_are_told(site: TestClient) -> None:
    assert site.get("/brief/meeting.odt?who=Oman").status_code == 404
    assert site.get("/brief/meeting.pdf").status_code == 400
    assert site.get("/brief?who=Nobody+Whatsoever").status_code == 400
    assert "مختلفين" in site.get("/brief?who=OM&with=OM&lang=ar").text
    assert site.get("/brief?who=OM&on=soon").status_code == 400


def test_pairs_countries_and_entities_lead_there(site: TestClient) -> None:
    assert "/brief?who=DJ&with=OM" in site.get("/pair/DJ/OM").text.replace("&amp;", "&")
    assert "/brief?who=OM" in site.get("/country/OM").text
    people = site.get("/people").text
    key = people.split('href="/entity/')[1].split('"')[0]
    assert f"/brief?who={key}" in site.get(f"/entity/{key}").text
    assert site.get(f"/brief?who={key}&on=2026-06-01").status_code == 200


def test_the_form_shows_names_for_codes_and_ids(site: TestClient) -> None:
    entity = re.findall(r'href="/entity/(p\w{12})', site.get("/people").text)[0]
    name = unescape(re.findall(r"<h1[^>]*>(.*?)</h1>", site.get(f"/entity/{entity}?lang=en").text)[0])
    for who, shown in (("OM", "Oman"), (entity, re.sub("<[^>]+>", "", name)), ("Djibouti", "Djibouti"), ("OMX", None)):
        answer = site.get("/brief", params={"who": who, "lang": "en"})
        assert (f'value="{shown}"' in unescape(answer.text)) == (shown is not None), who
