"""How far the name of a programme runs in Arabic: head word, then what its grammar takes in. No stage."""

from __future__ import annotations

from mithaq.annotate.programme_spans import LONGEST, ProgrammeSpan, has_subject
from mithaq.annotate.programmes_quoted import names_inside
from mithaq.annotate.view import View
from mithaq.model import Match
from mithaq.text.clitics import (
    TO_THE,
    begins_with_to,
    has_and_before_article,
    has_article,
    has_particle_before_article,
    restore_article,
)
from mithaq.text.ordinals import ordinals_between

_HYPHENS = frozenset({"-", "–"})


def find_arabic_span(view: View, head: Match) -> ProgrammeSpan | None:
    index, complements, proper = _arabic_extent(view, head)
    if view.is_opening(index) and view.tokens[index].form not in "([" and names_inside(view, index, head.word):
        return None  # «منصة المحاكاة "درع"»: the name stands in the quotes
    telling = [i for i in range(head.last, index) if not view.over(i, "body.generic", "place.nationality")]
    if not telling or not (proper or _tells_enough(view, head, index, complements)):
        return None
    start, end = head.start, view.tokens[index - 1].end
    name = restore_article(view.text[start:end]) if head.prefix.endswith(TO_THE) else view.text[start:end]
    return ProgrammeSpan(head.first, index, start, end, " ".join(name.split()), f"head word «{head.word}»")


def _tells_enough(view: View, head: Match, index: int, complements: int) -> bool:
    """Say whether a definite complement makes a name: any for «منتدى الطاقة», two words after «الاستراتيجية», three after «برنامج»."""
    if head.attributes.get("long"):
        return complements > 2 if view.has_article(head.first) else complements > 0 and index - head.last >= 3
    if view.has_article(head.first):
        return complements > 1 and index - head.last >= 2
    return complements > 0 and bool(head.attributes.get("own"))


def _arabic_extent(view: View, head: Match) -> tuple[int, int, int]:
    """Return (token after the name, definite complements in it, proper words in it)."""
    definite = view.has_article(head.first)
    sentence = view.sentence_of(head.first)
    limit = min(head.last + LONGEST, sentence.last if sentence else head.last)
    ordinals = {n.first: n.last for n in ordinals_between(view.tokens, head.last, limit)}
    index, complements, proper = head.last, 0, 0
    while index < limit:
        token = view.tokens[index]
        if token.kind == "number" and index > head.last and len(token.form) == 4:
            return index + 1, complements, proper
        index += bool(complements) and _hyphenates(view, index)
        token = view.tokens[index]
        if token.kind != "word" or _stops(view, index, complements):
            break
        if complements and index in ordinals:
            return ordinals[index], complements + 1, proper
        if view.has_article(index):
            joined = has_and_before_article(token.form) or TO_THE in token.form[:3]
            if has_particle_before_article(token.form) or (joined and not complements):
                break
            complements += 1
        elif token.form.isascii() or view.at(index, "place.country", "place.city"):
            place = view.at(index, "place.country", "place.city")
            if place and place.prefix:
                break
            proper += 1
        elif not _chained(view, index, definite, complements):
            break
        index += 1
    return _after_subject(view, head, index, limit) if complements else index, complements, proper


def _stops(view: View, index: int, complements: int) -> bool:
    """Say whether a word ends an Arabic name: another head («ندوة القضايا لدورة الدفاع» are two names), an office, a preposition."""
    inner = complements > 0 and view.at(index, "programme.head") and not is_adjective(view, index)
    joined = complements > 0 and TO_THE in view.tokens[index].form[:3]  # «البرنامج الوطني للتعاون الرقمي»
    return bool(inner or view.at(index, "role.head", "honorific") or (view.at(index, "body.stop") and not joined))


def _hyphenates(view: View, index: int) -> bool:
    """Say whether a dash joins two definite adjectives: «الملتقى التونسي-الإيطالي»."""
    if view.tokens[index].form not in _HYPHENS or not 0 < index < len(view.tokens) - 1 or not view.has_article(index + 1):
        return False
    return view.tokens[index - 1].end == view.tokens[index].start and view.tokens[index].end == view.tokens[index + 1].start


def _after_subject(view: View, head: Match, end: int, limit: int) -> int:
    """Return the token after a gathering's subject («حول أخلاقيات الذكاء الاصطناعي»: a chain of nouns, its definite words), else *end*."""
    if end >= limit or not has_subject(view, head, end):
        return end
    index = end + 1
    while index < limit and not view.has_article(index) and _chained_to(view, index):
        index += 1
    chain = index
    while index < limit and view.has_article(index) and not has_particle_before_article(view.tokens[index].form):
        if view.at(index, "body.stop", "role.head", "honorific"):
            break
        index += 1
    return index if index > chain else end


def _chained_to(view: View, index: int) -> bool:
    return view.tokens[index].kind == "word" and view.is_common(index) and not view.at(index, "body.stop", "role.head")


def is_adjective(view: View, index: int) -> bool:
    """Say whether a head word is the adjective of the word before: «القضايا الاستراتيجية»."""
    if not view.arabic or index == 0 or view.is_mark(index - 1):
        return False
    form = view.tokens[index].form
    return has_article(form) and not form.startswith(TO_THE) and view.has_article(index - 1)


def _chained(view: View, index: int, definite: bool, complements: int) -> bool:
    """Say whether a word without article belongs to the name: a noun of a chain, or «لتنمية», followed by its own complement."""
    following = index + 1 < len(view.tokens) and not view.is_mark(index + 1) and view.has_article(index + 1)
    if definite or complements:
        return begins_with_to(view.tokens[index].form) and following
    return following and view.is_common(index) and TO_THE not in view.tokens[index + 1].form[:3]
