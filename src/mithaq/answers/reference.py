"""Hold cited figures against the reference tables that users brought: which agree, which differ and by how much, which nobody can tell.

A claim is compared with values of its country and unit whose index has its name, in the edition that it names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

import msgspec

from mithaq.answers.lines import FigureLine
from mithaq.model.reference import ReferenceValue
from mithaq.store.store import Store
from mithaq.text.likeness import comparable

Verdict = Literal["agrees", "differs", "unknown"]
_ABOUT = 0.05  # "about 40 %" holds for what is so near, as a share of it
_WORDS = 2  # of a claim's name that name an index when all of them stand in its name


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """What the reference tables say of a claim: it agrees, it differs (``by`` is claim less reference), or they say nothing of it.

    ``disputed``: several tables give that edition several values. ``edition``, ``source`` and ``table`` are those of ``value``.
    """

    verdict: Verdict
    value: float | None = None
    by: float | None = None
    edition: str | None = None
    source: str | None = None
    table: str | None = None
    disputed: bool = False


class References:
    """All values of a workspace's reference tables, ready to be asked."""

    def __init__(self, values: Iterable[ReferenceValue]) -> None:
        self._values: defaultdict[tuple[str, str], list[ReferenceValue]] = defaultdict(list)
        for value in values:
            self._values[value.country, value.unit].append(value)

    def __bool__(self) -> bool:
        return bool(self._values)

    def check(self, line: FigureLine) -> Checked | None:
        """Return what the tables say of a claim; None when there are no tables."""
        if not self:
            return None
        named = [v for v in self._values.get((line.country or "", line.unit), ()) if any(_is_name(name, line.name) for name in v.names)]
        meant = [v for v in named if v.year == line.year] if line.year else named
        if not meant or line.group:
            # A figure of a group («among Arab states») is another figure than that of the whole table.
            return Checked(verdict="unknown")
        fitting = [value for value in meant if agrees(line, value.value)]
        chosen = max(fitting or meant, key=lambda value: value.year)
        disputed = len({value.value for value in meant if value.year == chosen.year}) > 1
        by = None if fitting else round(line.value - chosen.value, 6)
        return Checked(
            verdict="agrees" if fitting else "differs", value=chosen.value, by=by, edition=chosen.edition, source=chosen.source,
            table=chosen.table, disputed=disputed,
        )  # fmt: skip


def load_references(store: Store) -> References:
    """Return the reference tables of a workspace."""
    return References(store.reference_values())


def agrees(line: FigureLine, value: float) -> bool:
    """Say whether a claim holds for a value, as exactly as it is printed: 97.5 for 97.52, "at least 40" for 41.

    >>> agrees(FigureLine(key="", name="x", value=97.5, unit="%", proofs=()), 97.52)
    True
    """
    if line.comparator == "<=":
        return value <= line.value
    if line.comparator == ">=":
        return value >= line.value
    if line.comparator == "~":
        return abs(line.value - value) <= _ABOUT * abs(value)
    _, _, decimals = f"{line.value:.6f}".rstrip("0").partition(".")
    return abs(line.value - value) <= 0.5 * 10 ** -len(decimals) + 1e-9 if line.unit != "rank" else line.value == value


def contradictions(values: Iterable[ReferenceValue]) -> list[tuple[ReferenceValue, ReferenceValue]]:
    """Return the values of reference tables that stand against each other: one index, edition, country and unit, two values."""
    first: dict[tuple[object, ...], ReferenceValue] = {}
    found = []
    for value in values:
        for name in value.names:
            other = first.setdefault((comparable(name), value.year, value.country, value.unit), value)
            if other.value != value.value:
                found.append((other, value))
                break
    return found


def _is_name(name: str, claimed: str) -> bool:
    """Say whether the name of a claim means an index: all words of the one stand in the other."""
    ours, theirs = set(comparable(name)), set(comparable(claimed))
    if not ours or not theirs:
        return False
    return ours <= theirs or (theirs <= ours and len(theirs) >= _WORDS)
