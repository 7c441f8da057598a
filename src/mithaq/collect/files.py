"""Find pages on this machine: files and folders, each page with the sidecar that tells what is known of it from outside its text."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

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

    Folders are searched through for ``.txt``, ``.html``, ``.htm`` and ``.md``; hidden files and the folder *leave_out* are passed over. A
    file named itself is a page whatever its ending, except ``.json`` (sidecars, gold). Raises InputError for a path that does not exist.
    """
    wanted = [Path(path) for path in paths]
    for path in wanted:
        if not path.exists():
            raise InputError(f"{path}: there is no such file or folder; check the spelling, or give '-' to read a page from the input")
    found: dict[str, PageFile] = {}
    for path in wanted:
        for file in _walk(path, leave_out) if path.is_dir() else [path]:
            if file.suffix.lower() != ".json":
                found.setdefault(os.path.realpath(file), PageFile(file, find_sidecar(file)))
    return list(found.values())


def find_sidecar(file: Path) -> Path | None:
    """Return the ``FILE.meta.json`` beside a page (``001.txt.meta.json``), else its ``001.meta.json``, else None."""
    candidates = (file.with_name(file.name + SIDECAR), file.with_suffix(SIDECAR))
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def _walk(folder: Path, leave_out: Path | None) -> Iterator[Path]:
    passed_over = os.path.realpath(leave_out) if leave_out else None
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(n for n in folders if not n.startswith(".") and os.path.realpath(Path(root, n)) != passed_over)
        if os.path.realpath(root) == passed_over:
            folders.clear()
            continue
        yield from (Path(root, n) for n in sorted(names) if not n.startswith(".") and Path(n).suffix.lower() in PAGE_SUFFIXES)


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(f"{path}: {size // 1024 // 1024} MB are no news page (at most {LARGEST // 1024 // 1024}); split the file")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}; check that it is a file and that you may read it") from error
