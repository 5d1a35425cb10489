"""What is wrong with a box as a whole, or with what it lets pass."""

from collections.abc import Iterator

from periksa.judge.effects import SURE, Costs, Effect
from periksa.judge.faults import Fault
from periksa.judge.hypothesis import Effects, Hypothesis, Shows
from periksa.judge.of_links import FALLS_SILENT, may_hide_darkness
from periksa.judge.of_routes import translates
from periksa.judge.reach import Reach
from periksa.judge.trip import Trip
from periksa.judge.watched import Watched, dark_port
from periksa.network import Kind
from periksa.sign import Seen

WEB = (80, 443)
ON_THE_WIRE = ("arp", "dhcp")  # what a filter by address does not see
OFF_EVERY_DAY = -0.5  # people switch their computers off; routers and switches they do not
COPPER_KEEPS_CARRIER = 2.5  # a port beside a dark box that shows a carrier
AT_THE_BORDER = 2.2  # nobody forbids a whole regency the internet; its translations run out
HUNG_AND_SILENT = 2.2  # most boxes that hang still chatter


def of_node(reach: Reach, node: str) -> Iterator[Hypothesis]:
    """The ways in which a box may be broken; of the provider's, see ``of_services``."""
    kind, place = reach.kind(node), f"node/{node}"
    if kind.foreign or kind is Kind.SERVER:
        return
    rare = OFF_EVERY_DAY if kind is Kind.PC else 0.0
    yield Hypothesis(place, Fault.DEAD, _dark(node), _beside_dark(reach, node), rare=rare)
    yield Hypothesis(place, Fault.HUNG, _hangs(node), _beside_hung(node))
    if kind.bridges:
        yield Hypothesis(place, Fault.FIREWALL, _to(node), _talks_on(node), rare=0.5)
        yield Hypothesis(place, Fault.ICMP_FILTERED, _echoes_to(node), rare=0.5)
        return
    yield Hypothesis(place, Fault.FIREWALL, _to(node), _talks_on(node))
    yield Hypothesis(place, Fault.ICMP_FILTERED, _echoes_to(node))
    if kind.routes:
        yield Hypothesis(place, Fault.ICMP_FILTERED, _echoes_at(node))
        yield Hypothesis(place, Fault.FIREWALL, _forwarded(reach, node, ()), _talks_on(node))
        for ports in (WEB, *((port,) for port in WEB)):
            rare = 0.0 if ports == WEB else 0.5
            yield Hypothesis(place, Fault.FIREWALL, _forwarded(reach, node, ports), rare=rare)
        for outward in (True, False):
            effect = _one_side(reach, node, outward=outward)
            rare = AT_THE_BORDER if outward and translates(reach, node) else 0.5
            yield Hypothesis(place, Fault.FIREWALL, effect, rare=rare)


def _dark(node: str) -> Effects:
    def effect(trip: Trip) -> Effect:
        return Effect.LOST if node in trip.nodes else Effect.FINE

    return effect


def _beside_dark(reach: Reach, node: str) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        sign = seen.sign
        if sign.vantage == node:
            return {"*": SURE} if sign.seen is Seen.TALKS else None
        if sign.seen is Seen.ROUTE:
            return {} if _neighbours(reach, node, sign.vantage) else None
        if seen.home and seen.home.other(sign.node) == node and dark_port(seen, seen.home):
            return FALLS_SILENT
        if seen.link is None or node not in (seen.link.a, seen.link.b):
            return None
        if sign.seen is Seen.CARRIER:
            return {"up": 0 if may_hide_darkness(reach, seen.link) else COPPER_KEEPS_CARRIER}
        return {"heard": 5} if sign.seen is Seen.RX else None

    return shows


def _neighbours(reach: Reach, node: str, other: str) -> bool:
    return any(link.other(node) == other for link in reach.network.links_of[node])


def _hangs(node: str) -> Effects:
    def effect(trip: Trip) -> Effect:
        if node not in trip.nodes:
            return Effect.FINE
        return Effect.SHAKY if trip.proto == "arp" and trip.end == node else Effect.LOST

    return effect


def _beside_hung(node: str) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        sign = seen.sign
        if sign.vantage == node:
            return {"*": STILL_TALKS} if sign.seen is Seen.TALKS else None
        if seen.link is None or node not in (seen.link.a, seen.link.b):
            return None
        if sign.seen is Seen.CARRIER:
            return {"down": 5}
        return {"silent": HUNG_AND_SILENT} if sign.seen is Seen.RX else None

    return shows


STILL_TALKS = 4.0  # what hangs runs no script and takes no login


def _to(node: str) -> Effects:
    """It refuses what others begin, and gets answers to what it begins itself."""

    def effect(trip: Trip) -> Effect:
        taken = trip.end == node and trip.start != node and trip.proto not in ON_THE_WIRE
        return Effect.LOST if taken else Effect.FINE

    return effect


def _echoes_to(node: str) -> Effects:
    def effect(trip: Trip) -> Effect:
        return Effect.LOST if trip.end == node and trip.proto == "icmp" else Effect.FINE

    return effect


def _echoes_at(node: str) -> Effects:
    """No echo gets to it, from it or through it."""

    def effect(trip: Trip) -> Effect:
        touched = node in trip.nodes and len(trip.nodes) > 1
        return Effect.LOST if touched and trip.proto == "icmp" else Effect.FINE

    return effect


def _forwarded(reach: Reach, node: str, ports: tuple[int, ...]) -> Effects:
    """It drops what passes through it: everything, or TCP to some ports."""

    def effect(trip: Trip) -> Effect:
        if not _routed(reach, node, trip):
            return Effect.FINE
        hit = not ports or (trip.proto == "tcp" and trip.port in ports)
        return Effect.LOST if hit else Effect.FINE

    return effect


def _one_side(reach: Reach, node: str, *, outward: bool) -> Effects:
    """It drops what is begun on one side of it: inside (outward) or outside."""
    up = reach.up(node)

    def effect(trip: Trip) -> Effect:
        if not _routed(reach, node, trip) or up is None:
            return Effect.FINE
        leaves = up in trip.links[trip.nodes.index(node) :]
        return Effect.LOST if leaves == outward else Effect.FINE

    return effect


def _routed(reach: Reach, node: str, trip: Trip) -> bool:
    """The node forwards the exchange from one network to another."""
    if not trip.through(node) or trip.proto in ON_THE_WIRE:
        return False
    at = trip.nodes.index(node)
    return reach.segment(trip.links[at - 1]) != reach.segment(trip.links[at])


def _talks_on(node: str) -> Shows:
    """A filter that keeps its ports alive: carriers and counters are as ever."""

    def shows(seen: Watched) -> Costs | None:
        if seen.sign.seen is Seen.RX and seen.link and node in (seen.link.a, seen.link.b):
            return {"silent": 1.5}
        return None

    return shows
