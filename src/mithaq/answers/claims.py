"""Cited figures by what they measure, and where pages contradict each other about one of them."""

from __future__ import annotations

import msgspec

from mithaq.answers.browse import Listing, list_figures
from mithaq.answers.lines import FigureLine
from mithaq.answers.reference import Checked, References, load_references
from mithaq.model import Evidence
from mithaq.model.reference import is_impossible
from mithaq.store.browse import Narrow, Row
from mithaq.store.store import Store
from mithaq.text.fold import fold_text

MOST_CLAIMS = 200  # of one figure on one page
_MOST_FIGURES = 100_000


class Conflict(msgspec.Struct, frozen=True):
    """Lines that give one figure of one country and year different values."""

    country: str | None
    year: int | None
    unit: str
    lines: tuple[FigureLine, ...]


class Claims(msgspec.Struct, frozen=True):
    """All that the pages say of one figure, by country, and what of it does not fit together.

    ``checks`` tells by the key of a line what the reference tables say of it; empty where there are none. ``impossible`` are the keys of
    lines whose unit does not allow their value.
    """

    name: str
    listing: Listing[FigureLine]
    conflicts: tuple[Conflict, ...]
    checks: dict[str, Checked] = {}
    impossible: tuple[str, ...] = ()


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One page's claim of a figure, as printed there; ``impossible`` says that its unit does not allow such a value.

    ``checked`` is what the reference tables say of it, None where there are none.
    """

    line: FigureLine
    claimant: str | None
    document: str
    path: str | None
    evidence: Evidence
    outlet: str | None = None
    published: str | None = None
    impossible: bool = False
    checked: Checked | None = None


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
    references = load_references(store)
    groups: dict[tuple[str, str, int], list[Claim]] = {}
    for row in store.browse("indicators", Narrow(relevant=True, country=country), limit=_MOST_FIGURES).rows:
        folded = fold_text(str(row["name"]))
        if asked in folded:
            claim = _read_claim(row, references)
            groups.setdefault((folded, claim.line.country or "", claim.line.year or 0), []).append(claim)
    return tuple(_figure(groups[key]) for key in sorted(groups))


def _figure(claims: list[Claim]) -> Figure:
    ordered = sorted(claims, key=lambda c: (c.published or "9999", c.document, c.evidence.start))
    lines = tuple(claim.line for claim in ordered)
    first = lines[0]
    return Figure(name=first.name, country=first.country, year=first.year, claims=tuple(ordered), conflict=bool(find_conflicts(lines)))


def _read_claim(row: Row, references: References) -> Claim:
    """Return the claim that a row of the store holds."""
    line = msgspec.convert({"key": "", "proofs": (), **{name: row[name] for name in _OF_A_LINE}}, FigureLine)
    place = {"start": row["start"], "end": row["end"], "quote": row["quote"]}
    told = {name: row[name] for name in ("claimant", "path", "outlet", "published")}
    marks = {"line": line, "evidence": place, "document": row["source"], "impossible": is_impossible(line.value, line.unit)}
    return msgspec.structs.replace(msgspec.convert({**told, **marks}, Claim), checked=references.check(line))


_OF_A_LINE = ("name", "value", "unit", "publisher", "comparator", "country", "year", "group")


def list_claims(
    store: Store, name: str, country: str | None = None, *, topic: str | None = None, after: str | None = None, limit: int = MOST_CLAIMS
) -> Claims:
    """Return the claims of a figure by its printed name; those for one country, or of pages on one topic, when it is given.

    ``listing.after`` asks for the next ones; contradictions are sought among those that are returned.
    """
    listing = list_figures(store, Narrow(relevant=True, name=name, country=country, topic=topic), limit=limit, after=after)
    references = load_references(store)
    checks = {line.key: checked for line in listing.lines if (checked := references.check(line))}
    impossible = tuple(line.key for line in listing.lines if is_impossible(line.value, line.unit))
    return Claims(name, listing, find_conflicts(listing.lines), checks, impossible)


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
