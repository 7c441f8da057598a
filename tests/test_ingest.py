"""Many pages: the gate keeps what it holds back, several processes give the content of one, and no accident changes it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mithaq import jobs as jobs_module
from mithaq.collect import sources
from mithaq.errors import QuestionError
from mithaq.workspace import Workspace, open_workspace, read_capture_file
from plain_reader import GATED, READER, contents, write_pages

TESTS = Path(__file__).parent


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "news", 60)


def ingest(root: Path, pages: Path, **options: object) -> Workspace:
    workspace = open_workspace(root, reader=GATED)
    workspace.ingest([pages], **({"gate": True} | options))  # type: ignore[arg-type]
    return workspace


def test_pages_held_back_are_kept_with_reason_and_score(pages: Path, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        first = workspace.ingest([pages], gate=True)
        assert first.gated == 20 and first.read == 60
        assert first.read == first.new + first.updated + first.duplicate + first.gated + len(first.quarantined)
        held = list(workspace.store.gated())
        assert len(held) == workspace.store.counts()["gated"] == 20
        assert {(page.score, page.reason) for page in held} == {(0.01, "gate: a match")}
        assert all(Path(page.path).read_bytes() == page.data() for page in held)
        assert not any(read_capture_file(workspace.root, file).startswith(b"Match") for _, file in workspace.store.all_captures())
        before = contents(workspace.root)
        second = workspace.ingest([pages], gate=True)
        assert (second.new, second.gated, second.duplicate) == (0, 0, first.new + first.duplicate + 20)
        assert contents(workspace.root) == before


def test_the_gate_may_be_left_open(pages: Path, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        workspace.ingest([pages], gate=True)
        summary = workspace.ingest([pages], gate=False)
        assert (summary.new, summary.not_relevant) == (20, 20)
        assert workspace.store.counts()["gated"] == 0
    with open_workspace(tmp_path / "open", reader=GATED) as workspace:
        workspace.ingest([pages], gate=False)
    assert contents(tmp_path / "ws") == contents(tmp_path / "open")


def test_few_pages_are_all_read(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_workspace(tmp_path / "few", reader=GATED) as workspace:
        assert workspace.ingest([pages]).gated == 0
    monkeypatch.setattr(sources, "FEW", 59)
    with open_workspace(tmp_path / "many", reader=GATED) as workspace:
        assert workspace.ingest([pages]).gated == 20


def test_pages_held_back_can_be_read_after_all(pages: Path, tmp_path: Path) -> None:
    with ingest(tmp_path / "ws", pages) as workspace:
        some = next(workspace.store.gated()).path
        with pytest.raises(QuestionError, match="holds back no page"):
            workspace.reread(["nowhere.txt"], gated=True)
        assert (workspace.reread([some], gated=True).new, workspace.store.counts()["gated"]) == (1, 19)
        done = workspace.reread(gated=True)
        assert (done.read, done.new, done.relevant, done.failed) == (19, 19, 0, ())
        assert workspace.store.counts()["gated"] == 0
    with ingest(tmp_path / "open", pages, gate=False) as workspace:
        pass
    assert contents(tmp_path / "ws") == contents(tmp_path / "open")


def test_what_the_gate_cannot_look_at_is_set_aside(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(b"match \xff\xfe")
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        assert [q.reason.partition(":")[0] for q in workspace.ingest([page]).quarantined] == ["UnicodeDecodeError"]


def test_several_processes_give_the_content_of_one(pages: Path, tmp_path: Path) -> None:
    with ingest(tmp_path / "one", pages), ingest(tmp_path / "two", pages, jobs=2) as two:
        assert two.store.counts()["documents"] > 30
        again = two.ingest([pages], gate=True, jobs=2)
        assert again.new == again.gated == 0 and len(again.quarantined) == 3
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_order_of_arrival_makes_no_difference_to_copies(pages: Path, tmp_path: Path) -> None:
    forward, backward = (open_workspace(tmp_path / name, reader=READER) for name in ("forward", "backward"))
    files = sorted(pages.glob("*[0-9].txt"))
    with forward, backward:
        forward.ingest(files)
        backward.ingest(reversed(files))
        assert forward.store.copies() == backward.store.copies()
        assert len(forward.store.copies()) > 15


def test_stopping_keeps_what_is_begun(pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs_module, "CHUNK_PAGES", 4)
    for jobs in (1, 2):
        asked = iter([False] * 5)
        root = tmp_path / f"ws{jobs}"
        with open_workspace(root, reader=GATED) as workspace:
            summary = workspace.ingest([pages], jobs=jobs, stop=lambda asked=asked: next(asked, True))
            assert summary.stopped and 0 < summary.read < 60
            assert workspace.store.check() == []
            workspace.ingest([pages])
    assert contents(tmp_path / "ws1") == contents(tmp_path / "ws2")


def test_a_page_that_kills_its_process_is_given_up_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_text("deadly" if n == 2 else f"Title {n}\nneed: {n}", "utf-8")
    monkeypatch.setattr(jobs_module, "CHUNK_PAGES", 3)
    monkeypatch.syspath_prepend(str(TESTS))
    from deadly_reader import DEADLY

    with open_workspace(tmp_path / "ws", reader=DEADLY) as workspace:
        summary = workspace.ingest([folder], jobs=2)
    assert (summary.read, summary.new) == (5, 4)
    assert [Path(page.path).name for page in summary.quarantined] == ["2.txt"]
    assert "died twice" in summary.quarantined[0].reason


CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from plain_reader import GATED
from mithaq.workspace import open_workspace

if __name__ == "__main__":
    with open_workspace({root!r}, reader=GATED) as workspace:
        print("ready", flush=True)
        told = workspace.ingest([{pages!r}], gate=True, jobs={jobs}, progress=lambda n, of, name: n % 10 or print(n, flush=True))
"""


