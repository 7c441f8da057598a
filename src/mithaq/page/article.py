"""Read one captured page into a Document: decoded text, segments, title, date and source, tokens and sentences."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress

from msgspec import structs

from mithaq.errors import InputError
from mithaq.lexicon import Lexicon
from mithaq.model import Document, Match, Segment, Sentence, Span, Token, hash_text
from mithaq.model.vocabulary import LANGUAGES, SUPPORTING_SEGMENTS, Language
from mithaq.page.decode import decode
from mithaq.page.html import is_html, read_html
from mithaq.page.metadata import read_metadata, read_sidecar
from mithaq.page.segments import Layout, find_segments
from mithaq.page.state import apply_markup, is_partial, is_withdrawn
from mithaq.text.calendar import read_dates
from mithaq.text.characters import has_letters
from mithaq.text.language import find_language
from mithaq.text.sentences import split_sentences
from mithaq.text.tokens import forms_of, split_tokens, starts_of

_KINDS = ("furniture.", "page.", "time.", "outlet.", "place.city", "place.country", "place.region")
MOST_CHARACTERS = 120_000  # of a text; news pages have a twentieth of it, and time may grow with the square


def read_capture(data: bytes, *, path: str, url: str | None = None, sidecar: bytes | None = None, lexicon: Lexicon) -> Document:
    """Read a captured page, plain text or HTML, into a Document with segments, metadata, tokens and sentences.

    *sidecar* is the content of ``FILE.meta.json``. Offsets count in ``document.text``: the decoded text, or for HTML the extracted one.
    Raises InputError when the page is empty, binary, undecodable, out of bounds or without an article.
    """
    known = read_sidecar(sidecar, path=path)
    decoded = decode(data, path=path, charset=known.charset)
    markup = read_html(decoded.text, path=path) if is_html(decoded.text, path) else None
    text, headline = (markup.text, markup.title) if markup else (decoded.text, None)
    url = url or known.url or (markup.url if markup else None)
    _check_length(text, path)
    lang = find_language(text)
    tokens = split_tokens(text)
    matches = find_matches(tokens, lang, text, lexicon)
    dates = read_dates(text, tokens, matches, lang)
    layout = find_segments(text, tokens, matches, dates, lang, headline)
    if markup:
        layout = apply_markup(layout, text, markup)
    taken_down = is_withdrawn(layout, tokens, matches)
    meta = read_metadata(text, layout, tokens, matches, dates, url, known, markup.published if markup else None)
    return Document(
        id=hash_text(text),
        text=text,
        path=path,
        url=url,
        canonical=markup.url if markup else None,
        lang=lang,
        outlet=meta.outlet,
        agency=meta.agency,
        section=meta.section,
        title=text[layout.title.start : layout.title.end] if layout.title else headline,
        published=meta.published,
        published_basis=meta.published_basis,
        retrieved=known.retrieved,
        rights=meta.rights or ("protected" if markup and _is_protected(markup.beside, lexicon) else None),
        notes=(*decoded.notes, *(("taken_down",) if taken_down else ())),
        partial="cut" in decoded.notes or is_partial(layout, locked=markup is not None and markup.locked),
        withdrawn=taken_down,
        invented=known.invented,
        private=known.private,
        segments=layout.segments,
        stories=layout.stories,
        tokens=tokens,
        sentences=split_layout(text, layout, tokens),
    )


def text_of_capture(data: bytes, *, path: str, sidecar: bytes | None = None) -> str:
    """Return the text of a captured page alone, as :func:`read_capture` takes it out; raises InputError as that does."""
    decoded = decode(data, path=path, charset=read_sidecar(sidecar, path=path).charset)
    return read_html(decoded.text, path=path).text if is_html(decoded.text, path) else decoded.text


def _check_length(text: str, path: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise InputError(f"{path}: {len(text):,} characters are no news page (at most {MOST_CHARACTERS:,}); split it into its articles")
    if not has_letters(text, 3):
        raise InputError(f"{path}: no words in this page; capture it again")


@lru_cache(maxsize=4)
def _words_of_pages(lexicon: Lexicon) -> Lexicon:
    """Return the part of a lexicon that tells furniture, dates and places: the rest is for the stages, and slower to look through."""
    return Lexicon(entry for entry in lexicon.entries if entry.kind.startswith(_KINDS))


def _is_protected(lines: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether a line beside the article tells, in whichever language, that the page must not be copied."""
    text = "\n".join(lines)
    tokens = split_tokens(text)
    words = _words_of_protection(lexicon)
    found = (match for lang in LANGUAGES for match in words.find(tokens, lang, text))
    return any("\n" not in text[tokens[m.first].start : tokens[m.last - 1].end] for m in found)


