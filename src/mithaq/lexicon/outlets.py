"""Which country a newspaper, news site or agency is of: an unsigned nationality on its pages is most often its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

from mithaq.lexicon.sources import WORLD, listed_hosts, packaged_sources

# Endings of addresses that are no country's letters but belong to one country, or differ from its code.
_ENDINGS = {"uk": "GB", "gov": "US", "mil": "US"}
_SHORTEST = 5  # letters: shorter names of outlets ("Dawn") are everyday words
_COUNTRY = 2


def outlet_country(url: str | None, outlet: str | None) -> str | None:
    """Return the country of the outlet at an address (or of that name), None for worldwide and unknown ones.

    >>> outlet_country("https://www.hespress.com/1.html", None), outlet_country(None, "hespress"), outlet_country("https://map.ma/", None)
    ('MA', 'MA', 'MA')
    """
    for address in (url, outlet):
        host = _host(address or "")
        if _is_worldwide(host):
            return None
        country = _listed(host) or address_country(address or "")
        if country:
            return country
    return _names().get((outlet or "").lower())


def address_country(address: str) -> str | None:
    """Return the country whose letters end the host of an address: MA of "https://www.mapnews.ma/ar", GB of "news.co.uk".

    None for broadcasters that report from everywhere: a minister of whom Radio France International speaks is of any country.
    """
    host = _host(address)
    if _is_worldwide(host):
        return None
    ending = host.rsplit(".", 1)[-1] if "." in host else ""
    return _ENDINGS.get(ending) or (ending.upper() if len(ending) == _COUNTRY and ending.isalpha() else None)


def agency_country(code: str | None) -> str | None:
    """Return the country of a national news agency (MAP is of Morocco), None for worldwide and unknown ones."""
    return _agencies().get(code or "")


def _host(address: str) -> str:
    return address.split("//")[-1].split("/")[0].lower()


def _listed(host: str) -> str | None:
    return next((country for tail in _tails(host) if (country := listed_hosts().get(tail))), None)


def _is_worldwide(host: str) -> bool:
    """Say whether an address is that of a broadcaster or agency that reports from everywhere."""
    return any(listed_hosts().get(tail) == WORLD for tail in _tails(host))


def _tails(host: str) -> Iterator[str]:
    parts = host.split(".")
    return (".".join(parts[first:]) for first in range(len(parts) - 1))


@cache
def _agencies() -> dict[str, str]:
    return {s.agency: s.country for s in packaged_sources().values() if s.agency and s.country and not s.worldwide}


@cache
def _names() -> dict[str, str]:
    """Return the countries by the name of the outlet: as its address spells it ("hespress"), and as its file gives it.

    Names of one short word ("Al-Ayam") are those of papers in several countries, and tell nothing.
    """
    names = {host.split(".")[0]: country for host, country in listed_hosts().items()}
    names = {name: country for name, country in names.items() if len(name) >= _SHORTEST and country != WORLD}
    said = [(n.lower(), s.country) for s in packaged_sources().values() if not s.worldwide for ns in s.names.values() for n in ns]
    bearers = Counter(name for name, _ in set(said))
    return names | {name: country for name, country in said if country and " " in name and bearers[name] == 1}


