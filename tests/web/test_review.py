"""Review in the page: the questions of the terminal in its order, decisions kept at once, conflicts told, nothing without words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from export.page_reader import PageReader
from made_documents import make_document, quote
from mithaq.answers.doubts import _AT_ODDS, _OPEN, find_doubts
from mithaq.answers.queue import list_questions
from mithaq.ingest import DATABASE
from mithaq.model import Document, Person, Statement
from mithaq.model.fact import short_key
from mithaq.model.vocabulary import LANGUAGES, Language
from mithaq.store import Capture, MadeBy, SqlStore, open_store
from mithaq.web.app import make_app
from mithaq.web.deciding import list_sides
from mithaq.web.marking import find_words
from mithaq.web.speech import load_words
from mithaq.workspace import open_workspace
from web.conftest import BASE

BODY = "Salma Haddadin said on Monday 😀 that Djibouti needs cables.\nOman will give <b>forty</b> servers."


def page(number: int, name: str = "Salma Haddadin") -> Document:
    text = make_document(f"Page {number}", f"{BODY}\n{name} spoke for {number} hours.").text
    people = (Person(name=name, mentions=(quote(text, name),), role="minister", why="role 0.55"),)
    need = Statement(kind="need", evidence=quote(text, "Djibouti needs cables"), why="rule 0.52")
    return make_document(
        f"Page {number}", f"{BODY}\n{name} spoke for {number} hours.", lang="en", path=f"{number}.txt", published="2026-02-03",
        people=people, statements=(need,), relevant=True, relevance=0.99,
    )  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "own"
    with open_workspace(root) as opened:
        for number in (1, 2):
            d = page(number)
            assert isinstance(opened.store, SqlStore)
            opened.store.put(d, Capture(hash=d.id, file="f", added="2026-02-03T00:00:00+00:00", path=d.path), MadeBy("1", "2"))
        opened.resolve()
    return root


@pytest.fixture
def own(root: Path) -> Iterator[TestClient]:
    with TestClient(make_app(root), base_url=BASE, headers={"accept-language": "en"}) as client:
        yield client


def token(site: TestClient) -> str:
    return str(re.search(r'name="token" value="([0-9a-f]+)"', site.get("/add").text)[1])  # type: ignore[index]  # it stands there


def seen(text: str) -> str:
    return str(re.search(r'name="seen" value="([0-9]+)"', text)[1])  # type: ignore[index]  # it stands there


def need_of(root: Path, number: int = 1) -> str:
    d = page(number)
    evidence = d.statements[0].evidence
    return short_key(f"{d.id}/statement.need/{evidence.start}-{evidence.end}")


def judgements(root: Path) -> list[tuple[str, str, str]]:
    with open_store(root / DATABASE) as store:
        return [(k.judgement.verb, k.judgement.by, k.judgement.why) for k in store.judgements()]


def decide(site: TestClient, place: str, **sent: str):  # type: ignore[no-untyped-def]  # an answer of the client
    return site.post(place, data={"token": token(site), "by": "Amal", **sent}, follow_redirects=False)


def test_the_questions_are_those_of_the_terminal_in_its_order(own: TestClient, root: Path) -> None:
    shown = re.findall(r'row-title" href="/review/fact/([0-9a-f-]+)', own.get("/review").text)
    with open_store(root / DATABASE) as store:
        asked = [short_key(doubt.fact.key) for doubt in find_doubts(store, layers=["page", "statements", "people"])]
        assert [short_key(one.key) for one in list_questions(store) if one.other is None] == asked
    assert shown == asked and need_of(root) in asked
    only = PageReader(own.get("/review", params={"what": "people"}).text)
    assert not [href for href in only.hrefs if need_of(root) in href] and only.problems == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_the_review_is_whole_in_each_language(own: TestClient, root: Path, lang: Language) -> None:
    d = page(1)
    entity = re.findall(r"/entity/p\w+", own.get("/people").text)[0]
    two = f"/review/two/{need_of(root)}/{need_of(root, 2)}"
    mark = f"/document/{d.id}/add?at=8-14&as=events"
    places = ("/review", f"/review/fact/{need_of(root)}", two, "/review/disputes", f"/review{entity}", mark)
    for place in places:
        answer = own.get(place, params={"lang": lang} if "?" not in place else None)
        read = PageReader(answer.text)
        assert answer.status_code == 200 and read.problems == [] and read.tags.count("h1") == 1, place
        assert "<b>forty" not in answer.text and "style=" not in answer.text


def test_a_decision_is_kept_at_once_leads_on_and_can_be_taken_back(own: TestClient, root: Path) -> None:
    first = own.get("/review/next", follow_redirects=False).headers["location"]
    answer = decide(own, first, verb="accept", why="heard it")
    assert answer.status_code == 303 and judgements(root) == [("accept", "Amal", "heard it")]
    second = own.get(answer.headers["location"], follow_redirects=False).headers["location"]
    assert second.partition("?")[0] != first.partition("?")[0] and "said=1" in second
    told = own.get(second).text
    assert "accepted by Amal" in told and "heard it" in told
    back = decide(own, "/review/undo/1")
    assert back.headers["location"].startswith(first.partition("?")[0])
    assert [verb for verb, _, _ in judgements(root)] == ["accept", "undo"]
    assert decide(own, "/review/undo/2").status_code == 400
    assert own.cookies["mithaq_by"] == "Amal"


def test_whoever_skips_meets_every_question_once(own: TestClient) -> None:
    line = [unescape(href).partition("?")[0] for href in re.findall(r'row-title" href="([^"]+)"', own.get("/review").text)]
    met: list[str] = []
    place = "/review/next"
    while (place := own.get(place, follow_redirects=False).headers["location"]).startswith(("/review/fact/", "/review/two/")):
        met.append(place.partition("?")[0])
        place = unescape(re.search(r'href="(/review/next[^"]*)" data-press="s', own.get(place).text)[1])  # type: ignore[index]  # it is there
        assert len(met) <= len(line)
    assert met == line and len(line) > 3


def test_a_correction_takes_closed_lists_dates_and_sides(own: TestClient, root: Path) -> None:
    place = f"/review/fact/{need_of(root)}"
    sent = {"verb": "correct", "f-kind": "offer", "f-country": "OM", "f-due": "2027-05", "f-speaker": "Salma Haddadin"}
    assert decide(own, place, **sent).status_code == 303
    with open_store(root / DATABASE) as store:
        [shown] = store.document(page(1).id).statements
    assert (shown.kind, shown.country, shown.due, shown.speaker) == ("offer", "OM", "2027-05", "Salma Haddadin")
    for wrong, words in (({"f-kind": "poem"}, "none of"), ({"f-due": "soon"}, "not a date"), ({"f-country": "Qwertz"}, "No country")):
        answer = decide(own, place, verb="correct", **wrong)
        assert answer.status_code == 400 and words in PageReader(answer.text).text
    assert "Nothing was changed" in PageReader(decide(own, place, **sent).text).text
    assert len(judgements(root)) == 4
    assert decide(own, place, verb="burn").status_code == 400
    assert decide(own, place, verb="accept", why="x" * 401).status_code == 400


def test_two_who_decide_the_same_are_told_and_the_later_keeps_nothing(own: TestClient, root: Path) -> None:
    place = f"/review/fact/{need_of(root)}"
    before = seen(own.get(place).text)
    assert decide(own, place, verb="accept", seen=before).status_code == 303
    clash = own.post(place, data={"token": token(own), "by": "Badr", "verb": "reject", "seen": before, "why": "no"})
    assert clash.status_code == 409 and "accepted by Amal" in clash.text and "was not kept" in clash.text
    assert judgements(root) == [("accept", "Amal", "")]
    again = own.post(place, data={"token": token(own), "by": "Badr", "verb": "reject", "seen": seen(clash.text)}, follow_redirects=False)
    assert again.status_code == 303
    told = PageReader(own.get("/review/disputes").text).text
    assert "accepted by Amal" in told and "rejected by Badr" in told
    assert "differently about 1 matter" in own.get("/review").text


def test_namings_are_joined_and_parted_in_the_page(own: TestClient, root: Path) -> None:
    entity = re.findall(r"/entity/(p\w+)", own.get("/people").text)[0]
    place = f"/review/entity/{entity}"
    [one, other] = re.findall(r'name="fact" value="([0-9a-f-]+)"', own.get(place).text)
    assert decide(own, place, verb="split", fact=other, why="a namesake").status_code == 303
    apart = set(re.findall(r"/entity/(p\w+)", own.get("/people").text))
    assert len(apart) == 2
    first, second = sorted(apart)
    found = own.get(f"/review/entity/{first}", params={"name": "Salma"}).text
    assert f'value="{second}"' in found
    decide(own, f"/review/two/{one}/{other}", verb="same", seen="0")
    assert judgements(root)[0] == ("split", "Amal", "a namesake") and judgements(root)[1][0] == "same"
    assert decide(own, f"/review/two/{one}/{other}", verb="different", seen="0").status_code == 409
    assert decide(own, f"/review/two/{one}/{other}", verb="undo").status_code == 303


def test_words_chosen_in_a_page_become_a_fact_only_where_they_stand(own: TestClient, root: Path) -> None:
    d = page(1)
    words = quote(d.text, "😀 that Djibouti")
    place = f"/document/{d.id}/add?at={words.start}-{words.end}&as=statements"
    shown = own.get(place)
    assert PageReader(shown.text).problems == [] and "😀 that Djibouti" in shown.text
    kept = decide(own, place, quote=json.dumps(words.quote), **{"f-kind": "offer"})
    assert kept.status_code == 303 and "offer" in own.get(kept.headers["location"]).text.lower()
    for said in ("😀 that djibouti", "", "😀 that Djibouti "):
        answer = decide(own, place, quote=json.dumps(said), **{"f-kind": "need"})
        assert answer.status_code == 400
    assert decide(own, place, quote="no json", **{"f-kind": "need"}).status_code == 400
    assert decide(own, f"/document/{d.id}/add?at={words.start}-{words.end}", quote=json.dumps(words.quote)).status_code == 400
    assert [verb for verb, _, _ in judgements(root)] == ["add"]


def test_a_fact_is_given_other_words(own: TestClient, root: Path) -> None:
    d = page(1)
    words = quote(d.text, "needs cables")
    place = f"/document/{d.id}/add?at={words.start}-{words.end}&instead={need_of(root)}&as=statements"
    assert "Salma Haddadin" in own.get(place).text
    assert decide(own, place, quote=json.dumps(words.quote), **{"f-kind": "need"}).status_code == 303
    with open_store(root / DATABASE) as store:
        assert [s.evidence for s in store.document(d.id).statements] == [words]


def test_words_are_found_by_typing_them(own: TestClient) -> None:
    d = page(1)
    found = own.get(f"/document/{d.id}/add", params={"words": "cables. Oman will", "as": "events"}).text
    [(start, end)] = [(int(a), int(b)) for a, b in re.findall(r'at=(\d+)-(\d+)[^"]*" data-row', found)]
    assert d.text[start:end] == "cables.\nOman will"
    assert find_words("a b a  b", " a b ") == [(0, 3), (4, 8)] and find_words("abc", "  ") == []


def test_nothing_is_decided_without_our_form(own: TestClient, root: Path) -> None:
    place = f"/review/fact/{need_of(root)}"
    two, mark = f"/review/two/{need_of(root)}/{need_of(root, 2)}", f"/document/{page(1).id}/add?at=0-4&as=events"
    for post in (place, two, "/review/undo/1", mark):
        assert own.post(post, data={"verb": "accept", "by": "Eve"}).status_code == 403
    assert own.get("/review/fact/00000000-000000").status_code == 404
    assert own.get("/review", params={"what": "poems"}).status_code == 400
    assert own.get(place, params={"said": "99"}).status_code == 404
    assert judgements(root) == []


def test_every_reason_for_doubt_and_every_side_has_its_words() -> None:
    for lang in LANGUAGES:
        assert {f"doubt.{reason.words}" for reason in (*_AT_ODDS, *_OPEN)} <= set(load_words(lang))
        codes = dict(list_sides(lang))
        assert {"MA", "OM", "UNDP", "DJ"} <= set(codes) and len(codes) > 240 and "ZZ" not in codes
