"""See when one page holds several articles: a second headline whose words live only in what follows it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mithaq.model import Span
from mithaq.page.features import Facts
from mithaq.page.furniture import State
from mithaq.page.plain import Line

_HEADLINE_WORDS = range(6, 25)  # a shorter line is a heading inside an article
_OPENING_WORDS = 15
_FOLLOWING = 3  # lines of the second article that its headline is compared with
_SHARED = 0.4  # share of a headline's words that its own article repeats
_FOREIGN = 0.35  # how much more it shares with what follows than with what stands before


def find_stories(
    lines: Sequence[Line], facts: Sequence[Facts], states: Sequence[State], headline: int | None
) -> tuple[Span, ...]:
    """Return the spans of the articles on a page, none when there is only one. Each begins at its headline."""
    body = [i for i, state in enumerate(states) if state == "body"]
    if not body:
        return ()
    begins = []
    for at in range(1, len(body) - 1):
        i = body[at]
        stems = facts[i].stems
        if not _looks_like_headline(facts[i], facts[body[at - 1]], facts[body[at + 1]]) or not stems:
            continue
        before = frozenset[str]().union(*(facts[j].stems for j in body[:at]))
        after = frozenset[str]().union(*(facts[j].stems for j in body[at + 1 : at + 1 + _FOLLOWING]))
        shared = len(stems & after) / len(stems)
        if shared >= _SHARED and shared - len(stems & before) / len(stems) >= _FOREIGN:
            begins.append(lines[i].start)
    if not begins:
        return ()
    first = min(lines[body[0]].start, lines[headline].start if headline is not None else lines[body[0]].start)
    edges = [first, *begins, lines[body[-1]].end]
    return tuple(Span(start, end) for start, end in pairwise(edges))


def _looks_like_headline(facts: Facts, before: Facts, after: Facts) -> bool:
    if facts.covered >= 0.2 or facts.figures >= 0.25 or facts.pictograph:
        return False
    if facts.stop or facts.colon or facts.bullet or facts.words not in _HEADLINE_WORDS or facts.date >= 0.4:
        return False
    return before.stop and after.stop and after.words >= _OPENING_WORDS
