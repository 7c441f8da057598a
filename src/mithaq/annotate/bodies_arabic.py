"""How far the name of an organisation runs in Arabic: head word, then what its grammar takes in."""

from __future__ import annotations

from typing import NamedTuple

from mithaq.annotate.view import View
from mithaq.model import Match
from mithaq.text.clitics import (
    TO_THE,
    begins_with_to,
    begins_with_to_the,
    disagrees,
    has_and_before_article,
    has_particle_before_article,
    has_plain_article,
    is_detached_particle,
    is_relative_adjective,
    joins,
    restore_article,
)
from mithaq.text.ordinals import ordinals_between
from mithaq.text.shapes import is_shouted

_HYPHENS = frozenset("-‐‑–")
_LONGEST = 12  # words after the head; longer names do not occur, longer runs are sentences


SITE = "site"  # the sort of a name that is a place's, not an organisation's: it still tells whose organisations are named


class HeadSpan(NamedTuple):
    """A name found by its head word: tokens ``first:last``, characters ``start:end``; ``kind`` is its sort or ``SITE``."""

    first: int
    last: int
    start: int
    end: int
    name: str
    kind: str
    head: str


def find_arabic_spans(view: View) -> list[HeadSpan]:
    """Return every organisation name that begins with a head word, and names in brackets after an office («الكاتب العام ل(س)»)."""
    spans = []
    for match in view.document.matches_of("body.head"):
        given = match.attributes
        if given.get("media") or view.at(match.first, "place.city", "body.not") or _is_branch(view, match) or _is_federal(view, match):
            continue
        if given.get("chamber"):
            spans.append(_chamber(view, match))
            continue
        quoted = _quoted_name(view, match)
        if quoted:
            spans.append(quoted)
            continue
        last = _extent(view, match)
        if last is None:
            continue
        swallowed = match.word.startswith("ل") and begins_with_to_the(view.tokens[match.first].form)  # «للجنة الاقتصادية»
        if swallowed or match.prefix.endswith(TO_THE):
            name = restore_article(view.text[match.start : view.tokens[last - 1].end], match.word)
        else:
            name = view.text[match.start : view.tokens[last - 1].end]
        kind = SITE if _is_site(view, match, last) else given.get("body_kind", "other")
        spans.append(HeadSpan(match.first, last, match.start, view.tokens[last - 1].end, name, kind, match.word))
    return spans + _bracketed(view)


def _chamber(view: View, head: Match) -> HeadSpan:
    """Return a house of parliament, whose head word is its whole name: «مجلس النواب»."""
    end = view.tokens[head.last - 1].end
    name = view.text[head.start : end]
    return HeadSpan(head.first, head.last, head.start, end, restore_article(name) if head.prefix.endswith(TO_THE) else name,
                    head.attributes.get("body_kind", "other"), head.word)  # fmt: skip


def _quoted_name(view: View, head: Match) -> HeadSpan | None:
    """Return the name in quotes right after the head word, without it: «زاجل» in شركة «زاجل»; after «الوزارة» comes speech."""
    company = head.attributes.get("body_kind") == "company"
    if head.attributes.get("built"):
        return None  # «مركز "مرآة"», «حاضنة "جسر"»: what is built or launched is a programme
    slashed = _slashed(view, head)
    if slashed:
        return slashed
    opening = _past_nationality(view, head) if view.has_article(head.first) else _past_field(view, head) if company else head.last
    if opening is None or opening >= len(view.tokens) or not view.is_opening(opening) or view.is_opening(head.first - 1):
        return None
    closing = view.closing_after(opening, opening + 7)
    if closing is None or closing == opening + 1:
        return None
    named = company or (opening == head.last and closing - opening > 2 and not view.has_article(head.first))
    if view.tokens[opening].form in "([" and (not named or view.tokens[opening + 1].form.isascii()):
        return None  # «شركة (نخيل) العمانية», «مؤسسة (واحة المعرفة)», but not «الوكالة (ANPT)»
    start, end = view.tokens[opening + 1].start, view.tokens[closing - 1].end
    return HeadSpan(opening + 1, closing, start, end, view.text[start:end], head.attributes.get("body_kind", "other"), head.word)


def _slashed(view: View, head: Match) -> HeadSpan | None:
    """Return the name between two strokes, as some agencies of the Mashreq write foreign ones: «شركة /نورد كلاود/»."""
    first = head.last + 1
    last = next((i for i in range(first, min(first + 5, len(view.tokens))) if view.tokens[i].form == "/"), None)
    if last is None or last == first or view.tokens[head.last].form != "/" or any(view.is_mark(i) for i in range(first, last)):
        return None
    start, end = view.tokens[first].start, view.tokens[last - 1].end
    return HeadSpan(first, last, start, end, view.text[start:end], head.attributes.get("body_kind", "other"), head.word)


