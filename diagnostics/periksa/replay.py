"""Probes that answer from a recorded run: for tests, demonstrations and training."""

from collections.abc import Sequence
from dataclasses import dataclass

from periksa import big, dns, http, ping, port, trace
from periksa.crew import Owed
from periksa.findings import Finding, Run, State, Target
from periksa.gear import Gear
from periksa.plan import Plan
from periksa.probes import Heard


@dataclass(frozen=True, slots=True)
class Replay:
    """Answers what the recording answers, at once; what it does not hold is UNKNOWN."""

    recorded: Run

    async def ping(self, plan: Plan, gear: Gear, heard: Heard) -> list[Finding]:
        """As recorded: the recording has both passes in one."""
        found = self._all(ping.PROBE, _named(plan.targets), gear)
        heard(found)
        return found

    async def big(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:  # noqa: ARG002 - the Probes signature
        """As recorded."""
        return self._all(big.PROBE, _named(targets), gear)

    async def trace(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:  # noqa: ARG002 - the Probes signature
        """As recorded."""
        return self._all(trace.PROBE, _named(targets), gear)

    async def port(self, plan: Plan, gear: Gear) -> list[Finding]:
        """As recorded."""
        targets = [target for target in plan.targets if target.ports]
        return self._all(port.PROBE, _named(targets), gear)

    async def knock(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:  # noqa: ARG002 - the Probes signature
        """As recorded."""
        return self._all(port.KNOCK, _named(targets), gear)

    async def dns(self, plan: Plan, gear: Gear) -> list[Finding]:
        """As recorded."""
        return self._all(dns.PROBE, _named(plan.servers), gear)

    async def http(self, plan: Plan, gear: Gear) -> list[Finding]:
        """As recorded, by URL: where a name points to may have changed."""
        kept = {one.target: one for one in self.recorded.findings if one.probe == http.PROBE}
        return [
            kept.get(page.url) or _absent(http.PROBE, page.url, page.address, gear)
            for page in plan.pages
        ]

    def _all(self, probe: str, owed: Sequence[Owed], gear: Gear) -> list[Finding]:
        return [
            finding for name, address in owed for finding in self._one(probe, name, address, gear)
        ]

    def _one(self, probe: str, name: str, address: str, gear: Gear) -> list[Finding]:
        found = [
            finding
            for finding in self.recorded.findings
            if (finding.probe, finding.address) == (probe, address)
        ]
        return found or [_absent(probe, name, address, gear)]


def _absent(probe: str, name: str, address: str, gear: Gear) -> Finding:
    detail = f"{name} tidak ada dalam rekaman."
    return Finding(probe, name, address, State.UNKNOWN, detail, {}, gear.watch.now(), 0.0)


def _named(targets: Sequence[Target]) -> Sequence[Owed]:
    return [(target.name, target.address) for target in targets]
