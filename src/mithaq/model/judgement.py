"""What a person or a rule decided about records: same, different, accept, reject ... by whom, when, why; never changed, never deleted."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from mithaq.errors import EvidenceError

Verb = Literal["same", "different", "unsure", "accept", "reject", "correct", "add", "split", "undo"]
VERBS: tuple[Verb, ...] = get_args(Verb)


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about one or two records. An earlier one gives way to a new one that names it in ``replaces``; "undo" only takes back.

    ``subject`` and ``other`` are ids of records (of a fact: see :func:`mithaq.model.fact.fact_key`), ``by`` a person, a rule or a model
    with its version, ``at`` a time in ISO 8601 (UTC). ``quote`` holds the words that the judged fact rests on, by which it is found again
    when a new reading moves it. To "correct" names one ``field`` and its new ``value`` as text, empty for: the text does not say.
    To "add" a fact that the machine did not see names its layer in ``field`` and what it says, as JSON, in ``value``.
    """

    subject: str
    verb: Verb
    by: str
    at: str
    other: str | None = None
    why: str = ""
    replaces: int | None = None
    quote: str = ""
    field: str | None = None
    value: str | None = None

    def __post_init__(self) -> None:
        if not self.subject.strip() or not self.by.strip():
            raise EvidenceError(f"a judgement {self.verb!r} needs a subject and the name of who judges")
        if (self.verb in ("correct", "add")) != (self.field is not None and self.value is not None):
            told = f"a judgement {self.verb!r} of {self.subject!r}"
            raise EvidenceError(f"{told} must name field and value when it corrects or adds, and only then")
        if self.verb == "undo" and self.replaces is None:
            raise EvidenceError(f"a judgement that takes back another one of {self.subject!r} must name it in 'replaces'")


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """How a fact was judged: the decision that stands for the fact of ``layer`` and ``kind`` at ``start:end``, by whom, when and why.

    ``was`` is what the machine had read in a corrected field. A rejected fact is shown nowhere; only this tells that it was there.
    """

    start: int
    end: int
    verb: Verb
    by: str
    at: str
    layer: str = ""
    kind: str = ""
    why: str = ""
    field: str | None = None
    value: str | None = None
    was: str | None = None
