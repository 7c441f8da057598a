"""What people decided last, and what they decided differently: two who judged one fact, or one pair of namings."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from mithaq.model.judgement import Judgement
from mithaq.store.judged import Kept, standing
from mithaq.store.store import Store

_VERDICTS = {"accept": "yes", "correct": "yes", "add": "yes", "reject": "no", "same": "yes", "different": "no"}


class Dispute(msgspec.Struct, frozen=True):
    """A fact, or two namings (``other``), about which people differ, and the last decision of each of them, the latest first."""

    subject: str
    other: str | None
    decisions: tuple[Judgement, ...]
    quote: str


def last_decisions(store: Store, most: int) -> list[tuple[Kept, bool]]:
    """Return what was decided last, the latest first, and whether it still stands."""
    every = store.judgements()
    alive = {kept.number for kept in standing(every)}
    return [(kept, kept.number in alive) for kept in reversed(every[-most:])]


def find_disputes(store: Store) -> list[Dispute]:
    """Return what two people decided differently, the latest first: the last verdict of each counts, though a later one of another
    holds for all answers.
    """
    # "replaces" between two people is a difference, too: only what its maker took back does not count.
    every = store.judgements()
    by_number = {kept.number: kept.judgement for kept in every}
    taken = {k.judgement.replaces for k in every if k.judgement.verb == "undo" or _same_person(k.judgement, by_number)}
    verdicts: defaultdict[tuple[str, str | None], dict[str, Kept]] = defaultdict(dict)
    for kept in every:
        j = kept.judgement
        if kept.number not in taken and j.verb in _VERDICTS:
            verdicts[j.subject, j.other][j.by] = kept
    found = []
    for (subject, other), last in verdicts.items():
        if len({_VERDICTS[kept.judgement.verb] for kept in last.values()}) > 1:
            latest = sorted(last.values(), key=lambda kept: -kept.number)
            quote = latest[0].judgement.quote.replace("\t", " · ")
            found.append((latest[0].number, Dispute(subject, other, tuple(kept.judgement for kept in latest), quote)))
    return [dispute for _, dispute in sorted(found, key=lambda item: -item[0])]


def _same_person(judgement: Judgement, by_number: dict[int, Judgement]) -> bool:
    before = by_number.get(judgement.replaces or 0)
    return before is not None and before.by == judgement.by
