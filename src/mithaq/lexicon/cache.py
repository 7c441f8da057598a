"""Keep knowledge files that were read once in a compiled form, so that the next start is quick. Losing it costs only time."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec.structs import force_setattr

from mithaq.lexicon.entry import Entry
from mithaq.lexicon.load import find_files, read_entries
from mithaq.model.kept import collector_aside

_FORMAT = "2"  # raise it when the form of what is kept changes
_DIGITS = 64  # of the key that begins a kept file

T = TypeVar("T")


def read_entries_quickly(root: Traversable | Path) -> list[Entry]:
    """Return what :func:`mithaq.lexicon.load.read_entries` returns, from the user's cache folder while no file has changed.

    A folder inside an archive is read as ever. Raises KnowledgeError as ``read_entries`` does.
    """
    if not isinstance(root, Path):
        return read_entries(root)
    files = [file for _, file in find_files(root) if isinstance(file, Path)]
    return _share(made_once(f"knowledge-{root.resolve()}", files, list[Entry], lambda: read_entries(root))) if files else []


def _share(entries: list[Entry]) -> list[Entry]:
    """Return the entries, each text that many of them say (where they stand, of what kind they are) one object: half the memory."""
    said: dict[str, str] = {}
    for entry in entries:
        for name in ("kind", "lang", "path"):
            text = getattr(entry, name)
            force_setattr(entry, name, said.setdefault(text, text))
        if entry.word == entry.forms[0]:
            force_setattr(entry, "word", entry.forms[0])
        attributes = entry.attributes
        for name, text in attributes.items():
            attributes[name] = said.setdefault(text, text)
    return entries


def made_once(name: str, sources: Iterable[Path], kind: type[T], make: Callable[[], T]) -> T:
    """Return what *make* gives, from the user's cache folder while neither *sources* nor our own code for words has changed.

    Names, sizes and times of change tell. *kind* is the type of what is kept, of those that msgspec knows. A cache that cannot be
    read or written costs only time; what *make* raises goes through.
    """
    key, place = _key_of(sources), _place_of(name)
    with suppress(OSError, msgspec.MsgspecError):
        kept = place.read_bytes()
        if kept[:_DIGITS] == key:
            with collector_aside():
                return msgspec.msgpack.decode(memoryview(kept)[_DIGITS:], type=kind)
    made = make()
    with suppress(OSError):
        _write(place, key + msgspec.msgpack.encode(made))
    return made


def cache_folder() -> Path:
    """Return the folder of this user in which mithaq may keep what it can make again; ``MITHAQ_CACHE`` overrides it."""
    given = os.environ.get("MITHAQ_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "mithaq"


def _key_of(sources: Iterable[Path]) -> bytes:
    digest = hashlib.sha256(_FORMAT.encode())
    for path in [*_code(), *sources]:
        state = path.stat()
        digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest().encode()


@cache
def _code() -> tuple[Path, ...]:
    """Return the files of code on which the reading and cutting of words rests."""
    here = Path(__file__).parent
    return tuple(sorted([*here.glob("*.py"), *here.parent.joinpath("text").glob("*.py")]))


def _place_of(name: str) -> Path:
    return cache_folder() / f"{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.msgpack"


def _write(place: Path, content: bytes) -> None:
    """Write beside the place and move there, so that a reader at the same moment never sees half a file."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=place.parent, suffix=".draft")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(draft).replace(place)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
