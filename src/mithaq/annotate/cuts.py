"""Cut what is said into single things said, and leave out at both ends what does not belong to them. No stage; used by ``clauses``."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from mithaq.annotate.acts import CLOSING, COMMAS, OPENING, Quotes
from mithaq.annotate.view import View
from mithaq.model import Document, Match
from mithaq.model.kept import keep_while_same, keep_words
from mithaq.text.clitics import gives_reason, joins, repeats_particle
from mithaq.text.language import function_words
from mithaq.text.tense import is_future
from mithaq.text.tokens import different_forms, places_of

_STOPS = frozenset({";", "؛"})
_PAUSES = frozenset({",", "،"})
_BREAKS = _STOPS | {":"}
_MANY = 40  # tokens
_ENOUGH = 8  # tokens that make a thing said
_REST = 6
_AGAIN = 4  # tokens from which on «… et de …» is a second thing said and not the end of a name («de l’Éducation et de la Formation»)
_VERB_WITHIN = 6  # tokens behind "and" among which its verb is looked for
_SHORTEST = 2  # what is said in so few words, verb and all, keeps its subject
_SUBJECT = 8  # tokens of a subject that belongs to what is said in the fewest words
_SHORT = 5  # what is said in fewer words keeps its verb


class Clause(msgspec.Struct, frozen=True, gc=False):
    """What is said (tokens ``first:last``), by which verb, and where its speaker stands (tokens ``head_first:head_last``)."""

    first: int
    last: int
    act: Match | None
    head_first: int
    head_last: int
    place: str


class _Edges(NamedTuple):
    """The tokens of a page before which a clause may be cut, and those that end one: few of all."""

    cuts: list[int]
    ends: list[int]


@keep_while_same("tokens", "matches", "lang")
def _edges_of(document: Document) -> _Edges:
    view = View(document)
    telling = view.starts("speech.that", "speech.join", "statement.aim", "statement.commitment")
    breaks = _breaks_arabic if view.arabic else _BREAKS.__contains__
    breaking = set(filter(breaks, different_forms(view.tokens)))
    ends = sorted(index for index, match in view.starts("speech.join").items() if match.attributes.get("ends"))
    return _Edges(sorted({*telling, *places_of(breaking, view.tokens)}), ends)


@keep_words
def _breaks_arabic(form: str) -> bool:
    return form in _BREAKS or joins(form)


def cut_clause(view: View, quotes: Quotes, clause: Clause) -> list[Clause]:
    """Return the single things said in a clause, trimmed; those of a single word are left out."""
    pieces = _split(view, quotes, clause)
    trimmed = [_trim(view, part) for piece in pieces for part in _break(view, _cut_tail(view, _with_verb(view, piece)))]
    return [c for c in trimmed if c.last - c.first >= 2]


def _break(view: View, clause: Clause) -> list[Clause]:
    """Cut what is said in very many words at its commas: the rest is more of the same speaker."""
    parts, first = [], clause.first
    while clause.last - first > _MANY:
        comma = next((i for i in range(first + _ENOUGH, clause.last - _REST) if view.tokens[i].form in _PAUSES), None)
        if comma is None:
            break
        parts.append((first, comma))
        first = comma + 1
    parts.append((first, clause.last))
    return [replace(clause, first=a, last=b, place=clause.place if a == clause.first else "more") for a, b in parts]


def _split(view: View, quotes: Quotes, clause: Clause) -> list[Clause]:
    """Cut what is said where a second clause of the same speaker, an aim or a text's provision begins."""
    cuts: list[tuple[int, bool]] = []
    possible = _edges_of(view.document).cuts
    for index in possible[bisect_left(possible, clause.first + 2) : bisect_left(possible, clause.last - 1)]:
        form = view.tokens[index].form
        if view.arabic and gives_reason(form) and view.tokens[index - 1].form in COMMAS:
            cuts.append((index, True))
        if index in quotes.inside and index - 1 in quotes.inside:
            continue
        if form in _STOPS or (form == ":" and view.tokens[index - 1].form in CLOSING):
            cuts.append((index + 1, True))
            continue
        if _joins_same(view, clause, index) or _breaks_off(view, index):
            cuts.append((index, True))
        elif _begins_aim(view, clause, index):
            cuts.append((_aim_start(view, clause, index), False))
    pieces, first, same = [], clause.first, True
    for cut, goes_on in sorted(set(cuts)):
        if cut - first >= 3:
            pieces.append(_piece(clause, first, cut, same))
            first = cut
        same = goes_on
    pieces.append(_piece(clause, first, clause.last, same))
    return pieces


def _piece(clause: Clause, first: int, last: int, same: bool) -> Clause:
    """Return a part of a clause: a second thing said by the same speaker, or an aim that nobody says."""
    if first == clause.first:
        return clause if last == clause.last else replace(clause, last=last)
    if same:
        return replace(clause, first=first, last=last)
    return Clause(first, last, None, first, first, "aim")


