"""Which devices of a network to visit, and what to ask each. Pure but for the passwords.

A ping to somebody who is off costs a second or more, and they are sent one after another, so the
addresses are few: those that the complaint is about before others, the nearest first.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from ipaddress import ip_address, ip_interface
from pathlib import Path

from periksa.network import Kind, Network, Node
from periksa.vantage.login import Login
from periksa.vantage.questions import DEFAULT, About, Question

SCRIPT = "script"  # the vantage of a computer whose user reads out a code
ADDRESSES = 6
PREFIXES = 60
NEAREST = (Kind.ISP, Kind.CORE, Kind.RELAY, Kind.ROUTER, Kind.SWITCH, Kind.AP, Kind.PC)


def visits(
    network: Network,
    keys: Path,
    environment: Mapping[str, str] = os.environ,
    among: Collection[str] = (),
) -> tuple[list[tuple[Login, tuple[Question, ...]]], list[str]]:
    """The visits that the network's logins allow, and a sentence for each that cannot be made.

    Args:
        network: With its vantages.
        keys: The folder that remembers the devices' keys.
        environment: Where the passwords are.
        among: Names of the nodes that matter; empty: all of them.
    """
    made, missing = [], []
    for vantage in network.vantages:
        if vantage.device in ("", SCRIPT) or (among and vantage.node not in among):
            continue
        try:
            login = Login.of(vantage, network, keys, environment)
        except ValueError as error:
            missing.append(str(error))
        else:
            made.append((login, questions(network, network.by_name[vantage.node], among)))
    return made, missing


def questions(network: Network, node: Node, among: Collection[str] = ()) -> tuple[Question, ...]:
    """What to ask a device, from its place in the network; about the nodes that matter first."""
    return tuple(dict.fromkeys((*_ports(network, node), *_far(network, node, among))))


def _ports(network: Network, node: Node) -> Iterator[Question]:
    for link in network.links_of[node.name]:
        port = link.port(node.name)
        if port:
            yield Question(About.LINK, port)
            if network.by_name[link.other(node.name)].kind.bridges or node.kind.bridges:
                yield Question(About.BROADCAST, port)


def _far(network: Network, node: Node, among: Collection[str]) -> Iterator[Question]:
    if not node.kind.routes:
        return
    for number, (other, address) in enumerate(_neighbours(network, node, among)):
        if number < ADDRESSES:
            yield Question(About.PING, address)
            yield Question(About.ARP, address)
            if other.kind.routes:
                yield Question(About.BIG, address)
    yield Question(About.ROUTE, DEFAULT)
    if node.kind in (Kind.CORE, Kind.RELAY):
        for prefix in _prefixes(network, node)[:PREFIXES]:
            yield Question(About.ROUTE, prefix)
    if node.dhcp:
        yield Question(About.DHCP)


def _neighbours(network: Network, node: Node, among: Collection[str]) -> list[tuple[Node, str]]:
    """Those with an address in one of the node's own networks.

    Those that matter come first, and of them the nearest kinds.
    """
    own = [ip_interface(text).network for text in _written(node)]
    found = [
        (other, address)
        for other in network.nodes
        if other.name != node.name and other.kind in NEAREST
        for address in other.addresses
        if any(ip_address(address) in each for each in own)
    ]
    return sorted(found, key=lambda one: (one[0].name not in among, NEAREST.index(one[0].kind)))


def _prefixes(network: Network, node: Node) -> list[str]:
    """The office's networks that the node is not in itself."""
    own = {ip_interface(text).network for text in _written(node)}
    others = {
        ip_interface(text).network
        for other in network.nodes
        if not other.kind.foreign
        for text in _written(other)
    }
    return sorted(str(each) for each in others - own)


def _written(node: Node) -> list[str]:
    return [
        f"{port.address}/{port.prefix}" for port in node.interfaces if port.address and port.prefix
    ]
