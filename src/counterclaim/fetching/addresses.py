"""Which addresses of the network a fetch may go to: public ones, and those that an administrator lists.

Sources: the IANA special-purpose address registries (RFC 6890 and its updates), read through Python's
:mod:`ipaddress`; RFC 6052 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo), RFC 5214 (ISATAP).
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from typing import TypeAlias

from counterclaim.model import CounterclaimError
from counterclaim.model.errors import Messages

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

REFUSED_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",
        "100.64.0.0/10",  # shared by carriers (RFC 6598)
        "192.0.0.0/24",
        "192.88.99.0/24",  # the old way into 6to4
        "198.18.0.0/15",
        "240.0.0.0/4",
        "168.63.129.16/32",  # a public address at which one cloud answers its own machines
    )
)
"""IPv4 addresses that are refused whatever this Python's :mod:`ipaddress` thinks of them."""

UNICAST_6 = IPv6Network("2000::/3")
"""The only IPv6 addresses given out for use in the whole network."""

REFUSED_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them, which holds an IPv4 address
        "2001:db8::/32",
        "2002::/16",  # 6to4, which holds an IPv4 address
        "3fff::/20",
    )
)
_ISATAP = (0x00005EFE, 0x02005EFE)
"""The upper half of an interface identifier whose lower half is an IPv4 address."""


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the public network and to nobody's inner one.

    Every IPv6 address that holds an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo, ISATAP) is
    refused, whatever it holds: a host that has an IPv4 address says so in its own name.
    """
    if address.is_multicast or address.is_reserved or address.is_unspecified or not address.is_global:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in network for network in REFUSED_4)
    if address not in UNICAST_6 or any(address in network for network in REFUSED_6):
        return False
    return (int(address) >> 32) & 0xFFFFFFFF not in _ISATAP


def read_networks(given: Iterable[str]) -> tuple[Network, ...]:
    """Return the networks that an administrator wrote (``10.1.0.0/16``, ``127.0.0.1``, ``fd00::/8``).

    Raises CounterclaimError where one is no network.
    """
    found: list[Network] = []
    for each in given:
        try:
            found.append(ip_network(each.strip()))
        except ValueError as error:
            raise CounterclaimError(Messages.network_unreadable(each, str(error))) from error
    return tuple(found)


def in_networks(address: Address, networks: Iterable[Network]) -> bool:
    """Tell whether an address is in one of the networks."""
    return any(address.version == network.version and address in network for network in networks)


def read_address(text: str) -> Address:
    """Return the address that a resolver gave; one with a zone (``fe80::1%eth0``) without the zone."""
    return ip_address(text.partition("%")[0])
