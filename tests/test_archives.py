"""Web archives in a workspace: what the gate does not let through stays in the archive, and a run goes on at the record where it was."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from drawn_archives import record
from mithaq import ingest as module
from mithaq.workspace import open_workspace
from plain_reader import GATED, READER, contents

PAGES = 30


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive in which two pages of three are on sport, and one page is there twice."""
    pages = [f"Sport {n}\nthe match {n}" if n % 3 else f"Title {n}\nneed: {n}" for n in range(PAGES)]
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(b"".join(record(n, page.encode()) for n, page in enumerate([*pages, pages[0]])))
    return file


def counting(limit: int) -> Callable[[], bool]:
    """Return a function that says stop from the so-many-th question on."""
    asked = iter(range(limit))
    return lambda: next(asked, None) is None


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_gate_holds_pages_back_and_copies_none_of_them(archive: Path, tmp_path: Path, jobs: int) -> None:
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        summary = workspace.ingest([archive], jobs=jobs)
        assert (summary.read, summary.new, summary.gated) == (PAGES + 1, 10, 20)
        assert summary.duplicate == 1 and not summary.quarantined
        assert workspace.store.counts()["gated"] == 0
        document = next(workspace.store.documents())
        assert document.path is not None and document.path.startswith(f"{archive}#")
        again = workspace.ingest([archive], jobs=jobs)
        assert (again.read, again.duplicate, again.new) == (PAGES + 1, PAGES + 1, 0)


def test_a_stopped_run_goes_on_at_the_record_where_it_was(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MARKED_AT_A_TIME", 4)
    seen: list[str] = []
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        first = workspace.ingest([archive], stop=counting(10))
        assert first.stopped and first.read < PAGES
        rest = workspace.ingest([archive], progress=lambda n, of, name: seen.append(name))
        assert len(seen) == PAGES + 1 - first.read
        assert rest.read == PAGES + 1 and rest.new + first.new == 10
    with open_workspace(tmp_path / "whole", reader=GATED) as workspace:
        workspace.ingest([archive])
    assert contents(tmp_path / "ws") == contents(tmp_path / "whole")


def test_a_run_that_dies_has_written_no_mark_beyond_what_is_kept(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MARKED_AT_A_TIME", 3)
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        kept = workspace.store.put_many

        def dies(pages: object) -> object:
            if workspace.store.counts()["documents"] >= 4:
                raise OSError("the power went")
            return kept(pages)  # type: ignore[arg-type]

        monkeypatch.setattr(workspace.store, "put_many", dies)
        with pytest.raises(OSError, match="power"):
            workspace.ingest([archive])
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        assert workspace.ingest([archive]).read == PAGES + 1
        assert workspace.store.counts()["documents"] == 10


def test_another_gate_or_another_file_is_read_from_the_beginning(archive: Path, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        workspace.ingest([archive])
        assert workspace.ingest([archive], gate=False).new == 20
        archive.write_bytes(archive.read_bytes() + record(99, b"Title 99\nneed: 99"))
        os.utime(archive, (1, 1))
        assert workspace.ingest([archive]).new == 1


def test_an_archive_may_come_through_the_input(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BufferedReader(io.BytesIO(archive.read_bytes()))  # type: ignore[arg-type]

    monkeypatch.setattr(sys, "stdin", Input())
    with open_workspace(tmp_path / "ws", reader=READER) as workspace:
        summary = workspace.ingest(["-"])
        assert (summary.read, summary.new) == (PAGES + 1, PAGES)
