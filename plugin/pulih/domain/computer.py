"""An OPD's own computer as an eye: what the script it runs should try, and where it stands in the network. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_interface
from typing import Any

from pulih.domain.description import PLUG, Description, plug_of
from pulih.domain.outside import Wanted
from pulih.domain.tree import Tree
from pulih.domain.wiring import PathRole
from pulih.wording import Sentence, sentence

_NO_CONTENT = 204
_HANGS_OFF = (PathRole.SWITCH, PathRole.AP, PathRole.ROUTER, PathRole.RELAY)


@dataclass(frozen=True, slots=True)
class Trials:
    """What a script could try, of each the likeliest first; it tries one of each, and knows all resolvers.

    Attributes:
        internal, external: Names of the office's own, and of the world.
        servers: Addresses of the office that should answer pings.
        portals: Pages that answer 204 where nobody stands in between.
    """

    internal: tuple[str, ...] = ()
    external: tuple[str, ...] = ()
    servers: tuple[str, ...] = ()
    portals: tuple[str, ...] = ()
    resolvers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a computer stands.

    Attributes:
        name: Of its node in the network.
        node, link: As `periksa --path` has them, to be put in where the network has no such node.
        port: What the network calls the computer's port; empty where unknown.
        remark: What is odd about its address; None where nothing is.
    """

    name: str
    node: Mapping[str, Any] = field(default_factory=dict)
    link: Mapping[str, Any] = field(default_factory=dict)
    port: str = ""
    remark: Sentence | None = None


def trials_of(wanted: Wanted) -> Trials:
    """Return what there is to try of what the office wants to reach."""
    inside = {known.name for known in wanted.inside}
    own = [one.address for one in wanted.services if one.address]
    own += [address for known in wanted.inside for address in known.addresses]
    own += [one.address for one in wanted.resolvers]
    return Trials(
        tuple(known.name for known in wanted.inside),
        tuple(known.name for known in wanted.world),
        tuple(dict.fromkeys(address for address in own if not ip_address(address).is_global)),
        tuple(
            one.url
            for one in wanted.services
            if one.status == _NO_CONTENT
            and one.url.startswith("http://")
            and one.host not in inside
        ),
        tuple(one.address for one in wanted.resolvers),
    )


def seat_of(description: Description, agency: str, address: str) -> Seat:
    """Return where a computer of an agency stands.

    A listed one is known by its address. Any other is a computer beside them: what it sees is not what they see.

    Args:
        address: The computer's own; empty where it has none.
    """
    tree = description.tree
    own = [spot for spot in tree.of(agency) if spot.place is PathRole.PC]
    found = next((spot for spot in own if address and address in spot.addresses), None)
    if found is None and address == "" and len(own) == 1:
        found = own[0]
    if found is not None and found.listed:
        return Seat(found.key, port=plug_of(found))
    # Beside listed ones there may be several; where none is listed, the network has one already.
    name = f"PC {address}" if address and any(spot.listed for spot in own) else f"PC {agency}"
    taken = any(address in spot.addresses for spot in tree.spots.values())
    port = {"name": PLUG, **({"address": address} if address and not taken else {})}
    node = {"name": name, "kind": "pc", "interfaces": [port]}
    link = {"a": hangs_off(tree, agency), "b": name, "b_port": PLUG}
    return Seat(name, node, link, PLUG, _odd(tree, agency, address))


def hangs_off(tree: Tree, agency: str) -> str:
    """Return the key of what an unlisted computer of an agency hangs off."""
    own = tree.of(agency)
    found = (spot.key for place in _HANGS_OFF for spot in own if spot.place is place)
    return next(found, tree.core)


def _odd(tree: Tree, agency: str, address: str) -> Sentence | None:
    """Say that an address is of none of the agency's networks, where these are known."""
    known = list(_networks(tree, agency))
    if not address or not known or any(ip_address(address) in network for network in known):
        return None
    return sentence(
        "Alamat komputer itu, {address}, tidak termasuk jaringan yang tercatat untuk OPD ini.",
        address=address,
    )


def _networks(tree: Tree, agency: str) -> Iterator[Any]:
    for spot in tree.of(agency):
        for port in spot.ports:
            if port.address and port.prefix is not None:
                yield ip_interface(f"{port.address}/{port.prefix}").network
