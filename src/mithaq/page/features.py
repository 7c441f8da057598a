"""What can be seen of a line before deciding whether it is article or furniture: length, ending, known words, overlap with the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate, chain
from typing import TypeVar

import msgspec

from mithaq.model import Match, Token
from mithaq.model.kept import keep_words
from mithaq.page.plain import SHORTCODE, Line
from mithaq.text.calendar import CalendarDate
from mithaq.text.fold import fold_word, read_clitics
from mithaq.text.language import function_words
from mithaq.text.tokens import forms_of, kind_of

_SEPARATORS = re.compile(r"\s[|»›>·•/#]+\s|[|»›]|\s[-–—:]{1,2}\s")
_SEPARATOR = re.compile("[-|»›>·•/#–—:]")  # without one of these there is no use in looking for _SEPARATORS
_CLOCK = re.compile(r"(?<!\d)[0-2]?\d\s?[:h]\s?[0-5]\d(?!\d)")
_HOURS = re.compile(r"\d\s?[:h]")  # without this there is no clock
_ADDRESS = re.compile(r"https?://|www\.|@[\w.-]+\.\w|^@\w|\w\.(?:com|net|org|ma|tn|dz)\b|\.(?:jpe?g|png|gif|webp|pdf)\b", re.IGNORECASE)
_DOTTED = re.compile(r"://|@|[wW]\.|\.[c-wC-W]")  # without one of these there is no address
_COPYRIGHT = re.compile(r"©|\([cC]\)\s*\d{4}")
_HASHTAG = re.compile(r"(?:^|\s)#\w")
_FENCED = re.compile(r"(?:([/=_~-])\s?\1|\*\s?\*\s?\*).*(?:[/=_~-]\s?[/=_~-]|\*\s?\*\s?\*)$")
_FENCES = ("/", "=", "_", "~", "-", "*")
_BULLET = re.compile(r"[-–—•*▪◦●](?!\*)\s?\S|[0-9٠-٩]{1,2}\s*[.)\-]\s|\S{1,2}/?[-)]\s")
MARKDOWN = re.compile(r"#{1,4}\s")
_PICTOGRAPH = re.compile("[\u2600-\u27bf\U0001f300-\U0001faff]")
_STOPS = tuple(".!?؟…;؛")
_CLOSERS = "\"»”’')]*_ "
_STEM = 5  # letters kept of a word when lines are compared: enough to join forms of one word, few enough to keep words apart
_CORE_WORDS = 15
_CREDIT = 6  # tokens after a picture word that name its maker: a person, an agency, two of them
_SHORT = 40  # words; in longer lines bars, clocks and addresses mean nothing
_Item = TypeVar("_Item", Match, CalendarDate)
_ORIGINS = ("outlet.agency", "place.city", "place.country", "place.region")


class Facts(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What one line shows. Shares run from 0 to 1; ``kinds`` counts known furniture words by kind, ``stems`` are those of its words,
    ``same`` is what copies of it share (see :func:`same_line`).
    """

    text: str
    same: str
    stems: frozenset[str]
    words: int
    stop: bool
    colon: bool
    commas: int
    separators: int
    covered: float
    kinds: dict[str, int]
    lead: str
    lead_only: bool
    tail: str
    date: float
    clock: bool
    address: bool
    bullet: bool
    markdown: bool
    overlap: float
    repeated: bool
    foreign: bool
    small: float
    credit: bool
    place: bool
    capitals: float
    pictograph: bool
    figures: float
    fenced: bool
    cut: bool
    joined: bool


def read_facts(
    text: str,
    lines: Sequence[Line],
    tokens: Sequence[Token],
    matches: Sequence[Match],
    dates: Sequence[CalendarDate],
    lang: str | None,
) -> tuple[Facts, ...]:
    """Return the facts of every line, in order."""
    by_line = _group(lines, [m for m in matches if m.kind.startswith("furniture.")])
    origins = _group(lines, [m for m in matches if m.kind in _ORIGINS])
    dates_by_line = _group(lines, dates)
    counts = _count_words(lines, tokens, lang)
    stems = [count.stems for count in counts]
    overlaps = _overlaps(text, lines, stems, by_line)
    same = [same_line(text[line.start : line.end]) for line in lines]
    copies = [_as_printed(text[line.start : line.end], same[i]) for i, line in enumerate(lines)]
    seen = Counter(copies)
    return tuple(
        _facts_of(text, line, tokens, counts[i], by_line[i], dates_by_line[i], origins[i], overlaps[i], same[i], seen[copies[i]] > 1)
        for i, line in enumerate(lines)
    )


