"""Programmes named in quotes or brackets, or behind "called": «منصة «مفتاحي»», "Semente", a programme. No stage."""

from __future__ import annotations

from mithaq.annotate.programme_spans import LONGEST, ProgrammeSpan, is_body, make_span, may_name
from mithaq.annotate.view import View
from mithaq.model import Match
from mithaq.text.clitics import TO_THE, begins_with_to, has_and_before_article, joins
from mithaq.text.ordinals import ordinals_between
from mithaq.text.shapes import is_article, is_connector
from mithaq.text.tokens import marks_of

_SHORT = 5
_LONGER = 8  # words of a gathering's name in quotation marks
_STRAIGHT = '"'
_HYPHENS = frozenset("-–‑:&+/.")


def find_quoted_spans(view: View) -> list[ProgrammeSpan]:
    """Return the short names in quotes or brackets that a head word or "called" announces a few words before.

    In English the head may also follow (the "Luban" marine cable); in French and English a short name with its article stands alone
    («le « Kiosque citoyen », volet du plan»).
    """
    spans = []
    closing = _closing_quotes(view)
    for cue in view.document.matches_of("programme.head", "programme.named"):
        if view.is_opening(cue.first - 1) and cue.first - 1 not in closing and view.tokens[cue.first - 1].form not in "([" and view.arabic:
            spans += _headed_quotation(view, cue)
        if cue.kind == "programme.named" and (_renames_body(view, cue) or (view.arabic and view.at(cue.first - 1, "clause.word"))):
            continue  # «ما سماه "خطاب الذنب"»
        sentence = view.sentence_of(cue.first)
        for index in range(cue.last, min(cue.last + 6, sentence.last if sentence else cue.last)):
            if index in closing:
                break
            if view.is_opening(index):
                own = not view.arabic and view.tokens[cue.first].form[:1].isupper()  # "the Green Strategy (GS II)": initials
                if own and view.tokens[index].form in "([":
                    break
                described = all(view.arabic and view.has_article(i) for i in range(cue.last, index))  # «المخطط الوطني (لاغون)»
                if (view.tokens[index].form not in "([" or described) and not _is_told_of(view, cue, index):
                    spans += names_inside(view, index, cue.word, cue)
                break
            if (view.is_mark(index) and not view.is_opening(index + 1)) or view.at(index, "speech.verb", "speech.that"):
                break
    return spans if view.arabic else spans + _quoted_by_itself(view, closing) + _called(view)


def _is_told_of(view: View, cue: Match, opening: int) -> bool:
    """Say whether everyday words in quotes, a few words behind what may be anything, are said of it: «نظام الروافع «مسألة خارج النقاش»»."""
    closing = view.closing_after(opening, opening + LONGEST)
    if not view.arabic or not cue.attributes.get("quoted") or cue.last == opening or closing is None:
        return False
    words = range(opening + 1, closing)
    return len(words) > 2 and not view.has_article(words[0]) and all(view.is_common(i) for i in words)


def _tells_on(view: View, index: int) -> bool:
    """Say whether a small word is glued to an Arabic word, other than «و» and «ل» before the article: names seldom go on so."""
    form = view.tokens[index].form
    return view.has_clitic(index) and not (has_and_before_article(form) or form.startswith(TO_THE))


def _is_whom(view: View, index: int) -> bool:
    """Say whether «ل» before a noun tells for whom what is named is: «برنامج "الوطن لرواد البحر"»."""
    form = view.tokens[index].form
    return begins_with_to(form) and not joins(form)


def _headed_quotation(view: View, head: Match) -> list[ProgrammeSpan]:
    """Return a whole quotation that begins with a head word: «"مشروع ربط الواحات"»."""
    closing = view.closing_after(head.first - 1, head.first + LONGEST)
    words = range(head.last, closing or head.last)
    if head.attributes.get("quoted") or len(words) < 2 or joins(view.tokens[words[0]].form):
        return []
    gathering = bool(head.attributes.get("gathering"))  # «"مؤتمر الاستثمار في المرافئ"»: the marks say where it ends
    stops = ("clause.word", "speech.verb") if gathering else ("clause.word", "speech.verb", "body.stop")
    if any(view.is_mark(i) or view.at(i, *stops) for i in words) or len(words) > (_LONGER if gathering else _SHORT):
        return []
    return [make_span(view, head.first, closing or head.last, f"quoted with «{head.word}»")]


def _renames_body(view: View, cue: Match) -> bool:
    """Say whether "known as" stands behind an organisation, which then has another name: «الجمعية، المعروفة اختصارا باسم»."""
    return any(i in view.body_tokens for i in range(max(0, cue.first - 3), cue.first))


