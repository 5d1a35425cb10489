"""Routing tables worked out from who hangs off whom, as an administrator would write them."""

from ipaddress import IPv4Interface, IPv4Network

from lab.shape import BRIDGES, OUTSIDE, Topology


def routes(topology: Topology, name: str) -> list[str]:
    """What ``ip route`` needs on a node besides its own networks.

    Towards the core by default; to what lies behind a child, by that child. The core does not know
    the provider's networks nor the provider ours: only what ``topology.routes`` says.
    """
    node = topology.node(name)
    table = list(topology.routes.get(name, ()))
    if node.parent and node.kind != "isp" and name not in topology.routes:
        table.append(f"default via {_gateway(topology, name)}")
    own = topology.networks(name)
    for child in topology.nodes:
        if child.kind in ("router", "relay") and _router_above(topology, child.name) == name:
            hop = _shared(topology, child.name, own)
            table += [
                f"{network} via {hop}" for network in sorted(_behind(topology, child.name) - own)
            ]
    return table


def gateway(topology: Topology, name: str) -> str:
    """The address a node sends to what it knows no better way for."""
    return _gateway(topology, name)


def lan_of(topology: Topology, name: str) -> IPv4Network:
    """The network that a host is on."""
    (network, *_) = sorted(topology.networks(name))
    return network


def _gateway(topology: Topology, name: str) -> str:
    return _shared(topology, _router_above(topology, name), topology.networks(name))


def _router_above(topology: Topology, name: str) -> str:
    parent = topology.node(topology.node(name).parent).name if topology.node(name).parent else ""
    while parent and topology.node(parent).kind in BRIDGES:
        parent = topology.node(parent).parent
    return parent


def _shared(topology: Topology, router: str, networks: set[IPv4Network]) -> str:
    return next(
        str(IPv4Interface(address).ip)
        for _, address, _ in topology.links_of(router)
        if address and IPv4Interface(address).network in networks
    )


def _behind(topology: Topology, router: str) -> set[IPv4Network]:
    """A router's own networks and those of all routers below it."""
    found = topology.networks(router)
    for child in topology.nodes:
        if (
            child.kind not in OUTSIDE
            and child.name != router
            and child.kind in ("router", "relay")
            and _router_above(topology, child.name) == router
        ):
            found |= _behind(topology, child.name)
    return found
