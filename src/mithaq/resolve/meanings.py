"""What the words of a name of a body, programme or office mean, whatever its language: ministry, economy, digital."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from mithaq.lexicon import load_lexicon
from mithaq.lexicon.cache import made_once
from mithaq.lexicon.load import find_files, packaged_knowledge, read_yaml
from mithaq.model.kept import keep_words
from mithaq.model.vocabulary import LANGUAGES
from mithaq.text.characters import has_arabic
from mithaq.text.fold import clitic_keys
from mithaq.text.likeness import comparable, comparable_words

HEAD, LOOSE, FIELD, PROPER = "head", "loose", "", "proper"
_COUNTRY = "@"  # before the code of a country, among the meanings
_COUNTRY_KINDS = ("place.country", "place.nationality")
_LONGEST = 12  # words of a name that are looked at


class Unit(NamedTuple):
    """One meaning of a name: its code, or the word itself where it is a ``sort`` of its own ("proper"); and whether translators vary."""

    code: str
    sort: str
    fluid: bool = False


_Meant = tuple[tuple[str, ...], tuple[Unit, ...]]  # the words of a form, and what they mean


class Meaning(NamedTuple):
    """What a name means: its units in order, the countries that it names, and its words as they are compared letter by letter."""

    units: tuple[Unit, ...]
    countries: frozenset[str]
    words: tuple[str, ...]


class _Node:
    """A place in the trie of words: what may follow, and what ends here."""

    __slots__ = ("ending", "following")

    def __init__(self) -> None:
        self.following: dict[str, _Node] = {}
        self.ending: tuple[Unit, ...] = ()


@keep_words
def read_meaning(name: str) -> Meaning:
    """Return what the words of a name mean, the longest of several readings first.

    >>> [unit.code for unit in read_meaning("ministère de l'Économie numérique").units]
    ['ministry', 'economy', 'digital']
    """
    words = comparable(name)[:_LONGEST]
    units = [unit for found in _read(words, _words()) for unit in found]
    countries = frozenset(unit.code[1:] for unit in units if unit.code.startswith(_COUNTRY))
    return Meaning(tuple(unit for unit in units if not unit.code.startswith(_COUNTRY)), countries, words)


def subjects_of(text: str) -> frozenset[str]:
    """Return the codes of what the words of a sentence mean, in whatever language; countries and words without a code are
    left out.

    Asked are the words of names and those of matters (``vocabularies/subject_words.yml``).

    >>> sorted(subjects_of("un câble à fibre optique"))
    ['cable', 'fibre']
    """
    found = (unit for units in _read(comparable_words(text), _subject_words()) for unit in units)
    return frozenset(unit.code for unit in found if unit.sort != PROPER and not unit.code.startswith(_COUNTRY)) - _silent()


def _read(words: tuple[str, ...], known: _Node) -> Iterator[tuple[Unit, ...]]:
    """Yield what words mean in turn, the longest known ones first; a word that is not known means itself."""
    at = 0
    while at < len(words):
        found, length = _longest(words, at, known)
        yield found or (Unit(words[at], PROPER),)
        at += length


def _longest(words: tuple[str, ...], at: int, known: _Node) -> tuple[tuple[Unit, ...], int]:
    """Return what the longest known words from a place on mean, and how many they are."""
    best: tuple[tuple[Unit, ...], int] = ((), 1)
    nodes = [known]
    for number, word in enumerate(words[at:], start=1):
        nodes = [node.following[form] for node in nodes for form in _forms(word) if form in node.following]
        if not nodes:
            break
        best = next(((node.ending, number) for node in nodes if node.ending), best)
    return best


@keep_words
def _forms(word: str) -> tuple[str, ...]:
    """Return the forms under which a word may be known: without glued small words, without the s of a plural."""
    if has_arabic(word):
        return tuple(dict.fromkeys((word, *clitic_keys(word), *comparable(word))))
    return (word, word[:-1]) if word.endswith("s") and len(word) > 3 else (word,)


@cache
def _words() -> _Node:
    """Return all known words as a trie; countries give way to words that mean something else in a name («المالية»)."""
    return _grow(_kept("name_words", _read_words))


@cache
def _subject_words() -> _Node:
    """Return the words that tell what a matter is about, and those of names, as a trie."""
    return _grow([*_kept("subject_words", _read_subject_words), *_kept("name_words", _read_words)])


@cache
def _silent() -> frozenset[str]:
    """Return the codes of words of names that tell nothing of a matter."""
    return frozenset(read_yaml(packaged_knowledge() / "vocabularies" / "subject_words.yml")["silent"])


def _grow(known: Iterable[_Meant]) -> _Node:
    root = _Node()
    for words, meant in known:
        _add(root, words, meant)
    return root


def _kept(name: str, read: Callable[[], list[_Meant]]) -> list[_Meant]:
    knowledge = packaged_knowledge()
    files = [file for _, file in find_files(knowledge) if isinstance(file, Path)]
    listed = knowledge / "vocabularies" / f"{name}.yml"
    return made_once(f"{name}-{knowledge}", [*files, listed], list[_Meant], read) if isinstance(listed, Path) else read()


def _read_subject_words() -> list[_Meant]:
    terms = read_yaml(packaged_knowledge() / "vocabularies" / "subject_words.yml")["terms"]
    return [(comparable(form), (Unit(term["code"], FIELD),)) for term in terms for form in forms_of_term(term)]


def _read_words() -> list[_Meant]:
    """Return the words of all forms with a meaning, those of names before those of countries."""
    terms = read_yaml(packaged_knowledge() / "vocabularies" / "name_words.yml")["terms"]
    units = {term["code"]: Unit(term["code"], term.get("sort", FIELD), term.get("fluid") == "yes") for term in terms}
    known = [
        (comparable(form), tuple(units[code] for code in (term["parts"].split() if "parts" in term else (term["code"],))))
        for term in terms
        for form in forms_of_term(term)
    ]
    return known + [(comparable(form), (Unit(_COUNTRY + country, LOOSE),)) for form, country in _country_forms()]


def forms_of_term(term: Mapping[str, Any]) -> Iterator[str]:
    """Yield all forms of a term of a vocabulary of words, in all languages."""
    for lang in LANGUAGES:
        yield from (term[lang]["label"], *term[lang].get("also", ()))


def _country_forms() -> Iterator[tuple[str, str]]:
    for kind in _COUNTRY_KINDS:
        for entry in load_lexicon().of_kind(kind):
            if entry.attributes.get("code"):
                yield from ((form, entry.attributes["code"]) for form in entry.forms)


def _add(root: _Node, words: tuple[str, ...], meant: tuple[Unit, ...]) -> None:
    node = root
    for word in words:
        node = node.following.setdefault(word, _Node())
    if node is not root and not node.ending:
        node.ending = meant
