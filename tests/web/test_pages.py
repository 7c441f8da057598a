"""What single pages promise: a page with its facts, a dossier like its file, a ledger, feeds; and that nothing hostile comes alive."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from made_documents import make_document, quote
from mithaq.answers.claims import list_claims
from mithaq.ingest import DATABASE
from mithaq.model import Document, Event, Pair, Person, Statement
from mithaq.model.vocabulary import TOPICS
from mithaq.store import Capture, MadeBy, Narrow, open_store
from mithaq.web.app import make_app
from mithaq.workspace import open_workspace
from web.conftest import BASE


def words(site: TestClient, place: str, lang: str = "en") -> str:
    return PageReader(site.get(place, headers={"accept-language": lang}).text).text


def some_document(site: TestClient) -> str:
    return str(re.search(r"/document/([0-9a-f]{64})", site.get("/search?country=JO").text)[1])  # type: ignore[index]  # there are some


def test_the_text_of_a_page_is_whole_and_its_places_count_code_points(site: TestClient, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        for document in list(store.documents())[:6]:
            answer = site.get(f"/document/{document.id}")
            body = answer.text.split("data-text>", 1)[1].split("</div></section>", 1)[0]
            body = re.sub(r'<a class="ref".*?</a>', "", body)
            pieces = re.findall(r'data-start="(\d+)"[^>]*>([^<]*)</(?:a|span)>', body)
            assert "".join(html.unescape(text) for _, text in pieces) == document.text
            at = 0
            for start, text in pieces:
                assert int(start) == at
                at += len(html.unescape(text))


def test_every_fact_of_a_page_says_why_and_leads_to_its_words(site: TestClient) -> None:
    page = site.get(f"/document/{some_document(site)}").text
    facts = set(re.findall(r'data-fact="(\d+)"', page))
    marked = {n for numbers in re.findall(r'data-facts="([\d ]+)"', page) for n in numbers.split()}
    assert facts and facts == marked
    assert page.count('<details class="why">') >= len(facts)
    assert all(f'id="text-{n}"' in page for n in facts)


def test_an_asked_stretch_is_shown(site: TestClient) -> None:
    place = f"/document/{some_document(site)}"
    assert 'id="here"' in site.get(f"{place}?at=3-9").text
    for nowhere in ("?at=9-3", "?at=x", "?at=0-99999999", "?at=3"):
        answer = site.get(place + nowhere)
        assert answer.status_code == 200 and 'id="here"' not in answer.text


def test_the_beginning_of_an_id_leads_to_the_page(site: TestClient) -> None:
    whole = some_document(site)
    short = site.get(f"/document/{whole[:10]}?at=3-9", follow_redirects=False)
    assert short.status_code == 307 and short.headers["location"] == f"/document/{whole}?at=3-9"
    assert site.get(f"/document/{whole}/record.json").json()["id"] == whole
    for unknown in ("ffffffffff", "..%2Fx", "a'b"):
        assert site.get(f"/document/{unknown}").status_code == 404


def test_a_dossier_is_the_same_on_the_page_and_in_the_file(site: TestClient) -> None:
    page, file = site.get("/pair/JO/MR").text, site.get("/pair/JO/MR/dossier.html").text
    for part in ("exchange", "timeline", "agreements", "people", "sources"):
        assert re.findall(rf'<section id="{part}"', page) == re.findall(rf'<section id="{part}"', file) == [f'<section id="{part}"']
    keys = re.compile(r'id="(?:event|statement|figure|person)-\d+"')
    assert keys.findall(page) == keys.findall(file) != []
    assert "?at=" in page and "?at=" not in file
    assert site.get("/pair/MR/JO", follow_redirects=False).headers["location"] == "/pair/JO/MR"
    assert site.get("/pair/JO/JO").status_code == 400 and site.get("/pair/jo/MR").status_code == 404
    assert site.get("/pair/JO/MR/dossier.md").headers["content-type"].startswith("text/markdown")
    assert site.get("/pair/JO/MR/dossier.exe").status_code == 400
    assert "shows New Zealand and Peru together" in words(site, "/pair/NZ/PE")


def test_a_reader_asks_for_sides_by_any_name(site: TestClient) -> None:
    for a, b in (("الأردن", "Mauritanie"), ("jordan", "MR"), ("JO", "موريتانيا")):
        answer = site.get("/pairs", params={"a": a, "b": b}, follow_redirects=False)
        assert answer.headers["location"] == "/pair/JO/MR"
    assert site.get("/pairs", params={"a": "Jordan"}, follow_redirects=False).headers["location"] == "/country/JO"
    wrong = site.get("/pairs", params={"a": "Atlantisland", "b": "MR"})
    assert wrong.status_code == 400 and "Atlantisland" in wrong.text


def test_numbers_lead_to_as_many_rows(site: TestClient) -> None:
    home = site.get("/").text
    for place, pattern in (("/search", r"(\d+) pages found"), ("/statements", r"(\d+) statements, the newest")):
        [number] = re.findall(rf'<a class="n" href="{place}">(\d+)</a>', home)
        assert re.findall(pattern, words(site, place)) == [number]


def test_years_have_any_digits(site: TestClient) -> None:
    counts = [re.findall(r"(\d+) pages? found", words(site, f"/search?year={year}")) for year in ("2026", "٢٠٢٦")]
    assert counts[0] == counts[1] != ["0"]
    assert site.get("/search?year=२०२६").status_code == 400


def test_search_marks_the_words_and_narrows(site: TestClient) -> None:
    page = site.get("/search", params={"q": "تعاون"}).text
    assert "<mark>" in page and "تعاون" in "".join(re.findall("<mark>([^<]*)</mark>", page))
    arabic = site.get("/search", params={"q": "تعاون", "in": "ar"})
    assert arabic.status_code == 200
    found = [int(re.findall(r"(\d+) pages? found", PageReader(p).text)[0]) for p in (page, arabic.text)]
    assert 0 < found[1] <= found[0]
    assert "There is no word" in words(site, "/search?q=%21%21") or "no word to search for" in words(site, "/search?q=%21%21")
    assert "0 pages found" in words(site, "/search?q=zzzzqqq")


def test_statements_and_events_in_stretches(site: TestClient) -> None:
    seen: list[str] = []
    place: str | None = "/statements"
    while place:
        page = PageReader(site.get(place).text)
        seen.append(place)
        place = next((href for href in page.hrefs if "after=" in href and "lang=" not in href), None)
        assert len(seen) < 20
    assert len(seen) > 3
    assert site.get("/statements?after=nonsense").status_code == 400
    assert site.get(f"/statements?after=2026-01-20~{'9' * 25}~3").status_code == 400
    assert site.get("/timeline?after=soon").status_code == 400
    assert site.get("/timeline?undated=1").status_code == 200


def test_feeds_are_well_formed_and_name_the_pages(site: TestClient) -> None:
    assert site.get("/pair/JO/JO/feed.atom").status_code == 400
    for place in ("/feed.atom", "/feed.atom?q=تعاون", "/pair/JO/MR/feed.atom", "/feed.atom?q=zzzz"):
        answer = site.get(place)
        assert answer.headers["content-type"].startswith("application/atom+xml")
        feed = ElementTree.fromstring(answer.content)
        names = {"a": "http://www.w3.org/2005/Atom"}
        entries = feed.findall("a:entry", names)
        assert bool(entries) == ("zzzz" not in place)
        for entry in entries:
            assert (entry.findtext("a:id", namespaces=names) or "").startswith("urn:sha256:")
            link = entry.find("a:link", names)
            assert link is not None and link.attrib["href"].startswith(f"{BASE}/document/")


def test_a_search_gives_no_running_text_of_a_protected_page_away(tmp_path: Path) -> None:
    with open_workspace(tmp_path / "w") as workspace:
        for n, rights in enumerate((None, "protected")):
            document = make_document(f"Page {n}", f"Engineers lay submarine cables {n}.", rights=rights, relevant=True, lang="en")
            workspace.store.put(document, Capture(hash=str(n), file="f", added="now"), MadeBy("1", "2"))
    with TestClient(make_app(tmp_path / "w"), base_url=BASE) as client:
        feed = client.get("/feed.atom?q=engineers").text
        assert "Page 1" in feed and "submarine cables 0" in feed and "submarine cables 1" not in feed
        hits = client.get("/api/v1/search?q=engineers").json()["items"]
        assert {hit["title"] for hit in hits} == {"Page 0", "Page 1"}
        assert all(bool(hit["snippet"]) == bool(hit["marks"]) == (hit["title"] == "Page 0") for hit in hits)
        assert client.get("/search?q=engineers&lang=en").text.count("protected content") == 1


def test_where_more_pages_are_found_than_are_told_apart_the_page_says_of_which_the_numbers_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mithaq.store.browse.MOST_TALLIED", 3)
    monkeypatch.setattr("mithaq.web.finding.MOST_TALLIED", 3)
    with open_workspace(tmp_path / "w") as workspace:
        for n in range(5):
            told: dict[str, Any] = {"relevant": True, "lang": "en", "outlet": "o.example", "published": f"202{n}-01-01"}
            document = make_document(f"Page {n}", f"Engineers {n}.", **told)
            workspace.store.put(document, Capture(hash=str(n), file="f", added="now"), MadeBy("1", "2"))
    with TestClient(make_app(tmp_path / "w"), base_url=BASE) as client:
        page = client.get("/search?q=engineers&lang=en").text
        assert "5 pages found" in page and "Of the 3 newest" in page
        assert "year=2024" in page and "year=2021" not in page
        assert "newest" not in client.get("/search?q=engineers&lang=en&year=2024").text


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)> {{7*7}} \u202egnp.exe\u202c &amp; \x08 😀'


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A site of pages whose every part tries to come alive."""
    root: Path = tmp_path_factory.mktemp("hostile") / "workspace"
    with open_workspace(root) as workspace:
        for n in range(3):
            body = f"need {n}: {HOSTILE} and more words. {'x' * n}"
            document: Document = make_document(f"{HOSTILE} {n}", body, furniture=HOSTILE)
            evidence = quote(document.text, body[:60])
            person = Person(name=HOSTILE, mentions=(evidence,), country="MA", role=HOSTILE, body=HOSTILE, why=HOSTILE)
            event = Event(type="meeting", evidence=evidence, parties=("MA", "OM"), people=(HOSTILE,), place=HOSTILE, date="2026-01-02")
            said: dict[str, Any] = {"speaker": HOSTILE, "country": "MA", "deliverable": HOSTILE, "why": HOSTILE}
            statements = tuple(Statement(kind=kind, evidence=evidence, **said) for kind in ("need", "commitment"))  # type: ignore[arg-type]
            told: dict[str, Any] = {
                "people": (person,), "events": (event,), "statements": statements, "pairs": (Pair("MA", "OM", evidence),),
                "outlet": HOSTILE, "url": "javascript:alert(3)", "path": HOSTILE, "relevant": True, "lang": "ar", "published": "2026-01-02",
            }  # fmt: skip
            document = make_document(f"{HOSTILE} {n}", body, furniture=HOSTILE, **told)
            workspace.store.put(document, Capture(hash=str(n), file="f", added="now"), MadeBy("1", "2"))
    with TestClient(make_app(root), base_url=BASE) as client:
        yield client


