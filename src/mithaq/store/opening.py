"""Open the database of a workspace, wherever it lies."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mithaq.errors import StoreError
from mithaq.store.place import Place, Server, place_of, remember
from mithaq.store.sql import SqlStore
from mithaq.store.sqlite import open_sqlite

_README = """\
This folder is a mithaq workspace.

mithaq.sqlite   what was read: documents, facts with their words, quarantine, judgements (SQLite; do not edit by hand); where store.toml
                names a server, all of it lies there
captures/       every page as it was fetched: captures/aa/aabb....warc.gz is a record of a web archive, named by the SHA-256 of the page
knowledge/      your own words and names: files here are read beside those that come with mithaq (lexicons/ar/my-words.yml)

To back up, run: mithaq backup FILE
"""


def open_store(place: Place, *, create: bool = True, read_only: bool = False, outward: bool = False) -> SqlStore:
    """Open a database, made or brought up to date where needed; with *read_only* it then refuses every change.

    *outward* shows it as others may see it, without private pages and all that rests on them; it is then read only, too.

    Raises StoreError when there is none and *create* is false, when it cannot be reached, is locked, damaged, another program's, or from a
    newer mithaq.
    """
    if isinstance(place, Server):
        # Imported here: whoever keeps a workspace in its folder needs no client of a server.
        from mithaq.store.postgres import open_postgres

        return open_postgres(place, create=create, read_only=read_only, outward=outward)
    return open_sqlite(place, create=create, read_only=read_only, outward=outward)


def open_store_of(root: Path, place: Place | None = None, *, create: bool, outward: bool) -> SqlStore:
    """Open the database of the workspace in a folder, at *place* or where the folder says; one on a server is remembered in the folder."""
    where = place or place_of(root)
    store = open_store(where, create=create, outward=outward)
    if create and isinstance(where, Server):
        remember(root, where)
    return store


def make_folders(root: Path, folders: Iterable[str]) -> None:
    """Make the folder of a workspace with its own folders, where they are not there; raises StoreError when it cannot be made."""
    try:
        for folder in folders:
            (root / folder).mkdir(parents=True, exist_ok=True)
        readme = root / "README.txt"
        if not readme.exists():
            readme.write_text(_README, "utf-8")
    except OSError as error:
        raise StoreError(f"{root} cannot become a workspace ({error.strerror or error}); name another folder with --workspace") from error
