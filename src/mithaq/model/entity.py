"""Who and what a page names: times, places, people, bodies, programmes, and epithets that stand for them."""

from __future__ import annotations

import msgspec

from mithaq.errors import EvidenceError
from mithaq.model.span import Evidence
from mithaq.model.vocabulary import BodyKind, DateBasis, PlaceKind, SideBasis


def require_mentions(what: str, name: str, mentions: tuple[Evidence, ...]) -> None:
    """Raise EvidenceError unless an entity has a name and at least one mention (law 2)."""
    if not name.strip() or not mentions:
        raise EvidenceError(f"{what} {name!r} has no mention in the text")


class Time(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An expression of time. ``value`` is YYYY, YYYY-MM or YYYY-MM-DD, None when the text does not allow to know it."""

    evidence: Evidence
    value: str | None = None
    end: str | None = None
    basis: DateBasis | None = None
    why: str = ""


class Place(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One mention of a country, city or region; ``country`` is its code, None where disputed or unknown."""

    name: str
    kind: PlaceKind
    country: str | None
    evidence: Evidence
    why: str = ""


class Person(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A person named in the article in a public role. ``country`` is the side represented, an ISO code or None.

    ``country_basis``: "stated" by the words beside the name, or "inferred" from the page as a whole.
    """

    name: str
    mentions: tuple[Evidence, ...]
    names: tuple[str, ...] = ()
    country: str | None = None
    country_basis: SideBasis | None = None
    role: str | None = None
    role_evidence: Evidence | None = None
    body: str | None = None
    why: str = ""
    confidence: float | None = None

    def __post_init__(self) -> None:
        require_mentions("person", self.name, self.mentions)


class Body(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Any organisation. ``code`` is an organisation code of the closed list (ITU, AfDB) when it is one of them.

    ``country_basis``: "stated" by the name or the words beside it, or "inferred" from the page as a whole.
    """

    name: str
    mentions: tuple[Evidence, ...]
    kind: BodyKind
    names: tuple[str, ...] = ()
    country: str | None = None
    country_basis: SideBasis | None = None
    code: str | None = None
    why: str = ""
    confidence: float | None = None

    def __post_init__(self) -> None:
        require_mentions("body", self.name, self.mentions)


class Programme(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A named programme, strategy, project, platform, forum or initiative; ``part_of`` names the larger one."""

    name: str
    mentions: tuple[Evidence, ...]
    country: str | None = None
    part_of: str | None = None
    why: str = ""
    confidence: float | None = None

    def __post_init__(self) -> None:
        require_mentions("programme", self.name, self.mentions)


class Coreference(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An epithet, surname or counterpart ("الوزيرة", "نظيره العماني") and the person or body it stands for."""

    evidence: Evidence
    name: str
    why: str = ""
