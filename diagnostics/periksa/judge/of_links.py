"""What is wrong with a link, and what that shows. RFC 1191 (large packets); the rest is physics.

A link between two routers may be a fibre with converters or a pair of radios: its port keeps its
carrier while the far side is dark. A cable on a LAN has no such thing between.
"""

from collections.abc import Iterator

from periksa.judge.effects import SURE, Costs, Effect
from periksa.judge.faults import Fault
from periksa.judge.hypothesis import Effects, Hypothesis, Shows
from periksa.judge.reach import Reach
from periksa.judge.trip import Trip
from periksa.judge.watched import LOADED, Watched, dark_port
from periksa.network import Link
from periksa.sign import Seen

PORT = {
    "loud": {Seen.CARRIER: {"up": 6.0}, Seen.FLAP: {"flapping": 3.0}},
    "silent": {Seen.CARRIER: {"down": 6.0}, Seen.RX: {"heard": 5.0}},
    "loss": {Seen.ERRORS: {}, Seen.RX: {"silent": 2.0}},
    "latency": {Seen.LOAD: {"busy": 2.5}},
    "full": {Seen.LOAD: {"calm": 1.0}, Seen.ERRORS: {"rising": 0.5}},
    "flapping": {
        Seen.FLAP: {"steady": SURE},
        Seen.CARRIER: {"down": 0.5},
        Seen.RX: {"silent": 0.5},
    },
}
ELSEWHERE_BUSY: Costs = {"busy": 0.2}
ONLY_IF_SEEN = 0.5  # at a port; by its packets alone it is a link that is cut, or loses some
FALLS_SILENT: Costs = {
    "none": 0.5,
    "silent": 0.5,
    "lost": 0.5,
}  # the address of a port that is dark
LAN_KEEPS_CARRIER = 2.0  # a cut cable whose port does not notice


def of_link(reach: Reach, link: Link) -> Iterator[Hypothesis]:
    """The ways in which a link may be broken; none of one that is not the office's."""
    ends = (reach.kind(link.a), reach.kind(link.b))
    if all(kind.foreign for kind in ends):
        return
    place, quiet = f"link/{link.name}", may_hide_darkness(reach, link)
    lost, shaky = _over(link, Effect.LOST), _over(link, Effect.SHAKY)
    yield Hypothesis(place, Fault.CUT, lost, _ports(link, "loud", shuts=True))
    rare = 0.0 if quiet else LAN_KEEPS_CARRIER
    yield Hypothesis(place, Fault.CUT, lost, _ports(link, "silent"), rare=rare)
    for sender in (link.a, link.b):
        rare = 0.0 if quiet else LAN_KEEPS_CARRIER
        yield Hypothesis(place, Fault.ONE_WAY, lost, _one_way(link, sender), rare=rare)
    yield Hypothesis(place, Fault.LOSS, _over(link, Effect.LOSSY), _ports(link, "loss"))
    yield Hypothesis(place, Fault.LATENCY, _over(link, Effect.SLOW), _ports(link, "latency"))
    both = frozenset({place, LOADED})
    yield Hypothesis(place, Fault.CONGESTION, _over(link, Effect.FULL), _full(link), both)
    yield Hypothesis(place, Fault.MTU, _swallows_large(link), _stalls(link))
    yield Hypothesis(place, Fault.FLAPPING, shaky, _ports(link, "flapping"))
    for effect in (Effect.LOSSY, Effect.LOST):  # so a short look may see it
        coming = _ports(link, "flapping")
        yield Hypothesis(place, Fault.FLAPPING, _over(link, effect), coming, rare=ONLY_IF_SEEN)


def may_hide_darkness(reach: Reach, link: Link) -> bool:
    """Its port may keep its carrier while the other side is dark."""
    return all(reach.kind(end).routes for end in (link.a, link.b))


def _over(link: Link, effect: Effect) -> Effects:
    def effect_on(trip: Trip) -> Effect:
        return effect if link in trip.links else Effect.FINE

    return effect_on


def _ports(link: Link, look: str, *, shuts: bool = False) -> Shows:
    """Signs at the ports at both ends; one that shuts takes a host's routes along."""

    def shows(seen: Watched) -> Costs | None:
        if shuts and seen.sign.seen is Seen.ROUTE and seen.sign.vantage in (link.a, link.b):
            return {}
        if shuts and dark_port(seen, link):
            return FALLS_SILENT
        return PORT[look].get(seen.sign.seen) if seen.link == link else None

    return shows


def _one_way(link: Link, sender: str) -> Shows:
    """What ``sender`` says does not arrive."""

    def shows(seen: Watched) -> Costs | None:
        if seen.link != link:
            return None
        if seen.sign.seen is Seen.RX:
            return {"silent": 1.5} if seen.sign.vantage == sender else {"heard": 5}
        return {"down": 6} if seen.sign.seen is Seen.CARRIER else None

    return shows


def _full(link: Link) -> Shows:
    def shows(seen: Watched) -> Costs | None:
        if seen.link == link:
            return PORT["full"].get(seen.sign.seen)
        return ELSEWHERE_BUSY if seen.sign.seen is Seen.LOAD else None

    return shows


def _swallows_large(link: Link) -> Effects:
    def effect(trip: Trip) -> Effect:
        return Effect.LOST if trip.big and link in trip.links else Effect.FINE

    return effect


def _stalls(link: Link) -> Shows:
    """A page of full packets never comes; a small one may."""

    def shows(seen: Watched) -> Costs | None:
        if not any(link in trip.links for trip in seen.trips):
            return None
        if seen.sign.seen is Seen.BIG:
            return {"fine": SURE, "told": 4}
        if seen.sign.seen is Seen.HTTP:
            if seen.large:
                return {"stall": 0, "fine": 5, "*": SURE}
            return {"fine": 0, "stall": 0.7, "*": 7}
        return None

    return shows
