"""What a person or a rule decided about records: same, different, accept, reject ... by whom, when, why; never changed, never deleted."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from mithaq.errors import EvidenceError

Verb = Literal["same", "different", "unsure", "accept", "reject", "correct", "split"]
VERBS: tuple[Verb, ...] = get_args(Verb)


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about one or two records; an earlier one is undone by a new one that names it in ``replaces``.

    ``subject`` and ``other`` are ids of records, ``by`` a person, a rule or a model with its version, ``at`` a time in ISO 8601 (UTC).
    """

    subject: str
    verb: Verb
    by: str
    at: str
    other: str | None = None
    why: str = ""
    replaces: int | None = None

    def __post_init__(self) -> None:
        if not self.subject.strip() or not self.by.strip():
            raise EvidenceError(f"a judgement {self.verb!r} needs a subject and the name of who judges")
