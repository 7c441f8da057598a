"""Take out of a page what it reports: its events and promises, each with all that a comparison with other pages needs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from mithaq.lexicon.wordlist import is_common_arabic, read_wordlist
from mithaq.model import Document, Event, Evidence, Statement
from mithaq.model.entity import Body, Person, Programme
from mithaq.model.fact import Fact, list_facts
from mithaq.model.happening import COMMITMENT, Report, Teller, Told
from mithaq.model.kept import keep_last, keep_words
from mithaq.model.span import Match
from mithaq.model.vocabulary import SUPPORTING_SEGMENTS
from mithaq.resolve.meanings import subjects_of
from mithaq.resolve.passages import Stretch, passages_of
from mithaq.store.happenings import Standing
from mithaq.store.search import split_words
from mithaq.text.characters import has_arabic
from mithaq.text.fold import clitic_keys, fold_word
from mithaq.text.language import function_words
from mithaq.text.numbers import numbers_between
from mithaq.text.skeleton import name_skeleton
from mithaq.text.tokens import starts_of

# Numbers up to two are in every text, and years are dates.
_LEAST_FIGURE = 2
_YEARS = range(1900, 2101)
_MOST_FIGURES, _MOST_WORDS, _LEAST_LETTERS = 60, 40, 3
_MOST_RARE, _LEAST_BONES = 120, 3
_NEEDED = {"people": "training", "money": "funding"}  # what an act is about that needs unnamed people, or a sum
_CITY = "~"  # before the id of a city, among the codes of subjects

# Which entities a name on a page is of: (list, name) to their ids.
Members = Mapping[tuple[str, str], Collection[str]]


def read_reports(document: Document) -> Told:
    """Return what a page reports, as far as the page alone tells: a page that reports nothing has no reports.

    Who is who, and how the page stands among others, is added by :func:`place_reports`.
    """
    facts = [fact for fact in list_facts(document) if _is_report(fact)]
    reader = _Reader(document, facts)
    reports = tuple([reader.read(fact) for fact in facts])
    return Told(_teller(document, full=bool(reports)), reports)


def place_reports(told: Told, members: Members, standing: Standing) -> Told:
    """Return what a page reports with what other pages tell: whose copy it is, why it stands no more, who its people and bodies are."""
    teller = replace(told.teller, copy_of=standing.copy_of, gone=standing.gone)
    if not members:
        return Told(teller, told.reports)
    reports = []
    for report in told.reports:
        known = {name: min(ids) for name in report.people if (ids := members.get(("people", name)))}
        who = {one for name in report.people for one in members.get(("people", name), ())}
        who.update(one for name in report.bodies for one in members.get(("bodies", name), ()))
        things, about = (_programmes(names, members) for names in (report.programmes, report.about_names))
        reports.append(replace(report, who=tuple(sorted(who)), known=known, things=things, about_things=about))
    return Told(teller, tuple(reports))


def _programmes(names: Iterable[str], members: Members) -> tuple[str, ...]:
    return tuple(sorted({one for name in names for one in members.get(("programmes", name), ())}))


def _is_report(fact: Fact) -> bool:
    return fact.layer == "events" or (isinstance(fact.value, Statement) and fact.value.kind == COMMITMENT)


def _teller(document: Document, *, full: bool) -> Teller:
    """Return a page as far as comparisons need it; of one that reports nothing, what it says about itself."""
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
        rights=d.rights,
        sentences=sum(s.kind == "body" for s in d.sentences),
        topics=d.topics,
        rare=_rare(d, 0, len(d.text))[:_MOST_RARE] if full else (),
        subjects=_subjects(d, 0, len(d.text)) if full else (),
        names=tuple(name for _, name in named),
        figures=_figures(d, 0, len(d.text))[:_MOST_FIGURES] if full else (),
    )


def _figures(document: Document, start: int, end: int) -> tuple[float, ...]:
    """Return the numbers between two characters of the article, without those of dates."""
    tokens = document.tokens
    starts = starts_of(tokens)
    numbers = numbers_between(tokens, bisect_left(starts, start), bisect_left(starts, end))
    if not numbers:
        return ()
    dates = [(t.evidence.start, t.evidence.end) for t in document.times if t.evidence.start < end and t.evidence.end > start]
    apart = [(s.start, s.end) for s in document.segments if s.kind not in SUPPORTING_SEGMENTS]
    found = []
    for number in numbers:
        at = starts[number.first]
        if number.value > _LEAST_FIGURE and number.value not in _YEARS and not _within(at, dates) and not _within(at, apart):
            found.append(number.value)
    return tuple(found)


@keep_last
def _rare_words(document: Document) -> tuple[list[int], list[str]]:
    """Return where the uncommon words of the article begin, and their consonants: no names of people and places."""
    d = document
    apart = sorted(_names_of(d) + [(s.start, s.end) for s in d.segments if s.kind not in SUPPORTING_SEGMENTS])
    bones_of = _FRENCH_BONES if d.lang == "fr" else _ENGLISH_BONES
    places, found = list[int](), list[str]()
    at, after = 0, len(apart)
    for token in d.tokens:
        if token.kind != "word" or not (bones := bones_of(token.form)):
            continue
        start = token.start
        while at < after and apart[at][1] <= start:
            at += 1
        if at == after or apart[at][0] > start:
            places.append(start)
            found.append(bones)
    return places, found


def _rare(document: Document, start: int, end: int) -> tuple[str, ...]:
    """Return the consonants of the uncommon words between two characters of the article, each once."""
    places, bones = _rare_words(document)
    return tuple(dict.fromkeys(bones[bisect_left(places, start) : bisect_left(places, end)]))


def _subjects(document: Document, start: int, end: int) -> tuple[str, ...]:
    """Return the codes of what is talked about between two characters of the article, in any language; people and bodies left out."""
    d = document
    apart = [(m.start, m.end) for items in (d.people, d.bodies) for item in items for m in item.mentions]
    apart += [(s.start, s.end) for s in d.segments if s.kind not in SUPPORTING_SEGMENTS]
    found = {f"{_CITY}{m.attributes['id']}" for m in _cities(d) if start <= m.start and m.end <= end}
    at = start
    for first, last in sorted(span for span in (*apart, (end, end)) if span[1] > start and span[0] <= end):
        if first > at:
            found |= subjects_of(d.text[at:first])
        at = max(at, last)
    return tuple(sorted(found))


def _cities(document: Document) -> list[Match]:
    """Return where cities are named that are no capitals: a project has its place, but anything may be signed in a capital."""
    return [match for match in document.matches_of("place.city") if "id" in match.attributes and "capital" not in match.attributes]


def _names_of(document: Document) -> list[tuple[int, int]]:
    """Return where people, places and nations are named."""
    d = document
    named = [(m.start, m.end) for person in d.people for m in person.mentions]
    return named + [(p.evidence.start, p.evidence.end) for p in d.places] + [(m.start, m.end) for m in d.matches_of("place")]


def _bones(form: str, lang: str) -> str:
    """Return the consonants of a word; nothing for one of less than three, and for an everyday one, in any of its readings."""
    if has_arabic(form):
        common = any(is_common_arabic(key) for key in clitic_keys(form))
    else:
        common = fold_word(form) in read_wordlist(lang, "common")
    bones = "" if common else "".join(name_skeleton(form))
    return bones if len(bones) >= _LEAST_BONES else ""


_FRENCH_BONES = keep_words(lambda form: _bones(form, "fr"))
_ENGLISH_BONES = keep_words(lambda form: _bones(form, "en"))


def _within(at: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _touch(a: Evidence, b: Evidence) -> bool:
    return a.start < b.end and b.start < a.end


def _inside(evidence: Evidence, mentions: Iterable[Evidence]) -> bool:
    return any(evidence.start <= m.start and m.end <= evidence.end for m in mentions)


def _merge(spans: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Return where stretches covered by spans begin and end, in order, those that touch made one."""
    starts, ends = list[int](), list[int]()
    for start, end in sorted(spans):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    return starts, ends


