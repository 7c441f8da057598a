"""Pages that the gate held back: kept with their bytes and score, many in one transaction, until somebody wants them read."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

import msgspec

from mithaq.errors import StoreError
from mithaq.store.connected import Connected, Row


class Gated(msgspec.Struct, frozen=True, kw_only=True):
    """A page held back: ``page`` are its bytes compressed by zlib, ``score`` how likely it is for us (0 to 1), ``reason`` why not."""

    hash: str
    path: str
    reason: str
    score: float
    at: str
    page: bytes
    sidecar: str = ""

    @classmethod
    def of(cls, data: bytes, *, hash: str, path: str, reason: str, score: float, at: str, sidecar: str = "") -> Gated:
        """Make one from the bytes of a page; fast rather than small, for there are many."""
        return cls(hash=hash, path=path, reason=reason, score=score, at=at, page=zlib.compress(data, 1), sidecar=sidecar)

    def data(self) -> bytes:
        """Return the bytes of the page; raises StoreError when they are damaged."""
        try:
            return zlib.decompress(self.page)
        except zlib.error as error:
            raise StoreError(f"the kept bytes of {self.path} are damaged ({error}); ingest the page again with --no-gate") from error


class GatedPages(Connected):
    """The part of the store that keeps pages held back."""

    def hold_back(self, pages: Iterable[Gated]) -> int:
        """Keep pages that the gate did not let through, all in one transaction; return how many were not known yet."""
        names = Gated.__struct_fields__
        sql = f"INSERT OR IGNORE INTO gated ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        with self._transaction():
            return self._connection.executemany(sql, [msgspec.structs.astuple(page) for page in pages]).rowcount

    def is_gated(self, capture_hash: str, sidecar: str = "") -> bool:
        """Say whether exactly these bytes with exactly this sidecar were held back before."""
        return self._one("SELECT 1 FROM gated WHERE hash = ? AND sidecar = ?", (capture_hash, sidecar)) is not None

    def gated(self) -> Iterator[Gated]:
        """Yield all pages held back, the likeliest first."""
        numbers = [row[0] for row in self._all("SELECT n FROM gated ORDER BY score DESC, path, n")]
        for number in numbers:
            row = self._one(f"SELECT {', '.join(Gated.__struct_fields__)} FROM gated WHERE n = ?", (number,))
            if row is not None:
                yield _to_gated(row)

    def let_through(self, page: Gated) -> None:
        """Take a page out of those held back, after it was read."""
        with self._transaction() as run:
            run("DELETE FROM gated WHERE hash = ? AND sidecar = ?", (page.hash, page.sidecar))


def _to_gated(row: Row) -> Gated:
    return Gated(**{name: row[name] for name in Gated.__struct_fields__})
