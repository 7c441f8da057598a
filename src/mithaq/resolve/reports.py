"""Take out of a page what it reports: its events and promises, each with all that a comparison with other pages needs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

from mithaq.lexicon.wordlist import is_common_arabic, read_wordlist
from mithaq.model import Document, Event, Evidence, Statement, Token
from mithaq.model.entity import Body, Person, Programme
from mithaq.model.fact import Fact, list_facts
from mithaq.model.happening import COMMITMENT, Gone, Report, Teller, Told
from mithaq.model.vocabulary import SUPPORTING_SEGMENTS
from mithaq.store.search import split_words
from mithaq.text.characters import has_arabic
from mithaq.text.fold import clitic_keys
from mithaq.text.numbers import read_numbers
from mithaq.text.skeleton import name_skeleton

# Numbers up to two are in every text, and years are dates.
_LEAST_FIGURE = 2
_YEARS = range(1900, 2101)
_MOST_FIGURES, _MOST_WORDS, _LEAST_LETTERS = 60, 40, 3
_MOST_RARE, _LEAST_BONES = 120, 3
_start = attrgetter("start")

# Which entity a name on a page is of: (list, number in it) to the entity's id.
Members = Mapping[tuple[str, int], str]


def read_reports(document: Document, members: Members | None = None, *, gone: Gone | None = None) -> Told:
    """Return what a page reports, as it stands after people's decisions; a page that reports nothing has no reports.

    *gone* says why the page itself does not stand any more, where it does not.
    """
    reader = _Reader(document, members or {})
    reports = [reader.read(fact) for fact in list_facts(document) if _is_report(fact)]
    return Told(_teller(document, gone), tuple(reports))


def _is_report(fact: Fact) -> bool:
    return fact.layer == "events" or (isinstance(fact.value, Statement) and fact.value.kind == COMMITMENT)


def _teller(document: Document, gone: Gone | None) -> Teller:
    d = document
    people = [(person.mentions[0].start, person.name) for person in d.people]
    named = sorted(people + [(programme.mentions[0].start, programme.name) for programme in d.programmes])
    return Teller(
        document=d.id,
        path=d.path,
        title=d.title,
        lang=d.lang,
        outlet=d.outlet,
        agency=d.agency,
        published=d.published or (d.retrieved or "")[:10] or None,
        copy_of=d.copy_of,
        rights=d.rights,
        gone=gone,
        sentences=sum(s.kind == "body" for s in d.sentences),
        topics=d.topics,
        rare=_rare(d, 0, len(d.text))[:_MOST_RARE],
        names=tuple(name for _, name in named),
        figures=_figures(d, 0, len(d.text))[:_MOST_FIGURES],
    )


def _figures(document: Document, start: int, end: int) -> tuple[float, ...]:
    """Return the numbers between two characters of the article, without those of dates."""
    tokens = document.tokens
    first, last = bisect_left(tokens, start, key=_start), bisect_left(tokens, end, key=_start)
    dates = [(t.evidence.start, t.evidence.end) for t in document.times if t.evidence.start < end and t.evidence.end > start]
    apart = [(s.start, s.end) for s in document.segments if s.kind not in SUPPORTING_SEGMENTS]
    found = []
    for number in read_numbers(tokens[first:last]):
        at = tokens[first + number.first].start
        if number.value > _LEAST_FIGURE and number.value not in _YEARS and not _within(at, dates) and not _within(at, apart):
            found.append(number.value)
    return tuple(found)


def _rare(document: Document, start: int, end: int) -> tuple[str, ...]:
    """Return the consonants of the uncommon words between two characters of the article, each once: no names of people and places."""
    d = document
    apart = sorted(_names_of(d) + [(s.start, s.end) for s in d.segments if s.kind not in SUPPORTING_SEGMENTS])
    found: dict[str, None] = {}
    at = 0
    for token in d.tokens[bisect_left(d.tokens, start, key=_start) : bisect_left(d.tokens, end, key=_start)]:
        while at < len(apart) and apart[at][1] <= token.start:
            at += 1
        if token.kind != "word" or (at < len(apart) and apart[at][0] <= token.start) or _is_common(token, d.lang):
            continue
        bones = "".join(name_skeleton(token.form))
        if len(bones) >= _LEAST_BONES:
            found[bones] = None
    return tuple(found)


def _names_of(document: Document) -> list[tuple[int, int]]:
    """Return where people, places and nations are named."""
    d = document
    named = [(m.start, m.end) for person in d.people for m in person.mentions]
    return named + [(p.evidence.start, p.evidence.end) for p in d.places] + [(m.start, m.end) for m in d.matches_of("place")]


def _is_common(token: Token, lang: str | None) -> bool:
    """Say whether a word is an everyday one, in any of its readings."""
    if has_arabic(token.form):
        return any(is_common_arabic(key) for key in clitic_keys(token.form))
    return token.key in read_wordlist(lang if lang in ("fr", "en") else "en", "common")


def _within(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _inside(evidence: Evidence, mentions: Iterable[Evidence]) -> bool:
    return any(evidence.start <= m.start and m.end <= evidence.end for m in mentions)


class _Reader:
    """Reads the reports of one page."""

    def __init__(self, document: Document, members: Members) -> None:
        self._document = document
        self._members = members
        self._apart = _names_of(document)

    def read(self, fact: Fact) -> Report:
        value = fact.value
        if isinstance(value, Event):
            return self._event(fact, value)
        assert isinstance(value, Statement)  # see _is_report
        return self._promise(fact, value)

    def _event(self, fact: Fact, event: Event) -> Report:
        d, evidence = self._document, fact.evidence
        bodies = tuple(dict.fromkeys((*event.bodies, *(b.name for b in d.bodies if _inside(evidence, b.mentions)))))
        return Report(
            list="events",
            item=fact.number,
            key=fact.key,
            type=event.type,
            evidence=evidence,
            stage=event.stage,
            parties=event.parties,
            sides=self._sides(event.parties, evidence),
            people=event.people,
            bodies=bodies,
            who=self._who(event.people, bodies),
            known=self._known(event.people),
            programmes=self._named(d.programmes, evidence),
            place=event.place,
            place_country=event.place_country,
            date=event.date,
            date_end=event.date_end,
            amount=event.amount,
            topics=event.topics,
            figures=_figures(d, evidence.start, evidence.end),
            words=self._words(evidence),
            rare=_rare(d, evidence.start, evidence.end),
        )

    def _promise(self, fact: Fact, statement: Statement) -> Report:
        d, evidence = self._document, fact.evidence
        parties = tuple(sorted({side for side in (statement.country, statement.toward) if side}))
        people = self._named(d.people, evidence)
        bodies = self._named(d.bodies, evidence)
        return Report(
            list="statements",
            item=fact.number,
            key=fact.key,
            type=COMMITMENT,
            evidence=evidence,
            stage="planned",
            parties=parties,
            sides=self._sides(parties, evidence),
            people=people,
            bodies=bodies,
            who=self._who(people, bodies),
            known=self._known(people),
            programmes=self._named(d.programmes, evidence),
            date=statement.due,
            amount=statement.amount,
            topics=statement.topics,
            figures=_figures(d, evidence.start, evidence.end),
            words=self._words(evidence),
            rare=_rare(d, evidence.start, evidence.end),
            speaker=statement.speaker,
            deliverable=statement.deliverable,
        )

    def _sides(self, parties: Sequence[str], evidence: Evidence) -> tuple[str, ...]:
        """Return the parties, or, of less than two, the sides of an event in the same words, else those of the page's pairs."""
        if len(parties) > 1:
            return tuple(parties)
        for event in self._document.events:
            near = event.evidence.start < evidence.end and evidence.start < event.evidence.end
            if near and len(event.parties) > 1 and set(parties) <= set(event.parties):
                return event.parties
        pairs = [(p.a, p.b) for p in self._document.pairs if not parties or parties[0] in (p.a, p.b)]
        return pairs[0] if len(pairs) == 1 else tuple(parties)

    def _named(self, items: Sequence[Person | Body | Programme], evidence: Evidence) -> tuple[str, ...]:
        return tuple(item.name for item in items if _inside(evidence, item.mentions))

    def _known(self, people: Iterable[str]) -> dict[str, str]:
        """Return the entities of people by their names here."""
        return {name: ids[0] for name in people if (ids := self._who((name,), ()))}

    def _who(self, people: Iterable[str], bodies: Iterable[str]) -> tuple[str, ...]:
        places = [("people", n) for n, person in enumerate(self._document.people) if person.name in set(people)]
        places += [("bodies", n) for n, body in enumerate(self._document.bodies) if body.name in set(bodies)]
        return tuple(sorted({self._members[place] for place in places if place in self._members}))

    def _words(self, evidence: Evidence) -> tuple[str, ...]:
        """Return the stems of a sentence's words but names and the shortest, which are in every sentence."""
        d = self._document
        words = [w for w in split_words(d.text, d.lang, evidence.start, evidence.end) if len(w.stem) >= _LEAST_LETTERS]
        stems = (word.stem for word in words if not any(start < word.end and word.start < end for start, end in self._apart))
        return tuple(sorted({stem for stem in stems if not stem.isdigit()}))[:_MOST_WORDS]
