"""Own notes are private unless somebody says otherwise, marked wherever analysts see them, and nowhere else to be found."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from export.page_reader import PageReader
from made_documents import make_document, quote
from mithaq.answers.sources import may_publish
from mithaq.cli.app import command
from mithaq.ingest import DATABASE
from mithaq.model import Body, Document, Event, Indicator, Pair, Person, Programme, Statement
from mithaq.store import Capture, MadeBy, SqlStore, open_store
from mithaq.visitors import Accounts, VisitorsFile
from mithaq.web.app import make_app
from mithaq.web.writer import Writer
from mithaq.workspace import open_workspace
from plain_reader import READER
from quick_passwords import PASSWORD, quick_passwords
from web.conftest import BASE
from web.test_adding import ended, token
from web.test_app import AGAIN
from web.test_entry import sign_in

__all__ = ["quick_passwords"]

SECRET = "zanzibarlike"
SAID = f"Salma {SECRET} of Ministry {SECRET} said in Port {SECRET} that Oman needs 77 {SECRET} for Plan {SECRET}."
OPEN = "Salma Haddadin of the Ministry said that Oman needs cables for Djibouti."


def note() -> Document:
    """A private page that says everything a page can say, each with a word that no other page has."""
    text = make_document(f"Minutes {SECRET}", SAID).text
    every = quote(text, SAID)
    person = Person(name=f"Salma {SECRET}", mentions=(quote(text, f"Salma {SECRET}"),), role=f"chief {SECRET}", country="OM")
    body = Body(name=f"Ministry {SECRET}", mentions=(quote(text, f"Ministry {SECRET}"),), kind="public_body", country="OM")
    plan = Programme(name=f"Plan {SECRET}", mentions=(quote(text, f"Plan {SECRET}"),), country="OM")
    return make_document(
        f"Minutes {SECRET}", SAID, path=f"note:{SECRET}.txt", lang="en", private=True, relevant=True, relevance=1.0, published="2026-02-04",
        outlet=f"Desk {SECRET}", people=(person,), bodies=(body,), programmes=(plan,), topics=("cybersecurity",),
        pairs=(Pair("DJ", "OM", every),),
        events=(Event(type="meeting", evidence=every, parties=("DJ", "OM"), date="2026-02-03", place=f"Port {SECRET}", stage="held",
                      people=(f"Salma {SECRET}",), topics=("cybersecurity",)),),
        statements=(Statement(kind="commitment", evidence=every, speaker=f"Salma {SECRET}", country="OM", deliverable=f"77 {SECRET}",
                              due="2027"),
                    Statement(kind="need", evidence=every, country="OM", topics=("cybersecurity",))),
        indicators=(Indicator(name=f"Index {SECRET}", value=77, unit="rank", evidence=every, country="OM"),),
    )  # fmt: skip


def news() -> Document:
    text = make_document("Oman and Djibouti meet", OPEN).text
    every = quote(text, OPEN)
    person = Person(name="Salma Haddadin", mentions=(quote(text, "Salma Haddadin"),), role="minister", country="OM")
    return make_document(
        "Oman and Djibouti meet", OPEN, path="news.txt", lang="en", relevant=True, relevance=1.0, published="2026-02-03", outlet="Post",
        people=(person,), topics=("cybersecurity",), pairs=(Pair("DJ", "OM", every),),
        events=(Event(type="meeting", evidence=every, parties=("DJ", "OM"), date="2026-02-03", place="Muscat", stage="held"),),
        statements=(Statement(kind="need", evidence=every, country="OM", topics=("cybersecurity",)),),
    )  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "own"
    with open_workspace(root) as opened:
        assert isinstance(opened.store, SqlStore)
        for d in (news(), note()):
            opened.store.put(d, Capture(hash=d.id, file="f", added="2026-02-03T00:00:00+00:00", path=d.path), MadeBy("1", "2"))
        opened.resolve()
        # A person may take the private and the public name for one: then the entity has names of both.
        facts = [next(f for f in opened.namings(name)) for name in ("Salma Haddadin", f"Salma {SECRET}")]
        opened.bind(facts[0], "same", facts[1], "Amal", why=f"because {SECRET}")
    file = VisitorsFile(root)
    Accounts(file).add("admin", PASSWORD, "admin", "root")
    Accounts(file).add("reader", PASSWORD, "reader", "root")
    file.close()
    return root


@pytest.fixture
def site(root: Path) -> Iterator[TestClient]:
    with TestClient(make_app(root), base_url=BASE, headers={"accept-language": "en"}) as client:
        yield client


def walk(site: TestClient, begin: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield (address, answer) of everything that links lead to."""
    waiting, seen = deque(begin), set(begin)
    while waiting:
        place = waiting.popleft()
        answer = site.get(place)
        yield place, answer.text
        if "html" in answer.headers["content-type"]:
            for href in PageReader(answer.text).hrefs:
                target = href.partition("#")[0]
                if target.startswith("/") and target not in seen and target.count("=") < 2 and not AGAIN.search(target):
                    seen.add(target)
                    waiting.append(target)


