"""How a page speaks of each country, as named numbers: often or rarely, as one's own or as a foreign one, near a name or far. No stage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Mapping

from mithaq.annotate.sides import country_votes, home_country
from mithaq.annotate.view import View, country_of
from mithaq.lexicon.outlets import address_country, agency_country, outlet_country
from mithaq.lexicon.weighing import Scales, shares
from mithaq.model import Match, Sentence
from mithaq.model.kept import keep_while_same
from mithaq.text.tense import says_in

NOBODY = "none"  # stands for no country: an official of an international organisation, an expert
# A sign is a name and its strength; signs of several countries stand under their codes.
Signs = dict[str, float]
_PLACES = ("place.country", "place.nationality", "place.city", "place.self")
_MARKING = ("role", "body.head", "body.known", "side.team")
_SORTS = {"place.nationality": "adjective", "place.city": "town"}
_RANKS = 4
_TOWNS = 3  # more towns of a country say no more
_STEPS = (1, 3, 6, 12, 25)  # tokens
_BACK = 2  # sentences


class Portraits:
    """What the page as a whole tells of its countries: ``of[code]`` are the signs of one."""

    def __init__(self, view: View) -> None:
        document = view.document
        self._votes = country_votes(view)
        self._ranked = sorted(self._votes, key=lambda code: (-self._votes[code], code))
        self._rows, self._towns, self._first = _count_mentions(view)
        home = {
            "outlet": outlet_country(document.url, document.outlet),
            "address": address_country(document.url or document.outlet or ""),
            "agency": agency_country(document.agency),
            "home": home_country(view),
        }
        codes = sorted({*self._votes, *filter(None, home.values())})
        self.of = {code: self._signs_of(code) | {name: 1.0 for name, told in home.items() if told == code} for code in codes}

    def _signs_of(self, code: str) -> Signs:
        row, votes = self._rows[code], self._votes[code]
        many = row["all"] or 1
        rank = self._ranked.index(code) if code in self._ranked else _RANKS
        signs = {
            f"rank {min(rank, _RANKS)}": 1.0,
            "share": votes / (self._votes.total() or 1),
            "of the top": votes / self._votes[self._ranked[0]] if self._ranked else 0.0,
            "only": len(self._ranked) == 1,
            "title": row["title"] > 0,
            "titles": row["title"] > 1,
            "towns": min(len(self._towns[code]), _TOWNS) / _TOWNS,
            "adjectives": row["place.nationality"] / many,
            "marking": row["marking"] / many,
            "marked": row["marking"] > 0,
            "marked twice": row["marking"] > 1,
            "where": row["where"] / many,
            "only where": row["where"] == row["all"],
            "once": row["all"] == 1,
            "first": code == self._first,
            "self": row["place.self"] > 0,
        }
        return {name: float(value) for name, value in signs.items() if value}


def _count_mentions(view: View) -> tuple[defaultdict[str, Counter[str]], defaultdict[str, set[str]], str | None]:
    """Return how each country is mentioned, its towns that are named, and which country is named first."""
    rows: defaultdict[str, Counter[str]] = defaultdict(Counter)
    towns: defaultdict[str, set[str]] = defaultdict(set)
    seen: set[int] = set()
    for sentence in view.document.sentences:
        for match, code in _named_in(view, sentence):
            if match.start in seen:
                continue
            seen.add(match.start)
            row = rows[code]
            row["all"] += 1
            row[match.kind] += 1
            row["title"] += sentence.kind == "title"
            if match.kind == "place.nationality":
                row["marking"] += bool(view.over(match.first - 1, *_MARKING) or view.over(match.last, *_MARKING))
            else:
                row["where"] += says_in(match.prefix) or view.over(match.first - 1, "event.cue.locative") is not None
            if match.kind == "place.city" and not match.attributes.get("capital"):
                towns[code].add(match.word)
    return rows, towns, next(iter(rows), None)


@keep_while_same("document", "names")
def _named(view: View) -> dict[int, list[tuple[Match, str]]]:
    """Return a table for what sentences name, by the token with which they begin: people are looked up one after the other."""
    return {}


def _named_in(view: View, sentence: Sentence) -> list[tuple[Match, str]]:
    known = _named(view)
    found = known.get(sentence.first)
    if found is None:
        found = [(match, code) for match in view.matches(sentence, *_PLACES) if (code := country_of(view, match))]
        known[sentence.first] = found
    return found


@keep_while_same("document.matches", "document.places")
def portraits_of(view: View) -> Portraits:
    """Return what the page as a whole tells of its countries."""
    return Portraits(view)


def read_near(view: View, first: int, last: int, taken: Container[int] = ()) -> dict[str, Signs]:
    """Return per country what the words around tokens ``first:last`` tell: named before or after, how near, in which sentence.

    Names that begin at one of the *taken* tokens, those in offices of others, are passed over.
    """
    sentence = view.sentence_of(first)
    found: defaultdict[str, Signs] = defaultdict(dict)
    if sentence is None:
        return found
    here = [(m, code) for m, code in _named_in(view, sentence) if m.first not in taken and not first <= m.first < last]
    before = [(m, code, first - m.last) for m, code in reversed(here) if m.last <= first]
    after = [(m, code, m.first - last) for m, code in here if m.first >= last]
    _add_distances(found, "before", before)
    _add_distances(found, "after", after)
    codes = {code for _, code in here}
    if len(codes) == 1:
        found[codes.pop()]["only of sentence"] = 1.0
    _add_paragraph(view, sentence, found)
    return found


def _add_distances(found: defaultdict[str, Signs], way: str, row: list[tuple[Match, str, int]]) -> None:
    """Add how near each country is named on one side of a name, the nearest of *row* first."""
    seen: set[str] = set()
    for rank, (match, code, distance) in enumerate(row):
        if code in seen:
            continue
        seen.add(code)
        step = next((str(limit) for limit in _STEPS if distance <= limit), "far")
        names = [way, f"{way} {step}", f"{way} {_SORTS.get(match.kind, 'name')}", *([f"nearest {way}"] if rank == 0 else [])]
        found[code].update(dict.fromkeys(names, 1.0))


def _add_paragraph(view: View, sentence: Sentence, found: defaultdict[str, Signs]) -> None:
    """Add which countries the sentences before name, and how much of the paragraph speaks of each."""
    own = [s for s in view.document.sentences if s.paragraph == sentence.paragraph]
    told = Counter(code for s in own for _, code in _named_in(view, s))
    place = next(i for i, s in enumerate(own) if s.first == sentence.first)
    for back in range(1, min(place, _BACK) + 1):
        codes = {code for _, code in _named_in(view, own[place - back])}
        for code in codes:
            found[code][f"{back} back"] = 1.0
            found[code][f"only {back} back"] = float(len(codes) == 1)
    for code, count in told.items():
        found[code]["paragraph"] = count / told.total()


def likeliest(signs: Mapping[str, Mapping[str, float]], scales: Scales, least: float | None = None) -> tuple[str, float] | None:
    """Return the country whose signs weigh most, or ``NOBODY``, and its share of the likelihood.

    None when that is less than *least*, or, without it, than the threshold of *scales*.
    """
    likely = shares(signs, scales)
    best = max(sorted(likely), key=likely.__getitem__)
    return (best, likely[best]) if likely[best] >= (scales.threshold if least is None else least) else None
