"""Read knowledge files as a patient colleague would: say, file and line, which word is wrong and how to put it right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path

from babel import Locale

from mithaq.errors import KnowledgeError
from mithaq.lexicon.check_sources import check_sources
from mithaq.lexicon.collide import find_collisions
from mithaq.lexicon.entry import Entry
from mithaq.lexicon.match import Lexicon, load_lexicon
from mithaq.lexicon.problem import Problem
from mithaq.lexicon.vocabulary import read_terms, read_vocabulary
from mithaq.model import Match
from mithaq.text.characters import ARABIC_LETTERS, INVISIBLE
from mithaq.text.tokens import split_tokens

# After a letter that stands alone the stretching line is how it is written: the sign of the Hijri year, «ل» before a bracket.
_STRETCHED = re.compile(f"ـ(?=[{ARABIC_LETTERS}ـ])|(?<=[{ARABIC_LETTERS}][{ARABIC_LETTERS}])ـ")
_LETTERS = (
    ("ی", "that is the Persian letter, write ي"),
    ("ک", "that is the Persian letter, write ك"),
    ("ہ", "that is the Urdu letter, write ه"),
    ("ھ", "that is the Urdu letter, write ه"),
    ("ە", "that is the Kurdish letter, write ه"),
    ("\ufffd", "a letter was lost when the file was saved; type the word again"),
)
_DRAWN = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]")
_HIDDEN = re.compile(f"[{INVISIBLE}]")
_SPACES = re.compile(r"^\s|\s$|\s\s")

# Attributes whose words come from a closed list, whatever the kind of the entry.
_VOCABULARIES = {
    "body_kind": "body_kinds",
    "implies": "statement_kinds",
    "of": "event_types",
    "stage": "stages",
    "topic": "topics",
    "topics": "topics",
    "type": "event_types",
}


def check_knowledge(root: Traversable | Path, entries: Iterable[Entry]) -> list[Problem]:
    """Return what is wrong with *entries* and with the vocabularies below *root*, in file order; empty when all is well.

    *entries* are those of ``read_entries(root)``; codes may come from them or from the packaged knowledge. Every example is read by the
    matcher that reads pages, with all of *entries* at hand; files of sources are checked, too.
    """
    checked = tuple(entries)
    lexicon = Lexicon(checked)
    codes = _known_codes(checked)
    problems = [problem for entry in checked for problem in _check_entry(entry, lexicon, codes)]
    problems.extend(_check_missing_examples(checked))
    problems.extend(Problem(e.path, e.line, form, complaint) for e, form, complaint in find_collisions(checked))
    problems.extend(_check_vocabularies(root))
    problems.extend(check_sources(root))
    return sorted(problems)


def _check_entry(entry: Entry, lexicon: Lexicon, codes: dict[str, frozenset[str]]) -> Iterator[Problem]:
    for form in entry.forms:
        for complaint in _check_letters(form):
            yield _problem(entry, form, complaint)
    typed = sorted({form for form in entry.forms if entry.forms.count(form) > 1})
    for form in typed:
        yield _problem(entry, form, "stands twice in this entry; delete one")
    yield from _check_example(entry, lexicon)
    for attribute, value in entry.attributes.items():
        for code in _unknown_codes(entry, attribute, value, codes):
            yield _problem(entry, entry.word, f"'{attribute}: {code}' is not known; {_advice(entry, attribute)}")


def _check_letters(form: str) -> Iterator[str]:
    if _STRETCHED.search(form):
        yield "write it without the stretching line"
    for letter, complaint in _LETTERS:
        if letter in form:
            yield complaint
    if _DRAWN.search(form):
        yield "it was pasted as drawn letter shapes; type it with plain letters"
    if _HIDDEN.search(form):
        yield "an invisible character hides in it; delete the word and type it again"
    if _SPACES.search(form):
        yield "it has a space too many"
    if not any(token.kind != "mark" for token in split_tokens(form)) and len(form) > 1:
        yield "there is no word in it"


def _check_example(entry: Entry, lexicon: Lexicon) -> Iterator[Problem]:
    if entry.example:
        found = _find(entry.example, entry, lexicon)
        if not any(match.attributes is entry.attributes for match in found):
            instead = [match.word for match in found if match.kind == entry.kind and match.word != entry.word]
            because = f"; there {instead[0]!r} is found instead" if instead else ""
            yield _problem(entry, entry.word, f"does not stand in its own example {entry.example!r}{because}; add the form under 'also:'")
    if entry.counterexample and any(m.attributes is entry.attributes for m in _find(entry.counterexample, entry, lexicon)):
        yield _problem(entry, entry.word, f"is found in {entry.counterexample!r}, although 'not:' says it must not be")


def _find(text: str, entry: Entry, lexicon: Lexicon) -> tuple[Match, ...]:
    return lexicon.find(split_tokens(text), entry.lang, text)


def _check_missing_examples(entries: Sequence[Entry]) -> Iterator[Problem]:
    """An adjective of a gazetteer rests on the example of its name; every other entry needs one of its own."""
    proven = {(e.path, e.line, e.lang) for e in entries if e.example}
    for entry in entries:
        if not entry.example and (entry.path, entry.line, entry.lang) not in proven:
            yield _problem(entry, entry.word, "has no example; add 'example:' with a short sentence that contains it")


def _known_codes(entries: Sequence[Entry]) -> dict[str, frozenset[str]]:
    known = (*load_lexicon().entries, *entries)
    return {
        "country": frozenset(e.attributes["code"] for e in known if e.kind == "place.country" and "code" in e.attributes),
        "city": frozenset(e.attributes["id"] for e in known if e.kind == "place.city" and "id" in e.attributes),
        "organisation": frozenset(read_vocabulary("organisations")),
        "currency": frozenset(Locale("en").currencies),
        "territory": frozenset({*Locale("en").territories, "XK"}),
    }


def _unknown_codes(entry: Entry, attribute: str, value: str, codes: dict[str, frozenset[str]]) -> list[str]:
    allowed = _allowed(entry, attribute, codes)
    return [] if allowed is None else [code for code in value.split() if code not in allowed]


def _allowed(entry: Entry, attribute: str, codes: dict[str, frozenset[str]]) -> frozenset[str] | None:
    """Return the codes that an attribute may take, None when any text will do."""
    if attribute in _VOCABULARIES:
        return frozenset(read_vocabulary(_VOCABULARIES[attribute]))
    if attribute == "country":
        return codes["country"]
    if attribute == "capital" and entry.kind in ("place.country", "place.nationality"):
        return codes["city"]
    if attribute in ("code", "or"):
        return _allowed_code(entry, attribute, codes)
    return None


def _allowed_code(entry: Entry, attribute: str, codes: dict[str, frozenset[str]]) -> frozenset[str] | None:
    if entry.kind.startswith("money."):
        return codes["currency"]
    if entry.kind == "body.known":
        return codes["organisation"]
    if entry.kind == "place.country":
        return codes["territory"]
    return codes["country"] if attribute == "or" and entry.kind.startswith("place.") else None


def _advice(entry: Entry, attribute: str) -> str:
    if attribute in _VOCABULARIES:
        name = _VOCABULARIES[attribute]
        return f"vocabularies/{name}.yml has {', '.join(read_vocabulary(name))}"
    if attribute == "capital":
        return "use the 'id:' of a city in gazetteers/cities.yml"
    if entry.kind == "body.known" and attribute == "code":
        return "add it to vocabularies/organisations.yml or use a code from there"
    if entry.kind.startswith("money."):
        return "use a code of three letters from ISO 4217"
    return "use a code of two letters that stands in gazetteers/countries.yml"


def _check_vocabularies(root: Traversable | Path) -> Iterator[Problem]:
    folder = root / "vocabularies"
    if not folder.is_dir():
        return
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yml"):
            try:
                read_terms(file)
            except KnowledgeError as error:
                yield Problem(str(file), _line_in(str(error), str(file)), file.name, str(error).split(": ", 1)[-1])


def _line_in(message: str, path: str) -> int:
    match = re.match(re.escape(path) + r":(\d+)", message)
    return int(match.group(1)) if match else 1


def _problem(entry: Entry, word: str, message: str) -> Problem:
    return Problem(entry.path, entry.line, word, message)
