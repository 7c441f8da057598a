"""The lines of a dossier: one event, statement, figure, person, body or programme, each with its proofs.

A field that is None means that the text does not say. ``key`` is unique in a dossier and fit for an anchor ("event-3").
"""

from __future__ import annotations

import msgspec

from mithaq.answers.sources import Proof
from mithaq.model import Amount, Group, Part
from mithaq.model.vocabulary import (
    BodyKind,
    Comparator,
    DateBasis,
    EventType,
    Modality,
    Reported,
    Stage,
    StatementKind,
    Topic,
)
from mithaq.text.fold import fold_text


class EventLine(msgspec.Struct, frozen=True, kw_only=True):
    """A happening, once, however many pages tell it: one proof per telling."""

    key: str
    type: EventType
    proofs: tuple[Proof, ...]
    stage: Stage | None = None
    parties: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    roles: tuple[Part, ...] = ()
    groups: tuple[Group, ...] = ()
    place: str | None = None
    place_country: str | None = None
    date: str | None = None
    date_end: str | None = None
    date_basis: DateBasis | None = None
    date_text: str | None = None
    modality: Modality | None = None
    amount: Amount | None = None
    topics: tuple[Topic, ...] = ()


class StatementLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a speaker said; ``said_on`` is when the first page that reports it was published, not when it was said."""

    key: str
    kind: StatementKind
    proofs: tuple[Proof, ...]
    speaker: str | None = None
    speaker_role: str | None = None
    country: str | None = None
    on_behalf_of: str | None = None
    toward: str | None = None
    reported: Reported = "indirect"
    deliverable: str | None = None
    due: str | None = None
    amount: Amount | None = None
    topics: tuple[Topic, ...] = ()
    said_on: str | None = None

    @property
    def behalf(self) -> str | None:
        """Return for whom the speaker speaks, unless the office names it already («مدير الوكالة», on behalf of «الوكالة»)."""
        named = self.on_behalf_of and fold_text(self.on_behalf_of) in fold_text(f"{self.speaker or ''} {self.speaker_role or ''}")
        return None if named else self.on_behalf_of


class FigureLine(msgspec.Struct, frozen=True, kw_only=True):
    """A figure as claimed: who says that which publisher gives which country what value."""

    key: str
    name: str
    value: float
    unit: str
    proofs: tuple[Proof, ...]
    publisher: str | None = None
    comparator: Comparator = "="
    country: str | None = None
    year: int | None = None
    group: str | None = None
    claimants: tuple[str, ...] = ()


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A role that a page gives a person, as printed, with the body where the page names it."""

    role: str
    proof: Proof
    body: str | None = None


class PersonLine(msgspec.Struct, frozen=True, kw_only=True):
    """A person with every name and office printed; ``proofs`` hold the first mention on each page."""

    key: str
    name: str
    proofs: tuple[Proof, ...]
    names: tuple[str, ...] = ()
    country: str | None = None
    offices: tuple[Office, ...] = ()


class BodyLine(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation; ``side`` is the country or organisation code that it stands for."""

    key: str
    name: str
    kind: BodyKind
    proofs: tuple[Proof, ...]
    names: tuple[str, ...] = ()
    side: str | None = None


class ProgrammeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A named programme, strategy, platform or forum, and the larger one that it belongs to."""

    key: str
    name: str
    proofs: tuple[Proof, ...]
    names: tuple[str, ...] = ()
    country: str | None = None
    part_of: str | None = None
