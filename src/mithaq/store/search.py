"""Find words in all pages: by stem in each language, phrases in quotes, hits shown in the page's own words.

The index holds our own stems, so that any SQLite finds «وتعاونهما» for «تعاون». Only the article is indexed, never furniture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product

import msgspec

from mithaq.errors import QuestionError
from mithaq.model import Document, Evidence, Segment
from mithaq.model.kept import keep_words
from mithaq.model.vocabulary import SUPPORTING_SEGMENTS, Language
from mithaq.text.arabic import glued_forms, stem_arabic
from mithaq.text.characters import ARABIC_MARKS, INVISIBLE, has_arabic, western_digits
from mithaq.text.english import stem_english
from mithaq.text.french import stem_french

# Letters and digits with the marks and joiners that stand on or in them; "l'accord" is two words, "e-government" too.
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{ARABIC_MARKS}{INVISIBLE}\u0300-\u036f])*")
_ASKED = re.compile(r"\"([^\"]*)\"|«([^»]*)»|“([^”]*)”|(\S+)")
_MOST_WORDS = 32  # words in one query
_MOST_READINGS = 128  # of one phrase; beyond it a phrase is asked for without glued letters
_SNIPPET = 240  # code points of text around the hits
_REACH = _SNIPPET * 3 // 4  # from the first hit to the end of the last one that is shown with it

Term = tuple[frozenset[str], ...]


class Article(msgspec.Struct, frozen=True):
    """What of a document a search shows: its text and where the article stands in it."""

    text: str
    lang: Language | None = None
    segments: tuple[Segment, ...] = ()


class Word(msgspec.Struct, frozen=True):
    """A word of a text, where it stands, and the stem under which it is found."""

    start: int
    end: int
    stem: str


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A page in which the asked words stand. ``snippet`` is cut from its text, ``marks`` are the asked words inside it.

    ``score`` orders hits, higher is better; it means nothing across queries.
    """

    id: str
    score: float
    snippet: Evidence
    marks: tuple[Evidence, ...]
    lang: Language | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    path: str | None = None
    url: str | None = None
    rights: str | None = None
    invented: bool = False
    private: bool = False


