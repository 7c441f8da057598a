"""Which facts a person should look at first: those that matter most of what the machine was unsure of, left open or contradicts."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from mithaq.answers.sources import Proof, prove
from mithaq.model import Body, Document, Event, Indicator, Person, Programme, Statement
from mithaq.model.fact import Fact, FactLayer, list_facts
from mithaq.model.judgement import Judgement
from mithaq.store.browse import Narrow
from mithaq.store.judged import Decision, Kept, standing, with_added
from mithaq.store.store import Filter, Store
from mithaq.text.fold import fold_text

LEAST = 0.25  # of doubt: below it a fact is not worth a person's time
_CHANCE = re.compile(r"(?<![\d.])([01]\.\d{2,3})(?!\d)")
_WHOLE = 100  # per cent
_ALL = 10_000_000  # pages
_SIDES = 2  # of what happens between countries

# What a cited figure is about, and the values that pages give for it.
Claims = Mapping[tuple[object, ...], frozenset[float]]


class Doubt(msgspec.Struct, frozen=True):
    """A fact in doubt: how much (0 to 1), why, its words in their sentence, and what somebody decided before when they were unsure.

    ``worth`` (0 to 1) is what a decision on it is worth: its doubt, times how much readers build on such a fact.
    """

    document: Document
    fact: Fact
    score: float
    worth: float
    reasons: tuple[str, ...]
    proof: Proof
    before: Judgement | None = None


class _Reason(NamedTuple):
    """One reason for doubt: whether a fact of a page gives it, how much it weighs (0 to 1), and its words."""

    holds: Callable[[Document, Fact], bool]
    weight: float
    words: str


def _lacks(of: type, field: str) -> Callable[[Document, Fact], bool]:
    return lambda _, fact: isinstance(fact.value, of) and not getattr(fact.value, field)


def _event(says: Callable[[Document, Event], bool]) -> Callable[[Document, Fact], bool]:
    return lambda document, fact: isinstance(fact.value, Event) and says(document, fact.value)


def _statement(says: Callable[[Document, Statement], bool]) -> Callable[[Document, Fact], bool]:
    return lambda document, fact: isinstance(fact.value, Statement) and says(document, fact.value)


def _indicator(says: Callable[[Document, Indicator], bool]) -> Callable[[Document, Fact], bool]:
    return lambda document, fact: isinstance(fact.value, Indicator) and says(document, fact.value)


def _is_past(document: Document, day: str | None) -> bool:
    """Say whether a date lies wholly before the day on which the page was published."""
    return bool(day and document.published and day < document.published[: len(day)])


def _is_to_come(document: Document, day: str | None) -> bool:
    return bool(day and document.published and day[: len(document.published)] > document.published[: len(day)])


def _ends_early(event: Event) -> bool:
    return bool(event.date and event.date_end and event.date_end < event.date[: len(event.date_end)])


# The policy. What a fact leaves open counts more, the more a reader builds on it; what it is at odds with counts most.
_OPEN = (
    _Reason(_lacks(Event, "date"), 0.25, "no date"),
    _Reason(_event(lambda _, e: len(e.parties) < _SIDES), 0.3, "fewer than two parties"),
    _Reason(_event(lambda _, e: e.type == "agreement" and not e.stage), 0.2, "no stage"),
    _Reason(_lacks(Statement, "country"), 0.25, "no country"),
    _Reason(_lacks(Statement, "speaker"), 0.1, "no speaker"),
    _Reason(_statement(lambda _, s: s.kind in ("commitment", "refusal")), 0.15, "much hangs on it"),
    _Reason(_lacks(Indicator, "country"), 0.3, "no country"),
    _Reason(_indicator(lambda _, i: not (i.publisher or i.claimant)), 0.15, "nobody cited for it"),
    _Reason(_lacks(Person, "country"), 0.3, "no country"),
    _Reason(_lacks(Person, "role"), 0.2, "no office"),
    _Reason(lambda _, f: isinstance(f.value, Body) and not (f.value.country or f.value.code), 0.2, "no country"),
    _Reason(_lacks(Programme, "country"), 0.1, "no country"),
)
_AT_ODDS = (
    _Reason(_event(lambda d, e: e.stage == "planned" and _is_past(d, e.date_end or e.date)), 0.4, "planned, yet dated before its page"),
    _Reason(_event(lambda d, e: e.stage not in (None, "planned") and _is_to_come(d, e.date)), 0.4, "not planned, yet dated after its page"),
    _Reason(_event(lambda _, e: _ends_early(e)), 0.5, "ends before it begins"),
    _Reason(_event(lambda _, e: len(e.parties) >= _SIDES and bool({e.place_country} - {None, *e.parties})), 0.25, "in a third country"),
    _Reason(_statement(lambda _, s: s.country is not None and s.country == s.toward), 0.5, "said to itself"),
    _Reason(_statement(lambda d, s: s.kind != "achievement" and _is_past(d, s.due)), 0.35, "due before its page was published"),
    _Reason(_indicator(lambda _, i: i.unit == "%" and i.value > _WHOLE), 0.3, "more than 100 %"),
    _Reason(_indicator(lambda d, i: i.year is not None and _is_to_come(d, str(i.year))), 0.2, "for a year to come"),
)
# How much readers build on a fact of a layer: a page is in or out with all its facts; a name stands beside what it did.
WEIGHTS: dict[FactLayer, float] = {
    "page": 1.0, "events": 0.9, "statements": 0.8, "indicators": 0.7, "pairs": 0.6, "people": 0.5, "programmes": 0.4, "bodies": 0.4,
}  # fmt: skip
_LESS = 0.6  # of an event of one side alone, of a statement of praise or record: no dossier turns on it
_ASIDE = ("achievement", "appraisal")


def find_doubts(
    store: Store,
    *,
    layers: Iterable[FactLayer] = (),
    wanted: Filter | None = None,
    least: float = LEAST,
    unsure: bool = False,
    narrow: Narrow | None = None,
    pages: int | None = None,
) -> list[Doubt]:
    """Return the facts in doubt, those first on which a decision is worth most; those already judged are left out, those judged "unsure"
    unless asked for.

    Of pages that repeat each other only the witness is shown: a decision on it holds for all. *narrow* instead of *wanted* looks as a
    list does, at the newest *pages* at most.
    """
    asked = frozenset(layers)
    # Facts are judged as the machine read them: a correction does not make another fact of one.
    if narrow is None:
        read = [store.reading(judged.id) for judged in store.documents(wanted or Filter()) if judged.copy_of is None]
    else:
        read = [store.reading(str(row["id"])) for row in store.browse("documents", narrow, limit=pages or _ALL).rows]
    claims = _claims_of(read)
    doubts = []
    for document in read:
        found = _doubts_of(document, store.decisions_for(document), unsure, claims)
        doubts += [doubt for doubt in found if not asked or doubt.fact.layer in asked]
    kept = [doubt for doubt in doubts if doubt.score >= least or doubt.before is not None]
    return sorted(kept, key=lambda d: (-d.worth, -d.score, d.document.published or "9999", d.document.id, d.fact.key))


def _doubts_of(document: Document, decisions: dict[str, Decision], unsure: bool, claims: Claims) -> Iterator[Doubt]:
    for fact in list_facts(document):
        if fact.layer != "page" and not document.relevant:
            continue  # on a page that is not for us only that is worth asking
        decision = decisions.get(fact.key)
        last = decision.last.judgement if decision else None
        if last is not None and not (unsure and last.verb == "unsure"):
            continue
        score, reasons = weigh_doubt(document, fact, claims)
        yield Doubt(document, fact, score, round(score * _weight(fact), 3), reasons, prove(document, fact.evidence, 1), last)


def weigh_doubt(document: Document, fact: Fact, claims: Claims | None = None) -> tuple[float, tuple[str, ...]]:
    """Return how doubtful a fact is (0 to 1) and why: reasons add up as chances do, so that none alone makes certain.

    Three kinds of reasons: how sure the machine was; what the fact leaves open; what it is at odds with, its page or, by *claims*, others.
    """
    found = [(reason.weight, reason.words) for reason in (*_AT_ODDS, *_OPEN) if reason.holds(document, fact)]
    others = _others(fact, claims or {})
    if others:
        found.insert(0, (0.4, f"other pages say {', '.join(f'{value:g}' for value in others)}"))
    chance = _chance_of(fact)
    if chance is not None:
        found.insert(0, (round(1 - abs(2 * chance - 1), 3), f"the machine is {100 * chance:.0f} % sure"))
    score = 1 - math.prod(1 - weight for weight, _ in found)
    return round(score, 3), tuple(words for weight, words in found if weight > 0)


def _weight(fact: Fact) -> float:
    """Return how much readers build on a fact, 0 to 1."""
    value = fact.value
    aside = (isinstance(value, Event) and len(value.parties) < _SIDES) or (isinstance(value, Statement) and value.kind in _ASIDE)
    return WEIGHTS[fact.layer] * (_LESS if aside else 1)


def _claims_of(pages: Iterable[Document]) -> Claims:
    """Return the values that pages give for one figure: the same name, country, year, unit and group."""
    claims: defaultdict[tuple[object, ...], set[float]] = defaultdict(set)
    for document in pages:
        for indicator in document.indicators if document.relevant else ():
            claims[_claim(indicator)].add(indicator.value)
    return {claim: frozenset(values) for claim, values in claims.items()}


def _claim(i: Indicator) -> tuple[object, ...]:
    return fold_text(i.name), i.country, i.year, i.unit, i.comparator, i.group


def _others(fact: Fact, claims: Claims) -> list[float]:
    """Return the other values given for the figure of this fact; a count of things has no one value unless its year is told."""
    value = fact.value
    if not isinstance(value, Indicator) or value.country is None or (value.unit == "count" and value.year is None):
        return []
    return sorted(claims.get(_claim(value), frozenset()) - {value.value})


def _chance_of(fact: Fact) -> float | None:
    """Return how sure the machine was, as far as it says: the relevance of a page, the last number in a fact's "why"."""
    if isinstance(fact.value, Document):
        return fact.value.relevance
    told = _CHANCE.findall(fact.value.why)
    return min(1.0, float(told[-1])) if told else None


def find_orphans(store: Store) -> list[Kept]:
    """Return the judgements on facts that are not found any more: the page is gone, or a new reading does not see them."""
    by_document: dict[str, list[Kept]] = {}
    for kept in standing(store.judgements()):
        document_id, slash, _ = kept.judgement.subject.partition("/")
        if slash:
            by_document.setdefault(document_id, []).append(kept)
    orphans: list[Kept] = []
    for document_id, every in by_document.items():
        known = _keys(store, document_id) if store.has(document_id) else set()
        orphans += [kept for kept in every if kept.judgement.subject not in known]
    return orphans


def _keys(store: Store, document_id: str) -> set[str]:
    return {fact.key for fact in list_facts(with_added(store.reading(document_id), store.decisions(document_id)))}
