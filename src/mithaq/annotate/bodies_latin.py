"""How far the name of an organisation runs in French and English."""

from __future__ import annotations

from mithaq.annotate.bodies_arabic import HeadSpan
from mithaq.annotate.view import View
from mithaq.model import Match
from mithaq.text.shapes import is_capitalised, is_connector, is_french_adjective, is_shouted

_LONGEST = 14


def find_latin_spans(view: View) -> list[HeadSpan]:
    """Return every organisation name that a head word shows: before its complement in French, anywhere in a capitalised run in English."""
    spans = []
    for match in view.document.matches_of("body.head"):
        office = view.over(match.first, "role.head")
        if match.attributes.get("cabinet") or match.attributes.get("parliament") or (office and office.last > match.last):
            continue
        found = _french(view, match) if view.lang == "fr" else _english(view, match)
        if found is None:
            continue
        first, last = found
        start, end = view.tokens[first].start, view.tokens[last - 1].end
        spans.append(HeadSpan(first, last, start, end, view.text[start:end], match.attributes.get("body_kind", "other"), match.word))
    return spans


def _french(view: View, head: Match) -> tuple[int, int] | None:
    index, limit = head.last, min(head.last + _LONGEST, len(view.tokens))
    capitals = int(is_capitalised(view.tokens[head.first].form) and not _opens_sentence(view, head.first))
    taken = head.last
    while index < limit:
        token = view.tokens[index]
        if token.kind != "word" or view.at(index, "body.stop"):
            break
        if is_connector(token.form, "fr"):
            index += 1
            continue
        if token.key == "et":
            if not _goes_on(view, index + 1):
                break
            index += 1
            continue
        after_connector = index > taken
        if not (after_connector or is_capitalised(token.form) or is_french_adjective(token.form) or view.over(index, "place.nationality")):
            break
        if view.at(index, "place.country", "place.city") and after_connector and _only_at(view, taken, index):
            break  # «Agence du numérique à Lomé»: the place is not part of the name
        capitals += is_capitalised(token.form)
        index += 1
        taken = index
    return _french_name(view, head, taken, capitals)


def _french_name(view: View, head: Match, taken: int, capitals: int) -> tuple[int, int] | None:
    """Accept what was taken as a name, cut «société chinoise X» to «X», refuse «la faculté de l'Université X» (X is found by itself)."""
    if taken <= head.last or not capitals:
        return None
    lower = not is_capitalised(view.tokens[head.first].form)
    if lower and any(view.at(i, "body.head", "body.known") and is_capitalised(view.tokens[i].form) for i in range(head.last + 1, taken)):
        return None
    if head.attributes.get("body_kind") == "company" and lower:
        first = next(i for i in range(head.last, taken) if is_capitalised(view.tokens[i].form))
        adjectives = any(view.over(i, "place.nationality") for i in range(head.last, first))
        return (first, taken) if adjectives else (head.first, taken)
    form = view.tokens[head.last].form
    proper = is_capitalised(form) and not is_french_adjective(form) and not is_connector(form, "fr")
    if proper and head.attributes.get("body_kind") == "public_body":
        return None  # «Trésor Mbuyi»: a first name, not the treasury
    return head.first, taken


def _only_at(view: View, taken: int, index: int) -> bool:
    return index == taken + 1 and view.tokens[taken].form.lower() in ("à", "au", "aux")


def _goes_on(view: View, index: int) -> bool:
    """Say whether «et» continues the name: «et de l'Économie», «et Télécommunications», but not «et le ministre»."""
    if index + 1 >= len(view.tokens):
        return False
    form = view.tokens[index].form.lower().replace("’", "'")
    if view.at(index, "body.head", "role.head", "honorific", "place.country") or view.at(index + 1, "body.head", "role.head", "honorific"):
        return False
    return form in ("de", "du", "des", "d'") or (is_capitalised(view.tokens[index].form) and not view.is_given(index))


def _english(view: View, head: Match) -> tuple[int, int] | None:
    if not is_capitalised(view.tokens[head.first].form):
        return None
    first = head.first
    while first - 1 >= 0 and _runs(view, first - 1) and head.first - first < 6:
        first -= 1
    while first < head.first and (is_connector(view.tokens[first].form, "en") or (_opens_sentence(view, first) and view.is_common(first))):
        first += 1
    last, limit = head.last, min(head.last + _LONGEST, len(view.tokens))
    index = last
    while index < limit:
        form = view.tokens[index].form
        if is_connector(form, "en"):
            if form == "and" and (view.at(index + 1, "body.head", "place.country", "role.head") or not _runs(view, index + 1)):
                break
            index += 1
            continue
        if not _runs(view, index) or view.at(index, "role.head"):
            break
        index += 1
        last = index
    if head.attributes.get("body_kind") == "company" and head.first == first:
        return None  # a company's sort stands at the end of its name: "Sahara Systems"
    if _under_office(view, first):
        return None
    telling = [i for i in range(first, last) if not is_connector(view.tokens[i].form, "en") and not view.at(i, "place.nationality")]
    return (first, last) if len(telling) > head.last - head.first else None


def _under_office(view: View, first: int) -> bool:
    """Say whether a run is the field of a minister ("Minister of Transport, Communications and …"), so no body."""
    for index in range(first - 1, max(-1, first - 8), -1):
        role = view.over(index, "role.head")
        if role:
            return role.attributes.get("rank") == "state" and role.last < first
        if not (is_connector(view.tokens[index].form, "en") or view.tokens[index].form == "," or is_capitalised(view.tokens[index].form)):
            return False
    return False


def _runs(view: View, index: int) -> bool:
    """Say whether a token belongs to a capitalised run: a capital, not a month, title or office."""
    if not 0 <= index < len(view.tokens):
        return False
    token = view.tokens[index]
    return token.kind == "word" and is_capitalised(token.form) and not view.at(index, "honorific", "time.month", "time.weekday")


def _opens_sentence(view: View, index: int) -> bool:
    """Say whether a capital letter at *index* may come from the beginning of a sentence or a headline in capitals."""
    if is_shouted(view.tokens[index].form):
        return True
    return index == 0 or any(s.first == index for s in view.document.sentences) or view.tokens[index - 1].form in ".!?…«“\":"
