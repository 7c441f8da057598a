"""A workspace: the folder in which mithaq keeps pages and what it read out of them; the one place that writes.

with open_workspace("my-workspace") as workspace:
    summary = workspace.ingest(["news/"])
    hits = workspace.store.search("تعاون")
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mithaq.collect.sources import Page, Unread, find_sources
from mithaq.errors import EvidenceError, InputError, MithaqError, StoreError
from mithaq.export.record import check_record
from mithaq.lexicon import Lexicon, load_lexicon
from mithaq.model import Document
from mithaq.store import Capture, MadeBy, Quarantined, Store, open_store

if TYPE_CHECKING:
    from mithaq.collect.fetch import Fetch

DATABASE = "mithaq.sqlite"
CAPTURES = "captures"
KNOWLEDGE = "knowledge"
_README = """\
This folder is a mithaq workspace.

mithaq.sqlite   what was read: documents, facts with their words, quarantine, judgements (SQLite; do not edit by hand)
captures/       every page as it was fetched, compressed: captures/aa/aabb....gz is named by the SHA-256 of the page
knowledge/      your own words and names: files here are read beside those that come with mithaq (lexicons/ar/my-words.yml)

To back up, copy the whole folder while no mithaq command is running.
"""

Progress = Callable[[int, int, str], None]


class Reader(msgspec.Struct, frozen=True):
    """How a page becomes a Document: ``read(bytes, path, sidecar)``, and the versions of code and knowledge that do it."""

    read: Callable[[bytes, str, bytes | None], Document]
    made_by: MadeBy


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the pages: ``read`` = new + updated + duplicate + withdrawn + quarantined. Pages that are not relevant are kept, and
    counted; ``withdrawn`` are known pages that the web has no longer.
    """

    read: int = 0
    new: int = 0
    updated: int = 0
    duplicate: int = 0
    not_relevant: int = 0
    withdrawn: int = 0
    quarantined: tuple[Quarantined, ...] = ()


class Workspace:
    """An open workspace; use :func:`open_workspace`. Reads go through ``store``."""

    def __init__(self, root: Path, store: Store, reader: Reader | None = None) -> None:
        self.root = root
        self.store = store
        self._reader = reader

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    @property
    def lexicon(self) -> Lexicon:
        """The packaged knowledge with this workspace's own; raises KnowledgeError when a file is wrong."""
        return load_lexicon(self.root / KNOWLEDGE)

    def ingest(self, paths: Iterable[str | Path], progress: Progress | None = None, *, fetch: Fetch | None = None) -> Summary:
        """Read pages and keep them, one transaction a page; what is known already is passed over.

        *paths* are files, folders, addresses of the web, or "-" for the input; *fetch* gets addresses, by default from the web. *progress*
        is called with (pages done, pages in all as far as known, name). A page that cannot be read, or whose facts break a law of evidence,
        is quarantined with its reason. Raises InputError when a path does not exist, KnowledgeError when the knowledge cannot be read,
        StoreError when the database cannot be written; what was kept until then stays, and the same call goes on from there.
        """
        sources = find_sources(paths, leave_out=self.root)
        return self._ingest_all(((page, None) for source in sources for page in source.pages(fetch)), len(sources), progress)

    def retry(self, progress: Progress | None = None, *, fetch: Fetch | None = None) -> Summary:
        """Try every page in quarantine again: as it lies on disk now, else as it was kept, else from the web.

        A page that is read leaves quarantine; one that is not stays there with the reason of today.
        """
        waiting = [_to_quarantined(row) for row in self.store.rows("quarantine")]
        return self._ingest_all(((self._find_again(page, fetch), page) for page in waiting), len(waiting), progress)

    def _ingest_all(self, pages: Iterable[tuple[Page | Unread, Quarantined | None]], known: int, progress: Progress | None) -> Summary:
        reader = self._reader = self._reader or packaged_reader(self.lexicon)
        done: list[Summary] = []
        for number, (page, waiting) in enumerate(pages, start=1):
            done.append(self._ingest_page(page, reader))
            if waiting and not any((page.hash, page.path) == (waiting.hash, waiting.path) for page in done[-1].quarantined):
                self.store.release(waiting.hash, waiting.path)
            if progress:
                progress(number, max(known, number), page.name)
        return _add_up(done)

    def _find_again(self, page: Quarantined, fetch: Fetch | None) -> Page | Unread:
        """Return a page of the quarantine as it can be had today."""
        file, _, number = page.path.rpartition("#")
        name = file if number.isdigit() and Path(file).is_file() else page.path
        if page.file and not Path(name).is_file():
            try:
                return Page(page.path, read_capture_file(self.root, page.file), page.sidecar.encode() or None)
            except StoreError as error:
                return Unread(page.path, str(error))
        try:
            found = [p for source in find_sources([name]) for p in source.pages(fetch) if p.name == page.path]
        except InputError as error:
            return Unread(page.path, str(error))
        return found[0] if found else Unread(page.path, page.reason)

    def _ingest_page(self, page: Page | Unread, reader: Reader) -> Summary:
        if isinstance(page, Unread):
            if page.gone and self.store.withdraw(page.name, _now()):
                return Summary(read=1, withdrawn=1)
            return self._set_aside(Quarantined(page.name, page.reason, at=_now()))
        capture = keep_capture(self.root, page.data, page.name, page.sidecar)
        if self.store.has_capture(capture.hash, capture.sidecar) or (page.url and self.store.fetched_last(page.url) == capture.hash):
            return Summary(read=1, duplicate=1)
        # The one place that catches everything: whatever goes wrong inside a page must not stop the others, and is kept with its reason.
        try:
            document = reader.read(page.data, page.name, page.sidecar)
            check_record(document)
            outcome = self.store.put(document, capture, reader.made_by)
        except StoreError:
            raise
        except Exception as error:
            return self._set_aside(Quarantined(page.name, _reason(error), capture.hash, capture.file, capture.added, capture.sidecar))
        return Summary(
            read=1,
            new=int(outcome == "new"),
            updated=int(outcome == "updated"),
            duplicate=int(outcome == "duplicate"),
            not_relevant=int(outcome != "duplicate" and not document.relevant),
        )

    def _set_aside(self, page: Quarantined) -> Summary:
        self.store.quarantine(page)
        return Summary(read=1, quarantined=(page,))


