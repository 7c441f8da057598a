"""Find the countries, cities and regions that the article names, and decide what ambiguous names mean here."""

from __future__ import annotations

from collections import Counter

from mithaq.lexicon import Lexicon
from mithaq.lexicon.outlets import address_country, agency_country, outlet_country
from mithaq.model import Document, Evidence, Match, Place
from mithaq.text.clitics import TO_THE, ends_feminine, is_preposition_glued
from mithaq.text.language import function_words

_KINDS = {"place.country": "country", "place.city": "city", "place.region": "region"}


def find_places(document: Document, lexicon: Lexicon) -> tuple[Place, ...]:
    """Return one Place for each mention of a country, city or region, in the order of the text.

    A name that several countries share (الكونغو, عمان) goes to the one that the rest of the page speaks of; when nothing
    decides, its country stays None. Adjectives of nationality are no places; disputed places have no country.
    """
    nationalities = {(m.first, m.last) for m in document.matches_of("place.nationality")}
    named = document.matches_of("place.country", "place.city", "place.region", "place.disputed")
    # «الحكومة المالية»: an adjective that looks like the name of some city is no place.
    named = [m for m in named if _is_meant(document, m)]
    found = _longest([m for m in named if m.kind != "place.city" or (m.first, m.last) not in nationalities])
    votes = _votes(document)
    places = []
    for span in sorted(found):
        candidates = found[span]
        match = _choose(candidates, votes)
        kind = _KINDS.get(match.kind, "region")
        country = _country(match, candidates, votes)
        evidence = Evidence.of(document.text, match.start, match.end)
        places.append(Place(name=_name(match, document), kind=kind, country=country, evidence=evidence, why=f"{match.kind}: {match.word}"))  # type: ignore[arg-type]  # values of _KINDS
    return tuple(sorted([*places, *_self_named(document, votes, set(found))], key=lambda p: p.evidence))


def _is_meant(document: Document, match: Match) -> bool:
    """Say whether an Arabic country name that is also an everyday adjective stands for the country: «وفد من مالي», not «دعم مالي».

    It does behind a small word or a glued preposition, behind a noun that such an adjective would agree with otherwise («حكومة مالي»),
    and where the page names the country beyond doubt.
    """
    if match.kind != "place.country" or match.attributes.get("ambiguous") != "adjective":
        return True
    before = document.tokens[match.first - 1] if match.first else None
    if is_preposition_glued(match.prefix) or before is None or before.kind != "word":
        return True
    if before.key in function_words(document.lang) or ends_feminine(before.form):
        return True
    code = match.attributes.get("code")
    others = document.matches_of("place.country", "place.nationality", "place.city")
    return any(code in (m.attributes.get("code"), m.attributes.get("country")) and not m.attributes.get("ambiguous") for m in others)


def _self_named(document: Document, votes: Counter[str], taken: set[tuple[int, int]]) -> list[Place]:
    """Return «المملكة», «السلطنة» where the page names no more than one of the countries that call themselves so.

    By name, or by a title that only one country's sovereign bears: «خادم الحرمين الشريفين». Where it names none, that of the outlet or
    agency; else the one whose press leaves the name out most, and ``why`` says that this is assumed.
    """
    matches = document.matches_of("place.self")
    if not matches:
        return []
    own = {outlet_country(document.url, document.outlet), address_country(document.url or ""), agency_country(document.agency)}
    thrones = {match.attributes["country"] for match in document.matches_of("side.throne")}
    places = []
    for match in matches:
        every = match.attributes["countries"].split()
        named = [code for code in every if votes[code] or code in thrones]
        codes = named or [code for code in every if code in own] or every[:1]
        why = f"self: {match.word}" if named else f"assumed: {match.word} of no page that names whose"
        inside = any(first <= match.first and match.last <= last for first, last in taken)
        if len(codes) == 1 and not inside:
            evidence = Evidence.of(document.text, match.start, match.end)
            name = _name(match, document)
            places.append(Place(name=name, kind="country", country=codes[0], evidence=evidence, why=why))
    return places


def _longest(matches: list[Match]) -> dict[tuple[int, int], list[Match]]:
    """Group matches by span, leaving out spans that lie inside a longer one."""
    spans: dict[tuple[int, int], list[Match]] = {}
    for match in matches:
        spans.setdefault((match.first, match.last), []).append(match)
    outer, reached = {}, -1
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if span[1] > reached:
            outer[span], reached = spans[span], span[1]
    return outer


def _votes(document: Document) -> Counter[str]:
    """Count how often the page names each country, by name, nationality or city."""
    votes: Counter[str] = Counter()
    spans: dict[tuple[int, int], set[str]] = {}
    for match in document.matches_of("place.country", "place.nationality", "place.city"):
        code = match.attributes.get("code") or match.attributes.get("country")
        if code and not match.attributes.get("or"):
            spans.setdefault((match.first, match.last), set()).add(code)
    for codes in spans.values():
        if len(codes) == 1:  # a shared name is no vote
            votes[next(iter(codes))] += 1
    return votes


def _choose(candidates: list[Match], votes: Counter[str]) -> Match:
    def weight(match: Match) -> tuple[int, int]:
        code = match.attributes.get("code") or match.attributes.get("country") or ""
        rank = {"place.disputed": 3, "place.country": 2, "place.city": 1}.get(match.kind, 0)
        if match.attributes.get("same_as_country"):
            rank = 0
        return votes[code], rank

    return max(candidates, key=weight)


def _country(match: Match, candidates: list[Match], votes: Counter[str]) -> str | None:
    if match.kind == "place.region" or any(c.kind == "place.disputed" for c in candidates):
        return None
    code = match.attributes.get("code") or match.attributes.get("country")
    others = match.attributes.get("or", "").split()
    if not code or not others or len(candidates) > 1:
        return code  # a country that shares its name with a city («عمان») was chosen among the candidates already
    best = max(votes[c] for c in (code, *others))
    voted = [c for c in (code, *others) if votes[c] == best]
    return voted[0] if best and len(voted) == 1 else None


def _name(match: Match, document: Document) -> str:
    """Return the name as printed; a name whose article was swallowed (للمغرب) takes the form of its entry."""
    return match.word if match.prefix.endswith(TO_THE) else document.text[match.start : match.end]
