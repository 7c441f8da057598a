"""Name every line of a page: title, by-line, dateline, caption, related headline, share bar, comment rule, notice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from mithaq.model.vocabulary import SegmentKind
from mithaq.page.features import MARKDOWN, Facts
from mithaq.page.furniture import State, is_caption, opens_list
from mithaq.page.plain import Line

# What a known word makes of a line outside the article.
KINDS: dict[str, SegmentKind] = {
    "related": "related",
    "ticker": "related",
    "navigation": "boilerplate",
    "share": "boilerplate",
    "tags": "boilerplate",
    "comments": "boilerplate",
    "comment_policy": "comment_policy",
    "advert": "boilerplate",
    "subscribe": "boilerplate",
    "rights": "notice",
    "protected": "notice",
    "paywall": "notice",
    "cookies": "notice",
    "byline": "byline",
    "author": "boilerplate",
    "stamp": "byline",
    "counter": "boilerplate",
    "caption": "caption",
    "service": "boilerplate",
    "section": "boilerplate",
}
# One word of these names a line.
_DECISIVE = ("protected", "rights", "cookies", "comment_policy")
# When a line holds as many words of several kinds, the first of these wins.
_ORDER = (
    "paywall", "tags", "related", "ticker", "comments", "share", "advert",
    "subscribe", "author", "stamp", "byline", "counter", "service", "navigation", "section", "caption",
)  # fmt: skip

TITLE = {
    "always": 0.6,
    "overlap": 3.2,
    "repeated": 2.2,
    "too short": -2.0,
    "few words": -0.5,
    "all capitals": -0.8,
    "too long": -1.5,
    "full stop": -2.5,
    "covered": -4.0,
    "furniture before a colon": -3.5,
    "strong words": -2.0,
    "separator": -1.0,
    "date": -4.0,
    "figures": -3.0,
    "markdown": 2.0,
    "distance": -0.18,
    "caption": -2.5,
    "address": -2.0,
    "foreign": -2.0,
    "blank around": 0.3,
    "bullet": -2.0,
    "place and writer": -1.5,
    "credit": -2.0,
    "colon": -1.5,
}
TITLE_LEAST = 0.75
_TITLE_WORDS = (3, 30)
_FEW_WORDS = 6
_DATELINE_WORDS = 14
_LABEL = 3  # words at most of a section or a site's name beside a headline
_BAR = re.compile(r"\s+\|\s+")
_BAR_OR_SLASH = re.compile(r"\s+[|/]\s+")
_TWICE = re.compile(r"(\w{3,})\s+(?=\1\s)")
_CREDIT_WORDS = 5
_CREDIT_SIGNS = (":", "/", " - ", " – ", " — ")
_LABELLED = 8  # words of a line that holds a section and a headline
_PRIOR_SHARE = 0.3  # of a line's words stand again in the article, as a rule
_PRIOR_WORDS = 2


def weigh_title(facts: Facts, distance: int, blank_around: bool) -> float:
    """Return how much a line looks like the headline; *distance* counts the lines between it and the article that no
    furniture word or date explains.
    """
    weight = TITLE["always"] + TITLE["overlap"] * min(0.8, _shared(facts)) + TITLE["repeated"] * facts.repeated
    weight += TITLE["too short"] * (facts.words < _TITLE_WORDS[0]) + TITLE["too long"] * (facts.words > _TITLE_WORDS[1])
    weight += TITLE["few words"] * (facts.words < _FEW_WORDS)
    weight += TITLE["all capitals"] * (facts.capitals > 0.9 and facts.words < _FEW_WORDS)
    weight += TITLE["full stop"] * facts.text.rstrip().endswith(".") + TITLE["colon"] * facts.colon
    weight += TITLE["covered"] * max(0.0, facts.covered - 0.15)
    weight += TITLE["furniture before a colon"] * (bool(facts.lead) and facts.lead_only and not is_labelled(facts))
    weight += TITLE["place and writer"] * (facts.place and facts.words <= _CREDIT_WORDS and _opens_credit(facts.text))
    weight += TITLE["credit"] * (facts.credit and facts.words <= _DATELINE_WORDS)
    weight += TITLE["strong words"] * any(k in facts.kinds for k in ("cookies", "comment_policy", "paywall", "rights", "tags"))
    weight += TITLE["separator"] * min(2, max(0, facts.separators - 1)) + TITLE["date"] * (facts.date if facts.date >= 0.5 else 0.0)
    weight += TITLE["figures"] * (facts.figures if facts.figures >= 0.25 else 0.0)
    weight += TITLE["markdown"] * facts.markdown + TITLE["distance"] * min(8, distance)
    weight += TITLE["caption"] * is_caption(facts) + TITLE["address"] * facts.address + TITLE["foreign"] * facts.foreign
    return weight + TITLE["blank around"] * blank_around + TITLE["bullet"] * (facts.bullet and not facts.markdown)


def _shared(facts: Facts) -> float:
    """Return the share of a line's words that the article repeats, drawn to the middle when they are few: one word of two says little."""
    count = len(facts.stems)
    return (facts.overlap * count + _PRIOR_SHARE * _PRIOR_WORDS) / (count + _PRIOR_WORDS)


