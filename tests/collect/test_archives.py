"""Pages out of web archives: each record by itself, with its address and time; what is damaged says where."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest

from drawn_archives import record
from mithaq.collect.archives import Archived, Broken, is_archive, read_archive
from mithaq.collect.sources import Page, Unread, find_sources
from mithaq.errors import InputError

LARGEST = 100_000


def pages_of(path: Path, start: int = 0) -> list[Archived]:
    return [page for page in read_archive(path, largest=LARGEST, start=start) if isinstance(page, Archived)]


@pytest.mark.parametrize("packed", [True, False])
def test_each_page_comes_with_its_address_and_time_and_what_is_no_page_is_passed_over(tmp_path: Path, packed: bool) -> None:
    records = [
        record(1, "<p>مذكرة</p>".encode("cp1256"), kind="text/html; charset=windows-1256", packed=packed),
        record(2, b"GET / HTTP/1.1", sort="request", packed=packed),
        record(3, b"\x89PNG", kind="image/png", packed=packed),
        record(4, b"<p>gone</p>", status="404 Not Found", packed=packed),
        record(5, gzip.compress(b"<p>packed by the server</p>"), headers="Content-Encoding: gzip\r\n", packed=packed),
        record(6, b"5\r\n<p>in\r\n9\r\n pieces</\r\n2\r\np>\r\n0\r\n\r\n", headers="Transfer-Encoding: chunked\r\n", packed=packed),
    ]
    file = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    file.write_bytes(b"".join(records))
    pages = pages_of(file)
    assert [page.data for page in pages] == [
        "<p>مذكرة</p>".encode("cp1256"), b"<p>packed by the server</p>", b"<p>in pieces</p>",
    ]  # fmt: skip
    known = {"url": "https://sahil.example/1", "retrieved": "2026-03-04T05:06:07Z", "charset": "windows-1256"}
    assert json.loads(pages[0].sidecar) == known
    assert pages[0].after == int(pages[1].place) and pages[-1].after == file.stat().st_size


def test_reading_goes_on_at_any_record(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(b"".join(record(n, f"<p>{n}</p>".encode()) for n in range(6)))
    whole = pages_of(file)
    for n, page in enumerate(whole):
        assert page.after is not None
        assert pages_of(file, page.after) == whole[n + 1 :]


def test_a_package_gives_the_pages_of_its_archives(tmp_path: Path) -> None:
    file = tmp_path / "dossier.wacz"
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/b.warc.gz", record(2, b"<p>two</p>"))
        package.writestr("archive/a.warc", record(1, b"<p>one</p>", packed=False))
    assert [(page.place, page.data) for page in pages_of(file)] == [
        ("archive/a.warc@0", b"<p>one</p>"), ("archive/b.warc.gz@0", b"<p>two</p>"),
    ]  # fmt: skip
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("datapackage.json", "{}")
    with pytest.raises(InputError, match="no WARC file in this package"):
        pages_of(file)
    file.write_bytes(b"PK nothing")
    with pytest.raises(InputError, match="no WACZ package"):
        pages_of(file)


def test_a_damaged_archive_gives_what_comes_before_and_says_where_it_breaks_off(tmp_path: Path) -> None:
    first, second = record(1, b"<p>one</p>"), record(2, b"<p>two</p>")
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(first + second[:20] + b"\0" * 40 + second[60:])
    found = list(read_archive(file, largest=LARGEST))
    assert isinstance(found[0], Archived) and found[0].data == b"<p>one</p>"
    assert [type(page) for page in found[1:]] == [Broken]
    (source,) = find_sources([file])
    page, broken = source.pages()
    assert isinstance(page, Page) and page.name == f"{file}#0"
    assert isinstance(broken, Unread) and "cannot be read after this place" in broken.reason


def test_a_record_that_is_too_long_is_told_and_the_next_goes_on(tmp_path: Path) -> None:
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(record(1, b"x" * (LARGEST + 1)) + record(2, b"<p>two</p>"))
    broken, page = read_archive(file, largest=LARGEST)
    assert isinstance(broken, Broken) and isinstance(page, Archived) and page.data == b"<p>two</p>"


def test_archives_are_known_by_name_and_found_in_folders(tmp_path: Path) -> None:
    names = ("a.warc", "B.WARC.GZ", "c.wacz")
    for name in (*names, "d.gz", "e.warc.txt.bak"):
        (tmp_path / name).write_bytes(record(1, b"<p>one</p>"))
    assert [is_archive(Path(name)) for name in (*names, "d.gz")] == [True, True, True, False]
    assert sorted(Path(source.name).name for source in find_sources([tmp_path])) == sorted(names)
