"""Erase pages, the one exception to the law that nothing is deleted: nothing stays but hashes, by which a page is not taken in again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from mithaq.store.connected import Run, plainly
from mithaq.store.writing import Writing

_GUARD = "judgements_remain"  # the trigger that keeps decisions from being deleted


class Erased(msgspec.Struct, frozen=True):
    """What was erased from the database: documents, files of captures that are to go, decisions of people."""

    documents: tuple[str, ...]
    files: tuple[str, ...]
    judgements: int


class Erasing(Writing):
    """The part of the store that erases."""

    def erase(self, document_id: str, *, by: str, why: str, at: str) -> Erased:
        """Erase a document with all versions of its address: text, layers, facts, index, captures, decisions on it; keep hashes and reason.

        What other pages tell stays, also when it is the same article. All of it is one transaction; the files are the caller's to remove.
        """
        with plainly(self.path):
            self._connection.overwrite_deleted()
        with self._transaction() as run:
            (address,) = run("SELECT address FROM documents WHERE id = ?", (document_id,)).fetchone()
            rows = run("SELECT id FROM documents WHERE id = ? OR address = ? ORDER BY id", (document_id, address)).fetchall()
            documents = tuple(str(row[0]) for row in rows)
            marks = ", ".join("?" * len(documents))
            captures = run(f"SELECT hash, file FROM captures WHERE source IN ({marks})", documents).fetchall()
            hashes = sorted({str(row[0]) for row in captures})
            tombs = [("document", one) for one in documents] + [("capture", one) for one in hashes]
            tombs += [("address", hash_address(address))] if address else []
            for what, digest in tombs:
                run("INSERT OR REPLACE INTO erased (hash, what, at, by, why) VALUES (?, ?, ?, ?, ?)", (digest, what, at, by, why))
            run(f"DELETE FROM captures WHERE source IN ({marks})", documents)
            for digest in hashes:
                run("DELETE FROM quarantine WHERE hash = ?", (digest,))
                run("DELETE FROM gated WHERE hash = ?", (digest,))
            self._erase_addresses(run, address, hashes)
            for one in documents:
                run("DELETE FROM alert_news WHERE instr(data, ?) > 0", (one,))
            judgements = self._erase_judgements(run, documents)
            # All versions go: none is to be chosen as the current one meanwhile.
            run(f"UPDATE documents SET address = NULL WHERE id IN ({marks})", documents)
            for one in documents:
                self._forget(run, one)
        return Erased(documents, tuple(sorted({str(row[1]) for row in captures})), judgements)

    def is_erased(self, digest: str) -> bool:
        """Say whether something of this hash was erased: bytes, text, or an address (see :func:`hash_address`)."""
        return self._one("SELECT 1 FROM erased WHERE hash = ?", (digest,)) is not None

    def scrub(self) -> None:
        """Take out of the files of the database what was deleted before: the index keeps words until it is put in order."""
        with plainly(self.path):
            self._connection.scrub()

    def _erase_addresses(self, run: Run, address: str | None, hashes: Iterable[str]) -> None:
        """Forget where a collector found the page, and that it was asked for."""
        for clause, value in (("key = ?", address), *(("hash = ?", digest) for digest in hashes)):
            run(f"DELETE FROM requests WHERE url IN (SELECT url FROM addresses WHERE {clause})", (value,))
            run(f"DELETE FROM addresses WHERE {clause}", (value,))

    def _erase_judgements(self, run: Run, documents: Iterable[str]) -> int:
        """Delete what people decided about facts of these pages, and what rests on those decisions; return how many there were."""
        doomed: set[int] = set()
        for one in documents:
            found = run("SELECT n FROM judgements WHERE substr(subject, 1, 64) = ?1 OR substr(other, 1, 64) = ?1", (one,)).fetchall()
            doomed.update(int(row[0]) for row in found)
        every = run("SELECT n, replaces FROM judgements WHERE replaces IS NOT NULL ORDER BY n").fetchall()
        doomed.update(int(row[0]) for row in every if row[1] in doomed)
        with self._connection.without(_GUARD):
            for number in sorted(doomed, reverse=True):
                run("DELETE FROM judgements WHERE n = ?", (number,))
        return len(doomed)


def hash_address(address: str) -> str:
    """Return the hash by which an address, in its comparable form, is known after it was erased."""
    return hashlib.sha256(address.encode("utf-8", "surrogateescape")).hexdigest()
