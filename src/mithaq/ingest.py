"""What a page becomes on its way into a workspace: known already, held back by the gate, set aside, or ready to be written.

Nothing here writes to the database, so that any number of processes can do this work while one writes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from mithaq.collect.files import is_record_file
from mithaq.collect.sources import Page, Source, Unread, find_sources, is_address
from mithaq.errors import EvidenceError, InputError, MithaqError, StoreError
from mithaq.export.record import check_record
from mithaq.lexicon import Lexicon
from mithaq.model import Document
from mithaq.model.fact import Change
from mithaq.store import Capture, Gated, MadeBy, Prepared, Quarantined, Store, prepare
from mithaq.store.address import address_key
from mithaq.store.archives import Mark
from mithaq.store.captures import Keeping, forget_capture, hash_bytes, keep_capture, read_capture_file, read_known, sidecar_text
from mithaq.store.erasing import hash_address
from mithaq.store.place import DATABASE as DATABASE

if TYPE_CHECKING:
    from mithaq.collect.fetch import Fetch
    from mithaq.collect.gate import Verdict

KNOWLEDGE = "knowledge"

# Pages that were read are written together, which takes half the time; who asks meanwhile sees them a second later at the most.
_READ_AT_A_TIME, _LONGEST_WAIT = 32, 1.0
_MARKED_AT_A_TIME = 1_000  # pages of an archive; a killed run sees so many again at the most

Stop = Callable[[], bool]
Look = Callable[[bytes, str], "Verdict"]


class Reader(msgspec.Struct, frozen=True):
    """How a page becomes a Document: ``read(bytes, path, sidecar)``, and the versions of code and knowledge that do it.

    ``look(bytes, path)``, where there is one, says cheaply whether the page can be for us at all.
    """

    read: Callable[[bytes, str, bytes | None], Document]
    made_by: MadeBy
    look: Look | None = None


class Ready(msgspec.Struct, frozen=True):
    """A page that was read, ready to be written with its capture."""

    prepared: Prepared
    capture: Capture


class ReadyPages:
    """Pages that were read and are not written yet."""

    def __init__(self) -> None:
        self._pages: list[tuple[str, Ready]] = []
        self._since = 0.0

    def add(self, name: str, page: Ready) -> None:
        if not self._pages:
            self._since = monotonic()
        self._pages.append((name, page))

    def are_enough(self) -> bool:
        """Say whether it is time to write them; what comes from the web may decide about the next page, and is written at once."""
        if not self._pages:
            return False
        return len(self._pages) >= _READ_AT_A_TIME or monotonic() - self._since > _LONGEST_WAIT or is_address(self._pages[-1][0])

    def take(self) -> list[tuple[str, Ready]]:
        """Return them, and be empty."""
        pages, self._pages = self._pages, []
        return pages


class Known(msgspec.Struct, frozen=True):
    """A page that the workspace has already, or holds back already."""

    gated: bool = False


class PassedOver(msgspec.Struct, frozen=True):
    """Pages of a web archive that the gate does not let through: they are counted, and not copied, for the archive keeps them."""

    many: int = 1


class Again(msgspec.Struct, frozen=True):
    """A kept page to be read once more: the document that it gave, and its capture."""

    before: str
    capture: Capture

    @property
    def name(self) -> str:
        """Return what a person knows the page by."""
        return self.capture.path or self.before[:12]


Item = Source | Page | Unread | Again


class Renewed(msgspec.Struct, frozen=True):
    """A kept page read once more, ready to take the place of the document *before*."""

    before: str
    prepared: Prepared
    capture: Capture


class Seen(msgspec.Struct, frozen=True):
    """What became of a page, by its name; ``after`` is the byte behind it for a page of a web archive, ``records`` how many end there."""

    name: str
    what: Ready | Renewed | Known | PassedOver | Gated | Quarantined | Unread
    after: int | None = None
    records: int = 1


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the pages: ``read`` = new + updated + duplicate + gated + withdrawn + quarantined. Pages that are not relevant are
    kept, and counted; ``gated`` are those that the gate held back without reading them, ``withdrawn`` known pages that the web has no
    longer. ``stopped``: somebody asked to stop before all pages were read.
    """

    read: int = 0
    new: int = 0
    updated: int = 0
    duplicate: int = 0
    not_relevant: int = 0
    gated: int = 0
    withdrawn: int = 0
    stopped: bool = False
    quarantined: tuple[Quarantined, ...] = ()


