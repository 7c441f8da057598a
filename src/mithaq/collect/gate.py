"""Decide cheaply, before any layer is read, whether a page can be for us: in real feeds fewer than one page in five hundred is.

The gate looks words up: telling and general words of digital matters, countries and international organisations, agreements and
counterparts. It weighs how many it finds (``knowledge/models/gate.json``) and lets through whatever may be relevant: it is tuned to lose
next to nothing, not to be right. What it holds back is kept with its score, and can be read later.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

import msgspec

from mithaq.lexicon import Entry, Lexicon
from mithaq.lexicon.load import read_model
from mithaq.text.characters import ARABIC_LETTERS, ARABIC_MARKS, LATIN_LETTERS
from mithaq.text.fold import fold_word, read_clitics

LONGEST = 100_000  # characters looked at: a page that shows nothing digital in so many is not about it
_MOST_FORMS = 100_000  # word forms remembered at a time
_ENDS = None  # the key under which a node keeps the words that end there
# Letters with the marks and joiners on them; a class of ranges is half again as fast as \w.
_WORD = re.compile(f"[0-9{LATIN_LETTERS}{ARABIC_LETTERS}{ARABIC_MARKS}\u0660-\u0669\u200b-\u200f]+")
# What a reader of the page does not see. Most tags are told by their first letter, and a script is passed over from tag to tag, never back
# again, unless more than a thousand "<" stand in it. No possessive marks: Python 3.11.2 reads them wrongly beside a group.
_UNREAD = re.compile(
    r"<(?:[^<>sn!][^<>]*>|(script|style|noscript|svg)\b[^<]*(?:<(?!/\1\s*>)[^<]*){0,1000}</\1\s*>|!--.*?-->|[^<>]*>)",
    re.IGNORECASE | re.DOTALL,
)
# Of a page that opens more scripts than any page of news the tags alone are left out: looking for the end of each would take seconds.
_MOST_SCRIPTS = 1000
_SCRIPT = re.compile(r"<(?:script|style|noscript|svg)\b", re.IGNORECASE)
_UNREAD_TAGS = re.compile(r"<(?:!--.*?-->|[^<>]*>)", re.DOTALL)
_TAGS = re.compile(r"<(?:!doctype|html|head|body|article|div|p)[\s>]", re.IGNORECASE)


class Sign(msgspec.Struct, frozen=True):
    """One thing the gate counts: how much each weighs, up to how many, and how a reader is told of it."""

    weight: float
    most: float
    words: str


class GateModel(msgspec.Struct, frozen=True):
    """The weights of all signs; a page passes when their sum gives at least ``threshold`` (0 to 1)."""

    about: str
    bias: float
    threshold: float
    signs: dict[str, Sign]
    learned_from: tuple[str, ...] = ()


class Verdict(NamedTuple):
    """What the gate says of a page: whether it passes, how likely it is for us (0 to 1), and the reasons in words."""

    passed: bool
    score: float
    why: str


class _Known(NamedTuple):
    """A word or phrase of the lexicon as the gate knows it: what it counts for, what is counted once, how it must be written."""

    sign: str
    thing: str
    exact: str | None


class Gate:
    """A gate for the words of one lexicon; knows no page from another, so the same text always gets the same verdict."""

    def __init__(self, lexicon: Lexicon, model: GateModel | None = None) -> None:
        self.model = model or load_model()
        self._nodes = _grow(lexicon.entries)
        self._starts = _Starts(self._nodes)

    def judge(self, text: str) -> Verdict:
        """Weigh a page's text, plain or HTML."""
        return self.weigh(self.count_signs(text))

    def weigh(self, counts: dict[str, float]) -> Verdict:
        """Weigh the signs of a page."""
        total, told = self.model.bias, []
        for name, sign in self.model.signs.items():
            count = min(counts.get(name, 0.0), sign.most)
            if count:
                total += sign.weight * count
                told.append((count, sign))
        score = 1 / (1 + math.exp(-total))
        why = "; ".join(f"{count:g} {sign.words} ({sign.weight * count:+.1f})" for count, sign in told) or "nothing speaks for it"
        return Verdict(score >= self.model.threshold, round(score, 4), why)

    def count_signs(self, text: str) -> dict[str, float]:
        """Return how many different things of each sign the text names.

        "often" is the binary logarithm of how often it names digital ones, "beside" the same where it names two
        sides or more, half of it where it names one: a paper may leave out its own country.
        """
        words = _WORD.findall(plain_words(text))
        found: dict[str, set[str]] = {}
        often = covered = 0
        words.append("")
        for at, start in [(at, start) for at, start in enumerate(map(self._starts.__getitem__, words)) if start]:
            if start.alone or fold_word(words[at + 1]) in start.following:
                known, last = _follow(start.nodes, words, at)
                for sign, thing, _ in known:
                    if at >= covered or sign == "sides":
                        found.setdefault(sign, set()).add(thing)
                        often += sign in _DIGITAL
                        # The words of a phrase do not count once more by themselves: «البريد الإلكتروني» is no digital matter.
                        covered = last if sign != "sides" else covered
        counts = {sign: float(len(things)) for sign, things in found.items() if sign != _ASIDE}
        counts["often"] = math.log2(1 + often)
        counts["beside"] = counts["often"] * min(counts.get("sides", 0.0), _TWO) / _TWO
        return counts


