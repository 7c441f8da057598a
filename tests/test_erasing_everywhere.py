"""Whatever was done with a page before: once it is erased, none of its words stands in any table or file of the workspace."""

from __future__ import annotations

import gzip
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from mithaq.alerting.settings import Settings
from mithaq.erasing import erase_page
from mithaq.model import Document
from mithaq.model.fact import list_facts
from mithaq.privacy import set_private
from mithaq.store import MadeBy, SqlStore
from mithaq.store.alerts import Alert, Ask
from mithaq.store.captures import keep_capture
from mithaq.store.gated import Gated
from mithaq.store.schedule import NewAddress
from mithaq.store.store import Quarantined
from mithaq.visitors import Comments, VisitorsFile
from mithaq.workspace import Workspace, open_workspace
from web.test_notes import SECRET, news, note

URL, OTHER = "https://port.example/news/7", "https://feeds.example/7"
AT = "2026-10-01T12:00:00+00:00"
MADE_BY = MadeBy("1", "2")


def page() -> Document:
    return replace(note(), private=False, url=URL)


def put(workspace: Workspace, document: Document) -> None:
    assert isinstance(workspace.store, SqlStore)
    capture = keep_capture(workspace.root, document.text.encode(), document.path or "", None)
    workspace.store.put(document, capture, MADE_BY)


def decide(workspace: Workspace) -> None:
    facts = list_facts(workspace.store.document(page().id))
    for fact in facts[-3:]:
        workspace.judge(fact, "accept", "Amal", why=f"because of {SECRET}")
    first, other = (workspace.namings(name)[0] for name in ("Salma Haddadin", f"Salma {SECRET}"))
    workspace.bind(first, "same", other, "Amal", why=f"also {SECRET}")


def comment(workspace: Workspace) -> None:
    store = workspace.store
    entity = store.entity_of(page().id, "people", 0)
    event, promise = store.happening_of(page().id, "events", 0), store.happening_of(page().id, "statements", 0)
    places = [f"/document/{page().id}", f"/document/{page().id[:12]}", f"/entity/{entity}", f"/event/{event}", f"/event/{promise}"]
    places += [f"/thread/{thread}" for thread in store.threads_of(str(promise))]
    file = VisitorsFile(workspace.root)
    for place in places:
        words = f"{SECRET} said so" if "document" in place or (promise and str(promise) in place) else "I was there"
        record = "Meeting · Djibouti – Oman" if "event" in place else f"About {SECRET}"  # an event has its name from us
        number = Comments(file).send("comment", place, record, words, author="Basim", account="", lang="en")
        Comments(file).move(number, "rejected", "Mod", f"{SECRET} again" if "document" in place else "no")
    Comments(file).send("comment", f"/document/{news().id}", "Oman and Djibouti meet", "fine", author="Basim", account="", lang="en")
    file.close()


def alert(workspace: Workspace) -> None:
    for name, channel in (("feed", "atom"), ("site", "site")):
        made = Alert(name=name, ask=Ask(kind="pair", sides=("DJ", "OM")), channel=channel, lang="en", added=AT, target="news.xml")  # type: ignore[arg-type]  # a channel
        workspace.add_alert(made, Settings(), everything=True)
    workspace.run_alerts(Settings(), str, at=AT, names=("feed",))


def set_aside(workspace: Workspace) -> None:
    broken = keep_capture(workspace.root, f"an earlier reading of {SECRET}".encode(), URL, None)
    workspace.store.quarantine(Quarantined(URL, f"{SECRET} cannot be read", broken.hash, broken.file, AT))


def hold_back(workspace: Workspace) -> None:
    data = f"a version about {SECRET}".encode()
    workspace.store.hold_back([Gated.of(data, hash="0" * 64, sidecar="", path=URL, reason="gate", score=0.1, at=AT)])


def list_it(workspace: Workspace) -> None:
    found = [NewAddress(key=key, url=url, host="port.example", title=page().title or "") for key, url in
             (("port.example/news/7", URL), ("feeds.example/7", OTHER))]  # fmt: skip
    workspace.store.schedule().add(found, "x", 1, 1.0)


