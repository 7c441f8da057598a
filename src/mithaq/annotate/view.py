"""A page's tokens seen through its lexicon matches: what stands where. No stage; stages build one each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from functools import cached_property
from typing import NamedTuple, TypeVar

from mithaq.lexicon.wordlist import is_common_arabic, is_given_name, read_wordlist
from mithaq.model import Document, Evidence, Match, Sentence, Token
from mithaq.model.kept import keep_last, keep_while_same, keep_words
from mithaq.text.clitics import has_article
from mithaq.text.fold import read_clitics
from mithaq.text.tokens import marks_of, starts_of

_Table = TypeVar("_Table")
_COMMAS = {"،", ",", "؛", "-", "–", "—"}
_OPENING = {"(", "«", "“", '"', "‘", "[", "‹", "„"}
_CLOSING = {")", "»", "”", '"', "’", "]", "›", "“", "″"}


class View:
    """Tokens, and for each token the lexicon matches that begin there or cover it.

    An index outside the page is a mark: nothing stands there, no question about it fails.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.tokens: tuple[Token, ...] = document.tokens
        self.arabic = document.lang == "ar"
        self.lang = document.lang or "en"
        index = _index_matches(document)
        self.starting = index.starting
        self._marks = _read_marks(document.tokens)
        self._starts = starts_of(document.tokens)
        self._sentence_firsts = _firsts_of(document.sentences)
        self._at, self._over, self._rows, self._longest_rows = index.at, index.over, index.rows, index.longest_rows

    @cached_property
    def place_countries(self) -> dict[int, str | None]:
        """The country of each place named on the page, by the character at which it begins."""
        return _place_countries(self.document)

    @cached_property
    def names(self) -> Set[int]:
        """The tokens of people's names."""
        return _tokens_of_people(self.document)

    @cached_property
    def body_tokens(self) -> Set[int]:
        """The tokens of the names of organisations."""
        return _tokens_of_bodies(self.document)

    def between(self, start: int, end: int) -> range:
        """Return the indexes of the tokens that begin in characters ``start:end``."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def starts(self, *kinds: str) -> dict[int, Match]:
        """Return the longest match of one of *kinds* at each token where one begins: what :meth:`at` asks, for loops."""
        return self._at[kinds]

    def covers(self, *kinds: str) -> dict[int, Match]:
        """Return the longest match of one of *kinds* over each token that one covers: what :meth:`over` asks, for loops."""
        return self._over[kinds]

    def at(self, index: int, *kinds: str) -> Match | None:
        """Return the longest match of one of *kinds* that begins at a token."""
        return self._at[kinds].get(index)

    def over(self, index: int, *kinds: str) -> Match | None:
        """Return the longest match of one of *kinds* that covers a token."""
        return self._over[kinds].get(index)

    def any_at(self, first: int, last: int, *kinds: str) -> bool:
        """Say whether a match of one of *kinds* begins at one of tokens ``first:last``."""
        table = self.starts(*kinds)
        return bool(table) and any(map(table.__contains__, range(first, last)))

    def matches(self, sentence: Sentence, *kinds: str) -> list[Match]:
        """Return the matches of *kinds* that begin in a sentence, in order."""
        return self.between_tokens(sentence.first, sentence.last, *kinds)

    def between_tokens(self, first: int, last: int, *kinds: str) -> list[Match]:
        """Return the matches of *kinds* that begin in tokens ``first:last``, in order."""
        found, firsts = self._rows[kinds]
        return found[bisect_left(firsts, first) : bisect_left(firsts, last)] if found else found

    def rows(self, *kinds: str) -> tuple[list[Match], list[int]]:
        """Return all matches of *kinds* on the page, in order, and the tokens at which they begin."""
        return self._rows[kinds]

    def longest_between(self, first: int, last: int, *kinds: str) -> list[Match]:
        """Return the longest match of *kinds* at each of tokens ``first:last`` where one begins, in order."""
        found, firsts = self._longest_rows[kinds]
        return found[bisect_left(firsts, first) : bisect_left(firsts, last)] if found else found

    def is_mark(self, index: int) -> bool:
        """Say whether a token is punctuation (or lies outside the page)."""
        return index not in self._marks.others

    def is_comma(self, index: int) -> bool:
        """Say whether a token separates an apposition: a comma or a dash."""
        return index in self._marks.commas

    def is_opening(self, index: int) -> bool:
        """Say whether a token opens a bracket or quotation."""
        return index in self._marks.openings

    @property
    def openings(self) -> Sequence[int]:
        """The tokens that open a bracket or quotation, in order."""
        return self._marks.in_order

    def closes(self, index: int) -> bool:
        """Say whether a token closes a bracket or quotation."""
        return 0 <= index < len(self.tokens) and self.tokens[index].form in _CLOSING

    def closing_after(self, index: int, limit: int) -> int | None:
        """Return the index of the mark that closes the bracket or quotation opened at *index*, before *limit*."""
        for j in range(index + 1, min(limit, len(self.tokens))):
            if self.tokens[j].form in _CLOSING:
                return j
        return None

    def has_article(self, index: int) -> bool:
        """Say whether an Arabic word carries the article, clitics before it or not."""
        return 0 <= index < len(self.tokens) and has_article(self.tokens[index].form)

    def is_common(self, index: int) -> bool:
        """Say whether a token is an everyday word in any clitic reading, so hardly a name."""
        if not 0 <= index < len(self.tokens):
            return False
        form = self.tokens[index].form
        if self.arabic and not form.isascii():
            return _is_common_form(form)
        return self.tokens[index].key in read_wordlist(self.lang, "common")

    def has_clitic(self, index: int) -> bool:
        """Say whether an Arabic word is an everyday one only after a clitic is cut: «ومواكبة», «لتطوير», «بشبكة»."""
        if not (self.arabic and 0 <= index < len(self.tokens)):
            return False
        readings = read_clitics(self.tokens[index].form)
        return not is_common_arabic(readings[0].key) and any(is_common_arabic(r.key) for r in readings[1:])

    def is_given(self, index: int) -> bool:
        """Say whether a token is a given name as it stands."""
        return 0 <= index < len(self.tokens) and is_given_name(self.tokens[index].form, self.lang)

    def sentence_of(self, index: int) -> Sentence | None:
        """Return the sentence in which a token stands."""
        sentences = self.document.sentences
        at = bisect_right(self._sentence_firsts, index) - 1
        return sentences[at] if at >= 0 and index < sentences[at].last else None

    def slice(self, first: int, last: int, offset: int = 0) -> str:
        """Return the text of tokens ``first:last`` without *offset* characters of clitics."""
        return self.text[self.tokens[first].start + offset : self.tokens[last - 1].end]


class _Marks(NamedTuple):
    """Where on a page commas and opening marks stand, which tokens are no marks, and the opening marks in order."""

    commas: frozenset[int]
    openings: frozenset[int]
    others: frozenset[int]
    in_order: tuple[int, ...]


@keep_last
def _read_marks(tokens: tuple[Token, ...]) -> _Marks:
    marks = marks_of(tokens)
    commas = frozenset([index for index in marks if tokens[index].form in _COMMAS])
    openings = tuple([index for index in marks if tokens[index].form in _OPENING])
    return _Marks(commas, frozenset(openings), frozenset(range(len(tokens))).difference(marks), openings)


class _Tables(dict[tuple[str, ...], _Table]):
    """What is made of a page's matches of some kinds, made when it is first asked for."""

    __slots__ = ("_make", "_matches_of")

    def __init__(self, document: Document, make: Callable[[list[Match]], _Table]) -> None:
        super().__init__()
        self._matches_of, self._make = document.matches_of, make

    def __missing__(self, kinds: tuple[str, ...]) -> _Table:
        table = self[kinds] = self._make(self._matches_of(*kinds))
        return table


