"""Values to hold cited figures against, as users bring them in tables: an index, its edition, a country, the value, who published it."""

from __future__ import annotations

import msgspec

_WHOLE = 100  # per cent


class ReferenceValue(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a reference table; ``names`` are all names of the index, ``year`` is the one with which its edition begins.

    ``table`` is the name of the table, ``line`` the line of the file.
    """

    table: str
    line: int
    names: tuple[str, ...]
    edition: str
    year: int
    country: str
    value: float
    unit: str
    source: str


class ReferenceTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table that was added: from which file, by whom and when (ISO 8601, UTC), and how many values it has.

    One that was removed says by whom and when, too; its values are no longer used.
    """

    name: str
    file: str
    by: str
    at: str
    values: int
    removed_by: str | None = None
    removed_at: str | None = None


def is_impossible(value: float, unit: str) -> bool:
    """Say whether a unit does not allow a value: a rank counts from one, a share ends at the whole, no count is below nothing.

    A growth of more than the whole is marked too: it is no share, and its sentence tells.
    """
    if unit == "rank":
        return value < 1 or value != int(value)
    return value > _WHOLE if unit == "%" else unit == "count" and value < 0
