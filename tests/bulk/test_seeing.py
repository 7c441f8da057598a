"""Web archives into tables and workspaces by several processes: the same whoever reads, each stretch once, and nothing new twice."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bulk.drawn_crawl import PAGES, STEP, files_of, write_crawl, write_nested
from deadly_reader import DEADLY
from drawn_archives import record
from mithaq.alerting.lock import only_one
from mithaq.bulk import readers, seeing
from mithaq.bulk.parts import LOCK, Gained
from mithaq.bulk.seeing import Crew, write_archives
from mithaq.errors import InputError, QuestionError, StoreError
from mithaq.ingest import Reader, Stop, version_of
from mithaq.lexicon import load_lexicon
from mithaq.workspace import open_workspace
from plain_reader import GATED, READER, contents

parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(autouse=True)
def small_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seeing, "STEP", STEP)
    monkeypatch.setattr(seeing, "STEP_UNGATED", STEP)


def never() -> bool:
    return False


def after(questions: int) -> Stop:
    """Return a function that says stop from the so-many-th question on."""
    asked = itertools.count(1)
    return lambda: next(asked) > questions


def write(archive: Path, folder: Path, jobs: int = 1, *, reader: Reader = GATED, stop: Stop = never) -> Gained:
    crew = Crew(jobs, reader=reader)
    return write_archives([archive], folder, folder / "none", crew, stop=stop, gated=reader.look is not None)


def titles(folder: Path) -> list[str]:
    return [str(title) for title in parquet.read_table(folder / "documents.parquet").column("title").to_pylist()]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_crawl(tmp_path_factory.mktemp("crawl"))


def test_the_tables_hold_each_page_once_in_the_order_of_the_archive(archive: Path, tmp_path: Path) -> None:
    done = write(archive, tmp_path)
    assert (done.records, done.passed_over, done.pages, done.new > 5, done.known) == (PAGES + 1, 40, 21, True, 0)
    assert titles(tmp_path) == [f"Title {n}" for n in range(0, PAGES, 3) if n != 3]
    assert [torn.reason.partition(": ")[2] for torn in done.set_aside] == ["this is not text; save the page as UTF-8"]
    told = parquet.read_table(tmp_path / "statements.parquet").to_pylist()
    assert len(told) == done.rows["statements"] == 19 and {row["quote"] for row in told} == {"need:"}
    assert not (tmp_path / "entities.parquet").exists()


def test_a_second_run_reads_and_writes_nothing(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(archive, tmp_path)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}
    monkeypatch.setattr(readers, "gather", None)
    again = write(archive, tmp_path)
    assert again.new == 0 and again.known > 5 and again.pages == 21
    assert before == {file: file.stat().st_mtime_ns for file in tmp_path.rglob("*") if file.is_file()}


@pytest.mark.parametrize("harm", ["stop", "lost", "torn", "no manifest", "no table"])
def test_whatever_is_missing_is_made_again_and_all_is_as_if_nothing_had_been(archive: Path, tmp_path: Path, harm: str) -> None:
    write(archive, tmp_path / "whole")
    folder = tmp_path / "harmed"
    write(archive, folder, stop=after(4) if harm == "stop" else never)
    part = sorted((folder / "parts").iterdir())[2]
    if harm == "stop":
        assert len(titles(folder)) < 19
    elif harm == "lost":
        part.unlink()
    elif harm == "torn":
        part.write_bytes(part.read_bytes()[:-20])
    elif harm == "no manifest":
        (folder / "manifest.json").unlink()
    else:
        (folder / "topics.parquet").unlink()
    write(archive, folder)
    assert files_of(folder) == files_of(tmp_path / "whole")


def test_a_run_that_dies_while_it_makes_the_tables_is_made_good(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(archive, tmp_path / "whole")
    with monkeypatch.context() as harmed:
        harmed.setattr("mithaq.bulk.parts.write_rows", dies)
        with pytest.raises(OSError, match="power"):
            write(archive, tmp_path / "harmed")
    write(archive, tmp_path / "harmed")
    assert files_of(tmp_path / "harmed") == files_of(tmp_path / "whole")


def dies(*_: object) -> dict[str, int]:
    raise OSError("the power went")


def test_more_archives_join_what_is_there(tmp_path: Path) -> None:
    first, second = write_crawl(tmp_path, name="a"), write_crawl(tmp_path, pages=80, name="b")
    write(first, tmp_path / "t")
    done = write(second, tmp_path / "t")
    assert done.records == 81 and titles(tmp_path / "t") == [f"Title {n}" for n in range(0, 80, 3) if n != 3]
    write_archives([second, first], tmp_path / "both", tmp_path / "none", Crew(reader=GATED), stop=never)
    assert files_of(tmp_path / "t") == files_of(tmp_path / "both")


def test_tables_that_were_made_otherwise_are_left_alone(archive: Path, tmp_path: Path) -> None:
    write(archive, tmp_path)
    before = files_of(tmp_path)
    with pytest.raises(QuestionError, match="with the gate"):
        write(archive, tmp_path, reader=READER)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(QuestionError, match="cannot be read"):
        write(archive, tmp_path)
    assert files_of(tmp_path) | {"manifest.json": b""} == before | {"manifest.json": b""}


def test_what_looks_like_a_record_inside_another_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = write_nested(tmp_path)
    for step in (600, 900, 2_000):
        monkeypatch.setattr(seeing, "STEP_UNGATED", step)
        done = write(archive, tmp_path / str(step), reader=READER)
        assert titles(tmp_path / str(step)) == [f"Title {n}" for n in range(12)]
        assert done.records == 12 and not done.set_aside
        assert write(archive, tmp_path / str(step), reader=READER).new == 0


def test_tables_and_workspace_are_filled_together(archive: Path, tmp_path: Path) -> None:
    write(archive, tmp_path / "alone")
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        summary = workspace.ingest([archive], jobs=2, tables=tmp_path / "tables")
        assert (summary.read, summary.new, summary.gated, len(summary.quarantined)) == (PAGES + 1, 19, 40, 1)
        again = workspace.ingest([archive], tables=tmp_path / "tables")
        assert again.new == 0
    with open_workspace(tmp_path / "usual", reader=GATED) as workspace:
        workspace.ingest([archive])
    assert files_of(tmp_path / "tables") == files_of(tmp_path / "alone")
    said = [line for line in contents(tmp_path / "ws") if not line.startswith("archives")]
    assert said == [line for line in contents(tmp_path / "usual") if not line.startswith("archives")]


def test_a_stopped_ingest_goes_on_at_the_stretch_where_it_was(archive: Path, tmp_path: Path) -> None:
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        first = workspace.ingest([archive], jobs=2, stop=after(3))
        assert first.stopped and 0 < first.read < PAGES
        rest = workspace.ingest([archive], jobs=2)
        assert rest.read == PAGES + 1 and rest.new + first.new == 19
        assert workspace.ingest([archive]).duplicate == PAGES + 1
    with open_workspace(tmp_path / "whole", reader=GATED) as workspace:
        workspace.ingest([archive])
    assert contents(tmp_path / "ws") == contents(tmp_path / "whole")


@pytest.mark.slow
def test_only_the_page_that_breaks_its_process_is_given_up(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(b"".join(record(n, b"deadly" if n == 5 else f"Title {n}\nneed: {n}".encode()) for n in range(10)))
    done = write(file, tmp_path / "t", 2, reader=DEADLY)
    assert titles(tmp_path / "t") == [f"Title {n}" for n in range(10) if n != 5]
    assert [torn.reason.partition(";")[0] for torn in done.set_aside] == ["the process that read this page died twice"]


def test_an_archive_that_cannot_be_read_is_tried_again_next_time(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = itertools.count()

    def refuses(stretch: object, setting: object) -> bytes:
        if next(begun) == 2:
            raise InputError("crawl: connection reset")
        return gather(stretch, setting)  # type: ignore[arg-type]  # what is given is passed on

    gather: Callable[..., bytes] = readers.gather
    monkeypatch.setattr(readers, "gather", refuses)
    done = write(archive, tmp_path / "t")
    assert [reason for _, reason in done.failed] == ["crawl: connection reset"] and done.pages < 21
    assert write(archive, tmp_path / "t").new == 1 and len(titles(tmp_path / "t")) == 19
    begun = itertools.count()
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace:
        first = workspace.ingest([archive], tables=tmp_path / "other")
        assert len(first.quarantined) == 2 and first.new < 19
        assert workspace.ingest([archive]).new == 19 - first.new


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text("Title\nneed: x")
    with pytest.raises(InputError, match="no web archive"):
        write(tmp_path / "page.txt", tmp_path / "t")
    with open_workspace(tmp_path / "ws", reader=GATED) as workspace, pytest.raises(InputError, match="no web archive"):
        workspace.ingest([tmp_path / "page.txt"], dask="local")


def test_one_run_at_a_time_writes_tables(archive: Path, tmp_path: Path) -> None:
    with only_one(tmp_path / LOCK, "run"), pytest.raises(StoreError, match="under way"):
        write(archive, tmp_path)


@pytest.mark.slow
def test_the_packaged_reader_goes_to_other_processes_with_own_words(tmp_path: Path) -> None:
    said = "المغرب والغابون يوقعان مذكرة تفاهم في الأمن السيبراني"
    file = tmp_path / "a.warc.gz"
    file.write_bytes(b"".join(record(n, f"<html><p>{said} {n}</p></html>".encode()) for n in range(3)))
    with open_workspace(tmp_path / "ws") as workspace:
        own = tmp_path / "ws" / "knowledge" / "lexicons" / "en" / "own.yml"
        own.parent.mkdir(parents=True)
        own.write_text(
            "kind: statement.need\nabout: Own words.\nentries:\n  - word: hankers after\n    means: wants\n"
            "    example: The ministry hankers after training\n"
        )
        words = version_of(workspace.lexicon)
        assert words != version_of(load_lexicon())
        assert workspace.ingest([file], jobs=2).new == 3
    write_archives([file], tmp_path / "t", tmp_path / "ws", Crew(), stop=never)
    manifest = json.loads((tmp_path / "t" / "manifest.json").read_text())
    assert manifest["knowledge"] == words and manifest["tables"]["documents"] == 3
