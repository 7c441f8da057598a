"""Where personal names stand in French and English text, and the office beside them."""

from __future__ import annotations

from mithaq.annotate.people_arabic import NameSpan
from mithaq.annotate.view import View
from mithaq.model import Match, Sentence
from mithaq.text.shapes import is_capitalised, is_connector, is_shouted

_LONGEST_NAME = 7
_LONGEST_ROLE = 24


def find_latin_names(view: View) -> list[NameSpan]:
    """Return the names in French or English text: capitalised runs next to an office, title or given name."""
    spans: list[NameSpan] = []
    for sentence in view.document.sentences:
        index = sentence.first
        while index < sentence.last:
            last = _run(view, index, sentence)
            if last is None:
                index += 1
                continue
            span = _judge(view, index, last, sentence)
            if span:
                spans.append(span)
            index = last
    return spans


def _run(view: View, first: int, sentence: Sentence) -> int | None:
    """Return the end of the run of name words that begins at *first*, None when none begins there."""
    if not _is_name_word(view, first) or _inside(view, first):
        return None
    index = first + 1
    while index < sentence.last and index - first < _LONGEST_NAME:
        if _is_name_word(view, index) and not _inside(view, index):
            index += 1
        elif view.over(index, "name.particle") and index + 1 < sentence.last and _is_name_word(view, index + 1):
            index += 2
        elif _is_initial(view, index) and index + 1 < sentence.last and _is_name_word(view, index + 1):
            index += 1
        else:
            break
    return index


def _is_initial(view: View, index: int) -> bool:
    """Say whether a stop belongs to an initial, as in «Fatou B. Sonko»."""
    return view.tokens[index].form == "." and len(view.tokens[index - 1].form) == 1


def _is_name_word(view: View, index: int) -> bool:
    token = view.tokens[index]
    if token.kind != "word" or not is_capitalised(token.form):
        return False
    if view.over(index, "honorific", "role", "time.month", "time.weekday", "place.nationality"):
        return bool(view.over(index, "place.nationality")) and view.is_given(index)
    return not (view.over(index, "body.head", "place.country") and not view.is_given(index))


def _inside(view: View, index: int) -> bool:
    token = view.tokens[index]
    return any(e.start <= token.start < e.end for b in view.document.bodies for e in b.mentions)


def _judge(view: View, first: int, last: int, sentence: Sentence) -> NameSpan | None:
    """Decide whether a capitalised run is a person, and which office stands beside it."""
    first = _without_opening(view, first, last, sentence)
    if first >= last:
        return None
    title = _title_before(view, first)
    before, after = _role_before(view, first, sentence), _role_after(view, last, sentence)
    role = before or after
    words = [i for i in range(first, last) if view.tokens[i].kind == "word"]
    if title:
        return NameSpan(first, last, 0, role, f"after the title «{title.word}»")
    if len(words) < 2:
        return None
    common = sum(view.is_common(i) and not view.is_given(i) for i in words)
    if common == len(words) or (common and not view.is_given(first)) or all(is_shouted(view.tokens[i].form) for i in words):
        return None
    if any(view.over(i, "place.city") for i in words) and not view.is_given(first) and not role:
        return None
    if view.is_given(first):
        return NameSpan(first, last, 0, role, "begins with a given name")
    if first > sentence.first and is_connector(view.tokens[first - 1].form, view.lang):
        return None  # "Minister of State for AI Affairs": the field of the office
    if before or (after and view.is_comma(last)):
        return NameSpan(first, last, 0, role, "beside an office")
    return None


def _without_opening(view: View, first: int, last: int, sentence: Sentence) -> int:
    """Leave out a sentence's first word when only its place gave it the capital («Selon Fatou Sarr»)."""
    while first < last and view.is_common(first) and not view.is_given(first) and first <= sentence.first + 1:
        first += 1
    return first


def _title_before(view: View, first: int) -> Match | None:
    for back in (1, 2, 3):
        match = view.at(first - back, "honorific") if first - back >= 0 else None
        if match and match.last == first:
            return match
    return None


def _role_before(view: View, first: int, sentence: Sentence) -> tuple[int, int] | None:
    """Return the office whose words run up to the name: «le ministre de l'Économie, M. X», "Energy Minister X"."""
    title = _title_before(view, first)
    end = title.first if title else first
    if view.is_comma(end - 1):
        end -= 1
    for index in range(end - 1, max(sentence.first, end - _LONGEST_ROLE) - 1, -1):
        role = view.at(index, "role")
        if role:
            return (_role_start(view, role), end) if _is_complement(view, role.last, end) else None
        if view.tokens[index].form in ".;:!?«»\"”":
            return None
    return None


def _role_start(view: View, role: Match) -> int:
    """Take in what stands before the office word: "Jordan's digital economy minister", "his Indian counterpart", «son homologue»."""
    start = role.first
    if view.lang != "en":
        return start - (role.kind == "role.counterpart" and start > 0)
    while start > 0 and role.first - start < 6 and view.tokens[start - 1].kind == "word":
        before = start - 1
        if view.over(before, "honorific", "body.stop", "speech.verb", "event.verb") or is_connector(view.tokens[before].form, "en"):
            break
        start = before
    if role.kind == "role.counterpart" and start > 0 and view.tokens[start - 1].key in ("his", "her", "their"):
        start -= 1
    return start


def _is_complement(view: View, first: int, last: int) -> bool:
    """Say whether tokens ``first:last`` may all belong to an office: no number, no verb, no new clause after a comma."""
    depth = 0
    for index in range(first, last):
        form = view.tokens[index].form
        depth += form in "(«“" and len(form) == 1
        depth -= form in ")»”" and len(form) == 1
        if depth > 0:
            continue
        if view.tokens[index].kind == "number" or (view.is_mark(index) and form not in ",()«»“”'’-"):
            return False
        if not _may_complement(view, index, last):
            return False
    return True


def _may_complement(view: View, index: int, last: int) -> bool:
    form = view.tokens[index].form
    capital = is_capitalised(form)
    if view.is_comma(index):
        return index + 1 == last or is_capitalised(view.tokens[index + 1].form) or is_connector(view.tokens[index + 1].form, view.lang)
    if view.is_mark(index) or capital:
        return not view.over(index, "honorific")
    if view.lang == "en":
        return is_connector(form, "en") or view.tokens[index].key in ("at", "to", "in") or bool(view.over(index, "role", "body.head"))
    return not view.over(index, "body.stop", "speech.verb", "event.verb")


def _role_after(view: View, last: int, sentence: Sentence) -> tuple[int, int] | None:
    """Return the office in apposition after the name: «X, directrice de l'agence», "X, the Director of Y"."""
    index = last
    if index < sentence.last and (view.is_comma(index) or view.is_opening(index)):
        index += 1
    elif view.lang == "en":
        return None
    while index < sentence.last and is_connector(view.tokens[index].form, view.lang) and index < last + 3:
        index += 1
    for start in range(index, min(index + 4, sentence.last)):
        role = view.at(start, "role")
        if role:
            return index, _apposition_end(view, role, sentence)
        if view.is_mark(start):
            return None
    return None


def _apposition_end(view: View, role: Match, sentence: Sentence) -> int:
    index = role.last
    while index < min(role.last + 16, sentence.last):
        form = view.tokens[index].form
        if (view.is_mark(index) and form not in "-'’") or view.at(index, "speech.verb") or view.over(index, "body.stop"):
            break
        index += 1
    return index
