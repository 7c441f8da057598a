"""A crawl made by hand for tests of bulk reading, and what its tables say."""

from __future__ import annotations

import gzip
from pathlib import Path

from drawn_archives import record

PAGES, STEP = 60, 1_500


def write_crawl(folder: Path, *, pages: int = PAGES, name: str = "crawl") -> Path:
    """Write an archive in which two pages of three are on sport, one cannot be read, and one is there twice."""
    told = [f"Sport {n}\nthe match {n}" if n % 3 else f"Title {n}\nneed: {n}" for n in range(pages)]
    told[3] = "Title 3\nunreadable"
    file = folder / f"{name}.warc.gz"
    file.write_bytes(b"".join(record(n, page.encode()) for n, page in enumerate([*told, told[0]])))
    return file


def write_nested(folder: Path) -> Path:
    """Write an archive with an archive inside one of its records, uncompressed, so that its records look like those around it."""
    inner = b"".join(record(n, b"Inner\nneed: inner") for n in range(900, 930))
    around = [record(n, f"Title {n}\nneed: {n}".encode()) for n in range(12)]
    holding = gzip.compress(record(500, inner, kind="application/gzip", packed=False), 0)
    file = folder / "nested.warc.gz"
    file.write_bytes(b"".join([*around[:6], holding, *around[6:]]))
    return file


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file in a folder with its bytes."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