@pytest.mark.parametrize(
    "place",
    ["/", "/search", "/search?q=need", "/timeline", "/statements", "/ledger?country=MA", "/people", "/sources", "/pair/MA/OM",
     "/country/MA", "/pairs", "/feed.atom", "/feed.atom?q=need", "/pair/MA/OM/feed.atom"],
)  # fmt: skip
def test_hostile_pages_stay_inert(hostile_site: TestClient, place: str) -> None:
    answer = hostile_site.get(place)
    assert answer.status_code == 200
    if "xml" in answer.headers["content-type"]:
        ElementTree.fromstring(answer.content)
        return
    check_inert(answer.text)


def check_inert(text: str) -> None:
    page = PageReader(text)
    assert page.problems == [] and "img" not in page.tags
    assert page.tags.count("script") == len(re.findall(r'<script type="module" src="/static/[0-9a-f]{12}/[a-z]+\.js"></script>', text))
    assert not [href for href in page.hrefs if re.match(r"\s*(?:javascript|data|vbscript):", href, re.IGNORECASE)]
    assert "{{7*7}}" in page.text or HOSTILE[:5] not in text


def test_hostile_documents_and_questions_stay_inert(hostile_site: TestClient) -> None:
    listed = PageReader(hostile_site.get("/search").text).hrefs
    for place in {href for href in listed if href.startswith("/document/")}:
        check_inert(hostile_site.get(place).text)
    for parameters in ({"q": HOSTILE}, {"country": HOSTILE}, {"outlet": HOSTILE}, {"name": HOSTILE}, {"year": HOSTILE}):
        for place in ("/search", "/people", "/figures", "/timeline"):
            answer = hostile_site.get(place, params=parameters)
            assert answer.status_code in (200, 400)
            page = PageReader(answer.text)
            assert page.problems == [] and "img" not in page.tags


