"""Find the organisations that the article names, with their sort and country."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from msgspec.structs import replace

from mithaq.annotate.bodies_arabic import find_arabic_spans
from mithaq.annotate.bodies_latin import find_latin_spans
from mithaq.annotate.sides import home_country, mostly_named, principal_countries
from mithaq.annotate.view import View, country_codes, country_of
from mithaq.lexicon import Lexicon
from mithaq.model import Body, Document, Evidence
from mithaq.model.vocabulary import BODY_KINDS, BodyKind
from mithaq.text.clitics import TO_THE
from mithaq.text.fold import fold_text
from mithaq.text.tense import says_in
from mithaq.text.tokens import places_of

_SEAT = 3  # tokens after a name among which the country begins where it sits: «في جمهورية تشاد»
_TOLD = 9  # tokens of an apposition that tells what an organisation is


class BodySpan(NamedTuple):
    """Where an organisation is named: tokens ``first:last``, its name, sort, country and code as far as the name tells.

    ``shared``: several countries have a body of this name.
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    kind: BodyKind
    country: str | None
    code: str | None
    why: str
    shared: bool = False


def find_bodies(document: Document, lexicon: Lexicon) -> tuple[Body, ...]:
    """Return the organisations named in title and body, each with all its mentions.

    Governments and states are no bodies; a head word alone («الوكالة», «the agency») is no name; "minister of X" is a role.
    """
    view = View(document)
    spans = _outermost(_known_spans(view) + _headed_spans(view))
    press = {(m.first, m.last) for m in document.matches_of("outlet.agency")}
    spans = [s for s in spans if not any(first <= s.first < last for first, last in press)]  # «سبأ» also ends other bodies' names
    spans = [s for s in spans if (sentence := view.sentence_of(s.first)) and s.last <= sentence.last]
    return _with_countries(view, _gather(view, _with_bare_names(view, _with_acronyms(view, spans))))


def _known_spans(view: View) -> list[BodySpan]:
    """Return the organisations that stand in a gazetteer under exactly this name."""
    spans = []
    for match in view.document.matches_of("body.known"):
        end = match.end
        name = match.word if match.prefix.endswith(TO_THE) else view.text[match.start : end]
        given = match.attributes
        shared = "ambiguous" in given
        # «وزارة الاتصالات» is Iraq's and Lebanon's: what stands beside the name decides.
        country = _country_of(view, match.first, match.last) if shared else given.get("country")
        spans.append(
            BodySpan(
                match.first, match.last, match.start, end, name, _kind(given.get("body_kind")), country, given.get("code"),
                f"gazetteer: {match.word}", shared,
            )
        )  # fmt: skip
    return spans


def _headed_spans(view: View) -> list[BodySpan]:
    """Return the names that begin with (or, in English, contain) a head word such as "ministry" or "agency"."""
    found = find_arabic_spans(view) if view.arabic else find_latin_spans(view)
    spans = []
    for span in found:
        country = _country_of(view, span.first, span.last)
        spans.append(
            BodySpan(span.first, span.last, span.start, span.end, span.name, _kind(span.kind), country, None, f"head word: {span.head}")
        )
    return spans


def _country_of(view: View, first: int, last: int) -> str | None:
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


def _with_countries(view: View, bodies: tuple[Body, ...]) -> tuple[Body, ...]:
    """Give bodies without a stated country the one that the first of these tells, most telling first.

    For public bodies: the only country of their sentence, the outlet or dateline, what the page mostly speaks of, the side whose
    bodies are named without nationality. Companies and others are named so more often than ministries, so there it comes first.
    """
    principal = principal_countries(view)
    explicit = Counter(b.country for b in bodies if b.country in principal)
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


def _kind(value: str | None) -> BodyKind:
    return value if value in BODY_KINDS else "other"


def _outermost(spans: list[BodySpan]) -> list[BodySpan]:
    """Drop spans inside longer ones; of equal spans the gazetteer's wins, and it also cuts what a head word overran.

    A name that several states' bodies share does neither: «وزارة الاتصالات» also begins longer names of other ministries.
    """
    kept: list[BodySpan] = []
    for span in sorted(spans, key=lambda s: (s.first, -s.last, s.shared and s.kind == "public_body", s.why.startswith("head"))):
        clash = next((k for k in kept if span.first < k.last and k.first < span.last), None)
        if clash is None:
            kept.append(span)
        elif clash.why.startswith("head") and span.why.startswith("gaz") and span.first == clash.first and not span.shared:
            kept[kept.index(clash)] = span
    return kept


