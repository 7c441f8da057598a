"""Whose side two people of government are on, when only the headline or the talks' own name says it. No stage; used by ``page_sides``.

«وزير الاتصالات الفلسطيني يبحث مع نظيره السعودي …» stands above a report that names both without a nationality; «الشراكة المغربية السعودية»
says of a minister who meets the Saudi one that she is Morocco's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from mithaq.annotate.sides import Side, is_counterpart, is_posted, rank_of
from mithaq.annotate.view import View, country_codes
from mithaq.model import Match, Sentence
from mithaq.text.shapes import is_and

_NATION = 4  # tokens between an office and its nationality
_JOINED = 6  # tokens behind "between" among which both countries stand
_EARLY = 4  # sentences among which the headline and the lead are


def settle_counterparts(view: View, sides: list[Side]) -> list[Side]:
    """Return *sides* with the countries of two members of government named in one sentence, where headline or talks tell them."""
    ministers = sorted((s for s in sides if any(_is_of_state(view, span) for span in s.offices)), key=lambda s: s.first)
    if len(ministers) < 2 or not ministers[0].sentences & ministers[1].sentences:
        return sides
    first, second = ministers[:2]
    if first.settled and second.settled:
        return sides
    told = _headline(view, sides) or _talks(view, sides, first, second)
    if told is None:
        return sides
    settled = {id(s): _settle(s, code) for s, code in zip((first, second), told, strict=True)}
    return [settled.get(id(s), s) for s in sides]


def _is_of_state(view: View, office: tuple[int, int]) -> bool:
    return rank_of(view, office) == "state" or is_counterpart(view, office)


def settle_respective(view: View, sides: list[Side]) -> list[Side]:
    """Return *sides* with those of one joint office given its countries in order: "the ministers of Mali and Niger, A and B"."""
    ordered = sorted(sides, key=lambda s: s.first)
    told: dict[int, str] = {}
    for index, side in enumerate(ordered):
        for span in side.offices:
            codes = [] if is_posted(view, [span]) else country_codes(view, *span)
            row = ordered[index : index + len(codes)]
            if len(codes) > 1 and len(row) == len(codes) and span[1] <= side.first and _in_a_row(view, row, span[0]):
                told.update(zip(map(id, row), codes, strict=True))
    why = "named in the order of the countries of their office"
    return [replace(s, country=told[id(s)], settled=True, marked=True, why=why) if id(s) in told else s for s in sides]


def _in_a_row(view: View, row: Sequence[Side], office: int) -> bool:
    """Say whether names follow each other with nothing between but commas and "and", none with an office of its own."""
    if any(first != office for side in row[1:] for first, _ in side.offices):
        return False
    between = (i for one, other in pairwise(row) for i in range(one.first, other.first))
    return all(i in view.names or view.is_comma(i) or is_and(view.tokens[i].key) for i in between)


def _settle(side: Side, code: str) -> Side:
    return side if side.settled else replace(side, country=code, settled=True, why="the side that headline or talks leave")


def _headline(view: View, sides: Sequence[Side]) -> tuple[str, str] | None:
    """Return the countries of an office and of "his counterpart" in a headline or lead that names neither holder."""
    for sentence in view.document.sentences[:_EARLY]:
        counterpart = next(iter(view.matches(sentence, "role.counterpart")), None)
        if counterpart is None or any(sentence.first <= s.first < sentence.last for s in sides):
            continue
        other = _nation_behind(view, counterpart, sentence)
        office = next((m for m in view.matches(sentence, "role.head") if m.first < counterpart.first), None)
        own = _nation_behind(view, office, sentence) if office else None
        if own and other and own != other:
            return own, other
    return None


def _nation_behind(view: View, office: Match, sentence: Sentence) -> str | None:
    """Return the country of the nationality that follows an office within a few words."""
    for index in range(office.last, min(office.last + _NATION, sentence.last)):
        if view.is_mark(index):
            return None
        if view.over(index, "place.nationality"):
            return next(iter(country_codes(view, index, index + 1)), None)
    return None


def _talks(view: View, sides: Sequence[Side], first: Side, second: Side) -> tuple[str, str] | None:
    """Return the countries of two people, one of them known, where the page names one pair, side by side or behind "between"."""
    known = next((s.country for s in (first, second) if s.settled), None)
    duos = {frozenset(duo) for duo in (*_duos(view), *_between(view))}
    if known is None or len(duos) != 1:
        return None
    duo = next(iter(duos))
    if known not in duo or any(s.settled and s.country and s.country not in duo for s in sides):
        return None
    (other,) = duo - {known}
    return (known, other) if first.settled else (other, known)


def _between(view: View) -> list[tuple[str, str]]:
    """Return every two countries that "between" joins and no third: «بين لبنان والأردن», "between Kenya and Rwanda"."""
    found = []
    for cue in view.document.matches_of("event.cue.with"):
        if not cue.attributes.get("both"):
            continue
        end = next((i for i in range(cue.last, cue.last + _JOINED) if view.is_mark(i)), cue.last + _JOINED)
        codes = country_codes(view, cue.last, end)
        if len(codes) == 2:
            found.append((codes[0], codes[1]))
    return found


def _duos(view: View) -> list[tuple[str, str]]:
    """Return every two nationalities that stand side by side: «المغربية السعودية», «الكينية-الرواندية»."""
    found = sorted(view.document.matches_of("place.nationality"), key=lambda m: m.first)
    duos = []
    for one, other in pairwise(found):
        hyphen = other.first - one.last == 1 and view.tokens[one.last].form in "-–"
        if (other.first != one.last and not hyphen) or other.prefix:
            continue  # «نظيريه التنزاني والموزمبيقي»: of two others
        a, b = (next(iter(country_codes(view, m.first, m.last)), None) for m in (one, other))
        if a and b and a != b:
            duos.append((a, b))
    return duos