def test_a_ledger_says_of_whom_nothing_was_found(site: TestClient) -> None:
    places = [f"/ledger?country={side}&topic={topic}" for side in ("MR", "JO") for topic in TOPICS]
    texts = [site.get(place, headers={"accept-language": "en"}).text for place in places]
    columns = [part.split("</div>", 1)[0] for text in texts for part in re.split(r'<div class="(?:needs|offers)">', text)[1:]]
    empty = [column for column in columns if 'class="none"' in column]
    assert any("Others" in column for column in empty)
    for column in empty:
        assert ("of this side" in column) is ("Others" not in column)


def test_what_narrows_a_list_is_shown_and_kept(site: TestClient) -> None:
    page = site.get("/statements?others=MA&toward=JO&all=1&kind=offer", headers={"accept-language": "en"}).text
    for name, value in (("others", "MA"), ("toward", "JO"), ("all", "1")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    assert "without Morocco" in page and "toward Jordan" in page
    chip = re.search(r'href="([^"]*)"[^>]*>without Morocco', page)
    assert chip and "others" not in chip[1] and "toward=JO" in chip[1]
    assert "without " not in site.get("/statements", headers={"accept-language": "en"}).text


def test_all_claims_of_a_figure_can_be_reached(site: TestClient, demo_workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        name = str(store.tally_figures(Narrow(relevant=True), limit=1)[0]["name"])
        whole = list_claims(store, name)
        found, after = [], None
        while True:
            part = list_claims(store, name, after=after, limit=1)
            found += [line.proofs[0].quote for line in part.listing.lines]
            after = part.listing.after
            if after is None:
                break
    assert set(found) >= {line.proofs[0].quote for line in whole.listing.lines} and whole.listing.after is None
    listed = site.get("/figures?topic=digital_economy&names=1").text
    assert "/figures?topic=digital_economy&amp;name=" in listed
