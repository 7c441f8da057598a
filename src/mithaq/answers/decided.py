"""The facts of a page as people decide about them: found by name, with what stands of earlier decisions."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from mithaq.errors import QuestionError
from mithaq.model import Document
from mithaq.model.fact import Fact, list_facts, short_key
from mithaq.model.judgement import Judgement
from mithaq.store.judged import with_added
from mithaq.store.store import Store


class Decided(msgspec.Struct, frozen=True):
    """A fact as the machine read it or a person added it, its page as people judged it, and all that was decided about it, the last first.

    ``now`` is the fact with its corrections, None when it is rejected; ``seen`` the number of the last judgement, 0 for none.
    """

    fact: Fact
    document: Document
    now: Fact | None
    history: tuple[Judgement, ...]
    seen: int


def facts_to_judge(store: Store, document_id: str) -> list[Fact]:
    """Return the facts of a page as the machine read them, and those that people added."""
    return list_facts(with_added(store.reading(document_id), store.decisions(document_id)))


def find_fact(store: Store, name: str) -> Fact:
    """Return a fact, as the machine read it or a person added it, by its short name ("fd653859-1a2b3c") or its whole key.

    What people corrected may have another name now, which is good too. Raises QuestionError when there is none, or more than one page
    begins so.
    """
    page = name.partition("/")[0] if "/" in name else name.partition("-")[0]
    shown = store.document(page)
    read = facts_to_judge(store, shown.id)
    found = next((fact for fact in read if name in (fact.key, short_key(fact.key))), None)
    if found is None:
        judged = list_facts(shown)
        now = next((fact for fact in judged if name in (fact.key, short_key(fact.key))), None)
        found = as_read(now, read, judged) if now else None
    if found is None:
        raise QuestionError(f"page {shown.id[:12]} has no fact {name!r}; 'mithaq review --json --all' names them")
    return found


def look_decided(store: Store, name: str) -> Decided:
    """Return a fact with all that was decided about it; raises QuestionError as :func:`find_fact`."""
    fact = find_fact(store, name)
    document = store.document(fact.key.partition("/")[0])
    read, judged = facts_to_judge(store, document.id), list_facts(document)
    here = [one for one in judged if (one.layer, one.evidence) == (fact.layer, fact.evidence)]
    now = next((one for one in here if as_read(one, read, judged).key == fact.key), None)
    about = [kept for kept in store.judgements(document.id) if kept.judgement.subject == fact.key and kept.judgement.other is None]
    return Decided(fact, document, now, tuple(kept.judgement for kept in reversed(about)), store.last_about(fact.key))


def as_read(fact: Fact, read: Iterable[Fact], judged: Iterable[Fact]) -> Fact:
    """Return a fact of a judged page as the machine read it: that of its name, else one of its layer and words that is renamed."""
    here = [one for one in read if (one.layer, one.evidence) == (fact.layer, fact.evidence)]
    named = {one.key for one in judged}
    renamed = [one for one in here if one.key not in named]
    return next((one for one in here if one.key == fact.key), None) or (renamed or here or [fact])[0]
