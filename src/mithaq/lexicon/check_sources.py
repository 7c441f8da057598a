"""Read files of sources as a patient colleague would: say, file and line, what is wrong with one and how to put it right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from difflib import get_close_matches
from functools import cache
from importlib.resources.abc import Traversable
from itertools import takewhile
from pathlib import Path
from typing import Any

from babel import Locale

from mithaq.errors import KnowledgeError
from mithaq.lexicon.load import find_source_files, packaged_knowledge, read_yaml
from mithaq.lexicon.problem import Problem
from mithaq.lexicon.sources import CHANNELS, FOLDER, LIST, NewsSource, host_of, packaged_sources, read_source
from mithaq.model.vocabulary import LANGUAGES

TYPES = ("agency", "newspaper", "news_site", "broadcaster", "ministry", "regulator", "organisation", "university", "company")
# How the months of the solar year are called: as in Egypt, the Levant, Morocco, Algeria, Tunisia, or by two names at once.
MONTHS = ("egyptian", "levantine", "maghrebi", "algerian", "tunisian", "double")
IN_ADDRESS = ("year/month/day", "year/month", "year-month-day", "day/month/year")
WORLD = "int"  # the folder of sources that are of no country
_LINES = (
    "kind", "type", "country", "worldwide", "domain", "hosts", "languages", "agency", *LANGUAGES, *CHANNELS, "dates", "credits",
    "furniture", "healthy", "example", "note",
)  # fmt: skip
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
_ANSWERS = frozenset({"yes", "no", "true", "false"})
_MOST_WORDS = 1000


def check_sources(root: Traversable | Path) -> list[Problem]:
    """Return what is wrong with the files of sources below a knowledge folder, in file order; empty when all is well."""
    problems: list[Problem] = []
    known = _agencies(root)
    taken: dict[str, str] = dict(_listed(root))
    for file in find_source_files(root):
        try:
            source = read_source(file)
            found = list(_check_source(source, read_yaml(file), known, taken))
        except KnowledgeError as error:
            path, line, words = _split(str(error), str(file))
            problems.append(Problem(path, line, file.name, words))
            continue
        taken |= dict.fromkeys(source.hosts, _short(source))
        lines = file.read_text("utf-8").splitlines()
        problems += [Problem(str(file), _line_of(lines, key, word), word, message) for key, word, message in found]
    return sorted(problems)


_Complaint = tuple[str, str, str]  # heading under which it stands, word, what to do


def _check_source(
    source: NewsSource, block: Mapping[str, Any], agencies: frozenset[str], taken: dict[str, str]
) -> Iterator[_Complaint]:
    for key in block:
        if key not in _LINES and key != "__line__":
            near = get_close_matches(key, _LINES, 1)
            advice = f"write {near[0]!r}" if near else f"it may have {', '.join(_LINES)}"
            yield key, key, f"a source has no such line; {advice}"
    yield from _check_kind(source)
    yield from _check_hosts(source, block, taken)
    yield from _check_names(source)
    for name in CHANNELS:
        yield from _check_channels(source, name, block.get(name) or [])
    yield from _one_of("dates", "months", source.months, MONTHS)
    yield from _one_of("dates", "in_address", source.in_address, IN_ADDRESS)
    for code in source.credits:
        if code not in agencies:
            yield "credits", code, "no agency is known by this code; give the agency a file of its own with 'agency: …', or correct it"
    if source.healthy.least_words > _MOST_WORDS:
        yield "healthy", str(source.healthy.least_words), f"so long is hardly any news page; write a number below {_MOST_WORDS}"


def _check_kind(source: NewsSource) -> Iterator[_Complaint]:
    yield from _one_of("type", "type", source.type, TYPES)
    folder = Path(source.path).parent.name
    if source.country is not None and source.country not in _countries():
        yield "country", source.country, "no country has this code; write its two letters, for example 'country: MA'"
    elif folder != (source.country or WORLD).lower():
        right = (source.country or WORLD).lower()
        yield "country", folder, f"this file lies in the folder {folder!r}, but it says that it belongs into {right!r}; move it there"
    if not source.languages:
        yield "languages", "languages", f"the source does not say its languages; add 'languages: [{', '.join(LANGUAGES)}]' as they are"
    for lang in source.languages:
        if lang not in LANGUAGES:
            yield "languages", lang, f"mithaq does not read this language; it reads {', '.join(LANGUAGES)}"


def _check_hosts(source: NewsSource, block: Mapping[str, Any], taken: Mapping[str, str]) -> Iterator[_Complaint]:
    for host in source.hosts:
        if not _HOST.fullmatch(host) or host.startswith("www."):
            yield "domain", host, f"write the bare name of the site, without https:// and www: {host_of(host) or 'example.org'}"
        elif host in taken:
            yield "domain", host, f"this site stands in {taken[host]} already; keep it in one of the two"
    example = block.get("example")
    if not isinstance(example, str) or not example:
        yield "example", "example", f"add 'example:' with an address of this source, such as https://www.{source.domain}/2025/03/"
    elif not _is_of(example, source):
        yield "example", example, f"this address is not of {' or '.join(source.hosts)}; add its site under 'hosts:' or correct it"


def _check_names(source: NewsSource) -> Iterator[_Complaint]:
    for lang in LANGUAGES:
        if lang not in source.names:
            yield lang, lang, f"the source has no name in this language; add '{lang}:' and below it, two blanks further in, 'name: …'"
    for key, names in source.names.items():
        for name in names:
            if name != name.strip() or "  " in name:
                yield key, name, "it has a space too many"


def _check_channels(source: NewsSource, name: str, items: Iterable[Mapping[str, Any]]) -> Iterator[_Complaint]:
    seen: set[str] = set()
    for item in items:
        address = str(item.get("address"))
        if not address.startswith(("http://", "https://")):
            yield name, address, "an address begins with https:// (or http://)"
        elif not _is_of(address, source):
            yield name, address, f"this address is not of {' or '.join(source.hosts)}; add its site under 'hosts:' or correct it"
        if address in seen:
            yield name, address, "stands twice; delete one"
        seen.add(address)
        if item.get("verified") not in _ANSWERS:
            yield name, address, "say whether anybody has tried it: add 'verified: true' or 'verified: false' below it"
        if item.get("language") not in (None, *LANGUAGES):
            yield name, str(item["language"]), f"mithaq does not read this language; it reads {', '.join(LANGUAGES)}"


def _one_of(key: str, name: str, value: str | None, allowed: tuple[str, ...]) -> Iterator[_Complaint]:
    if value is not None and value not in allowed:
        yield key, value, f"'{name}' may be {', '.join(allowed)}"


def _is_of(address: str, source: NewsSource) -> bool:
    host = host_of(address)
    return any(host == own or host.endswith(f".{own}") for own in source.hosts)


def _agencies(root: Traversable | Path) -> frozenset[str]:
    """Return the codes of all agencies: those that ship with mithaq, and those of this folder."""
    codes = {source.agency for source in packaged_sources().values()}
    for file in find_source_files(root):
        with suppress(KnowledgeError):
            codes.add(read_source(file).agency)
    return frozenset(code for code in codes if code)


@cache
def _countries() -> frozenset[str]:
    return frozenset({*Locale("en").territories, "XK"})


def _listed(root: Traversable | Path) -> Iterator[tuple[str, str]]:
    """Yield the hosts that the list of bare addresses has, and, for a folder of one's own, nothing: its files may replace packaged ones."""
    listed = root / FOLDER / LIST
    if listed.is_file() and str(root) == str(packaged_knowledge()):
        for block in read_yaml(listed).get("entries") or []:
            yield from ((host, LIST) for host in block.get("hosts") or [])


def _short(source: NewsSource) -> str:
    return "/".join(Path(source.path).parts[-2:])


def _split(message: str, path: str) -> tuple[str, int, str]:
    """Cut "path:7: words" into its parts; without a number it is line 1."""
    rest = message.removeprefix(path).lstrip(":")
    number, _, words = rest.partition(":")
    return (path, int(number), words.strip()) if number.strip().isdecimal() else (path, 1, rest.strip())


def _line_of(lines: list[str], key: str, word: str) -> int:
    """Return the number of the line below a heading that holds a word, else that of the heading, else 1."""
    start = next((number for number, line in enumerate(lines, start=1) if line.startswith(f"{key}:")), None)
    if start is None:
        return 1
    below = takewhile(lambda line: line.startswith(" "), lines[start:])
    return next((number for number, line in enumerate([lines[start - 1], *below], start=start) if word in line), start)
