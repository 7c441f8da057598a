"""For which office, body and country a person stands; no stage, used by ``people``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from operator import attrgetter, itemgetter

import msgspec

from mithaq.annotate.person_bodies import body_in, owner_of
from mithaq.annotate.view import View, country_codes, country_of
from mithaq.lexicon.outlets import address_country, agency_country
from mithaq.model import Body, Evidence, Match, Sentence
from mithaq.model.kept import keep_while_same
from mithaq.text.shapes import is_and, is_of

_TRIP, _LONG_TRIP = 12, 30  # tokens between a visit and the visitor; the latter when the sentence opens with the visit
_OPENING = 2
_STACKED = 14  # tokens of an office before the comma that another one follows
_IN_OFFICE = "country in the office"
_ARTICLES = 3  # tokens from "of" to the country: "of the Gambia"
DATELINE_MARKS = frozenset("-–—(/:")


class Side(msgspec.Struct, frozen=True):
    """The office of a person and whom it serves. ``settled``: the text itself says the country, or that there is none.

    ``marked``: a member of government whose nationality stands beside the office; ``envoy``: an ambassador or the like whose country
    is known; ``first``: the first token of the name; ``offices``: the tokens of all offices beside it.
    """

    role: Evidence | None
    body: str | None
    country: str | None
    settled: bool
    marked: bool
    visited: str | None
    head_of_state: bool
    sentences: frozenset[int]
    thrones: tuple[str, ...]
    first: int
    offices: tuple[tuple[int, int], ...]
    envoy: bool
    why: str


def find_side(view: View, mentions: list[tuple[int, int, tuple[int, int] | None]]) -> Side:
    """Return what the words beside a person's mentions say of office, body and country."""
    roles = [m[2] for m in mentions if m[2] is not None and not is_and(view.tokens[m[2][0]].key)]  # "and his counterpart" is another
    role = max(roles, key=lambda r: min(r[1] - r[0], 12)) if roles else None
    body = body_in(view, role) or owner_of(view, roles)
    country, why = _stated_country(view, roles, mentions)
    settled = country is not None
    international = body is not None and (body.kind == "io" or body.code is not None)
    if (international or _is_of_known_organisation(view, roles)) and not (why == _IN_OFFICE and is_posted(view, roles)):
        country, settled, why = None, True, f"acts for {body.name if body else 'an international organisation'}"
    elif country is None and _serves_organisation(view, roles):
        settled, why = True, "posted by an international organisation"
    offices = [m for span in roles if (m := view.at(span[0], "role.head")) is not None]
    state = any(rank_of(view, span) == "state" or is_counterpart(view, span) for span in roles)
    marked = settled and state
    seat, told = (None, "") if settled else _seat_of_office(view, roles)
    # «مدير الشركة بالسودان» is most often of there, unless the firm's own home is known.
    subsidiary = body is not None and body.kind == "company" and seat is not None and not body.why.startswith("gazetteer")
    if not settled and body is not None and body.country is not None and is_stated(view, body) and not subsidiary:
        country, settled, why = body.country, True, f"country of {body.name}"
    if not settled and seat is not None:
        country, settled, marked, why = seat, True, state, told
    evidence = _words(view, role) if role and role[1] > role[0] else None
    thrones = tuple(code for m in offices for code in m.attributes.get("thrones", "").split())
    head = any(m.attributes.get("rank") == "head" for m in offices)
    envoy = settled and any(m.attributes.get("post") == "abroad" for m in offices)
    sentences = frozenset(s.start for m in mentions if (s := view.sentence_of(m[0])) is not None)
    return Side(
        role=evidence, body=body.name if body else None, country=country, settled=settled, marked=marked,
        visited=_visited(view, mentions), head_of_state=head, sentences=sentences, thrones=thrones,
        first=mentions[0][0], offices=tuple(roles), envoy=envoy,
        why=why,
    )  # fmt: skip


def _stated_country(
    view: View, roles: list[tuple[int, int]], mentions: list[tuple[int, int, tuple[int, int] | None]]
) -> tuple[str | None, str]:
    for span in roles:
        country = _country_in(view, span) or _country_meant(view, span) or _country_behind(view, span[1] + view.is_comma(span[1]))
        if country:
            return country, _IN_OFFICE
    return _country_beside(view, mentions)


def _country_behind(view: View, index: int) -> str | None:
    """Return the country that "of" brings in at a token: "Minister of Post, of the Republic of Togo", «Cina Lamboni du Togo»."""
    if view.arabic or view.is_mark(index) or not is_of(view.tokens[index].form):
        return None
    for place in (view.at(i, "place.country") for i in range(index + 1, index + _ARTICLES)):
        if place is not None and not any(i in view.body_tokens for i in range(place.first, place.last)):
            return country_of(view, place)
    return None


