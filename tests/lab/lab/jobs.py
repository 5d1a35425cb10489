"""What each vantage is asked to look at: data, from the topology alone."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from ipaddress import IPv4Address
from typing import Any

from lab.export import network, resolver
from lab.routes import lan_of
from lab.shape import BRIDGES, ROUTERS, Office, Topology

KEPT = ("core", "relay", "router", "switch")  # where one logs in


@dataclass(frozen=True, slots=True)
class Job:
    """One vantage's work. Plain lists and strings, to be sent to another process.

    Attributes:
        node: Where.
        server: Whether that is where periksa runs.
        targets: (name, address, TCP ports) to ping.
        resolvers: (name, address) to ask.
        names: (name, external, address) to ask them.
        pages: (URL, address, status) to fetch.
        ways: Address to the links on the way there.
        rates: Link to bit/s.
        logins: (node, address) to try to log in to.
        ports: Whose carrier and counters to read.
        lan: (port, own address) to listen for broadcasts on and to ask for neighbours, or empty.
        neighbours: Whom to ask for there.
        routes: (prefix or "default") to look up.
        dhcp: The router whose addresses to ask for on ``lan``, or empty.
        serves: Whether the node should be a DHCP server.
        network: Of the server: what ``periksa --path`` would read, from which it makes its own plan.
        about: Of the server: who complains; everybody when empty.
    """

    node: str
    server: bool
    targets: list[tuple[str, str, list[int]]]
    resolvers: list[tuple[str, str]]
    names: list[tuple[str, bool, str]]
    pages: list[tuple[str, str, int]]
    ways: dict[str, list[str]]
    rates: dict[str, int]
    logins: list[tuple[str, str]]
    ports: list[str]
    lan: tuple[str, str] | tuple[()]
    neighbours: list[str]
    routes: list[str]
    dhcp: str
    serves: bool
    network: dict[str, Any] = field(default_factory=dict)
    about: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def job(topology: Topology, name: str, office: Office, about: Sequence[str] = ()) -> Job:
    """The work of a node while that office complains; of the server, while those nodes do."""
    kind = topology.node(name).kind
    kin = office.members
    hosts = [topology.server, *_rest(topology)]
    addresses = {
        "server": lambda: [a for node in topology.nodes for a in topology.addresses(node.name)],
        "core": lambda: _of(topology, [*hosts, *kin, *_routers(topology)]),
        "relay": lambda: _of(topology, [*hosts, *kin, *_routers(topology)]),
        "router": lambda: _of(topology, [*hosts, topology.core, *kin, *_above(topology, name)]),
        "switch": lambda: _of(topology, kin),
        "pc": lambda: _of(
            topology, [*hosts, topology.core, *kin, *_above(topology, office.router)]
        ),
    }[kind]()
    own = set(topology.addresses(name))
    lan = _lan(topology, name, kind, office)
    end_user = kind in ("server", "pc")
    return Job(
        node=name,
        server=kind == "server",
        targets=[
            (_owner(topology, one), one, _ports(topology, one, kind))
            for one in dict.fromkeys(addresses)
            if one not in own
        ],
        resolvers=[
            (one, resolver(topology, one))
            for one in _resolvers(topology, kind, office)
        ],
        names=[
            (one, external, address)
            for external, names in ((False, topology.internal), (True, topology.external))
            for one, address in names.items()
            if end_user or external
        ],
        pages=[(page.url, page.address, page.status) for page in topology.pages] if end_user else [],
        ways={one: _way(topology, name, one) for one in addresses},
        rates={
            link.name: link.kbit * 1000 for link in topology.links
        },
        logins=[
            (node.name, topology.address(node.name))
            for node in topology.nodes
            if kind == "server" and node.kind in KEPT and node.name in (*_path(topology), *kin)
        ],
        ports=[port for port, _, _ in topology.links_of(name)],
        lan=lan,
        neighbours=[
            one for one in _of(topology, kin) if lan and one in _on(topology, name, office)
        ],
        routes=_prefixes(topology, name) if kind not in (*BRIDGES, "server") else [],
        dhcp=office.router if lan and kind in ("pc", "router") else "",
        serves=kind == "router",
        network=network(topology) if kind == "server" else {},
        about=tuple(about) if kind == "server" else (),
    )  # fmt: skip


def vantages(topology: Topology, offices: Iterable[Office], off: Iterable[str]) -> list[str]:
    """From where to look when these offices complain; the server first."""
    found = [topology.server, *_path(topology)]
    for office in offices:
        found += [office.router, office.switch, office.pcs[0]]
    return [name for name in dict.fromkeys(found) if name not in off]


def _path(topology: Topology) -> list[str]:
    return [node.name for node in topology.nodes if node.kind in ("core", "relay")]


def _rest(topology: Topology) -> list[str]:
    return [node.name for node in topology.nodes if node.kind in ("host", "isp", "internet")]


def _routers(topology: Topology) -> list[str]:
    return [node.name for node in topology.nodes if node.kind in ("core", "relay", "router")]


def _above(topology: Topology, router: str) -> list[str]:
    parent = topology.node(router).parent
    return [parent, *_above(topology, parent)] if parent else []


def _of(topology: Topology, names: Iterable[str]) -> list[str]:
    return [one for name in dict.fromkeys(names) for one in topology.addresses(name)]


def _owner(topology: Topology, address: str) -> str:
    return next(node.name for node in topology.nodes if address in topology.addresses(node.name))


def _ports(topology: Topology, address: str, kind: str) -> list[int]:
    """What should be open at an address, as far as this vantage tries."""
    node = topology.node(_owner(topology, address))
    if kind == "switch":
        return []
    if any(page.address == address for page in topology.pages):
        return [443, 80] if kind in ("server", "pc") else [443]
    if kind != "server":
        return []
    asked = node.name in topology.resolvers and address == resolver(topology, node.name)
    return [53] if asked else []


def _resolvers(topology: Topology, kind: str, office: Office) -> list[str]:
    inner = [name for name in topology.resolvers if topology.node(name).kind == "host"]
    if kind in ("server", "pc"):
        outer = [name for name in topology.resolvers if topology.node(name).kind == "isp"]
        first = [] if kind == "server" else [office.router]
        return [*first, *inner, *outer[:1]]
    return inner if kind in ROUTERS else []


def _lan(topology: Topology, name: str, kind: str, office: Office) -> tuple[str, str] | tuple[()]:
    """The port on the office's LAN, with the address there."""
    if name not in (office.router, office.pcs[0]):
        return ()
    port = "lan" if kind == "router" else "eth0"
    address = next(where for one, where, _ in topology.links_of(name) if one == port)
    return port, address.partition("/")[0]


