"""Captures are records of web archives that other programs read; those of older versions move over without loss."""

from __future__ import annotations

import gzip
import json
import sqlite3
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.errors import StoreError
from mithaq.store.captures import (
    capture_file,
    forget_capture,
    hash_bytes,
    keep_capture,
    move_captures,
    pack_record,
    read_capture_file,
    read_known,
    unpack_record,
    warc_date,
)
from mithaq.store.migrate import read_migrations
from mithaq.workspace import open_workspace
from plain_reader import READER

pytestmark = pytest.mark.usefixtures("database")
SIDECAR = json.dumps({"url": "https://port.example/news/1", "retrieved": "2025-06-03T12:00:00+02:00", "charset": "windows-1256"}).encode()


def test_a_capture_is_a_record_that_others_can_read(tmp_path: Path) -> None:
    from fastwarc.warc import ArchiveIterator

    page = "<html><p>صفحة</p></html>".encode("cp1256")
    capture = keep_capture(tmp_path, page, "x", SIDECAR)
    found = ArchiveIterator(BytesIO((tmp_path / capture.file).read_bytes()))
    ((headers, verified, body),) = [(dict(record.headers), record.verify_block_digest(), record.reader.read()) for record in found]
    assert verified and body == page
    assert (headers["WARC-Type"], headers["WARC-Target-URI"], headers["WARC-Date"]) == (
        "resource", "https://port.example/news/1", "2025-06-03T10:00:00Z",
    )  # fmt: skip
    assert headers["Content-Type"] == "text/html; charset=windows-1256"
    assert headers["WARC-Payload-Digest"] == f"sha256:{capture.hash}"


def test_the_same_page_with_the_same_sidecar_is_the_same_file() -> None:
    assert pack_record(b"x", "ab", SIDECAR, "2024-01-01") == pack_record(b"x", "ab", SIDECAR, "2024-02-02")
    assert b"urn:sha256:ab" in gzip.decompress(pack_record(b"x", "ab", None, "2024-01-01"))


@given(st.binary(max_size=3000), st.one_of(st.none(), st.binary(max_size=60)))
def test_whatever_was_fetched_comes_back(data: bytes, sidecar: bytes | None) -> None:
    assert unpack_record(gzip.decompress(pack_record(data, hash_bytes(data), sidecar, "2024-01-01T00:00:00+00:00"))) == data


@pytest.mark.parametrize(
    ("moment", "date"),
    [("2025-06-03T12:00:00+02:00", "2025-06-03T10:00:00Z"), ("2025-06-03", "2025-06-03T00:00:00Z"), ("soon", None), (None, None)],
)
def test_times_are_those_of_web_archives(moment: str | None, date: str | None) -> None:
    assert warc_date(moment) == date


def test_a_sidecar_tells_what_it_can() -> None:
    assert read_known(b'{"url": "u", "n": 1}') == {"url": "u"}
    assert read_known(b"[1]") == read_known(b"{") == read_known(None) == {}


def old_form(root: Path) -> list[str]:
    """Give the captures of a workspace the form that they had before, and the database the version of that time."""
    database = sqlite3.connect(root / "mithaq.sqlite")
    rows = [row[0] for row in database.execute("SELECT file FROM captures UNION SELECT file FROM quarantine WHERE file IS NOT NULL")]
    for file in rows:
        data = read_capture_file(root, file)
        old = file.removesuffix(".warc.gz") + ".gz"
        (root / old).write_bytes(gzip.compress(data, mtime=0))
        (root / file).unlink()
        for table in ("captures", "quarantine"):
            database.execute(f"UPDATE {table} SET file = ? WHERE file = ?", (old, file))
    for table in ("capture_moves", "erased", "reference_values", "reference_tables", "happening_conflicts", "archives", "privacy"):
        database.execute(f"DROP TABLE IF EXISTS {table}")
    before = next(number for number, sql in read_migrations() if "capture_moves" in sql) - 1
    database.execute(f"PRAGMA user_version = {before}")
    database.commit()
    database.close()
    return rows


@pytest.fixture
def old(tmp_path: Path) -> tuple[Path, dict[str, bytes]]:
    for n in range(5):
        (tmp_path / f"{n}.txt").write_text(f"Title {n}\nneed: engineers {n}" + (" unreadable" if n == 4 else ""), "utf-8")
    root = tmp_path / "ws"
    with open_workspace(root, reader=READER) as workspace:
        workspace.ingest(sorted(tmp_path.glob("*.txt")))
        kept = {file: read_capture_file(root, file) for _, file in workspace.store.all_captures()}
    assert sorted(old_form(root)) == sorted(kept) and len(kept) == 5
    return root, kept


@pytest.mark.of_the_file
def test_captures_of_an_older_version_move_over_without_loss(old: tuple[Path, dict[str, bytes]]) -> None:
    root, kept = old
    with open_workspace(root, reader=READER) as workspace:
        # Until they are moved they are read as they are.
        assert all(read_capture_file(root, file) in kept.values() for _, file in workspace.store.all_captures())
        assert any("older version" in finding.says for finding in workspace.doctor())
        assert workspace.reread(every=True).read == 4
        assert {file: read_capture_file(root, file) for _, file in workspace.store.all_captures()} == kept
        assert workspace.store.captures_to_move() == []
        assert {finding.grade for finding in workspace.doctor() if finding.what == "captures"} == {"well"}
    assert not [file for file in (root / "captures").rglob("*.gz") if not file.name.endswith(".warc.gz")]


@pytest.mark.of_the_file
def test_a_move_that_is_killed_loses_nothing(old: tuple[Path, dict[str, bytes]]) -> None:
    root, kept = old
    with open_workspace(root, reader=READER) as workspace:
        calls: list[int] = []

        def die(files: list[tuple[str, str]]) -> None:
            calls.append(len(files))
            if len(calls) == 2:
                raise KeyboardInterrupt
            workspace.store.captures_moved(files)

        with pytest.raises(KeyboardInterrupt):
            move_captures(root, workspace.store.captures_to_move(), die, at_a_time=2)
        assert {read_capture_file(root, file) for _, file in workspace.store.all_captures()} == set(kept.values())
        assert move_captures(root, workspace.store.captures_to_move(), workspace.store.captures_moved) == 3
        assert {file: read_capture_file(root, file) for _, file in workspace.store.all_captures()} == kept


@pytest.mark.of_the_file
def test_a_damaged_old_capture_stays_and_is_not_tried_for_ever(old: tuple[Path, dict[str, bytes]]) -> None:
    root, _ = old
    damaged = next((root / "captures").rglob("*.gz"))
    damaged.write_bytes(b"no capture")
    with open_workspace(root, reader=READER) as workspace:
        assert move_captures(root, workspace.store.captures_to_move(), workspace.store.captures_moved) == 4
        assert workspace.store.captures_to_move() == [] and damaged.read_bytes() == b"no capture"
        assert any(finding.grade == "wrong" for finding in workspace.doctor() if finding.what == "captures")


def test_a_capture_can_be_forgotten(tmp_path: Path) -> None:
    capture = keep_capture(tmp_path, b"page", "x", None)
    assert capture.file == capture_file(hash_bytes(b"page"))
    forget_capture(tmp_path, capture.file)
    forget_capture(tmp_path, capture.file)
    with pytest.raises(StoreError, match="cannot be read"):
        read_capture_file(tmp_path, capture.file)
