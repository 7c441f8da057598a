"""The ledger: what is wanted beside what is offered, topic by topic, for all countries or for one.

Placed side by side for comparison only: no page need have linked a need with an offer.
"""

from __future__ import annotations

import msgspec

from mithaq.answers.browse import Listing, list_statements
from mithaq.answers.lines import StatementLine
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
