"""Find the named programmes, strategies, platforms, projects and forums of an article, and which is part of which."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from mithaq.annotate.view import View, country_codes
from mithaq.lexicon import Lexicon
from mithaq.model import Document, Evidence, Match, Programme
from mithaq.text.clitics import (
    TO_THE,
    begins_with_to,
    has_and_before_article,
    has_article,
    has_particle_before_article,
    restore_article,
)
from mithaq.text.fold import fold_text
from mithaq.text.ordinals import ordinals_between
from mithaq.text.shapes import is_article, is_camel_case, is_capitalised, is_connector, is_french_adjective
from mithaq.text.tokens import marks_of

_LONGEST = 10
_SHORT = 5
_STRAIGHT = '"'
_APOSTROPHES = frozenset({"'", "’"})
_HYPHENS = frozenset({"-", "–"})


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
    spans = _quoted_names(view)
    for match in document.matches_of("programme.head"):
        if view.over(match.first, "body.known", "role.head") or match.attributes.get("quoted") or _is_adjective(view, match.first):
            continue
        span = _arabic(view, match) if view.arabic else _latin(view, match)
        if span and not _is_body(document, span):
            spans.append(span)
    supported = [s for s in spans if (sentence := view.sentence_of(s.first)) and s.last <= sentence.last]
    return _gather(view, _outermost(supported))


def _quoted_names(view: View) -> list[_Span]:
    """Return the short names in quotes or brackets that a head word or "called" announces a few words before.

    In English the head may also follow (the "Luban" marine cable); in French and English a short name with its article stands alone
    («le « Kiosque citoyen », volet du plan»).
    """
    spans = []
    closing = _closing_quotes(view)
    for cue in view.document.matches_of("programme.head", "programme.named"):
        sentence = view.sentence_of(cue.first)
        for index in range(cue.last, min(cue.last + 6, sentence.last if sentence else cue.last)):
            if index in closing:
                break
            if view.is_opening(index):
                described = all(view.arabic and view.has_article(i) for i in range(cue.last, index))  # «المخطط الوطني (لاغون)»
                if view.tokens[index].form not in "([" or described:
                    spans += _inside(view, index, cue.word)
                break
            if (view.is_mark(index) and not view.is_opening(index + 1)) or view.at(index, "speech.verb"):
                break
    return spans if view.arabic else spans + _quoted_by_itself(view, closing) + _called(view)


def _called(view: View) -> list[_Span]:
    """Return bare names: "a platform known as Blue Gate", or what is launched and explained ("launched Nuru, a portal")."""
    cues = [(c, False) for c in view.document.matches_of("programme.named") if view.at(c.first - 1, "programme.head")]
    cues += [(c, True) for c in view.document.matches_of("event.act") if c.attributes.get("stage") == "launched"]
    spans = []
    for cue, explained in cues:
        first = last = cue.last
        while last < len(view.tokens) and _names(view, last) and last - first < _SHORT and not view.over(last, "place", "body.known"):
            last += 1
        apposed = last + 1 < len(view.tokens) and view.is_comma(last) and is_article(view.tokens[last + 1].form, view.lang)
        if last == first or (explained and not apposed):
            continue
        start, end = view.tokens[first].start, view.tokens[last - 1].end
        span = _Span(first, last, start, end, " ".join(view.text[start:end].split()), f"named after «{cue.word}»")
        spans += [] if _is_body(view.document, span) else [span]
    return spans


def _closing_quotes(view: View) -> set[int]:
    """Return the tokens where a straight quotation mark, which looks the same at both ends, closes: every second one of a paragraph."""
    closing, opened, paragraph = set(), False, -1
    for index in marks_of(view.tokens):
        if view.tokens[index].form != _STRAIGHT:
            continue
        sentence = view.sentence_of(index)
        if sentence and sentence.paragraph != paragraph:
            opened, paragraph = False, sentence.paragraph
        if opened:
            closing.add(index)
        opened = not opened
    return closing


def _quoted_by_itself(view: View, closes: set[int]) -> list[_Span]:
    """Return the names of up to four words in quotation marks right after an article, or explained after them ("Semente", a programme)."""
    spans = []
    for index in marks_of(view.tokens):
        opens = 1 <= index < len(view.tokens) - 1 and view.is_opening(index) and view.tokens[index].form not in "([" and index not in closes
        closing = view.closing_after(index, index + 6) if opens else None
        if closing is None or closing == index + 1 or any(view.tokens[i].kind == "mark" for i in range(index + 1, closing)):
            continue
        if is_article(view.tokens[index - 1].form, view.lang):
            spans += _inside(view, index, view.tokens[index - 1].form)
            continue
        head = _explained(view, closing + 1)
        if head:
            spans += _inside(view, index, head.word)
    return spans


def _explained(view: View, comma: int) -> Match | None:
    """Return the head word in apposition after a quotation and its comma."""
    if not view.is_comma(comma):
        return None
    for index in range(comma + 1, min(comma + 5, len(view.tokens))):
        head = view.at(index, "programme.head")
        if head or view.is_mark(index):
            return head
    return None


def _inside(view: View, opening: int, cue: str) -> list[_Span]:
    """Return the name between quotation marks unless what stands there is speech: long, with small first letter, or a clause."""
    closing = view.closing_after(opening, opening + _LONGEST)
    if closing is None or closing == opening + 1:
        return []
    words = range(opening + 1, closing)
    small = [i for i in words if view.tokens[i].form[:1].islower() and not is_connector(view.tokens[i].form, view.lang)]
    if opening + 1 in small or len(small) > max(1, len(words) // 2):
        return []
    clause = any(view.at(i, "clause.word") for i in words) or (not view.arabic and any(view.at(i, "speech.verb") for i in words))
    if clause or (view.arabic and (len(words) > 5 or view.at(opening + 1, "speech.verb"))):
        return []
    start, end = view.tokens[opening + 1].start, view.tokens[closing - 1].end
    span = _Span(opening + 1, closing, start, end, " ".join(view.text[start:end].split()), f"quoted after «{cue}»")
    return [] if _is_body(view.document, span) else [span]


def _arabic(view: View, head: Match) -> _Span | None:
    index, complements, proper = _arabic_extent(view, head)
    if view.is_opening(index) and view.tokens[index].form not in "([" and _inside(view, index, head.word):
        return None  # «منصة المحاكاة "درع"»: the name stands in the quotes
    telling = [i for i in range(head.last, index) if not view.over(i, "body.generic", "place.nationality")]
    if not telling or not (proper or _tells_enough(view, head, index, complements)):
        return None
    start, end = head.start, view.tokens[index - 1].end
    name = restore_article(view.text[start:end]) if head.prefix.endswith(TO_THE) else view.text[start:end]
    return _Span(head.first, index, start, end, " ".join(name.split()), f"head word «{head.word}»")


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
    limit = min(head.last + _LONGEST, sentence.last if sentence else head.last)
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
    inner = complements > 0 and view.at(index, "programme.head") and not _is_adjective(view, index)
    joined = complements > 0 and TO_THE in view.tokens[index].form[:3]  # «البرنامج الوطني للتعاون الرقمي»
    return bool(inner or view.at(index, "role.head", "honorific") or (view.at(index, "body.stop") and not joined))


def _hyphenates(view: View, index: int) -> bool:
    """Say whether a dash joins two definite adjectives: «الملتقى التونسي-الإيطالي»."""
    if view.tokens[index].form not in _HYPHENS or not 0 < index < len(view.tokens) - 1 or not view.has_article(index + 1):
        return False
    return view.tokens[index - 1].end == view.tokens[index].start and view.tokens[index].end == view.tokens[index + 1].start


def _has_subject(view: View, head: Match, index: int) -> bool:
    return bool(head.attributes.get("gathering")) and view.at(index, "programme.about") is not None


def _after_subject(view: View, head: Match, end: int, limit: int) -> int:
    """Return the token after a gathering's subject («حول أخلاقيات الذكاء الاصطناعي»: a chain of nouns, its definite words), else *end*."""
    if end >= limit or not _has_subject(view, head, end):
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