def _group(lines: Sequence[Line], items: Sequence[_Item]) -> list[list[_Item]]:
    groups: list[list[_Item]] = [[] for _ in lines]
    at = 0
    for item in sorted(items, key=lambda i: i.first):
        while at < len(lines) and lines[at].last <= item.first:
            at += 1
        if at < len(lines) and lines[at].first <= item.first and item.last <= lines[at].last:
            groups[at].append(item)
    return groups


def _as_printed(content: str, same: str) -> str:
    """Return what a line has in common with its copies on the page, its stars and inner signs with it; *same* is that without them."""
    return " ".join(content.lstrip("# ").casefold().split()) if "#" in content or "*" in content else same


def same_line(text: str) -> str:
    """Return a line so that copies of a headline meet: white space, case and leading # left out."""
    bare = MARKDOWN.sub("", text) if "#" in text else text
    return " ".join(bare.strip("* ").casefold().split())


class _Look(msgspec.Struct, frozen=True, gc=False):
    """What a token adds to the counts of its line (see :func:`_add_up`), and its comparable stem when it is a word that carries
    meaning, else "".
    """

    counts: int
    stem: str


_DIGITS = 20  # binary digits that each count has, enough for the longest page
_MASK = (1 << _DIGITS) - 1


def _add_up(word: bool = False, figure: bool = False, small: bool = False, capital: bool = False, latin: bool = False) -> int:
    """Return one number that holds five counts side by side, so that a line's counts are added and subtracted at once."""
    return word | figure << _DIGITS | small << 2 * _DIGITS | capital << 3 * _DIGITS | latin << 4 * _DIGITS


@cache
def _looker(lang: str | None) -> Callable[[str], _Look]:
    """Return what looks at the form of a token of a page in a language."""
    small = function_words(lang)

    @keep_words
    def look_at_form(form: str) -> _Look:
        kind = kind_of(form)
        if kind != "word":
            return _Look(_add_up(figure=kind == "number"), "")
        key = fold_word(form)
        stem = "" if len(key) <= 2 or key in small else read_clitics(form)[-1].key[:_STEM]
        capital = form.isupper() and len(form) > 1
        return _Look(_add_up(word=True, small=key in small, capital=capital, latin=form[0].isascii()), stem)

    return look_at_form


def _overlaps(text: str, lines: Sequence[Line], stems: list[frozenset[str]], matches: list[list[Match]]) -> list[float]:
    """Return for each line the share of its stems that also stand in the dense lines: related headlines speak of other things."""
    core = []
    for i, line in enumerate(lines):
        length, known = line.last - line.first, sum(m.last - m.first for m in matches[i])
        if length >= _CORE_WORDS and known * 5 < length and _ends_sentence(text, line):
            core.append(i)
    counts = Counter(chain.from_iterable(stems[i] for i in core))
    # A dense line holds each of its stems itself, so there it takes two lines to share one.
    shared = (counts.keys(), {stem for stem, count in counts.items() if count > 1})
    overlaps = []
    for i in range(len(lines)):
        own = 1 if i in core else 0
        if not stems[i] or len(core) <= own:
            overlaps.append(0.25)
        else:
            overlaps.append(len(stems[i] & shared[own]) / len(stems[i]))
    return overlaps


def _ends_sentence(text: str, line: Line) -> bool:
    if line.wrapped:
        return True
    ending = text[line.start : line.end].rstrip(_CLOSERS)
    return ending.endswith(_STOPS)


