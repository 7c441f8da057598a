"""The compiled form of the knowledge saves time and changes nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mithaq.lexicon import cache
from mithaq.lexicon.cache import cache_folder, read_entries_quickly
from mithaq.lexicon.load import read_entries

WORDS = "kind: x\nentries:\n  - word: {word}\n    also: [plural]\n    example: a {word}\n"


@pytest.fixture
def knowledge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MITHAQ_CACHE", str(tmp_path / "cache"))
    write(tmp_path / "knowledge", "word")
    return tmp_path / "knowledge"


def write(root: Path, word: str, changed: int = 1) -> None:
    path = root / "lexicons" / "en" / "words.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(WORDS.format(word=word), "utf-8")
    os.utime(path, (changed, changed))


def test_it_gives_what_reading_gives_and_reads_the_files_only_once(knowledge: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_entries(knowledge)
    assert read_entries_quickly(knowledge) == expected
    monkeypatch.setattr(cache, "read_entries", lambda root: pytest.fail("read again"))
    assert read_entries_quickly(knowledge) == expected


def test_what_many_entries_say_is_one_object(knowledge: Path) -> None:
    (knowledge / "lexicons" / "en" / "more.yml").write_text(WORDS.format(word="other"), "utf-8")
    one, two = read_entries_quickly(knowledge)
    assert (one.kind is two.kind, one.lang is two.lang, one.word is one.forms[0]) == (True, True, True)


def test_a_changed_file_is_read_again(knowledge: Path) -> None:
    read_entries_quickly(knowledge)
    write(knowledge, "term", changed=2)
    assert [e.word for e in read_entries_quickly(knowledge)] == ["term"]
    (knowledge / "lexicons" / "en" / "more.yml").write_text(WORDS.format(word="more"), "utf-8")
    assert [e.word for e in read_entries_quickly(knowledge)] == ["more", "term"]


def test_a_spoilt_cache_is_replaced(knowledge: Path) -> None:
    expected = read_entries_quickly(knowledge)
    (kept,) = cache_folder().iterdir()
    kept.write_bytes(b"\x81\xa3spoilt")
    assert read_entries_quickly(knowledge) == expected
    assert kept.read_bytes() != b"\x81\xa3spoilt"


def test_a_cache_that_cannot_be_written_is_done_without(knowledge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    monkeypatch.setenv("MITHAQ_CACHE", str(tmp_path / "file" / "below"))
    assert [e.word for e in read_entries_quickly(knowledge)] == ["word"]


def test_two_folders_do_not_share_a_cache(knowledge: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write(other, "other")
    assert [e.word for e in read_entries_quickly(knowledge)] == ["word"]
    assert [e.word for e in read_entries_quickly(other)] == ["other"]
    assert [e.word for e in read_entries_quickly(knowledge)] == ["word"]


def test_the_folder_follows_the_customs_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("MITHAQ_CACHE", raising=False)
    monkeypatch.setenv("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "mithaq"
