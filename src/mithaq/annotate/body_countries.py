"""In which country an organisation is at home: by its name and the words beside it, else by what the page as a whole tells. No stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from mithaq.annotate.body_signs import read_body_signs
from mithaq.annotate.country_signs import NOBODY, Signs, likeliest
from mithaq.annotate.sides import home_country, mostly_named, principal_countries
from mithaq.annotate.view import View, country_codes, country_of
from mithaq.lexicon.outlets import agency_country, outlet_country
from mithaq.lexicon.weighing import load_scales
from mithaq.model import Body, Document, Match
from mithaq.text.shapes import is_article, is_connector, is_seated
from mithaq.text.tense import says_in

PLACES = ("place.country", "place.nationality", "place.city", "place.self")
_SEAT = 3  # tokens after a name among which the country begins where it sits: «في جمهورية تشاد»
_BASED = 7  # tokens before a name among which "Lagos-based" stands
_STANDS = 4  # tokens before a place among which "in" stands: «في دولة قطر»
_UNKNOWN = 0.5  # how likely a country must be where rules name none
_REPRESENTED = 6  # tokens before "represented by" among which the country stands
_TOLD = 9  # tokens of an apposition that tells what an organisation is


def stated_country(view: View, first: int, last: int) -> str | None:
    """Return the country that the name itself or the words right beside it state: "Kenya's", "the Finnish company", «الأردنية»."""
    inside = _named_inside(view, first, last)
    if inside:
        return inside[0] if len(inside) == 1 else None
    return _represented(view, first) or _country_before(view, first) or _country_after(view, last)


def _named_inside(view: View, first: int, last: int) -> list[str]:
    """Return the countries in a name, where it only sits left out beside others: «سفارة خادم الحرمين الشريفين لدى اليونان»."""
    codes = country_codes(view, first, last)
    throne = next((m.attributes["country"] for m in view.between_tokens(first, last, "side.throne")), None)
    return [throne] if throne else codes


def _represented(view: View, first: int) -> str | None:
    """Return the country that a body acts for: «حكومة تشاد، ممثلة في وزارة الاتصالات», "Chad, represented by the Ministry"."""
    cue = next((m for i in (first - 1, first - 2, first - 3) if (m := view.at(i, "side.through")) is not None and m.last <= first), None)
    if cue is None:
        return None
    codes = country_codes(view, max(0, cue.first - _REPRESENTED), cue.first)
    return codes[-1] if codes else None


def _country_before(view: View, first: int) -> str | None:
    """Return the owner or nationality before a name in French or English: "Kenya's", "the Turkish ride-hailing company X"."""
    if view.arabic:
        return None
    start = first
    while start > 0 and first - start < 5 and view.tokens[start - 1].kind == "word":
        start -= 1
    if first > 0 and view.tokens[first - 1].form in ("'s", "’s"):
        return next(reversed(country_codes(view, start, first)), None)
    seats = [i for i in range(max(0, first - _BASED), first - 2) if view.is_comma(i + 1) and is_seated(view.tokens[i + 2].form)]
    if seats:
        return next(iter(country_codes(view, max(0, seats[-1] - 2), seats[-1] + 1)), None)
    nations = [i for i in range(start, first) if view.over(i, "place.nationality")]
    sorted_so = view.over(first - 1, "body.sort") or (nations and view.over(nations[0] - 1, "body.sort"))
    if not nations or not (nations[-1] == first - 1 or sorted_so or _described(view, nations[-1], first)):
        return None
    return next(reversed(country_codes(view, nations[0], first)), None)


def _described(view: View, nation: int, first: int) -> bool:
    """Say whether only everyday words in small letters part a nationality from a name: "the Kuwaiti data storage pioneer X"."""
    article = is_article(view.tokens[nation - 1].form, view.lang) if nation else False
    between = range(nation + 1, first)
    return article and all(view.tokens[i].form.islower() and view.is_common(i) and not _links(view, i) for i in between)


def _links(view: View, index: int) -> bool:
    return is_connector(view.tokens[index].form, view.lang) or view.over(index, "body.stop", "speech.verb", "event") is not None


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
    own = _own_country(view)
    most = mostly_named(view)
    settled = []
    for body in bodies:
        if body.country is not None:
            body = replace(body, country_basis="stated")
        elif body.kind != "io" and body.code is None and not _is_joint(view, body):
            beside = _named_beside(view, body)
            public = (own, beside, home, most, unmarked)
            country = next(filter(None, public if body.kind == "public_body" else (unmarked, beside, home)), None)
            body = replace(body, country=country, country_basis="inferred")
        settled.append(body)
    return tuple(settled)


def _own_country(view: View) -> str | None:
    """Return the outlet's country on a page that names others only as places: «قرر مجلس الوزراء … المؤتمر المنعقد في الدوحة»."""
    own = outlet_country(view.document.url, view.document.outlet) or agency_country(view.document.agency)
    named = [m for m in view.document.matches_of(*PLACES) if country_of(view, m) not in (None, own)] if own else []
    return own if named and all(_is_where(view, m) for m in named) else None


