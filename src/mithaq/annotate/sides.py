"""For which office, body and country a person stands; no stage, used by ``people``."""

from __future__ import annotations

from collections import Counter

import msgspec
from msgspec.structs import replace

from mithaq.annotate.view import View, code_of, country_codes
from mithaq.model import Body, Evidence


class Side(msgspec.Struct, frozen=True):
    """The office of a person and whom it serves. ``settled``: the text itself says the country, or that there is none."""

    role: Evidence | None
    body: str | None
    country: str | None
    settled: bool
    visited: str | None
    head_of_state: bool
    why: str


def find_side(view: View, mentions: list[tuple[int, int, tuple[int, int] | None]]) -> Side:
    """Return what the words beside a person's mentions say of office, body and country."""
    roles = [m[2] for m in mentions if m[2] is not None]
    role = max(roles, key=lambda r: min(r[1] - r[0], 12)) if roles else None
    body = _body_in(view, role)
    country, why = None, ""
    for span in roles:
        country, why = _country_in(view, span)
        if country:
            break
    settled = country is not None
    if country is None and body is not None:
        country, settled = body.country, body.country is not None or body.kind == "io"
        why = f"country of {body.name}" if settled else ""
    if country is None and not settled:
        country, why = _country_beside(view, mentions)
        settled = country is not None
    evidence = Evidence.of(view.text, view.tokens[role[0]].start, view.tokens[role[1] - 1].end) if role and role[1] > role[0] else None
    head = any(_rank(view, span) == "head" for span in roles)
    return Side(evidence, body.name if body else None, country, settled, _visited(view, mentions), head, why)


def _rank(view: View, span: tuple[int, int]) -> str | None:
    match = view.at(span[0], "role")
    return match.attributes.get("rank") if match else None


def _body_in(view: View, role: tuple[int, int] | None) -> Body | None:
    """Return the organisation named inside the words of an office."""
    if role is None or role[1] <= role[0]:
        return None
    start, end = view.tokens[role[0]].start, view.tokens[role[1] - 1].end
    inside = [b for b in view.document.bodies if any(start <= e.start and e.end <= end for e in b.mentions)]
    return inside[0] if inside else None


def _country_in(view: View, role: tuple[int, int]) -> tuple[str | None, str]:
    """Return the country in the words of an office; an ambassador's is the first named, the second is where he serves."""
    codes = country_codes(view, role[0], role[1])
    return (codes[0], "country in the office") if codes else (None, "")


def _country_beside(view: View, mentions: list[tuple[int, int, tuple[int, int] | None]]) -> tuple[str | None, str]:
    """Return the nationality right before or after a mention («نظيره العماني X», "Rwanda's X", «X (Togo)»)."""
    for first, last, _ in mentions:
        for index in (first - 1, first - 2, last, last + 1):
            if not 0 <= index < len(view.tokens):
                continue
            match = view.over(index, "place.nationality") or (view.over(index, "place.country") if index == first - 2 and not view.arabic else None)
            if match and (view.arabic or index < first):
                code = country_codes(view, match.first, match.last)
                if code:
                    return code[0], "nationality beside the name"
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
                code = code_of(match) if match.kind in ("place.country", "place.city") else None
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
    explicit = Counter(s.country for s in sides if s.settled and s.country in principal)
    visited = next((s.visited for s in sides if s.visited in principal), None)
    filled = []
    for side in sides:
        if side.settled or side.head_of_state:
            filled.append(side)
            continue
        country, why = _default(principal, explicit, visited, side)
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


def principal_countries(view: View) -> list[str]:
    """Return the one or two countries that the page speaks of most; title and lead count double."""
    votes: Counter[str] = Counter()
    lead = view.document.sentences[2].last if len(view.document.sentences) > 2 else len(view.tokens)
    for match in view.document.matches_of("place.country", "place.nationality", "place.city"):
        code = code_of(match)
        if code and not match.attributes.get("same_as_country"):
            votes[code] += 2 if match.first < lead else 1
    ranked = votes.most_common(2)
    return [code for code, count in ranked if count >= 2 or len(ranked) == 1]
