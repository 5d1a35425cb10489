"""What the engine asks of probes, and the probes that touch the network.

Written for those who add another kind (recorded, remote agent): each method returns a finding for
everything it was asked, in that order; raises nothing for what the network does; and returns soon
after the watch is over. All are awaited on one event loop: none may block it.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from periksa import big, dns, http, ping, port, trace
from periksa.findings import Finding, Target
from periksa.gear import Gear
from periksa.plan import Plan

Heard = Callable[[list[Finding]], None]


class Probes(Protocol):
    """A place to look from."""

    async def ping(self, plan: Plan, gear: Gear, heard: Heard) -> list[Finding]:
        """One finding a target; ``heard`` is told those of the first of two passes."""

    async def big(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        """One finding a target."""

    async def trace(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        """One finding a target."""

    async def port(self, plan: Plan, gear: Gear) -> list[Finding]:
        """One finding for each port of each target."""

    async def knock(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        """One finding a target."""

    async def dns(self, plan: Plan, gear: Gear) -> list[Finding]:
        """One finding for each server, name and record type."""

    async def http(self, plan: Plan, gear: Gear) -> list[Finding]:
        """One finding a page."""


class Live:
    """The network, as seen from this machine."""

    async def ping(self, plan: Plan, gear: Gear, heard: Heard) -> list[Finding]:
        return await ping.ping(plan.targets, (plan.first, plan.again), gear, heard)

    async def big(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        return await big.big(targets, plan.big, gear)

    async def trace(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        return await trace.trace(targets, plan.hops, gear)

    async def port(self, plan: Plan, gear: Gear) -> list[Finding]:
        return await port.connect(plan.targets, plan.connects.wait, gear)

    async def knock(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        connects = plan.connects
        return await port.knock(targets, connects.knock, connects.knock_wait, gear)

    async def dns(self, plan: Plan, gear: Gear) -> list[Finding]:
        return await dns.resolve(plan.servers, plan.names, plan.questions, gear)

    async def http(self, plan: Plan, gear: Gear) -> list[Finding]:
        around = http.Around(plan.servers, plan.questions, plan.ranges, plan.public)
        return await http.fetch(plan.pages, plan.visits, around, gear)
