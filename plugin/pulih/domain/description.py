"""The network as `periksa --path` reads it from a file: plain values, of the tree and what is to be reached."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Any

from pulih.domain.outside import Asked, Known, Tried, Wanted
from pulih.domain.tree import CORE, HERE, INTERNET, ISP, Spot, Tree
from pulih.domain.uplinks import checked, is_backup, second_links
from pulih.domain.wiring import LinkKind, PathRole, Port
from pulih.wording import N_, Sentence

_KINDS = {
    PathRole.HERE: "server",
    PathRole.CORE: "core",
    PathRole.RELAY: "relay",
    PathRole.ROUTER: "router",
    PathRole.SWITCH: "switch",
    PathRole.AP: "ap",
    PathRole.PC: "pc",
    PathRole.HOST: "host",
    PathRole.ISP: "isp",
    PathRole.INTERNET: "internet",
}
PLUG = "LAN"
MADE = {
    HERE: N_("Server Pulih"),
    CORE: N_("Inti jaringan"),
    ISP: N_("Penyedia internet (ISP)"),
    INTERNET: N_("Internet"),
}


@dataclass(frozen=True, slots=True)
class Description:
    """A network, ready to be looked at.

    Attributes:
        data: What the file would hold: nodes, links, resolvers, names, services.
        tree: The same with all that `data` puts in besides devices.
        remarks: What could not be followed, by the key of the device.
    """

    data: Mapping[str, Any]
    tree: Tree
    remarks: Mapping[str, Sentence] = field(default_factory=dict)

    def label(self, node: str) -> Sentence:
        """Return what people call a node."""
        spot = self.tree.spots.get(node)
        return label(spot) if spot else Sentence("{name}", {"name": node})


def label(spot: Spot) -> Sentence:
    """Return what people call a spot."""
    if not spot.listed and spot.place is PathRole.PC:
        return Sentence(PathRole.PC.label)
    if not spot.listed and spot.key in MADE:
        return Sentence(MADE[spot.key])
    return Sentence("{name}", {"name": spot.name})  # what somebody typed is no template


def describe(tree: Tree, wanted: Wanted, title: str = "", *, about: str = "") -> Description:
    """Return the network of an office.

    Args:
        title: What people call the network.
        about: An agency that gets a workstation where none is listed: there is one, or nobody would complain.
    """
    placing = _Placing(checked(tree))
    if about:
        placing.workstation(about)
    for known in wanted.world:
        placing.world(known.addresses)
    resolvers = [placing.resolver(one) for one in wanted.resolvers]
    services = [placing.service(one, wanted) for one in wanted.services]
    whole = placing.tree()
    spots = whole.spots.values()
    data = {
        "name": title,
        "nodes": [_node(spot) for spot in spots],
        "links": list(_links(whole)),
        "resolvers": resolvers,
        "names": [
            *(_name(known, external=False) for known in wanted.inside),
            *(_name(known, external=True) for known in wanted.world),
        ],
        "services": services,
    }
    return Description(data, whole, whole.remarks)


class _Placing:
    """Puts what has no device to where it must be: a private address beside the core, any other into the world."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._spots = dict(tree.spots)
        self._owners = {
            address: spot.key for spot in tree.spots.values() for address in spot.addresses
        }

    def tree(self) -> Tree:
        return replace(self._tree, spots=self._spots)

    def workstation(self, agency: str) -> None:
        own = self._tree.of(agency)
        if any(spot.place is PathRole.PC for spot in own):
            return
        up = ""
        for place in (PathRole.SWITCH, PathRole.AP, PathRole.ROUTER, PathRole.RELAY):
            if not up:
                up = next((spot.key for spot in own if spot.place is place), "")
        key = f"PC {agency}"
        self._spots[key] = Spot(
            key, key, PathRole.PC, agency, up=up or self._tree.core, assumed=True, listed=False
        )

    def resolver(self, asked: Asked) -> dict[str, Any]:
        node = self._owner(asked.address)
        return {"node": node, "address": asked.address, "forwards_to": list(asked.forwards_to)}

    def service(self, tried: Tried, wanted: Wanted) -> dict[str, Any]:
        address = tried.address or self._answer(tried.host, wanted)
        if address:
            node = self._owner(address)
        elif tried.host in {known.name for known in wanted.inside}:
            node = self._host(tried.host)
        else:
            node = INTERNET
        told: dict[str, Any] = {"node": node, "port": tried.port}
        told |= {"url": tried.url} if tried.url else {}
        told |= {"address": address} if address else {}
        return told | {"large": tried.large, "expect_status": tried.status}

    def world(self, addresses: Collection[str]) -> None:
        for address in addresses:
            if address not in self._owners:
                self._give(INTERNET, address)

    def _owner(self, address: str) -> str:
        """Return the key of who has an address."""
        if address not in self._owners:
            self._give(self._host(address) if _private(address) else INTERNET, address)
        return self._owners[address]

    def _give(self, key: str, address: str) -> None:
        spot = self._spots[key]
        self._spots[key] = replace(spot, ports=(*spot.ports, Port(address=address)))
        self._owners[address] = key

    def _host(self, name: str) -> str:
        key = f"Host {name}"
        if key not in self._spots:
            core = self._tree.core
            self._spots[key] = Spot(key, name, PathRole.HOST, up=core, assumed=True, listed=False)
        return key

    def _answer(self, name: str, wanted: Wanted) -> str:
        known = (*wanted.inside, *wanted.world)
        return next((one.addresses[0] for one in known if one.name == name and one.addresses), "")


def _private(address: str) -> bool:
    return not ip_address(address).is_global


def _node(spot: Spot) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": spot.key,
        "kind": _KINDS[spot.place],
        "interfaces": [*map(_port, _ports(spot))],
    }
    told |= ({"nat": True} if spot.nat else {}) | ({"dhcp": True} if spot.dhcp else {})
    kin = spot.up and spot.place not in (PathRole.ISP, PathRole.INTERNET)
    return told | ({"parent": spot.up} if kin else {})


def _ports(spot: Spot) -> Iterator[Port]:
    """Yield the ports; the address of a device without any interface is at the port of its link."""
    named, port = {port.name for port in spot.ports}, plug_of(spot)
    if port and port not in named:
        yield Port(port)
    yield from spot.ports


def plug_of(spot: Spot) -> str:
    """Return the port by which a spot hangs on its link; empty where unknown.

    A computer has one, whatever it calls it: what it says of its cable must have a name.
    """
    return spot.port or (PLUG if spot.place is PathRole.PC else "")


def _port(port: Port) -> dict[str, str]:
    slash = "" if port.prefix is None or not port.address else f"/{port.prefix}"
    told = {"name": port.name, "address": port.address + slash}
    return {key: value for key, value in told.items() if value}


def _links(tree: Tree) -> Iterator[dict[str, Any]]:
    for spot in tree.spots.values():
        if not spot.up:
            continue
        told: dict[str, Any] = {"a": spot.up, "b": spot.key}
        told |= {"a_port": spot.up_port} if spot.up_port else {}
        told |= {"b_port": plug_of(spot)} if plug_of(spot) else {}
        told |= {"rate_kbit": spot.kbit} if spot.kbit else {}
        told |= {"delay_ms": spot.link.delay_ms} if spot.link is LinkKind.SATELLITE else {}
        yield told | ({"backup": True} if is_backup(tree, spot) else {})
    for upper, lower in second_links(tree):
        yield {"a": upper, "b": lower, "backup": True}


def _name(known: Known, *, external: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"name": known.name, "external": external}
    return told | ({"expect": list(known.addresses)} if known.addresses else {})
