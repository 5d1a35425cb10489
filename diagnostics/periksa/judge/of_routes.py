"""What is wrong with where a node sends packets: defaults, routes, loops, translation. RFC 1812."""

from collections.abc import Iterable, Iterator

from periksa.judge.effects import STRANGE, SURE, Costs, Effect
from periksa.judge.faults import Fault
from periksa.judge.hypothesis import Effects, Hypothesis, Shows
from periksa.judge.reach import Reach
from periksa.judge.trip import Trip
from periksa.judge.watched import Watched
from periksa.network import Kind, Link
from periksa.sign import Seen


def of_routes(reach: Reach, node: str, trips: Iterable[Trip]) -> Iterator[Hypothesis]:
    """The ways in which a node may send packets astray.

    Args:
        reach: The network.
        node: Which node.
        trips: Exchanges that did not go well; routes to elsewhere are not looked into.
    """
    kind, place = reach.kind(node), f"node/{node}"
    if kind.foreign or kind.bridges or kind is Kind.SERVER:
        return
    if reach.up(node):
        effect = _without_default(reach, node)
        yield Hypothesis(place, Fault.NO_DEFAULT_ROUTE, effect, _no_default_shown(node))
    if not kind.routes:
        return
    if translates(reach, node):
        for neighbours in (True, False):
            effect = _no_new_flows(reach, node, neighbours=neighbours)
            yield Hypothesis(place, Fault.NAT_EXHAUSTED, effect)
    for segments in _destinations(reach, node, trips):
        effect = _without_route(reach, node, segments)
        missing, turned = _missing_shown(node, segments), _loop_shown(node, segments, effect)
        if _turns_back(reach, node):
            yield Hypothesis(place, Fault.ROUTING_LOOP, effect, turned)
            yield Hypothesis(place, Fault.ROUTE_MISSING, effect, missing, rare=0.7)
        else:
            yield Hypothesis(place, Fault.ROUTE_MISSING, effect, missing)


def translates(reach: Reach, node: str) -> bool:
    """It shares few addresses among many: it is said to, or it is the last before the provider."""
    if any(known.nat for known in reach.network.nodes):
        return reach.network.by_name[node].nat
    links = reach.network.links_of[node]
    return any(reach.kind(link.other(node)).foreign for link in links)


def leaves(trip: Trip, node: str) -> Iterator[tuple[Link, bool]]:
    """The links at which a node sends packets of an exchange on; True on the way there."""
    if node in trip.nodes:
        at = trip.nodes.index(node)
        if at < len(trip.links):
            yield trip.links[at], True
        if at:
            yield trip.links[at - 1], False


def _destination(reach: Reach, trip: Trip, *, there: bool) -> int | None:
    if there:
        segment = reach.segment_of(trip.address)
        return reach.segment(trip.links[-1]) if segment is None else segment
    return reach.source_segment(trip)


def _without_default(reach: Reach, node: str) -> Effects:
    up = reach.up(node)

    def effect(trip: Trip) -> Effect:
        for link, there in leaves(trip, node):
            segment = _destination(reach, trip, there=there)
            if link == up and not reach.connected(node, segment):
                return Effect.LOST
        return Effect.FINE

    return effect


def _no_default_shown(node: str) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        if seen.sign.seen is Seen.ROUTE and seen.sign.vantage == node and seen.sign.at == "default":
            return {"there": 6}
        return None

    return shows


def _destinations(reach: Reach, node: str, trips: Iterable[Trip]) -> Iterator[frozenset[int]]:
    """The stretches of Ethernet, singly and all in one direction, that the node needs a route to."""
    up, ways = reach.up(node), dict[Link, dict[int, None]]()
    for trip in trips:
        for link, there in leaves(trip, node):
            segment = _destination(reach, trip, there=there)
            if segment is not None and link != up and not reach.connected(node, segment):
                ways.setdefault(link, {})[segment] = None
    for segments in ways.values():
        for segment in segments:
            yield frozenset({segment})
        if len(segments) > 1:
            yield frozenset(segments)


def _without_route(reach: Reach, node: str, segments: frozenset[int]) -> Effects:
    def effect(trip: Trip) -> Effect:
        for _, there in leaves(trip, node):
            if _destination(reach, trip, there=there) in segments:
                return Effect.LOST
        return Effect.FINE

    return effect


def _missing_shown(node: str, segments: frozenset[int]) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        sign = seen.sign
        if sign.seen is Seen.ROUTE and sign.vantage == node and seen.segment in segments:
            return {"there": STRANGE}
        return None

    return shows


def _loop_shown(node: str, segments: frozenset[int], effect: Effects) -> Shows:
    missing = _missing_shown(node, segments)

    def shows(seen: Watched) -> Costs | None:
        if seen.sign.seen is Seen.TRACE and any(effect(trip) for trip in seen.trips):
            return {"fine": SURE, "short": 1.5}
        return missing(seen)

    return shows


def _turns_back(reach: Reach, node: str) -> bool:
    """A packet without a route goes back up to a router that sends it down again."""
    up = reach.up(node)
    return up is not None and not reach.kind(up.other(node)).foreign


def _no_new_flows(reach: Reach, node: str, *, neighbours: bool) -> Effects:
    """Those behind it get no more translations; the node itself needs none.

    An echo that is repeated often keeps its place in the table: the provider's gateway may go on
    answering (unless ``neighbours``).
    """

    def effect(trip: Trip) -> Effect:
        if not (trip.through(node) and reach.kind(trip.end).foreign):
            return Effect.FINE
        next_door = trip.nodes.index(trip.end) - trip.nodes.index(node) == 1
        kept = next_door and trip.proto == "icmp" and not neighbours
        return Effect.SHAKY if kept else Effect.LOST

    return effect
