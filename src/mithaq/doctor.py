"""Look a workspace over: program, fonts, words, disk; is the database sound, is every capture there, does every quote stand in its page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

from mithaq.answers.doubts import find_orphans
from mithaq.errors import EvidenceError, KnowledgeError, QuestionError, StoreError
from mithaq.export.record import check_record
from mithaq.ingest import KNOWLEDGE, now
from mithaq.lexicon.check import check_knowledge
from mithaq.lexicon.load import read_entries
from mithaq.retention import FILE as RULES
from mithaq.retention import prune, read_rules
from mithaq.store import MadeBy, Store
from mithaq.store.captures import CAPTURES, read_capture_file
from mithaq.store.migrate import read_migrations

LEAST_FREE = 200 * 1024 * 1024  # bytes; below it the next ingest may fail
_FONTS = 2
_LONG = timedelta(days=365)
_NAMED = 5  # examples of one kind that are told; the others are counted

Progress = Callable[[int, int, str], None]
Grade = Literal["well", "note", "wrong"]


class Finding(msgspec.Struct, frozen=True):
    """What was looked at, how it stands, and what to do about it; "wrong" needs somebody, a "note" can wait."""

    what: str
    grade: Grade
    says: str
    step: str = ""


def examine(root: Path, store: Store, made_by: Callable[[], MadeBy], progress: Progress | None = None) -> list[Finding]:
    """Return all findings; nothing is changed. *made_by* gives the versions of code and knowledge, or raises KnowledgeError."""
    findings = [*examine_program(root), _database(store), *_captures(root, store), _quotes(store, progress), *_stale(store, made_by)]
    findings += [_orphans(store), _waiting(store), _aging(root, store)]
    return findings


def examine_program(root: Path) -> list[Finding]:
    """Return what can be found without opening the database: the program, its fonts, the workspace's own words, the disk."""
    return [_program(), _fonts(), _knowledge(root), _disk(root)]


def unusable(error: StoreError) -> Finding:
    """Return the finding that the database cannot be opened at all."""
    return Finding("database", "wrong", str(error), "do what it says; the captures folder still holds every page as it was fetched")


def _program() -> Finding:
    import sqlite3
    from platform import python_version

    from mithaq import __version__

    newest = read_migrations()[-1][0]
    says = f"mithaq {__version__}, Python {python_version()}, SQLite {sqlite3.sqlite_version}; databases up to version {newest}"
    return Finding("program", "well", says)


def _fonts() -> Finding:
    """Look whether the typefaces of dossiers came with the program: without them Arabic is drawn in whatever the reader's machine has."""
    fonts = files("mithaq.export") / "static" / "fonts"
    found = [font for font in fonts.iterdir() if font.name.endswith(".woff2")] if fonts.is_dir() else []
    wrong = [font.name for font in found if font.read_bytes()[:4] != b"wOF2"]
    if wrong or len(found) < _FONTS:
        return Finding("fonts", "wrong", _list(wrong) or f"{len(found)} of {_FONTS} are there", "install mithaq again")
    return Finding("fonts", "well", f"{len(found)} typefaces for dossiers")


def _knowledge(root: Path) -> Finding:
    """Check the workspace's own words; those that come with mithaq were checked before they were packed."""
    own = root / KNOWLEDGE
    if not own.is_dir():
        return Finding("knowledge", "well", "no words of your own")
    try:
        entries = read_entries(own)
        wrong = [str(problem) for problem in check_knowledge(own, entries)]
    except KnowledgeError as error:
        entries, wrong = [], [str(error)]
    if wrong:
        return Finding("knowledge", "wrong", _list(wrong), f"put it right, then: mithaq lexicon check {own}")
    return Finding("knowledge", "well", f"{len(entries)} words of your own, all in order" if entries else "no words of your own")


def _database(store: Store) -> Finding:
    wrong = store.check()
    if not wrong:
        return Finding("database", "well", f"version {store.schema_version()}, sound, and everything in it belongs together")
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
    old = len(store.captures_to_move())
    if old:
        yield Finding("captures", "note", f"{old} have the form of an older version", "the next 'mithaq ingest' moves them")
    unfinished = [file for file in (root / CAPTURES).rglob(".*") if file.is_file()]
    if unfinished:
        yield Finding("captures", "note", f"{len(unfinished)} unfinished files of a run that was killed", "they may be deleted")


def _quotes(store: Store, progress: Progress | None) -> Finding:
    """Check every law of evidence on every page, as it is kept and as people judged it."""
    pages = [(str(row["id"]), str(row["path"] or row["id"])) for row in store.rows("documents")]
    wrong: list[str] = []
    for number, (document_id, name) in enumerate(pages, start=1):
        try:
            check_record(store.reading(document_id))
            check_record(store.document(document_id))
        except (EvidenceError, StoreError) as error:
            wrong.append(f"{name}: {error}")
        if progress:
            progress(number, len(pages), name)
    if wrong:
        return Finding("quotes", "wrong", _list(wrong), "read these pages anew: mithaq reread --all; report it if that does not help")
    return Finding("quotes", "well", f"every quote of {len(pages)} pages stands in its page")


def _stale(store: Store, made_by: Callable[[], MadeBy]) -> Iterator[Finding]:
    try:
        stale = len(store.captures_of_documents(made_by()))
    except KnowledgeError:
        return  # told already, with the file and the line
    if stale:
        yield Finding("layers", "note", f"{stale} pages were read by older code or knowledge", "mithaq reread")
    else:
        yield Finding("layers", "well", "all made by this version of code and knowledge")


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


def _aging(root: Path, store: Store) -> Finding:
    """Look for what is older than the workspace's rules allow, and for a record of requests that grows without a rule."""
    try:
        rules = read_rules(root)
        due = {name: number for name, number in prune(root, store, rules, now(), apply=False).items() if number}
    except QuestionError as error:
        return Finding("retention", "note", str(error), "put it right: mithaq prune --help")
    if due:
        says = f"older than {RULES} allows: {', '.join(f'{number} {name}' for name, number in due.items())}"
        return Finding("retention", "note", says, "mithaq prune --apply")
    long_ago = (datetime.fromisoformat(now()) - _LONG).isoformat(timespec="seconds")
    old = store.count_aged("requests", long_ago) if rules.days.requests is None else 0
    if old:
        step = f"write 'requests = 365' under [days] in {RULES}, then: mithaq prune --apply"
        return Finding("retention", "note", f"{old} requests of the collector are older than a year", step)
    return Finding("retention", "well", "nothing is older than it should be")


def _disk(root: Path) -> Finding:
    # A folder that is not there yet would be made on the disk of the first one above it.
    free = shutil.disk_usage(next(folder for folder in (root.absolute(), *root.absolute().parents) if folder.exists())).free
    says = f"{free / 1024**3:.1f} GB free"
    if free < LEAST_FREE:
        return Finding("disk", "wrong", says, "free some space before the next ingest, or move the workspace")
    return Finding("disk", "well", says)


def _list(items: list[str]) -> str:
    more = len(items) - _NAMED
    return "; ".join(items[:_NAMED]) + (f"; and {more} more" if more > 0 else "")