class _Matter(NamedTuple):
    """What a part of a page is about: codes of subjects, consonants of uncommon words, programmes."""

    subjects: tuple[str, ...]
    rare: tuple[str, ...]
    names: tuple[str, ...]


class _Reader:
    """Reads the reports of one page."""

    def __init__(self, document: Document, facts: Sequence[Fact]) -> None:
        self._document = document
        self._names_begin, self._names_end = _merge(_names_of(document))
        events = [(fact.evidence.start, fact.evidence.end) for fact in facts if fact.layer == "events"]
        self._passages = list(zip(events, passages_of(document.sentences, events), strict=True))

    def read(self, fact: Fact) -> Report:
        value = fact.value
        if isinstance(value, Event):
            return self._event(fact, value)
        assert isinstance(value, Statement)  # see _is_report
        return self._promise(fact, value)

    def _event(self, fact: Fact, event: Event) -> Report:
        d, evidence = self._document, fact.evidence
        matter = self._matter(evidence)
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
            programmes=self._named(d.programmes, evidence),
            place=event.place,
            place_country=event.place_country,
            date=event.date,
            date_end=event.date_end,
            due=self._due(event),
            amount=event.amount,
            topics=event.topics,
            figures=_figures(d, evidence.start, evidence.end),
            words=self._words(evidence),
            rare=_rare(d, evidence.start, evidence.end),
            subjects=_subjects(d, evidence.start, evidence.end),
            about=matter.subjects,
            about_rare=matter.rare,
            about_names=matter.names,
        )

    def _due(self, event: Event) -> str | None:
        """Return until when a plan without a date is to be carried out, as a promise in the same words tells it."""
        if event.date or event.stage != "planned":
            return None
        promised = (s for s in self._document.statements if s.kind == COMMITMENT and s.due and _touch(s.evidence, event.evidence))
        return min((s.due for s in promised if s.due), default=None)

    def _promise(self, fact: Fact, statement: Statement) -> Report:
        d, evidence = self._document, fact.evidence
        matter = self._matter(evidence)
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
            programmes=self._named(d.programmes, evidence),
            date=statement.due,
            amount=statement.amount,
            topics=statement.topics,
            figures=_figures(d, evidence.start, evidence.end),
            words=self._words(evidence),
            rare=_rare(d, evidence.start, evidence.end),
            subjects=_subjects(d, evidence.start, evidence.end),
            about=matter.subjects,
            about_rare=matter.rare,
            about_names=matter.names,
            speaker=statement.speaker,
            deliverable=statement.deliverable,
            promised=tuple(sorted(set(self._promised(evidence)))),
        )

    def _promised(self, evidence: Evidence) -> Iterator[str]:
        """Yield the types of happenings that the words of a promise name: «تدريب 100 مهندس» a training."""
        for match in self._document.matches_of("event.noun", "event.thing", "event.verb", "event.act"):
            said = match.attributes
            if match.start < evidence.start or evidence.end < match.end or "other" in said:
                continue
            if match.kind == "event.act":
                kind = _NEEDED.get(said.get("needs", "")) or ("agreement" if said.get("stage") == "signed" else None)
            else:
                # «وبموجب الاتفاقية» only says what a promise rests on: an accord is promised where one is to be signed.
                kind = said.get("type") if said.get("type") != "agreement" else None
            if kind:
                yield kind

    def _passage(self, evidence: Evidence) -> tuple[Stretch, ...]:
        """Return the part of the page that tells of an event or promise: of a promise that of the events in whose part it stands."""
        start, end = evidence.start, evidence.end
        own = [passage for stretch, passage in self._passages if stretch == (start, end)][:1]
        own = own or [passage for _, passage in self._passages if any(first < end and start < last for first, last in passage)]
        return tuple(sorted({(start, end), *(stretch for passage in own for stretch in passage)}))

    def _matter(self, evidence: Evidence) -> _Matter:
        """Return what the part of the page that tells of an event or promise is about."""
        d, passage = self._document, self._passage(evidence)
        rare = dict.fromkeys(bones for start, end in passage for bones in _rare(d, start, end))
        named = (p.name for p in d.programmes if any(start <= m.start and m.end <= end for m in p.mentions for start, end in passage))
        subjects = {code for start, end in passage for code in _subjects(d, start, end)}
        return _Matter(tuple(sorted(subjects)), tuple(rare)[:_MOST_RARE], tuple(dict.fromkeys(named)))

    def _sides(self, parties: Sequence[str], evidence: Evidence) -> tuple[str, ...]:
        """Return the parties, or, of less than two, the sides of an event in the same words, else those of the page's pairs.

        Of a page on several pairs they are the sides of the event in whose part of the page the words stand.
        """
        if len(parties) > 1:
            return tuple(parties)
        events = [event for event in self._document.events if len(event.parties) > 1 and set(parties) <= set(event.parties)]
        for event in events:
            if event.evidence.start < evidence.end and evidence.start < event.evidence.end:
                return event.parties
        pairs = [(p.a, p.b) for p in self._document.pairs if not parties or parties[0] in (p.a, p.b)]
        if len(pairs) == 1:
            return pairs[0]
        start, end = evidence.start, evidence.end
        told = {stretch for stretch, passage in self._passages if any(first < end and start < last for first, last in passage)}
        around = {event.parties for event in events if (event.evidence.start, event.evidence.end) in told}
        return around.pop() if len(around) == 1 else tuple(parties)

    def _named(self, items: Sequence[Person | Body | Programme], evidence: Evidence) -> tuple[str, ...]:
        return tuple(item.name for item in items if _inside(evidence, item.mentions))

    def _words(self, evidence: Evidence) -> tuple[str, ...]:
        """Return the stems of a sentence's words but names, small words and the shortest, which are in every sentence."""
        d = self._document
        small = function_words(d.lang)
        stems = set[str]()
        for word in split_words(d.text, d.lang, evidence.start, evidence.end):
            if len(word.stem) < _LEAST_LETTERS or word.stem.isdigit() or self._is_name(word.start, word.end):
                continue
            if fold_word(d.text[word.start : word.end]) not in small:
                stems.add(word.stem)
        return tuple(sorted(stems))[:_MOST_WORDS]

    def _is_name(self, start: int, end: int) -> bool:
        """Say whether a word is part of a name."""
        before = bisect_left(self._names_begin, end) - 1
        return before >= 0 and self._names_end[before] > start
