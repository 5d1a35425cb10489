"""What is wrong with what runs on a node: DNS, web, and the provider's whole world.

What lies behind the provider's gateway is one place, because nobody here can mend it: the gateway.
"""

from collections.abc import Iterable, Iterator

from periksa.judge.effects import ASKING_IN_VAIN, SURE, Costs, Effect
from periksa.judge.faults import Fault
from periksa.judge.hypothesis import Effects, Hypothesis, Shows, harmless
from periksa.judge.reach import Reach
from periksa.judge.trip import Trip
from periksa.judge.watched import Watched, dhcp_server
from periksa.network import Kind, Service
from periksa.sign import Seen

DEAF: Costs = {"timeout": 0, "closed": 0, "refused": 1, "servfail": 2, "*": 7}
VAIN: Costs = {"timeout": 0, "servfail": 0, "refused": 1, "*": 6}
LIES: Costs = {"nxdomain": 0, "wrong": 0, "odd": 1, "*": 6}
OWN_PORTAL = 2.1  # providers have them; an office that does knows of it
WEB_FAULTS = {
    Fault.SERVICE_DOWN: "refused",
    Fault.SERVICE_HANG: "stall",
    Fault.SERVICE_ERROR: "error",
    Fault.CERTIFICATE: "certificate",
}


def of_resolver(reach: Reach, node: str) -> Iterator[Hypothesis]:
    """The ways in which a DNS server may fail while its box is well."""
    if not any(resolver.node == node for resolver in reach.network.resolvers):
        return
    place = f"node/{node}"
    yield Hypothesis(place, Fault.DNS_DOWN, harmless, _deaf(node, ()))
    leases = tuple(
        segment for segment in reach.segments_at(node) if dhcp_server(reach, segment) == node
    )
    if leases:  # on small routers one program does both
        touched = frozenset(
            f"node/{name}" for segment in leases for name in reach.segment_nodes(segment)
        )
        yield Hypothesis(place, Fault.DNS_DOWN, harmless, _deaf(node, leases), touched)
    forwards = any(one.node == node and one.forwards_to for one in reach.network.resolvers)
    if forwards:
        yield Hypothesis(place, Fault.DNS_UPSTREAM, harmless, _in_vain(node))
    for external in (True, False, None):
        rare = 0.0 if external else 0.5
        yield Hypothesis(place, Fault.DNS_WRONG, harmless, _lies(node, external), rare=rare)


def of_services(reach: Reach, node: str) -> Iterator[Hypothesis]:
    """The ways in which the web services of a node may fail while the box is well."""
    services = [one for one in reach.network.services if one.node == node]
    if reach.kind(node).foreign or not services:
        return
    ports = sorted({service.port for service in services})
    groups = [tuple(ports), *((port,) for port in ports if len(ports) > 1)]
    for fault in WEB_FAULTS:
        for group in groups:
            rare = 0.0 if group == groups[0] else 0.2
            shows = _served_badly(services, group, fault)
            yield Hypothesis(f"node/{node}", fault, harmless, shows, rare=rare)


def of_provider(reach: Reach, node: str, trips: Iterable[Trip]) -> Iterator[Hypothesis]:
    """The ways in which the world behind a provider's gateway may fail; one name for them all.

    Args:
        reach: The network.
        node: The gateway, or a node of the internet that hangs off no gateway on record.
        trips: Exchanges that did not go well.
    """
    kind, place = reach.kind(node), f"node/{node}"
    if kind is not Kind.ISP and not (kind is Kind.INTERNET and _rootless(reach, node)):
        return
    up = _dark_gateway(node)
    for carrier_lost in (True, False):
        shows = _gateway_port(node, carrier_lost=carrier_lost)
        yield Hypothesis(place, Fault.UPSTREAM, up, shows, rare=0.3)
    ends = dict.fromkeys(trip.end for trip in trips if trip.through(node))
    for effect in (Effect.LOST, Effect.LOSSY, Effect.SLOW):
        rare = 0.0 if effect is Effect.LOST else 0.3
        yield Hypothesis(place, Fault.UPSTREAM, _behind(node, None, effect), rare=rare)
        if len(ends) > 1:
            for end in ends:
                effects = _behind(node, end, effect)
                yield Hypothesis(place, Fault.UPSTREAM, effects, rare=rare + 0.2)


