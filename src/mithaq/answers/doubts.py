"""Which facts a person should look at first: those that the machine was least sure of, and those that leave open what a reader needs."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import msgspec

from mithaq.answers.sources import Proof, prove
from mithaq.model import Body, Document, Event, Indicator, Person, Programme, Statement
from mithaq.model.fact import Fact, FactLayer, list_facts
from mithaq.model.judgement import Judgement
from mithaq.store.judged import Decision, Kept, standing
from mithaq.store.store import Filter, Store

LEAST = 0.25  # of doubt: below it a fact is not worth a person's time
_CHANCE = re.compile(r"(?<![\d.])([01]\.\d{2,3})(?!\d)")


class Doubt(msgspec.Struct, frozen=True):
    """A fact in doubt: how much (0 to 1), why, its words in their sentence, and what somebody decided before when they were unsure."""

    document: Document
    fact: Fact
    score: float
    reasons: tuple[str, ...]
    proof: Proof
    before: Judgement | None = None


class _Reason(NamedTuple):
    """One reason for doubt: whether a fact gives it, how much it weighs (0 to 1), and its words."""

    holds: Callable[[Fact], bool]
    weight: float
    words: str


def _lacks(of: type, field: str) -> Callable[[Fact], bool]:
    return lambda fact: isinstance(fact.value, of) and not getattr(fact.value, field)


# The policy. What a fact leaves open counts more, the more a reader builds on it.
_REASONS = (
    _Reason(_lacks(Event, "date"), 0.25, "no date"),
    _Reason(lambda f: isinstance(f.value, Event) and len(f.value.parties) < 2, 0.3, "fewer than two parties"),
    _Reason(lambda f: isinstance(f.value, Event) and f.value.type == "agreement" and not f.value.stage, 0.2, "no stage"),
    _Reason(_lacks(Statement, "country"), 0.25, "no country"),
    _Reason(_lacks(Statement, "speaker"), 0.1, "no speaker"),
    _Reason(lambda f: isinstance(f.value, Statement) and f.value.kind in ("commitment", "refusal"), 0.15, "much hangs on it"),
    _Reason(_lacks(Indicator, "country"), 0.3, "no country"),
    _Reason(lambda f: isinstance(f.value, Indicator) and not (f.value.publisher or f.value.claimant), 0.15, "nobody cited for it"),
    _Reason(_lacks(Person, "country"), 0.3, "no country"),
    _Reason(_lacks(Person, "role"), 0.2, "no office"),
    _Reason(lambda f: isinstance(f.value, Body) and not (f.value.country or f.value.code), 0.2, "no country"),
    _Reason(_lacks(Programme, "country"), 0.1, "no country"),
)


def find_doubts(
    store: Store, *, layers: Iterable[FactLayer] = (), wanted: Filter | None = None, least: float = LEAST, unsure: bool = False
) -> list[Doubt]:
    """Return the facts in doubt, the most doubtful first; those already judged are left out, those judged "unsure" unless asked for.

    Of pages that repeat each other only the witness is shown: a decision on it holds for all.
    """
    asked = frozenset(layers)
    doubts = []
    for judged in store.documents(wanted or Filter()):
        if judged.copy_of is None:
            # Facts are judged as the machine read them: a correction does not make another fact of one.
            document = store.reading(judged.id)
            found = _doubts_of(document, store.decisions_for(document), unsure)
            doubts += [doubt for doubt in found if not asked or doubt.fact.layer in asked]
    kept = [doubt for doubt in doubts if doubt.score >= least or doubt.before is not None]
    return sorted(kept, key=lambda d: (-d.score, d.document.published or "9999", d.document.id, d.fact.key))


def _doubts_of(document: Document, decisions: dict[str, Decision], unsure: bool) -> Iterator[Doubt]:
    for fact in list_facts(document):
        if fact.layer != "page" and not document.relevant:
            continue  # on a page that is not for us only that is worth asking
        decision = decisions.get(fact.key)
        last = decision.last.judgement if decision else None
        if last is not None and not (unsure and last.verb == "unsure"):
            continue
        score, reasons = weigh_doubt(fact)
        yield Doubt(document, fact, score, reasons, prove(document, fact.evidence, 1), last)


def weigh_doubt(fact: Fact) -> tuple[float, tuple[str, ...]]:
    """Return how doubtful a fact is (0 to 1) and why: reasons add up as chances do, so that none alone makes certain."""
    found = [(reason.weight, reason.words) for reason in _REASONS if reason.holds(fact)]
    chance = _chance_of(fact)
    if chance is not None:
        found.insert(0, (round(1 - abs(2 * chance - 1), 3), f"the machine is {100 * chance:.0f} % sure"))
    score = 1 - math.prod(1 - weight for weight, _ in found)
    return round(score, 3), tuple(words for weight, words in found if weight > 0)


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
        known = {fact.key for fact in list_facts(store.reading(document_id))} if store.has(document_id) else set()
        orphans += [kept for kept in every if kept.judgement.subject not in known]
    return orphans
