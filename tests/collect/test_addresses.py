"""Only machines of the public web are asked, whatever their names and redirects say."""

from __future__ import annotations

import socket
import time
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import httpcore2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mithaq.collect import addresses
from mithaq.collect.addresses import Deadline, GuardedBackend, RefusedAddressError, is_public, resolve

FORMS = """
10.0.0.1 127.0.0.1 127.8.8.8 169.254.169.254 192.168.1.1 172.16.0.1 172.31.255.255 100.64.0.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255
0.0.0.0 0.1.2.3 192.0.2.1 198.51.100.7 203.0.113.9 198.18.0.1 192.0.0.1
::1 :: fe80::1 fc00::1 fd12:3456::1 fec0::1 ff02::1 ff0e::1 2001:db8::1
::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:10.0.0.1 2002:7f00:1:: 2002:0808:0808:: 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2001::1
::127.0.0.1
"""


@pytest.mark.parametrize("address", FORMS.split())
def test_what_is_not_public_is_not_asked(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "64:ff9b::808:808"])
def test_what_is_public_may_be_asked(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_no_form_of_ipv6_opens_what_ipv4_closes(address: IPv4Address) -> None:
    forms = [IPv6Address(prefix << shift | int(address) << low) for prefix, shift, low in ((0xFFFF, 32, 0), (0, 32, 0), (0x2002, 112, 80))]
    assert not any(map(is_public, forms))
    assert is_public(IPv6Address(0x64FF9B << 96 | int(address))) == is_public(address)
    if address.is_private or address.is_multicast or address.is_loopback or address.is_reserved:
        assert not is_public(address)


def answers(*found: str) -> Any:
    def getaddrinfo(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    return getaddrinfo


def test_a_name_with_one_private_address_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", answers("93.184.216.34", "192.168.0.9"))
    with pytest.raises(RefusedAddressError) as refused:
        GuardedBackend(is_public, Deadline(5)).connect_tcp("news.example", 80, 1.0)
    assert (refused.value.host, refused.value.address) == ("news.example", "192.168.0.9")


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    gone_to: list[tuple[str, int]] = []

    def connect(_: object, host: str, port: int, *others: object) -> httpcore2.NetworkStream:
        gone_to.append((host, port))
        if host == "93.184.216.34":
            raise httpcore2.ConnectError("refused")
        return httpcore2.NetworkStream()

    # A name that answers with a private address when asked a second time: it is never asked a second time.
    turns = iter([answers("93.184.216.34", "93.184.216.35"), answers("127.0.0.1")])
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: next(turns)(*a, **k))
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect)
    GuardedBackend(is_public, Deadline(5)).connect_tcp("news.example", 443, 1.0)
    assert gone_to == [("93.184.216.34", 443), ("93.184.216.35", 443)]


def test_a_resolver_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: time.sleep(2) or [])
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        resolve("news.example", 80, 0.05)
    assert time.monotonic() - began < 1


def test_a_deadline_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(addresses.time, "monotonic", lambda: now)
    deadline = Deadline(10)
    assert (deadline.left(), deadline.left(3)) == (10, 3)
    now = 111.0
    with pytest.raises(httpcore2.ReadTimeout):
        deadline.left()