class Reread(msgspec.Struct, frozen=True, kw_only=True):
    """What became of pages read once more: ``renewed`` took the place of an old reading, ``new`` were held back by the gate before.

    ``changed`` are the pages whose facts are others now, and how; ``moved`` counts judged facts found again elsewhere, ``lost`` are the
    keys of those that were not, ``failed`` (page, reason) of pages that could not be read.
    """

    read: int = 0
    renewed: int = 0
    new: int = 0
    relevant: int = 0
    moved: int = 0
    changed: tuple[tuple[str, Change], ...] = ()
    lost: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    stopped: bool = False


def packaged_reader(lexicon: Lexicon) -> Reader:
    """Return the reader with the gate and all stages of the pipeline and this knowledge."""
    # Imported here: whoever only asks a workspace needs no page reader, and opens it in a tenth of the time.
    from mithaq import __version__
    from mithaq.collect.gate import load_gate
    from mithaq.pipeline import LAYERS_VERSION, decode_page, read_document

    def read(data: bytes, path: str, sidecar: bytes | None) -> Document:
        return read_document(data, path=path, sidecar=sidecar, lexicon=lexicon)

    def look(data: bytes, path: str) -> Verdict:
        return load_gate(lexicon).judge(decode_page(data, path))  # grown when the first page is asked for, most often never

    return Reader(read, MadeBy(f"{__version__}+{LAYERS_VERSION}", version_of(lexicon)), look)


def version_of(lexicon: Lexicon) -> str:
    """Return twelve hexadecimal digits that change whenever a word, a form or its meaning does."""
    entries = [(e.kind, e.lang, e.word, e.forms, sorted(e.attributes.items())) for e in lexicon.entries]
    return hash_bytes(msgspec.json.encode(entries))[:12]


class PageReader:
    """Reads pages for a workspace, but writes nothing to its database: captures are kept, what is known already is passed over."""

    def __init__(self, root: Path, store: Store, reader: Reader, *, gated: bool, private: bool = False) -> None:
        self.root = root
        self._store = store
        self._reader = reader
        self._look = reader.look if gated else None
        self.gated = gated
        self.private = private
        self.made_by = reader.made_by

    def see(self, item: Item, fetch: Fetch | None = None) -> Iterator[Seen]:
        """Yield what becomes of a page, or of every page of a source."""
        if isinstance(item, Again):
            yield Seen(item.name, self._see_again(item))
            return
        for page in item.pages(fetch) if isinstance(item, Source) else (item,):
            yield Seen(page.name, page) if isinstance(page, Unread) else Seen(page.name, self._see_page(page), page.after)

    def _see_again(self, again: Again) -> Renewed | Quarantined:
        """Read a capture once more; where that fails, the old reading stays, and the reason is told."""
        capture = again.capture
        try:
            data = read_capture_file(self.root, capture.file)
            return Renewed(again.before, _read_whole(self._reader, data, capture.path or "", capture.sidecar.encode() or None), capture)
        except Exception as error:
            return Quarantined(again.name, reason_of(error), capture.hash, capture.file, now(), capture.sidecar)

    def _see_page(self, page: Page) -> Ready | Known | PassedOver | Gated | Quarantined:
        if self.private:
            page = mark_private(page)
        if page.after is not None and holds_back(self._look, page) is not None:
            return PassedOver()
        sidecar = sidecar_text(page.sidecar)
        digest = hash_bytes(page.data)
        if self._store.has_capture(digest, sidecar) or (page.url and self._store.fetched_last(page.url) == digest):
            return Known()
        if self._is_erased(page, digest):
            return Known()
        # What an address that we keep says now is always read: it may say that the page is gone.
        if self._look and page.after is None and not (page.url and self._store.knows_address(page.url)):
            if self._store.is_gated(digest, sidecar):
                return Known(gated=True)
            held = self._hold_back(page, digest, sidecar)
            if held:
                return held
        keeping = Keeping(self.root, page.data, page.name, page.sidecar)
        try:
            read = read_ready(self._reader, page)
        finally:
            capture = keeping.finish()
        return self._with_capture(page.name, read, capture)

    def take(self, page: Page, read: Prepared | str) -> Ready | Known | Quarantined:
        """Return what becomes of a page that was read elsewhere; its capture is kept here."""
        digest = hash_bytes(page.data)
        if self._store.has_capture(digest, sidecar_text(page.sidecar)) or self._is_erased(page, digest):
            return Known()
        return self._with_capture(page.name, read, keep_capture(self.root, page.data, page.name, page.sidecar))

    def _with_capture(self, name: str, read: Prepared | str, capture: Capture) -> Ready | Known | Quarantined:
        if isinstance(read, Prepared) and self._store.is_erased(read.id):
            forget_capture(self.root, capture.file)
            return Known()
        if isinstance(read, Prepared):
            return Ready(read, capture)
        return Quarantined(name, read, capture.hash, capture.file, capture.added, capture.sidecar)

    def _is_erased(self, page: Page, digest: str) -> bool:
        """Say whether somebody had this page erased: then nothing of it comes in again, whatever its text is now."""
        key = address_key(page.url or read_known(page.sidecar).get("url"))
        return self._store.is_erased(digest) or (key is not None and self._store.is_erased(hash_address(key)))

    def _hold_back(self, page: Page, digest: str, sidecar: str) -> Gated | None:
        """Return the page as held back by the gate; None when it passes, or cannot be looked at (then reading it will tell why)."""
        verdict = holds_back(self._look, page)
        if verdict is None:
            return None
        return Gated.of(
            page.data, hash=digest, sidecar=sidecar, path=page.name, reason=f"gate: {verdict.why}", score=verdict.score, at=now()
        )


