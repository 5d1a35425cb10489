"""Building blocks: an office, a hop between routers, a host of its own. Data in, data out."""

from collections.abc import Sequence
from ipaddress import IPv4Network

from lab.shape import Link, Node, Office

TRUNK, LEAF = 20_000, 4_000  # kbit/s between routers, and to an office

Part = tuple[list[Node], list[Link]]


def hosts(network: str) -> list[str]:
    """A network's host addresses, with its prefix length: the first is at index 0."""
    net = IPv4Network(network)
    return [f"{host}/{net.prefixlen}" for host in net.hosts()][:30]


def hop(
    parent: str,
    port: str,
    child: str,
    network: str,
    *,
    kbit: int = TRUNK,
    delay_ms: float = 0.0,
    backup: bool = False,
) -> Link:
    """A cable between two routers; the parent has the first address."""
    first, second = hosts(network)[:2]
    return Link(
        parent,
        port,
        child,
        "wan",
        first,
        second,
        lit=True,
        kbit=kbit,
        delay_ms=delay_ms,
        backup=backup,
    )


def server(name: str, kind: str, parent: str, port: str, network: str) -> Part:
    """A host on a cable of its own to a router."""
    gateway, own = hosts(network)[:2]
    return [Node(name, kind, parent=parent)], [Link(parent, port, name, "eth0", gateway, own)]


def office(who: Office, parent: str, port: str, up: str) -> Part:
    """Router, switch, access point and PCs, all cabled.

    Args:
        who: Its names and its LAN.
        parent: The router it hangs off.
        port: That router's port.
        up: The network between the two.
    """
    lan = hosts(who.lan)
    switch, ap, second = lan[1], lan[2], lan[3]
    places = dict(zip((*who.pcs, who.wireless), lan[10:], strict=False))
    nodes = [
        Node(who.router, "router", parent=parent),
        Node(who.switch, "switch", switch, who.router),
        Node(who.ap, "ap", ap, who.switch),
    ]
    links = [
        hop(parent, port, who.router, up, kbit=LEAF),
        Link(who.router, "lan", who.switch, "upl", lan[0]),
        Link(who.switch, "p2", who.ap, "upl"),
        *_desks((who.wireless,), who.ap, "wlan", places),
    ]
    near = who.pcs[:1] if who.second else who.pcs
    links += _desks(near, who.switch, "p1", places)
    if who.second:
        nodes.append(Node(who.second, "switch", second, who.switch))
        links.append(Link(who.switch, "p3", who.second, "upl"))
        links += _desks(who.pcs[1:], who.second, "p1", places)
    nodes += [
        Node(name, "pc", parent=next(link.a for link in links if link.b == name)) for name in places
    ]
    return nodes, links


def _desks(names: Sequence[str], bridge: str, port: str, places: dict[str, str]) -> list[Link]:
    stem = port.rstrip("1")
    ports = [port] if len(names) == 1 else [f"{stem}{number}" for number in (1, 4, 5, 6)]
    return [
        Link(bridge, where, name, "eth0", "", places[name])
        for where, name in zip(ports, names, strict=False)
    ]


def joined(*parts: Part) -> Part:
    """Several parts as one."""
    return [node for nodes, _ in parts for node in nodes], [
        link for _, links in parts for link in links
    ]
