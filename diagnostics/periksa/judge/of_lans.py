"""What is wrong with a LAN: loops, addresses used twice, DHCP. RFC 5227, RFC 2131.

A fault of a whole LAN is at its first bridge, seen from the gateway: that is where one would begin.
"""

from collections.abc import Iterator

from periksa.judge.effects import STRANGE, SURE, Costs, Effect
from periksa.judge.faults import Fault
from periksa.judge.hypothesis import Effects, Hypothesis, Shows, harmless
from periksa.judge.reach import Reach
from periksa.judge.trip import Trip
from periksa.judge.watched import Watched, dhcp_server
from periksa.network import Kind
from periksa.sign import Seen

SERVER_SEEN_WELL = 4.0  # a DHCP server that is down, and yet seen to listen


def of_lan(reach: Reach, segment: int) -> Iterator[Hypothesis]:
    """The ways in which a stretch of Ethernet with a bridge may be broken."""
    bridge = reach.first_bridge(segment)
    if not bridge:
        return
    members = reach.segment_nodes(segment)
    links = [link for link in reach.network.links if reach.segment(link) == segment]
    touched = frozenset({f"node/{name}" for name in members} | {f"link/{x.name}" for x in links})
    place = f"node/{bridge}"
    yield Hypothesis(place, Fault.STORM, _over_lan(reach, segment), _stormy(segment), touched)
    yield Hypothesis(place, Fault.ROGUE_DHCP, harmless, _rogue(segment), touched)
    server = dhcp_server(reach, segment)
    if server and not reach.kind(server).foreign:
        at = f"node/{server}"
        down = _no_offer(reach, segment, server, {"listening": SERVER_SEEN_WELL})
        full = _no_offer(reach, segment, server, {"stopped": 6})
        yield Hypothesis(at, Fault.DHCP_DOWN, harmless, down, touched)
        yield Hypothesis(at, Fault.DHCP_EXHAUSTED, harmless, full, touched)


def of_address(reach: Reach, node: str) -> Iterator[Hypothesis]:
    """Somebody else on the node's LAN uses its address."""
    kind = reach.kind(node)
    if kind.foreign or kind is Kind.SERVER or not reach.network.by_name[node].addresses:
        return
    if any(reach.first_bridge(segment) for segment in reach.segments_at(node)):
        rare = 0.5 if kind.bridges else 0.0
        effect, shows = _contested(reach, node), _two_answer(node)
        yield Hypothesis(f"node/{node}", Fault.DUPLICATE_ADDRESS, effect, shows, rare=rare)


def _over_lan(reach: Reach, segment: int) -> Effects:
    def effect(trip: Trip) -> Effect:
        over = any(reach.segment(link) == segment for link in trip.links)
        return Effect.SHAKY if over else Effect.FINE

    return effect


def _stormy(segment: int) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        if seen.segment != segment:
            return None
        match seen.sign.seen:
            case Seen.BROADCAST:
                return {"calm": STRANGE}
            case Seen.LOAD:
                return {"calm": 1.0}
            case Seen.ARP:
                return {"none": 0.5, "duplicate": 1.5}
            case _:
                return None

    return shows


def _rogue(segment: int) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        if seen.sign.seen is Seen.DHCP and seen.segment == segment:
            return {"rogue": 0, "offer": 2.5, "*": 4}
        return None

    return shows


def _no_offer(reach: Reach, segment: int, server: str, process: Costs) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        sign = seen.sign
        if sign.seen is Seen.DHCP and seen.segment == segment:
            return {"offer": 6, "rogue": SURE}
        if sign.vantage == server and sign.seen is Seen.DHCPD:
            return process
        if sign.vantage == server and sign.seen is Seen.POOL and "stopped" in process:
            return {"free": STRANGE}
        if sign.seen is Seen.ROUTE and sign.vantage in reach.segment_nodes(segment):
            return {"missing": 1.0}  # a lease that ran out takes the gateway along
        return None

    return shows


def _contested(reach: Reach, node: str) -> Effects:
    """Whose answer comes is a matter of chance; through a gateway, whether any does."""
    inside = reach.segments_at(node)

    def effect(trip: Trip) -> Effect:
        if node not in trip.nodes or len(trip.nodes) == 1:
            return Effect.FINE
        if not reach.kind(node).routes:
            forwarded = trip.through(node)
            return Effect.FINE if forwarded else Effect.SHAKY
        over = any(
            reach.segment(link) in inside and reach.first_bridge(reach.segment(link))
            for link in trip.links
        )
        return Effect.SHAKY if over else Effect.FINE

    return effect


def _two_answer(node: str) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        if seen.sign.seen is Seen.ARP and seen.sign.node == node:
            return {"duplicate": 0, "one": 2.5, "none": 3}
        return None

    return shows