def _seat_of_office(view: View, roles: list[tuple[int, int]]) -> tuple[str | None, str]:
    """Return the country where an office is held: «وزير الاتصالات في تشاد»; it tells the side only when nothing else does."""
    for span in roles:
        country = None if is_posted(view, [span]) else _country_in(view, span, seats=True)
        if country:
            return country, _IN_OFFICE
    return None, ""


def _country_meant(view: View, role: tuple[int, int]) -> str | None:
    """Return the country named last before "the country's prime minister" in the same sentence."""
    sentence = view.sentence_of(role[0])
    meant = next((m for i in range(role[0] - 2, role[1]) if (m := view.at(i, "side.land")) is not None), None)
    codes = country_codes(view, sentence.first, meant.first) if sentence and meant else []
    return codes[-1] if codes else None


def is_stated(view: View, body: Body) -> bool:
    """Say whether an organisation's country stands in its name or is known, rather than taken from the page as a whole."""
    if not body.why.startswith("head"):
        return True
    mention = body.mentions[0]
    first = bisect_right(view.tokens, mention.start, key=attrgetter("end"))
    last = bisect_left(view.tokens, mention.end, key=attrgetter("end")) + 1
    before = first if view.arabic else max(0, first - 3)  # "the Jordanian company Rujm Systems"
    return body.country in country_codes(view, before, min(last + 1, len(view.tokens)))


def _serves_organisation(view: View, roles: list[tuple[int, int]]) -> bool:
    """Say whether somebody holds an office that only international organisations have, on a page that names one."""
    offices = [m for span in roles if (m := view.at(span[0], "role.head")) is not None]
    return any(m.attributes.get("serves") == "io" for m in offices) and any(b.kind == "io" or b.code for b in view.document.bodies)


def _words(view: View, role: tuple[int, int]) -> Evidence:
    """Return the words of an office without the clitic glued before it."""
    match = view.at(role[0], "role")
    return Evidence.of(view.text, match.start if match else view.tokens[role[0]].start, view.tokens[role[1] - 1].end)


def rank_of(view: View, span: tuple[int, int]) -> str | None:
    """Return the rank of an office as the lexicon gives it, "state" or "head": that of its first word for an office."""
    match = next((m for i in range(*span) if (m := view.at(i, "role")) is not None and m.kind != "role.counterpart"), None)
    return match.attributes.get("rank") if match else None


def is_counterpart(view: View, span: tuple[int, int]) -> bool:
    """Say whether an office is told as that of another's counterpart: «نظيره الأردني»."""
    return view.over(span[0], "role.counterpart") is not None or view.over(span[1] - 1, "role.counterpart") is not None


def is_posted(view: View, roles: Iterable[tuple[int, int]]) -> bool:
    """Say whether somebody holds an office that is served elsewhere than where it is of: an ambassador, a representative."""
    offices = [m for role in roles if (m := view.at(role[0], "role")) is not None]
    return any(m.attributes.get("post") == "abroad" for m in offices)


def speaks_for_self(view: View, roles: Iterable[tuple[int, int]]) -> bool:
    """Say whether all offices of somebody are those of an expert, whom the press asks about both sides: «خبير», "analyst"."""
    offices = [m for role in roles if (m := view.at(role[0], "role.head")) is not None]
    return bool(offices) and all(m.attributes.get("serves") == "self" for m in offices)


def posts_of(view: View, roles: Iterable[tuple[int, int]]) -> frozenset[str]:
    """Return the countries in which an envoy serves, none of which is the envoy's own: «سفير خادم الحرمين الشريفين لدى كوريا»."""
    places = [m for role in roles if is_posted(view, [role]) for m in view.between_tokens(*role, "place.country", "place.city")]
    return frozenset(code for m in places if _is_post(view, m) and (code := country_of(view, m)))


def _is_of_known_organisation(view: View, roles: list[tuple[int, int]]) -> bool:
    """Say whether an office, no envoy's, names an international organisation: «رئيس مكتب مجلس أوروبا بالرباط»."""
    for role in roles:
        if is_posted(view, [role]):
            continue
        known = (view.at(i, "body.known") for i in range(*role))
        if any(m is not None and m.last <= role[1] and m.attributes.get("code") for m in known):
            return True
    return False


