"""For which office, body and country a person stands; no stage, used by ``people``."""

from __future__ import annotations

from collections import Counter

import msgspec
from msgspec.structs import replace

from mithaq.annotate.view import View, country_codes, country_of
from mithaq.model import Body, Evidence, Match


class Side(msgspec.Struct, frozen=True):
    """The office of a person and whom it serves. ``settled``: the text itself says the country, or that there is none.

    ``marked``: a member of government whose nationality stands beside the office; ``worded``: anybody, except envoys.
    """

    role: Evidence | None
    body: str | None
    country: str | None
    settled: bool
    marked: bool
    worded: bool
    visited: str | None
    head_of_state: bool
    sentences: frozenset[int]
    thrones: tuple[str, ...]
    why: str


def find_side(view: View, mentions: list[tuple[int, int, tuple[int, int] | None]]) -> Side:
    """Return what the words beside a person's mentions say of office, body and country."""
    roles = [m[2] for m in mentions if m[2] is not None]
    role = max(roles, key=lambda r: min(r[1] - r[0], 12)) if roles else None
    body = _body_in(view, role)
    country, why = _stated_country(view, roles, mentions)
    settled = country is not None
    if body is not None and (body.kind == "io" or body.code):
        country, settled, why = None, True, f"acts for {body.name}"
    offices = [m for span in roles if (m := view.at(span[0], "role.head")) is not None]
    state = any(_rank(view, span) == "state" or _is_counterpart(view, span) for span in roles)
    marked = settled and state
    worded = settled and not any(m.attributes.get("post") == "abroad" for m in offices)
    if not settled and body is not None and body.country is not None:
        country, settled, why = body.country, True, f"country of {body.name}"
    evidence = _words(view, role) if role and role[1] > role[0] else None
    thrones = tuple(code for m in offices for code in m.attributes.get("thrones", "").split())
    head = any(m.attributes.get("rank") == "head" for m in offices)
    sentences = frozenset(s.start for m in mentions if (s := view.sentence_of(m[0])) is not None)
    return Side(evidence, body.name if body else None, country, settled, marked, worded, _visited(view, mentions), head, sentences, thrones, why)


def _stated_country(
    view: View, roles: list[tuple[int, int]], mentions: list[tuple[int, int, tuple[int, int] | None]]
) -> tuple[str | None, str]:
    for span in roles:
        country, why = _country_in(view, span)
        if country:
            return country, why
    return _country_beside(view, mentions)


def _words(view: View, role: tuple[int, int]) -> Evidence:
    """Return the words of an office without the clitic glued before it."""
    match = view.at(role[0], "role")
    return Evidence.of(view.text, match.start if match else view.tokens[role[0]].start, view.tokens[role[1] - 1].end)


def _rank(view: View, span: tuple[int, int]) -> str | None:
    match = view.at(span[0], "role")
    return match.attributes.get("rank") if match else None


def _is_counterpart(view: View, span: tuple[int, int]) -> bool:
    return view.over(span[0], "role.counterpart") is not None or view.over(span[1] - 1, "role.counterpart") is not None


def _body_in(view: View, role: tuple[int, int] | None) -> Body | None:
    """Return the organisation named inside the words of an office."""
    if role is None or role[1] <= role[0]:
        return None
    start, end = view.tokens[role[0]].start, view.tokens[role[1] - 1].end
    inside = [b for b in view.document.bodies if any(start <= e.start and e.end <= end for e in b.mentions)]
    return inside[0] if inside else None


def _country_in(view: View, role: tuple[int, int]) -> tuple[str | None, str]:
    """Return the country in the words of an office. Envoys serve where «لدى», «ب», "to" says; that is not whom they stand for."""
    match = view.at(role[0], "role")
    abroad = match is not None and match.attributes.get("post") == "abroad"
    index = role[0]
    while index < role[1]:
        place = view.at(index, "place.country", "place.nationality", "place.city")
        code = country_of(view, place) if place else None
        if place and code and not (abroad and _is_post(view, place)):
            return code, "country in the office"
        index = place.last if place else index + 1
    return None, ""


def _is_post(view: View, place: Match) -> bool:
    """Say whether a place is where somebody is posted: after a locative word or clitic."""
    if place.kind == "place.nationality":
        return False
    return bool(place.prefix) or view.over(place.first - 1, "office.link", "event.cue.locative", "event.cue.destination") is not None


def _country_beside(view: View, mentions: list[tuple[int, int, tuple[int, int] | None]]) -> tuple[str | None, str]:
    """Return the country that the words around a mention give: «نظيره العماني X», «عن الجانب المغربي X», "X did so for Rwanda"."""
    for first, last, _ in mentions:
        sentence = view.sentence_of(first)
        if sentence is None:
            continue
        for index in (first - 1, first - 2, last, last + 1):
            if not sentence.first <= index < sentence.last:
                continue
            match = view.over(index, "place.nationality")
            code = country_of(view, match) if match and (view.arabic or index < first) else None
            if code:
                return code, "nationality beside the name"
        for index in range(max(sentence.first, first - 9), first):
            side = view.at(index, "event.cue.side")
            codes = country_codes(view, side.last, min(side.last + 3, first)) if side else []
            if codes:
                return codes[0], "signs or speaks for this side"
    return None, ""


