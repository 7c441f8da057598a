"""How far the name of a programme runs in Arabic: head word, then what its grammar takes in. No stage."""

from __future__ import annotations

from mithaq.annotate.programme_spans import LONGEST, ProgrammeSpan, has_subject, is_year, make_span
from mithaq.annotate.programmes_quoted import names_inside
from mithaq.annotate.view import View
from mithaq.model import Match
from mithaq.text.clitics import (
    TO_THE,
    begins_with_to,
    begins_with_to_the,
    has_and_before_article,
    has_article,
    has_particle_before_article,
    is_present,
    is_relative_adjective,
    joins,
    refers_back,
    restore_article,
)
from mithaq.text.ordinals import ordinals_between

_HYPHENS = frozenset({"-", "–"})


def find_arabic_span(view: View, head: Match) -> ProgrammeSpan | None:
    index, complements, proper = _arabic_extent(view, head)
    if view.is_opening(index) and view.tokens[index].form not in "([" and names_inside(view, index, head.word):
        return None  # «منصة المحاكاة "درع"»: the name stands in the quotes
    telling = [i for i in range(head.last, index) if not view.over(i, "body.generic", "place.nationality")]
    if _is_whose(view, head):
        return None
    telling = telling or _of_nations(view, head, index, complements)
    if telling and all(i in view.body_tokens for i in range(head.last, index)):
        return None  # «مبادرة الاتحاد العربي للبريد»: whose it is
    if not telling or not (proper or _tells_enough(view, head, index, complements)):
        return None
    own = not complements and _is_own_name(view, head, index)
    if not own and (head.attributes.get("thing") or _is_one_rare(view, head, index)):
        return None  # «كابل طرابلس»: where it lies, not how it is called
    if own:
        return make_span(view, head.last, index, f"head word «{head.word}»")  # «برنامج نزيلا»: the name does without it
    first, start, end = head.first, head.start, view.tokens[index - 1].end
    before = view.at(head.first - 1, "programme.head") if joins(head.prefix + "  ") else None
    if before is not None and before.last == head.first and head.attributes.get("gathering"):
        first, start, head = before.first, before.start, before  # «مؤتمر ومعرض الدفاع»: one name
    name = restore_article(view.text[start:end]) if head.prefix.endswith(TO_THE) else view.text[start:end]
    return ProgrammeSpan(first, index, start, end, " ".join(name.split()), f"head word «{head.word}»")


def _is_whose(view: View, head: Match) -> bool:
    """Say whether a plan is only said to be somebody's: «خطة الوزارة لتحقيق …», «رؤية الحكومة»."""
    owner = None if view.has_article(head.first) else view.at(head.last, "body.head")
    return owner is not None and owner.last - owner.first == 1 and view.has_article(head.last) and not view.over(head.last, "body.generic")


def _of_nations(view: View, head: Match, index: int, complements: int) -> list[int]:
    """Return the nationalities that tell a gathering with a subject: «الملتقى التونسي النيجري لتقنية المعلومات»."""
    if not head.attributes.get("gathering") or head.attributes.get("wide") or complements < 2 or index - head.last < 3:
        return []
    return [i for i in range(head.last, index) if view.over(i, "place.nationality")]


def _is_own_name(view: View, head: Match, index: int) -> bool:
    """Say whether the words behind a head are a name by themselves: rare ones or Latin, not places alone."""
    words = range(head.last, index)
    rare = all(view.tokens[i].form.isascii() or not view.is_common(i) for i in words)
    enough = len(words) > 1 or head.attributes.get("named") != "several"  # «برنامج إكسل» is no programme
    return rare and enough and bool(head.attributes.get("named")) and not all(view.over(i, "place") for i in words)


def _is_one_rare(view: View, head: Match, index: int) -> bool:
    """Say whether all that stands behind a head is one word that nobody knows."""
    several = head.attributes.get("named") == "several" and index - head.last == 1
    return several and not view.is_common(head.last) and not view.over(head.last, "place")


def _tells_enough(view: View, head: Match, index: int, complements: int) -> bool:
    """Say whether a definite complement makes a name: any for «منتدى الطاقة», two words after «الاستراتيجية», three after «برنامج»."""
    if head.attributes.get("long"):
        return complements > 2 if view.has_article(head.first) else complements > 0 and index - head.last >= 3
    if view.has_article(head.first):
        owner = view.over(index - 1, "place.country", "place.city")
        owned = owner is not None and owner.prefix == "ل"  # «الأجندة الرقمية لموريتانيا»
        whole = head.last - head.first > 1 and complements > 0  # «السياسة الوطنية لإنترنت الأشياء»
        return whole or ((owned or complements > 1) and index - head.last >= 2)
    if head.attributes.get("wide") and index - head.last < 2:
        return False  # «منصة المحاكاة», «جائزة المنتدى»
    return complements > 0 and bool(head.attributes.get("own"))


