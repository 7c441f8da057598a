"""For which office, body and country a person stands; no stage, used by ``people``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from operator import attrgetter

import msgspec
from msgspec.structs import replace

from mithaq.annotate.view import View, country_codes, country_of
from mithaq.lexicon.agencies import agency_country
from mithaq.model import Body, Evidence, Match, Sentence
from mithaq.model.kept import keep_while_same
from mithaq.text.shapes import is_definite

_DATELINE_MARKS = frozenset("-–—(/:")


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
    roles = [m[2] for m in mentions if m[2] is not None]
    role = max(roles, key=lambda r: min(r[1] - r[0], 12)) if roles else None
    body = _body_in(view, role)
    country, why = _stated_country(view, roles, mentions)
    settled = country is not None
    if body is not None and (body.kind == "io" or body.code):
        country, settled, why = None, True, f"acts for {body.name}"
    elif country is None and _serves_organisation(view, roles):
        settled, why = True, "posted by an international organisation"
    offices = [m for span in roles if (m := view.at(span[0], "role.head")) is not None]
    state = any(_rank(view, span) == "state" or _is_counterpart(view, span) for span in roles)
    marked = settled and state
    if not settled and body is not None and body.country is not None and _is_stated(view, body):
        country, settled, why = body.country, True, f"country of {body.name}"
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
        country, why = _country_in(view, span)
        if country:
            return country, why
    return _country_beside(view, mentions)


def _is_stated(view: View, body: Body) -> bool:
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
    return inside[0] if inside else _body_meant(view, role)


def _body_meant(view: View, role: tuple[int, int]) -> Body | None:
    """Return the organisation last named before an office of «الشركة», "the company": known by the same head word, or any firm."""
    head = next((m for i in range(*role) if (m := view.at(i, "body.head", "body.sort")) is not None), None)
    if head is None:
        return None
    definite = view.has_article(head.first) if view.arabic else head.last == role[1] and is_definite(view.tokens[head.first - 1].key)
    if not definite:
        return None
    start = view.tokens[role[0]].start
    before = [b for b in view.document.bodies if b.mentions[0].start < start]
    alike = [b for b in before if b.why.endswith(f": {head.word}")]
    if not alike and head.attributes.get("body_kind") == "company":  # a firm is most often named without the word for it
        alike = [b for b in before if b.kind == "company"]
    return max(alike, key=lambda b: max(e.start for e in b.mentions if e.start < start), default=None)


def _country_in(view: View, role: tuple[int, int]) -> tuple[str | None, str]:
    """Return the country in the words of an office. Envoys serve where «لدى», «ب», "to" says; that is not whom they stand for."""
    match = view.at(role[0], "role")
    abroad = match is not None and match.attributes.get("post") == "abroad"
    index = role[0]
    while index < role[1]:
        place = view.at(index, "place.country", "place.nationality", "place.city", "place.self")
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
    """Return the country that the words around a mention give: «نظيره العماني X», «عن الجانب المغربي X», "the Finnish team by X"."""
    for first, last, role in mentions:
        sentence = view.sentence_of(first)
        if sentence is None:
            continue
        code = _nationality_beside(view, first, last, sentence)
        if code:
            return code, "nationality beside the name"
        begin = min(first, role[0]) if role else first
        code = _signs_for(view, max(last, role[1]) if role else last, sentence) or _acts_for(view, begin, sentence)
        if code:
            return code, "signs or speaks for this side"
    return None, ""


def _nationality_beside(view: View, first: int, last: int, sentence: Sentence) -> str | None:
    after = (last,) if view.over(last, "role") else (last, last + 1)  # «… منذر الزريقات ونظيره السوري»: another's
    for index in (first - 1, first - 2, *after):
        if sentence.first <= index < sentence.last and (view.arabic or index < first):
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
    """Return the country after "for" right behind a name or office: "Ambassador Jansen signed for the Netherlands"."""
    for index in range(end, min(end + 2, sentence.last)):
        cue = view.at(index, "side.for") if not view.arabic else None
        if cue:
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
            if not -12 <= first - trip.last <= 12:
                continue
            begin = max(trip.last, last)
            for index in range(begin, min(begin + 5, sentence.last)):
                place = view.at(index, "place.country", "place.city")
                code = country_of(view, place) if place else None
                if code:
                    return code
    return None


def fill_sides(view: View, sides: list[Side]) -> list[Side]:
    """Settle the countries that only the page as a whole tells; officials of international organisations stay without country.

    Of two countries on the page a person without one gets that which the first of these tells, most telling first: whom they
    visit or meet, the words before the name, the outlet, who else is named with nationality, the host, what the page mostly speaks of.
    Members of government and others have their own order: only for the former does the press keep to marking foreigners alone.
    """
    principal = principal_countries(view)
    if len(principal) == 1:
        return [s if s.settled or _may_be_international(view, s) else _of_the_only(principal[0], s) for s in sides]
    if len(principal) < 2:
        return sides
    page = _Page(view, principal, sides)
    return [side if side.settled else _settle(page, side) for side in sides]


def _of_the_only(country: str, side: Side) -> Side:
    return replace(side, country=country, why="only country of the page")


def _may_be_international(view: View, side: Side) -> bool:
    """Say whether an office outside government and unnamed bodies may be one of the international organisation that the page names."""
    if side.body is not None or not side.offices or any(_rank(view, span) for span in side.offices):
        return False
    return any(b.kind == "io" or b.code for b in view.document.bodies)


class _Page:
    """What a page with two countries tells of the people on it, looked up once."""

    def __init__(self, view: View, principal: list[str], sides: list[Side]) -> None:
        self.view, self.principal, self.sides = view, principal, sides
        self.home = home_country(view, principal)
        # Only ministers tell: the press marks foreign ones by nationality and leaves its own unmarked.
        self.unmarked = self._other_than({s.country for s in sides if s.marked})
        self.posted = self._other_than({s.country for s in sides if s.envoy})
        visited = next((s.visited for s in sides if s.visited in principal), None)
        self.host = visited if visited not in {s.country for s in sides if s.marked} else None
        self.dominant = mostly_named(view)
        self.spoken_of = {code for code, count in _country_votes(view).most_common(4) if count > 1}

    def _other_than(self, known: set[str | None]) -> str | None:
        """Return the only one of the two countries that is not known."""
        left = [c for c in self.principal if c not in known]
        return left[0] if len(left) == 1 else None

    def in_government(self, side: Side) -> bool:
        """Say whether a person holds an office of state."""
        return any(_rank(self.view, span) == "state" for span in side.offices)

    def other(self, side: Side) -> str | None:
        """Return the country that a visitor does not go to, or a minister's own when the other side meets them in the same sentence."""
        if side.visited in self.principal:
            return next(c for c in self.principal if c != side.visited)
        met = {s.country for s in self.sides if (s.marked or s.envoy) and s.sentences & side.sentences}
        return self._other_than(met) if self.in_government(side) else None

    def named_before(self, side: Side) -> str | None:
        """Return the country last named before a person in the sentence of the first mention, the offices of others left out."""
        sentence = self.view.sentence_of(side.first)
        named = [code for match, code in self._named(side, [sentence] if sentence else []) if match.last <= side.first]
        return named[-1] if named else None

    def mostly_named(self, side: Side, paragraph: bool = False) -> str | None:
        """Return the country most named in the sentences of a person, or in the paragraph of the first mention."""
        sentences = [s for s in self.view.document.sentences if s.start in side.sentences]
        if paragraph:
            sentences = [s for s in self.view.document.sentences if sentences and s.paragraph == sentences[0].paragraph]
        ranked = Counter(code for _, code in self._named(side, sentences)).most_common(2)
        return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None

    def _named(self, side: Side, sentences: list[Sentence]) -> list[tuple[Match, str]]:
        """Return where sentences name a country that the page speaks of, except in the offices of other people."""
        taken = {i for other in self.sides if other is not side for first, last in other.offices for i in range(first, last)}
        found = [m for s in sentences for m in self.view.matches(s, "place.country", "place.nationality", "place.city", "place.self")]
        own = {i for first, last in side.offices for i in range(first, last)}
        office = {m.first for m in found if m.first not in own and self.view.over(m.first - 1, "role")}  # «السفير الكوري»
        codes = [(m, country_of(self.view, m)) for m in found if m.first not in taken | office]
        return [(match, code) for match, code in codes if code in self.spoken_of]


