"""Give people the country that only the page as a whole tells; no stage, used by ``people``."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import NamedTuple

from msgspec.structs import replace

from mithaq.annotate.counterparts import settle_counterparts, settle_respective
from mithaq.annotate.country_signs import NOBODY, Signs, likeliest
from mithaq.annotate.side_signs import read_side_signs, with_name
from mithaq.annotate.sides import (
    DATELINE_MARKS,
    Side,
    country_votes,
    dateline_of,
    home_country,
    is_counterpart,
    is_posted,
    mostly_named,
    posts_of,
    principal_countries,
    rank_of,
    speaks_for_self,
    two_most,
)
from mithaq.annotate.view import View, country_codes, country_of
from mithaq.lexicon.name_regions import load_regions, weigh_name
from mithaq.lexicon.outlets import outlet_country
from mithaq.lexicon.weighing import load_scales, weightiest
from mithaq.model import Body, Match, Sentence
from mithaq.text.tense import says_in

_SEVERAL = 2  # foreign governments
_DIGEST = 3  # countries from which the paragraphs of a page report
_LIST = 16  # tokens behind "with" among which those met are listed
_MANY = 3  # countries that make a list
_SUBJECT = 3  # tokens of a sentence among which its subject begins
_UNKNOWN = 0.95  # how likely a side must be where rules name none: unknown stays unknown
_BOTH = 2  # countries between which a page lies


class Told(NamedTuple):
    """What the words beside names and rules tell of the people of a page, in one order: their sides, and these settled by rules."""

    view: View
    page: _Page
    sides: list[Side]
    ruled: list[Side]


def read_told(view: View, sides: list[Side]) -> Told:
    """Return what rules tell of people whose country the words beside the name do not say."""
    sides = settle_counterparts(view, settle_respective(view, sides))
    page = _Page(view, _with_own(view, principal_countries(view), sides), sides)
    ruled = [_unlike_counterpart(view, sides, side) for side in rule_sides(view, sides, page)]
    return Told(view, page, sides, ruled)


def place_sides(told: Told, names: list[str]) -> dict[int, Side]:
    """Return the likeliest side of people of these *names*, by their place, where it is likely enough to stand over what rules say.

    What rules say, which country each kind of evidence names, how the page speaks of each country and where such names are borne are
    weighed together (``knowledge/models/sides.json``). Whom rules take to be of a known outlet's country is so: a paper's own are unmarked.
    """
    scales, regions = load_scales("sides"), load_regions()
    own = outlet_country(told.view.document.url, told.view.document.outlet)
    placed = {}
    for index, signs in find_open(told):
        ruled = told.ruled[index]
        if own is not None and ruled.country == own:
            continue
        weighed = with_name(signs, regions.fits(weigh_name(names[index]), signs))
        best = likeliest(weighed, scales, None if ruled.country else _UNKNOWN)
        if best is not None:
            why = f"likeliest side ({best[1]:.2f}: {weightiest(weighed[best[0]], scales)})"
            placed[index] = replace(ruled, country=None if best[0] == NOBODY else best[0], why=why)
    return placed


def find_open(told: Told) -> list[tuple[int, dict[str, Signs]]]:
    """Return those whose country the words beside the name do not say, by their place, with the signs of each country."""
    view, page, sides, ruled = told
    found = []
    for index in (i for i, side in enumerate(sides) if not side.settled):
        side, met = sides[index], _countries_met(view, sides, sides[index])
        signs = read_side_signs(view, sides, side, ruled[index], _evidence_of(page, side))
        found.append((index, {code: own for code, own in signs.items() if code not in met}))
    return found


def _unlike_counterpart(view: View, sides: list[Side], side: Side) -> Side:
    """Return a side without the country that a counterpart in the same sentence is of."""
    taken = not side.settled and side.country is not None and side.country in _countries_met(view, sides, side)
    return replace(side, country=None) if taken else side


def _countries_met(view: View, sides: list[Side], side: Side) -> set[str | None]:
    """Return the countries of those whom somebody meets in one sentence, none of which is that person's own.

    Those of counterparts named after, and of a list behind "with": "held meetings with ministers from Peru, Chile and Cuba".
    """
    behind = (s for s in sides if s.settled and s.first > side.first and s.sentences & side.sentences)
    met = {s.country for s in behind if any(is_counterpart(view, span) for span in s.offices)}
    for sentence in (s for s in view.document.sentences if s.start in side.sentences):
        for cue in view.matches(sentence, "event.cue.with"):
            named = range(max(side.first, sentence.first), cue.first)
            if not cue.attributes.get("both") and any(i in view.names for i in named):
                listed = country_codes(view, cue.last, min(cue.last + _LIST, sentence.last))
                met.update(listed if len(listed) >= _MANY else ())
    return met


def rule_sides(view: View, sides: list[Side], page: _Page) -> list[Side]:
    """Settle the countries that only the page as a whole tells by rules alone; officials of international organisations stay without.

    Of two countries on the page a person without one gets that which the first of these tells, most telling first: whom they
    visit or meet, the words before the name, the outlet, who else is named with nationality, the host, what the page mostly speaks of.
    Members of government and others have their own order: only for the former does the press keep to marking foreigners alone.
    """
    principal = page.principal
    if len(principal) == 1:
        return [s if s.settled or _may_be_international(view, s) else _of_the_only(principal[0], s) for s in sides]
    settle = _settle if len(principal) == _BOTH else _settle_alone
    return [side if side.settled else settle(page, side) for side in sides]


def _with_own(view: View, principal: list[str], sides: list[Side]) -> list[str]:
    """Return the two countries of the page, the second one being that of a minister who leads the page unmarked.

    Who meets several foreign ministers is named without nationality, and the own country only in passing.
    """
    of_outlet = outlet_country(view.document.url, view.document.outlet)
    if of_outlet and of_outlet not in principal and _firm_votes(view)[of_outlet] >= _SEVERAL:
        return [*principal[:1], of_outlet]
    foreign = {s.country for s in sides if s.marked}
    if len(foreign) < _SEVERAL or not _opens_unmarked(view, sides):
        return principal
    votes = _firm_votes(view)
    votes.update(str(s.country) for s in sides if s.settled and s.country)
    own = [code for code, _ in votes.most_common() if code not in foreign]
    met = [code for code in principal if code in foreign]
    return [*met[:1], own[0]] if own and met else principal


def _opens_unmarked(view: View, sides: list[Side]) -> bool:
    """Say whether the first member of government on the page is named without a country."""
    ministers = [s for s in sides if any(rank_of(view, span) == "state" for span in s.offices)]
    return bool(ministers) and not min(ministers, key=lambda s: s.first).settled


def _firm_votes(view: View) -> Counter[str]:
    """Count how often the page names each country otherwise than as the place where something happens or the report was written."""
    votes: Counter[str] = Counter()
    for sentence in view.document.sentences:
        for match in view.matches(sentence, "place.country", "place.nationality", "place.city", "place.self"):
            code = country_of(view, match)
            if code and match.first > sentence.first and not any(_is_where(view, match.first, back) for back in range(3)):
                votes[code] += 1
    return votes


def _is_where(view: View, first: int, back: int) -> bool:
    match = view.over(first, "place")
    if match is not None and back == 0 and says_in(match.prefix):
        return True
    return not view.is_mark(first - 1 - back) and view.over(first - 1 - back, "event.cue.locative") is not None


def _of_the_only(country: str, side: Side) -> Side:
    return replace(side, country=country, why="only country of the page")


def _may_be_international(view: View, side: Side) -> bool:
    """Say whether an office outside government and unnamed bodies may be one of the international organisation that the page names."""
    if side.body is not None or not side.offices or any(rank_of(view, span) for span in side.offices):
        return False
    return any(b.kind == "io" or b.code for b in view.document.bodies)


def _is_known(body: Body) -> bool:
    """Say whether an organisation's country stands in a gazetteer, rather than taken from the page."""
    return body.why.startswith("gazetteer")


