"""Sources that mithaq knows: who publishes, where, in which languages, through which feeds; one file each, beside a list of bare addresses.

A file ``knowledge/sources/<cc>/<id>.yml`` holds all that is known of one source (docs/how-to/collect-the-news.md goes through one);
``knowledge/sources/outlets.yml`` lists addresses of which only the country is known. A workspace may hold files of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal
from urllib.parse import urlsplit

import msgspec

from mithaq.errors import KnowledgeError, QuestionError
from mithaq.lexicon.cache import made_once
from mithaq.lexicon.load import find_source_files, packaged_knowledge, read_yaml
from mithaq.model.vocabulary import LANGUAGES

FOLDER = "sources"
LIST = "outlets.yml"
WORLD = "int"  # stands for the country of those that report from everywhere
KIND = "source"
ChannelKind = Literal["feed", "sitemap", "section"]
CHANNELS: dict[str, ChannelKind] = {"feeds": "feed", "sitemaps": "sitemap", "sections": "section"}
YES = frozenset({"yes", "true"})


class Channel(msgspec.Struct, frozen=True):
    """An address at which a source tells what is new; ``verified`` says that it was tried and answered as such."""

    kind: ChannelKind
    address: str
    language: str | None = None
    verified: bool = False


class Healthy(msgspec.Struct, frozen=True):
    """What a page of a source is like when it was read well: the fewest words of its article, whether it has a headline and a date."""

    least_words: int = 0
    titled: bool = False
    dated: bool = False


class NewsSource(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one source. ``hosts`` begins with its domain; ``names`` are keyed by language, the first of each is shown.

    ``agency`` is the code under which other pages credit it, ``credits`` are the codes of agencies whose texts it prints. ``worldwide``
    sources report from everywhere, so that their country tells nothing of the people on a page.
    """

    id: str
    type: str
    country: str | None
    worldwide: bool
    hosts: tuple[str, ...]
    languages: tuple[str, ...]
    names: dict[str, tuple[str, ...]]
    agency: str | None
    channels: tuple[Channel, ...]
    months: str | None
    in_address: str | None
    credits: tuple[str, ...]
    furniture: tuple[str, ...]
    healthy: Healthy
    path: str

    @property
    def domain(self) -> str:
        """Return the first of its hosts."""
        return self.hosts[0]

    def name(self, lang: str) -> str:
        """Return its name in a language, else in any."""
        return next((names[0] for key in (lang, *LANGUAGES) if (names := self.names.get(key))), self.id)


def read_sources(root: Traversable | Path) -> dict[str, NewsSource]:
    """Return the sources of a knowledge folder by id; raises KnowledgeError at the first file that is no source, or an id that two have."""
    found: dict[str, NewsSource] = {}
    for file in find_source_files(root):
        source = read_source(file)
        if source.id in found:
            raise KnowledgeError(f"{file}: there is a source {source.id!r} already, in {found[source.id].path}; rename one of the files")
        found[source.id] = source
    return found


def read_source(file: Traversable | Path) -> NewsSource:
    """Return the source of one file, which is named by its id; raises KnowledgeError when the file lacks what makes it one."""
    block = read_yaml(file)
    if block.get("kind") != KIND:
        raise KnowledgeError(f"{file}:1: a file of a source begins with 'kind: source'")
    domain = _text(block, "domain", file).lower()
    dates, healthy = _block(block, "dates", file), _block(block, "healthy", file)
    return NewsSource(
        id=file.name.removesuffix(".yml"),
        type=_text(block, "type", file),
        country=block.get("country"),
        worldwide=block.get("worldwide") in YES,
        hosts=(domain, *(host.lower() for host in _words(block, "hosts", file))),
        languages=_words(block, "languages", file),
        names={lang: _names(block, lang, file) for lang in LANGUAGES if block.get(lang)},
        agency=block.get("agency"),
        channels=tuple(channel for name, kind in CHANNELS.items() for channel in _channels(block, name, kind, file)),
        months=dates.get("months"),
        in_address=dates.get("in_address"),
        credits=_words(block, "credits", file),
        furniture=_words(block, "furniture", file),
        healthy=Healthy(_number(healthy, "least_words", file), healthy.get("titled") in YES, healthy.get("dated") in YES),
        path=str(file),
    )


class _Packaged(msgspec.Struct, frozen=True):
    sources: dict[str, NewsSource]
    listed: dict[str, str]