def _with_acronyms(view: View, spans: list[BodySpan]) -> list[BodySpan]:
    """Add the places where an acronym given in brackets after a name stands alone: "the agency (ODA) … ODA will send experts"."""
    bracketed = {acronym: span for span in reversed(spans) if (acronym := _acronym_after(view, span.last))}
    if not bracketed:
        return spans
    found = []
    for index in places_of(bracketed, view.tokens):
        token = view.tokens[index]
        span = bracketed[token.form]
        if view.sentence_of(index) is None or index == span.last + 1:
            continue
        if any(s.first <= index < s.last for s in spans if s.name != token.form):
            continue
        found.append(span._replace(first=index, last=index + 1, start=token.start, end=token.end, name=token.form))
    taken = {s.first for s in found}
    return sorted([s for s in spans if s.first not in taken] + found)


def _with_bare_names(view: View, spans: list[BodySpan]) -> list[BodySpan]:
    """Add the places where a company's name stands without the word for its sort: «شركة أورا كلاود … وفد من أورا كلاود»."""
    bare: dict[str, tuple[tuple[str, ...], BodySpan]] = {}
    for span in spans:
        words = tuple(token.form for token in view.tokens[span.first + 1 : span.last])
        if span.kind == "company" and span.why.startswith("head") and _stands_alone(view, span):
            bare.setdefault(words[0], (words, span))
    taken = {i for span in spans for i in range(span.first, span.last)}
    found = []
    for index in places_of(bare, view.tokens):
        words, span = bare[view.tokens[index].form]
        last = index + len(words)
        repeated = tuple(token.form for token in view.tokens[index:last]) == words and taken.isdisjoint(range(index, last))
        if repeated and (sentence := view.sentence_of(index)) and last <= sentence.last:
            start, end = view.tokens[index].start, view.tokens[last - 1].end
            found.append(span._replace(first=index, last=last, start=start, end=end))
    return sorted(spans + found)


def _stands_alone(view: View, span: BodySpan) -> bool:
    """Say whether a name behind its head means one organisation without it too: two or three words, not all everyday, or a rare one."""
    first, words = span.first + 1, span.last - span.first - 1
    if not view.over(span.first, "body.head") or view.over(first, "body.head", "role", "place.nationality"):
        return False
    known = view.is_common(first) or view.is_given(first) or view.over(first, "place") is not None
    everyday = all(view.is_common(i) for i in range(first, span.last))
    return not known if words == 1 else 1 < words < 4 and not everyday


def _gather(view: View, spans: list[BodySpan]) -> tuple[Body, ...]:
    """Join the spans of one organisation: same words, an acronym in brackets, or the same gazetteer entry."""
    groups: list[list[BodySpan]] = []
    keys: dict[str, int] = {}
    acronyms = {span: _acronym_after(view, span.last) for span in spans}
    for span in sorted(spans, key=lambda s: (acronyms[s] is None, s.first)):  # names that explain their acronym first
        key, acronym = fold_text(span.name), acronyms[span]
        aliases = [key] + ([span.why] if span.why.startswith("gaz") else []) + ([f"code {span.code}"] if span.code else [])
        index = next((keys[a] for a in aliases if a in keys), None)
        if index is None and span.why.startswith("gaz") is False:
            index = _same_but_shorter(key, keys)
        if index is None:
            index = len(groups)
            groups.append([])
        groups[index].append(span)
        for alias in [*aliases, *([fold_text(acronym)] if acronym else [])]:
            keys.setdefault(alias, index)
    groups = [sorted(group, key=lambda s: s.first) for group in groups]
    return tuple(_to_body(view.document, group) for group in sorted(groups, key=lambda g: g[0].first))


def _same_but_shorter(key: str, keys: dict[str, int]) -> int | None:
    """Return the group whose name this one only shortens («الوكالة المغربية للاستثمار» after its full form)."""
    words = key.split()
    if len(words) < 3:
        return None
    for known, index in keys.items():
        if known.startswith(key + " ") or (key.startswith(known + " ") and len(known.split()) > 2):
            return index
    return None


_ACRONYM = re.compile(r"^[A-Z][A-Za-z&.\-]{1,11}$")


def _acronym_after(view: View, index: int) -> str | None:
    """Return the acronym in brackets right after a name, as in "Agence de développement du digital (ADD)"."""
    if not view.is_opening(index):
        return None
    closing = view.closing_after(index, index + 4)
    if closing is None or closing == index + 1:
        return None
    inside = view.slice(index + 1, closing)
    return inside if _ACRONYM.match(inside) else None


def _to_body(document: Document, group: list[BodySpan]) -> Body:
    known = group[0].why.startswith("gaz")
    full = next((s for s in group if s.why == group[0].why and not _ACRONYM.match(s.name)), group[0])
    best = full if known else max(group, key=lambda s: len(s.name))
    names = tuple(dict.fromkeys(s.name for s in group))
    return Body(
        name=best.name,
        names=names,
        kind=best.kind,
        country=next((s.country for s in group if s.country), None),
        code=next((s.code for s in group if s.code), None),
        mentions=tuple(Evidence.of(document.text, s.start, s.end) for s in group),
        why=best.why,
    )
