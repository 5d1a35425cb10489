"""A topology as the file that ``periksa --path`` reads."""

from ipaddress import IPv4Interface
from typing import Any

from lab.routes import gateway
from lab.shape import BRIDGES, Link, Node, Topology

BRIDGE = "br0"


def network(topology: Topology) -> dict[str, Any]:
    """The file's content."""
    asks = topology.resolvers
    return {
        "name": topology.name,
        "nodes": [_node(topology, node) for node in topology.nodes],
        "links": [_link(link) for link in topology.links],
        "resolvers": [
            {"node": name, "address": resolver(topology, name), "forwards_to": list(asks[name])}
            for name in asks
        ],
        "names": [
            {"name": name, "external": external, "expect": [address]}
            for external, names in ((False, topology.internal), (True, topology.external))
            for name, address in names.items()
        ],
        "services": [
            {
                "node": page.node,
                "url": page.url,
                "address": page.address,
                "large": page.large,
                "expect_status": page.status,
            }
            for page in topology.pages
        ],
        "vantages": [
            {
                "node": node.name,
                "device": "script" if node.kind == "pc" else "linux",
                "user": "periksa",
            }
            for node in topology.nodes
            if node.kind in ("core", "relay", "router", "switch", "pc")
        ],
    }


def resolver(topology: Topology, name: str) -> str:
    """Where a resolver is asked: an office's by its PCs, on the LAN."""
    if topology.node(name).kind != "router":
        return topology.address(name)
    return gateway(topology, topology.office(name).pcs[0])


def _link(link: Link) -> dict[str, Any]:
    told: dict[str, Any] = {
        "a": link.a,
        "b": link.b,
        "a_port": link.a_port,
        "b_port": link.b_port,
        "rate_kbit": link.kbit,
        "backup": link.backup,
    }
    return {**told, "delay_ms": link.delay_ms} if link.delay_ms else told


def _node(topology: Topology, node: Node) -> dict[str, Any]:
    ports = [
        {"name": port, "address": address} if address else {"name": port}
        for port, address, _ in topology.links_of(node.name)
    ]
    if node.kind in BRIDGES:
        ports.insert(0, {"name": BRIDGE, "address": str(IPv4Interface(node.address))})
    told: dict[str, Any] = {"name": node.name, "kind": node.kind, "interfaces": ports}
    if node.parent:
        told["parent"] = node.parent
    if node.nat:
        told["nat"] = True
    if node.kind == "router":
        told["dhcp"] = True
    return told
