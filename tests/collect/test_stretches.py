"""Web archives cut into stretches: together they give what the whole archive gives, wherever it is cut and wherever it lies."""

from __future__ import annotations

import gzip
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn_archives import record
from mithaq.collect.archives import Archived, Broken, read_archive
from mithaq.collect.stretches import Stretch, cut, find_archives, look_at, make_course, read_stretch, tell_apart
from mithaq.errors import InputError, QuestionError

LARGEST = 1_000_000


def pages_of(stretches: list[Stretch]) -> list[tuple[str, bytes]]:
    return [(page.place, page.data) for s in stretches for page in read_stretch(s, make_course(s)) if isinstance(page, Archived)]


def whole(path: Path) -> list[tuple[str, bytes]]:
    return [(page.place, page.data) for page in read_archive(path, largest=LARGEST) if isinstance(page, Archived)]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("crawl") / "day-1.warc.gz"
    sorts = ("response", "request", "response", "metadata")
    file.write_bytes(b"".join(record(n, f"<p>page {n}</p>".encode() * (n % 7 + 1), sort=sorts[n % 4]) for n in range(60)))
    return file


@given(step=st.integers(1, 20_000))
def test_the_stretches_give_what_the_archive_gives_wherever_it_is_cut(archive: Path, step: int) -> None:
    (found,) = find_archives([archive])
    stretches = cut(found, step)
    assert stretches[0].start == 0 and stretches[-1].end == found.size
    assert all(before.end == after.start for before, after in pairwise(stretches))
    if step > 100:
        assert pages_of(stretches) == whole(archive)


@given(place=st.integers(0, 29), step=st.integers(500, 5_000))
def test_reading_goes_on_at_any_record(archive: Path, place: int, step: int) -> None:
    every = whole(archive)
    start = int(every[place][0])
    assert pages_of(cut(look_at(str(archive)), step, start)) == every[place:]


def test_each_stretch_tells_where_the_next_one_begins(archive: Path) -> None:
    ended: int | None = None
    for stretch in cut(look_at(str(archive)), 700):
        course = make_course(stretch)
        list(read_stretch(stretch, course))
        assert ended is None or course.first == ended
        ended = course.after
    assert ended == archive.stat().st_size


def test_what_cannot_be_cut_is_one_stretch(tmp_path: Path) -> None:
    records = [record(n, b"<p>page</p>" * 9, packed=False) for n in range(9)]
    plain, as_one, package = tmp_path / "a.warc", tmp_path / "b.warc.gz", tmp_path / "c.wacz"
    plain.write_bytes(b"".join(records))
    as_one.write_bytes(gzip.compress(b"".join(records)))
    with zipfile.ZipFile(package, "w") as packed:
        packed.writestr("archive/data.warc.gz", as_one.read_bytes())
    for file in (plain, as_one, package):
        (stretch,) = cut(look_at(str(file)), 100)
        assert [data for _, data in pages_of([stretch])] == [b"<p>page</p>" * 9] * 9


def test_an_archive_compressed_as_a_whole_is_read_from_its_beginning_once_more(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(gzip.compress(b"".join(record(n, b"<p>page</p>" * 9, packed=False) for n in range(4))))
    pages = [page for page in read_archive(file, largest=LARGEST) if isinstance(page, Archived)]
    assert [page.after for page in pages] == [0, 0, 0, file.stat().st_size]


def test_after_damage_the_next_stretch_goes_on(tmp_path: Path) -> None:
    records = [record(n, bytes(f"<p>page {n} {n * 7919}</p>" * 40, "ascii")) for n in range(8)]
    at = sum(map(len, records[:2])) + 40
    content = bytearray(b"".join(records))
    content[at : at + 30] = b"x" * 30
    file = tmp_path / "torn.warc.gz"
    file.write_bytes(bytes(content))
    stretches = cut(look_at(str(file)), len(content) // 2)
    course = make_course(stretches[0])
    first = list(read_stretch(stretches[0], course))
    assert isinstance(first[-1], Broken) and course.torn and course.after is None
    rest = pages_of(stretches[1:])
    assert rest and rest[-1][1].startswith(b"<p>page 7 ")


def test_archives_are_found_wherever_they_lie_each_content_once(archive: Path, tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.pipe_file("/crawl/day-1.warc.gz", archive.read_bytes())
    memory.pipe_file("/crawl/notes.txt", b"no archive")
    for path in ("memory://crawl/day-1.warc.gz", "memory://crawl/", "memory://crawl/*.gz"):
        (found,) = find_archives([path])
        assert found.mark == look_at(str(archive)).mark and found.stem == "day-1"
        assert pages_of(cut(found, 2_000)) == whole(archive)
    (tmp_path / "again.warc.gz").write_bytes(archive.read_bytes())
    assert len(find_archives([archive, tmp_path])) == 1
    memory.rm("/crawl", recursive=True)


@pytest.mark.parametrize("path", ["memory://nothing/x.warc.gz", "nosuchsystem://x/y.warc.gz"])
def test_what_cannot_be_opened_is_named(path: str) -> None:
    pytest.importorskip("fsspec")
    with pytest.raises(InputError, match=path.partition(":")[0]):
        find_archives([path])


def test_without_what_opens_an_address_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(QuestionError, match=r"mithaq\[dask\]"):
        find_archives(["s3://bucket/crawl/"])
    with pytest.raises(InputError, match="no web archive"):
        find_archives([tmp_path])


def test_pages_of_the_web_are_no_archives() -> None:
    far = ["s3://b/x/", "https://crawl.example/a.warc.gz"]
    assert tell_apart(["https://site.example/news/1", *far, "news/"]) == (["https://site.example/news/1", "news/"], far)
