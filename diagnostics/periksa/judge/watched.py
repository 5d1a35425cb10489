"""A sign together with what had to work for it: the exchanges of packets it rests on."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from periksa.judge.reach import Reach
from periksa.judge.trip import Trip, places_of
from periksa.network import Link, Resolver
from periksa.sign import Seen, Sign

DNS_PORT = 53
LOADED = "load"  # where signs of a busy port are filed besides their place
FAR = 8  # resolvers that ask one another, at most


@dataclass(frozen=True, slots=True)
class Watched:
    """A sign and its ground.

    Attributes:
        sign: What was seen.
        trips: The exchanges it needs; of DNS, the first is with the resolver asked, the others
            are those of resolvers that ask in turn.
        chain: The resolvers that a DNS answer came through, the one asked first.
        link: What the port is plugged into, of signs about a port.
        home: What the port of the address is plugged into: one that is dark may not answer.
        segment: The stretch of Ethernet, of signs about one.
        external: A DNS name or service beyond the provider.
        large: A web page of many full packets.
    """

    sign: Sign
    trips: tuple[Trip, ...] = ()
    chain: tuple[str, ...] = ()
    link: Link | None = None
    home: Link | None = None
    segment: int | None = None
    external: bool = False
    large: bool = False

    @property
    def places(self) -> set[str]:
        """Where a fault could touch it, by itself."""
        found = {f"node/{self.sign.vantage}", f"node/{self.sign.node}"}
        for trip in self.trips:
            found |= places_of(trip)
        if self.link:
            link = self.link
            found |= {f"link/{link.name}", f"node/{link.a}", f"node/{link.b}"}
        if self.home:
            found |= {f"link/{self.home.name}", f"node/{self.home.other(self.sign.node)}"}
        if self.sign.seen is Seen.LOAD:
            found.add(LOADED)
        return found


def watched(reach: Reach, signs: Iterable[Sign]) -> list[Watched]:
    """The signs with their ground; those that rest on nothing known are left out."""
    return [made for sign in signs if (made := GROUND[sign.seen](reach, sign)) is not None]


def _exchanged(reach: Reach, sign: Sign) -> Watched | None:
    trip = reach.trip_to(sign.vantage, sign.node, sign.address)
    if trip is None:
        return None
    segment = reach.segment_of(sign.address)
    proto, port = "icmp", 0
    if sign.seen is Seen.TCP:
        proto, port = "tcp", int(sign.at) if sign.at.isdecimal() else 0
    elif sign.seen is Seen.ARP:
        proto = "arp"
        if not reach.connected(sign.vantage, segment):
            return None  # nobody hears ARP across a router
    made = replace(trip, address=sign.address, proto=proto, port=port, big=sign.seen is Seen.BIG)
    owner = reach.network.owner(sign.address)
    home = reach.network.link_at(sign.node, owner[1].name) if owner else None
    return Watched(sign, (made,), home=home, segment=segment, external=_beyond(reach, sign.node))


def dark_port(seen: Watched, link: Link) -> bool:
    """The address is of the near port of a link: where that goes dark, many devices answer there no more."""
    return seen.home == link and not any(link in trip.links for trip in seen.trips)


def _resolved(reach: Reach, sign: Sign) -> Watched | None:
    first = reach.trip_to(sign.vantage, sign.node, sign.address)
    resolver = reach.network.resolver_at(sign.address)
    if first is None or resolver is None:
        return None
    external = any(
        name.external and name.name.rstrip(".") == sign.at for name in reach.network.names
    )
    trips = [replace(first, address=sign.address, proto="udp", port=DNS_PORT)]
    chain = [resolver.node]
    while (further := _asks(reach, resolver, external=external)) and len(chain) < FAR:
        address, node, resolver = further
        trip = reach.trip_to(chain[-1], node, address)
        if trip is None:
            break
        trips.append(replace(trip, address=address, proto="udp", port=DNS_PORT))
        chain.append(node)
        if resolver is None:
            break
    return Watched(sign, tuple(trips), tuple(chain), external=external)


def _asks(
    reach: Reach, resolver: Resolver | None, *, external: bool
) -> tuple[str, str, Resolver | None] | None:
    """Whom a resolver asks for a name: for one of the office's own, only another of the office."""
    for address in resolver.forwards_to if resolver else ():
        owner = reach.network.owner(address)
        if owner and (external or not owner[0].kind.foreign):
            return address, owner[0].name, reach.network.resolver_at(address)
    return None


def _served(reach: Reach, sign: Sign) -> Watched | None:
    trip = reach.trip_to(sign.vantage, sign.node, sign.address)
    if trip is None:
        return None
    service = next((one for one in reach.network.services if one.url == sign.at), None)
    port = service.port if service else urlsplit(sign.at).port or 0
    made = replace(trip, address=sign.address, proto="tcp", port=port)
    large = service is not None and service.large
    return Watched(sign, (made,), external=_beyond(reach, sign.node), large=large)


def _leased(reach: Reach, sign: Sign) -> Watched | None:
    """DHCP is asked of everybody on the LAN; who should answer is the server nearest."""
    for segment in sorted(reach.segments_at(sign.vantage)):
        server = dhcp_server(reach, segment)
        if not server:
            continue
        if server == sign.vantage:
            return Watched(sign, segment=segment)
        trip = reach.trip(sign.vantage, server)
        if trip is not None:
            return Watched(sign, (replace(trip, proto="dhcp"),), segment=segment)
    return None


def dhcp_server(reach: Reach, segment: int) -> str:
    """Who hands out addresses there: who is said to, else the gateway."""
    members = [reach.network.by_name[name] for name in reach.segment_nodes(segment)]
    if not any(node.kind.bridges for node in members):
        return ""
    named = [node.name for node in members if node.dhcp]
    return named[0] if named else reach.gateway(segment)


def _segment_in(reach: Reach, prefix: str) -> int | None:
    try:
        network = ip_network(prefix, strict=False)
    except ValueError:
        return None
    for node in reach.network.nodes:
        for port in node.interfaces:
            inside = bool(port.address) and ip_address(port.address) in network
            if inside and (home := reach.home(node.name, port)):
                return reach.segment(home)
    return None


def _routed(reach: Reach, sign: Sign) -> Watched:
    """A host's own route goes with the link that it came over."""
    links = reach.network.links_of.get(sign.vantage, ())
    link = links[0] if len(links) == 1 else None
    return Watched(sign, link=link, segment=_segment_in(reach, sign.at))


def _told(_: Reach, sign: Sign) -> Watched:
    return Watched(sign)


def _plugged(reach: Reach, sign: Sign) -> Watched | None:
    link = reach.network.link_at(sign.vantage, sign.at)
    return None if link is None else Watched(sign, link=link, segment=reach.segment(link))


def _beyond(reach: Reach, node: str) -> bool:
    known = reach.network.by_name.get(node)
    return known is not None and known.kind.foreign


GROUND: Mapping[Seen, Callable[[Reach, Sign], Watched | None]] = {
    **dict.fromkeys((Seen.ECHO, Seen.DELAY, Seen.BIG, Seen.TRACE, Seen.TCP, Seen.ARP), _exchanged),
    Seen.DNS: _resolved,
    Seen.HTTP: _served,
    Seen.DHCP: _leased,
    Seen.ROUTE: _routed,
    **dict.fromkeys((Seen.DHCPD, Seen.POOL, Seen.TALKS, Seen.ANSWER), _told),
    **dict.fromkeys((Seen.CARRIER, Seen.RX, Seen.FLAP, Seen.LOAD, Seen.ERRORS), _plugged),
    Seen.BROADCAST: _plugged,
}