class _Page:
    """What a page with two countries tells of the people on it, looked up once."""

    def __init__(self, view: View, principal: list[str], sides: list[Side]) -> None:
        self.view, self.principal, self.sides = view, principal, sides
        self.home = home_country(view, principal or None)
        # A paper's own ministers are unmarked; who else is on its pages without nationality may be anybody's.
        of_outlet = outlet_country(view.document.url, view.document.outlet)
        home = of_outlet if of_outlet in principal else self.home
        # A page that opens with an unmarked minister and marks those of the place where it was written comes from the other side.
        abroad = home in {s.country for s in sides if s.marked} and _opens_unmarked(view, sides)
        self.own = None if abroad else home
        # Only ministers tell: the press marks foreign ones by nationality and leaves its own unmarked.
        self.unmarked = self._other_than({s.country for s in sides if s.marked})
        self.posted = self._other_than({s.country for s in sides if s.envoy})
        visited = next((s.visited for s in sides if s.visited in principal), None)
        self.host = visited if visited not in {s.country for s in sides if s.marked} else None
        self.dominant = mostly_named(view)
        self.title = self._titled_countries()
        self.spoken_of = {code for code, count in country_votes(view).most_common(4) if count > 1}

    def _other_than(self, known: set[str | None]) -> str | None:
        """Return the only one of the two countries that is not known."""
        left = [c for c in self.principal if c not in known]
        return left[0] if len(left) == 1 else None

    def in_government(self, side: Side) -> bool:
        """Say whether a person holds an office of state."""
        return any(rank_of(self.view, span) == "state" for span in side.offices)

    def of_body(self, side: Side) -> str | None:
        """Return the country of the organisation that somebody acts for, as far as the page tells it."""
        body = next((b for b in self.view.document.bodies if b.name == side.body), None) if side.body else None
        return body.country if body is not None else None

    def other(self, side: Side) -> str | None:
        """Return the country that a visitor does not go to, or a minister's own when the other side meets them in the same sentence."""
        if side.visited in self.principal:
            return next(c for c in self.principal if c != side.visited)
        met = {s.country for s in self.sides if (s.marked or s.envoy) and s.sentences & side.sentences}
        return self._other_than(met) if self.in_government(side) else None

    def titled(self, side: Side) -> str | None:
        """Return the country that the title names in the place at which the body names this member of government, first or second."""
        ministers = sorted(s.first for s in self.sides if self.in_government(s) and not self._is_in_title(s.first))
        if len(self.title) != len(self.principal) or side.first not in ministers[: len(self.title)]:
            return None
        return self.title[ministers.index(side.first)]

    def is_headline(self, side: Side) -> bool:
        """Say whether the title names somebody without any office, as papers do with those whom all their readers know."""
        return not side.offices and self._is_in_title(side.first)

    def _is_in_title(self, token: int) -> bool:
        sentence = self.view.sentence_of(token)
        return sentence is not None and sentence.kind == "title"

    def _titled_countries(self) -> list[str]:
        """Return the countries that the title names, when they are the two that the page is about."""
        title = next((s for s in self.view.document.sentences if s.kind == "title"), None)
        codes = country_codes(self.view, title.first, title.last) if title else []
        return codes if sorted(codes) == sorted(self.principal) else []

    @property
    def weightiest(self) -> str | None:
        """Return the country named most often, the home of organisations counted too; None when two are named as often."""
        votes = country_votes(self.view) + Counter(b.country for b in self.view.document.bodies if b.country and _is_known(b))
        ranked = two_most(votes)
        return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None

    def dateline(self, side: Side) -> str | None:
        """Return the country of the place with which the paragraph of a person begins, on a digest of news from several places."""
        places = self._datelines
        sentence = self.view.sentence_of(side.first)
        return places.get(sentence.paragraph) if sentence is not None and len(set(places.values())) >= _DIGEST else None

    @cached_property
    def _datelines(self) -> dict[int, str]:
        """The countries of the places with which paragraphs begin, by paragraph."""
        firsts: dict[int, Sentence] = {}
        for sentence in self.view.document.sentences:
            if sentence.kind != "title":
                firsts.setdefault(sentence.paragraph, sentence)
        told = {paragraph: dateline_of(self.view, sentence) for paragraph, sentence in firsts.items()}
        return {paragraph: code for paragraph, code in told.items() if code}

    def topic_before(self, side: Side) -> str | None:
        """Return the only country of the sentence before, when that of a person names none: "Mauritius was softer. Minister X …"."""
        sentence = self.view.sentence_of(side.first)
        if sentence is None or country_codes(self.view, sentence.first, side.first):
            return None
        before = next((s for s in self.view.document.sentences if s.last == sentence.first and s.paragraph == sentence.paragraph), None)
        codes = country_codes(self.view, before.first, before.last) if before is not None else []
        opens = before is not None and self.view.any_at(before.first, before.first + _SUBJECT, "place.country")
        return codes[0] if len(codes) == 1 and opens else None

    def named_before(self, side: Side, everywhere: bool = False) -> str | None:
        """Return the country last named before a person in the sentence of the first mention, the offices of others left out."""
        sentence = self.view.sentence_of(side.first)
        named = [
            code
            for match, code in self._named(side, [sentence] if sentence else [], everywhere)
            if match.last <= side.first and not self._opens_dateline(match, sentence)
        ]
        return named[-1] if named else None

    def _opens_dateline(self, match: Match, sentence: Sentence | None) -> bool:
        """Say whether a place only says where the report was written: «الرياض – اجتمع …», "Lomé (agence) – …"."""
        following = self.view.tokens[match.last].form if match.last < len(self.view.tokens) else ""
        return sentence is not None and match.first == sentence.first and match.kind == "place.city" and following in DATELINE_MARKS

    def mostly_named(self, side: Side, paragraph: bool = False, everywhere: bool = False) -> str | None:
        """Return the country most named in the sentences of a person, or in the paragraph of the first mention."""
        sentences = [s for s in self.view.document.sentences if s.start in side.sentences]
        if paragraph:
            sentences = [s for s in self.view.document.sentences if sentences and s.paragraph == sentences[0].paragraph]
        ranked = two_most(Counter([code for _, code in self._named(side, sentences, everywhere)]))
        return ranked[0][0] if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]) else None

    def _named(self, side: Side, sentences: list[Sentence], everywhere: bool = False) -> list[tuple[Match, str]]:
        """Return where sentences name a country that the page speaks of, or any, except in the offices of other people."""
        posted = is_posted(self.view, side.offices)  # an envoy's office names where it is served
        others = [other for other in self.sides if other is not side or posted]
        taken = {i for other in others for first, last in other.offices for i in range(first, last)}
        found = [m for s in sentences for m in self.view.matches(s, "place.country", "place.nationality", "place.city", "place.self")]
        own = {i for first, last in side.offices for i in range(first, last)}
        office = {m.first for m in found if m.first not in own and self.view.over(m.first - 1, "role")}  # «السفير الكوري»
        codes = [(m, country_of(self.view, m)) for m in found if m.first not in taken | office]
        return [(match, code) for match, code in codes if code and (everywhere or code in self.spoken_of)]


