"""What the engine asks of probes, and the probes that touch the network.

Written for those who add another kind (recorded, remote agent): each method returns a finding for
everything it was asked, in that order; raises nothing for what the network does; and returns soon
after the watch is over. Methods are called from several threads at once.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from periksa import dns, ping, port, trace
from periksa.findings import Finding, Target
from periksa.plan import Plan
from periksa.watch import Watch

Heard = Callable[[list[Finding]], None]


class Probes(Protocol):
    """A place to look from."""

    def ping(self, plan: Plan, watch: Watch, heard: Heard) -> list[Finding]:
        """One finding a target; ``heard`` is told those of the first of two passes."""

    def trace(self, targets: Sequence[Target], plan: Plan, watch: Watch) -> list[Finding]:
        """One finding a target."""

    def port(self, plan: Plan, watch: Watch) -> list[Finding]:
        """One finding for each port of each target."""

    def knock(self, targets: Sequence[Target], plan: Plan, watch: Watch) -> list[Finding]:
        """One finding a target."""

    def dns(self, plan: Plan, watch: Watch) -> list[Finding]:
        """One finding for each server, name and record type."""


class Live:
    """The network, as seen from this machine."""

    def ping(self, plan: Plan, watch: Watch, heard: Heard) -> list[Finding]:
        return ping.ping(plan.targets, (plan.first, plan.again), watch, heard)

    def trace(self, targets: Sequence[Target], plan: Plan, watch: Watch) -> list[Finding]:
        return trace.trace(targets, plan.hops, watch)

    def port(self, plan: Plan, watch: Watch) -> list[Finding]:
        return port.connect(plan.targets, plan.connects.wait, watch)

    def knock(self, targets: Sequence[Target], plan: Plan, watch: Watch) -> list[Finding]:
        return port.knock(targets, plan.connects.knock, plan.connects.knock_wait, watch)

    def dns(self, plan: Plan, watch: Watch) -> list[Finding]:
        return dns.resolve(plan.servers, plan.names, plan.questions, watch)
