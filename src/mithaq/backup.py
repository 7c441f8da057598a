"""Back a workspace up into one file while it is in use, read it back to be sure, and make a workspace of it again.

What stands in the file: the database as of one moment, every capture that it names, your own knowledge, and a list of all of it with
hashes. What does not: ``alerts.toml`` (its secrets), locks, and captures that nothing names any more.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO

import msgspec

import mithaq
from mithaq.errors import QuestionError, StoreError
from mithaq.ingest import DATABASE, now
from mithaq.store import Store, open_store
from mithaq.store.aging import check_file
from mithaq.store.captures import CAPTURES, read_capture_file
from mithaq.store.place import REMEMBERED

FORMAT = 1
_LIST = "manifest.json"
_CHUNK = 1 << 20  # bytes
# Secrets stay where they are.
_LEFT_OUT = ("alerts.toml", "alerts.lock", REMEMBERED)  # and a workspace made of a backup has its database in its folder
_EPOCH = (1980, 1, 1, 0, 0, 0)
# What the readers of an archive may say of one that is damaged.
_DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, KeyError, EOFError, RuntimeError, ValueError, msgspec.DecodeError)
Progress = Callable[[int, int, str], None]


class Kept(msgspec.Struct, frozen=True):
    """A file of a backup: SHA-256 and bytes."""

    hash: str
    size: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds: when and by which version it was made, the database's version, rows by table, files by name.

    ``missing`` are captures that the database names and that were gone or damaged already.
    """

    format: int
    version: str
    made: str
    schema: int
    counts: dict[str, int]
    files: dict[str, Kept]
    missing: tuple[str, ...] = ()


def back_up(root: Path, store: Store, target: Path, progress: Progress | None = None) -> Manifest:
    """Write a backup of an open workspace to *target* and read it back; others may read and write meanwhile.

    The file appears when it is whole and proven. Raises QuestionError when *target* is there already, StoreError when it cannot be written
    or does not read back as it was written.
    """
    if target.exists():
        raise QuestionError(f"{target} is there already, and is not overwritten; name another file, or remove it")
    beside = target.with_name(f".{target.name}.part")
    with _plainly(target), _removed(beside):
        target.parent.mkdir(parents=True, exist_ok=True)
        with _aside(target) as folder:
            copy = folder / DATABASE
            store.copy_to(copy)
            with open_store(copy, create=False, read_only=True) as frozen:
                named = sorted({file for _, file in frozen.all_captures()})
                counts, schema = frozen.counts(), frozen.schema_version()
            copy.with_name(f"{DATABASE}-wal").unlink(missing_ok=True)
            manifest = _write(root, copy, beside, named, Manifest(
                format=FORMAT, version=mithaq.__version__, made=now(), schema=schema, counts=counts, files={},
            ), progress)  # fmt: skip
        if verify(beside) != manifest:
            raise StoreError(f"{target} does not read back as it was written; check the disk, and try again")
        beside.replace(target)
    return manifest


def verify(file: Path) -> Manifest:
    """Read a backup from end to end, and return what it holds; raises StoreError when anything in it is not as its list says."""
    with _opened(file) as archive, tempfile.TemporaryDirectory(prefix="mithaq-") as folder:
        manifest = _read_list(archive, file)
        for name, kept in manifest.files.items():
            target = Path(folder) / DATABASE if name == DATABASE else None
            _take_out(archive, name, kept, target, file)
        check_file(Path(folder) / DATABASE)
        return manifest


