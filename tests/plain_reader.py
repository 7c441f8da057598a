"""A reader of plain pages for tests of workspaces: quick, whole in one module, so that other processes can have it too."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from msgspec.structs import replace

from made_documents import make_document, quote
from mithaq.collect.gate import Verdict
from mithaq.errors import InputError
from mithaq.ingest import Reader
from mithaq.model import Document, Evidence, Statement
from mithaq.store import MadeBy
from mithaq.store.captures import read_capture_file

# What differs between two runs without making a difference: times, and the order of arrival.
_PASSING = ("added", "at", "n", "rowid")


def read(data: bytes, path: str, sidecar: bytes | None) -> Document:
    """Read a page as the pipeline would: the first line is its title, a line "need: ..." a statement, some words are traps."""
    text = data.decode("utf-8")
    if "unreadable" in text:
        raise InputError(f"{path}: this is not text; save the page as UTF-8")
    if "crash" in text:
        raise KeyError("no such thing")
    known = json.loads(sidecar) if sidecar else {}
    title, _, body = text.partition("\n")
    told = {name: known.get(name) for name in ("outlet", "published")}
    document = make_document(title or "…", body or "…", path=path, lang="en", relevant="need:" in text, **told)
    if "need:" in text:
        need = Statement(kind="need", evidence=quote(document.text, "need:"))
        document = replace(document, statements=(need,))
    if "lie" in text:
        document = replace(document, statements=(Statement(kind="need", evidence=Evidence(0, 3, "lie")),))
    return document


def look(data: bytes, path: str) -> Verdict:
    """Hold back what is about sport."""
    if b"\xff" in data:
        raise InputError(f"{path}: no text")
    sport = b"match" in data
    return Verdict(not sport, 0.01 if sport else 0.9, "a match" if sport else "no sport")


READER = Reader(read, MadeBy("test", "words"))
GATED = Reader(read, MadeBy("test", "words"), look)


def contents(root: Path) -> list[str]:
    """Return everything a workspace holds, without times and the order of arrival."""
    with sqlite3.connect(root / "mithaq.sqlite") as connection:
        connection.row_factory = sqlite3.Row
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = [
            f"{table}: {[v for k, v in zip(row.keys(), row, strict=True) if k not in _PASSING]}"
            for table in tables
            if not table.startswith(("search", "sqlite_"))
            for row in connection.execute(f"SELECT * FROM {table}").fetchall()
        ]
    connection.close()
    names = [str(file.relative_to(root)) for file in (root / "captures").rglob("*.gz")]
    files = [f"{name}: {read_capture_file(root, name)!r}" for name in names]
    return sorted(rows) + sorted(files)


def write_pages(folder: Path, number: int) -> Path:
    """Write pages of every sort: new ones, copies of each other, sport, the same bytes twice, some that cannot be read."""
    folder.mkdir(parents=True)
    for n in range(number):
        words = " ".join(f"word{n // 5}x{i}" for i in range(60))
        page = f"Title {n}\nneed: engineers of sort {n}. {words}"
        if n % 3 == 1:
            page = f"Match {n}\nThe match of day {n} was played."
        elif n % 41 == 2 or n == 30:
            page = f"{n} unreadable"
        elif n % 43 == 3:
            page = f"{n} crash"
        elif n % 37 == 4:
            page = "Title\nneed: the same page again and again"
        (folder / f"{n:04}.txt").write_text(page, "utf-8")
        if n % 7 == 0:
            known = {"outlet": f"o{n}.example", "published": f"2024-01-{1 + n % 28:02}"}
            (folder / f"{n:04}.meta.json").write_text(json.dumps(known), "utf-8")
    return folder
