"""Tell the article from everything else on a page without tags: tickers, menus, share bars, related headlines, comment rules.

Every line is described by a few dozen features; learned weights say how much each speaks for the article or for furniture, and one best
path is chosen through the page: furniture above, article, furniture set into it, furniture below. The weights are knowledge
(``knowledge/models/furniture.json``), learned from our own annotated pages by ``mithaq train``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import compress
from typing import Literal

import msgspec

from mithaq.page.features import Facts
from mithaq.page.plain import Line

State = Literal["above", "body", "inside", "below"]
STATES: tuple[State, ...] = ("above", "body", "inside", "below")
# Furniture above and below looks alike: only what is set into an article must be told by weights of its own.
LOOKS: dict[State, str] = {"above": "out", "below": "out", "body": "body", "inside": "inside"}
ALLOWED: tuple[tuple[State, State], ...] = (
    ("above", "above"),
    ("above", "body"),
    ("body", "body"),
    ("body", "inside"),
    ("inside", "inside"),
    ("inside", "body"),
    ("body", "below"),
    ("below", "below"),
)
LENGTHS = (0, 1, 3, 5, 7, 10, 15, 20, 30, 45)

# Words that a news sentence hardly ever holds.
STRONG = ("comment_policy", "cookies", "rights", "protected", "paywall", "author")
_TELLING = (
    *STRONG, "subscribe", "advert", "related", "ticker", "share", "tags", "comments", "navigation", "byline", "stamp", "counter",
    "service", "section",
)  # fmt: skip
# Headings after which the next short lines are other articles or advertisements.
_HEADINGS = frozenset({"related", "advert", "ticker", "author"})
_PICTURE = frozenset({"caption"})
_IMPOSSIBLE = -1e9
_LONG = 60  # words: in a longer line, a page on one line, a telling word tells less


class Weights(msgspec.Struct, frozen=True):
    """Learned weights: of each feature for the looks "body" and "inside" (furniture outside weighs nothing), of steps and starts."""

    looks: dict[str, dict[str, float]]
    steps: dict[str, float]
    starts: dict[str, float]


@cache
def load_weights() -> Weights:
    """Return the packaged weights."""
    return msgspec.json.decode((files("mithaq") / "knowledge" / "models" / "furniture.json").read_bytes(), type=Weights)


def is_caption(facts: Facts) -> bool:
    """Say whether a line reads as the text under a picture: it opens with a picture word or ends with one, in brackets or not."""
    if facts.words > 40:
        return False
    if facts.lead in _PICTURE or (facts.tail in _PICTURE and facts.words >= 5 and not facts.stop):
        return True
    return bool(facts.kinds.get("caption")) and facts.text.rstrip().endswith((")", "]"))


def opens_list(facts: Facts) -> bool:
    """Say whether a line is a heading under which other headlines or an advertisement follow: «مواضيع ذات صلة», "PUBLICITÉ"."""
    return facts.lead in _HEADINGS and facts.covered >= 0.5 and facts.words <= 6


def describe_lines(lines: Sequence[Line], facts: Sequence[Facts]) -> list[dict[str, float]]:
    """Return the features of every line, by name; what a line follows counts as much as what it holds."""
    described = []
    left, comments, previous = 0, False, None
    for at, (line, fact) in enumerate(zip(lines, facts, strict=True)):
        features = _describe(fact)
        if left > 0 and not fact.stop:
            features["after a heading"] = 1.0
        if comments:
            features["under comments"] = 1.0
        if previous is not None and previous.colon and not (previous.lead and previous.lead_only):
            features["after a colon"] = 1.0
        if previous is not None and previous.lead == "author" and previous.covered >= 0.5:
            features["about the author"] = 1.0
        if fact.bullet and any(f.bullet for f in (*facts[max(0, at - 1) : at], *facts[at + 1 : at + 2])):
            features["among items"] = 1.0
        if fact.cut and any(f.cut for f in (*facts[max(0, at - 1) : at], *facts[at + 1 : at + 2])):
            features["among lines cut off"] = 1.0
        if at == 0:
            features["first line"] = 1.0
        if line.blank and (at + 1 == len(lines) or lines[at + 1].blank):
            features["stands alone"] = 1.0
        described.append(features)
        left = _lines_left(line, fact, left)
        comments = (comments or (fact.lead == "comments" and fact.covered >= 0.4)) and not opens_list(fact)
        previous = fact
    return described


def _lines_left(line: Line, fact: Facts, left: int) -> int:
    """Return for how many more lines a heading such as "read also" holds: four at most, until a sentence or an empty line."""
    if opens_list(fact):
        return 4
    if not left or fact.stop or (line.blank and left < 4):
        return 0
    return left - 1


# What holds of a line or not, in the order of _flags_of.
_FLAGS = (
    "stop", "long without stop", "ends in a colon", "mostly known", "known before a colon", "known first", "separator", "separators",
    "date line", "bare date", "clock", "address", "foreign", "repeated", "item", "markdown", "caption", "joined", "quoted", "pictograph",
    "fenced", "cut off", "no letters", "credit",
)  # fmt: skip


def _flags_of(facts: Facts) -> tuple[bool, ...]:
    words = facts.words
    return (
        facts.stop,
        words >= 15 and not (facts.stop or facts.colon),
        facts.colon,
        facts.covered >= 0.5,
        facts.lead_only and bool(facts.lead),
        bool(facts.lead),
        facts.separators > 0 and words < 25,
        facts.separators > 1 and words < 25,
        facts.date >= 0.5 or (facts.date > 0.25 and facts.clock),
        facts.date == 1.0 and not facts.stop,
        facts.clock and words < 12,
        facts.address and words < 20,
        facts.foreign,
        facts.repeated,
        facts.bullet,
        facts.markdown,
        is_caption(facts),
        facts.joined,
        facts.text[:1] in "«\"“'",
        facts.pictograph,
        facts.fenced,
        facts.cut,
        facts.figures == 1.0 or words == 0,
        facts.credit and words < 15,
    )


def _describe(facts: Facts) -> dict[str, float]:
    features = {
        "always": 1.0,
        f"words {LENGTHS[bisect_right(LENGTHS, facts.words) - 1]}": 1.0,
        "comma": min(3, facts.commas) / 3,
        "overlap": facts.overlap - 0.25,
        "covered": min(0.6, max(0.0, facts.covered - 0.08)),
        "small words": min(0.3, facts.small) / 0.3,
        "capitals": facts.capitals,
    }
    features.update(dict.fromkeys(compress(_FLAGS, _flags_of(facts)), 1.0))
    for kind in _TELLING if facts.kinds else ():
        count = facts.kinds.get(kind, 0)
        if count and (kind in STRONG or facts.covered >= 0.3):
            features[f"words of {kind}"] = min(2, count) * min(1.0, _LONG / max(1, facts.words))
    return features


def weigh_states(features: dict[str, float], weights: Weights) -> tuple[float, float, float, float]:
    """Return how well a line fits each part of a page, in the order of STATES."""
    body_weights, inside_weights = weights.looks["body"], weights.looks["inside"]
    body = inside = 0.0
    for name, value in features.items():
        if value:
            body += body_weights.get(name, 0.0) * value
            inside += inside_weights.get(name, 0.0) * value
    return 0.0, body, inside, 0.0


def choose_states(lines: Sequence[Line], facts: Sequence[Facts], weights: Weights | None = None) -> tuple[State, ...]:
    """Return for every line whether it stands above, in, inside (furniture set into) or below the article: the best path (Viterbi)."""
    if not lines:
        return ()
    weights = weights or load_weights()
    emitted = [weigh_states(features, weights) for features in describe_lines(lines, facts)]
    best = [weights.starts.get(state, _IMPOSSIBLE) + weight for state, weight in zip(STATES, emitted[0], strict=True)]
    ways = [
        [(STATES.index(source), weights.steps[f"{source} {state}"]) for source, goal in ALLOWED if goal == state] for state in STATES
    ]
    back: list[list[int]] = []
    for emission in emitted[1:]:
        scores, came = [], []
        for steps, weight in zip(ways, emission, strict=True):
            highest, through = _IMPOSSIBLE, 0
            for source, step in steps:
                score = best[source] + step + weight
                if score > highest:
                    highest, through = score, source
            scores.append(highest)
            came.append(through)
        best = scores
        back.append(came)
    numbers = [best.index(max(best))]
    for came in reversed(back):
        numbers.append(came[numbers[-1]])
    path = [STATES[number] for number in reversed(numbers)]
    return tuple("below" if s == "inside" and "body" not in path[i:] else s for i, s in enumerate(path))