@lru_cache(maxsize=4)
def _words_of_protection(lexicon: Lexicon) -> Lexicon:
    return Lexicon(entry for entry in lexicon.entries if entry.kind == "furniture.protected")


def find_matches(tokens: Sequence[Token], lang: Language | None, text: str, lexicon: Lexicon) -> tuple[Match, ...]:
    """Return the matches of the page's language, and of English furniture and months among the Latin words of an Arabic page."""
    words = _words_of_pages(lexicon)
    found = words.find(tokens, lang or "en", text)
    english = tuple(_find_english(tokens, text, words)) if lang == "ar" else ()
    return tuple(sorted((*found, *english), key=lambda m: (m.first, m.last))) if english else found


def _find_english(tokens: Sequence[Token], text: str, lexicon: Lexicon) -> Iterator[Match]:
    """Yield English furniture words and months among the runs of Latin words, their tokens counted in the whole page."""
    end = 0
    for word in compress(range(len(tokens)), map(str.isascii, forms_of(tokens))):
        if word < end or tokens[word].kind != "word":
            continue
        at, end = word, word + 1
        while at > 0 and tokens[at - 1].form.isascii():
            at -= 1
        while end < len(tokens) and tokens[end].form.isascii():
            end += 1
        for match in lexicon.find(tokens[at:end], "en", text):
            if match.kind.startswith(("furniture.", "time.month")):
                yield structs.replace(match, first=match.first + at, last=match.last + at)


def split_layout(text: str, layout: Layout, tokens: tuple[Token, ...]) -> tuple[Sentence, ...]:
    """Return the sentences of the segments on which facts may rest, in order; of a repeated headline only the first copy.

    Lines of the article that follow each other without an empty line are read together, so that a sentence broken by a narrow column
    stays whole; every printed line that begins a sentence begins a paragraph.
    """
    starts = starts_of(tokens)
    sentences: list[Sentence] = []
    paragraph = -1
    for run in _runs(layout):
        begins = {segment.start for segment in run}
        for start, end in split_sentences(text, run[0].start, run[-1].end):
            if start in begins or paragraph < 0:
                paragraph += 1
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            if first < last:
                sentences.append(Sentence(start, end, first, last, run[0].kind, paragraph, _story_of(start, layout.stories)))
    return tuple(sentences)


def _runs(layout: Layout) -> list[list[Segment]]:
    runs: list[list[Segment]] = []
    begins = {story.start for story in layout.stories}
    row = before = -2
    for number, (segment, line) in enumerate(zip(layout.segments, layout.lines, strict=True)):
        if segment.kind not in SUPPORTING_SEGMENTS or (segment.kind == "title" and not _is_first_copy(segment, layout.title)):
            continue
        follows = line.row == row + 1 and number == before + 1 and not line.blank and segment.start not in begins
        if runs and follows and segment.kind == "body" == runs[-1][-1].kind:
            runs[-1].append(segment)
        else:
            runs.append([segment])
        row, before = line.row, number
    return runs


def _is_first_copy(segment: Segment, title: Span | None) -> bool:
    return title is not None and segment.start <= title.start < segment.end


def _story_of(start: int, stories: Sequence[Span]) -> int:
    return next((i for i, story in enumerate(stories) if story.start <= start < story.end), 0)
