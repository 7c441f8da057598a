"""Names of organisations in Arabic that no head word begins: in quotes, behind «شركتي», behind the office of who leads them. No stage."""

from __future__ import annotations

from collections.abc import Iterator, Set

from mithaq.annotate.bodies_arabic import HeadSpan
from mithaq.annotate.view import View
from mithaq.text.clitics import TO_THE, has_plain_article, is_detached_particle, is_present, joins
from mithaq.text.fold import read_clitics

_NEAR = 6  # words before a quotation in which the sort of what is quoted is told
_LONG = 4  # words of such a name
_COMPANY = "company"
_LETTERS = 2
_TOLD = 4  # words of an apposition before its sort
_LINE = 4  # words by which a firm's line of business is told


def find_bare_spans(view: View) -> list[HeadSpan]:
    """Return the organisations that are named without a head word of their own."""
    spans = [*_quoted(view), *_several(view), *_led(view), *_described(view), *_latin_partners(view)]
    return spans + _beside(view, spans)


def _span(view: View, first: int, last: int, kind: str, head: str, offset: int = 0) -> HeadSpan:
    start, end = view.tokens[first].start + offset, view.tokens[last - 1].end
    return HeadSpan(first, last, start, end, view.text[start:end], kind, head)


def _quotation(view: View, opening: int) -> int | None:
    """Return the closing mark of a short quotation that may be a name: few words, no marks, no verb, no programme's sort."""
    if not view.is_opening(opening) or view.tokens[opening].form in "([":
        return None
    closing = view.closing_after(opening, opening + 2 * _LONG + 1)
    words = range(opening + 1, closing or opening)
    if closing is None or not 0 < sum(not view.is_mark(i) for i in words) <= _LONG:
        return None
    said = ("clause.word", "speech.verb", "programme.head", "body.head", "role.head")
    if any((view.is_mark(i) and not _joins_letters(view, i)) or view.at(i, *said) or _ends_names(view, i) for i in words):
        return None
    everyday = all(view.is_common(i) for i in words) and not view.at(closing - 1, "body.tail")
    return None if everyday or any(i in _places(view) for i in words) else closing


def _ends_names(view: View, index: int) -> bool:
    """Say whether a word ends names («غير», «الحكومة»); two letters may be one spelt out («إي» looks like «أي»)."""
    return view.at(index, "body.stop") is not None and len(view.tokens[index].form) > _LETTERS


def _joins_letters(view: View, index: int) -> bool:
    """Say whether a stop or hyphen stands between letters without a space: «زد.تي.إي كورب»."""
    tokens = view.tokens
    touching = tokens[index - 1].end == tokens[index].start and tokens[index].end == tokens[index + 1].start
    return touching and tokens[index].form in ".-"


def _places(view: View) -> Set[int]:
    return view.covers("place.country").keys()


def _quoted(view: View) -> Iterator[HeadSpan]:
    """Yield «زاجل» where a nationality stands behind («زاجل» الأردنية) or its sort shortly before (الشركة المصنعة للكابلات «زاجل»)."""
    for opening in _openings(view):
        closing = _quotation(view, opening)
        if closing is None:
            continue
        nation = view.over(closing + 1, "place.nationality") is not None and view.has_article(closing + 1)
        tail = any(view.at(i, "body.tail") for i in range(opening + 2, closing))
        shown = (nation or tail or _has_latin(view, closing)) and not _programme_before(view, opening)
        sort = _sort_before(view, opening) or (None if _programme_before(view, opening) else _sort_after(view, closing))
        if sort is None and not shown and not _is_partner(view, opening, closing):
            continue
        yield _span(view, opening + 1, closing, sort or _COMPANY, "«»")


def _is_partner(view: View, opening: int, closing: int) -> bool:
    """Say whether a quotation of rare words is with whom something is done: «بالشراكة مع "فيستا دي روما"»."""
    beside = view.at(opening - 1, "event.cue.with") is not None and view.over(opening - 2, "event.cue.relation") is not None
    return beside and not any(view.at(i, "programme.head") for i in range(opening + 1, closing))


def _openings(view: View) -> Iterator[int]:
    """Yield the opening marks of quotations; a straight mark opens when the mark before it closed."""
    free = 0
    for index in view.openings:
        if index < free or view.tokens[index].form in "([":
            continue
        yield index
        closing = view.closing_after(index, index + 40)
        free = index + 1 if closing is None else closing + 1