def _is_adjective(view: View, index: int) -> bool:
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


def _latin(view: View, head: Match) -> _Span | None:
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
    start, end = view.tokens[first].start, view.tokens[last - 1].end
    return _Span(first, last, start, end, " ".join(view.text[start:end].split()), f"head word «{head.word}»")


def _is_named(view: View, head: Match, first: int, last: int, small: bool) -> bool:
    """Say whether a word beside the head makes a name: a capital that neither the sentence's beginning nor a country gave it.

    In French a head with a capital of its own needs none: «le Forum africain du numérique».
    """
    capitals = [i for i in range(first, last) if _is_proper(view.tokens[i].form) and not head.first <= i < head.last]
    telling = [i for i in capitals if not (view.over(i, "place", "body.known") or (small and view.is_common(i)))]
    if small:
        return any(not _opens_sentence(view, i) for i in telling) or len(telling) > 1
    own = view.lang == "fr" and last > head.last and not _opens_sentence(view, head.first)
    return bool(telling) or own


def _opens_sentence(view: View, index: int) -> bool:
    sentence = view.sentence_of(index)
    return sentence is None or sentence.first == index or view.is_opening(index - 1)


def _beside(view: View, head: Match) -> tuple[int, int]:
    """Return the capitalised run next to a head word in small letters: after it, or in English before it."""
    last = head.last
    while last < len(view.tokens) and _names(view, last) and last - head.last < 6:
        last += 1
    if last > head.last and last < len(view.tokens) and _is_year(view, last):
        last += 1
    if view.lang == "en" and last == head.last:
        return _back(view, head), head.first
    return head.last, last