def _past_nationality(view: View, head: Match) -> int | None:
    """Return the token after the adjectives of «الشركة الناشئة التونسية «زاجل»», None when none of them is a nationality."""
    index = head.last
    while index < len(view.tokens) and index - head.last < 3 and view.tokens[index].kind == "word" and _is_adjective(view, index):
        index += 1
    return index if any(view.over(i, "place.nationality") for i in range(head.last, index)) else None


def _past_field(view: View, head: Match) -> int:
    """Return the token after what a company does, where its name in quotes follows: «شركة الطاقة "زاجل"»."""
    index = head.last
    while index < len(view.tokens) and index - head.last < 3 and view.has_article(index):
        index += 1
    quoted = view.is_opening(index) and view.tokens[index].form not in "(["
    return index if quoted else head.last


def _is_branch(view: View, head: Match) -> bool:
    """Say whether a head word names the office of an organisation whose name follows: «مكتب الوكالة الكورية للتعاون»."""
    return bool(head.attributes.get("branch")) and head.last < len(view.tokens) and _is_head(view, head.last)


def _extent(view: View, head: Match) -> int | None:
    """Return the token index after the name that begins at *head*, None when no name follows."""
    definite = view.has_article(head.first) or head.prefix.endswith(TO_THE)
    sentence = view.sentence_of(head.first)
    index, limit = head.last, min(head.last + _LONGEST, sentence.last if sentence else head.last)
    if view.tokens[head.first - 1].kind == "number" and head.first > 0 and not head.prefix:
        return None  # «140 بلدية»: counted, not named; «الدورة الـ23 لمجلس»
    if definite and head.last - head.first == 1 and index < limit and not _is_adjective(view, index):
        return None  # «المجلس الإجراءات»: subject and object, not one name
    if definite and head.last - head.first == 1 and index < limit and disagrees(view.tokens[head.first].form, view.tokens[index].form):
        return None  # «موقع المنظمة الإلكتروني»: the adjective is the site's
    complements = proper = 0
    while index < limit:
        step = _step(view, index, definite, complements, proper)
        if step is None:
            break
        index, complement, is_proper = step
        complements += complement
        proper += is_proper
    index = _with_seat(view, head, _without_tail(view, head, index, definite), definite)
    return index if _is_name(view, head, index, definite, proper) else None


def _with_seat(view: View, head: Match, index: int, definite: bool) -> int:
    """Take in the town that tells a nation's universities apart: «الجامعة اللبنانية في صور», «الجامعة الأمريكية بالقاهرة»."""
    if not definite or head.attributes.get("body_kind") != "university" or not view.over(index - 1, "place.nationality"):
        return index
    town = view.at(index + 1, "place.city") if view.over(index, "event.cue.locative") else view.at(index, "place.city")
    return town.last if town is not None and (town.first > index or town.prefix) else index


def _is_adjective(view: View, index: int) -> bool:
    """Say whether the word after a definite head is an adjective or a quoted name."""
    if view.is_opening(index) or view.tokens[index].form.isascii():
        return True
    known = view.over(index, "body.generic", "place.nationality", "place.region")
    return has_plain_article(view.tokens[index].form) and (bool(known) or is_relative_adjective(view.tokens[index].key))


def _step(view: View, index: int, definite: bool, complements: int, proper: int) -> tuple[int, int, int] | None:
    """Return (next index, definite complements taken, proper words taken) for the word at *index*, None to stop."""
    token = view.tokens[index]
    if proper and token.kind == "number" and len(token.form) < 4 and view.tokens[index - 1].end + 1 == token.start:
        return index + 1, 0, 1  # «شركة سيناء 42»
    if _hyphenates(view, index):
        return index + 2, 1, 0
    if token.kind != "word" or (proper and _begins_person(view, index)):
        return None
    if token.form.isascii():
        return index + 1, 0, 1
    begun = bool(complements or proper)
    # «جمعية الشركات», «جمعية شركات التأمين»: whose association it is
    whose = not begun and not definite and (view.has_article(index) or (view.at(index, "body.sort") and view.has_article(index + 1)))
    stop = view.at(index, "body.stop")
    served = stop is not None and definite and stop.prefix in ("ل", TO_THE)  # «الجمعية المغربية لمقاولات القطاع الرقمي»
    office = view.at(index, "role.head")
    if office and not begun and office.attributes.get("rank") == "head":
        return _namesake(view, index + 1)
    if (stop and not whose and not served) or office or view.at(index, "honorific") or (begun and _is_head(view, index)):
        return None
    place = view.at(index, "place.country", "place.city", "place.region")
    if place and not (view.at(index, "place.nationality") and view.has_article(index)):
        return (place.last, 1, 1) if not place.prefix or (definite and complements and place.prefix == TO_THE) else None
    if view.has_article(index):
        return _definite_word(view, index, definite, complements)
    if definite or complements:
        # «وزارة الأراضي الإثيوبية لرقمنة السجل», «مؤسسة الساحل للخدمات البحرية لتقديم العون»
        ended = view.over(index - 1, "place.nationality") if not definite else _served_before(view, index)
        return None if ended or (not definite and _served_before(view, index)) else _preposition(view, index, definite)
    return _indefinite_word(view, index)