def open_workspace(path: str | Path, *, create: bool = True, reader: Reader | None = None) -> Workspace:
    """Open the workspace in a folder; with *create*, make it where there is none.

    Raises StoreError when there is no workspace and *create* is false, or when its database cannot be opened.
    """
    root = Path(path)
    if create:
        _make_folders(root)
    elif not (root / DATABASE).is_file():
        raise StoreError(f"{root} is not a mithaq workspace; fill one with 'mithaq ingest', or name another with --workspace")
    return Workspace(root, open_store(root / DATABASE, create=create), reader)


def packaged_reader(lexicon: Lexicon) -> Reader:
    """Return the reader with all stages of the pipeline and this knowledge."""
    # Imported here: whoever only asks a workspace needs no page reader, and opens it in a tenth of the time.
    from mithaq import __version__
    from mithaq.pipeline import LAYERS_VERSION, read_document

    def read(data: bytes, path: str, sidecar: bytes | None) -> Document:
        return read_document(data, path=path, sidecar=sidecar, lexicon=lexicon)

    return Reader(read, MadeBy(f"{__version__}+{LAYERS_VERSION}", version_of(lexicon)))


def version_of(lexicon: Lexicon) -> str:
    """Return twelve hexadecimal digits that change whenever a word, a form or its meaning does."""
    entries = [(e.kind, e.lang, e.word, e.forms, sorted(e.attributes.items())) for e in lexicon.entries]
    return hashlib.sha256(msgspec.json.encode(entries)).hexdigest()[:12]


def keep_capture(root: Path, data: bytes, path: str, sidecar: bytes | None) -> Capture:
    """Write the bytes of a page, compressed, under their hash, whole or not at all; a capture that is there already stays as it is."""
    digest = hashlib.sha256(data).hexdigest()
    file = f"{CAPTURES}/{digest[:2]}/{digest}.gz"
    target = root / file
    if not target.is_file():
        unfinished = target.with_name(f".{digest}.{os.getpid()}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as stream:
                stream.write(gzip.compress(data, mtime=0))
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.replace(target)
        except OSError as error:
            with suppress(OSError):
                unfinished.unlink()
            raise StoreError(f"{target} cannot be written ({error.strerror or error}); check free space and permissions") from error
    text = sidecar.decode("utf-8", "backslashreplace") if sidecar else ""
    return Capture(hash=digest, file=file, added=_now(), path=path, sidecar=text)


def read_capture_file(root: Path, file: str) -> bytes:
    """Return the bytes of a kept page; raises StoreError when they are gone, damaged, or not those of the hash that names them."""
    target = root / file
    try:
        data = gzip.decompress(target.read_bytes())
    except (OSError, EOFError, zlib.error) as error:
        raise StoreError(f"{target} cannot be read ({error}); restore the workspace from a backup, or fetch the page again") from error
    if not target.name.startswith(hashlib.sha256(data).hexdigest()):
        raise StoreError(f"{target} does not hold what was fetched; restore the workspace from a backup, or fetch the page again")
    return data


def _make_folders(root: Path) -> None:
    try:
        for folder in (root / CAPTURES, root / KNOWLEDGE):
            folder.mkdir(parents=True, exist_ok=True)
        readme = root / "README.txt"
        if not readme.exists():
            readme.write_text(_README, "utf-8")
    except OSError as error:
        raise StoreError(f"{root} cannot become a workspace ({error.strerror or error}); name another folder with --workspace") from error


def _to_quarantined(row: Mapping[str, object]) -> Quarantined:
    return Quarantined(**{name: str(row[name] or "") for name in Quarantined.__struct_fields__})


def _reason(error: Exception) -> str:
    if isinstance(error, EvidenceError):
        return f"{error} (a fault of mithaq: please report it with this page)"
    if isinstance(error, MithaqError):
        return str(error)
    return f"{type(error).__name__}: {error} (a fault of mithaq: please report it with this page)"


def _add_up(summaries: Iterable[Summary]) -> Summary:
    every = list(summaries)

    def total(name: str) -> int:
        return sum(getattr(summary, name) for summary in every)

    return Summary(
        read=total("read"),
        new=total("new"),
        updated=total("updated"),
        duplicate=total("duplicate"),
        not_relevant=total("not_relevant"),
        withdrawn=total("withdrawn"),
        quarantined=tuple(_quarantined(every)),
    )


def _quarantined(summaries: Iterable[Summary]) -> Iterator[Quarantined]:
    for summary in summaries:
        yield from summary.quarantined


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
