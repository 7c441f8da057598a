"""Decide what kind of statement a clause is, or that it is none, from cues of the lexicons with learned weights.

No stage; used by ``statements``. The weights stand in ``knowledge/models/statements.json``;
``mithaq train`` makes them anew from the corpus.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from mithaq.annotate.cuts import Clause
from mithaq.annotate.figures import numbers_in
from mithaq.annotate.view import View
from mithaq.annotate.wordings import Speaker
from mithaq.lexicon.load import packaged_knowledge
from mithaq.lexicon.rows import Rows
from mithaq.model import Document, Match, Sentence
from mithaq.model.kept import keep_last, keep_while_same, keep_words
from mithaq.model.vocabulary import STATEMENT_KINDS
from mithaq.text.arabic import stem_arabic
from mithaq.text.english import stem_english
from mithaq.text.french import stem_french
from mithaq.text.tense import tells_future
from mithaq.text.tokens import forms_of_page, kinds_of_page, words_between

NONE = "none"
LABELS: tuple[str, ...] = (NONE, *STATEMENT_KINDS)
# A verb of promising with a number or date behind it: a commitment, whatever the weights make of the words.
PROMISE = frozenset({"act:commitment", "promise:True"})
# A clause of which every kind is less likely is left out: which kind it were would be a guess.
LEAST_KIND = 0.26
_STEMS = {"ar": stem_arabic, "fr": stem_french, "en": stem_english}
_OPENING_WORDS = 4
_VERB_WITHIN = 8  # tokens of a clause among which its verb is looked for
_NO_FLAGS = frozenset({"article", "case", "then"})  # attributes that say when an entry stands, not what it means
_MONEY_OR_SHARE = frozenset("%٪$€£")
# What sort of things a clause speaks of, the same in every language: what was learned from one serves the others.
_SORTS = (
    "event.noun", "event.verb", "event.act", "event.cue", "event.thing", "relevance.digital", "relevance.other", "topic", "place", "body",
    "programme", "speech.verb", "speech.side", "speech.collective", "indicator.unit", "indicator.rank", "time", "role.head",
)  # fmt: skip
# Of which matches what else is told, and by which attribute.
_FURTHER = {"event.noun": "type", "event.verb": "type", "event.act": "type", "speech.verb": "implies"}
# What makes what is told planned, denied or past.
_OUTLOOKS = tuple(
    f"event.cue.{name}" for name in ("deadline", "planned", "denied", "negated", "hypothetical", "never", "background", "aim")
)
_WIDE = ("topic.", "place.", "body.", "programme.", "time.")  # of these the sort alone counts


class Candidate(NamedTuple):
    """A clause that may be a statement, and who says it; ``goes_on``: it only continues what the clause before says.

    ``before``: who spoke last before it.
    """

    clause: Clause
    speaker: Speaker | None
    sentence: Sentence
    quoted: bool
    goes_on: bool = False
    before: Speaker | None = None


class Weights(NamedTuple):
    """One weight a feature and label; ``threshold``: how sure one must be that a clause is a statement."""

    weights: dict[str, tuple[float, ...]]
    threshold: float


@cache
def read_weights() -> Weights:
    """Return the packaged weights."""
    content = json.loads((packaged_knowledge() / "models" / "statements.json").read_text("utf-8"))
    return Weights({name: tuple(values) for name, values in content["weights"].items()}, content["threshold"])


@keep_last
def _rows_of(model: Weights) -> Rows:
    return Rows(model.weights, len(LABELS))


def likelihoods(features: Iterable[str], model: Weights) -> list[float]:
    """Return the probability of each label of LABELS for a clause with these features."""
    return _shares(_rows_of(model).add_up(features))


def weigh(features: Iterable[str], weights: dict[str, tuple[float, ...]]) -> list[float]:
    """Return the same as :func:`likelihoods`, by weights that may be others the next time: while they are learned."""
    rows = list(filter(None, map(weights.get, features)))
    # Exact sums: features come in no order, and the last digits of a plain sum depend on it.
    return _shares(list(map(math.fsum, zip(*rows, strict=True))) if rows else [0.0] * len(LABELS))


def _shares(sums: Sequence[float]) -> list[float]:
    """Return sums of weights as probabilities that are one together."""
    top = max(sums)
    powers = [math.exp(s - top) for s in sums]
    total = sum(powers)
    return [p / total for p in powers]


def choose_kind(likely: Sequence[float], threshold: float) -> int:
    """Return which label a clause gets: its likeliest kind, none below *threshold*, and none when no kind is likely enough by itself."""
    best = likely.index(max(likely[1:]), 1)
    return best if 1 - likely[0] >= threshold and likely[best] >= LEAST_KIND else 0


def weightiest(features: Iterable[str], weights: dict[str, tuple[float, ...]], kind: str, count: int = 3) -> str:
    """Return the features that spoke loudest for a kind against "none": "cue:need +1.8, act:say+need +0.9"."""
    told = _spoken(weights)[kind].get
    speaking = sorted([(against, name) for name in features if (against := told(name))])[:count]
    return ", ".join([f"{name} {-against:+.1f}" for against, name in speaking])


class _Spoken(dict[str, dict[str, float]]):
    """What each feature says against a kind, turned round, so that the greatest comes first; what speaks against the kind is never told."""

    __slots__ = ("_weights",)

    def __init__(self, weights: dict[str, tuple[float, ...]]) -> None:
        super().__init__()
        self._weights = weights

    def __missing__(self, kind: str) -> dict[str, float]:
        label = LABELS.index(kind)
        spoken = self[kind] = {name: row[0] - row[label] for name, row in self._weights.items() if row[0] < row[label]}
        return spoken


_spoken = keep_last(_Spoken)


def features_of(view: View, candidate: Candidate) -> set[str]:
    """Return what can be said of a clause: verb, cues, words, tense, numbers, quotation, speaker."""
    clause = candidate.clause
    found = {"any", f"any:{view.lang}", f"place:{clause.place}", f"quoted:{candidate.quoted}"}
    found |= _verb_features(view, clause)
    found |= _cue_features(view, clause)
    if "act:commitment" in found or "cue:commitment" in found:
        found.add(f"promise:{_has_deliverable(view, clause)}")
    found.update(
        _word_features(view, clause), _form_features(view, candidate), _tense_features(view, clause), _sort_features(view, clause),
        _sense_features(view, clause), _time_features(view, clause), _edge_features(view, clause),
    )  # fmt: skip
    return found


def carry(kind: str) -> str:
    """Return the feature of a clause that continues one of *kind*: «فضلا عن مواكبتهم» behind an offer offers as well."""
    return f"after:{kind}"


def _tense_features(view: View, clause: Clause) -> set[str]:
    words = words_between(view.tokens, clause.first, min(clause.last, clause.first + _VERB_WITHIN))
    return {"future", f"future:{clause.place}"} if tells_future(words, view.lang) else set()


def _sense_features(view: View, clause: Clause) -> set[str]:
    """Return what the words of a clause mean beyond the cues of each kind, the same in every language: loss, delay, praise, giving."""
    implies = _implied(clause.act) if clause.act else "none"
    found: set[str] = set()
    opening = clause.first + _OPENING_WORDS
    for match in view.between_tokens(clause.first, clause.last, "sense"):
        names = _names_of_sense(match.kind, implies)
        found.update(names if match.first < opening else names[:2])
    return found


@cache
def _names_of_sense(kind: str, implies: str) -> tuple[str, str, str]:
    sense = kind.removeprefix("sense.")
    return f"sense:{sense}", f"sense:{implies}+{sense}", f"opens sense:{sense}"


def _time_features(view: View, clause: Clause) -> set[str]:
    """Return which times a clause names, whether they lie behind or ahead of the page, and what makes its acts planned or denied."""
    found = {_sort_of_cue(match.kind) for match in view.between_tokens(clause.first, clause.last, *_OUTLOOKS)}
    times = _told_times(view.document)
    if times:
        start, end = view.tokens[clause.first].start, view.tokens[clause.last - 1].end
        found.update(*[names for at, names in times if start <= at < end])
    return found


@keep_while_same("times", "published")
def _told_times(document: Document) -> list[tuple[int, tuple[str, ...]]]:
    """Return where each time of a page begins, with what it says of a clause that names it."""
    told: list[tuple[int, tuple[str, ...]]] = []
    for time in document.times:
        basis = f"time:{time.basis}"
        told.append((time.evidence.start, (basis, f"time:{_lies(time.value, document.published)}") if time.value else (basis,)))
    return told


def _lies(value: str, published: str | None) -> str:
    """Say how a time, known to the year, month or day, lies to the day of publication."""
    if not published:
        return "known"
    known = min(len(value), len(published))
    ahead, now = value[:known], published[:known]
    return "ahead" if ahead > now else "behind" if ahead < now else "now"


@cache
def _sort_of_cue(kind: str) -> str:
    return f"outlook:{kind.removeprefix('event.cue.')}"


def _edge_features(view: View, clause: Clause) -> set[str]:
    """Return how long a clause is, which marks stand around it, and the last words before it, behind its verb."""
    size = min(math.isqrt(clause.last - clause.first), 7)
    before, behind = _mark_at(view, clause.first - 1), _mark_at(view, clause.last)
    found = {f"size:{size}", f"size:{clause.place}:{size}", f"before:{before}", f"behind:{behind}"}
    act = clause.act
    if act and act.last <= clause.first:
        found.add(f"verbplace:{act.attributes.get('like', act.word)}:{clause.place}")
        name = _word_features_of("p", view.lang)
        found.update([name(token.form) for token in view.tokens[max(act.last, clause.first - 2) : clause.first] if token.kind == "word"])
    return found


def _mark_at(view: View, index: int) -> str:
    if not 0 <= index < len(view.tokens):
        return "nothing"
    return view.tokens[index].form if view.is_mark(index) else "word"


def _verb_features(view: View, clause: Clause) -> set[str]:
    act = clause.act
    if act is None:
        return {"act:none"}
    implies = _implied(act)
    form = act.attributes.get("form", "source")
    return {f"act:{implies}", f"act:{implies}:{form}", f"verb:{view.lang}:{act.attributes.get('like', act.word)}", f"form:{form}"}


def _implied(act: Match) -> str:
    """Return the kind that a verb alone gives; "tell" for words that only introduce background («يذكر أن»)."""
    return "tell" if "background" in act.attributes else act.attributes.get("implies") or "say"


def _cue_features(view: View, clause: Clause) -> set[str]:
    implies = f"act:{_implied(clause.act)}" if clause.act else "act:none"
    found: set[str] = set()
    kinds: set[str] = set()
    begin = min(clause.first, clause.act.last) if clause.act and clause.place == "after" else clause.first
    for match in view.between_tokens(begin, clause.last, "statement"):
        flags = "+".join([k for k in match.attributes if k not in _NO_FLAGS]) if match.attributes else ""
        kind, opens, names = _names_of_cue(match.kind, flags, implies)
        kinds.add(kind)
        found.update(names)
        found.add(f"cueword:{view.lang}:{kind}:{match.word}")
        if match.first - clause.first < _OPENING_WORDS:
            found.add(opens)
    if {"cue:offer:ready", "cue:offer:support"} <= found:
        found.add("ready to give")  # the guide: readiness is intent, readiness to give support or expertise is an offer
    elif "cue:offer:ready" in found:
        found.add("ready to act")
    found |= {f"{implies}+{kind}" for kind in kinds or ("nothing",)}
    return found


@cache
def _names_of_cue(cue: str, flags: str, implies: str) -> tuple[str, str, tuple[str, ...]]:
    """Return the kind of a cue, its feature where it opens a clause, and those that it has everywhere."""
    kind = cue.removeprefix("statement.")
    names = (f"cue:{kind}", f"cue:{kind}:{flags}")
    return kind, f"opens:{kind}:{flags}", names if flags else (*names, f"strong:{kind}:{implies}")


def _has_deliverable(view: View, clause: Clause) -> bool:
    """Say whether a number or a date stands in what is promised: without one a promise is an intent."""
    if numbers_in(view, clause.first, clause.last):
        return True
    start, end = view.tokens[clause.first].start, view.tokens[clause.last - 1].end
    return any(start <= t.evidence.start < end for t in view.document.times)


def _sort_features(view: View, clause: Clause) -> set[str]:
    """Return what sorts of things a clause speaks of: an agreement, something planned, a place, a verb of praise."""
    matches, firsts = view.rows(*_SORTS)
    names = _names_of_sorts(matches)[bisect_left(firsts, clause.first) : bisect_left(firsts, clause.last)]
    return set().union(*names)


@keep_last
def _names_of_sorts(matches: list[Match]) -> list[tuple[str, ...]]:
    """Return what each of the matches of a page says of a clause: most stand in several."""
    told = []
    for match in matches:
        further = _FURTHER.get(match.kind)
        told.append(_names_of_sort(match.kind, match.attributes.get(further) if further else None))
    return told


@cache
def _names_of_sort(kind: str, further: str | None) -> tuple[str, ...]:
    sort = f"sort:{kind.split('.')[0] if kind.startswith(_WIDE) else kind}"
    if kind == "speech.verb":
        return (sort, f"sort:speech:{further}")
    return (sort, f"sort:{kind}:{further or ''}") if kind in _FURTHER else (sort,)


def _word_features(view: View, clause: Clause) -> Iterator[str]:
    words = words_between(view.tokens, clause.first, clause.last)
    return chain(map(_word_features_of("w", view.lang), words), map(_word_features_of("f", view.lang), words[:2]))


@cache
def _word_features_of(place: str, lang: str) -> Callable[[str], str]:
    """Return what gives a word its feature: "w" for a word anywhere in a clause, "f" for one of the first two."""
    stem = _STEMS[lang]
    return keep_words(lambda form: f"{place}:{lang}:{stem(form)}")


def _form_features(view: View, candidate: Candidate) -> set[str]:
    clause, speaker = candidate.clause, candidate.speaker
    found = {f"speaker:{speaker.kind if speaker else None}", f"length:{min((clause.last - clause.first) // 4, 8)}"}
    if speaker:
        verb = _implied(clause.act) if clause.act else "none"
        found |= {f"speaker:{speaker.kind}:{verb}", f"speaker of a country:{bool(speaker.country)}"}
    if "number" in kinds_of_page(view.tokens)[clause.first : clause.last]:
        found.add("number")
    if not _MONEY_OR_SHARE.isdisjoint(forms_of_page(view.tokens)[clause.first : clause.last]):
        found.add("share")
    if candidate.sentence.paragraph == 0 or candidate.sentence is view.document.sentences[0]:
        found.add("lead")
    if view.any_at(clause.first, clause.last, "speech.first_person"):
        found.add(f"self:{'quoted' if candidate.quoted else 'plain'}")
    if clause.place in ("narrator", "aim") and any(t.form == "?" or t.form == "؟" for t in view.tokens[clause.last : clause.last + 1]):
        found.add("question")
    if clause.act and clause.place == "after":
        span = view.tokens[clause.act.last : clause.first + 1]
        found.add("that" if span and view.any_at(clause.act.last, clause.first + 1, "speech.that") else "noun")
    return found
