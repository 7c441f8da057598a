"""What really happened behind the pages: one happening with all its reports, and threads of what was promised and what came of it.

All of it is derived from documents and judgements, and can be made anew at any time.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from mithaq.errors import EvidenceError
from mithaq.model.event import Amount
from mithaq.model.span import Evidence, require_evidence
from mithaq.model.vocabulary import Stage

# What a report tells of: an event of the closed list of types, or a promise.
COMMITMENT = "commitment"
Schedule = Literal["none", "open", "due", "overdue", "met", "met_late"]
# "stopped": what was to come was suspended or cancelled; "put_off": a later page gives it a later day.
Degree = Literal["met", "partly_met", "met_differently", "stopped", "put_off"]
# A report by its place: page, list of the page ("events" or "statements"), number in the list.
ReportKey = tuple[str, str, int]
# Why a page does not stand any more: its site took it down, or has a later version of it.
Gone = Literal["withdrawn", "older"]


class Teller(msgspec.Struct, frozen=True, kw_only=True):
    """A page as far as a comparison of its reports needs it. ``published`` is its day of publication, else of retrieval.

    ``subjects`` are the codes of what its words mean in any language (``vocabularies/subject_words.yml``).

    ``names`` are the people and programmes on it, ``figures`` the numbers in its article, both in the order of the text. ``rare`` are the
    consonants of its uncommon words, by which pages in two scripts meet. ``gone`` says why a page does not stand any more.
    """

    document: str
    path: str | None = None
    title: str | None = None
    lang: str | None = None
    outlet: str | None = None
    agency: str | None = None
    published: str | None = None
    copy_of: str | None = None
    rights: str | None = None
    gone: Gone | None = None
    sentences: int = 0
    topics: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    figures: tuple[float, ...] = ()

    @property
    def stands(self) -> bool:
        """Say whether its site still has the page, and as it is here."""
        return self.gone is None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One page's report of an event, or of a promise: what is compared with the reports of other pages.

    ``key`` is its fact's name for judgements. ``people`` and ``bodies`` are names; ``who`` holds the ids of their entities where known,
    ``known`` those of the people by name, ``things`` and ``about_things`` those of the programmes.
    ``figures``, ``words`` (stems), ``rare`` (consonants of uncommon words) and ``subjects`` (codes of meanings) are those of the sentence;
    ``about``, ``about_rare`` and ``about_names`` (programmes) those of the part of the page that tells of it. ``date`` of a promise is when
    it is due, ``promised`` holds the types of happenings that its words name; ``sides`` are the parties, or the sides of the page's pairs
    when the report names less than two. ``due`` is the limit that is told for a plan without a date («قبل نهاية مارس»).
    """

    list: Literal["events", "statements"]
    item: int
    key: str
    type: str
    evidence: Evidence
    stage: Stage | None = None
    parties: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    known: dict[str, str] = {}
    programmes: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    place: str | None = None
    place_country: str | None = None
    date: str | None = None
    date_end: str | None = None
    due: str | None = None
    amount: Amount | None = None
    topics: tuple[str, ...] = ()
    figures: tuple[float, ...] = ()
    words: tuple[str, ...] = ()
    rare: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    about_rare: tuple[str, ...] = ()
    about_names: tuple[str, ...] = ()
    about_things: tuple[str, ...] = ()
    speaker: str | None = None
    deliverable: str | None = None
    promised: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_evidence(f"a report of a {self.type}", self.evidence)


class Told(msgspec.Struct, frozen=True):
    """A page and all its reports."""

    teller: Teller
    reports: tuple[Report, ...]