def _facts_of(
    text: str,
    line: Line,
    tokens: Sequence[Token],
    seen: _Counts,
    matches: Sequence[Match],
    dates: Sequence[CalendarDate],
    origins: Sequence[Match],
    overlap: float,
    same: str,
    repeated: bool,
) -> Facts:
    content, words = text[line.start : line.end], seen.words
    known = _covered(matches, tokens)
    dated = _covered(dates, tokens)
    kinds: dict[str, int] = {}
    for match in matches:
        kinds[_sort(match)] = kinds.get(_sort(match), 0) + 1
    if content.count("#") >= 2 and len(_HASHTAG.findall(content)) >= 2:
        kinds["tags"] = kinds.get("tags", 0) + 1
    if words <= 12 and ("©" in content or "(" in content) and _COPYRIGHT.search(content):
        kinds["rights"] = kinds.get("rights", 0) + 1
    lead, lead_only = _lead(line, tokens, matches) if matches else ("", False)
    short = words < _SHORT
    return Facts(
        text=content,
        same=same,
        stems=seen.stems,
        words=words,
        stop=_ends_sentence(text, line),
        colon=content.endswith(":"),
        commas=content.count("،") + content.count(",") + content.count("؛"),
        separators=len(_SEPARATORS.findall(content)) if short and _SEPARATOR.search(content) else 0,
        covered=len(known - dated) / words if words else 0.0,
        kinds=kinds,
        lead=lead,
        lead_only=lead_only,
        tail=_tail(line, tokens, matches) if matches else "",
        date=len(dated) / words if words else 0.0,
        clock=short and bool(_HOURS.search(content) and _CLOCK.search(content)),
        address=short and bool(_DOTTED.search(content) and _ADDRESS.search(content)),
        bullet=bool(_BULLET.match(content)),
        markdown=content.startswith("#") and bool(MARKDOWN.match(content)),
        overlap=overlap,
        repeated=repeated and words > 0,
        foreign=seen.foreign,
        small=seen.small / words if words else 0.0,
        credit=bool(origins) and any(m.kind == "outlet.agency" and is_set_off(tokens, m, line) for m in origins),
        capitals=seen.capitals / words if words else 0.0,
        figures=seen.figures / words if words else 0.0,
        cut=content.endswith(("...", "…")),
        fenced=bool(content.startswith(_FENCES) and _FENCED.match(content)) or bool(content[0] == "[" and SHORTCODE.fullmatch(content)),
        pictograph=bool(_PICTOGRAPH.search(content)),
        joined=content[:1] in ("و", "ف") and tokens[line.first].end - line.start > 3,
        place=bool(origins) and any(m.kind != "outlet.agency" and m.first <= line.first + 1 for m in origins),
    )


def _tail(line: Line, tokens: Sequence[Token], matches: Sequence[Match]) -> str:
    """Return the kind of the known words that end a line; after a picture word set off by a mark a name may follow ("— Photo by")."""
    for match in matches:
        set_off = match.first > line.first and tokens[match.first - 1].kind == "mark"
        if match.kind == "furniture.caption" and set_off and match.last >= line.last - _CREDIT:
            return "caption"
    return next((_sort(m) for m in reversed(matches) if m.last >= line.last - 3), "")


def _covered(items: Sequence[Match] | Sequence[CalendarDate], tokens: Sequence[Token]) -> set[int]:
    """Return the tokens that matches or dates take in, marks left out."""
    return {at for item in items for at in range(item.first, item.last) if tokens[at].kind != "mark"} if items else set()


def _sort(match: Match) -> str:
    return match.kind.partition(".")[2]


class _Counts(msgspec.Struct, frozen=True, gc=False):
    """How many words, small words, words in capitals and figures stand in a line, whether all its words are foreign, and their stems."""

    words: int
    foreign: bool
    small: int
    capitals: int
    figures: int
    stems: frozenset[str]


def _count_words(lines: Sequence[Line], tokens: Sequence[Token], lang: str | None) -> list[_Counts]:
    """Return the counts of every line. Each word is looked at once, and lines take differences of running totals."""
    seen = list(map(_looker(lang), forms_of(tokens)))
    totals = list(accumulate([look.counts for look in seen], initial=0))
    stems = [look.stem for look in seen]
    counts = []
    for line in lines:
        first, last = line.first, line.last
        added = totals[last] - totals[first]
        plain, numbers, small, capitals, latin = [added >> place & _MASK for place in range(0, 5 * _DIGITS, _DIGITS)]
        foreign = lang == "ar" and plain > 0 and not numbers and latin == plain
        counts.append(_Counts(plain + numbers, foreign, small, capitals, numbers, frozenset(filter(None, stems[first:last]))))
    return counts


def is_set_off(tokens: Sequence[Token], match: Match, line: Line) -> bool:
    """Say whether marks or line ends stand on both sides of a credit: «/العُمانية/», "(MAP)"; the bare word may mean something else."""
    before = match.first <= line.first or tokens[match.first - 1].kind == "mark"
    after = match.last >= line.last or tokens[match.last].kind == "mark"
    return before and after and not match.prefix


def _lead(line: Line, tokens: Sequence[Token], matches: Sequence[Match]) -> tuple[str, bool]:
    """Return the kind of the known words that open the line, and whether a colon or bar closes them («اقرأ أيضا: …», "PHOTO | …")."""
    first = line.first
    while first < line.last and tokens[first].kind == "mark":
        first += 1
    best: Match | None = None
    for match in matches:
        if match.first == first and not match.prefix and (best is None or match.last > best.last):
            best = match
    if best is None:
        return "", False
    kind = _sort(best)
    alone = best.last >= line.last or tokens[best.last].form in (":", "|", "/", "-", "–", "—", ">", "»", "]", ")", ".")
    # "Numérique : trois villes connectées" is a headline with its subject in front, not a menu.
    if kind == "section" and best.last < line.last and tokens[best.last].form == ":" and line.last - best.last > 4:
        alone = False
    return kind, alone
