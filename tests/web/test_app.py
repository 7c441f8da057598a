"""Every page of the site in three languages: complete, well formed, with strict headers; wrong questions get a page that says so."""

from __future__ import annotations

import re
from collections import Counter, deque
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from mithaq.model.vocabulary import LANGUAGES, Language
from mithaq.web.show import PLACES

# The same page once more: in another language, at another place; every word of it searched for; every search as a feed;
# a briefing on each person; of the facts one by one every sixteenth.
AGAIN = re.compile(r"lang=|at=|\?q=|\?name=|\?who=[a-z]|feed\.atom\?|/review/(?:fact|two)/[0-9a-f]{8}-[^0]")
# Of addresses that differ only in ids, names and numbers a few show what all do.
_NAMES = re.compile(r"(?<=/)[0-9a-f]{8,}[^/?]*|(?<=/)[A-Z][A-Za-z-]+|(?<==)[^&]+|\d+")
MANY = 4
PARTS = [place for _, place, _ in PLACES]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", PARTS)
def test_every_part_of_the_site_speaks_three_languages(site: TestClient, place: str, lang: Language) -> None:
    answer = site.get(place, params={"lang": lang})
    assert answer.status_code == 200
    page = PageReader(answer.text)
    assert page.problems == []
    assert page.attributes == {"lang": lang, "dir": "rtl" if lang == "ar" else "ltr"}
    assert "style=" not in answer.text and "<style" not in answer.text
    assert [tag for tag in page.tags if tag == "h1"] == ["h1"]


@pytest.mark.slow
def test_all_links_of_the_site_lead_somewhere(site: TestClient) -> None:
    waiting, seen, wrong, of_kind = deque(["/"]), {"/"}, [], Counter[str]()
    while waiting:
        place = waiting.popleft()
        answer = site.get(place)
        if answer.status_code != 200:
            wrong.append((place, answer.status_code))
        if "html" not in answer.headers["content-type"]:
            continue
        page = PageReader(answer.text)
        wrong += [(place, problem) for problem in page.problems]
        for href in page.hrefs:
            target = href.partition("#")[0]
            if urlsplit(target).netloc or not target.startswith("/") or target.count("=") > 1 or AGAIN.search(target):
                continue
            kind = _NAMES.sub("…", target)
            if target not in seen and of_kind[kind] < MANY:
                seen.add(target)
                waiting.append(target)
                of_kind[kind] += 1
    assert wrong == []
    assert len(seen) > 100


def test_the_language_is_asked_for_remembered_or_that_of_the_browser(site: TestClient) -> None:
    def lang_of(**extra: str) -> str:
        return str(PageReader(site.get("/about", headers=extra).text).attributes["lang"])

    site.cookies.clear()
    assert lang_of() == "en"
    assert lang_of(**{"accept-language": "de;q=0.9, fr-MA, ar;q=0.8"}) == "fr"
    assert lang_of(**{"accept-language": "ar;q=0.3, xx;q=oops, *;q=0.1"}) == "ar"
    site.get("/about", params={"lang": "ar"})
    assert lang_of(**{"accept-language": "fr"}) == "ar"
    site.get("/about", params={"lang": "xx"})
    assert lang_of() == "ar"
    site.cookies.clear()


def test_a_change_of_language_keeps_the_place(site: TestClient) -> None:
    page = PageReader(site.get("/search", params={"q": "تعاون", "in": "ar", "lang": "en"}).text)
    switch = [href for href in page.hrefs if "lang=fr" in href]
    assert len(switch) == 1 and switch[0].startswith("/search?q=%D8%AA") and "in=ar" in switch[0] and switch[0].count("lang=") == 1
    site.cookies.clear()


@pytest.mark.parametrize("path", ["//example.org/x", "/\\example.org/x", "/%2Fexample.org/x", "/%09/example.org/x"])
def test_no_link_of_ours_leads_to_another_site(site: TestClient, path: str) -> None:
    answer = site.get(f"http://127.0.0.1{path}")
    assert answer.status_code == 404
    assert not [href for href in PageReader(answer.text).hrefs if href.startswith(("//", "/\\", "/\t"))]


def test_what_has_not_changed_is_not_sent_again(site: TestClient) -> None:
    first = site.get("/sources")
    again = site.get("/sources", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304 and again.content == b""
    head = site.head("/sources")
    assert head.status_code == 200 and head.content == b"" and head.headers["etag"] == first.headers["etag"]


def test_files_are_kept_for_good_and_strangers_get_none(site: TestClient) -> None:
    text = site.get("/").text
    for place in sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text))):
        answer = site.get(place)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
    for place in ("/static/x/../../app.py", "/static/x/app.py", "/static/x/%2e%2e%2fapp.py"):
        assert site.get(place).status_code == 404


def test_wrong_questions_are_answered_in_words(site: TestClient) -> None:
    assert "<title>Not found" not in site.get("/search?year=soon&lang=en").text
    for place, status, words in (
        ("/nothing-here", 404, "There is no such page"),
        ("/search?year=soon", 400, "not a year"),
        ("/search?topic=poetry", 400, "there is no topic"),
    ):
        answer = site.get(place, headers={"accept-language": "en"})
        assert answer.status_code == status and words in PageReader(answer.text).text


def test_an_empty_workspace_teaches(empty_site: TestClient) -> None:
    for place in PARTS:
        answer = empty_site.get(place)
        assert answer.status_code == 200 and PageReader(answer.text).problems == []
    assert "This workspace is still empty" in empty_site.get("/").text
