"""A page's tokens seen through its lexicon matches: what stands where. No stage; stages build one each."""

from __future__ import annotations

from functools import lru_cache

from mithaq.lexicon.wordlist import is_common_arabic, is_given_name, read_wordlist
from mithaq.model import Document, Match, Sentence, Token, is_kind
from mithaq.text.clitics import has_article
from mithaq.text.fold import read_clitics

_COMMAS = {"،", ",", "؛", "-", "–", "—"}
_OPENING = {"(", "«", "“", '"', "‘", "[", "‹", "„"}
_CLOSING = {")", "»", "”", '"', "’", "]", "›", "“"}


class View:
    """Tokens, and for each token the lexicon matches that begin there or cover it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.tokens: tuple[Token, ...] = document.tokens
        self.arabic = document.lang == "ar"
        self.lang = document.lang or "en"
        self.starting, self.covering = _index_matches(document.matches)
        self.place_countries = {p.evidence.start: p.country for p in document.places}

    def at(self, index: int, *kinds: str) -> Match | None:
        """Return the longest match of one of *kinds* that begins at a token."""
        longest = None
        for match in self.starting.get(index, ()):
            if is_kind(match.kind, kinds) and (longest is None or match.last > longest.last):
                longest = match
        return longest

    def over(self, index: int, *kinds: str) -> Match | None:
        """Return the longest match of one of *kinds* that covers a token."""
        longest = None
        for match in self.covering.get(index, ()):
            if is_kind(match.kind, kinds) and (longest is None or match.last - match.first > longest.last - longest.first):
                longest = match
        return longest

    def matches(self, sentence: Sentence, *kinds: str) -> list[Match]:
        """Return the matches of *kinds* that begin in a sentence, in order."""
        return [m for i in range(sentence.first, sentence.last) for m in self.starting.get(i, ()) if is_kind(m.kind, kinds)]

    def is_mark(self, index: int) -> bool:
        """Say whether a token is punctuation (or lies outside the page)."""
        return not 0 <= index < len(self.tokens) or self.tokens[index].kind == "mark"

    def is_comma(self, index: int) -> bool:
        """Say whether a token separates an apposition: a comma or a dash."""
        return 0 <= index < len(self.tokens) and self.tokens[index].form in _COMMAS

    def is_opening(self, index: int) -> bool:
        """Say whether a token opens a bracket or quotation."""
        return 0 <= index < len(self.tokens) and self.tokens[index].form in _OPENING

    def closing_after(self, index: int, limit: int) -> int | None:
        """Return the index of the mark that closes the bracket or quotation opened at *index*, before *limit*."""
        for j in range(index + 1, min(limit, len(self.tokens))):
            if self.tokens[j].form in _CLOSING:
                return j
        return None

    def has_article(self, index: int) -> bool:
        """Say whether an Arabic word carries the article, clitics before it or not."""
        return has_article(self.tokens[index].form)

    def is_common(self, index: int) -> bool:
        """Say whether a token is an everyday word in any clitic reading, so hardly a name."""
        form = self.tokens[index].form
        if self.arabic and not form.isascii():
            return _is_common_form(form)
        return self.tokens[index].key in read_wordlist(self.lang, "common")

    def is_given(self, index: int) -> bool:
        """Say whether a token is a given name as it stands."""
        return is_given_name(self.tokens[index].form, self.lang)

    def sentence_of(self, index: int) -> Sentence | None:
        """Return the sentence in which a token stands."""
        return next((s for s in self.document.sentences if s.first <= index < s.last), None)

    def slice(self, first: int, last: int, offset: int = 0) -> str:
        """Return the text of tokens ``first:last`` without *offset* characters of clitics."""
        return self.text[self.tokens[first].start + offset : self.tokens[last - 1].end]


_Index = dict[int, list[Match]]
_last_index: list[tuple[tuple[Match, ...], _Index, _Index]] = []


def _index_matches(matches: tuple[Match, ...]) -> tuple[_Index, _Index]:
    """Return the matches by the token where they begin and by each token they cover.

    The stages of one page look through the same tuple of matches one after the other, so the last index is kept.
    """
    kept = _last_index[:1]  # read once: another thread may replace it
    if kept and kept[0][0] is matches:
        return kept[0][1], kept[0][2]
    starting: _Index = {}
    covering: _Index = {}
    for match in matches:
        starting.setdefault(match.first, []).append(match)
        for index in range(match.first, match.last):
            covering.setdefault(index, []).append(match)
    _last_index[:] = [(matches, starting, covering)]
    return starting, covering


@lru_cache(maxsize=100_000)
def _is_common_form(form: str) -> bool:
    return any(is_common_arabic(reading.key) for reading in read_clitics(form))


def country_codes(view: View, first: int, last: int) -> list[str]:
    """Return the codes of the countries that tokens ``first:last`` name, by name, nationality or city, in order.

    A nationality that several countries share gives none unless the page names exactly one of them elsewhere.
    """
    codes: list[str] = []
    index = first
    while index < last:
        match = view.at(index, "place.country", "place.nationality", "place.city")
        if match is None or match.last > last:
            index += 1
            continue
        code = country_of(view, match)
        if code and code not in codes:
            codes.append(code)
        index = match.last
    return codes


def country_of(view: View, match: Match) -> str | None:
    """Return the country that a place or nationality means on this page."""
    if match.start in view.place_countries:
        return view.place_countries[match.start]
    shared = {code for m in view.starting[match.first] if m.last == match.last and (code := code_of(m)) is not None}
    if len(shared) > 1:
        shared &= {p.country for p in view.document.places if p.country}
    return next(iter(shared)) if len(shared) == 1 else None


def code_of(match: Match) -> str | None:
    """Return the country code of a place or nationality match, None for regions such as the Arab world."""
    code = match.attributes.get("code") if match.kind in ("place.country", "place.nationality") else None
    if match.kind == "place.city":
        code = match.attributes.get("country")
    return code if code and len(code) == 2 else None
