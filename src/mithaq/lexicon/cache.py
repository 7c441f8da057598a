"""Keep knowledge files that were read once in a compiled form, so that the next start is quick. Losing it costs only time."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from mithaq.lexicon.entry import Entry
from mithaq.lexicon.load import find_files, read_entries

_FORMAT = "1"  # raise it when Entry or the reading of files changes


class _Compiled(msgspec.Struct, frozen=True):
    key: str
    entries: list[Entry]


def read_entries_quickly(root: Traversable | Path) -> list[Entry]:
    """Return what :func:`mithaq.lexicon.load.read_entries` returns, from the user's cache folder while no file has changed.

    Names, sizes and times of change tell. A folder inside an archive, a cache that cannot be read or written: the files are read
    as ever. Raises KnowledgeError as ``read_entries`` does.
    """
    if not isinstance(root, Path):
        return read_entries(root)
    key, place = _key_of(root), _place_of(root)
    with suppress(OSError, msgspec.MsgspecError):
        compiled = msgspec.msgpack.decode(place.read_bytes(), type=_Compiled)
        if compiled.key == key:
            return compiled.entries
    entries = read_entries(root)
    with suppress(OSError):
        _write(place, msgspec.msgpack.encode(_Compiled(key, entries)))
    return entries


def cache_folder() -> Path:
    """Return the folder of this user in which mithaq may keep what it can make again; ``MITHAQ_CACHE`` overrides it."""
    given = os.environ.get("MITHAQ_CACHE")
    if given:
        return Path(given)
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "mithaq"


def _key_of(root: Path) -> str:
    digest = hashlib.sha256(_FORMAT.encode())
    code = Path(__file__).with_name("load.py")
    for path in [code, *(file for _, file in find_files(root) if isinstance(file, Path))]:
        state = path.stat()
        digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _place_of(root: Path) -> Path:
    name = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return cache_folder() / f"knowledge-{name}.msgpack"


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
