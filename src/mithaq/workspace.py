"""A workspace: the folder in which mithaq keeps pages and what it read out of them; the one place that writes.

with open_workspace("my-workspace") as workspace:
    summary = workspace.ingest(["news/"])
    hits = workspace.store.search("تعاون")
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from mithaq.alerting.run import Alerting
from mithaq.collect.sources import Page, Source, Unread, are_many, find_sources
from mithaq.collect.stretches import tell_apart
from mithaq.deciding import Deciding
from mithaq.errors import EvidenceError, QuestionError, StoreError
from mithaq.ingest import (
    KNOWLEDGE,
    Again,
    Archiving,
    Item,
    Known,
    PageReader,
    PassedOver,
    Reader,
    Ready,
    ReadyPages,
    Renewed,
    Reread,
    Seen,
    Stop,
    Summary,
    find_again,
    find_marks,
    hand_out,
    now,
    one_by_one,
    packaged_reader,
    reason_of,
    see_pages,
    to_quarantined,
    version_of,
)
from mithaq.lexicon import Lexicon, load_lexicon
from mithaq.model import Document
from mithaq.model.fact import Change, compare_readings
from mithaq.model.kept import forget_words
from mithaq.model.world import Resolved
from mithaq.referring import Referring
from mithaq.store import Gated, Quarantined, Store
from mithaq.store.captures import CAPTURES, keep_capture, move_captures, read_capture_file
from mithaq.store.opening import make_folders, open_store_of
from mithaq.store.place import Place, is_there

if TYPE_CHECKING:
    from mithaq.collect.fetch import Fetch
    from mithaq.doctor import Finding

__all__ = [
    "Reader", "Reread", "Summary", "Workspace", "keep_capture", "open_workspace", "packaged_reader", "read_capture_file", "version_of",
]  # fmt: skip

Progress = Callable[[int, int, str], None]
_COUNTED = ("read", "new", "updated", "duplicate", "not_relevant", "gated", "withdrawn")
_ABSORBED_AT_A_TIME, _HELD_AT_A_TIME = 32, 256  # pages held back are written together: one transaction each would take too long


class Workspace(Deciding, Alerting, Referring):
    """An open workspace; use :func:`open_workspace`. Reads go through ``store``."""

    def __init__(self, root: Path, store: Store, reader: Reader | None = None) -> None:
        self.root = root
        self.store = store
        self._reader = self._given = reader
        self._waiting = 0  # pages written whose names were not taken in yet

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

    def ingest(
        self,
        paths: Iterable[str | Path],
        progress: Progress | None = None,
        *,
        fetch: Fetch | None = None,
        gate: bool | None = None,
        jobs: int = 1,
        stop: Stop | None = None, private: bool = False, dask: str | None = None, tables: Path | None = None,
    ) -> Summary:
        """Read pages and keep them, each whole or not at all; what is known already is passed over.

        *paths* are files, folders, addresses of the web, web archives on other file systems (``s3://...``), or "-" for the input;
        *fetch* gets addresses, by default from the web. *dask* is the scheduler of a cluster that reads web archives, ``local`` for one of
        *jobs* processes begun here; what they give goes into the Parquet files of the folder *tables*, too, when one is named. *progress*
        is called with (pages done, pages in all as far as known, name). With a *gate*, by default where many pages come (``are_many``) that
        are not *private* (own notes, kept from all that is given to others), those that cannot be for us are held back, kept with their
        score, and read when somebody asks. A page that cannot be read, or whose facts break a law of evidence, is quarantined with its
        reason. *jobs* processes read, one writes; the content is the same for any number. As soon as *stop* returns true no more pages are
        begun, and those under way are kept. Raises InputError when a path does not exist, KnowledgeError when the knowledge cannot be read,
        StoreError when the database cannot be written; what was kept until then stays, and the same call goes on from there.
        """
        self._move_captures()
        near, far = tell_apart(paths)
        sources = find_sources(near, leave_out=self.root)
        gate = (not private and (bool(far) or are_many(sources))) if gate is None else gate
        archived = [source for source in sources if source.archive]
        archives, every = None, []
        if archived or far or dask is not None or tables is not None:
            reader = self._page_reader(gated=gate, private=private)
            archives = Archiving(self.store, find_marks(archived, reader.made_by, gated=gate))
            if far or jobs > 1 or dask is not None or tables is not None:
                # Imported here: few ever read the archives of a crawl.
                from mithaq.bulk.seeing import Crew, see_archives

                names = [*(source.name for source in archived), *far]
                every.append(see_archives(names, reader, archives, Crew(jobs, dask, self._given), stop=stop or _never, folder=tables))
                sources = [source for source in sources if not source.archive]
        wanted = archives.resume(sources) if archives else sources
        items: Iterable[Item] = hand_out(wanted, fetch) if jobs > 1 else wanted
        every.append(self._see(items, fetch, gate=gate, jobs=jobs, stop=stop, private=private))
        summary = self._keep_all(one_by_one(every), len(sources), progress, stop, archives)
        forget_words()
        self.resolve()
        known = archives.known if archives else 0
        return replace(summary, read=summary.read + known, duplicate=summary.duplicate + known)

    def take_in(
        self,
        items: Iterable[Page | Source | Unread],
        progress: Progress | None = None,
        *,
        fetch: Fetch | None = None,
        gate: bool = False,
        resolve: bool = True,
    ) -> Summary:
        """Read pages that somebody brought here one by one: they are at hand or an address, and no gate holds them back unless asked.

        Whoever brings many asks for :meth:`resolve` when all are there. *progress* and *fetch* as for :meth:`ingest`, which see for what
        is raised.
        """
        self._move_captures()
        every = list(items)
        summary = self._keep_all(self._see(every, fetch, gate=gate, jobs=1, stop=None), len(every), progress, None)
        if resolve:
            self.resolve()
        return summary

    def reread(
        self,
        pages: Iterable[str] = (),
        progress: Progress | None = None,
        *,
        every: bool = False,
        gated: bool = False,
        jobs: int = 1,
        stop: Stop | None = None,
    ) -> Reread:
        """Read kept pages once more, out of their captures: those whose layers older code or knowledge made, or *every* one.

        *pages* (ids, their beginnings, paths) narrow it down. With *gated* the pages that the gate held back are read instead, all with
        every layer. People's decisions stay: each follows its fact to where a new reading finds it; what is not found again is told and
        waits as an orphan. A page that can be read no longer keeps its old layers, and is told with the reason. Raises QuestionError for a
        page that is not kept.
        """
        self._move_captures()
        wanted = list(pages)
        if gated:
            number = len(wanted) or self.store.counts()["gated"]
            again = self._keep_again(self._see(self._held(wanted), None, gate=False, jobs=jobs, stop=stop), number, progress, stop)
            self.resolve()
            return again
        made_by = self._page_reader(gated=False).made_by
        known = {self.store.document(key).id for key in wanted}
        stale = [h for h in self.store.captures_of_documents(None if every or wanted else made_by) if not wanted or h.document in known]
        items = [Again(held.document, held.capture) for held in stale]
        again = self._keep_again(self._see(items, None, gate=False, jobs=jobs, stop=stop), len(items), progress, stop)
        forget_words()
        self.resolve()
        return again

    def resolve(self, progress: Progress | None = None) -> Resolved:
        """Find out anew who is who, which reports are of one happening, and what came of it, as far as pages or decisions have changed.

        What a killed run left undone is done now: who is who bit by bit, happenings all at once, so that they are whole or as before.
        *progress* is called with (done, all as far as known, what). Raises StoreError when the database cannot be written.
        """
        done = Resolved()
        # Imported here: whoever only asks a workspace that is up to date needs none of it.
        if self.store.stale():
            from mithaq.resolve.entities import resolve

            done = resolve(self.store, progress)
        if self.store.unlinked():
            from mithaq.follow.link import update_threads
            from mithaq.resolve.grouping import group_apart
            from mithaq.resolve.happenings import update_happenings

            with self.store.workbench() as bench:
                changed = update_happenings(bench, self.store.document, progress)
                update_threads(bench, changed, group_apart)
            done = replace(done, happenings=len(changed))
        return done

    def doctor(self, progress: Progress | None = None) -> list[Finding]:
        """Look for what is wrong with this workspace; nothing is changed."""
        from mithaq.doctor import examine

        return examine(self.root, self.store, lambda: self._page_reader(gated=False).made_by, progress)

    def _see(
        self, items: Iterable[Item], fetch: Fetch | None, *, gate: bool, jobs: int, stop: Stop | None, private: bool = False
    ) -> Generator[Seen]:
        """Yield what becomes of the pages, read by this process or by several."""
        if jobs > 1:
            from mithaq.jobs import see_pages_with

            return see_pages_with(jobs, items, self.root, self._given, gated=gate, stop=stop or _never, private=private)
        return see_pages(items, self._page_reader(gated=gate, private=private), fetch, stop or _never)

    def _held(self, paths: list[str]) -> Iterator[Page]:
        """Yield the pages that the gate held back, as they were had."""
        known = {page.path for page in self.store.gated()} if paths else set()
        unknown = [path for path in paths if path not in known]
        if unknown:
            raise QuestionError(f"the gate holds back no page {unknown[0]!r}; 'mithaq stats' says how many there are")
        for page in self.store.gated():
            if not paths or page.path in paths:
                yield Page(page.path, page.data(), page.sidecar.encode() or None)

    def _move_captures(self) -> None:
        """Give captures of an older version the form of today, before anything is read or written."""
        move_captures(self.root, self.store.captures_to_move(), self.store.captures_moved)

    def _page_reader(self, *, gated: bool, private: bool = False) -> PageReader:
        self._reader = self._reader or packaged_reader(self.lexicon)
        return PageReader(self.root, self.store, self._reader, gated=gated, private=private)

    def _keep_again(self, every: Generator[Seen], known: int, progress: Progress | None, stop: Stop | None) -> Reread:
        """Write new readings in the place of the old ones."""
        tally: Counter[str] = Counter()
        lost: list[str] = []
        changed: list[tuple[str, Change]] = []
        failed: list[tuple[str, str]] = []
        try:
            for number, seen in enumerate(every, start=1):
                self._renew(seen, tally, lost, changed, failed)
                if progress:
                    progress(number, max(known, number), seen.name)
        finally:
            every.close()
        counts = {name: tally[name] for name in ("read", "renewed", "new", "relevant", "moved")}
        return Reread(**counts, changed=tuple(changed), lost=tuple(lost), failed=tuple(failed), stopped=stop is not None and stop())

    def _renew(
        self, seen: Seen, tally: Counter[str], lost: list[str], changed: list[tuple[str, Change]], failed: list[tuple[str, str]]
    ) -> None:
        what = seen.what
        tally["read"] += 1
        try:
            if isinstance(what, Renewed):
                before = self._reading(what.before)
                found = self.store.renew(what.before, what.prepared, what.capture)
                change = before and compare_readings(before, self.store.reading(what.prepared.id))
                tally.update(renewed=1, relevant=what.prepared.relevant, moved=len(found.moved))
                lost += found.lost
                changed += [(seen.name, change)] if change else []
            elif isinstance(what, Ready):
                tally[self.store.put_prepared(what.prepared, what.capture)] += 1
                tally["relevant"] += what.prepared.relevant
            elif isinstance(what, Quarantined | Unread):
                failed.append((seen.name, what.reason))
        except EvidenceError as error:
            failed.append((seen.name, reason_of(error)))

    def _reading(self, document_id: str) -> Document | None:
        """Return an old reading to compare a new one with; None where it is damaged: the new one mends it."""
        try:
            return self.store.reading(document_id)
        except StoreError:
            return None

    def _keep_all(
        self, every: Generator[Seen], known: int, progress: Progress | None, stop: Stop | None, archives: Archiving | None = None
    ) -> Summary:
        """Write what becomes of the pages; those held back in batches, for they are many."""
        tally: Counter[str] = Counter()
        quarantined: list[Quarantined] = []
        held: list[Gated] = []
        ready = ReadyPages()
        try:
            number = 0
            for seen in every:
                number += seen.what.many if isinstance(seen.what, PassedOver) else 1
                if isinstance(seen.what, Gated):
                    held.append(seen.what)
                elif isinstance(seen.what, Ready):
                    ready.add(seen.name, seen.what)
                else:
                    if not isinstance(seen.what, Known | PassedOver):
                        self._keep_ready(ready, tally, quarantined)
                    self._keep(seen, tally, quarantined)
                due = archives is not None and archives.saw(seen)
                if due or ready.are_enough():
                    self._keep_ready(ready, tally, quarantined)
                if len(held) >= _HELD_AT_A_TIME:
                    self._hold_back(held, tally)
                if due and archives:
                    archives.write_down()
                if progress:
                    progress(number, max(known, number), seen.name)
        finally:
            every.close()
            self._keep_ready(ready, tally, quarantined)
            self._hold_back(held, tally)
        if archives:
            archives.write_down()
        counted = {name: tally[name] for name in _COUNTED}
        return Summary(**counted, quarantined=tuple(quarantined), stopped=stop is not None and stop())

    def retry(self, progress: Progress | None = None, *, fetch: Fetch | None = None) -> Summary:
        """Try every page in quarantine again: as it lies on disk now, else as it was kept, else from the web.

        A page that is read leaves quarantine; one that is not stays there with the reason of today.
        """
        self._move_captures()
        waiting = [to_quarantined(row) for row in self.store.rows("quarantine")]
        reader = self._page_reader(gated=False)

        left: set[tuple[str, str]] = set()

        def again() -> Generator[Seen]:
            for page in waiting:
                for seen in reader.see(find_again(page, self.root, fetch)):
                    yield seen
                    still = seen.what
                    if isinstance(still, Unread):
                        still = Quarantined(still.name, still.reason)
                    if not isinstance(still, Quarantined) or (still.hash, still.path) != (page.hash, page.path):
                        left.add((page.hash, page.path))

        summary = self._keep_all(again(), len(waiting), progress, None)
        # Only now that they are written: a page killed on its way is still in quarantine, and the next try finds that it is known.
        for capture_hash, path in sorted(left - {(page.hash, page.path) for page in summary.quarantined}):
            self.store.release(capture_hash, path)
        self.resolve()
        return summary

    def _keep(self, seen: Seen, tally: Counter[str], quarantined: list[Quarantined]) -> None:
        """Write what became of one page."""
        what = seen.what
        tally["read"] += what.many if isinstance(what, PassedOver) else 1
        if isinstance(what, Known | Gated | Renewed):
            tally["duplicate"] += 1
        elif isinstance(what, PassedOver):
            tally["gated"] += what.many
        elif isinstance(what, Unread) and what.gone and self.store.withdraw(what.name, now()):
            tally["withdrawn"] += 1
        elif not isinstance(what, Ready):
            page = Quarantined(what.name, what.reason, at=now()) if isinstance(what, Unread) else what
            self._set_aside(page, quarantined)

    def _keep_ready(self, ready: ReadyPages, tally: Counter[str], quarantined: list[Quarantined]) -> None:
        """Write the pages that were read by now."""
        pages = ready.take()
        if not pages:
            return
        tally["read"] += len(pages)
        outcomes = self.store.put_many([(page.prepared, page.capture) for _, page in pages])
        self._absorb(len(pages))
        for (name, page), outcome in zip(pages, outcomes, strict=True):
            if isinstance(outcome, EvidenceError):
                c = page.capture
                self._set_aside(Quarantined(name, reason_of(outcome), c.hash, c.file, c.added, c.sidecar), quarantined)
            else:
                tally[outcome] += 1
                tally["not_relevant"] += outcome != "duplicate" and not page.prepared.relevant

    def _absorb(self, written: int) -> None:
        """Take in what the pages name, each time that some are written: whoever waits for the end waits less."""
        self._waiting += written
        if self._waiting >= _ABSORBED_AT_A_TIME:
            from mithaq.resolve.entities import absorb_some

            absorb_some(self.store)
            self._waiting = 0

    def _set_aside(self, page: Quarantined, quarantined: list[Quarantined]) -> None:
        self.store.quarantine(page)
        quarantined.append(page)

    def _hold_back(self, held: list[Gated], tally: Counter[str]) -> None:
        """Write the pages held back by now; the same bytes twice are one."""
        if held:
            new = self.store.hold_back(held)
            tally.update(read=len(held), gated=new, duplicate=len(held) - new)
            held.clear()


def open_workspace(
    path: str | Path, *, create: bool = True, reader: Reader | None = None, outward: bool = False, place: Place | None = None
) -> Workspace:
    """Open the workspace in a folder; with *create*, make it where there is none; *outward* as others may see it, without private pages.

    *place* is where its database lies: by default where MITHAQ_STORE says, else where the folder says, else in the folder.
    Raises StoreError when there is no workspace and *create* is false, or when its database cannot be opened.
    """
    root = Path(path)
    if create:
        make_folders(root, (CAPTURES, KNOWLEDGE))
    elif place is None and not is_there(root):
        raise StoreError(f"{root} is not a mithaq workspace; fill one with 'mithaq ingest', or name another with --workspace")
    return Workspace(root, open_store_of(root, place, create=create, outward=outward), reader)


def _never() -> bool:
    return False