@cache
def _packaged() -> _Packaged:
    root = packaged_knowledge()

    def read() -> _Packaged:
        return _Packaged(read_sources(root), _read_list(root / FOLDER / LIST))

    files = [file for file in (*find_source_files(root), root / FOLDER / LIST) if isinstance(file, Path)]
    return made_once(f"sources-{root}", files, _Packaged, read) if files else read()


def _read_list(file: Traversable | Path) -> dict[str, str]:
    return {host: block["country"] for block in read_yaml(file)["entries"] for host in block["hosts"]}


def packaged_sources() -> Mapping[str, NewsSource]:
    """Return the sources that ship with mithaq, by id."""
    return _packaged().sources


def known_sources(own: Path | None = None) -> Mapping[str, NewsSource]:
    """Return the packaged sources and those of a workspace's own knowledge folder, whose file wins where both have one of an id."""
    mine = read_sources(own) if own is not None and own.is_dir() else {}
    return MappingProxyType({**packaged_sources(), **mine})


def source_of(address: str | None, sources: Iterable[NewsSource]) -> NewsSource | None:
    """Return the source of a page by its address, or by the host alone; of several the one whose host says most."""
    host = host_of(address or "")
    tails = [".".join(parts) for at in range(host.count(".") + 1) if (parts := host.split(".")[at:])]
    known = {name: source for source in sources for name in source.hosts}
    return next((known[tail] for tail in tails if tail in known), None)


def find_source(named: str, sources: Mapping[str, NewsSource]) -> NewsSource:
    """Return the source that a person means by its id, its domain or one of its names; raises QuestionError when it is none or several."""
    asked = named.strip().lower()
    if asked in sources:
        return sources[asked]
    every = tuple(sources.values())
    found = [s for s in every if asked in s.hosts or any(asked == name.lower() for names in s.names.values() for name in names)]
    found = found or [source for source in (source_of(named, every),) if source]
    if len(found) != 1:
        several = f"it may be {', '.join(s.id for s in found)}"
        choice = several if found else "'mithaq source list' shows them, 'mithaq source add' makes one"
        raise QuestionError(f"there is no one source {named!r}; {choice}")
    return found[0]


def host_of(address: str) -> str:
    """Return the host of an address in small letters, also where nothing but a host is written."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return ""
    return host.lower().rstrip(".").removeprefix("www.")


@cache
def listed_hosts() -> Mapping[str, str]:
    """Return the countries of all national outlets by host: those of the files, and those of which only the country is known."""
    hosts = dict(_packaged().listed)
    for source in packaged_sources().values():
        if source.worldwide:
            hosts |= dict.fromkeys(source.hosts, WORLD)
        elif source.country:
            hosts |= dict.fromkeys(source.hosts, source.country)
    return MappingProxyType(hosts)


def _text(block: dict[str, Any], name: str, file: Traversable | Path) -> str:
    value = block.get(name)
    if not isinstance(value, str) or not value:
        raise KnowledgeError(f"{file}: the source does not say its {name}; add a line '{name}: …'")
    return value


def _number(block: dict[str, Any], name: str, file: Traversable | Path) -> int:
    value = block.get(name, "0")
    if not isinstance(value, str) or not value.isdecimal():
        raise KnowledgeError(f"{file}: '{name}: {value}' is no number; write for example '{name}: 80'")
    return int(value)


def _block(block: dict[str, Any], name: str, file: Traversable | Path) -> dict[str, Any]:
    value = block.get(name) or {}
    if not isinstance(value, dict):
        raise KnowledgeError(f"{file}: '{name}:' is a heading; write what it says on lines of their own below it, two blanks further in")
    return value


def _words(block: dict[str, Any], name: str, file: Traversable | Path) -> tuple[str, ...]:
    value = block.get(name) or []
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise KnowledgeError(f"{file}: '{name}:' is a list; write [one, another]")
    return tuple(value)


def _names(block: dict[str, Any], lang: str, file: Traversable | Path) -> tuple[str, ...]:
    names = _block(block, lang, file)
    return (_text(names, "name", file), *_words(names, "also", file))


def _channels(block: dict[str, Any], name: str, kind: ChannelKind, file: Traversable | Path) -> Iterator[Channel]:
    for item in block.get(name) or []:
        if not isinstance(item, dict):
            raise KnowledgeError(f"{file}: under '{name}:' write '- address: https://…' and 'verified: false'")
        yield Channel(kind, _text(item, "address", file), item.get("language"), item.get("verified") in YES)
