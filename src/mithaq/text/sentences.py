"""Split running text into sentences, three languages, however the lines are broken."""

from __future__ import annotations

import re

# Short words after which a full stop ends no sentence: titles, offices, ranks, "that is", months, firms, and single letters.
_ABBREVIATIONS = re.compile(
    r"(?:^|[\s(«\"“'’\[.])(?:(?i:MM?|Mme|Mlle|Dr|Drs|Pr|Prof|Mr|Mrs|Ms|Eng|Engr|Ing|Gen|Col|Capt|Maj|Lt|Brig|Adm|Gov|Amb|Hon|Rev|Sen|Rep|"
    r"viz|vs|cf|approx|env|resp|incl|Jan|Feb|Aug|Sept|Oct|Nov|Dec|janv|févr|juil|déc)|"
    r"Me|H\.?E|S\.?E|S\.E\.M|St|Ste|No|art|etc|Inc|Ltd|Co|Corp|Sh|U\.?S|U\.?K|U\.?N|e\.g|i\.e|av|bd|[A-Z]|أ|ا|د|م|ق|ص|و|ب|ش|ت|ج)$"
)
_END = re.compile(r"[.!?؟…]+[\"»”’')\]]*(?=\s|$)|\n")
_TERMINAL = ".!?؟…:؛\"»”"
_BULLET = re.compile(r"\s*(?:[-–—•*▪◦#>]|[0-9٠-٩]+[.)\-])\s")
_WRAPPED = 45  # a shorter line without a full stop is a heading or list item, not a wrapped line


def split_sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the (start, end) of every sentence in ``text[start:end]``, white space at the ends left out."""
    pieces: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        if match.group() == "\n":
            if _line_goes_on(text, begin, match.start(), end):
                continue
        elif match.group()[0] == "." and _ABBREVIATIONS.search(text[max(begin, match.start() - 8) : match.start()]):
            continue
        pieces.append((begin, match.end()))
        begin = match.end()
    pieces.append((begin, end))
    return [trimmed for piece in pieces if (trimmed := _trim(text, *piece)) is not None]


def _line_goes_on(text: str, begin: int, newline: int, end: int) -> bool:
    """Say whether the line that ends at *newline* is wrapped in the middle of a sentence."""
    line_start = max(begin, text.rfind("\n", begin, newline) + 1)
    line = text[line_start:newline].strip()
    if len(line) < _WRAPPED or line[-1] in _TERMINAL:
        return False
    line_end = text.find("\n", newline + 1, end)
    following = text[newline + 1 : end if line_end < 0 else line_end]
    return bool(following.strip()) and not _BULLET.match(text, newline + 1, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