API = ("lists/documents", "lists/statements", "lists/events", "lists/indicators", "lists/people", "lists/bodies", "lists/programmes",
       "pairs", "pairs/DJ/OM", "timeline", "threads", "ledger?country=OM", "sources", "counts")  # fmt: skip


def test_readers_find_nothing_of_private_pages_wherever_they_look(site: TestClient) -> None:
    sign_in(site, "reader")
    begin = ("/", "/about", f"/search?q={SECRET}", f"/document/{note().id}", "/pair/DJ/OM", "/country/OM", "/feed.atom",
             f"/people?name={SECRET}", "/figures?country=OM", *(f"/api/v1/{place}" for place in API),
             f"/api/v1/documents/{note().id}", f"/api/v1/search?q={SECRET}")  # fmt: skip
    told = dict(walk(site, begin))
    assert len(told) > 40 and "Salma Haddadin" in told["/people?name=" + SECRET] + told["/api/v1/lists/people"]
    asked = re.compile(rf"q={SECRET}|name={SECRET}|“{SECRET}”|value=\"{SECRET}\"|{SECRET} ·|&#34;{SECRET}|{SECRET}%22")
    leaks = [place for place, text in told.items() if SECRET in asked.sub("", text)]
    assert leaks == []
    assert note().id not in "".join(text for place, text in told.items() if note().id not in place)


def test_analysts_see_them_marked_and_feeds_and_files_leave_them_out(site: TestClient) -> None:
    sign_in(site, "admin")
    for place in (f"/search?q={SECRET}", "/pair/DJ/OM", f"/document/{note().id}"):
        assert SECRET in site.get(place).text and "rivate" in site.get(place).text
    for place in ("/feed.atom", "/pair/DJ/OM/dossier.html", "/pair/DJ/OM/dossier.md", "/pair/DJ/OM/feed.atom", "/statements?format=csv"):
        answer = site.get(place)
        assert answer.status_code == 200 and SECRET not in answer.text, place
    assert SECRET in site.get("/api/v1/lists/statements").text


def test_exports_leave_private_pages_out_unless_they_are_for_ones_own_eyes(root: Path) -> None:
    for format in ("ftm", "jsonld", "atom", "annotations", "gexf", "iati"):
        told = [CliRunner().invoke(command(), ["export", format, "--workspace", str(root), *more]).output for more in ([], ["--private"])]
        assert SECRET not in told[0], format
        assert SECRET in told[1] or format in ("gexf", "iati")
    with open_store(root / DATABASE, outward=True) as store:
        assert [d.id for d in store.documents()] == [news().id] and all(map(may_publish, store.documents()))
        assert [e.name for e in store.entities("person")] == ["Salma Haddadin"] and store.counts()["documents"] == 1
        assert all(SECRET not in str(h) for h in store.happenings()) and all(SECRET not in str(t) for t in store.threads())
        assert store.judgements() == []
        # Not even the number of what private pages say is told.
        counts = store.counts()
        assert [counts[name] for name in ("people", "bodies", "events", "statements", "indicators")] == [1, 0, 1, 1, 0]
    with open_store(root / DATABASE) as store:
        assert not may_publish(store.document(note().id))
        assert {n.name for n in store.find_entity("Salma Haddadin").names} == {"Salma Haddadin", f"Salma {SECRET}"}


