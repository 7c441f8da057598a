"""Decisions that contradict each other, about namings or reports: one binds two that others hold apart; with all that bears on them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from mithaq.model.fact import short_key
from mithaq.store import Store
from mithaq.store.decisions import quotes_of
from mithaq.store.entities import Bond


class Decided(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that was judged: its short name and whole key, its page with the path as ingested, and the words that were judged."""

    fact: str
    key: str
    document: str
    path: str | None
    quote: str


class Decision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision that stands: by whom, when (ISO 8601, UTC), why, and about which facts; a "split" is about one alone."""

    number: int
    verb: str
    by: str
    at: str
    why: str
    facts: tuple[Decided, ...]


class Contradiction(msgspec.Struct, frozen=True, kw_only=True):
    """Two facts that one decision binds and that stay two, and the decisions about all that such decisions bind with them, in order.

    ``entity`` is the person, body or programme of namings, the happening of reports.
    """

    entity: str
    facts: tuple[Decided, ...]
    decisions: tuple[Decision, ...]


def find_contradictions(store: Store) -> list[Contradiction]:
    """Return all decisions about who is who, and about what happened, that cannot stand beside others; none when all of them can."""
    conflicts = [*store.conflicts(), *store.happening_conflicts()]
    bonds = store.bonds() if conflicts else []
    paths: dict[str, str | None] = {}
    found = []
    for a, b, entity in conflicts:
        bound = _bound(a, bonds)
        about = [bond for bond in bonds if {bond.subject, bond.other or bond.subject} <= bound and bond.verb != "unsure"]
        decisions = tuple(_read(store, bond, paths) for bond in about)
        words = {fact.key: fact for decision in decisions for fact in decision.facts}
        found.append(Contradiction(entity=entity, facts=tuple(words[key] for key in (a, b) if key in words), decisions=decisions))
    return found


def _bound(start: str, bonds: Iterable[Bond]) -> set[str]:
    """Return all facts that decisions to be one bind with this one, directly or by others."""
    pairs = [{bond.subject, bond.other} for bond in bonds if bond.verb == "same"]
    reached, before = {start}, set[str]()
    while reached != before:
        before = set(reached)
        for pair in pairs:
            if not pair.isdisjoint(reached):
                reached |= pair
    return reached


def _read(store: Store, bond: Bond, paths: dict[str, str | None]) -> Decision:
    kept = store.judgement(bond.number)
    facts = tuple(_decided(store, key, quote, paths) for key, quote in quotes_of(kept))
    return Decision(number=bond.number, verb=kept.verb, by=kept.by, at=kept.at, why=kept.why, facts=facts)


def _decided(store: Store, key: str, quote: str, paths: dict[str, str | None]) -> Decided:
    source = key.partition("/")[0]
    if source not in paths:
        paths[source] = next((str(row["path"]) for row in store.rows("documents", {"id": source}) if row["path"]), None)
    return Decided(fact=short_key(key), key=key, document=source, path=paths[source], quote=quote)