def _country_in(view: View, role: tuple[int, int], *, seats: bool = False) -> str | None:
    """Return the country in the words of an office, without *seats* none that stands after «لدى», «ب», "to", "in".

    Envoys and heads of branches serve there («رئيس مكتب الوكالة بتونس»); that is not whom they stand for.
    """
    index = role[0]
    while index < role[1]:
        place = view.at(index, "place.country", "place.nationality", "place.city", "place.self")
        code = country_of(view, place) if place else None
        if place and code and (seats or not _is_post(view, place)):
            return code
        index = place.last if place else index + 1
    return None


def _is_post(view: View, place: Match) -> bool:
    """Say whether a place is where somebody is posted: after a locative word or clitic."""
    if place.kind == "place.nationality":
        return False
    # «القائم بالأعمال لجمهورية السودان» is of that country, «سفير بتونس» serves there.
    before = view.over(place.first - 1, "office.link", "event.cue.locative", "event.cue.destination")
    return bool(place.prefix.removesuffix("ل")) or before is not None


def _country_beside(view: View, mentions: list[tuple[int, int, tuple[int, int] | None]]) -> tuple[str | None, str]:
    """Return the country that the words around a mention give: «نظيره العماني X», «عن الجانب المغربي X», "the Finnish team by X"."""
    for first, last, role in mentions:
        sentence = view.sentence_of(first)
        if sentence is None:
            continue
        behind = _country_behind(view, last)
        code = behind or _nationality_beside(view, first, last, sentence)
        if code:
            return code, "country behind the name" if behind else "nationality beside the name"
        begin = min(first, role[0]) if role else first
        code = _office_after(view, last, sentence) or _office_before(view, begin, sentence)
        if code:
            return code, "country in another office beside the name"
        code = _signs_for(view, max(last, role[1]) if role else last, sentence) or _acts_for(view, begin, sentence)
        if code:
            return code, "signs or speaks for this side"
    return None, ""


def _office_after(view: View, last: int, sentence: Sentence) -> str | None:
    """Return the country right behind an office that follows the name: «السفير X سفير مصر في الخرطوم»."""
    index = last + view.is_comma(last)
    office = view.at(index, "role.head") if index < sentence.last else None
    codes = country_codes(view, office.last, min(office.last + 1, sentence.last)) if office and not office.prefix else []
    return codes[0] if codes else None


def _office_before(view: View, begin: int, sentence: Sentence) -> str | None:
    """Return the country of an office that another one follows: "Rwanda's Minister of Foreign Affairs, Ambassador X"."""
    if not view.is_comma(begin - 1):
        return None
    for index in range(begin - 2, max(sentence.first, begin - _STACKED) - 1, -1):
        if index in view.names or (view.is_mark(index) and not view.tokens[index].form.endswith("s")):
            return None
        if view.at(index, "role.head"):
            codes = country_codes(view, max(sentence.first, index - 2), begin - 1)
            return codes[0] if len(codes) == 1 else None
    return None


def _nationality_beside(view: View, first: int, last: int, sentence: Sentence) -> str | None:
    after = (last,) if view.over(last, "role") else (last, last + 1)  # «… منذر الزريقات ونظيره السوري»: another's
    for index in (first - 1, first - 2, *after):
        across = index == first - 2 and view.over(first - 1, "speech.verb", "event.verb")  # «السفير الإيراني يؤكد للسوداني»
        if sentence.first <= index < sentence.last and (view.arabic or index < first) and not across:
            match = view.over(index, "place.nationality")
            code = country_of(view, match) if match else None
            if code:
                return code
    return None


def _acts_for(view: View, begin: int, sentence: Sentence) -> str | None:
    """Return the country for which somebody acts whose name or office begins at *begin*."""
    for index in range(begin - 1, max(sentence.first, begin - 9) - 1, -1):
        if view.over(index, "role.head") and index < begin - 1:
            return None  # that side is somebody else's
        cue = view.at(index, "event.cue.side", "side.for")
        if cue and cue.kind == "event.cue.side" and view.over(cue.first - 1, "office.link"):
            continue  # «مع الجانب الكيني، وأرجع المدير …»: whom somebody else dealt with
        codes = country_codes(view, cue.last, min(cue.last + 3, begin)) if cue else []
        if codes and (cue is None or cue.kind != "side.for" or _follows(view, cue.last, begin)):
            return codes[0]
        team = view.at(index, "side.team")
        if team and not any(view.is_comma(i) for i in range(team.last, begin)):
            codes = country_codes(view, max(sentence.first, index - 2), min(team.last + 2, begin))
            if codes:
                return codes[0]
    return None


