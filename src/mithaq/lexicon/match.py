"""Find all entries in a page at once: a trie over word keys that knows clitics and where words end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from mithaq.lexicon.cache import read_entries_quickly
from mithaq.lexicon.entry import Entry
from mithaq.lexicon.load import packaged_knowledge
from mithaq.model import Match, Token
from mithaq.text.fold import Reading, fold_letters, fold_reading, read_clitics
from mithaq.text.tokens import split_tokens

_CONDITIONS = {"article", "case", "clitics"}
_HERE = ""  # the key under which a trie node keeps the entries that end there


class Lexicon:
    """All entries of all languages, ready to be found in tokens. Immutable once built."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries: tuple[Entry, ...] = tuple(entries)
        self._tries: dict[str, dict[str, Any]] = {}  # each grown at the first question in its language

    def _trie(self, lang: str) -> dict[str, Any]:
        known = self._tries.get(lang)
        if known is None:
            known = {}
            for entry in self.entries:
                if entry.lang == lang:
                    for form in entry.forms:
                        _insert(known, entry, form)
            self._tries[lang] = known
        return known

    def of_kind(self, kind: str, lang: str | None = None) -> tuple[Entry, ...]:
        """Return the entries of a kind (and of its sub-kinds), in file order."""
        return tuple(e for e in self.entries if (e.kind == kind or e.kind.startswith(kind + ".")) and (lang is None or e.lang == lang))

    def find(self, tokens: Sequence[Token], lang: str, text: str) -> tuple[Match, ...]:
        """Return all matches in *tokens*: at each word the longest of every kind, sorted by place.

        A reading without clitics hides readings with clitics at the same word: «وعد» is a promise, not "and he counted".
        Entries with ``article: exact`` match only with the article as written, with ``case: exact`` only letter by letter, with
        ``clitics: none`` only where no small word is glued before them («ليون», not «بليون»).
        """
        trie = self._trie(lang)
        found: list[Match] = []
        for first, token in enumerate(tokens):
            for reading in read_clitics(token.form):
                node = trie.get(reading.key)
                if node is None:
                    continue
                longest = self._walk(tokens, first, node, reading, text)
                if longest:
                    found.extend(_to_match(tokens, first, last, entry, reading.offset, reading.prefix) for last, entry in longest)
                    break
        return tuple(found)

    @staticmethod
    def _walk(tokens: Sequence[Token], first: int, node: dict[str, Any], reading: Reading, text: str) -> list[tuple[int, Entry]]:
        longest: dict[str, list[tuple[int, Entry]]] = {}
        last = first + 1
        while True:
            for entry, form in node.get(_HERE, ()):
                if entry.attributes.keys() & _CONDITIONS and not _fits(entry, form, tokens[first:last], reading, text):
                    continue
                known = longest.get(entry.kind)
                if known and known[0][0] == last:
                    if all(e is not entry for _, e in known):
                        known.append((last, entry))
                else:
                    longest[entry.kind] = [(last, entry)]
            if last >= len(tokens):
                break
            following = node.get(tokens[last].key)
            if following is None:
                break
            node = following
            last += 1
        return [pair for pairs in longest.values() for pair in pairs]


def _insert(trie: dict[str, Any], entry: Entry, form: str) -> None:
    tokens = split_tokens(form)
    node = trie
    for token in tokens:
        node = node.setdefault(token.key, {})
    if tokens:
        node.setdefault(_HERE, []).append((entry, form))


def _fits(entry: Entry, form: str, tokens: Sequence[Token], reading: Reading, text: str) -> bool:
    """Say whether the words meet what the entry asks of article, case and clitics."""
    asked = entry.attributes
    if asked.get("clitics") == "none" and reading.prefix:
        return False
    if asked.get("case") == "exact" and text[tokens[0].start + reading.offset : tokens[-1].end] != form:
        return False
    if asked.get("article") != "exact":
        return True
    written = (fold_reading(tokens[0].form, reading), *(fold_letters(token.form) for token in tokens[1:]))
    return written == _folded_words(form)


@lru_cache(maxsize=20_000)
def _folded_words(form: str) -> tuple[str, ...]:
    return tuple(fold_letters(token.form) for token in split_tokens(form))


def _to_match(tokens: Sequence[Token], first: int, last: int, entry: Entry, offset: int, prefix: str) -> Match:
    return Match(entry.kind, entry.word, first, last, tokens[first].start + offset, tokens[last - 1].end, prefix, entry.attributes)


@cache
def _packaged_entries() -> tuple[Entry, ...]:
    return tuple(read_entries_quickly(packaged_knowledge()))


@cache
def load_lexicon(overlay: Path | None = None) -> Lexicon:
    """Return the lexicon of the packaged knowledge, with the entries of an *overlay* knowledge folder added.

    Raises KnowledgeError when a file cannot be read.
    """
    entries = list(_packaged_entries())
    if overlay is not None and overlay.is_dir():
        entries.extend(read_entries_quickly(overlay))
    return Lexicon(entries)
