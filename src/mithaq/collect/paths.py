"""Usual addresses on news sites: where feeds and sitemaps are kept, and which links lead to no article."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import msgspec

from mithaq.lexicon.load import packaged_knowledge, read_yaml
from mithaq.store.address import site_of

LONGEST = 2000  # characters of an address; servers themselves take hardly more
_DATED = re.compile(r"(?<!\d)((?:19|20)\d{2})[/_-](1[0-2]|0?[1-9])(?:[/_-]([12]\d|3[01]|0?[1-9]))?(?!\d)")
_NUMBERED = re.compile(r"\d{4,}")


class Paths(msgspec.Struct, frozen=True):
    """What ``knowledge/collecting/paths.yml`` says."""

    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    not_articles: frozenset[str]
    files: frozenset[str]


@cache
def usual_paths() -> Paths:
    """Return the usual addresses that ship with mithaq."""
    content = read_yaml(packaged_knowledge() / "collecting" / "paths.yml")
    lists = {name: tuple(content[name]) for name in Paths.__struct_fields__}
    return Paths(lists["feeds"], lists["sitemaps"], frozenset(lists["not_articles"]), frozenset(lists["files"]))


def join(base: str, link: str) -> str | None:
    """Return the address to which a link on the page *base* leads, without its fragment; None when it is none of the web."""
    try:
        url = urldefrag(urljoin(base, link.strip())).url
        parts = urlsplit(url)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname or parts.username is not None:
            return None
    except ValueError:
        return None
    return url if len(url) <= LONGEST and not re.search(r"[\s<>\"\x00-\x1f]", url) else None


def same_site(one: str, other: str) -> bool:
    """Say whether two addresses are of one site, for telephones or desks, with or without www."""
    return site_of(urlsplit(one).hostname or "") == site_of(urlsplit(other).hostname or "")


def day_in(url: str) -> str | None:
    """Return the day, else the month, that an address holds: 2025-06-03 of ".../2025/06/03/title"; None without."""
    found = _DATED.search(unquote(urlsplit(url).path))
    if found is None:
        return None
    year, month, day = found.groups()
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def may_be_article(url: str, words: str) -> bool:
    """Say whether a link of a section page may lead to an article: its words are a headline, or its address is numbered or dated."""
    parts = [part.lower() for part in unquote(urlsplit(url).path).split("/") if part]
    if not parts or any(part in usual_paths().not_articles for part in parts) or parts[-1].rpartition(".")[2] in usual_paths().files:
        return False
    named = len(words.split()) >= 4 or len(words) >= 25
    return (named and (len(parts) > 1 or len(parts[0]) > 20 or bool(_NUMBERED.search(url)))) or bool(_NUMBERED.search(parts[-1]) and words)