class _Index(NamedTuple):
    """The matches of a page by the token where they begin; per asked kinds the longest at or over each token, and all of them, or the
    longest ones alone, with the tokens where they begin.
    """

    starting: dict[int, list[Match]]
    at: _Tables[dict[int, Match]]
    over: _Tables[dict[int, Match]]
    rows: _Tables[tuple[list[Match], list[int]]]
    longest_rows: _Tables[tuple[list[Match], list[int]]]


@keep_while_same("places", "tokens")
def _place_countries(document: Document) -> dict[int, str | None]:
    return {place.evidence.start: place.country for place in document.places}


@keep_while_same("people", "tokens")
def _tokens_of_people(document: Document) -> frozenset[int]:
    return _tokens_of(document, [evidence for person in document.people for evidence in person.mentions])


@keep_while_same("bodies", "tokens")
def _tokens_of_bodies(document: Document) -> frozenset[int]:
    return _tokens_of(document, [evidence for body in document.bodies for evidence in body.mentions])


def _tokens_of(document: Document, mentions: Iterable[Evidence]) -> frozenset[int]:
    starts, tokens = starts_of(document.tokens), set[int]()
    for evidence in mentions:
        tokens.update(range(bisect_left(starts, evidence.start), bisect_left(starts, evidence.end)))
    return frozenset(tokens)