def close_it(workspace: Workspace) -> None:
    set_private(workspace, page().id, True, by="Amal", why=f"{SECRET} asked for it")


def edit(workspace: Workspace) -> None:
    put(workspace, replace(page(), id="e" * 64, title=f"Edited {SECRET}"))


def save(workspace: Workspace) -> None:
    workspace.store.save_search(f"About {SECRET}", f"/search?q=like:{page().id}", AT)


DEEDS: tuple[Callable[[Workspace], None], ...] = (decide, comment, alert, set_aside, hold_back, list_it, close_it, edit, save)


def words_of(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield (where, what) of every cell of every table and of every file, unpacked where it is packed."""
    for file in sorted(root.rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            yield file.name, gzip.decompress(data) if file.suffix == ".gz" else data
        if file.suffix == ".sqlite":
            with closing(sqlite3.connect(file)) as opened:
                for (table,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                    for row in opened.execute(f"SELECT * FROM {table}"):
                        yield from ((f"{file.name}: {table}", unpack(cell)) for cell in row if isinstance(cell, str | bytes))


def unpack(cell: str | bytes) -> bytes:
    if isinstance(cell, str):
        return cell.encode()
    try:
        return zlib.decompress(cell)
    except zlib.error:
        return cell


def places_of(root: Path) -> set[str]:
    return {where for where, what in words_of(root) if SECRET.encode() in what.lower()}


def check(root: Path, deeds: tuple[Callable[[Workspace], None], ...]) -> set[str]:
    with open_workspace(root) as workspace:
        for document in (news(), page()):
            put(workspace, document)
        workspace.resolve()
        for deed in deeds:
            deed(workspace)
    before = places_of(root)
    with open_workspace(root) as workspace:
        erase_page(workspace, page().id, by="Amal", why="asked for")
        assert [d.id for d in workspace.store.documents()] == [news().id] and workspace.store.check() == []
    assert places_of(root) == set(), [d.__name__ for d in deeds]
    return before


def test_nothing_stays_of_a_page_with_which_everything_was_done(tmp_path: Path) -> None:
    # A page that is private is in no news.
    before = check(tmp_path / "w", tuple(deed for deed in DEEDS if deed is not close_it))
    assert "mithaq.sqlite: privacy" in check(tmp_path / "closed", (close_it,))
    held = {"documents", "layers", "people", "statements", "judgements", "alert_news", "quarantine", "gated", "addresses", "profiles",
            "entities", "happenings", "told", "saved_searches"}  # fmt: skip
    files = {"visitors.sqlite: comments", "visitors.sqlite: comment_states", "news.xml"}
    assert before >= {f"mithaq.sqlite: {table}" for table in held} | files
    file = VisitorsFile(tmp_path / "w")
    left = Comments(file).waiting() + Comments(file).waiting("rejected")
    file.close()
    assert "Oman and Djibouti meet" in {one.record for one in left}
    assert not any(f"/document/{page().id[:12]}" in one.place for one in left)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(st.permutations(DEEDS), st.integers(0, len(DEEDS)))
def test_nothing_stays_whatever_was_done_in_whatever_order(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[Callable[[Workspace], None]], number: int
) -> None:
    check(tmp_path_factory.mktemp("w"), tuple(deeds[:number]))


def test_an_erasure_that_was_killed_is_finished_by_the_same_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_workspace(tmp_path / "w") as workspace:
        for document in (news(), page()):
            put(workspace, document)
        workspace.resolve()
        comment(workspace)
        with monkeypatch.context() as killed:
            killed.setattr("mithaq.erasing._finish", lambda _workspace: (_ for _ in ()).throw(KeyboardInterrupt))
            with pytest.raises(KeyboardInterrupt):
                erase_page(workspace, URL, by="Amal", why="asked for")
    assert places_of(tmp_path / "w")
    with open_workspace(tmp_path / "w") as workspace:
        assert erase_page(workspace, URL, by="Amal", why="asked for")[0].documents == ()
    assert places_of(tmp_path / "w") == set()
