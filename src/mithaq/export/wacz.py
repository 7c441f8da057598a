"""The sources of a dossier as one file that can be replayed: a web archive collection (WACZ 1.1.1) of their pages as they were fetched.

Open it at replayweb.page, or with any program for web archives. Pages that are protected, are somebody's own, or have no address of the web
do not go along: of them the file lists the link, the hash and how many facts rest on them.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import msgspec

from mithaq import __version__
from mithaq.answers.sources import PROTECTED
from mithaq.errors import StoreError
from mithaq.export.briefing import safe_url
from mithaq.model import Document
from mithaq.model.fact import list_facts
from mithaq.store import Capture
from mithaq.store.captures import read_known, warc_date, write_record

VERSION = "1.1.1"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same pages give the same file
_NO_DATE = "1970-01-01T00:00:00Z"

# Why a page does not go along.
IS_PROTECTED = "the page is protected"
IS_PRIVATE = "the page is private"
NO_ADDRESS = "the page has no address of the web"
NO_CAPTURE = "its capture cannot be read"


class LeftOut(msgspec.Struct, frozen=True):
    """A page that does not go along: its link where it has one, the hash of its text, why, and how many facts of each kind rest on it."""

    document: str
    url: str | None
    why: str
    facts: dict[str, int]


class Collection(msgspec.Struct, frozen=True):
    """A collection ready to be written: the file, how many pages are in it, and which are not."""

    data: bytes
    pages: int
    left_out: tuple[LeftOut, ...]


class _Kept(NamedTuple):
    document: Document
    url: str
    date: str
    kind: str
    data: bytes


def write_wacz(
    documents: Sequence[Document], captures: Callable[[str], Capture | None], read: Callable[[str], bytes], title: str
) -> Collection:
    """Return the pages as one collection. *captures* gives the capture of a document by its id, *read* the bytes of a capture's file.

    Pages come in the order given; the same pages always give the same file.
    """
    kept: list[_Kept] = []
    left: list[LeftOut] = []
    for document in documents:
        why, page = _take(document, captures(document.id), read)
        if page is None:
            counts: dict[str, int] = dict(sorted(Counter(fact.layer for fact in list_facts(document)).items()))
            left.append(LeftOut(document.id, safe_url(document.url), why, counts))
        else:
            kept.append(page)
    return Collection(_pack(kept, left, title), len(kept), tuple(left))


def _take(document: Document, capture: Capture | None, read: Callable[[str], bytes]) -> tuple[str, _Kept | None]:
    url = safe_url(document.url)
    if document.rights == PROTECTED:
        return IS_PROTECTED, None
    if document.private:
        return IS_PRIVATE, None
    if url is None:
        return NO_ADDRESS, None
    try:
        data = read(capture.file) if capture else None
    except StoreError:
        data = None
    if data is None or capture is None:
        return NO_CAPTURE, None
    known = read_known(capture.sidecar)
    date = warc_date(known.get("retrieved") or document.retrieved or capture.added) or _NO_DATE
    charset = f"; charset={known['charset']}" if known.get("charset") else ""
    return "", _Kept(document, url, date, ("text/html" if b"<" in data[:4000] else "text/plain") + charset, data)


def _pack(kept: Iterable[_Kept], left: Iterable[LeftOut], title: str) -> bytes:
    archive, index, pages = io.BytesIO(), list[str](), [json.dumps({"format": "json-pages-1.0", "id": "pages", "title": "Pages"})]
    for page in kept:
        at = archive.tell()
        packed = gzip.compress(write_record(page.data, page.url, page.date, page.kind), mtime=0)
        archive.write(packed)
        index.append(_index_line(page, at, len(packed)))
        pages.append(_page_line(page))
    files = {
        "archive/data.warc.gz": archive.getvalue(),
        "indexes/index.cdx": "".join(f"{line}\n" for line in sorted(index)).encode(),
        "pages/pages.jsonl": "".join(f"{line}\n" for line in pages).encode(),
        "mithaq/left-out.jsonl": b"".join(msgspec.json.encode(one) + b"\n" for one in left),
    }
    files["datapackage.json"] = _describe(files, title, max((page.date for page in kept), default=_NO_DATE))
    digest = {"path": "datapackage.json", "hash": _hash(files["datapackage.json"])}
    files["datapackage-digest.json"] = json.dumps(digest, indent=2).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in files.items():
            # Stored, not packed once more: a player reads single records out of the middle of the file.
            package.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_STORED)
    return out.getvalue()


def _index_line(page: _Kept, at: int, length: int) -> str:
    """Return the line of the index (CDXJ) under which a player finds a page."""
    said = {
        "url": page.url, "mime": page.kind.partition(";")[0], "status": "200", "digest": _hash(page.data), "length": str(length),
        "offset": str(at), "filename": "data.warc.gz",
    }  # fmt: skip
    moment = "".join(c for c in page.date if c.isdigit())
    return f"{sort_key(page.url)} {moment} {json.dumps(said)}"


def _page_line(page: _Kept) -> str:
    document = page.document
    said = {"id": document.id[:12], "url": page.url, "title": document.title or page.url, "ts": page.date}
    return json.dumps(said, ensure_ascii=False)


def _describe(files: dict[str, bytes], title: str, date: str) -> bytes:
    resources: list[dict[str, Any]] = [
        {"name": name.rpartition("/")[2], "path": name, "hash": _hash(content), "bytes": len(content)} for name, content in files.items()
    ]
    said = {
        "profile": "data-package", "wacz_version": VERSION, "title": title, "software": f"mithaq {__version__}", "created": date,
        "resources": resources,
    }  # fmt: skip
    return json.dumps(said, indent=2, ensure_ascii=False).encode()


def sort_key(url: str) -> str:
    """Return an address with its host turned round, as web archives sort by it.

    >>> sort_key("https://www.Example.org:8080/News/1?b=2")
    'org,example,www:8080)/news/1?b=2'
    """
    parts = urlsplit(url)
    host = ",".join(reversed((parts.hostname or "").lower().split(".")))
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{f':{parts.port}' if parts.port else ''}){(parts.path or '/')}{query}".lower()


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"

