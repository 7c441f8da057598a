"""Find the people that the article names, with the office they hold, the body they act for and the country they stand for."""

from __future__ import annotations

from itertools import compress
from operator import not_
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein

from mithaq.annotate.country_signs import Signs
from mithaq.annotate.page_sides import Told, find_open, place_sides, read_told
from mithaq.annotate.people_arabic import ArabicNames, NameSpan
from mithaq.annotate.people_latin import find_latin_names
from mithaq.annotate.sides import Side, find_side
from mithaq.annotate.view import View
from mithaq.lexicon import Lexicon
from mithaq.model import Document, Evidence, Person
from mithaq.model.kept import keep_while_same
from mithaq.text.clitics import is_filiation
from mithaq.text.fold import clitic_keys, fold_word, read_clitics
from mithaq.text.tokens import different_forms, places_of

_SHORTEST_SURNAME = 3


class _Mention(NamedTuple):
    start: int
    end: int
    first: int
    last: int
    words: tuple[str, ...]
    role: tuple[int, int] | None
    why: str


def find_people(document: Document, lexicon: Lexicon) -> tuple[Person, ...]:
    """Return the people named in title and body, each with all mentions, surnames alone and misprints included.

    The name is the fullest form in the text, without titles and glued clitics. Names only in furniture are not found:
    sentences cover supporting segments only.
    """
    told, clusters = _read_told(document)
    people = [_person(told.view, cluster, side) for cluster, side in zip(clusters, told.ruled, strict=True)]
    return tuple(sorted(people, key=lambda p: p.mentions[0].start))


def place_people(document: Document) -> tuple[Person, ...]:
    """Return the people of a page, those whose country only the page as a whole tells given the likeliest one.

    Events and pairs go before: they are told by what the words and rules say of people.
    """
    told, clusters = _read_told(document)
    placed = place_sides(told, [_text(told.view, cluster[0]) for cluster in clusters])
    found = {_start_of(clusters[i]): _person(told.view, clusters[i], side) for i, side in placed.items()}
    return tuple(found.get(person.mentions[0].start, person) for person in document.people)


def find_candidates(document: Document) -> list[tuple[str, dict[str, Signs]]]:
    """Return the names of those whose country the words beside them do not say, with the signs of each country, the name's own left out."""
    told, clusters = _read_told(document)
    return [(_text(told.view, clusters[i][0]), signs) for i, signs in find_open(told)]


@keep_while_same("text", "tokens", "sentences", "matches", "places", "bodies")
def _read_told(document: Document) -> tuple[Told, list[list[_Mention]]]:
    """Return the mentions of each person, and what words and rules tell of them; the view knows them as names from then on."""
    view = View(document)
    spans = _stay_inside(view, ArabicNames(view).find() if view.arabic else find_latin_names(view))
    mentions = [_mention(view, span) for span in spans]
    clusters = _cluster(mentions)
    _add_surnames(view, clusters)
    view.names = {i for cluster in clusters for m in cluster for i in range(m.first, m.last)}
    return read_told(view, [_side(view, cluster) for cluster in clusters]), clusters


def _start_of(cluster: list[_Mention]) -> int:
    return min(mention.start for mention in cluster)


def _stay_inside(view: View, spans: list[NameSpan]) -> list[NameSpan]:
    """Cut names and offices where their paragraph ends: a line break may fall inside a name, furniture and empty lines may not."""
    kept = []
    for span in spans:
        last = _end_inside(view, span.first, span.last)
        role = (span.role[0], _end_inside(view, *span.role)) if span.role else None
        if last > span.first:
            kept.append(span._replace(last=last, role=role if role and role[1] > role[0] else None))
    return kept


def _end_inside(view: View, first: int, last: int) -> int:
    within = view.sentence_of(first) if first < last else None
    if within is not None and last <= within.last and view.text.count("\n", view.tokens[first].start, view.tokens[last - 1].end) <= 1:
        return last
    for index in range(first, last):
        between = view.text[view.tokens[index - 1].end : view.tokens[index].start] if index > first else ""
        if view.sentence_of(index) is None or between.count("\n") > 1:
            return index
    return last


def _mention(view: View, span: NameSpan) -> _Mention:
    start = view.tokens[span.first].start + span.offset
    end = view.tokens[span.last - 1].end
    words = tuple(t.key for t in view.tokens[span.first : span.last] if t.kind == "word")
    if span.offset:
        words = (fold_word(view.tokens[span.first].form[span.offset :]), *words[1:])
    return _Mention(start, end, span.first, span.last, words, span.role, span.why)


def _cluster(mentions: list[_Mention]) -> list[list[_Mention]]:
    """Join the mentions of one person: fuller forms first, then what repeats, shortens or misspells them."""
    clusters: list[list[_Mention]] = []
    for mention in sorted(mentions, key=lambda m: (-len(m.words), m.start)):
        fitting = [c for c in clusters if _same_person(c[0].words, mention.words)]
        if len(fitting) == 1 or (fitting and len(mention.words) > 1):
            fitting[0].append(mention)
        elif not fitting:
            clusters.append([mention])
    return clusters


