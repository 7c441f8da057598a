"""Of which country an outlet is, by its address or name."""

from collections import Counter

import pytest

from mithaq.lexicon.load import packaged_knowledge, read_yaml
from mithaq.lexicon.outlets import address_country, outlet_country
from mithaq.lexicon.sources import WORLD

BLOCKS = read_yaml(packaged_knowledge() / "sources" / "outlets.yml")["entries"]


@pytest.mark.parametrize(
    ("url", "outlet", "country"),
    [
        ("https://www.hespress.com/economie/1.html", None, "MA"),
        ("https://fr.hespress.com/1.html", None, "MA"),
        (None, "Hespress", "MA"),
        (None, "bbc.com", "GB"),
        ("https://www.rfi.fr/ar/1", None, None),
        ("https://example.com/1", "hespress", "MA"),
        ("https://www.mapnews.ma/ar", None, "MA"),
        ("https://news.example.co.uk/1", None, "GB"),
        ("https://www.state.gov/1", None, "US"),
        ("https://nothespress.com/1", None, None),
        ("https://example.com/1", None, None),
        (None, "dawn", None),
        (None, None, None),
    ],
)
def test_an_outlet_is_of_the_country_of_its_address_or_name(url: str | None, outlet: str | None, country: str | None) -> None:
    assert outlet_country(url, outlet) == country


def test_an_address_alone_tells_by_its_ending_only() -> None:
    assert address_country("https://www.hespress.com/1") is None
    assert address_country("https://www.aps.sn/1") == "SN"


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: str(block["country"]))
def test_every_block_proves_itself(block: dict[str, object]) -> None:
    assert outlet_country(str(block["example"]), None) == (None if block["country"] == WORLD else block["country"])


def test_no_host_stands_twice_or_tells_its_country_by_its_ending() -> None:
    hosts = [(host, block["country"]) for block in BLOCKS for host in block["hosts"]]
    assert [host for host, count in Counter(host for host, _ in hosts).items() if count > 1] == []
    assert [host for host, country in hosts if host.rsplit(".", 1)[-1].upper() == country] == []
