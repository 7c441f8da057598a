"""Find the organisations that the article names, with their sort and country."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from mithaq.annotate.bodies_arabic import SITE, find_arabic_spans
from mithaq.annotate.bodies_bare import find_bare_spans
from mithaq.annotate.bodies_latin import find_latin_spans
from mithaq.annotate.body_countries import place_bodies, stated_country, with_countries
from mithaq.annotate.body_homes import Homes
from mithaq.annotate.view import View
from mithaq.lexicon import Lexicon
from mithaq.lexicon.wordlist import is_common_arabic
from mithaq.model import Body, Document, Evidence, Match
from mithaq.model.vocabulary import BODY_KINDS, BodyKind
from mithaq.text.clitics import TO_THE
from mithaq.text.fold import fold_text
from mithaq.text.tokens import places_of

_SHORT, _LONG = 2, 8  # words of a name that may be short for another, letters of one that may be misprinted
_LETTERS = re.compile("-(?:acronym|latin)$")  # the gazetteers keep acronyms and Latin forms apart, because they match letter by letter


class BodySpan(NamedTuple):
    """Where an organisation is named: tokens ``first:last``, its name, sort, country and code as far as the name tells.

    ``shared``: several countries have a body of this name. ``known``: which entry of the gazetteer it is, its acronym being the same one.
    ``site``: a place rather than an organisation.
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
    known: str | None = None
    site: bool = False


def find_bodies(document: Document, lexicon: Lexicon) -> tuple[Body, ...]:
    """Return the organisations named in title and body, each with all its mentions.

    Governments and states are no bodies; a head word alone («الوكالة», «the agency») is no name; "minister of X" is a role.
    """
    view = View(document)
    spans = _outermost(view, _known_spans(view) + _headed_spans(view))
    press = {(m.first, m.last) for m in document.matches_of("outlet.agency")}
    spans = [s for s in spans if not any(first <= s.first < last for first, last in press)]  # «سبأ» also ends other bodies' names
    spans = [s for s in spans if (sentence := view.sentence_of(s.first)) and s.last <= sentence.last]
    sites = [s for s in spans if s.site]
    named = _gather(view, _with_bare_names(view, _with_acronyms(view, [s for s in spans if not s.site])))
    return with_countries(view, named, [s.country for s in sites if s.country])


def _known_spans(view: View) -> list[BodySpan]:
    """Return the organisations that stand in a gazetteer under exactly this name."""
    spans: list[BodySpan] = []
    homes = Homes(view)
    for match in view.document.matches_of("body.known"):
        if match.attributes.get("body_kind") == "company" and _is_no_firm(view, match):
            continue
        end = match.end
        name = match.word if match.prefix.endswith(TO_THE) else view.text[match.start : end]
        given = match.attributes
        sort = _sort_before(view, match) if given.get("body_kind") == "company" else None
        # «أمازون» is a forest, too, but one firm
        shared = given.get("body_kind") != "company" and ("ambiguous" in given or homes.doubt(match))
        # «وزارة الاتصالات» is Iraq's and Lebanon's: what stands beside the name decides.
        country = homes.only_one(match) or stated_country(view, match.first, match.last) if shared else given.get("country")
        span = BodySpan(
            match.first, match.last, match.start, end, name, _kind(given.get("body_kind")), country, given.get("code"),
            f"gazetteer: {match.word}", shared, None if shared else _LETTERS.sub("", given.get("id", "")),
        )  # fmt: skip
        if sort is not None:
            span = span._replace(first=sort.first, start=sort.start, name=view.text[sort.start : end])
        spans.append(_with_branch(view, span))
        if len(spans) > 1 and _are_one_name(view, *spans[-2:]):
            before = spans[-2]
            spans[-2:] = [before._replace(last=span.last, end=end, name=view.text[before.start : end], known=None)]
    return spans


def _are_one_name(view: View, left: BodySpan, right: BodySpan) -> bool:
    """Say whether two known firms stand side by side as one: "G42 Presight"."""
    both = left.kind == right.kind == "company" and not view.arabic
    return both and left.last == right.first and view.text[left.end : right.start] == " "


def _is_no_firm(view: View, known: Match) -> bool:
    """Say whether a firm's name is where something was published («على موقع فيسبوك») or somebody's surname: «يوجين كاسبرسكي»."""
    channel = view.over(known.first, "body.not")
    if channel is not None and channel.last >= known.last:
        return True
    before = known.first - 1
    person = known.last - known.first == 1 and not known.prefix and view.is_given(before) and not view.over(before, "place", "body")
    return person and (view.arabic or view.tokens[before].form[:1].isupper())


def _sort_before(view: View, known: Match) -> Match | None:
    """Return the «شركة» or «مجموعة» right before the name of a company that is known: without quotation marks it belongs to the name."""
    head = view.at(known.first - 1, "body.head") if view.arabic and not known.prefix else None
    company = head is not None and head.last == known.first and head.attributes.get("body_kind") == "company"
    return head if head is not None and company and not view.has_article(head.first) else None


