"""What a page says of itself: publication date, outlet, agency, section, rights; the sidecar file before the URL before the text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from mithaq.errors import InputError
from mithaq.model import Match, Token
from mithaq.model.vocabulary import PublishedBasis, SegmentKind
from mithaq.page.features import is_set_off
from mithaq.page.plain import Line
from mithaq.page.segments import Layout
from mithaq.text.calendar import CalendarDate
from mithaq.text.fold import fold_text, read_clitics

_URL_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})([/_-])(1[0-2]|0?[1-9])\2([12]\d|3[01]|0?[1-9])(?!\d)")
_URL_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_NOT_NAME = frozenset({"furniture.rights", "time.year"})
_BREADCRUMB = re.compile(r"\s*(?:[»›>/\\|]|::|→)\s*")
_ABOVE: tuple[SegmentKind, ...] = ("byline", "dateline", "boilerplate", "notice", "caption")
_STAMPS = frozenset({"stamp", "byline"})
_OPENING = 14  # tokens at the head of an article among which a dateline names its agency
_CITY, _AGENCY = 4, 3  # tokens before and behind the date of a dateline


class Sidecar(msgspec.Struct, frozen=True):
    """What is known of a page from outside its text (``FILE.meta.json``)."""

    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    retrieved: str | None = None
    charset: str | None = None
    invented: bool = False
    private: bool = False


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says of itself; None where it does not say."""

    published: str | None = None
    published_basis: PublishedBasis | None = None
    outlet: str | None = None
    agency: str | None = None
    section: str | None = None
    rights: str | None = None


def read_sidecar(data: bytes | None, *, path: str) -> Sidecar:
    """Return the content of ``FILE.meta.json``; raises InputError naming *path* when it is not such a file."""
    if data is None:
        return Sidecar()
    try:
        content: Any = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except msgspec.DecodeError as error:
        raise InputError(f"{path}.meta.json: not valid JSON ({error}); correct it or remove it") from error
    if not isinstance(content, dict):
        raise InputError(f"{path}.meta.json: expected an object with url, outlet, published, retrieved; correct it or remove it")
    keys = ("url", "outlet", "published", "retrieved", "charset")
    texts = {key: content[key].replace("\0", "\ufffd") for key in keys if isinstance(content.get(key), str) and content[key]}
    return Sidecar(**texts, invented=content.get("invented") is True, private=content.get("private") is True)


def read_metadata(
    text: str,
    layout: Layout,
    tokens: Sequence[Token],
    matches: Sequence[Match],
    dates: Sequence[CalendarDate],
    url: str | None,
    sidecar: Sidecar,
    tagged: str | None = None,
) -> Metadata:
    """Return the metadata of a page; *tagged* is the publication date from the tags of a web page, None without."""
    published, basis = _published(layout, tokens, dates, url, sidecar, tagged)
    return Metadata(
        published=published,
        published_basis=basis,
        outlet=sidecar.outlet or _domain(url) or _masthead(text, layout, tokens, matches),
        agency=_agency(layout, tokens, matches),
        section=_section(layout),
        rights="protected" if _is_protected(layout) else None,
    )


def _is_protected(layout: Layout) -> bool:
    return any("protected" in f.kinds and s.kind == "notice" for f, s in zip(layout.facts, layout.segments, strict=True))


def clean_date(value: str | None) -> str | None:
    """Return YYYY-MM-DD or YYYY-MM when *value* begins with a possible date, else None."""
    match = _ISO.match(value or "")
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), match[3]
    try:
        datetime.date(year, month, int(day or 1))
    except ValueError:
        return None
    return match[0]


def _published(
    layout: Layout, tokens: Sequence[Token], dates: Sequence[CalendarDate], url: str | None, sidecar: Sidecar, tagged: str | None
) -> tuple[str | None, PublishedBasis | None]:
    known = clean_date(sidecar.published) or clean_date(tagged)
    if known:
        return known, "metadata"
    from_url = date_in_url(url)
    if from_url:
        return from_url, "url"
    from_text = _date_of_page(layout, tokens, dates)
    return (from_text, "text") if from_text else (None, None)


def date_in_url(url: str | None) -> str | None:
    """Return the full date that a URL holds: «/2024/11/13/», «20150730»; None when it holds none."""
    if not url:
        return None
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return None
    for pattern in (_URL_DATE, _URL_COMPACT):
        for match in pattern.finditer(path):
            try:
                return datetime.date(int(match[1]), int(match[3]), int(match[4])).isoformat()
            except ValueError:
                continue
    return None


def _date_of_page(layout: Layout, tokens: Sequence[Token], dates: Sequence[CalendarDate]) -> str | None:
    """Return the full date of a date line, by-line or dateline. Footers and tickers carry other stories' dates and do not count."""
    kinds = [segment.kind for segment in layout.segments]
    body = kinds.index("body") if "body" in kinds else len(kinds)
    ranked: list[tuple[int, int, str]] = []
    for date in dates:
        value = date.value
        at = next((i for i, line in enumerate(layout.lines) if line.first <= date.first < line.last), None)
        if at is None or value is None or date.day is None:
            continue
        facts = layout.facts[at]
        stamped = bool(_STAMPS & facts.kinds.keys()) or facts.clock
        if at < body and kinds[at] in _ABOVE and (stamped or facts.date >= 0.34 or kinds[at] == "dateline"):
            ranked.append((0 if stamped else 1, body - at, value))
        elif at < body and _stands_between_bars(tokens, date, layout.lines[at]):
            ranked.append((1, body - at, value))
        elif at == body and _in_dateline(tokens, date, layout.lines[at].first):
            ranked.append((2, 0, value))
        elif at > body and kinds[at] != "body" and "stamp" in facts.kinds and facts.words <= 14:
            ranked.append((3, at, value))
    return min(ranked)[2] if ranked else None


