"""Somebody's network as plain data: what stands where, joined by what, and what it should offer.

No sockets, no files, no judgement here. ``netfile`` reads such a network from a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a node does with packets."""

    SERVER = "server"
    CORE = "core"
    ROUTER = "router"
    RELAY = "relay"
    SWITCH = "switch"
    AP = "ap"
    PC = "pc"
    HOST = "host"
    ISP = "isp"
    INTERNET = "internet"

    @property
    def routes(self) -> bool:
        """It forwards by address."""
        return self in (Kind.CORE, Kind.ROUTER, Kind.RELAY, Kind.ISP)

    @property
    def bridges(self) -> bool:
        """It forwards frames: those at its ports see each other's ARP."""
        return self in (Kind.SWITCH, Kind.AP)

    @property
    def foreign(self) -> bool:
        """It is not the office's to repair."""
        return self in (Kind.ISP, Kind.INTERNET)


@dataclass(frozen=True, slots=True)
class Interface:
    """A port of a node.

    Attributes:
        name: As the device calls it; empty where nobody wrote it down.
        address: In canonical spelling; empty for a port without one.
        prefix: Bits of its network, None where unknown.
    """

    name: str = ""
    address: str = ""
    prefix: int | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """A device, or what stands for the world outside.

    Attributes:
        name: As the inventory calls it, once in a network.
        kind: What it does with packets.
        interfaces: Its ports; one with several addresses is listed once for each.
        parent: The node it hangs off, empty for the topmost.
        nat: It translates the addresses of those behind it.
        dhcp: It hands out addresses on its LAN.
    """

    name: str
    kind: Kind
    interfaces: tuple[Interface, ...] = ()
    parent: str = ""
    nat: bool = False
    dhcp: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """All addresses it answers at."""
        return tuple(port.address for port in self.interfaces if port.address)


@dataclass(frozen=True, slots=True)
class Link:
    """What joins two nodes: a cable, a fibre with its converters, or a pair of radios.

    Attributes:
        a: One end.
        b: The other end.
        a_port: The interface of ``a`` it is plugged into, empty where unknown.
        b_port: The same of ``b``.
        rate_kbit: What it carries, None where unknown; probes keep well below.
        delay_ms: How long a packet takes when all is well.
        backup: Used only where there is no other way.
    """

    a: str
    b: str
    a_port: str = ""
    b_port: str = ""
    rate_kbit: int | None = None
    delay_ms: float = 0.0
    backup: bool = False

    @property
    def name(self) -> str:
        """As people call it: ``A--B``."""
        return f"{self.a}--{self.b}"

    def port(self, node: str) -> str:
        """The interface that it uses at one of its ends."""
        return self.a_port if node == self.a else self.b_port

    def other(self, node: str) -> str:
        """The end that is not ``node``."""
        return self.b if node == self.a else self.a


@dataclass(frozen=True, slots=True)
class Resolver:
    """A DNS server of this network: its node, its address, and the addresses it asks in turn."""

    node: str
    address: str
    forwards_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """A DNS name to ask for.

    Attributes:
        name: The name.
        external: The office's own resolvers must ask others for it.
        expect: The A records that are right; empty where anything is.
    """

    name: str
    external: bool = False
    expect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """Something to try over TCP.

    Attributes:
        node: Where it runs.
        url: An http or https address, empty where a connection is all there is to try.
        address: Where to connect to; empty: whatever the host in ``url`` resolves to.
        port: Where to connect to.
        large: Its answer fills many full packets, so it shows a swallowed large packet.
        expect_status: The HTTP status that is right.
    """

    node: str
    url: str = ""
    address: str = ""
    port: int = 443
    large: bool = False
    expect_status: int = 200


@dataclass(frozen=True, slots=True)
class Vantage:
    """A login on a device, from which to look as well.

    Attributes:
        node: The device.
        device: Its kind, as netmiko calls it; "script" for a PC that runs ours.
        address: Where to log in; empty: the first address of the node.
        port: Where to log in.
        user: As whom.
        secret: The name of the environment variable that holds the password. Never the password.
        telnet: It can do nothing better.
        legacy: It needs algorithms that are no longer safe.
    """

    node: str
    device: str = ""
    address: str = ""
    port: int = 22
    user: str = ""
    secret: str = ""
    telnet: bool = False
    legacy: bool = False


@dataclass(frozen=True)
class Network:
    """All of it.

    Attributes:
        nodes: Each name once; one is of the kind SERVER, where Periksa runs.
        links: Each pair of nodes at most once for each pair of ports.
        resolvers: The DNS servers that are asked.
        names: What they are asked.
        services: What is tried over TCP.
        vantages: Where there is a login.
        name: What people call the network.
    """

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    resolvers: tuple[Resolver, ...] = ()
    names: tuple[Name, ...] = ()
    services: tuple[Service, ...] = ()
    vantages: tuple[Vantage, ...] = ()
    name: str = ""

    @cached_property
    def by_name(self) -> Mapping[str, Node]:
        """The nodes by name."""
        return {node.name: node for node in self.nodes}

    @cached_property
    def server(self) -> str:
        """The name of the node where Periksa runs, empty where none is."""
        return next((node.name for node in self.nodes if node.kind is Kind.SERVER), "")

    @cached_property
    def links_of(self) -> Mapping[str, tuple[Link, ...]]:
        """The links at each node."""
        at: dict[str, tuple[Link, ...]] = {node.name: () for node in self.nodes}
        for link in self.links:
            at[link.a] += (link,)
            at[link.b] += (link,)
        return at

    @cached_property
    def _owners(self) -> Mapping[str, tuple[Node, Interface]]:
        return {
            port.address: (node, port)
            for node in self.nodes
            for port in node.interfaces
            if port.address
        }

    def owner(self, address: str) -> tuple[Node, Interface] | None:
        """Who answers at an address (canonical spelling), and at which of its ports."""
        return self._owners.get(address)

    def link_at(self, node: str, port: str) -> Link | None:
        """What is plugged into a port, None where nobody wrote it down."""
        links = self.links_of.get(node, ())
        return next((link for link in links if port and link.port(node) == port), None)

    def resolver_at(self, address: str) -> Resolver | None:
        """The resolver with that address."""
        return next((one for one in self.resolvers if one.address == address), None)
