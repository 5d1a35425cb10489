"""Probes that answer from a recorded run: for tests, demonstrations and training."""

from collections.abc import Sequence
from dataclasses import dataclass

from periksa import dns, ping, port, trace
from periksa.findings import Finding, Run, State, Target
from periksa.plan import Plan
from periksa.probes import Heard
from periksa.watch import Watch


@dataclass(frozen=True, slots=True)
class Replay:
    """Answers what the recording answers, at once; what it does not hold is UNKNOWN."""

    recorded: Run

    def ping(self, plan: Plan, watch: Watch, heard: Heard) -> list[Finding]:
        """As recorded: the recording has both passes in one."""
        found = self._all(ping.PROBE, plan.targets, watch)
        heard(found)
        return found

    def trace(self, targets: Sequence[Target], plan: Plan, watch: Watch) -> list[Finding]:  # noqa: ARG002 - the Probes signature
        """As recorded."""
        return self._all(trace.PROBE, targets, watch)

    def port(self, plan: Plan, watch: Watch) -> list[Finding]:
        """As recorded."""
        return self._all(port.PROBE, [target for target in plan.targets if target.ports], watch)

    def knock(self, targets: Sequence[Target], plan: Plan, watch: Watch) -> list[Finding]:  # noqa: ARG002 - the Probes signature
        """As recorded."""
        return self._all(port.KNOCK, targets, watch)

    def dns(self, plan: Plan, watch: Watch) -> list[Finding]:
        """As recorded."""
        return self._all(dns.PROBE, plan.servers, watch)

    def _all(self, probe: str, targets: Sequence[Target], watch: Watch) -> list[Finding]:
        return [finding for target in targets for finding in self._one(probe, target, watch)]

    def _one(self, probe: str, target: Target, watch: Watch) -> list[Finding]:
        found = [
            finding
            for finding in self.recorded.findings
            if (finding.probe, finding.address) == (probe, target.address)
        ]
        detail = f"{target.name} tidak ada dalam rekaman."
        blank = Finding(
            probe, target.name, target.address, State.UNKNOWN, detail, {}, watch.now(), 0.0
        )
        return found or [blank]
