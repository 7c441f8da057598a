"""The ledger: what is wanted beside what is offered, topic by topic, for all countries or for one.

Placed side by side for comparison only: no page need have linked a need with an offer.
"""

from __future__ import annotations

import msgspec

from mithaq.answers.browse import Listing, list_statements
from mithaq.answers.lines import StatementLine
from mithaq.answers.sources import Proof, Source
from mithaq.model.vocabulary import TOPICS, StatementKind, Topic
from mithaq.store.browse import Narrow
from mithaq.store.store import Store

_SIDES: tuple[StatementKind, ...] = ("need", "offer")


class Balance(msgspec.Struct, frozen=True):
    """How many needs and offers there are on a topic."""

    topic: Topic
    needs: int
    offers: int


class Column(msgspec.Struct, frozen=True):
    """One side of a comparison: the statements, and the question whose whole answer they are the beginning of."""

    kind: StatementKind
    question: Narrow
    lines: Listing[StatementLine]
    total: int


class Ledger(msgspec.Struct, frozen=True):
    """The topics with their needs and offers, those with both first, and for one topic or country the statements side by side.

    ``exchanges`` are (needs, offers): for a country its needs beside what others offer, then what others need beside its offers.
    """

    balances: tuple[Balance, ...]
    exchanges: tuple[tuple[Column, Column], ...] = ()


class Said(msgspec.Struct, frozen=True):
    """A need or an offer with the first words that prove it, their page, and the side that speaks."""

    line: StatementLine
    proof: Proof
    source: Source


class Match(msgspec.Struct, frozen=True):
    """What a country needs on a topic, beside what others offer: first to this country, then to anybody. The numbers count all of them."""

    topic: Topic
    country: str
    needs: tuple[Said, ...]
    offers: tuple[Said, ...]
    needed: int
    offered: int


def match_ledger(
    store: Store, *, country: str | None = None, topic: str | None = None, pair: tuple[str, str] | None = None, limit: int = 8
) -> tuple[Match, ...]:
    """Return needs beside offers by topic and country, whichever pages tell them, at most *limit* of each.

    With *country* only where it needs or offers; with *pair* what each of the two needs and the other offers. Raises QuestionError for an
    unknown topic.
    """
    asked = Narrow(relevant=True, topic=topic)
    keys = {*store.tally_sides("need", asked), *store.tally_sides("offer", asked, toward=True)}
    found = []
    for name, needy in sorted(keys):
        known = next((t for t in TOPICS if t == name and topic in (None, name)), None)
        if known is None or (pair and needy not in pair):
            continue
        giver = (pair[0] if needy == pair[1] else pair[1]) if pair else country if needy != country else None
        match = _match(store, known, needy, giver, limit)
        if match.offers or (match.needs and (pair is not None or giver is None)):
            found.append(match)
    return tuple(sorted(found, key=lambda m: (not (m.needs and m.offers), -(m.needed + m.offered), m.topic, m.country)))


def _match(store: Store, topic: Topic, country: str, giver: str | None, limit: int) -> Match:
    """Return the needs of a country on a topic beside the offers of one other, or of all."""
    needs = Narrow(relevant=True, topic=topic, country=country)
    offers = Narrow(relevant=True, topic=topic, country=giver, others=None if giver else country)
    needed, offered = _column(store, "need", needs, limit), _column(store, "offer", offers, limit)
    ours = _column(store, "offer", msgspec.structs.replace(offers, toward=country), limit)
    first = _said(ours)
    if not needed.total:  # what is offered to others answers no need here
        return Match(topic, country, (), first, 0, ours.total)
    known = {(said.proof.document, said.proof.start) for said in first}
    rest = tuple(said for said in _said(offered) if (said.proof.document, said.proof.start) not in known)
    return Match(topic, country, _said(needed), (*first, *rest)[:limit], needed.total, offered.total)


def _said(column: Column) -> tuple[Said, ...]:
    return tuple(Said(line, line.proofs[0], column.lines.source_of(line.proofs[0])) for line in column.lines.lines)


def build_ledger(store: Store, *, country: str | None = None, topic: str | None = None, limit: int = 8) -> Ledger:
    """Return the ledger; raises QuestionError for an unknown topic."""
    asked = Narrow(relevant=True, country=country, topic=topic)
    counts = store.tally_topics(_SIDES, msgspec.structs.replace(asked, topic=None))
    balances = [Balance(t, counts[t]["need"], counts[t]["offer"]) for t in TOPICS if t in counts]
    balances.sort(key=lambda b: (not (b.needs and b.offers), -(b.needs + b.offers), b.topic))
    if country is None and topic is None:
        return Ledger(tuple(balances))
    exchanges: tuple[tuple[Column, Column], ...] = ((_column(store, "need", asked, limit), _column(store, "offer", asked, limit)),)
    if country is not None:
        others = Narrow(relevant=True, others=country, topic=topic)
        exchanges = (
            (_column(store, "need", asked, limit), _column(store, "offer", others, limit)),
            (_column(store, "need", others, limit), _column(store, "offer", asked, limit)),
        )
    return Ledger(tuple(balances), exchanges)


def _column(store: Store, kind: StatementKind, narrow: Narrow, limit: int) -> Column:
    question = msgspec.structs.replace(narrow, kind=kind)
    prefix = f"other-{kind}" if narrow.others else kind
    return Column(kind, question, list_statements(store, question, limit=limit, prefix=prefix), store.count("statements", question))