def _with_branch(view: View, span: BodySpan) -> BodySpan:
    """Take in the country in which a company known everywhere has one of its own: "Huawei Canada", «هواوي الجزائر»."""
    place = view.at(span.last, "place.country", "place.region") if span.kind == "company" else None
    if place is None or place.prefix or view.at(span.last, "place.nationality") or view.text[span.end : place.start] != " ":
        return span
    apart = view.text[place.start].islower() or view.at(place.last, "body.head") is not None
    if apart or (view.arabic and not _is_alone(view, place.last)):
        return span
    name, code = view.text[span.start : place.end], place.attributes.get("code")
    country = code if code and len(code) == 2 else span.country
    return span._replace(last=place.last, end=place.end, name=name, country=country, known=None, why=f"{span.why} of {place.word}")


def _is_alone(view: View, index: int) -> bool:
    """Say whether nothing that may be a country's own follows: «هواوي الجزائر،»."""
    return view.is_mark(index) or not view.has_article(index)


def _headed_spans(view: View) -> list[BodySpan]:
    """Return the names that begin with (or, in English, contain) a head word such as "ministry" or "agency"."""
    found = find_arabic_spans(view) + find_bare_spans(view) if view.arabic else find_latin_spans(view)
    spans = []
    for span in found:
        country = stated_country(view, span.first, span.last)
        why, kind, site = f"head word: {span.head}", _kind(span.kind), span.kind == SITE
        if kind == "company" and view.any_at(span.first, span.last, "body.public") and view.any_at(span.first, span.last, "body.head"):
            kind = "public_body"
        spans.append(BodySpan(span.first, span.last, span.start, span.end, span.name, kind, country, None, why, site=site))
    return spans


def _kind(value: str | None) -> BodyKind:
    return value if value in BODY_KINDS else "other"


def _outermost(view: View, spans: list[BodySpan]) -> list[BodySpan]:
    """Drop spans inside longer ones; of equal spans the gazetteer's wins, and it also cuts what a head word overran.

    A name that several states' bodies share does neither: «وزارة الاتصالات» also begins longer names of other ministries.
    """
    kept: list[BodySpan] = []
    for span in sorted(spans, key=lambda s: (s.first, -s.last, s.shared and s.kind == "public_body", s.why.startswith("head"))):
        clash = next((k for k in kept if span.first < k.last and k.first < span.last), None)
        if clash is None:
            kept.append(span)
        elif clash.why.startswith("head") and span.why.startswith("gaz") and _overran(view, span, clash):
            kept[kept.index(clash)] = span
    return kept


def _overran(view: View, known: BodySpan, headed: BodySpan) -> bool:
    """Say whether a head word ran past a known name; "Lagoon Bureau of Affairs" of "Lagoon" has a head word of its own behind it."""
    if known.first != headed.first or known.shared:
        return False
    if not view.arabic:
        return not any(view.at(i, "body.head") for i in range(known.last, headed.last))
    # «شركة هواوي للاتصالات السلكية», but «شركة هواوي للمساهمة في …»
    served = known.last < headed.last and view.tokens[known.last].form.startswith(TO_THE) and known.kind == "company"
    return not (served and view.over(known.last, "topic", "relevance.digital", "body.generic"))


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
        first = span.first + bool(view.at(span.first, "body.head"))
        words = tuple(token.form for token in view.tokens[first : span.last])
        sorted_so = view.lang == "en" or any(view.at(i, "body.head") for i in (span.first, span.first - 1))  # «société Kelvar»
        if sorted_so and span.kind == "company" and span.why.startswith("head") and _stands_alone(view, first, span.last):
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


def _stands_alone(view: View, first: int, last: int) -> bool:
    """Say whether the words of a company's name mean it without its sort too: two or three, not all everyday, or a rare one."""
    if view.over(first, "body.head", "role", "place.nationality"):
        return False
    known = view.is_common(first) or view.is_given(first) or view.over(first, "place") is not None
    everyday = all(view.is_common(i) for i in range(first, last))
    return not known if last - first == 1 else 1 < last - first < 4 and not everyday


def _gather(view: View, spans: list[BodySpan]) -> tuple[Body, ...]:
    """Join the spans of one organisation: same words, an acronym in brackets, or the same gazetteer entry."""
    groups: list[list[BodySpan]] = []
    keys: dict[str, int] = {}
    acronyms = {span: _acronym_after(view, span.last) or _other_name_after(view, span.last, spans) for span in spans}
    bare = {span for span in spans if view.arabic and not view.at(span.first, "body.head", "body.known")}
    # names that explain their acronym first, names that begin with no head word last
    for span in sorted(spans, key=lambda s: (acronyms[s] is None, s in bare, s.first)):
        key, acronym = fold_text(span.name), acronyms[span]
        aliases = [key] + ([span.why] if span.why.startswith("gaz") else []) + ([f"entry {span.known}"] if span.known else [])
        index = next((keys[a] for a in aliases if a in keys), None)
        if index is None and span.why.startswith("gaz") is False:
            index = _same_but_shorter(key, keys)
        if index is None and span in bare:
            index = _without_sort(key, keys)
        if index is None:
            index = len(groups)
            groups.append([])
        groups[index].append(span)
        for alias in [*aliases, *([fold_text(acronym)] if acronym else [])]:
            keys.setdefault(alias, index)
    groups = _without_short_forms(view, [sorted(group, key=lambda s: s.first) for group in groups])
    return tuple(_to_body(view, group) for group in sorted(groups, key=lambda g: g[0].first))


