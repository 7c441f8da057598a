"""People's decisions: about one fact, or about two namings that are one or are not; each kept at once and for good."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Literal

from mithaq.answers.decided import as_read, facts_to_judge, find_fact
from mithaq.answers.sides import read_code, read_side
from mithaq.errors import ConflictError, QuestionError
from mithaq.ingest import now
from mithaq.lexicon import Lexicon
from mithaq.model import Document, Event, Evidence, Statement
from mithaq.model.added import make_fact, write_said
from mithaq.model.fact import (
    CODES,
    NOTHING_SAID,
    Fact,
    FactLayer,
    fact_key,
    kind_of,
    list_facts,
    read_value,
    short_key,
    show_value,
)
from mithaq.model.happening import COMMITMENT
from mithaq.model.judgement import Judgement, Verb
from mithaq.model.vocabulary import SUPPORTING_SEGMENTS
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

    @property
    @abstractmethod
    def lexicon(self) -> Lexicon:
        """The words by which countries and organisations are known."""

    @abstractmethod
    def resolve(self) -> Resolved:
        """Bring up to date who is who."""

    def fact(self, name: str) -> Fact:
        """Return a fact by its name; see :func:`mithaq.answers.decided.find_fact`."""
        return find_fact(self.store, name)

    def spell(self, field: str, words: str) -> str:
        """Return what a person typed into a field, with codes for countries and organisations typed by name: "Maroc" gives MA.

        Several are separated by commas. Raises QuestionError for a name that nobody knows.
        """
        if field not in CODES or words.strip().lower() in NOTHING_SAID:
            return words
        separator = "," if "," in words or field != "parties" else None
        return " ".join(read_code(part) or read_side(part, self.lexicon) for part in map(str.strip, words.split(separator)) if part)

    def judge(
        self,
        fact: Fact,
        verb: Verb,
        by: str,
        *,
        field: str | None = None,
        value: str | None = None,
        why: str = "",
        seen: int | None = None,
    ) -> int:
        """Keep a person's decision about a fact, at once and for good; return its number.

        To "correct" takes a field and its new value as a person types it. *seen* is the number of the last judgement about this fact that
        the person knew of, 0 for none. Raises QuestionError when the field cannot hold the value, ConflictError when somebody has decided
        since.
        """
        if field is not None and value is not None:
            value = show_value(read_value(fact.layer, field, value))
        judgement = Judgement(
            subject=fact.key, verb=verb, by=by.strip(), at=now(), why=why, quote=fact.evidence.quote, field=field, value=value
        )
        number = self.store.judge(judgement, seen)
        self.settle()
        return number

    def settle(self) -> None:
        """Bring up to date who is who after a decision."""
        self.resolve()

    def add(
        self, page: str, words: tuple[int, int, str], layer: FactLayer, said: Mapping[str, str], by: str, *, why: str = ""
    ) -> Fact:
        """Keep a fact that the machine did not see, resting on *words* (start, end, quote) of a page, at once and for good; return it.

        *said* are its fields as a person types them. Raises QuestionError unless exactly these words stand there, in the article, for a
        field that cannot hold its value, and for a fact that is there already.
        """
        text = self.store.reading(page).text
        evidence = read_words(text, *words)
        require_article(self.store.reading(page), evidence)
        spelled = {field: self.spell(field, value) for field, value in said.items()}
        value = make_fact(layer, evidence, spelled, f"added by {by.strip()}")
        key = fact_key(page, kind_of(value), evidence)
        known = next((fact for fact in list_facts(self.store.document(page)) if fact.key == key), None)
        if known is not None:
            told = f"this page has such a fact on these words already ({short_key(key)}); correct that one"
            raise QuestionError(told, "wrong.known_fact")
        earlier = next((k.number for k in reversed(self.store.standing(page)) if k.judgement.subject == key), None)
        judgement = Judgement(
            subject=key, verb="add", by=by.strip(), at=now(), why=why, quote=evidence.quote, field=layer,
            value=write_said(layer, spelled), replaces=earlier,
        )  # fmt: skip
        self.store.judge(judgement)
        self.settle()
        return self.fact(key)

    def bind(
        self,
        one: Fact,
        verb: Literal["same", "different", "unsure"],
        other: Fact,
        by: str,
        *,
        why: str = "",
        seen: int | None = None,
    ) -> int:
        """Keep a person's decision that two namings, or the reports of two pages, are one, are not, or that nobody can tell.

        Returns its number. What was decided about the two before gives way to it. Raises QuestionError for facts that are not two people,
        two bodies, two programmes, two events or two commitments, and for two reports of one page; ConflictError as :meth:`judge`.
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
        number = self.store.judge(judgement, seen)
        self.settle()
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
        self.settle()
        return number

    def unbind(
        self, ones: Iterable[Fact], others: Iterable[Fact], by: str, why: str = "", *, seen: int | None = None
    ) -> Judgement:
        """Take back what was decided last about any two namings of these, and return it.

        Raises QuestionError when nothing was decided; ConflictError as :meth:`judge`, when *seen* is told.
        """
        mine, theirs = [fact.key for fact in ones], [fact.key for fact in others]
        asked = {(min(a, b), max(a, b)) for a in mine for b in theirs}
        found = [bond for bond in self.store.bonds() if (bond.subject, bond.other) in asked]
        if not found:
            raise QuestionError(f"nobody decided about {short_key(mine[0])} and {short_key(theirs[0])}; there is nothing to take back")
        last = self.store.judgement(found[-1].number)
        latest = self.store.last_about(last.subject, last.other)
        if seen is not None and latest != seen:
            raise ConflictError(latest)
        undo = Judgement(subject=last.subject, verb="undo", by=by.strip(), at=now(), why=why, replaces=found[-1].number)
        self.store.judge(undo)
        self.settle()
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
            judged, read = list_facts(self.store.document(source)), facts_to_judge(self.store, source)
            found += [as_read(fact, read, judged) for fact in judged if fact.layer == listed and fact.number == item]
        if not found:
            raise QuestionError(f"what pages tell of {name!r} has changed since it was looked at; run 'mithaq resolve', then ask again")
        return found

    def correct(
        self, fact: Fact, changes: Iterable[tuple[str, str]], by: str, *, why: str = "", seen: int | None = None
    ) -> list[tuple[str, str]]:
        """Keep corrections of several fields of a fact, as a person types them, and return them as they are kept.

        Raises QuestionError, before any is kept, when a field cannot hold its value; ConflictError as :meth:`judge`.
        """
        every = [(field, self.spell(field, value)) for field, value in changes]
        for field, value in every:
            read_value(fact.layer, field, value)
        for field, value in every:
            number = self.judge(fact, "correct", by, field=field, value=value, why=why, seen=seen)
            seen = None if seen is None else number
        return every

    def undo(self, subject: str, by: str, why: str = "", *, seen: int | None = None) -> Judgement:
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
        self.store.judge(undo, seen)
        self.settle()
        return last.judgement


def read_words(text: str, start: int, end: int, quote: str) -> Evidence:
    """Return the words that a person chose in a text, without white space at their ends; raises QuestionError unless they stand there."""
    if not 0 <= start < end <= len(text) or text[start:end] != quote:
        raise QuestionError("these words do not stand in this place of the page; choose them in its text once more", "wrong.words")
    if not quote.strip():
        raise QuestionError("no words were chosen; choose those that say it", "wrong.no_quote")
    return Evidence.of(text, start, end)


def require_article(document: Document, evidence: Evidence) -> None:
    """Raise QuestionError when words stand outside the article: menus, tickers and comment rules support no fact (law 5)."""
    outside = [s for s in document.segments if s.kind not in SUPPORTING_SEGMENTS and s.start < evidence.end and evidence.start < s.end]
    if outside:
        raise QuestionError("these words stand beside the article, and prove nothing; choose words of the article", "wrong.furniture")
