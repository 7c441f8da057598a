"""A page that is erased is gone from every file of the workspace, does not come back, and takes nothing of others with it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cli.test_commands import Run, say
from mithaq.collect.sources import Page
from mithaq.erasing import erase_page
from mithaq.errors import QuestionError
from mithaq.model.fact import list_facts
from mithaq.store.schedule import NewAddress
from mithaq.workspace import Workspace, open_workspace
from site_farm import READER

pytestmark = pytest.mark.usefixtures("database")
__all__ = ["say"]
URL = "https://port.example/news/7"


def page(words: str, url: str = URL) -> Page:
    sidecar = f'{{"url": "{url}", "retrieved": "2025-06-03T10:00:00+00:00"}}'.encode()
    return Page(url, f"Title {words}\nneed: engineers called {words} and others".encode(), sidecar, url)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        workspace.take_in([page("Zanzibarqi"), page("Otherwise", "https://port.example/news/8")])
        found = NewAddress(key="port.example/news/7", url=URL, host="port.example", title="Zanzibarqi")
        workspace.store.schedule().add([found], "x", 1, 1.0)
        (fact,) = list_facts(workspace.store.document(URL))[:1]
        workspace.judge(fact, "accept", "Amal", why="seen by Zanzibarqi")
        workspace.judge(fact, "unsure", "Amal")
        workspace.undo(fact.key, "Amal")
    return tmp_path / "ws"


def holds(root: Path, word: str) -> list[str]:
    """Return the files of the workspace in which a word stands in clear."""
    return [file.name for file in root.rglob("*") if file.is_file() and word.lower().encode() in file.read_bytes().lower()]


def erase(root: Path) -> tuple[int, int, int]:
    with open_workspace(root, reader=READER) as workspace:
        done, others = erase_page(workspace, URL, by="Amal", why="asked for")
        assert others == []
        return len(done.documents), len(done.files), done.judgements




@pytest.mark.of_the_file
def test_nothing_stays_of_an_erased_page_but_hashes(root: Path) -> None:
    assert holds(root, "Zanzibarqi")
    captures = len(list((root / "captures").rglob("*.gz")))
    assert erase(root) == (1, 1, 3)
    assert holds(root, "Zanzibarqi") == [] and len(list((root / "captures").rglob("*.gz"))) == captures - 1
    with open_workspace(root, reader=READER) as workspace:
        assert workspace.store.counts()["documents"] == 1 and workspace.store.judgements() == []
        assert workspace.store.check() == [] and workspace.store.search("Otherwise")
        assert {finding.grade for finding in workspace.doctor()} <= {"well", "note"}
        with pytest.raises(QuestionError, match="no document"):
            workspace.store.document(URL)
    rows = sqlite3.connect(root / "mithaq.sqlite").execute("SELECT what, by, why FROM erased ORDER BY what").fetchall()
    assert rows == [("address", "Amal", "asked for"), ("capture", "Amal", "asked for"), ("document", "Amal", "asked for")]


def test_an_erased_page_does_not_come_back(root: Path) -> None:
    erase(root)

    def taken(workspace: Workspace, one: Page) -> tuple[int, int]:
        done = workspace.take_in([one])
        return done.new, done.duplicate

    with open_workspace(root, reader=READER) as workspace:
        assert taken(workspace, page("Zanzibarqi")) == (0, 1)
        # Under its address nothing comes back, whatever it says now; under another address not the same text.
        assert taken(workspace, page("Edited")) == (0, 1)
        assert taken(workspace, page("Zanzibarqi", "https://mirror.example/1")) == (0, 1)
        assert taken(workspace, page("Edited", "https://mirror.example/2")) == (1, 0)
        again = NewAddress(key="port.example/news/7", url=URL, host="port.example")
        assert workspace.store.schedule().add([again], "x", 1, 2.0) == 0
    assert holds(root, "Zanzibarqi") == []


def test_all_versions_of_an_address_go(root: Path) -> None:
    with open_workspace(root, reader=READER) as workspace:
        workspace.take_in([page("Zanzibarqi corrected")])
    assert erase(root)[:2] == (2, 2)


@pytest.mark.of_the_file
def test_decisions_cannot_be_deleted_otherwise(root: Path) -> None:
    erase(root)
    with open_workspace(root, reader=READER) as workspace:
        (fact,) = list_facts(workspace.store.document("https://port.example/news/8"))[:1]
        workspace.judge(fact, "accept", "Amal")
    with sqlite3.connect(root / "mithaq.sqlite") as database, pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        database.execute("DELETE FROM judgements")


@pytest.mark.of_the_file
def test_the_command_asks_for_a_reason_and_tells(say: Run, root: Path) -> None:
    assert say("erase", URL, "--by", "Amal", "--workspace", str(root)).code == 2
    assert say("erase", URL, "--by", "Amal", "--why", " ", "--workspace", str(root)).code == 2
    said = say("erase", URL, "--by", "Amal", "--why", "asked for", "--workspace", str(root))
    assert said.code == 0 and "erased: 1 page, 1 captures, 3 decisions" in said.out
