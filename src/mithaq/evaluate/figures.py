"""What a measurement is made of: found, invented and missed things, right answers among those asked, and the table people read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec


class Tally(msgspec.Struct, frozen=True):
    """Things found that are there (``tp``), found that are not (``fp``), and there but not found (``fn``)."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        """The part of what was found that is there, 0 to 1; None when nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        """The part of what is there that was found, 0 to 1; None when nothing is there."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when nothing is there and nothing was found."""
        p, r = self.precision, self.recall
        if p and r:
            return 2 * p * r / (p + r)
        return None if p is None and r is None else 0.0

    def row(self) -> dict[str, Any]:
        """Return the figure as plain data."""
        return {"p": self.precision, "r": self.recall, "f1": self.f1, "tp": self.tp, "fp": self.fp, "fn": self.fn}


class Share(msgspec.Struct, frozen=True):
    """Right answers among those asked."""

    right: int = 0
    asked: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.asked + other.asked)

    @property
    def share(self) -> float | None:
        """The part that is right, 0 to 1; None when nothing was asked."""
        return self.right / self.asked if self.asked else None

    def row(self) -> dict[str, Any]:
        """Return the figure as plain data."""
        return {"share": self.share, "right": self.right, "asked": self.asked}


def share_of(answers: Iterable[bool]) -> Share:
    """Return the share of True among *answers*."""
    given = tuple(answers)
    return Share(sum(given), len(given))


class Result(msgspec.Struct, frozen=True):
    """All figures over some pages: ``f1`` of things to find, ``share`` of questions to answer, both by name."""

    documents: int = 0
    f1: Mapping[str, Tally] = {}
    share: Mapping[str, Share] = {}

    def __add__(self, other: Result) -> Result:
        return Result(self.documents + other.documents, _joined(self.f1, other.f1, Tally()), _joined(self.share, other.share, Share()))

    def rows(self) -> dict[str, Any]:
        """Return ``{"documents": …, "f1": {name: {p, r, f1, tp, fp, fn}}, "share": {name: {share, right, asked}}}``."""
        return {
            "documents": self.documents,
            "f1": {name: tally.row() for name, tally in self.f1.items()},
            "share": {name: share.row() for name, share in self.share.items()},
        }

    def table(self) -> str:
        """Return the figures as lines of text, for people."""
        pages = "1 page" if self.documents == 1 else f"{self.documents} pages"
        lines = [pages, f"{'':28s}      P      R     F1    tp   fp   fn"]
        for name, t in self.f1.items():
            lines.append(f"{name:28s} {_cell(t.precision)} {_cell(t.recall)} {_cell(t.f1)} {t.tp:5d} {t.fp:4d} {t.fn:4d}")
        lines.append(f"{'':28s}  share  right / asked")
        for name, s in self.share.items():
            lines.append(f"{name:28s} {_cell(s.share)} {s.right:6d} / {s.asked}")
        return "\n".join(lines)


# The key of the figures over pages of every language.
ALL = "all"


class Measured(msgspec.Struct, frozen=True):
    """The figures of one named set of pages, by language and for all (``ALL``)."""

    pages: str
    results: Mapping[str, Result]


Figure = TypeVar("Figure", Tally, Share)


def _joined(a: Mapping[str, Figure], b: Mapping[str, Figure], nothing: Figure) -> dict[str, Figure]:
    return {name: a.get(name, nothing) + b.get(name, nothing) for name in (*a, *(name for name in b if name not in a))}


def _cell(value: float | None) -> str:
    return "   -  " if value is None else f"{value:6.3f}"