def _settle_alone(page: _Page, side: Side) -> Side:
    """Give a person the country that stands nearest on a page that speaks of no two countries: a digest, a page on one's own affairs."""
    if speaks_for_self(page.view, side.offices) and not page.of_body(side):
        return side
    if _may_be_international(page.view, side):
        return side
    evidence = (
        (page.dateline(side), "place with which the paragraph begins"),
        (page.of_body(side), "country of the body"),
        (page.named_before(side, everywhere=True), "named before in the sentence"),
        (page.topic_before(side), "the sentence before speaks of it"),
        (page.mostly_named(side, paragraph=True, everywhere=True), "mostly named in the paragraph"),
        (page.weightiest, "country that the page mostly speaks of"),
    )
    country, why = next(((code, why) for code, why in evidence if code), (None, ""))
    return replace(side, country=country, why=why)


def _settle(page: _Page, side: Side) -> Side:
    """Give a person the country that the first telling evidence of the page names."""
    if side.head_of_state and side.thrones:
        seats = [c for c in page.principal if c in side.thrones]
        return replace(side, country=seats[0], why="country of this throne") if len(seats) == 1 else side
    if speaks_for_self(page.view, side.offices):
        country = page.of_body(side)
        return replace(side, country=country, why="country of the body" if country else "an expert who speaks for nobody")
    served = posts_of(page.view, side.offices)
    unmarked = (page.unmarked, "the side named without nationality")
    host = (page.host, "host of the visit")
    nearby = (page.mostly_named(side), "mostly named in the sentence")
    evidence = [
        (page.dateline(side), "place with which the paragraph begins"),
        (page.of_body(side), "country of the body"),
        (page.other(side), "visits or meets the other side"),
        (page.named_before(side), "named before in the sentence"),
        (page.topic_before(side), "the sentence before speaks of it"),
        (page.own if page.in_government(side) or page.is_headline(side) else page.home, "country of the outlet or dateline"),
    ]
    if page.in_government(side):
        titled = (page.titled(side), "in the order of the title")
        evidence += [unmarked, host, titled, nearby, (page.mostly_named(side, paragraph=True), "mostly named in the paragraph")]
    else:
        evidence += [host]
    evidence += [
        (page.posted, "the other side's envoy is named"),
        (page.dominant, "country that the page mostly speaks of"),
        unmarked,
        nearby,
    ]
    if served & set(page.principal):
        evidence += [(code, "serves with the other side") for code in page.principal]
    country, why = next(((code, why) for code, why in evidence if code and code not in served), (None, ""))
    return replace(side, country=country, why=why)


def _evidence_of(page: _Page, side: Side) -> dict[str, str | None]:
    """Return what each kind of evidence tells of somebody's country."""
    throne = [c for c in page.principal if c in side.thrones]
    only = page.principal[0] if len(page.principal) == 1 else None
    return {
        "only": only,
        "throne": throne[0] if len(throne) == 1 else None,
        "dateline": page.dateline(side),
        "body": page.of_body(side),
        "other": page.other(side) if len(page.principal) == _BOTH else None,
        "named before": page.named_before(side),
        "named before, any": page.named_before(side, everywhere=True),
        "topic before": page.topic_before(side),
        "own": page.own,
        "headline": page.own if page.is_headline(side) else None,
        "home": page.home,
        "unmarked": page.unmarked,
        "host": page.host,
        "titled": page.titled(side) if len(page.principal) == _BOTH else None,
        "sentence": page.mostly_named(side),
        "paragraph": page.mostly_named(side, paragraph=True),
        "paragraph, any": page.mostly_named(side, paragraph=True, everywhere=True),
        "posted": page.posted,
        "dominant": page.dominant,
        "weightiest": page.weightiest,
    }

