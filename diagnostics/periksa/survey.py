"""From a network to a plan: what the server looks at, over which links, and how much of each it may use.

Pure. Echoes to several addresses behind one link tell of the link together, so the more of them
there are, the fewer each gets.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from periksa.findings import Target
from periksa.judge.reach import Reach
from periksa.network import Kind, Link, Network, Node
from periksa.pace import Links
from periksa.pages import Page
from periksa.plan import Big, Echoes, Plan, Questions

BACKBONE = 200_000  # bit/s that a link between routers is taken to carry where nobody told: a radio
LOCAL = 10_000_000  # … and any other, which is a cable
TOTAL = 10_000_000  # bit/s of all that leaves the server
POOLED = 100  # echoes that are to cross a link: enough to see 5 % of loss 99 times in 100
FEWEST, MOST = 4, 10  # echoes to one address
FULL = 8  # addresses that get large packets …
SPARE = 3  # … of so many times as many that are thought of, since some will not answer
DNS = 53


def survey(network: Network, about: Collection[str] = ()) -> Plan:
    """What the server should look at.

    Args:
        network: All of it.
        about: Names of nodes that somebody complains about; what is on the way to them and behind
            them is looked at, with resolvers, services and the world outside. Empty: everything.

    Raises:
        ValueError: The network has no server, or a service's URL is none.
    """
    if not network.server:
        raise ValueError("Jaringan ini tidak menyebut server tempat pemeriksaan dijalankan.")
    ways = _ways(network)
    nodes = [node for node in network.nodes if _concerns(node, ways, about, network)]
    targets = tuple(target for node in nodes for target in _targets(network, node))
    crossed = {
        address: tuple(link.name for link in ways[node.name] or ())
        for node in network.nodes
        for address in node.addresses
    }
    links = Links(
        ways=crossed,
        rates={link.name: _rate(network, link) for link in network.links},
        total=TOTAL,
    )
    return Plan(
        targets=targets,
        servers=tuple(Target(one.node, one.address) for one in network.resolvers),
        names=network.names,
        pages=tuple(
            Page(one.url, one.address, one.expect_status) for one in network.services if one.url
        ),
        links=links,
        ranges=tuple(crossed),
        first=replace(Echoes(), count=_count(targets, links)),
        big=Big(targets=FULL, order=tuple(islice(_telling(targets, crossed), SPARE * FULL))),
        questions=Questions(types=("A",)),
    )


def concerned(network: Network, about: Collection[str] = ()) -> frozenset[str]:
    """Names of the nodes that ``survey`` looks at; of those, any device may be asked as well."""
    ways = _ways(network)
    return frozenset(node.name for node in network.nodes if _concerns(node, ways, about, network))


def _ways(network: Network) -> Mapping[str, tuple[Link, ...] | None]:
    reach = Reach(network)
    return {node.name: _way(reach, network.server, node.name) for node in network.nodes}


def _way(reach: Reach, start: str, end: str) -> tuple[Link, ...] | None:
    """The links from one node to another; None when nothing joins them."""
    trip = reach.trip(start, end)
    return None if trip is None else trip.links


def _concerns(
    node: Node,
    ways: Mapping[str, tuple[Link, ...] | None],
    about: Collection[str],
    network: Network,
) -> bool:
    """Whether a node is to be looked at: not itself the server, and joined to it by something."""
    if node.name == network.server or ways[node.name] is None:
        return False
    offers = {one.node for one in network.resolvers} | {one.node for one in network.services}
    if not about or node.name in offers or node.kind in (Kind.CORE, Kind.ISP, Kind.INTERNET):
        return True
    passed = _nodes(ways[node.name])
    on_the_way = any(node.name in _nodes(ways.get(name)) for name in about)
    return on_the_way or any(name in passed for name in about)


def _nodes(way: tuple[Link, ...] | None) -> set[str]:
    return {end for link in way or () for end in (link.a, link.b)}


def _targets(network: Network, node: Node) -> Iterator[Target]:
    for port in node.interfaces:
        if port.address:
            name = node.name if len(node.addresses) == 1 else f"{node.name} {port.name}".strip()
            services = [one.port for one in network.services if one.address == port.address]
            if network.resolver_at(port.address):
                services.append(DNS)
            yield Target(name, port.address, tuple(dict.fromkeys(services)))


def _telling(targets: Sequence[Target], ways: Mapping[str, Collection[str]]) -> Iterator[str]:
    """Addresses whose ways together cross as many links as so few can; those that serve first."""
    waiting = [one.address for one in sorted(targets, key=lambda one: not one.ports)]
    crossed = set[str]()
    while waiting:
        best = max(waiting, key=lambda address: len(set(ways[address]) - crossed))
        if crossed and crossed.issuperset(ways[best]):
            crossed.clear()  # and so once more, in case some of the first do not answer
            continue
        crossed.update(ways[best])
        waiting.remove(best)
        yield best


def _rate(network: Network, link: Link) -> int:
    if link.rate_kbit:
        return link.rate_kbit * 1000
    ends = (network.by_name[link.a].kind, network.by_name[link.b].kind)
    return BACKBONE if all(kind.routes for kind in ends) else LOCAL


def _count(targets: Collection[Target], links: Links) -> int:
    """Echoes to each address, so that the narrow links carry enough of them and no more."""
    behind = Counter(
        link
        for target in targets
        for link in links.ways.get(target.address, ())
        if links.rates[link] < LOCAL
    )
    return max(FEWEST, min(MOST, POOLED // max(behind.values(), default=1)))
