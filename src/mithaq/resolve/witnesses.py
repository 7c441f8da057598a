"""How many really saw it: copies, translations, pages of one outlet and of one agency count as one witness.

Two pages of two languages are one text translated when they give the same figures and names in the same order, in as many sentences.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from mithaq.model.happening import Teller
from mithaq.resolve.alike import are_copies
from mithaq.text.fold import fold_text
from mithaq.text.skeleton import same_names

# What a translation keeps: so many figures and names at the least, this share of them in order, about as many sentences.
LEAST_MARKS, MARKS_KEPT, SENTENCES_KEPT = 6, 0.8, 0.75


def group_witnesses(tellers: Iterable[Teller]) -> tuple[tuple[str, ...], ...]:
    """Return the ids of pages in groups that count as one witness each, sorted."""
    every = sorted({teller.document: teller for teller in tellers}.values(), key=lambda t: t.document)
    home = {teller.document: teller.document for teller in every}
    for a, b in combinations(every, 2):
        one, other = sorted((home[a.document], home[b.document]))
        if one != other and is_one_witness(a, b):
            home = {document: one if head == other else head for document, head in home.items()}
    groups: dict[str, list[str]] = {}
    for document, head in home.items():
        groups.setdefault(head, []).append(document)
    return tuple(tuple(sorted(group)) for _, group in sorted(groups.items()))


def is_one_witness(a: Teller, b: Teller) -> bool:
    """Say whether two pages that report the same happening are one witness of it."""
    for mine, theirs in ((a.outlet, b.outlet), (a.agency, b.agency), (a.outlet, b.agency), (a.agency, b.outlet)):
        if mine and theirs and fold_text(mine) == fold_text(theirs):
            return True
    return are_copies(a, b) or is_translation(a, b)


def is_translation(a: Teller, b: Teller) -> bool:
    """Say whether a page is another one in another language."""
    if not a.lang or not b.lang or a.lang == b.lang or min(len(a.names) + len(a.figures), len(b.names) + len(b.figures)) < LEAST_MARKS:
        return False
    lengths = sorted((a.sentences, b.sentences))
    if lengths[0] < SENTENCES_KEPT * lengths[1]:
        return False
    return _in_order(a.figures, b.figures) >= MARKS_KEPT and _in_order(*_by_sound(a.names, b.names)) >= MARKS_KEPT


def _in_order(mine: Sequence[Hashable], theirs: Sequence[Hashable]) -> float:
    """Return the share of two lists that stands in both in the same order, 1 for two empty ones."""
    return SequenceMatcher(None, mine, theirs, autojunk=False).ratio()


def _by_sound(mine: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return two lists of names in which names that are one in two scripts are written alike."""
    return list(mine), [next((known for known in mine if same_names(known, name)), name) for name in theirs]
