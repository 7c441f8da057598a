"""From lines to segments: the whole page with every line named, the headline, and the stories on it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mithaq.model import Match, Segment, Span, Token
from mithaq.model.vocabulary import SegmentKind
from mithaq.page.features import Facts, read_facts, same_line
from mithaq.page.furniture import State, choose_states, opens_list
from mithaq.page.kinds import choose_title, cut_label, name_line
from mithaq.page.plain import Line, split_lines
from mithaq.page.stories import find_stories
from mithaq.text.calendar import CalendarDate

_AREAS = frozenset({"comments", "related", "ticker", "advert"})


_FEW_LINES = 3
_SENTENCE = 4  # words: a headline may be all that is pasted
_PARAGRAPH = 60  # words: no furniture is so long
_RUN = 3  # lines, fewer are no run of headlines
_ENDED = 0.25  # of them, no more end a sentence
_ODD = 4  # lines behind which a sentence says that the article goes on
_ALIEN = 0.4  # of their words, so few stand in the article
_WRITTEN = 0.6  # of the lines of an article, so many end a sentence
_KNOWN = 0.5  # of a line: so many words of furniture are no article


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A page cut into segments; ``title`` is its headline, ``stories`` are the spans of several articles (empty for one)."""

    segments: tuple[Segment, ...]
    lines: tuple[Line, ...]
    facts: tuple[Facts, ...]
    title: Span | None = None
    stories: tuple[Span, ...] = ()


def find_segments(
    text: str,
    tokens: tuple[Token, ...],
    matches: Sequence[Match],
    dates: Sequence[CalendarDate],
    lang: str | None,
    title: str | None = None,
) -> Layout:
    """Return the layout of a page; *title* is the headline when it is known from elsewhere (the tags of a web page)."""
    lines = split_lines(text, tokens, matches)
    facts = read_facts(text, lines, tokens, matches, dates, lang)
    states = _without_headlines(_with_a_body(choose_states(lines, facts), facts), facts)
    headline = _known_title(facts, title) if title else choose_title(lines, facts, states)
    kinds = _name_lines(facts, states, headline)
    segments = tuple(Segment(line.start, line.end, kind, why) for line, (kind, why) in zip(lines, kinds, strict=True))
    span = None
    if headline is not None:
        line = lines[headline]
        first, last = cut_label(facts[headline])
        span = Span(line.start + first, line.start + last)
    stories = find_stories(lines, facts, states, headline)
    return Layout(segments=segments, lines=lines, facts=facts, title=span, stories=stories)


def _with_a_body(states: Sequence[State], facts: Sequence[Facts]) -> Sequence[State]:
    """Return the states; where no article was found its paragraphs are one, and of a few lines the longest: what was pasted is meant."""
    if "body" in states or not facts:
        return states
    paragraphs = {i for i, fact in enumerate(facts) if fact.words >= _PARAGRAPH and fact.covered < _KNOWN}
    longest = max(range(len(facts)), key=lambda i: facts[i].words)
    if not paragraphs and len(facts) <= _FEW_LINES and facts[longest].words >= _SENTENCE and facts[longest].covered < _KNOWN:
        paragraphs = {longest}
    return ["body" if i in paragraphs else state for i, state in enumerate(states)]


def _without_headlines(states: Sequence[State], facts: Sequence[Facts]) -> Sequence[State]:
    """Return the states without a run of other stories' headlines behind the article: lines that end no sentence and tell of other things.

    Only where the article itself is written in sentences; an odd line among the headlines may end one.
    """
    body = [i for i, state in enumerate(states) if state == "body"]
    ended = 0
    first = len(body)
    for left in range(len(body) - 1, -1, -1):
        ended += _ends(facts[body[left]])
        rest = body[left:]
        if ended > len(rest) * _ENDED:
            if len(rest) > _ODD:
                break
            continue
        if not _ends(facts[body[left]]) and len(rest) >= _RUN and sum(facts[i].overlap for i in rest) < _ALIEN * len(rest):
            first = left
    if sum(map(_ends, (facts[i] for i in body[:first]))) < max(2, _WRITTEN * first):
        return states
    alien = frozenset(body[first:])
    return ["below" if i in alien else state for i, state in enumerate(states)]


def _ends(fact: Facts) -> bool:
    """Say whether a line ends a sentence, neither cut off ("…") nor a question: headlines ask."""
    return fact.stop and not fact.cut and not fact.text.rstrip().endswith(("?", "؟"))


def _known_title(facts: Sequence[Facts], title: str) -> int | None:
    wanted = same_line(title)
    return next((i for i, f in enumerate(facts) if f.same == wanted), None)


def _name_lines(facts: Sequence[Facts], states: Sequence[State], headline: int | None) -> list[tuple[SegmentKind, str]]:
    kinds: list[tuple[SegmentKind, str]] = []
    same = facts[headline].same if headline is not None else None
    area = ""
    for i, (fact, state) in enumerate(zip(facts, states, strict=True)):
        if fact.same == same:
            kinds.append(("title", "headline" if i == headline else "copy of the headline"))
            area = ""
        elif state == "body" and _is_label(fact):
            kinds.append(("byline", "bare date") if fact.date else ("boilerplate", "a word in capitals"))
            area = ""
        elif state == "body":
            kinds.append(("body", "on the best path through the page"))
            area = ""
        else:
            kinds.append(name_line(fact, state, area))
            area = _next_area(fact, area)
    return kinds


def _is_label(fact: Facts) -> bool:
    """Say whether a line among those of the article is a bare date or one word in capitals that the article never uses: neither tells."""
    return not fact.stop and (fact.date == 1.0 or (fact.words == 1 and fact.capitals == 1.0 and fact.overlap == 0.0))


def _next_area(fact: Facts, area: str) -> str:
    """Return the heading under which the next line stands."""
    if opens_list(fact) or (fact.lead == "comments" and fact.covered >= 0.4):
        return fact.lead if fact.lead in _AREAS else ""
    if fact.lead and fact.lead not in _AREAS and fact.lead_only:
        return ""
    return area