@keep_last
def _firsts_of(sentences: tuple[Sentence, ...]) -> list[int]:
    """Return the tokens with which the sentences of a page begin."""
    return [sentence.first for sentence in sentences]


@keep_while_same("matches", "tokens")
def _index_matches(document: Document) -> _Index:
    """Return the index of a page's matches."""
    starting: defaultdict[int, list[Match]] = defaultdict(list)
    for match in document.matches:
        starting[match.first].append(match)
    return _Index(
        dict(starting),
        _Tables(document, _longest_at),
        _Tables(document, _longest_over),
        _Tables(document, _with_firsts),
        _Tables(document, lambda matches: _with_firsts(list(_longest_at(matches).values()))),
    )


def _with_firsts(matches: list[Match]) -> tuple[list[Match], list[int]]:
    return matches, [match.first for match in matches]


def _longest_at(matches: list[Match]) -> dict[int, Match]:
    table = {match.first: match for match in matches}
    if len(table) == len(matches):  # of most kinds never two begin at one token
        return table
    table = {}
    for match in matches:
        known = table.get(match.first)
        if known is None or match.last > known.last:
            table[match.first] = match
    return table


def _longest_over(matches: list[Match]) -> dict[int, Match]:
    # Turned round, so that the first of several on one token stays.
    table = {match.first: match for match in reversed(matches) if match.last - match.first == 1}
    if len(table) == len(matches):
        return table
    for match in [match for match in matches if match.last - match.first > 1]:
        length = match.last - match.first
        for index in range(match.first, match.last):
            known = table.get(index)
            if known is None or length > known.last - known.first:
                table[index] = match
    return table


@keep_words
def _is_common_form(form: str) -> bool:
    return any(is_common_arabic(reading.key) for reading in read_clitics(form))


def country_codes(view: View, first: int, last: int) -> list[str]:
    """Return the codes of the countries that tokens ``first:last`` name, by name, nationality or city, in order.

    A nationality that several countries share gives none unless the page names exactly one of them elsewhere.
    """
    codes: list[str] = []
    free = first
    for match in view.longest_between(first, last, "place.country", "place.nationality", "place.city", "place.self"):
        if match.first < free or match.last > last:
            continue
        code = country_of(view, match)
        if code and code not in codes:
            codes.append(code)
        free = match.last
    return codes


def country_of(view: View, match: Match) -> str | None:
    """Return the country that a place or nationality means on this page; none inside a person's name («محمد الكويتي»).

    A disputed country has no country as a place, but who acts for it has.
    """
    if match.first in view.names:
        return None
    if match.kind == "place.country" and match.attributes.get("ambiguous") == "adjective" and match.start not in view.place_countries:
        return None  # «دعم مالي»: the stage of places found it to be no place
    disputed = match.kind == "place.country" and match.attributes.get("disputed")
    if match.start in view.place_countries and not disputed:
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
