"""How far each web archive was read: a killed run goes on at the record where it was, and a second one passes over what is done."""

from __future__ import annotations

import msgspec

from mithaq.store.connected import Connected


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """The place in an archive up to which all is kept: ``position`` in bytes, ``records`` pages before it.

    ``size`` and ``changed`` (nanoseconds) are those of the file, ``how`` names code, knowledge and gate: the mark counts for these alone.
    """

    file: str
    size: int
    changed: int
    how: str
    position: int = 0
    records: int = 0


class Archives(Connected):
    """The part of the store that knows how far archives were read."""

    def reached(self, mark: Mark) -> Mark:
        """Return how far the archive of a mark was read, the beginning when never, in another form, or otherwise."""
        row = self._one("SELECT position, records FROM archives WHERE (file, size, changed, how) = (?, ?, ?, ?)", _key(mark))
        return msgspec.structs.replace(mark, position=row[0], records=row[1]) if row else mark

    def reach(self, mark: Mark) -> None:
        """Keep how far an archive was read; all pages before that place must be kept by now."""
        with self._transaction() as run:
            run("INSERT OR REPLACE INTO archives VALUES (?, ?, ?, ?, ?, ?)", (*_key(mark), mark.position, mark.records))


def _key(mark: Mark) -> tuple[str, int, int, str]:
    return mark.file, mark.size, mark.changed, mark.how
