"""Pages are found in files and folders, each once, with its sidecar, and nothing else is taken for a page."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from mithaq.collect import files
from mithaq.collect.files import PageFile, find_pages, find_sidecar
from mithaq.errors import InputError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b/2.txt",
        "b/2.json",
        "b/2.meta.json",
        "a.html",
        "a.html.meta.json",
        "c.md",
        "d.HTM",
        "e.pdf",
        ".hidden/x.txt",
        ".y.txt",
        "ws/z.txt",
    ):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(name, "utf-8")
    return tmp_path


def test_a_folder_gives_its_pages_in_order_and_no_others(folder: Path) -> None:
    found = find_pages([folder], leave_out=folder / "ws")
    assert [page.path.relative_to(folder).as_posix() for page in found] == ["a.html", "c.md", "d.HTM", "b/2.txt"]
    assert [page.sidecar.name if page.sidecar else None for page in found] == ["a.html.meta.json", None, None, "2.meta.json"]


def test_a_page_named_twice_is_found_once(folder: Path) -> None:
    assert len(find_pages([folder / "b" / "2.txt", folder / "b", str(folder / "b" / ".." / "b" / "2.txt")])) == 1


def test_a_file_named_itself_is_a_page_unless_it_is_json(folder: Path) -> None:
    assert [p.path.name for p in find_pages([folder / "e.pdf", folder / "b" / "2.json", folder / "b" / "2.meta.json"])] == ["e.pdf"]


def test_the_folder_left_out_may_be_the_one_named(folder: Path) -> None:
    assert find_pages([folder / "ws"], leave_out=folder / "ws") == []


def test_the_sidecar_with_the_whole_name_comes_first(folder: Path) -> None:
    (folder / "a.meta.json").write_text("{}", "utf-8")
    assert find_sidecar(folder / "a.html") == folder / "a.html.meta.json"


def test_a_page_is_read_with_its_sidecar(folder: Path) -> None:
    assert PageFile(folder / "b" / "2.txt", folder / "b" / "2.meta.json").read() == (b"b/2.txt", b"b/2.meta.json")
    assert PageFile(folder / "c.md").read() == (b"c.md", None)


def test_what_cannot_be_read_is_named_with_what_to_do(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match=r"nothing\.txt: there is no such file"):
        find_pages([folder, folder / "nothing.txt"])
    with pytest.raises(InputError, match="check that it is a file"):
        PageFile(folder / "b").read()
    monkeypatch.setattr(files, "LARGEST", 3)
    with pytest.raises(InputError, match="no news page"):
        PageFile(folder / "c.md").read()


def test_a_circle_of_links_is_neither_followed_nor_dropped(folder: Path) -> None:
    (folder / "b" / "back").symlink_to(folder)
    (folder / "b" / "self.txt").symlink_to(folder / "b" / "self.txt")
    names = [page.path.name for page in find_pages([folder], leave_out=folder / "ws")]
    assert names == ["a.html", "c.md", "d.HTM", "2.txt", "self.txt"]
    with pytest.raises(InputError, match=r"self\.txt: Too many levels.*check"):
        PageFile(folder / "b" / "self.txt").read()
    with pytest.raises(InputError, match=r"self\.txt: Too many levels.*check where its links lead"):
        find_pages([folder / "b" / "self.txt"])


def test_a_folder_that_cannot_be_read_is_named_and_the_others_go_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found = find_pages([folder], leave_out=folder / "ws")
    assert [page.path.name for page in found] == ["a.html", "c.md", "d.HTM", "b"]
    with pytest.raises(InputError, match=r"b: this folder cannot be read; check"):
        found[-1].read()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "b" / "pipe.txt")
    with pytest.raises(InputError, match="no ordinary file; give '-'"):
        PageFile(folder / "b" / "pipe.txt").read()


def test_a_file_that_grows_while_it_is_read_stays_in_bounds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    monkeypatch.setattr(Path, "open", lambda *_: io.BytesIO(b"x" * 5000))
    with pytest.raises(InputError, match="no news page"):
        PageFile(folder / "c.md").read()


def test_records_in_a_folder_are_found_but_not_what_tells_of_a_page(folder: Path) -> None:
    (folder / "news.jsonl").write_text('{"text": "words"}', "utf-8")
    (folder / "alone.json").write_text('{"text": "words"}', "utf-8")
    (folder / "settings.json").write_text('{"colour": "blue"}', "utf-8")
    (folder / "a.json").write_text('{"text": "an annotation of a.html"}', "utf-8")
    names = [page.path.name for page in find_pages([folder], leave_out=folder / "ws")]
    assert names == ["a.html", "alone.json", "c.md", "d.HTM", "news.jsonl", "2.txt"]