def _opens_credit(text: str) -> bool:
    """Say whether a line of a place and a writer is cut by a sign between them: «صنعاء: سالم القادري», "QNA/Doha"."""
    return any(sign in text for sign in _CREDIT_SIGNS)


def is_labelled(facts: Facts) -> bool:
    """Say whether a headline has its section printed before it: «عام / …», "BRIEF | …"; a menu has more than one bar."""
    return facts.lead in ("section", "service") and facts.words >= _LABELLED and facts.separators == 1 and not facts.colon


def cut_label(facts: Facts) -> tuple[int, int]:
    """Return where in its line the headline begins and ends, without marks, the section before it and the site's name after it.

    "BRIEF | Two ports join" begins after the bar; «عام / وزير يزور» after the section; "Sport Sport: …" after the word printed twice.
    """
    text = facts.text
    marks = MARKDOWN.match(text)
    begin, end = (marks.end() if marks else 0), len(text)
    cuts = [match.span() for match in (_BAR.finditer(text) if not is_labelled(facts) else _BAR_OR_SLASH.finditer(text))]
    twice = _TWICE.match(text)
    if twice:
        begin = twice.end()
    elif len(cuts) == 1:
        (left, right), words = cuts[0], facts.words
        if len(text[begin:left].split()) <= _LABEL < words // 2:
            begin = right
        elif len(text[right:].split()) <= _LABEL < words // 2:
            end = left
    return begin, end


def choose_title(lines: Sequence[Line], facts: Sequence[Facts], states: Sequence[State]) -> int | None:
    """Return the index of the headline's first copy, None when the page gives none.

    It stands above the article, or is its first line when that is no sentence.
    """
    if "body" not in states:
        return None
    begin = states.index("body")
    candidates = [i for i in range(begin) if states[i] == "above"]
    after = next((i for i in range(begin + 1, len(lines)) if states[i] == "body"), None)
    if after is not None and not facts[begin].stop and facts[begin].words <= 40 and facts[after].words >= 15:
        candidates.append(begin)
    scored = []
    unknown = [0, *accumulate(int(not _is_known(fact)) for fact in facts[: max(begin, 1)])]
    for i in candidates:
        around = lines[i].blank and (i + 1 >= len(lines) or lines[i + 1].blank)
        between = unknown[begin] - unknown[min(i + 1, begin)]
        scored.append((weigh_title(facts[i], between, around) + _weigh_copies(facts, candidates, i), i))
    if not scored:
        return None
    weight, chosen = max(scored)
    if weight < TITLE_LEAST:
        return None
    return next(i for i in candidates if facts[i].same == facts[chosen].same)