def _without_short_forms(view: View, groups: list[list[BodySpan]]) -> list[list[BodySpan]]:
    """Join a name of two words to the only longer one on the page that goes on from it: «هيئة الاتصالات» of «هيئة الاتصالات والفضاء».

    Misprints of a long name are the same one, too. What two countries have of one name stays apart.
    """
    kept = list(groups)
    for group in groups:
        longer = [g for g in kept if g is not group and (_shortens(view, group, g) or _misprints(group, g))]
        if len(longer) == 1 and _may_be_one(group, longer[0]):
            kept = [g for g in kept if g is not group]
            kept[kept.index(longer[0])] = sorted(longer[0] + group, key=lambda s: s.first)
    return kept


def _shortens(view: View, group: list[BodySpan], other: list[BodySpan]) -> bool:
    """Say whether a name of a head word and one more word is how another name begins."""
    if not view.arabic or group[0].kind != other[0].kind or not view.at(group[0].first, "body.head"):
        return False
    keys = {fold_text(span.name) for span in group}
    short = next(iter(keys)) if len(keys) == 1 else ""
    return len(short.split()) == _SHORT and any(fold_text(s.name).startswith(f"{short} ") for s in other)


def _misprints(group: list[BodySpan], other: list[BodySpan]) -> bool:
    """Say whether a long name, given once, differs from another given before by letters that changed places."""
    name, known = fold_text(group[0].name), fold_text(other[0].name)
    once = len(group) == 1 and other[0].first < group[0].first and len(name) >= _LONG and len(name) == len(known)
    return once and DamerauLevenshtein.distance(name, known) == 1


def _may_be_one(group: list[BodySpan], other: list[BodySpan]) -> bool:
    """Say whether the country said of a name is that of the longer one, and not both are known as two."""
    countries, known = {s.country for s in group if s.country}, {s.known for s in (*group, *other) if s.known}
    return countries <= {s.country for s in other} and len(known) < _SHORT


def _same_but_shorter(key: str, keys: dict[str, int]) -> int | None:
    """Return the group whose name this one only shortens («الوكالة المغربية للاستثمار» after its full form)."""
    words = key.split()
    if len(words) == 2 and not is_common_arabic(words[1]) and not words[1].isascii():
        return next((index for known, index in keys.items() if known.startswith(key + " ")), None)  # «مركز أسبار» of a longer name
    if len(words) < 3:
        return None
    for known, index in keys.items():
        if known.startswith(key + " ") or (key.startswith(known + " ") and len(known.split()) > 2):
            return index
    return None


def _without_sort(key: str, keys: dict[str, int]) -> int | None:
    """Return the group whose name begins with these words behind the word for its sort («شركة زاجل للاتصالات», then «زاجل»)."""
    for known, index in keys.items():
        if (known.partition(" ")[2] + " ").startswith(key + " "):
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


def _other_name_after(view: View, index: int, spans: list[BodySpan]) -> str | None:
    """Return the name that stands alone in brackets or quotes right after another: the same organisation («مايكروسوفت» (Microsoft))."""
    while view.closes(index) or (view.arabic and view.over(index, "place.nationality")):
        index += 1
    if not view.is_opening(index):
        return None
    return next((s.name for s in spans if s.first == index + 1 and view.closes(s.last)), None)


def _to_body(view: View, group: list[BodySpan]) -> Body:
    document = view.document
    known = group[0].why.startswith("gaz")
    full = [s for s in group if s.why.startswith("gaz") and not _ACRONYM.match(s.name)]
    best = max(full, key=lambda s: len(s.name), default=group[0]) if known else max(group, key=lambda s: len(s.name))
    if view.arabic and best.kind == "company":
        best = _first_named(view, group, best)
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


def _first_named(view: View, group: list[BodySpan], best: BodySpan) -> BodySpan:
    """Return where a company's own name first stands below the headline: with «شركة» there that is its name, in marks or bare it is not."""
    own = _without_head(view, best)
    bearing = [span for span in group if _without_head(view, span) == own]
    told = (s for s in bearing if (sentence := view.sentence_of(s.first)) and sentence.kind != "title")
    return next(told, bearing[0] if bearing else best)


def _without_head(view: View, span: BodySpan) -> str:
    head = view.at(span.first, "body.head")
    sorted_so = head is not None and head.last < span.last and not view.has_article(head.first)
    return fold_text(view.text[view.tokens[head.last].start : span.end] if head is not None and sorted_so else span.name)


__all__ = ["BodySpan", "find_bodies", "place_bodies"]
