"""A page as people judged it: rejected facts gone, corrected ones with their new value and who gave it; and judgements found again.

Pure functions over a document and its judgements; the layers that a machine read stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from mithaq.model import Document, Event, Pair, Person
from mithaq.model.added import read_said
from mithaq.model.fact import Fact, list_facts, read_value, show_value, split_key
from mithaq.model.judgement import Judged, Judgement
from mithaq.store.added import add_facts

_SIDES = 2  # of an event between countries
_LEAST_COMMON = 0.3  # of the longer of two quotes that mean one fact


class Kept(msgspec.Struct, frozen=True):
    """A judgement with its number in the store."""

    number: int
    judgement: Judgement


class Decision(msgspec.Struct, frozen=True):
    """What stands of all judgements of one fact: the last one, whether it is rejected, and the last correction of each field.

    ``added`` is the judgement by which a person added it.
    """

    last: Kept
    rejected: bool
    corrections: dict[str, Judgement]
    added: Judgement | None = None


def standing(kept: Iterable[Kept]) -> list[Kept]:
    """Return the judgements that no later one replaces or takes back, in the order in which they were made."""
    every = sorted(kept, key=lambda k: k.number)
    replaced = {one.judgement.replaces for one in every}
    return [one for one in every if one.number not in replaced and one.judgement.verb != "undo"]


def read_decisions(kept: Iterable[Kept]) -> dict[str, Decision]:
    """Return what stands of each fact, by its key. Later judgements win; one that another replaces does not count."""
    decisions: dict[str, Decision] = {}
    for one in standing(kept):
        judgement = one.judgement
        if judgement.verb not in ("accept", "reject", "correct", "add", "unsure"):
            continue
        before = decisions.get(judgement.subject)
        rejected = judgement.verb == "reject" or (judgement.verb == "unsure" and before is not None and before.rejected)
        corrections = dict(before.corrections) if before else {}
        if judgement.verb == "correct" and judgement.field:
            corrections[judgement.field] = judgement
        added = judgement if judgement.verb == "add" else before.added if before else None
        decisions[judgement.subject] = Decision(one, rejected, corrections, added)
    return decisions


def share_decisions(document: Document, own: Mapping[str, Decision], others: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decisions on a document, and those on the same words of pages whose article it repeats; its own win.

    When and where a page was published is its own matter.
    """
    shared: dict[tuple[str, str], Decision] = {}
    for other in others:
        kind = split_key(other.last.judgement.subject)[1]
        shared[kind, other.last.judgement.quote] = replace(other, corrections={}) if kind == "page" else other
    found = {fact.key: shared.get((fact.kind, fact.evidence.quote)) for fact in list_facts(document)} if shared else {}
    return {key: decision for key, decision in found.items() if decision is not None} | dict(own)


def apply_judgements(document: Document, decisions: Mapping[str, Decision]) -> Document:
    """Return the document as people judged it; without judgements the document itself."""
    if not decisions:
        return document
    document = with_added(document, decisions)
    layers: dict[str, list[Any]] = {}
    judged: list[Judged] = []
    page: dict[str, Any] = {}
    dropped: list[Event] = []
    dropped_people: set[str] = set()
    for fact in list_facts(document):
        decision = decisions.get(fact.key)
        if decision:
            judged.extend(_told(fact, decision))
        if fact.layer == "page":
            page = _judge_page(document, decision)
        elif decision is not None and decision.rejected:
            layers.setdefault(fact.layer, [])
            if isinstance(fact.value, Person):
                dropped_people.add(fact.value.name)
            elif isinstance(fact.value, Event):
                dropped.append(fact.value)
        else:
            layers.setdefault(fact.layer, []).append(_correct(fact, decision))
    changed = {layer: tuple(facts) for layer, facts in layers.items()} | page
    shown = _without_pairs(replace(document, **changed, judged=tuple(judged)), dropped)
    return _without(shown, dropped_people) if dropped_people else shown


def with_added(document: Document, decisions: Mapping[str, Decision]) -> Document:
    """Return the document as the machine read it, with the facts that people added: all that can be decided about."""
    return add_facts(document, (decision.added for decision in decisions.values() if decision.added is not None))


def _judge_page(document: Document, decision: Decision | None) -> dict[str, Any]:
    """Return what people decided of the page as a whole: whether it is for us, when and where it was published."""
    if decision is None:
        return {}
    changes = {name: read_value("page", name, j.value or "") for name, j in decision.corrections.items()}
    if "published" in changes:
        changes["published_basis"] = "metadata" if changes["published"] else None
    if decision.rejected:
        # As the stage leaves a page that it finds not to be for us.
        changes |= {"relevant": False, "statements": (), "indicators": (), "programmes": (), "topics": ()}
        changes["events"] = tuple(event for event in document.events if len(event.parties) >= _SIDES)
    elif decision.last.judgement.verb in ("accept", "correct"):
        changes["relevant"] = True
    return changes