def _joins_same(view: View, clause: Clause, index: int) -> bool:
    """Say whether a second «أن» clause, or a second object after the same preposition («على … وعلى …»), begins here."""
    if clause.act is None:
        return False
    that, join = view.at(index, "speech.that"), view.at(index, "speech.join")
    if join and join.attributes.get("cuts"):
        return True
    form = view.tokens[index].form
    if view.arabic:
        if that:
            return joins(form)
        if clause.place != "after" or not joins(form):
            return False
        return repeats_particle(form, [t.form for t in view.tokens[clause.act.last : clause.act.last + 8]])
    if that and that.attributes.get("joins"):
        return True
    if not join or join.last - join.first > 1:
        return False
    following, opener = view.tokens[index + 1], view.tokens[clause.first]
    future = view.at(index + 1, "statement.future")
    again = following.key == opener.key and len(opener.key) <= 2 and clause.last - index > _AGAIN
    return again or (future is not None and not future.attributes.get("due"))


def _breaks_off(view: View, index: int) -> bool:
    """Say whether another thing begins here, whoever says it: behind a comma "but …", or what shall be done too («، وسيوفد …»)."""
    before, form = view.tokens[index - 1].form, view.tokens[index].form
    if before not in COMMAS and before not in CLOSING:
        return False
    join = view.at(index, "speech.join")
    if join and ("cuts" in join.attributes or "breaks" in join.attributes):
        return True
    if view.arabic:
        return joins(form) and is_future(form, view.lang)
    return join is not None and "refers" not in join.attributes and _is_to_come(view, join.last)


def _is_to_come(view: View, first: int) -> bool:
    """Say whether a verb in the future stands near: "and the state will pay"."""
    if any(is_future(token.form, view.lang) for token in view.tokens[first : first + _VERB_WITHIN]):
        return True
    future = view.between_tokens(first, first + _VERB_WITHIN, "statement.future")
    return any("due" not in match.attributes for match in future)


def _begins_aim(view: View, clause: Clause, index: int) -> bool:
    """Say whether an aim or a text's provision begins here; what a speaker himself strives for («الهيئة تسعى إلى») stays in his words."""
    aim, provision = view.at(index, "statement.aim"), view.at(index, "statement.commitment")
    before = view.at(index - 1, "speech.join") if aim or provision else None
    if before and before.attributes.get("refers"):
        return False
    if aim and not aim.attributes.get("weak"):
        if aim.attributes.get("purpose") and clause.act is not None:
            return False
        return not (aim.attributes.get("own") and clause.act is not None)
    return bool(provision and provision.attributes.get("text") and (not view.arabic or provision.prefix))


def _aim_start(view: View, clause: Clause, index: int) -> int:
    """Return where an aim clause begins: at its verb in Arabic, at the subject before the verb otherwise."""
    if view.arabic:
        return index
    start = index
    while start > clause.first and index - start < 10:
        if view.tokens[start - 1].form in COMMAS or view.at(start - 1, "speech.join"):
            return start
        start -= 1
    return clause.first if start == clause.first else index


def _with_verb(view: View, clause: Clause) -> Clause:
    """Give a refusal, and what is said in very few words, its verb, and the shortest its subject: "Pretoria declined to comment"."""
    act = clause.act
    if act is None or clause.place != "after" or act.kind != "speech.verb" or not act.last <= clause.first <= clause.head_last:
        return clause
    refuses = act.attributes.get("implies") == "refusal"
    if clause.last - clause.first >= _SHORT:
        return replace(clause, first=act.first) if refuses else clause
    short = clause.last - act.first <= _SHORTEST and not view.arabic and 0 < act.first - clause.head_first <= _SUBJECT
    return replace(clause, first=clause.head_first if short else act.first)


def _cut_tail(view: View, clause: Clause) -> Clause:
    """Leave out what only comments on the clause: «، مما يعزز …», ", which …"; without a comma only behind enough words to stand alone."""
    ends = _edges_of(view.document).ends
    for end in ends[bisect_left(ends, clause.first + _SHORT) : bisect_left(ends, clause.last - 1)]:
        if view.is_comma(end - 1) or end - clause.first >= _ENOUGH:
            return replace(clause, last=end)
    return clause


def _trim(view: View, clause: Clause) -> Clause:
    """Leave out marks, joining words, and what was cut off from its noun («على ما», "of") at both ends of what is said."""
    first, last = clause.first, clause.last
    while first < last and (view.is_mark(first) and view.tokens[first].form not in OPENING):
        first += 1
    while last > first:
        end = _without_loose(view, last)
        if end == last:
            break
        last = max(end, first)
    return clause if first == clause.first and last == clause.last else replace(clause, first=first, last=last)


def _without_loose(view: View, last: int) -> int:
    """Return the end of a clause without what hangs loose at it: the same when nothing does."""
    if view.is_mark(last - 1):
        return last if view.tokens[last - 1].form in CLOSING else last - 1
    match = view.over(last - 1, "speech.join", "speech.turn")
    if match is not None and match.last == last:
        return match.first
    cut_off = last < len(view.tokens) and not view.is_mark(last) and view.tokens[last - 1].key in function_words(view.lang)
    return last - 1 if cut_off else last