def test_once_private_a_page_stays_so_and_never_stands_for_a_public_one(tmp_path: Path) -> None:
    words = "need: " + " ".join(f"word{n}" for n in range(80))
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "note.txt").write_text(f"Title\n{words}", "utf-8")
    with open_workspace(tmp_path / "w", reader=READER) as opened:
        opened.ingest([tmp_path / "pages"], private=True)
        (tmp_path / "pages" / "news.txt").write_text(f"Title of the news\n{words}", "utf-8")
        (tmp_path / "pages" / "note2.txt").write_text(f"Title\n{words}", "utf-8")
        opened.ingest([tmp_path / "pages" / "news.txt", tmp_path / "pages" / "note2.txt"])
        pages = {d.path.rpartition("/")[2]: d for d in opened.store.documents() if d.path}
        opened.reread(every=True)
        assert {d.private for d in opened.store.documents() if d.title == "Title"} == {True}
    assert not pages["news.txt"].private and pages["news.txt"].copy_of is None and pages["note.txt"].copy_of is None
    with open_store(tmp_path / "w" / DATABASE, outward=True) as store:
        assert [d.title for d in store.documents()] == ["Title of the news"]


def test_a_broken_sidecar_is_set_aside_and_not_read_as_public(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Title\nneed: x", "utf-8")
    (tmp_path / "a.meta.json").write_text("[1]", "utf-8")
    with open_workspace(tmp_path / "w") as opened:
        assert len(opened.ingest([tmp_path / "a.txt"], private=True).quarantined) == 1


@pytest.fixture
def own_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    root = tmp_path / "mine"
    open_workspace(root).close()
    monkeypatch.setattr("mithaq.web.app.Writer", lambda root: Writer(root, lambda path: open_workspace(path, reader=READER)))
    with TestClient(make_app(root), base_url=BASE, headers={"accept-language": "en"}) as client:
        yield client


def test_a_note_is_kept_with_title_day_and_participants(own_site: TestClient, tmp_path: Path) -> None:
    sent = {"token": token(own_site), "title": "Minutes of Monday", "published": "2026-02-03", "participants": "Amal, Badr",
            "text": "need: servers\r\nand cables", "private": "yes"}  # fmt: skip
    answer = own_site.post("/notes", data=sent, files=[("files", ("more.txt", b"More\nneed: cables"))], follow_redirects=False)
    assert answer.status_code == 303
    told = ended(own_site, answer.headers["location"])
    assert "Minutes of Monday" in told.text and "More" in told.text
    with open_store(tmp_path / "mine" / DATABASE) as store:
        kept = {d.title: d for d in store.documents()}
        captures = [json.loads(str(row["sidecar"])) for row in store.rows("captures")]
    assert all(d.private for d in kept.values()) and len(kept) == 2 and all(known["private"] for known in captures)
    one = kept["Minutes of Monday"]
    assert "Participants: Amal, Badr" in one.text and "servers\nand cables" in one.text and one.published == "2026-02-03"


def test_a_note_needs_a_title_and_words_and_may_be_open(own_site: TestClient, tmp_path: Path) -> None:
    late = {"text": "x", "title": "x", "published": "soon"}
    for sent, words in (({"text": "x"}, "title"), ({"title": "x"}, "nothing to read"), (late, "not a date")):
        page = own_site.post("/notes", data={"token": token(own_site), **sent})
        assert page.status_code == 400 and words in PageReader(page.text).text
    assert own_site.post("/notes", data={"title": "x", "text": "x"}).status_code == 403
    assert "checked" in own_site.get("/notes").text
    answer = own_site.post("/notes", data={"token": token(own_site), "title": "Open", "text": "need: x"}, follow_redirects=False)
    ended(own_site, answer.headers["location"])
    with open_store(tmp_path / "mine" / DATABASE) as store:
        assert [d.private for d in store.documents()] == [False]
