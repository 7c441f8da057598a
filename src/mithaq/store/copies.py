"""Pages that repeat each other: wire copies and second addresses are marked, one page of each group stays as the witness.

Two articles are copies when at least half of their words in threes are the same, as a MinHash tells; independent reports of one event share
next to none. Formulas filled anew (a telegram to another head of state, the same ministry's next visitor) are none: where neither article
stands nearly whole in the other, and each names a country that the other does not, they are two. A group is everything so linked; its
witness is the page published first, else retrieved first, a superseded version of an address only when there is no other. Nothing of this
depends on the order in which pages arrive.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mithaq.model import Document
from mithaq.store.connected import Connected, Row, Run

VALUES = 128  # of a MinHash: its likeness is right to about 0.04
SEED = 20_241  # part of the format of the database: another seed gives sketches that cannot be compared
ROWS = 3  # values of a band; 42 bands find 199 of 200 pairs that are just alike enough
WORDS = 3  # of a shingle
LEAST_WORDS = 40  # shorter articles are alike by chance
ALIKE = 0.5  # share of shingles in common
WITHIN = 0.84  # share of the shorter article's shingles from which on it is the longer one, cut or with a word changed
_ARTICLE = frozenset({"body", "caption"})
_FORM = struct.Struct(f"<{VALUES}I")
# After the values of a sketch: how many shingles the article has, then the codes of the countries that it names, two letters each.
_LENGTH = struct.Struct("<I")
_CODE = 2


def sketch_of(document: Document) -> bytes | None:
    """Return the MinHash of an article's words in threes, with their number and the countries named; None when it is too short to tell."""
    spans = [(s.start, s.end) for s in document.segments if s.kind in _ARTICLE]
    words: list[str] = []
    at = 0
    for token in document.tokens:
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        if at < len(spans) and spans[at][0] <= token.start and token.kind != "mark":
            words.append(token.key)
    if len(words) < LEAST_WORDS:
        return None
    # Imported here: whoever only asks a workspace does not need it.
    from rensa import RMinHash

    sketch = RMinHash(num_perm=VALUES, seed=SEED)
    shingles = [" ".join(shingle) for shingle in zip(*(words[n:] for n in range(WORDS)), strict=False)]
    sketch.update(shingles)
    return _FORM.pack(*sketch.digest()) + _LENGTH.pack(len(set(shingles))) + "".join(_countries(document, spans)).encode("ascii")


def _countries(document: Document, spans: Collection[tuple[int, int]]) -> list[str]:
    """Return the codes of the countries that an article names, as such or by a nationality, sorted."""
    found = (m for m in document.matches_of("place.country", "place.nationality") if any(a <= m.start < b for a, b in spans))
    return sorted({code for m in found if len(code := m.attributes.get("code", "")) == _CODE and code.isascii()})


def bands_of(digest: bytes) -> list[int]:
    """Return the keys under which alike sketches meet, as signed integers of 64 bits."""
    size = 4 * ROWS
    parts = (digest[i : i + size] for i in range(0, _FORM.size - size + 1, size))
    keys = (hashlib.blake2b(part, digest_size=8, salt=band.to_bytes(2, "little")).digest() for band, part in enumerate(parts))
    return [int.from_bytes(key, "little", signed=True) for key in keys]


def likeness(a: bytes, b: bytes) -> float:
    """Return the share of shingles that two sketches have in common, 0 to 1."""
    same: int = sum(x == y for x, y in zip(_FORM.unpack_from(a), _FORM.unpack_from(b), strict=True))
    return same / VALUES


def are_copies(a: bytes, b: bytes) -> bool:
    """Say whether two articles repeat each other; the same for any two pages whenever it is asked."""
    return repeat(a, b) and not set(bands_of(a)).isdisjoint(bands_of(b))


def repeat(a: bytes, b: bytes) -> bool:
    """Say whether two sketches are those of one article: alike enough, and not one formula filled with other countries."""
    alike = likeness(a, b)
    return alike >= ALIKE and not (_within(a, b, alike) < WITHIN and _other_countries(a, b))


def _within(a: bytes, b: bytes, alike: float) -> float:
    """Return how much of the shorter article stands in the longer one, 0 to 1; 1 of sketches of old, which do not say how long they are."""
    if min(len(a), len(b)) == _FORM.size:
        return 1.0
    one, other = (int(_LENGTH.unpack_from(digest, _FORM.size)[0]) for digest in (a, b))
    return float(min(1.0, alike * (one + other) / (1 + alike) / max(1, min(one, other))))


def _other_countries(a: bytes, b: bytes) -> bool:
    """Say whether each of two articles names a country that the other does not."""
    ours, theirs = (_codes(digest[_FORM.size + _LENGTH.size :].decode("ascii")) for digest in (a, b))
    return bool(ours - theirs) and bool(theirs - ours)