def _same_person(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Say whether *short* repeats, shortens or misspells *full* («ماسالا», «يليان ماسالا» for «ليليان ماسالا»)."""
    if len(short) == 1:
        return short[0] in full
    if set(short) <= set(full):
        return not _is_father(full, short)
    if len(full) == len(short):
        pairs = list(zip(full, short, strict=True))
        unequal = [(a, b) for a, b in pairs if a != b]
        return len(unequal) == 1 and DamerauLevenshtein.distance(*unequal[0]) <= 1 + (len(unequal[0][0]) > 6)
    return False


def _is_father(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Say whether a name with a father's name is that of the other's father: «سلمان بن عبد العزيز» beside «محمد بن سلمان بن عبد العزيز»."""
    inside = next((i for i in range(1, len(full)) if full[i : i + len(short)] == short), None)
    return inside is not None and is_filiation(full[inside - 1]) and any(map(is_filiation, short))


def _add_surnames(view: View, clusters: list[list[_Mention]]) -> None:
    """Add the places where a surname stands alone, when only one person on the page bears it."""
    owners: dict[str, list[list[_Mention]]] = {}
    for cluster in clusters:
        if len(cluster[0].words) > 1:
            for word in set(cluster[0].words[-2:] if len(cluster[0].words) > 2 else cluster[0].words[-1:]):
                owners.setdefault(word, []).append(cluster)
    if not owners:
        return
    taken = {i for c in clusters for m in c for i in range(m.first, m.last)}
    forms = different_forms(view.tokens)
    bearing = set(compress(forms, map(not_, map(frozenset(owners).isdisjoint, map(clitic_keys, forms)))))
    for index in places_of(bearing, view.tokens):
        token = view.tokens[index]
        if index in taken or token.kind != "word" or len(token.key) < _SHORTEST_SURNAME or view.sentence_of(index) is None:
            continue
        found = _surname(view, index, owners)
        if found:
            found[0].append(found[1])


def _surname(view: View, index: int, owners: dict[str, list[list[_Mention]]]) -> tuple[list[_Mention], _Mention] | None:
    token = view.tokens[index]
    if not view.arabic and not token.form[:1].isupper():
        return None
    for reading in read_clitics(token.form):
        clusters = owners.get(reading.key)
        if clusters and len(clusters) == 1 and not view.is_common(index) and _is_free(view, index, reading.key, clusters[0][0].words):
            first = index - 1 if _goes_before(view, index - 1, clusters[0][0].words) else index
            start = view.tokens[first].start if first < index else token.start + reading.offset
            mention = _Mention(start, token.end, first, index + 1, (reading.key,), None, "surname alone")
            return clusters[0], mention
    return None


def _is_free(view: View, index: int, key: str, name: tuple[str, ...]) -> bool:
    """Say whether a word that is a surname elsewhere is one here.

    It is no place or organisation, no title before another's name, and a surname such as «السوداني» describes no word before it
    («أكد السوداني», but «الوزير السوداني»).
    """
    if view.over(index, "honorific") and key != name[-1]:
        return False
    if not view.over(index, "place", "body.known"):
        return True
    other = view.over(index, "place.country", "place.city", "place.region", "body.known")
    if not view.arabic or other or key != name[-1] or not view.has_article(index) or view.is_mark(index - 1):
        return False
    return not view.has_article(index - 1) and not view.over(index - 1, "role", "body.head", "body.known", "place")


def _goes_before(view: View, index: int, name: tuple[str, ...]) -> bool:
    """Say whether the word before a surname is part of it («ولد بده», "Al Busaidi") or misprints the first name («يليان» for «ليليان»)."""
    token = view.tokens[index]
    if index < 0 or token.kind != "word" or _end_inside(view, index, index + 2) < index + 2:
        return False
    if token.key in name[:-1] and view.over(index, "name.particle"):
        return view.arabic or token.form[:1].isupper()
    if view.is_common(index):
        return False
    return any(len(word) > 3 and DamerauLevenshtein.distance(token.key, word) <= 1 + (len(word) > 6) for word in name[:-1])


def _side(view: View, cluster: list[_Mention]) -> Side:
    ordered = sorted(cluster, key=lambda m: m.start)
    return find_side(view, [(m.first, m.last, m.role) for m in ordered])


def _person(view: View, cluster: list[_Mention], side: Side) -> Person:
    best = cluster[0]
    ordered = sorted(cluster, key=lambda m: m.start)
    names = tuple(dict.fromkeys([_text(view, best), *(_text(view, m) for m in ordered)]))
    return Person(
        name=names[0],
        names=names,
        mentions=tuple(Evidence.of(view.text, m.start, m.end) for m in ordered),
        role=side.role.quote if side.role else None,
        role_evidence=side.role,
        body=side.body,
        country=side.country,
        country_basis=("stated" if side.settled else "inferred") if side.country else None,
        why="; ".join(filter(None, (best.why, side.why))),
    )


def _text(view: View, mention: _Mention) -> str:
    """Return a name as printed, broken lines and doubled spaces in it made one space."""
    return " ".join(view.text[mention.start : mention.end].split())