def _settle(page: _Page, side: Side) -> Side:
    """Give a person the country that the first telling evidence of the page names."""
    if side.head_of_state:
        seats = [c for c in page.principal if c in side.thrones]
        return replace(side, country=seats[0], why="country of this throne") if len(seats) == 1 else side
    unmarked = (page.unmarked, "the side named without nationality")
    host = (page.host, "host of the visit")
    nearby = (page.mostly_named(side), "mostly named in the sentence")
    evidence = [
        (page.other(side), "visits or meets the other side"),
        (page.named_before(side), "named before in the sentence"),
        (page.home, "country of the outlet or dateline"),
    ]
    if page.in_government(side):
        evidence += [unmarked, host, nearby, (page.mostly_named(side, paragraph=True), "mostly named in the paragraph")]
    else:
        evidence += [host, unmarked]
    evidence += [(page.posted, "the other side's envoy is named"), (page.dominant, "country that the page mostly speaks of"), nearby]
    country, why = next(((code, why) for code, why in evidence if code), (None, ""))
    return replace(side, country=country, why=why)


def home_country(view: View, principal: list[str]) -> str | None:
    """Return the country of the outlet when it is one of the two: by its address, agency or name, or the dateline of the report."""
    document = view.document
    host = (document.url or document.outlet or "").split("//")[-1].split("/")[0]
    ending = host.rsplit(".", 1)[-1].upper() if "." in host else ""
    if ending in principal:
        return ending
    of_agency = agency_country(document.agency)
    if of_agency in principal:
        return of_agency
    agencies = {m.attributes.get("country") for m in document.matches_of("outlet.agency")} & set(principal)
    return next(iter(agencies)) if len(agencies) == 1 else _dateline(view, principal)


def _dateline(view: View, principal: list[str]) -> str | None:
    """Return the country of the place with which the report begins: «Lomé (agence) –», «مسقط في 3 مايو /العُمانية/»."""
    sentence = next((s for s in view.document.sentences if s.kind in ("dateline", "body")), None)
    if sentence is None:
        return None
    for index in range(sentence.first, min(sentence.first + 3, sentence.last)):
        place = view.at(index, "place.city", "place.country")
        if place is not None:
            closed = any(view.tokens[i].form in _DATELINE_MARKS for i in range(place.last, min(place.last + 8, sentence.last)))
            code = country_of(view, place)
            return code if closed and code in principal else None
    return None


def principal_countries(view: View) -> list[str]:
    """Return the one or two countries that the page speaks of most."""
    ranked = _country_votes(view).most_common(2)
    return [code for code, count in ranked if count >= 2 or len(ranked) == 1]


def mostly_named(view: View) -> str | None:
    """Return the country named at least half as often again as any other."""
    ranked = _country_votes(view).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] < 1.5 * ranked[1][1]):
        return None
    return ranked[0][0]


@keep_while_same("document", "names")
def _country_votes(view: View) -> Counter[str]:
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
