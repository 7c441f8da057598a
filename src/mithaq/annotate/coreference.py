"""Find the words that stand for people and bodies already named: surnames, «الوزيرة», «نظيره العماني», "the agency"."""

from __future__ import annotations

from mithaq.annotate.view import View, country_codes
from mithaq.lexicon import Lexicon
from mithaq.model import Coreference, Document, Evidence, Match, Person
from mithaq.text.fold import fold_word
from mithaq.text.shapes import is_capitalised, is_definite, opens_complement

_LONGEST_FIELD = 5  # tokens of an English office before its word
_SMALL = 3  # letters: shorter words of an office («de la») tell nothing


def find_coreferences(document: Document, lexicon: Lexicon) -> tuple[Coreference, ...]:
    """Return each short form or epithet with the full name it stands for, in the order of the text.

    An office without a name («الوزيرة السنغالية», "the minister") is the last named holder of such an office whose country and
    gender do not contradict; what stays open is left out.
    """
    view = View(document)
    found = _short_names(document)
    taken = [(c.evidence.start, c.evidence.end) for c in found] + [(e.start, e.end) for p in document.people for e in p.mentions]
    for match in document.matches_of("role", "epithet"):
        span = _epithet_span(view, match)
        start, end = view.tokens[span[0]].start + (match.start - view.tokens[match.first].start), view.tokens[span[1] - 1].end
        if any(s < end and start < e for s, e in taken) or _belongs_to_name(document, start, end):
            continue
        person = _antecedent(view, match, span)
        if person:
            found.append(Coreference(evidence=Evidence.of(document.text, start, end), name=person.name, why=f"{match.kind}: {match.word}"))
            taken.append((start, end))
    return tuple(sorted(found, key=lambda c: c.evidence.start))


def _short_names(document: Document) -> list[Coreference]:
    """Return the mentions of people that are not their full name."""
    return [
        Coreference(evidence=evidence, name=person.name, why="short form of the name")
        for person in document.people
        for evidence in person.mentions
        if " ".join(evidence.quote.split()) != person.name
    ]


def _epithet_span(view: View, match: Match) -> tuple[int, int]:
    """Return the tokens of the epithet: the word itself and its nationality, which in English stands before it."""
    if view.lang == "en":
        return _english_start(view, match), match.last
    last = match.last
    if last < len(view.tokens) and view.over(last, "place.nationality"):
        last += 1
    return match.first, last


def _english_start(view: View, match: Match) -> int:
    """Return where an English office without a name begins behind its article: "the Qatari ICT minister"."""
    for first in range(match.first - 1, max(match.first - _LONGEST_FIELD, 0) - 1, -1):
        word = view.tokens[first]
        if view.over(first, "place.nationality") and first > 0 and is_definite(view.tokens[first - 1].key):
            return first
        told = is_capitalised(word.form) or view.over(first, "topic", "relevance.digital") is not None
        if word.kind != "word" or not told:
            break
    return match.first


def _belongs_to_name(document: Document, start: int, end: int) -> bool:
    """Say whether these words are the office of somebody named beside them."""
    return any(p.role_evidence and p.role_evidence.start < end and start < p.role_evidence.end for p in document.people)


def _antecedent(view: View, match: Match, span: tuple[int, int]) -> Person | None:
    """Return the person that an epithet stands for, None when nobody or more than one fits."""
    people = view.document.people
    before = [p for p in people if p.mentions[0].start < match.start]
    if not before:
        return None
    codes = country_codes(view, span[0], span[1])
    if match.kind == "role.head":
        if not view.arabic and not _is_definite_latin(view, match, span):
            return None
        if view.arabic and not (view.has_article(match.first) and _ends_here(view, span[1])):
            return None
        fitting = [p for p in before if p.role and _same_office(view, match, p) and not (codes and p.country not in codes)]
    elif match.attributes.get("refers") in ("last", "person"):
        fitting = [p for p in before if not (codes and p.country not in codes)]
    else:
        fitting = [p for p in before if codes and p.country in codes]
    return _latest(fitting, match.start)


def _is_definite_latin(view: View, match: Match, span: tuple[int, int]) -> bool:
    previous = view.tokens[span[0] - 1].key if span[0] else ""
    bare = not (match.last < len(view.tokens) and opens_complement(view.tokens[match.last].key))
    return is_definite(previous) and bare


def _ends_here(view: View, index: int) -> bool:
    """Say whether an Arabic office word stands alone, with no complement that would make it another office."""
    return index >= len(view.tokens) or view.is_mark(index) or not view.has_article(index) or bool(view.over(index, "place.nationality"))


def _same_office(view: View, match: Match, person: Person) -> bool:
    """Say whether a person's office begins with the same word: «الوزيرة» fits «وزيرة الاتصال», not «وزير الاتصال».

    What follows may not contradict: «le président de la République» is not the «président du Rwanda».
    """
    word = view.tokens[match.first]
    office = [fold_word(w) for w in (person.role or "").replace("،", " ").split()]
    if fold_word(word.form[match.start - word.start :]) not in office[:3]:
        return False
    rest = {token.key for token in view.tokens[match.first + 1 : match.last] if len(token.key) > _SMALL}
    return view.arabic or len(office) == 1 or rest <= set(office)


def _latest(people: list[Person], before: int) -> Person | None:
    """Return the person mentioned last before a place."""
    dated = [(max(e.start for e in p.mentions if e.start < before), p) for p in people if p.mentions[0].start < before]
    return max(dated, key=lambda pair: pair[0])[1] if dated else None
