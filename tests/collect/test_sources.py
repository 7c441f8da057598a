"""Whatever a person names becomes pages, each with its name, or the reason why there is none."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from mithaq.collect import files
from mithaq.collect.fetch import Fetched
from mithaq.collect.sources import Page, Unread, find_sources, is_address
from mithaq.errors import GoneError, InputError


def fetch(url: str) -> Fetched:
    if "gone" in url:
        raise GoneError(f"{url}: there is no such page (404)")
    if "later" in url:
        raise InputError(f"{url}: the site cannot answer now (503)")
    return Fetched(url=f"{url}/final", data=b"<p>page", charset="windows-1256", retrieved="2026-01-02T03:04:05+00:00")


def test_files_folders_records_addresses_and_the_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from the input")))
    (tmp_path / "a.txt").write_text("one", "utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "two"}\n{"none": 0}\n', "utf-8")
    (tmp_path / "c.json").write_text('{"settings": true}', "utf-8")
    sources = find_sources(["https://news.example/1", tmp_path, "-", tmp_path / "a.txt", "https://news.example/1"])
    pages = [page for source in sources for page in source.pages(fetch)]
    names = ["https://news.example/1", str(tmp_path / "a.txt"), f"{tmp_path / 'b.jsonl'}#1", f"{tmp_path / 'b.jsonl'}#2", "-"]
    assert [page.name for page in pages] == names
    assert isinstance(pages[0], Page) and pages[0].url == "https://news.example/1/final"
    assert json.loads(pages[0].sidecar or b"") == {
        "url": "https://news.example/1/final", "retrieved": "2026-01-02T03:04:05+00:00", "charset": "windows-1256",
    }  # fmt: skip
    assert [page.data for page in pages if isinstance(page, Page)] == [b"<p>page", b"one", b"two", b"from the input"]
    assert next(page.reason for page in pages if isinstance(page, Unread)).startswith(f"{tmp_path / 'b.jsonl'}#2: there is no text")


def test_what_the_web_has_no_longer_is_told_apart() -> None:
    found = [page for source in find_sources(["http://a.example/gone", "http://a.example/later"]) for page in source.pages(fetch)]
    assert [(page.gone, page.reason.partition(": ")[2]) for page in found if isinstance(page, Unread)] == [
        (True, "there is no such page (404)"), (False, "the site cannot answer now (503)"),
    ]  # fmt: skip


def test_records_named_themselves_are_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n", "utf-8")
    [page] = find_sources([tmp_path / "empty.jsonl"])[0].pages()
    assert isinstance(page, Unread) and "there is no record in it" in page.reason


def test_too_long_an_input_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 3)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"long")))
    [page] = find_sources(["-"])[0].pages()
    assert isinstance(page, Unread) and "split it" in page.reason


def test_addresses_are_told_from_paths() -> None:
    assert all(map(is_address, ("http://a.example", "HTTPS://A.example/x")))
    assert not any(map(is_address, ("news/http.txt", "ftp://a.example", "-", "https:/a", "")))
