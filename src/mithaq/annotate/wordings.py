"""Say who speaks when no name of the page does: by office, by a common noun («اللجنة», "the ministry"), by a capital for its state.

No stage; used by ``speakers``. Each function is asked about the tokens beside one verb of saying and gives the words as they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from mithaq.annotate.view import View, country_codes
from mithaq.text.fold import fold_word
from mithaq.text.language import function_words
from mithaq.text.tense import has_article

_OFFICE, _LONG_OFFICE = 12, 3  # tokens of an office that stands for its holder: not more, and not fewer
_LEAST_NAME, _NAME = 2, 5  # words of a name
_UNNAMED = 2  # tokens behind a verb among which somebody without a name is told
_COMMON = 6  # tokens of a common noun with what belongs to it


class Speaker(msgspec.Struct, frozen=True, gc=False):
    """Who speaks, as in the text; tokens ``first:last`` name him. ``country`` None for several sides together.

    ``kind`` is that of the mention; who is told by words alone speaks like a person.
    """

    name: str
    country: str | None
    kind: str
    first: int
    last: int


class Beside(NamedTuple):
    """Where a speaker may stand: tokens ``first:last`` beside a verb of saying."""

    first: int
    last: int


def by_office(view: View, beside: Beside) -> Speaker | None:
    """Return who is only told by a long office right behind the verb («وأبرز المدير العام للمنظمة البريدية، …»), as it stands there."""
    first, last = beside
    head = view.at(first, "role.head")
    if head is None:
        return None
    stops = (i for i in range(head.last, min(last, first + _OFFICE)) if view.is_mark(i) or view.at(i, "speech.that", "speech.join"))
    end = next(stops, None)
    if end is None or end - first < _LONG_OFFICE:
        return None
    return Speaker(view.text[head.start : view.tokens[end - 1].end], None, "person", first, end)


def by_unknown_name(view: View, beside: Beside) -> Speaker | None:
    """Return the name, not known, between an Arabic verb and the office behind a comma: «وقال هانس فيبر، وزير …، إن»."""
    first, last = beside
    title = view.at(first, "honorific")
    begin = title.last if title else first
    comma = next((i for i in range(begin, min(last, begin + _NAME + 1)) if view.is_mark(i)), None)
    if comma is None or comma - begin < _LEAST_NAME or not view.at(comma + 1, "role.head"):
        return None
    if view.any_at(begin, comma, "role.head", "speech", "place", "body.head", "statement", "time"):
        return None
    name = view.text[view.tokens[begin].start : view.tokens[comma - 1].end]
    return Speaker(name, None, "person", begin, comma)


def without_name(view: View, beside: Beside) -> Speaker | None:
    """Return who is told without name or article behind an Arabic verb: «وقال مسؤول في الوزارة إن», «ويرى خبراء أن»."""
    first, last = beside
    for index in range(first, min(last, first + _UNNAMED)):
        head = view.at(index, "role.head", "event.people")
        if head is None or any(has_article(t.form) for t in view.tokens[head.first : head.last + 1]):
            continue
        reach = range(head.last, min(last, index + _OFFICE))
        stops = (i for i in reach if view.is_mark(i) or view.at(i, "speech.that", "speech.join", "speech.verb"))
        end = next(stops, min(last, head.last + 1))
        codes = country_codes(view, index, end)
        return Speaker(view.text[head.start : view.tokens[end - 1].end], codes[0] if len(codes) == 1 else None, "person", index, end)
    return None


def by_common_noun(view: View, beside: Beside, named: Sequence[Speaker]) -> Speaker | None:
    """Return who is told by a common noun right behind an Arabic verb («وأكدت اللجنة أن»): the body so *named* before, or these words."""
    first, last = beside
    head = view.at(first, "body.head")
    if head is None or head.last > last or head.prefix or not has_article(view.tokens[first].form):
        return None
    nation = view.at(head.last, "place.nationality")
    if nation is None and head.last < len(view.tokens) and has_article(view.tokens[head.last].form):
        return None  # «الشركة المصنعة للكابل» names a new one
    code = nation.attributes.get("code") if nation else None
    word = fold_word(view.tokens[first].form)
    bodies = (m for m in reversed(named) if m.kind == "body" and m.first < first and code in (None, m.country))
    known = next((m for m in bodies if fold_word(m.name.split()[0]) == word), None)
    end = nation.last if nation else head.last
    return known or Speaker(view.text[head.start : view.tokens[end - 1].end], code, "person", first, end)


def by_common_subject(view: View, beside: Beside, named: Sequence[Speaker]) -> Speaker | None:
    """Return who is told by a common noun right before a French or English verb: "the ministry said", «les autorités estiment»."""
    verb = _before_helpers(view, beside)
    reach = range(max(beside.first, verb - _COMMON), verb)
    head = next((m for i in reach if (m := view.at(i, "body.head", "speech.side", "event.people"))), None)
    if head is None:
        return None
    small = function_words(view.lang)
    opens = view.tokens[head.first].key in small  # "the government" stands with its article in the lexicon
    if any(view.is_mark(i) or view.tokens[i].form[:1].isupper() for i in range(head.first + opens, verb)):
        return None
    begin = head.first - 1 if view.tokens[head.first - 1].key in small else head.first
    if begin == head.first and not opens and head.kind != "event.people":
        return None
    word, bodies = view.tokens[head.first].key, (m for m in reversed(named) if m.kind == "body" and m.first < begin)
    known = next((m for m in bodies if word in m.name.lower().split()), None) if head.kind == "body.head" else None
    return known or Speaker(view.text[head.start : view.tokens[verb - 1].end], None, "person", head.first, verb)


def _before_helpers(view: View, beside: Beside) -> int:
    """Return the token at which the verb with its auxiliaries begins: "has | said"."""
    verb = beside.last
    while verb > beside.first and (helper := view.over(verb - 1, "speech.pronoun")) and "helps" in helper.attributes:
        verb -= 1
    return verb


def by_city(view: View, index: int) -> Speaker | None:
    """Return the capital that stands for its state right beside a verb: «وأكدت الرباط أن», «Lomé a réclamé», "Berlin said"."""
    while not view.arabic and (helper := view.over(index, "speech.pronoun")) and "helps" in helper.attributes:
        index -= 1
    match = view.over(index, "place.city")
    if match is None or match.prefix or not match.attributes.get("capital"):
        return None
    if not view.arabic and match.first > 0 and view.tokens[match.first - 1].key in function_words(view.lang):
        return None
    return Speaker(view.text[match.start : match.end], match.attributes.get("country"), "person", match.first, match.last)