def _visited(view: View, mentions: list[tuple[int, int, tuple[int, int] | None]]) -> str | None:
    """Return the country that a person is said to visit, when a visit and its destination stand in one sentence with the name."""
    for first, last, _ in mentions:
        sentence = view.sentence_of(first)
        if sentence is None:
            continue
        for trip in view.matches(sentence, "event.visit"):
            if not -12 <= first - trip.last <= 12:
                continue
            for match in (m for i in range(max(trip.last, last), min(max(trip.last, last) + 5, sentence.last)) for m in view.starting.get(i, ())):
                code = country_of(view, match) if match.kind in ("place.country", "place.city") else None
                if code:
                    return code
    return None


def fill_sides(view: View, sides: list[Side]) -> list[Side]:
    """Settle the countries that only the page as a whole tells: visitors are not from where they go, the others are hosts.

    With two countries on the page, people without one belong to the side whose people are named without nationality;
    officials of international organisations stay without country.
    """
    principal = principal_countries(view)
    if len(principal) == 1:
        return [s if s.settled else replace(s, country=principal[0], why="only country of the page") for s in sides]
    if len(principal) < 2:
        return sides
    # Only ministers tell: the press marks foreign ones by nationality and leaves its own unmarked; ambassadors always carry a country.
    explicit = Counter(s.country for s in sides if s.marked and s.country in principal)
    explicit = explicit or Counter(s.country for s in sides if s.worded and s.country in principal)
    visited = next((s.visited for s in sides if s.visited in principal), None)
    home, dominant = home_country(view, principal), _dominant(view)
    filled = []
    for side in sides:
        if side.settled:
            filled.append(side)
            continue
        if side.head_of_state:
            seats = [c for c in principal if c in side.thrones]
            filled.append(replace(side, country=seats[0], why="country of this throne") if len(seats) == 1 else side)
            continue
        country, why = _default(principal, explicit, visited, side)
        if country is None:
            country, why = _contrast(principal, sides, side)
        if country is None:
            country, why = _nearest(view, side, principal)
        if country is None and (home or dominant):
            country, why = home or dominant, "country of the outlet" if home else "country that the page mostly speaks of"
        filled.append(replace(side, country=country, why=why))
    return filled


def _default(principal: list[str], explicit: Counter[str | None], visited: str | None, side: Side) -> tuple[str | None, str]:
    if side.visited in principal:
        return next(c for c in principal if c != side.visited), "visits the other country"
    if visited and not explicit.get(visited):
        return visited, "host of the visit"
    unmarked = [c for c in principal if not explicit.get(c)]
    if len(unmarked) == 1:
        return unmarked[0], "the side named without nationality"
    return None, ""


def _contrast(principal: list[str], sides: list[Side], side: Side) -> tuple[str | None, str]:
    """Return the other country when one sentence names a member of one government with nationality and this person without."""
    beside = {s.country for s in sides if s.marked and s.country in principal and s.sentences & side.sentences}
    if len(beside) != 1:
        return None, ""
    return next(c for c in principal if c not in beside), "meets the other side in one sentence"


def _nearest(view: View, side: Side, principal: list[str]) -> tuple[str | None, str]:
    """Return the only one of the two countries that the sentences naming this person speak of."""
    named: set[str] = set()
    for sentence in view.document.sentences:
        if sentence.start in side.sentences:
            named |= set(country_codes(view, sentence.first, sentence.last)) & set(principal)
    return (next(iter(named)), "only country in the sentence") if len(named) == 1 else (None, "")


def home_country(view: View, principal: list[str]) -> str | None:
    """Return the country of the outlet when it is one of the two: by its address, its agency, or an agency's dateline."""
    document = view.document
    host = (document.url or document.outlet or "").split("//")[-1].split("/")[0]
    ending = host.rsplit(".", 1)[-1].upper() if "." in host else ""
    if ending in principal:
        return ending
    agencies = {m.attributes.get("country") for m in document.matches_of("outlet.agency")} & set(principal)
    return next(iter(agencies)) if len(agencies) == 1 else None


def principal_countries(view: View) -> list[str]:
    """Return the one or two countries that the page speaks of most."""
    ranked = _country_votes(view).most_common(2)
    return [code for code, count in ranked if count >= 2 or len(ranked) == 1]


def _dominant(view: View) -> str | None:
    """Return the country named at least half as often again as any other."""
    ranked = _country_votes(view).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return ranked[0][0]


def _country_votes(view: View) -> Counter[str]:
    """Count how often the page names each country, by name, nationality or city; title and lead count double."""
    votes: Counter[str] = Counter()
    seen: set[int] = set()
    lead = view.document.sentences[2].last if len(view.document.sentences) > 2 else len(view.tokens)
    for match in view.document.matches_of("place.country", "place.nationality", "place.city"):
        code = None if match.start in seen else country_of(view, match)
        if code:
            seen.add(match.start)
            votes[code] += 2 if match.first < lead else 1
    return votes
