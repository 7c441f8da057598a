"""A workspace as a folder of static pages in three languages, to be read from a disk or any host, searched without a server.

Only what may leave leaves: facts with their quoted sentences and links, never texts; of protected pages facts and links alone. The same
workspace gives the same bytes, and what is no longer there is taken out of the folder when it is published again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from mithaq.errors import StoreError
from mithaq.export.parcel import Parcel
from mithaq.model.vocabulary import LANGUAGES
from mithaq.web.public_index import write_index
from mithaq.web.public_pages import Shelf, write_pages
from mithaq.web.show import read_assets

MANIFEST = "mithaq-site.json"
BEGUN = "mithaq-site.begun"  # the files written since the manifest, a line each: there only while publishing, or after a kill
_ASSETS = ("site.css", "published.js", "icon.svg", "newsreader-latin.woff2", "noto-naskh-arabic.woff2")


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What was written: files and bytes, how much of each kind, and what had to stay behind, each with its number."""

    files: int
    size: int
    counts: dict[str, int]
    left: dict[str, int]
    removed: int

    def lines(self) -> list[str]:
        """Say it in lines for a terminal."""
        told = [f"{self.files} files, {self.size / 1024 / 1024:.1f} MB: {', '.join(f'{n} {name}' for name, n in self.counts.items())}"]
        told += [f"left behind: {n} {name}" for name, n in self.left.items() if n]
        return told + ([f"{self.removed} files of an earlier publication were taken out"] if self.removed else [])


class _Listed(msgspec.Struct, frozen=True):
    """What a published folder holds: the SHA-256 of every file by its path."""

    files: dict[str, str]


def publish(parcel: Parcel, hidden: int, folder: Path, *, title: str | None = None) -> Published:
    """Write the site into *folder*: a new one, an empty one, or one that was published into before.

    Raises StoreError for a folder that holds something else.
    """
    before = _read_manifest(folder)
    shelf = Shelf.of(parcel, title)
    listed: dict[str, str] = {}
    size = 0
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / BEGUN).open("a", encoding="utf-8") as begun:
        for path, content in _files(shelf):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            digest = hashlib.sha256(content).hexdigest()
            if before.get(path) != digest or not target.is_file():
                begun.write(path + "\n")
                begun.flush()
                target.write_bytes(content)
            listed[path] = digest
            size += len(content)
    gone = sorted(before.keys() - listed.keys())
    for path in gone:
        _take_out(folder, path)
    (folder / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(_Listed(dict(sorted(listed.items())))), indent=1) + b"\n")
    (folder / BEGUN).unlink()
    return Published(files=len(listed), size=size, counts=shelf.counts(), left=shelf.left() | {"private pages": hidden}, removed=len(gone))


def _files(shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    assets = read_assets()
    yield from ((f"assets/{name}", assets[name][1]) for name in _ASSETS)
    yield "assets/index.js", write_index(shelf)
    yield "index.html", shelf.write_choice()
    for lang in LANGUAGES:
        yield from ((f"{lang}/{path}", content) for path, content in write_pages(shelf, lang))


def _read_manifest(folder: Path) -> Mapping[str, str]:
    """Return the files of the last publication into a folder, those of one that was killed without their hashes.

    Raises StoreError when the folder holds anything else.
    """
    manifest, begun = folder / MANIFEST, folder / BEGUN
    if manifest.is_file() or begun.is_file():
        try:
            files = msgspec.json.decode(manifest.read_bytes(), type=_Listed).files if manifest.is_file() else {}
        except msgspec.DecodeError as error:
            raise StoreError(f"{manifest} is damaged ({error}); remove the folder, or publish into another one") from error
        return files | dict.fromkeys(begun.read_text("utf-8").splitlines() if begun.is_file() else (), "")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} holds files that are no published site; name a new folder, so that nothing is overwritten")
    return {}


def _take_out(folder: Path, path: str) -> None:
    """Delete a file of an earlier publication, and folders that are empty then; never anything outside the folder."""
    target = folder / path
    if not target.resolve().is_relative_to(folder.resolve()):
        raise StoreError(f"{folder / MANIFEST} names {path!r}, which lies outside the folder; remove the folder and publish again")
    target.unlink(missing_ok=True)
    for parent in target.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()
