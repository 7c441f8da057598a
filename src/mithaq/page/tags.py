"""Read what the tags of a web page say of it: headline, publication date, pictures' captions (JSON-LD, OpenGraph, time, h1)."""

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
_ISO = re.compile(r"\s*(\d{4}-\d{2}-\d{2})")
_SITE = re.compile(r"\s+[|»›–—-]\s+")
_PICTURE = "//figcaption|//*[contains(concat(' ', normalize-space(@class), ' '), ' wp-caption-text ')]"


class Tags(msgspec.Struct, frozen=True):
    """What the tags say; None or empty where they say nothing."""

    title: str | None = None
    published: str | None = None
    url: str | None = None
    captions: tuple[str, ...] = ()


def read_tags(text: str) -> Tags:
    """Return headline, date (YYYY-MM-DD) and captions of a web page; a page that cannot be parsed has none."""
    # Imported here: plain pages do without it.
    from lxml import etree
    from lxml import html as lxml_html

    try:
        tree: Any = lxml_html.fromstring(text.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except (ValueError, etree.ParserError):
        return Tags()
    data = list(_linked_data(tree))
    captions = tuple(dict.fromkeys(caption for node in tree.xpath(_PICTURE) if (caption := _words(node.text_content()))))
    return Tags(_headline(tree, data), _published(tree, data), _address(tree), captions)


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
        # Content systems write the first of January when they know only the year.
        if (day.month, day.day) != (1, 1):
            return day.isoformat()
    return None


def _address(tree: Any) -> str | None:
    """Return the address that the page gives as its own."""
    for value in tree.xpath("//link[@rel='canonical']/@href|//meta[@property='og:url']/@content"):
        if str(value).startswith(("http://", "https://")):
            return str(value)
    return None


def _words(text: str) -> str:
    return " ".join(text.split())