def _sort_before(view: View, opening: int) -> str | None:
    """Return the sort told before a quotation in the same clause: the nearest head of a company or of several."""
    for index in range(opening - 1, max(-1, opening - 1 - _NEAR), -1):
        if view.is_mark(index) or view.at(index, "programme.head", "programme.named", "speech.verb", "event.act"):
            return None
        head = view.at(index, "body.sort") or view.at(index, "body.head")
        if head is not None and not view.at(index, "body.generic"):
            kind = head.attributes.get("body_kind", "other")
            told = head.kind == "body.sort" or (view.has_article(index) and kind == _COMPANY)
            return kind if told and not head.attributes.get("media") else None
    return None


def _sort_after(view: View, closing: int) -> str | None:
    """Return the sort told behind a quotation and its comma: «"زاجل"، ثاني أكبر شركة صينية»."""
    if not view.is_comma(closing + 1):
        return None
    for index in range(closing + 2, min(closing + 2 + _TOLD, len(view.tokens))):
        if view.is_mark(index) or view.at(index, "speech.verb", "clause.word"):
            return None
        head = view.at(index, "body.head")
        if head is not None:
            kind = head.attributes.get("body_kind", "other")
            return kind if kind == _COMPANY and not head.prefix and not head.attributes.get("media") else None
    return None


def _programme_before(view: View, opening: int) -> bool:
    """Say whether a programme's sort, an outlet's or a person stands before a quotation in its sentence."""
    sentence = view.sentence_of(opening)
    words = range(max(sentence.first if sentence else 0, opening - _NEAR), opening)
    if any(view.at(i, "programme.head", "programme.named", "outlet") for i in words):
        return True
    return any((head := view.at(i, "body.head")) is not None and head.attributes.get("media") for i in words)


def _has_latin(view: View, closing: int) -> bool:
    """Say whether the name in Latin letters stands in brackets behind a quotation: «زاجل» (Zajil)."""
    if closing + 2 >= len(view.tokens) or view.tokens[closing + 1].form != "(":
        return False
    return view.tokens[closing + 2].kind == "word" and view.tokens[closing + 2].form.isascii()


def _several(view: View) -> Iterator[HeadSpan]:
    """Yield the names behind «شركتي» and «شركات»: «شركتي زاجل ونخيل», quoted or not."""
    for sort in view.document.matches_of("body.sort"):
        index, offset = sort.last, 0
        kind = sort.attributes.get("body_kind", "other")
        bare = bool(sort.attributes.get("bare"))
        while (found := _next_name(view, index, offset, bare)) is not None:
            first, last, closed = found
            yield _span(view, first, last, kind, sort.word, offset if first == index else 0)
            index, offset = closed, 0
            if index < len(view.tokens) and joins(view.tokens[index].form):
                offset = 1
            elif not _is_and(view, index):
                break
            else:
                index += 1


def _described(view: View) -> Iterator[HeadSpan]:
    """Yield the name behind what a firm does or where it is from: «شركة البرمجيات الأمنية زاجل», «شركة النفط السعودية زاجل»."""
    for head in view.document.matches_of("body.head"):
        if head.attributes.get("body_kind") != _COMPANY or head.attributes.get("generic") or head.last - head.first > 1:
            continue
        index = head.last
        while index < len(view.tokens) and index - head.last < _LINE and _tells_line(view, index, index == head.last):
            index += 1
        if index == head.last or not view.has_article(index - 1) or not view.is_common(index - 1) or _is_verbal(view, index):
            continue
        last = index
        while last < len(view.tokens) and last - index < _LONG and _is_rare(view, last, 0):
            last += 1
        if last > index and not view.is_given(index):
            yield _span(view, index, last, _COMPANY, head.word)


def _latin_partners(view: View) -> Iterator[HeadSpan]:
    """Yield the name in Latin capitals with whom something is agreed: «اتفاقية مع ZAKORA»."""
    for cue in view.document.matches_of("event.cue.with"):
        first = last = cue.last
        while last < len(view.tokens) and last - first < _LONG and _is_latin_name(view, last):
            last += 1
        if last > first and any(view.over(cue.first - back, "event.cue.relation", "event.noun") for back in (1, 2)):
            yield _span(view, first, last, _COMPANY, cue.word)


def _is_latin_name(view: View, index: int) -> bool:
    form = view.tokens[index].form
    other = view.over(index, "place", "body.known", "programme.known", "programme.head", "honorific", "role") is not None
    return form.isascii() and form.isalpha() and form[:1].isupper() and not other and index not in view.names and len(form) > 2