# Which entries count for which sign; the first line that fits decides. "wide" and "weak" words mean other things, too: weak ones say so
# little that they are not looked up.
_DIGITAL = frozenset({"telling", "general"})
_ASIDE = "aside"
_TWO = 2
_LINES: tuple[tuple[str, str, str | None, str | None], ...] = (
    ("relevance.aside", "", None, _ASIDE),
    ("relevance.digital", "wide", "yes", "wide"),
    ("relevance.digital", "", None, "general"),
    ("topic", "weak", "yes", None),
    ("topic", "", None, "telling"),
    ("place.country", "", None, "sides"),
    ("place.nationality", "", None, "sides"),
    ("place.city", "", None, "sides"),
    ("place.self", "", None, "sides"),
    ("body.known", "", None, "sides"),
    ("event.noun", "type", "agreement", "acts"),
    ("role.counterpart", "", None, "acts"),
)


def _sign_of(entry: Entry) -> str | None:
    for kind, attribute, value, sign in _LINES:
        if (entry.kind == kind or entry.kind.startswith(kind + ".")) and (not attribute or entry.attributes.get(attribute) == value):
            return sign
    return None


def _side_of(entry: Entry) -> str | None:
    """Return the country or organisation that an entry names; «المملكة» is one, whichever it is."""
    return entry.attributes.get("code") or entry.attributes.get("country") or (entry.word if entry.kind == "place.self" else None)


def _grow(entries: Iterable[Entry]) -> dict[Any, Any]:
    """Return the words and phrases of the gate as a tree over word keys: one tree for all languages."""
    root: dict[Any, Any] = {}
    for entry in entries:
        sign = _sign_of(entry)
        thing = _side_of(entry) if sign == "sides" else entry.word
        if sign is None or not thing:
            continue
        for form in entry.forms:
            node = root
            words = _WORD.findall(form)
            for word in words:
                node = node.setdefault(fold_word(word), {})
            if words:
                exact = "".join(words) if entry.attributes.get("case") == "exact" else None
                node.setdefault(_ENDS, []).append(_Known(sign, thing, exact))
    return root


class _Start(NamedTuple):
    """What a word may begin: nodes of the tree, whether the word counts alone, and the keys of words that may follow it."""

    nodes: tuple[dict[Any, Any], ...]
    alone: bool
    following: frozenset[str]


class _Starts(dict[str, "_Start | None"]):
    """Word forms as printed, and what they may begin; grown as forms are met, emptied when it is full."""

    def __init__(self, nodes: dict[Any, Any]) -> None:
        super().__init__()
        self._nodes = nodes

    def __missing__(self, form: str) -> _Start | None:
        if len(self) >= _MOST_FORMS:
            self.clear()
        keys = dict.fromkeys(reading.key for reading in read_clitics(form))
        nodes = tuple(self._nodes[key] for key in keys if key in self._nodes)
        alone = any(known.exact in (None, form) for node in nodes for known in node.get(_ENDS, ()))
        following = frozenset(key for node in nodes for key in node if key is not _ENDS)
        found = self[form] = _Start(nodes, alone, following) if alone or following else None
        return found


def _follow(nodes: tuple[dict[Any, Any], ...], words: list[str], at: int) -> tuple[list[_Known], int]:
    """Return what the longest phrase that begins at this word counts for, and the number of the word after it."""
    longest: list[_Known] = []
    end = at + 1
    for start in nodes:
        node, last = start, at + 1
        while True:
            here = node.get(_ENDS)
            if here:
                fit = [known for known in here if known.exact is None or known.exact == "".join(words[at:last])]
                if fit and last >= end:
                    longest, end = ([known for known in fit if known.sign == _ASIDE] or fit), last
            if last >= len(words):
                break
            following = node.get(fold_word(words[last]))
            if following is None:
                break
            node, last = following, last + 1
    return longest, end


def plain_words(text: str) -> str:
    """Return the text that a gate looks at: without tags and scripts where it is a web page, not too long."""
    if _TAGS.search(text, 0, 2000):
        text = _without_open_comments(text[: 4 * LONGEST])
        text = html.unescape((_UNREAD_TAGS if _opens_too_many(text) else _UNREAD).sub(" ", text))
    return text[:LONGEST]


def _without_open_comments(text: str) -> str:
    """Return a page in which no comment opens that is never closed: looking for its end from each would take a minute."""
    closed = text.rfind("-->") + 1
    return text[:closed] + text[closed:].replace("<!--", "<!- ")


def _opens_too_many(text: str) -> bool:
    """Say whether a page opens more scripts than any page of news."""
    if sum(map(text.count, ("<s", "<S", "<n", "<N"))) <= _MOST_SCRIPTS:  # few pages have so many tags, scripts or not, so most end here
        return False
    return len(_SCRIPT.findall(text)) > _MOST_SCRIPTS


@cache
def load_model() -> GateModel:
    """Return the packaged weights; raises KnowledgeError when the file is not of the expected form."""
    return read_model("gate", GateModel, "learn the weights anew: mithaq train --only gate")


@lru_cache(maxsize=4)
def load_gate(lexicon: Lexicon) -> Gate:
    """Return the gate for a lexicon."""
    return Gate(lexicon)
