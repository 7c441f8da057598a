"""Tell the article from everything else on a page without tags: tickers, menus, share bars, related headlines, comment rules.

Every line is weighed by itself, then one path through the page is chosen: furniture above, body, furniture inside the body, furniture
below. The weights are policy and stand in one table each.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from mithaq.page.features import Facts
from mithaq.page.plain import Line

State = Literal["above", "body", "inside", "below"]

# Weight of a body line by its number of words: (at least, weight).
LENGTH = ((40, 2.8), (20, 1.8), (10, 0.4), (5, -0.4), (0, -1.2))

# What speaks for the article (plus) or against it (minus).
BODY = {
    "always": -1.2,
    "stop": 1.5,
    "colon": 0.6,
    "short without stop": -0.9,
    "comma": 0.3,
    "overlap": 3.0,
    "covered": -4.5,
    "strong words": -1.6,
    "furniture before a colon": -3.5,
    "separator": -0.7,
    "date": -3.0,
    "address": -1.5,
    "foreign": -2.0,
    "repeated": -1.5,
    "bullet": 0.4,
    "markdown": -1.0,
    "small words": 1.5,
    "parenthesis of a picture": -2.0,
}

# What shows furniture in the middle of an article; without any of it a short line is a heading or an item of the article.
INSIDE = {
    "always": -2.6,
    "covered": 5.0,
    "strong words": 1.6,
    "furniture before a colon": 3.5,
    "separator": 0.7,
    "date alone": 3.0,
    "address": 1.5,
    "foreign": 2.0,
    "after a heading": 2.6,
    "no words": 3.5,
    "repeated": 1.5,
}

# Cost of going from one part of the page to the next.
STEP: dict[tuple[State, State], float] = {
    ("above", "above"): 0.0,
    ("above", "body"): -0.3,
    ("body", "body"): 0.0,
    ("body", "inside"): -0.6,
    ("inside", "inside"): -0.3,
    ("inside", "body"): 0.0,
    ("body", "below"): -0.3,
    ("below", "below"): 0.0,
}
START: dict[State, float] = {"above": 0.0, "body": -0.2, "inside": -99.0, "below": -99.0}
PLAIN_LEAST = -1.3
_STATES: tuple[State, ...] = ("above", "body", "inside", "below")

# Words that a news sentence hardly ever holds.
STRONG = frozenset({"comment_policy", "cookies", "rights", "protected", "paywall", "author", "subscribe"})
# Headings after which the next short lines are other articles or advertisements.
_HEADINGS = frozenset({"related", "advert", "ticker", "author"})
_DATE_LINE = 0.5
_PICTURE = frozenset({"caption"})


class Weighed(NamedTuple):
    """How much a line looks like article and how much like furniture set into one."""

    body: float
    inside: float


def weigh_line(facts: Facts, after_heading: bool) -> Weighed:
    """Return the two weights of one line; *after_heading* says that it follows "read also:" or "advertisement" directly."""
    return Weighed(_weigh_body(facts), _weigh_inside(facts, after_heading))


def _weigh_body(facts: Facts) -> float:
    weight = BODY["always"] + next(value for least, value in LENGTH if facts.words >= least)
    weight += BODY["stop"] * facts.stop + BODY["colon"] * facts.colon
    if not (facts.stop or facts.colon) and facts.words < 20:
        weight += BODY["short without stop"]
    weight += BODY["comma"] * min(3, facts.commas)
    weight += BODY["overlap"] * (facts.overlap - 0.25)
    weight += BODY["covered"] * max(0.0, facts.covered - 0.08)
    weight += BODY["strong words"] * min(3, _strong(facts))
    weight += BODY["furniture before a colon"] * (bool(facts.lead) and facts.lead_only)
    weight += BODY["separator"] * min(3, facts.separators) * (facts.words < 25)
    weight += BODY["date"] * (facts.date if facts.date >= _DATE_LINE or facts.words < 8 else 0.0)
    weight += BODY["address"] * (facts.address and facts.words < 20)
    weight += BODY["foreign"] * facts.foreign + BODY["repeated"] * facts.repeated
    weight += BODY["bullet"] * facts.bullet + BODY["markdown"] * facts.markdown
    weight += BODY["small words"] * min(0.3, facts.small)
    weight += BODY["parenthesis of a picture"] * is_caption(facts)
    # A short line without any furniture word may be a heading, an item or a row of a table: its neighbours decide.
    return max(weight, PLAIN_LEAST) if _is_plain(facts) else weight


def _weigh_inside(facts: Facts, after_heading: bool) -> float:
    weight = INSIDE["always"]
    weight += INSIDE["covered"] * max(0.0, facts.covered - 0.08)
    weight += INSIDE["strong words"] * min(3, _strong(facts))
    weight += INSIDE["furniture before a colon"] * (bool(facts.lead) and facts.lead_only)
    weight += INSIDE["separator"] * min(3, facts.separators) * (facts.words < 25)
    weight += INSIDE["date alone"] * (facts.date >= _DATE_LINE)
    weight += INSIDE["address"] * (facts.address and facts.words < 20)
    weight += INSIDE["foreign"] * facts.foreign + INSIDE["repeated"] * facts.repeated
    weight += INSIDE["after a heading"] * (after_heading and not facts.stop)
    weight += INSIDE["no words"] * (facts.words == 0 or (facts.words == 1 and len(facts.text) <= 3))
    return min(weight, 0.0)


def _is_plain(facts: Facts) -> bool:
    return not facts.kinds and facts.words > 0 and facts.date < _DATE_LINE and not (facts.address or facts.foreign or facts.repeated)


def _strong(facts: Facts) -> int:
    return sum(count for kind, count in facts.kinds.items() if kind in STRONG)


def is_caption(facts: Facts) -> bool:
    """Say whether a line reads as the text under a picture: it opens with a picture word or credits one in brackets at its end."""
    if facts.lead in _PICTURE:
        return facts.words <= 40
    return bool(facts.kinds.get("caption")) and facts.text.rstrip().endswith((")", "]")) and facts.words <= 40


def opens_list(facts: Facts) -> bool:
    """Say whether a line is a heading under which other headlines or an advertisement follow: «مواضيع ذات صلة», "PUBLICITÉ"."""
    return facts.lead in _HEADINGS and facts.covered >= 0.5 and facts.words <= 6


def choose_states(lines: Sequence[Line], facts: Sequence[Facts]) -> tuple[State, ...]:
    """Return for every line whether it stands above, in, inside (furniture set into) or below the article: the best path (Viterbi)."""
    if not lines:
        return ()
    weights = [weigh_line(f, after) for f, after in zip(facts, _after_headings(lines, facts), strict=True)]
    emitted: list[dict[State, float]] = [{"above": 0.0, "body": w.body, "inside": w.inside, "below": 0.0} for w in weights]
    best: list[dict[State, float]] = [{s: START[s] + emitted[0][s] for s in _STATES}]
    back: list[dict[State, State]] = []
    for emission in emitted[1:]:
        previous, scores, came = best[-1], {}, {}
        for state in _STATES:
            source, value = max(
                ((s, previous[s] + STEP[s, state]) for s in _STATES if (s, state) in STEP), key=lambda pair: pair[1]
            )
            scores[state], came[state] = value + emission[state], source
        best.append(scores)
        back.append(came)
    state = max(_STATES, key=lambda s: best[-1][s])
    path = [state]
    for came in reversed(back):
        path.append(came[path[-1]])
    path.reverse()
    return tuple("below" if s == "inside" and "body" not in path[i:] else s for i, s in enumerate(path))


def _after_headings(lines: Sequence[Line], facts: Sequence[Facts]) -> list[bool]:
    """Mark the short lines that follow such a heading, up to four, until a sentence or an empty line ends them."""
    marks, left = [], 0
    for line, fact in zip(lines, facts, strict=True):
        marks.append(left > 0 and not fact.stop)
        if opens_list(fact):
            left = 4
        elif left:
            left = 0 if fact.stop or (line.blank and left < 4) else left - 1
    return marks