@pytest.mark.skipif(os.name == "nt", reason="needs a signal that cannot be caught")
@pytest.mark.parametrize(("jobs", "moments"), [(1, (1, 3, 5)), (2, (1, 4))])
def test_killed_at_any_moment_it_goes_on_to_the_same_content(tmp_path: Path, jobs: int, moments: tuple[int, ...]) -> None:
    pages = write_pages(tmp_path / "news", 200)
    root, script = tmp_path / "killed", tmp_path / "child.py"
    script.write_text(CHILD.format(tests=str(TESTS), root=str(root), pages=str(pages), jobs=jobs), "utf-8")
    kept = []
    for lines in moments:
        with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            for _ in range(1 + lines):
                child.stdout.readline()
            child.send_signal(signal.SIGKILL)
        with sqlite3.connect(root / "mithaq.sqlite") as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            (documents,) = connection.execute("SELECT count(*) FROM documents").fetchone()
            assert connection.execute("SELECT count(*) FROM layers").fetchone() == (documents,)
        connection.close()
        kept.append(documents)
    assert kept == sorted(kept) and kept[-1] < 120, "the child was never stopped before its end"
    with ingest(root, pages), ingest(tmp_path / "whole", pages):
        pass
    assert contents(root) == contents(tmp_path / "whole")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes where Linux shows them")
def test_reading_processes_go_when_the_writing_one_is_killed(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "news", 200)
    script = tmp_path / "child.py"
    script.write_text(CHILD.format(tests=str(TESTS), root=str(tmp_path / "ws"), pages=str(pages), jobs=2), "utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        child.stdout.readline()
        begun = children_of(child.pid)
        child.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").is_dir() for pid in begun) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert begun and not [pid for pid in begun if Path(f"/proc/{pid}").is_dir()]


def children_of(pid: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = (entry / "status").read_text()
            except OSError:
                continue
            if f"PPid:\t{pid}\n" in status:
                found.append(int(entry.name))
    return found