def _on(topology: Topology, name: str, office: Office) -> set[str]:
    """The addresses of an office that are on its LAN."""
    lan = lan_of(topology, office.pcs[0])
    return {
        one
        for member in office.members
        for one in topology.addresses(member)
        if any(lan == here and _in(one, here) for here in topology.networks(member))
    } | {one for one in topology.addresses(name) if _in(one, lan)}


def _in(address: str, network: Any) -> bool:
    return IPv4Address(address) in network


def _prefixes(topology: Topology, name: str) -> list[str]:
    """What a node must know a way to: the offices below it, and the rest of the world."""
    below = (office for office in topology.offices if name in _above(topology, office.router))
    return ["default", *(office.lan for office in below)]


def _way(topology: Topology, source: str, address: str) -> list[str]:
    """The links between a node and an address, over parents."""
    up, down = _line(topology, source), _line(topology, _owner(topology, address))
    while up and down and up[-1] == down[-1]:
        up.pop()
        down.pop()
    return [link for _, link in (*up, *reversed(down))]


def _line(topology: Topology, name: str) -> list[tuple[str, str]]:
    """(node, link to its parent) from a node up to the core."""
    line = []
    while parent := topology.node(name).parent:
        link = next(one.name for one in topology.links if {one.a, one.b} == {name, parent})
        line.append((name, link))
        name = parent
    return line
