"""Open the database of a workspace, wherever it lies."""

from __future__ import annotations

from pathlib import Path

from mithaq.store.sql import SqlStore
from mithaq.store.sqlite import open_sqlite


def open_store(path: Path, *, create: bool = True, read_only: bool = False, outward: bool = False) -> SqlStore:
    """Open the database file, made or brought up to date where needed; with *read_only* it then refuses every change.

    *outward* shows it as others may see it, without private pages and all that rests on them; it is then read only, too.

    Raises StoreError when there is none and *create* is false, when it is locked, damaged, another program's, or from a newer mithaq.
    """
    return open_sqlite(path, create=create, read_only=read_only, outward=outward)
