"""How far the name of a programme runs in French and English: a run of capitals around its head word. No stage."""

from __future__ import annotations

from mithaq.annotate.programme_spans import LONGEST, ProgrammeSpan, has_subject, is_proper, is_year, make_span, may_name, opens_sentence
from mithaq.annotate.view import View
from mithaq.model import Match
from mithaq.text.shapes import is_article, is_capitalised, is_connector, is_french_adjective, is_genitive

_APOSTROPHES = frozenset({"'", "’"})


def find_latin_span(view: View, head: Match) -> ProgrammeSpan | None:
    """Return a capitalised name around its head word, or beside one in small letters («la plateforme Sira», "the Sira portal")."""
    small = not is_capitalised(view.tokens[head.first].form)
    if small:
        first, last = _beside(view, head)
    else:
        first, last = (_back(view, head) if view.lang == "en" else head.first), _forward(view, head)
        if view.lang == "en" and first > 0 and view.closes(first - 1):
            return None  # "Luban" Marine Cable: the name stands in the quotes
    if not _is_named(view, head, first, last, small):
        return None
    return make_span(view, first, last, f"head word «{head.word}»")


def _is_named(view: View, head: Match, first: int, last: int, small: bool) -> bool:
    """Say whether a word beside the head makes a name: a capital that neither the sentence's beginning nor a country gave it.

    In French a head with a capital of its own needs none: «le Forum africain du numérique».
    """
    capitals = [i for i in range(first, last) if is_proper(view.tokens[i].form) and not head.first <= i < head.last]
    telling = [i for i in capitals if not (view.over(i, "place", "body.known") or (small and view.is_common(i)))]
    if small:
        free = [i for i in capitals if not opens_sentence(view, i) and not view.over(i, "body.known")]
        several = view.lang == "en" and len(free) > 1 and any(not view.over(i, "place") for i in free)  # "the Digital Lesotho initiative"
        return several or any(not opens_sentence(view, i) for i in telling) or len(telling) > 1
    if head.attributes.get("dated") and last > head.last and is_year(view, last - 1):
        return True  # "Vision 2030", «l'Agenda 2063»
    own = view.lang == "fr" and last > head.last and not opens_sentence(view, head.first)
    return bool(telling) or own


def _beside(view: View, head: Match) -> tuple[int, int]:
    """Return the capitalised run next to a head word in small letters: after it, or in English before it."""
    last = head.last
    while last < len(view.tokens) and last - head.last < 6 and (may_name(view, last) or _elides(view, last, head.last)):
        last += 1
    if last > head.last and last < len(view.tokens) and is_year(view, last):
        last += 1
    if view.lang == "en" and last == head.last:
        return _back(view, head), head.first
    return head.last, last


def _elides(view: View, index: int, first: int) -> bool:
    """Say whether a shortened small word joins two words of a name that began before: «le projet Lac d'Azur»."""
    form = view.tokens[index].form
    return index > first and len(form) == 2 and form[1] in _APOSTROPHES and form.islower() and may_name(view, index + 1)


def _back(view: View, head: Match) -> int:
    first, sentence = head.first, view.sentence_of(head.first)
    start = sentence.first if sentence else first
    while first > start and head.first - first < 6:
        if may_name(view, first - 1) or (first == head.first and is_year(view, first - 1)):
            first -= 1
        elif _is_possessive(view, first - 1):
            first -= 2
        else:
            break
    while first < head.first and (is_article(view.tokens[first].form, "en") or is_connector(view.tokens[first].form, "en")):
        first += 1
    return first


def _is_possessive(view: View, index: int) -> bool:
    """Say whether an apostrophe ends a plural of several makers: "Coastal Ministers' Roundtable"."""
    if index < 1 or view.tokens[index].form not in _APOSTROPHES:
        return False
    before = view.tokens[index - 1]
    return is_capitalised(before.form) and before.end == view.tokens[index].start


def _forward(view: View, head: Match) -> int:
    last = index = head.last
    proper = view.lang == "fr" and not opens_sentence(view, head.first)  # «la Semaine de la connectivité indianocéanique»
    while index < min(head.last + LONGEST, len(view.tokens)):
        token = view.tokens[index]
        if is_connector(token.form, view.lang) and token.key != "and":
            index += 1
            continue
        if index == last and index - head.last > 1 and is_genitive(token.form) and may_name(view, index + 1):
            index += 1  # "the Week for Financing Africa's Ports"
            continue
        if index == last and has_subject(view, head, index):
            index += 1  # «le Sommet africain sur la donnée ouverte»
            continue
        if is_year(view, index) and index == last:
            return index + 1
        described = view.lang == "fr" and index == last and is_french_adjective(token.form)
        takes = may_name(view, index) or described or (proper and index > last and token.kind == "word")
        if not takes or view.at(index, "body.stop") or (view.over(index, "place") and index > last and not is_capitalised(token.form)):
            break
        index += 1
        last = index
    return last
