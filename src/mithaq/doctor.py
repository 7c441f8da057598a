"""Look a workspace over: is the database sound, does every page still stand on its capture and every quote in its page, what is stale."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from mithaq.answers.doubts import find_orphans
from mithaq.errors import EvidenceError, StoreError
from mithaq.export.record import check_record
from mithaq.store import Filter, MadeBy, Store
from mithaq.store.captures import CAPTURES, read_capture_file

LEAST_FREE = 200 * 1024 * 1024  # bytes; below it the next ingest may fail
_NAMED = 5  # examples of one kind that are told; the others are counted

Progress = Callable[[int, int, str], None]
Grade = Literal["well", "note", "wrong"]


class Finding(msgspec.Struct, frozen=True):
    """What was looked at, how it stands, and what to do about it; "wrong" needs somebody, a "note" can wait."""

    what: str
    grade: Grade
    says: str
    step: str = ""


def examine(root: Path, store: Store, made_by: MadeBy, progress: Progress | None = None) -> list[Finding]:
    """Return all findings; nothing is changed."""
    findings = [_database(store), *_captures(root, store), _quotes(store, progress), _stale(store, made_by)]
    findings += [_orphans(store), _waiting(store), _disk(root)]
    return findings


def _database(store: Store) -> Finding:
    wrong = store.check()
    if not wrong:
        return Finding("database", "well", "sound, and everything in it belongs together")
    step = "restore the workspace from a backup, or ingest the captures folder into a new one: mithaq ingest FOLDER --workspace NEW"
    return Finding("database", "wrong", _list(wrong), step)


def _captures(root: Path, store: Store) -> Iterator[Finding]:
    checked: set[str] = set()
    wrong: list[str] = []
    for path, file in store.all_captures():
        if file not in checked:
            checked.add(file)
            try:
                read_capture_file(root, file)
            except StoreError as error:
                wrong.append(f"{path}: {error}")
    if wrong:
        yield Finding("captures", "wrong", _list(wrong), "restore captures/ from a backup, or get these pages again and ingest them")
    else:
        yield Finding("captures", "well", f"{len(checked)} there, each with the bytes that its name says")
    unfinished = [file for file in (root / CAPTURES).rglob(".*") if file.is_file()]
    if unfinished:
        yield Finding("captures", "note", f"{len(unfinished)} unfinished files of a run that was killed", "they may be deleted")


def _quotes(store: Store, progress: Progress | None) -> Finding:
    """Check every law of evidence on every page, as it is kept and as people judged it."""
    total = store.counts()["documents"]
    wrong: list[str] = []
    number = 0
    try:
        for number, document in enumerate(store.documents(Filter(every_version=True)), start=1):
            try:
                check_record(store.reading(document.id))
                check_record(document)
            except EvidenceError as error:
                wrong.append(f"{document.path or document.id[:12]}: {error}")
            if progress:
                progress(number, total, document.path or document.id[:12])
    except StoreError as error:
        wrong.append(str(error))
    if wrong:
        return Finding("quotes", "wrong", _list(wrong), "read these pages anew: mithaq reread --all; report it if that does not help")
    return Finding("quotes", "well", f"every quote of {number} pages stands in its page")


def _stale(store: Store, made_by: MadeBy) -> Finding:
    stale = len(store.captures_of_documents(made_by))
    if stale:
        return Finding("layers", "note", f"{stale} pages were read by older code or knowledge", "mithaq reread")
    return Finding("layers", "well", "all made by this version of code and knowledge")


def _orphans(store: Store) -> Finding:
    orphans = find_orphans(store)
    if orphans:
        told = [f"{kept.judgement.verb} by {kept.judgement.by}: {kept.judgement.quote!r}" for kept in orphans]
        says = f"{len(orphans)} on facts that are not found any more: {_list(told)}"
        return Finding("judgements", "note", says, "mithaq review --orphans")
    return Finding("judgements", "well", f"{len(store.judgements())}, each on a fact that is there")


def _waiting(store: Store) -> Finding:
    counts = store.counts()
    if counts["quarantine"]:
        return Finding("quarantine", "note", f"{counts['quarantine']} pages could not be read", "mithaq quarantine list")
    return Finding("quarantine", "well", "empty")


def _disk(root: Path) -> Finding:
    free = shutil.disk_usage(root).free
    says = f"{free / 1024**3:.1f} GB free"
    if free < LEAST_FREE:
        return Finding("disk", "wrong", says, "free some space before the next ingest, or move the workspace")
    return Finding("disk", "well", says)


def _list(items: list[str]) -> str:
    more = len(items) - _NAMED
    return "; ".join(items[:_NAMED]) + (f"; and {more} more" if more > 0 else "")