def _arabic_extent(view: View, head: Match) -> tuple[int, int, int]:
    """Return (token after the name, definite complements in it, proper words in it)."""
    sentence = view.sentence_of(head.first)
    limit = min(head.last + LONGEST, sentence.last if sentence else head.last)
    ordinals = {n.first: n.last for n in ordinals_between(view.tokens, head.last, limit)}
    index, complements, proper = head.last, 0, 0
    while index < limit:
        if is_year(view, index) and (index > head.last or _is_dated(head)):
            return index + 1, complements, proper + (index == head.last)  # «رؤية 2035»
        index += bool(complements) and _hyphenates(view, index)
        if proper and _is_glued_number(view, index):
            return index + 1, complements, proper  # «مبادرة K7»
        if view.tokens[index].kind != "word" or _stops(view, index, complements):
            break
        if index in ordinals and (complements or _counts_edition(view, head, index, ordinals[index])):
            after = ordinals[index]
            if after >= limit or not begins_with_to_the(view.tokens[after].form):
                return after, complements + 1, proper
            index, complements = after, complements + 1  # «المنتدى الدولي الثاني للتعاون الرقمي»
            continue
        step = _step(view, index, head, complements)
        if step is None:
            break
        complements += step[0]
        proper += step[1]
        index += 1
    return _after_subject(view, head, index, limit) if complements else index, complements, proper


def _is_glued_number(view: View, index: int) -> bool:
    """Say whether digits are written onto the word before."""
    return view.tokens[index].kind == "number" and view.tokens[index - 1].end == view.tokens[index].start


def _counts_edition(view: View, head: Match, index: int, after: int) -> bool:
    """Say whether a compound ordinal right behind a gathering's word counts its editions: «المؤتمر الثامن عشر للحوكمة»."""
    gathering = head.attributes.get("gathering") and view.has_article(head.first)
    served = after < len(view.tokens) and begins_with_to_the(view.tokens[after].form)
    return bool(gathering) and served and index == head.last and after - index > 1


def _is_dated(head: Match) -> bool:
    """Say whether a year alone makes a name of a head: of a vision or agenda, not of a forum or platform."""
    return bool(head.attributes.get("dated"))


def _step(view: View, index: int, head: Match, complements: int) -> tuple[int, int] | None:
    """Return (definite complements, proper words) that a word adds to a name, None where it ends the name."""
    definite, form = view.has_article(head.first), view.tokens[index].form
    if view.has_article(index):
        joined = has_and_before_article(form) or begins_with_to_the(form)
        if has_and_before_article(form) and view.at(index, "body.head") and not view.over(index, "body.generic"):
            return None  # «المنتدى الأول للصحة والجمعية العامة للهيئة»: another thing
        served = head.last - head.first > 1 and begins_with_to_the(form)  # «السياسة الوطنية للبلوكشين»
        return None if has_particle_before_article(form) or (joined and not complements and not served) else (1, 0)
    if form.isascii() or view.at(index, "place.country", "place.city"):
        return None if _leaves(view, index, definite and complements > 0) else (0, 1)
    if not (definite and is_present(form)) and _is_rare(view, index, head, complements):
        return 0, 1  # but «المبادرة تعكف»: a verb
    return (0, 0) if _chained(view, index, definite, complements) else None


def _leaves(view: View, index: int, owned: bool) -> bool:
    """Say whether a particle before a place ends the name; after «الأجندة الرقمية» a place may own it (*owned*)."""
    place = view.at(index, "place.country", "place.city")
    if place is None or not place.prefix:
        return False
    return not (owned and place.prefix == "ل")


def _is_rare(view: View, index: int, head: Match, complements: int) -> bool:
    """Say whether a word that is no everyday one stands where the name of a programme does: «برنامج نزيلا يا ديجيتال»."""
    if complements or not head.attributes.get("named") or index in view.names or view.has_clitic(index):
        return False
    other = view.over(index, "speech", "event", "role", "body", "place", "topic", "relevance.digital", "time", "honorific")
    return other is None and not view.is_common(index)


def _stops(view: View, index: int, complements: int) -> bool:
    """Say whether a word ends an Arabic name: another head («ندوة القضايا لدورة الدفاع» are two names), an office, a preposition."""
    head = view.at(index, "programme.head") if complements else None
    inner = head is not None and not head.attributes.get("quoted") and not is_adjective(view, index)
    joined = complements > 0 and begins_with_to_the(view.tokens[index].form)  # «البرنامج الوطني للتعاون الرقمي»
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
    adjective = is_relative_adjective(view.tokens[index].key) and not form.endswith("ى")  # «الملتقى» is none
    return adjective and has_article(form) and not form.startswith(TO_THE) and view.has_article(index - 1)


def _chained(view: View, index: int, definite: bool, complements: int) -> bool:
    """Say whether a word without article belongs to the name: a noun of a chain, or «لتنمية», followed by its own complement."""
    following = index + 1 < len(view.tokens) and not view.is_mark(index + 1) and view.has_article(index + 1)
    if definite or complements:
        form = view.tokens[index].form
        return begins_with_to(form) and following and not refers_back(form)
    return following and view.is_common(index) and not view.has_clitic(index) and not begins_with_to_the(view.tokens[index + 1].form)
