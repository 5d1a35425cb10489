"""A network as data: what stands where and how it is joined. Nothing here touches the system."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Interface, IPv4Network

BRIDGES = ("switch", "ap")
ROUTERS = ("core", "router", "relay", "isp")
OUTSIDE = ("isp", "internet")  # whose routing tables are not ours to fill


@dataclass(frozen=True, slots=True)
class Node:
    """A device.

    Attributes:
        name: Unique; also the end of its namespace's name.
        kind: As in periksa's network files.
        address: A bridge's own, with its prefix length; other nodes have theirs on their ports.
        parent: The node on the way to the core.
        nat: Hides what it forwards to ``isp`` nodes behind its own address.
    """

    name: str
    kind: str
    address: str = ""
    parent: str = ""
    nat: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A cable or radio hop between two ports. Addresses have a prefix length, or are empty.

    Attributes:
        lit: Equipment with power of its own (media converters, radios) keeps the light on at one
            end when the device at the other has none.
        kbit: What it carries, in kbit/s.
        delay_ms: What a packet takes when all is well, as over a satellite.
        backup: Used only when there is no other way.
    """

    a: str
    a_port: str
    b: str
    b_port: str
    a_address: str = ""
    b_address: str = ""
    lit: bool = False
    kbit: int = 100_000
    delay_ms: float = 0.0
    backup: bool = False

    @property
    def name(self) -> str:
        return f"{self.a}--{self.b}"

    @property
    def ends(self) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
        """(node, port, address) of both."""
        return (self.a, self.a_port, self.a_address), (self.b, self.b_port, self.b_address)


@dataclass(frozen=True, slots=True)
class Office:
    """Who is who in one OPD; the first PC is the one somebody sits at.

    Attributes:
        second: A switch behind the first, with the second and later wired PCs; empty for none.
    """

    router: str
    switch: str
    ap: str
    pcs: tuple[str, ...]
    wireless: str
    lan: str
    second: str = ""

    @property
    def members(self) -> tuple[str, ...]:
        """All devices, the router first."""
        inner = (self.second,) if self.second else ()
        return self.router, self.switch, *inner, self.ap, *self.pcs, self.wireless


@dataclass(frozen=True, slots=True)
class Page:
    """Something on the web to look at."""

    node: str
    url: str
    address: str
    status: int
    large: bool = False
    external: bool = False


@dataclass(frozen=True)
class Topology:
    """A whole network.

    Attributes:
        server: Where periksa runs.
        resolvers: Node to the addresses of the resolvers it asks; each answers on its own address.
        internal: Names the resolver in the core knows, and their addresses.
        external: Names only the provider knows.
    """

    name: str
    core: str
    server: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    offices: tuple[Office, ...]
    resolvers: dict[str, tuple[str, ...]]
    internal: dict[str, str]
    external: dict[str, str]
    pages: tuple[Page, ...]
    routes: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def node(self, name: str) -> Node:
        return next(node for node in self.nodes if node.name == name)

    def link(self, name: str) -> Link:
        return next(link for link in self.links if link.name == name)

    def links_of(self, name: str) -> Iterator[tuple[str, str, str]]:
        """(port, address, the link's name) of every port of a node."""
        for link in self.links:
            for node, port, address in link.ends:
                if node == name:
                    yield port, address, link.name

    def addresses(self, name: str) -> list[str]:
        """A node's addresses, without prefix lengths; the first is the one it is known by."""
        own = [self.node(name).address, *(address for _, address, _ in self.links_of(name))]
        return [str(IPv4Interface(address).ip) for address in own if address]

    def address(self, name: str) -> str:
        return self.addresses(name)[0]

    def office(self, member: str) -> Office:
        """The office that a device belongs to."""
        return next(one for one in self.offices if member in one.members)

    def networks(self, name: str) -> set[IPv4Network]:
        """What a node is directly on."""
        own = [self.node(name).address, *(address for _, address, _ in self.links_of(name))]
        return {IPv4Interface(address).network for address in own if address}
