"""In which country an organisation is at home: by its name and the words beside it, else by what the page as a whole tells. No stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from mithaq.annotate.sides import home_country, mostly_named, principal_countries
from mithaq.annotate.view import View, country_codes, country_of
from mithaq.model import Body
from mithaq.text.tense import says_in

_SEAT = 3  # tokens after a name among which the country begins where it sits: «في جمهورية تشاد»
_TOLD = 9  # tokens of an apposition that tells what an organisation is


def stated_country(view: View, first: int, last: int) -> str | None:
    """Return the country that the name itself or the words right beside it state: "Kenya's", "the Finnish company", «الأردنية»."""
    inside = country_codes(view, first, last)
    if inside:
        return inside[0]
    return _country_before(view, first) or _country_after(view, last)


def _country_before(view: View, first: int) -> str | None:
    """Return the owner or nationality before a name in French or English: "Kenya's", "the Turkish ride-hailing company X"."""
    if view.arabic:
        return None
    start = first
    while start > 0 and first - start < 5 and view.tokens[start - 1].kind == "word":
        start -= 1
    if first > 0 and view.tokens[first - 1].form in ("'s", "’s"):
        return next(reversed(country_codes(view, start, first)), None)
    nations = [i for i in range(start, first) if view.over(i, "place.nationality")]
    if not nations or not (nations[-1] == first - 1 or view.over(first - 1, "body.sort") or view.over(nations[0] - 1, "body.sort")):
        return None
    return next(reversed(country_codes(view, nations[0], first)), None)


def _country_after(view: View, last: int) -> str | None:
    """Return the nationality or seat behind a name: «شركة «ميزان» الأردنية», «وزارة الاتصالات في تشاد», "X, the Japanese contractor"."""
    while view.closes(last):
        last += 1
    after = country_codes(view, last, min(last + 1, len(view.tokens)))
    if view.arabic:
        return after[0] if after else _seat_after(view, last)
    window = country_codes(view, last, min(last + 3, len(view.tokens)))
    free = not any(view.is_mark(i) for i in range(last, min(last + 2, len(view.tokens))))
    return window[0] if window and free else _country_told(view, last)


def _seat_after(view: View, last: int) -> str | None:
    """Return the country "in" which an organisation is said to sit, right behind its name."""
    country = next((m for i in range(last, last + _SEAT) if (m := view.at(i, "place.country")) is not None), None)
    if country is None or any(view.is_mark(i) for i in range(last, country.first)):
        return None
    link = view.over(last, "event.cue.locative") if country.first > last else None
    return country_of(view, country) if link is not None or says_in(country.prefix) else None


def _country_told(view: View, last: int) -> str | None:
    """Return the country of an apposition: "X, the Japanese contractor", «X, entreprise chilienne», "X, the Bengaluru-based firm"."""
    if not view.is_comma(last):
        return None
    limit = min(last + _TOLD, len(view.tokens))
    end = next((i for i in range(last + 1, limit) if view.is_mark(i) and view.tokens[i].form != "-"), limit)
    codes = country_codes(view, last + 1, end) if view.any_at(last + 1, end, "body.sort") else []
    return codes[0] if codes else None


def with_countries(view: View, bodies: tuple[Body, ...], sites: Sequence[str] = ()) -> tuple[Body, ...]:
    """Give bodies without a stated country the one that the first of these tells, most telling first.

    For public bodies: the only country of their sentence, the outlet or dateline, what the page mostly speaks of, the side whose
    bodies are named without nationality. Companies and others are named so more often than ministries, so there it comes first.
    *sites* are the countries that names of places tell («سفارة كينيا»): their bodies are not the ones named without.
    """
    principal = principal_countries(view)
    explicit = Counter(country for country in (*(b.country for b in bodies), *sites) if country in principal)
    left = [c for c in principal if not explicit[c]]
    unmarked = left[0] if len(left) == 1 else None
    home = principal[0] if len(principal) == 1 else home_country(view, principal)
    most = mostly_named(view)
    settled = []
    for body in bodies:
        if body.country is None and body.kind != "io" and body.code is None:
            beside = _named_beside(view, body)
            public = (beside, home, most, unmarked)
            country = next(filter(None, public if body.kind == "public_body" else (unmarked, beside, home)), None)
            body = replace(body, country=country)
        settled.append(body)
    return tuple(settled)


def _named_beside(view: View, body: Body) -> str | None:
    """Return the country named within three words before a body's first mention, else the only country of its sentence."""
    start = body.mentions[0].start
    sentence = next((s for s in view.document.sentences if s.start <= start < s.end), None)
    if sentence is None:
        return None
    first = next(i for i in range(sentence.first, sentence.last) if view.tokens[i].end > start)
    near = country_codes(view, max(sentence.first, first - 3), first)
    codes = near[-1:] or country_codes(view, sentence.first, sentence.last)
    return codes[0] if len(codes) == 1 else None
