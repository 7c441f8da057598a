"""A reader that takes its time, so that somebody can kill the process that reads."""

from __future__ import annotations

import time

from mithaq.ingest import Reader
from mithaq.model import Document
from mithaq.store import MadeBy
from plain_reader import look
from plain_reader import read as read_plainly


def read(data: bytes, path: str, sidecar: bytes | None) -> Document:
    """Read a page, slowly."""
    time.sleep(0.02)
    return read_plainly(data, path, sidecar)


SLOW = Reader(read, MadeBy("test", "words"), look)