def _stands_between_bars(tokens: Sequence[Token], date: CalendarDate, line: Line) -> bool:
    """Say whether bars cut a date from the rest of its line: "Site name | 3 May 2024 | Headline"."""
    before = date.first <= line.first or tokens[date.first - 1].form == "|"
    return before and (date.last >= line.last or tokens[date.last].form == "|")


def _in_dateline(tokens: Sequence[Token], date: CalendarDate, first: int) -> bool:
    """Say whether a date stands in the dateline of a first line: «الرباط 12 مارس 2026 -», «رام الله 30-3-2026 وفا -»."""
    if date.first - first > _OPENING:
        return False
    # Behind a city and a date the agency may be named before the dash; further on in a sentence it would be no dateline.
    agency = _AGENCY if date.first - first <= _CITY else 0
    behind = tokens[date.last : date.last + agency + 1]
    mark = next((token.form for token in behind if token.kind == "mark"), "")
    return mark in ("(", "/", "-", "–", "—", ":")


def _domain(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _agency(layout: Layout, tokens: Sequence[Token], matches: Sequence[Match]) -> str | None:
    """Return the agency that a by-line, a dateline, or the first or last words of the article credit."""
    credits = [m for m in matches if m.kind == "outlet.agency" and m.attributes.get("code")]
    if not credits:
        return None
    body = [i for i, s in enumerate(layout.segments) if s.kind == "body"]
    for at, (line, segment) in enumerate(zip(layout.lines, layout.segments, strict=True)):
        for match in credits:
            if not line.first <= match.first < line.last:
                continue
            if segment.kind in ("byline", "dateline") and is_set_off(tokens, match, line):
                return match.attributes["code"]
            if body and at == body[0] and match.first - line.first <= _OPENING and is_set_off(tokens, match, line):
                return match.attributes["code"]
            if body and at >= body[-1] and line.last - match.last <= 2 and is_set_off(tokens, match, line):
                return match.attributes["code"]
    return None


def _section(layout: Layout) -> str | None:
    """Return the section that a breadcrumb or a section word above the headline names: «سياسة», "Accueil > Économie"."""
    for facts, segment in zip(layout.facts, layout.segments, strict=True):
        if segment.kind in ("title", "body"):
            break
        pieces = [piece for piece in _BREADCRUMB.split(facts.text) if piece]
        if facts.lead == "section" and facts.covered > 0.6 and len(pieces) == 1 and facts.words <= 4:
            return facts.text
        if facts.lead == "navigation" and facts.lead_only and 2 <= len(pieces) <= 4 and "|" not in facts.text:
            return pieces[-1]
        if facts.lead == "navigation" and ":" in facts.text and facts.words <= 6:
            return facts.text.partition(":")[2].strip() or None
    return None


def _masthead(text: str, layout: Layout, tokens: Sequence[Token], matches: Sequence[Match]) -> str | None:
    """Return the outlet named beside an agency credit («أخبار الجهة - و م ع») or after the copyright sign."""
    for line, segment in zip(layout.lines, layout.segments, strict=True):
        if segment.kind != "byline":
            continue
        credit = next((m for m in matches if m.kind == "outlet.agency" and line.first < m.first < line.last), None)
        if credit is not None and tokens[credit.first - 1].form in ("-", "–", "—", "/", "|") and credit.first - 1 > line.first:
            return text[line.start : tokens[credit.first - 2].end].strip() or None
    return _rights_holder(text, layout, tokens, matches) or _first_line(text, layout)


def _rights_holder(text: str, layout: Layout, tokens: Sequence[Token], matches: Sequence[Match]) -> str | None:
    """Return the name beside the copyright words, at least two words of it."""
    for line, segment, facts in zip(layout.lines, layout.segments, layout.facts, strict=True):
        if segment.kind != "notice" or "rights" not in facts.kinds or facts.words > 9:
            continue
        taken = {at for m in matches if m.kind in _NOT_NAME and line.first <= m.first < line.last for at in range(m.first, m.last)}
        run: list[Token] = []
        for at in range(line.first, line.last):
            token = tokens[at]
            if token.kind == "word" and at not in taken and len(token.form) > 1:
                run.append(token)
            elif len(run) >= 2:
                break
            elif token.kind == "word":
                run = []
        # "reserved to the publisher" names nobody; «محفوظة للجريدة»: the name has lost its article's alef, and cannot be cut out whole.
        if 2 <= len(run) <= 4 and not run[0].form.islower() and not any(reading.prefix for reading in read_clitics(run[0].form)):
            return text[run[0].start : run[-1].end]
    return None


def _first_line(text: str, layout: Layout) -> str | None:
    """Return the short first line of a page when its words stand again elsewhere in the furniture: the name of the outlet."""
    if not layout.lines or layout.segments[0].kind not in ("boilerplate", "related"):
        return None
    facts = layout.facts[0]
    if not 1 < facts.words <= 5 or facts.covered >= 0.5 or facts.date or facts.separators or facts.stop:
        return None
    name = fold_text(facts.text)
    rest = [f.text for f, s in zip(layout.facts[1:], layout.segments[1:], strict=True) if s.kind != "body"]
    return facts.text if any(f" {name} " in f" {fold_text(line)} " for line in rest) else None
