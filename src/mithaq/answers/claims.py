"""Cited figures by what they measure, and where pages contradict each other about one of them."""

from __future__ import annotations

import msgspec

from mithaq.answers.browse import Listing, list_figures
from mithaq.answers.lines import FigureLine
from mithaq.model import Evidence
from mithaq.store.browse import Narrow, Row
from mithaq.store.store import Store
from mithaq.text.fold import fold_text

MOST_CLAIMS = 200  # of one figure on one page
_MOST_FIGURES = 100_000
_WHOLE = 100  # per cent


class Conflict(msgspec.Struct, frozen=True):
    """Lines that give one figure of one country and year different values."""

    country: str | None
    year: int | None
    unit: str
    lines: tuple[FigureLine, ...]


class Claims(msgspec.Struct, frozen=True):
    """All that the pages say of one figure, by country, and what of it does not fit together."""

    name: str
    listing: Listing[FigureLine]
    conflicts: tuple[Conflict, ...]


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One page's claim of a figure, as printed there; ``impossible`` says that its unit does not allow such a value."""

    line: FigureLine
    claimant: str | None
    document: str
    path: str | None
    evidence: Evidence
    outlet: str | None = None
    published: str | None = None
    impossible: bool = False


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a country and year with the claims of all pages, first published first; ``conflict``: they contradict each other."""

    name: str
    country: str | None
    year: int | None
    claims: tuple[Claim, ...]
    conflict: bool = False


def compare_figures(store: Store, name: str | None = None, country: str | None = None) -> tuple[Figure, ...]:
    """Return every cited figure by name, country and year; those whose name holds *name*, whatever its case and marks."""
    asked = fold_text(name or "")
    groups: dict[tuple[str, str, int], list[Claim]] = {}
    for row in store.browse("indicators", Narrow(relevant=True, country=country), limit=_MOST_FIGURES).rows:
        folded = fold_text(str(row["name"]))
        if asked in folded:
            claim = _read_claim(row)
            groups.setdefault((folded, claim.line.country or "", claim.line.year or 0), []).append(claim)
    return tuple(_figure(groups[key]) for key in sorted(groups))


def _figure(claims: list[Claim]) -> Figure:
    ordered = sorted(claims, key=lambda c: (c.published or "9999", c.document, c.evidence.start))
    lines = tuple(claim.line for claim in ordered)
    first = lines[0]
    return Figure(name=first.name, country=first.country, year=first.year, claims=tuple(ordered), conflict=bool(find_conflicts(lines)))


def _read_claim(row: Row) -> Claim:
    """Return the claim that a row of the store holds."""
    line = msgspec.convert({"key": "", "proofs": (), **{name: row[name] for name in _OF_A_LINE}}, FigureLine)
    place = {"start": row["start"], "end": row["end"], "quote": row["quote"]}
    told = {name: row[name] for name in ("claimant", "path", "outlet", "published")}
    marks = {"line": line, "evidence": place, "document": row["source"], "impossible": is_impossible(line.value, line.unit)}
    return msgspec.convert({**told, **marks}, Claim)


_OF_A_LINE = ("name", "value", "unit", "publisher", "comparator", "country", "year", "group")


def is_impossible(value: float, unit: str) -> bool:
    """Say whether a unit does not allow a value: a rank counts from one, a share ends at the whole, no count is below nothing.

    A growth of more than the whole is marked too: it is no share, and its sentence tells.
    """
    if unit == "rank":
        return value < 1 or value != int(value)
    return value > _WHOLE if unit == "%" else unit == "count" and value < 0


def list_claims(
    store: Store, name: str, country: str | None = None, *, topic: str | None = None, after: str | None = None, limit: int = MOST_CLAIMS
) -> Claims:
    """Return the claims of a figure by its printed name; those for one country, or of pages on one topic, when it is given.

    ``listing.after`` asks for the next ones; contradictions are sought among those that are returned.
    """
    listing = list_figures(store, Narrow(relevant=True, name=name, country=country, topic=topic), limit=limit, after=after)
    return Claims(name, listing, find_conflicts(listing.lines))


def find_conflicts(lines: tuple[FigureLine, ...]) -> tuple[Conflict, ...]:
    """Return the claims that contradict each other: one name, country, year, unit, group and comparator, and several values.

    A count of things has no one value unless its year is told; a figure without a country may be of any.
    """
    groups: dict[tuple[object, ...], list[FigureLine]] = {}
    for line in lines:
        if line.country is not None and (line.year is not None or line.unit != "count"):
            key = (fold_text(line.name), line.country, line.year, line.unit, line.comparator, line.group)
            groups.setdefault(key, []).append(line)
    return tuple(
        Conflict(group[0].country, group[0].year, group[0].unit, tuple(group))
        for group in groups.values()
        if len({line.value for line in group}) > 1
    )