def _is_where(view: View, match: Match) -> bool:
    """Say whether a place only tells where: «في الدوحة», «بدولة قطر», "in the Qatari capital"."""
    if says_in(match.prefix) or match.kind == "place.nationality":
        return match.kind != "place.nationality" or view.over(match.first - 1, "event.cue.town") is not None
    return any(view.over(match.first - back, "event.cue.locative") for back in range(1, _STANDS) if not view.is_mark(match.first - back))


def place_bodies(document: Document) -> tuple[Body, ...]:
    """Return the organisations of a page, those whose country only the page as a whole tells given the likeliest one: people are known now.

    What rules say, the words around the name, who acts for it and how the page speaks of each country are weighed together
    (``knowledge/models/seats.json``).
    """
    scales = load_scales("seats")
    best = {body.name: likeliest(signs, scales, None if body.country else _UNKNOWN) for body, signs in find_open(document)}
    placed = {name: None if one[0] == NOBODY else one[0] for name, one in best.items() if one is not None}
    return tuple(replace(body, country=placed[body.name]) if body.name in placed else body for body in document.bodies)


def find_open(document: Document) -> list[tuple[Body, dict[str, Signs]]]:
    """Return the organisations whose country neither name nor words beside it say, with the signs of each country."""
    view = View(document)
    own = outlet_country(document.url, document.outlet)  # what a paper names without nationality is most often its own country's
    told = [body for body in document.bodies if body.country_basis == "inferred" and (own is None or body.country != own)]
    return [(body, read_body_signs(view, body)) for body in told]


def _is_joint(view: View, body: Body) -> bool:
    """Say whether a committee or council is one of several states: «اللجنة المشتركة», «la commission mixte ivoiro-tunisienne»."""
    if body.kind != "public_body":
        return False
    tokens = view.between(body.mentions[0].start, body.mentions[0].end)
    behind = tokens.stop + (view.arabic and view.at(tokens.stop, "place.nationality") is not None)
    joint = view.any_at(tokens.start, behind + 1, "body.joint")
    return joint or len(country_codes(view, tokens.start, tokens.stop)) > 1


def _named_beside(view: View, body: Body) -> str | None:
    """Return the country named within three words before a body's first mention, else the only country of its sentence."""
    tokens = view.between(body.mentions[0].start, body.mentions[0].end)
    sentence = view.sentence_of(tokens.start)
    if sentence is None:
        return None
    free = view.matches(sentence, *PLACES)
    near = [code for m in free if tokens.start - 3 <= m.first < tokens.start and (code := country_of(view, m))]
    codes = near[-1:] or list(dict.fromkeys(code for m in free if (code := country_of(view, m))))
    return codes[0] if len(codes) == 1 else None
