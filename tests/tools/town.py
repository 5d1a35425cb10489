"""A place to look from, for `PeriksaProbes`: a network that does as it is told, and sends nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from periksa.findings import Finding, State, Target
from periksa.gear import Gear
from periksa.plan import Plan
from periksa.probes import Heard

SENT = 10


@dataclass
class Town:
    """Everything answers but what is told not to. May be changed between two looks.

    Attributes:
        silent: Addresses that answer nothing.
        lossy: Addresses that answer some of ten pings.
        mute: Addresses of resolvers that run and do not answer.
    """

    silent: set[str] = field(default_factory=set)
    lossy: dict[str, int] = field(default_factory=dict)
    mute: set[str] = field(default_factory=set)

    async def ping(self, plan: Plan, gear: Gear, heard: Heard) -> list[Finding]:
        found = [self._ping(target, gear) for target in plan.targets]
        heard(found)
        return found

    async def big(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        return [
            self._told("big", one, gear, {"sent": 3, "received": 0 if self._out(one) else 3})
            for one in targets
        ]

    async def trace(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        return [
            self._told("trace", one, gear, {"hops": [None], "end": "silence"}) for one in targets
        ]

    async def port(self, plan: Plan, gear: Gear) -> list[Finding]:
        return [
            self._told("port", one, gear, {"port": port, "result": self._result(one)})
            for one in plan.targets
            for port in one.ports
        ]

    async def knock(self, targets: Sequence[Target], plan: Plan, gear: Gear) -> list[Finding]:
        figures = {"ports": [22, 80], "results": ["timeout", "timeout"]}
        return [self._told("knock", one, gear, figures) for one in targets]

    async def dns(self, plan: Plan, gear: Gear) -> list[Finding]:
        return [
            self._told(
                "dns",
                server,
                gear,
                {
                    "name": name.name,
                    "type": "A",
                    "result": "TIMEOUT" if self._quiet(server) else "NOERROR",
                    "answers": [] if self._quiet(server) else list(name.expect or ("10.0.0.80",)),
                    "wrong": 0,
                },
                down=self._quiet(server),
            )
            for server in plan.servers
            for name in plan.names
        ]

    async def http(self, plan: Plan, gear: Gear) -> list[Finding]:
        return [
            self._told(
                "http",
                Target(page.url, page.address or "127.0.0.1"),
                gear,
                {"url": page.url, "result": "ok", "status": page.expect_status},
            )
            for page in plan.pages
        ]

    def _ping(self, target: Target, gear: Gear) -> Finding:
        got = 0 if self._out(target) else self.lossy.get(target.address, SENT)
        figures = {"sent": SENT, "received": got}
        if got:
            figures |= {"first_ms": 1.0, "median_ms": 1.0, "min_ms": 0.9, "p90_ms": 1.1}
        return self._told("ping", target, gear, figures, down=not got)

    def _told(self, probe, target, gear, figures, *, down=None) -> Finding:
        state = State.DOWN if (self._out(target) if down is None else down) else State.UP
        said = f"{target.name} {state.label}."
        moment = gear.watch.now()
        return Finding(probe, target.name, target.address, state, said, figures, moment, 0.0)

    def _out(self, target: Target) -> bool:
        return target.address in self.silent

    def _quiet(self, server: Target) -> bool:
        return server.address in self.silent | self.mute

    def _result(self, target: Target) -> str:
        return "timeout" if self._out(target) else "open"
