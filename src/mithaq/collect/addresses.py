"""Which machines may be asked for a page: public ones, and never this machine, its network, or what hides behind another name.

An address that a person typed is harmless only until a page redirects it. So every name is resolved here, every address it gives is
checked, and the connection goes to the very address that was checked: a name that answers differently a moment later changes nothing.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

import httpcore2

Address = IPv4Address | IPv6Address
# Says whether a machine at an address may be asked.
Policy = Callable[[Address], bool]

# Prefixes under which IPv6 carries an IPv4 address of its own: 6to4 (RFC 3056), Teredo (RFC 4380), local NAT64 (RFC 8215), and the old
# compatible form (RFC 4291). A public page needs none of them, and each may lead to a private machine.
_CARRIERS = tuple(IPv6Network(prefix) for prefix in ("2002::/16", "2001::/32", "64:ff9b:1::/48", "::/96"))
# NAT64 (RFC 6052): how networks of IPv6 alone reach every site of IPv4; as public as the address that it carries in its last four bytes.
_NAT64 = IPv6Network("64:ff9b::/96")


class RefusedAddressError(Exception):
    """A name leads to a machine that must not be asked; ``host`` and ``address`` say which."""

    def __init__(self, host: str, address: str) -> None:
        super().__init__(f"{host} leads to {address}")
        self.host, self.address = host, address


def is_public(address: Address) -> bool:
    """Say whether an address belongs to the public internet: nothing private, local, shared, multicast, reserved, or carried in another."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return is_public(IPv4Address(address.packed[-4:]))
        if address.ipv4_mapped is not None or address.is_site_local or any(address in network for network in _CARRIERS):
            return False
    local = address.is_private or address.is_loopback or address.is_link_local or address.is_unspecified
    return address.is_global and not (local or address.is_multicast or address.is_reserved)


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """Return the addresses of a host; raises OSError when it has none, TimeoutError when the answer takes longer than *seconds*."""
    answers: list[str] = []
    errors: list[OSError] = []

    def ask() -> None:
        try:
            answers.extend(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            errors.append(error if isinstance(error, OSError) else OSError(f"{host!r} is no name of a machine"))

    # The resolver of the system knows no time limit of its own.
    asking = threading.Thread(target=ask, name=f"resolve {host}", daemon=True)
    asking.start()
    asking.join(seconds)
    if asking.is_alive():
        raise TimeoutError(f"no answer on the name {host} within {seconds:.0f} s")
    if errors:
        raise errors[0]
    return list(dict.fromkeys(answers))


class Deadline:
    """A moment after which nothing is waited for any more."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, at_most: float | None = None) -> float:
        """Return the seconds left, *at_most* so many; raises ReadTimeout when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the time for this page is over")
        return left if at_most is None else min(left, at_most)


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens connections only to addresses that the policy allows, and cuts every wait at the deadline, however slowly bytes drip in."""

    def __init__(self, allow: Policy, deadline: Deadline) -> None:
        self._allow, self._deadline = allow, deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            addresses = resolve(host, port, self._deadline.left(timeout))
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore2.ConnectError(f"the name {host} is not known ({error.strerror or error})") from error
        # One forbidden address among several refuses all: a name that gives both is a trick, never a news site.
        for address in addresses:
            if not self._allow(ip_address(address.partition("%")[0])):
                raise RefusedAddressError(host, address)
        failed: httpcore2.ConnectError | httpcore2.ConnectTimeout = httpcore2.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = httpcore2.SyncBackend().connect_tcp(address, port, self._deadline.left(timeout), local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failed


class _TimedStream(httpcore2.NetworkStream):
    """A connection that knows when the page's time is over."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
