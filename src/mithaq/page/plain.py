"""Cut a page without tags into its lines, and a page on one line into its parts; nothing of the text is changed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from mithaq.model import Match, Token
from mithaq.text.tokens import starts_of

_GAP = re.compile(r"[ \u00a0\u2002-\u200a\u3000\t]{3,}")
_LONG = 120  # a shorter line with wide gaps is a row of a table, not a page on one line
# How crawlers head a page: «date 2024-05 Headline».
_CRAWLED = re.compile(r"\s*[a-z]{2,12}\s*:?\s*\d{4}-\d{2}(?:-\d{2})?(?=\s+\S)")
# What a publishing tool should have turned into something else: "[vc_row]", "[caption id=3 width=600]".
SHORTCODE = re.compile(r"\s*\[/?[a-z][a-z0-9]*(?:[_-][a-z0-9_-]+)?(?:\s+[a-z_]+\s*=[^\]\n]{0,200})?\]")
_STAMP = re.compile(
    r"\s*(?:[^\W\d_]{2,12}\s*:?\s*)?(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})(?:[T\s,|-]+\d{1,2}:\d{2}(?::\d{2})?)?[\s|:–—-]+"
)
_SENTENCE_END = re.compile(r"[.!?؟…][\"»”]?\s+")
_TERMINAL = tuple('.!?؟…:؛"»”')
_WRAPPED = 45
_LEADING_KINDS = ("furniture.rights", "furniture.protected", "furniture.related", "furniture.paywall")


class Line(NamedTuple):
    """A line or part of a line: characters ``start:end`` without white space at the ends, tokens ``first:last``.

    ``blank`` says that an empty line stands before it; ``wrapped`` that its sentence goes on in the next line; ``row`` is the number of
    the printed line.
    """

    start: int
    end: int
    first: int
    last: int
    blank: bool
    wrapped: bool
    row: int


def split_lines(text: str, tokens: tuple[Token, ...], matches: Sequence[Match]) -> tuple[Line, ...]:
    """Return the lines of *text* in order, empty ones left out.

    A long line is cut at gaps of three spaces or more (tickers before a page on one line), after a date stamp at its head, and before a
    copyright or "read also" sentence at its end.
    """
    starts = starts_of(tokens)
    leads = {match.first for match in matches if match.kind in _LEADING_KINDS}
    cuts: list[tuple[int, int, bool, int]] = []
    blank, position = False, 0
    for row, raw in enumerate(text.split("\n")):
        begin, position = position, position + len(raw) + 1
        if not raw.strip():
            blank = True
            continue
        for start, end in _parts(text, begin, begin + len(raw), starts, leads):
            cuts.append((start, end, blank, row))
            blank = False
    lines = [Line(s, e, bisect_left(starts, s), bisect_left(starts, e), b, False, row) for s, e, b, row in cuts]
    return tuple(_mark_wrapped(text, lines))


def _parts(text: str, start: int, end: int, starts: list[int], leads: set[int]) -> list[tuple[int, int]]:
    crawled = _CRAWLED.match(text, start, end)
    if crawled:
        return [*_trim_all(text, [(start, crawled.end())]), *_parts(text, crawled.end(), end, starts, leads)]
    coded = SHORTCODE.match(text, start, end) if "_" in text[start:end] or "=" in text[start:end] else None
    if coded:
        return [*_trim_all(text, [(start, coded.end())]), *_parts(text, coded.end(), end, starts, leads)]
    if end - start < _LONG:
        return _trim_all(text, [(start, end)])
    pieces, begin = [], start
    for gap in _GAP.finditer(text, start, end):
        pieces.append((begin, gap.start()))
        begin = gap.end()
    pieces.append((begin, end))
    parts: list[tuple[int, int]] = []
    for low, high in pieces:
        stamp = _STAMP.match(text, low, high)
        if stamp and high - stamp.end() >= _LONG // 2:
            parts.append((low, stamp.end()))
            low = stamp.end()
        parts.extend(_cut_tail(text, low, high, starts, leads))
    return _trim_all(text, parts)


def _cut_tail(text: str, start: int, end: int, starts: list[int], leads: set[int]) -> list[tuple[int, int]]:
    for match in _SENTENCE_END.finditer(text, start, end):
        index = bisect_left(starts, match.end())
        if index < len(starts) and index in leads and starts[index] - match.end() <= 2:
            return [(start, match.end()), (match.end(), end)]
    return [(start, end)]


def _trim_all(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    trimmed = []
    for start, end in pieces:
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        if left < len(piece):
            trimmed.append((start + left, start + len(piece.rstrip())))
    return trimmed


def _mark_wrapped(text: str, lines: list[Line]) -> list[Line]:
    """Mark lines that a narrow column broke: four neighbours or more of nearly the same length, a full stop only at their end."""
    marked = list(lines)
    at = 0
    while at < len(lines):
        last = at
        while last + 1 < len(lines) and _breaks_here(text, lines[last], lines[last + 1]):
            last += 1
        run = lines[at : last + 1]
        if len(run) >= 4 and text[run[-1].end - 1] in _TERMINAL and _is_column(text, run):
            for index in range(at, last):
                marked[index] = lines[index]._replace(wrapped=True)
        at = last + 1
    return marked


def _is_column(text: str, run: list[Line]) -> bool:
    """Say whether no two lines are the same and all but the last are nearly as long as the longest."""
    least = 0.75 * max(line.end - line.start for line in run)
    even = all(line.end - line.start >= least for line in run[:-1])
    return even and len({text[line.start : line.end] for line in run}) == len(run)


def _breaks_here(text: str, line: Line, following: Line) -> bool:
    if following.blank or following.row != line.row + 1 or not _WRAPPED <= line.end - line.start <= _LONG:
        return False
    return text[line.end - 1] not in _TERMINAL
