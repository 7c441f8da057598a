"""Read what the tags of a web page say of it: headline, publication date, date line, pictures' captions (JSON-LD, OpenGraph, time, h1)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

import msgspec

_DATE_KEYS = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created",
    "parsely-pub-date", "sailthru.date", "publish-date", "pubdate",
)  # fmt: skip
_ISO = re.compile(r"\s*(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?")
_MIDNIGHT = (None, "00:00", "00:00:00")
_SITE = re.compile(r"\s+[|»›–—-]\s+")
_PICTURE = "//figcaption|//*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')]"
# Elements that may hold the printed date of a page: «الأربعاء 12 نونبر 2025», "Publié le 3 mai 2024 à 10h".
_DATED = re.compile(r"(?:^|[\s_-])(?:date|time|published|publish|posted|pubdate|timestamp)(?:$|[\s_-])", re.IGNORECASE)
_LONGEST_STAMP = 90  # characters
_LONG_PARAGRAPH = 80  # characters; the date line stands above the first of these
_ASIDE = frozenset({"aside", "nav", "footer", "figure"})


class Tags(msgspec.Struct, frozen=True):
    """What the tags say; None or empty where they say nothing. ``stamp`` is the printed date line, ``locked`` a page that is not free."""

    title: str | None = None
    published: str | None = None
    url: str | None = None
    captions: tuple[str, ...] = ()
    stamp: str | None = None
    locked: bool = False


def read_tags(tree: Any) -> Tags:
    """Return what the tags of a parsed web page say: headline, date (YYYY-MM-DD), captions and so on."""
    data = list(_linked_data(tree))
    captions = tuple(dict.fromkeys(caption for node in tree.xpath(_PICTURE) if (caption := _words(node.text_content()))))
    locked = any(str(item.get("isAccessibleForFree")).lower() == "false" for item in data)
    return Tags(_headline(tree, data), _published(tree, data), _address(tree), captions, _stamp(tree), locked)


def _stamp(tree: Any) -> str | None:
    """Return the date line printed between the headline and the article, or just above the headline inside the article.

    The date at the top of a site is that of today, and lists below carry the dates of other stories: neither is looked at.
    """
    headings = tree.xpath("//h1")
    if len(headings) != 1:
        return None
    holder = next((node for node in headings[0].iterancestors() if node.tag in ("article", "main")), None)
    seen = holder is not None
    for node in holder.iter() if holder is not None else tree.iter():
        if node is headings[0]:
            seen = True
        elif node.tag == "p" and len(node.text_content()) >= _LONG_PARAGRAPH and seen:
            return None
        elif seen and isinstance(node.tag, str) and _is_dated(node):
            words = _words(node.text_content())
            if words and len(words) <= _LONGEST_STAMP and any(c.isdigit() for c in words):
                return words
    return None


def _is_dated(node: Any) -> bool:
    named = node.tag == "time" or _DATED.search(f"{node.get('class') or ''} {node.get('itemprop') or ''}") is not None
    return named and not any(above.tag in _ASIDE for above in node.iterancestors())


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            stack: list[Any] = [msgspec.json.decode(str(script).strip())]
        except msgspec.DecodeError:
            continue
        while stack:
            item = stack.pop()
            if isinstance(item, list):
                stack.extend(item)
            elif isinstance(item, dict):
                stack.append(item.get("@graph"))
                yield item


def _headline(tree: Any, data: list[dict[str, Any]]) -> str | None:
    """Prefer the headline that is printed (one h1), then what the tags say without the name of the site."""
    printed = [_words(node.text_content()) for node in tree.xpath("//h1")]
    printed = [heading for heading in printed if len(heading.split()) >= 3]
    said = [_words(item["headline"]) for item in data if isinstance(item.get("headline"), str)]
    said += [_words(str(v)) for v in tree.xpath("//meta[@property='og:title']/@content")]
    for heading in printed:
        if len(printed) == 1 or any(heading in other or other in heading for other in said):
            return heading
    titles = [_words(node.text_content()) for node in tree.xpath("//head/title")]
    for heading in (*said, *titles):
        if heading:
            return max(_SITE.split(heading), key=len) if heading in titles else heading
    return None


def _published(tree: Any, data: list[dict[str, Any]]) -> str | None:
    said = [item["datePublished"] for item in data if isinstance(item.get("datePublished"), str)]
    for node in tree.xpath("//meta[@content]"):
        name = (node.get("property") or node.get("name") or node.get("itemprop") or "").lower()
        if name in _DATE_KEYS:
            said.append(node.get("content"))
    said += [str(v) for v in tree.xpath("//time/@datetime")][:1]
    for value in said:
        match = _ISO.match(value)
        if match is None:
            continue
        try:
            day = datetime.date.fromisoformat(match[1])
        except ValueError:
            continue
        # Content systems write the first of January, at midnight, when they know only the year.
        if (day.month, day.day) != (1, 1) or match[2] not in _MIDNIGHT:
            return day.isoformat()
    return None


def _address(tree: Any) -> str | None:
    """Return the address that the page gives as its own."""
    for value in tree.xpath("//link[@rel='canonical']/@href|//meta[@property='og:url']/@content"):
        if str(value).startswith(("http://", "https://")):
            return str(value)
    return None


def _words(text: str) -> str:
    # What scripts say in JSON may hold a zero, which stands for a lost letter as in every other text.
    return " ".join(text.replace("\0", "\ufffd").split())