def _signs_for(view: View, end: int, sentence: Sentence) -> str | None:
    """Return the country after "for" right behind a name or office: "Ambassador Jansen signed for the Netherlands", «X ممثلا عن تونس»."""
    for index in range(end, min(end + 2, sentence.last)):
        cue = view.at(index, "side.for")
        if cue and (not view.arabic or cue.last - cue.first > 1):  # a bare «عن» says "about" as often
            codes = country_codes(view, cue.last, min(cue.last + 2, sentence.last))
            return codes[0] if codes else None
        if view.is_mark(index):
            return None
    return None


def _follows(view: View, index: int, begin: int) -> bool:
    """Say whether the country at *index* is all that stands before an office or name: «عن قطر المدير», "for Chad, the mayor"."""
    match = next((m for i in (index, index + 1) if (m := view.at(i, "place.country", "place.nationality")) is not None), None)
    return match is not None and 0 <= begin - match.last <= 2


def _visited(view: View, mentions: list[tuple[int, int, tuple[int, int] | None]]) -> str | None:
    """Return the country that a person is said to visit, when a visit and its destination stand in one sentence with the name."""
    for first, last, _ in mentions:
        sentence = view.sentence_of(first)
        if sentence is None:
            continue
        for trip in view.matches(sentence, "event.visit"):
            opens = trip.first <= sentence.first + _OPENING  # «En visite de travail à Abidjan depuis jeudi, la ministre …»
            if not -_TRIP <= first - trip.last <= (_LONG_TRIP if opens else _TRIP):
                continue
            begin = trip.last if opens else max(trip.last, last)
            for index in range(begin, min(begin + 5, sentence.last)):
                place = view.at(index, "place.country", "place.city")
                code = country_of(view, place) if place else None
                if code:
                    return code
    return None


def home_country(view: View, principal: list[str] | None = None) -> str | None:
    """Return the country of the outlet, one of *principal* if given: by its address, agency or name, or the dateline of the report."""
    document = view.document
    agencies = {m.attributes.get("country") for m in document.matches_of("outlet.agency")}
    if principal is not None:
        agencies &= set(principal)
    told = (
        address_country(document.url or document.outlet or ""),
        agency_country(document.agency),
        next(iter(agencies)) if len(agencies) == 1 else None,
    )
    return next((code for code in told if code and (principal is None or code in principal)), None) or _dateline(view, principal)


def _dateline(view: View, principal: list[str] | None) -> str | None:
    """Return the country of the place with which the report begins: «Lomé (agence) –», «مسقط في 3 مايو /العُمانية/»."""
    sentence = next((s for s in view.document.sentences if s.kind in ("dateline", "body")), None)
    code = dateline_of(view, sentence) if sentence is not None else None
    return code if principal is None or code in principal else None


def dateline_of(view: View, sentence: Sentence) -> str | None:
    """Return the country of the place with which a sentence begins that only says where it was written: «باماكو - وصلت …», "Paris: …"."""
    for index in range(sentence.first, min(sentence.first + 3, sentence.last)):
        place = view.at(index, "place.city", "place.country")
        if place is not None:
            closed = any(view.tokens[i].form in DATELINE_MARKS for i in range(place.last, min(place.last + 8, sentence.last)))
            return country_of(view, place) if closed else None
    return None


def principal_countries(view: View) -> list[str]:
    """Return the one or two countries that the page speaks of most."""
    ranked = two_most(country_votes(view))
    return [code for code, count in ranked if count >= 2 or len(ranked) == 1]


def mostly_named(view: View) -> str | None:
    """Return the country named at least half as often again as any other."""
    ranked = two_most(country_votes(view))
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return ranked[0][0]


def two_most(votes: Counter[str]) -> list[tuple[str, int]]:
    """Return the two countries with most votes: what ``most_common(2)`` gives, without its heap, which is slow for a few."""
    return sorted(votes.items(), key=itemgetter(1), reverse=True)[:2]


@keep_while_same("document", "names")
def country_votes(view: View) -> Counter[str]:
    """Count how often the page names each country, by name, nationality or city; title and lead count double."""
    votes: Counter[str] = Counter()
    seen: set[int] = set()
    lead = view.document.sentences[2].last if len(view.document.sentences) > 2 else len(view.tokens)
    for match in view.document.matches_of("place.country", "place.nationality", "place.city", "place.self"):
        code = None if match.start in seen else country_of(view, match)
        if code:
            seen.add(match.start)
            votes[code] += 2 if match.first < lead else 1
    return votes
