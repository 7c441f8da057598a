"""What speaks for a person being of one of the page's countries, as named numbers. No stage; used by ``page_sides``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mithaq.annotate.country_signs import NOBODY, Signs, portraits_of, read_near
from mithaq.annotate.sides import Side, is_posted, posts_of, rank_of, speaks_for_self
from mithaq.annotate.view import View, country_of
from mithaq.lexicon.portfolios import countries_of_field

_NAME = 2  # tokens of a name, at least
_FURTHEST = -3.0  # a name that fits a region still less tells no more
# What tells members of government from others: the press marks foreign ministers alone.
_BY_OFFICE = frozenset(("marking", "marked", "marked twice", "towns", "home", "share", "adjectives", "outlet", "rank 0", "rank 1"))


def read_side_signs(view: View, sides: Sequence[Side], side: Side, ruled: Side, evidence: Mapping[str, str | None]) -> dict[str, Signs]:
    """Return the signs of each country, and of none, for somebody whose country the words beside the name do not say.

    *ruled* is what rules alone say, *evidence* which country each kind of evidence names.
    """
    office = "state" if any(rank_of(view, span) == "state" for span in side.offices) else "other"
    posted = is_posted(view, side.offices)
    taken = {i for other in sides if other is not side or posted for first, last in other.offices for i in range(first, last)}
    near = read_near(view, side.first, side.first + _NAME, taken)
    people = _read_people(view, sides, side)
    found = {NOBODY: _signs_of_nobody(view, side, ruled, office)}
    fields = _countries_of_office(view, side) & set(portraits_of(view).of)
    offices = _offices_beside(view, side)
    for code, page in portraits_of(view).of.items():
        told = [name for name, country in evidence.items() if country == code]
        signs = dict.fromkeys((*told, *(f"{office}: {name}" for name in told)), 1.0)
        signs |= {f"page {name}": value for name, value in page.items()}
        signs |= {f"{office}: page {name}": value for name, value in page.items() if name in _BY_OFFICE}
        signs |= {f"near {name}": value for name, value in near.get(code, {}).items()}
        signs |= dict.fromkeys((name for name, codes in people.items() if code in codes), 1.0)
        signs["ruled"] = float(code == ruled.country)
        signs["field of it"] = float(code in fields)
        signs["field of it alone"] = float({code} == fields)
        signs["office of it beside"] = float(code in offices)
        signs[f"{office}: office of it beside"] = float(code in offices)
        found[code] = {name: value for name, value in signs.items() if value}
    return found


def _read_people(view: View, sides: Sequence[Side], side: Side) -> dict[str, set[str | None]]:
    """Return which countries what is known of others names: those marked as foreign, who stands before, where somebody serves."""
    known = [s for s in sides if s.settled and s.country]
    before = max((s for s in known if s.first < side.first), key=lambda s: s.first, default=None)
    close = before is not None and bool(before.sentences & side.sentences)
    return {
        "serves there": set(posts_of(view, side.offices)),
        "marked people": {s.country for s in known if s.marked},
        "people of it": {s.country for s in known},
        "people of it in the sentence": {s.country for s in known if s is not side and s.sentences & side.sentences},
        "person before": {before.country} if before else set(),
        "person before in the sentence": {before.country} if before and close else set(),
    }


def _countries_of_office(view: View, side: Side) -> set[str]:
    """Return the countries that have a ministry for the field of somebody's office by that very name."""
    found: set[str] = set()
    for first, last in side.offices:
        head = view.at(first, "role.head")
        if head is not None:
            found |= countries_of_field([view.tokens[i].form for i in range(head.last, last)])
    return found


def _offices_beside(view: View, side: Side) -> set[str | None]:
    """Return the countries of marked offices of others in the sentence: «الوزيرة الإسرائيلية … تلتقي وزيرة التكنولوجيا X»."""
    sentence = view.sentence_of(side.first)
    if sentence is None:
        return set()
    own = {i for first, last in side.offices for i in range(first, last)}
    marks = [m for m in view.matches(sentence, "place.nationality") if m.first not in own and view.over(m.first - 1, "role")]
    return {country_of(view, m) for m in marks}


def _signs_of_nobody(view: View, side: Side, ruled: Side, office: str) -> Signs:
    """Return what speaks for somebody standing for no country."""
    bodies = any(b.kind == "io" or b.code for b in view.document.bodies)
    signs = {
        "": True,
        "no office": not side.offices,
        "expert": speaks_for_self(view, side.offices),
        "organisation on the page": bodies,
        "organisation on the page, office outside government": bodies and office == "other" and bool(side.offices),
        "body": side.body is not None,
        office: True,
        "ruled": ruled.country is None,
    }
    return {f"nobody {name}".strip(): 1.0 for name, holds in signs.items() if holds}


def with_name(signs: Mapping[str, Signs], fits: Mapping[str, float]) -> dict[str, Signs]:
    """Return *signs* with how well a name fits each country: of two sides, somebody named like those of one is most often of that one."""
    named = dict(signs)
    for code, fit in fits.items():
        named[code] = {**signs[code], "name fits": max(fit, _FURTHEST), **({} if fit else {"name fits best": 1.0})}
    return named
