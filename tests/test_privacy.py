"""Pages opened to readers or kept for analysts alone: everything that is given to others follows, and a later reading changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mithaq.alerting.settings import Settings
from mithaq.answers.alerts import World, find_news
from mithaq.answers.sources import may_publish
from mithaq.cli.app import command
from mithaq.collect.sources import Page
from mithaq.errors import QuestionError
from mithaq.follow.status import schedule_of
from mithaq.ingest import DATABASE, mark_private
from mithaq.model.fact import list_facts
from mithaq.privacy import set_private
from mithaq.store import open_store
from mithaq.store.alerts import Alert, Ask
from mithaq.store.place import place_of
from mithaq.workspace import Workspace, open_workspace
from site_farm import READER
from told_pages import keep, story

WORDS = "need: " + " ".join(f"word{n}" for n in range(80))
URL = "https://port.example/news/7"


def page(title: str, url: str | None = URL, words: str = WORDS) -> Page:
    sidecar = f'{{"url": "{url}"}}'.encode() if url else b"{}"
    return Page(url or f"note:{title}.txt", f"{title}\n{words}".encode(), sidecar, url)


def seen_by_readers(root: Path) -> set[str]:
    with open_store(place_of(root), create=False, outward=True) as store:
        return {d.title or "" for d in store.documents()}


@pytest.fixture
def workspace(tmp_path: Path, database: str) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "w", reader=READER) as opened:
        yield opened


def test_a_page_is_kept_private_and_opened_again_with_who_and_why(workspace: Workspace) -> None:
    workspace.take_in([page("News"), page("Copy", "https://other.example/1"), mark_private(page("Note", None))])
    store = workspace.store
    by_title = {str(d.title): d.id for d in store.documents()}
    assert seen_by_readers(workspace.root) == {"News", "Copy"}
    assert {d.copy_of for d in store.documents()} > {None}
    done = set_private(workspace, URL, True, by=" Amal ", why="not  announced")
    assert done.turned == (by_title["News"],) and done.same_article == (by_title["Copy"],)
    assert seen_by_readers(workspace.root) == {"Copy"}
    # It is no witness of a public page any more, nor its copy.
    assert [d.copy_of for d in store.documents()] == [None, None, None] and not may_publish(store.document(by_title["News"]))
    set_private(workspace, by_title["Note"], False, by="Basim", why="signed")
    assert seen_by_readers(workspace.root) == {"Copy", "Note"}
    assert sum(d.copy_of is not None for d in store.documents()) == 1
    told = [(one.private, one.by, one.why) for title in ("News", "Note") for one in store.privacy_of(by_title[title])]
    assert told == [(True, "Amal", "not announced"), (False, "Basim", "signed")]
    again = set_private(workspace, by_title["Note"], False, by="Basim", why="once more")
    assert again.turned == () and len(store.privacy_of(by_title["Note"])) == 2
    with open_store(place_of(workspace.root), create=False, outward=True) as outward:
        assert outward.privacy_of(by_title["Note"]) == [] and outward.search("word7")
        assert outward.withheld() == store.withheld() > 0


def test_nothing_is_decided_without_a_name_and_a_reason(workspace: Workspace) -> None:
    workspace.take_in([page("News")])
    for by, why in (("", "x"), ("Amal", " ")):
        with pytest.raises(QuestionError, match="say why"):
            set_private(workspace, URL, True, by=by, why=why)
    assert seen_by_readers(workspace.root) == {"News"}


def test_what_was_decided_outlives_readings_versions_and_other_captures(workspace: Workspace) -> None:
    note = mark_private(page("Note", None))
    workspace.take_in([page("News"), note])
    ids = {str(d.title): d.id for d in workspace.store.documents()}
    set_private(workspace, ids["News"], True, by="Amal", why="x")
    set_private(workspace, ids["Note"], False, by="Amal", why="x")
    workspace.reread(every=True)
    # An edited page is for whom its last version was; a mirror with the same bytes is the same page.
    workspace.take_in([page("News corrected"), Page("mirror", page("News").data, b"{}")])
    assert seen_by_readers(workspace.root) == {"Note"}
    assert [one.by for one in workspace.store.privacy_of(workspace.store.search("corrected")[0].id)] == ["Amal"]
    # The same bytes as before are passed over; brought in anew and marked, the note is private again, and that is told.
    workspace.take_in([note])
    assert seen_by_readers(workspace.root) == {"Note"}
    workspace.take_in([mark_private(Page("minutes.txt", note.data, b'{"outlet": "Desk"}'))])
    assert seen_by_readers(workspace.root) == set()
    assert [one.by for one in workspace.store.privacy_of(ids["Note"])] == ["", "Amal"]


def test_a_page_whose_text_comes_out_otherwise_stays_for_whom_it_was(workspace: Workspace) -> None:
    workspace.take_in([page("News"), mark_private(page("Note", None))])
    ids = {str(d.title): d.id for d in workspace.store.documents()}
    set_private(workspace, ids["News"], True, by="Amal", why="x")
    set_private(workspace, ids["Note"], False, by="Amal", why="x")

    def louder(data: bytes, path: str, sidecar: bytes | None):  # type: ignore[no-untyped-def]  # a document
        return READER.read(data.replace(b"need:", b"need: really"), path, sidecar)

    workspace._reader = workspace._given = type(READER)(louder, READER.made_by)
    workspace.reread(every=True)
    again = {str(d.title): d for d in workspace.store.documents()}
    assert again["News"].id != ids["News"] and again["News"].private and not again["Note"].private
    assert [one.by for one in workspace.store.privacy_of(again["News"].id)] == ["Amal"]


def test_shared_decisions_part_with_the_pages(workspace: Workspace) -> None:
    workspace.take_in([page("News"), page("Copy", "https://other.example/1")])
    store = workspace.store
    ids = {str(d.title): d.id for d in store.documents()}
    (fact,) = (f for f in list_facts(store.document(ids["News"])) if f.layer == "statements")
    workspace.judge(fact, "reject", "Amal")
    assert store.rows("statements", {"source": ids["Copy"]}) == []
    set_private(workspace, ids["News"], True, by="Amal", why="x")
    assert len(store.rows("statements", {"source": ids["Copy"]})) == 1
    set_private(workspace, ids["News"], False, by="Amal", why="x")
    assert store.rows("statements", {"source": ids["Copy"]}) == []


@pytest.mark.of_the_file
def test_alerts_and_their_feeds_follow(workspace: Workspace) -> None:
    store, feed = workspace.store, workspace.root / "news.xml"
    made = Alert(
        name="pair", ask=Ask(kind="pair", sides=("GA", "JO")), channel="atom", target="news.xml", lang="en", added="2026-10-01T00:00:00Z"
    )
    workspace.add_alert(made, Settings())
    first = story()[0]
    keep(store, [first])  # type: ignore[arg-type]  # an SQLite store
    workspace.run_alerts(Settings(), str, at="2026-10-01T12:00:00+00:00")
    quotes = [news.quote for _, news in store.told("pair", 9) if news.quote]
    assert quotes and all(quote.encode() in feed.read_bytes() for quote in quotes)
    set_private(workspace, first.id, True, by="Amal", why="x")
    assert store.told("pair", 9) == [] and not any(quote.encode() in feed.read_bytes() for quote in quotes)
    workspace.run_alerts(Settings(), str, at="2026-10-01T13:00:00+00:00")
    assert store.told("pair", 9) == []
    # What was told once is not told again; what was not begun to be told is, once the page is open.
    set_private(workspace, first.id, False, by="Amal", why="x")
    workspace.run_alerts(Settings(), str, at="2026-10-01T14:00:00+00:00")
    assert store.told("pair", 9) == []
    second = story()[6]
    keep(store, [second])  # type: ignore[arg-type]  # an SQLite store
    workspace.resolve()
    with open_store(workspace.root / DATABASE, create=False, outward=True) as outward:
        store.note_news("pair", find_news(World(outward), made.ask, schedule_of), "2026-10-01T15:00:00+00:00")
    waiting = store.count_waiting("pair")
    set_private(workspace, second.id, True, by="Amal", why="x")
    assert waiting and store.count_waiting("pair") == 0
    set_private(workspace, second.id, False, by="Amal", why="x")
    workspace.run_alerts(Settings(), str, at="2026-10-01T16:00:00+00:00")
    assert len(store.told("pair", 9)) == waiting


@pytest.mark.of_the_file
def test_the_command_tells_what_it_did(workspace: Workspace) -> None:
    workspace.take_in([page("News"), page("Copy", "https://other.example/1")])
    (found,) = (d.id for d in workspace.store.documents() if d.title == "News")

    def said(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(command(), ["private", *words, "--workspace", str(workspace.root)])
        return done.exit_code, done.output

    code, told = said(found[:8], "--why", "not announced", "--by", "Amal")
    assert code == 0 and f"{found[:12]} for analysts alone" in told and "the same article stands on" in told
    assert seen_by_readers(workspace.root) == {"Copy"}
    assert "was for analysts alone before" in said(found, "--why", "x", "--by", "Amal")[1]
    assert f"{found[:12]} open to readers" in said(found, "--off", "--why", "announced", "--by", "Amal")[1]
    assert seen_by_readers(workspace.root) == {"Copy", "News"}


@pytest.mark.of_the_file
@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["open", "close", "reread", "again", "marked"]), st.integers(0, 1)), max_size=6))
def test_readers_see_a_page_just_when_the_last_word_about_it_was_to_open_it(
    tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[str, int]]
) -> None:
    pages = [page("News"), mark_private(page("Note", None, "other words"))]
    with open_workspace(tmp_path_factory.mktemp("w"), reader=READER) as opened:
        opened.take_in(pages)
        ids = {str(d.title): d.id for d in opened.store.documents()}
        private = {"News": False, "Note": True}
        for number, (deed, which) in enumerate(deeds):
            title = ("News", "Note")[which]
            if deed in ("open", "close"):
                private[title] = deed == "close"
                set_private(opened, ids[title], private[title], by="Amal", why="x")
            elif deed == "reread":
                opened.reread(every=True)
            elif deed == "again":
                opened.take_in([pages[which]])
            else:
                private[title] = True
                opened.take_in([mark_private(Page("p", pages[which].data, f'{{"outlet": "o{number}"}}'.encode()))])
        assert seen_by_readers(opened.root) == {title for title, closed in private.items() if not closed}
        assert {str(d.title): d.private for d in opened.store.documents()} == private