def _hyphenates(view: View, index: int) -> bool:
    """Say whether a dash without spaces joins two nationalities: «مجلس الأعمال التونسي-الليبي»."""
    tokens = view.tokens
    if tokens[index].form not in _HYPHENS or not view.over(index - 1, "place.nationality"):
        return False
    touching = tokens[index - 1].end == tokens[index].start and tokens[index].end == tokens[min(index + 1, len(tokens) - 1)].start
    return touching and view.over(index + 1, "place.nationality") is not None


def _served_before(view: View, index: int) -> bool:
    """Say whether a name has already said what it is for («للخدمات»), and a second «ل» opens the sentence's own purpose."""
    if not begins_with_to(view.tokens[index].form) or joins(view.tokens[index].form):
        return False
    start = index - 1
    while start > 0 and not view.is_mark(start - 1) and not view.at(start, "body.head"):
        if view.tokens[start].form.startswith(TO_THE):
            return True
        start -= 1
    return False


def _begins_person(view: View, index: int) -> bool:
    """Say whether somebody's name begins behind an organisation's: «نائب رئيس شركة أورا كلاود أدهم تونجل»."""
    if not view.is_given(index) or view.is_common(index) or view.over(index, "place"):
        return False
    return not view.is_mark(index + 1) and not view.is_common(index + 1) and not view.over(index + 1, "place", "body")


def _namesake(view: View, index: int) -> tuple[int, int, int] | None:
    """Take the name of a ruler for whom something is named: «جامعة الملك فهد», «جامعة السلطان مولاي سليمان»."""
    first = index
    while index < len(view.tokens) and index - first < 4 and view.over(index, "name.particle", "honorific"):
        index += 1
    plain = view.is_mark(index) or (view.is_common(index) and not view.is_given(index))
    return None if plain else (index + 1, 1, 1)


def _is_federal(view: View, head: Match) -> bool:
    """Say whether a head word is the adjective of a definite word before it: «وكالة الفضاء الفيدرالية», «لجنة التجارة الاتحادية»."""
    plain = bool(head.attributes.get("federal")) and has_plain_article(view.tokens[head.first].form)
    return plain and not view.is_mark(head.first - 1) and view.has_article(head.first - 1)


def _is_head(view: View, index: int) -> bool:
    """Say whether another organisation's name begins; «والاتصالات» is a field, «اتصالات» a company."""
    head = view.at(index, "body.head")
    if head is None or _is_federal(view, head):
        return False
    # «الديوان الوطني للإذاعة», «الهيئة الليبية للإذاعة والتلفزيون»
    served = (head.attributes.get("media") or head.attributes.get("field")) and head.prefix.endswith(TO_THE)
    return not served and not (head.attributes.get("generic") and view.has_article(index))


def _definite_word(view: View, index: int, definite: bool, complements: int) -> tuple[int, int, int] | None:
    """Take a word with the article: bare, after «و», after «ل», or after «ب» where the word before asks for it."""
    form = view.tokens[index].form
    if not definite and form[:2] == TO_THE and view.over(index - 1, "body.head"):
        return None  # «مركز للبيانات»: any of its sort
    nation = view.over(index - 1, "place.nationality")
    goes_on = definite and (_is_adjective(view, index) or TO_THE in form[:3] or _served_after(view, index))
    if nation and not goes_on:
        return None  # «الشركة الجيبوتية الكشف», «وكيل وزارة الإعلام الكويتية المساعد»
    if has_particle_before_article(form) and not view.over(index - 1, "body.link"):
        return None
    if has_and_before_article(form) and (not complements or (definite and _is_another(view, index))):
        return None
    return index + 1, 1, 0


def _is_another(view: View, index: int) -> bool:
    """Say whether «و» behind an adjective begins another thing: «الأكاديمية البحرية والاستفادة», but «المجلس الاقتصادي والاجتماعي»."""
    return _ends_in_adjective(view, index) and not is_relative_adjective(view.tokens[index].key)