def of_portal(reach: Reach, node: str) -> Iterator[Hypothesis]:
    """It sends web pages asked of the world to a page of its own."""
    if reach.kind(node).routes:
        rare = 0.0 if reach.kind(node) is Kind.ISP else OWN_PORTAL
        yield Hypothesis(f"node/{node}", Fault.PORTAL, harmless, _redirects(node), rare=rare)


def _deaf(node: str, leases: tuple[int, ...]) -> Shows:
    """No DNS from it, neither for those who ask it nor for resolvers that do."""

    def shows(seen: Watched) -> Costs | None:
        sign = seen.sign
        if sign.seen is Seen.DNS and node in seen.chain:
            return DEAF if seen.chain[0] == node else {**ASKING_IN_VAIN, "closed": 1}
        if sign.seen is Seen.TCP and sign.node == node and sign.at == "53":
            return {"open": 1}  # the kernel takes connections for a program that hangs
        if leases and sign.seen is Seen.DHCP and seen.segment in leases:
            return {"offer": 3, "rogue": SURE}
        if leases and sign.vantage == node and sign.seen is Seen.DHCPD:
            return {"listening": 4}
        return None

    return shows


def _in_vain(node: str) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        if seen.sign.seen is Seen.DNS and node in seen.chain[:-1]:
            return VAIN if seen.chain[0] == node else ASKING_IN_VAIN
        return None

    return shows


def _lies(node: str, external: bool | None) -> Shows:  # noqa: FBT001 - None: both kinds of names
    def shows(seen: Watched) -> Costs | None:
        about = external is None or seen.external == external
        lied = seen.sign.seen is Seen.DNS and node in seen.chain and about
        return LIES if lied else None

    return shows


def _served_badly(services: list[Service], ports: tuple[int, ...], fault: Fault) -> Shows:
    urls = {one.url for one in services if one.port in ports}
    secure = {one.url for one in services if one.url.startswith("https:")}
    places = {(one.address, str(one.port)) for one in services if one.port in ports}
    value = WEB_FAULTS[fault]

    def shows(seen: Watched) -> Costs | None:
        sign = seen.sign
        if sign.seen is Seen.HTTP and sign.at in urls:
            if fault is Fault.CERTIFICATE and sign.at not in secure:
                return None
            return {value: 0, "fine": 4, "*": 6}
        if sign.seen is Seen.TCP and (sign.address, sign.at) in places:
            return {"open": 6, "silent": 4} if fault is Fault.SERVICE_DOWN else None
        return None

    return shows


def _rootless(reach: Reach, node: str) -> bool:
    links = reach.network.links_of[node]
    return not any(reach.kind(link.other(node)) is Kind.ISP for link in links)


def _dark_gateway(node: str) -> Effects:
    def effect(trip: Trip) -> Effect:
        return Effect.LOST if node in trip.nodes else Effect.FINE

    return effect


def _gateway_port(node: str, *, carrier_lost: bool) -> Shows:
    table: dict[Seen, Costs] = {
        Seen.CARRIER: {"up": 6} if carrier_lost else {"down": 6},
        Seen.RX: {"heard": 5 if carrier_lost else 0.5},
    }

    def shows(seen: Watched) -> Costs | None:
        mine = seen.link is not None and node in (seen.link.a, seen.link.b)
        return table.get(seen.sign.seen) if mine else None

    return shows


def _behind(node: str, end: str | None, effect: Effect) -> Effects:
    def effects(trip: Trip) -> Effect:
        hit = trip.through(node) and end in (None, trip.end)
        return effect if hit else Effect.FINE

    return effects


def _redirects(node: str) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        if seen.sign.seen is not Seen.HTTP or not seen.external:
            return None
        through = any(trip.through(node) for trip in seen.trips)
        return {"portal": 0, "fine": 4, "*": 6} if through else None

    return shows