def _codes(joined: str) -> set[str]:
    return {joined[at : at + _CODE] for at in range(0, len(joined), _CODE)}


def group_copies(sketches: Mapping[str, bytes]) -> list[set[str]]:
    """Return the groups of pages linked by likeness, single ones included."""
    groups: list[set[str]] = []
    for source in sorted(sketches):
        linked = [g for g in groups if any(are_copies(sketches[source], sketches[other]) for other in g)]
        groups = [g for g in groups if g not in linked] + [set().union({source}, *linked)]
    return groups


class Copies(Connected):
    """The part of the store that knows which pages repeat each other."""

    def copies(self) -> dict[str, str]:
        """Return the witness of every page that is a copy, by the copy's id."""
        return {row[0]: row[1] for row in self._all("SELECT id, copy_of FROM documents WHERE copy_of IS NOT NULL")}

    def same_article(self, document_id: str) -> list[str]:
        """Return the ids of all pages with the article of this one, itself among them; none when it is not kept."""
        head = self._one("SELECT coalesce(copy_of, id) FROM documents WHERE id = ?", (document_id,))
        if head is None:
            return []
        return [row[0] for row in self._all("SELECT id FROM documents WHERE id = ?1 OR copy_of = ?1 ORDER BY id", (head[0],))]

    def _link(self, run: Run, source: str, digest: bytes | None) -> None:
        """Keep the sketch of a page, and join or leave groups by it; part of the transaction that writes the page."""
        known = run("SELECT digest FROM sketches WHERE source = ?", (source,)).fetchone()
        if known is not None and known[0] != digest:
            self._unlink(run, source)
        if digest is None:
            return
        run("INSERT OR IGNORE INTO sketches VALUES (?, ?)", (source, digest))
        bands = bands_of(digest)
        self._connection.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(band, source) for band in bands])
        near = run(
            "SELECT s.digest, coalesce(d.copy_of, d.id) FROM sketches s JOIN documents d ON d.id = s.source "
            f"WHERE s.source IN (SELECT source FROM bands WHERE hash IN ({', '.join('?' * len(bands))})) AND s.source <> ?",
            (*bands, source),
        ).fetchall()
        heads = {_head(run, source)}
        for theirs, head in near:
            # One page of a group that is alike is enough: the others need not be looked at.
            if head not in heads and repeat(digest, theirs):
                heads.add(head)
        _elect(run, heads)

    def _unlink(self, run: Run, source: str) -> None:
        """Take a page out of its group; the others are grouped anew, for it may have been what linked them."""
        head = _head(run, source)
        rows = run("SELECT id FROM documents WHERE (id = :head OR copy_of = :head) AND id <> :source", {"head": head, "source": source})
        others = [row[0] for row in rows.fetchall()]
        run("DELETE FROM bands WHERE source = ?", (source,))
        run("DELETE FROM sketches WHERE source = ?", (source,))
        for page in (source, *others):
            run("UPDATE documents SET copy_of = NULL WHERE id = ?", (page,))
        kept = _rows(run, "SELECT source, digest FROM sketches WHERE source IN", others)
        for group in group_copies({row[0]: row[1] for row in kept}):
            _elect(run, group)

    def _elect_again(self, run: Run, source: str) -> None:
        """Choose the witness of a page's group anew, after its date of publication has changed."""
        head = _head(run, source)
        members = run("SELECT id FROM documents WHERE id = ? OR copy_of = ?", (head, head)).fetchall()
        if len(members) > 1:
            run("UPDATE documents SET copy_of = NULL WHERE copy_of = ?", (head,))
            _elect(run, {row[0] for row in members})


def _head(run: Run, source: str) -> str:
    """Return the witness of a page's group: itself, when it repeats no other."""
    return str(run("SELECT coalesce(copy_of, id) FROM documents WHERE id = ?", (source,)).fetchone()[0])


def _elect(run: Run, heads: Collection[str]) -> None:
    """Make one group of the groups of these witnesses: theirs is the page published first, else retrieved first, else of the lowest id."""
    if len(heads) < 2:
        return
    rows = _rows(run, "SELECT coalesce(published, '9999'), coalesce(retrieved, '9999'), id FROM documents WHERE id IN", heads)
    witness = min(tuple(row) for row in rows)[2]
    for head in heads:
        if head != witness:
            run("UPDATE documents SET copy_of = :witness WHERE id = :head OR copy_of = :head", {"witness": witness, "head": head})
    run("UPDATE documents SET copy_of = NULL WHERE id = ?", (witness,))


def _rows(run: Run, sql: str, values: Iterable[Any]) -> list[Row]:
    """Ask for rows whose column is one of *values*, however many there are."""
    wanted, found = sorted(values), list[Row]()
    for at in range(0, len(wanted), 500):
        part = wanted[at : at + 500]
        found += run(f"{sql} ({', '.join('?' * len(part))})", part).fetchall()
    return found
