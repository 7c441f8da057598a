"""The published site: whole, the same every time, within its folder; and nothing in it that may not leave."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from msgspec.structs import replace

from export.page_reader import PageReader
from made_documents import make_document, quote
from mithaq.answers.sources import PRIVATE, may_publish
from mithaq.errors import StoreError
from mithaq.export.public import pack_public
from mithaq.ingest import DATABASE
from mithaq.model import Document, Event, Person, Statement
from mithaq.store import Capture, MadeBy, open_store
from mithaq.web.publishing import MANIFEST, Published, publish
from mithaq.workspace import open_workspace

SECRET = "Zarbanopolis"


def publish_all(root: Path, folder: Path) -> Published:
    with open_store(root / DATABASE, create=False) as store:
        parcel, hidden = pack_public(store)
    return publish(parcel, hidden, folder)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def published(demo_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "out"
    publish_all(demo_workspace, folder)
    return folder


def test_every_link_stays_in_the_folder_and_leads_somewhere(published: Path) -> None:
    files = files_of(published)
    # The three languages are printed alike, and hold the same pages (see below).
    printed = {path: content.decode() for path, content in files.items() if path.endswith(".html") and path[:3] not in ("fr/", "en/")}
    pages = {path: PageReader(text) for path, text in printed.items()}
    for path, page in pages.items():
        assert page.problems == [], (path, page.problems)
        for href in page.hrefs:
            parts = urlsplit(href)
            if parts.scheme in ("http", "https"):
                continue
            assert not parts.scheme and not parts.netloc and not href.startswith("/"), (path, href)
            target = unquote(urlsplit(urljoin(f"http://host/{path}", href)).path).lstrip("/")
            assert target in files, (path, href)
            assert not parts.fragment or parts.fragment in pages[target].ids, (path, href)


def test_three_languages_hold_the_same_pages(published: Path) -> None:
    names = [{path.relative_to(published / lang) for path in (published / lang).rglob("*.html")} for lang in ("ar", "fr", "en")]
    assert names[0] == names[1] == names[2] and len(names[0]) > 100
    assert PageReader((published / "ar" / "index.html").read_text("utf-8")).attributes == {"lang": "ar", "dir": "rtl"}


def test_the_same_workspace_gives_the_same_bytes(published: Path, demo_workspace: Path, tmp_path: Path) -> None:
    publish_all(demo_workspace, tmp_path / "again")
    assert files_of(tmp_path / "again") == files_of(published)


def test_nothing_of_the_texts_leaves_but_quoted_sentences(published: Path, demo_workspace: Path) -> None:
    everything = "\n".join(content.decode("utf-8", "replace") for content in files_of(published).values())
    everything = re.sub(r"<[^>]+>", "", everything).replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&")
    looked = 0
    with open_store(demo_workspace / DATABASE, create=False) as store:
        for document in store.documents():
            facts = [fact.evidence for layer in (document.events, document.statements, document.indicators) for fact in layer]
            shown = [] if document.rights == "protected" else [(e.start, e.end) for e in facts]
            titles = [(s.start, s.end) for s in document.segments if s.kind == "title"]
            for sentence in document.sentences:
                words = document.text[sentence.start : sentence.end]
                if len(words) > 60 and not any(a < sentence.end and sentence.start < b for a, b in shown + titles):
                    looked += 1
                    assert words not in everything
    assert looked > 30


def test_a_protected_page_leaves_facts_and_a_link_alone(published: Path, demo_workspace: Path) -> None:
    with open_store(demo_workspace / DATABASE, create=False) as store:
        closed = [d for d in store.documents() if d.rights == "protected" and d.relevant]
    assert closed
    for document in closed:
        page = (published / "en" / "page" / f"{document.id[:16]}.html").read_text("utf-8")
        assert "does not allow its words to be quoted" in page and (document.title or SECRET) not in page
        for fact in (*document.events, *document.statements, *document.indicators):
            assert len(fact.evidence.quote) < 40 or fact.evidence.quote not in page


def page(title: str, body: str, number: int, **fields: object) -> Document:
    document = make_document(title, body, relevant=True, lang="en", published=f"2026-01-0{number}", outlet="example.org", **fields)
    words = quote(document.text, "met Basim Example of Oman")
    secret = SECRET in body
    mention = quote(document.text, "Basim Example")
    names = (f"Basim {SECRET}",) if secret else ()
    person = Person(name="Basim Example", names=names, mentions=(mention,), country="OM", why="x")
    event = Event(
        type="meeting", parties=("JO", "OM"), people=("Basim Example",), place=SECRET if secret else None, date="2026-01-01", stage="held",
        date_basis="explicit", evidence=words, why="x",
    )  # fmt: skip
    statement = Statement(kind="need", speaker="Basim Example", country="OM", reported="indirect", evidence=words, why="x")
    return replace(document, people=(person,), events=(event,), statements=(statement,))


@pytest.fixture
def mixed(tmp_path: Path) -> Iterator[Path]:
    """A workspace with a public page and a private note that tell of the same meeting."""
    root = tmp_path / "workspace"
    open_workspace(root).close()
    public = page("Talks", "A minister of Jordan met Basim Example of Oman on 1 January 2026.", 1)
    note = page("Own minutes", f"In {SECRET} our minister of Jordan met Basim Example of Oman on 1 January 2026.", 2, rights=PRIVATE)
    with open_store(root / DATABASE) as store:
        for number, document in enumerate((public, note)):
            store.put(document, Capture(hash=str(number), file="f", added="2026-01-03"), MadeBy("1", "2"))
    with open_workspace(root) as workspace:
        workspace.resolve()
    yield root


def test_private_notes_never_leave_nor_what_only_they_tell(mixed: Path, tmp_path: Path) -> None:
    made = publish_all(mixed, tmp_path / "site")
    assert made.left["private pages"] == 1 and made.counts["pages"] == 1 and made.counts["events"] == 1
    for path, content in files_of(tmp_path / "site").items():
        assert SECRET.encode() not in content and b"minutes" not in content, path
    with open_store(mixed / DATABASE, create=False) as store:
        assert [may_publish(d) for d in store.documents()] == [True, False]


def test_what_is_gone_from_the_workspace_goes_from_the_folder(mixed: Path, tmp_path: Path) -> None:
    publish_all(mixed, tmp_path / "site")
    with sqlite3.connect(mixed / DATABASE) as database:
        database.execute("UPDATE documents SET relevant = 0")
    made = publish_all(mixed, tmp_path / "site")
    assert made.removed > 5 and made.counts["pages"] == 0
    left = files_of(tmp_path / "site")
    assert not any("/page/" in path or "/event/" in path for path in left) and not (tmp_path / "site" / "en" / "event").exists()
    assert set(json.loads(left[MANIFEST])["files"]) == left.keys() - {MANIFEST}
    assert b"Basim" not in b"".join(left.values())


def test_a_folder_of_something_else_stays_as_it_is(mixed: Path, tmp_path: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    (other / "one.jpg").write_bytes(b"x")
    with pytest.raises(StoreError, match="no published site"):
        publish_all(mixed, other)
    assert files_of(other) == {"one.jpg": b"x"}
    (other / MANIFEST).write_text('{"files": {"../outside.txt": "0"}}')
    (tmp_path / "outside.txt").write_text("mine")
    with pytest.raises(StoreError, match="outside the folder"):
        publish_all(mixed, other)
    assert (tmp_path / "outside.txt").read_text() == "mine"
    shutil.rmtree(other)


def test_a_publication_that_was_killed_is_finished_or_cleared_by_the_next(
    demo_workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    with monkeypatch.context() as broken:

        def stop_after_one(_shelf: object, _lang: str) -> Iterator[tuple[str, bytes]]:
            yield "event/gone.html", b"a page that is no longer published"
            raise KeyboardInterrupt

        broken.setattr("mithaq.web.publishing.write_pages", stop_after_one)
        with pytest.raises(KeyboardInterrupt):
            publish_all(demo_workspace, folder)
    assert (folder / "ar" / "event" / "gone.html").is_file() and not (folder / MANIFEST).exists()
    assert publish_all(demo_workspace, folder).removed == 1
    whole = tmp_path / "whole"
    publish_all(demo_workspace, whole)
    assert files_of(folder) == files_of(whole)
