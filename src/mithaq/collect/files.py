"""Find pages on this machine: files and folders, each page with the sidecar that tells what is known of it from outside its text."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from mithaq.collect.archives import is_archive
from mithaq.collect.records import RECORD_SUFFIXES, holds_pages
from mithaq.errors import InputError

PAGE_SUFFIXES = frozenset({".txt", ".html", ".htm", ".md"})
SIDECAR = ".meta.json"
LARGEST = 32 * 1024 * 1024  # bytes; a news page has a thousandth of it


class PageFile(msgspec.Struct, frozen=True):
    """A page on disk; ``path`` as it was named or found, ``sidecar`` its ``FILE.meta.json`` or ``NNN.meta.json``, None without one."""

    path: Path
    sidecar: Path | None = None

    def read(self) -> tuple[bytes, bytes | None]:
        """Return the bytes of the page and of its sidecar; raises InputError naming the file when they cannot be read."""
        return _read_bytes(self.path), _read_bytes(self.sidecar) if self.sidecar else None


def find_pages(paths: Iterable[str | Path], *, leave_out: Path | None = None) -> list[PageFile]:
    """Return the pages that *paths* name, in the order given, those of a folder sorted, each once.

    Folders are searched through for ``.txt``, ``.html``, ``.htm`` and ``.md``, for web archives (``.warc``, ``.warc.gz``, ``.wacz``), and
    for ``.json`` and ``.jsonl`` that hold pages; hidden files, links to folders and the folder *leave_out* are passed over. A file
    named itself is a page whatever its ending, except for a ``.json`` beside a page of that name (its annotation) and a sidecar. Raises
    InputError for a path that does not exist, or that is a circle of links.
    """
    wanted = [Path(path) for path in paths]
    for path in wanted:
        _check_exists(path)
    found: dict[str, PageFile] = {}
    for path in wanted:
        for file in _walk(path, leave_out) if path.is_dir() else [path]:
            if not _belongs_to_a_page(file):
                found.setdefault(os.path.realpath(file), PageFile(file, find_sidecar(file)))
    return list(found.values())


def find_sidecar(file: Path) -> Path | None:
    """Return the ``FILE.meta.json`` beside a page (``001.txt.meta.json``), else its ``001.meta.json``, else None."""
    candidates = (file.with_name(file.name + SIDECAR), file.with_suffix(SIDECAR))
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def is_record_file(file: Path) -> bool:
    """Say whether a file holds records rather than one page: JSON, or a web archive."""
    return file.suffix.lower() in RECORD_SUFFIXES or is_archive(file)


def _check_exists(path: Path) -> None:
    try:
        path.stat()
    except FileNotFoundError as error:
        raise InputError(
            f"{path}: there is no such file or folder; check the spelling, or give '-' to read a page from the input"
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path}: {reason}; check where its links lead, and that you may read it") from error


def _belongs_to_a_page(file: Path) -> bool:
    """Say whether a ``.json`` file is a sidecar, or tells something of the page that lies beside it under the same name."""
    if file.suffix.lower() != ".json":
        return False
    return file.name.endswith(SIDECAR) or any(file.with_suffix(suffix).is_file() for suffix in PAGE_SUFFIXES)


def _walk(folder: Path, leave_out: Path | None) -> Iterator[Path]:
    passed_over = os.path.realpath(leave_out) if leave_out else None
    unreadable: list[Path] = []
    # Links to folders are not followed, so a circle of links has no beginning.
    for root, folders, names in os.walk(folder, onerror=lambda error: unreadable.append(Path(error.filename))):
        folders[:] = sorted(n for n in folders if not n.startswith(".") and os.path.realpath(Path(root, n)) != passed_over)
        if os.path.realpath(root) == passed_over:
            folders.clear()
            continue
        for file in (Path(root, name) for name in sorted(names) if not name.startswith(".")):
            suffix = file.suffix.lower()
            records = suffix in RECORD_SUFFIXES and not _belongs_to_a_page(file) and _holds_pages(file)
            if suffix in PAGE_SUFFIXES or records or is_archive(file):
                yield file
    # A folder that cannot be read is given like a page, so that it is named with its reason and the others go on.
    yield from unreadable


def _holds_pages(file: Path) -> bool:
    return holds_pages(file, largest=LARGEST)


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(f"{path}: this folder cannot be read; check that it is a file or a folder that you may read")
        if not stat.S_ISREG(status.st_mode):
            raise InputError(f"{path}: this is no ordinary file; give '-' and send its content to the input")
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; check that it is a file and that you may read it") from error
    if len(data) > LARGEST:
        size = max(status.st_size, len(data)) // 1024 // 1024
        raise InputError(f"{path}: {size} MB are no news page (at most {LARGEST // 1024 // 1024}); split the file")
    return data
