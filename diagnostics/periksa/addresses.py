"""Which addresses may be probed at all: one host each, written as an address, known to the office.

Probing sends packets, so this is decided before anything is sent. Host names are refused: what a
name points to can change between the check and the probe.
"""

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

Address = IPv4Address | IPv6Address
V4, V6 = 4, 6
Network = IPv4Network | IPv6Network

POINT_TO_POINT = 31  # RFC 3021: both addresses of a /31 are hosts

BROADCAST = IPv4Address("255.255.255.255")


def parse(text: str) -> Address:
    """Return the one host that ``text`` names.

    Raises:
        ValueError: It is no plain IPv4 or IPv6 address of a single host. The message is a sentence
            for the person who typed it.
    """
    try:
        address = ip_address(text)
    except ValueError:
        raise ValueError(f"{text!r} bukan alamat IP; nama host tidak diterima.") from None
    if address.is_multicast or address.is_unspecified or address == BROADCAST:
        raise ValueError(f"{text} bukan alamat satu perangkat.")
    if isinstance(address, IPv6Address) and (address.scope_id or address.ipv4_mapped):
        # A second spelling of an IPv4 address, or one that means something on one interface only.
        raise ValueError(f"{text} harus ditulis tanpa zona dan tanpa bentuk IPv4 di dalam IPv6.")
    return address


def allowed(address: str, registered: Iterable[str], ranges: Iterable[str]) -> bool:
    """Say whether ``address`` may be probed.

    Args:
        address: What somebody asks to probe.
        registered: Addresses of the devices on record. Entries that are no address match nothing.
        ranges: What the administrator opened besides, in CIDR notation ("10.20.0.0/16"). An entry
            with host bits set, or otherwise malformed, opens nothing.

    The broadcast address and the network address of an opened IPv4 range are never allowed: an
    echo to either can be answered by every host there.
    """
    host = _host(address)
    if host is None:
        return False
    networks = [network for network in map(_network, ranges) if network is not None]
    if any(_names_many(host, network) for network in networks):
        return False
    return host in map(_host, registered) or any(host in network for network in networks)


def _host(text: str) -> Address | None:
    try:
        return parse(text)
    except ValueError:
        return None


def _network(text: str) -> Network | None:
    try:
        return ip_network(text)
    except ValueError:
        return None


def _names_many(host: Address, network: Network) -> bool:
    return (
        isinstance(network, IPv4Network)
        and network.prefixlen < POINT_TO_POINT
        and host in (network.network_address, network.broadcast_address)
    )
