"""Which country a newspaper or news site is of: an unsigned nationality on its pages is most often its own."""

from __future__ import annotations

from functools import cache

from mithaq.lexicon.load import packaged_knowledge, read_yaml

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
        country = _listed(_host(address or "")) or address_country(address or "")
        if country:
            return country
    return _names().get((outlet or "").lower())


def address_country(address: str) -> str | None:
    """Return the country whose letters end the host of an address: MA of "https://www.mapnews.ma/ar", GB of "news.co.uk"."""
    host = _host(address)
    ending = host.rsplit(".", 1)[-1] if "." in host else ""
    return _ENDINGS.get(ending) or (ending.upper() if len(ending) == _COUNTRY and ending.isalpha() else None)


def _host(address: str) -> str:
    return address.split("//")[-1].split("/")[0].lower()


def _listed(host: str) -> str | None:
    parts = host.split(".")
    tails = (".".join(parts[first:]) for first in range(len(parts) - 1))
    return next((country for tail in tails if (country := _hosts().get(tail))), None)


@cache
def _hosts() -> dict[str, str]:
    content = read_yaml(packaged_knowledge() / "sources" / "outlets.yml")
    return {host: block["country"] for block in content["entries"] for host in block["hosts"]}


@cache
def _names() -> dict[str, str]:
    """Return the countries by the name of the outlet as its address spells it: "hespress"."""
    names = {host.split(".")[0]: country for host, country in _hosts().items()}
    return {name: country for name, country in names.items() if len(name) >= _SHORTEST}