def _called(view: View) -> list[ProgrammeSpan]:
    """Return bare names: "a platform known as Blue Gate", or what is launched and explained ("launched Nuru, a portal")."""
    cues = [(c, False) for c in view.document.matches_of("programme.named") if _is_thing(view, c.first)]
    cues += [(c, True) for c in view.document.matches_of("event.act") if c.attributes.get("stage") == "launched"]
    spans = []
    for cue, explained in cues:
        first = last = cue.last
        while last < len(view.tokens) and may_name(view, last) and last - first < _SHORT and not view.over(last, "place", "body.known"):
            last += 1
        apposed = last + 1 < len(view.tokens) and view.is_comma(last) and is_article(view.tokens[last + 1].form, view.lang)
        if last == first or (explained and not apposed):
            continue
        span = make_span(view, first, last, f"named after «{cue.word}»")
        spans += [] if is_body(view.document, span) else [span]
    return spans


def _is_thing(view: View, index: int) -> bool:
    """Say whether something that may be called so stands right before, a comma between or not: "the system, called Dhow"."""
    at = index - 1 - (view.tokens[index - 1].form == ",") if index else 0
    return any(view.over(i, "programme.head", "programme.sort", "event.thing") for i in (at, at - 1))


def _closing_quotes(view: View) -> set[int]:
    """Return the tokens where a straight quotation mark, which looks the same at both ends, closes: every second one of a paragraph."""
    closing, opened, paragraph = set(), False, -1
    for index in marks_of(view.tokens):
        if view.tokens[index].form != _STRAIGHT:
            continue
        sentence = view.sentence_of(index)
        if sentence and sentence.paragraph != paragraph:
            opened, paragraph = False, sentence.paragraph
        token = view.tokens[index]
        before, after = view.text[token.start - 1 : token.start], view.text[token.end : token.end + 1]
        if before.isspace() != after.isspace():
            opened = after.isspace()  # a space stands outside: that tells more than counting
        if opened:
            closing.add(index)
        opened = not opened
    return closing


def _quoted_by_itself(view: View, closes: set[int]) -> list[ProgrammeSpan]:
    """Return the names of up to four words in quotation marks right after an article, or explained after them ("Semente", a programme)."""
    spans = []
    for index in marks_of(view.tokens):
        opens = 1 <= index < len(view.tokens) - 1 and view.is_opening(index) and view.tokens[index].form not in "([" and index not in closes
        closing = view.closing_after(index, index + 6) if opens else None
        if closing is None or closing == index + 1 or any(view.tokens[i].kind == "mark" for i in range(index + 1, closing)):
            continue
        if is_article(view.tokens[index - 1].form, view.lang):
            spans += names_inside(view, index, view.tokens[index - 1].form)
            continue
        head = _explained(view, closing + 1)
        if head:
            spans += names_inside(view, index, head.word)
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


def names_inside(view: View, opening: int, cue: str, head: Match | None = None) -> list[ProgrammeSpan]:
    """Return the name between quotation marks unless what stands there is speech: long, with small first letter, or a clause."""
    closing = view.closing_after(opening, opening + LONGEST)
    if closing is None or closing == opening + 1:
        return []
    words = range(opening + 1, closing)
    small = [i for i in words if view.tokens[i].form[:1].islower() and not is_connector(view.tokens[i].form, view.lang)]
    if opening + 1 in small or len(small) > max(1, len(words) // 2):
        return []
    clause = any(view.at(i, "clause.word") for i in words) or (not view.arabic and any(view.at(i, "speech.verb") for i in words))
    named = view.arabic and head is not None and _is_certain(view, opening, head)
    behind = head is not None and head.kind != "programme.named" and head.last == opening and not view.has_article(head.first)
    if clause or (view.arabic and (len(words) > (_LONGER if named or behind else _SHORT) or view.at(opening + 1, "speech.verb"))):
        return []
    if view.arabic and not named and any(_tells_on(view, i) and not (behind and _is_whom(view, i)) for i in words[1:]):
        return []  # «مشروع "بسيط وقابل للتوسع"»: what is said of it
    if sum(n.last - n.first for n in ordinals_between(view.tokens, words[0], closing)) == len(words):
        return []  # «المؤتمر (الخامس والعشرين)»: its edition
    marked = any(view.is_mark(i) and view.tokens[i].form not in _HYPHENS for i in words)
    if view.arabic and (marked or view.over(words[0], "furniture.share")):
        return []  # «منصة "إكس"»: where it was written
    span = make_span(view, opening + 1, closing, f"quoted after «{cue}»")
    return [] if is_body(view.document, span) else [span]


def _is_certain(view: View, opening: int, head: Match) -> bool:
    """Say whether a quotation is a name however long: a gathering's, or what begins with "towards": «مشروع "نحو مدينة أذكى وأنظف"»."""
    if head.kind == "programme.named":
        return False
    return bool(head.attributes.get("gathering")) or (head.last == opening and view.at(opening + 1, "event.cue.destination") is not None)
