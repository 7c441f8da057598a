"""A reader that takes its whole process down on one page, as a broken library or a lack of memory does."""

from __future__ import annotations

import os

from mithaq.ingest import Reader
from mithaq.model import Document
from mithaq.store import MadeBy
from plain_reader import read as read_plainly


def read(data: bytes, path: str, sidecar: bytes | None) -> Document:
    """Read a page, or die of it."""
    if data == b"deadly":
        os._exit(9)
    return read_plainly(data, path, sidecar)


DEADLY = Reader(read, MadeBy("test", "words"))
