"""For which organisation a person acts: named in the words of the office, or before them. No stage."""

from __future__ import annotations

from mithaq.annotate.view import View
from mithaq.lexicon.wordlist import is_common_arabic
from mithaq.model import Body, Match
from mithaq.text.clitics import has_article
from mithaq.text.fold import fold_word, read_clitics
from mithaq.text.shapes import is_definite, is_genitive, is_possessive, is_whose

_NAMED, _TELLING = 2, 4  # words of a name with its sort word, letters of a word that may be a firm's own
_OWNER = 45  # tokens between an organisation and an office that is said to be its own


def body_in(view: View, role: tuple[int, int] | None) -> Body | None:
    """Return the organisation named inside the words of an office."""
    if role is None or role[1] <= role[0]:
        return None
    start, end = view.tokens[role[0]].start, view.tokens[role[1] - 1].end
    inside = [b for b in view.document.bodies if any(start <= e.start and e.end <= end for e in b.mentions)]
    return inside[0] if inside else _firm_called(view, role) or _body_meant(view, role)


def _firm_called(view: View, role: tuple[int, int]) -> Body | None:
    """Return the one firm that an office names by its own name alone: «المدير العام لمرجان» of «شركة مرجان للكابلات».

    No member of government: the words of such an office name its field, as those of a firm do («وزير التقنيات», «مجمع تقنيات …»).
    """
    if _of_state(view, role):
        return None
    words = {reading.key for i in range(*role) for reading in read_clitics(view.tokens[i].form)}
    firms = [b for b in view.document.bodies if b.kind == "company" and any(name in words for name in map(_own_name, b.names))]
    return firms[0] if len(firms) == 1 else None


def _own_name(name: str) -> str | None:
    """Return the key of the word that tells a firm from others: behind its sort word, and neither an adjective nor an everyday word."""
    words = name.split()
    if len(words) < _NAMED or len(words[1]) < _TELLING or has_article(words[1]) or is_common_arabic(words[1]):
        return None
    return fold_word(words[1])


def _body_meant(view: View, role: tuple[int, int]) -> Body | None:
    """Return the organisation last named before an office of «الشركة», "the company": known by the same head word, or any firm."""
    if _of_state(view, role):
        return None  # «وزير البريد» has a field, not the post office named before
    start = view.tokens[role[0]].start
    before = [b for b in view.document.bodies if b.mentions[0].start < start]
    heads = [m for i in range(*role) if (m := view.at(i, "body.head", "body.sort")) is not None and _is_definite(view, m, role)]
    for head in heads:
        alike = [b for b in before if b.why.endswith(f": {head.word}") or _begins_with(b, head)]
        if not alike and head.attributes.get("body_kind") == "company":  # a firm is most often named without the word for it
            alike = [b for b in before if b.kind == "company"]
        if alike:
            return max(alike, key=lambda b: _last_mention(b, start))
    return None


def _of_state(view: View, role: tuple[int, int]) -> bool:
    """Say whether an office is one of government."""
    office = view.at(role[0], "role.head")
    return office is not None and office.attributes.get("rank") == "state"


def _is_definite(view: View, head: Match, role: tuple[int, int]) -> bool:
    if view.arabic:
        return view.has_article(head.first)
    owns = head.last < role[1] and is_genitive(view.tokens[head.last].form)  # "the council's chief executive"
    return (owns or head.last == role[1]) and is_definite(view.tokens[head.first - 1].key)


def _begins_with(body: Body, head: Match) -> bool:
    """Say whether a known organisation is named by a head word: «المنظمة» of «منظمة الصحة العالمية»."""
    word = fold_word(head.word)
    return any(reading.key == word for name in body.names for reading in read_clitics(name.split()[0]))


def _last_mention(body: Body, before: int) -> int:
    return max((e.start for e in body.mentions if e.start < before), default=-1)


def owner_of(view: View, roles: list[tuple[int, int]]) -> Body | None:
    """Return the organisation named last before an office that is its own: «مديرها التنفيذي», "its spokeswoman", «sa représentante»."""
    for role in roles:
        if (possessor := _possessor(view, role[0])) is not None:
            return possessor
        office = view.at(role[0], "role.head")
        own = office is not None and office.attributes.get("owner") == "before"
        if not own and (view.arabic or not is_possessive(view.tokens[role[0] - 1].key)):
            continue
        end = view.tokens[role[0]].start
        start = view.tokens[max(0, role[0] - _OWNER)].start
        near = [b for b in view.document.bodies if start <= _last_mention(b, end)]
        if near:
            return max(near, key=lambda b: _last_mention(b, end))
    return None


def _possessor(view: View, first: int) -> Body | None:
    """Return the organisation whose name and "'s" or ", whose" stand before an office: "the Union's commissioner"."""
    if is_genitive(view.tokens[first - 1].form):
        return _body_ending(view, first - 1)
    return _body_ending(view, first - 1 - view.is_comma(first - 2)) if is_whose(view.tokens[first - 1].key) else None


def _body_ending(view: View, last: int) -> Body | None:
    """Return the organisation whose name ends right before a token."""
    end = view.tokens[last - 1].end
    return next((b for b in view.document.bodies if any(e.end == end for e in b.mentions)), None)
