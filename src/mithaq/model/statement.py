"""What was said: needs, offers, intents, commitments, achievements, appraisals, refusals; and cited figures."""

from __future__ import annotations

import msgspec

from mithaq.model.event import Amount
from mithaq.model.span import Evidence, require_evidence
from mithaq.model.vocabulary import Comparator, Reported, StatementKind, Topic


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a speaker says. ``speaker`` None means that the text names none (narrator, aim of a visit)."""

    kind: StatementKind
    evidence: Evidence
    speaker: str | None = None
    country: str | None = None
    on_behalf_of: str | None = None
    toward: str | None = None
    reported: Reported = "indirect"
    deliverable: str | None = None
    due: str | None = None
    amount: Amount | None = None
    topics: tuple[Topic, ...] = ()
    why: str = ""
    confidence: float | None = None

    def __post_init__(self) -> None:
        require_evidence(f"a {self.kind}", self.evidence)


class Indicator(msgspec.Struct, frozen=True, kw_only=True):
    """A cited figure: who claims that which publisher gives which country what value. Never a fact by itself."""

    name: str
    value: float
    unit: str
    evidence: Evidence
    publisher: str | None = None
    comparator: Comparator = "="
    country: str | None = None
    year: int | None = None
    group: str | None = None
    claimant: str | None = None
    why: str = ""
    confidence: float | None = None

    def __post_init__(self) -> None:
        require_evidence(f"figure {self.name!r}", self.evidence)