def _correct(fact: Fact, decision: Decision | None) -> Any:
    if decision is None or not (decision.corrections or decision.added):
        return fact.value
    # What a person added holds, too, where a new reading finds the fact by itself.
    said = read_said(decision.added) if decision.added else {}
    typed = said | {name: judgement.value or "" for name, judgement in decision.corrections.items()}
    changes = {name: read_value(fact.layer, name, words) for name, words in typed.items()}
    if isinstance(fact.value, Event) and "date" in changes:
        # The day comes from a person now, not from these words.
        changes["date_basis"] = None
    return replace(fact.value, **changes)


def _told(fact: Fact, decision: Decision) -> Iterable[Judged]:
    start, end = fact.evidence.start, fact.evidence.end
    for name, judgement in decision.corrections.items():
        was = show_value(getattr(fact.value, name))
        yield Judged(
            start=start, end=end, verb="correct", by=judgement.by, at=judgement.at, layer=fact.layer, kind=fact.kind, why=judgement.why,
            field=name, value=judgement.value, was=was,
        )  # fmt: skip
    last = decision.last.judgement
    for one in dict.fromkeys((decision.added, None if last.verb == "correct" else last)):
        if one is not None:
            yield Judged(start=start, end=end, verb=one.verb, by=one.by, at=one.at, layer=fact.layer, kind=fact.kind, why=one.why)


def _without_pairs(document: Document, dropped: list[Event]) -> Document:
    """Return the document without the pairs that rested on the words of rejected events, and that no other event shows."""

    def stays(pair: Pair) -> bool:
        sides = {pair.a, pair.b}
        fell = any(pair.evidence == event.evidence and sides <= set(event.parties) for event in dropped)
        return not fell or any(sides <= set(event.parties) for event in document.events)

    return replace(document, pairs=tuple(pair for pair in document.pairs if stays(pair))) if dropped else document


def _without(document: Document, people: set[str]) -> Document:
    """Return the document without people who are none: they take part in no event, and say nothing."""
    events = tuple(
        replace(e, people=tuple(p for p in e.people if p not in people), roles=tuple(r for r in e.roles if r.name not in people))
        for e in document.events
    )
    statements = tuple(replace(s, speaker=None) if s.speaker in people else s for s in document.statements)
    return replace(document, events=events, statements=statements)


class Found(msgspec.Struct, frozen=True):
    """Where the judgements of an old reading stand in a new one: ``moved`` from key to key, ``lost`` where the fact is gone."""

    moved: dict[str, str]
    lost: tuple[str, ...]


def find_again(quotes: Mapping[str, str], document: Document) -> Found:
    """Find judged facts in a new reading: by key, else by their words, else by words that overlap theirs, of the same kind.

    *quotes* are the words on which each rested, by its key. A fact of a new reading is taken once.
    """
    facts = list_facts(document)
    known = {fact.key: fact for fact in facts}
    free = [fact for fact in facts if fact.key not in quotes]
    moved: dict[str, str] = {}
    lost: list[str] = []
    for subject, quote in sorted(quotes.items()):
        if subject in known:
            continue
        ranked = sorted(((_likeness(subject, quote, fact), fact.key) for fact in free), reverse=True)
        if ranked and ranked[0][0] > 0:
            moved[subject] = ranked[0][1]
            free = [fact for fact in free if fact.key != ranked[0][1]]
        else:
            lost.append(subject)
    return Found(moved, tuple(lost))


def _likeness(subject: str, quote: str, fact: Fact) -> float:
    """Return how sure it is that a judged fact is this one: 0 not at all; kind and words, then kind, or its family, and overlap."""
    document_id, kind, start, end = split_key(subject)
    if fact.kind.partition(":")[0] != kind.partition(":")[0]:
        return 0.0
    exact = 1.0 if fact.kind == kind else 0.0
    if quote and fact.evidence.quote == quote:
        near = 1 / (1 + abs(fact.evidence.start - start) / 1000)
        return 4.0 + exact + near
    if not fact.key.startswith(document_id):
        # Another text: places tell nothing, and of the words all of one quote must stand in the other.
        shorter, longer = sorted((quote, fact.evidence.quote), key=len)
        share = len(shorter) / len(longer) if shorter and shorter in longer else 0.0
        return exact + share if share >= _LEAST_COMMON else 0.0
    common = min(end, fact.evidence.end) - max(start, fact.evidence.start)
    share = common / max(end - start, fact.evidence.end - fact.evidence.start)
    return exact + share if share >= _LEAST_COMMON else 0.0
