"""Find the named programmes, strategies, platforms, projects and forums of an article, and which is part of which."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.annotate.view import View, country_codes
from mithaq.lexicon import Lexicon
from mithaq.model import Document, Evidence, Match, Programme
from mithaq.text.clitics import TO_THE, begins_with_to, has_and_before_article, has_particle_before_article, restore_article
from mithaq.text.fold import fold_text
from mithaq.text.shapes import is_capitalised, is_connector, is_french_adjective

_LONGEST = 10


class _Span(NamedTuple):
    first: int
    last: int
    start: int
    end: int
    name: str
    why: str


def find_programmes(document: Document, lexicon: Lexicon) -> tuple[Programme, ...]:
    """Return the programmes named in title and body. A quoted name stands without its head word («مفتاحي», not «منصة مفتاحي»).

    A head word with a general complement ("a project of cooperation") names nothing: only quotes, capitals, proper words or, for
    strategies and forums, a definite complement make a name.
    """
    view = View(document)
    spans = []
    for match in document.matches_of("programme.head"):
        if view.over(match.first, "body.known", "role.head"):
            continue
        span = _quoted(view, match)
        if span is None and not match.attributes.get("quoted"):
            span = _arabic(view, match) if view.arabic else _latin(view, match)
        if span and not _is_body(document, span):
            spans.append(span)
    return _gather(view, _outermost(spans))


def _quoted(view: View, head: Match) -> _Span | None:
    """Return the name in quotes or brackets after the head word, up to three words of complement between."""
    for index in range(head.last, min(head.last + 4, len(view.tokens))):
        if view.is_opening(index):
            closing = view.closing_after(index, index + 12)
            if closing is None or closing == index + 1:
                return None
            start, end = view.tokens[index + 1].start, view.tokens[closing - 1].end
            name = view.text[start:end]
            if view.tokens[index].form in "([" and (index == head.last) is False:
                return None
            return _Span(index + 1, closing, start, end, " ".join(name.split()), f"quoted after «{head.word}»")
        if view.is_mark(index):
            return None
    return None


def _arabic(view: View, head: Match) -> _Span | None:
    definite = view.has_article(head.first)
    index, complements, proper = head.last, 0, 0
    while index < min(head.last + _LONGEST, len(view.tokens)):
        token = view.tokens[index]
        if token.kind == "number" and index > head.last:
            if len(token.form) == 4:
                index += 1
            break
        if token.kind != "word" or view.at(index, "body.stop", "role.head", "honorific"):
            break
        if view.has_article(index):
            if has_particle_before_article(token.form) or (has_and_before_article(token.form) and not complements):
                break
            complements += 1
        elif token.form.isascii() or view.over(index, "place.country", "place.city"):
            if view.over(index, "place") and view.at(index, "place.country", "place.city") and (view.at(index, "place") or head).prefix:
                break
            proper += 1
        elif not _chained(view, index, definite, complements):
            break
        index += 1
    if index == head.last:
        return None
    own = bool(head.attributes.get("own"))
    telling = [i for i in range(head.last, index) if not view.over(i, "body.generic", "place.nationality")]
    if not telling or (not own and not proper) or (own and not (complements or proper)):
        return None
    start, end = head.start, view.tokens[index - 1].end
    name = view.text[start:end]
    if head.prefix.endswith(TO_THE):
        name = restore_article(name)
    return _Span(head.first, index, start, end, " ".join(name.split()), f"head word «{head.word}»")


def _chained(view: View, index: int, definite: bool, complements: int) -> bool:
    """Say whether a word without article belongs to the name: a noun of a chain, or «للتحول», followed by its own complement."""
    following = index + 1 < len(view.tokens) and not view.is_mark(index + 1) and view.has_article(index + 1)
    if definite or complements:
        return begins_with_to(view.tokens[index].form) and following
    return following and view.is_common(index)


def _latin(view: View, head: Match) -> _Span | None:
    first, last = head.first, head.last
    if view.lang == "en":
        if not is_capitalised(view.tokens[first].form):
            return None
        while first > 0 and _names(view, first - 1) and head.first - first < 6:
            first -= 1
        while first < head.first and (view.tokens[first].key in ("the", "a", "an") or is_connector(view.tokens[first].form, "en")):
            first += 1
    index = last
    while index < min(head.last + _LONGEST, len(view.tokens)):
        token = view.tokens[index]
        if is_connector(token.form, view.lang) and token.key != "and":
            index += 1
            continue
        capital = _names(view, index)
        adjective = view.lang == "fr" and index == last and is_french_adjective(token.form)
        if token.kind == "number" and len(token.form) == 4 and index == last:
            index += 1
            last = index
            break
        if not (capital or adjective) or view.at(index, "body.stop"):
            break
        index += 1
        last = index
    capitals = sum(is_capitalised(view.tokens[i].form) for i in range(first, last) if view.tokens[i].kind == "word" and not head.first <= i < head.last)
    if not capitals:
        return None
    start, end = view.tokens[first].start, view.tokens[last - 1].end
    return _Span(first, last, start, end, " ".join(view.text[start:end].split()), f"head word «{head.word}»")


def _names(view: View, index: int) -> bool:
    token = view.tokens[index]
    return token.kind == "word" and is_capitalised(token.form) and not view.over(index, "honorific", "role.head", "time.month", "time.weekday")


def _is_body(document: Document, span: _Span) -> bool:
    return any(e.start <= span.start and span.end <= e.end for b in document.bodies for e in b.mentions)


def _outermost(spans: list[_Span]) -> list[_Span]:
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda s: (s.first, -s.last)):
        if not any(span.first < k.last and k.first < span.last for k in kept):
            kept.append(span)
    return kept


def _gather(view: View, spans: list[_Span]) -> tuple[Programme, ...]:
    """Join the mentions of one programme and link parts to wholes."""
    groups: dict[str, list[_Span]] = {}
    for span in spans:
        groups.setdefault(fold_text(span.name), []).append(span)
    wholes = _wholes(view, spans)
    return tuple(
        Programme(
            name=group[0].name,
            mentions=tuple(Evidence.of(view.text, s.start, s.end) for s in group),
            country=_country(view, group),
            part_of=next((wholes[s] for s in group if s in wholes and fold_text(wholes[s]) != key), None),
            why=group[0].why,
        )
        for key, group in groups.items()
    )


def _wholes(view: View, spans: list[_Span]) -> dict[_Span, str]:
    """Return, for a programme followed in its sentence by "part of", "pillar of" and another programme, the name of that other one."""
    wholes = {}
    for left, right in zip(spans, spans[1:], strict=False):
        sentence = view.sentence_of(left.first)
        if sentence is None or right.first >= sentence.last:
            continue
        if any(view.at(i, "programme.part") for i in range(left.last, right.first)):
            wholes[left] = right.name
    return wholes


def _country(view: View, group: list[_Span]) -> str | None:
    for span in group:
        codes = country_codes(view, span.first, min(span.last + 2, len(view.tokens)))
        if codes:
            return codes[0]
    return None