def restore(file: Path, folder: Path) -> Manifest:
    """Make a workspace of a backup; it appears when all of it is proven.

    Raises QuestionError when *folder* holds anything, StoreError when the backup is damaged or comes from a newer mithaq, or the folder
    cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise QuestionError(f"{folder} is there already, and is not overwritten; name a new folder with --workspace")
    with _plainly(folder), _opened(file) as archive:
        manifest = _read_list(archive, file)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _aside(folder) as beside:
            root = beside / "workspace"
            for name, kept in manifest.files.items():
                _take_out(archive, name, kept, root / PurePosixPath(name), file)
            check_file(root / DATABASE)
            with suppress(FileNotFoundError):
                folder.rmdir()
            root.replace(folder)
    return manifest


def _write(root: Path, copy: Path, beside: Path, named: list[str], manifest: Manifest, progress: Progress | None) -> Manifest:
    """Write the archive; return its list with all files."""
    files: dict[str, Kept] = {}
    missing = []
    own = sorted(path for path in root.rglob("*") if _is_own(root, path))
    with beside.open("wb") as stream:
        with zipfile.ZipFile(stream, "w", allowZip64=True) as archive:
            files[DATABASE] = _put(archive, DATABASE, copy)
            for path in own:
                files[path.relative_to(root).as_posix()] = _put(archive, path.relative_to(root).as_posix(), path)
            for number, name in enumerate(named, start=1):
                if _is_whole(root, name):
                    files[name] = _put(archive, name, root / name)
                else:
                    missing.append(name)
                if progress:
                    progress(number, len(named), name)
            manifest = msgspec.structs.replace(manifest, files=files, missing=tuple(missing))
            archive.writestr(zipfile.ZipInfo(_LIST, _EPOCH), msgspec.json.encode(manifest))
        stream.flush()
        os.fsync(stream.fileno())
    return manifest


def _is_own(root: Path, path: Path) -> bool:
    """Say whether a file of the workspace is to be kept beside database and captures."""
    first = path.relative_to(root).parts[0]
    hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
    return (
        path.is_file() and not path.is_symlink() and not hidden and first != CAPTURES and first not in _LEFT_OUT
        and not first.startswith(DATABASE) and not path.name.endswith(".lock")
    )  # fmt: skip


def _is_whole(root: Path, name: str) -> bool:
    if not _is_safe(name):
        return False
    if not name.startswith(f"{CAPTURES}/") or not name.endswith(".gz"):
        return (root / name).is_file()
    try:
        read_capture_file(root, name)
    except StoreError:
        return False
    return True


def _put(archive: zipfile.ZipFile, name: str, path: Path) -> Kept:
    digest, size = hashlib.sha256(), 0
    about = zipfile.ZipInfo(name, _EPOCH)
    # Captures are compressed already.
    about.compress_type = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
    with path.open("rb") as stream, archive.open(about, "w", force_zip64=True) as into:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            into.write(chunk)
    return Kept(digest.hexdigest(), size)


def _take_out(archive: zipfile.ZipFile, name: str, kept: Kept, target: Path | None, file: Path) -> None:
    """Read a file of an archive, write it to *target* when one is given, and prove it; nothing beyond its size is ever read."""
    digest, left = hashlib.sha256(), kept.size
    with _written(target) as into, archive.open(name) as stream:
        while chunk := stream.read(min(_CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            if into:
                into.write(chunk)
    if left or digest.hexdigest() != kept.hash:
        raise StoreError(f"{file}: {name} in it is damaged; use another backup")


@contextmanager
def _written(target: Path | None) -> Iterator[IO[bytes] | None]:
    if target is None:
        yield None
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def _read_list(archive: zipfile.ZipFile, file: Path) -> Manifest:
    manifest = msgspec.json.decode(archive.read(_LIST), type=Manifest)
    if manifest.format > FORMAT:
        raise StoreError(f"{file} was made by a newer mithaq ({manifest.version}); install that one (pip install --upgrade mithaq)")
    unsafe = [name for name in manifest.files if not _is_safe(name)]
    if unsafe or DATABASE not in manifest.files:
        wrong = unsafe[0] if unsafe else f"no {DATABASE}"
        raise StoreError(f"{file} is no backup of a workspace, or was tampered with ({wrong!r}); use another one")
    return manifest


def _is_safe(name: str) -> bool:
    """Say whether a name stays inside the folder into which it is written."""
    parts = name.split("/")
    return not name.startswith("/") and "\\" not in name and ":" not in name and "\0" not in name and not {"", ".", ".."} & set(parts)


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except FileNotFoundError as error:
        raise StoreError(f"there is no backup at {file}; check the path") from error
    except _DAMAGED as error:
        raise StoreError(f"{file} is no backup of mithaq, or damaged ({error}); use another one") from error


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """Give a folder beside *target* to work in; what a run that was killed left in it is removed."""
    folder = target.with_name(f".{target.name}.tmp")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _removed(path: Path) -> Iterator[None]:
    """Leave nothing unfinished behind, whatever happens."""
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()


@contextmanager
def _plainly(target: Path) -> Iterator[None]:
    """Turn what the disk says into StoreError that tells what to do next."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error.strerror or error}); check free space and permissions") from error
