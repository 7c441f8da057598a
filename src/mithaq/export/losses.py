"""What a format could not carry: how many facts and which of their fields were left behind, and why; nothing goes missing in silence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from mithaq.answers.sources import PROTECTED as RIGHTS
from mithaq.export.parcel import Parcel, Report, SentEntity, SentEvent, SentFigure, SentStatement, SentThread, words_of
from mithaq.model import Document, Evidence
from mithaq.model.happening import Source
from mithaq.model.vocabulary import Language

Fact = SentEvent | SentStatement | SentFigure | SentEntity | SentThread | Document
PROTECTED = "the page is protected: its facts and its link leave, its words stay"
MOST_WORDS = 8  # of one fact of a protected page
FULL_TEXT = "the full text of pages stays with the analysts"
NO_PLACE = "the format has no place for it"
# What no text states: nothing, and the plainest value of a field that always has one.
_NOT_SAID = (None, "", (), False, "=")

# The fields of each layer that count when a text states them, in the order of the report.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "events": (
        "stage", "parties", "people", "bodies", "roles", "place", "place_country", "date", "date_end", "date_basis", "date_text", "groups",
        "modality", "amount", "topics", "digital", "differs", "thread", "quote", "span", "why",
    ),
    "statements": (
        "kind", "speaker", "country", "on_behalf_of", "toward", "reported", "deliverable", "due", "amount", "topics", "thread",
        "quote", "span", "why",
    ),
    "figures": ("name", "publisher", "comparator", "value", "unit", "country", "year", "group", "claimant", "quote", "span", "why"),
    "people": ("other names", "language of names", "country", "roles", "body", "mentions"),
    "bodies": ("other names", "language of names", "kind", "country", "code", "mentions"),
    "programmes": ("other names", "language of names", "country", "part_of", "mentions"),
    "threads": ("subject", "parties", "people", "bodies", "topics", "steps", "status"),
    "pages": (
        "title", "url", "outlet", "agency", "section", "published", "retrieved", "lang", "rights", "topics", "pairs", "copy_of", "places",
        "times", "coreferences", "judged", "text",
    ),
}  # fmt: skip
LAYERS = tuple(FIELDS)


class Loss(msgspec.Struct, frozen=True, order=True):
    """So many facts of a layer that were left behind, whole or but for one ``field``, and why."""

    layer: str
    field: str | None
    reason: str
    count: int


class LossReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of everything that was to leave: ``given`` = ``written`` + losses of whole facts, layer by layer."""

    format: str
    given: dict[str, int]
    written: dict[str, int]
    lost: tuple[Loss, ...]

    def encode(self) -> bytes:
        """Return the report as JSON, indented."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"

    def lines(self) -> list[str]:
        """Return the report in words: what was written, then what was not, whole facts before fields."""
        written = ", ".join(f"{count} {layer}" for layer, count in self.written.items()) or "nothing"
        told = [f"{self.format}: {written} written"]
        whole = [one for one in self.lost if one.field is None]
        told += [f"  left behind: {one.count} of {self.given[one.layer]} {one.layer}: {one.reason}" for one in whole]
        fields = [one for one in self.lost if one.field is not None]
        for layer in LAYERS:
            by_reason: dict[str, list[str]] = {}
            for one in fields:
                if one.layer == layer:
                    by_reason.setdefault(one.reason, []).append(f"{one.field} ({one.count})")
            told += [f"  not carried of {layer}: {', '.join(names)}: {reason}" for reason, names in by_reason.items()]
        return told


class Tally:
    """Counts what is written and what is left behind while a format is written.

    ``carried`` names the fields of each layer that the format has a place for, ``reasons`` why it has none for another one, by layer and
    field. A layer that is not in ``carried`` cannot be written: each of its facts must be dropped.
    """

    def __init__(
        self, format: str, parcel: Parcel, carried: Mapping[str, Iterable[str]], reasons: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        self._format = format
        self._given = {
            "events": len(parcel.events), "statements": len(parcel.statements), "figures": len(parcel.figures),
            "people": len(parcel.of_kind("person")), "bodies": len(parcel.of_kind("body")),
            "programmes": len(parcel.of_kind("programme")), "threads": len(parcel.threads), "pages": len(parcel.pages),
        }  # fmt: skip
        self._carried = {layer: frozenset(fields) for layer, fields in carried.items()}
        self._reasons = {("pages", "text"): FULL_TEXT, **(reasons or {})}
        self._written: Counter[str] = Counter()
        self._lost: Counter[tuple[str, str | None, str]] = Counter()

    def carry(self, layer: str, fact: Fact, *, but: Mapping[str, str] | None = None) -> None:
        """Count a fact as written, and each field that its text states and the format cannot carry.

        *but* gives the reason for fields that the format could carry, but not those of this fact.
        """
        self._written[layer] += 1
        carried = self._carried.get(layer, frozenset())
        for field in FIELDS[layer]:
            if not is_stated(fact, field):
                continue
            reason = (but or {}).get(field)
            if reason is None and field not in carried:
                reason = self._reasons.get((layer, field), NO_PLACE)
            elif reason is None and field == "quote" and not any(shown for shown in quotes_of(fact)):
                reason = PROTECTED
            if reason:
                self._lost[layer, field, reason] += 1

    def miss(self, layer: str, field: str, reason: str) -> None:
        """Count one more thing of a written fact that could not be carried."""
        self._lost[layer, field, reason] += 1

    def drop(self, layer: str, reason: str, count: int = 1) -> None:
        """Count facts that the format cannot carry at all."""
        if count:
            self._lost[layer, None, reason] += count

    def drop_layers(self, reasons: Mapping[str, str]) -> None:
        """Count all facts of some layers as left behind."""
        for layer, reason in reasons.items():
            self.drop(layer, reason, self._given[layer])

    def report(self) -> LossReport:
        """Return what was counted."""
        order = {layer: n for n, layer in enumerate(LAYERS)}
        lost = sorted(self._lost.items(), key=lambda one: (order[one[0][0]], one[0][1] is not None, one[0][1] or "", one[0][2]))
        return LossReport(
            format=self._format,
            given={layer: count for layer, count in self._given.items() if count},
            written={layer: self._written[layer] for layer in LAYERS if self._written[layer]},
            lost=tuple(Loss(layer, field, reason, count) for (layer, field, reason), count in lost),
        )


def shown_quote(page: Document | Source, evidence: Evidence) -> str | None:
    """Return the words of a fact as far as they may leave: None of a page that is protected (law 5)."""
    return None if page.rights == RIGHTS else evidence.quote


def shown_words(page: Document | Source, words: str) -> str:
    """Return printed words that are a fact (an office, a thing promised) as far as they may leave: of a protected page a few."""
    own = words.split()
    return words if page.rights != RIGHTS or len(own) <= MOST_WORDS else f"{' '.join(own[:MOST_WORDS])} …"


def quotes_of(fact: Fact) -> list[str | None]:
    """Return the words behind a fact, one for each page that tells it, None for those that may not leave."""
    if isinstance(fact, SentEvent):
        return [shown_quote(report.page, report.event.evidence) for report in fact.reports]
    if isinstance(fact, SentStatement | SentFigure):
        return [shown_quote(page, evidence) for page, evidence in words_of(fact)]
    return []


def is_stated(fact: Fact, field: str) -> bool:
    """Say whether the pages state this field of a fact; a place in the text, and words, every fact has."""
    if field in ("quote", "span", "mentions", "status"):
        return True
    if isinstance(fact, SentThread):
        return getattr(fact.thread, field) not in _NOT_SAID
    if isinstance(fact, SentEntity):
        return _is_stated_of(fact, field)
    if isinstance(fact, SentEvent) and field == "why":
        return any(report.event.why for report in fact.reports)
    if isinstance(fact, SentStatement):
        return getattr(fact if field == "thread" else fact.statement, field) not in _NOT_SAID
    if isinstance(fact, SentFigure):
        return getattr(fact.figure, field) not in _NOT_SAID
    return getattr(fact, field) not in _NOT_SAID


def _is_stated_of(entity: SentEntity, field: str) -> bool:
    if field == "other names":
        return bool(entity.others)
    if field == "language of names":
        return any(name.lang for name in entity.names)
    if field == "kind":
        return entity.kind == "body"
    if field in ("country", "code", "roles"):
        return getattr(entity, field) not in _NOT_SAID
    return any(getattr(naming, field, None) for naming in entity.namings)


def langs_of(reports: Iterable[Report]) -> tuple[Language, ...]:
    """Return the languages of the pages that tell an event, each once."""
    return tuple(dict.fromkeys(report.page.lang for report in reports if report.page.lang))
