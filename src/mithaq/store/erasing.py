"""Erase pages, the one exception to the law that nothing is deleted: nothing stays but hashes, by which a page is not taken in again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import msgspec

from mithaq.store.address import address_key
from mithaq.store.connected import Run, plainly
from mithaq.store.untold import forget_news_of
from mithaq.store.writing import Writing

_GUARD = "judgements_remain"  # the trigger that keeps decisions from being deleted


class Erased(msgspec.Struct, frozen=True):
    """What was erased from the database: documents, files of captures that are to go, decisions of people."""

    documents: tuple[str, ...]
    files: tuple[str, ...]
    judgements: int
    comments: int = 0  # of readers, on the page and on what it alone told


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
            places = _places(run, documents)
            alike = {other for one in documents for other in self.same_article(one)} - set(documents)
            tombs = [("document", one) for one in documents] + [("capture", one) for one in hashes]
            tombs += [("address", hash_address(address))] if address else []
            for what, digest in tombs:
                run("INSERT OR REPLACE INTO erased (hash, what, at, by, why) VALUES (?, ?, ?, ?, ?)", (digest, what, at, by, why))
            run(f"DELETE FROM captures WHERE source IN ({marks})", documents)
            files = {str(row[1]) for row in captures} | self._erase_unread(run, places, hashes)
            keys = {key for place in places if (key := address_key(place))} | {str(address or "")}
            self._erase_found(run, documents, keys, places, hashes)
            for one in documents:
                run("DELETE FROM saved_searches WHERE instr(place, ?) > 0", (one,))
            forget_news_of(run, documents)
            # Who was taken for one with somebody of the pages, perhaps by a decision alone, is put together anew.
            entities = f"SELECT entity FROM entity_members WHERE source IN ({marks})"
            together = f"SELECT source, list, item FROM entity_members WHERE entity IN ({entities})"
            named = f"SELECT DISTINCT profile FROM namings WHERE (source, list, item) IN ({together})"
            run(f"INSERT OR IGNORE INTO unclustered {named}", documents)
            judgements = self._erase_judgements(run, documents)
            # All versions go: none is to be chosen as the current one meanwhile.
            run(f"UPDATE documents SET address = NULL WHERE id IN ({marks})", documents)
            for one in documents:
                self._forget(run, one)
            for one in alike:
                self._unsettle(run, one)
                self._show_all(run, one)
        return Erased(documents, tuple(sorted(files)), judgements)

    def is_erased(self, digest: str) -> bool:
        """Say whether something of this hash was erased: bytes, text, or an address (see :func:`hash_address`)."""
        return self._one("SELECT 1 FROM erased WHERE hash = ?", (digest,)) is not None

    def scrub(self) -> None:
        """Take out of the files of the database what was deleted before: the index keeps words until it is put in order."""
        with plainly(self.path):
            self._connection.scrub()

    def _erase_unread(self, run: Run, places: Iterable[str], hashes: Iterable[str]) -> set[str]:
        """Forget what was set aside or held back of the pages; return the files that nothing names any more."""
        wanted = [("hash", digest) for digest in hashes] + [("path", place) for place in places]
        files = set[str]()
        for column, value in wanted:
            files |= {row[0] for row in run(f"SELECT file FROM quarantine WHERE {column} = ? AND file IS NOT NULL", (value,)).fetchall()}
            run(f"DELETE FROM quarantine WHERE {column} = ?", (value,))
            run(f"DELETE FROM gated WHERE {column} = ?", (value,))
        named = "SELECT 1 FROM captures WHERE file = ?1 UNION SELECT 1 FROM quarantine WHERE file = ?1"
        return {file for file in files if run(named, (file,)).fetchone() is None}

    def _erase_found(
        self, run: Run, documents: Iterable[str], keys: Iterable[str], places: Iterable[str], hashes: Iterable[str]
    ) -> None:
        """Forget where a collector found the pages, under which title, and that they were asked for."""
        for clause, value in (*(("key = ?", one) for one in sorted(keys)), *(("hash = ?", digest) for digest in hashes)):
            run(f"DELETE FROM requests WHERE url IN (SELECT url FROM addresses WHERE {clause})", (value,))
            run(f"DELETE FROM addresses WHERE {clause}", (value,))
        for place in places:
            run("DELETE FROM requests WHERE url = ?", (place,))
        for one in documents:
            # A listing may have led there by another address, under the title of the page.
            run("UPDATE addresses SET title = '' WHERE title = (SELECT title FROM documents WHERE id = ? AND title <> '')", (one,))

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


def _places(run: Run, documents: tuple[str, ...]) -> set[str]:
    """Return paths and addresses by which pages were brought in."""
    marks = ", ".join("?" * len(documents))
    asked = f"SELECT path, url, NULL FROM captures WHERE source IN ({marks}) "
    asked += f"UNION SELECT path, url, canonical FROM documents WHERE id IN ({marks})"
    return {str(place) for row in run(asked, (*documents, *documents)).fetchall() for place in row if place and place != "-"}


def hash_address(address: str) -> str:
    """Return the hash by which an address, in its comparable form, is known after it was erased."""
    return hashlib.sha256(address.encode("utf-8", "surrogateescape")).hexdigest()
