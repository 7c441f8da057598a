"""Find all entries in a page at once: a trie over word keys that knows clitics and where words end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import chain, groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import NamedTuple

import msgspec

from mithaq.lexicon.cache import made_once, read_entries_quickly
from mithaq.lexicon.entry import Entry
from mithaq.lexicon.load import find_files, packaged_knowledge
from mithaq.model import Match, Token
from mithaq.model.kept import collector_aside, keep_words
from mithaq.text.fold import Reading, fold_letters, fold_reading, read_clitics
from mithaq.text.tokens import forms_of, forms_of_page, keys_of, words_of

_CONDITIONS = {"article", "case", "clitics"}
_KIND = attrgetter("kind")
_BEGINS = itemgetter(1)  # of a place and what begins there: for most words nothing


class _Part(msgspec.Struct, frozen=True, gc=False):
    """What a match says of an entry."""

    kind: str
    word: str
    attributes: dict[str, str]


class _Node(msgspec.Struct, eq=False, gc=False):
    """A place in the trie: the words that may follow, and the entries that end here by kind, in the order of the files.

    ``parts`` holds what a match says of each of these entries.

    ``asks`` holds (entry, form) for all of them in that order as soon as one asks for article, case or clitics, else nothing.

    A trie has tens of thousands of nodes and parts, and no node leads back: ``gc=False`` keeps the collector of cycles, which now and
    then walks through all that it knows, from walking through them.
    """

    following: dict[str, _Node]
    parts: tuple[_Part, ...] = ()
    asks: Sequence[tuple[Entry, str]] = ()


class _Way(NamedTuple):
    """A reading of a word with which entries begin: the node, and what :meth:`Lexicon.find` asks of both for nearly every word."""

    offset: int
    prefix: str
    following: dict[str, _Node]
    asks: bool
    parts: tuple[_Part, ...]
    reading: Reading
    node: _Node


# Shared by all nodes that are still without: most have few words after them or none. Never written to.
_NOWHERE: dict[str, _Node] = {}


class _Trie:
    """The entries of one language by their words."""

    def __init__(self, entries: Iterable[Entry], keys: Mapping[str, Sequence[str]]) -> None:
        """*keys* holds the word keys of forms that were cut before; other forms are cut now."""
        self.root = _Node(_NOWHERE)
        crowded: dict[_Node, list[tuple[Entry, str]]] = {}
        single: dict[_Node, tuple[Entry, str]] = {}
        for entry in entries:
            parts = (_part_of(entry),)
            asks = not _CONDITIONS.isdisjoint(entry.attributes)
            for form in entry.forms:
                node = self._grow(keys.get(form) or keys_of(form))
                if node is self.root:
                    continue
                if node not in single:
                    single[node] = (entry, form)
                    node.parts = parts
                    node.asks = (single[node],) if asks else ()
                else:
                    crowded.setdefault(node, [single[node]]).append((entry, form))
        for node, pairs in crowded.items():
            node.parts = tuple(_by_kind(pairs))
            node.asks = pairs if any(not _CONDITIONS.isdisjoint(entry.attributes) for entry, _ in pairs) else ()
        # Words come again and again, so where an entry may begin with them is kept.
        self.begin = keep_words(self._begin)

    def _grow(self, keys: Sequence[str]) -> _Node:
        node = self.root
        for key in keys:
            following = node.following.get(key)
            if following is None:
                if node.following is _NOWHERE:
                    node.following = {}
                following = node.following[key] = _Node(_NOWHERE)
            node = following
        return node

    def _begin(self, form: str) -> tuple[_Way, ...]:
        """Return the readings of a word with which an entry begins, and where: for most words none."""
        nodes = self.root.following
        known = [(reading, nodes[reading.key]) for reading in read_clitics(form) if reading.key in nodes]
        return tuple([_Way(r.offset, r.prefix, n.following, bool(n.asks), n.parts, r, n) for r, n in known]) if known else ()


class Lexicon:
    """All entries of all languages, ready to be found in tokens. Immutable once built."""

    def __init__(self, entries: Iterable[Entry], keys_of_forms: Callable[[str], Mapping[str, Sequence[str]]] | None = None) -> None:
        """*keys_of_forms* gives, for a language, the word keys of forms that were cut before (see :func:`keys_of`)."""
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._keys_of = keys_of_forms or _no_keys
        self._tries: dict[str, _Trie] = {}  # each grown at the first question in its language

    def _trie(self, lang: str) -> _Trie:
        known = self._tries.get(lang)
        if known is None:
            with collector_aside():
                known = self._tries[lang] = _Trie((entry for entry in self.entries if entry.lang == lang), self._keys_of(lang))
        return known

    def of_kind(self, kind: str, lang: str | None = None) -> tuple[Entry, ...]:
        """Return the entries of a kind (and of its sub-kinds), in file order."""
        return tuple(e for e in self.entries if (e.kind == kind or e.kind.startswith(kind + ".")) and (lang is None or e.lang == lang))

    def find(
        self, tokens: Sequence[Token], lang: str, text: str, first: int = 0, last: int | None = None, *, inside: bool = False
    ) -> tuple[Match, ...]:
        """Return all matches that begin in tokens ``first:last``: at each word the longest of every kind, sorted by place.

        With *inside* those that end behind ``last`` are left out; what they hide stays hidden.

        A reading without clitics hides readings with clitics at the same word: «وعد» is a promise, not "and he counted".
        Entries with ``article: exact`` match only with the article as written, with ``case: exact`` only letter by letter, with
        ``clitics: none`` only where no small word is glued before them («ليون», not «بليون»).
        """
        begin = self._trie(lang).begin
        found: list[Match] = []
        limit = len(tokens)
        end = last if inside and last is not None else limit
        forms = forms_of_page(tokens)[first:last] if isinstance(tokens, tuple) else forms_of(tokens[first:last])
        for at, ways in filter(_BEGINS, enumerate(map(begin, forms), first)):
            after = at + 1
            for offset, prefix, following, asks, parts, reading, node in ways:
                if asks or (following and after < limit and tokens[after].key in following):
                    walked = _walk(tokens, at, node, reading, text)
                    if walked:
                        found += walked if end == limit else [match for match in walked if match.last <= end]
                        break
                elif parts:  # a word from which no phrase goes on, as most are
                    token = tokens[at]
                    start, stop = token.start + offset, token.end
                    found += [Match(part.kind, part.word, at, after, start, stop, prefix, part.attributes) for part in parts]
                    break
        return tuple(found)


def _walk(tokens: Sequence[Token], first: int, node: _Node, reading: Reading, text: str) -> list[Match]:
    """Return the longest matches of each kind that begin at *first*."""
    ends: list[tuple[int, _Node]] = []
    last, limit = first + 1, len(tokens)
    following: _Node | None = node
    while following is not None:
        if following.parts:
            ends.append((last, following))
        following = following.following.get(tokens[last].key) if last < limit else None
        last += 1
    start, prefix = tokens[first].start + reading.offset, reading.prefix
    if len(ends) == 1 and not ends[0][1].asks:
        last, node = ends[0]
        end = tokens[last - 1].end
        return [Match(part.kind, part.word, first, last, start, end, prefix, part.attributes) for part in node.parts]
    longest: dict[str, list[Match]] = {}
    for last, node in ends:
        fitting = _by_kind([pair for pair in node.asks if _fits(*pair, tokens[first:last], reading, text)]) if node.asks else node.parts
        end = tokens[last - 1].end
        for kind, parts in groupby(fitting, _KIND):
            longest[kind] = [Match(kind, part.word, first, last, start, end, prefix, part.attributes) for part in parts]
    return list(chain.from_iterable(longest.values()))


def _part_of(entry: Entry) -> _Part:
    return _Part(entry.kind, entry.word, entry.attributes)


def _by_kind(pairs: Iterable[tuple[Entry, str]]) -> list[_Part]:
    """Return what matches say of entries, kind by kind, each entry once though several of its forms may read alike."""
    groups: dict[str, dict[int, Entry]] = {}
    for entry, _ in pairs:
        groups.setdefault(entry.kind, {})[id(entry)] = entry
    return [_part_of(entry) for entries in groups.values() for entry in entries.values()]


def _fits(entry: Entry, form: str, tokens: Sequence[Token], reading: Reading, text: str) -> bool:
    """Say whether the words meet what the entry asks of article, case and clitics."""
    asked = entry.attributes
    if _CONDITIONS.isdisjoint(asked):
        return True
    if asked.get("clitics") == "none" and reading.prefix:
        return False
    if asked.get("case") == "exact" and text[tokens[0].start + reading.offset : tokens[-1].end] != form:
        return False
    if asked.get("article") != "exact":
        return True
    written = (fold_reading(tokens[0].form, reading), *(fold_letters(token.form) for token in tokens[1:]))
    return written == _folded_words(form)


@keep_words
def _folded_words(form: str) -> tuple[str, ...]:
    return tuple(fold_letters(word) for word in words_of(form))


@cache
def _packaged_entries() -> tuple[Entry, ...]:
    return tuple(read_entries_quickly(packaged_knowledge()))


def _no_keys(_lang: str) -> Mapping[str, Sequence[str]]:
    return {}


def packaged_keys(lang: str) -> Mapping[str, Sequence[str]]:
    """Return the word keys of all forms of the packaged entries of a language. Not kept in memory: a trie asks once."""

    def cut() -> dict[str, list[str]]:
        return {form: keys_of(form) for entry in _packaged_entries() if entry.lang == lang for form in entry.forms}

    root = packaged_knowledge()
    files = [file for _, file in find_files(root) if isinstance(file, Path)]
    return made_once(f"keys-{lang}-{root}", files, dict[str, list[str]], cut) if isinstance(root, Path) else cut()


@cache
def load_lexicon(overlay: Path | None = None) -> Lexicon:
    """Return the lexicon of the packaged knowledge, with the entries of an *overlay* knowledge folder added.

    Raises KnowledgeError when a file cannot be read.
    """
    entries = list(_packaged_entries())
    if overlay is not None and overlay.is_dir():
        entries.extend(read_entries_quickly(overlay))
    return Lexicon(entries, packaged_keys)