def _is_year(view: View, index: int) -> bool:
    return view.tokens[index].kind == "number" and len(view.tokens[index].form) == 4


def _back(view: View, head: Match) -> int:
    first, sentence = head.first, view.sentence_of(head.first)
    start = sentence.first if sentence else first
    while first > start and head.first - first < 6:
        if _names(view, first - 1) or (first == head.first and _is_year(view, first - 1)):
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
    proper = view.lang == "fr" and not _opens_sentence(view, head.first)  # «la Semaine de la connectivité indianocéanique»
    while index < min(head.last + _LONGEST, len(view.tokens)):
        token = view.tokens[index]
        if is_connector(token.form, view.lang) and token.key != "and":
            index += 1
            continue
        if index == last and _has_subject(view, head, index):
            index += 1  # «le Sommet africain sur la donnée ouverte»
            continue
        if _is_year(view, index) and index == last:
            return index + 1
        described = view.lang == "fr" and index == last and is_french_adjective(token.form)
        takes = _names(view, index) or described or (proper and index > last and token.kind == "word")
        if not takes or view.at(index, "body.stop") or (view.over(index, "place") and index > last and not is_capitalised(token.form)):
            break
        index += 1
        last = index
    return last


def _names(view: View, index: int) -> bool:
    token = view.tokens[index]
    excluded = view.over(index, "honorific", "role.head", "time.month", "time.weekday")
    return token.kind == "word" and _is_proper(token.form) and not excluded


def _is_proper(word: str) -> bool:
    return is_capitalised(word) or is_camel_case(word)


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
    for span in sorted(spans, key=lambda s: -len(s.name)):
        key = fold_text(span.name)
        longer = next((k for k in groups if k.startswith(key + " ")), key)  # «ملتقى بغداد» for «ملتقى بغداد الثاني»
        groups.setdefault(longer, []).append(span)
    groups = {key: sorted(group) for key, group in sorted(groups.items(), key=lambda pair: min(pair[1]))}
    wholes = _wholes(view, spans)
    return tuple(
        Programme(
            name=max((s.name for s in group), key=len),
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
    for left, right in pairwise(spans):
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
