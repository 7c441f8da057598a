"""Pages that come as records: ``.json`` and ``.jsonl`` files with a text field, one page each.

    {"title": "...", "text": "...", "url": "https://...", "source": "...", "date": "2025-03-04"}

A record becomes a page of text (title, empty line, text) or of HTML, and a sidecar with what else it tells; only these keys are read.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from mithaq.errors import InputError

RECORD_SUFFIXES = frozenset({".json", ".jsonl", ".ndjson"})
LARGEST_LINE = 8 * 1024 * 1024  # bytes; a news page has a thousandth of it
TEXT_KEYS = ("text", "body", "content", "html")
# What a sidecar calls each thing, and the keys under which a record may hold it; the first that is filled counts.
KNOWN_KEYS: dict[str, tuple[str, ...]] = {
    "url": ("url",),
    "outlet": ("outlet", "source"),
    "published": ("published", "date"),
    "retrieved": ("retrieved",),
}
_PEEK = 20  # records looked at to see whether a file found in a folder holds pages


class Record(msgspec.Struct, frozen=True):
    """A record made into a page: its ``number`` in the file (line, or place in the list, from 1), bytes and sidecar."""

    number: int
    data: bytes
    sidecar: bytes


class Faulty(msgspec.Struct, frozen=True):
    """A record that is no page, and why."""

    number: int
    reason: str


def read_records(path: Path, *, largest: int) -> Iterator[Record | Faulty]:
    """Yield the pages of a file of records in order; one that is wrong says why, and the others go on.

    A ``.json`` file (one record or a list) has *largest* bytes at most; a ``.jsonl`` file is read line by line and may be of any length.
    Raises InputError when the file cannot be read, or is no JSON at all.
    """
    try:
        with path.open("rb") as stream:
            found = _json_values(path, stream, largest) if path.suffix.lower() == ".json" else _line_values(stream)
            for number, value in found:
                yield value if isinstance(value, Faulty) else _to_page(number, value)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; check that it is a file and that you may read it") from error


def holds_pages(path: Path, *, largest: int) -> bool:
    """Say whether a file found in a folder is one of pages: other programs keep their settings and results in JSON too.

    A file that cannot be read counts as one, so that it is set aside with its reason rather than passed over.
    """
    try:
        first = islice(read_records(path, largest=largest), _PEEK)
        return any(isinstance(record, Record) or not record.reason.startswith(_NO_TEXT) for record in first)
    except InputError:
        return True


_NO_TEXT = "there is no text in it"


def _to_page(number: int, value: object) -> Record | Faulty:
    if not isinstance(value, dict):
        return Faulty(number, f"{_NO_TEXT}: a record is an object with one of {', '.join(TEXT_KEYS)}")
    found = {key: value[key] for key in TEXT_KEYS if isinstance(value.get(key), str) and value[key].strip()}
    if not found:
        return Faulty(number, f"{_NO_TEXT}: a record needs one of {', '.join(TEXT_KEYS)}")
    key, text = next(iter(found.items()))
    title = value["title"].strip() if isinstance(value.get("title"), str) else ""
    known = {name: _first(value, keys) for name, keys in KNOWN_KEYS.items()}
    sidecar = {name: said for name, said in known.items() if said} | ({"invented": True} if value.get("invented") is True else {})
    page = _as_html(title, text) if key == "html" else _as_text(title, text)
    return Record(number, page.encode("utf-8", "replace"), json.dumps(sidecar, ensure_ascii=False).encode("utf-8", "replace"))


def _first(value: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((value[key].strip() for key in keys if isinstance(value.get(key), str) and value[key].strip()), None)


def _as_text(title: str, text: str) -> str:
    """Return title and text as one page; a text that begins with its title stays as it is."""
    beginning = " ".join(text.lstrip()[: 2 * len(title) + 20].split())
    return text if not title or beginning.startswith(" ".join(title.split())) else f"{title}\n\n{text}"


def _as_html(title: str, text: str) -> str:
    if "<html" in text[:2000].lower() or not title:
        return text if "<html" in text[:2000].lower() else f"<!doctype html><html><body><article>{text}</article></body></html>"
    heading = html.escape(title)
    return f"<!doctype html><html><head><title>{heading}</title></head><body><article><h1>{heading}</h1>{text}</article></body></html>"


def _json_values(path: Path, stream: BinaryIO, largest: int) -> Iterator[tuple[int, object]]:
    data = stream.read(largest + 1)
    if len(data) > largest:
        raise InputError(f"{path}: more than {largest // 1024 // 1024} MB; write one record a line into a .jsonl file, which may be longer")
    try:
        content = json.loads(_decode(data))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not valid JSON ({_explain(error)}); correct it, or give the page as .txt or .html") from error
    yield from enumerate(content if isinstance(content, list) else [content], start=1)


def _line_values(stream: BinaryIO) -> Iterator[tuple[int, object]]:
    number = 0
    while line := stream.readline(LARGEST_LINE + 1):
        number += 1
        if len(line) > LARGEST_LINE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST_LINE)
            yield number, Faulty(number, f"a line of more than {LARGEST_LINE // 1024 // 1024} MB is no news page; split the record")
            continue
        if not line.strip():
            continue
        try:
            yield number, json.loads(_decode(line))
        except (ValueError, RecursionError) as error:
            yield number, Faulty(number, f"not valid JSON ({_explain(error)}); correct the line")


def _decode(data: bytes) -> str:
    """Return JSON as text; half characters («\\ud800») come out of it later, when the page is encoded."""
    return data.decode(json.detect_encoding(data)).removeprefix("\ufeff")


def _explain(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return f"byte {error.start} is not of its encoding" if isinstance(error, UnicodeDecodeError) else str(error)