def split_words(text: str, lang: Language | None, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Yield the words of ``text[start:end]`` with their stems; Latin words take French stems on a French page, else English ones."""
    stem_of = _FRENCH_STEM if lang == "fr" else _ENGLISH_STEM
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        stem = stem_of(match.group())
        if stem:
            yield Word(match.start(), match.end(), stem)


def _stem_of(word: str, stem_latin: Callable[[str], str]) -> str:
    stem = (stem_arabic if has_arabic(word) else stem_latin)(western_digits(word))
    return stem if stem.isalnum() else "".join(filter(str.isalnum, stem))


_FRENCH_STEM = keep_words(lambda word: _stem_of(word, stem_french))
_ENGLISH_STEM = keep_words(lambda word: _stem_of(word, stem_english))


def index_texts(document: Document) -> tuple[str, str]:
    """Return the stems of a document's title and of its article, separated by blanks."""
    body = [stem for start, end in article_spans(document) for stem in _stems(document.text, document.lang, start, end)]
    return " ".join(_stems(document.title or "", document.lang)), " ".join(body)


def _stems(text: str, lang: Language | None, start: int = 0, end: int | None = None) -> list[str]:
    """Return the stems of the words of ``text[start:end]``, as :func:`split_words` does, without their places."""
    words = _WORD.findall(text, start, len(text) if end is None else end)
    return list(filter(None, map(_FRENCH_STEM if lang == "fr" else _ENGLISH_STEM, words)))


def _article_words(document: Document | Article) -> Iterator[Word]:
    for start, end in article_spans(document):
        yield from split_words(document.text, document.lang, start, end)


def article_spans(document: Document | Article) -> list[tuple[int, int]]:
    """Return where the article stands: title, dateline, captions and body, or the whole text when no segments are known."""
    if not document.segments:
        return [(0, len(document.text))]
    return sorted((s.start, s.end) for s in document.segments if s.kind in SUPPORTING_SEGMENTS)


def read_query(query: str) -> tuple[Term, ...]:
    """Return what a query asks for: terms that must all be found, each the possible stems of one word or of a phrase's words in order.

    Raises QuestionError when there is no word in the query, or more than 32.
    """
    terms = []
    for match in _ASKED.finditer(query):
        words = _WORD.findall(next(group for group in match.groups() if group is not None))
        term = tuple(stems for word in words if (stems := _stems_asked(word)))
        if term:
            terms.append(term)
    if not terms:
        words_needed = f"there is no word to search for in {query!r}; type one or more words, phrases in quotes"
        raise QuestionError(words_needed, "wrong.no_words", value=query)
    if sum(map(len, terms)) > _MOST_WORDS:
        raise QuestionError(f"the query has more than {_MOST_WORDS} words; search for fewer", "wrong.many_words", most=_MOST_WORDS)
    return tuple(terms)


def _stems_asked(word: str) -> frozenset[str]:
    if has_arabic(word):
        stem = _ENGLISH_STEM(word)
        return glued_forms(stem) if stem else frozenset()
    return frozenset(stem for stem_of in (_FRENCH_STEM, _ENGLISH_STEM) if (stem := stem_of(word)))


def write_match(terms: Iterable[Term]) -> str:
    """Return the terms as an FTS5 expression; stems hold only letters and digits, so nothing a user types can break it."""
    quoted = ([f'"{" ".join(words)}"' for words in phrases(term)] for term in terms)
    return " AND ".join(f"({' OR '.join(every)})" for every in quoted)


def phrases(term: Term) -> list[tuple[str, ...]]:
    """Return what answers a term, any of it: the words of each reading, one or several in order."""
    choices = [sorted(stems) for stems in term]
    readings = 1
    for stems in choices:
        readings *= len(stems)
    if readings > _MOST_READINGS:
        # Inside a long phrase only its first word is asked for with glued letters; the others by their shortest stem.
        choices = [choices[0], *([min(stems, key=len)] for stems in choices[1:])]
    return list(product(*choices))


def find_hits(words: Sequence[Word], terms: Iterable[Term]) -> list[Word]:
    """Return the words of a text that answer a term, in order of place; a phrase's words only where they stand together."""
    found: dict[int, Word] = {}
    for term in terms:
        for i in range(len(words) - len(term) + 1):
            if all(words[i + k].stem in stems for k, stems in enumerate(term)):
                found.update((word.start, word) for word in words[i : i + len(term)])
    return [found[start] for start in sorted(found)]


def cut_snippet(document: Document | Article, terms: Sequence[Term]) -> tuple[Evidence, tuple[Evidence, ...]] | None:
    """Return the first stretch of the article with the most asked terms, and its words that answer them.

    Its beginning when they stand only in the title data; None when the document has no article text at all.
    """
    text, spans = document.text, article_spans(document)
    # The title stands above the snippet anyhow: what the article says comes first.
    titles = [(s.start, s.end) for s in document.segments if s.kind == "title"]
    hits, first_word = _find_in_article(document, terms, spans, titles)
    if first_word is None:
        return None
    beneath = [hit for hit in hits if not _is_inside(hit[0].start, titles)]
    first = _densest(beneath or hits) if hits else first_word
    low, high = next((a, b) for a, b in spans if a <= first < b)
    start, end = _widen(text, first, low, high)
    snippet = Evidence.of(text, start, end)
    words = sorted({(w.start, w.end) for w, _ in hits if snippet.start <= w.start and w.end <= snippet.end})
    return snippet, tuple(Evidence(a, b, text[a:b]) for a, b in words)


def _find_in_article(
    document: Document | Article, terms: Sequence[Term], spans: Sequence[tuple[int, int]], titles: Sequence[tuple[int, int]]
) -> tuple[list[tuple[Word, int]], int | None]:
    """Return the words of an article that answer a term, each with the term's number, and where its first word stands, None without one.

    Most words answer nothing: they are only counted, so that those of a phrase are known to stand together. What follows the first
    stretch beneath the title in which all terms stand is not read.
    """
    wanted = frozenset(stem for term in terms for stems in term for stem in stems)
    stem_of = _FRENCH_STEM if document.lang == "fr" else _ENGLISH_STEM
    near: dict[int, Word] = {}
    found: list[tuple[Word, int]] = []
    last: dict[int, int] = {}  # where each term stood last beneath the title
    first, enough, number = None, len(document.text), 0
    for start, end in spans:
        for match in _WORD.finditer(document.text, start, end):
            place = match.start()
            if place > enough:
                return found, first
            stem = stem_of(match[0])
            if not stem:
                continue
            first = place if first is None else first
            if stem in wanted:
                near[number] = Word(place, match.end(), stem)
                for which, words in _answered(near, number, terms):
                    found.extend((word, which) for word in words)
                    if not _is_inside(words[0].start, titles):
                        last[which] = words[0].start
                if len(last) == len(terms) and match.end() <= min(last.values()) + _REACH:
                    enough = min(enough, min(last.values()) + _SNIPPET)
            number += 1
    return found, first


def _answered(near: dict[int, Word], number: int, terms: Sequence[Term]) -> Iterator[tuple[int, list[Word]]]:
    """Yield (its number, its words) of each term whose last word is the one of this number; *near* has the asked words by theirs."""
    for which, term in enumerate(terms):
        words = [near.get(number - len(term) + 1 + k) for k in range(len(term))]
        answers = [word for word, stems in zip(words, term, strict=True) if word is not None and word.stem in stems]
        if len(answers) == len(term):
            yield which, answers


def _is_inside(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def mark_words(text: str, lang: Language | None, terms: Sequence[Term]) -> tuple[Evidence, ...]:
    """Return the words of a text, such as a title, that answer a query."""
    return tuple(Evidence.of(text, word.start, word.end) for word in find_hits(list(split_words(text, lang)), terms))


def _densest(hits: Sequence[tuple[Word, int]]) -> int:
    """Return the place from which most different terms follow within a snippet's reach; the earliest of equals."""
    ordered = sorted(hits, key=lambda hit: hit[0].start)
    best, most, beyond = ordered[0][0].start, 0, 0
    inside: Counter[int] = Counter()
    for word, which in ordered:
        while beyond < len(ordered) and ordered[beyond][0].end <= word.start + _REACH:
            inside[ordered[beyond][1]] += 1
            beyond += 1
        terms = sum(n > 0 for n in inside.values())
        if terms > most:
            best, most = word.start, terms
        inside[which] -= 1
    return best


def _widen(text: str, place: int, low: int, high: int) -> tuple[int, int]:
    """Return a stretch of about a snippet's length around *place*, within ``low:high``, cut at blanks where there are any."""
    start = max(low, place - _SNIPPET // 4)
    end = min(high, start + _SNIPPET)
    if start > low:
        blank = text.find(" ", start, place)
        start = blank + 1 if blank >= 0 else start
    if end < high:
        blank = text.rfind(" ", place, end)
        end = blank if blank > start else end
    return start, end
