"""People's decisions: about one fact, or about two namings that are one or are not; each kept at once and for good."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Literal

from mithaq.errors import QuestionError
from mithaq.ingest import now
from mithaq.model import Event, Statement
from mithaq.model.fact import Fact, list_facts, read_value, short_key, show_value
from mithaq.model.happening import COMMITMENT
from mithaq.model.judgement import Judgement, Verb
from mithaq.model.world import KIND_OF, Resolved
from mithaq.store import Store
from mithaq.store.decisions import join_quotes

# Layers of reports: those of two pages may be of one happening.
_REPORTS = ("events", "statements")
_HAPPENING = re.compile(r"[hc][0-9a-f]{12}")
_FACT_NAME = re.compile(r"[0-9a-f]{8}-[0-9a-f]{6}|[0-9a-f]{64}/.+")


class Deciding(ABC):
    """The part of a workspace that keeps decisions."""

    store: Store

    @abstractmethod
    def resolve(self) -> Resolved:
        """Bring up to date who is who."""

    def fact(self, name: str) -> Fact:
        """Return a fact, as the machine read it, by its name ("fd653859-1a2b3c", see :func:`short_key`) or its whole key.

        What people corrected may have another name now, which is good too. Raises QuestionError when there is none, or more than one page
        begins so.
        """
        page = name.partition("/")[0] if "/" in name else name.partition("-")[0]
        shown = self.store.document(page)
        read = list_facts(self.store.reading(shown.id))
        found = next((fact for fact in read if name in (fact.key, short_key(fact.key))), None)
        if found is None:
            judged = list_facts(shown)
            now = next((fact for fact in judged if name in (fact.key, short_key(fact.key))), None)
            found = _as_read(now, read, judged) if now else None
        if found is None:
            raise QuestionError(f"page {shown.id[:12]} has no fact {name!r}; 'mithaq review --json --all' names them")
        return found

    def judge(
        self, fact: Fact, verb: Verb, by: str, *, field: str | None = None, value: str | None = None, why: str = ""
    ) -> int:
        """Keep a person's decision about a fact, at once and for good; return its number.

        To "correct" takes a field and its new value as a person types it. Raises QuestionError when the field cannot hold the value.
        """
        if field is not None and value is not None:
            value = show_value(read_value(fact.layer, field, value))
        judgement = Judgement(
            subject=fact.key, verb=verb, by=by.strip(), at=now(), why=why, quote=fact.evidence.quote, field=field, value=value
        )
        number = self.store.judge(judgement)
        self.resolve()
        return number

    def bind(self, one: Fact, verb: Literal["same", "different", "unsure"], other: Fact, by: str, *, why: str = "") -> int:
        """Keep a person's decision that two namings, or the reports of two pages, are one, are not, or that nobody can tell.

        Returns its number. What was decided about the two before gives way to it. Raises QuestionError for facts that are not two people,
        two bodies, two programmes, two events or two commitments, and for two reports of one page.
        """
        if one.layer != other.layer or one.layer not in (*KIND_OF, *_REPORTS) or one.key == other.key:
            named = f"{short_key(one.key)} and {short_key(other.key)}"
            raise QuestionError(f"{named} are not two people, two bodies, two programmes, two events or two commitments")
        if one.layer in _REPORTS:
            self._check_reports(one, other)
        ends = sorted(((one.key, one.evidence.quote), (other.key, other.evidence.quote)))
        earlier = self.store.bond(ends[0][0], ends[1][0])
        judgement = Judgement(
            subject=ends[0][0], other=ends[1][0], verb=verb, by=by.strip(), at=now(), why=why, quote=join_quotes(ends),
            replaces=earlier.number if earlier else None,
        )  # fmt: skip
        number = self.store.judge(judgement)
        self.resolve()
        return number

    def _check_reports(self, one: Fact, other: Fact) -> None:
        """Raise QuestionError for reports about which a decision would change nothing."""
        for fact in (one, other):
            if not self._is_report(fact):
                raise QuestionError(f"{short_key(fact.key)} is no commitment; of statements only commitments are compared across pages")
        page = one.key.partition("/")[0]
        if other.key.startswith(f"{page}/"):
            named = f"{short_key(one.key)} and {short_key(other.key)}"
            raise QuestionError(f"{named} stand on one page, {page[:12]}; what one page tells twice is never taken for one happening")

    def _is_report(self, fact: Fact) -> bool:
        """Say whether a fact, as people corrected it, is an event or a commitment."""
        shown = list_facts(self.store.document(fact.key.partition("/")[0]))
        now = [one.value for one in shown if (one.layer, one.evidence) == (fact.layer, fact.evidence)] or [fact.value]
        return any(isinstance(value, Event) or (isinstance(value, Statement) and value.kind == COMMITMENT) for value in now)

    def are_one(self, ones: Iterable[Fact], others: Iterable[Fact]) -> bool:
        """Say whether some namings, or reports, and some others are taken for one now."""
        mine, theirs = {fact.key for fact in ones}, {fact.key for fact in others}
        homes, there = ({home for key in keys if (home := self.store.naming_entity(key))} for keys in (mine, theirs))
        return not mine.isdisjoint(theirs) or not homes.isdisjoint(there)

    def split(self, one: Fact, by: str, *, why: str = "") -> int:
        """Keep a person's decision that a naming is none of those that it was taken for; return its number."""
        if one.layer not in KIND_OF:
            raise QuestionError(f"{short_key(one.key)} is no person, body or programme; only these are taken for one with others")
        judgement = Judgement(subject=one.key, verb="split", by=by.strip(), at=now(), why=why, quote=one.evidence.quote)
        number = self.store.judge(judgement)
        self.resolve()
        return number

    def unbind(self, ones: Iterable[Fact], others: Iterable[Fact], by: str, why: str = "") -> Judgement:
        """Take back what was decided last about any two namings of these, and return it; raises QuestionError when nothing was."""
        mine, theirs = [fact.key for fact in ones], [fact.key for fact in others]
        asked = {(min(a, b), max(a, b)) for a in mine for b in theirs}
        found = [bond for bond in self.store.bonds() if (bond.subject, bond.other) in asked]
        if not found:
            raise QuestionError(f"nobody decided about {short_key(mine[0])} and {short_key(theirs[0])}; there is nothing to take back")
        last = self.store.judgement(found[-1].number)
        undo = Judgement(subject=last.subject, verb="undo", by=by.strip(), at=now(), why=why, replaces=found[-1].number)
        self.store.judge(undo)
        self.resolve()
        return last

    def namings(self, name: str) -> list[Fact]:
        """Return namings of one person, body or programme: that of a fact's name, or all of an entity by its id or any of its names.

        The id of a happening gives its reports.

        Each is as the machine read it. Raises QuestionError when there are none, or several entities are called so.
        """
        if _FACT_NAME.fullmatch(name):
            return [self.fact(name)]
        found = []
        happening = self.store.happenings_of([name]).get(name) if _HAPPENING.fullmatch(name) else None
        places = [(s.document, s.list, s.item) for s in happening.sources] if happening else self.store.namings_called(name)
        for source, listed, item in places:
            # Both count the page as people judged it, not as the machine read it.
            judged, read = list_facts(self.store.document(source)), list_facts(self.store.reading(source))
            found += [_as_read(fact, read, judged) for fact in judged if fact.layer == listed and fact.number == item]
        if not found:
            raise QuestionError(f"what pages tell of {name!r} has changed since it was looked at; run 'mithaq resolve', then ask again")
        return found

    def correct(self, fact: Fact, changes: Iterable[tuple[str, str]], by: str, *, why: str = "") -> None:
        """Keep corrections of several fields of a fact; raises QuestionError, before any is kept, when a field cannot hold its value."""
        every = list(changes)
        for field, value in every:
            read_value(fact.layer, field, value)
        for field, value in every:
            self.judge(fact, "correct", by, field=field, value=value, why=why)

    def undo(self, subject: str, by: str, why: str = "") -> Judgement:
        """Take back the last decision that stands on a fact, by the fact's key, and return it; what stood before it stands again.

        Raises QuestionError when nobody decided about it. Nothing is deleted: that something was taken back, by whom and why, is kept too.
        """
        mine = [kept for kept in self.store.standing(subject.partition("/")[0]) if kept.judgement.subject == subject]
        if not mine:
            raise QuestionError(f"nobody decided about {subject.partition('/')[2]} of page {subject[:8]}; there is nothing to take back")
        last = mine[-1]
        undo = Judgement(
            subject=subject, verb="undo", by=by.strip(), at=now(), why=why, quote=last.judgement.quote, replaces=last.number
        )
        self.store.judge(undo)
        self.resolve()
        return last.judgement


def _as_read(fact: Fact, read: Iterable[Fact], judged: Iterable[Fact]) -> Fact:
    """Return a fact of a judged page as the machine read it: that of its name, else one of its layer and words that is renamed."""
    here = [one for one in read if (one.layer, one.evidence) == (fact.layer, fact.evidence)]
    named = {one.key for one in judged}
    renamed = [one for one in here if one.key not in named]
    return next((one for one in here if one.key == fact.key), None) or (renamed or here or [fact])[0]