class Telling(msgspec.Struct, frozen=True):
    """One report and the page that gives it."""

    teller: Teller
    report: Report

    @property
    def key(self) -> ReportKey:
        """The report's place among all pages."""
        return self.teller.document, self.report.list, self.report.item


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A page that reports a happening, with its words; ``fact`` is the report's name for people's decisions.

    ``gone`` says why the page does not stand any more; its words stay among the reports, but bear no witness beside those that stand.
    """

    document: str
    list: str
    item: int
    evidence: Evidence
    fact: str = ""
    path: str | None = None
    title: str | None = None
    lang: str | None = None
    outlet: str | None = None
    published: str | None = None
    rights: str | None = None
    gone: Gone | None = None


class Value(msgspec.Struct, frozen=True):
    """What some of the pages say: the value, and their ids."""

    value: str
    documents: tuple[str, ...]


class Difference(msgspec.Struct, frozen=True):
    """Where reports of one happening do not say the same: date, stage, place, parties, names, amount or figures."""

    field: str
    values: tuple[Value, ...]


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """One happening, or one promise, with all its reports: the first one published stands first, and its words stay.

    ``witnesses`` groups the pages that count as one: copies, translations, one outlet, one agency. What the pages say, and where they
    differ, is what those say that still stand, or all of them where none does. ``date`` has the precision of the
    best report (YYYY, YYYY-MM or YYYY-MM-DD); a promise is dated by when it is due, and ``promised`` are the types of happenings that its
    words name; ``due`` is the limit told for a plan without a date. ``terms`` are the stems of its sentences by language,
    ``rare`` the consonants of their uncommon words, ``subjects`` the codes of their meanings; ``page_topics``, ``page_rare`` and
    ``page_subjects`` are those of the whole pages; ``about``, ``about_rare`` and ``about_names`` those of the parts that tell of it;
    ``things`` and ``about_things`` the ids of the programmes named, where known.
    """

    id: str
    type: str
    sources: tuple[Source, ...]
    witnesses: tuple[tuple[str, ...], ...]
    stage: Stage | None = None
    parties: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    place: str | None = None
    place_country: str | None = None
    date: str | None = None
    date_end: str | None = None
    due: str | None = None
    published: str | None = None
    topics: tuple[str, ...] = ()
    figures: tuple[float, ...] = ()
    amounts: tuple[Amount, ...] = ()
    differences: tuple[Difference, ...] = ()
    speaker: str | None = None
    deliverable: str | None = None
    promised: tuple[str, ...] = ()
    terms: dict[str, tuple[str, ...]] = {}
    rare: tuple[str, ...] = ()
    page_topics: tuple[str, ...] = ()
    page_rare: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    page_subjects: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    about_rare: tuple[str, ...] = ()
    about_names: tuple[str, ...] = ()
    about_things: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.sources or not self.witnesses:
            raise EvidenceError(f"happening {self.id!r} has no report")

    @property
    def first(self) -> Source:
        """The report published first: its wording is what was said at the beginning."""
        return self.sources[0]


class Outcome(msgspec.Struct, frozen=True):
    """What came of a promise: the happening, and in what degree it is what was promised."""

    happening: str
    degree: Degree


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """A happening as a step of a thread; ``due`` is the limit told for a plan without a date, ``outcome`` of a plan or promise is None
    where no page tells one.
    """

    happening: str
    type: str
    sources: tuple[Source, ...]
    witnesses: int
    stage: Stage | None = None
    date: str | None = None
    due: str | None = None
    published: str | None = None
    deliverable: str | None = None
    outcome: Outcome | None = None


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """One matter over time: its steps in order. ``subject`` is in the words of the first page that tells of it."""

    id: str
    subject: str
    steps: tuple[Step, ...]
    parties: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.steps:
            raise EvidenceError(f"thread {self.id!r} has no step")


class Status(msgspec.Struct, frozen=True, kw_only=True):
    """How a matter stands as far as the pages tell: the last stage said, the highest one evidenced by how many witnesses, the schedule.

    ``searched`` is the number of sources at hand, ``searched_until`` the last day of which they tell.
    """

    official: Stage | None
    evidence: Stage | None
    witnesses: int
    schedule: Schedule
    due: str | None
    searched: int
    searched_until: str | None
