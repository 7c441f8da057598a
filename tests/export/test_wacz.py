"""The pages behind a dossier leave as a collection that players of web archives open; protected and private ones do not leave."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile

from msgspec.structs import replace

from cli.test_commands import Run, say
from made_documents import make_document
from mithaq.errors import StoreError
from mithaq.export.wacz import IS_PROTECTED, NO_ADDRESS, NO_CAPTURE, sort_key, write_wacz
from mithaq.model import Document
from mithaq.store import Capture
from mithaq.store.captures import unpack_record

__all__ = ["say"]


def page(n: int, **more: object) -> Document:
    made = make_document(f"Title {n}", f"Body of page {n}", lang="en", path=f"{n}")
    return replace(made, url=f"https://www.port.example/News/{n}?b=2", retrieved="2025-06-03T10:00:00+00:00", **more)


PAGES = [page(1), page(2), page(3, rights="protected"), replace(page(4), url=None), page(5)]
BYTES = {d.id: f"<html>{d.title}</html>".encode() for d in PAGES}


def capture(document_id: str) -> Capture | None:
    sidecar = '{"retrieved": "2025-06-03T12:30:00+02:00", "charset": "utf-8"}'
    return Capture(hash="h", file=document_id, added="2025-06-04T00:00:00+00:00", sidecar=sidecar) if document_id != PAGES[4].id else None


def read(file: str) -> bytes:
    if file not in BYTES:
        raise StoreError("gone")
    return BYTES[file]


def packaged() -> dict[str, bytes]:
    made = write_wacz(PAGES, capture, read, "JO – KE")
    assert made.pages == 2
    with zipfile.ZipFile(io.BytesIO(made.data)) as package:
        assert {info.compress_type for info in package.infolist()} == {zipfile.ZIP_STORED}
        return {name: package.read(name) for name in package.namelist()}


def test_a_collection_has_archive_index_and_pages_that_fit_together() -> None:
    files = packaged()
    for line in files["indexes/index.cdx"].decode().splitlines():
        key, moment, said = line.split(" ", 2)
        told = json.loads(said)
        at, length = int(told["offset"]), int(told["length"])
        body = unpack_record(gzip.decompress(files["archive/data.warc.gz"][at : at + length]))
        assert body in BYTES.values() and told["digest"] == f"sha256:{hashlib.sha256(body).hexdigest()}"
        assert key == sort_key(told["url"]) and moment == "20250603103000"
    assert len(files["indexes/index.cdx"].splitlines()) == 2
    first, *rest = [json.loads(line) for line in files["pages/pages.jsonl"].splitlines()]
    assert first["format"] == "json-pages-1.0" and [one["title"] for one in rest] == ["Title 1", "Title 2"]


def test_every_file_is_described_with_its_hash() -> None:
    files = packaged()
    described = json.loads(files["datapackage.json"])
    assert described["wacz_version"] == "1.1.1" and described["title"] == "JO – KE"
    for one in described["resources"]:
        assert one["hash"] == f"sha256:{hashlib.sha256(files[one['path']]).hexdigest()}" and one["bytes"] == len(files[one["path"]])
    digest = json.loads(files["datapackage-digest.json"])
    assert digest["hash"] == f"sha256:{hashlib.sha256(files['datapackage.json']).hexdigest()}"


def test_what_does_not_go_along_is_told_without_its_words() -> None:
    made = write_wacz(PAGES, capture, read, "x")
    assert [(one.why, one.url is None) for one in made.left_out] == [(IS_PROTECTED, False), (NO_ADDRESS, True), (NO_CAPTURE, False)]
    listed = packaged()["mithaq/left-out.jsonl"]
    assert len(listed.splitlines()) == 3 and b"Title 3" not in made.data and b"Body of page 3" not in made.data


def test_the_same_pages_give_the_same_file() -> None:
    assert write_wacz(PAGES, capture, read, "x").data == write_wacz(PAGES, capture, read, "x").data


def test_addresses_are_sorted_by_their_hosts() -> None:
    assert sort_key("https://www.Example.org:8080/News/1?b=2") == "org,example,www:8080)/news/1?b=2"
    assert sort_key("https://example.org") == "org,example)/"


def test_the_command_says_when_nothing_can_be_replayed(say: Run, tmp_path: object) -> None:
    from pathlib import Path

    import mithaq

    demo = Path(mithaq.__file__).parent / "knowledge" / "demo"
    workspace = str(Path(str(tmp_path)) / "ws")
    say("ingest", str(demo), "--workspace", workspace)
    said = say("export", "wacz", "--pair", "JO", "MR", "--workspace", workspace, "-o", str(Path(str(tmp_path)) / "x.wacz"))
    assert "wacz:" in said.err and (said.code == 0) == Path(str(tmp_path), "x.wacz").exists()
