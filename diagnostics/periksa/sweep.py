"""The state of every office, read off one look at the whole network. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from periksa.findings import Finding
from periksa.judge.faults import Fault
from periksa.judge.reach import Reach
from periksa.judge.verdict import Verdict
from periksa.network import Kind, Network
from periksa.segments import Pool, pings_of, pooled

STRAY = 0.01  # a loss that may be less than that is a stray packet or two


class OfficeState(StrEnum):
    """Of one office, in one word."""

    HEALTHY = "healthy"
    FAULT = "fault"
    ODD = "odd"
    UNKNOWN = "unknown"
    UNTESTED = "untested"

    @property
    def label(self) -> str:
        """The words for people."""
        return _LABELS[self]


_LABELS = {
    OfficeState.HEALTHY: "baik",
    OfficeState.FAULT: "terganggu",
    OfficeState.ODD: "sebagian tidak menjawab",
    OfficeState.UNKNOWN: "tidak diketahui: di belakang gangguan lain",
    OfficeState.UNTESTED: "tidak dapat diperiksa",
}


@dataclass(frozen=True, slots=True)
class Office:
    """One office.

    Attributes:
        node: Its router.
        state: In a word.
        pool: Echoes to all its addresses, taken together.
        causes: Candidates of the verdict: of this office, or those it lies behind.
    """

    node: str
    state: OfficeState
    pool: Pool
    causes: tuple[tuple[str, Fault], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """JSON shape: node, state, label, causes (place, type), and the pool's figures."""
        return {
            "node": self.node,
            "state": self.state.value,
            "label": self.state.label,
            "causes": [{"place": place, "type": fault.value} for place, fault in self.causes],
            **self.pool.as_dict(),
        }


def offices(network: Network, findings: Iterable[Finding], verdict: Verdict) -> tuple[Office, ...]:
    """One entry an office, which is what hangs off one router, in the network's order.

    Args:
        network: All of it.
        findings: Of a look at the whole of it.
        verdict: On them.
    """
    reach = Reach(network)
    members, places = _members(reach), _places(reach)
    pings: dict[str, list[Finding]] = {}
    for one in pings_of(findings):
        pings.setdefault(one.address, []).append(one)
    found = []
    for router, names in members.items():
        addresses = [one for name in names for one in network.by_name[name].addresses]
        pool = pooled([one for address in addresses for one in pings.get(address, ())])
        office = _office(reach, verdict, router, places.get(router, set()), pool)
        known = addresses or office.state is OfficeState.FAULT
        found.append(office if known else Office(router, OfficeState.UNTESTED, pool))
    return tuple(found)


def _office(reach: Reach, verdict: Verdict, node: str, own: set[str], pool: Pool) -> Office:
    causes = tuple(
        (one.place, one.fault)
        for one in verdict.candidates
        if one.place in own and not one.fault.harmless
    )
    above = tuple(
        (one.place, one.fault)
        for one in verdict.candidates
        if node in reach.behind(one.place) and not one.fault.harmless
    )
    if causes:
        return Office(node, OfficeState.FAULT, pool, causes)
    if node in verdict.unknown:
        return Office(node, OfficeState.UNKNOWN, pool, above)
    if not pool.addresses:
        return Office(node, OfficeState.UNTESTED, pool)
    if pool.answering < pool.addresses or pool.loss[0] > STRAY:
        return Office(node, OfficeState.ODD, pool, above)
    return Office(node, OfficeState.HEALTHY, pool)


def _members(reach: Reach) -> Mapping[str, list[str]]:
    """The routers of offices in the network's order, each with its LAN: itself and who is on it."""
    nodes = reach.network.nodes
    found: dict[str, list[str]] = {one.name: [] for one in nodes if one.kind is Kind.ROUTER}
    for node in nodes:
        office = _office_of(reach, node.name)
        if office:
            found[office].append(node.name)
    return found


def _places(reach: Reach) -> Mapping[str, set[str]]:
    """Of each office, its devices, the links between them, and the one it hangs off."""
    found: dict[str, set[str]] = {}
    for node in reach.network.by_name:
        office = _office_of(reach, node)
        if office:
            found.setdefault(office, set()).add(f"node/{node}")
    for link in reach.network.links:
        ends = [reach.trip(reach.network.server, name) for name in (link.a, link.b)]
        far = max((trip for trip in ends if trip), key=lambda trip: len(trip.links), default=None)
        office = _office_of(reach, far.end) if far else ""
        if office:
            found.setdefault(office, set()).add(f"link/{link.name}")
    return found


def _office_of(reach: Reach, node: str) -> str:
    """The router whose LAN a node is on, or which it is; empty for what belongs to no office."""
    trip = reach.trip(reach.network.server, node)
    if trip is None:
        return node if reach.kind(node) is Kind.ROUTER else ""
    nearest = next((name for name in reversed(trip.nodes) if reach.kind(name).routes), "")
    return nearest if nearest and reach.kind(nearest) is Kind.ROUTER else ""
