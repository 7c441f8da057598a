"""Find the figures that a page cites: scores, ranks, shares, money, capacities, numbers of people and things, each as a claim."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property

from msgspec.structs import replace

from mithaq.annotate.claims import signs_of_figure
from mithaq.annotate.figure_names import name_figure
from mithaq.annotate.figures import Figure, figures_in
from mithaq.annotate.sides import home_country, principal_countries
from mithaq.annotate.view import View, country_codes
from mithaq.lexicon import Lexicon
from mithaq.lexicon.certainty import confidence
from mithaq.lexicon.weighing import likelihood_of, load_scales, weightiest
from mithaq.model import Body, Document, Evidence, Indicator, Match, Sentence, Statement
from mithaq.model.vocabulary import Comparator
from mithaq.text.tokens import starts_of

_EVIDENCE_REACH = 9  # words on either side of a figure that its evidence may take in
_GROUP_REACH = 6
_NATION_REACH = 5  # words after a figure in which a nation says whose it is
_YEAR_REACH = 10
_OWN = frozenset({"achievement", "refusal"})  # of what a firm says, this is told of itself
_AHEAD = frozenset({"commitment", "intent"})
_ABROAD = frozenset({"USD", "EUR", "GBP", "JPY", "CNY"})  # in these others count, too
_PUBLISHED = frozenset({"rank", "points", "%"})


def find_indicators(document: Document, lexicon: Lexicon) -> tuple[Indicator, ...]:
    """Return the figures of an article in the order of the text, never dates, editions, durations or bands.

    «جاءت في المرتبة الرابعة عربيا» gives rank 4 of the group "Arab states"; the claimant is the speaker of the statement
    around it, else the outlet.
    """
    judge = load_scales("indicators")
    view = View(document)
    reader = _Reader(view)
    found = []
    for sentence, figure in _figures_of(reader):
        signs = signs_of_figure(view, sentence, figure)
        chance = likelihood_of(signs, judge)
        if chance >= judge.threshold:
            indicator = reader.indicator(sentence, figure)
            why = f"{indicator.why} ({chance:.2f}: {weightiest(signs, judge)})"
            found.append(replace(indicator, why=why, confidence=confidence("indicators", chance)))
    return tuple(sorted(found, key=lambda i: i.evidence.start))


def find_candidates(document: Document) -> list[tuple[Indicator, frozenset[str]]]:
    """Return every number that could be a cited figure, with the signs by which it is judged; the judge is learned from these."""
    view = View(document)
    reader = _Reader(view)
    return [(reader.indicator(sentence, figure), signs_of_figure(view, sentence, figure)) for sentence, figure in _figures_of(reader)]


def _figures_of(reader: _Reader) -> Iterator[tuple[Sentence, Figure]]:
    """Yield the numbers of the body that count, weigh or rank something with their sentences, one told again only once."""
    view = reader.view
    seen: set[tuple[float, str, str]] = set()
    for sentence in view.document.sentences:
        for figure in figures_in(view, sentence, reader.dated) if sentence.kind == "body" else ():
            key = (figure.value, figure.unit, _counted(view, figure) if figure.unit == "count" else "")
            if key not in seen:
                seen.add(key)
                yield sentence, figure


def _counted(view: View, figure: Figure) -> str:
    """Return the word that a number counts, to tell a repeated figure from another of the same value."""
    return view.tokens[figure.number.last].key if figure.number.last < len(view.tokens) else ""


class _Reader:
    """What a page says around its figures."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.document = view.document
        self._starts = starts_of(view.tokens)
        self.dated = {i for t in view.document.times for i in self._tokens(t.evidence)}

    @cached_property
    def _home(self) -> str | None:
        """The country of which the page speaks when its words name none."""
        principal = principal_countries(self.view)
        return principal[0] if len(principal) == 1 else home_country(self.view, principal) or next(iter(principal), None)

    def indicator(self, sentence: Sentence, figure: Figure) -> Indicator:
        """Return a figure with its name, country, year, publisher, group and claimant."""
        evidence = self._evidence(sentence, figure)
        statement = self._statement(figure)
        index = self._index(sentence, figure)
        return Indicator(
            name=name_figure(self.view, sentence, figure, index) or evidence.quote,
            value=figure.value,
            unit=figure.unit,
            evidence=evidence,
            publisher=self._publisher(sentence, figure, index),
            comparator=_comparator(figure),
            country=self._country(sentence, figure, statement),
            year=self._year(figure),
            group=self._group(figure) if figure.unit == "rank" else None,
            claimant=statement.speaker if statement and statement.speaker else self.document.outlet,
            why=figure.why,
        )

    def _tokens(self, evidence: Evidence) -> range:
        return range(bisect_left(self._starts, evidence.start), bisect_left(self._starts, evidence.end))

    def _evidence(self, sentence: Sentence, figure: Figure) -> Evidence:
        """Return the clause around a figure: to the next marks, within reach."""
        view = self.view
        first, last = figure.first, figure.last
        while first > sentence.first and figure.first - first < _EVIDENCE_REACH and not view.is_mark(first - 1):
            first -= 1
        while last < sentence.last and last - figure.last < _EVIDENCE_REACH and not view.is_mark(last):
            last += 1
        return Evidence.of(view.text, view.tokens[first].start, view.tokens[last - 1].end)

    def _statement(self, figure: Figure) -> Statement | None:
        start = self.view.tokens[figure.number.first].start
        return next((s for s in self.document.statements if s.evidence.start <= start < s.evidence.end), None)

    def _index(self, sentence: Sentence, figure: Figure) -> Match | None:
        """Return the named index that a score, share or rank belongs to."""
        if figure.unit not in _PUBLISHED:
            return None
        named = [m for m in self.view.matches(sentence, "indicator.index") if not m.attributes.get("score")]
        return min(named, key=lambda m: abs(m.first - figure.first)) if named else None

    def _publisher(self, sentence: Sentence, figure: Figure, index: Match | None) -> str | None:
        """Return the organisation that published a score, share or rank: an international one beside the index, or the named source."""
        if figure.unit not in _PUBLISHED:
            return None
        start, end = self.view.tokens[sentence.first].start, self.view.tokens[sentence.last - 1].end
        inside = [b for b in self.document.bodies if any(start <= e.start < end for e in b.mentions)]
        if index is not None:
            return next((b.name for b in inside if b.kind == "io"), None)
        return next((b.name for b in inside if self._is_source(b, start, end)), None)

    def _is_source(self, body: Body, start: int, end: int) -> bool:
        spans = [self._tokens(e) for e in body.mentions if start <= e.start < end]
        return any(self.view.over(s.start - k, "speech.source") for s in spans for k in (1, 2) if s.start >= k)

    def _country(self, sentence: Sentence, figure: Figure, statement: Statement | None) -> str | None:
        """Return whose figure it is: of the nation in its clause, else of its money, its speaker, the only nation told of, the page's."""
        view, last = self.view, figure.last
        while last < sentence.last and last - figure.last < _NATION_REACH and not view.is_mark(last):
            last += 1
        near = country_codes(view, figure.first, last)
        if near and figure.unit != "rank":
            return near[0]
        if _is_national(figure.unit):
            return figure.unit[:2]
        first = figure.first
        while first > sentence.first and (figure.unit == "rank" or not view.is_mark(first - 1)):
            first -= 1
        before = country_codes(view, first, figure.first)
        if before:
            return before[-1]
        told = self._told_by(statement) if statement else None
        if statement and statement.kind in _AHEAD and not told:
            return self._home  # what is to come is told to the readers: whoever spoke before does not tell whose it is
        measured = self._told_of(sentence, first) if figure.unit in _PUBLISHED else None
        return told or self._last_speaker(sentence, figure) or measured or self._home

    def _told_by(self, statement: Statement) -> str | None:
        """Return the country whose figures a speaker tells: the own one, but not what a firm promises, wants or finds.

        A firm's people speak of the country where it works, less often of the one where it is at home; the page says it better.
        """
        return None if statement.speaker in self._of_firms and statement.kind not in _OWN else statement.country

    @cached_property
    def _of_firms(self) -> frozenset[str]:
        """The names of people who act for a firm."""
        firms = {body.name for body in self.document.bodies if body.kind == "company"}
        return frozenset(person.name for person in self.document.people if person.body in firms)

    def _told_of(self, sentence: Sentence, first: int) -> str | None:
        """Return the only nation named before a figure: «المغرب يحتل مكانة ريادية… كما تصدر إفريقيا» goes on about one."""
        place = self.document.sentences.index(sentence)
        before = self.document.sentences[place - 1] if place else sentence
        start = before.first if before.paragraph == sentence.paragraph else sentence.first
        named = set(country_codes(self.view, sentence.first, first)) or set(country_codes(self.view, start, first))
        return named.pop() if len(named) == 1 else None

    def _last_speaker(self, sentence: Sentence, figure: Figure) -> str | None:
        """Return the country of whoever spoke last before a figure in its paragraph."""
        at, spoken = self.view.tokens[figure.number.first].start, None
        for statement in self.document.statements:
            country = self._told_by(statement) if statement.evidence.start <= at else None
            if country:
                told = next((s for s in self.document.sentences if s.start <= statement.evidence.start < s.end), None)
                spoken = country if told and told.paragraph == sentence.paragraph else spoken
        return spoken

    def _year(self, figure: Figure) -> int | None:
        """Return the year that stands beside a figure."""
        near = []
        for time in self.document.times:
            if time.value:
                tokens = self._tokens(time.evidence)
                gap = tokens.start - figure.last if tokens.start >= figure.last else figure.first - tokens.stop + 4
                if 0 <= gap <= _YEAR_REACH:
                    near.append((gap, int(time.value[:4])))
        return min(near)[1] if near else None

    def _group(self, figure: Figure) -> str | None:
        reach = range(max(0, figure.first - 1), min(figure.last + _GROUP_REACH, len(self.view.tokens)))
        match = next((m for i in reach if (m := self.view.at(i, "indicator.group"))), None)
        return match.attributes["group"] if match else None


def _is_national(unit: str) -> bool:
    """Say whether a unit is the money of one country in which no other counts: codes of several countries begin with X (ISO 4217)."""
    return len(unit) == 3 and unit.isupper() and unit not in _ABROAD and not unit.startswith("X")


def _comparator(figure: Figure) -> Comparator:
    return figure.comparator  # type: ignore[return-value]  # the lexicon holds only values of the closed list
