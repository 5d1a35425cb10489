"""What lies behind what: the way of a packet through a network, there and back.

The way is the one with the fewest links, a backup only where there is no other; the way back is
the same. Nothing here depends on what nodes are called or how their addresses are numbered.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from heapq import heappop, heappush
from ipaddress import ip_address, ip_interface

from periksa.judge.trip import Trip, places_of
from periksa.network import Interface, Kind, Link, Network

HOP, ASIDE, LAST_RESORT = 1_000, 1, 1_000_000
USUAL = {4: 24, 6: 64}  # bits of a LAN's network, by the version of IP


class Reach:
    """The ways through one network, worked out once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self._place = {node.name: number for number, node in enumerate(network.nodes)}
        self._trees: dict[str, dict[str, Link]] = {}
        self._homes: dict[tuple[str, str], Link | None] = {}

    def trip(self, start: str, end: str) -> Trip | None:
        """The way from one node to another; None when nothing joins them."""
        tree = self._tree(start)
        if start == end:
            return Trip((start,), ())
        nodes, links = [end], []
        while nodes[-1] != start:
            link = tree.get(nodes[-1])
            if link is None:
                return None
            links.append(link)
            nodes.append(link.other(nodes[-1]))
        return Trip(tuple(reversed(nodes)), tuple(reversed(links)))

    def trip_to(self, start: str, node: str, address: str) -> Trip | None:
        """The way to one address of a node: out in the world, it leads over the first provider.

        A second provider's far side is not reached over the second provider's line.
        """
        first = self._provider
        if first in ("", start, node) or not self.kind(node).foreign or not self._afar(address):
            return self.trip(start, node)
        out, on = self.trip(start, first), self.trip(first, node)
        if out is None or on is None or not all(self.kind(name).foreign for name in on.nodes):
            return self.trip(start, node)
        return Trip(out.nodes + on.nodes[1:], out.links + on.links)

    def kind(self, node: str) -> Kind:
        """What a node is."""
        return self.network.by_name[node].kind

    def segment(self, link: Link) -> int:
        """The stretch of Ethernet that a link belongs to."""
        return self._segments[link]

    def segment_nodes(self, segment: int) -> tuple[str, ...]:
        """Who sees the broadcasts there, bridges included."""
        return self._members[segment]

    def home(self, node: str, port: Interface) -> Link | None:
        """The link at which an interface is; None where that cannot be told."""
        key = (node, port.name + " " + port.address)
        if key not in self._homes:
            self._homes[key] = self._find_home(node, port)
        return self._homes[key]

    def segments_at(self, node: str) -> set[int]:
        """The stretches of Ethernet a node is part of."""
        return {self._segments[link] for link in self.network.links_of.get(node, ())}

    def segment_of(self, address: str) -> int | None:
        """The stretch of Ethernet that an address is on."""
        owner = self.network.owner(address)
        if owner is None:
            return None
        link = self.home(owner[0].name, owner[1])
        return None if link is None else self._segments[link]

    def connected(self, node: str, segment: int | None) -> bool:
        """The node itself is on that stretch of Ethernet, so it needs no route there."""
        return segment in self.segments_at(node)

    def source_segment(self, trip: Trip) -> int | None:
        """Where the answer must go: the stretch on which the asking begins."""
        return self._segments[trip.links[0]] if trip.links else None

    def up(self, node: str) -> Link | None:
        """The link at which a node's default route leaves it."""
        return self._tree(self._anchor).get(node) if self._anchor else None

    def gateway(self, segment: int) -> str:
        """The router that a stretch of Ethernet hangs off; empty when there is none."""
        routers = [name for name in self._members[segment] if self.kind(name).routes]
        return min(routers, key=self._height, default="")

    def first_bridge(self, segment: int) -> str:
        """The bridge nearest to the gateway; empty when there is none."""
        bridges = [name for name in self._members[segment] if self.kind(name).bridges]
        return min(bridges, key=self._height, default="")

    def delay_ms(self, trip: Trip) -> float:
        """How long the exchange takes when all is well, as far as the network says."""
        return 2 * sum(link.delay_ms for link in trip.links)

    def behind(self, place: str) -> tuple[str, ...]:
        """The nodes that the server reaches only over this place (``node/…`` or ``link/…``)."""
        return self._behind.get(place, ())

    @cached_property
    def _behind(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for node in self.network.nodes:
            trip = self.trip(self.network.server, node.name)
            for place in places_of(trip) - {f"node/{node.name}"} if trip else ():
                found.setdefault(place, []).append(node.name)
        return {place: tuple(names) for place, names in found.items()}

    def _height(self, node: str) -> tuple[int, int]:
        trip = self.trip(self._anchor, node) if self._anchor else None
        return (len(trip.links) if trip else 0, self._place[node])

    def _afar(self, address: str) -> bool:
        """None of the office's own is on that stretch of Ethernet."""
        segment = self.segment_of(address)
        members = () if segment is None else self._members[segment]
        return all(self.kind(name).foreign for name in members)

    @cached_property
    def _provider(self) -> str:
        """The first node out of the house, on the way of default routes."""
        trip = self.trip(self.network.server, self._anchor) if self._anchor else None
        return next((name for name in trip.nodes if self.kind(name).foreign), "") if trip else ""

    @cached_property
    def _anchor(self) -> str:
        """Where default routes lead: the internet, or the nearest there is to it."""
        for kind in (Kind.INTERNET, Kind.ISP, Kind.CORE, Kind.SERVER):
            for node in self.network.nodes:
                if node.kind is kind:
                    return node.name
        return ""

    def _tree(self, start: str) -> dict[str, Link]:
        """For each node that can be reached, the last link on the way there."""
        if start not in self._trees:
            self._trees[start] = self._grow(start)
        return self._trees[start]

    def _grow(self, start: str) -> dict[str, Link]:
        best, tree = {start: 0}, dict[str, Link]()
        # The world does not send its own packets through the office and out again.
        detour = 2 * LAST_RESORT if self.kind(start).foreign else 0
        heap = [(0, self._place[start], start)]
        while heap:
            cost, _, node = heappop(heap)
            if cost > best[node] or (node != start and not self._forwards(node)):
                continue
            for link in self.network.links_of[node]:
                other = link.other(node)
                reached = cost + self._cost(link) + (detour if self._border(link) else 0)
                if reached < best.get(other, reached + 1):
                    best[other], tree[other] = reached, link
                    heappush(heap, (reached, self._place[other], other))
        return tree

    def _border(self, link: Link) -> bool:
        return self.kind(link.a).foreign != self.kind(link.b).foreign

    def _forwards(self, node: str) -> bool:
        kind = self.kind(node)
        return kind.routes or kind.bridges or kind is Kind.INTERNET

    def _cost(self, link: Link) -> int:
        by_name = self.network.by_name
        kin = by_name[link.a].parent == link.b or by_name[link.b].parent == link.a
        return HOP + (0 if kin else ASIDE) + (LAST_RESORT if link.backup else 0)

    @cached_property
    def _segments(self) -> Mapping[Link, int]:
        """Links that share a bridge, or a port of one node, are one stretch of Ethernet."""
        found: dict[Link, int] = {}
        for number, first in enumerate(self.network.links):
            waiting = [first]
            while waiting:
                link = waiting.pop()
                if link not in found:
                    found[link] = number
                    waiting += self._joined(link)
        return found

    def _joined(self, link: Link) -> Iterator[Link]:
        for node in (link.a, link.b):
            for other in self.network.links_of[node]:
                same_port = link.port(node) and link.port(node) == other.port(node)
                if self.kind(node).bridges or same_port:
                    yield other

    @cached_property
    def _members(self) -> Mapping[int, tuple[str, ...]]:
        members: dict[int, dict[str, None]] = {}
        for link, segment in self._segments.items():
            members.setdefault(segment, {}).update({link.a: None, link.b: None})
        return {segment: tuple(names) for segment, names in members.items()}

    def _find_home(self, node: str, port: Interface) -> Link | None:
        links = self.network.links_of.get(node, ())
        if (link := self.network.link_at(node, port.name)) is not None:
            return link
        if len(links) == 1:
            return links[0]
        free = [link for link in links if not (port.name and link.port(node))]
        near = [link for link in free if self._shares_network(node, port, link)]
        if near and (port.prefix is not None or len(near) == 1):
            return near[0]
        return free[0] if len(free) == 1 else None

    def _shares_network(self, node: str, port: Interface, link: Link) -> bool:
        """Somebody on that stretch of Ethernet has an address in the same network.

        Where nobody wrote down how large that is, it is taken for the usual size of a LAN.
        """
        if not port.address:
            return False
        usual = USUAL[ip_address(port.address).version]
        prefix = usual if port.prefix is None else port.prefix
        network = ip_interface(f"{port.address}/{prefix}").network
        return any(
            ip_interface(address).ip in network
            for name in self._members[self._segments[link]]
            if name != node
            for address in self.network.by_name[name].addresses
        )
