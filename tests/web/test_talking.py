"""Readers write about a record under conditions; nothing shows before a moderator let it through, nothing of it is evidence or runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from mithaq.visitors import Accounts, VisitorsFile
from mithaq.web.app import make_app
from mithaq.web.limits import Limit
from quick_passwords import PASSWORD, quick_passwords
from web.conftest import BASE
from web.test_review import judgements, need_of, page, root  # noqa: F401  (root: a fixture)

__all__ = ["quick_passwords"]

EVIL = '<script>window.ran=1</script><img src=x onerror="x"> \u202e "quoted" & more'


@pytest.fixture(autouse=True)
def fresh_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mithaq.web.talking._WRITTEN", Limit(4, 60))


@pytest.fixture
def public(root: Path) -> Iterator[TestClient]:  # noqa: F811  (the fixture)
    """A site that is open to readers, with one moderator."""
    file = VisitorsFile(root)
    Accounts(file).add("Amal", PASSWORD, "admin", "root")
    file.close()
    with TestClient(make_app(root, open_to_readers=True), base_url=BASE, headers={"accept-language": "en"}) as client:
        yield client


def token(site: TestClient, place: str) -> str:
    return str(re.search(r'name="token" value="([0-9a-f]+)"', site.get(place).text)[1])  # type: ignore[index]  # it stands there


def write(site: TestClient, place: str, **sent: str):  # type: ignore[no-untyped-def]  # an answer of the client
    told = {"token": token(site, f"/comments?on={place}"), "sort": "comment", "words": "fine", "author": "Nour", "accepted": "yes"}
    return site.post(f"/comments?on={place}", data={name: value for name, value in (told | sent).items() if value})


def moderator(site: TestClient) -> TestClient:
    other = TestClient(site.app, base_url=BASE, headers={"accept-language": "en"})
    assert other.post("/login", data={"token": token(other, "/login"), "name": "Amal", "password": PASSWORD}).status_code == 200
    return other


def test_a_comment_waits_is_let_through_shown_reported_and_hidden(public: TestClient, root: Path) -> None:  # noqa: F811
    place = f"/document/{page(1).id}"
    answer = write(public, place, words=EVIL)
    assert "held until a moderator" in PageReader(answer.text).text and "window.ran" not in public.get(place).text
    desk = moderator(public)
    waiting = desk.get("/moderation")
    assert PageReader(waiting.text).problems == [] and "&lt;script&gt;" in waiting.text and "<script>window" not in waiting.text
    form = token(desk, "/moderation")
    assert desk.post("/moderation/1", data={"token": form, "verb": "reject"}).status_code == 400
    assert desk.post("/moderation/1", data={"token": form, "verb": "approve"}).status_code == 200
    shown = public.get(place)
    assert "&lt;script&gt;window.ran" in shown.text and "<script>window" not in shown.text and PageReader(shown.text).problems == []
    public.post("/comments/1/report", data={"token": token(public, f"/comments?on={place}")})
    assert "window.ran" not in public.get(place).text and "window.ran" in desk.get("/moderation").text
    desk.post("/moderation/1", data={"token": form, "verb": "approve"})
    public.post("/comments/1/report", data={"token": token(public, f"/comments?on={place}")})
    assert "window.ran" in public.get(place).text  # what a moderator let stand after a report is not hidden by the next one
    assert judgements(root) == []


def test_a_correction_becomes_a_task_of_the_review_and_nothing_else(public: TestClient, root: Path) -> None:  # noqa: F811
    entity = re.findall(r"/entity/p\w+", public.get("/people").text)[0]
    write(public, entity, sort="correction", words="her office is another")
    desk = moderator(public)
    assert "her office is another" not in desk.get("/review").text
    desk.post("/moderation/1", data={"token": token(desk, "/moderation"), "verb": "approve"})
    assert "her office is another" not in public.get(entity).text
    review = desk.get("/review").text
    assert "her office is another" in review and f'href="{entity}"' in review and PageReader(review).problems == []
    assert desk.post("/review/settle/1", data={"token": token(desk, "/review")}).status_code == 200
    assert "her office is another" not in desk.get("/review").text
    assert desk.post("/review/settle/1", data={"token": token(desk, "/review")}).status_code == 404
    assert judgements(root) == []


def test_only_with_words_a_name_and_the_conditions_accepted(public: TestClient) -> None:
    place = f"/document/{page(1).id}"
    wrongs = (({"accepted": ""}, "conditions first"), ({"words": " "}, "Write your words"), ({"words": "x" * 2001}, "More than"))
    for sent, words in (*wrongs, ({"author": " amal"}, "belongs to somebody who signs in")):
        answer = write(public, place, **sent)
        assert answer.status_code == 400 and words in PageReader(answer.text).text
    for wrong in ("/", "/document/zzzzzzzz", "https://evil.example", "/pair/MA/OM/x", "/event/h1"):
        assert public.get("/comments", params={"on": wrong}).status_code == 404
    assert public.get("/comments", params={"on": "/pair/DJ/OM"}).status_code == 200


def test_nobody_writes_too_often_or_moderates_without_the_right(public: TestClient) -> None:
    place = f"/document/{page(1).id}"
    codes = [write(public, place, words=f"word {n}").status_code for n in range(6)]
    assert codes == [200] * 4 + [429] * 2
    assert public.post("/moderation/1", data={"token": token(public, "/login"), "verb": "approve"}).status_code == 403
    assert public.post("/comments/99/report", data={"token": token(public, "/login")}).status_code == 404


@pytest.mark.parametrize("lang", ["ar", "fr", "en"])
def test_the_conditions_stand_in_each_language(public: TestClient, lang: str) -> None:
    read = PageReader(public.get("/comments", params={"on": f"/document/{page(1).id}", "lang": lang}).text)
    assert read.problems == [] and read.tags.count("li") >= 4
    assert {"ar": "إساءة", "fr": "injure", "en": "insult"}[lang] in read.text


def test_readers_get_the_quotes_and_not_the_text(public: TestClient) -> None:
    d = page(1)
    seen = public.get(f"/document/{d.id}").text
    assert "Djibouti needs cables" in seen and "forty" not in seen and "data-text" not in seen
    assert "forty" in moderator(public).get(f"/document/{d.id}").text