def _weigh_copies(facts: Sequence[Facts], candidates: Sequence[int], at: int) -> float:
    """Return what the copies of a line say beyond :func:`weigh_title`.

    A headline stands above its date: two copies below a date, with another line above it, are a picture's description and its caption,
    and so is a line that tells a date, right below a date that stands right below what may be a headline.
    And a longer line that begins with all of this one and runs on without a space is the description of its picture; one above that
    ends with it is the trail of sections that leads there: "Home Technology Harbour opens data hub".
    """
    fact = facts[at]
    if fact.repeated:
        copies = [i for i in candidates if facts[i].same == fact.same]
        first = copies[0]
        dated = first > 0 and _is_date_line(facts[first - 1])
        above = any(i < first - 1 and facts[i].words >= _TITLE_WORDS[0] and not _is_known(facts[i]) for i in candidates)
        return TITLE["caption"] - TITLE["repeated"] if dated and above and copies[-1] - first == len(copies) - 1 > 0 else 0.0
    if at > 1 and fact.date and _is_date_line(facts[at - 1]) and any(i == at - 2 and _is_headline(facts[i]) for i in candidates):
        return TITLE["caption"]
    glued = (facts[i].same.removeprefix(fact.same)[:1] for i in candidates if i != at and facts[i].same.startswith(fact.same))
    trail = any(facts[i].same.endswith(f" {fact.same}") for i in candidates if i < at)
    return TITLE["repeated"] if fact.words >= _TITLE_WORDS[0] and (trail or any(sign.isalpha() for sign in glued)) else 0.0


def _is_headline(facts: Facts) -> bool:
    return facts.words >= _FEW_WORDS and not facts.stop and not _is_known(facts)


def _is_known(facts: Facts) -> bool:
    return facts.covered >= 0.3 or facts.date >= 0.4 or facts.words <= 1 or facts.lead in ("stamp", "byline")


def _is_date_line(facts: Facts) -> bool:
    return facts.date >= 0.3 or (facts.clock and facts.date > 0)


def name_line(facts: Facts, state: State, area: str) -> tuple[SegmentKind, str]:
    """Return the kind of a line outside the article and the rule that says so; *area* is the heading above it, "" without one."""
    if area == "comments" and not opens_list(facts) and facts.lead not in ("navigation", "share", "rights"):
        if _count(facts, "comment_policy"):
            return "comment_policy", "words of comment rules"
        if not facts.lead_only and facts.covered < 0.4 and facts.words >= 3 and "rights" not in facts.kinds:
            return "reader_comment", "under a heading of comments"
    credited = _name_credit(facts, state)
    if credited is not None:
        return credited
    if is_caption(facts) and facts.covered < 0.8:
        return "caption", "picture words"
    known = _known_kind(facts)
    if known:
        return KINDS[known], f"furniture words: {known}"
    if facts.date >= 0.4 or (facts.clock and (facts.date or facts.words <= 6)):
        return ("byline" if state != "below" else "boilerplate"), "date line"
    return _name_unknown(facts, area)


def _name_credit(facts: Facts, state: State) -> tuple[SegmentKind, str] | None:
    """Tell datelines («مسقط في 3 مايو /العُمانية/») and credits of agencies or writers."""
    if facts.words > _DATELINE_WORDS:
        return None
    if state != "below" and facts.place and (facts.credit or facts.date > 0.2):
        return "dateline", "place with date or agency"
    if facts.credit:
        return "byline", "credit of an agency"
    return ("byline", "writer's name") if facts.lead == "byline" and facts.words <= 10 and facts.separators < 3 else None


def _known_kind(facts: Facts) -> str:
    """Return the kind of known words that names a line, "" when they are too few to say."""
    for kind in _DECISIVE:
        if _count(facts, kind):
            return kind
    if facts.lead in KINDS and facts.lead_only and facts.covered < 0.34:
        return facts.lead
    if facts.covered < 0.34:
        return ""
    present = [kind for kind in _ORDER if _count(facts, kind)]
    return max(present, key=lambda kind: (_count(facts, kind), -_ORDER.index(kind))) if present else ""


def _name_unknown(facts: Facts, area: str) -> tuple[SegmentKind, str]:
    if area in ("related", "ticker", "advert") or (facts.words >= 4 and facts.separators < 2 and not facts.address):
        return "related", "headline that is not this article's"
    return "boilerplate", "short line outside the article"


def _count(facts: Facts, kind: str) -> int:
    return facts.kinds.get(kind, 0)
