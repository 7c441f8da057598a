"""Find out where a site tells what is new: feeds and sitemaps that it names, usual places where it keeps them, its sections."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec

from mithaq.collect.fetch import Answer
from mithaq.collect.listing import is_feed_type, parse_page, read_listing
from mithaq.collect.paths import join, same_site, usual_paths
from mithaq.collect.robots import Rules, closed, robots_of, text_of_answer
from mithaq.errors import InputError
from mithaq.lexicon.sources import Channel, ChannelKind
from mithaq.model.vocabulary import LANGUAGES

Ask = Callable[[str], Answer]
MOST_SECTIONS = 12
_MOST_NAMED = 12  # feeds that a page names; some name one for each tag
_SHAPES: dict[ChannelKind, tuple[str, ...]] = {"feed": ("feed",), "sitemap": ("sitemap", "index"), "section": ("section",)}
_FEWEST_ITEMS = 5  # articles that a page must name to be a section worth visiting


class Discovered(msgspec.Struct, frozen=True):
    """What was found of a site: its name as it gives it, the language of its front page, and where it tells what is new."""

    address: str
    title: str
    language: str | None
    channels: tuple[Channel, ...]


def discover(address: str, ask: Ask) -> Discovered:
    """Ask a site for what its front page, its robots.txt and the usual addresses tell; each address found is tried.

    *ask* gets one address, and is as slow as politeness demands. Raises InputError when the page itself cannot be had, or when the site
    does not want it asked for.
    """
    rules = _rules(address, ask)
    if not rules.allow(address):
        raise InputError(f"{address}: the site's robots.txt asks programs not to read this; ask its owners, or leave it out")
    front = ask(address)
    if not 200 <= front.status < 300:
        raise InputError(f"{address}: the site does not give this page ({front.status}); check the address")
    page = _Page(front)
    named = [link for link in page.feeds if same_site(link, front.url)][:_MOST_NAMED]
    usual = [join(front.url, path) for path in usual_paths().feeds] if not named else []
    feeds = _tried(named + usual, "feed", rules, ask, page.language)
    maps = _tried([*rules.sitemaps, *(() if rules.sitemaps else _usual_maps(front.url))], "sitemap", rules, ask, None)
    sections = _tried(page.sections, "section", rules, ask, page.language) if not feeds else ()
    return Discovered(front.url, page.title, page.language, (*feeds, *maps, *sections))


def _rules(address: str, ask: Ask) -> Rules:
    try:
        answer = ask(robots_of(address))
    except InputError:
        return closed()
    text = text_of_answer(answer.status, answer.data)
    return closed() if text is None else Rules(text)


def _usual_maps(url: str) -> Iterator[str | None]:
    return (join(url, path) for path in usual_paths().sitemaps)


def _tried(
    addresses: Iterable[str | None], kind: ChannelKind, rules: Rules, ask: Ask, language: str | None
) -> tuple[Channel, ...]:
    """Return those addresses that answer as such a channel, as verified; several that give the same are one."""
    found: dict[bytes, Channel] = {}
    for address in dict.fromkeys(addresses):
        if address is None or not rules.allow(address):
            continue
        try:
            answer = ask(address)
            section = kind == "section"
            listing = read_listing(answer.data, answer.url, section=section, charset=answer.charset) if answer.status == 200 else None
        except (InputError, EOFError, zlib.error, ValueError):
            continue
        if listing is None or listing.shape not in _SHAPES[kind]:
            continue
        if kind != "section" or len(tuple(listing.items)) >= _FEWEST_ITEMS:
            found.setdefault(answer.data, Channel(kind, address, language, True))
    return tuple(found.values())


class _Page:
    """The front page of a site: its name, its language, the feeds that it names, the sections to which it leads."""

    def __init__(self, answer: Answer) -> None:
        root = parse_page(answer.data, answer.charset)
        if root is None:
            raise InputError(f"{answer.url}: this is no web page; give the address of the site's front page")
        named = root.xpath("//meta[@property='og:site_name']/@content") or root.xpath("//title/text()")
        self.title = " ".join(str(named[0]).split())[:120] if named else ""
        lang = str((root.xpath("/html/@lang") or root.xpath("//meta[@property='og:locale']/@content") or [""])[0])[:2].lower()
        self.language = lang if lang in LANGUAGES else None
        links = root.xpath("//link[contains(concat(' ', @rel, ' '), ' alternate ')][@href]")
        self.feeds = [url for one in links if is_feed_type(one.get("type") or "") and (url := join(answer.url, one.get("href")))]
        self.sections = list(self._sections(root, answer.url))[:MOST_SECTIONS]

    def _sections(self, root: Any, url: str) -> Iterator[str]:
        seen: set[str] = set()
        for link in root.xpath("//nav//a[@href] | //header//a[@href] | //ul//a[@href]"):
            address = join(url, link.get("href"))
            path = urlsplit(address or "").path.strip("/")
            if address and address not in seen and path and path.count("/") <= 1 and same_site(address, url):
                seen.add(address)
                yield address
