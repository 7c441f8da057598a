"""See how each digital matter is held up by a page: which phrases and words speak of it, how plainly, and where.

No stage; topics rest on it. Beside the phrases of topics, words of everyday matters are read here (``matter_*.yml``: vaccines, parcels,
tax returns): on a page that is digital anyway they tell which topic is meant, and nowhere do they make a page digital.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from operator import attrgetter
from typing import Literal, NamedTuple

from mithaq.annotate.themes import is_weak, name_spans
from mithaq.model import Document, Match, Sentence
from mithaq.model.kept import keep_while_same
from mithaq.model.vocabulary import Topic

# How plainly words speak of a topic: its own phrases, phrases that other matters share, words of its matters, everyday words.
Plainness = Literal["strong", "weak", "plain", "faint"]
Place = Literal["title", "lead", "rest"]

_first = attrgetter("first")
_LEAD_SENTENCES = 4  # of a first paragraph that is the whole page, only so many are its lead
_OUTER = 6  # so many matches that began before may still hold one inside
_WEIGHTS: Mapping[Plainness, float] = {"strong": 1.0, "weak": 0.5, "plain": 0.5, "faint": 0.2}
_COUNTRY = "place."
_TITLE, _LEAD, _LEADS, _NAME = 3, 1, 2, 0.3


class Said(NamedTuple):
    """One phrase on a page: of which topic, how plainly, where, in which sentence by number, and whether as part of a name."""

    topic: Topic
    plain: Plainness
    place: Place
    sentence: int
    word: str
    named: bool


class Hold(NamedTuple):
    """How a topic is held up: phrases by place and plainness, those inside names of offices and bodies, sentences and different words by
    plainness."""

    places: Mapping[tuple[Place, Plainness], int]
    names: int
    sentences: Mapping[Plainness, frozenset[int]]
    words: Mapping[Plainness, frozenset[str]]

    @property
    def weight(self) -> float:
        """How much the page speaks of the topic: the title counts three times more, the lead once, names of offices and bodies little."""
        total = 0.0
        for plain, weight in _WEIGHTS.items():
            sentences = len(self.sentences.get(plain, ()))
            if sentences:  # else nothing of that plainness stands in title or lead either
                titled, leading = self.places.get(("title", plain), 0), self.places.get(("lead", plain), 0)
                total += weight * (_TITLE * min(titled, 1) + _LEAD * min(leading, _LEADS) + sentences)
        return _NAME * self.names + total


@keep_while_same("sentences", "matches", "people", "bodies")
def hold_topics(document: Document) -> dict[Topic, Hold]:
    """Return how each topic spoken of in title and body is held up; none on a page without any phrase of a topic."""
    if not document.matches_of("topic"):
        return {}
    said: dict[Topic, list[Said]] = {}
    for one in _read(document):
        said.setdefault(one.topic, []).append(one)
    return {topic: _hold(each) for topic, each in said.items()}


def _hold(said: Iterable[Said]) -> Hold:
    places: dict[tuple[Place, Plainness], int] = {}
    sentences: dict[Plainness, set[int]] = {}
    words: dict[Plainness, set[str]] = {}
    names = 0
    for one in said:
        if one.named:
            names += 1
            continue
        places[one.place, one.plain] = places.get((one.place, one.plain), 0) + 1
        sentences.setdefault(one.plain, set()).add(one.sentence)
        words.setdefault(one.plain, set()).add(one.word)
    return Hold(
        places,
        names,
        {plain: frozenset(numbers) for plain, numbers in sentences.items()},
        {plain: frozenset(different) for plain, different in words.items()},
    )


def _read(document: Document) -> Iterable[Said]:
    """Yield the phrases of title and body, in order."""
    matches = _outermost(document.matches_of("place.country", "topic", "matter"))
    names = name_spans(document)
    lead = next((s.paragraph for s in document.sentences if s.kind == "body"), None)
    body = 0
    for number, sentence in enumerate(document.sentences):
        if sentence.kind not in ("title", "body"):
            continue
        body += sentence.kind == "body"
        place = _place(sentence, lead, body)
        for match in matches[bisect_left(matches, sentence.first, key=_first) : bisect_left(matches, sentence.last, key=_first)]:
            if match.kind.startswith(_COUNTRY):
                continue
            named = any(start <= match.start and match.end <= end for start, end in names)
            yield Said(_topic(match), _plainness(match), place, number, match.word, named)


def _place(sentence: Sentence, lead: int | None, number: int) -> Place:
    if sentence.kind == "title":
        return "title"
    return "lead" if sentence.paragraph == lead and number <= _LEAD_SENTENCES else "rest"


def _outermost(matches: Iterable[Match]) -> list[Match]:
    """Return matches without those of the same topic inside a longer one, and without shared words inside a phrase of another."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda m: (m.first, -m.last)):
        last = match.last
        over = [outer for outer in kept[-_OUTER:] if last <= outer.last]  # of most matches none
        if not over or not any(_hides(outer, match) for outer in over):
            kept.append(match)
    return kept


def _hides(outer: Match, inner: Match) -> bool:
    if outer.kind.startswith(_COUNTRY):  # «جزر القمر» are islands, no moon
        return True
    return _topic(outer) == _topic(inner) or (_plainness(inner) != "strong" and outer.last - outer.first > inner.last - inner.first)


def _topic(match: Match) -> Topic:
    return match.kind.partition(".")[2]  # type: ignore[return-value]  # kinds follow the closed list


def _plainness(match: Match) -> Plainness:
    if match.kind.startswith("topic."):
        return "weak" if is_weak(match) else "strong"
    return "faint" if match.attributes.get("faint") == "yes" else "plain"