def _tells_line(view: View, index: int, first: bool) -> bool:
    """Say whether a word goes on with a line of business: a definite everyday word, a nationality, or first a bare noun («تحليل»)."""
    if view.is_mark(index) or view.over(index, "body.known", "place.country", "place.city", "speech.verb", "role"):
        return False
    plain = has_plain_article(view.tokens[index].form)
    everyday = view.is_common(index) or view.over(index, "place.nationality") is not None
    return everyday and (plain or (first and not view.has_article(index)))


def _is_verbal(view: View, index: int) -> bool:
    """Say whether a word may be a verb in the present: «شركة الاتصالات السعودية تستكمل»."""
    return index >= len(view.tokens) or is_present(view.tokens[index].form)


def _is_and(view: View, index: int) -> bool:
    return index < len(view.tokens) and view.tokens[index].form == "و"


def _next_name(view: View, index: int, offset: int, bare: bool) -> tuple[int, int, int] | None:
    """Return (first token, token after, token from which to go on) of a name that begins at *index*, in quotes or *bare*, else None."""
    closing = _quotation(view, index) if not offset else None
    if closing is not None:
        return index + 1, closing, closing + 1
    last = index
    while bare and last < len(view.tokens) and last - index < _LONG and _is_rare(view, last, offset if last == index else 0):
        if last > index and joins(view.tokens[last].form):
            break  # «شركتي زاجل ونخيل»
        last += 1
    return (index, last, last) if last > index else None


def _is_rare(view: View, index: int, offset: int) -> bool:
    """Say whether a word without article is no everyday one and nothing else that is known: what names of companies are made of."""
    token = view.tokens[index]
    if view.at(index, "body.tail"):
        return True
    if token.kind == "number":
        return len(token.form) < 4
    if token.kind != "word" or (joins(token.form) and not offset and view.has_clitic(index)):
        return False
    if view.over(index, "place", "role", "honorific", "speech", "body.head", "body.known", "body.stop", "event.act", "time"):
        return False
    return not view.is_common(index) and not has_plain_article(token.form)


def _led(view: View) -> Iterator[HeadSpan]:
    """Yield what somebody is said to lead: «الرئيس التنفيذي لزاجل العقارية», «المدير العام لـ زاجل»."""
    for office in view.document.matches_of("role.head"):
        first, kind = office.last, office.attributes.get("leads")
        if kind is None or first >= len(view.tokens):
            continue
        offset = _glued(view, first)
        if is_detached_particle(view.tokens[first].form):
            first += 1
        elif not offset:
            continue
        last = first
        while last < len(view.tokens) and last - first < _LONG and _belongs(view, first, last):
            last += 1
        if last > first:
            yield _span(view, first, last, kind, office.word, offset if first == office.last else 0)


def _glued(view: View, index: int) -> int:
    """Return how long the «ل» before a word is that is no everyday one, 0 when there is none."""
    readings = [r for r in read_clitics(view.tokens[index].form) if r.prefix == "ل"]
    known = view.over(index, "body.head", "body.known", "place", "role", "body.stop") is not None
    return readings[0].offset if readings and not known and not view.is_common(index) else 0


def _belongs(view: View, first: int, index: int) -> bool:
    """Say whether a word goes on with a name behind an office: a rare one, or an adjective with the article; no person begins."""
    if view.is_mark(index) or (index > first and view.is_given(index)):
        return False
    if index == first:
        return _is_rare(view, index, 1)
    form = view.tokens[index].form
    plain = has_plain_article(form) or form.startswith(TO_THE)
    other = view.over(index, "place.nationality", "role", "body.head", "body.stop")
    return (plain and not other) or _is_rare(view, index, 0)


def _beside(view: View, spans: list[HeadSpan]) -> list[HeadSpan]:
    """Return the quoted names that are joined to one found: «زاجل» و«نخيل»."""
    found: list[HeadSpan] = []
    edges = {span.last: span for span in spans}
    for span in spans:
        index, known = span.last, span
        while view.closes(index) and index + 2 < len(view.tokens):
            opening = index + 1 + _is_and(view, index + 1)
            closing = _quotation(view, opening) if opening > index + 1 else None
            if closing is None or closing in edges:
                break
            known = _span(view, opening + 1, closing, known.kind, known.head)
            found.append(known)
            edges[closing] = known
            index = closing
    return found
