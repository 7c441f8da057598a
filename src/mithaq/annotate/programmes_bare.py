"""Programmes in French and English that stand bare: explained behind a comma, listed, framed, or ending as such names do. No stage."""

from __future__ import annotations

from collections.abc import Iterator

from mithaq.annotate.programme_spans import ProgrammeSpan, is_body, make_span, may_name
from mithaq.annotate.view import View
from mithaq.model import Sentence
from mithaq.text.shapes import is_and, is_article, is_capitalised, is_connector

_LONG = 7  # words of a bare name
_NEAR = 8  # words before a list in which its sort is told
_TOLD = 5  # words of an apposition before its head
_DASHES = frozenset({"-", "–", "&"})
_SORTS = ("programme.head", "programme.sort")


def find_bare_spans(view: View) -> list[ProgrammeSpan]:
    """Return the names that no head word touches and something beside them shows."""
    spans = []
    for sentence in view.document.sentences:
        spans += [*_explained(view, sentence), *_apposed(view, sentence), *_listed(view, sentence), *_framed(view, sentence)]
        spans += _ended(view, sentence)
    return [span for span in spans if not is_body(view.document, span)]


def _run_end(view: View, index: int, limit: int) -> int:
    """Return the token after the name that begins at *index*: capitals, small words between them, joined words, a short number."""
    last = index
    while last < limit and last - index < _LONG:
        if _runs(view, last):
            last += 1
            continue
        following = last + 1
        joined = last > index and (view.tokens[last].form in _DASHES or _links(view, last))
        while joined and following < limit and _links(view, following):
            following += 1
        if not joined or following >= limit or not _runs(view, following):
            break
        last = following + 1
    if index < last < limit and view.tokens[last].kind == "number" and len(view.tokens[last].form) in (1, 4):
        return last + 1
    return last


def _links(view: View, index: int) -> bool:
    form = view.tokens[index].form
    short = len(form) <= 2 and form.islower()
    return not is_and(form) and (short or is_connector(form, view.lang) or view.over(index, "name.particle") is not None)


def _runs(view: View, index: int) -> bool:
    return may_name(view, index) and index not in view.names and index not in view.body_tokens


def _is_bare(view: View, first: int, last: int) -> bool:
    """Say whether a run may be a programme's name: not only places, not only everyday words, no office or head word of a body in it."""
    words = range(first, last)
    if last == first or any(view.over(i, "role", "body.head", "money") for i in words):
        return False
    telling = [i for i in words if view.tokens[i].kind == "word" and not view.over(i, "place", "topic") and not view.is_common(i)]
    return bool(telling)


def _explained(view: View, sentence: Sentence) -> Iterator[ProgrammeSpan]:
    """Yield "Jokkoo, a portal that …", «Baraka, une plateforme de …»: a name, a comma, an article, and soon its sort."""
    for comma in range(sentence.first + 1, sentence.last - 2):
        if view.tokens[comma].form != "," or not _opens_sort(view, comma + 1, sentence.last):
            continue
        first = comma
        while first > sentence.first and comma - first < _LONG and (_runs(view, first - 1) or view.tokens[first - 1].form in _DASHES):
            first -= 1
        first += first < comma and not is_capitalised(view.tokens[first].form)
        first += first < comma - 1 and is_article(view.tokens[first].form, view.lang)
        if _is_bare(view, first, comma):
            yield make_span(view, first, comma, "explained")


def _opens_sort(view: View, index: int, limit: int) -> bool:
    """Say whether an article and soon a programme's sort follow, which no body's sort follows in turn ("a platform company")."""
    if not (is_article(view.tokens[index].form, view.lang) or view.at(index, "programme.article")):
        return False
    for at in range(index + 1, min(index + _TOLD, limit)):
        head = view.at(at, *_SORTS)
        if head is not None and not is_capitalised(view.tokens[at].form):
            return view.at(head.last, "body.sort", "body.head") is None
        if view.is_mark(at) or view.at(at, "body.sort", "role.head", "body.stop"):
            return False
    return False


def _apposed(view: View, sentence: Sentence) -> Iterator[ProgrammeSpan]:
    """Yield "the voice service, Sauti ya Shamba, is": a sort in small letters, a comma, the name, another mark."""
    for head in view.matches(sentence, *_SORTS):
        comma = head.last
        while comma < sentence.last and comma - head.last < 3 and not view.is_mark(comma):
            comma += 1
        if comma >= sentence.last - 1 or view.tokens[comma].form != "," or is_capitalised(view.tokens[head.first].form):
            continue
        last = _run_end(view, comma + 1, sentence.last)
        if last < sentence.last and view.tokens[last].form in (",", ".") and _is_bare(view, comma + 1, last):
            yield make_span(view, comma + 1, last, f"told to be «{head.word}»")


def _listed(view: View, sentence: Sentence) -> Iterator[ProgrammeSpan]:
    """Yield the names of "initiatives such as Digital Lagoon, Green Estuary and Tide", «des projets tels que le PRONUM»."""
    for cue in view.matches(sentence, "programme.list"):
        if not any(view.at(i, *_SORTS) for i in range(max(sentence.first, cue.first - _NEAR), cue.first)):
            continue
        index = cue.last
        while index < sentence.last:
            index += is_article(view.tokens[index].form, view.lang)
            last = _run_end(view, index, sentence.last)
            if last == index or any(view.over(i, "role", "body.head") for i in range(index, last)):
                break
            yield make_span(view, index, last, f"listed after «{cue.word}»")
            index = last
            while index < sentence.last and _goes_on(view, index):
                index += 1
            if index == last:
                break


def _goes_on(view: View, index: int) -> bool:
    """Say whether a list goes on: a comma, "and", "such as" once more."""
    form = view.tokens[index].form
    return form == "," or is_and(form) or view.at(index, "programme.list") is not None


def _framed(view: View, sentence: Sentence) -> Iterator[ProgrammeSpan]:
    """Yield what is met in the margins of, or has editions: "on the sidelines of GITEX Lagoon", «la 7e édition du Estuaire Tech»."""
    for cue in view.matches(sentence, "programme.frame"):
        first = cue.last
        while first < sentence.last and first - cue.last < 3 and (_links(view, first) or is_article(view.tokens[first].form, view.lang)):
            first += 1
        last = _run_end(view, first, sentence.last)
        if _is_bare(view, first, last):
            yield make_span(view, first, last, f"frame «{cue.word}»")


def _ended(view: View, sentence: Sentence) -> Iterator[ProgrammeSpan]:
    """Yield English names on French pages, by their last word: "Transform Lagoon Summit"."""
    for tail in view.matches(sentence, "programme.tail"):
        first = tail.first
        while first > sentence.first and tail.first - first < _LONG and _runs(view, first - 1):
            first -= 1
        if first < tail.first and is_capitalised(view.tokens[tail.first].form):
            last = tail.last
            last += last < sentence.last and view.tokens[last].kind == "number" and len(view.tokens[last].form) == 4
            yield make_span(view, first, last, f"ends in «{tail.word}»")