def holds_back(look: Look | None, page: Page) -> Verdict | None:
    """Return what the gate says of a page that it does not let through; None where there is no gate, or it cannot look."""
    try:
        verdict = look(page.data, page.name) if look else None
    except MithaqError:
        return None
    return None if verdict is None or verdict.passed else verdict


def read_ready(reader: Reader, page: Page) -> Prepared | str:
    """Return a page made ready to be written, or why it cannot be read."""
    # The one place that catches everything: whatever goes wrong inside a page must not stop the others, and is kept with its reason.
    try:
        return _read_whole(reader, page.data, page.name, page.sidecar)
    except StoreError:
        raise
    except Exception as error:
        return reason_of(error)


def _read_whole(reader: Reader, data: bytes, path: str, sidecar: bytes | None) -> Prepared:
    """Read a page, and make it ready to be written, with all that can be known of it before it stands among others.

    Whatever its reader makes of the sidecar, a page that is marked private is so.
    """
    # Imported here: whoever only asks a workspace reads no pages.
    from mithaq.resolve.reports import read_reports

    document = reader.read(data, path, sidecar)
    document = replace(document, private=True) if is_marked_private(sidecar) else document
    check_record(document)
    return prepare(document, reader.made_by, msgspec.json.encode(read_reports(document)))


def mark_private(page: Page) -> Page:
    """Return a page whose sidecar says that it is for analysts alone; one whose sidecar is broken stays, and is set aside for that."""
    try:
        known = msgspec.json.decode(page.sidecar, type=dict[str, Any]) if page.sidecar else {}
    except msgspec.MsgspecError:
        return page
    return replace(page, sidecar=msgspec.json.encode(known | {"private": True}))


def is_marked_private(sidecar: bytes | None) -> bool:
    """Say whether a sidecar says that its page is for analysts alone."""
    try:
        known = msgspec.json.decode(sidecar) if sidecar else {}
    except msgspec.MsgspecError:
        return False
    return isinstance(known, dict) and known.get("private") is True