def _ends_in_adjective(view: View, index: int) -> bool:
    """Say whether a name has come to adjectives alone («الأكاديمية البحرية»), nothing that it is for («للأمن المعلوماتي») among them."""
    first = index
    while first > 0 and has_plain_article(view.tokens[first - 1].form) and is_relative_adjective(view.tokens[first - 1].key):
        first -= 1
    return first < index and view.over(first - 1 + (view.over(first - 1, "body.head") is None), "body.head") is not None


def _served_after(view: View, index: int) -> bool:
    """Say whether an adjective is followed by what the body is for: «المعهد الكوري المتقدم للعلوم»."""
    plain = has_plain_article(view.tokens[index].form) and index + 1 < len(view.tokens)
    return plain and view.tokens[index + 1].form.startswith(TO_THE)


def _preposition(view: View, index: int, definite: bool) -> tuple[int, int, int] | None:
    """Take «لتنمية المشاريع»: a noun after «ل» (or «و» plus noun) whose own complement follows."""
    form = view.tokens[index].form
    following = index + 1 < len(view.tokens) and not view.is_mark(index + 1)
    # «لأمن نظم الدفع», but not «ومواكبتها لمستجدات التقنية»
    bare = definite and following and not joins(form) and not view.has_article(index + 1)
    if definite and joins(form) and _ends_in_adjective(view, index):
        return None  # «الأكاديمية البحرية وتقديم الدعم»
    chained = bare and view.has_article(index + 2) and _chains(view, index + 1)
    if bare and begins_with_to(form) and view.is_common(index) and _for_something_named(view, index + 1):
        return index + 3, 0, 1  # «الهيئة الكينية لتطوير مدينة كونزا»
    following = following and (view.has_article(index + 1) or chained)
    if begins_with_to(form) and following and view.is_common(index) and not view.at(index + 1, "body.stop"):
        return index + 1 + chained, 0, 0
    return None


def _for_something_named(view: View, index: int) -> bool:
    """Say whether an everyday noun and a bare proper word begin here: «مدينة كونزا»."""
    if view.is_mark(index + 1) or not view.is_common(index) or view.has_clitic(index) or view.is_common(index + 1):
        return False
    place = view.over(index + 1, "place")
    if place is not None and place.prefix:
        return False  # «البنك المركزي لفتح حساب لتونس»
    return not view.has_article(index + 1) and not view.over(index + 1, "speech", "event", "body.stop", "time", "role")


def _indefinite_word(view: View, index: int) -> tuple[int, int, int] | None:
    """Take a noun of a chain («تنظيم الاتصالات») or a proper word («شركة زاجل»), before any definite word."""
    if view.at(index, "body.tail"):
        return index + 1, 0, 1
    if view.over(index, "place.nationality", "place.region", "speech.verb", "event.verb"):
        return None
    if view.has_clitic(index):
        return (index + 1, 0, 0) if _second_field(view, index) else None
    if not view.is_common(index):
        return index + 1, 0, 1
    return (index + 1, 0, 0) if _chains(view, index) else None


def _second_field(view: View, index: int) -> bool:
    """Say whether a noun joins the one before in front of a place or a definite word: «غرفة تجارة وصناعة مسقط»."""
    if view.is_mark(index) or view.is_mark(index + 1) or not joins(view.tokens[index].form) or view.has_article(index):
        return False
    named = view.over(index + 1, "place.country", "place.city") is not None or view.has_article(index + 1)
    return named and not view.over(index, "body", "role", "speech", "event") and not view.over(index - 1, "body.head")


def _chains(view: View, index: int) -> bool:
    """Say whether an everyday noun goes on to a definite one, directly or by one more noun, or to a proper word («شركة أفق كلاود»)."""
    if view.is_mark(index + 1) or view.at(index + 1, "body.stop"):
        return False
    if view.has_article(index + 1) or view.over(index + 1, "place.country", "place.city", "place.region") or _second_field(view, index + 1):
        return True
    if view.is_mark(index + 2) or not view.is_common(index + 1):
        return bool(view.over(index - 1, "body.head")) and not view.is_common(index + 1)
    return view.has_article(index + 2)


