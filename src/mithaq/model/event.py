"""What happened: one event per happening, with its parties, people, stage, place and date."""

from __future__ import annotations

import msgspec

from mithaq.model.span import Evidence, require_evidence
from mithaq.model.vocabulary import DateBasis, EventType, Modality, PartRole, Stage, Topic


class Amount(msgspec.Struct, frozen=True):
    """A sum of money as claimed; ``currency`` is an ISO 4217 code."""

    value: float
    currency: str


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Unnamed collective participants ("حوالي عشرة مهندسين شباب"); ``size`` None when the text gives none."""

    words: str
    evidence: Evidence
    size: float | None = None
    approximate: bool = False
    country: str | None = None

    def __post_init__(self) -> None:
        require_evidence(f"group {self.words!r}", self.evidence)


class Part(msgspec.Struct, frozen=True):
    """The role in which a person or body took part; "mentioned" means: did not take part."""

    name: str
    role: PartRole
    evidence: Evidence

    def __post_init__(self) -> None:
        require_evidence(f"the part of {self.name!r}", self.evidence)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A happening. ``parties`` are sorted codes of the sides that took part, not of those only mentioned."""

    type: EventType
    evidence: Evidence
    stage: Stage | None = None
    parties: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    roles: tuple[Part, ...] = ()
    place: str | None = None
    place_country: str | None = None
    date: str | None = None
    date_end: str | None = None
    date_basis: DateBasis | None = None
    date_text: str | None = None
    groups: tuple[Group, ...] = ()
    modality: Modality | None = None
    amount: Amount | None = None
    topics: tuple[Topic, ...] = ()
    digital: bool = False
    why: str = ""
    confidence: float | None = None

    def __post_init__(self) -> None:
        require_evidence(f"a {self.type}", self.evidence)


class Pair(msgspec.Struct, frozen=True, order=True):
    """Two sides that interact, sorted, and the words that show it."""

    a: str
    b: str
    evidence: Evidence
    why: str = ""
    confidence: float | None = None

    def __post_init__(self) -> None:
        require_evidence(f"pair {self.a}-{self.b}", self.evidence)