class Archiving:
    """How far the web archives of a run were read; written down now and then, when all before is kept."""

    def __init__(self, store: Store, marks: Mapping[str, Mark]) -> None:
        """Begin with the *marks* of archives by their names, at nothing read."""
        self._store = store
        self._marks = {name: store.reached(mark) for name, mark in marks.items()}
        self._due: dict[str, int] = {}
        self.known = sum(mark.records for mark in self._marks.values())

    def add(self, name: str, mark: Mark) -> None:
        """Take in one more archive, unless it is known already."""
        if name not in self._marks:
            self._marks[name] = mark = self._store.reached(mark)
            self.known += mark.records

    def reached(self, name: str) -> int:
        """Return the byte from which on an archive is to be read."""
        return self._marks[name].position

    def resume(self, sources: Iterable[Source]) -> list[Source]:
        """Return the sources, archives to be read from where they were left."""
        return [replace(s, start=self._marks[s.name].position) if s.name in self._marks else s for s in sources]

    def saw(self, seen: Seen) -> bool:
        """Take note of a page; return whether it is time to write down how far its archive was read."""
        name = seen.name.rpartition("#")[0]
        mark = self._marks.get(name) if seen.after is not None else None
        if mark is None or seen.after is None:
            return False
        self._marks[name] = replace(mark, position=seen.after, records=mark.records + seen.records)
        self._due[name] = self._due.get(name, 0) + seen.records
        return self._due[name] >= _MARKED_AT_A_TIME

    def write_down(self) -> None:
        """Keep how far archives were read: all pages seen so far must be kept."""
        for name in self._due:
            self._store.reach(self._marks[name])
        self._due.clear()


def find_marks(sources: Iterable[Source], made_by: MadeBy, *, gated: bool) -> dict[str, Mark]:
    """Return the marks of the archives on disk among the sources, at nothing read; raises InputError when one is not there any more."""
    return {source.name: mark_of(source.name, source.archive, made_by, gated=gated) for source in sources if source.archive}


def mark_of(name: str, archive: Path, made_by: MadeBy, *, gated: bool) -> Mark:
    """Return the mark of an archive on disk, at nothing read."""
    try:
        status = archive.stat()
    except OSError as error:
        raise InputError(f"{name}: {error.strerror or error}; check that it is a file and that you may read it") from error
    return Mark(file=os.path.realpath(archive), size=status.st_size, changed=status.st_mtime_ns, how=how_read(made_by, gated=gated))


def how_read(made_by: MadeBy, *, gated: bool) -> str:
    """Return what a mark counts for: code, knowledge and gate."""
    return f"{made_by.code} {made_by.knowledge}{' gate' if gated else ''}"


def find_again(page: Quarantined, root: Path, fetch: Fetch | None) -> Page | Unread:
    """Return a page of the quarantine as it can be had today."""
    file, _, number = page.path.rpartition("#")
    name = file if number.isdigit() and Path(file).is_file() else page.path
    if page.file and not Path(name).is_file():
        try:
            return Page(page.path, read_capture_file(root, page.file), page.sidecar.encode() or None)
        except StoreError as error:
            return Unread(page.path, str(error))
    try:
        found = [p for source in find_sources([name]) for p in source.pages(fetch) if p.name == page.path]
    except InputError as error:
        return Unread(page.path, str(error))
    return found[0] if found else Unread(page.path, page.reason)


def see_pages(items: Iterable[Item], reader: PageReader, fetch: Fetch | None, stop: Stop) -> Generator[Seen]:
    """Yield what becomes of all pages, read by this process, until *stop* says so."""
    for item in items:
        for seen in reader.see(item, fetch):
            yield seen
            if stop():
                return


def one_by_one(every: Iterable[Generator[Seen]]) -> Generator[Seen]:
    """Yield what several give, one after the other; whoever closes this closes the one under way."""
    for some in every:
        yield from some


def hand_out(sources: Iterable[Source], fetch: Fetch | None) -> Iterator[Item]:
    """Yield what reading processes are given: files by name; whatever comes from elsewhere is had here, one at a time."""
    for source in sources:
        if source.file is not None and not is_record_file(source.file.path):
            yield source
        else:
            yield from source.pages(fetch)


def to_quarantined(row: Mapping[str, object]) -> Quarantined:
    """Return a row of table ``quarantine`` as the page that it tells of."""
    return Quarantined(**{name: str(row[name] or "") for name in Quarantined.__struct_fields__})


def reason_of(error: Exception) -> str:
    """Return in words why a page could not be read."""
    if isinstance(error, EvidenceError):
        return f"{error} (a fault of mithaq: please report it with this page)"
    if isinstance(error, MithaqError):
        return str(error)
    return f"{type(error).__name__}: {error} (a fault of mithaq: please report it with this page)"


def now() -> str:
    """Return the time in ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