def _without_tail(view: View, head: Match, index: int, definite: bool) -> int:
    """Leave out a nationality after a name in the construct («هيئة الحكومة الرقمية السعودية»), not after one with the article."""
    tail = definite or head.attributes.get("cabinet")  # «مجلس وزراء النقل العرب»
    if index - 1 > head.last and is_shouted(view.tokens[index - 1].form) and not view.tokens[index - 2].form.isascii():
        index -= head.attributes.get("body_kind") != "company"  # «وكالة الضرائب الكندية CRA»
    while not tail and index - 1 > head.last and view.over(index - 1, "place.nationality") and not _completes(view, index - 1):
        index -= 1
    return index - (index > head.last and view.is_mark(index - 1) and view.tokens[index - 1].form in _HYPHENS)


def _completes(view: View, index: int) -> bool:
    """Say whether a nationality is whom the noun before is about: «جهاز تنظيم شؤون السودانيين», but not «شركة أفق كلاود السعودية»."""
    return view.is_common(index - 1) and not view.has_article(index - 1) and not view.over(index - 1, "body.tail", "place")


def _is_name(view: View, head: Match, index: int, definite: bool, proper: int) -> bool:
    """Say whether head and complement name one organisation rather than any of its sort."""
    words = range(head.last, index)
    national = head.attributes.get("parliament") or head.attributes.get("national")
    if national and definite and len(words) == 1 and view.over(head.last, "place.nationality"):
        return True  # «البرلمان الأذربيجاني», «الجيش الوطني»
    if not len(words) and head.attributes.get("sole"):
        return True  # «البنك المركزي»: every state has one
    if head.attributes.get("cabinet") or head.attributes.get("parliament") or not len(words):
        return _of_many_states(view, head, index)  # «مجلس الوزراء» is an office of every state, not the name of one body
    if head.attributes.get("generic") and (not (proper or len(words) > 2) or (definite and _is_field(view, head))):
        return False
    if definite:
        ranks = {i for n in ordinals_between(view.tokens, head.last, index) for i in range(n.first, n.last)}
        # «الهيئة الوطنية للاتصالات»: what it is for tells it from others, however common the word
        served = {i for i in words if i > head.last and view.tokens[i].form.startswith(TO_THE)}
        telling = [i for i in words if i in served or (i not in ranks and not view.at(i, "body.generic"))]
        nations = [i for i in telling if view.over(i, "place.nationality")]
        # «البنك المركزي المصري», «اللجنة المشتركة الكويتية الأردنية», but not «الشركة المصرية»
        return bool(telling) and (len(nations) < len(telling) or len(nations) > 1 or head.last - head.first > 1)
    form = view.tokens[head.last].form
    if not proper and head.last - head.first == 1 and (begins_with_to(form) or _describes(view, head.last)):
        return False  # «مركز إقليمي للذكاء الاصطناعي», «لجنة لحل الإشكال»: any of its sort
    return bool(proper) or any(view.has_article(i) or view.over(i, "place") for i in words)


def _describes(view: View, index: int) -> bool:
    """Say whether an adjective without the article follows an indefinite head."""
    return not view.has_article(index) and is_relative_adjective(view.tokens[index].key) and not view.has_article(index + 1)


def _is_site(view: View, head: Match, last: int) -> bool:
    """Say whether a name is that of a place: «مركز البيانات», «المركز الدولي للمؤتمرات», «سفارة كينيا»."""
    words = range(head.last, last)
    post = head.attributes.get("post") and all(view.over(i, "place") for i in words)
    return bool(head.attributes.get("facility") or post or any(view.at(i, "body.site") for i in words))


def _is_field(view: View, head: Match) -> bool:
    """Say whether a company's sort with the article is what one does: «الاتصالات الهاتفية», but «اتصالات الساحل»."""
    return head.attributes.get("body_kind") == "company" and not view.over(head.last, "place.nationality")


def _of_many_states(view: View, head: Match, index: int) -> bool:
    """Say whether a council of ministers is one of several states: «مجلس وزراء النقل العرب»."""
    if not head.attributes.get("cabinet") or index - head.last < 2:
        return False
    nation = view.over(index - 1, "place.nationality", "place.region")
    return nation is not None and len(nation.attributes.get("code", "ARAB")) > 2


def _bracketed(view: View) -> list[HeadSpan]:
    """Find «الكاتب العام ل ( مغرب تصدير )»: the organisation stands in brackets or quotes after an office and «ل»."""
    spans = []
    for role in view.document.matches_of("role.head"):
        index = role.last
        if index < len(view.tokens) and is_detached_particle(view.tokens[index].form):
            index += 1
        if index == role.last or not view.is_opening(index):
            continue
        closing = view.closing_after(index, index + 7)
        if closing is None or closing == index + 1:
            continue
        start, end = view.tokens[index + 1].start, view.tokens[closing - 1].end
        spans.append(HeadSpan(index + 1, closing, start, end, view.text[start:end], "public_body", role.word))
    return spans
